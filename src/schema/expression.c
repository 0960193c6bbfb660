/* SPDX-License-Identifier: Apache-2.0 */
#include "schema/character_group.h"

#include <string.h>

static egret_rc_t read_choice(egret_expression_reader_t *reader,
                              egret_expression_t **out);

static egret_expression_t *
add_expression(egret_expression_reader_t *reader, egret_expression_kind_t kind)
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
keep_set(egret_expression_reader_t *reader, egret_charset_t *set,
         uint32_t *index)
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
        return egret_expression_refuse(reader,
                                       "too many different sets of characters");
    }
    *index = tree->set_count;
    tree->sets[tree->set_count++] = *set;
    return EGRET_OK;
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
read_set(egret_expression_reader_t *reader, egret_expression_t **out)
{
    egret_charset_t set;
    uint32_t character;
    bool is_single = false;
    egret_rc_t rc;

    egret_charset_init(&set, reader->arena);
    if (egret_expression_next_is(reader, '[')) {
        reader->at++;
        rc = egret_expression_read_group(reader, &set);
    } else if (egret_expression_next_is(reader, '.')) {
        reader->at++;
        rc = add_wildcard(&set);
    } else if (egret_expression_next_is(reader, '\\')) {
        reader->at++;
        rc = egret_expression_read_escape(reader, &set, &is_single, &character);
    } else if (memchr("?*+{}]", *reader->at, 6) != NULL) {
        return egret_expression_fail(reader,
                                     "a quantifier or bracket stands alone");
    } else {
        is_single = true;
        rc = egret_expression_read_character(reader, &character);
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
read_atom(egret_expression_reader_t *reader, egret_expression_t **out)
{
    egret_rc_t rc;

    if (!egret_expression_next_is(reader, '(')) {
        return read_set(reader, out);
    }
    if (++reader->depth > EGRET_EXPRESSION_DEPTH) {
        return egret_expression_refuse(reader, "nested too deep");
    }
    reader->at++;
    rc = read_choice(reader, out);
    if (rc == EGRET_OK && !egret_expression_next_is(reader, ')')) {
        return egret_expression_fail(reader, "( is not closed");
    }
    reader->at++;
    reader->depth--;
    return rc;
}

static egret_rc_t
read_count(egret_expression_reader_t *reader, uint32_t *count)
{
    const char *from = reader->at;

    *count = 0;
    while (reader->at < reader->end && *reader->at >= '0' &&
           *reader->at <= '9') {
        *count = *count * 10 + (uint32_t) (*reader->at - '0');
        if (*count > EGRET_EXPRESSION_REPEAT) {
            return egret_expression_refuse(reader, "too many repetitions");
        }
        reader->at++;
    }
    return reader->at == from
               ? egret_expression_fail(reader, "{ needs a number")
               : EGRET_OK;
}

/* Stands after the "{". */
static egret_rc_t
read_counts(egret_expression_reader_t *reader, uint32_t *least, uint32_t *most)
{
    egret_rc_t rc = read_count(reader, least);

    *most = *least;
    if (rc == EGRET_OK && egret_expression_next_is(reader, ',')) {
        reader->at++;
        *most = EGRET_EXPRESSION_UNBOUNDED;
        if (!egret_expression_next_is(reader, '}')) {
            rc = read_count(reader, most);
        }
    }
    if (rc != EGRET_OK) {
        return rc;
    }
    if (!egret_expression_next_is(reader, '}') || *most < *least) {
        return egret_expression_fail(reader, "not a {count}");
    }
    reader->at++;
    return EGRET_OK;
}

static egret_rc_t
read_quantifier(egret_expression_reader_t *reader, egret_expression_t **atom)
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
read_sequence(egret_expression_reader_t *reader, egret_expression_t **out)
{
    egret_rc_t rc = EGRET_OK;

    *out = add_expression(reader, EGRET_EXPRESSION_SEQUENCE);
    if (*out == NULL) {
        return egret_arena_rc(reader->arena);
    }
    while (rc == EGRET_OK && reader->at < reader->end && *reader->at != '|' &&
           *reader->at != ')') {
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
read_choice(egret_expression_reader_t *reader, egret_expression_t **out)
{
    egret_expression_t *branch;
    egret_rc_t rc = read_sequence(reader, out);

    if (rc != EGRET_OK || !egret_expression_next_is(reader, '|')) {
        return rc;
    }
    branch = *out;
    *out = add_expression(reader, EGRET_EXPRESSION_CHOICE);
    if (*out == NULL) {
        return egret_arena_rc(reader->arena);
    }
    append(*out, branch);
    while (rc == EGRET_OK && egret_expression_next_is(reader, '|')) {
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
    egret_expression_reader_t reader = { .arena = arena,
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
        rc = egret_expression_fail(&reader, ") stands alone");
    }
    if (rc == EGRET_ESYNTAX || rc == EGRET_EUNSUPPORTED) {
        *why = reader.why;
    }
    return rc;
}
