/* SPDX-License-Identifier: Apache-2.0 */
/* digest: SHA-256 (FIPS 180-4). The one place of the core that calls OpenSSL's
 * digests; no type of OpenSSL shows. */
#ifndef EGRET_UTIL_DIGEST_H
#define EGRET_UTIL_DIGEST_H

#include "util/rc.h"
#include "util/span.h"

#define EGRET_SHA256_BYTES 32
#define EGRET_SHA256_HEX 65

typedef struct {
    unsigned char bytes[EGRET_SHA256_BYTES];
} egret_sha256_t;

/* EGRET_ENOMEM when OpenSSL cannot. */
egret_rc_t egret_sha256(egret_span_t span, egret_sha256_t *out) EGRET_MUST_USE;
/* Lower-case hex, zero-terminated. */
void egret_sha256_hex(const egret_sha256_t *digest, char out[EGRET_SHA256_HEX]);
/* From 64 hex digits in either case, colons between bytes allowed.
 * EGRET_ESYNTAX otherwise. */
egret_rc_t egret_sha256_read(egret_span_t text, egret_sha256_t *out)
    EGRET_MUST_USE;

#endif
