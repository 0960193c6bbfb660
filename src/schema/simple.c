/* SPDX-License-Identifier: Apache-2.0 */
#include "schema/simple.h"

#include <string.h>

static bool
is_white(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

static bool
needs_rewriting(egret_space_t space, egret_span_t value)
{
    for (size_t i = 0; i < value.length; i++) {
        if (value.at[i] != ' ' && is_white(value.at[i])) {
            return true;
        }
        if (space == EGRET_SPACE_COLLAPSE && value.at[i] == ' ' && i > 0
            && value.at[i - 1] == ' ')
        {
            return true;
        }
    }
    return false;
}

egret_span_t
egret_space_treat(egret_space_t space, egret_span_t value,
                  egret_arena_t *arena)
{
    egret_span_t result = { NULL, 0 };
    char *bytes;

    if (value.at == NULL) {
        return EGRET_SPAN("");
    }
    if (space == EGRET_SPACE_PRESERVE) {
        return value;
    }
    if (space == EGRET_SPACE_COLLAPSE) {
        value = egret_span_trim(value);
    }
    if (!needs_rewriting(space, value)) {
        return value;
    }
    bytes = egret_arena_allocate(arena, value.length);
    if (bytes == NULL) {
        return result;
    }
    for (size_t i = 0; i < value.length; i++) {
        char byte = is_white(value.at[i]) ? ' ' : value.at[i];

        if (space == EGRET_SPACE_REPLACE || byte != ' '
            || bytes[result.length - 1] != ' ')
        {
            bytes[result.length++] = byte;
        }
    }
    result.at = bytes;
    return result;
}

static void
set_bound(egret_simple_t *type, egret_facet_t facet, const char *text)
{
    size_t index = (size_t) facet - EGRET_FACET_MIN_INCLUSIVE;

    if (text != NULL) {
        type->has_bound[index] = egret_value_read(
            type->builtin, egret_span_from(text), &type->bounds[index]);
        type->is_bounded = true;
    }
}

const egret_simple_t *
egret_simple_builtin(egret_arena_t *arena, const egret_builtin_t *builtin)
{
    egret_simple_t *type = egret_arena_zeroed(arena, 1, sizeof(*type));

    if (type != NULL) {
        type->name = egret_span_from(builtin->name);
        type->builtin = builtin;
        type->space = builtin->space;
        type->length_most = EGRET_SIMPLE_UNBOUNDED;
        type->total_digits = EGRET_SIMPLE_UNBOUNDED;
        type->fraction_digits = EGRET_SIMPLE_UNBOUNDED;
        set_bound(type, EGRET_FACET_MIN_INCLUSIVE, builtin->least);
        set_bound(type, EGRET_FACET_MAX_INCLUSIVE, builtin->most);
    }
    return type;
}

static bool
is_within(const egret_simple_t *type, const egret_value_t *value,
          egret_facet_t *failed)
{
    for (size_t i = 0; i < EGRET_SIMPLE_BOUNDS; i++) {
        egret_order_t order;
        bool is_lower = i < 2;
        bool is_inclusive = i == 0 || i == 2;

        if (!type->has_bound[i]) {
            continue;
        }
        order = egret_value_compare(value, &type->bounds[i]);
        if (!(is_inclusive && order == EGRET_ORDER_EQUAL)
            && order
                   != (is_lower ? EGRET_ORDER_GREATER : EGRET_ORDER_LESS))
        {
            *failed = (egret_facet_t) (EGRET_FACET_MIN_INCLUSIVE + i);
            return false;
        }
    }
    return true;
}

static bool
has_digits(const egret_simple_t *type, const egret_value_t *value,
           egret_facet_t *failed)
{
    if (!egret_lexical_is_number(type->builtin->lexical)) {
        return true;
    }
    *failed = EGRET_FACET_TOTAL_DIGITS;
    if (type->total_digits != EGRET_SIMPLE_UNBOUNDED
        && egret_numeral_total_digits(&value->as.numeral) > type->total_digits)
    {
        return false;
    }
    *failed = EGRET_FACET_FRACTION_DIGITS;
    return type->fraction_digits == EGRET_SIMPLE_UNBOUNDED
           || value->as.numeral.fraction.length <= type->fraction_digits;
}

static bool
is_enumerated(const egret_simple_t *type, const egret_value_t *value)
{
    const egret_value_t *at = type->enumeration;
    const egret_value_t *end = at + type->enumeration_count;

    if (type->builtin->lexical == EGRET_LEXICAL_STRING) {
        while (at < end && !egret_span_equals(at->text, value->text)) {
            at++;
        }
        return at < end;
    }
    while (at < end && egret_value_compare(at, value) != EGRET_ORDER_EQUAL) {
        at++;
    }
    return at < end;
}

/* A character has 1 to 4 bytes, so most lengths show without counting. */
static bool
fits(const egret_simple_t *type, const egret_value_t *value,
     egret_facet_t *failed)
{
    size_t length;

    if (type->builtin->lexical == EGRET_LEXICAL_STRING
        && value->text.length <= type->length_most
        && (value->text.length + 3) / 4 >= type->length_least)
    {
        return true;
    }
    length = egret_value_length(value);
    if (length < type->length_least) {
        *failed = type->length_least == type->length_most
                      ? EGRET_FACET_LENGTH
                      : EGRET_FACET_MIN_LENGTH;
        return false;
    }
    if (type->length_most != EGRET_SIMPLE_UNBOUNDED
        && length > type->length_most)
    {
        *failed = type->length_least == type->length_most
                      ? EGRET_FACET_LENGTH
                      : EGRET_FACET_MAX_LENGTH;
        return false;
    }
    return true;
}

bool
egret_simple_accepts(const egret_simple_t *simple, egret_span_t value,
                     egret_arena_t *arena, egret_facet_t *failed,
                     egret_rc_t *rc)
{
    egret_span_t text = egret_space_treat(simple->space, value, arena);
    egret_value_t read;

    *rc = EGRET_OK;
    *failed = EGRET_FACET_FORM;
    if (text.at == NULL) {
        *rc = egret_arena_rc(arena);
        return false;
    }
    if (!egret_value_read(simple->builtin, text, &read)
        || (egret_lexical_has_length(simple->builtin->lexical)
            && !fits(simple, &read, failed)))
    {
        return false;
    }
    for (size_t i = 0; i < simple->pattern_count; i++) {
        if (!egret_pattern_matches(simple->patterns[i], text)) {
            *failed = EGRET_FACET_PATTERN;
            return false;
        }
    }
    if (simple->enumeration_count > 0 && !is_enumerated(simple, &read)) {
        *failed = EGRET_FACET_ENUMERATION;
        return false;
    }
    return !simple->is_bounded
           || (is_within(simple, &read, failed)
               && has_digits(simple, &read, failed));
}
