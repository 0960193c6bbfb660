/* SPDX-License-Identifier: Apache-2.0 */
/* made_certificate: certificates made in a test, hostile ones too.
 *
 * The SAN is written byte by byte, so that it can hold what a library would
 * refuse to write. All calls assert; nothing is returned that failed. */
#ifndef EGRET_TEST_MADE_CERTIFICATE_H
#define EGRET_TEST_MADE_CERTIFICATE_H

#include <openssl/x509v3.h>

#include "util/span.h"

#define MADE_NOW 1800000000 /* 2027-01-15 08:00:00 UTC */
#define MADE_DAY 86400

/* Tags of GeneralName, RFC 5280 4.2.1.6. */
#define MADE_OTHER 0xa0
#define MADE_EMAIL 0x81
#define MADE_DNS 0x82
#define MADE_DIRECTORY 0xa4
#define MADE_URI 0x86
#define MADE_ADDRESS 0x87

#define MADE_LEI "5493001KJTIIGC8Y1R12"
#define MADE_OTHER_LEI "HWUPKR0MPOU8FGXBT394"
#define MADE_LEI_OID "1.3.6.1.4.1.52266.1"
#define MADE_ROLE_OID "1.3.6.1.4.1.52266.2"

typedef struct {
    X509 *x509;
    EVP_PKEY *key;
    unsigned char *san;
    size_t san_length;
} made_t;

/* Of a kind: "EC" (P-256), "RSA" (2048 bits), "ED25519". EVP_PKEY_free it. */
EVP_PKEY *made_key(const char *kind);

/* Subject CN, serial 1, valid for a day before and after MADE_NOW. The key
 * stays the caller's. */
made_t made_start(EVP_PKEY *key, const char *common_name);
void made_add_name(made_t *made, int tag, egret_span_t bytes);
void made_add_identifier(made_t *made, int type, egret_span_t bytes);
void made_add_extension(made_t *made, const char *oid, bool is_critical,
                        egret_span_t value);
/* basicConstraints CA:TRUE and keyUsage keyCertSign, cRLSign. */
void made_be_authority(made_t *made);
void made_set_validity(made_t *made, int64_t not_before, int64_t not_after);

/* Signs with the issuer's key (NULL: itself), by `digest` or the usual one,
 * and ends: gives the DER, which free() takes. `made` keeps its x509. */
egret_span_t made_sign(made_t *made, const made_t *issuer,
                       const char *digest);
/* As text in PEM; free() takes it. */
egret_span_t made_pem(const made_t *made);
void made_free(made_t *made);

#endif
