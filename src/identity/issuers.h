/* SPDX-License-Identifier: Apache-2.0 */
/* issuers: the CA certificates of one file, and which of them stand above
 * which.
 *
 * For the .c files of `identity` alone: OpenSSL's types show here. Read at
 * configuration time, read-only afterwards. Who issued whom is told by names,
 * key identifiers and key usage (RFC 5280 4.2.1.1, 4.2.1.3), not by the
 * signature: that is for the handshake and egret_authority_issued. */
#ifndef EGRET_IDENTITY_ISSUERS_H
#define EGRET_IDENTITY_ISSUERS_H

#include <openssl/x509v3.h>

#include "util/arena.h"

typedef struct {
    X509 *x509;
    const size_t *above; /* positions: itself, and all that stand above it */
    size_t above_count;
} egret_issuer_t;

typedef struct {
    egret_issuer_t *at;
    size_t count;
} egret_issuers_t;

/* Every CA of the PEM text; other certificates are passed over, and the text
 * ends where nginx stops reading it. EGRET_ENOMEM, EGRET_ELIMIT: then `*out`
 * is empty. egret_issuers_free it. */
egret_rc_t egret_issuers_read(egret_span_t pem, egret_arena_t *arena,
                              egret_issuers_t *out) EGRET_MUST_USE;

void egret_issuers_free(egret_issuers_t *issuers);

/* Thread-safe. */
bool egret_issuer_may_have_issued(const egret_issuer_t *issuer, X509 *x509);

#endif
