/* SPDX-License-Identifier: Apache-2.0 */

#include "taxonomy/closure.h"

#include "taxonomy/guard.h"
#include "taxonomy/withdrawal.h"


egret_rc_t
egret_closure_group(egret_taxonomies_t *taxonomies,
                    const egret_class_t *subject,
                    const egret_scheme_t *object_scheme,
                    egret_row_group_t **out)
{
    egret_row_group_t *group = (egret_row_group_t *) egret_taxonomies_rows(
        taxonomies, subject, object_scheme);
    egret_rc_t rc = EGRET_OK;

    if (group == NULL) {
        group = egret_arena_zeroed(taxonomies->arena, 1, sizeof(*group));
        if (group == NULL) {
            return egret_arena_rc(taxonomies->arena);
        }
        group->key.subject = subject;
        group->key.object_scheme = object_scheme;
        rc = egret_map_add(&taxonomies->groups,
                           (egret_span_t){ (const char *) &group->key,
                                           sizeof(group->key) },
                           group);
    }
    *out = group;

    return rc;
}


static bool
carries_scope(const egret_crosswalk_row_t *row)
{
    return row->object != NULL
           && egret_relation_carries(row->relations[EGRET_DIMENSION_SCOPE]);
}


static egret_rc_t
add_chain(egret_taxonomies_t *taxonomies, const egret_crosswalk_row_t *first,
          const egret_crosswalk_row_t *last)
{
    egret_row_group_t *group = NULL;
    egret_row_chains_t *chains;
    egret_rc_t rc = egret_closure_group(taxonomies, first->subject,
                                        last->object_scheme, &group);

    if (rc != EGRET_OK) {
        return rc;
    }
    chains = last->object == NULL ? &group->absences : &group->chains;
    if (chains->count == EGRET_TAXONOMIES_ROWS
        || taxonomies->chain_count == EGRET_TAXONOMIES_CHAINS)
    {
        return EGRET_ERANGE;
    }

    if (chains->count == chains->capacity) {
        size_t larger = chains->capacity * 2 + 2;
        egret_row_chain_t *grown = egret_arena_grow(
            taxonomies->arena, chains->items,
            chains->capacity * sizeof(*grown), larger * sizeof(*grown));

        if (grown == NULL) {
            return egret_arena_rc(taxonomies->arena);
        }
        chains->items = grown;
        chains->capacity = larger;
    }
    chains->items[chains->count++] = (egret_row_chain_t){ first, last };
    taxonomies->chain_count++;

    return EGRET_OK;
}


/* Whether the second says something of the first one's subject. "No
 * counterpart" passes over equality alone: a part of a code, and what overlaps
 * it, may lie within a code that the whole does not lie within. */
static bool
follows(egret_taxonomies_t *taxonomies, const egret_crosswalk_row_t *first,
        const egret_crosswalk_row_t *last)
{
    if (!egret_crosswalk_rows_overlap(first, last)) {
        return false;
    }
    if (last->object == NULL) {
        return EGRET_GUARD(38, first->relations[EGRET_DIMENSION_SCOPE]
                                   == EGRET_RELATION_EXACT);
    }

    return carries_scope(last)
           && egret_withdrawals_use(taxonomies, first->subject, last->object)
                  == NULL;
}


/* The chains of one row into one scheme. */
static egret_rc_t
follow(egret_taxonomies_t *taxonomies, const egret_crosswalk_row_t *first,
       const egret_scheme_t *target)
{
    const egret_row_group_t *next;

    if (target == first->subject->scheme || target == first->object_scheme) {
        return EGRET_OK;
    }

    next = egret_taxonomies_rows(taxonomies, first->object, target);
    for (size_t i = 0; next != NULL && i < next->count; i++) {
        egret_rc_t rc = follows(taxonomies, first, next->rows[i])
                            ? add_chain(taxonomies, first, next->rows[i])
                            : EGRET_OK;

        if (rc != EGRET_OK) {
            return rc;
        }
    }

    return EGRET_OK;
}


egret_rc_t
egret_closure_find(egret_taxonomies_t *taxonomies,
                   const egret_crosswalk_row_t **at)
{
    size_t groups = taxonomies->groups.count;

    for (size_t i = 0; i < groups; i++) {
        const egret_row_group_t *group = taxonomies->groups.entries[i].value;

        for (size_t k = 0; k < group->count; k++) {
            const egret_map_t *schemes = &taxonomies->by_name;

            *at = group->rows[k];
            for (size_t s = 0; carries_scope(*at) && s < schemes->count; s++) {
                egret_rc_t rc = follow(taxonomies, *at,
                                       schemes->entries[s].value);

                if (rc != EGRET_OK) {
                    return rc;
                }
            }
        }
    }

    return EGRET_OK;
}
