/* SPDX-License-Identifier: Apache-2.0 */

#include "taxonomy/complaint.h"

#include "taxonomy/tsv.h"


/* Refuses at a place that is no longer being read. */
egret_rc_t
egret_complaint_refuse(egret_taxonomies_t *taxonomies, egret_rc_t rc,
                       egret_span_t file, uint32_t line,
                       egret_span_t sentence, egret_span_t *fault)
{
    egret_tsv_t tsv = { taxonomies->arena, file, EGRET_SPAN(""), line, fault };

    return egret_tsv_refuse(&tsv, rc, line, sentence);
}


/* Refuses what rows say together; with somebody to complain to, goes on. */
egret_rc_t
egret_complaint_tell(egret_taxonomies_t *taxonomies, egret_rc_t rc,
                     const egret_crosswalk_row_t *row, egret_span_t sentence,
                     egret_span_t *fault)
{
    rc = egret_complaint_refuse(taxonomies, rc, row->crosswalk->file, row->line,
                                sentence, fault);
    if (taxonomies->complain == NULL || rc == EGRET_ENOMEM
        || rc == EGRET_ELIMIT)
    {
        return rc;
    }

    taxonomies->complain(taxonomies->complain_context, *fault);
    *fault = EGRET_SPAN("");

    return EGRET_OK;
}
