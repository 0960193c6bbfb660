/* SPDX-License-Identifier: Apache-2.0 */
#include "identity/x509.h"

#include <limits.h>
#include <time.h>

#include <openssl/asn1.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/pem.h>


X509 *
egret_x509_read(egret_span_t der)
{
    const unsigned char *at = (const unsigned char *) der.at;
    X509 *x509;

    if (der.length == 0 || der.length > INT_MAX) {
        return NULL;
    }

    x509 = d2i_X509(NULL, &at, (long) der.length);
    if (x509 != NULL && at != (const unsigned char *) der.at + der.length) {
        X509_free(x509);
        return NULL;
    }
    return x509;
}


egret_rc_t
egret_x509_seconds(const ASN1_TIME *time, int64_t *out)
{
    int length = ASN1_STRING_length(time);
    int expected = ASN1_STRING_type(time) == V_ASN1_UTCTIME ? 13 : 15;
    struct tm parts = { 0 };

    /* OpenSSL also takes offsets, and times without seconds. */
    if (length != expected || ASN1_STRING_get0_data(time)[length - 1] != 'Z'
        || !ASN1_TIME_to_tm(time, &parts)) {
        return EGRET_ESYNTAX;
    }

    *out = timegm(&parts);
    return EGRET_OK;
}


egret_rc_t
egret_x509_validity(const X509 *x509, int64_t *not_before, int64_t *not_after)
{
    egret_rc_t rc = egret_x509_seconds(X509_get0_notBefore(x509), not_before);

    if (rc != EGRET_OK) {
        return rc;
    }
    return egret_x509_seconds(X509_get0_notAfter(x509), not_after);
}


int
egret_x509_no_password(char *buffer, int size, int is_writing, void *context)
{
    (void) buffer;
    (void) size;
    (void) is_writing;
    (void) context;
    return -1;
}


bool
egret_x509_is_end_of_text(void)
{
    unsigned long error = ERR_peek_last_error();

    return ERR_GET_LIB(error) == ERR_LIB_PEM
           && ERR_GET_REASON(error) == PEM_R_NO_START_LINE;
}


egret_rc_t
egret_x509_spki(const X509 *x509, egret_sha256_t *out)
{
    unsigned char *der = NULL;
    int length = i2d_X509_PUBKEY(X509_get_X509_PUBKEY(x509), &der);
    egret_rc_t rc;

    if (length <= 0) {
        return EGRET_ENOMEM;
    }

    rc = egret_sha256((egret_span_t){ (const char *) der, (size_t) length },
                      out);
    OPENSSL_free(der);
    return rc;
}
