/* SPDX-License-Identifier: Apache-2.0 */
/* Where blocks stand and of what they speak: egret_blocks_find of
 * msg/block.h. */
#include "msg/block.h"

#include <string.h>

typedef enum { FOREIGN, KNOWN, UNKNOWN } space_t;

typedef struct {
    const egret_tape_t *tape;
    egret_arena_t *arena;
    egret_blocks_t *blocks;
    space_t spaces[EGRET_TAPE_NAMESPACES];
    size_t fault_capacity;
    size_t capacity;
    bool has_block_of_all;
    bool has_block_of_one;
} finder_t;

static egret_rc_t
take_transactions(finder_t *finder, const egret_path_t *path)
{
    egret_blocks_t *blocks = finder->blocks;
    egret_rc_t rc = egret_transactions_find(finder->tape, path, finder->arena,
                                            &blocks->transactions);

    if (rc != EGRET_OK) {
        return rc;
    }
    blocks->block_of =
        egret_arena_allocate(finder->arena, blocks->transactions.count
                                                * sizeof(*blocks->block_of));
    if (blocks->block_of == NULL) {
        return egret_arena_rc(finder->arena);
    }
    for (size_t i = 0; i < blocks->transactions.count; i++) {
        blocks->block_of[i] = SIZE_MAX;
    }
    return EGRET_OK;
}


static egret_rc_t
add_fault(finder_t *finder, egret_block_fault_kind_t kind, egret_node_t node)
{
    egret_blocks_t *blocks = finder->blocks;

    if (blocks->fault_count == finder->fault_capacity) {
        size_t size = sizeof(*blocks->faults);
        size_t wanted = finder->fault_capacity * 2 + 4;
        void *grown = egret_arena_grow(finder->arena, blocks->faults,
                                       finder->fault_capacity * size,
                                       wanted * size);

        if (grown == NULL) {
            return egret_arena_rc(finder->arena);
        }
        blocks->faults = grown;
        finder->fault_capacity = wanted;
    }
    blocks->faults[blocks->fault_count++] =
        (egret_block_fault_t){ kind, node };
    return EGRET_OK;
}


static egret_rc_t
add_block(finder_t *finder, const egret_block_place_t *place)
{
    egret_blocks_t *blocks = finder->blocks;

    if (blocks->count == finder->capacity) {
        size_t size = sizeof(*blocks->items);
        size_t wanted = finder->capacity * 2 + 4;
        void *grown = egret_arena_grow(finder->arena, blocks->items,
                                       finder->capacity * size, wanted * size);

        if (grown == NULL) {
            return egret_arena_rc(finder->arena);
        }
        blocks->items = grown;
        finder->capacity = wanted;
    }
    blocks->items[blocks->count++] = *place;
    return EGRET_OK;
}


/* Whether somebody whom the block speaks of has a block already; takes them
 * for this one if not. */
static bool
is_second(finder_t *finder, const egret_block_place_t *place)
{
    egret_blocks_t *blocks = finder->blocks;
    const egret_block_place_t *last =
        blocks->count > 0 ? &blocks->items[blocks->count - 1] : NULL;

    switch (place->reach) {
    case EGRET_BLOCK_OF_ALL:
        if (finder->has_block_of_all || finder->has_block_of_one) {
            return true;
        }
        finder->has_block_of_all = true;
        for (size_t i = 0; i < blocks->transactions.count; i++) {
            blocks->block_of[i] = blocks->count;
        }
        return false;
    case EGRET_BLOCK_OF_ONE:
        if (blocks->block_of[place->transaction] != SIZE_MAX) {
            return true;
        }
        finder->has_block_of_one = true;
        blocks->block_of[place->transaction] = blocks->count;
        return false;
    case EGRET_BLOCK_OF_PART:
        return last != NULL && last->reach == EGRET_BLOCK_OF_PART
               && last->part == place->part;
    default:
        return false;
    }
}


static bool
is_at_message(const finder_t *finder, egret_node_t part)
{
    return egret_tape_at(finder->tape, part)->parent == finder->tape->document;
}


static egret_block_reach_t
reach_of_path(const egret_transactions_t *transactions, egret_span_t path,
              size_t *transaction)
{
    switch (egret_transactions_resolve(transactions, path, transaction)) {
    case EGRET_NAMED_ONE:
        return EGRET_BLOCK_OF_ONE;
    case EGRET_NAMED_ALL:
        return EGRET_BLOCK_OF_ALL;
    default:
        return EGRET_BLOCK_OF_NOBODY;
    }
}


/* Sets the reach by the place and by PlcAndNm, where it is a path. */
static void
set_reach(const finder_t *finder, egret_block_place_t *place)
{
    const egret_transactions_t *transactions = &finder->blocks->transactions;
    egret_span_t text = EGRET_SPAN("");
    size_t named = 0;

    if (is_at_message(finder, place->part)) {
        place->reach = EGRET_BLOCK_OF_ALL;
    } else if (egret_transactions_index(transactions, place->part,
                                        &place->transaction))
    {
        place->reach = EGRET_BLOCK_OF_ONE;
    } else {
        place->reach = EGRET_BLOCK_OF_PART;
    }
    if (place->place != EGRET_NODE_NONE) {
        text = egret_span_trim(egret_tape_value(finder->tape, place->place));
    }
    if (egret_span_find(text, '/') == text.length
        || place->reach == EGRET_BLOCK_OF_PART)
    {
        return;
    }
    if (place->reach == EGRET_BLOCK_OF_ALL) {
        place->reach = reach_of_path(transactions, text, &place->transaction);
    } else if (reach_of_path(transactions, text, &named) != EGRET_BLOCK_OF_ONE
               || named != place->transaction)
    {
        place->reach = EGRET_BLOCK_OF_NOBODY;
    }
}


static bool
is_named(const egret_tape_t *tape, egret_node_t node, const char *name)
{
    return node != EGRET_NODE_NONE
           && egret_span_equals_text(egret_tape_name(tape, node), name);
}


/* Whether it stands in the Document as one of its own elements. What hangs in
 * another Envlp, or in elements of another namespace, the schema does not know:
 * names that look right there must not let a block past it. */
static bool
is_in_document(const egret_tape_t *tape, egret_node_t node)
{
    while (node != EGRET_NODE_NONE && node != tape->document) {
        const egret_tape_node_t *at = egret_tape_at(tape, node);

        if (is_named(tape, node, "Envlp")
            || at->namespace_index
                   != egret_tape_at(tape, tape->document)->namespace_index)
        {
            return false;
        }
        node = at->parent;
    }
    return node != EGRET_NODE_NONE;
}


/* False when it does not stand in SplmtryData/Envlp of the Document. */
static bool
locate(const egret_tape_t *tape, egret_node_t block, egret_block_place_t *place)
{
    egret_node_t envelope = egret_tape_at(tape, block)->parent;
    egret_node_t supplementary;

    if (!is_named(tape, envelope, "Envlp")) {
        return false;
    }
    supplementary = egret_tape_at(tape, envelope)->parent;
    if (!is_named(tape, supplementary, "SplmtryData")) {
        return false;
    }
    place->block = block;
    place->supplementary = supplementary;
    place->place =
        egret_tape_child_named(tape, supplementary, EGRET_SPAN("PlcAndNm"));
    place->part = egret_tape_at(tape, supplementary)->parent;
    return place->part != tape->document && is_in_document(tape, supplementary)
           && egret_tape_at(tape, envelope)->namespace_index
                  == egret_tape_at(tape, supplementary)->namespace_index;
}


/* One without @Vrsn, or of another form, is for the schema to refuse. */
static bool
has_known_version(const egret_tape_t *tape, egret_node_t block)
{
    const egret_tape_attribute_t *version =
        egret_tape_attribute(tape, block, EGRET_SPAN("Vrsn"));

    return version == NULL
           || (egret_tape_at(tape, block)->flags & EGRET_NODE_REFUSED)
           || egret_span_equals_text(version->value, EGRET_BLOCK_VERSION);
}


static egret_rc_t
visit_block(finder_t *finder, egret_node_t node)
{
    egret_block_place_t place = { .transaction = 0 };

    if (!locate(finder->tape, node, &place)) {
        return add_fault(finder, EGRET_BLOCK_MISPLACED, node);
    }
    if (!has_known_version(finder->tape, node)) {
        return add_fault(finder, EGRET_BLOCK_UNKNOWN_VERSION, node);
    }
    set_reach(finder, &place);
    if (place.reach == EGRET_BLOCK_OF_NOBODY) {
        egret_rc_t rc =
            add_fault(finder, EGRET_BLOCK_UNPLACED, place.place);

        return rc == EGRET_OK ? add_block(finder, &place) : rc;
    }
    if (is_second(finder, &place)) {
        egret_rc_t rc = add_fault(finder, EGRET_BLOCK_SECOND, node);

        return rc == EGRET_OK ? add_block(finder, &place) : rc;
    }
    return add_block(finder, &place);
}


static egret_rc_t
visit(finder_t *finder, egret_node_t node)
{
    if (finder->spaces[egret_tape_at(finder->tape, node)->namespace_index]
        == UNKNOWN)
    {
        return add_fault(finder, EGRET_BLOCK_UNKNOWN_NAMESPACE, node);
    }
    if (is_named(finder->tape, node, "GrnFin")) {
        return visit_block(finder, node);
    }
    return add_fault(finder,
                     is_named(finder->tape, node, "GrnXltn")
                         ? EGRET_BLOCK_TRANSLATION
                         : EGRET_BLOCK_UNKNOWN_ELEMENT,
                     node);
}


/* Whether a namespace of the block is used at all. */
static bool
classify_namespaces(finder_t *finder)
{
    const egret_tape_t *tape = finder->tape;
    bool is_used = false;

    for (uint32_t i = 1; i < tape->namespace_count; i++) {
        if (egret_span_starts_with(tape->namespaces[i],
                                   EGRET_SPAN(EGRET_BLOCK_NAMESPACES)))
        {
            is_used = true;
            finder->spaces[i] =
                egret_span_equals_text(tape->namespaces[i],
                                       EGRET_BLOCK_NAMESPACE)
                    ? KNOWN
                    : UNKNOWN;
        }
    }
    return is_used;
}


/* The topmost elements of a block's namespace; what is inside one is the
 * schema's. */
static egret_rc_t
visit_all(finder_t *finder)
{
    const egret_tape_t *tape = finder->tape;

    for (egret_node_t node = 0; node < tape->node_count; node++) {
        const egret_tape_node_t *at = egret_tape_at(tape, node);
        egret_rc_t rc;

        if (finder->spaces[at->namespace_index] == FOREIGN
            || (at->parent != EGRET_NODE_NONE
                && finder->spaces[egret_tape_at(tape, at->parent)
                                      ->namespace_index]
                       != FOREIGN))
        {
            continue;
        }
        rc = visit(finder, node);
        if (rc != EGRET_OK) {
            return rc;
        }
    }
    return EGRET_OK;
}


egret_rc_t
egret_blocks_find(const egret_tape_t *tape, const egret_path_t *transaction,
                  egret_arena_t *arena, egret_blocks_t *out)
{
    finder_t finder;
    egret_rc_t rc;

    memset(out, 0, sizeof(*out));
    memset(&finder, 0, sizeof(finder));
    finder.tape = tape;
    finder.arena = arena;
    finder.blocks = out;
    rc = take_transactions(&finder, transaction);
    if (rc != EGRET_OK) {
        return rc;
    }
    if (classify_namespaces(&finder)) {
        rc = visit_all(&finder);
    }
    for (size_t i = 0; i < out->transactions.count; i++) {
        if (out->block_of[i] == SIZE_MAX) {
            out->block_of[i] = out->count;
        }
    }
    return rc;
}


const egret_block_place_t *
egret_blocks_of(const egret_blocks_t *blocks, size_t transaction)
{
    if (transaction >= blocks->transactions.count
        || blocks->block_of[transaction] >= blocks->count)
    {
        return NULL;
    }
    return &blocks->items[blocks->block_of[transaction]];
}
