/* SPDX-License-Identifier: Apache-2.0 */
#include "identity/authority.h"

#include <limits.h>

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include "identity/x509.h"

#define SIGNATURE_BITS 112 /* what OpenSSL's security level 2 asks for */

struct egret_authority {
    X509 *x509;
    egret_sha256_t spki;
    int64_t not_before;
    int64_t not_after;
    egret_authority_t *next;
};


static bool
is_authority(X509 *x509)
{
    return X509_check_ca(x509) == 1
           && (X509_get_extension_flags(x509) & EXFLAG_INVALID) == 0;
}


static egret_rc_t
fill(egret_authority_t *one, const char **fault)
{
    egret_rc_t rc;

    if (!is_authority(one->x509)) {
        *fault = "the CA file has a certificate that is no CA";
        return EGRET_ESYNTAX;
    }

    rc = egret_x509_validity(one->x509, &one->not_before, &one->not_after);
    if (rc != EGRET_OK) {
        *fault = "the CA file has a CA with a broken validity";
        return rc;
    }
    return egret_x509_spki(one->x509, &one->spki);
}


/* `*out` is NULL after the last one. */
static egret_rc_t
read_next(BIO *bio, egret_arena_t *arena, egret_authority_t **out,
          const char **fault)
{
    X509 *x509 = PEM_read_bio_X509(bio, NULL, egret_x509_no_password, NULL);
    egret_authority_t *one;

    *out = NULL;
    if (x509 == NULL) {
        if (egret_x509_is_end_of_text()) {
            return EGRET_OK;
        }
        *fault = "the CA file has a broken certificate";
        return EGRET_ESYNTAX;
    }

    one = egret_arena_zeroed(arena, 1, sizeof(egret_authority_t));
    if (one == NULL) {
        X509_free(x509);
        return egret_arena_rc(arena);
    }

    one->x509 = x509;
    *out = one;
    return fill(one, fault);
}


static egret_rc_t
read_list(BIO *bio, egret_arena_t *arena, egret_authority_t **first,
          const char **fault)
{
    egret_authority_t **end = first;
    egret_rc_t rc;

    for (;;) {
        rc = read_next(bio, arena, end, fault);
        if (rc != EGRET_OK) {
            return rc;
        }
        if (*end == NULL) {
            break;
        }
        end = &(*end)->next;
    }

    if (*first == NULL) {
        *fault = "the CA file has no certificate";
        return EGRET_ESYNTAX;
    }
    return EGRET_OK;
}


egret_rc_t
egret_authority_read(egret_span_t pem, egret_arena_t *arena,
                     egret_authority_t **first, const char **fault)
{
    egret_authority_t *list = NULL;
    egret_rc_t rc;
    BIO *bio;

    if (pem.length == 0 || pem.length > INT_MAX) {
        *fault = "the CA file has no certificate";
        return EGRET_ESYNTAX;
    }

    *fault = "out of memory";
    ERR_set_mark();
    bio = BIO_new_mem_buf(pem.at, (int) pem.length);
    rc = bio == NULL ? EGRET_ENOMEM : read_list(bio, arena, &list, fault);
    BIO_free(bio);
    ERR_pop_to_mark();

    if (rc != EGRET_OK) {
        egret_authority_free(list);
        return rc;
    }
    *fault = NULL;
    *first = list;
    return EGRET_OK;
}


void
egret_authority_free(egret_authority_t *first)
{
    for (; first != NULL; first = first->next) {
        X509_free(first->x509);
        first->x509 = NULL;
    }
}


const egret_authority_t *
egret_authority_next(const egret_authority_t *one)
{
    return one->next;
}


const egret_sha256_t *
egret_authority_spki(const egret_authority_t *one)
{
    return &one->spki;
}


static bool
is_signed_well(X509 *leaf)
{
    int bits = 0;

    return X509_get_signature_info(leaf, NULL, NULL, &bits, NULL) == 1
           && bits >= SIGNATURE_BITS;
}


static bool
issued(const egret_authority_t *one, X509 *leaf, int64_t now)
{
    return now >= one->not_before && now <= one->not_after
           && X509_check_issued(one->x509, leaf) == X509_V_OK
           && X509_verify(leaf, X509_get0_pubkey(one->x509)) == 1;
}


static bool
issued_by_one(const egret_authority_t *first, X509 *leaf, int64_t now)
{
    if (!is_signed_well(leaf)) {
        return false;
    }
    for (; first != NULL; first = first->next) {
        if (issued(first, leaf, now)) {
            return true;
        }
    }
    return false;
}


bool
egret_authority_issued(const egret_authority_t *first, egret_span_t leaf,
                       int64_t now)
{
    bool is_issued = false;
    X509 *x509;

    ERR_set_mark();
    x509 = egret_x509_read(leaf);
    if (x509 != NULL) {
        is_issued = issued_by_one(first, x509, now);
    }
    X509_free(x509);
    ERR_pop_to_mark();
    return is_issued;
}


static bool
is_intermediate(X509 *x509)
{
    return is_authority(x509)
           && X509_NAME_cmp(X509_get_subject_name(x509),
                            X509_get_issuer_name(x509)) != 0;
}


size_t
egret_authority_count_intermediate(egret_span_t pem)
{
    size_t count = 0;
    X509 *x509;
    BIO *bio;

    if (pem.length == 0 || pem.length > INT_MAX) {
        return 0;
    }

    ERR_set_mark();
    bio = BIO_new_mem_buf(pem.at, (int) pem.length);
    while (bio != NULL
           && (x509 = PEM_read_bio_X509(bio, NULL, egret_x509_no_password,
                                        NULL)) != NULL)
    {
        count += is_intermediate(x509);
        X509_free(x509);
    }
    BIO_free(bio);
    ERR_pop_to_mark();
    return count;
}
