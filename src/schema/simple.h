/* SPDX-License-Identifier: Apache-2.0 */
/* simple: a simple type: a built-in one with the facets that restrict it.
 *
 * Facets of a derived type are held together with those of its base, so one
 * look judges a value.
 *
 * Source of the rules: XML Schema 1.0 Part 2, 4.3. */
#ifndef EGRET_SCHEMA_SIMPLE_H
#define EGRET_SCHEMA_SIMPLE_H

#include "schema/builtin.h"
#include "schema/pattern.h"

#define EGRET_SIMPLE_UNBOUNDED UINT32_MAX

typedef enum {
    EGRET_FACET_FORM, /* not in the form of the built-in type */
    EGRET_FACET_LENGTH,
    EGRET_FACET_MIN_LENGTH,
    EGRET_FACET_MAX_LENGTH,
    EGRET_FACET_PATTERN,
    EGRET_FACET_ENUMERATION,
    EGRET_FACET_MIN_INCLUSIVE,
    EGRET_FACET_MIN_EXCLUSIVE,
    EGRET_FACET_MAX_INCLUSIVE,
    EGRET_FACET_MAX_EXCLUSIVE,
    EGRET_FACET_TOTAL_DIGITS,
    EGRET_FACET_FRACTION_DIGITS,
    EGRET_FACET_WHITE_SPACE,
    EGRET_FACET_COUNT
} egret_facet_t;

#define EGRET_SIMPLE_BOUNDS 4 /* min inclusive, min exclusive, max … */

typedef struct egret_simple {
    egret_span_t name;               /* "" when anonymous */
    const struct egret_simple *base; /* NULL for a built-in type's root */
    const egret_builtin_t *builtin;
    egret_space_t space;
    bool is_bounded; /* some bound or digits facet is set */
    uint32_t length_least;
    uint32_t length_most; /* EGRET_SIMPLE_UNBOUNDED: none */
    uint32_t total_digits;
    uint32_t fraction_digits;
    bool has_bound[EGRET_SIMPLE_BOUNDS];
    egret_value_t bounds[EGRET_SIMPLE_BOUNDS];
    const egret_value_t *enumeration; /* all of the last step that has some */
    size_t enumeration_count;
    const egret_pattern_t *const *patterns; /* one for each step; all hold */
    size_t pattern_count;
} egret_simple_t;

/* The built-in type as a simple type. NULL when the arena refuses. */
const egret_simple_t *egret_simple_builtin(egret_arena_t *arena,
                                           const egret_builtin_t *builtin);

/* One facet as a schema writes it; its value's white space as there. */
typedef struct {
    egret_facet_t facet;
    egret_span_t value;
    unsigned line;
} egret_facet_text_t;

/* In restriction.c. A type that restricts `base`. `bad` is set to the facet at
 * fault and `*why` to a literal on EGRET_ESYNTAX (a value or a combination
 * that XML Schema forbids) and EGRET_EUNSUPPORTED (a pattern too large);
 * EGRET_ENOMEM, EGRET_ELIMIT. The spans of the facets must live in `arena`. */
egret_rc_t egret_simple_restrict(egret_arena_t *arena, egret_arena_t *scratch,
                                 egret_charsets_t *charsets,
                                 const egret_simple_t *base, egret_span_t name,
                                 const egret_facet_text_t *facets,
                                 size_t facet_count,
                                 const egret_simple_t **out, size_t *bad,
                                 const char **why) EGRET_MUST_USE;

/* True when the value (as it stands in the message) is valid; else `*failed`
 * says by which facet, the first in the order above. `arena` is used only for
 * a value whose white space must be rewritten; when it refuses, `*rc` (set to
 * EGRET_OK otherwise) says so. */
bool egret_simple_accepts(const egret_simple_t *simple, egret_span_t value,
                          egret_arena_t *arena, egret_facet_t *failed,
                          egret_rc_t *rc);
/* The value with its white space treated as `space` says: the same bytes where
 * nothing changes. at == NULL only when the arena refuses. */
egret_span_t egret_space_treat(egret_space_t space, egret_span_t value,
                               egret_arena_t *arena) EGRET_MUST_USE;

#endif
