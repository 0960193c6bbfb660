/* SPDX-License-Identifier: Apache-2.0 */
/* expected: what a schema wanted, said in words.
 *
 * All phrases are English, without a full stop, and live in the arena (or are
 * literals). at == NULL: the arena refuses. */
#ifndef EGRET_SCHEMA_EXPECTED_H
#define EGRET_SCHEMA_EXPECTED_H

#include "schema/compile.h"

#define EGRET_EXPECTED_NAMES 12 /* in a list; the rest is "and N more" */

/* What a facet wants: "at most 35 characters", "one of ADDR, PBOX". */
egret_span_t egret_expected_value(const egret_simple_t *simple,
                                  egret_facet_t facet, egret_arena_t *arena)
    EGRET_MUST_USE;
/* What is wrong with a value that fails the facet: "the value is too long". */
egret_span_t egret_expected_fault(const egret_simple_t *simple,
                                  egret_facet_t facet, egret_span_t value);
/* What to do: "shorten it to 35 characters". */
egret_span_t egret_expected_fix(const egret_simple_t *simple,
                                egret_facet_t facet, egret_span_t value,
                                egret_arena_t *arena) EGRET_MUST_USE;

/* What may stand next: "Cd", "one of IntrBkSttlmDt, SttlmPrty", "the end of
 * PmtId" where nothing more may. */
egret_span_t egret_expected_next(const egret_model_t *model,
                                 const egret_model_cursor_t *cursor,
                                 egret_span_t parent, egret_arena_t *arena)
    EGRET_MUST_USE;

/* The names of a type's attributes, or "no attribute". */
egret_span_t egret_expected_attributes(const egret_type_t *type,
                                       egret_arena_t *arena) EGRET_MUST_USE;

#endif
