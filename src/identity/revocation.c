/* SPDX-License-Identifier: Apache-2.0 */
#include "identity/revocation.h"

#include <limits.h>

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include "identity/issuers.h"
#include "identity/x509.h"

typedef struct list {
    X509_CRL *crl;
    const egret_issuer_t *signer;
    int64_t this_update;
    int64_t next_update;
    struct list *next;
} list_t;

struct egret_revocations {
    egret_issuers_t issuers;
    list_t *lists;
};

typedef struct {
    egret_arena_t *arena;
    egret_issuers_t issuers;
    const char *fault;
} reader_t;

/* What is said of one certificate of a chain. */
typedef struct {
    const char *revoked;
    const char *unlisted;
    const char *stale;
} words_t;

static const words_t of_the_leaf = {
    "it is revoked",
    "there is no revocation list of its CA",
    "the revocation list of its CA is out of date",
};

static const words_t of_a_ca = {
    "a CA above it is revoked",
    "there is no revocation list of a CA above it",
    "a revocation list of a CA above it is out of date",
};


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


/* Digests of 28 bytes and more; Ed25519 and PSS name none here. */
static bool
is_signed_well(const X509_CRL *crl)
{
    int digest = NID_undef, key = NID_undef;
    const EVP_MD *by;

    if (!OBJ_find_sigid_algs(X509_CRL_get_signature_nid(crl), &digest, &key)) {
        return false;
    }
    by = digest == NID_undef ? NULL : EVP_get_digestbynid(digest);
    return digest == NID_undef || (by != NULL && EVP_MD_get_size(by) >= 28);
}


static bool
signed_by(X509_CRL *crl, X509 *signer)
{
    return may_sign_lists(signer)
           && X509_NAME_cmp(X509_CRL_get_issuer(crl),
                            X509_get_subject_name(signer)) == 0
           && X509_CRL_verify(crl, X509_get0_pubkey(signer)) == 1;
}


static const egret_issuer_t *
find_signer(const egret_issuers_t *issuers, X509_CRL *crl)
{
    if (!is_signed_well(crl)) {
        return NULL;
    }
    for (size_t i = 0; i < issuers->count; i++) {
        if (signed_by(crl, issuers->at[i].x509)) {
            return &issuers->at[i];
        }
    }
    return NULL;
}


static bool
has_critical(X509_CRL *crl)
{
    STACK_OF(X509_REVOKED) *entries = X509_CRL_get_REVOKED(crl);

    if (X509_CRL_get_ext_by_critical(crl, 1, -1) >= 0) {
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
fill(reader_t *reader, list_t *one)
{
    const ASN1_TIME *next = X509_CRL_get0_nextUpdate(one->crl);

    if (next == NULL) {
        return refuse(reader, "a revocation list without nextUpdate");
    }
    if (egret_x509_seconds(X509_CRL_get0_lastUpdate(one->crl),
                           &one->this_update) != EGRET_OK
        || egret_x509_seconds(next, &one->next_update) != EGRET_OK) {
        return refuse(reader, "a revocation list with a broken time");
    }
    if (has_critical(one->crl)) {
        return refuse(reader, "a revocation list with a critical extension: "
                              "parts of lists and deltas are not taken");
    }
    one->signer = find_signer(&reader->issuers, one->crl);
    if (one->signer == NULL) {
        return refuse(reader, "a revocation list that none of the CAs signed");
    }
    return EGRET_OK;
}


/* `*out` is NULL after the last one. */
static egret_rc_t
read_next(reader_t *reader, BIO *bio, list_t **out)
{
    X509_CRL *crl = PEM_read_bio_X509_CRL(bio, NULL, egret_x509_no_password,
                                          NULL);
    list_t *one;

    *out = NULL;
    if (crl == NULL) {
        return egret_x509_is_end_of_text()
                   ? EGRET_OK
                   : refuse(reader, "a broken revocation list");
    }

    one = egret_arena_zeroed(reader->arena, 1, sizeof(list_t));
    if (one == NULL) {
        X509_CRL_free(crl);
        return egret_arena_rc(reader->arena);
    }

    one->crl = crl;
    *out = one;
    return fill(reader, one);
}


static egret_rc_t
read_lists(reader_t *reader, BIO *bio, list_t **first)
{
    list_t **end = first;
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
    egret_revocations_t *all = egret_arena_zeroed(arena, 1, sizeof(*all));
    egret_rc_t rc;
    BIO *bio;

    if (all == NULL) {
        *fault = egret_rc_text(egret_arena_rc(arena));
        return egret_arena_rc(arena);
    }

    ERR_set_mark();
    bio = open_text(lists);
    rc = egret_issuers_read(authorities, arena, &reader.issuers);
    if (rc == EGRET_OK) {
        rc = bio == NULL ? refuse(&reader, "no revocation list")
                         : read_lists(&reader, bio, &all->lists);
    }
    all->issuers = reader.issuers;
    BIO_free(bio);
    ERR_pop_to_mark();

    if (rc != EGRET_OK) {
        egret_revocations_free(all);
        *fault = reader.fault != NULL ? reader.fault : egret_rc_text(rc);
        return rc;
    }
    *fault = NULL;
    *out = all;
    return EGRET_OK;
}


void
egret_revocations_free(egret_revocations_t *revocations)
{
    if (revocations == NULL) {
        return;
    }
    for (list_t *one = revocations->lists; one != NULL; one = one->next) {
        X509_CRL_free(one->crl);
    }
    revocations->lists = NULL;
    egret_issuers_free(&revocations->issuers);
}


static bool
is_fresh(const list_t *one, int64_t now)
{
    return now >= one->this_update && now <= one->next_update;
}


static bool
names(const list_t *one, X509 *x509)
{
    X509_REVOKED *entry;

    return X509_CRL_get0_by_serial(one->crl, &entry,
                                   X509_get0_serialNumber(x509)) != 0;
}


/* A renewed CA has the same name and key in another certificate. */
static bool
is_of(const list_t *one, const egret_issuer_t *issuer)
{
    return one->signer == issuer
           || (X509_NAME_cmp(X509_get_subject_name(one->signer->x509),
                             X509_get_subject_name(issuer->x509)) == 0
               && EVP_PKEY_eq(X509_get0_pubkey(one->signer->x509),
                              X509_get0_pubkey(issuer->x509)) == 1);
}


static const char *
fault_by(const list_t *one, const egret_issuer_t *issuer, X509 *x509,
         int64_t now, const words_t *words)
{
    const char *fault = words->unlisted;
    bool is_asked = false;

    for (; one != NULL; one = one->next) {
        if (!is_of(one, issuer)) {
            continue;
        }
        if (names(one, x509)) {
            return words->revoked;
        }
        is_asked = is_asked || is_fresh(one, now);
        fault = words->stale;
    }
    return is_asked ? NULL : fault;
}


static const char *
fault_of(const egret_revocations_t *revocations, X509 *x509, int64_t now,
         const words_t *words)
{
    const char *fault = words->unlisted;

    for (size_t i = 0; i < revocations->issuers.count; i++) {
        const egret_issuer_t *issuer = &revocations->issuers.at[i];

        if (!egret_issuer_may_have_issued(issuer, x509)) {
            continue;
        }
        fault = fault_by(revocations->lists, issuer, x509, now, words);
        if (fault != NULL) {
            return fault;
        }
    }
    return fault;
}


static const char *
fault_above(const egret_revocations_t *revocations, X509 *leaf, int64_t now)
{
    const egret_issuers_t *all = &revocations->issuers;
    const char *fault = NULL;

    for (size_t i = 0; i < all->count; i++) {
        const egret_issuer_t *one = &all->at[i];

        if (!egret_issuer_may_have_issued(one, leaf)) {
            continue;
        }
        for (size_t k = 0; k < one->above_count && fault == NULL; k++) {
            fault = fault_of(revocations, all->at[one->above[k]].x509, now,
                             &of_a_ca);
        }
    }
    return fault;
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
        fault = fault_of(revocations, x509, now, &of_the_leaf);
        if (fault == NULL) {
            fault = fault_above(revocations, x509, now);
        }
    }
    X509_free(x509);
    ERR_pop_to_mark();
    return fault;
}


bool
egret_revocations_are_fresh(const egret_revocations_t *revocations, int64_t now)
{
    for (const list_t *one = revocations->lists; one != NULL; one = one->next) {
        if (!is_fresh(one, now)) {
            return false;
        }
    }
    return true;
}
