/* SPDX-License-Identifier: Apache-2.0 */
#include "rules/block.h"

#include <stdlib.h>

static egret_node_t
find_named(const egret_tape_t *tape, egret_node_t node, egret_span_t name)
{
    while (node != EGRET_NODE_NONE
           && !egret_span_equals(egret_tape_name(tape, node), name))
    {
        node = egret_tape_at(tape, node)->next;
    }

    return node;
}


egret_node_t
egret_message_element(const egret_tape_t *tape)
{
    return tape->document == EGRET_NODE_NONE
           ? EGRET_NODE_NONE : egret_tape_child(tape, tape->document);
}


/* The GrnFin of one SplmtryData. */
static egret_node_t
block_in(const egret_tape_t *tape, egret_node_t supplementary)
{
    egret_node_t node =
        egret_tape_child_named(tape, supplementary, EGRET_SPAN("Envlp"));

    if (node == EGRET_NODE_NONE) {
        return EGRET_NODE_NONE;
    }
    node = egret_tape_child_named(tape, node, EGRET_SPAN("GrnFin"));
    if (node == EGRET_NODE_NONE
        || !egret_span_equals_text(egret_tape_namespace_uri(tape, node),
                                   EGRET_GREEN_NAMESPACE))
    {
        return EGRET_NODE_NONE;
    }

    return node;
}


/* The SplmtryData, from `node` on among its siblings, that has a block. */
static egret_node_t
next_carrier(const egret_tape_t *tape, egret_node_t node)
{
    while (node != EGRET_NODE_NONE) {
        node = find_named(tape, node, EGRET_SPAN("SplmtryData"));
        if (node == EGRET_NODE_NONE
            || block_in(tape, node) != EGRET_NODE_NONE)
        {
            return node;
        }
        node = egret_tape_at(tape, node)->next;
    }

    return node;
}


/* "CdtTrfTxInf[2]" gives the name and 2; 0 for what is no such step. */
static size_t
read_step(egret_span_t step, egret_span_t *name)
{
    size_t bracket = egret_span_find(step, '[');
    size_t position = 0;

    *name = egret_span_slice(step, 0, bracket);
    if (bracket == step.length) {
        return 1;
    }
    for (size_t i = bracket + 1; i + 1 < step.length; i++) {
        if (step.at[i] < '0' || step.at[i] > '9' || position > 9999999) {
            return 0;
        }
        position = position * 10 + (size_t) (step.at[i] - '0');
    }

    return step.at[step.length - 1] == ']' ? position : 0;
}


static egret_node_t
take_step(const egret_tape_t *tape, egret_node_t parent, egret_span_t step)
{
    egret_span_t name;
    size_t position = read_step(step, &name);
    egret_node_t node = egret_tape_child(tape, parent);

    if (position == 0) {
        return EGRET_NODE_NONE;
    }
    for (;;) {
        node = find_named(tape, node, name);
        if (node == EGRET_NODE_NONE || --position == 0) {
            return node;
        }
        node = egret_tape_at(tape, node)->next;
    }
}


/* What "/Document/…[n]" names; one that names nothing speaks of nothing. */
static egret_node_t
resolve(const egret_tape_t *tape, egret_span_t place)
{
    egret_node_t node = tape->document;
    size_t at = sizeof("/Document") - 1;

    if (!egret_span_starts_with(place, EGRET_SPAN("/Document"))) {
        return EGRET_NODE_NONE;
    }
    while (node != EGRET_NODE_NONE && at < place.length) {
        egret_span_t rest = egret_span_slice(place, at + 1, place.length);
        size_t length = egret_span_find(rest, '/');

        if (place.at[at] != '/' || length == 0) {
            return EGRET_NODE_NONE;
        }
        node = take_step(tape, node, egret_span_slice(rest, 0, length));
        at += length + 1;
    }

    return node;
}


static egret_node_t
target_of(const egret_tape_t *tape, egret_node_t supplementary)
{
    egret_node_t name =
        egret_tape_child_named(tape, supplementary, EGRET_SPAN("PlcAndNm"));

    if (name == EGRET_NODE_NONE) {
        return egret_message_element(tape);
    }

    return resolve(tape, egret_span_trim(egret_tape_value(tape, name)));
}


static int
compare_claims(const void *first, const void *second)
{
    const egret_block_claim_t *a = first;
    const egret_block_claim_t *b = second;

    if (a->target != b->target) {
        return a->target < b->target ? -1 : 1;
    }

    return a->block < b->block ? -1 : a->block > b->block;
}


static egret_node_t
first_carrier(const egret_tape_t *tape)
{
    egret_node_t element = egret_message_element(tape);

    return element == EGRET_NODE_NONE
           ? EGRET_NODE_NONE
           : next_carrier(tape, egret_tape_child(tape, element));
}


egret_rc_t
egret_blocks_find(const egret_tape_t *tape, egret_arena_t *arena,
                  egret_blocks_t *out)
{
    size_t count = 0;

    out->claims = NULL;
    out->count = 0;
    for (egret_node_t node = first_carrier(tape); node != EGRET_NODE_NONE;
         node = next_carrier(tape, egret_tape_at(tape, node)->next))
    {
        count++;
    }
    if (count == 0) {
        return EGRET_OK;
    }

    out->claims = egret_arena_zeroed(arena, count, sizeof(*out->claims));
    if (out->claims == NULL) {
        return egret_arena_rc(arena);
    }
    for (egret_node_t node = first_carrier(tape); node != EGRET_NODE_NONE;
         node = next_carrier(tape, egret_tape_at(tape, node)->next))
    {
        out->claims[out->count++] = (egret_block_claim_t){
            target_of(tape, node), block_in(tape, node)
        };
    }
    qsort(out->claims, count, sizeof(*out->claims), compare_claims);

    return EGRET_OK;
}


/* The first block whose target is `node`. */
static egret_node_t
claim_on(const egret_blocks_t *blocks, egret_node_t node)
{
    size_t low = 0;
    size_t high = blocks->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (blocks->claims[middle].target < node) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }

    return low < blocks->count && blocks->claims[low].target == node
           ? blocks->claims[low].block : EGRET_NODE_NONE;
}


egret_node_t
egret_block_of(const egret_tape_t *tape, const egret_blocks_t *blocks,
               egret_node_t transaction)
{
    egret_node_t carrier =
        next_carrier(tape, egret_tape_child(tape, transaction));

    if (carrier != EGRET_NODE_NONE) {
        return block_in(tape, carrier);
    }
    for (egret_node_t node = transaction; node != EGRET_NODE_NONE;
         node = egret_tape_at(tape, node)->parent)
    {
        egret_node_t block = claim_on(blocks, node);

        if (block != EGRET_NODE_NONE) {
            return block;
        }
    }

    return EGRET_NODE_NONE;
}
