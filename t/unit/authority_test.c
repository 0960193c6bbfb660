/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include <openssl/err.h>

#include "helper.h"
#include "identity/authority.h"
#include "made_certificate.h"

static EVP_PKEY *key;
static egret_span_t pem;
static egret_arena_t *arena;


static int
make_authority(void **state)
{
    made_t made;

    (void) state;
    key = made_key("EC");
    made = made_start(key, "CA");
    made_be_authority(&made);
    free((void *) made_sign(&made, NULL, NULL).at);
    pem = made_pem(&made);
    made_free(&made);
    arena = egret_arena_create(egret_allocator_default(), 0);
    return arena == NULL;
}


static int
free_authority(void **state)
{
    (void) state;
    egret_arena_destroy(arena);
    free((void *) pem.at);
    EVP_PKEY_free(key);
    return 0;
}


static void
refuse_pem(egret_span_t text, const char *expected)
{
    egret_authority_t *first = NULL;
    const char *fault = NULL;

    egret_assert_rc(egret_authority_read(text, arena, &first, &fault),
                    EGRET_ESYNTAX);
    assert_string_equal(fault, expected);
    assert_null(first);
    assert_int_equal(ERR_peek_error(), 0);
}


static void
test_a_text_without_a_whole_certificate_is_refused(void **state)
{
    const char *none = "the CA file has no certificate";
    const char *broken = "the CA file has a broken certificate";
    egret_span_t two = egret_arena_print(arena, "%s%s", pem.at, pem.at);
    egret_span_t changed = egret_arena_copy(arena, pem);

    (void) state;
    refuse_pem(EGRET_SPAN(""), none);
    refuse_pem(EGRET_SPAN("junk"), none);
    refuse_pem(EGRET_SPAN("\0"), none);
    refuse_pem(egret_span_slice(pem, 0, 100), broken);
    refuse_pem(egret_span_slice(two, 0, two.length - 40), broken);
    ((char *) changed.at)[60] = '!';
    refuse_pem(changed, broken);
}


static void
test_an_encrypted_block_is_refused_without_asking(void **state)
{
    (void) state;
    refuse_pem(EGRET_SPAN("-----BEGIN CERTIFICATE-----\n"
                          "Proc-Type: 4,ENCRYPTED\n"
                          "DEK-Info: AES-128-CBC,"
                          "00112233445566778899AABBCCDDEEFF\n\nAAAA\n"
                          "-----END CERTIFICATE-----\n"),
               "the CA file has a broken certificate");
}


static void
refuse_authority(made_t *made)
{
    egret_span_t text;

    free((void *) made_sign(made, NULL, NULL).at);
    text = made_pem(made);
    refuse_pem(text, "the CA file has a certificate that is no CA");
    free((void *) text.at);
    made_free(made);
}


static void
test_a_certificate_that_is_no_ca_is_refused(void **state)
{
    made_t plain = made_start(key, "plain");
    made_t denied = made_start(key, "denied");
    made_t usage = made_start(key, "usage");
    made_t old = made_start(key, "version 1");

    (void) state;
    refuse_authority(&plain);
    made_add_extension(&denied, "2.5.29.19", true, EGRET_SPAN("\x30\0"));
    refuse_authority(&denied);
    made_add_extension(&usage, "2.5.29.19", true,
                       EGRET_SPAN("\x30\x03\x01\x01\xff"));
    made_add_extension(&usage, "2.5.29.15", true,
                       EGRET_SPAN("\x03\x02\x07\x80"));
    refuse_authority(&usage);
    assert_true(X509_set_version(old.x509, X509_VERSION_1));
    refuse_authority(&old);
}


static void
test_the_list_keeps_the_order_of_the_file(void **state)
{
    EVP_PKEY *other = made_key("ED25519");
    made_t made = made_start(other, "CA 2");
    egret_authority_t *first = NULL;
    const egret_authority_t *second;
    egret_span_t text, both;
    const char *fault;

    (void) state;
    made_be_authority(&made);
    free((void *) made_sign(&made, NULL, NULL).at);
    text = made_pem(&made);
    both = egret_arena_print(arena, "one\n%s\ntwo\n%s", pem.at, text.at);
    egret_assert_ok(egret_authority_read(both, arena, &first, &fault));
    second = egret_authority_next(first);
    assert_non_null(second);
    assert_null(egret_authority_next(second));
    assert_memory_not_equal(egret_authority_spki(first),
                            egret_authority_spki(second),
                            EGRET_SHA256_BYTES);

    egret_authority_free(first);
    free((void *) text.at);
    made_free(&made);
    EVP_PKEY_free(other);
}


static egret_span_t
issued_by(const made_t *issuer, EVP_PKEY *own, bool is_authority)
{
    made_t made = made_start(own, "below");
    egret_span_t text, out;

    if (is_authority) {
        made_be_authority(&made);
    }
    free((void *) made_sign(&made, issuer, NULL).at);
    text = made_pem(&made);
    out = egret_arena_copy(arena, text);
    free((void *) text.at);
    made_free(&made);
    return out;
}


static void
test_cas_that_another_one_issued_are_counted(void **state)
{
    EVP_PKEY *own = made_key("EC");
    made_t root = made_start(key, "CA");
    egret_span_t below, leaf, both;

    (void) state;
    made_be_authority(&root);
    free((void *) made_sign(&root, NULL, NULL).at);
    below = issued_by(&root, own, true);
    leaf = issued_by(&root, own, false);
    both = egret_arena_print(arena, "%.*s%.*s%.*s", EGRET_SPAN_ARGS(below),
                             EGRET_SPAN_ARGS(leaf), EGRET_SPAN_ARGS(pem));

    assert_int_equal(egret_authority_count_intermediate(EGRET_SPAN("")), 0);
    assert_int_equal(egret_authority_count_intermediate(pem), 0);
    assert_int_equal(egret_authority_count_intermediate(leaf), 0);
    assert_int_equal(egret_authority_count_intermediate(both), 1);
    assert_int_equal(ERR_peek_error(), 0);
    made_free(&root);
    EVP_PKEY_free(own);
}


int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_text_without_a_whole_certificate_is_refused),
        cmocka_unit_test(test_an_encrypted_block_is_refused_without_asking),
        cmocka_unit_test(test_cas_that_another_one_issued_are_counted),
        cmocka_unit_test(test_a_certificate_that_is_no_ca_is_refused),
        cmocka_unit_test(test_the_list_keeps_the_order_of_the_file),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, make_authority, free_authority);
}
