/* SPDX-License-Identifier: Apache-2.0 */
#include "schema/validator.h"

#include <string.h>

#include "schema/judge.h"
#include "util/buffer.h"

#define IDS_LISTED 8

egret_validator_t *
egret_validator_create(const egret_schemas_t *schemas,
                       const egret_validator_filter_t *filter,
                       egret_arena_t *arena, egret_findings_t *findings)
{
    egret_validator_t *judge = egret_arena_zeroed(arena, 1, sizeof(*judge));

    if (judge != NULL) {
        judge->schemas = schemas;
        judge->definitions = egret_schemas_definitions(schemas);
        judge->arena = arena;
        judge->findings = findings;
        judge->recovery.arena = arena;
        egret_map_init(&judge->ids, arena);
        if (filter != NULL) {
            judge->filter = *filter;
        }
    }
    return judge;
}

static egret_rc_t
enter_type(egret_validator_t *judge, const egret_tape_t *tape,
           egret_node_t node, egret_judge_frame_t *frame)
{
    frame->mode = EGRET_JUDGE_DECLARED;
    frame->is_faulty = false;
    frame->has_child = false;
    frame->cursor.state = 0;
    frame->cursor.count = 0;
    frame->content = egret_type_content(frame->type);
    frame->is_simple = frame->type->is_simple_content;
    return egret_tape_at(tape, node)->attribute_count > 0
                   || frame->content->required > 0
               ? egret_judge_attributes(judge, tape, node, frame->type)
               : EGRET_OK;
}

/* Names an element's declaration and judges what its start tag says. */
static egret_rc_t
enter_element(egret_validator_t *judge, egret_tape_t *tape, egret_node_t node,
              const egret_element_t *element, egret_judge_frame_t *frame)
{
    egret_rc_t rc = EGRET_OK;

    tape->nodes[node].element = element;
    frame->type = element->type;
    frame->definition = element->definition;
    if (tape->nodes[node].attribute_count > 0) {
        rc = egret_judge_xsi(judge, tape, node, &frame->type,
                             &frame->definition);
    }
    return rc == EGRET_OK ? enter_type(judge, tape, node, frame) : rc;
}

/* What nothing declares, inside a lax wildcard. */
static egret_rc_t
enter_unknown(egret_validator_t *judge, egret_tape_t *tape, egret_node_t node,
              egret_judge_frame_t *frame)
{
    egret_rc_t rc;

    frame->mode = EGRET_JUDGE_LAX;
    frame->type = NULL;
    frame->definition = NULL;
    if (egret_tape_at(tape, node)->attribute_count == 0) {
        return EGRET_OK;
    }
    rc = egret_judge_xsi(judge, tape, node, &frame->type, &frame->definition);
    return rc == EGRET_OK && frame->type != NULL
               ? enter_type(judge, tape, node, frame)
               : rc;
}

static egret_rc_t
report_undeclared(egret_validator_t *judge, egret_tape_t *tape,
                  egret_node_t node)
{
    egret_judge_words_t words = {
        .message = EGRET_SPAN("no loaded schema declares this element"),
        .got = egret_tape_name(tape, node),
        .expected = EGRET_SPAN("an element that a loaded schema declares"),
        .fix = EGRET_SPAN("remove it")
    };

    return egret_judge_report(judge, tape, node, &words);
}

static egret_rc_t
enter_wildcard(egret_validator_t *judge, egret_tape_t *tape, egret_node_t node,
               egret_wildcard_mode_t mode, egret_judge_frame_t *frame)
{
    const egret_definition_t *definition;
    const egret_element_t *element = NULL;

    frame->mode = EGRET_JUDGE_SKIP;
    if (mode == EGRET_WILDCARD_SKIP) {
        return EGRET_OK;
    }
    definition =
        egret_judge_space(judge, tape, tape->nodes[node].namespace_index)
            ->definition;
    if (definition != NULL) {
        element =
            egret_definition_root(definition, egret_tape_name(tape, node));
    }
    if (element != NULL) {
        return enter_element(judge, tape, node, element, frame);
    }
    return mode == EGRET_WILDCARD_LAX
               ? enter_unknown(judge, tape, node, frame)
               : report_undeclared(judge, tape, node);
}

/* AppHdr and Document. */

static egret_span_t
list_definitions(const egret_validator_t *judge)
{
    const egret_map_t *map = &judge->definitions->by_namespace;
    egret_span_t none = { NULL, 0 };
    egret_buffer_t buffer;

    egret_buffer_init(&buffer, judge->arena, 1024);
    egret_buffer_add_text(&buffer, map->count > 1 ? "one of " : "");
    for (size_t i = 0; i < map->count && i < IDS_LISTED; i++) {
        const egret_definition_t *definition = map->entries[i].value;

        egret_buffer_add_text(&buffer, i > 0 ? ", " : "");
        egret_buffer_add(&buffer, egret_span_slice(definition->id, 0, 64));
    }
    if (map->count > IDS_LISTED) {
        egret_buffer_print(&buffer, " and %zu more", map->count - IDS_LISTED);
    }
    if (map->count == 0) {
        egret_buffer_add_text(&buffer, "nothing: no schema is loaded");
    }
    return egret_buffer_rc(&buffer) == EGRET_OK ? egret_buffer_span(&buffer)
                                                : none;
}

static egret_rc_t
report_namespace(egret_validator_t *judge, const egret_tape_t *tape,
                 egret_node_t node)
{
    egret_judge_words_t words = {
        .message = EGRET_SPAN("no schema is loaded for this namespace"),
        .got = egret_tape_namespace_uri(tape, node),
        .expected = list_definitions(judge),
        .fix = EGRET_SPAN("send a message definition that is loaded")
    };

    return egret_judge_report(judge, tape, node, &words);
}

static egret_rc_t
report_disabled(egret_validator_t *judge, const egret_tape_t *tape,
                egret_node_t node, const egret_definition_t *definition)
{
    egret_judge_words_t words = {
        .message = EGRET_SPAN("the message definition is not enabled"),
        .got = definition->id,
        .expected = EGRET_SPAN("a definition that both partners accept"),
        .fix = EGRET_SPAN("agree on the definition first, or send another")
    };

    return egret_judge_report(judge, tape, node, &words);
}

static egret_rc_t
report_root(egret_validator_t *judge, const egret_tape_t *tape,
            egret_node_t node, const egret_definition_t *definition)
{
    egret_judge_words_t words = {
        .message = EGRET_SPAN("the definition has no such root"),
        .got = egret_tape_name(tape, node),
        .expected = definition->root_count > 0 ? definition->roots[0]->name
                                               : EGRET_SPAN("another root"),
        .fix = EGRET_SPAN("use the root of the definition")
    };

    return egret_judge_report(judge, tape, node, &words);
}

static egret_rc_t
enter_part(egret_validator_t *judge, egret_tape_t *tape, egret_node_t node,
           egret_judge_frame_t *frame)
{
    const egret_definition_t *definition =
        egret_judge_space(judge, tape, tape->nodes[node].namespace_index)
            ->definition;
    const egret_element_t *element;

    frame->mode = EGRET_JUDGE_SKIP;
    egret_map_init(&judge->ids, judge->arena);
    if (definition == NULL) {
        return report_namespace(judge, tape, node);
    }
    if (judge->filter.is_allowed != NULL
        && !judge->filter.is_allowed(judge->filter.context, definition))
    {
        return report_disabled(judge, tape, node, definition);
    }
    element = egret_definition_root(definition, egret_tape_name(tape, node));
    return element == NULL
               ? report_root(judge, tape, node, definition)
               : enter_element(judge, tape, node, element, frame);
}

/* A wrapper, or what stands alone where a message might. A tape without any
 * namespace has no list of them, and no definition is without one. */
static egret_rc_t
enter_outside(egret_validator_t *judge, egret_tape_t *tape, egret_node_t node,
              egret_judge_frame_t *frame)
{
    uint16_t space = tape->nodes[node].namespace_index;
    const egret_definition_t *definition =
        node == 0 && space != 0 && judge->filter.takes_any_root
            ? egret_judge_space(judge, tape, space)->definition
            : NULL;
    const egret_element_t *element =
        definition == NULL
            ? NULL
            : egret_definition_root(definition, egret_tape_name(tape, node));

    if (element != NULL) {
        return enter_element(judge, tape, node, element, frame);
    }
    frame->mode = EGRET_JUDGE_OUTSIDE;
    return EGRET_OK;
}

static egret_rc_t
open_outside(egret_validator_t *judge, egret_tape_t *tape, egret_node_t node,
             egret_judge_frame_t *frame)
{
    switch (egret_envelope_open(tape, node, judge->definitions)) {
    case EGRET_ENVELOPE_OUTSIDE:
        return enter_outside(judge, tape, node, frame);
    case EGRET_ENVELOPE_SECOND:
        frame->mode = EGRET_JUDGE_SKIP;
        return egret_envelope_second(tape, node, judge->findings);
    default:
        return enter_part(judge, tape, node, frame);
    }
}

/* Children. */

static egret_rc_t
report_child_of_value(egret_validator_t *judge, const egret_tape_t *tape,
                      egret_node_t node, egret_node_t child)
{
    egret_judge_words_t words = {
        .message = EGRET_SPAN("the element holds a value, not elements"),
        .got = egret_tape_name(tape, child),
        .expected = EGRET_SPAN("a value"),
        .fix = EGRET_SPAN("write the value without elements")
    };

    return egret_judge_report(judge, tape, node, &words);
}

/* Once the order is broken a child is known by its name alone: one name has
 * one type in one content. */
static const egret_model_particle_t *
find_by_name(const egret_model_t *model, const egret_model_symbol_t *symbol)
{
    for (uint16_t i = 0; model != NULL && i < model->particle_count; i++) {
        if (egret_model_particle_admits(&model->particles[i], symbol)) {
            return &model->particles[i];
        }
    }
    return NULL;
}

static const egret_model_particle_t *
find_particle(const egret_validator_t *judge, const egret_tape_t *tape,
              egret_node_t node, egret_judge_frame_t *parent,
              bool is_home)
{
    const egret_tape_node_t *at = egret_tape_at(tape, node);
    const egret_model_t *model = parent->content->model;
    const egret_model_particle_t *particle = NULL;
    egret_model_symbol_t symbol = {
        .name = { at->name, at->name_length },
        .namespace_uri = tape->namespaces[at->namespace_index],
        .is_home = is_home
    };

    (void) judge;
    symbol.key = egret_model_key(symbol.name);
    if (!parent->is_faulty && model != NULL) {
        particle = egret_model_step(model, &parent->cursor, &symbol);
    }
    if (particle == NULL && !parent->is_faulty) {
        parent->is_faulty = true;
        parent->fault = node;
    }
    return particle != NULL ? particle : find_by_name(model, &symbol);
}

static egret_rc_t
open_child(egret_validator_t *judge, egret_tape_t *tape, egret_node_t node,
           egret_judge_frame_t *parent, egret_judge_frame_t *frame)
{
    const egret_model_particle_t *particle;
    bool is_home;

    frame->mode = EGRET_JUDGE_SKIP;
    if (parent->is_simple) {
        bool is_first = !parent->has_child;

        parent->has_child = true;
        return is_first ? report_child_of_value(
                              judge, tape, tape->nodes[node].parent, node)
                        : EGRET_OK;
    }
    is_home = egret_judge_space(judge, tape, tape->nodes[node].namespace_index)
                  ->definition
              == parent->definition;
    particle = find_particle(judge, tape, node, parent, is_home);
    if (particle == NULL) {
        return EGRET_OK;
    }
    return particle->element != NULL
               ? enter_element(judge, tape, node, particle->element, frame)
               : enter_wildcard(judge, tape, node, particle->wildcard->mode,
                                frame);
}

static egret_rc_t
on_open(void *context, egret_tape_t *tape, egret_node_t node)
{
    egret_validator_t *judge = context;
    uint8_t depth = tape->nodes[node].depth;
    egret_judge_frame_t *frame = &judge->frames[depth];
    egret_judge_frame_t *parent = &judge->frames[depth - 1];

    switch (parent->mode) {
    case EGRET_JUDGE_OUTSIDE:
        return open_outside(judge, tape, node, frame);
    case EGRET_JUDGE_SKIP:
        frame->mode = EGRET_JUDGE_SKIP;
        return EGRET_OK;
    case EGRET_JUDGE_LAX:
        return enter_wildcard(judge, tape, node, EGRET_WILDCARD_LAX, frame);
    default:
        return open_child(judge, tape, node, parent, frame);
    }
}

/* Ends. */

static egret_rc_t
report_text(egret_validator_t *judge, const egret_tape_t *tape,
            egret_node_t node, const egret_type_t *type)
{
    const egret_tape_node_t *at = egret_tape_at(tape, node);
    egret_span_t rest =
        egret_span_slice(tape->bytes, at->text_offset, at->end_open);
    egret_judge_words_t words = {
        .message = EGRET_SPAN("text stands between the elements"),
        .got = egret_span_slice(rest, 0, egret_span_find(rest, '<')),
        .expected = type->child_count > 0 ? EGRET_SPAN("elements only")
                                          : EGRET_SPAN("no content"),
        .fix = EGRET_SPAN("remove the text")
    };

    return egret_judge_report(judge, tape, node, &words);
}

static egret_rc_t
close_content(egret_validator_t *judge, const egret_tape_t *tape,
              egret_node_t node, egret_judge_frame_t *frame)
{
    const egret_model_t *model = frame->content->model;
    egret_rc_t rc = EGRET_OK;

    if ((tape->nodes[node].flags & EGRET_NODE_HAS_TEXT) != 0) {
        rc = report_text(judge, tape, node, frame->type);
        /* Text alone, where elements belong, is one fault. */
        if ((tape->nodes[node].flags & EGRET_NODE_HAS_CHILD) == 0) {
            return rc;
        }
    }
    if (rc == EGRET_OK
        && (frame->is_faulty
            || (model != NULL && !egret_model_may_end(model, &frame->cursor))))
    {
        rc = egret_judge_order(judge, tape, node, frame);
    }
    return rc;
}

static egret_rc_t
on_close(void *context, egret_tape_t *tape, egret_node_t node)
{
    egret_validator_t *judge = context;
    egret_judge_frame_t *frame = &judge->frames[tape->nodes[node].depth];

    if (frame->mode != EGRET_JUDGE_DECLARED) {
        return EGRET_OK;
    }
    if (!frame->is_simple) {
        return close_content(judge, tape, node, frame);
    }
    return frame->has_child
               ? EGRET_OK
               : egret_judge_value(judge, tape, node, EGRET_SPAN(""),
                                   frame->content->simple,
                                   egret_tape_value(tape, node));
}

egret_sink_t
egret_validator_sink(egret_validator_t *validator)
{
    egret_sink_t sink = { validator, on_open, on_close };

    return sink;
}

bool
egret_type_accepts(const egret_type_t *type, egret_span_t value,
                   egret_arena_t *arena, egret_span_t *expected)
{
    const egret_simple_t *simple = egret_type_content(type)->simple;
    egret_facet_t failed;
    egret_rc_t rc;

    if (simple == NULL) {
        if (expected != NULL) {
            *expected = EGRET_SPAN("elements, not a value");
        }
        return false;
    }
    if (egret_simple_accepts(simple, value, arena, &failed, &rc)) {
        return true;
    }
    if (expected != NULL) {
        *expected = egret_expected_value(simple, failed, arena);
    }
    return false;
}
