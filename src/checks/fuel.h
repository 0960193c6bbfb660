/* SPDX-License-Identifier: Apache-2.0 */
/* fuel: nuclear power and gas pass over only where a row admits them by name
 * (rule L08). */
#ifndef EGRET_CHECKS_FUEL_H
#define EGRET_CHECKS_FUEL_H

#include "checks/check.h"
#include "taxonomy/translate.h"

/* A translation for a project that states NUCL or NGAS (EnrgySrc), along rows
 * none of whose conditions names that source, becomes `needs assessment` with
 * EGRET_MISSING_EXPLICIT_ROW, and L08 is reported at the source with the
 * severity of the receiver's `unmapped`. Nothing changes for other results, and
 * for `project` NULL. EGRET_ENOMEM, EGRET_ELIMIT. */
egret_rc_t egret_fuel_admit(const egret_check_t *check,
                            const egret_block_project_t *project,
                            const egret_facts_t *facts,
                            egret_label_translation_t *translation)
    EGRET_MUST_USE;

#endif
