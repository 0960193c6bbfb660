/* SPDX-License-Identifier: Apache-2.0 */
/* owners: whose names stand in the registry's lines, whatever else those ask.
 *
 * A certificate speaks for one partner. One that has a name of a second partner
 * is no certificate of the first, even where the second's line asks for another
 * CA. Built at configuration time, read-only afterwards. */
#ifndef EGRET_IDENTITY_OWNERS_H
#define EGRET_IDENTITY_OWNERS_H

#include "identity/certificate.h"
#include "identity/claim.h"

typedef struct {
    egret_arena_t *arena;
    egret_map_t by_name[EGRET_CLAIM_KINDS];
} egret_owners_t;

void egret_owners_init(egret_owners_t *owners, egret_arena_t *arena);

/* The dNSName, URI and LEI of a line ("" for none; a serial is no name), which
 * must outlive `owners`. EGRET_ENOMEM, EGRET_ELIMIT. */
egret_rc_t egret_owners_add(egret_owners_t *owners,
                            const egret_span_t names[EGRET_CLAIM_KINDS],
                            const void *owner) EGRET_MUST_USE;

/* True if the certificate has a name of others that is none of this one's.
 * Thread-safe. */
bool egret_owners_have_another(const egret_owners_t *owners,
                               const egret_certificate_t *certificate,
                               const void *owner);

#endif
