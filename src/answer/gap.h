/* SPDX-License-Identifier: Apache-2.0 */
/* gap: what a block's labels lack to be labels of other schemes, before a deal:
 * what is proven, what is missing, and which one document, assessment or
 * measurement would serve several of the schemes that were asked.
 *
 * Asks the taxonomies and the message alone, and stores nothing. What is proven
 * is what translate.h proves; the gap adds what the highest label of the scheme
 * (aligned, where it has two levels) would need, which gives no label. */
#ifndef EGRET_ANSWER_GAP_H
#define EGRET_ANSWER_GAP_H

#include "answer/explanation.h"
#include "msg/block_translation.h"
#include "util/map.h"

#define EGRET_GAP_SCHEMES 8     /* asked at once */
#define EGRET_GAP_ITEMS 10000   /* label x project x scheme, in a message */

/* Of a message that was judged by its schema alone (egret_message_t's
 * is_schema_only and takes_block) and is not rejected. */
typedef struct {
    const egret_config_t *config;
    const egret_verdict_t *verdict;
    const egret_partner_t *receiver; /* whose own rows count beside those for
                                      * every partner; NULL: those alone */
    egret_date_t today;   /* for what is due */
    egret_span_t to;      /* how it was named; "": nobody */
    egret_span_t schemes; /* SCHEME or SCHEME/VERSION, split by commas; without
                           * a version the one in force on the block's decisive
                           * date */
} egret_gap_request_t;

/* How a dimension of the highest label is proven. */
typedef enum {
    EGRET_GAP_MISSING,
    EGRET_GAP_BY_ROWS,      /* carried */
    EGRET_GAP_NOT_REQUIRED, /* the scheme has none of it */
    EGRET_GAP_BY_FACTS,     /* measured values, or reviewed safeguards */
    EGRET_GAP_BY_LABEL,     /* it is of that scheme and version itself */
    EGRET_GAP_NOT_ASKED     /* the scheme's labels say nothing of it */
} egret_gap_proof_t;

typedef struct egret_gap_item egret_gap_item_t;

/* One label, one of its projects (0: the whole) and one scheme. */
struct egret_gap_item {
    egret_gap_item_t *next;
    uint32_t label; /* from 1, as `project` */
    uint32_t project;
    const egret_block_label_t *from;
    egret_label_translation_t translation;
    egret_label_status_t highest; /* label of the scheme */
    unsigned lacking; /* for it, on the nearest way; bits as in proof.h */
    egret_gap_proof_t proofs[EGRET_DIMENSION_COUNT];
    egret_block_translation_item_t told; /* rows, conditions, missing */
};

/* What may be missing. */
typedef enum {
    EGRET_NEED_ROW,       /* no (valid) row: an assessment of the code */
    EGRET_NEED_SCOPE,     /* that the activity is that of the code there */
    EGRET_NEED_CRITERIA,  /* its technical screening criteria, assessed */
    EGRET_NEED_CRITERION, /* one measured value with its evidence */
    EGRET_NEED_FACT,      /* a statement: technology, industry, ... */
    EGRET_NEED_CONDITION, /* what is stated speaks against the condition */
    EGRET_NEED_DNSH,
    EGRET_NEED_SAFEGUARDS,
    EGRET_NEED_REVIEW,    /* external, valid on the block's date */
    EGRET_NEED_SHARE,     /* more that is green: the scheme's minimum share */
    EGRET_NEED_BLOCK,     /* of block, label or versions: subject says what */
    EGRET_NEED_KIND_COUNT
} egret_need_kind_t;

typedef struct egret_gap_use egret_gap_use_t;

/* For which item a need would serve. */
struct egret_gap_use {
    egret_gap_use_t *next;
    const egret_gap_item_t *item;
    bool is_for_label; /* false: for the highest label alone */
    egret_span_t term; /* "criterion LCGE <= 100 gCO2e/kWh", or "" */
};

typedef struct egret_gap_need egret_gap_need_t;

struct egret_gap_need {
    egret_gap_need_t *next;
    egret_need_kind_t kind;
    uint32_t project; /* 0: the whole block */
    egret_span_t subject; /* metric, kind of fact, scheme or code; or "" */
    bool is_stated; /* the block states one, which proves nothing yet
                     * (docs/convergence.md) */
    egret_gap_use_t *uses;
    egret_gap_use_t *last;
    egret_gap_use_t *recent; /* the first use of the item that `last` is of */
    const egret_scheme_t *schemes[EGRET_GAP_SCHEMES]; /* it serves, each once */
    size_t scheme_count;
};

/* What an issuer of the block's class owes (conf/reference/disclosure.tsv). */
typedef enum {
    EGRET_GAP_UNSTATED, /* the block states none of the type */
    EGRET_GAP_DUE,      /* promised for a day to come */
    EGRET_GAP_OVERDUE,  /* rule E05 reports it */
    EGRET_GAP_DISCLOSED /* and no next one is promised */
} egret_gap_disclosed_t;

typedef struct {
    egret_span_t type;
    egret_date_t from; /* since when it is owed */
    egret_severity_t severity; /* of an overdue one */
    egret_gap_disclosed_t state;
    egret_date_t date; /* DUE, OVERDUE: for which; DISCLOSED: of the last */
} egret_gap_duty_t;

#define EGRET_GAP_DUTIES 6 /* types of disclosure */

typedef struct egret_gap_block egret_gap_block_t;

struct egret_gap_block {
    egret_gap_block_t *next;
    egret_span_t id;
    egret_span_t xpath;
    egret_date_t date; /* decisive */
    egret_decimal_t green_share; /* percent; the most that one scheme's labels
                                  * state */
    const egret_scheme_t *targets[EGRET_GAP_SCHEMES];
    size_t target_count;
    egret_gap_duty_t duties[EGRET_GAP_DUTIES];
    size_t duty_count;
    egret_gap_item_t *items;
    egret_gap_item_t **items_end;
    egret_gap_need_t *needs;
    egret_gap_need_t **needs_end;
    egret_map_t by_key;
};

typedef struct {
    egret_gap_block_t *blocks; /* in document order */
    egret_span_t to; /* as asked; "": rows for every partner alone */
} egret_gap_t;

/* EGRET_EINVAL, with `*fault`, for schemes that cannot be read, are not loaded,
 * or have no version in force on the date, or where nobody is named so;
 * EGRET_ELIMIT over EGRET_GAP_ITEMS or by the arena's ceiling; EGRET_ENOMEM. */
egret_rc_t egret_gap_find(const egret_gap_request_t *request,
                          egret_arena_t *arena, egret_gap_t *out,
                          egret_question_fault_t *fault) EGRET_MUST_USE;

/* Says what is owed to the public, and how much the block states is green
 * (gap_duty.c). */
egret_rc_t egret_gap_add_duties(const egret_check_t *check,
                                const egret_block_t *from, egret_date_t today,
                                egret_gap_block_t *block) EGRET_MUST_USE;
/* "not stated", "due", "overdue", "disclosed". */
const char *egret_gap_disclosed_text(egret_gap_disclosed_t state);

/* Adds what an item lacks to its block's needs (gap_need.c). */
egret_rc_t egret_gap_add_needs(egret_gap_block_t *block,
                               const egret_block_t *from,
                               const egret_gap_item_t *item,
                               const egret_facts_t *facts, bool has_review,
                               egret_arena_t *arena) EGRET_MUST_USE;

/* "row", "criterion", "dnsh", ... */
const char *egret_need_text(egret_need_kind_t kind);
/* "missing", "rows", "not required", "facts", "label",
 * "not asked". */
const char *egret_gap_proof_text(egret_gap_proof_t proof);
/* The codes that the ways lead to, nearest first, each once; "" after the
 * last. */
egret_span_t egret_gap_nearest(const egret_gap_item_t *item, size_t index);

/* One object, and a line end. */
void egret_gap_json(const egret_gap_t *gap, egret_buffer_t *buffer);

/* The answer over HTTP: 200 with the object; 400 problem+json with
 * questionFault. EGRET_ENOMEM, EGRET_ELIMIT. */
egret_rc_t egret_gap_answer(const egret_gap_request_t *request,
                            egret_arena_t *arena, egret_answer_t *out)
    EGRET_MUST_USE;

#endif
