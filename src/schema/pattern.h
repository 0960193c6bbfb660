/* SPDX-License-Identifier: Apache-2.0 */
/* pattern: the regular expressions of XML Schema, compiled to a table.
 *
 * A pattern is anchored at both ends. It is compiled once into a deterministic
 * automaton over classes of characters, so that a match costs one look-up a
 * character (a bounded number of them where the table would be too large),
 * whatever the text, and may run in any number of threads. A
 * pattern whose table would grow beyond all use is refused.
 *
 * Source of the rules: XML Schema 1.0 Part 2, appendix F. */
#ifndef EGRET_SCHEMA_PATTERN_H
#define EGRET_SCHEMA_PATTERN_H

#include "schema/alphabet.h"

#define EGRET_PATTERN_STATES 20000
#define EGRET_PATTERN_TABLE (1u << 20) /* entries */
#define EGRET_PATTERN_POSITIONS 512

/* Immutable once compiled. A table of states, or (`next` is NULL), where the
 * table would be too large and the pattern has few places that take a
 * character, those places and what may come after each. */
typedef struct {
    egret_span_t text; /* as written, branches of one step joined by "|" */
    egret_alphabet_t alphabet;
    const uint16_t *next; /* [state * class_count + class]; 0 is dead */
    const bool *is_accepting;
    uint32_t position_count;
    /* Sets of positions, the last bit is "matched"; [position_count] is the
     * start. */
    const uint64_t (*after)[EGRET_PATTERN_POSITIONS / 64];
    const bool *takes; /* [position * class_count + class] */
} egret_pattern_t;

/* The pattern lives in `arena`; `scratch` holds what is only needed meanwhile.
 * `text` is not copied. EGRET_ESYNTAX for what is no regular expression of XML
 * Schema 1.0; EGRET_EUNSUPPORTED for one that is too large (over 20,000
 * states, or a table of over a million entries, and over 511 places; or when
 * the patterns of one load were too much work together); EGRET_ENOMEM,
 * EGRET_ELIMIT. `*why` is set to a literal on ESYNTAX and EUNSUPPORTED. */
egret_rc_t egret_pattern_compile(egret_arena_t *arena, egret_arena_t *scratch,
                                 egret_charsets_t *charsets, egret_span_t text,
                                 const egret_pattern_t **out, const char **why)
    EGRET_MUST_USE;

/* `text` is UTF-8 (what is not never matches). */
bool egret_pattern_matches(const egret_pattern_t *pattern, egret_span_t text);

#endif
