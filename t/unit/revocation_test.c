/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include <openssl/err.h>
#include <openssl/pem.h>

#include "helper.h"
#include "identity/revocation.h"
#include "made_certificate.h"

#define FIRST (MADE_NOW - MADE_DAY)
#define LAST (MADE_NOW + MADE_DAY)

/* What a list says beyond its issuer. */
typedef struct {
    long serial;             /* of the one that it revokes; 0: nobody */
    const char *digest;      /* NULL: SHA256 */
    bool has_no_end;
    bool has_critical;       /* an extension of the list */
    bool has_critical_entry; /* an extension of the entry */
} saying_t;

static EVP_PKEY *key_a, *key_b, *leaf_key;
static made_t ca_a, ca_b;
static egret_span_t pem_a, pem_b;
static egret_arena_t *arena;
static egret_revocations_t *lists;


static made_t
make_authority(EVP_PKEY *key, const char *name)
{
    made_t made = made_start(key, name);

    made_be_authority(&made);
    free((void *) made_sign(&made, NULL, NULL).at);
    return made;
}


static int
make_authorities(void **state)
{
    (void) state;
    key_a = made_key("EC");
    key_b = made_key("EC");
    leaf_key = made_key("EC");
    ca_a = make_authority(key_a, "CA A");
    ca_b = make_authority(key_b, "CA B");
    pem_a = made_pem(&ca_a);
    pem_b = made_pem(&ca_b);
    arena = egret_arena_create(egret_allocator_default(), 0);
    return arena == NULL;
}


static int
free_authorities(void **state)
{
    (void) state;
    egret_arena_destroy(arena);
    made_free(&ca_a);
    made_free(&ca_b);
    free((void *) pem_a.at);
    free((void *) pem_b.at);
    EVP_PKEY_free(key_a);
    EVP_PKEY_free(key_b);
    EVP_PKEY_free(leaf_key);
    return 0;
}


static int
close_lists(void **state)
{
    (void) state;
    egret_revocations_free(lists);
    lists = NULL;
    return 0;
}


static ASN1_TIME *
at(int64_t seconds)
{
    return ASN1_TIME_set(NULL, (time_t) seconds);
}


static X509_EXTENSION *
make_critical(void)
{
    ASN1_OBJECT *object = OBJ_txt2obj("1.2.3.4", 1);
    ASN1_OCTET_STRING *value = ASN1_OCTET_STRING_new();
    X509_EXTENSION *extension;

    assert_true(ASN1_OCTET_STRING_set(value, (unsigned char *) "\x05\0", 2));
    extension = X509_EXTENSION_create_by_OBJ(NULL, object, 1, value);
    assert_non_null(extension);
    ASN1_OBJECT_free(object);
    ASN1_OCTET_STRING_free(value);
    return extension;
}


static void
revoke(X509_CRL *list, const saying_t *saying)
{
    X509_REVOKED *entry = X509_REVOKED_new();
    ASN1_INTEGER *serial = ASN1_INTEGER_new();
    ASN1_TIME *when = at(FIRST);

    assert_true(ASN1_INTEGER_set(serial, saying->serial));
    assert_true(X509_REVOKED_set_serialNumber(entry, serial));
    assert_true(X509_REVOKED_set_revocationDate(entry, when));
    if (saying->has_critical_entry) {
        X509_EXTENSION *extension = make_critical();

        assert_true(X509_REVOKED_add_ext(entry, extension, -1));
        X509_EXTENSION_free(extension);
    }
    assert_true(X509_CRL_add0_revoked(list, entry));
    ASN1_INTEGER_free(serial);
    ASN1_TIME_free(when);
}


static void
set_times(X509_CRL *list, bool has_no_end)
{
    ASN1_TIME *first = at(FIRST), *last = at(LAST);

    assert_true(X509_CRL_set1_lastUpdate(list, first));
    if (!has_no_end) {
        assert_true(X509_CRL_set1_nextUpdate(list, last));
    }
    ASN1_TIME_free(first);
    ASN1_TIME_free(last);
}


/* A list that has the name of `issuer` and the signature of `key`; PEM, in the
 * arena. */
static egret_span_t
list_of(const made_t *issuer, EVP_PKEY *key, saying_t saying)
{
    X509_CRL *list = X509_CRL_new();
    BIO *bio = BIO_new(BIO_s_mem());
    const char *digest = saying.digest != NULL ? saying.digest : "SHA256";
    egret_span_t out;
    char *text;

    assert_true(X509_CRL_set_version(list, 1));
    assert_true(X509_CRL_set_issuer_name(list,
                                         X509_get_subject_name(issuer->x509)));
    set_times(list, saying.has_no_end);
    if (saying.serial != 0) {
        revoke(list, &saying);
    }
    if (saying.has_critical) {
        X509_EXTENSION *extension = make_critical();

        assert_true(X509_CRL_add_ext(list, extension, -1));
        X509_EXTENSION_free(extension);
    }
    assert_true(X509_CRL_sign(list, key, EVP_get_digestbyname(digest)) > 0);
    assert_true(PEM_write_bio_X509_CRL(bio, list));

    out.length = (size_t) BIO_get_mem_data(bio, &text);
    out.at = text;
    out = egret_arena_copy(arena, out);
    BIO_free(bio);
    X509_CRL_free(list);
    return out;
}


static egret_span_t
leaf_of(const made_t *issuer)
{
    made_t made = made_start(leaf_key, "leaf"); /* its serial is 1 */
    egret_span_t der = made_sign(&made, issuer, NULL);
    egret_span_t out = egret_arena_copy(arena, der);

    free((void *) der.at);
    made_free(&made);
    return out;
}


static egret_span_t
joined(egret_span_t a, egret_span_t b)
{
    return egret_arena_print(arena, "%.*s\ntext\n%.*s", EGRET_SPAN_ARGS(a),
                             EGRET_SPAN_ARGS(b));
}


static void
read_lists(egret_span_t text)
{
    const char *fault = NULL;

    egret_revocations_free(lists);
    egret_assert_ok(egret_revocations_read(text, joined(pem_a, pem_b), arena,
                                           &lists, &fault));
    assert_null(fault);
    assert_int_equal(ERR_peek_error(), 0);
}


static void
refuse_lists(egret_span_t text, const char *expected)
{
    const char *fault = NULL;
    egret_revocations_t *out = NULL;

    egret_assert_rc(egret_revocations_read(text, pem_a, arena, &out, &fault),
                    EGRET_ESYNTAX);
    assert_string_equal(fault, expected);
    assert_null(out);
    assert_int_equal(ERR_peek_error(), 0);
}


static void
assert_fault(egret_span_t certificate, int64_t now, const char *expected)
{
    const char *fault = egret_revocations_fault(lists, certificate, now);

    if (expected == NULL) {
        assert_null(fault);
    } else {
        assert_non_null(fault);
        assert_string_equal(fault, expected);
    }
    assert_int_equal(ERR_peek_error(), 0);
}


static void
test_who_is_on_the_list_is_revoked(void **state)
{
    (void) state;
    read_lists(list_of(&ca_a, key_a, (saying_t){ .serial = 1 }));
    assert_fault(leaf_of(&ca_a), MADE_NOW, "it is revoked");
}


static void
test_who_is_not_on_the_list_stands(void **state)
{
    (void) state;
    read_lists(list_of(&ca_a, key_a, (saying_t){ .serial = 2 }));
    assert_fault(leaf_of(&ca_a), MADE_NOW, NULL);
    read_lists(list_of(&ca_a, key_a, (saying_t){ 0 }));
    assert_fault(leaf_of(&ca_a), MADE_NOW, NULL);
}


static void
test_a_list_counts_from_its_first_to_its_last_second(void **state)
{
    const char *stale = "the revocation list of its CA is out of date";
    egret_span_t leaf = leaf_of(&ca_a);

    (void) state;
    read_lists(list_of(&ca_a, key_a, (saying_t){ 0 }));
    assert_fault(leaf, FIRST - 1, stale);
    assert_fault(leaf, FIRST, NULL);
    assert_fault(leaf, LAST, NULL);
    assert_fault(leaf, LAST + 1, stale);
    assert_false(egret_revocations_are_fresh(lists, FIRST - 1));
    assert_true(egret_revocations_are_fresh(lists, MADE_NOW));
    assert_false(egret_revocations_are_fresh(lists, LAST + 1));
}


static void
test_a_stale_list_still_revokes(void **state)
{
    (void) state;
    read_lists(list_of(&ca_a, key_a, (saying_t){ .serial = 1 }));
    assert_fault(leaf_of(&ca_a), LAST + 1, "it is revoked");
}


static void
test_a_ca_without_a_list_is_refused(void **state)
{
    (void) state;
    read_lists(list_of(&ca_a, key_a, (saying_t){ .serial = 1 }));
    assert_fault(leaf_of(&ca_b), MADE_NOW,
                 "there is no revocation list of its CA");
}


static void
test_each_ca_has_its_own_list_in_one_file(void **state)
{
    egret_span_t a = list_of(&ca_a, key_a, (saying_t){ .serial = 1 });
    egret_span_t b = list_of(&ca_b, key_b, (saying_t){ .serial = 2 });

    (void) state;
    read_lists(joined(a, b));
    assert_fault(leaf_of(&ca_a), MADE_NOW, "it is revoked");
    assert_fault(leaf_of(&ca_b), MADE_NOW, NULL);
}


static void
test_either_list_of_one_ca_revokes(void **state)
{
    egret_span_t none = list_of(&ca_a, key_a, (saying_t){ 0 });
    egret_span_t one = list_of(&ca_a, key_a, (saying_t){ .serial = 1 });

    (void) state;
    read_lists(joined(none, one));
    assert_fault(leaf_of(&ca_a), MADE_NOW, "it is revoked");
    read_lists(joined(one, none));
    assert_fault(leaf_of(&ca_a), MADE_NOW, "it is revoked");
}


static void
test_a_list_that_another_ca_signed_is_refused(void **state)
{
    const char *unsigned_text = "a revocation list that none of the CAs signed";

    (void) state;
    refuse_lists(list_of(&ca_a, key_b, (saying_t){ 0 }), unsigned_text);
    refuse_lists(list_of(&ca_b, key_a, (saying_t){ 0 }), unsigned_text);
    refuse_lists(list_of(&ca_b, key_b, (saying_t){ 0 }), unsigned_text);
    refuse_lists(list_of(&ca_a, key_a, (saying_t){ .digest = "SHA1" }),
                 unsigned_text);
}


static void
test_a_ca_that_may_not_sign_lists_is_no_signer(void **state)
{
    egret_span_t list = list_of(&ca_a, key_a, (saying_t){ 0 });
    made_t made = made_start(key_a, "CA A");
    const char *fault = NULL;
    egret_revocations_t *out = NULL;
    egret_span_t pem;

    (void) state;
    made_add_extension(&made, "2.5.29.19", true,
                       EGRET_SPAN("\x30\x03\x01\x01\xff"));
    made_add_extension(&made, "2.5.29.15", true,
                       EGRET_SPAN("\x03\x02\x02\x04")); /* keyCertSign */
    free((void *) made_sign(&made, NULL, NULL).at);
    pem = made_pem(&made);
    egret_assert_rc(egret_revocations_read(list, pem, arena, &out, &fault),
                    EGRET_ESYNTAX);
    assert_string_equal(fault, "a revocation list that none of the CAs signed");
    made_free(&made);
    free((void *) pem.at);
}


static void
test_a_list_without_an_end_is_refused(void **state)
{
    (void) state;
    refuse_lists(list_of(&ca_a, key_a, (saying_t){ .has_no_end = true }),
                 "a revocation list without nextUpdate");
}


static void
test_a_part_of_a_list_is_refused(void **state)
{
    const char *part = "a revocation list with a critical extension: parts of "
                       "lists and deltas are not taken";

    (void) state;
    refuse_lists(list_of(&ca_a, key_a, (saying_t){ .has_critical = true }),
                 part);
    refuse_lists(list_of(&ca_a, key_a, (saying_t){ .serial = 1,
                                           .has_critical_entry = true }),
                 part);
}


static void
test_a_text_without_a_whole_list_is_refused(void **state)
{
    egret_span_t list = list_of(&ca_a, key_a, (saying_t){ .serial = 1 });
    egret_span_t changed = egret_arena_copy(arena, list);

    (void) state;
    refuse_lists(EGRET_SPAN(""), "no revocation list");
    refuse_lists(EGRET_SPAN("junk"), "no revocation list");
    refuse_lists(pem_a, "no revocation list");
    refuse_lists(egret_span_slice(list, 0, 100), "a broken revocation list");
    ((char *) changed.at)[60] = '!';
    refuse_lists(changed, "a broken revocation list");
    refuse_lists(joined(list, egret_span_slice(list, 0, 100)),
                 "a broken revocation list");
}


static void
test_what_is_no_certificate_is_refused(void **state)
{
    (void) state;
    read_lists(list_of(&ca_a, key_a, (saying_t){ 0 }));
    assert_fault(EGRET_SPAN("x"), MADE_NOW, "it is not one certificate in DER");
}


/* A CA that another one issued. */
static made_t
make_issued(EVP_PKEY *key, const char *name, const made_t *issuer)
{
    made_t made = made_start(key, name);

    made_be_authority(&made);
    free((void *) made_sign(&made, issuer, NULL).at);
    return made;
}


static egret_span_t
pem_of(const made_t *made)
{
    egret_span_t pem = made_pem(made);
    egret_span_t out = egret_arena_copy(arena, pem);

    free((void *) pem.at);
    return out;
}


static void
read_with(egret_span_t text, egret_span_t authorities)
{
    const char *fault = NULL;

    egret_revocations_free(lists);
    egret_assert_ok(egret_revocations_read(text, authorities, arena, &lists,
                                           &fault));
}


static void
test_a_ca_above_is_asked_for_too(void **state)
{
    made_t between = make_issued(key_b, "CA between", &ca_a);
    egret_span_t authorities = joined(pem_a, pem_of(&between));
    egret_span_t own = list_of(&between, key_b, (saying_t){ 0 });
    egret_span_t leaf = leaf_of(&between);

    (void) state;
    read_with(joined(own, list_of(&ca_a, key_a, (saying_t){ .serial = 2 })),
              authorities);
    assert_fault(leaf, MADE_NOW, NULL);
    read_with(joined(own, list_of(&ca_a, key_a, (saying_t){ .serial = 1 })),
              authorities);
    assert_fault(leaf, MADE_NOW, "a CA above it is revoked");
    read_with(own, authorities);
    assert_fault(leaf, MADE_NOW,
                 "there is no revocation list of a CA above it");
    made_free(&between);
}


static void
test_cas_that_certify_each_other_end(void **state)
{
    made_t a_by_b = make_issued(key_a, "CA A", &ca_b);
    made_t b_by_a = make_issued(key_b, "CA B", &ca_a);
    egret_span_t authorities = joined(
        joined(pem_a, pem_of(&a_by_b)), joined(pem_b, pem_of(&b_by_a)));

    (void) state;
    read_with(joined(list_of(&ca_a, key_a, (saying_t){ .serial = 2 }),
                     list_of(&ca_b, key_b, (saying_t){ .serial = 2 })),
              authorities);
    assert_fault(leaf_of(&ca_a), MADE_NOW, NULL);
    read_with(joined(list_of(&ca_a, key_a, (saying_t){ .serial = 2 }),
                     list_of(&ca_b, key_b, (saying_t){ .serial = 1 })),
              authorities);
    assert_fault(leaf_of(&ca_a), MADE_NOW, "a CA above it is revoked");
    made_free(&a_by_b);
    made_free(&b_by_a);
}


static void
test_where_two_cas_have_one_name_both_must_stand_by_it(void **state)
{
    made_t namesake = make_authority(key_b, "CA A");
    egret_span_t authorities = joined(pem_a, pem_of(&namesake));
    egret_span_t own = list_of(&ca_a, key_a, (saying_t){ 0 });

    (void) state;
    read_with(own, authorities);
    assert_fault(leaf_of(&ca_a), MADE_NOW,
                 "there is no revocation list of its CA");
    read_with(joined(own, list_of(&namesake, key_b, (saying_t){ .serial = 1 })),
              authorities);
    assert_fault(leaf_of(&ca_a), MADE_NOW, "it is revoked");
    read_with(joined(own, list_of(&namesake, key_b, (saying_t){ .serial = 2 })),
              authorities);
    assert_fault(leaf_of(&ca_a), MADE_NOW, NULL);
    made_free(&namesake);
}


/* subjectKeyIdentifier and authorityKeyIdentifier, of one byte. */
static void
identify(made_t *made, const char *own, const char *issuer)
{
    char of_own[] = "\x04\x01?", of_issuer[] = "\x30\x03\x80\x01?";

    of_own[2] = own[0];
    of_issuer[4] = issuer[0];
    made_add_extension(made, "2.5.29.14", false,
                       (egret_span_t){ of_own, sizeof(of_own) - 1 });
    made_add_extension(made, "2.5.29.35", false,
                       (egret_span_t){ of_issuer, sizeof(of_issuer) - 1 });
}


static made_t
make_identified(EVP_PKEY *key, const char *identifier)
{
    made_t made = made_start(key, "CA A");

    made_be_authority(&made);
    identify(&made, identifier, identifier);
    free((void *) made_sign(&made, NULL, NULL).at);
    return made;
}


static void
test_key_identifiers_tell_two_cas_of_one_name_apart(void **state)
{
    made_t first = make_identified(key_a, "1");
    made_t second = make_identified(key_b, "2");
    made_t leaf = made_start(leaf_key, "leaf");
    egret_span_t authorities = joined(pem_of(&first), pem_of(&second));
    egret_span_t der;

    (void) state;
    identify(&leaf, "3", "1");
    der = made_sign(&leaf, &first, NULL);
    read_with(joined(list_of(&first, key_a, (saying_t){ 0 }),
                     list_of(&second, key_b, (saying_t){ .serial = 1 })),
              authorities);
    assert_fault(der, MADE_NOW, NULL);
    read_with(list_of(&second, key_b, (saying_t){ 0 }), authorities);
    assert_fault(der, MADE_NOW, "there is no revocation list of its CA");
    free((void *) der.at);
    made_free(&leaf);
    made_free(&first);
    made_free(&second);
}


static egret_rc_t
read_once(const egret_allocator_t *allocator, void *context)
{
    const egret_span_t *text = context;
    egret_arena_t *own = egret_arena_create(allocator, 0);
    egret_revocations_t *out = NULL;
    const char *fault;
    egret_rc_t rc;

    if (own == NULL) {
        return EGRET_ENOMEM;
    }
    rc = egret_revocations_read(*text, pem_a, own, &out, &fault);
    egret_revocations_free(out);
    egret_arena_destroy(own);
    return rc;
}


static void
test_a_refused_allocation_is_reported(void **state)
{
    egret_span_t text = list_of(&ca_a, key_a, (saying_t){ .serial = 1 });

    (void) state;
    assert_true(egret_test_torture(read_once, &text) > 1);
}


int
main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_teardown(name, close_lists)
        TEST(test_who_is_on_the_list_is_revoked),
        TEST(test_who_is_not_on_the_list_stands),
        TEST(test_a_list_counts_from_its_first_to_its_last_second),
        TEST(test_a_stale_list_still_revokes),
        TEST(test_a_ca_without_a_list_is_refused),
        TEST(test_each_ca_has_its_own_list_in_one_file),
        TEST(test_either_list_of_one_ca_revokes),
        TEST(test_a_list_that_another_ca_signed_is_refused),
        TEST(test_a_ca_that_may_not_sign_lists_is_no_signer),
        TEST(test_a_list_without_an_end_is_refused),
        TEST(test_a_part_of_a_list_is_refused),
        TEST(test_a_text_without_a_whole_list_is_refused),
        TEST(test_what_is_no_certificate_is_refused),
        TEST(test_a_ca_above_is_asked_for_too),
        TEST(test_cas_that_certify_each_other_end),
        TEST(test_where_two_cas_have_one_name_both_must_stand_by_it),
        TEST(test_key_identifiers_tell_two_cas_of_one_name_apart),
        TEST(test_a_refused_allocation_is_reported),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, make_authorities, free_authorities);
}
