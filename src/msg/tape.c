/* SPDX-License-Identifier: Apache-2.0 */

#include "msg/tape.h"

#include <string.h>

/* A message of ISO 20022 has an element for each 28 to 60 of its bytes: taking
 * the nodes at once spares the copies of growing. */
#define BYTES_OF_A_NODE 28
#define NODES_AT_LEAST 64
#define NODES_AT_MOST 32768
#define ATTRIBUTES_AT_FIRST 64
#define NAMESPACES_AT_FIRST 8

void
egret_tape_init(egret_tape_t *tape, egret_arena_t *arena, egret_span_t bytes)
{
    memset(tape, 0, sizeof(*tape));
    tape->arena = arena;
    tape->bytes = bytes;
    tape->open = EGRET_NODE_NONE;
    tape->app_hdr = EGRET_NODE_NONE;
    tape->document = EGRET_NODE_NONE;
    for (size_t depth = 0; depth <= EGRET_TAPE_DEPTH; depth++) {
        tape->last_child[depth] = EGRET_NODE_NONE;
    }
}


static egret_rc_t
grow(egret_arena_t *arena, void **items, size_t size, uint32_t at_first,
     uint32_t *capacity)
{
    uint32_t wanted = *capacity == 0 ? at_first : *capacity * 2;
    void *grown;

    if (*capacity > UINT32_MAX / 4) {
        return EGRET_ELIMIT;
    }
    grown = egret_arena_grow(arena, *items, *capacity * size, wanted * size);
    if (grown == NULL) {
        return egret_arena_rc(arena);
    }
    *items = grown;
    *capacity = wanted;
    return EGRET_OK;
}


static egret_rc_t
grow_namespaces(egret_tape_t *tape)
{
    void *items = tape->namespaces;
    egret_rc_t rc = grow(tape->arena, &items, sizeof(egret_span_t),
                         NAMESPACES_AT_FIRST, &tape->namespace_capacity);

    if (rc != EGRET_OK) {
        return rc;
    }
    tape->namespaces = items;
    if (tape->namespace_count == 0) {
        tape->namespaces[tape->namespace_count++] = EGRET_SPAN("");
    }
    return EGRET_OK;
}


egret_rc_t
egret_tape_namespace(egret_tape_t *tape, egret_span_t uri, uint16_t *index)
{
    if (uri.length == 0) {
        *index = 0;
        return EGRET_OK;
    }

    for (uint32_t i = tape->namespace_count; i > 1; i--) {
        egret_span_t known = tape->namespaces[i - 1];

        if (known.length == uri.length
            && (known.at == uri.at
                || memcmp(known.at, uri.at, uri.length) == 0)) {
            *index = (uint16_t) (i - 1);
            return EGRET_OK;
        }
    }

    if (tape->namespace_count == EGRET_TAPE_NAMESPACES) {
        return EGRET_ELIMIT;
    }
    if (tape->namespace_count == tape->namespace_capacity) {
        egret_rc_t rc = grow_namespaces(tape);

        if (rc != EGRET_OK) {
            return rc;
        }
    }

    *index = (uint16_t) tape->namespace_count;
    tape->namespaces[tape->namespace_count++] = uri;
    return EGRET_OK;
}


static uint32_t
nodes_at_first(const egret_tape_t *tape)
{
    size_t nodes = tape->bytes.length / BYTES_OF_A_NODE;

    if (nodes < NODES_AT_LEAST) {
        return NODES_AT_LEAST;
    }
    return nodes > NODES_AT_MOST ? NODES_AT_MOST : (uint32_t) nodes;
}


static egret_rc_t
grow_nodes(egret_tape_t *tape)
{
    void *items = tape->nodes;
    egret_rc_t rc = grow(tape->arena, &items, sizeof(egret_tape_node_t),
                         nodes_at_first(tape), &tape->node_capacity);

    tape->nodes = items;
    return rc;
}


/* Makes `node` the youngest child of the open element. */
static void
link_node(egret_tape_t *tape, egret_node_t node, size_t depth)
{
    egret_node_t before = tape->last_child[depth];
    egret_node_t *link = &tape->last_child[depth];

    /* A choice of place, not a jump: whether a sibling stands before a node
     * cannot be foreseen. */
    if (before != EGRET_NODE_NONE) {
        egret_tape_node_t *sibling = &tape->nodes[before];

        link = sibling->parent == tape->open ? &sibling->next : link;
    }
    *link = node;
    if (tape->open != EGRET_NODE_NONE) {
        tape->nodes[tape->open].flags |= EGRET_NODE_HAS_CHILD;
    }
    tape->last_child[depth] = node;
    tape->open = node;
}


/* Field by field: a copy of the whole in wide words would wait for the narrow
 * stores that the caller has just made. */
static void
copy_node(egret_tape_node_t *to, const egret_tape_node_t *from)
{
    to->element = from->element;
    to->name = from->name;
    to->value = from->value;
    to->value_length = from->value_length;
    to->text_offset = from->text_offset;
    to->name_length = from->name_length;
    to->prefix_length = from->prefix_length;
    to->namespace_index = from->namespace_index;
    to->flags = from->flags;
    to->tag_open = from->tag_open;
    to->tag_close = from->tag_close;
    to->end_open = from->end_open;
    to->end_close = from->end_close;
    to->line = from->line;
}


egret_rc_t
egret_tape_append(egret_tape_t *tape, const egret_tape_node_t *node,
                  egret_node_t *out)
{
    size_t depth = 1;
    egret_tape_node_t *added;

    if (tape->open != EGRET_NODE_NONE) {
        depth += tape->nodes[tape->open].depth;
    }
    if (depth > EGRET_TAPE_DEPTH) {
        return EGRET_ELIMIT;
    }
    if (tape->node_count == tape->node_capacity) {
        egret_rc_t rc = grow_nodes(tape);

        if (rc != EGRET_OK) {
            return rc;
        }
    }

    added = &tape->nodes[tape->node_count];
    copy_node(added, node);
    added->parent = tape->open;
    added->next = EGRET_NODE_NONE;
    added->depth = (uint8_t) depth;
    added->attribute_first = tape->attribute_count;
    added->attribute_count = 0;
    *out = tape->node_count++;
    link_node(tape, *out, depth);
    return EGRET_OK;
}


static egret_rc_t
grow_attributes(egret_tape_t *tape)
{
    void *items = tape->attributes;
    egret_rc_t rc = grow(tape->arena, &items, sizeof(egret_tape_attribute_t),
                         ATTRIBUTES_AT_FIRST, &tape->attribute_capacity);

    tape->attributes = items;
    return rc;
}


egret_rc_t
egret_tape_add_attribute(egret_tape_t *tape,
                         const egret_tape_attribute_t *attribute)
{
    if (tape->open == EGRET_NODE_NONE
        || tape->open + 1 != tape->node_count) {
        return EGRET_EINVAL;
    }
    if (tape->attribute_count == tape->attribute_capacity) {
        egret_rc_t rc = grow_attributes(tape);

        if (rc != EGRET_OK) {
            return rc;
        }
    }

    tape->attributes[tape->attribute_count++] = *attribute;
    tape->nodes[tape->open].attribute_count++;
    return EGRET_OK;
}


void
egret_tape_close(egret_tape_t *tape, uint32_t end_open, uint32_t end_close)
{
    egret_tape_node_t *node;

    if (tape->open == EGRET_NODE_NONE) {
        return;
    }

    node = &tape->nodes[tape->open];
    node->end_open = end_open;
    node->end_close = end_close;
    node->flags |= EGRET_NODE_CLOSED;
    if (node->flags & EGRET_NODE_HAS_CHILD) {
        node->value = NULL;
        node->value_length = 0;
    }
    tape->open = node->parent;
}


egret_span_t
egret_tape_prefix(const egret_tape_t *tape, egret_node_t node)
{
    const egret_tape_node_t *at = egret_tape_at(tape, node);
    size_t from = (size_t) at->tag_open + 1;

    return egret_span_slice(tape->bytes, from, from + at->prefix_length);
}


egret_node_t
egret_tape_child_named(const egret_tape_t *tape, egret_node_t node,
                       egret_span_t name)
{
    egret_node_t child = egret_tape_child(tape, node);

    while (child != EGRET_NODE_NONE
           && !egret_span_equals(egret_tape_name(tape, child), name)) {
        child = egret_tape_at(tape, child)->next;
    }
    return child;
}


const egret_tape_attribute_t *
egret_tape_attribute(const egret_tape_t *tape, egret_node_t node,
                     egret_span_t name)
{
    const egret_tape_node_t *at = egret_tape_at(tape, node);

    for (uint32_t i = 0; i < at->attribute_count; i++) {
        const egret_tape_attribute_t *attribute =
            &tape->attributes[at->attribute_first + i];

        if (attribute->namespace_index == 0
            && egret_span_equals(attribute->name, name)) {
            return attribute;
        }
    }
    return NULL;
}


uint32_t
egret_tape_column(const egret_tape_t *tape, uint32_t offset)
{
    egret_span_t before = egret_span_slice(tape->bytes, 0, offset);
    size_t start = before.length;

    while (start > 0 && before.at[start - 1] != '\n') {
        start--;
    }
    before = egret_span_slice(before, start, before.length);
    if (start == 0
        && egret_span_starts_with(before, EGRET_SPAN("\xEF\xBB\xBF"))) {
        before = egret_span_slice(before, 3, before.length);
    }
    return (uint32_t) (egret_span_characters(before) + 1);
}


uint32_t
egret_tape_line(const egret_tape_t *tape, uint32_t offset)
{
    egret_span_t before = egret_span_slice(tape->bytes, 0, offset);
    uint32_t line = 1;

    for (;;) {
        size_t end = egret_span_find(before, '\n');

        if (end == before.length) {
            return line;
        }
        before = egret_span_slice(before, end + 1, before.length);
        line++;
    }
}
