/* SPDX-License-Identifier: Apache-2.0 */
/* condition: what a row asks of one project before it may be used.
 *
 *   condition = and-part { "or" and-part }
 *   and-part  = part { "and" part }
 *   part      = "not" part | "(" condition ")" | term
 *   term      = "technology" set              Tchnlgy
 *             | "energySource" set            EnrgySrc
 *             | "industry" SCHEME set         Indstry of that @Schm
 *             | "jurisdiction" set            Jursdctn
 *             | "criterion" METRIC compared NUMBER UNIT   Crtrn
 *   set       = "=" CODE | "in" "(" CODE { "," CODE } ")"
 *   compared  = "<=" | "<" | ">=" | ">" | "="
 *
 * `and` binds closer than `or`. UNIT is a code or an alias of units.tsv and
 * must be of the metric's dimension. Codes are compared byte for byte.
 *
 * A condition is true, false or unknown of what a block states of a project.
 * Only true lets a row be used. What is not stated never counts as evidence:
 *
 * - technology, energySource, industry are lists that a sender may have left
 *   incomplete. A term is true when the list has a value and ALL its values
 *   are in the set: a plant of PVOL and of something else is not covered by
 *   what holds for PVOL. It is false when a value lies outside, unknown when
 *   there is none. Under `not` it asks that NONE is in the set: false when one
 *   is, else unknown and never true, since the value that speaks against it
 *   may be the one that was left out.
 * - jurisdiction is one value that is always stated: true or false.
 * - criterion is true when there are values of that metric and all of them
 *   satisfy it, false when none does, unknown else: when there is none, when
 *   they disagree, when a unit is not the metric's. The comparison is exact,
 *   over units. Under `not` true and false change places.
 *
 * So a term and its negation are never both true. `and`, `or` and `not` are
 * those of three-valued logic (Kleene). One fact is all that a project states
 * of one kind (of one scheme, of one metric): without it no condition becomes
 * true that was not. A sender who hides a value of a list states something
 * false; that a condition cannot see. */
#ifndef EGRET_TAXONOMY_CONDITION_H
#define EGRET_TAXONOMY_CONDITION_H

#include "taxonomy/units.h"

#define EGRET_CONDITION_BYTES 1000
#define EGRET_CONDITION_DEPTH 12 /* of parentheses and `not` */
#define EGRET_CONDITION_TERMS 32
#define EGRET_CONDITION_VALUES 256 /* in all its sets */

typedef enum {
    EGRET_FACT_TECHNOLOGY,
    EGRET_FACT_ENERGY_SOURCE,
    EGRET_FACT_INDUSTRY,
    EGRET_FACT_JURISDICTION,
    EGRET_FACT_CRITERION,
    EGRET_FACT_KIND_COUNT
} egret_fact_kind_t;

/* One value that a block states of a project. */
typedef struct {
    egret_fact_kind_t kind;
    egret_span_t of;    /* industry: @Schm; criterion: Mtrc; else "" */
    egret_span_t value; /* criterion: Val */
    egret_span_t unit;  /* criterion: Unit */
    uint32_t position;  /* among its siblings of the same name, from 1 */
} egret_fact_t;

/* All of one project. */
typedef struct {
    const egret_fact_t *items;
    size_t count;
    bool is_harmless;    /* dnsh is proven, by the rule of proof.h */
    bool is_safeguarded; /* safeguards are */
} egret_facts_t;

typedef enum {
    EGRET_TRUTH_FALSE,
    EGRET_TRUTH_UNKNOWN,
    EGRET_TRUTH_TRUE
} egret_truth_t;

typedef enum {
    EGRET_COMPARED_AT_MOST,
    EGRET_COMPARED_BELOW,
    EGRET_COMPARED_AT_LEAST,
    EGRET_COMPARED_ABOVE,
    EGRET_COMPARED_EQUAL
} egret_compared_t;

typedef struct egret_condition_term egret_condition_term_t;

struct egret_condition_term {
    egret_condition_term_t *next;
    egret_fact_kind_t kind;
    egret_span_t text; /* as it was written, without `not` */
    egret_span_t of;
    bool is_negated;
    const egret_span_t *values; /* the set */
    size_t value_count;
    egret_compared_t compared; /* criterion, as the next three */
    egret_decimal_t bound;
    const egret_metric_t *metric;
    const egret_unit_t *unit;
};

typedef struct egret_condition_node egret_condition_node_t;

struct egret_condition_node {
    const egret_condition_term_t *term; /* a leaf's, else NULL */
    bool is_all; /* of a branch: and, else or */
    const egret_condition_node_t *left;
    const egret_condition_node_t *right;
};

typedef struct {
    egret_span_t text;
    const egret_units_t *units;
    const egret_condition_node_t *root; /* negations stand at the terms */
    egret_condition_term_t *first;      /* in the order of the text */
} egret_condition_t;

/* Reads a condition. `text` and `units` (NULL: none, and `criterion` is
 * refused) must live as long as the result, which lies in the arena. With
 * `*fault` = "column N: sentence" (N counts bytes from 1): EGRET_ESYNTAX;
 * EGRET_ENOTFOUND (a fact, scheme, source, metric or unit that is not known);
 * EGRET_EINVAL (a unit of another dimension); EGRET_ERANGE (one of the limits
 * above); EGRET_ENOMEM, EGRET_ELIMIT. */
egret_rc_t egret_condition_read(egret_span_t text, const egret_units_t *units,
                                egret_arena_t *arena,
                                const egret_condition_t **out,
                                egret_span_t *fault) EGRET_MUST_USE;

/* `facts` NULL: nothing is known. */
egret_truth_t egret_condition_judge(const egret_condition_t *condition,
                                    const egret_facts_t *facts);
/* What it could become if what is not stated were stated well: true where each
 * term that is unknown were true. Unknown where it needs a negated list, which
 * never is; false where what is stated speaks against it. Proves nothing. */
egret_truth_t egret_condition_hope(const egret_condition_t *condition,
                                   const egret_facts_t *facts);
egret_truth_t egret_condition_term_judge(const egret_condition_t *condition,
                                         const egret_condition_term_t *term,
                                         const egret_facts_t *facts);
/* Whether the term speaks of that fact. */
bool egret_condition_term_asks(const egret_condition_term_t *term,
                               const egret_fact_t *fact);

/* Whether it only compares criteria, none of them negated: a threshold. */
bool egret_condition_is_threshold(const egret_condition_t *condition);

#endif
