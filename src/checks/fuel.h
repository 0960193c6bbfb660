/* SPDX-License-Identifier: Apache-2.0 */
/* fuel: what a label becomes for one project, where nuclear power and gas pass
 * over only along rows that admit them by name (rule L08). */
#ifndef EGRET_CHECKS_FUEL_H
#define EGRET_CHECKS_FUEL_H

#include "checks/check.h"
#include "taxonomy/translate.h"

/* egret_translate, for a project of the block (NULL: for the whole). Where it
 * translates a project that states NUCL or NGAS (EnrgySrc), along rows none of
 * whose conditions names that source, the result is `needs assessment` with
 * EGRET_MISSING_EXPLICIT_ROW, and `*source` that EnrgySrc; else `*source` is
 * EGRET_NODE_NONE. EGRET_ENOMEM, EGRET_ELIMIT. */
egret_rc_t egret_fuel_translate(const egret_check_t *check,
                                const egret_taxonomies_t *taxonomies,
                                const egret_label_t *label,
                                const egret_block_project_t *project,
                                const egret_scheme_t *target,
                                egret_label_translation_t *out,
                                egret_node_t *source) EGRET_MUST_USE;
/* Reports L08 at that source, with the severity of the receiver's `unmapped`;
 * nothing for EGRET_NODE_NONE. EGRET_ENOMEM, EGRET_ELIMIT. */
egret_rc_t egret_fuel_report(const egret_check_t *check, egret_node_t source,
                             const egret_label_translation_t *translation)
    EGRET_MUST_USE;

#endif
