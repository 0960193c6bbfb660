/* SPDX-License-Identifier: Apache-2.0 */
#include "identity/revocation.h"

#include <limits.h>

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include "identity/x509.h"

struct egret_revocations {
    X509_CRL *list;
    int64_t this_update;
    int64_t next_update;
    egret_revocations_t *next;
};

typedef struct {
    egret_arena_t *arena;
    STACK_OF(X509) *signers;
    const char *fault;
} reader_t;


static egret_rc_t
refuse(reader_t *reader, const char *fault)
{
    reader->fault = fault;
    return EGRET_ESYNTAX;
}


static BIO *
open_text(egret_span_t text)
{
    if (text.length == 0 || text.length > INT_MAX) {
        return NULL;
    }
    return BIO_new_mem_buf(text.at, (int) text.length);
}


static bool
may_sign_lists(X509 *x509)
{
    return X509_check_ca(x509) != 0
           && (X509_get_key_usage(x509) & KU_CRL_SIGN) != 0;
}


/* nginx has read the same text: what it does not take is not seen here. */
static egret_rc_t
read_signers(reader_t *reader, egret_span_t authorities)
{
    BIO *bio = open_text(authorities);
    X509 *x509;

    reader->signers = sk_X509_new_null();
    if (reader->signers == NULL) {
        BIO_free(bio);
        return EGRET_ENOMEM;
    }

    while (bio != NULL
           && (x509 = PEM_read_bio_X509(bio, NULL, egret_x509_no_password,
                                        NULL)) != NULL)
    {
        if (!may_sign_lists(x509) || sk_X509_push(reader->signers, x509) <= 0) {
            X509_free(x509);
        }
    }
    BIO_free(bio);
    return EGRET_OK;
}


/* Digests of 28 bytes and more; Ed25519 and PSS name none here. */
static bool
is_signed_well(const X509_CRL *list)
{
    int digest = NID_undef, key = NID_undef;
    const EVP_MD *by;

    if (!OBJ_find_sigid_algs(X509_CRL_get_signature_nid(list), &digest, &key)) {
        return false;
    }
    by = digest == NID_undef ? NULL : EVP_get_digestbynid(digest);
    return digest == NID_undef || (by != NULL && EVP_MD_get_size(by) >= 28);
}


static bool
signed_by(X509_CRL *list, X509 *signer)
{
    return X509_NAME_cmp(X509_CRL_get_issuer(list),
                         X509_get_subject_name(signer)) == 0
           && X509_CRL_verify(list, X509_get0_pubkey(signer)) == 1;
}


static bool
is_signed(const reader_t *reader, X509_CRL *list)
{
    if (!is_signed_well(list)) {
        return false;
    }
    for (int i = 0; i < sk_X509_num(reader->signers); i++) {
        if (signed_by(list, sk_X509_value(reader->signers, i))) {
            return true;
        }
    }
    return false;
}


static bool
has_critical(X509_CRL *list)
{
    STACK_OF(X509_REVOKED) *entries = X509_CRL_get_REVOKED(list);

    if (X509_CRL_get_ext_by_critical(list, 1, -1) >= 0) {
        return true;
    }
    for (int i = 0; i < sk_X509_REVOKED_num(entries); i++) {
        const X509_REVOKED *entry = sk_X509_REVOKED_value(entries, i);

        if (X509_REVOKED_get_ext_by_critical(entry, 1, -1) >= 0) {
            return true;
        }
    }
    return false;
}


static egret_rc_t
fill(reader_t *reader, egret_revocations_t *one)
{
    const ASN1_TIME *next = X509_CRL_get0_nextUpdate(one->list);

    if (next == NULL) {
        return refuse(reader, "a revocation list without nextUpdate");
    }
    if (egret_x509_seconds(X509_CRL_get0_lastUpdate(one->list),
                           &one->this_update) != EGRET_OK
        || egret_x509_seconds(next, &one->next_update) != EGRET_OK) {
        return refuse(reader, "a revocation list with a broken time");
    }
    if (has_critical(one->list)) {
        return refuse(reader, "a revocation list with a critical extension: "
                              "parts of lists and deltas are not taken");
    }
    if (!is_signed(reader, one->list)) {
        return refuse(reader, "a revocation list that none of the CAs signed");
    }
    return EGRET_OK;
}


/* `*out` is NULL after the last one. */
static egret_rc_t
read_next(reader_t *reader, BIO *bio, egret_revocations_t **out)
{
    X509_CRL *list = PEM_read_bio_X509_CRL(bio, NULL, egret_x509_no_password,
                                           NULL);
    egret_revocations_t *one;

    *out = NULL;
    if (list == NULL) {
        return egret_x509_is_end_of_text()
                   ? EGRET_OK
                   : refuse(reader, "a broken revocation list");
    }

    one = egret_arena_zeroed(reader->arena, 1, sizeof(egret_revocations_t));
    if (one == NULL) {
        X509_CRL_free(list);
        return egret_arena_rc(reader->arena);
    }

    one->list = list;
    *out = one;
    return fill(reader, one);
}


static egret_rc_t
read_lists(reader_t *reader, BIO *bio, egret_revocations_t **first)
{
    egret_revocations_t **end = first;
    egret_rc_t rc;

    for (;;) {
        rc = read_next(reader, bio, end);
        if (rc != EGRET_OK || *end == NULL) {
            break;
        }
        end = &(*end)->next;
    }

    if (rc == EGRET_OK && *first == NULL) {
        return refuse(reader, "no revocation list");
    }
    return rc;
}


egret_rc_t
egret_revocations_read(egret_span_t lists, egret_span_t authorities,
                       egret_arena_t *arena, egret_revocations_t **out,
                       const char **fault)
{
    reader_t reader = { .arena = arena };
    egret_revocations_t *first = NULL;
    egret_rc_t rc;
    BIO *bio;

    ERR_set_mark();
    bio = open_text(lists);
    rc = read_signers(&reader, authorities);
    if (rc == EGRET_OK) {
        rc = bio == NULL ? refuse(&reader, "no revocation list")
                         : read_lists(&reader, bio, &first);
    }
    BIO_free(bio);
    sk_X509_pop_free(reader.signers, X509_free);
    ERR_pop_to_mark();

    if (rc != EGRET_OK) {
        egret_revocations_free(first);
        *fault = reader.fault != NULL ? reader.fault : egret_rc_text(rc);
        return rc;
    }
    *fault = NULL;
    *out = first;
    return EGRET_OK;
}


void
egret_revocations_free(egret_revocations_t *revocations)
{
    for (; revocations != NULL; revocations = revocations->next) {
        X509_CRL_free(revocations->list);
        revocations->list = NULL;
    }
}


static bool
is_fresh(const egret_revocations_t *one, int64_t now)
{
    return now >= one->this_update && now <= one->next_update;
}


static bool
names(const egret_revocations_t *one, X509 *x509)
{
    X509_REVOKED *entry;

    return X509_CRL_get0_by_serial(one->list, &entry,
                                   X509_get0_serialNumber(x509)) != 0;
}


static const char *
fault_of(const egret_revocations_t *one, X509 *x509, int64_t now)
{
    const char *fault = "there is no revocation list of its CA";
    bool is_asked = false;

    for (; one != NULL; one = one->next) {
        if (X509_NAME_cmp(X509_CRL_get_issuer(one->list),
                          X509_get_issuer_name(x509)) != 0) {
            continue;
        }
        if (names(one, x509)) {
            return "it is revoked";
        }
        is_asked = is_asked || is_fresh(one, now);
        fault = "the revocation list of its CA is out of date";
    }
    return is_asked ? NULL : fault;
}


const char *
egret_revocations_fault(const egret_revocations_t *revocations,
                        egret_span_t certificate, int64_t now)
{
    const char *fault = "it is not one certificate in DER";
    X509 *x509;

    ERR_set_mark();
    x509 = egret_x509_read(certificate);
    if (x509 != NULL) {
        fault = fault_of(revocations, x509, now);
    }
    X509_free(x509);
    ERR_pop_to_mark();
    return fault;
}


bool
egret_revocations_are_fresh(const egret_revocations_t *revocations, int64_t now)
{
    for (; revocations != NULL; revocations = revocations->next) {
        if (!is_fresh(revocations, now)) {
            return false;
        }
    }
    return true;
}
