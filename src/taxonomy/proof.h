/* SPDX-License-Identifier: Apache-2.0 */
/* proof: what one row, or a chain of two, proves of a label.
 *
 * A code A is a set of projects in each dimension: scope A, criteria A, ... A
 * label of a project says that it lies in some of them, and a label of the
 * target may be given only when it lies in all that the target's status means:
 *
 *   a label                      means
 *   any, scheme of one level     scope, criteria
 *   ELIG, scheme of two levels   scope
 *   ALGN, scheme of two levels   scope, criteria, dnsh, safeguards
 *
 * A dimension is proven in one of these ways, and in no other:
 * - carried: the source label means it, and each row says exact or broad;
 * - the last row says that the target has none of it (not-required), and the
 *   source label means criteria or the target has two levels: an eligible
 *   label of two levels never becomes one of one level so;
 * - criteria: the last row's threshold is met; or the first row's, and the last
 *   one carries criteria;
 * - dnsh, safeguards: by facts (is_harmless, is_safeguarded of condition.h).
 * And the condition of each row must be true, whatever it proves.
 *
 * Why that is sound: with A and c within B, and B and d within C, whatever lies
 * in A and meets c and d lies in C, in each dimension on its own. exact is the
 * unit, broad and broad give broad. narrow and narrow give narrow, which proves
 * nothing, as does all else. */
#ifndef EGRET_TAXONOMY_PROOF_H
#define EGRET_TAXONOMY_PROOF_H

#include "taxonomy/crosswalk.h"

/* What is missing; a set of bits 1u << EGRET_MISSING_... The first four are
 * the dimensions, in their order. */
typedef enum {
    EGRET_MISSING_SCOPE,
    EGRET_MISSING_CRITERIA,
    EGRET_MISSING_DNSH,
    EGRET_MISSING_SAFEGUARDS,
    EGRET_MISSING_FACT,      /* a fact that a row's condition asks for */
    EGRET_MISSING_CONDITION, /* the facts do not meet it */
    EGRET_MISSING_ROW,             /* no row at all */
    EGRET_MISSING_VALID_ROW,       /* rows, but none valid on the date */
    EGRET_MISSING_FINAL_BLOCK,     /* the block is DRFT or WDRN */
    EGRET_MISSING_STATUS,          /* the label is not ELIG or ALGN */
    EGRET_MISSING_SOURCE_CODE,     /* scheme, version or code not known, or no
                                    * leaf (L01, L03) */
    EGRET_MISSING_SOURCE_IN_FORCE, /* not on the decisive date (L02) */
    EGRET_MISSING_TARGET_IN_FORCE,
    EGRET_MISSING_EXPLICIT_ROW, /* that names nuclear power or gas (L08) */
    EGRET_MISSING_COUNT
} egret_missing_t;

/* How far a way is from proving the label, nearest first. */
typedef enum {
    EGRET_REACH_PROVEN, /* nothing is missing */
    EGRET_REACH_FACTS,  /* the block can still state all that is missing: facts
                         * that conditions and thresholds ask for, safeguards */
    EGRET_REACH_ROWS,   /* nothing speaks against it, but no block states what
                         * is missing: dnsh, criteria without a threshold, a
                         * condition that needs a negated list */
    EGRET_REACH_NONE    /* it does not carry scope; or a condition is false, or
                         * each threshold that criteria could rest on */
} egret_reach_t;

/* A row, or a chain of two, that was weighed. */
typedef struct {
    const egret_crosswalk_row_t *row; /* the one that leads to the target */
    const egret_crosswalk_row_t *via; /* the one before it, from the label's
                                       * own code; NULL: there is none */
    egret_relation_t relation; /* the weakest of what the status needs */
    unsigned missing;          /* of what the status needs; 0: it proves it */
    egret_reach_t reach;       /* how what is missing could be shown */
} egret_translation_candidate_t;

/* What is asked. */
typedef struct {
    const egret_scheme_t *source;
    egret_label_status_t source_status;
    const egret_scheme_t *target;
    egret_label_status_t target_status;
    const egret_facts_t *facts; /* NULL: none are known */
} egret_proof_t;

/* Sets relation, missing and reach of a candidate whose rows are set, both with
 * objects, and the first one's object being the second one's subject. */
void egret_proof_weigh(const egret_proof_t *proof,
                       egret_translation_candidate_t *candidate);
/* The higher status that the source label may give: ALGN only from ALGN. */
egret_label_status_t egret_proof_highest(const egret_scheme_t *source,
                                         egret_label_status_t source_status,
                                         const egret_scheme_t *target);
/* Whether `a` is nearer than `b`: by reach, then by how much is missing, then
 * as translate.h orders rows. False when equal, so that order stays. */
bool egret_proof_is_nearer(const egret_translation_candidate_t *a,
                           const egret_translation_candidate_t *b);

/* Two relations one after the other. */
egret_relation_t egret_relation_compose(egret_relation_t first,
                                        egret_relation_t second);

/* Conditions and thresholds that the candidate's result rests on, in the order
 * of the chain: at most 4. `is_threshold` may be NULL. False after the last. */
bool egret_proof_condition(const egret_translation_candidate_t *candidate,
                           size_t index, const egret_condition_t **out,
                           bool *is_threshold);

/* "scope", "row", "valid row", ... Never NULL. */
const char *egret_missing_text(egret_missing_t missing);

#endif
