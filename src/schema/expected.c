/* SPDX-License-Identifier: Apache-2.0 */
#include "schema/expected.h"

#include "util/buffer.h"

#define PHRASE_LONGEST 1024

static egret_span_t
close_phrase(const egret_buffer_t *buffer)
{
    egret_span_t none = { NULL, 0 };
    egret_rc_t rc = egret_buffer_rc(buffer);

    /* A phrase that is too long is cut, not lost. */
    if (rc != EGRET_OK && buffer->length == 0) {
        return none;
    }
    return egret_buffer_span(buffer);
}

static const char *
plural(uint32_t count)
{
    return count == 1 ? "" : "s";
}

static const char *
unit_of(const egret_simple_t *simple)
{
    egret_lexical_t lexical = simple->builtin->lexical;

    return lexical == EGRET_LEXICAL_HEX || lexical == EGRET_LEXICAL_BASE64
               ? "byte"
               : "character";
}

static egret_span_t
print_length(const egret_simple_t *simple, egret_arena_t *arena)
{
    uint32_t least = simple->length_least;
    uint32_t most = simple->length_most;
    const char *unit = unit_of(simple);

    if (least == most) {
        return egret_arena_print(arena, "exactly %u %s%s", most, unit,
                                 plural(most));
    }
    if (most == EGRET_SIMPLE_UNBOUNDED) {
        return egret_arena_print(arena, "at least %u %s%s", least, unit,
                                 plural(least));
    }
    if (least == 0) {
        return egret_arena_print(arena, "at most %u %s%s", most, unit,
                                 plural(most));
    }
    return egret_arena_print(arena, "%u to %u %ss", least, most, unit);
}

static egret_span_t
print_values(const egret_simple_t *simple, egret_arena_t *arena)
{
    size_t count = simple->enumeration_count;
    egret_buffer_t buffer;

    egret_buffer_init(&buffer, arena, PHRASE_LONGEST);
    egret_buffer_add_text(&buffer, count > 1 ? "one of " : "");
    for (size_t i = 0; i < count && i < EGRET_EXPECTED_NAMES; i++) {
        egret_buffer_add_text(&buffer, i > 0 ? ", " : "");
        egret_buffer_add(&buffer, egret_span_slice(simple->enumeration[i].text,
                                                   0, 64));
    }
    if (count > EGRET_EXPECTED_NAMES) {
        egret_buffer_print(&buffer, " and %zu more",
                           count - EGRET_EXPECTED_NAMES);
    }
    return close_phrase(&buffer);
}

static egret_span_t
print_pattern(const egret_simple_t *simple, egret_span_t value,
              egret_arena_t *arena)
{
    const egret_pattern_t *pattern = simple->patterns[0];

    for (size_t i = 0; i < simple->pattern_count; i++) {
        if (value.at == NULL
            || !egret_pattern_matches(simple->patterns[i], value))
        {
            pattern = simple->patterns[i];
        }
    }
    return egret_arena_print(
        arena, "text of the pattern %.*s",
        EGRET_SPAN_ARGS(egret_span_slice(pattern->text, 0, 256)));
}

static egret_span_t
print_bound(const egret_simple_t *simple, egret_facet_t facet,
            egret_arena_t *arena)
{
    static const char *const words[] = { "at least", "more than", "at most",
                                         "less than" };
    size_t index = (size_t) facet - EGRET_FACET_MIN_INCLUSIVE;

    return egret_arena_print(arena, "%s %.*s", words[index],
                             EGRET_SPAN_ARGS(simple->bounds[index].text));
}

egret_span_t
egret_expected_value(const egret_simple_t *simple, egret_facet_t facet,
                     egret_arena_t *arena)
{
    switch (facet) {
    case EGRET_FACET_LENGTH:
    case EGRET_FACET_MIN_LENGTH:
    case EGRET_FACET_MAX_LENGTH:
        return print_length(simple, arena);
    case EGRET_FACET_PATTERN:
        return print_pattern(simple, (egret_span_t){ NULL, 0 }, arena);
    case EGRET_FACET_ENUMERATION:
        return print_values(simple, arena);
    case EGRET_FACET_MIN_INCLUSIVE:
    case EGRET_FACET_MIN_EXCLUSIVE:
    case EGRET_FACET_MAX_INCLUSIVE:
    case EGRET_FACET_MAX_EXCLUSIVE:
        return print_bound(simple, facet, arena);
    case EGRET_FACET_TOTAL_DIGITS:
        return egret_arena_print(arena, "at most %u digit%s",
                                 simple->total_digits,
                                 plural(simple->total_digits));
    case EGRET_FACET_FRACTION_DIGITS:
        return egret_arena_print(arena,
                                 "at most %u digit%s after the decimal point",
                                 simple->fraction_digits,
                                 plural(simple->fraction_digits));
    default:
        return egret_span_from(simple->builtin->phrase);
    }
}

egret_span_t
egret_expected_fault(const egret_simple_t *simple, egret_facet_t facet,
                     egret_span_t value)
{
    if (value.length == 0) {
        return EGRET_SPAN("the value is empty");
    }
    switch (facet) {
    case EGRET_FACET_LENGTH:
        return EGRET_SPAN("the value has the wrong length");
    case EGRET_FACET_MIN_LENGTH:
        return EGRET_SPAN("the value is too short");
    case EGRET_FACET_MAX_LENGTH:
        return EGRET_SPAN("the value is too long");
    case EGRET_FACET_PATTERN:
        return EGRET_SPAN("the value does not have the form of its type");
    case EGRET_FACET_ENUMERATION:
        return EGRET_SPAN("the value is none of those allowed");
    case EGRET_FACET_MIN_INCLUSIVE:
    case EGRET_FACET_MIN_EXCLUSIVE:
        return EGRET_SPAN("the value is too small");
    case EGRET_FACET_MAX_INCLUSIVE:
    case EGRET_FACET_MAX_EXCLUSIVE:
        return EGRET_SPAN("the value is too large");
    case EGRET_FACET_TOTAL_DIGITS:
        return EGRET_SPAN("the number has too many digits");
    case EGRET_FACET_FRACTION_DIGITS:
        return EGRET_SPAN("too many digits after the decimal point");
    default:
        return simple->builtin->kind == EGRET_VALUE_DECIMAL
                   ? EGRET_SPAN("the value is not a number")
                   : EGRET_SPAN("the value is not one of its type");
    }
}

egret_span_t
egret_expected_fix(const egret_simple_t *simple, egret_facet_t facet,
                   egret_span_t value, egret_arena_t *arena)
{
    if (value.length == 0) {
        return EGRET_SPAN("give a value, or leave the element out if it is "
                          "optional");
    }
    switch (facet) {
    case EGRET_FACET_MAX_LENGTH:
        return egret_arena_print(arena, "shorten it to %u %s%s",
                                 simple->length_most, unit_of(simple),
                                 plural(simple->length_most));
    case EGRET_FACET_ENUMERATION:
        return EGRET_SPAN("use one of the codes, in the case given");
    case EGRET_FACET_FRACTION_DIGITS:
        return EGRET_SPAN("round it");
    case EGRET_FACET_FORM:
        return egret_arena_print(arena, "write %s", simple->builtin->phrase);
    default:
        return EGRET_SPAN("correct the value");
    }
}

/* Content. */

static void
add_item(egret_buffer_t *buffer, size_t index, egret_span_t name)
{
    if (index < EGRET_EXPECTED_NAMES) {
        egret_buffer_add_text(buffer, index > 0 ? ", " : "");
        egret_buffer_add(buffer, name);
    }
}

static bool
may_take(const egret_model_t *model, const egret_model_cursor_t *cursor,
         const egret_model_edge_t *edge)
{
    egret_model_cursor_t copy = *cursor;

    return egret_model_take(model, &copy, edge);
}

egret_span_t
egret_expected_next(const egret_model_t *model,
                    const egret_model_cursor_t *cursor, egret_span_t parent,
                    egret_arena_t *arena)
{
    const egret_model_state_t *state = &model->states[cursor->state];
    const egret_model_edge_t *edges = &model->edges[state->edge_first];
    size_t count = 0;
    size_t index = 0;
    egret_buffer_t buffer;

    for (size_t i = 0; i < state->edge_count; i++) {
        count += may_take(model, cursor, &edges[i]);
    }
    if (count == 0) {
        return egret_arena_print(arena, "the end of %.*s",
                                 EGRET_SPAN_ARGS(parent));
    }
    egret_buffer_init(&buffer, arena, PHRASE_LONGEST);
    egret_buffer_add_text(&buffer, count > 1 ? "one of " : "");
    for (size_t i = 0; i < state->edge_count; i++) {
        const egret_model_particle_t *particle =
            &model->particles[edges[i].particle];

        if (may_take(model, cursor, &edges[i])) {
            add_item(&buffer, index++,
                     particle->element != NULL ? particle->name
                                               : EGRET_SPAN("any element"));
        }
    }
    if (count > EGRET_EXPECTED_NAMES) {
        egret_buffer_print(&buffer, " and %zu more",
                           count - EGRET_EXPECTED_NAMES);
    }
    return close_phrase(&buffer);
}

egret_span_t
egret_expected_attributes(const egret_type_t *type, egret_arena_t *arena)
{
    egret_buffer_t buffer;

    if (type->attribute_count == 0) {
        return EGRET_SPAN("no attribute");
    }
    egret_buffer_init(&buffer, arena, PHRASE_LONGEST);
    egret_buffer_add_text(&buffer, type->attribute_count > 1 ? "one of " : "");
    for (size_t i = 0; i < type->attribute_count; i++) {
        add_item(&buffer, i, type->attributes[i].name);
    }
    return close_phrase(&buffer);
}
