/* SPDX-License-Identifier: Apache-2.0 */
/* alphabet: the characters that a pattern tells apart, as classes.
 *
 * Two characters that are in the same sets of a pattern are the same to it. */
#ifndef EGRET_SCHEMA_ALPHABET_H
#define EGRET_SCHEMA_ALPHABET_H

#include "schema/expression.h"

#define EGRET_ALPHABET_CLASSES 250

typedef struct {
    uint32_t first; /* a character from here on has this class … */
    uint8_t class;  /* … up to the next row */
} egret_alphabet_row_t;

typedef struct {
    uint8_t ascii[128];
    const egret_alphabet_row_t *rows; /* sorted, from character 0 on */
    size_t row_count;
    uint32_t class_count;
} egret_alphabet_t;

/* Divides all characters by the sets of the tree; the rows live in `arena`.
 * `*members` (in scratch) says which class is in which set: [set * class_count
 * + class]. EGRET_EUNSUPPORTED over 250 classes; EGRET_ENOMEM, EGRET_ELIMIT. */
egret_rc_t egret_alphabet_divide(egret_arena_t *arena, egret_arena_t *scratch,
                                 const egret_expression_tree_t *tree,
                                 egret_alphabet_t *alphabet, bool **members)
    EGRET_MUST_USE;

uint8_t egret_alphabet_class(const egret_alphabet_t *alphabet,
                             uint32_t character);

#endif
