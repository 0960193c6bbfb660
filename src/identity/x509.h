/* SPDX-License-Identifier: Apache-2.0 */
/* x509: what certificate and authority both ask of OpenSSL.
 *
 * For the .c files of `identity` alone: OpenSSL's types show here. Callers
 * keep OpenSSL's error queue clean (ERR_set_mark, ERR_pop_to_mark): nginx
 * would take what is left there for an error of a connection. */
#ifndef EGRET_IDENTITY_X509_H
#define EGRET_IDENTITY_X509_H

#include <openssl/x509.h>

#include "util/digest.h"

/* NULL when the bytes are not one certificate, whole. X509_free it. */
X509 *egret_x509_read(egret_span_t der) EGRET_MUST_USE;

/* Both ends of the validity in seconds since 1970. EGRET_ESYNTAX: a time that
 * is not YYMMDDHHMMSSZ or YYYYMMDDHHMMSSZ (RFC 5280 4.1.2.5). */
egret_rc_t egret_x509_validity(const X509 *x509, int64_t *not_before,
                               int64_t *not_after) EGRET_MUST_USE;

/* Seconds since 1970; the same forms and error. */
egret_rc_t egret_x509_seconds(const ASN1_TIME *time, int64_t *out)
    EGRET_MUST_USE;

/* For PEM readers: without it, an encrypted block would ask for its password
 * at the terminal. */
int egret_x509_no_password(char *buffer, int size, int is_writing,
                           void *context);

/* True after a PEM reader found no further block, not a broken one. */
bool egret_x509_is_end_of_text(void);

/* SHA-256 of the SubjectPublicKeyInfo's DER. EGRET_ENOMEM. */
egret_rc_t egret_x509_spki(const X509 *x509, egret_sha256_t *out)
    EGRET_MUST_USE;

#endif
