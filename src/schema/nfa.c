/* SPDX-License-Identifier: Apache-2.0 */
#include "schema/nfa.h"

#define STEPS_MOST 1000000
#define NOWHERE UINT32_MAX

/* Laid from the end of the tree to its start: each part is told what comes
 * after it. */

static egret_rc_t
add_node(egret_nfa_t *nfa, const egret_nfa_node_t *node, uint32_t *out)
{
    if (nfa->node_count == EGRET_NFA_NODES) {
        return EGRET_EUNSUPPORTED;
    }
    if (nfa->node_count == nfa->node_capacity) {
        uint32_t capacity = nfa->node_capacity * 2 + 64;
        egret_nfa_node_t *nodes = egret_arena_grow(
            nfa->arena, nfa->nodes,
            nfa->node_capacity * sizeof(*nodes),
            capacity * sizeof(*nodes));

        if (nodes == NULL) {
            return egret_arena_rc(nfa->arena);
        }
        nfa->nodes = nodes;
        nfa->node_capacity = capacity;
    }
    *out = nfa->node_count;
    nfa->nodes[nfa->node_count++] = *node;
    return EGRET_OK;
}

static egret_rc_t
add_split(egret_nfa_t *nfa, uint32_t next, uint32_t other, uint32_t *out)
{
    egret_nfa_node_t node = { 0, next, other, true };

    return add_node(nfa, &node, out);
}

static egret_rc_t lay(egret_nfa_t *nfa,
                      const egret_expression_t *expression, uint32_t next,
                      uint32_t *out);

static egret_rc_t
lay_loop(egret_nfa_t *nfa, const egret_expression_t *body, uint32_t next,
         uint32_t *out)
{
    uint32_t inside;
    egret_rc_t rc = add_split(nfa, NOWHERE, next, out);

    if (rc == EGRET_OK) {
        rc = lay(nfa, body, *out, &inside);
    }
    if (rc == EGRET_OK) {
        nfa->nodes[*out].next = inside;
    }
    return rc;
}

static egret_rc_t
lay_repetition(egret_nfa_t *nfa, const egret_expression_t *expression,
               uint32_t next, uint32_t *out)
{
    const egret_expression_t *body = expression->last;
    egret_rc_t rc = EGRET_OK;

    *out = next;
    if (expression->most == EGRET_EXPRESSION_UNBOUNDED) {
        rc = lay_loop(nfa, body, next, out);
    } else {
        for (uint32_t i = expression->least;
             rc == EGRET_OK && i < expression->most; i++)
        {
            uint32_t inside;

            rc = lay(nfa, body, *out, &inside);
            if (rc == EGRET_OK) {
                rc = add_split(nfa, inside, next, out);
            }
        }
    }
    for (uint32_t i = 0; rc == EGRET_OK && i < expression->least; i++) {
        rc = lay(nfa, body, *out, out);
    }
    return rc;
}

static egret_rc_t
lay_choice(egret_nfa_t *nfa, const egret_expression_t *expression,
           uint32_t next, uint32_t *out)
{
    const egret_expression_t *branch = expression->last;
    egret_rc_t rc = lay(nfa, branch, next, out);

    for (branch = branch->before; rc == EGRET_OK && branch != NULL;
         branch = branch->before)
    {
        uint32_t inside;

        rc = lay(nfa, branch, next, &inside);
        if (rc == EGRET_OK) {
            rc = add_split(nfa, inside, *out, out);
        }
    }
    return rc;
}

static egret_rc_t
lay(egret_nfa_t *nfa, const egret_expression_t *expression, uint32_t next,
    uint32_t *out)
{
    egret_nfa_node_t node = { expression->set, next, NOWHERE, false };
    egret_rc_t rc = EGRET_OK;

    if (++nfa->steps > STEPS_MOST) {
        return EGRET_EUNSUPPORTED;
    }
    switch (expression->kind) {
    case EGRET_EXPRESSION_SET:
        return add_node(nfa, &node, out);
    case EGRET_EXPRESSION_REPETITION:
        return lay_repetition(nfa, expression, next, out);
    case EGRET_EXPRESSION_CHOICE:
        return lay_choice(nfa, expression, next, out);
    default:
        *out = next;
        for (const egret_expression_t *part = expression->last;
             rc == EGRET_OK && part != NULL; part = part->before)
        {
            rc = lay(nfa, part, *out, out);
        }
        return rc;
    }
}

egret_rc_t
egret_nfa_build(egret_nfa_t *nfa, const egret_expression_tree_t *tree)
{
    return lay(nfa, tree->root, EGRET_NFA_MATCHED, &nfa->start);
}
