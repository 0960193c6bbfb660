/* SPDX-License-Identifier: Apache-2.0 */

#include "msg/transactions.h"

#include <string.h>

static egret_rc_t
collect_level(egret_transactions_t *transactions, const egret_path_t *path,
              size_t step, egret_arena_t *arena)
{
    egret_path_t upto = *path;
    egret_transaction_level_t *level = &transactions->levels[step];
    const egret_tape_t *tape = transactions->tape;
    egret_path_cursor_t cursor;
    egret_node_t node;

    upto.step_count = (uint8_t) (step + 1);
    upto.attribute = EGRET_SPAN("");
    egret_path_start(&cursor, tape, tape->document, &upto);
    while (egret_path_next(&cursor) != EGRET_NODE_NONE) {
        level->count++;
    }
    level->nodes =
        egret_arena_allocate(arena, level->count * sizeof(*level->nodes));
    if (level->nodes == NULL) {
        return egret_arena_rc(arena);
    }
    level->count = 0;
    egret_path_start(&cursor, tape, tape->document, &upto);
    while ((node = egret_path_next(&cursor)) != EGRET_NODE_NONE) {
        level->nodes[level->count++] = node;
    }
    level->name = path->steps[step]->name;
    return EGRET_OK;
}


egret_rc_t
egret_transactions_find(const egret_tape_t *tape, const egret_path_t *path,
                        egret_arena_t *arena, egret_transactions_t *out)
{
    memset(out, 0, sizeof(*out));
    out->tape = tape;
    if (path == NULL || path->is_absent || path->step_count == 0
        || tape->document == EGRET_NODE_NONE)
    {
        return EGRET_OK;
    }

    for (size_t step = 0; step < path->step_count; step++) {
        egret_rc_t rc = collect_level(out, path, step, arena);

        if (rc != EGRET_OK) {
            return rc;
        }
    }
    out->level_count = path->step_count;
    out->nodes = out->levels[out->level_count - 1].nodes;
    out->count = out->levels[out->level_count - 1].count;
    return EGRET_OK;
}


/* The index of the first node of a level that is not before `node`. */
static size_t
lower_bound(const egret_transaction_level_t *level, egret_node_t node)
{
    size_t low = 0;
    size_t high = level->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (level->nodes[middle] < node) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}


bool
egret_transactions_index(const egret_transactions_t *transactions,
                         egret_node_t node, size_t *index)
{
    const egret_transaction_level_t *last;

    if (transactions->level_count == 0) {
        return false;
    }
    last = &transactions->levels[transactions->level_count - 1];
    *index = lower_bound(last, node);
    return *index < last->count && last->nodes[*index] == node;
}


typedef struct {
    egret_span_t name;
    size_t position; /* 0: none is given */
} step_t;

static bool
read_position(egret_span_t text, size_t *position)
{
    *position = 0;
    for (size_t i = 0; i < text.length; i++) {
        if (text.at[i] < '0' || text.at[i] > '9' || *position > UINT32_MAX) {
            return false;
        }
        *position = *position * 10 + (size_t) (text.at[i] - '0');
    }
    return *position > 0;
}


/* Takes "/Name" or "/Name[n]" off the front. */
static bool
next_step(egret_span_t *rest, step_t *step)
{
    egret_span_t text;
    size_t length;
    size_t bracket;

    if (rest->length == 0 || rest->at[0] != '/') {
        return false;
    }
    text = egret_span_slice(*rest, 1, rest->length);
    length = egret_span_find(text, '/');
    *rest = egret_span_slice(text, length, text.length);
    text = egret_span_slice(text, 0, length);
    bracket = egret_span_find(text, '[');
    step->name = egret_span_slice(text, 0, bracket);
    step->position = 0;
    if (bracket == text.length) {
        return step->name.length > 0;
    }
    return step->name.length > 0 && text.at[text.length - 1] == ']'
           && read_position(egret_span_slice(text, bracket + 1,
                                             text.length - 1),
                            &step->position);
}


/* Whether all nodes of a level stand below `parent`. */
static bool
is_whole_level(const egret_tape_t *tape, const egret_transaction_level_t *level,
               egret_node_t parent)
{
    return tape->nodes[level->nodes[0]].parent == parent
           && tape->nodes[level->nodes[level->count - 1]].parent == parent;
}


/* The node of a level that a step names below `parent`. Without a position it
 * names all, so `*is_all` is set when they are several. Several that are not
 * all, as those of one PmtInf, a block cannot speak of. */
static egret_node_t
take_step(const egret_tape_t *tape, const egret_transaction_level_t *level,
          egret_node_t parent, const step_t *step, bool *is_all)
{
    size_t first = lower_bound(level, parent + 1);
    size_t wanted = step->position > 0 ? step->position - 1 : 0;
    const egret_tape_node_t *nodes = tape->nodes;

    if (!egret_span_equals(step->name, level->name)
        || wanted >= level->count - first
        || nodes[level->nodes[first + wanted]].parent != parent
        || (*is_all && step->position > 0))
    {
        return EGRET_NODE_NONE;
    }
    if (step->position == 0 && first + 1 < level->count
        && nodes[level->nodes[first + 1]].parent == parent)
    {
        if (!*is_all && !is_whole_level(tape, level, parent)) {
            return EGRET_NODE_NONE;
        }
        *is_all = true;
    }
    return level->nodes[first + wanted];
}


/* What a node above the transactions names: those in it. */
static egret_named_t
named_in(const egret_transactions_t *transactions, egret_node_t node,
         size_t *index)
{
    const egret_tape_node_t *nodes = transactions->tape->nodes;
    uint32_t end = nodes[node].end_close;
    const egret_transaction_level_t *last =
        &transactions->levels[transactions->level_count - 1];

    *index = lower_bound(last, node);
    if (*index == last->count || nodes[last->nodes[*index]].tag_open >= end) {
        return EGRET_NAMED_NOTHING;
    }
    if (*index == 0 && nodes[last->nodes[last->count - 1]].tag_open < end) {
        return EGRET_NAMED_ALL;
    }
    return *index + 1 == last->count
                   || nodes[last->nodes[*index + 1]].tag_open >= end
               ? EGRET_NAMED_ONE
               : EGRET_NAMED_NOTHING;
}


egret_named_t
egret_transactions_resolve(const egret_transactions_t *transactions,
                           egret_span_t path, size_t *index)
{
    const egret_tape_t *tape = transactions->tape;
    egret_node_t at = tape->document;
    bool is_all = false;
    size_t depth = 0;
    step_t step;

    if (!next_step(&path, &step) || step.position > 1
        || at == EGRET_NODE_NONE
        || !egret_span_equals_text(step.name, "Document"))
    {
        return EGRET_NAMED_NOTHING;
    }
    while (path.length > 0) {
        if (!next_step(&path, &step)) {
            return EGRET_NAMED_NOTHING;
        }
        if (depth < transactions->level_count) {
            at = take_step(tape, &transactions->levels[depth++], at, &step,
                           &is_all);
        }
        if (at == EGRET_NODE_NONE) {
            return EGRET_NAMED_NOTHING;
        }
    }
    if (is_all || depth <= 1) {
        return EGRET_NAMED_ALL;
    }
    return egret_transactions_index(transactions, at, index)
               ? EGRET_NAMED_ONE
               : named_in(transactions, at, index);
}
