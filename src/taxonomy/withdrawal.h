/* SPDX-License-Identifier: Apache-2.0 */
/* withdrawal: rows with Not, and whether they take anything away. Part of
 * taxonomies.h's egret_taxonomies_close; nobody else calls it. */
#ifndef EGRET_TAXONOMY_WITHDRAWAL_H
#define EGRET_TAXONOMY_WITHDRAWAL_H

#include "taxonomy/taxonomies.h"

/* Those of a file, before any row is added. EGRET_ENOMEM, EGRET_ELIMIT. */
egret_rc_t egret_withdrawals_add(egret_taxonomies_t *taxonomies,
                                 const egret_crosswalk_t *crosswalk)
    EGRET_MUST_USE;
/* The row that withdraws what leads from one code to another, or NULL. It is
 * asked for a row or a chain that there is: the withdrawal is not idle. */
const egret_crosswalk_row_t *
egret_withdrawals_use(egret_taxonomies_t *taxonomies,
                      const egret_class_t *subject,
                      const egret_class_t *object);
/* With taxonomies->complain, tells each that is idle (complaint.h).
 * EGRET_ENOMEM, EGRET_ELIMIT. */
egret_rc_t egret_withdrawals_tell_idle(egret_taxonomies_t *taxonomies,
                                       egret_span_t *fault) EGRET_MUST_USE;

#endif
