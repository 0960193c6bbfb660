/* SPDX-License-Identifier: Apache-2.0 */
/* claim: could two owners' credentials match one certificate of one CA?
 *
 * A claim is what a credential without a pin asks for: a CA key and at least
 * one name. Two claims on one CA key exclude each other only when both state
 * one kind of name and differ in it. Asked by hash, so thousands of partners
 * of one CA cost no more each than the first. */
#ifndef EGRET_IDENTITY_CLAIM_H
#define EGRET_IDENTITY_CLAIM_H

#include "util/digest.h"
#include "util/map.h"

typedef enum {
    EGRET_CLAIM_DNS,
    EGRET_CLAIM_URI,
    EGRET_CLAIM_LEI,
    EGRET_CLAIM_SERIAL,
    EGRET_CLAIM_KINDS
} egret_claim_kind_t;

typedef struct {
    egret_sha256_t ca; /* the CA key's SPKI */
    egret_span_t names[EGRET_CLAIM_KINDS]; /* "" for none; no NUL in them */
    void *owner;
    egret_span_t owner_name; /* not copied */
} egret_claim_t;

typedef struct {
    egret_arena_t *arena;
    egret_map_t owners;  /* by CA key, kinds stated, some of the names */
    uint32_t kinds_seen; /* bit k: a claim that states the kinds of mask k */
} egret_claims_t;

void egret_claims_init(egret_claims_t *claims, egret_arena_t *arena);

/* Finds a claim of another owner that does not exclude this one; its owner's
 * name goes to `*other`. EGRET_OK: there is one; EGRET_ENOTFOUND;
 * EGRET_ENOMEM, EGRET_ELIMIT. */
egret_rc_t egret_claims_find_rival(const egret_claims_t *claims,
                                   const egret_claim_t *claim,
                                   egret_span_t *other) EGRET_MUST_USE;

/* EGRET_ENOMEM, EGRET_ELIMIT: may then be half there, never wrong. */
egret_rc_t egret_claims_add(egret_claims_t *claims, const egret_claim_t *claim)
    EGRET_MUST_USE;

#endif
