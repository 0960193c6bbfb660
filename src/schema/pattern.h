/* SPDX-License-Identifier: Apache-2.0 */
/* pattern: the regular expressions of XML Schema, compiled to a table.
 *
 * A pattern is anchored at both ends. It is compiled once into a deterministic
 * automaton over classes of characters, so that a match costs one look-up a
 * character, whatever the text, and may run in any number of threads. A
 * pattern whose table would grow beyond all use is refused.
 *
 * Source of the rules: XML Schema 1.0 Part 2, appendix F. */
#ifndef EGRET_SCHEMA_PATTERN_H
#define EGRET_SCHEMA_PATTERN_H

#include "schema/charset.h"

#define EGRET_PATTERN_STATES 20000
#define EGRET_PATTERN_TABLE (1u << 20) /* entries */

typedef struct {
    uint32_t first; /* a character from here on has this class … */
    uint8_t class;  /* … up to the next row */
} egret_pattern_class_t;

/* Immutable once compiled. State 0 is the one nothing leads out of. */
typedef struct {
    egret_span_t text; /* as written, branches of one step joined by "|" */
    uint8_t ascii[128];
    const egret_pattern_class_t *classes; /* sorted */
    size_t class_rows;
    uint32_t class_count;
    const uint16_t *next; /* [state * class_count + class] */
    const bool *is_accepting;
} egret_pattern_t;

/* The pattern lives in `arena`; `scratch` holds what is only needed meanwhile.
 * `text` is not copied. EGRET_ESYNTAX for what is no regular expression of XML
 * Schema 1.0; EGRET_EUNSUPPORTED for one that is too large (over 20,000
 * states, or a table of over a million entries); EGRET_ENOMEM, EGRET_ELIMIT.
 * `*why` is set to a literal on ESYNTAX and EUNSUPPORTED. */
egret_rc_t egret_pattern_compile(egret_arena_t *arena, egret_arena_t *scratch,
                                 egret_charsets_t *charsets, egret_span_t text,
                                 const egret_pattern_t **out, const char **why)
    EGRET_MUST_USE;

/* `text` is UTF-8 (what is not never matches). */
bool egret_pattern_matches(const egret_pattern_t *pattern, egret_span_t text);

#endif
