/* SPDX-License-Identifier: Apache-2.0 */
/* registry: whose certificate is this?
 *
 * Each `certificate` line of a partner's block is one credential: all that it
 * names must hold. It needs a pin (SPKI) or the partner's own CA. Two lines of
 * one partner let a key change. Exactly one partner must match, or nobody
 * does. Built at configuration time, read-only afterwards; look-up is by hash
 * of the pin and of the names. */
#ifndef EGRET_IDENTITY_REGISTRY_H
#define EGRET_IDENTITY_REGISTRY_H

#include "identity/certificate.h"

typedef struct egret_registry egret_registry_t;

typedef struct {
    bool has_spki;
    egret_sha256_t spki;
    egret_span_t dns;    /* lower case; "" for none */
    egret_span_t uri;
    egret_span_t lei;
    egret_span_t serial; /* upper-case hex without leading zeros */
    egret_span_t ca_pem; /* the text of the CA file, one or more certificates */
    void *owner;         /* what match returns: the partner */
    egret_span_t owner_name;
} egret_credential_t;

egret_registry_t *egret_registry_create(egret_arena_t *arena);

/* Frees what OpenSSL holds (CA keys). The rest is the arena's. */
void egret_registry_destroy(egret_registry_t *registry);

/* EGRET_EINVAL: neither pin nor CA, or a CA without any name (it would let in
 * everybody whom the CA certifies); EGRET_ESYNTAX: ca_pem holds no certificate,
 * or one that is no CA; EGRET_EEXIST: a credential of another owner could match
 * the same certificate (same pin; or, without a pin on either side, same CA key and
 * names that do not exclude each other). `*fault` is an English sentence in the arena. */
egret_rc_t egret_registry_add(egret_registry_t *registry,
                              const egret_credential_t *credential,
                              egret_span_t *fault) EGRET_MUST_USE;

/* The owner whose credential matches at `now` (seconds since 1970, UTC), or
 * NULL: none, two owners, outside the certificate's validity. A credential with a CA checks the leaf's signature
 * against that CA's key on each call (a resumed TLS session has no chain) and
 * that the CA is valid at `now`. Thread-safe. */
void *egret_registry_match(const egret_registry_t *registry,
                           const egret_certificate_t *certificate, int64_t now);

#endif
