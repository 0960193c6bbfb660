/* SPDX-License-Identifier: Apache-2.0 */
/* proofs: which labels of a block prove a claim, for which of its projects, and
 * how much of the money they speak of together.
 *
 * Of one claim, or of all claims of one scheme: no money proves two of them. */
#ifndef EGRET_CHECKS_PROOFS_H
#define EGRET_CHECKS_PROOFS_H

#include "checks/check.h"

/* A label that proves. */
typedef struct {
    bool is_proof;
    bool has_project;     /* is judged by its projects, not as a whole */
    egret_decimal_t part; /* of the base: the projects that it proves */
} egret_claim_proof_t;

typedef struct egret_claim_total egret_claim_total_t;

typedef struct {
    const egret_block_t *block;
    const egret_taxonomies_t *taxonomies;
    egret_claim_proof_t *labels; /* of the block, by position */
    egret_decimal_t part;  /* of the base: all projects that are proven */
    bool is_untold;        /* of one it is not known */
    bool *added;           /* by label and project, and by project alone */
    egret_claim_total_t *totals;
} egret_proofs_t;

/* Nothing is proven yet. EGRET_ENOMEM, EGRET_ELIMIT. */
egret_rc_t egret_proofs_init(egret_proofs_t *proofs,
                             const egret_block_t *block,
                             const egret_taxonomies_t *taxonomies,
                             egret_arena_t *arena) EGRET_MUST_USE;
/* Nothing is proven again. */
void egret_proofs_reset(egret_proofs_t *proofs);

/* The label (by position) proves for that project (from 1; 0: as a whole, and
 * `part` is not asked), which has that part of the base; NULL: it cannot be
 * told. Each pair counts once. */
void egret_proofs_add(egret_proofs_t *proofs, size_t label, size_t project,
                      const egret_decimal_t *part);

/* Percent of the whole that the proofs speak of together: of each label no more
 * than its own share and than its projects get, of no project more than it
 * gets. Wholes of two schemes may be the same money: they are not added. */
egret_decimal_t egret_proofs_sum(const egret_proofs_t *proofs);

#endif
