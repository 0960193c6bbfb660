/* SPDX-License-Identifier: Apache-2.0 */
/* charset: sets of Unicode characters, as the patterns of a schema name them.
 *
 * Only used while a schema is compiled; a pattern keeps none. libxml2 knows
 * the categories and blocks of Unicode.
 *
 * Source of the rules: XML Schema 1.0 Part 2, appendix F. */
#ifndef EGRET_SCHEMA_CHARSET_H
#define EGRET_SCHEMA_CHARSET_H

#include "util/arena.h"
#include "util/map.h"

#define EGRET_CHARACTER_LAST 0x10FFFFu

typedef struct {
    uint32_t low;
    uint32_t high;
} egret_range_t;

/* Ranges in rising order that neither overlap nor touch, once normalised. */
typedef struct {
    egret_arena_t *arena;
    egret_range_t *ranges;
    size_t count;
    size_t capacity;
} egret_charset_t;

void egret_charset_init(egret_charset_t *set, egret_arena_t *arena);
/* EGRET_ENOMEM, EGRET_ELIMIT, as the next four. */
egret_rc_t egret_charset_add(egret_charset_t *set, uint32_t low, uint32_t high)
    EGRET_MUST_USE;
egret_rc_t egret_charset_add_all(egret_charset_t *set,
                                 const egret_charset_t *other) EGRET_MUST_USE;
/* The set becomes its complement; it is normalised on return. */
egret_rc_t egret_charset_negate(egret_charset_t *set) EGRET_MUST_USE;
egret_rc_t egret_charset_subtract(egret_charset_t *set,
                                  egret_charset_t *other) EGRET_MUST_USE;
void egret_charset_normalise(egret_charset_t *set);
/* Of a normalised set. */
bool egret_charset_has(const egret_charset_t *set, uint32_t character);
bool egret_charset_equals(const egret_charset_t *a, const egret_charset_t *b);

/* The named sets of one load, each worked out once. */
typedef struct {
    egret_arena_t *arena;
    egret_map_t sets;
    size_t steps; /* of work on the patterns so far, for pattern.c to bound */
} egret_charsets_t;

void egret_charsets_init(egret_charsets_t *sets, egret_arena_t *arena);
/* By the letter of "\d" (one of dwsic) or the name in "\p{…}": a category
 * ("L", "Nd") or a block ("IsBasicLatin"). EGRET_ENOTFOUND; EGRET_ENOMEM,
 * EGRET_ELIMIT (the arena, or over 32 names in one load). The set is
 * normalised and belongs to `sets`. */
egret_rc_t egret_charsets_find(egret_charsets_t *sets, egret_span_t name,
                               const egret_charset_t **out) EGRET_MUST_USE;

#endif
