/* SPDX-License-Identifier: Apache-2.0 */

#include "taxonomy/units.h"

#include "taxonomy/tsv.h"

enum {
    UNIT_CODE,
    UNIT_KIND,
    UNIT_DIMENSION,
    UNIT_NUMERATOR,
    UNIT_DENOMINATOR,
    UNIT_STORES_AS,
    UNIT_LABEL,
    UNIT_SOURCE,
    UNIT_CONFIDENCE,
    UNIT_COLUMNS
};

enum {
    METRIC_CODE,
    METRIC_DIMENSION,
    METRIC_LABEL,
    METRIC_SOURCE,
    METRIC_CONFIDENCE,
    METRIC_COLUMNS
};

static const char *const unit_columns[UNIT_COLUMNS] = {
    "code", "kind", "dimension", "numerator", "denominator", "stores_as",
    "label", "source", "confidence"
};
static const char *const metric_columns[METRIC_COLUMNS] = {
    "code", "dimension", "label", "source", "confidence"
};
static const char *const kinds[] = { "unit", "alias", "multiplier" };

typedef struct {
    egret_units_t *units;
    egret_tsv_t tsv;
    const char *const *columns;
    size_t column_count;
    egret_span_t fields[UNIT_COLUMNS];
} reader_t;


egret_rc_t
egret_units_create(egret_arena_t *arena, egret_units_t **out)
{
    egret_units_t *units = egret_arena_zeroed(arena, 1, sizeof(*units));

    if (units == NULL) {
        return egret_arena_rc(arena);
    }
    units->arena = arena;
    egret_map_init(&units->units, arena);
    egret_map_init(&units->metrics, arena);
    *out = units;

    return EGRET_OK;
}


static egret_rc_t
refuse_at(reader_t *reader, egret_rc_t rc, uint32_t line, egret_span_t subject,
          const char *what)
{
    return egret_tsv_refuse(
        &reader->tsv, rc, line,
        egret_arena_print(reader->tsv.arena, "\"%.*s\" %s",
                          EGRET_SPAN_ARGS(egret_tsv_shown(subject)), what));
}


static egret_rc_t
refuse(reader_t *reader, egret_rc_t rc, const char *what)
{
    return refuse_at(reader, rc, reader->tsv.line, reader->fields[0], what);
}


/* The next line with text, split; `*has_line` false after the last. */
static egret_rc_t
next_fields(reader_t *reader, bool *has_line)
{
    egret_span_t line = EGRET_SPAN("");
    size_t count;

    do {
        *has_line = egret_tsv_next(&reader->tsv, &line);
    } while (*has_line && (line.length == 0 || line.at[0] == '#'));

    if (!*has_line) {
        return EGRET_OK;
    }
    count = egret_tsv_split(line, reader->fields, reader->column_count);
    if (count != reader->column_count) {
        return egret_tsv_refuse(
            &reader->tsv, EGRET_ESYNTAX, reader->tsv.line,
            egret_arena_print(reader->tsv.arena, "has %zu columns, not %zu",
                              count, reader->column_count));
    }
    for (size_t i = 0; i < count; i++) {
        if (reader->fields[i].length == 0) {
            return egret_tsv_refuse(
                &reader->tsv, EGRET_ESYNTAX, reader->tsv.line,
                egret_arena_print(reader->tsv.arena, "column %s is empty",
                                  reader->columns[i]));
        }
    }

    return EGRET_OK;
}


static egret_rc_t
read_column_header(reader_t *reader)
{
    bool has_line;
    egret_rc_t rc = next_fields(reader, &has_line);

    if (rc == EGRET_OK && !has_line) {
        return egret_tsv_refuse(&reader->tsv, EGRET_ESYNTAX, reader->tsv.line,
                                EGRET_SPAN("there is no column header"));
    }
    for (size_t i = 0; rc == EGRET_OK && i < reader->column_count; i++) {
        if (!egret_span_equals_text(reader->fields[i], reader->columns[i])) {
            rc = egret_tsv_refuse(
                &reader->tsv, EGRET_ESYNTAX, reader->tsv.line,
                egret_arena_print(reader->tsv.arena, "column %zu is not %s",
                                  i + 1, reader->columns[i]));
        }
    }

    return rc;
}


static bool
read_kind(egret_span_t text, egret_unit_kind_t *out)
{
    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        if (egret_span_equals_text(text, kinds[i])) {
            *out = (egret_unit_kind_t) i;
            return true;
        }
    }

    return false;
}


static bool
read_factor(egret_span_t text, egret_decimal_t *out)
{
    return egret_decimal_read(text, out) == EGRET_OK
           && egret_decimal_sign(out) > 0;
}


static egret_rc_t
read_unit(reader_t *reader)
{
    egret_unit_t *unit = egret_arena_zeroed(reader->tsv.arena, 1,
                                            sizeof(*unit));
    bool stores_itself;
    egret_rc_t rc;

    if (unit == NULL) {
        return egret_arena_rc(reader->tsv.arena);
    }
    unit->code = reader->fields[UNIT_CODE];
    unit->dimension = reader->fields[UNIT_DIMENSION];
    unit->stores_as_code = reader->fields[UNIT_STORES_AS];
    unit->label = reader->fields[UNIT_LABEL];
    unit->source = reader->fields[UNIT_SOURCE];
    unit->line = reader->tsv.line;
    stores_itself = egret_span_equals_text(unit->stores_as_code, "-");

    if (!read_kind(reader->fields[UNIT_KIND], &unit->kind)) {
        return refuse(reader, EGRET_ESYNTAX, "is no unit, alias or multiplier");
    }
    if (!read_factor(reader->fields[UNIT_NUMERATOR], &unit->numerator)
        || !read_factor(reader->fields[UNIT_DENOMINATOR], &unit->denominator))
    {
        return refuse(reader, EGRET_ESYNTAX,
                      "has no factor (two decimal numbers above 0)");
    }
    if (stores_itself == (unit->kind == EGRET_UNIT_ALIAS)) {
        return refuse(reader, EGRET_ESYNTAX,
                      "must store as a unit when it is an alias, else as -");
    }

    rc = egret_map_add(&reader->units->units, unit->code, unit);

    return rc == EGRET_OK ? rc : refuse(reader, rc, "stands twice");
}


static egret_rc_t
resolve_aliases(reader_t *reader)
{
    const egret_map_t *units = &reader->units->units;

    for (size_t i = 0; i < units->count; i++) {
        egret_unit_t *unit = units->entries[i].value;
        const egret_unit_t *stored;

        if (unit->kind != EGRET_UNIT_ALIAS) {
            continue;
        }
        stored = egret_map_find(units, unit->stores_as_code);
        if (stored == NULL || stored->kind != EGRET_UNIT_CODE) {
            return refuse_at(reader, EGRET_ENOTFOUND, unit->line,
                             unit->stores_as_code, "is no unit to store as");
        }
        if (!egret_span_equals(stored->dimension, unit->dimension)) {
            return refuse_at(reader, EGRET_EINVAL, unit->line, unit->code,
                             "stores as a unit of another dimension");
        }
        unit->stores_as = stored;
    }

    return EGRET_OK;
}


static bool
has_dimension(const egret_units_t *units, egret_span_t dimension)
{
    for (size_t i = 0; i < units->units.count; i++) {
        const egret_unit_t *unit = units->units.entries[i].value;

        if (unit->kind == EGRET_UNIT_CODE
            && egret_span_equals(unit->dimension, dimension))
        {
            return true;
        }
    }

    return false;
}


static egret_rc_t
read_metric(reader_t *reader)
{
    egret_metric_t *metric = egret_arena_zeroed(reader->tsv.arena, 1,
                                                sizeof(*metric));
    egret_rc_t rc;

    if (metric == NULL) {
        return egret_arena_rc(reader->tsv.arena);
    }
    metric->code = reader->fields[METRIC_CODE];
    metric->dimension = reader->fields[METRIC_DIMENSION];
    metric->label = reader->fields[METRIC_LABEL];
    metric->source = reader->fields[METRIC_SOURCE];
    if (!has_dimension(reader->units, metric->dimension)) {
        return refuse(reader, EGRET_ENOTFOUND,
                      "has a dimension that no unit has");
    }

    rc = egret_map_add(&reader->units->metrics, metric->code, metric);

    return rc == EGRET_OK ? rc : refuse(reader, rc, "stands twice");
}


static egret_rc_t
read_rows(reader_t *reader, egret_rc_t (*read_row)(reader_t *reader))
{
    egret_rc_t rc = read_column_header(reader);
    bool has_line = true;

    while (rc == EGRET_OK) {
        rc = next_fields(reader, &has_line);
        if (rc != EGRET_OK || !has_line) {
            return rc;
        }
        rc = read_row(reader);
    }

    return rc;
}


egret_rc_t
egret_units_read(egret_units_t *units, egret_span_t file, egret_span_t text,
                 egret_span_t *fault)
{
    reader_t reader = { .units = units, .columns = unit_columns,
                        .column_count = UNIT_COLUMNS };
    egret_rc_t rc = egret_tsv_init(&reader.tsv, units->arena, file, text,
                                   fault);

    if (rc == EGRET_OK) {
        rc = read_rows(&reader, read_unit);
    }

    return rc == EGRET_OK ? resolve_aliases(&reader) : rc;
}


egret_rc_t
egret_units_read_metrics(egret_units_t *units, egret_span_t file,
                         egret_span_t text, egret_span_t *fault)
{
    reader_t reader = { .units = units, .columns = metric_columns,
                        .column_count = METRIC_COLUMNS };
    egret_rc_t rc = egret_tsv_init(&reader.tsv, units->arena, file, text,
                                   fault);

    return rc == EGRET_OK ? read_rows(&reader, read_metric) : rc;
}


const egret_unit_t *
egret_units_find(const egret_units_t *units, egret_span_t code)
{
    return egret_map_find(&units->units, code);
}


const egret_metric_t *
egret_units_metric(const egret_units_t *units, egret_span_t code)
{
    return egret_map_find(&units->metrics, code);
}


bool
egret_metric_takes(const egret_metric_t *metric, const egret_unit_t *unit)
{
    return unit->kind == EGRET_UNIT_CODE
           && egret_span_equals(metric->dimension, unit->dimension);
}


/* a * b * c */
static egret_rc_t
multiply_three(const egret_decimal_t *a, const egret_decimal_t *b,
               const egret_decimal_t *c, egret_decimal_t *out)
{
    egret_decimal_t product;
    egret_rc_t rc = egret_decimal_multiply(a, b, &product);

    return rc == EGRET_OK ? egret_decimal_multiply(&product, c, out) : rc;
}


egret_rc_t
egret_unit_convert(const egret_unit_t *from, const egret_unit_t *to,
                   const egret_decimal_t *value, unsigned scale,
                   egret_decimal_t *out, bool *is_exact)
{
    egret_decimal_t above, below;
    egret_rc_t rc;

    if (!egret_span_equals(from->dimension, to->dimension)) {
        return EGRET_EINVAL;
    }

    rc = multiply_three(value, &from->numerator, &to->denominator, &above);
    if (rc == EGRET_OK) {
        rc = egret_decimal_multiply(&from->denominator, &to->numerator, &below);
    }

    return rc == EGRET_OK
               ? egret_decimal_divide(&above, &below, scale, out, is_exact)
               : rc;
}


egret_rc_t
egret_unit_compare(const egret_unit_t *unit_a, const egret_decimal_t *a,
                   const egret_unit_t *unit_b, const egret_decimal_t *b,
                   int *out)
{
    egret_decimal_t left, right;
    egret_rc_t rc;

    if (!egret_span_equals(unit_a->dimension, unit_b->dimension)) {
        return EGRET_EINVAL;
    }

    rc = multiply_three(a, &unit_a->numerator, &unit_b->denominator, &left);
    if (rc == EGRET_OK) {
        rc = multiply_three(b, &unit_b->numerator, &unit_a->denominator,
                            &right);
    }
    if (rc == EGRET_OK) {
        *out = egret_decimal_compare(&left, &right);
    }

    return rc;
}
