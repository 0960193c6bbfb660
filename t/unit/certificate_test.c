/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <openssl/err.h>

#include "helper.h"
#include "identity/certificate.h"
#include "made_certificate.h"

#define UTF8 V_ASN1_UTF8STRING

static EVP_PKEY *key;
static egret_arena_t *arena;


static int
make_key(void **state)
{
    (void) state;
    key = made_key("EC");
    return 0;
}


static int
free_key(void **state)
{
    (void) state;
    EVP_PKEY_free(key);
    return 0;
}


static int
open_arena(void **state)
{
    (void) state;
    arena = egret_arena_create(egret_allocator_default(), 0);
    return arena == NULL;
}


static int
close_arena(void **state)
{
    (void) state;
    egret_arena_destroy(arena);
    return 0;
}


static egret_certificate_t
expect_read(made_t *made)
{
    egret_span_t der = made_sign(made, NULL, NULL);
    egret_certificate_t out;
    const char *fault = "";
    egret_rc_t rc = egret_certificate_read(der, arena, &out, &fault);

    free((void *) der.at);
    made_free(made);
    if (rc != EGRET_OK) {
        fail_msg("refused: %s", fault);
    }
    assert_null(fault);
    assert_int_equal(ERR_peek_error(), 0);
    return out;
}


static void
expect_refused(made_t *made, const char *expected)
{
    egret_span_t der = made_sign(made, NULL, NULL);
    egret_certificate_t out;
    const char *fault = NULL;
    egret_rc_t rc = egret_certificate_read(der, arena, &out, &fault);

    free((void *) der.at);
    made_free(made);
    assert_int_equal(rc, EGRET_EUNSUPPORTED);
    assert_string_equal(fault, expected);
    assert_int_equal(ERR_peek_error(), 0);
}


static void
expect_name_refused(int tag, egret_span_t bytes, const char *expected)
{
    made_t made = made_start(key, "Xiamen bank");

    made_add_name(&made, MADE_DNS, EGRET_SPAN("gw.xmbank.example"));
    made_add_name(&made, tag, bytes);
    expect_refused(&made, expected);
}


static void
test_names_lei_serial_and_validity_are_read(void **state)
{
    made_t made = made_start(key, "Xiamen bank");
    egret_certificate_t out;

    (void) state;
    made_add_name(&made, MADE_DNS, EGRET_SPAN("GW.xmbank.Example"));
    made_add_name(&made, MADE_URI, EGRET_SPAN("urn:Bank:XM"));
    made_add_name(&made, MADE_DNS, EGRET_SPAN("gw2.xmbank.example"));
    made_add_identifier(&made, UTF8, EGRET_SPAN("LEIXG-" MADE_LEI));
    made_add_extension(&made, MADE_LEI_OID, false,
                       EGRET_SPAN("\x13\x14" MADE_LEI));
    out = expect_read(&made);

    assert_int_equal(out.dns_count, 2);
    egret_assert_span(out.dns[0], "gw.xmbank.example");
    egret_assert_span(out.dns[1], "gw2.xmbank.example");
    assert_int_equal(out.uri_count, 1);
    egret_assert_span(out.uris[0], "urn:Bank:XM");
    egret_assert_span(out.lei, MADE_LEI);
    egret_assert_span(out.organization_identifier, "LEIXG-" MADE_LEI);
    egret_assert_span(out.serial, "1");
    assert_int_equal(out.not_before, MADE_NOW - MADE_DAY);
    assert_int_equal(out.not_after, MADE_NOW + MADE_DAY);
}


static void
test_the_pin_is_the_digest_of_the_public_key_info(void **state)
{
    static const char *const kinds[] = { "EC", "RSA", "ED25519" };

    (void) state;
    for (size_t i = 0; i < 3; i++) {
        EVP_PKEY *other = made_key(kinds[i]);
        made_t made = made_start(other, "pin");
        unsigned char *der = NULL;
        int length = i2d_PUBKEY(other, &der);
        egret_certificate_t out = expect_read(&made);
        unsigned char expected[32];
        unsigned size;

        assert_true(length > 0);
        assert_true(EVP_Digest(der, (size_t) length, expected, &size,
                               EVP_sha256(), NULL));
        assert_memory_equal(out.spki.bytes, expected, 32);
        OPENSSL_free(der);
        EVP_PKEY_free(other);
    }
}


static void
test_a_serial_is_upper_case_hex_without_leading_zeros(void **state)
{
    static const struct {
        const char *written;
        const char *read;
    } rows[] = { { "0", "0" },
                 { "0a", "A" },
                 { "00ff01", "FF01" },
                 { "8000000000000000000000000000000000000001",
                   "8000000000000000000000000000000000000001" },
                 { "-1c", "-1C" } };

    (void) state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        made_t made = made_start(key, "serial");
        BIGNUM *number = NULL;

        assert_true(BN_hex2bn(&number, rows[i].written));
        BN_to_ASN1_INTEGER(number, X509_get_serialNumber(made.x509));
        BN_free(number);
        egret_assert_span(expect_read(&made).serial, rows[i].read);
    }
}


static void
test_a_validity_beyond_2050_is_read(void **state)
{
    made_t made = made_start(key, "late");

    (void) state;
    made_set_validity(&made, 0, 253402300799);
    assert_int_equal(expect_read(&made).not_after, 253402300799);
}


static void
test_a_validity_with_an_offset_is_refused(void **state)
{
    made_t made = made_start(key, "offset");
    ASN1_TIME *time = ASN1_TIME_new();
    egret_certificate_t out;
    const char *fault;
    egret_span_t der;

    (void) state;
    assert_true(ASN1_STRING_set(time, "270115080000+0100", -1));
    assert_true(X509_set1_notAfter(made.x509, time));
    ASN1_TIME_free(time);
    der = made_sign(&made, NULL, NULL);
    assert_int_equal(egret_certificate_read(der, arena, &out, &fault),
                     EGRET_ESYNTAX);
    free((void *) der.at);
    made_free(&made);
}


static void
test_a_common_name_is_no_name(void **state)
{
    made_t made = made_start(key, "gw.xmbank.example");
    egret_certificate_t out = expect_read(&made);

    (void) state;
    assert_int_equal(out.dns_count, 0);
    assert_int_equal(out.uri_count, 0);
    assert_int_equal(out.lei.length, 0);
}


static void
test_other_kinds_of_san_name_nobody(void **state)
{
    made_t made = made_start(key, "Xiamen bank");
    egret_certificate_t out;

    (void) state;
    made_add_name(&made, MADE_EMAIL, EGRET_SPAN("gw.xmbank.example"));
    made_add_name(&made, MADE_OTHER,
                  EGRET_SPAN("\x06\x03\x2a\x03\x04\xa0\x13\x0c\x11"
                             "gw.xmbank.example"));
    made_add_name(&made, MADE_ADDRESS, EGRET_SPAN("\x7f\0\0\x01"));
    made_add_name(&made, MADE_DIRECTORY, EGRET_SPAN("\x30\0"));
    out = expect_read(&made);
    assert_int_equal(out.dns_count, 0);
    assert_int_equal(out.uri_count, 0);
}


static void
test_a_wildcard_is_refused(void **state)
{
    const char *expected = "a dNSName with a wildcard";

    (void) state;
    expect_name_refused(MADE_DNS, EGRET_SPAN("*.xmbank.example"), expected);
    expect_name_refused(MADE_DNS, EGRET_SPAN("*"), expected);
}


static void
test_a_partial_wildcard_is_refused(void **state)
{
    const char *expected = "a dNSName with a wildcard";

    (void) state;
    expect_name_refused(MADE_DNS, EGRET_SPAN("gw*.xmbank.example"), expected);
    expect_name_refused(MADE_DNS, EGRET_SPAN("gw.*.example"), expected);
}


static void
test_a_nul_in_a_name_is_refused(void **state)
{
    (void) state;
    expect_name_refused(MADE_DNS, EGRET_SPAN("gw.bank.example\0.evil.example"),
                        "a dNSName with NUL");
    expect_name_refused(MADE_URI, EGRET_SPAN("urn:bank:xm\0"),
                        "a URI with NUL");
}


static void
test_a_trailing_dot_or_an_empty_label_is_refused(void **state)
{
    (void) state;
    expect_name_refused(MADE_DNS, EGRET_SPAN("gw.xmbank.example."),
                        "a dNSName with a trailing dot");
    expect_name_refused(MADE_DNS, EGRET_SPAN(".xmbank.example"),
                        "a dNSName with an empty label");
    expect_name_refused(MADE_DNS, EGRET_SPAN("gw..example"),
                        "a dNSName with an empty label");
    expect_name_refused(MADE_DNS, EGRET_SPAN(""), "an empty dNSName");
    expect_name_refused(MADE_URI, EGRET_SPAN(""), "an empty URI");
}


static void
test_a_name_that_is_not_ascii_is_refused(void **state)
{
    (void) state;
    expect_name_refused(MADE_DNS, EGRET_SPAN("gw.xmb\xc3\xa4nk.example"),
                        "a dNSName with a character that is not ASCII");
    expect_name_refused(MADE_URI, EGRET_SPAN("urn:b\xc3\xa4nk"),
                        "a URI with a character that is not ASCII");
}


static void
test_a_name_with_blanks_or_of_too_many_characters_is_refused(void **state)
{
    char name[257];

    (void) state;
    expect_name_refused(MADE_DNS, EGRET_SPAN("gw.xmbank.example\n"),
                        "a dNSName with a character that no host name has");
    expect_name_refused(MADE_URI, EGRET_SPAN("urn:a b"),
                        "a URI with white space or a control character");

    memset(name, 'a', sizeof(name));
    expect_name_refused(MADE_DNS, (egret_span_t){ name, 64 },
                        "a dNSName with a label of more than 63 characters");
    for (size_t i = 63; i < sizeof(name); i += 64) {
        name[i] = '.';
    }
    expect_name_refused(MADE_DNS, (egret_span_t){ name, 254 },
                        "a dNSName of more than 253 characters");
}


static void
add_names(made_t *made, size_t count, int tag)
{
    char name[32];

    for (size_t i = 0; i < count; i++) {
        snprintf(name, sizeof(name), "n%zu", i);
        made_add_name(made, tag, egret_span_from(name));
    }
}


static void
test_64_names_are_read_and_65_refused_of_whatever_kind(void **state)
{
    made_t made = made_start(key, "many");

    (void) state;
    add_names(&made, 64, MADE_DNS);
    assert_int_equal(expect_read(&made).dns_count, 64);

    made = made_start(key, "more");
    add_names(&made, 65, MADE_DNS);
    expect_refused(&made, "more than 64 names");

    made = made_start(key, "more");
    made_add_name(&made, MADE_DNS, EGRET_SPAN("gw.xmbank.example"));
    add_names(&made, 64, MADE_EMAIL);
    expect_refused(&made, "more than 64 names");
}


static void
test_5000_names_are_refused(void **state)
{
    made_t made = made_start(key, "many");

    (void) state;
    add_names(&made, 5000, MADE_DNS);
    expect_refused(&made, "more than 64 names");
}


static void
test_a_certificate_of_more_than_64_kib_is_refused(void **state)
{
    made_t made = made_start(key, "large");

    (void) state;
    add_names(&made, 10000, MADE_DNS);
    expect_refused(&made, "more than 65,536 bytes");
}


static void
test_a_san_with_bytes_after_its_list_is_refused(void **state)
{
    made_t made = made_start(key, "san");

    (void) state;
    made_add_extension(&made, "2.5.29.17", false,
                       EGRET_SPAN("\x30\x03\x82\x01" "a" "\x82\x01" "b"));
    expect_refused(&made, "a subjectAltName that is not well-formed");

    made = made_start(key, "san");
    made_add_extension(&made, "2.5.29.17", false, EGRET_SPAN(""));
    expect_refused(&made, "a subjectAltName that is not well-formed");
}


static void
test_an_extension_that_stands_twice_is_refused(void **state)
{
    static const char *const oids[] = { "2.5.29.17", MADE_LEI_OID,
                                        MADE_ROLE_OID };
    const egret_span_t values[] = { EGRET_SPAN("\x30\x03\x82\x01" "a"),
                                    EGRET_SPAN("\x13\x14" MADE_LEI),
                                    EGRET_SPAN("\x13\x03" "CFO") };

    (void) state;
    for (size_t i = 0; i < 3; i++) {
        made_t made = made_start(key, "twice");

        made_add_extension(&made, oids[i], false, values[i]);
        made_add_extension(&made, oids[i], false, values[i]);
        expect_refused(&made, "an extension that stands twice");
    }
}


static void
test_more_than_64_extensions_are_refused(void **state)
{
    made_t made = made_start(key, "extensions");
    char oid[32];

    (void) state;
    for (int i = 0; i < 65; i++) {
        snprintf(oid, sizeof(oid), "1.2.3.%d", i);
        made_add_extension(&made, oid, false, EGRET_SPAN("\x05\0"));
    }
    expect_refused(&made, "more than 64 extensions");
}


static void
test_an_unknown_critical_extension_is_refused(void **state)
{
    made_t made = made_start(key, "critical");

    (void) state;
    made_add_extension(&made, "1.2.3.4", true, EGRET_SPAN("\x05\0"));
    expect_refused(&made, "an unknown critical extension");
}


static void
expect_lei_refused(egret_span_t value, const char *expected)
{
    made_t made = made_start(key, "lei");

    made_add_extension(&made, MADE_LEI_OID, false, value);
    expect_refused(&made, expected);
}


static void
test_an_lei_extension_of_another_tag_is_refused(void **state)
{
    const char *expected = "an LEI extension that is no PrintableString";

    (void) state;
    expect_lei_refused(EGRET_SPAN("\x0c\x14" MADE_LEI), expected);
    expect_lei_refused(EGRET_SPAN("\x16\x14" MADE_LEI), expected);
    expect_lei_refused(EGRET_SPAN("\x33\x14" MADE_LEI), expected);
    expect_lei_refused(EGRET_SPAN(MADE_LEI), expected);
    expect_lei_refused(EGRET_SPAN("\x13"), expected);
    expect_lei_refused(EGRET_SPAN(""), expected);
}


static void
test_an_lei_extension_of_another_length_is_refused(void **state)
{
    const char *expected = "an LEI extension that is not of 20 characters";

    (void) state;
    expect_lei_refused(EGRET_SPAN("\x13\x13" "5493001KJTIIGC8Y1R1"), expected);
    expect_lei_refused(EGRET_SPAN("\x13\x15" MADE_LEI "0"), expected);
    expect_lei_refused(EGRET_SPAN("\x13\x14" MADE_LEI "0"), expected);
    expect_lei_refused(EGRET_SPAN("\x13\x14" "5493001KJTIIGC8Y1R1"), expected);
    expect_lei_refused(EGRET_SPAN("\x13\x81\x14" MADE_LEI), expected);
    expect_lei_refused(EGRET_SPAN("\x13\0"), expected);
}


static void
test_an_lei_extension_of_wrong_characters_is_refused(void **state)
{
    const char *expected = "an LEI extension with wrong characters or check "
                           "digits";

    (void) state;
    expect_lei_refused(EGRET_SPAN("\x13\x14" "5493001kjtiigc8y1r12"),
                       expected);
    expect_lei_refused(EGRET_SPAN("\x13\x14" "5493001KJTIIGC8Y1R1\0"),
                       expected);
    expect_lei_refused(EGRET_SPAN("\x13\x14" "5493001KJTIIGC8Y1R13"),
                       expected);
    expect_lei_refused(EGRET_SPAN("\x13\x14" "3OE3RV94ENQ3S8BR5T63"),
                       expected);
}


static void
test_a_critical_lei_extension_is_refused(void **state)
{
    made_t made = made_start(key, "lei");

    (void) state;
    made_add_extension(&made, MADE_LEI_OID, true,
                       EGRET_SPAN("\x13\x14" MADE_LEI));
    expect_refused(&made, "an LEI extension that is critical");
}


static void
test_the_lei_comes_from_the_extension_or_the_identifier(void **state)
{
    made_t made = made_start(key, "lei");

    (void) state;
    made_add_extension(&made, MADE_LEI_OID, false,
                       EGRET_SPAN("\x13\x14" MADE_LEI));
    made_add_extension(&made, MADE_ROLE_OID, false, EGRET_SPAN("\x13\x01" "x"));
    egret_assert_span(expect_read(&made).lei, MADE_LEI);

    made = made_start(key, "lei");
    made_add_identifier(&made, V_ASN1_PRINTABLESTRING,
                        EGRET_SPAN("LEIXG-" MADE_LEI));
    egret_assert_span(expect_read(&made).lei, MADE_LEI);
}


static void
test_an_lei_extension_that_disagrees_is_refused(void **state)
{
    made_t made = made_start(key, "lei");

    (void) state;
    made_add_identifier(&made, UTF8, EGRET_SPAN("LEIXG-" MADE_OTHER_LEI));
    made_add_extension(&made, MADE_LEI_OID, false,
                       EGRET_SPAN("\x13\x14" MADE_LEI));
    expect_refused(&made, "an LEI extension that disagrees with "
                          "organizationIdentifier");
}


static void
test_an_identifier_of_another_scheme_is_kept_as_text(void **state)
{
    made_t made = made_start(key, "scheme");
    egret_certificate_t out;

    (void) state;
    made_add_identifier(&made, UTF8,
                        EGRET_SPAN("NTRCN-91350200MA31GRET0R"));
    made_add_extension(&made, MADE_LEI_OID, false,
                       EGRET_SPAN("\x13\x14" MADE_LEI));
    out = expect_read(&made);
    egret_assert_span(out.organization_identifier, "NTRCN-91350200MA31GRET0R");
    egret_assert_span(out.lei, MADE_LEI);

    made = made_start(key, "scheme");
    made_add_identifier(&made, UTF8, EGRET_SPAN("VATDE-123456789"));
    assert_int_equal(expect_read(&made).lei.length, 0);
}


static void
test_two_different_identifiers_are_refused(void **state)
{
    made_t made = made_start(key, "two");

    (void) state;
    made_add_identifier(&made, UTF8, EGRET_SPAN("LEIXG-" MADE_LEI));
    made_add_identifier(&made, UTF8, EGRET_SPAN("LEIXG-" MADE_LEI));
    egret_assert_span(expect_read(&made).lei, MADE_LEI);

    made = made_start(key, "two");
    made_add_identifier(&made, UTF8, EGRET_SPAN("LEIXG-" MADE_LEI));
    made_add_identifier(&made, UTF8, EGRET_SPAN("NTRGB-1"));
    expect_refused(&made, "two different organizationIdentifiers");
}


static void
expect_identifier_refused(int type, egret_span_t bytes, const char *expected)
{
    made_t made = made_start(key, "identifier");

    made_add_identifier(&made, type, bytes);
    expect_refused(&made, expected);
}


static void
test_an_identifier_without_a_valid_lei_after_leixg_is_refused(void **state)
{
    const char *expected = "an organizationIdentifier LEIXG- without a valid "
                           "LEI";

    (void) state;
    expect_identifier_refused(UTF8, EGRET_SPAN("LEIXG-"), expected);
    expect_identifier_refused(UTF8, EGRET_SPAN("LEIXG-3OE3RV94ENQ3S8BR5T63"),
                              expected);
    expect_identifier_refused(UTF8, EGRET_SPAN("leixg-" MADE_LEI), expected);
    expect_identifier_refused(UTF8, EGRET_SPAN("LEIXG-" MADE_LEI " "),
                              expected);
}


static void
test_an_identifier_that_is_no_clean_text_is_refused(void **state)
{
    const char *expected = "an organizationIdentifier that is no clean text";

    (void) state;
    expect_identifier_refused(UTF8, EGRET_SPAN("LEIXG-" MADE_LEI "\0x"),
                              expected);
    expect_identifier_refused(UTF8, EGRET_SPAN("NTRCN-1\n"), expected);
    expect_identifier_refused(V_ASN1_T61STRING, EGRET_SPAN("NTRCN-1"),
                              "an organizationIdentifier of another string "
                              "type");
    expect_identifier_refused(V_ASN1_BMPSTRING, EGRET_SPAN("\0N\0T"),
                              "an organizationIdentifier of another string "
                              "type");
}


static void
test_an_identifier_that_is_not_utf8_is_refused(void **state)
{
    made_t made = made_start(key, "UTF-8");
    egret_certificate_t out;
    const char *fault;
    egret_span_t der;
    char *at;

    (void) state;
    made_add_identifier(&made, UTF8, EGRET_SPAN("NTRCN-1"));
    der = made_sign(&made, NULL, NULL);
    at = memmem(der.at, der.length, "NTRCN-1", 7);
    at[6] = '\xc3';
    egret_assert_rc(egret_certificate_read(der, arena, &out, &fault),
                    EGRET_ESYNTAX);
    free((void *) der.at);
    made_free(&made);
}


static void
test_bytes_after_the_certificate_or_missing_are_refused(void **state)
{
    made_t made = made_start(key, "bytes");
    egret_span_t der = made_sign(&made, NULL, NULL);
    char *longer = malloc(der.length + 1);
    egret_certificate_t out;
    const char *fault;

    (void) state;
    memcpy(longer, der.at, der.length);
    longer[der.length] = 0;
    for (size_t length = 0; length <= der.length + 1; length++) {
        egret_span_t bytes = { longer, length };
        egret_rc_t rc = egret_certificate_read(bytes, arena, &out, &fault);

        assert_int_equal(rc, length == der.length ? EGRET_OK : EGRET_ESYNTAX);
    }
    assert_int_equal(ERR_peek_error(), 0);
    free(longer);
    free((void *) der.at);
    made_free(&made);
}


static void
test_errors_that_were_queued_before_stay(void **state)
{
    egret_certificate_t out;
    const char *fault;

    (void) state;
    ERR_raise(ERR_LIB_USER, 7);
    assert_int_equal(egret_certificate_read(EGRET_SPAN("junk"), arena, &out,
                                            &fault), EGRET_ESYNTAX);
    assert_int_equal(ERR_GET_REASON(ERR_get_error()), 7);
    assert_int_equal(ERR_peek_error(), 0);
}


static void
test_an_lei_has_mod_97_check_digits(void **state)
{
    (void) state;
    assert_true(egret_lei_is_valid(EGRET_SPAN(MADE_LEI)));
    assert_true(egret_lei_is_valid(EGRET_SPAN(MADE_OTHER_LEI)));
    assert_false(egret_lei_is_valid(EGRET_SPAN("3OE3RV94ENQ3S8BR5T63")));
    assert_false(egret_lei_is_valid(EGRET_SPAN("5493001kjtiigc8y1r12")));
    assert_false(egret_lei_is_valid(EGRET_SPAN("5493001KJTIIGC8Y1R1")));
    assert_false(egret_lei_is_valid(EGRET_SPAN("5493001KJTIIGC8Y1R122")));
    assert_false(egret_lei_is_valid(EGRET_SPAN("5493001KJTIIGC8Y1RA2")));
    assert_false(egret_lei_is_valid(EGRET_SPAN("5493001KJTIIGC8Y 112")));
    assert_false(egret_lei_is_valid((egret_span_t){ NULL, 0 }));
}


static egret_span_t
make_full_certificate(void)
{
    made_t made = made_start(key, "full");
    egret_span_t der;
    char name[250];

    memset(name, 'a', sizeof(name));
    for (size_t i = 60; i < sizeof(name); i += 60) {
        name[i] = '.';
    }
    for (int i = 0; i < 60; i++) {
        made_add_name(&made, i % 2 ? MADE_DNS : MADE_URI,
                      (egret_span_t){ name, sizeof(name) });
    }
    made_add_identifier(&made, UTF8, EGRET_SPAN("LEIXG-" MADE_LEI));
    made_add_extension(&made, MADE_LEI_OID, false,
                       EGRET_SPAN("\x13\x14" MADE_LEI));
    der = made_sign(&made, NULL, NULL);
    made_free(&made);
    return der;
}


static egret_rc_t
read_in_own_arena(const egret_allocator_t *allocator, size_t ceiling,
                  egret_span_t der)
{
    egret_arena_t *own = egret_arena_create(allocator, ceiling);
    egret_certificate_t out;
    const char *fault = NULL;
    egret_rc_t rc;

    if (own == NULL) {
        return EGRET_ENOMEM;
    }
    rc = egret_certificate_read(der, own, &out, &fault);
    assert_true((rc == EGRET_OK) == (fault == NULL));
    egret_arena_destroy(own);
    return rc;
}


static egret_rc_t
read_once(const egret_allocator_t *allocator, void *context)
{
    return read_in_own_arena(allocator, 0, *(egret_span_t *) context);
}


static void
test_a_refused_allocation_is_reported(void **state)
{
    egret_span_t der = make_full_certificate();

    (void) state;
    assert_true(egret_test_torture(read_once, &der) > 2);
    free((void *) der.at);
}


static void
test_a_ceiling_is_reported_wherever_it_is_reached(void **state)
{
    egret_span_t der = make_full_certificate();
    egret_rc_t rc = EGRET_ELIMIT;

    (void) state;
    for (size_t ceiling = 4096; rc != EGRET_OK; ceiling += 64) {
        rc = read_in_own_arena(egret_allocator_default(), ceiling, der);
        assert_true(rc == EGRET_OK || rc == EGRET_ELIMIT
                    || rc == EGRET_ENOMEM);
        assert_true(ceiling < 1 << 20);
    }
    free((void *) der.at);
}


#define TEST(name) cmocka_unit_test_setup_teardown(name, open_arena, \
                                                   close_arena)


int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_names_lei_serial_and_validity_are_read),
        TEST(test_the_pin_is_the_digest_of_the_public_key_info),
        TEST(test_a_serial_is_upper_case_hex_without_leading_zeros),
        TEST(test_a_validity_beyond_2050_is_read),
        TEST(test_a_validity_with_an_offset_is_refused),
        TEST(test_a_common_name_is_no_name),
        TEST(test_other_kinds_of_san_name_nobody),
        TEST(test_a_wildcard_is_refused),
        TEST(test_a_partial_wildcard_is_refused),
        TEST(test_a_nul_in_a_name_is_refused),
        TEST(test_a_trailing_dot_or_an_empty_label_is_refused),
        TEST(test_a_name_that_is_not_ascii_is_refused),
        TEST(test_a_name_with_blanks_or_of_too_many_characters_is_refused),
        TEST(test_64_names_are_read_and_65_refused_of_whatever_kind),
        TEST(test_5000_names_are_refused),
        TEST(test_a_certificate_of_more_than_64_kib_is_refused),
        TEST(test_a_san_with_bytes_after_its_list_is_refused),
        TEST(test_an_extension_that_stands_twice_is_refused),
        TEST(test_more_than_64_extensions_are_refused),
        TEST(test_an_unknown_critical_extension_is_refused),
        TEST(test_an_lei_extension_of_another_tag_is_refused),
        TEST(test_an_lei_extension_of_another_length_is_refused),
        TEST(test_an_lei_extension_of_wrong_characters_is_refused),
        TEST(test_a_critical_lei_extension_is_refused),
        TEST(test_the_lei_comes_from_the_extension_or_the_identifier),
        TEST(test_an_lei_extension_that_disagrees_is_refused),
        TEST(test_an_identifier_of_another_scheme_is_kept_as_text),
        TEST(test_two_different_identifiers_are_refused),
        TEST(test_an_identifier_without_a_valid_lei_after_leixg_is_refused),
        TEST(test_an_identifier_that_is_no_clean_text_is_refused),
        TEST(test_an_identifier_that_is_not_utf8_is_refused),
        TEST(test_bytes_after_the_certificate_or_missing_are_refused),
        TEST(test_errors_that_were_queued_before_stay),
        TEST(test_an_lei_has_mod_97_check_digits),
        TEST(test_a_refused_allocation_is_reported),
        TEST(test_a_ceiling_is_reported_wherever_it_is_reached),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, make_key, free_key);
}
