/* SPDX-License-Identifier: Apache-2.0 */
#include "identity/claim.h"

#include <string.h>

#define MASKS (1u << EGRET_CLAIM_KINDS)

/* A third owner is never needed: whoever asks is one of two or neither. */
typedef struct {
    void *owner;
    egret_span_t owner_name;
    bool has_second;
    egret_span_t second_name;
} owners_t;


void
egret_claims_init(egret_claims_t *claims, egret_arena_t *arena)
{
    claims->arena = arena;
    claims->kinds_seen = 0;
    egret_map_init(&claims->owners, arena);
}


static unsigned
kinds_of(const egret_claim_t *claim)
{
    unsigned mask = 0;

    for (unsigned kind = 0; kind < EGRET_CLAIM_KINDS; kind++) {
        if (claim->names[kind].length != 0) {
            mask |= 1u << kind;
        }
    }
    return mask;
}


/* The CA key, the kinds that the claim on file states, those of them that both
 * state, and the names of the latter. at == NULL when the arena refuses. */
static egret_span_t
key_of(egret_arena_t *arena, const egret_claim_t *claim, unsigned stated,
       unsigned common)
{
    size_t length = EGRET_SHA256_BYTES + 2;
    char *key, *end;

    for (unsigned kind = 0; kind < EGRET_CLAIM_KINDS; kind++) {
        if (common & 1u << kind) {
            length += claim->names[kind].length + 1;
        }
    }

    key = egret_arena_zeroed(arena, 1, length);
    if (key == NULL) {
        return (egret_span_t){ NULL, 0 };
    }

    memcpy(key, claim->ca.bytes, EGRET_SHA256_BYTES);
    key[EGRET_SHA256_BYTES] = (char) stated;
    key[EGRET_SHA256_BYTES + 1] = (char) common;
    end = key + EGRET_SHA256_BYTES + 2;
    for (unsigned kind = 0; kind < EGRET_CLAIM_KINDS; kind++) {
        if (common & 1u << kind) {
            memcpy(end, claim->names[kind].at, claim->names[kind].length);
            end += claim->names[kind].length + 1;
        }
    }
    return (egret_span_t){ key, length };
}


egret_rc_t
egret_claims_find_rival(const egret_claims_t *claims,
                        const egret_claim_t *claim, egret_span_t *other)
{
    unsigned own = kinds_of(claim);

    for (unsigned stated = 0; stated < MASKS; stated++) {
        const owners_t *owners;
        egret_span_t key;

        if (!(claims->kinds_seen & 1u << stated)) {
            continue;
        }

        key = key_of(claims->arena, claim, stated, stated & own);
        if (key.at == NULL) {
            return egret_arena_rc(claims->arena);
        }

        owners = egret_map_find(&claims->owners, key);
        if (owners == NULL) {
            continue;
        }
        if (owners->owner != claim->owner) {
            *other = owners->owner_name;
            return EGRET_OK;
        }
        if (owners->has_second) {
            *other = owners->second_name;
            return EGRET_OK;
        }
    }
    return EGRET_ENOTFOUND;
}


static egret_rc_t
add_owner(egret_claims_t *claims, egret_span_t key, const egret_claim_t *claim)
{
    owners_t *owners = egret_map_find(&claims->owners, key);

    if (owners != NULL) {
        if (owners->owner != claim->owner && !owners->has_second) {
            owners->has_second = true;
            owners->second_name = claim->owner_name;
        }
        return EGRET_OK;
    }

    owners = egret_arena_zeroed(claims->arena, 1, sizeof(owners_t));
    if (owners == NULL) {
        return egret_arena_rc(claims->arena);
    }
    owners->owner = claim->owner;
    owners->owner_name = claim->owner_name;
    return egret_map_add(&claims->owners, key, owners);
}


egret_rc_t
egret_claims_add(egret_claims_t *claims, const egret_claim_t *claim)
{
    unsigned own = kinds_of(claim);

    claims->kinds_seen |= 1u << own;

    for (unsigned common = 0; common < MASKS; common++) {
        egret_span_t key;
        egret_rc_t rc;

        if ((common & own) != common) {
            continue;
        }

        key = key_of(claims->arena, claim, own, common);
        if (key.at == NULL) {
            return egret_arena_rc(claims->arena);
        }
        rc = add_owner(claims, key, claim);
        if (rc != EGRET_OK) {
            return rc;
        }
    }
    return EGRET_OK;
}
