/* SPDX-License-Identifier: Apache-2.0 */
/* registry: whose certificate is this?
 *
 * Each `certificate` line of a partner's block is one credential: all that it
 * names must hold. It needs a pin (SPKI) or the partner's own CA. Two lines of
 * one partner let a key change. Exactly one partner must match, or nobody
 * does. Built at configuration time, read-only afterwards; look-up is by hash
 * of the pin and of the names.
 *
 * A pin alone says who speaks: a certificate without any SAN matches a line
 * that names only the pin. A line that names a SAN or an LEI needs it in the
 * certificate. */
#ifndef EGRET_IDENTITY_REGISTRY_H
#define EGRET_IDENTITY_REGISTRY_H

#include "identity/certificate.h"

typedef struct egret_registry egret_registry_t;

typedef struct {
    bool has_spki;
    egret_sha256_t spki;
    egret_span_t dns;    /* "" for none; compared without case (ASCII) */
    egret_span_t uri;    /* compared byte by byte */
    egret_span_t lei;
    egret_span_t serial; /* upper-case hex without leading zeros */
    egret_span_t ca_pem; /* the text of the CA file, one or more certificates */
    void *owner;         /* what match returns: the partner; not NULL */
    egret_span_t owner_name;
} egret_credential_t;

/* NULL when the arena refuses. */
egret_registry_t *egret_registry_create(egret_arena_t *arena);

/* Frees what OpenSSL holds (CA keys). The rest is the arena's. NULL is
 * allowed. */
void egret_registry_destroy(egret_registry_t *registry);

/* Adds one credential; its spans are copied.
 *
 * EGRET_EINVAL: neither pin nor CA; a CA without any of dns, uri, lei, serial
 * (it would let in everybody whom the CA certifies); a value that no
 * certificate can have (identity/name.h, egret_lei_is_valid, serial).
 * EGRET_ESYNTAX: ca_pem holds no certificate, a broken one, or one that is no
 * CA: basicConstraints must say so, and keyUsage, where it stands, allow
 * keyCertSign.
 * EGRET_EEXIST: a credential of another owner could match the same
 * certificate: the same pin; or, without a pin on either side, the same CA key
 * and names that do not exclude each other. Names exclude each other when both
 * lines state one kind (dns, uri, lei, serial) and differ in it.
 * EGRET_ENOMEM, EGRET_ELIMIT: the arena's.
 *
 * On an error the credential never matches and `*fault` is an English phrase
 * in the arena or a literal. OpenSSL's error queue is left as it was. */
egret_rc_t egret_registry_add(egret_registry_t *registry,
                              const egret_credential_t *credential,
                              egret_span_t *fault) EGRET_MUST_USE;

/* The owner whose credential matches at `now` (seconds since 1970, UTC), or
 * NULL: none, two owners, outside the certificate's validity, no memory. A
 * certificate with a dNSName, a URI or an LEI that lines of others name, and
 * none of this owner, is nobody's, too: it speaks for two.
 *
 * A credential with a CA checks on each call (a resumed TLS session has no
 * chain) that one of its CAs itself issued the leaf: issuer name, key
 * identifier and signature, of at least 112 bits (so neither MD5 nor SHA-1),
 * and that this CA is valid at `now`. A leaf of a sub-CA is thus refused.
 * Revocation is not looked at: identity/revocation.h does.
 *
 * `certificate` is one that egret_certificate_read gave. Thread-safe. */
void *egret_registry_match(const egret_registry_t *registry,
                           const egret_certificate_t *certificate, int64_t now);

#endif
