/* SPDX-License-Identifier: Apache-2.0 */
#include "identity/issuers.h"

#include <limits.h>

#include <openssl/pem.h>

#include "identity/x509.h"


static STACK_OF(X509) *
read_authorities(egret_span_t pem)
{
    STACK_OF(X509) *all = sk_X509_new_null();
    BIO *bio = pem.length == 0 || pem.length > INT_MAX
                   ? NULL
                   : BIO_new_mem_buf(pem.at, (int) pem.length);
    X509 *x509;

    while (all != NULL && bio != NULL
           && (x509 = PEM_read_bio_X509(bio, NULL, egret_x509_no_password,
                                        NULL)) != NULL)
    {
        if (X509_check_ca(x509) == 0 || sk_X509_push(all, x509) <= 0) {
            X509_free(x509);
        }
    }
    BIO_free(bio);
    return all;
}


static bool
holds(const size_t *positions, size_t count, size_t position)
{
    for (size_t i = 0; i < count; i++) {
        if (positions[i] == position) {
            return true;
        }
    }
    return false;
}


static egret_rc_t
find_above(egret_issuers_t *issuers, size_t from, egret_arena_t *arena)
{
    egret_issuer_t *one = &issuers->at[from];
    size_t *above = egret_arena_zeroed(arena, issuers->count, sizeof(size_t));

    if (above == NULL) {
        return egret_arena_rc(arena);
    }
    above[0] = from;
    one->above_count = 1;

    for (size_t k = 0; k < one->above_count; k++) {
        X509 *x509 = issuers->at[above[k]].x509;

        for (size_t i = 0; i < issuers->count; i++) {
            if (egret_issuer_may_have_issued(&issuers->at[i], x509)
                && !holds(above, one->above_count, i)) {
                above[one->above_count++] = i;
            }
        }
    }
    one->above = above;
    return EGRET_OK;
}


static egret_rc_t
fill(STACK_OF(X509) *all, egret_arena_t *arena, egret_issuers_t *out)
{
    size_t count = (size_t) sk_X509_num(all);

    out->at = egret_arena_zeroed(arena, count, sizeof(egret_issuer_t));
    if (out->at == NULL) {
        return egret_arena_rc(arena);
    }
    while (out->count < count) {
        out->at[out->count].x509 = sk_X509_value(all, (int) out->count);
        (void) X509_up_ref(out->at[out->count].x509);
        out->count++;
    }
    for (size_t i = 0; i < count; i++) {
        egret_rc_t rc = find_above(out, i, arena);

        if (rc != EGRET_OK) {
            return rc;
        }
    }
    return EGRET_OK;
}


egret_rc_t
egret_issuers_read(egret_span_t pem, egret_arena_t *arena, egret_issuers_t *out)
{
    STACK_OF(X509) *all = read_authorities(pem);
    egret_rc_t rc;

    *out = (egret_issuers_t){ 0 };
    if (all == NULL) {
        return EGRET_ENOMEM;
    }
    rc = sk_X509_num(all) == 0 ? EGRET_OK : fill(all, arena, out);
    sk_X509_pop_free(all, X509_free);
    if (rc != EGRET_OK) {
        egret_issuers_free(out);
    }
    return rc;
}


void
egret_issuers_free(egret_issuers_t *issuers)
{
    for (size_t i = 0; i < issuers->count; i++) {
        X509_free(issuers->at[i].x509);
    }
    *issuers = (egret_issuers_t){ 0 };
}


bool
egret_issuer_may_have_issued(const egret_issuer_t *issuer, X509 *x509)
{
    return X509_check_issued(issuer->x509, x509) == X509_V_OK;
}
