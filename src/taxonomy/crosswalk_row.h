/* SPDX-License-Identifier: Apache-2.0 */
/* crosswalk_row: what the cells of one row claim. Part of crosswalk.h's reader;
 * nobody else calls it. */
#ifndef EGRET_TAXONOMY_CROSSWALK_ROW_H
#define EGRET_TAXONOMY_CROSSWALK_ROW_H

#include "taxonomy/crosswalk.h"
#include "taxonomy/sssom.h"

/* Fills the row, whose subject, object and object_scheme are set, from its
 * cells. Errors as egret_crosswalk_read says. */
egret_rc_t egret_crosswalk_row_read(egret_tsv_t *tsv, const egret_span_t *cells,
                                    const egret_units_t *units,
                                    egret_crosswalk_row_t *row) EGRET_MUST_USE;

#endif
