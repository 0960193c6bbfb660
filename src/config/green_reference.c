/* SPDX-License-Identifier: Apache-2.0 */

#include "config/green_reference.h"

#include <stdio.h>

#include "config/reference_file.h"

#define KEY_BYTES 32

/* The recognitions of one standard, a list whose head is the last. */
typedef struct recognition {
    egret_recognition_t row;
    struct recognition *next;
} recognition_t;

typedef struct {
    recognition_t *first;
} recognitions_t;


static bool
read_date(egret_span_t text, bool *has, egret_date_t *out)
{
    *has = !egret_span_equals_text(text, "-");

    return !*has || egret_date_read(text, out, NULL) == EGRET_OK;
}


static bool
read_percent(egret_span_t text, egret_decimal_t *out)
{
    const egret_decimal_t whole = egret_decimal_from(100);

    return egret_decimal_read(text, out) == EGRET_OK
           && egret_decimal_sign(out) >= 0
           && egret_decimal_compare(out, &whole) <= 0;
}


/* Standards are few, and people write EuGB as well as EUGB. */
static void *
find_standard(const egret_map_t *map, egret_span_t standard)
{
    for (size_t i = 0; i < map->count; i++) {
        if (egret_span_equals_nocase(map->entries[i].key, standard)) {
            return map->entries[i].value;
        }
    }

    return NULL;
}


static egret_rc_t
add_standard(egret_reference_t *reference, egret_arena_t *arena,
             const egret_span_t *fields, const char **what)
{
    egret_standard_t *standard = egret_arena_zeroed(arena, 1,
                                                    sizeof(*standard));

    if (standard == NULL) {
        return egret_arena_rc(arena);
    }

    standard->name = fields[0];
    standard->placements = fields[3];
    standard->has_months = !egret_span_equals_text(fields[4], "-");
    if (!read_percent(fields[1], &standard->share)
        || !read_percent(fields[2], &standard->pocket)
        || (standard->has_months
            && egret_decimal_read(fields[4], &standard->months) != EGRET_OK))
    {
        *what = "has a share, pocket or months that is no number (share and "
                "pocket: 0 to 100)";
        return EGRET_ESYNTAX;
    }
    *what = "stands twice";
    if (find_standard(&reference->standards, standard->name) != NULL) {
        return EGRET_EEXIST;
    }

    return egret_map_add(&reference->standards, standard->name, standard);
}


static egret_rc_t
add_reviewer(egret_reference_t *reference, egret_arena_t *arena,
             const egret_span_t *fields, const char **what)
{
    recognitions_t *list = find_standard(&reference->reviewers, fields[0]);
    recognition_t *row = egret_arena_zeroed(arena, 1, sizeof(*row));
    egret_rc_t rc = EGRET_OK;

    if (row == NULL) {
        return egret_arena_rc(arena);
    }

    row->row.reviewer = fields[1];
    if (!read_date(fields[2], &row->row.has_from, &row->row.from)
        || !read_date(fields[3], &row->row.has_to, &row->row.to))
    {
        *what = "has a from or to that is neither a date nor -";
        return EGRET_ESYNTAX;
    }

    if (list == NULL) {
        list = egret_arena_zeroed(arena, 1, sizeof(*list));
        rc = list == NULL ? egret_arena_rc(arena)
                          : egret_map_add(&reference->reviewers, fields[0],
                                          list);
    }
    if (rc == EGRET_OK) {
        row->next = list->first;
        list->first = row;
    }

    return rc;
}


static egret_span_t
pair_key(egret_span_t first, egret_span_t second, char key[KEY_BYTES])
{
    int length = snprintf(key, KEY_BYTES, "%.*s/%.*s",
                          EGRET_SPAN_ARGS(first), EGRET_SPAN_ARGS(second));

    return (egret_span_t){ key, length > 0 && length < KEY_BYTES
                                    ? (size_t) length : 0 };
}


static egret_rc_t
add_duty(egret_reference_t *reference, egret_arena_t *arena,
         const egret_span_t *fields, const char **what)
{
    egret_disclosure_duty_t *duty = egret_arena_zeroed(arena, 1,
                                                       sizeof(*duty));
    char text[KEY_BYTES];
    egret_span_t key = pair_key(fields[0], fields[1], text);

    if (duty == NULL) {
        return egret_arena_rc(arena);
    }
    if (egret_date_read(fields[2], &duty->from, NULL) != EGRET_OK
        || egret_severity_find(fields[3], &duty->severity) != EGRET_OK
        || duty->severity > EGRET_SEVERITY_HOLD || key.length == 0)
    {
        *what = "needs a class, a type, a date and hold or warn";
        return EGRET_ESYNTAX;
    }

    key = egret_arena_copy(arena, key);
    if (key.at == NULL) {
        return egret_arena_rc(arena);
    }
    *what = "stands twice with that type";

    return egret_map_add(&reference->duties, key, duty);
}


/* The highest factors: of a jurisdiction ("CN"), and of each of its years
 * ("CN/2023"). */
static egret_rc_t
raise_factor(egret_reference_t *reference, egret_arena_t *arena,
             egret_span_t key, const egret_decimal_t *factor)
{
    egret_decimal_t *highest = egret_map_find(&reference->grid_factors, key);

    if (highest != NULL) {
        if (egret_decimal_compare(factor, highest) > 0) {
            *highest = *factor;
        }
        return EGRET_OK;
    }

    highest = egret_arena_zeroed(arena, 1, sizeof(*highest));
    key = egret_arena_copy(arena, key);
    if (highest == NULL || key.at == NULL) {
        return egret_arena_rc(arena);
    }
    *highest = *factor;

    return egret_map_add(&reference->grid_factors, key, highest);
}


static egret_rc_t
add_grid_factor(egret_reference_t *reference, egret_arena_t *arena,
                const egret_span_t *fields, const char **what)
{
    char text[KEY_BYTES];
    egret_span_t key = pair_key(fields[0], fields[1], text);
    egret_decimal_t factor;
    egret_rc_t rc;

    if (fields[0].length != 2 || fields[1].length != 4
        || egret_decimal_read(fields[4], &factor) != EGRET_OK
        || egret_decimal_sign(&factor) < 0)
    {
        *what = "needs a jurisdiction of two letters, a year and a factor";
        return EGRET_ESYNTAX;
    }

    rc = raise_factor(reference, arena, fields[0], &factor);

    return rc == EGRET_OK ? raise_factor(reference, arena, key, &factor) : rc;
}


static egret_rc_t
add_capacity_factor(egret_reference_t *reference, egret_arena_t *arena,
                    const egret_span_t *fields, const char **what)
{
    const egret_decimal_t one = egret_decimal_from(1);
    egret_decimal_t *factor = egret_arena_zeroed(arena, 1, sizeof(*factor));

    if (factor == NULL) {
        return egret_arena_rc(arena);
    }
    if (egret_decimal_read(fields[1], factor) != EGRET_OK
        || egret_decimal_sign(factor) <= 0
        || egret_decimal_compare(factor, &one) > 0)
    {
        *what = "has a factor that is not above 0 and at most 1";
        return EGRET_ESYNTAX;
    }
    *what = "stands twice";

    return egret_map_add(&reference->capacity_factors, fields[0], factor);
}


static egret_rc_t
add_avoided_factor(egret_reference_t *reference, egret_arena_t *arena,
                   const egret_span_t *fields, const char **what)
{
    egret_decimal_t *factor = egret_arena_zeroed(arena, 1, sizeof(*factor));

    if (factor == NULL) {
        return egret_arena_rc(arena);
    }
    if (egret_decimal_read(fields[1], factor) != EGRET_OK
        || egret_decimal_sign(factor) <= 0)
    {
        *what = "has a factor that is not above 0";
        return EGRET_ESYNTAX;
    }
    *what = "stands twice";

    return egret_map_add(&reference->avoided_factors, fields[0], factor);
}


const egret_reference_file_t egret_reference_green_files[] = {
    { "standards.tsv",
      { "standard", "share", "pocket", "placements", "months", "source",
        "confidence" },
      7, add_standard, true },
    { "reviewers.tsv",
      { "standard", "reviewer", "from", "to", "source", "confidence" },
      6, add_reviewer, true },
    { "disclosure.tsv",
      { "class", "type", "from", "severity", "source", "confidence" },
      6, add_duty, true },
    { "grid_factors.tsv",
      { "jurisdiction", "year", "kind", "region", "value", "source",
        "confidence" },
      7, add_grid_factor, true },
    { "capacity_factors.tsv",
      { "technology", "most", "source", "confidence" },
      4, add_capacity_factor, true },
    { "avoided_factors.tsv",
      { "metric", "most", "source", "confidence" },
      4, add_avoided_factor, true },
    { NULL, { NULL }, 0, NULL, true },
};


const egret_standard_t *
egret_reference_standard(const egret_reference_t *reference,
                         egret_span_t standard)
{
    return find_standard(&reference->standards, standard);
}


bool
egret_standard_allows(const egret_standard_t *standard, egret_span_t placement)
{
    egret_span_t rest = standard->placements;

    if (egret_span_equals_text(rest, "any")) {
        return true;
    }
    while (rest.length > 0) {
        size_t end = egret_span_find(rest, ' ');

        if (egret_span_equals(egret_span_slice(rest, 0, end), placement)) {
            return true;
        }
        rest = egret_span_slice(rest, end + 1, rest.length);
    }

    return false;
}


bool
egret_reference_lists_reviewers(const egret_reference_t *reference,
                                egret_span_t standard)
{
    return find_standard(&reference->reviewers, standard) != NULL;
}


bool
egret_reference_recognises(const egret_reference_t *reference,
                           egret_span_t standard, egret_span_t reviewer,
                           egret_date_t date)
{
    const recognitions_t *list = find_standard(&reference->reviewers,
                                               standard);
    const recognition_t *at = list == NULL ? NULL : list->first;

    for (; at != NULL && reviewer.length > 0; at = at->next) {
        if (egret_span_equals(at->row.reviewer, reviewer)
            && (!at->row.has_from
                || egret_date_compare(at->row.from, date) <= 0)
            && (!at->row.has_to || egret_date_compare(date, at->row.to) <= 0))
        {
            return true;
        }
    }

    return false;
}


const egret_disclosure_duty_t *
egret_reference_duty(const egret_reference_t *reference,
                     egret_span_t entity_class, egret_span_t type)
{
    char key[KEY_BYTES];

    return egret_map_find(&reference->duties,
                          pair_key(entity_class, type, key));
}


bool
egret_reference_grid_factor(const egret_reference_t *reference,
                            egret_span_t jurisdiction, int32_t year,
                            egret_decimal_t *out)
{
    const egret_decimal_t *factor;
    char key[KEY_BYTES], digits[KEY_BYTES];
    int length = snprintf(digits, sizeof(digits), "%04d", (int) year);

    factor = egret_map_find(
        &reference->grid_factors,
        pair_key(jurisdiction,
                 (egret_span_t){ digits, length > 0 ? (size_t) length : 0 },
                 key));
    if (factor == NULL) {
        factor = egret_map_find(&reference->grid_factors, jurisdiction);
    }
    if (factor != NULL) {
        *out = *factor;
    }

    return factor != NULL;
}


const egret_decimal_t *
egret_reference_capacity_factor(const egret_reference_t *reference,
                                egret_span_t technology)
{
    return egret_map_find(&reference->capacity_factors, technology);
}


const egret_decimal_t *
egret_reference_avoided_factor(const egret_reference_t *reference,
                               egret_span_t metric)
{
    return egret_map_find(&reference->avoided_factors, metric);
}
