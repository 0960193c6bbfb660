/* SPDX-License-Identifier: Apache-2.0 */

#include "taxonomy/scheme.h"

#include <string.h>

#include "taxonomy/scheme_header.h"
#include "taxonomy/tsv.h"

#define FIRST_CAPACITY ((size_t) 64)

enum {
    COLUMN_CODE,
    COLUMN_PARENT,
    COLUMN_LABELS,
    COLUMN_SOURCE_REF = COLUMN_LABELS + EGRET_LANGUAGE_COUNT,
    COLUMN_CONFIDENCE,
    COLUMN_COUNT
};

static const char *const columns[COLUMN_COUNT] = {
    "code", "parent", "label_en", "label_zh_hans", "label_zh_hant", "label_pt",
    "label_ru", "source_ref", "confidence"
};


static egret_rc_t
read_column_header(egret_tsv_t *tsv, egret_span_t line)
{
    egret_span_t fields[COLUMN_COUNT];
    size_t count = egret_tsv_split(line, fields, COLUMN_COUNT);

    for (size_t i = 0; i < COLUMN_COUNT; i++) {
        if (i >= count || !egret_span_equals_text(fields[i], columns[i])) {
            return egret_tsv_refuse(
                tsv, EGRET_ESYNTAX, tsv->line,
                egret_arena_print(tsv->arena, "column %zu is not %s", i + 1,
                                  columns[i]));
        }
    }

    return count == COLUMN_COUNT
               ? EGRET_OK
               : egret_tsv_refuse(tsv, EGRET_ESYNTAX, tsv->line,
                                  EGRET_SPAN("has more than 9 columns"));
}


static egret_rc_t
read_header(egret_scheme_header_t *header, egret_tsv_t *tsv)
{
    egret_span_t line;

    while (egret_tsv_next(tsv, &line)) {
        egret_rc_t rc;

        if (line.length > 0 && line.at[0] == '#') {
            rc = egret_scheme_header_line(header, tsv, line);
            if (rc != EGRET_OK) {
                return rc;
            }
        } else if (line.length > 0) {
            rc = egret_scheme_header_finish(header, tsv);
            return rc == EGRET_OK ? read_column_header(tsv, line) : rc;
        }
    }

    return egret_tsv_refuse(tsv, EGRET_ESYNTAX, tsv->line,
                            EGRET_SPAN("there is no column header"));
}


static egret_rc_t
check_rows_digest(const egret_scheme_header_t *header, egret_tsv_t *tsv)
{
    egret_sha256_t digest;
    char hex[EGRET_SHA256_HEX];
    egret_rc_t rc;

    if (!header->has_rows_digest) {
        return EGRET_OK;
    }
    rc = egret_sha256(tsv->rest, &digest);
    if (rc != EGRET_OK) {
        return rc;
    }

    for (size_t i = 0; i < EGRET_SHA256_BYTES; i++) {
        if (digest.bytes[i] != header->rows_digest.bytes[i]) {
            egret_sha256_hex(&digest, hex);
            return egret_tsv_refuse(
                tsv, EGRET_EINVAL, header->digest_line,
                egret_arena_print(tsv->arena,
                                  "digest is not that of the rows, sha256:%s",
                                  hex));
        }
    }

    return EGRET_OK;
}


static const char *
row_fault(const egret_class_t *row)
{
    bool has_label = false;

    for (int i = 0; i < EGRET_LANGUAGE_COUNT; i++) {
        has_label = has_label || row->labels[i].length > 0;
    }

    if (!egret_tsv_is_code(row->code, false)) {
        return "is no code (1 to 35 characters, no space, quotation mark, # "
               "or |)";
    }
    if (!has_label) {
        return "has no label";
    }
    if (row->source_ref.length == 0) {
        return "has no source_ref";
    }

    return row->confidence.length == 0 ? "has no confidence" : NULL;
}


static egret_rc_t
read_row(egret_tsv_t *tsv, egret_span_t line, egret_class_t *row)
{
    egret_span_t fields[COLUMN_COUNT];
    size_t count = egret_tsv_split(line, fields, COLUMN_COUNT);
    const char *what;

    if (count != COLUMN_COUNT) {
        return egret_tsv_refuse(
            tsv, EGRET_ESYNTAX, tsv->line,
            egret_arena_print(tsv->arena, "has %zu columns, not 9", count));
    }

    row->code = fields[COLUMN_CODE];
    row->parent_code = fields[COLUMN_PARENT];
    for (int i = 0; i < EGRET_LANGUAGE_COUNT; i++) {
        row->labels[i] = fields[COLUMN_LABELS + i];
    }
    row->source_ref = fields[COLUMN_SOURCE_REF];
    row->confidence = fields[COLUMN_CONFIDENCE];
    row->line = tsv->line;
    row->is_leaf = true;

    what = row_fault(row);
    if (what != NULL) {
        return egret_tsv_refuse(
            tsv, EGRET_ESYNTAX, tsv->line,
            egret_arena_print(tsv->arena, "\"%.*s\" %s",
                              EGRET_SPAN_ARGS(egret_tsv_shown(row->code)),
                              what));
    }

    return EGRET_OK;
}


static egret_rc_t
read_rows(egret_scheme_t *scheme, egret_tsv_t *tsv)
{
    size_t capacity = 0;
    egret_span_t line;

    while (egret_tsv_next(tsv, &line)) {
        egret_class_t *row;
        egret_rc_t rc;

        if (egret_scheme_header_is_key(line)) {
            return egret_tsv_refuse(tsv, EGRET_ESYNTAX, tsv->line,
                                    EGRET_SPAN("a key of the header stands "
                                               "behind the column header"));
        }
        if (line.length == 0 || line.at[0] == '#') {
            continue;
        }
        if (scheme->class_count == capacity) {
            size_t larger = capacity == 0 ? FIRST_CAPACITY : capacity * 2;

            row = egret_arena_grow(tsv->arena, scheme->classes,
                                   capacity * sizeof(*row),
                                   larger * sizeof(*row));
            if (row == NULL) {
                return egret_arena_rc(tsv->arena);
            }
            scheme->classes = row;
            capacity = larger;
        }

        row = &scheme->classes[scheme->class_count];
        *row = (egret_class_t){ .scheme = scheme };
        rc = read_row(tsv, line, row);
        if (rc != EGRET_OK) {
            return rc;
        }
        scheme->class_count++;
    }

    return scheme->class_count > 0
               ? EGRET_OK
               : egret_tsv_refuse(tsv, EGRET_ESYNTAX, tsv->line,
                                  EGRET_SPAN("there are no rows"));
}


static egret_rc_t
refuse_row(egret_tsv_t *tsv, egret_rc_t rc, const egret_class_t *row,
           const char *what)
{
    return egret_tsv_refuse(tsv, rc, row->line,
                            egret_arena_print(tsv->arena, "code %.*s %s",
                                              EGRET_SPAN_ARGS(row->code),
                                              what));
}


static egret_rc_t
index_rows(egret_scheme_t *scheme, egret_tsv_t *tsv)
{
    for (size_t i = 0; i < scheme->class_count; i++) {
        egret_class_t *row = &scheme->classes[i];
        egret_rc_t rc = egret_map_add(&scheme->by_code, row->code, row);

        if (rc == EGRET_EEXIST) {
            return refuse_row(tsv, rc, row, "stands twice");
        }
        if (rc != EGRET_OK) {
            return rc;
        }
    }

    for (size_t i = 0; i < scheme->class_count; i++) {
        egret_class_t *row = &scheme->classes[i];
        egret_class_t *parent = egret_map_find(&scheme->by_code,
                                               row->parent_code);

        if (row->parent_code.length == 0) {
            continue;
        }
        if (parent == NULL) {
            return egret_tsv_refuse(
                tsv, EGRET_ENOTFOUND, row->line,
                egret_arena_print(
                    tsv->arena, "code %.*s has parent %.*s, which is no code",
                    EGRET_SPAN_ARGS(row->code),
                    EGRET_SPAN_ARGS(egret_tsv_shown(row->parent_code))));
        }
        parent->is_leaf = false;
        row->parent = parent;
    }

    return EGRET_OK;
}


/* Each row is walked over once: `walk` holds 0 for a row not yet seen, else
 * the number of the walk that reached it first. */
static egret_rc_t
check_cycles(const egret_scheme_t *scheme, egret_tsv_t *tsv)
{
    size_t *walk = egret_arena_zeroed(tsv->arena, scheme->class_count,
                                      sizeof(*walk));

    if (walk == NULL) {
        return egret_arena_rc(tsv->arena);
    }

    for (size_t i = 0; i < scheme->class_count; i++) {
        const egret_class_t *row = &scheme->classes[i];

        while (row != NULL && walk[row - scheme->classes] == 0) {
            walk[row - scheme->classes] = i + 1;
            row = row->parent;
        }
        if (row != NULL && walk[row - scheme->classes] == i + 1) {
            return refuse_row(tsv, EGRET_EINVAL, row, "is its own ancestor");
        }
    }

    return EGRET_OK;
}


egret_rc_t
egret_scheme_read(egret_span_t file, egret_span_t text, egret_arena_t *arena,
                  egret_scheme_t **out, egret_span_t *fault)
{
    egret_scheme_header_t header = { 0 };
    egret_scheme_t *scheme;
    egret_tsv_t tsv;
    egret_rc_t rc = egret_tsv_init(&tsv, arena, file, text, fault);

    if (rc != EGRET_OK) {
        return rc;
    }

    scheme = egret_arena_zeroed(arena, 1, sizeof(*scheme));
    if (scheme == NULL) {
        return egret_arena_rc(arena);
    }
    header.scheme = scheme;
    scheme->file = file;
    scheme->requires_dimension[EGRET_DIMENSION_SCOPE] = true;
    egret_map_init(&scheme->by_code, arena);

    rc = egret_sha256(text, &scheme->digest);
    if (rc == EGRET_OK) {
        rc = read_header(&header, &tsv);
    }
    if (rc == EGRET_OK) {
        rc = check_rows_digest(&header, &tsv);
    }
    if (rc == EGRET_OK) {
        rc = read_rows(scheme, &tsv);
    }
    if (rc == EGRET_OK) {
        rc = index_rows(scheme, &tsv);
    }
    if (rc == EGRET_OK) {
        rc = check_cycles(scheme, &tsv);
    }
    if (rc == EGRET_OK) {
        *out = scheme;
    }

    return rc;
}


const egret_class_t *
egret_scheme_class(const egret_scheme_t *scheme, egret_span_t code)
{
    return egret_map_find(&scheme->by_code, code);
}


bool
egret_class_is_own_translation(const egret_class_t *code,
                               egret_language_t language)
{
    static const char mark[] = "=own translation";
    const char *column = columns[COLUMN_LABELS + language];
    egret_span_t rest = code->confidence;

    while (rest.length > 0) {
        size_t end = egret_span_find(rest, ';');
        egret_span_t word = egret_span_slice(rest, 0, end);

        while (word.length > 0 && word.at[0] == ' ') {
            word = egret_span_slice(word, 1, word.length);
        }
        if (word.length >= strlen(column) + strlen(mark)
            && memcmp(word.at, column, strlen(column)) == 0
            && memcmp(word.at + strlen(column), mark, strlen(mark)) == 0)
        {
            return true;
        }
        rest = egret_span_slice(rest, end + 1, rest.length);
    }

    return false;
}


egret_language_t
egret_class_language(const egret_class_t *code, egret_language_t language)
{
    egret_language_t script = language == EGRET_LANGUAGE_ZH_HANT
                                  ? EGRET_LANGUAGE_ZH_HANS
                              : language == EGRET_LANGUAGE_ZH_HANS
                                  ? EGRET_LANGUAGE_ZH_HANT : language;
    egret_language_t first = EGRET_LANGUAGE_COUNT;

    if (code->labels[language].length > 0) {
        return language;
    }
    if (code->labels[script].length > 0) {
        return script;
    }

    for (unsigned i = 0; i < EGRET_LANGUAGE_COUNT; i++) {
        if (code->labels[i].length == 0) {
            continue;
        }
        if (!egret_class_is_own_translation(code, (egret_language_t) i)) {
            return (egret_language_t) i;
        }
        if (first == EGRET_LANGUAGE_COUNT) {
            first = (egret_language_t) i;
        }
    }

    return first == EGRET_LANGUAGE_COUNT ? language : first;
}


egret_span_t
egret_class_label(const egret_class_t *code, egret_language_t language)
{
    egret_span_t label = code->labels[egret_class_language(code, language)];

    return label.length > 0 ? label : code->code;
}


egret_code_fit_t
egret_scheme_code_fit(const egret_scheme_t *scheme, egret_span_t code)
{
    const egret_class_t *found = egret_scheme_class(scheme, code);

    if (found == NULL) {
        return scheme->status == EGRET_SCHEME_PARTIAL ? EGRET_CODE_NOT_LISTED
                                                      : EGRET_CODE_ABSENT;
    }

    return scheme->requires_leaf && !found->is_leaf ? EGRET_CODE_NO_LEAF
                                                    : EGRET_CODE_FITS;
}
