/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "schema/simple.h"

#define LARGEST_FACET 4000000000u

typedef struct {
    egret_arena_t *arena;
    egret_arena_t *scratch;
    egret_charsets_t *charsets;
    const egret_simple_t *base;
    const egret_facet_text_t *facets;
    size_t count;
    egret_simple_t *type;
    size_t at; /* the facet being read */
    const char *why;
} restriction_t;

static egret_rc_t
fail(restriction_t *step, const char *why)
{
    step->why = why;
    return EGRET_ESYNTAX;
}

static bool
is_ordered(egret_lexical_t lexical)
{
    return egret_lexical_is_number(lexical) ||
           lexical == EGRET_LEXICAL_MOMENT || lexical == EGRET_LEXICAL_DURATION;
}

static bool
is_applicable(egret_facet_t facet, egret_lexical_t lexical)
{
    switch (facet) {
    case EGRET_FACET_LENGTH:
    case EGRET_FACET_MIN_LENGTH:
    case EGRET_FACET_MAX_LENGTH:
        return egret_lexical_has_length(lexical);
    case EGRET_FACET_TOTAL_DIGITS:
    case EGRET_FACET_FRACTION_DIGITS:
        return egret_lexical_is_number(lexical);
    case EGRET_FACET_MIN_INCLUSIVE:
    case EGRET_FACET_MIN_EXCLUSIVE:
    case EGRET_FACET_MAX_INCLUSIVE:
    case EGRET_FACET_MAX_EXCLUSIVE:
        return is_ordered(lexical);
    case EGRET_FACET_ENUMERATION:
        return lexical != EGRET_LEXICAL_BOOLEAN;
    default:
        return true;
    }
}

static bool
read_count(egret_span_t text, uint32_t *out)
{
    uint64_t count = 0;

    text = egret_span_trim(text);
    for (size_t i = 0; i < text.length; i++) {
        if (text.at[i] < '0' || text.at[i] > '9') {
            return false;
        }
        count = count * 10 + (uint64_t) (text.at[i] - '0');
        if (count > LARGEST_FACET) {
            return false;
        }
    }
    *out = (uint32_t) count;
    return text.length > 0;
}

static egret_rc_t
restrict_length(restriction_t *step, egret_facet_t facet, uint32_t count)
{
    egret_simple_t *type = step->type;

    if (facet != EGRET_FACET_MAX_LENGTH) {
        if (count < step->base->length_least) {
            return fail(step, "shorter than the base type allows");
        }
        type->length_least = count;
    }
    if (facet != EGRET_FACET_MIN_LENGTH) {
        if (count > step->base->length_most) {
            return fail(step, "longer than the base type allows");
        }
        type->length_most = count;
    }
    return EGRET_OK;
}

static egret_rc_t
restrict_digits(restriction_t *step, egret_facet_t facet, uint32_t count)
{
    egret_simple_t *type = step->type;
    uint32_t *digits = facet == EGRET_FACET_TOTAL_DIGITS
                           ? &type->total_digits
                           : &type->fraction_digits;

    if (count > *digits) {
        return fail(step, "more digits than the base type allows");
    }
    if (facet == EGRET_FACET_TOTAL_DIGITS && count == 0) {
        return fail(step, "totalDigits must be at least 1");
    }
    if (facet == EGRET_FACET_FRACTION_DIGITS && count > 0 &&
        type->builtin->lexical == EGRET_LEXICAL_INTEGER) {
        return fail(step, "a whole number has no fraction digits");
    }
    *digits = count;
    type->is_bounded = true;
    return EGRET_OK;
}

static egret_rc_t
restrict_count(restriction_t *step, const egret_facet_text_t *facet)
{
    uint32_t count;

    if (!read_count(facet->value, &count)) {
        return fail(step, "not a count");
    }
    if (facet->facet == EGRET_FACET_TOTAL_DIGITS ||
        facet->facet == EGRET_FACET_FRACTION_DIGITS) {
        return restrict_digits(step, facet->facet, count);
    }
    return restrict_length(step, facet->facet, count);
}

static egret_rc_t
restrict_space(restriction_t *step, egret_span_t value)
{
    static const char *const names[] = { "preserve", "replace", "collapse" };

    for (int i = 0; i < 3; i++) {
        if (!egret_span_equals_text(value, names[i])) {
            continue;
        }
        if ((egret_space_t) i < step->base->space) {
            return fail(step, "less than the base type asks for");
        }
        step->type->space = (egret_space_t) i;
        return EGRET_OK;
    }
    return fail(step, "preserve, replace or collapse was expected");
}

static egret_rc_t
read_bound(restriction_t *step, const egret_facet_text_t *facet)
{
    egret_simple_t *type = step->type;
    size_t index = (size_t) facet->facet - EGRET_FACET_MIN_INCLUSIVE;
    egret_span_t text =
        egret_space_treat(type->builtin->space, facet->value, step->arena);

    if (text.at == NULL) {
        return egret_arena_rc(step->arena);
    }
    if (!egret_value_read(type->builtin, text, &type->bounds[index])) {
        return fail(step, "not a value of the base type");
    }
    if (step->base->has_bound[index] &&
        egret_value_compare(&type->bounds[index], &step->base->bounds[index]) ==
            (index < 2 ? EGRET_ORDER_LESS : EGRET_ORDER_GREATER)) {
        return fail(step, "the base type has a narrower bound");
    }
    type->has_bound[index] = true;
    type->is_bounded = true;
    return EGRET_OK;
}

/* Values of a facet are values of the base type. */
static egret_rc_t
read_enumeration(restriction_t *step)
{
    egret_value_t *values;
    size_t count = 0;
    egret_rc_t rc;

    for (size_t i = 0; i < step->count; i++) {
        count += step->facets[i].facet == EGRET_FACET_ENUMERATION;
    }
    if (count == 0) {
        return EGRET_OK;
    }
    values = egret_arena_zeroed(step->arena, count, sizeof(*values));
    if (values == NULL) {
        return egret_arena_rc(step->arena);
    }
    count = 0;
    for (size_t i = 0; i < step->count; i++) {
        const egret_facet_text_t *facet = &step->facets[i];
        egret_facet_t failed;
        egret_span_t text;

        if (facet->facet != EGRET_FACET_ENUMERATION) {
            continue;
        }
        step->at = i;
        text = egret_space_treat(step->type->space, facet->value, step->arena);
        if (text.at == NULL) {
            return egret_arena_rc(step->arena);
        }
        if (!egret_simple_accepts(step->base, text, step->arena, &failed,
                                  &rc) ||
            !egret_value_read(step->type->builtin, text, &values[count++])) {
            return rc != EGRET_OK ? rc
                                  : fail(step, "not a value of the base type");
        }
    }
    step->type->enumeration = values;
    step->type->enumeration_count = count;
    return EGRET_OK;
}

/* The patterns of one step are branches of one. */
static egret_rc_t
join_patterns(restriction_t *step, egret_span_t *out)
{
    size_t length = 0;
    size_t at = 0;
    char *text;

    for (size_t i = 0; i < step->count; i++) {
        if (step->facets[i].facet == EGRET_FACET_PATTERN) {
            length += step->facets[i].value.length + 1;
        }
    }
    text = egret_arena_allocate(step->arena, length);
    if (text == NULL) {
        return egret_arena_rc(step->arena);
    }
    for (size_t i = 0; i < step->count; i++) {
        egret_span_t value = step->facets[i].value;

        if (step->facets[i].facet != EGRET_FACET_PATTERN) {
            continue;
        }
        if (at > 0) {
            text[at++] = '|';
        }
        if (value.length > 0) {
            memcpy(text + at, value.at, value.length);
        }
        at += value.length;
        step->at = i;
    }
    *out = (egret_span_t){ text, at };
    return EGRET_OK;
}

static egret_rc_t
read_patterns(restriction_t *step)
{
    const egret_pattern_t **patterns;
    size_t count = step->base->pattern_count;
    egret_span_t text;
    bool has_pattern = false;
    egret_rc_t rc;

    for (size_t i = 0; i < step->count; i++) {
        has_pattern |= step->facets[i].facet == EGRET_FACET_PATTERN;
    }
    if (!has_pattern) {
        return EGRET_OK;
    }
    patterns = egret_arena_zeroed(step->arena, count + 1, sizeof(patterns[0]));
    if (patterns == NULL) {
        return egret_arena_rc(step->arena);
    }
    if (count > 0) {
        memcpy(patterns, step->base->patterns, count * sizeof(patterns[0]));
    }
    rc = join_patterns(step, &text);
    if (rc == EGRET_OK) {
        rc = egret_pattern_compile(step->arena, step->scratch, step->charsets,
                                   text, &patterns[count], &step->why);
    }
    step->type->patterns = patterns;
    step->type->pattern_count = count + 1;
    return rc;
}

static bool
is_above(const egret_simple_t *type, size_t low, size_t high)
{
    return type->has_bound[low] && type->has_bound[high] &&
           egret_value_compare(&type->bounds[low], &type->bounds[high]) ==
               EGRET_ORDER_GREATER;
}

/* What no single facet shows. Bounds of the base stay beside the new ones, so
 * a type can only become narrower. */
static egret_rc_t
check_together(restriction_t *step)
{
    egret_simple_t *type = step->type;

    if (type->length_least > type->length_most) {
        return fail(step, "the shortest length is above the longest");
    }
    if (type->fraction_digits != EGRET_SIMPLE_UNBOUNDED &&
        type->fraction_digits > type->total_digits) {
        return fail(step, "more fraction digits than digits");
    }
    for (size_t low = 0; low < 2; low++) {
        if (is_above(type, low, 2) || is_above(type, low, 3)) {
            return fail(step, "the lower bound is above the upper one");
        }
    }
    return EGRET_OK;
}

static egret_rc_t
restrict_by(restriction_t *step, const egret_facet_text_t *facet)
{
    if (!is_applicable(facet->facet, step->type->builtin->lexical)) {
        return fail(step, "the base type has no such facet");
    }
    switch (facet->facet) {
    case EGRET_FACET_PATTERN:
    case EGRET_FACET_ENUMERATION:
        return EGRET_OK;
    case EGRET_FACET_WHITE_SPACE:
        return restrict_space(step, facet->value);
    case EGRET_FACET_MIN_INCLUSIVE:
    case EGRET_FACET_MIN_EXCLUSIVE:
    case EGRET_FACET_MAX_INCLUSIVE:
    case EGRET_FACET_MAX_EXCLUSIVE:
        return read_bound(step, facet);
    default:
        return restrict_count(step, facet);
    }
}

static egret_rc_t
restrict_all(restriction_t *step)
{
    uint32_t seen = 0;
    egret_rc_t rc = EGRET_OK;

    for (size_t i = 0; i < step->count && rc == EGRET_OK; i++) {
        egret_facet_t facet = step->facets[i].facet;

        step->at = i;
        if (facet != EGRET_FACET_PATTERN && facet != EGRET_FACET_ENUMERATION &&
            (seen >> facet & 1) != 0) {
            return fail(step, "the facet stands twice");
        }
        seen |= 1u << facet;
        rc = restrict_by(step, &step->facets[i]);
    }
    if (rc == EGRET_OK) {
        rc = read_enumeration(step);
    }
    if (rc == EGRET_OK) {
        rc = read_patterns(step);
    }
    return rc == EGRET_OK ? check_together(step) : rc;
}

egret_rc_t
egret_simple_restrict(egret_arena_t *arena, egret_arena_t *scratch,
                      egret_charsets_t *charsets, const egret_simple_t *base,
                      egret_span_t name, const egret_facet_text_t *facets,
                      size_t facet_count, const egret_simple_t **out,
                      size_t *bad, const char **why)
{
    restriction_t step = { .arena = arena,
                           .scratch = scratch,
                           .charsets = charsets,
                           .base = base,
                           .facets = facets,
                           .count = facet_count };
    egret_rc_t rc;

    step.type = egret_arena_zeroed(arena, 1, sizeof(*step.type));
    if (step.type == NULL) {
        return egret_arena_rc(arena);
    }
    *step.type = *base;
    step.type->name = name;
    step.type->base = base;
    rc = restrict_all(&step);
    *out = step.type;
    *bad = step.at;
    *why = step.why;
    return rc;
}
