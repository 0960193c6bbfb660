/* SPDX-License-Identifier: Apache-2.0 */
/* share: which projects a label has, and how much of a block's money is given
 * to the labels that it gets in each of the receiver's schemes.
 *
 * Two labels may speak of the same money. Labels of one scheme do not: their
 * shares are parts of one whole (G03). Labels of two schemes may, so a project
 * is given, for each target, to labels of one source scheme alone: those that
 * the sender states in the target's own scheme, else the first that translate.
 * A label without projects speaks of the whole in the same way. No project is
 * given more than its allocation, no label more than its own share, and no
 * target more than 100. */
#ifndef EGRET_CHECKS_SHARE_H
#define EGRET_CHECKS_SHARE_H

#include "checks/check.h"

typedef struct egret_shares egret_shares_t;

/* Of a block that the schema accepted; `base` NULL where there is none in one
 * currency (egret_rules_base), else with its currency. Linear in labels,
 * projects and references, times the receiver's targets. EGRET_ENOMEM,
 * EGRET_ELIMIT. */
egret_rc_t egret_shares_create(const egret_check_t *check,
                               const egret_block_t *block,
                               const egret_decimal_t *base,
                               egret_span_t currency, egret_shares_t **out)
    EGRET_MUST_USE;

/* The projects, from 1, that name the label (from 1), each once: first those
 * that name no other label. */
const uint32_t *egret_shares_projects(const egret_shares_t *shares,
                                      uint32_t label, size_t *count);
/* How many pairs of a label and a project there are, a label without projects
 * being one. */
size_t egret_shares_pairs(const egret_shares_t *shares);

/* Takes for a label of `source` that is translated to the receiver's target of
 * this index: for one of its projects, or for the whole (0). `left` is what is
 * left of the label's own share for this target, and is made less. False, and
 * nothing is taken: the project's part cannot be told. What is given to other
 * labels already leaves a share of 0. At most 5 places. */
bool egret_shares_take(egret_shares_t *shares, size_t target,
                       const egret_scheme_t *source, uint32_t project,
                       egret_decimal_t *left, egret_decimal_t *out);
/* A project's part of the base, in percent, cut to 5 places. False where it has
 * no allocation in that currency, or the base is not above 0. */
bool egret_shares_part(const egret_block_project_t *project,
                       const egret_decimal_t *base, egret_span_t currency,
                       egret_decimal_t *out);
/* A label's own share, cut to 5 places; 0 where there is none. */
egret_decimal_t egret_shares_of_label(const egret_block_label_t *label);

#endif
