/* SPDX-License-Identifier: Apache-2.0 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <openssl/err.h>

#include "helper.h"
#include "identity/registry.h"
#include "made_certificate.h"

#define GW "gw.xmbank.example"

/* Two CAs, and keys for leaves. */
static EVP_PKEY *key_a, *key_b, *key;
static made_t ca_a, ca_b;
static egret_span_t pem_a, pem_b;

static egret_arena_t *arena;
static egret_registry_t *registry;

/* Owners: only their addresses matter. */
static char xiamen, taipei, joburg;


static made_t
make_authority(EVP_PKEY *ca_key, const char *name)
{
    made_t made = made_start(ca_key, name);

    made_be_authority(&made);
    made_set_validity(&made, MADE_NOW - 100 * MADE_DAY,
                      MADE_NOW + 100 * MADE_DAY);
    free((void *) made_sign(&made, NULL, NULL).at);
    return made;
}


static int
make_authorities(void **state)
{
    (void) state;
    key_a = made_key("EC");
    key_b = made_key("EC");
    key = made_key("EC");
    ca_a = make_authority(key_a, "CA A");
    ca_b = make_authority(key_b, "CA B");
    pem_a = made_pem(&ca_a);
    pem_b = made_pem(&ca_b);
    return 0;
}


static int
free_authorities(void **state)
{
    (void) state;
    made_free(&ca_a);
    made_free(&ca_b);
    free((void *) pem_a.at);
    free((void *) pem_b.at);
    EVP_PKEY_free(key_a);
    EVP_PKEY_free(key_b);
    EVP_PKEY_free(key);
    return 0;
}


static int
open_registry(void **state)
{
    (void) state;
    arena = egret_arena_create(egret_allocator_default(), 0);
    registry = egret_registry_create(arena);
    return registry == NULL;
}


static int
close_registry(void **state)
{
    (void) state;
    egret_registry_destroy(registry);
    egret_arena_destroy(arena);
    return 0;
}


static egret_certificate_t
read_signed(made_t *made, const made_t *issuer, const char *digest)
{
    egret_span_t der = made_sign(made, issuer, digest);
    egret_certificate_t out;
    const char *fault;

    egret_assert_ok(egret_certificate_read(der, arena, &out, &fault));
    free((void *) der.at);
    made_free(made);
    return out;
}


static egret_certificate_t
read_leaf(const char *dns, const made_t *issuer)
{
    made_t made = made_start(key, "leaf");

    made_add_name(&made, MADE_DNS, egret_span_from(dns));
    return read_signed(&made, issuer, NULL);
}


static egret_credential_t
with_ca(void *owner, egret_span_t pem, const char *dns)
{
    egret_span_t name = EGRET_SPAN("joburg-bank");

    if (owner != &joburg) {
        name = owner == &xiamen ? EGRET_SPAN("xiamen-bank")
                                : EGRET_SPAN("taipei-bank");
    }
    return (egret_credential_t){ .ca_pem = pem, .dns = egret_span_from(dns),
                                 .owner = owner, .owner_name = name };
}


static egret_credential_t
with_pin(void *owner, const egret_certificate_t *certificate)
{
    egret_credential_t credential = with_ca(owner, EGRET_SPAN(""), "");

    credential.has_spki = true;
    credential.spki = certificate->spki;
    return credential;
}


static void
add(egret_credential_t credential)
{
    egret_span_t fault = { NULL, 0 };

    if (egret_registry_add(registry, &credential, &fault) != EGRET_OK) {
        fail_msg("refused: %.*s", EGRET_SPAN_ARGS(fault));
    }
    assert_int_equal(ERR_peek_error(), 0);
}


static void
add_refused(egret_credential_t credential, egret_rc_t rc, const char *expected)
{
    egret_span_t fault = { NULL, 0 };

    egret_assert_rc(egret_registry_add(registry, &credential, &fault), rc);
    egret_assert_span(fault, expected);
    assert_int_equal(ERR_peek_error(), 0);
}


static void *
match(const egret_certificate_t *certificate)
{
    void *owner = egret_registry_match(registry, certificate, MADE_NOW);

    assert_int_equal(ERR_peek_error(), 0);
    return owner;
}


static void
test_a_pin_alone_matches_whatever_the_certificate_is_called(void **state)
{
    made_t made = made_start(key, "no SAN");
    egret_certificate_t plain = read_signed(&made, NULL, NULL);
    egret_certificate_t named = read_leaf("x.example", &ca_b);
    egret_certificate_t other;

    (void) state;
    made = made_start(key_a, "no SAN");
    other = read_signed(&made, NULL, NULL);
    add(with_pin(&xiamen, &plain));
    assert_ptr_equal(match(&plain), &xiamen);
    assert_ptr_equal(match(&named), &xiamen);
    assert_null(match(&other));
}


static egret_certificate_t
read_rich_leaf(void)
{
    made_t made = made_start(key, "rich");

    made_add_name(&made, MADE_DNS, EGRET_SPAN("GW.XMBANK.example"));
    made_add_name(&made, MADE_DNS, EGRET_SPAN("gw2.xmbank.example"));
    made_add_name(&made, MADE_URI, EGRET_SPAN("urn:Bank:XM"));
    made_add_identifier(&made, V_ASN1_UTF8STRING,
                        EGRET_SPAN("LEIXG-" MADE_LEI));
    return read_signed(&made, &ca_a, NULL);
}


static egret_credential_t
rich_line(const egret_certificate_t *leaf)
{
    egret_credential_t line = with_pin(&xiamen, leaf);

    line.ca_pem = pem_a;
    line.dns = EGRET_SPAN("Gw.xmbank.EXAMPLE");
    line.uri = EGRET_SPAN("urn:Bank:XM");
    line.lei = EGRET_SPAN(MADE_LEI);
    line.serial = EGRET_SPAN("1");
    return line;
}


static void *
match_line(egret_credential_t line, const egret_certificate_t *leaf)
{
    egret_registry_t *own = egret_registry_create(arena);
    egret_span_t fault;
    void *owner;

    egret_assert_ok(egret_registry_add(own, &line, &fault));
    owner = egret_registry_match(own, leaf, MADE_NOW);
    egret_registry_destroy(own);
    return owner;
}


static void
test_all_of_one_line_must_hold(void **state)
{
    egret_certificate_t leaf = read_rich_leaf();
    egret_credential_t line = rich_line(&leaf);

    (void) state;
    assert_ptr_equal(match_line(line, &leaf), &xiamen);

    line.spki.bytes[31] ^= 1;
    assert_null(match_line(line, &leaf));
    line = rich_line(&leaf);
    line.dns = EGRET_SPAN("xmbank.example");
    assert_null(match_line(line, &leaf));
    line = rich_line(&leaf);
    line.uri = EGRET_SPAN("urn:bank:XM");
    assert_null(match_line(line, &leaf));
    line = rich_line(&leaf);
    line.lei = EGRET_SPAN(MADE_OTHER_LEI);
    assert_null(match_line(line, &leaf));
    line = rich_line(&leaf);
    line.serial = EGRET_SPAN("10");
    assert_null(match_line(line, &leaf));
    line = rich_line(&leaf);
    line.ca_pem = pem_b;
    assert_null(match_line(line, &leaf));
}


static void
test_each_kind_of_name_finds_its_line_without_a_pin(void **state)
{
    egret_certificate_t leaf = read_rich_leaf();
    egret_credential_t line = with_ca(&xiamen, pem_a, "gw2.xmbank.example");

    (void) state;
    assert_ptr_equal(match_line(line, &leaf), &xiamen);
    line.dns = EGRET_SPAN("");
    line.uri = EGRET_SPAN("urn:Bank:XM");
    assert_ptr_equal(match_line(line, &leaf), &xiamen);
    line.uri = EGRET_SPAN("");
    line.lei = EGRET_SPAN(MADE_LEI);
    assert_ptr_equal(match_line(line, &leaf), &xiamen);
    line.lei = EGRET_SPAN("");
    line.serial = EGRET_SPAN("1");
    assert_ptr_equal(match_line(line, &leaf), &xiamen);
}


static void
test_two_lines_of_one_partner_let_a_key_change(void **state)
{
    egret_certificate_t old = read_leaf(GW, &ca_a);
    egret_certificate_t new;
    made_t made = made_start(key_b, "new");

    (void) state;
    new = read_signed(&made, NULL, NULL);
    add(with_pin(&xiamen, &old));
    add(with_pin(&xiamen, &new));
    add(with_ca(&xiamen, pem_a, GW));
    add(with_ca(&xiamen, pem_a, GW));
    assert_ptr_equal(match(&old), &xiamen);
    assert_ptr_equal(match(&new), &xiamen);
}


static void
test_another_ca_with_the_same_names_is_refused(void **state)
{
    egret_certificate_t good = read_leaf(GW, &ca_a);
    egret_certificate_t bad = read_leaf(GW, &ca_b);

    (void) state;
    add(with_ca(&xiamen, pem_a, GW));
    assert_ptr_equal(match(&good), &xiamen);
    assert_null(match(&bad));
}


static void
test_another_ca_that_takes_the_name_of_the_ca_is_refused(void **state)
{
    made_t false_ca = make_authority(key_b, "CA A");
    egret_certificate_t leaf = read_leaf(GW, &false_ca);

    (void) state;
    add(with_ca(&xiamen, pem_a, GW));
    assert_null(match(&leaf));
    made_free(&false_ca);
}


static void
test_the_ca_key_under_another_name_is_refused(void **state)
{
    made_t renamed = make_authority(key_a, "CA A2");
    egret_certificate_t leaf = read_leaf(GW, &renamed);

    (void) state;
    add(with_ca(&xiamen, pem_a, GW));
    assert_null(match(&leaf));
    made_free(&renamed);
}


static egret_certificate_t
read_leaf_of_sub_authority(const char *name)
{
    EVP_PKEY *sub_key = made_key("EC");
    made_t sub = made_start(sub_key, name);
    egret_certificate_t leaf;

    made_be_authority(&sub);
    free((void *) made_sign(&sub, &ca_a, NULL).at);
    leaf = read_leaf(GW, &sub);
    made_free(&sub);
    EVP_PKEY_free(sub_key);
    return leaf;
}


static void
test_a_leaf_of_a_sub_ca_is_refused(void **state)
{
    egret_certificate_t leaf = read_leaf_of_sub_authority("Sub-CA");
    egret_certificate_t sly = read_leaf_of_sub_authority("CA A");

    (void) state;
    add(with_ca(&xiamen, pem_a, GW));
    assert_null(match(&leaf));
    assert_null(match(&sly));
}


static void
test_a_changed_certificate_is_refused(void **state)
{
    egret_certificate_t leaf = read_leaf(GW, &ca_a);
    egret_span_t good = leaf.der;
    char *changed = egret_arena_allocate(arena, good.length);

    (void) state;
    add(with_ca(&xiamen, pem_a, GW));
    for (size_t i = 0; i < good.length; i++) {
        memcpy(changed, good.at, good.length);
        changed[i] ^= 1;
        leaf.der = (egret_span_t){ changed, good.length };
        assert_null(match(&leaf));
    }
    leaf.der = good;
    assert_ptr_equal(match(&leaf), &xiamen);
}


static void
test_two_partners_names_in_one_certificate_match_nobody(void **state)
{
    made_t made = made_start(key, "both");
    egret_certificate_t both, one;

    (void) state;
    made_add_name(&made, MADE_DNS, EGRET_SPAN(GW));
    made_add_name(&made, MADE_DNS, EGRET_SPAN("gw.tpbank.example"));
    both = read_signed(&made, &ca_a, NULL);
    one = read_leaf(GW, &ca_a);
    add(with_ca(&xiamen, pem_a, GW));
    add(with_ca(&taipei, pem_a, "gw.tpbank.example"));
    assert_ptr_equal(match(&one), &xiamen);
    assert_null(match(&both));
}


static void
test_neither_where_their_lines_ask_for_other_cas(void **state)
{
    made_t made = made_start(key, "both");
    egret_certificate_t both, one;

    (void) state;
    made_add_name(&made, MADE_DNS, EGRET_SPAN(GW));
    made_add_name(&made, MADE_DNS, EGRET_SPAN("gw.tpbank.example"));
    both = read_signed(&made, &ca_a, NULL);
    one = read_leaf(GW, &ca_a);
    add(with_ca(&xiamen, pem_a, GW));
    assert_ptr_equal(match(&both), &xiamen);
    add(with_ca(&taipei, pem_b, "gw.tpbank.example"));
    assert_ptr_equal(match(&one), &xiamen);
    assert_null(match(&both));
}


static void
test_a_pin_of_one_and_the_ca_of_another_match_nobody(void **state)
{
    egret_certificate_t leaf = read_leaf(GW, &ca_a);

    (void) state;
    add(with_pin(&xiamen, &leaf));
    assert_ptr_equal(match(&leaf), &xiamen);
    add(with_ca(&taipei, pem_a, GW));
    assert_null(match(&leaf));
}


static void
test_no_name_but_a_san_counts(void **state)
{
    made_t common = made_start(key, GW);
    made_t mail = made_start(key, "mail");
    made_t other = made_start(key, "other");
    egret_certificate_t leaf;

    (void) state;
    made_add_name(&mail, MADE_EMAIL, EGRET_SPAN(GW));
    made_add_name(&other, MADE_OTHER,
                  EGRET_SPAN("\x06\x03\x2a\x03\x04\xa0\x13\x0c\x11" GW));
    add(with_ca(&xiamen, pem_a, GW));
    leaf = read_signed(&common, &ca_a, NULL);
    assert_null(match(&leaf));
    leaf = read_signed(&mail, &ca_a, NULL);
    assert_null(match(&leaf));
    leaf = read_signed(&other, &ca_a, NULL);
    assert_null(match(&leaf));
}


static void
test_a_certificate_counts_from_its_first_to_its_last_second(void **state)
{
    egret_certificate_t leaf = read_leaf(GW, &ca_a);
    int64_t first = MADE_NOW - MADE_DAY, last = MADE_NOW + MADE_DAY;

    (void) state;
    add(with_pin(&xiamen, &leaf));
    assert_null(egret_registry_match(registry, &leaf, first - 1));
    assert_ptr_equal(egret_registry_match(registry, &leaf, first), &xiamen);
    assert_ptr_equal(egret_registry_match(registry, &leaf, last), &xiamen);
    assert_null(egret_registry_match(registry, &leaf, last + 1));
}


static void
test_a_ca_counts_from_its_first_to_its_last_second(void **state)
{
    made_t made = made_start(key, "long");
    int64_t first = MADE_NOW - 100 * MADE_DAY;
    int64_t last = MADE_NOW + 100 * MADE_DAY;
    egret_certificate_t leaf;

    (void) state;
    made_add_name(&made, MADE_DNS, EGRET_SPAN(GW));
    made_set_validity(&made, 0, last + MADE_DAY);
    leaf = read_signed(&made, &ca_a, NULL);
    add(with_ca(&xiamen, pem_a, GW));
    assert_null(egret_registry_match(registry, &leaf, first - 1));
    assert_ptr_equal(egret_registry_match(registry, &leaf, first), &xiamen);
    assert_ptr_equal(egret_registry_match(registry, &leaf, last), &xiamen);
    assert_null(egret_registry_match(registry, &leaf, last + 1));
}


static void
test_ca_and_leaf_may_have_any_usual_key(void **state)
{
    static const char *const kinds[] = { "EC", "RSA", "ED25519" };

    (void) state;
    for (size_t i = 0; i < 3; i++) {
        EVP_PKEY *ca_key = made_key(kinds[i]);
        EVP_PKEY *leaf_key = made_key(kinds[i]);
        made_t ca = make_authority(ca_key, "CA");
        made_t made = made_start(leaf_key, "leaf");
        egret_span_t pem = made_pem(&ca);
        egret_certificate_t leaf;

        made_add_name(&made, MADE_DNS, EGRET_SPAN(GW));
        leaf = read_signed(&made, &ca, NULL);
        assert_ptr_equal(match_line(with_ca(&xiamen, pem, GW), &leaf),
                         &xiamen);
        leaf = read_leaf(GW, &ca_a);
        assert_null(match_line(with_ca(&xiamen, pem, GW), &leaf));

        free((void *) pem.at);
        made_free(&ca);
        EVP_PKEY_free(ca_key);
        EVP_PKEY_free(leaf_key);
    }
}


static void
test_a_weak_signature_of_the_ca_is_refused(void **state)
{
    made_t made = made_start(key, "weak");
    egret_certificate_t leaf;

    (void) state;
    made_add_name(&made, MADE_DNS, EGRET_SPAN(GW));
    leaf = read_signed(&made, &ca_a, "SHA1");
    add(with_ca(&xiamen, pem_a, GW));
    assert_null(match(&leaf));
}


static void
test_any_ca_of_the_file_may_have_signed(void **state)
{
    egret_certificate_t by_a = read_leaf(GW, &ca_a);
    egret_certificate_t by_b = read_leaf(GW, &ca_b);
    egret_span_t both = egret_arena_print(arena, "Ours:\n%s\nNext:\n%s\n",
                                          pem_a.at, pem_b.at);

    (void) state;
    add(with_ca(&xiamen, both, GW));
    assert_ptr_equal(match(&by_a), &xiamen);
    assert_ptr_equal(match(&by_b), &xiamen);
}


static void
test_a_line_without_pin_or_ca_is_refused(void **state)
{
    egret_credential_t line = with_ca(&xiamen, EGRET_SPAN(""), GW);

    (void) state;
    add_refused(line, EGRET_EINVAL,
                "neither a pin (spki-sha256) nor the partner's own CA");
}


static void
test_a_ca_without_any_name_is_refused(void **state)
{
    egret_credential_t line = with_ca(&xiamen, pem_a, "");

    (void) state;
    add_refused(line, EGRET_EINVAL,
                "a CA without any name lets in everybody whom it certifies");
    line.has_spki = true;
    add_refused(line, EGRET_EINVAL,
                "a CA without any name lets in everybody whom it certifies");
}


static void
test_a_value_that_no_certificate_can_have_is_refused(void **state)
{
    egret_credential_t line = with_ca(&xiamen, pem_a, "*.xmbank.example");
    static const char *const serials[] = { "0A", "a", "A:B", "00", "-1" };

    (void) state;
    add_refused(line, EGRET_EINVAL, "a dNSName with a wildcard");
    line.dns = EGRET_SPAN("");
    line.uri = EGRET_SPAN("urn: x");
    add_refused(line, EGRET_EINVAL,
                "a URI with white space or a control character");
    line.uri = EGRET_SPAN("");
    line.lei = EGRET_SPAN("3OE3RV94ENQ3S8BR5T63");
    add_refused(line, EGRET_EINVAL,
                "an LEI with wrong length, characters or check digits");
    line.lei = EGRET_SPAN("");
    for (size_t i = 0; i < sizeof(serials) / sizeof(serials[0]); i++) {
        line.serial = egret_span_from(serials[i]);
        add_refused(line, EGRET_EINVAL, "a serial that is not upper-case hex "
                                        "without leading zeros");
    }
}


static void
test_a_ca_file_that_cannot_be_used_is_refused(void **state)
{
    (void) state;
    add_refused(with_ca(&xiamen, EGRET_SPAN("junk"), GW), EGRET_ESYNTAX,
                "the CA file has no certificate");
}


static void
test_one_pin_of_two_partners_is_refused(void **state)
{
    egret_certificate_t leaf = read_leaf(GW, &ca_a);
    egret_credential_t line = with_pin(&taipei, &leaf);

    (void) state;
    add(with_pin(&xiamen, &leaf));
    add_refused(line, EGRET_EEXIST,
                "the same pin as a certificate line of partner xiamen-bank");
    line.dns = EGRET_SPAN("gw.tpbank.example");
    add_refused(line, EGRET_EEXIST,
                "the same pin as a certificate line of partner xiamen-bank");
    assert_ptr_equal(match(&leaf), &xiamen);
}


static void
add_rival(egret_credential_t line)
{
    add_refused(line, EGRET_EEXIST,
                "the same CA, and no name that differs, as a certificate "
                "line of partner xiamen-bank");
}


static void
test_names_that_do_not_exclude_each_other_are_refused(void **state)
{
    egret_credential_t line = with_ca(&taipei, pem_a, "GW.xmbank.example");

    (void) state;
    add(with_ca(&xiamen, pem_a, GW));
    add_rival(line);
    line.lei = EGRET_SPAN(MADE_LEI);
    add_rival(line);
    line.dns = EGRET_SPAN("");
    add_rival(line);
    line.lei = EGRET_SPAN("");
    line.uri = EGRET_SPAN("urn:bank:tp");
    add_rival(line);
}


static void
test_names_that_exclude_each_other_may_stand(void **state)
{
    egret_credential_t line = with_ca(&xiamen, pem_a, GW);

    (void) state;
    line.lei = EGRET_SPAN(MADE_LEI);
    add(line);
    line = with_ca(&taipei, pem_a, GW);
    line.lei = EGRET_SPAN(MADE_OTHER_LEI);
    add(line);
    line = with_ca(&joburg, pem_a, "gw.jbbank.example");
    line.lei = EGRET_SPAN(MADE_LEI);
    add(line);
    add(with_ca(&joburg, pem_b, GW));

    /* Joburg's own names are no rival of its own; the two others are. */
    line = with_ca(&joburg, pem_a, GW);
    add_rival(line);
    line.owner = &xiamen;
    add_refused(line, EGRET_EEXIST,
                "the same CA, and no name that differs, as a certificate "
                "line of partner taipei-bank");
}


static void
test_a_renewed_ca_with_the_same_key_is_the_same_ca(void **state)
{
    made_t renewed = make_authority(key_a, "CA A");
    egret_span_t pem = made_pem(&renewed);
    egret_span_t both = egret_arena_print(arena, "%s%s", pem_b.at, pem.at);

    (void) state;
    add(with_ca(&xiamen, pem_a, GW));
    add_rival(with_ca(&taipei, both, GW));
    free((void *) pem.at);
    made_free(&renewed);
}


static void
test_thousands_of_partners_of_one_ca_are_told_apart(void **state)
{
    enum { PARTNERS = 5000 };
    static char owners[PARTNERS];
    char name[64], uri[64];
    egret_certificate_t leaf;

    (void) state;
    for (int i = 0; i < PARTNERS; i++) {
        egret_credential_t line;

        snprintf(name, sizeof(name), "gw.bank%d.example", i);
        line = with_ca(&owners[i], pem_a, name);
        if (i % 2) {
            snprintf(uri, sizeof(uri), "urn:bank:%d", i);
            line.uri = egret_span_from(uri);
        }
        add(line);
    }

    for (int i = 0; i < PARTNERS; i += 998) {
        snprintf(name, sizeof(name), "gw.bank%d.example", i);
        leaf = read_leaf(name, &ca_a);
        assert_ptr_equal(match(&leaf), &owners[i]);
    }
    leaf = read_leaf("gw.bank5000.example", &ca_a);
    assert_null(match(&leaf));
}


static void *
match_often(void *leaf)
{
    for (int i = 0; i < 200; i++) {
        if (egret_registry_match(registry, leaf, MADE_NOW) != &xiamen) {
            return leaf;
        }
    }
    return NULL;
}


static void
test_threads_may_ask_at_once(void **state)
{
    egret_certificate_t leaf = read_leaf(GW, &ca_a);
    pthread_t threads[4];

    (void) state;
    add(with_ca(&xiamen, pem_a, GW));
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(pthread_create(&threads[i], NULL, match_often, &leaf),
                         0);
    }
    for (size_t i = 0; i < 4; i++) {
        void *failed;

        assert_int_equal(pthread_join(threads[i], &failed), 0);
        assert_null(failed);
    }
}


static egret_rc_t
fill_registry(egret_registry_t *own, egret_arena_t *own_arena,
              const egret_certificate_t *leaf)
{
    egret_credential_t lines[] = { with_ca(&xiamen, pem_a, GW),
                                   with_ca(&taipei, pem_a, "gw.tp.example"),
                                   with_ca(&joburg, pem_a, GW),
                                   with_pin(&joburg, leaf) };
    egret_span_t both = egret_arena_print(own_arena, "%s%s", pem_a.at,
                                          pem_b.at);

    if (both.at == NULL) {
        return egret_arena_rc(own_arena);
    }
    lines[1].ca_pem = both;
    lines[1].lei = EGRET_SPAN(MADE_LEI);
    for (size_t i = 0; i < 4; i++) {
        egret_span_t fault = { NULL, 0 };
        egret_rc_t rc = egret_registry_add(own, &lines[i], &fault);

        if (rc == EGRET_ENOMEM) {
            assert_true(fault.length != 0);
            return rc;
        }
        egret_assert_rc(rc, i == 2 ? EGRET_EEXIST : EGRET_OK);
    }
    return EGRET_OK;
}


static egret_rc_t
build_once(const egret_allocator_t *allocator, void *context)
{
    egret_arena_t *own_arena = egret_arena_create(allocator, 0);
    egret_registry_t *own;
    egret_rc_t rc;

    if (own_arena == NULL) {
        return EGRET_ENOMEM;
    }
    own = egret_registry_create(own_arena);
    rc = own == NULL ? EGRET_ENOMEM : fill_registry(own, own_arena, context);
    egret_registry_destroy(own);
    egret_arena_destroy(own_arena);
    return rc;
}


static void
test_a_refused_allocation_is_reported(void **state)
{
    egret_certificate_t leaf = read_leaf(GW, &ca_a);

    (void) state;
    assert_true(egret_test_torture(build_once, &leaf) > 2);
}


static void
test_a_ceiling_never_leaves_a_leak_or_a_wrong_match(void **state)
{
    egret_certificate_t leaf = read_leaf(GW, &ca_a);
    egret_rc_t rc = EGRET_ELIMIT;
    size_t ceiling;

    (void) state;
    for (ceiling = 2048; rc != EGRET_OK && ceiling < 1 << 20; ceiling += 64) {
        egret_arena_t *own_arena =
            egret_arena_create(egret_allocator_default(), ceiling);
        egret_registry_t *own = egret_registry_create(own_arena);
        egret_credential_t line = with_ca(&xiamen, pem_a, GW);
        egret_span_t fault;
        void *owner;

        if (own != NULL) {
            rc = egret_registry_add(own, &line, &fault);
            owner = egret_registry_match(own, &leaf, MADE_NOW);
            assert_ptr_equal(owner, rc == EGRET_OK ? &xiamen : NULL);
        }
        egret_registry_destroy(own);
        egret_arena_destroy(own_arena);
    }
    egret_assert_ok(rc);
}


#define TEST(name) cmocka_unit_test_setup_teardown(name, open_registry, \
                                                   close_registry)


int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_a_pin_alone_matches_whatever_the_certificate_is_called),
        TEST(test_all_of_one_line_must_hold),
        TEST(test_each_kind_of_name_finds_its_line_without_a_pin),
        TEST(test_two_lines_of_one_partner_let_a_key_change),
        TEST(test_another_ca_with_the_same_names_is_refused),
        TEST(test_another_ca_that_takes_the_name_of_the_ca_is_refused),
        TEST(test_the_ca_key_under_another_name_is_refused),
        TEST(test_a_leaf_of_a_sub_ca_is_refused),
        TEST(test_a_changed_certificate_is_refused),
        TEST(test_two_partners_names_in_one_certificate_match_nobody),
        TEST(test_neither_where_their_lines_ask_for_other_cas),
        TEST(test_a_pin_of_one_and_the_ca_of_another_match_nobody),
        TEST(test_no_name_but_a_san_counts),
        TEST(test_a_certificate_counts_from_its_first_to_its_last_second),
        TEST(test_a_ca_counts_from_its_first_to_its_last_second),
        TEST(test_ca_and_leaf_may_have_any_usual_key),
        TEST(test_a_weak_signature_of_the_ca_is_refused),
        TEST(test_any_ca_of_the_file_may_have_signed),
        TEST(test_a_line_without_pin_or_ca_is_refused),
        TEST(test_a_ca_without_any_name_is_refused),
        TEST(test_a_value_that_no_certificate_can_have_is_refused),
        TEST(test_a_ca_file_that_cannot_be_used_is_refused),
        TEST(test_one_pin_of_two_partners_is_refused),
        TEST(test_names_that_do_not_exclude_each_other_are_refused),
        TEST(test_names_that_exclude_each_other_may_stand),
        TEST(test_a_renewed_ca_with_the_same_key_is_the_same_ca),
        TEST(test_thousands_of_partners_of_one_ca_are_told_apart),
        TEST(test_threads_may_ask_at_once),
        TEST(test_a_refused_allocation_is_reported),
        TEST(test_a_ceiling_never_leaves_a_leak_or_a_wrong_match),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, make_authorities, free_authorities);
}
