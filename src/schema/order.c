/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "schema/judge.h"
#include "util/buffer.h"

#define NAME_COMPARED 40 /* characters of a name that likeness looks at */

typedef struct {
    egret_validator_t *judge;
    const egret_tape_t *tape;
    egret_node_t parent;
    const egret_type_t *type;
    const egret_model_t *model;
} order_t;

static egret_span_t
name_of(const order_t *order, egret_node_t node)
{
    return egret_tape_name(order->tape, node);
}

static egret_span_t
name_of_particle(const egret_model_particle_t *particle)
{
    return particle->element != NULL ? particle->name
                                     : EGRET_SPAN("any element");
}

/* Where in the parent an edit is: "before Dbtr", "at the end of Tx". */
static egret_span_t
describe_place(const order_t *order, egret_node_t child)
{
    egret_arena_t *arena = order->judge->arena;

    return child != EGRET_NODE_NONE
               ? egret_arena_print(arena, "before %.*s",
                                   EGRET_SPAN_ARGS(name_of(order, child)))
               : egret_arena_print(
                     arena, "at the end of %.*s",
                     EGRET_SPAN_ARGS(name_of(order, order->parent)));
}

static egret_span_t
expected_at(const order_t *order, const egret_model_cursor_t *cursor)
{
    return egret_expected_next(order->model, cursor,
                               name_of(order, order->parent),
                               order->judge->arena);
}

/* Levenshtein distance of the first NAME_COMPARED bytes. */
static size_t
distance(egret_span_t a, egret_span_t b)
{
    size_t row[NAME_COMPARED + 1];

    a = egret_span_slice(a, 0, NAME_COMPARED);
    b = egret_span_slice(b, 0, NAME_COMPARED);
    for (size_t k = 0; k <= b.length; k++) {
        row[k] = k;
    }
    for (size_t i = 0; i < a.length; i++) {
        size_t diagonal = row[0];

        row[0] = i + 1;
        for (size_t k = 0; k < b.length; k++) {
            size_t changed = diagonal + (a.at[i] != b.at[k]);
            size_t least = row[k] < row[k + 1] ? row[k] + 1 : row[k + 1] + 1;

            diagonal = row[k + 1];
            row[k + 1] = changed < least ? changed : least;
        }
    }
    return row[b.length];
}

/* How far from each other two names may be that are meant to be one: a third
 * of the longer. */
static size_t
furthest(egret_span_t a, egret_span_t b)
{
    size_t longer = a.length > b.length ? a.length : b.length;

    return ((longer < NAME_COMPARED ? longer : NAME_COMPARED) + 2) / 3;
}

/* The child that a name nobody knows was probably meant to be, or NULL. */
static const egret_element_t *
find_alike(const order_t *order, egret_span_t name)
{
    const egret_element_t *alike = NULL;
    size_t least = SIZE_MAX;

    for (size_t i = 0; i < order->type->child_count; i++) {
        const egret_element_t *child = order->type->children[i];
        size_t far = distance(name, child->name);

        if (far < least && far <= furthest(name, child->name)) {
            least = far;
            alike = child;
        }
    }
    return alike;
}

static bool
is_foreign(const order_t *order, egret_node_t node)
{
    uint16_t index = order->tape->nodes[node].namespace_index;

    return egret_judge_space(order->judge, order->tape, index)->definition
           != order->judge->frames[order->tape->nodes[order->parent].depth]
                  .definition;
}

static bool
follows_its_like(const order_t *order, egret_node_t node)
{
    egret_node_t at = egret_tape_child(order->tape, order->parent);
    egret_node_t before = EGRET_NODE_NONE;

    while (at != node && at != EGRET_NODE_NONE) {
        before = at;
        at = order->tape->nodes[at].next;
    }
    return before != EGRET_NODE_NONE
           && egret_span_equals(name_of(order, before), name_of(order, node));
}

static egret_rc_t
report_missing(const order_t *order, const egret_recovery_edit_t *edit)
{
    egret_arena_t *arena = order->judge->arena;
    egret_span_t name = name_of_particle(edit->particle);
    egret_span_t place = describe_place(order, edit->child);
    bool has_sibling = edit->child != EGRET_NODE_NONE;
    egret_judge_words_t words = {
        .got = has_sibling ? name_of(order, edit->child) : EGRET_SPAN(""),
        .expected = expected_at(order, &edit->cursor)
    };

    if (edit->has_choice) {
        words.message = EGRET_SPAN("an element is missing");
        words.fix = egret_arena_print(arena, "add one of them %.*s",
                                      EGRET_SPAN_ARGS(place));
    } else {
        words.message = egret_arena_print(arena, "%.*s is missing",
                                          EGRET_SPAN_ARGS(name));
        words.fix = egret_arena_print(arena, "add %.*s %.*s",
                                      EGRET_SPAN_ARGS(name),
                                      EGRET_SPAN_ARGS(place));
    }
    return egret_judge_report(order->judge, order->tape,
                              has_sibling ? edit->child : order->parent,
                              &words);
}

/* An element with nothing in it is one fault, whatever it should hold. */
static egret_rc_t
report_empty(const order_t *order, const egret_recovery_t *recovery)
{
    egret_buffer_t fix;
    egret_judge_words_t words = {
        .message = EGRET_SPAN("the element is empty"),
        .got = EGRET_SPAN(""),
        .expected = expected_at(order, &recovery->edits[0].cursor)
    };

    egret_buffer_init(&fix, order->judge->arena, 512);
    egret_buffer_add_text(&fix, "give it ");
    for (size_t i = 0; i < recovery->edit_count; i++) {
        egret_buffer_add_text(&fix, i > 0 ? ", " : "");
        egret_buffer_add_text(&fix, recovery->edits[i].has_choice
                                        ? "one of those expected"
                                        : "");
        if (!recovery->edits[i].has_choice) {
            egret_buffer_add(&fix,
                             name_of_particle(recovery->edits[i].particle));
        }
    }
    words.fix = fix.length > 0 ? egret_buffer_span(&fix)
                               : (egret_span_t){ NULL, 0 };
    return egret_judge_report(order->judge, order->tape, order->parent,
                              &words);
}

/* An element that nothing here has the name of. */
static egret_rc_t
report_unknown(const order_t *order, const egret_recovery_edit_t *edit)
{
    egret_arena_t *arena = order->judge->arena;
    egret_span_t name = name_of(order, edit->child);
    const egret_element_t *alike = find_alike(order, name);
    bool is_elsewhere = is_foreign(order, edit->child);
    egret_judge_words_t words = {
        .message = is_elsewhere
                       ? EGRET_SPAN("the element is in another namespace")
                       : EGRET_SPAN("no element of this name belongs here"),
        .got = name,
        .expected = expected_at(order, &edit->cursor),
        .fix = EGRET_SPAN("correct its name, or remove it")
    };

    if (is_elsewhere) {
        egret_span_t uri = egret_tape_namespace_uri(order->tape, edit->child);

        words.got =
            egret_arena_print(arena, "{%.*s}%.*s",
                              EGRET_SPAN_ARGS(egret_span_slice(uri, 0, 256)),
                              EGRET_SPAN_ARGS(name));
        if (words.got.at == NULL) {
            return egret_arena_rc(arena);
        }
        words.fix = EGRET_SPAN("correct its namespace, or remove it");
    } else if (alike != NULL) {
        words.fix = egret_arena_print(arena, "write %.*s, if that is meant",
                                      EGRET_SPAN_ARGS(alike->name));
    }
    return egret_judge_report(order->judge, order->tape, edit->child, &words);
}

static egret_rc_t
report_surplus(const order_t *order, const egret_recovery_edit_t *edit)
{
    bool is_too_many = follows_its_like(order, edit->child);
    egret_judge_words_t words = {
        .message = is_too_many
                       ? EGRET_SPAN("the element stands too often")
                       : EGRET_SPAN("the element is not expected here"),
        .got = name_of(order, edit->child),
        .expected = expected_at(order, &edit->cursor),
        .fix = is_too_many ? EGRET_SPAN("remove it")
                           : EGRET_SPAN("move it to its place, or remove it")
    };

    return edit->element == NULL
               ? report_unknown(order, edit)
               : egret_judge_report(order->judge, order->tape, edit->child,
                                    &words);
}

static egret_rc_t
report_renamed(const order_t *order, const egret_recovery_edit_t *edit)
{
    egret_judge_words_t words = {
        .message = EGRET_SPAN("another element is expected here"),
        .got = name_of(order, edit->child),
        .expected = expected_at(order, &edit->cursor)
    };
    egret_span_t name = name_of_particle(edit->particle);

    if (edit->element == NULL) {
        return report_unknown(order, edit);
    }
    words.fix = egret_arena_print(order->judge->arena, "put %.*s here",
                                  EGRET_SPAN_ARGS(name));
    return egret_judge_report(order->judge, order->tape, edit->child, &words);
}

static egret_rc_t
report_moved(const order_t *order, const egret_recovery_edit_t *edit)
{
    egret_arena_t *arena = order->judge->arena;
    egret_span_t moved = name_of(order, edit->other);
    egret_judge_words_t words = {
        .message = EGRET_SPAN("the elements are out of order"),
        .got = name_of(order, edit->child),
        .expected = expected_at(order, &edit->cursor)
    };

    if (edit->other == edit->child) {
        words.fix = egret_arena_print(arena, "move %.*s to its place",
                                      EGRET_SPAN_ARGS(moved));
    } else {
        words.fix = egret_arena_print(
            arena, "move %.*s %.*s", EGRET_SPAN_ARGS(moved),
            EGRET_SPAN_ARGS(describe_place(order, edit->child)));
    }
    return egret_judge_report(order->judge, order->tape, edit->child, &words);
}

static egret_rc_t
report_edit(const order_t *order, const egret_recovery_edit_t *edit)
{
    switch (edit->kind) {
    case EGRET_EDIT_MISSING:
        return report_missing(order, edit);
    case EGRET_EDIT_SURPLUS:
        return report_surplus(order, edit);
    case EGRET_EDIT_RENAMED:
        return report_renamed(order, edit);
    default:
        return report_moved(order, edit);
    }
}

/* Without a plan: where the automaton stood still, and no more. */
static egret_rc_t
report_plainly(const order_t *order, egret_node_t child,
               const egret_model_cursor_t *cursor)
{
    bool has_child = child != EGRET_NODE_NONE;
    egret_node_t place = has_child ? child : order->parent;
    egret_judge_words_t words = {
        .message = has_child ? EGRET_SPAN("the element is not expected here")
                             : EGRET_SPAN("an element is missing"),
        .got = name_of(order, place),
        .expected = order->model == NULL ? EGRET_SPAN("no element")
                                         : expected_at(order, cursor),
        .fix = EGRET_SPAN("follow the order of the schema")
    };

    return egret_judge_report(order->judge, order->tape, place, &words);
}

static egret_model_symbol_t
symbol_of(const order_t *order, egret_node_t node)
{
    const egret_tape_node_t *at = egret_tape_at(order->tape, node);
    egret_model_symbol_t symbol = {
        .name = { at->name, at->name_length },
        .namespace_uri = order->tape->namespaces[at->namespace_index],
        .is_home = !is_foreign(order, node)
    };

    symbol.key = egret_model_key(symbol.name);
    return symbol;
}

static size_t
collect_children(const order_t *order, egret_node_t *at,
                 egret_recovery_child_t *children)
{
    size_t most = egret_recovery_window(order->model);
    size_t count = 0;

    while (*at != EGRET_NODE_NONE && count < most) {
        egret_recovery_child_t *child = &children[count++];

        child->node = *at;
        child->symbol = symbol_of(order, *at);
        child->element = child->symbol.is_home
                             ? egret_type_child(order->type,
                                                child->symbol.name)
                             : NULL;
        *at = order->tape->nodes[*at].next;
    }
    return count;
}

static egret_rc_t
report_plan(const order_t *order)
{
    const egret_recovery_t *recovery = &order->judge->recovery;
    egret_rc_t rc = EGRET_OK;

    if (egret_tape_child(order->tape, order->parent) == EGRET_NODE_NONE
        && recovery->edit_count > 0)
    {
        return report_empty(order, recovery);
    }
    for (size_t i = 0; i < recovery->edit_count && rc == EGRET_OK; i++) {
        rc = report_edit(order, &recovery->edits[i]);
    }
    return rc;
}

/* Steps on until the automaton stands still again: `*at` is then the child it
 * stands before. False when all is well to the end. */
static bool
run_on(const order_t *order, egret_model_cursor_t *cursor, egret_node_t *at)
{
    while (*at != EGRET_NODE_NONE) {
        egret_model_symbol_t symbol = symbol_of(order, *at);

        if (egret_model_step(order->model, cursor, &symbol) == NULL) {
            return true;
        }
        *at = order->tape->nodes[*at].next;
    }
    return !egret_model_may_end(order->model, cursor);
}

static bool
is_heard(const egret_validator_t *judge)
{
    return egret_findings_keep(judge->findings, EGRET_SEVERITY_REJECT);
}

egret_rc_t
egret_judge_order(egret_validator_t *judge, const egret_tape_t *tape,
                  egret_node_t node, egret_judge_frame_t *frame)
{
    egret_recovery_child_t children[EGRET_RECOVERY_AHEAD];
    order_t order = { judge, tape, node, frame->type,
                      egret_type_content(frame->type)->model };
    egret_node_t at = frame->is_faulty ? frame->fault : EGRET_NODE_NONE;
    egret_model_cursor_t cursor = frame->cursor;
    bool is_found = false;
    egret_rc_t rc = EGRET_OK;

    if (order.model == NULL || !is_heard(judge)) {
        return report_plainly(&order, at, &cursor);
    }
    do {
        egret_node_t from = at;
        size_t count = collect_children(&order, &at, children);

        rc = egret_recovery_plan(&judge->recovery, order.model, children,
                                 count, at == EGRET_NODE_NONE, &cursor,
                                 &is_found);
        if (rc == EGRET_OK) {
            rc = is_found ? report_plan(&order)
                          : report_plainly(&order, from, &cursor);
        }
    } while (rc == EGRET_OK && is_found && at != EGRET_NODE_NONE
             && is_heard(judge) && run_on(&order, &cursor, &at));
    return rc;
}
