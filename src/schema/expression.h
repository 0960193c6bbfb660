/* SPDX-License-Identifier: Apache-2.0 */
/* expression: the text of a regular expression read into a tree.
 *
 * The first half of compiling a pattern. Source of the grammar: XML Schema 1.0
 * Part 2, appendix F. */
#ifndef EGRET_SCHEMA_EXPRESSION_H
#define EGRET_SCHEMA_EXPRESSION_H

#include "schema/charset.h"

#define EGRET_EXPRESSION_DEPTH 100
#define EGRET_EXPRESSION_SETS 256
#define EGRET_EXPRESSION_UNBOUNDED UINT32_MAX
#define EGRET_EXPRESSION_REPEAT 100000

typedef enum {
    EGRET_EXPRESSION_SET,      /* one character of a set */
    EGRET_EXPRESSION_SEQUENCE, /* none: the empty text */
    EGRET_EXPRESSION_CHOICE,
    EGRET_EXPRESSION_REPETITION
} egret_expression_kind_t;

typedef struct egret_expression {
    egret_expression_kind_t kind;
    uint32_t set; /* into the sets */
    uint32_t least;
    uint32_t most; /* or EGRET_EXPRESSION_UNBOUNDED */
    struct egret_expression *last; /* of the children; they are linked … */
    struct egret_expression *before; /* … from the last to the first */
} egret_expression_t;

typedef struct {
    egret_expression_t *root;
    egret_charset_t sets[EGRET_EXPRESSION_SETS]; /* each once, normalised */
    uint32_t set_count;
} egret_expression_tree_t;

/* All of it lives in `arena`. EGRET_ESYNTAX and EGRET_EUNSUPPORTED (over 100
 * levels of brackets, over 256 sets, over 100,000 repetitions) with `*why` set
 * to a literal; EGRET_ENOMEM, EGRET_ELIMIT. */
egret_rc_t egret_expression_read(egret_arena_t *arena,
                                 egret_charsets_t *charsets, egret_span_t text,
                                 egret_expression_tree_t *tree,
                                 const char **why) EGRET_MUST_USE;

/* One character of UTF-8; the length, or 0 when it is none. */
size_t egret_utf8_read(const char *at, const char *end, uint32_t *character);

#endif
