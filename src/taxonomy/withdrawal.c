/* SPDX-License-Identifier: Apache-2.0 */

#include "taxonomy/withdrawal.h"

#include "taxonomy/complaint.h"

typedef struct {
    const egret_class_t *subject;
    const egret_class_t *object;
} pair_t;

/* Of one pair, however many rows say so. */
typedef struct {
    pair_t pair;
    const egret_crosswalk_row_t *row;
    bool is_used;
} withdrawal_t;


static egret_span_t
key_of(const pair_t *pair)
{
    return (egret_span_t){ (const char *) pair, sizeof(*pair) };
}


egret_rc_t
egret_withdrawals_add(egret_taxonomies_t *taxonomies,
                      const egret_crosswalk_t *crosswalk)
{
    for (size_t i = 0; i < crosswalk->row_count; i++) {
        const egret_crosswalk_row_t *row = &crosswalk->rows[i];
        withdrawal_t *withdrawal;
        egret_rc_t rc;

        if (!row->is_withdrawal) {
            continue;
        }
        withdrawal = egret_arena_zeroed(taxonomies->arena, 1,
                                        sizeof(*withdrawal));
        if (withdrawal == NULL) {
            return egret_arena_rc(taxonomies->arena);
        }
        withdrawal->pair = (pair_t){ row->subject, row->object };
        withdrawal->row = row;
        rc = egret_map_add(&taxonomies->withdrawals, key_of(&withdrawal->pair),
                           withdrawal);
        if (rc != EGRET_OK && rc != EGRET_EEXIST) {
            return rc;
        }
    }

    return EGRET_OK;
}


static withdrawal_t *
find(const egret_taxonomies_t *taxonomies, const egret_class_t *subject,
     const egret_class_t *object)
{
    pair_t pair = { subject, object };

    return egret_map_find(&taxonomies->withdrawals, key_of(&pair));
}


const egret_crosswalk_row_t *
egret_withdrawals_use(egret_taxonomies_t *taxonomies,
                      const egret_class_t *subject,
                      const egret_class_t *object)
{
    withdrawal_t *withdrawal = find(taxonomies, subject, object);

    if (withdrawal == NULL) {
        return NULL;
    }
    withdrawal->is_used = true;

    return withdrawal->row;
}


static bool
is_idle(const egret_taxonomies_t *taxonomies, const egret_crosswalk_row_t *row)
{
    return row->is_withdrawal
           && !find(taxonomies, row->subject, row->object)->is_used;
}


const egret_crosswalk_row_t *
egret_taxonomies_idle_withdrawal(const egret_taxonomies_t *taxonomies,
                                 size_t index)
{
    for (size_t i = 0; i < taxonomies->crosswalk_count; i++) {
        const egret_crosswalk_t *crosswalk = taxonomies->crosswalks[i];

        for (size_t k = 0; k < crosswalk->row_count; k++) {
            if (is_idle(taxonomies, &crosswalk->rows[k]) && index-- == 0) {
                return &crosswalk->rows[k];
            }
        }
    }

    return NULL;
}


static egret_rc_t
tell(egret_taxonomies_t *taxonomies, const egret_crosswalk_row_t *row,
     egret_span_t *fault)
{
    return egret_complaint_tell(
        taxonomies, EGRET_ENOTFOUND, row,
        egret_arena_print(taxonomies->arena,
                          "withdraws nothing: no row and no chain of these "
                          "files leads from %.*s to %.*s",
                          EGRET_SPAN_ARGS(row->subject->code),
                          EGRET_SPAN_ARGS(row->object->code)),
        fault);
}


egret_rc_t
egret_withdrawals_tell_idle(egret_taxonomies_t *taxonomies, egret_span_t *fault)
{
    egret_rc_t rc = EGRET_OK;

    if (taxonomies->complain == NULL) {
        return EGRET_OK;
    }

    for (size_t i = 0; i < taxonomies->crosswalk_count; i++) {
        const egret_crosswalk_t *crosswalk = taxonomies->crosswalks[i];

        for (size_t k = 0; rc == EGRET_OK && k < crosswalk->row_count; k++) {
            if (is_idle(taxonomies, &crosswalk->rows[k])) {
                rc = tell(taxonomies, &crosswalk->rows[k], fault);
            }
        }
    }

    return rc;
}
