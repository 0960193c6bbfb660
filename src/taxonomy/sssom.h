/* SPDX-License-Identifier: Apache-2.0 */
/* sssom: metadata and cells of an SSSOM/TSV file, not yet their meaning. Part
 * of crosswalk.h's reader; nobody else calls it. */
#ifndef EGRET_TAXONOMY_SSSOM_H
#define EGRET_TAXONOMY_SSSOM_H

#include "taxonomy/tsv.h"
#include "util/map.h"

/* A row's cells that are read. Sources come first: they may stand in the
 * metadata instead. */
typedef enum {
    EGRET_SSSOM_SUBJECT_SOURCE,
    EGRET_SSSOM_SUBJECT_SOURCE_VERSION,
    EGRET_SSSOM_OBJECT_SOURCE,
    EGRET_SSSOM_OBJECT_SOURCE_VERSION,
    EGRET_SSSOM_SUBJECT_ID,
    EGRET_SSSOM_PREDICATE_ID,
    EGRET_SSSOM_OBJECT_ID,
    EGRET_SSSOM_JUSTIFICATION,
    EGRET_SSSOM_MODIFIER,
    EGRET_SSSOM_RECORD_ID,
    EGRET_SSSOM_CONFIDENCE,
    EGRET_SSSOM_COMMENT,
    EGRET_SSSOM_DATE,
    EGRET_SSSOM_SCOPE, /* the four dimensions, in their order */
    EGRET_SSSOM_CRITERIA,
    EGRET_SSSOM_DNSH,
    EGRET_SSSOM_SAFEGUARDS,
    EGRET_SSSOM_VALID_FROM,
    EGRET_SSSOM_VALID_TO,
    EGRET_SSSOM_STATUS,
    EGRET_SSSOM_CONDITION,
    EGRET_SSSOM_THRESHOLD,
    EGRET_SSSOM_CELL_COUNT
} egret_sssom_cell_t;

#define EGRET_SSSOM_SOURCE_COUNT (EGRET_SSSOM_OBJECT_SOURCE_VERSION + 1)
#define EGRET_SSSOM_COLUMNS 96 /* of one file */

typedef struct {
    egret_span_t id;
    egret_span_t version;
    egret_span_t license;
    egret_span_t date;
    egret_span_t sources[EGRET_SSSOM_SOURCE_COUNT];
    egret_map_t prefixes; /* of curie_map; the value is not used */
    size_t column_count;
    uint8_t cells[EGRET_SSSOM_COLUMNS]; /* EGRET_SSSOM_CELL_COUNT: skipped */
} egret_sssom_header_t;

/* The metadata and the column header. Errors as egret_crosswalk_read says. */
egret_rc_t egret_sssom_read_header(egret_sssom_header_t *header,
                                   egret_tsv_t *tsv) EGRET_MUST_USE;
/* The cells of one row, unquoted, "" for those without a column; a source that
 * is empty is taken from the metadata. */
egret_rc_t egret_sssom_read_row(const egret_sssom_header_t *header,
                                egret_tsv_t *tsv, egret_span_t line,
                                egret_span_t cells[EGRET_SSSOM_CELL_COUNT])
    EGRET_MUST_USE;
/* Refuses the line that the reader has reached: column, value and what is wrong
 * with it. */
egret_rc_t egret_sssom_refuse(egret_tsv_t *tsv, egret_rc_t rc,
                              const egret_span_t *cells,
                              egret_sssom_cell_t cell, const char *what)
    EGRET_MUST_USE;

#endif
