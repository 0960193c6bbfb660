/* SPDX-License-Identifier: Apache-2.0 */
/* complaint: how a fault of rows that were read is told. Part of taxonomies.h's
 * egret_taxonomies_close; nobody else calls it. */
#ifndef EGRET_TAXONOMY_COMPLAINT_H
#define EGRET_TAXONOMY_COMPLAINT_H

#include "taxonomy/taxonomies.h"

/* Sets `*fault` to "FILE:LINE: sentence" and returns `rc`, or the arena's. */
egret_rc_t egret_complaint_refuse(egret_taxonomies_t *taxonomies, egret_rc_t rc,
                                  egret_span_t file, uint32_t line,
                                  egret_span_t sentence, egret_span_t *fault)
    EGRET_MUST_USE;
/* The same at a row; with taxonomies->complain it is told there, and EGRET_OK
 * says to go on without the row. */
egret_rc_t egret_complaint_tell(egret_taxonomies_t *taxonomies, egret_rc_t rc,
                                const egret_crosswalk_row_t *row,
                                egret_span_t sentence, egret_span_t *fault)
    EGRET_MUST_USE;

#endif
