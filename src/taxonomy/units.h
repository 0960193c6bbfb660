/* SPDX-License-Identifier: Apache-2.0 */
/* units: units and metric codes of the green block, read from TSV files, and
 * exact conversion.
 *
 * units.tsv: code, kind, dimension, numerator, denominator, stores_as, label,
 * source, confidence.
 * - kind `unit`: a code that a block may carry. numerator / denominator is its
 *   size in the dimension's base unit (two decimals, both above 0; 1/15 needs
 *   both). stores_as is -.
 * - kind `alias`: what people write (度, 亩, 万千瓦时); input only, never
 *   stored. stores_as is the unit to store instead.
 * - kind `multiplier`: a word for a number (億, lakh); dimension NUMBER,
 *   stores_as -.
 * metrics.tsv: code, dimension, label, source, confidence: which dimension the
 * unit of a metric must have (rule M01).
 *
 * Lines that begin with # are comments. Columns are split by one tab and none
 * is empty. Codes: ISO 20022 ExternalUnitOfMeasure1Code where it has one. */
#ifndef EGRET_TAXONOMY_UNITS_H
#define EGRET_TAXONOMY_UNITS_H

#include "util/arena.h"
#include "util/decimal.h"
#include "util/map.h"

typedef enum {
    EGRET_UNIT_CODE,
    EGRET_UNIT_ALIAS,
    EGRET_UNIT_MULTIPLIER
} egret_unit_kind_t;

typedef struct egret_unit egret_unit_t;

struct egret_unit {
    egret_span_t code;
    egret_unit_kind_t kind;
    egret_span_t dimension;
    egret_decimal_t numerator;
    egret_decimal_t denominator;
    egret_span_t stores_as_code;
    const egret_unit_t *stores_as; /* an alias's unit, else NULL */
    egret_span_t label;
    egret_span_t source;
    uint32_t line;
};

typedef struct {
    egret_span_t code;
    egret_span_t dimension;
    egret_span_t label;
    egret_span_t source;
} egret_metric_t;

typedef struct {
    egret_arena_t *arena;
    egret_map_t units;   /* to egret_unit_t */
    egret_map_t metrics; /* to egret_metric_t */
} egret_units_t;

/* EGRET_ENOMEM, EGRET_ELIMIT. It lives as long as the arena. */
egret_rc_t egret_units_create(egret_arena_t *arena, egret_units_t **out)
    EGRET_MUST_USE;
/* Reads units.tsv. `file` and `text` must live as long as the arena. With
 * `*fault` = "FILE:LINE: sentence": EGRET_ESYNTAX; EGRET_EEXIST, a code twice;
 * EGRET_ENOTFOUND, an alias of no unit; EGRET_EINVAL, an alias of another
 * dimension. EGRET_ENOMEM, EGRET_ELIMIT. Once an object. */
egret_rc_t egret_units_read(egret_units_t *units, egret_span_t file,
                            egret_span_t text, egret_span_t *fault)
    EGRET_MUST_USE;
/* Reads metrics.tsv, after units.tsv: EGRET_ENOTFOUND also for a dimension
 * that no unit has. */
egret_rc_t egret_units_read_metrics(egret_units_t *units, egret_span_t file,
                                    egret_span_t text, egret_span_t *fault)
    EGRET_MUST_USE;

/* By code or alias, byte for byte; NULL when there is none. */
const egret_unit_t *egret_units_find(const egret_units_t *units,
                                     egret_span_t code);
const egret_metric_t *egret_units_metric(const egret_units_t *units,
                                         egret_span_t code);
/* Whether a block may state the metric in the unit: a unit code (no alias) of
 * the metric's dimension. */
bool egret_metric_takes(const egret_metric_t *metric, const egret_unit_t *unit);

/* `value` of one unit in another, cut after `scale` digits; `*is_exact` (may
 * be NULL) says whether nothing was cut. EGRET_EINVAL: another dimension;
 * EGRET_ERANGE: over 38 digits, or `scale` over 38. */
egret_rc_t egret_unit_convert(const egret_unit_t *from, const egret_unit_t *to,
                              const egret_decimal_t *value, unsigned scale,
                              egret_decimal_t *out, bool *is_exact)
    EGRET_MUST_USE;
/* Compares a value of one unit with a value of another without cutting
 * anything: `*out` is -1, 0 or 1. The same errors. */
egret_rc_t egret_unit_compare(const egret_unit_t *unit_a,
                              const egret_decimal_t *a,
                              const egret_unit_t *unit_b,
                              const egret_decimal_t *b, int *out)
    EGRET_MUST_USE;

#endif
