/* SPDX-License-Identifier: Apache-2.0 */

#include "taxonomy/crosswalk_row.h"

static const char *const row_statuses[EGRET_ROW_STATUS_COUNT] = {
    "unstated", "official", "own-assessment", "draft", "superseded"
};

static const struct {
    const char *curie;
    egret_relation_t relation;
} predicates[] = {
    { "skos:exactMatch", EGRET_RELATION_EXACT },
    { "skos:broadMatch", EGRET_RELATION_BROAD },
    { "skos:narrowMatch", EGRET_RELATION_NARROW },
    { "skos:closeMatch", EGRET_RELATION_CLOSE },
    { "skos:relatedMatch", EGRET_RELATION_RELATED },
};

#define PREDICATE_COUNT (sizeof(predicates) / sizeof(predicates[0]))

typedef struct {
    egret_tsv_t *tsv;
    const egret_span_t *cells;
    const egret_units_t *units;
} reader_t;


static egret_rc_t
refuse(const reader_t *reader, egret_rc_t rc, egret_sssom_cell_t cell,
       const char *what)
{
    return egret_sssom_refuse(reader->tsv, rc, reader->cells, cell, what);
}


static egret_rc_t
read_predicate(const reader_t *reader, egret_crosswalk_row_t *row)
{
    egret_span_t modifier = reader->cells[EGRET_SSSOM_MODIFIER];
    size_t i = 0;

    while (i < PREDICATE_COUNT
           && !egret_span_equals_text(reader->cells[EGRET_SSSOM_PREDICATE_ID],
                                      predicates[i].curie))
    {
        i++;
    }
    if (i == PREDICATE_COUNT) {
        return refuse(reader, EGRET_ESYNTAX, EGRET_SSSOM_PREDICATE_ID,
                      "is not skos:exactMatch, broadMatch, narrowMatch, "
                      "closeMatch or relatedMatch");
    }
    row->predicate = predicates[i].relation;

    row->is_withdrawal = egret_span_equals_text(modifier, "Not");
    if (modifier.length > 0 && !row->is_withdrawal) {
        return refuse(reader, EGRET_ESYNTAX, EGRET_SSSOM_MODIFIER,
                      "is not Not");
    }
    if (row->is_withdrawal && row->object == NULL) {
        return refuse(reader, EGRET_EUNSUPPORTED, EGRET_SSSOM_MODIFIER,
                      "cannot withdraw that there is no counterpart");
    }

    return EGRET_OK;
}


static egret_rc_t
read_relations(const reader_t *reader, egret_crosswalk_row_t *row)
{
    row->is_plain = true;

    for (int i = 0; i < EGRET_DIMENSION_COUNT; i++) {
        egret_sssom_cell_t cell = EGRET_SSSOM_SCOPE + (egret_sssom_cell_t) i;

        if (reader->cells[cell].length == 0) {
            continue;
        }
        row->is_plain = false;
        if (egret_relation_read(reader->cells[cell], &row->relations[i])
            != EGRET_OK)
        {
            return refuse(reader, EGRET_ESYNTAX, cell, "is no relation");
        }
        if (row->relations[i] == EGRET_RELATION_NOT_REQUIRED
            && row->object_scheme->requires_dimension[i])
        {
            return refuse(reader, EGRET_EINVAL, cell,
                          "contradicts the object's scheme, which requires it");
        }
        if (row->object == NULL && egret_relation_is_claim(row->relations[i])) {
            return refuse(reader, EGRET_EINVAL, cell,
                          "contradicts sssom:NoTermFound");
        }
    }

    return EGRET_OK;
}


static egret_rc_t
read_condition(const reader_t *reader, egret_sssom_cell_t cell,
               const egret_crosswalk_row_t *row, const egret_condition_t **out)
{
    egret_span_t fault = EGRET_SPAN("");
    egret_span_t what;
    egret_rc_t rc;

    if (reader->cells[cell].length == 0) {
        return EGRET_OK;
    }
    if (row->object == NULL || row->is_withdrawal) {
        return refuse(reader, EGRET_EINVAL, cell,
                      "stands at a row that carries nothing");
    }
    if (row->is_plain) {
        return refuse(reader, EGRET_EINVAL, cell,
                      "stands at a row that states no dimension");
    }

    rc = egret_condition_read(reader->cells[cell], reader->units,
                              reader->tsv->arena, out, &fault);
    if (rc == EGRET_OK || fault.length == 0) {
        return rc;
    }
    what = egret_arena_print(reader->tsv->arena, "cannot be read, %.*s",
                             EGRET_SPAN_ARGS(fault));

    return what.at == NULL ? egret_arena_rc(reader->tsv->arena)
                           : refuse(reader, rc, cell, what.at);
}


/* A and c is a part of A: nobody compared it with the whole of B. */
static egret_rc_t
check_parts(const reader_t *reader, const egret_crosswalk_row_t *row)
{
    for (int i = 0; i < EGRET_DIMENSION_COUNT; i++) {
        if (row->relations[i] == EGRET_RELATION_EXACT
            || row->relations[i] == EGRET_RELATION_NARROW)
        {
            return refuse(reader, EGRET_EINVAL,
                          EGRET_SSSOM_SCOPE + (egret_sssom_cell_t) i,
                          "is more than a row with egret_condition can say: "
                          "broad is the best");
        }
    }

    return egret_relation_carries(row->predicate)
               ? refuse(reader, EGRET_EINVAL, EGRET_SSSOM_PREDICATE_ID,
                        "is of the whole, egret_condition or not: narrowMatch, "
                        "closeMatch or relatedMatch must stand here")
               : EGRET_OK;
}


static egret_rc_t
read_conditions(const reader_t *reader, egret_crosswalk_row_t *row)
{
    egret_rc_t rc = read_condition(reader, EGRET_SSSOM_CONDITION, row,
                                   &row->condition);

    if (rc == EGRET_OK && row->condition != NULL) {
        rc = check_parts(reader, row);
    }
    if (rc == EGRET_OK) {
        rc = read_condition(reader, EGRET_SSSOM_THRESHOLD, row,
                            &row->threshold);
    }
    if (rc != EGRET_OK || row->threshold == NULL) {
        return rc;
    }
    if (!egret_condition_is_threshold(row->threshold)) {
        return refuse(reader, EGRET_EINVAL, EGRET_SSSOM_THRESHOLD,
                      "asks for more than criteria, or negates one");
    }

    return row->relations[EGRET_DIMENSION_CRITERIA]
                   == EGRET_RELATION_NOT_REQUIRED
               ? refuse(reader, EGRET_EINVAL, EGRET_SSSOM_THRESHOLD,
                        "contradicts egret_criteria not-required")
               : EGRET_OK;
}


/* The predicate must be the weakest claim; a plain row's is its scope, and a
 * conditional row's is of the whole. */
static egret_rc_t
check_relations(const reader_t *reader, egret_crosswalk_row_t *row)
{
    egret_relation_t weakest = row->relations[EGRET_DIMENSION_SCOPE];

    if (row->object == NULL || row->is_withdrawal) {
        return EGRET_OK;
    }
    if (row->is_plain) {
        row->relations[EGRET_DIMENSION_SCOPE] = row->predicate;
        return EGRET_OK;
    }
    if (!egret_relation_is_claim(weakest)) {
        return refuse(reader, EGRET_EINVAL, EGRET_SSSOM_SCOPE,
                      "claims nothing: exact, broad, narrow, close or related "
                      "must stand here");
    }

    for (int i = 0; i < EGRET_DIMENSION_COUNT; i++) {
        if (egret_relation_is_claim(row->relations[i])) {
            weakest = egret_relation_weaker(weakest, row->relations[i]);
        }
    }

    return weakest == row->predicate || row->condition != NULL
               ? EGRET_OK
               : refuse(reader, EGRET_EINVAL, EGRET_SSSOM_PREDICATE_ID,
                        "is not the weakest relation that the row claims");
}


static egret_rc_t
read_cell_date(const reader_t *reader, egret_sssom_cell_t cell,
               bool *has_date, egret_date_t *out)
{
    bool has_offset = false;

    *has_date = reader->cells[cell].length > 0;

    return !*has_date
                   || (egret_date_read(reader->cells[cell], out, &has_offset)
                           == EGRET_OK
                       && !has_offset)
               ? EGRET_OK
               : refuse(reader, EGRET_ESYNTAX, cell, "is no date YYYY-MM-DD");
}


static egret_rc_t
read_dates(const reader_t *reader, egret_crosswalk_row_t *row)
{
    egret_date_t date;
    bool has_date;
    egret_rc_t rc = read_cell_date(reader, EGRET_SSSOM_VALID_FROM,
                                   &row->has_valid_from, &row->valid_from);

    if (rc == EGRET_OK) {
        rc = read_cell_date(reader, EGRET_SSSOM_VALID_TO, &row->has_valid_to,
                            &row->valid_to);
    }
    if (rc == EGRET_OK) {
        rc = read_cell_date(reader, EGRET_SSSOM_DATE, &has_date, &date);
    }
    if (rc == EGRET_OK && row->has_valid_from && row->has_valid_to
        && egret_date_compare(row->valid_to, row->valid_from) < 0)
    {
        return refuse(reader, EGRET_EINVAL, EGRET_SSSOM_VALID_TO,
                      "is before egret_valid_from");
    }

    return rc;
}


static egret_rc_t
read_confidence(const reader_t *reader, egret_crosswalk_row_t *row)
{
    egret_decimal_t most = egret_decimal_from(1);
    egret_decimal_t value;

    row->confidence = reader->cells[EGRET_SSSOM_CONFIDENCE];

    return row->confidence.length == 0
                   || (egret_decimal_read(row->confidence, &value) == EGRET_OK
                       && egret_decimal_sign(&value) >= 0
                       && egret_decimal_compare(&value, &most) <= 0)
               ? EGRET_OK
               : refuse(reader, EGRET_ESYNTAX, EGRET_SSSOM_CONFIDENCE,
                        "is not from 0 to 1");
}


static egret_rc_t
read_status(const reader_t *reader, egret_crosswalk_row_t *row)
{
    egret_span_t text = reader->cells[EGRET_SSSOM_STATUS];

    if (text.length == 0) {
        return EGRET_OK;
    }
    for (int i = EGRET_ROW_OFFICIAL; i < EGRET_ROW_STATUS_COUNT; i++) {
        if (egret_span_equals_text(text, row_statuses[i])) {
            row->status = (egret_row_status_t) i;
            return EGRET_OK;
        }
    }

    return refuse(reader, EGRET_ESYNTAX, EGRET_SSSOM_STATUS,
                  "is not official, own-assessment, draft or superseded");
}


static egret_rc_t
read_provenance(const reader_t *reader, egret_crosswalk_row_t *row)
{
    egret_rc_t rc;

    row->record_id = reader->cells[EGRET_SSSOM_RECORD_ID];
    row->comment = reader->cells[EGRET_SSSOM_COMMENT];
    row->justification = reader->cells[EGRET_SSSOM_JUSTIFICATION];

    if (!egret_span_starts_with(row->justification, EGRET_SPAN("semapv:"))) {
        return refuse(reader, EGRET_ESYNTAX, EGRET_SSSOM_JUSTIFICATION,
                      "is no semapv: term");
    }
    rc = read_confidence(reader, row);

    return rc == EGRET_OK ? read_status(reader, row) : rc;
}


egret_rc_t
egret_crosswalk_row_read(egret_tsv_t *tsv, const egret_span_t *cells,
                         const egret_units_t *units, egret_crosswalk_row_t *row)
{
    const reader_t reader = { tsv, cells, units };
    egret_rc_t rc = read_predicate(&reader, row);

    if (rc == EGRET_OK) {
        rc = read_relations(&reader, row);
    }
    if (rc == EGRET_OK) {
        rc = read_conditions(&reader, row);
    }
    if (rc == EGRET_OK) {
        rc = check_relations(&reader, row);
    }
    if (rc == EGRET_OK) {
        rc = read_dates(&reader, row);
    }

    return rc == EGRET_OK ? read_provenance(&reader, row) : rc;
}


bool
egret_crosswalk_row_is_valid(const egret_crosswalk_row_t *row,
                             egret_date_t date)
{
    return (!row->has_valid_from
            || egret_date_compare(date, row->valid_from) >= 0)
           && (!row->has_valid_to
               || egret_date_compare(date, row->valid_to) <= 0);
}


bool
egret_crosswalk_rows_overlap(const egret_crosswalk_row_t *a,
                             const egret_crosswalk_row_t *b)
{
    bool a_ends_first = a->has_valid_to && b->has_valid_from
                        && egret_date_compare(a->valid_to, b->valid_from) < 0;
    bool b_ends_first = b->has_valid_to && a->has_valid_from
                        && egret_date_compare(b->valid_to, a->valid_from) < 0;

    return !a_ends_first && !b_ends_first;
}


const char *
egret_row_status_text(egret_row_status_t status)
{
    return row_statuses[status];
}
