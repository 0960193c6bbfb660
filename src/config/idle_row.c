/* SPDX-License-Identifier: Apache-2.0 */

#include "config/idle_row.h"

#define WARNINGS 16 /* of one set of rows */


egret_rc_t
egret_idle_rows_warn(egret_config_builder_t *builder, egret_place_t place,
                     const egret_taxonomies_t *taxonomies, bool is_own)
{
    const egret_crosswalk_row_t *row = egret_taxonomies_idle_withdrawal(
        taxonomies, 0);
    size_t told = 0;

    for (size_t i = 1; row != NULL && told < WARNINGS;
         row = egret_taxonomies_idle_withdrawal(taxonomies, i++))
    {
        egret_rc_t rc;

        if (row->crosswalk->is_operators != is_own) {
            continue;
        }
        told++;
        rc = egret_draft_warn(builder, place,
                              "%.*s:%u: withdraws nothing: no row and no "
                              "chain leads from %.*s to %.*s",
                              EGRET_SPAN_ARGS(row->crosswalk->file), row->line,
                              EGRET_SPAN_ARGS(row->subject->code),
                              EGRET_SPAN_ARGS(row->object->code));
        if (rc != EGRET_OK) {
            return rc;
        }
    }

    return EGRET_OK;
}
