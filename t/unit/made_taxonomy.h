/* SPDX-License-Identifier: Apache-2.0 */
/* made_taxonomy: small schemes and crosswalks for tests, and the shipped ones.
 *
 * The small ones, all published 2020-01-01 and in force from 2020-07-01:
 *   ONE/1    one level, leaf required, requires criteria; 1 > 1.1 1.2 1.3
 *   CATS/1   one level, no requirement; A B
 *   TWO/1    two levels, requires criteria dnsh safeguards; X Y
 *   TWO/2    the same, published 2025-01-01, in force from 2025-07-01; FILD may
 *            choose, APPR keeps; X Y
 *   DRAFT/1  a draft; D */
#ifndef EGRET_TEST_MADE_TAXONOMY_H
#define EGRET_TEST_MADE_TAXONOMY_H

#include "helper.h"
#include "taxonomy/translate.h"

/* The text of a scheme: `keys` are lines without "# " (id to digest), `rows`
 * code TAB parent. */
egret_span_t egret_test_scheme(egret_arena_t *arena, const char *keys,
                               const char *rows);

/* The shipped units and metrics. */
const egret_units_t *egret_test_units(egret_arena_t *arena);

/* The five small schemes, with the shipped units. */
egret_taxonomies_t *egret_test_small_schemes(egret_arena_t *arena);

/* A crosswalk from `subject` to `object`, each "PREFIX ID VERSION" of those
 * above with PREFIX = ID. It has all of Egret's columns; `rows` as
 *   subject_id predicate_id modifier object_id scope criteria dnsh safeguards
 *   valid_from valid_to condition
 * in words split by one space, - for empty, ~ for a blank, a line each. The
 * first row is line EGRET_TEST_FIRST_ROW. */
#define EGRET_TEST_FIRST_ROW 12
egret_span_t egret_test_crosswalk(egret_arena_t *arena, const char *subject,
                                  const char *object, const char *rows);

/* Adds such a crosswalk, named "made.tsv", and closes. The fault is asserted to
 * be `sentence` ("" for success). */
void egret_test_join(egret_arena_t *arena, egret_taxonomies_t *taxonomies,
                     const char *subject, const char *object,
                     const char *rows, const char *sentence);

/* conf/taxonomies and conf/crosswalks, loaded and closed. */
egret_taxonomies_t *egret_test_shipped_taxonomies(egret_arena_t *arena);

/* An ELIG label of a FINL block, approved on `date`. */
egret_label_t egret_test_label(const char *scheme, const char *version,
                               const char *code, const char *date);

#endif
