/* SPDX-License-Identifier: Apache-2.0 */
/* How the text of a condition becomes a tree. */

#include "taxonomy/condition.h"
#include "taxonomy/tsv.h"

typedef struct {
    egret_arena_t *arena;
    egret_condition_t *condition;
    size_t at;          /* behind the token */
    egret_span_t token; /* "" at the end */
    unsigned depth;
    egret_condition_term_t **next; /* where the next term is noted */
    size_t term_count;
    size_t value_count;
    egret_span_t *fault;
} reader_t;

typedef struct {
    const char *word;
    egret_compared_t compared;
} comparison_t;

static const comparison_t comparisons[] = {
    { "<=", EGRET_COMPARED_AT_MOST },  { "<", EGRET_COMPARED_BELOW },
    { ">=", EGRET_COMPARED_AT_LEAST }, { ">", EGRET_COMPARED_ABOVE },
    { "=", EGRET_COMPARED_EQUAL },
};

#define COMPARISONS (sizeof(comparisons) / sizeof(comparisons[0]))

/* By egret_fact_kind_t. */
static const char *const facts[EGRET_FACT_KIND_COUNT] = {
    "technology", "energySource", "industry", "jurisdiction", "criterion",
};

/* Prj/EnrgySrc and Prj/Indstry/@Schm of the block. */
static const char *const sources[] = { "SOLR", "WIND", "HYDR", "NUCL",
                                       "NGAS", "COAL", "BIOM", "GEOT",
                                       "MARN", "HYDG", "NONE" };
static const char *const classifications[] = { "GBT4754", "ISIC4", "NACE",
                                               "CNAE", "OKVED2", "TWSIC" };

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

static egret_rc_t read_any(reader_t *reader, bool is_negated,
                           const egret_condition_node_t **out) EGRET_MUST_USE;


static egret_rc_t
refuse(reader_t *reader, egret_rc_t rc, const char *what)
{
    egret_span_t shown = egret_tsv_shown(reader->token);
    size_t column = reader->token.length > 0
                        ? (size_t) (reader->token.at
                                    - reader->condition->text.at)
                        : reader->condition->text.length;

    *reader->fault =
        shown.length > 0
            ? egret_arena_print(reader->arena, "column %zu: \"%.*s\" %s",
                                column + 1, EGRET_SPAN_ARGS(shown), what)
            : egret_arena_print(reader->arena, "column %zu: the end %s",
                                column + 1, what);

    return reader->fault->at == NULL ? egret_arena_rc(reader->arena) : rc;
}


static bool
is_blank(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}


static bool
is_mark(char byte)
{
    return byte == '(' || byte == ')' || byte == ',' || byte == '='
           || byte == '<' || byte == '>';
}


static void
advance(reader_t *reader)
{
    egret_span_t text = reader->condition->text;
    size_t from = reader->at;
    size_t to;

    while (from < text.length && is_blank(text.at[from])) {
        from++;
    }
    to = from;
    if (to < text.length && is_mark(text.at[to])) {
        to++;
        to += (text.at[from] == '<' || text.at[from] == '>')
              && to < text.length && text.at[to] == '=';
    } else {
        while (to < text.length && !is_blank(text.at[to])
               && !is_mark(text.at[to]))
        {
            to++;
        }
    }
    reader->token = egret_span_slice(text, from, to);
    reader->at = to;
}


static bool
is_token(const reader_t *reader, const char *word)
{
    return egret_span_equals_text(reader->token, word);
}


static bool
is_word(const reader_t *reader)
{
    return reader->token.length > 0 && !is_mark(reader->token.at[0]);
}


static bool
is_listed(egret_span_t text, const char *const *list, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (egret_span_equals_text(text, list[i])) {
            return true;
        }
    }

    return false;
}


/* Capital letters, and digits where they are allowed. */
static bool
is_capital(egret_span_t text, size_t length, bool has_digits)
{
    for (size_t i = 0; i < text.length; i++) {
        bool is_letter = text.at[i] >= 'A' && text.at[i] <= 'Z';
        bool is_digit = text.at[i] >= '0' && text.at[i] <= '9';

        if (!is_letter && !(has_digits && is_digit)) {
            return false;
        }
    }

    return text.length == length;
}


static egret_rc_t
check_value(reader_t *reader, egret_fact_kind_t kind)
{
    if (!is_word(reader)) {
        return refuse(reader, EGRET_ESYNTAX, "stands where a code belongs");
    }

    switch (kind) {
    case EGRET_FACT_TECHNOLOGY:
        return is_capital(reader->token, 4, true)
                   ? EGRET_OK
                   : refuse(reader, EGRET_ESYNTAX,
                            "is no technology (four capital letters or "
                            "digits)");
    case EGRET_FACT_ENERGY_SOURCE:
        return is_listed(reader->token, sources, COUNT(sources))
                   ? EGRET_OK
                   : refuse(reader, EGRET_ENOTFOUND, "is no energy source");
    case EGRET_FACT_JURISDICTION:
        return is_capital(reader->token, 2, false)
                   ? EGRET_OK
                   : refuse(reader, EGRET_ESYNTAX,
                            "is no jurisdiction (two capital letters)");
    default:
        return egret_tsv_is_code(reader->token, false)
                   ? EGRET_OK
                   : refuse(reader, EGRET_ESYNTAX, "is no code");
    }
}


static egret_rc_t
add_value(reader_t *reader, egret_condition_term_t *term)
{
    size_t size = sizeof(*term->values);
    egret_rc_t rc = check_value(reader, term->kind);
    egret_span_t *values;

    if (rc != EGRET_OK) {
        return rc;
    }
    if (reader->value_count++ == EGRET_CONDITION_VALUES) {
        return refuse(reader, EGRET_ERANGE, "is one code too many");
    }

    values = egret_arena_grow(reader->arena, (void *) term->values,
                              term->value_count * size,
                              (term->value_count + 1) * size);
    if (values == NULL) {
        return egret_arena_rc(reader->arena);
    }
    values[term->value_count++] = reader->token;
    term->values = values;
    advance(reader);

    return EGRET_OK;
}


static egret_rc_t
read_set(reader_t *reader, egret_condition_term_t *term)
{
    egret_rc_t rc;

    if (is_token(reader, "=")) {
        advance(reader);
        return add_value(reader, term);
    }
    if (!is_token(reader, "in")) {
        return refuse(reader, EGRET_ESYNTAX, "stands where = or in belongs");
    }
    advance(reader);
    if (!is_token(reader, "(")) {
        return refuse(reader, EGRET_ESYNTAX, "stands where ( belongs");
    }

    do {
        advance(reader);
        rc = add_value(reader, term);
    } while (rc == EGRET_OK && is_token(reader, ","));
    if (rc != EGRET_OK) {
        return rc;
    }
    if (!is_token(reader, ")")) {
        return refuse(reader, EGRET_ESYNTAX, "stands where , or ) belongs");
    }
    advance(reader);

    return EGRET_OK;
}


static egret_rc_t
read_comparison(reader_t *reader, egret_condition_term_t *term)
{
    for (size_t i = 0; i < COMPARISONS; i++) {
        if (is_token(reader, comparisons[i].word)) {
            term->compared = comparisons[i].compared;
            advance(reader);
            return EGRET_OK;
        }
    }

    return refuse(reader, EGRET_ESYNTAX,
                  "stands where <=, <, >=, > or = belongs");
}


static egret_rc_t
read_criterion(reader_t *reader, egret_condition_term_t *term)
{
    const egret_units_t *units = reader->condition->units;
    egret_rc_t rc;

    term->of = reader->token;
    term->metric = units == NULL ? NULL : egret_units_metric(units, term->of);
    if (term->metric == NULL) {
        return refuse(reader, EGRET_ENOTFOUND,
                      units == NULL ? "cannot be read without metrics and units"
                                    : "is no metric");
    }
    advance(reader);
    rc = read_comparison(reader, term);
    if (rc != EGRET_OK) {
        return rc;
    }
    if (!is_word(reader)
        || egret_decimal_read(reader->token, &term->bound) != EGRET_OK)
    {
        return refuse(reader, EGRET_ESYNTAX, "is no decimal number");
    }
    advance(reader);

    term->unit = egret_units_find(units, reader->token);
    if (term->unit == NULL || term->unit->kind == EGRET_UNIT_MULTIPLIER) {
        return refuse(reader, EGRET_ENOTFOUND, "is no unit");
    }
    if (!egret_span_equals(term->unit->dimension, term->metric->dimension)) {
        return refuse(reader, EGRET_EINVAL, "is no unit of that metric");
    }
    advance(reader);

    return EGRET_OK;
}


static egret_rc_t
read_industry(reader_t *reader, egret_condition_term_t *term)
{
    term->of = reader->token;
    if (!is_listed(term->of, classifications, COUNT(classifications))) {
        return refuse(reader, EGRET_ENOTFOUND,
                      "is no classification of industries");
    }
    advance(reader);

    return read_set(reader, term);
}


static egret_rc_t
find_fact(reader_t *reader, egret_fact_kind_t *out)
{
    for (unsigned i = 0; i < EGRET_FACT_KIND_COUNT; i++) {
        if (is_token(reader, facts[i])) {
            *out = (egret_fact_kind_t) i;
            return EGRET_OK;
        }
    }

    return refuse(reader, is_word(reader) ? EGRET_ENOTFOUND : EGRET_ESYNTAX,
                  "is no fact of a project");
}


static egret_rc_t
read_term(reader_t *reader, bool is_negated, egret_condition_node_t *node)
{
    egret_condition_t *condition = reader->condition;
    egret_condition_term_t *term;
    const char *from = reader->token.at;
    egret_fact_kind_t kind = EGRET_FACT_TECHNOLOGY;
    size_t end;
    egret_rc_t rc = find_fact(reader, &kind);

    if (rc != EGRET_OK) {
        return rc;
    }
    if (reader->term_count++ == EGRET_CONDITION_TERMS) {
        return refuse(reader, EGRET_ERANGE, "begins one term too many");
    }
    term = egret_arena_zeroed(reader->arena, 1, sizeof(*term));
    if (term == NULL) {
        return egret_arena_rc(reader->arena);
    }
    term->kind = kind;
    term->of = EGRET_SPAN("");
    term->is_negated = is_negated;
    node->term = term;
    *reader->next = term;
    reader->next = &term->next;
    advance(reader);

    if (kind == EGRET_FACT_CRITERION) {
        rc = read_criterion(reader, term);
    } else if (kind == EGRET_FACT_INDUSTRY) {
        rc = read_industry(reader, term);
    } else {
        rc = read_set(reader, term);
    }
    end = reader->at - reader->token.length
          - (size_t) (from - condition->text.at);
    term->text = egret_span_trim((egret_span_t){ from, end });

    return rc;
}


static egret_rc_t
read_part(reader_t *reader, bool is_negated,
          const egret_condition_node_t **out)
{
    egret_condition_node_t *node;
    egret_rc_t rc;

    if (is_token(reader, "not") || is_token(reader, "(")) {
        bool is_not = is_token(reader, "not");

        if (reader->depth++ == EGRET_CONDITION_DEPTH) {
            return refuse(reader, EGRET_ERANGE, "is too deep");
        }
        advance(reader);
        rc = is_not ? read_part(reader, !is_negated, out)
                    : read_any(reader, is_negated, out);
        reader->depth--;
        if (rc != EGRET_OK || is_not) {
            return rc;
        }
        if (!is_token(reader, ")")) {
            return refuse(reader, EGRET_ESYNTAX,
                          "stands where and, or or ) belongs");
        }
        advance(reader);
        return EGRET_OK;
    }

    node = egret_arena_zeroed(reader->arena, 1, sizeof(*node));
    if (node == NULL) {
        return egret_arena_rc(reader->arena);
    }
    *out = node;

    return read_term(reader, is_negated, node);
}


/* De Morgan: under a negation `and` is `or` of what is negated. */
static egret_rc_t
join(reader_t *reader, bool is_all, const egret_condition_node_t *left,
     const egret_condition_node_t *right, const egret_condition_node_t **out)
{
    egret_condition_node_t *node = egret_arena_zeroed(reader->arena, 1,
                                                      sizeof(*node));

    if (node == NULL) {
        return egret_arena_rc(reader->arena);
    }
    *node = (egret_condition_node_t){ NULL, is_all, left, right };
    *out = node;

    return EGRET_OK;
}


static egret_rc_t
read_all(reader_t *reader, bool is_negated, const egret_condition_node_t **out)
{
    const egret_condition_node_t *right = NULL;
    egret_rc_t rc = read_part(reader, is_negated, out);

    while (rc == EGRET_OK && is_token(reader, "and")) {
        advance(reader);
        rc = read_part(reader, is_negated, &right);
        if (rc == EGRET_OK) {
            rc = join(reader, !is_negated, *out, right, out);
        }
    }

    return rc;
}


static egret_rc_t
read_any(reader_t *reader, bool is_negated, const egret_condition_node_t **out)
{
    const egret_condition_node_t *right = NULL;
    egret_rc_t rc = read_all(reader, is_negated, out);

    while (rc == EGRET_OK && is_token(reader, "or")) {
        advance(reader);
        rc = read_all(reader, is_negated, &right);
        if (rc == EGRET_OK) {
            rc = join(reader, is_negated, *out, right, out);
        }
    }

    return rc;
}


egret_rc_t
egret_condition_read(egret_span_t text, const egret_units_t *units,
                     egret_arena_t *arena, const egret_condition_t **out,
                     egret_span_t *fault)
{
    reader_t reader = { .arena = arena, .token = EGRET_SPAN(""),
                        .fault = fault };
    egret_rc_t rc;

    *fault = EGRET_SPAN("");
    reader.condition = egret_arena_zeroed(arena, 1, sizeof(*reader.condition));
    if (reader.condition == NULL) {
        return egret_arena_rc(arena);
    }
    reader.condition->text = text;
    reader.condition->units = units;
    if (text.length > EGRET_CONDITION_BYTES) {
        return refuse(&reader, EGRET_ERANGE, "is too far from its begin");
    }
    reader.next = &reader.condition->first;

    advance(&reader);
    rc = read_any(&reader, false, &reader.condition->root);
    if (rc == EGRET_OK && reader.token.length > 0) {
        rc = refuse(&reader, EGRET_ESYNTAX, "stands where and or or belongs");
    }
    if (rc == EGRET_OK) {
        *out = reader.condition;
    }

    return rc;
}
