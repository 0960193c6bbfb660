/* SPDX-License-Identifier: Apache-2.0 */

#include "taxonomy/crosswalk.h"

#include "taxonomy/crosswalk_row.h"
#include "taxonomy/sssom.h"

#define FIRST_CAPACITY ((size_t) 64)

typedef struct {
    egret_tsv_t tsv;
    egret_sssom_header_t header;
    egret_scheme_finder_t find;
    void *context;
    const egret_units_t *units;
    egret_crosswalk_t *crosswalk;
    egret_map_t schemes_by_prefix; /* to const egret_scheme_t */
    egret_map_t prefixes_by_scheme; /* to an egret_span_t */
    egret_span_t cells[EGRET_SSSOM_CELL_COUNT];
} reader_t;


static egret_rc_t
refuse(reader_t *reader, egret_rc_t rc, egret_sssom_cell_t cell,
       const char *what)
{
    return egret_sssom_refuse(&reader->tsv, rc, reader->cells, cell, what);
}


/* What follows the last of / # : */
static egret_span_t
local_name(egret_span_t source)
{
    size_t from = source.length;

    while (from > 0 && source.at[from - 1] != '/' && source.at[from - 1] != '#'
           && source.at[from - 1] != ':')
    {
        from--;
    }

    return egret_span_slice(source, from, source.length);
}


static egret_rc_t
find_scheme(reader_t *reader, egret_sssom_cell_t source,
            const egret_scheme_t **out)
{
    egret_span_t id = local_name(reader->cells[source]);
    egret_span_t version = reader->cells[source + 1];

    if (id.length == 0) {
        return refuse(reader, EGRET_ESYNTAX, source, "names no scheme");
    }
    if (version.length == 0) {
        return refuse(reader, EGRET_ESYNTAX, source + 1, "names no version");
    }

    *out = reader->find(reader->context, id, version);
    if (*out == NULL) {
        return egret_tsv_refuse(
            &reader->tsv, EGRET_ENOTFOUND, reader->tsv.line,
            egret_arena_print(reader->tsv.arena,
                              "scheme %.*s/%.*s is not loaded",
                              EGRET_SPAN_ARGS(egret_tsv_shown(id)),
                              EGRET_SPAN_ARGS(egret_tsv_shown(version))));
    }

    return EGRET_OK;
}


/* One prefix, one scheme, both ways: else a code could be looked up in a
 * scheme that it is not from. */
static egret_rc_t
bind_prefix(reader_t *reader, egret_sssom_cell_t cell, egret_span_t prefix,
            const egret_scheme_t *scheme)
{
    const egret_scheme_t *bound = egret_map_find(&reader->schemes_by_prefix,
                                                 prefix);
    egret_span_t key, *value;
    egret_rc_t rc;

    if (bound == scheme) {
        return EGRET_OK;
    }
    if (bound != NULL) {
        return refuse(reader, EGRET_EINVAL, cell,
                      "has a prefix that stands for another scheme here");
    }

    key = egret_arena_print(reader->tsv.arena, "%.*s/%.*s",
                            EGRET_SPAN_ARGS(scheme->id),
                            EGRET_SPAN_ARGS(scheme->version));
    value = egret_arena_zeroed(reader->tsv.arena, 1, sizeof(*value));
    if (key.at == NULL || value == NULL) {
        return egret_arena_rc(reader->tsv.arena);
    }
    *value = prefix;
    rc = egret_map_add(&reader->prefixes_by_scheme, key, value);
    if (rc != EGRET_OK) {
        return refuse(reader, rc == EGRET_EEXIST ? EGRET_EINVAL : rc, cell,
                      "has not the prefix that its scheme has here");
    }

    return egret_map_add(&reader->schemes_by_prefix, prefix, (void *) scheme);
}


static egret_rc_t
find_class(reader_t *reader, egret_sssom_cell_t cell,
           const egret_scheme_t *scheme, const egret_class_t **out)
{
    egret_span_t curie = reader->cells[cell];
    size_t mark = egret_span_find(curie, ':');
    egret_span_t prefix = egret_span_slice(curie, 0, mark);
    egret_span_t code = egret_span_slice(curie, mark + 1, curie.length);
    egret_rc_t rc;

    if (mark == 0 || mark == curie.length || code.length == 0) {
        return refuse(reader, EGRET_ESYNTAX, cell, "is no PREFIX:CODE");
    }
    if (egret_map_find(&reader->header.prefixes, prefix) == NULL) {
        return refuse(reader, EGRET_ENOTFOUND, cell,
                      "has a prefix that curie_map does not declare");
    }
    rc = bind_prefix(reader, cell, prefix, scheme);
    if (rc != EGRET_OK) {
        return rc;
    }

    switch (egret_scheme_code_fit(scheme, code)) {
    case EGRET_CODE_ABSENT:
    case EGRET_CODE_NOT_LISTED:
        return refuse(reader, EGRET_ENOTFOUND, cell,
                      "is no code of its scheme's version");
    case EGRET_CODE_NO_LEAF:
        return refuse(reader, EGRET_EINVAL, cell,
                      "is no leaf, as its scheme demands");
    case EGRET_CODE_FITS:
        break;
    }
    *out = egret_scheme_class(scheme, code);

    return EGRET_OK;
}


static egret_rc_t
read_ends(reader_t *reader, egret_crosswalk_row_t *row)
{
    const egret_scheme_t *subject_scheme = NULL;
    egret_rc_t rc = find_scheme(reader, EGRET_SSSOM_SUBJECT_SOURCE,
                                &subject_scheme);

    if (rc == EGRET_OK) {
        rc = find_scheme(reader, EGRET_SSSOM_OBJECT_SOURCE,
                         &row->object_scheme);
    }
    if (rc != EGRET_OK) {
        return rc;
    }
    if (subject_scheme == row->object_scheme) {
        return refuse(reader, EGRET_EINVAL, EGRET_SSSOM_OBJECT_SOURCE,
                      "is the subject's own version");
    }

    rc = find_class(reader, EGRET_SSSOM_SUBJECT_ID, subject_scheme,
                    &row->subject);
    if (rc != EGRET_OK
        || egret_span_equals_text(reader->cells[EGRET_SSSOM_OBJECT_ID],
                                  "sssom:NoTermFound"))
    {
        return rc;
    }

    return find_class(reader, EGRET_SSSOM_OBJECT_ID, row->object_scheme,
                      &row->object);
}


static egret_rc_t
read_row(reader_t *reader, egret_crosswalk_row_t *row)
{
    egret_rc_t rc = read_ends(reader, row);

    return rc == EGRET_OK
               ? egret_crosswalk_row_read(&reader->tsv, reader->cells,
                                          reader->units, row)
               : rc;
}


static egret_rc_t
make_room(reader_t *reader, size_t *capacity)
{
    egret_crosswalk_t *crosswalk = reader->crosswalk;
    size_t larger = *capacity == 0 ? FIRST_CAPACITY : *capacity * 2;
    egret_crosswalk_row_t *rows;

    if (crosswalk->row_count < *capacity) {
        return EGRET_OK;
    }

    rows = egret_arena_grow(reader->tsv.arena, crosswalk->rows,
                            *capacity * sizeof(*rows), larger * sizeof(*rows));
    if (rows == NULL) {
        return egret_arena_rc(reader->tsv.arena);
    }
    crosswalk->rows = rows;
    *capacity = larger;

    return EGRET_OK;
}


static egret_rc_t
read_rows(reader_t *reader)
{
    egret_crosswalk_t *crosswalk = reader->crosswalk;
    size_t capacity = 0;
    egret_span_t line;

    while (egret_tsv_next(&reader->tsv, &line)) {
        egret_crosswalk_row_t *row;
        egret_rc_t rc;

        if (line.length == 0 || line.at[0] == '#') {
            continue;
        }
        rc = egret_sssom_read_row(&reader->header, &reader->tsv, line,
                                  reader->cells);
        if (rc == EGRET_OK) {
            rc = make_room(reader, &capacity);
        }
        if (rc != EGRET_OK) {
            return rc;
        }
        if (egret_span_equals_text(reader->cells[EGRET_SSSOM_SUBJECT_ID],
                                   "sssom:NoTermFound"))
        {
            crosswalk->skipped_count++;
            continue;
        }

        row = &crosswalk->rows[crosswalk->row_count];
        *row = (egret_crosswalk_row_t){ .crosswalk = crosswalk,
                                        .line = reader->tsv.line };
        rc = read_row(reader, row);
        if (rc != EGRET_OK) {
            return rc;
        }
        crosswalk->row_count++;
    }

    return EGRET_OK;
}


egret_rc_t
egret_crosswalk_read(egret_span_t file, egret_span_t text,
                     egret_scheme_finder_t find, void *context,
                     const egret_units_t *units, egret_arena_t *arena,
                     egret_crosswalk_t **out, egret_span_t *fault)
{
    reader_t reader = { .find = find, .context = context, .units = units };
    egret_rc_t rc = egret_tsv_init(&reader.tsv, arena, file, text, fault);

    if (rc != EGRET_OK) {
        return rc;
    }
    reader.crosswalk = egret_arena_zeroed(arena, 1, sizeof(*reader.crosswalk));
    if (reader.crosswalk == NULL) {
        return egret_arena_rc(arena);
    }
    egret_map_init(&reader.schemes_by_prefix, arena);
    egret_map_init(&reader.prefixes_by_scheme, arena);

    rc = egret_sha256(text, &reader.crosswalk->digest);
    if (rc == EGRET_OK) {
        rc = egret_sssom_read_header(&reader.header, &reader.tsv);
    }
    if (rc != EGRET_OK) {
        return rc;
    }
    reader.crosswalk->file = file;
    reader.crosswalk->id = reader.header.id;
    reader.crosswalk->version = reader.header.version;
    reader.crosswalk->license = reader.header.license;
    reader.crosswalk->date = reader.header.date;

    rc = read_rows(&reader);
    if (rc == EGRET_OK) {
        *out = reader.crosswalk;
    }

    return rc;
}
