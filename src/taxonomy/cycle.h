/* SPDX-License-Identifier: Apache-2.0 */
/* cycle: rows that make two codes of one scheme equal, each A within B within
 * ... within A. Part of contradiction.h; nobody else calls it. */
#ifndef EGRET_TAXONOMY_CYCLE_H
#define EGRET_TAXONOMY_CYCLE_H

#include "taxonomy/taxonomies.h"

#define EGRET_CYCLES_TOLD 100

/* Tells (complaint.h) each code that such cycles make equal to the first code
 * of its scheme among them, once, at a row of the cycle, and after
 * EGRET_CYCLES_TOLD of them that there may be more. Rows with a condition are
 * left out. It is looked for on the first days of rows' validity, 32 of them at
 * most. EGRET_EINVAL, EGRET_ENOMEM, EGRET_ELIMIT. */
egret_rc_t egret_cycles_tell(egret_taxonomies_t *taxonomies,
                             egret_span_t *fault) EGRET_MUST_USE;

#endif
