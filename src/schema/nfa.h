/* SPDX-License-Identifier: Apache-2.0 */
/* nfa: a regular expression as a graph of nodes, repetitions written out.
 *
 * The second half of compiling a pattern, before it becomes a table. */
#ifndef EGRET_SCHEMA_NFA_H
#define EGRET_SCHEMA_NFA_H

#include "schema/expression.h"

#define EGRET_NFA_NODES 100000
#define EGRET_NFA_MATCHED (UINT32_MAX - 1) /* where a match ends */

/* Takes a character of `set`, or (`is_split`) goes both ways for nothing. */
typedef struct {
    uint32_t set;
    uint32_t next;
    uint32_t other;
    bool is_split;
} egret_nfa_node_t;

typedef struct {
    egret_arena_t *arena;
    egret_nfa_node_t *nodes;
    uint32_t node_count;
    uint32_t node_capacity;
    uint32_t steps;
    uint32_t start;
} egret_nfa_t;

/* `nfa` is cleared but for its arena. EGRET_EUNSUPPORTED over 100,000 nodes or
 * a million parts; EGRET_ENOMEM, EGRET_ELIMIT. */
egret_rc_t egret_nfa_build(egret_nfa_t *nfa,
                           const egret_expression_tree_t *tree) EGRET_MUST_USE;

#endif
