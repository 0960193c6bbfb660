/* SPDX-License-Identifier: Apache-2.0 */
/* character_group: the sets of characters in a regular expression: "[a-z]",
 * "\d", "\p{Lu}".
 *
 * With the cursor over an expression's text, which expression.c shares; for
 * these two alone. */
#ifndef EGRET_SCHEMA_CHARACTER_GROUP_H
#define EGRET_SCHEMA_CHARACTER_GROUP_H

#include "schema/expression.h"

typedef struct {
    egret_arena_t *arena;
    egret_charsets_t *charsets;
    egret_expression_tree_t *tree;
    const char *at;
    const char *end;
    const char *why;
    unsigned depth;
} egret_expression_reader_t;

/* EGRET_ESYNTAX and EGRET_EUNSUPPORTED, with the reason (a literal) kept. */
egret_rc_t egret_expression_fail(egret_expression_reader_t *reader,
                                 const char *why) EGRET_MUST_USE;
egret_rc_t egret_expression_refuse(egret_expression_reader_t *reader,
                                   const char *why) EGRET_MUST_USE;
bool egret_expression_next_is(const egret_expression_reader_t *reader,
                              char byte);
egret_rc_t egret_expression_read_character(egret_expression_reader_t *reader,
                                           uint32_t *character) EGRET_MUST_USE;

/* After a backslash: `*character` is set for one character, else
 * (`*is_single` false) the characters are added to the set. */
egret_rc_t egret_expression_read_escape(egret_expression_reader_t *reader,
                                        egret_charset_t *set, bool *is_single,
                                        uint32_t *character) EGRET_MUST_USE;
/* After a "[", up to its "]". */
egret_rc_t egret_expression_read_group(egret_expression_reader_t *reader,
                                       egret_charset_t *set) EGRET_MUST_USE;

#endif
