/* SPDX-License-Identifier: Apache-2.0 */
/* block_translation: what the labels of a green block mean under the receiver's
 * taxonomies, and the GrnXltn that tells it.
 *
 * Whoever translates labels fills these structures; nothing here knows how
 * that is done. A GrnXltn travels in a SplmtryData of its own right after the
 * one of its block, at the same level, with the same PlcAndNm; the block and
 * every other byte stay as they are. Only a gateway writes one. A message that
 * is signed in its header (egret_envelope_is_signed) must not be edited: that
 * is for the caller to refuse (rule X07). */
#ifndef EGRET_MSG_BLOCK_TRANSLATION_H
#define EGRET_MSG_BLOCK_TRANSLATION_H

#include "msg/block.h"
#include "msg/edit.h"
#include "util/digest.h"

typedef enum {
    EGRET_BLOCK_TRANSLATED,       /* TRLD */
    EGRET_BLOCK_NEEDS_ASSESSMENT, /* NASS */
    EGRET_BLOCK_NO_COUNTERPART    /* NCPT */
} egret_block_translation_result_t;

typedef enum {
    EGRET_BLOCK_ROW_EXACT,   /* EXCT */
    EGRET_BLOCK_ROW_CLOSE,   /* CLSE */
    EGRET_BLOCK_ROW_BROAD,   /* BROD */
    EGRET_BLOCK_ROW_NARROW,  /* NRRW */
    EGRET_BLOCK_ROW_RELATED, /* RLTD */
    EGRET_BLOCK_ROW_NONE     /* NONE: no counterpart */
} egret_block_translation_relation_t;

/* A row of a crosswalk. */
typedef struct {
    egret_span_t table;
    egret_span_t row;
    egret_block_translation_relation_t relation;
    bool is_own_assessment;
    bool is_operators;
    bool is_draft;
    bool is_superseded;
    egret_span_t justification; /* "" for none */
} egret_block_translation_row_t;

/* A condition of a row, and the facts of the message that met it. */
typedef struct {
    egret_span_t path; /* within GrnFin: UoP/Prj[1]/Tchnlgy[1] */
    egret_span_t value;
} egret_block_translation_fact_t;

typedef struct {
    egret_span_t name;
    const egret_block_translation_fact_t *facts;
    size_t fact_count;
} egret_block_translation_condition_t;

/* The result for one label, one project and one target version. */
typedef struct {
    uint32_t label;   /* its place in the block, from 1 */
    uint32_t project; /* the same; 0: the label as a whole */
    egret_span_t scheme; /* the target, at most 35 characters, as are
                            version and code */
    egret_span_t version;
    egret_block_translation_result_t result;
    egret_span_t code; /* EGRET_BLOCK_TRANSLATED only, as are share, status */
    egret_decimal_t share; /* percent, at most 5 digits after the point */
    egret_span_t status;   /* ELIG, ALGN … */
    egret_date_t date;     /* on which versions and rows were judged */
    const egret_block_translation_row_t *rows;
    size_t row_count;
    const egret_block_translation_condition_t *conditions;
    size_t condition_count;
    const egret_span_t *missing; /* "row", "criteria" … */
    size_t missing_count;
} egret_block_translation_item_t;

/* All results for one block. */
typedef struct {
    egret_span_t gateway_bic;
    egret_span_t gateway_lei; /* "" for none */
    egret_span_t block_id;
    egret_sha256_t digest; /* of the block */
    egret_datetime_t created;
    egret_span_t data_version; /* of the taxonomies and crosswalks */
    const egret_block_translation_item_t *items;
    size_t item_count;
} egret_block_translation_t;

/* Adds the insertion of one GrnXltn to `edits`; none when there is no item.
 * The text is made in the arena of `edits`, with the prefix that the block's
 * surroundings have; tables, rows, justifications, facts and what is missing
 * are cut to what the schema allows. EGRET_EINVAL for an empty text where the
 * schema wants one, or a label 0; EGRET_ELIMIT when the text is longer than
 * `maximum`, or by the arena's ceiling; EGRET_ENOMEM. */
egret_rc_t
egret_block_translation_insert(const egret_tape_t *tape,
                               const egret_block_place_t *block,
                               const egret_block_translation_t *translation,
                               size_t maximum, egret_edits_t *edits)
    EGRET_MUST_USE;

#endif
