/* SPDX-License-Identifier: Apache-2.0 */
/* reference: the code lists that checks need, read from TSV files at
 * configuration time.
 *
 * currencies.tsv (ISO 4217: code, minor unit or "-", name), countries.tsv (ISO
 * 3166-1 alpha-2: code, name; with XK, which SWIFT and SEPA use), and
 * currency_hints.tsv (what people write by mistake: CNH, RMB, NTD, RUR, and
 * what they mean). Columns are split by one tab. Lines that start with # are
 * comments; the first other line is the column header. */
#ifndef EGRET_CONFIG_REFERENCE_H
#define EGRET_CONFIG_REFERENCE_H

#include "util/arena.h"
#include "util/map.h"

typedef struct {
    egret_span_t code;
    int minor_unit; /* digits; -1 where ISO 4217 gives none */
    egret_span_t name;
} egret_currency_t;

typedef struct {
    egret_map_t currencies; /* to egret_currency_t */
    egret_map_t countries;  /* to an egret_span_t: the name */
    egret_map_t currency_hints; /* to an egret_span_t: one phrase */
    egret_map_t standards; /* these six: green_reference.h */
    egret_map_t reviewers;
    egret_map_t duties;
    egret_map_t grid_factors;
    egret_map_t capacity_factors;
    egret_map_t avoided_factors;
} egret_reference_t;

/* Reads the files of a folder, these three and those of green_reference.h
 * which are there. EGRET_EIO, EGRET_ESYNTAX (wrong column
 * count, bad code), EGRET_EEXIST (a code twice); `*fault` is "FILE:LINE: what",
 * or "FILE: what" of a whole file, in the arena. */
egret_rc_t egret_reference_load(const char *folder, egret_arena_t *arena,
                                const egret_reference_t **out,
                                egret_span_t *fault) EGRET_MUST_USE;

const egret_currency_t *
egret_reference_currency(const egret_reference_t *reference, egret_span_t code);
bool egret_reference_has_country(const egret_reference_t *reference,
                                 egret_span_t code);
/* "" when there is none. */
egret_span_t egret_reference_currency_hint(const egret_reference_t *reference,
                                           egret_span_t code);

#endif
