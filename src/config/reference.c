/* SPDX-License-Identifier: Apache-2.0 */

#include "config/reference.h"

#include <errno.h>
#include <string.h>

#include "config/file.h"
#include "config/reference_file.h"

typedef struct {
    egret_arena_t *arena;
    const egret_reference_file_t *file;
    egret_span_t rest;
    uint32_t line;
    egret_span_t *fault;
} reader_t;


static bool
is_code(egret_span_t text, size_t length)
{
    if (text.length != length) {
        return false;
    }

    for (size_t i = 0; i < length; i++) {
        if (text.at[i] < 'A' || text.at[i] > 'Z') {
            return false;
        }
    }

    return true;
}


static egret_rc_t
add_name(egret_map_t *map, egret_arena_t *arena, egret_span_t code,
         egret_span_t name, const char **what)
{
    egret_span_t *value = egret_arena_zeroed(arena, 1, sizeof(*value));

    if (value == NULL) {
        return egret_arena_rc(arena);
    }
    *value = name;
    *what = "stands twice";

    return egret_map_add(map, code, value);
}


static egret_rc_t
add_currency(egret_reference_t *reference, egret_arena_t *arena,
             const egret_span_t *fields, const char **what)
{
    egret_span_t unit = fields[1];
    egret_currency_t *currency;

    if (!is_code(fields[0], 3)) {
        *what = "is no currency code (three capital letters)";
        return EGRET_ESYNTAX;
    }
    if (unit.length != 1
        || (unit.at[0] != '-' && (unit.at[0] < '0' || unit.at[0] > '9')))
    {
        *what = "has no minor unit (a digit, or - for none)";
        return EGRET_ESYNTAX;
    }

    currency = egret_arena_zeroed(arena, 1, sizeof(*currency));
    if (currency == NULL) {
        return egret_arena_rc(arena);
    }
    currency->code = fields[0];
    currency->minor_unit = unit.at[0] == '-' ? -1 : unit.at[0] - '0';
    currency->name = fields[2];
    *what = "stands twice";

    return egret_map_add(&reference->currencies, currency->code, currency);
}


static egret_rc_t
add_country(egret_reference_t *reference, egret_arena_t *arena,
            const egret_span_t *fields, const char **what)
{
    if (!is_code(fields[0], 2)) {
        *what = "is no ISO 3166-1 code (two capital letters)";
        return EGRET_ESYNTAX;
    }

    return add_name(&reference->countries, arena, fields[0], fields[1], what);
}


static egret_rc_t
add_hint(egret_reference_t *reference, egret_arena_t *arena,
         const egret_span_t *fields, const char **what)
{
    if (!is_code(fields[0], 3)) {
        *what = "is no currency code (three capital letters)";
        return EGRET_ESYNTAX;
    }

    return add_name(&reference->currency_hints, arena, fields[0], fields[1],
                    what);
}


static const egret_reference_file_t files[] = {
    { "currencies.tsv", { "code", "minor_unit", "name" }, 3, add_currency,
      false },
    { "countries.tsv", { "code", "name" }, 2, add_country, false },
    { "currency_hints.tsv", { "code", "meaning" }, 2, add_hint, false },
    { NULL, { NULL }, 0, NULL, false },
};


static egret_rc_t
refuse(reader_t *reader, egret_rc_t rc, egret_span_t subject, const char *what)
{
    if (rc == EGRET_ENOMEM || rc == EGRET_ELIMIT) {
        return rc;
    }

    *reader->fault =
        reader->line == 0
            ? egret_arena_print(reader->arena, "%s: %s", reader->file->name,
                                what)
            : egret_arena_print(reader->arena, "%s:%u: %.*s%s%s",
                                reader->file->name, reader->line,
                                EGRET_SPAN_ARGS(subject),
                                subject.length > 0 ? " " : "", what);

    return reader->fault->at == NULL ? egret_arena_rc(reader->arena) : rc;
}


/* The next line that is no comment and not empty. */
static bool
next_line(reader_t *reader, egret_span_t *line)
{
    while (reader->rest.length > 0) {
        size_t end = egret_span_find(reader->rest, '\n');

        *line = egret_span_slice(reader->rest, 0, end);
        reader->rest = egret_span_slice(reader->rest, end + 1,
                                        reader->rest.length);
        reader->line++;

        if (line->length > 0 && line->at[line->length - 1] == '\r') {
            line->length--;
        }
        if (line->length > 0 && line->at[0] != '#') {
            return true;
        }
    }

    return false;
}


/* False unless the line has exactly the file's columns, none of them empty. */
static bool
split(const reader_t *reader, egret_span_t line, egret_span_t *fields)
{
    for (size_t i = 0; i < reader->file->column_count; i++) {
        size_t end = egret_span_find(line, '\t');
        bool is_last = i + 1 == reader->file->column_count;

        if (end == 0 || (end == line.length) != is_last) {
            return false;
        }
        fields[i] = egret_span_slice(line, 0, end);
        line = egret_span_slice(line, end + 1, line.length);
    }

    return true;
}


static egret_rc_t
read_header(reader_t *reader)
{
    egret_span_t fields[EGRET_REFERENCE_COLUMNS];
    egret_span_t line;

    if (!next_line(reader, &line)) {
        return refuse(reader, EGRET_ESYNTAX, (egret_span_t){ NULL, 0 },
                      "there is no column header");
    }
    if (!split(reader, line, fields)) {
        return refuse(reader, EGRET_ESYNTAX, (egret_span_t){ NULL, 0 },
                      "the column header has not the columns of this list");
    }

    for (size_t i = 0; i < reader->file->column_count; i++) {
        if (!egret_span_equals_text(fields[i], reader->file->columns[i])) {
            return refuse(reader, EGRET_ESYNTAX, fields[i],
                          "is no column of this list");
        }
    }

    return EGRET_OK;
}


static egret_rc_t
read_rows(reader_t *reader, egret_reference_t *reference)
{
    egret_span_t fields[EGRET_REFERENCE_COLUMNS];
    egret_span_t line;

    while (next_line(reader, &line)) {
        const char *what = "";
        egret_rc_t rc;

        if (!split(reader, line, fields)) {
            return refuse(reader, EGRET_ESYNTAX, line,
                          "has not one tab and one value for each column");
        }
        if (!egret_span_is_utf8(line, NULL)) {
            return refuse(reader, EGRET_ESYNTAX, fields[0], "is not UTF-8");
        }

        rc = reader->file->add(reference, reader->arena, fields, &what);
        if (rc != EGRET_OK) {
            return refuse(reader, rc, fields[0], what);
        }
    }

    return EGRET_OK;
}


static egret_rc_t
load_file(const char *folder, const egret_reference_file_t *file,
          egret_reference_t *reference, egret_arena_t *arena,
          egret_span_t *fault)
{
    const char *path = egret_file_path(folder, egret_span_from(file->name),
                                       arena);
    egret_reference_file_t named = *file;
    reader_t reader = { arena, &named, { NULL, 0 }, 0, fault };
    egret_rc_t rc;

    if (path == NULL) {
        return egret_arena_rc(arena);
    }
    named.name = path;

    rc = egret_file_read(path, EGRET_FILE_MAXIMUM, arena, &reader.rest);
    if (rc == EGRET_EIO && file->is_optional && errno == ENOENT) {
        return EGRET_OK;
    }
    if (rc == EGRET_EIO) {
        return refuse(&reader, rc, (egret_span_t){ NULL, 0 },
                      egret_file_reason(EGRET_FILE_MAXIMUM, arena));
    }
    if (rc != EGRET_OK) {
        return rc;
    }

    rc = read_header(&reader);
    if (rc != EGRET_OK) {
        return rc;
    }

    return read_rows(&reader, reference);
}


static egret_rc_t
load_files(const char *folder, const egret_reference_file_t *list,
           egret_reference_t *reference, egret_arena_t *arena,
           egret_span_t *fault)
{
    egret_rc_t rc = EGRET_OK;

    for (size_t i = 0; rc == EGRET_OK && list[i].name != NULL; i++) {
        rc = load_file(folder, &list[i], reference, arena, fault);
    }

    return rc;
}


egret_rc_t
egret_reference_load(const char *folder, egret_arena_t *arena,
                     const egret_reference_t **out, egret_span_t *fault)
{
    egret_reference_t *reference;
    egret_rc_t rc;

    *fault = EGRET_SPAN("");
    reference = egret_arena_zeroed(arena, 1, sizeof(*reference));
    if (reference == NULL) {
        return egret_arena_rc(arena);
    }
    egret_map_init(&reference->currencies, arena);
    egret_map_init(&reference->countries, arena);
    egret_map_init(&reference->currency_hints, arena);

    egret_map_init(&reference->standards, arena);
    egret_map_init(&reference->reviewers, arena);
    egret_map_init(&reference->duties, arena);
    egret_map_init(&reference->grid_factors, arena);
    egret_map_init(&reference->capacity_factors, arena);
    egret_map_init(&reference->avoided_factors, arena);

    rc = load_files(folder, files, reference, arena, fault);
    if (rc == EGRET_OK) {
        rc = load_files(folder, egret_reference_green_files, reference, arena,
                        fault);
    }
    if (rc != EGRET_OK) {
        return rc;
    }

    *out = reference;

    return EGRET_OK;
}


const egret_currency_t *
egret_reference_currency(const egret_reference_t *reference, egret_span_t code)
{
    return egret_map_find(&reference->currencies, code);
}


bool
egret_reference_has_country(const egret_reference_t *reference,
                            egret_span_t code)
{
    return egret_map_find(&reference->countries, code) != NULL;
}


egret_span_t
egret_reference_currency_hint(const egret_reference_t *reference,
                              egret_span_t code)
{
    const egret_span_t *hint = egret_map_find(&reference->currency_hints, code);

    return hint == NULL ? EGRET_SPAN("") : *hint;
}
