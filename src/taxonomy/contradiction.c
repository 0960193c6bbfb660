/* SPDX-License-Identifier: Apache-2.0 */

#include "taxonomy/contradiction.h"

#include "taxonomy/complaint.h"
#include "taxonomy/cycle.h"

typedef struct {
    const egret_crosswalk_row_t *row;   /* what is at fault; NULL: nothing */
    const egret_crosswalk_row_t *other; /* what it contradicts */
} found_t;

typedef struct {
    size_t group;
    size_t row;
} cursor_t;

static egret_relation_t
inverse_of(egret_relation_t relation)
{
    return relation == EGRET_RELATION_BROAD    ? EGRET_RELATION_NARROW
           : relation == EGRET_RELATION_NARROW ? EGRET_RELATION_BROAD
                                               : relation;
}


static bool
disagree(const egret_crosswalk_row_t *row, const egret_crosswalk_row_t *back)
{
    if (back->condition != NULL || back->is_withdrawal
        || !egret_crosswalk_rows_overlap(row, back))
    {
        return false;
    }
    if (back->object == NULL) {
        return egret_relation_is_nested(row->relations[EGRET_DIMENSION_SCOPE]);
    }
    for (int i = 0; back->object == row->subject && i < EGRET_DIMENSION_COUNT;
         i++)
    {
        if (egret_relation_is_nested(row->relations[i])
            && egret_relation_is_nested(back->relations[i])
            && back->relations[i] != inverse_of(row->relations[i]))
        {
            return true;
        }
    }

    return false;
}


static const egret_crosswalk_row_t *
find_inverse(const egret_taxonomies_t *taxonomies,
             const egret_crosswalk_row_t *row)
{
    const egret_row_group_t *group =
        row->object == NULL || row->is_withdrawal || row->condition != NULL
            ? NULL
            : egret_taxonomies_rows(taxonomies, row->object,
                                    row->subject->scheme);

    for (size_t i = 0; group != NULL && i < group->count; i++) {
        if (disagree(row, group->rows[i])) {
            return group->rows[i];
        }
    }

    return NULL;
}


/* The next after the cursor; a withdrawn row is in no group. */
static void
next_inverse(const egret_taxonomies_t *taxonomies, cursor_t *cursor,
             found_t *out)
{
    *out = (found_t){ .row = NULL };
    for (; cursor->group < taxonomies->groups.count; cursor->group++) {
        const egret_row_group_t *group =
            taxonomies->groups.entries[cursor->group].value;

        while (cursor->row < group->count) {
            const egret_crosswalk_row_t *row = group->rows[cursor->row++];

            out->other = find_inverse(taxonomies, row);
            if (out->other != NULL) {
                out->row = row;
                return;
            }
        }
        cursor->row = 0;
    }
}


/* Of two rows that disagree the later one is told. */
static bool
is_later(const found_t *found)
{
    int order = egret_span_compare(found->row->crosswalk->file,
                                   found->other->crosswalk->file);

    return found->other->object == NULL || order > 0
           || (order == 0 && found->row->line > found->other->line);
}


static egret_rc_t
compare_inverses(egret_taxonomies_t *taxonomies, egret_span_t *fault)
{
    found_t found;
    egret_rc_t rc = EGRET_OK;
    cursor_t cursor = { 0, 0 };

    next_inverse(taxonomies, &cursor, &found);
    while (rc == EGRET_OK && found.row != NULL) {
        if (is_later(&found)) {
            rc = egret_complaint_tell(
                taxonomies, EGRET_EINVAL, found.row,
                egret_arena_print(taxonomies->arena,
                                  "%.*s disagrees with its inverse of %.*s:%u",
                                  EGRET_SPAN_ARGS(found.row->subject->code),
                                  EGRET_SPAN_ARGS(found.other->crosswalk->file),
                                  found.other->line),
                fault);
        }
        next_inverse(taxonomies, &cursor, &found);
    }

    return rc;
}


egret_rc_t
egret_contradictions_check(egret_taxonomies_t *taxonomies, egret_span_t *fault)
{
    egret_rc_t rc = compare_inverses(taxonomies, fault);

    return rc == EGRET_OK ? egret_cycles_tell(taxonomies, fault) : rc;
}
