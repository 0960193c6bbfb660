/* SPDX-License-Identifier: Apache-2.0 */

#include "taxonomy/sssom.h"

#include "util/date.h"

static const char *const cell_names[EGRET_SSSOM_CELL_COUNT] = {
    "subject_source",
    "subject_source_version",
    "object_source",
    "object_source_version",
    "subject_id",
    "predicate_id",
    "object_id",
    "mapping_justification",
    "predicate_modifier",
    "record_id",
    "confidence",
    "comment",
    "mapping_date",
    "egret_scope",
    "egret_criteria",
    "egret_dnsh",
    "egret_safeguards",
    "egret_valid_from",
    "egret_valid_to",
    "egret_status",
    "egret_condition",
    "egret_threshold",
};

/* Known to the standard without a declaration. */
static const char *const builtin_prefixes[] = {
    "sssom", "skos", "semapv", "owl", "rdf", "rdfs"
};

static const char *const known_keys[] = {
    "subject_source",   "subject_source_version",
    "object_source",    "object_source_version",
    "mapping_set_id",   "mapping_set_version",
    "license",          "mapping_date",
    "sssom_version",    "curie_map",
};

typedef struct {
    egret_sssom_header_t *header;
    egret_tsv_t *tsv;
    egret_map_t keys; /* seen */
    bool has_base;
    size_t base; /* spaces before each line of the metadata */
    bool is_in_curie_map;
} metadata_t;


static egret_rc_t
refuse(egret_tsv_t *tsv, egret_rc_t rc, const char *subject,
       egret_span_t value, const char *what)
{
    return egret_tsv_refuse(
        tsv, rc, tsv->line,
        egret_arena_print(tsv->arena, "%s \"%.*s\" %s", subject,
                          EGRET_SPAN_ARGS(egret_tsv_shown(value)), what));
}


egret_rc_t
egret_sssom_refuse(egret_tsv_t *tsv, egret_rc_t rc, const egret_span_t *cells,
                   egret_sssom_cell_t cell, const char *what)
{
    return refuse(tsv, rc, cell_names[cell], cells[cell], what);
}


/* "value", 'value', or what stands before a comment. */
static egret_span_t
scalar(egret_span_t text)
{
    text = egret_span_trim(text);

    if (text.length >= 2 && (text.at[0] == '"' || text.at[0] == '\'')) {
        size_t end = egret_span_find(egret_span_slice(text, 1, text.length),
                                     text.at[0]);

        return egret_span_slice(text, 1, 1 + end);
    }

    for (size_t i = 1; i < text.length; i++) {
        if (text.at[i] == '#' && text.at[i - 1] == ' ') {
            return egret_span_trim(egret_span_slice(text, 0, i));
        }
    }

    return text;
}


static egret_rc_t
refuse_alike(egret_tsv_t *tsv, const char *subject, egret_span_t name,
             const char *known)
{
    return egret_tsv_refuse(
        tsv, EGRET_ESYNTAX, tsv->line,
        egret_arena_print(tsv->arena, "%s \"%.*s\" must be written %s",
                          subject, EGRET_SPAN_ARGS(egret_tsv_shown(name)),
                          known));
}


static bool
is_own(egret_span_t name)
{
    egret_span_t mark = EGRET_SPAN("egret_");

    return egret_span_equals_nocase(
        egret_span_slice(name, 0, mark.length), mark);
}


/* A slip that was skipped would take a Not or an end of validity with it. */
static egret_rc_t
check_key(egret_tsv_t *tsv, egret_span_t key)
{
    for (size_t i = 0; i < sizeof(known_keys) / sizeof(known_keys[0]); i++) {
        if (egret_span_equals_text(key, known_keys[i])) {
            return EGRET_OK;
        }
        if (egret_tsv_is_alike(key, known_keys[i])) {
            return refuse_alike(tsv, "key", key, known_keys[i]);
        }
    }
    for (size_t i = EGRET_SSSOM_SUBJECT_ID; i < EGRET_SSSOM_RECORD_ID; i++) {
        if (egret_tsv_is_alike(key, cell_names[i])) {
            return refuse(tsv, EGRET_ESYNTAX, "key", key,
                          "is a column, and no key of the metadata");
        }
    }

    return is_own(key)
               ? refuse(tsv, EGRET_ESYNTAX, "key", key, "is not known")
               : EGRET_OK;
}


static egret_span_t *
place_of(egret_sssom_header_t *header, egret_span_t key)
{
    for (size_t i = 0; i < EGRET_SSSOM_SOURCE_COUNT; i++) {
        if (egret_span_equals_text(key, cell_names[i])) {
            return &header->sources[i];
        }
    }
    if (egret_span_equals_text(key, "mapping_set_id")) {
        return &header->id;
    }
    if (egret_span_equals_text(key, "mapping_set_version")) {
        return &header->version;
    }
    if (egret_span_equals_text(key, "license")) {
        return &header->license;
    }

    return egret_span_equals_text(key, "mapping_date") ? &header->date : NULL;
}


static egret_rc_t
read_value(metadata_t *metadata, egret_span_t key, egret_span_t value)
{
    egret_span_t *place = place_of(metadata->header, key);
    egret_date_t date;

    if (egret_span_equals_text(key, "sssom_version")
        && !egret_span_equals_text(value, "1.0")
        && !egret_span_equals_text(value, "1.1"))
    {
        return refuse(metadata->tsv, EGRET_EUNSUPPORTED, "sssom_version", value,
                      "is not 1.0 or 1.1");
    }
    if (place == NULL) {
        return EGRET_OK;
    }
    if (value.length == 0) {
        return refuse(metadata->tsv, EGRET_ESYNTAX, "key", key, "has no value");
    }
    if (place == &metadata->header->date
        && egret_date_read(value, &date, NULL) != EGRET_OK)
    {
        return refuse(metadata->tsv, EGRET_ESYNTAX, "mapping_date", value,
                      "is no date");
    }
    *place = value;

    return EGRET_OK;
}


static egret_rc_t
read_key(metadata_t *metadata, egret_span_t line)
{
    size_t mark = egret_span_find(line, ':');
    egret_span_t key = scalar(egret_span_slice(line, 0, mark));
    egret_span_t value = scalar(egret_span_slice(line, mark + 1, line.length));
    egret_rc_t rc;

    if (mark == line.length || mark == 0) {
        return refuse(metadata->tsv, EGRET_ESYNTAX, "metadata", line,
                      "is no key: value");
    }
    rc = check_key(metadata->tsv, key);
    if (rc != EGRET_OK) {
        return rc;
    }
    rc = egret_map_add(&metadata->keys, key, metadata);
    if (rc != EGRET_OK) {
        return refuse(metadata->tsv, rc, "key", key, "stands twice");
    }
    metadata->is_in_curie_map = egret_span_equals_text(key, "curie_map");

    return read_value(metadata, key, value);
}


static egret_rc_t
read_prefix(metadata_t *metadata, egret_span_t line)
{
    size_t mark = egret_span_find(line, ':');
    egret_span_t prefix = scalar(egret_span_slice(line, 0, mark));
    egret_span_t iri = scalar(egret_span_slice(line, mark + 1, line.length));
    egret_rc_t rc;

    if (mark == line.length || prefix.length == 0 || iri.length == 0) {
        return refuse(metadata->tsv, EGRET_ESYNTAX, "curie_map line", line,
                      "is no PREFIX: IRI");
    }
    rc = egret_map_add(&metadata->header->prefixes, prefix, metadata);

    return rc == EGRET_OK ? rc
                          : refuse(metadata->tsv, rc, "prefix", prefix,
                                   "stands twice");
}


static egret_rc_t
read_metadata_line(metadata_t *metadata, egret_span_t line)
{
    egret_span_t text = egret_span_trim(line);
    size_t indent = 0;

    if (text.length == 0 || text.at[0] == '#') {
        return EGRET_OK;
    }
    while (line.at[indent] == ' ') {
        indent++;
    }
    if (!metadata->has_base) {
        metadata->base = indent;
        metadata->has_base = true;
    }

    if (indent <= metadata->base && text.at[0] != '-') {
        return read_key(metadata, text);
    }

    if (metadata->is_in_curie_map) {
        return read_prefix(metadata, text);
    }

    return is_own(text) ? refuse(metadata->tsv, EGRET_ESYNTAX, "metadata", text,
                                 "is not known")
                        : EGRET_OK;
}


static egret_rc_t
check_metadata(metadata_t *metadata)
{
    static const char *const required[] = { "curie_map", "mapping_set_id",
                                            "license" };

    for (size_t i = 0; i < sizeof(required) / sizeof(required[0]); i++) {
        if (egret_map_find(&metadata->keys, egret_span_from(required[i]))
            == NULL)
        {
            return refuse(metadata->tsv, EGRET_ESYNTAX, "key",
                          egret_span_from(required[i]),
                          "is missing before the column header");
        }
    }

    return EGRET_OK;
}


/* EGRET_SSSOM_CELL_COUNT: one that is skipped. */
static egret_rc_t
find_cell(egret_tsv_t *tsv, egret_span_t name, uint8_t *cell)
{
    for (*cell = 0; *cell < EGRET_SSSOM_CELL_COUNT; (*cell)++) {
        if (egret_span_equals_text(name, cell_names[*cell])) {
            return EGRET_OK;
        }
        if (egret_tsv_is_alike(name, cell_names[*cell])) {
            return refuse_alike(tsv, "column", name, cell_names[*cell]);
        }
    }

    return is_own(name)
               ? refuse(tsv, EGRET_ESYNTAX, "column", name, "is not known")
               : EGRET_OK;
}


static egret_rc_t
read_column(egret_sssom_header_t *header, egret_tsv_t *tsv, egret_span_t name,
            bool *is_seen, egret_map_t *names)
{
    uint8_t cell;
    egret_rc_t rc;

    name = egret_span_trim(name);
    rc = egret_tsv_unquote(tsv->arena, &name);
    if (rc != EGRET_OK) {
        return rc;
    }
    name = egret_span_trim(name);
    rc = find_cell(tsv, name, &cell);
    if (rc != EGRET_OK) {
        return rc;
    }

    rc = name.length == 0 ? EGRET_OK : egret_map_add(names, name, header);
    if (rc != EGRET_OK) {
        return refuse(tsv, rc, "column", name, "stands twice");
    }
    is_seen[cell] = true;
    header->cells[header->column_count++] = cell;

    return EGRET_OK;
}


static egret_rc_t
read_columns(egret_sssom_header_t *header, egret_tsv_t *tsv, egret_span_t line)
{
    egret_span_t fields[EGRET_SSSOM_COLUMNS];
    bool is_seen[EGRET_SSSOM_CELL_COUNT + 1] = { false };
    size_t count = egret_tsv_split(line, fields, EGRET_SSSOM_COLUMNS);
    egret_map_t names;

    if (count > EGRET_SSSOM_COLUMNS) {
        return egret_tsv_refuse(tsv, EGRET_ESYNTAX, tsv->line,
                                EGRET_SPAN("has more than 96 columns"));
    }
    egret_map_init(&names, tsv->arena);
    for (size_t i = 0; i < count; i++) {
        egret_rc_t rc = read_column(header, tsv, fields[i], is_seen, &names);

        if (rc != EGRET_OK) {
            return rc;
        }
    }

    for (int i = EGRET_SSSOM_SUBJECT_ID; i <= EGRET_SSSOM_JUSTIFICATION; i++) {
        if (!is_seen[i]) {
            return refuse(tsv, EGRET_ESYNTAX, "column",
                          egret_span_from(cell_names[i]), "is missing");
        }
    }

    return EGRET_OK;
}


static egret_rc_t
add_builtin_prefixes(egret_sssom_header_t *header)
{
    size_t count = sizeof(builtin_prefixes) / sizeof(builtin_prefixes[0]);

    for (size_t i = 0; i < count; i++) {
        egret_span_t prefix = egret_span_from(builtin_prefixes[i]);
        egret_rc_t rc = egret_map_add(&header->prefixes, prefix, header);

        if (rc != EGRET_OK && rc != EGRET_EEXIST) {
            return rc;
        }
    }

    return EGRET_OK;
}


egret_rc_t
egret_sssom_read_header(egret_sssom_header_t *header, egret_tsv_t *tsv)
{
    metadata_t metadata = { .header = header, .tsv = tsv };
    egret_span_t line;
    egret_rc_t rc = EGRET_OK;

    *header = (egret_sssom_header_t){ .column_count = 0 };
    egret_map_init(&header->prefixes, tsv->arena);
    egret_map_init(&metadata.keys, tsv->arena);

    while (rc == EGRET_OK && egret_tsv_next(tsv, &line)) {
        if (line.length > 0 && line.at[0] == '#') {
            rc = read_metadata_line(&metadata,
                                    egret_span_slice(line, 1, line.length));
        } else if (line.length > 0) {
            rc = check_metadata(&metadata);
            if (rc == EGRET_OK) {
                rc = add_builtin_prefixes(header);
            }
            return rc == EGRET_OK ? read_columns(header, tsv, line) : rc;
        }
    }

    return rc != EGRET_OK
               ? rc
               : egret_tsv_refuse(tsv, EGRET_ESYNTAX, tsv->line,
                                  EGRET_SPAN("there is no column header"));
}


egret_rc_t
egret_sssom_read_row(const egret_sssom_header_t *header, egret_tsv_t *tsv,
                     egret_span_t line,
                     egret_span_t cells[EGRET_SSSOM_CELL_COUNT])
{
    egret_span_t fields[EGRET_SSSOM_COLUMNS];
    size_t count = egret_tsv_split(line, fields, EGRET_SSSOM_COLUMNS);

    if (count != header->column_count) {
        return egret_tsv_refuse(
            tsv, EGRET_ESYNTAX, tsv->line,
            egret_arena_print(tsv->arena, "has %zu columns, not %zu", count,
                              header->column_count));
    }
    for (int i = 0; i < EGRET_SSSOM_CELL_COUNT; i++) {
        cells[i] = EGRET_SPAN("");
    }

    for (size_t i = 0; i < count; i++) {
        egret_rc_t rc;

        if (header->cells[i] == EGRET_SSSOM_CELL_COUNT) {
            continue;
        }
        rc = egret_tsv_unquote(tsv->arena, &fields[i]);
        if (rc != EGRET_OK) {
            return rc;
        }
        cells[header->cells[i]] = egret_span_trim(fields[i]);
    }

    for (size_t i = 0; i < EGRET_SSSOM_SOURCE_COUNT; i++) {
        if (cells[i].length == 0) {
            cells[i] = header->sources[i];
        }
    }

    return EGRET_OK;
}
