/* SPDX-License-Identifier: Apache-2.0 */
/* Rows that an operator does not want: the calls stand in taxonomies.h. */
#include "taxonomy/taxonomies.h"


void
egret_taxonomies_refuse(egret_taxonomies_t *taxonomies,
                        const egret_span_t *words, size_t count)
{
    taxonomies->refused = words;
    taxonomies->refused_count = count;
}


bool
egret_taxonomies_refuses(const egret_taxonomies_t *taxonomies,
                         const egret_crosswalk_row_t *row)
{
    for (size_t i = 0; row->object != NULL && !row->crosswalk->is_operators
                       && i < taxonomies->refused_count; i++)
    {
        if (egret_span_equals(taxonomies->refused[i], row->justification)
            || egret_span_equals_text(taxonomies->refused[i],
                                      egret_row_status_text(row->status)))
        {
            return true;
        }
    }

    return false;
}
