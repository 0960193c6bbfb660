/* SPDX-License-Identifier: Apache-2.0 */
#include "schema/expression.h"

#include <string.h>

typedef struct {
    egret_arena_t *arena;
    egret_charsets_t *charsets;
    egret_expression_tree_t *tree;
    const char *at;
    const char *end;
    const char *why;
    unsigned depth;
} reader_t;

static egret_rc_t read_choice(reader_t *reader, egret_expression_t **out);
static egret_rc_t read_group(reader_t *reader, egret_charset_t *set);

size_t
egret_utf8_read(const char *at, const char *end, uint32_t *character)
{
    unsigned char lead = (unsigned char) *at;
    size_t length = lead < 0x80   ? 1
                    : lead < 0xC2 ? 0
                    : lead < 0xE0 ? 2
                    : lead < 0xF0 ? 3
                    : lead < 0xF5 ? 4
                                  : 0;
    uint32_t c = length == 1 ? lead : lead & (0x7Fu >> length);

    if (length == 0 || (size_t) (end - at) < length) {
        return 0;
    }
    for (size_t i = 1; i < length; i++) {
        unsigned char byte = (unsigned char) at[i];

        if ((byte & 0xC0) != 0x80) {
            return 0;
        }
        c = c << 6 | (byte & 0x3F);
    }
    *character = c;
    return length;
}

static egret_rc_t
fail(reader_t *reader, const char *why)
{
    reader->why = why;
    return EGRET_ESYNTAX;
}

static egret_rc_t
refuse(reader_t *reader, const char *why)
{
    reader->why = why;
    return EGRET_EUNSUPPORTED;
}

static bool
next_is(const reader_t *reader, char byte)
{
    return reader->at < reader->end && *reader->at == byte;
}

static egret_rc_t
read_character(reader_t *reader, uint32_t *character)
{
    size_t length = 0;

    if (reader->at < reader->end) {
        length = egret_utf8_read(reader->at, reader->end, character);
    }
    if (length == 0) {
        return fail(reader, "the expression ends too early");
    }
    reader->at += length;
    return EGRET_OK;
}

static egret_expression_t *
add_expression(reader_t *reader, egret_expression_kind_t kind)
{
    egret_expression_t *expression =
        egret_arena_zeroed(reader->arena, 1, sizeof(*expression));

    if (expression != NULL) {
        expression->kind = kind;
    }
    return expression;
}

static void
append(egret_expression_t *parent, egret_expression_t *child)
{
    child->before = parent->last;
    parent->last = child;
}

static egret_rc_t
keep_set(reader_t *reader, egret_charset_t *set, uint32_t *index)
{
    egret_expression_tree_t *tree = reader->tree;

    egret_charset_normalise(set);
    for (uint32_t i = 0; i < tree->set_count; i++) {
        if (egret_charset_equals(&tree->sets[i], set)) {
            *index = i;
            return EGRET_OK;
        }
    }
    if (tree->set_count == EGRET_EXPRESSION_SETS) {
        return refuse(reader, "too many different sets of characters");
    }
    *index = tree->set_count;
    tree->sets[tree->set_count++] = *set;
    return EGRET_OK;
}

/* \p{Lu}, \P{IsThai}: stands after the "p". */
static egret_rc_t
read_property(reader_t *reader, egret_span_t *name)
{
    const char *from;

    if (!next_is(reader, '{')) {
        return fail(reader, "\\p needs a name in {}");
    }
    from = ++reader->at;
    while (reader->at < reader->end && *reader->at != '}') {
        reader->at++;
    }
    if (reader->at == reader->end) {
        return fail(reader, "\\p{ is not closed");
    }
    *name = (egret_span_t){ from, (size_t) (reader->at - from) };
    reader->at++;
    return name->length < 2 && name->length != 1
               ? fail(reader, "\\p{} is empty")
               : EGRET_OK;
}

static egret_rc_t
add_named(reader_t *reader, egret_span_t name, bool is_negated,
          egret_charset_t *set)
{
    const egret_charset_t *named;
    egret_charset_t negated;
    egret_rc_t rc = egret_charsets_find(reader->charsets, name, &named);

    if (rc == EGRET_ENOTFOUND) {
        return fail(reader, "no such category or block of characters");
    }
    if (rc != EGRET_OK || !is_negated) {
        return rc == EGRET_OK ? egret_charset_add_all(set, named) : rc;
    }
    egret_charset_init(&negated, reader->arena);
    rc = egret_charset_add_all(&negated, named);
    if (rc == EGRET_OK) {
        rc = egret_charset_negate(&negated);
    }
    return rc == EGRET_OK ? egret_charset_add_all(set, &negated) : rc;
}

/* After a backslash: `*character` is set for one character, else
 * (`*is_single` false) the characters are added to the set. */
static egret_rc_t
read_escape(reader_t *reader, egret_charset_t *set, bool *is_single,
            uint32_t *character)
{
    char letter;
    egret_span_t name;
    egret_rc_t rc;

    if (reader->at == reader->end) {
        return fail(reader, "a backslash ends the expression");
    }
    letter = *reader->at++;
    *is_single = true;
    if (letter == 'n' || letter == 'r' || letter == 't') {
        *character = letter == 'n' ? '\n' : letter == 'r' ? '\r' : '\t';
        return EGRET_OK;
    }
    *is_single = false;
    if (letter == 'p' || letter == 'P') {
        rc = read_property(reader, &name);
        return rc == EGRET_OK ? add_named(reader, name, letter == 'P', set)
                              : rc;
    }
    if (memchr("sSiIcCdDwW", letter, 10) != NULL) {
        char small = (char) (letter | 0x20);

        name = (egret_span_t){ &small, 1 };
        return add_named(reader, name, letter != small, set);
    }
    *is_single = true;
    *character = (unsigned char) letter;
    /* The grammar names \|.-^?*+{}()[] alone. ISO 20022 escapes more marks,
     * and every engine takes them as themselves. */
    if ((letter >= '0' && letter <= '9') || (letter >= 'A' && letter <= 'Z')
        || (letter >= 'a' && letter <= 'z') || (*character & 0x80) != 0)
    {
        return fail(reader, "no such escape");
    }
    return EGRET_OK;
}

/* One character of a set, or a class escape (`*is_single` false). */
static egret_rc_t
read_member(reader_t *reader, egret_charset_t *set, bool *is_single,
            uint32_t *character)
{
    if (next_is(reader, '[')) {
        return fail(reader, "[ stands in a set");
    }
    if (next_is(reader, '\\')) {
        reader->at++;
        return read_escape(reader, set, is_single, character);
    }
    *is_single = true;
    return read_character(reader, character);
}

static egret_rc_t
read_range_end(reader_t *reader, egret_charset_t *set, uint32_t low)
{
    uint32_t high = low;
    bool is_single;
    egret_rc_t rc;

    /* A hyphen before the end of the set or before a subtraction is none of a
     * range. */
    if (reader->end - reader->at >= 2 && reader->at[0] == '-'
        && reader->at[1] != ']' && reader->at[1] != '[')
    {
        reader->at++;
        rc = read_member(reader, set, &is_single, &high);
        if (rc != EGRET_OK) {
            return rc;
        }
        if (!is_single || high < low) {
            return fail(reader, "a range of characters is upside down");
        }
    }
    return egret_charset_add(set, low, high);
}

static egret_rc_t
read_subtraction(reader_t *reader, egret_charset_t *set)
{
    egret_charset_t other;
    egret_rc_t rc;

    reader->at += 2;
    egret_charset_init(&other, reader->arena);
    rc = read_group(reader, &other);
    if (rc == EGRET_OK) {
        rc = egret_charset_subtract(set, &other);
    }
    if (rc == EGRET_OK && !next_is(reader, ']')) {
        return fail(reader, "a subtraction must end its set");
    }
    reader->at++;
    return rc;
}

static egret_rc_t
read_members(reader_t *reader, egret_charset_t *set, bool is_negated)
{
    const char *from = reader->at;
    uint32_t character;
    bool is_single;
    egret_rc_t rc = EGRET_OK;

    while (rc == EGRET_OK) {
        if (reader->at == reader->end) {
            return fail(reader, "[ is not closed");
        }
        if (reader->at > from
            && (*reader->at == ']'
                || (reader->end - reader->at >= 2 && reader->at[0] == '-'
                    && reader->at[1] == '[')))
        {
            break;
        }
        if (*reader->at == ']') {
            return fail(reader, "an empty set");
        }
        rc = read_member(reader, set, &is_single, &character);
        if (rc == EGRET_OK && is_single) {
            rc = read_range_end(reader, set, character);
        }
    }
    if (rc == EGRET_OK && is_negated) {
        rc = egret_charset_negate(set);
    }
    return rc;
}

/* Stands after the "[". */
static egret_rc_t
read_group(reader_t *reader, egret_charset_t *set)
{
    bool is_negated = next_is(reader, '^');
    egret_rc_t rc;

    if (++reader->depth > EGRET_EXPRESSION_DEPTH) {
        return refuse(reader, "nested too deep");
    }
    if (is_negated) {
        reader->at++;
    }
    rc = read_members(reader, set, is_negated);
    if (rc == EGRET_OK && *reader->at == ']') {
        reader->at++;
    } else if (rc == EGRET_OK) {
        rc = read_subtraction(reader, set);
    }
    reader->depth--;
    return rc;
}

static egret_rc_t
add_wildcard(egret_charset_t *set)
{
    egret_rc_t rc = egret_charset_add(set, '\n', '\n');

    if (rc == EGRET_OK) {
        rc = egret_charset_add(set, '\r', '\r');
    }
    return rc == EGRET_OK ? egret_charset_negate(set) : rc;
}

static egret_rc_t
read_set(reader_t *reader, egret_expression_t **out)
{
    egret_charset_t set;
    uint32_t character;
    bool is_single = false;
    egret_rc_t rc;

    egret_charset_init(&set, reader->arena);
    if (next_is(reader, '[')) {
        reader->at++;
        rc = read_group(reader, &set);
    } else if (next_is(reader, '.')) {
        reader->at++;
        rc = add_wildcard(&set);
    } else if (next_is(reader, '\\')) {
        reader->at++;
        rc = read_escape(reader, &set, &is_single, &character);
    } else if (memchr("?*+{}]", *reader->at, 6) != NULL) {
        return fail(reader, "a quantifier or bracket stands alone");
    } else {
        is_single = true;
        rc = read_character(reader, &character);
    }
    if (rc == EGRET_OK && is_single) {
        rc = egret_charset_add(&set, character, character);
    }
    if (rc != EGRET_OK) {
        return rc;
    }
    *out = add_expression(reader, EGRET_EXPRESSION_SET);
    return *out == NULL ? egret_arena_rc(reader->arena)
                        : keep_set(reader, &set, &(*out)->set);
}

static egret_rc_t
read_atom(reader_t *reader, egret_expression_t **out)
{
    egret_rc_t rc;

    if (!next_is(reader, '(')) {
        return read_set(reader, out);
    }
    if (++reader->depth > EGRET_EXPRESSION_DEPTH) {
        return refuse(reader, "nested too deep");
    }
    reader->at++;
    rc = read_choice(reader, out);
    if (rc == EGRET_OK && !next_is(reader, ')')) {
        return fail(reader, "( is not closed");
    }
    reader->at++;
    reader->depth--;
    return rc;
}

static egret_rc_t
read_count(reader_t *reader, uint32_t *count)
{
    const char *from = reader->at;

    *count = 0;
    while (reader->at < reader->end && *reader->at >= '0'
           && *reader->at <= '9')
    {
        *count = *count * 10 + (uint32_t) (*reader->at - '0');
        if (*count > EGRET_EXPRESSION_REPEAT) {
            return refuse(reader, "too many repetitions");
        }
        reader->at++;
    }
    return reader->at == from ? fail(reader, "{ needs a number") : EGRET_OK;
}

/* Stands after the "{". */
static egret_rc_t
read_counts(reader_t *reader, uint32_t *least, uint32_t *most)
{
    egret_rc_t rc = read_count(reader, least);

    *most = *least;
    if (rc == EGRET_OK && next_is(reader, ',')) {
        reader->at++;
        *most = EGRET_EXPRESSION_UNBOUNDED;
        if (!next_is(reader, '}')) {
            rc = read_count(reader, most);
        }
    }
    if (rc != EGRET_OK) {
        return rc;
    }
    if (!next_is(reader, '}') || *most < *least) {
        return fail(reader, "not a {count}");
    }
    reader->at++;
    return EGRET_OK;
}

static egret_rc_t
read_quantifier(reader_t *reader, egret_expression_t **atom)
{
    char mark = reader->at < reader->end ? *reader->at : '\0';
    uint32_t least = mark == '+';
    uint32_t most = mark == '?' ? 1 : EGRET_EXPRESSION_UNBOUNDED;
    egret_expression_t *repetition;

    if (mark != '?' && mark != '*' && mark != '+' && mark != '{') {
        return EGRET_OK;
    }
    reader->at++;
    if (mark == '{') {
        egret_rc_t rc = read_counts(reader, &least, &most);

        if (rc != EGRET_OK) {
            return rc;
        }
    }
    repetition = add_expression(reader, EGRET_EXPRESSION_REPETITION);
    if (repetition == NULL) {
        return egret_arena_rc(reader->arena);
    }
    repetition->least = least;
    repetition->most = most;
    append(repetition, *atom);
    *atom = repetition;
    return EGRET_OK;
}

static egret_rc_t
read_sequence(reader_t *reader, egret_expression_t **out)
{
    egret_rc_t rc = EGRET_OK;

    *out = add_expression(reader, EGRET_EXPRESSION_SEQUENCE);
    if (*out == NULL) {
        return egret_arena_rc(reader->arena);
    }
    while (rc == EGRET_OK && reader->at < reader->end && *reader->at != '|'
           && *reader->at != ')')
    {
        egret_expression_t *atom = NULL;

        rc = read_atom(reader, &atom);
        if (rc == EGRET_OK) {
            rc = read_quantifier(reader, &atom);
        }
        if (rc == EGRET_OK) {
            append(*out, atom);
        }
    }
    return rc;
}

static egret_rc_t
read_choice(reader_t *reader, egret_expression_t **out)
{
    egret_expression_t *branch;
    egret_rc_t rc = read_sequence(reader, out);

    if (rc != EGRET_OK || !next_is(reader, '|')) {
        return rc;
    }
    branch = *out;
    *out = add_expression(reader, EGRET_EXPRESSION_CHOICE);
    if (*out == NULL) {
        return egret_arena_rc(reader->arena);
    }
    append(*out, branch);
    while (rc == EGRET_OK && next_is(reader, '|')) {
        reader->at++;
        rc = read_sequence(reader, &branch);
        if (rc == EGRET_OK) {
            append(*out, branch);
        }
    }
    return rc;
}

egret_rc_t
egret_expression_read(egret_arena_t *arena, egret_charsets_t *charsets,
                      egret_span_t text, egret_expression_tree_t *tree,
                      const char **why)
{
    reader_t reader = { .arena = arena,
                        .charsets = charsets,
                        .tree = tree,
                        .at = text.at,
                        .end = text.at + text.length };
    egret_rc_t rc = EGRET_OK;

    tree->set_count = 0;
    if (text.length > 0) {
        rc = read_choice(&reader, &tree->root);
    } else {
        tree->root = add_expression(&reader, EGRET_EXPRESSION_SEQUENCE);
        rc = tree->root == NULL ? egret_arena_rc(arena) : EGRET_OK;
    }
    if (rc == EGRET_OK && reader.at != reader.end) {
        rc = fail(&reader, ") stands alone");
    }
    if (rc == EGRET_ESYNTAX || rc == EGRET_EUNSUPPORTED) {
        *why = reader.why;
    }
    return rc;
}
