/* SPDX-License-Identifier: Apache-2.0 */
/* fact: what a block states of one project, for the conditions of rows. */
#ifndef EGRET_CHECKS_FACT_H
#define EGRET_CHECKS_FACT_H

#include "checks/check.h"
#include "taxonomy/condition.h"

/* Of one project. */
#define EGRET_FACTS 256

/* By project, with what safeguard.h tells of each. EGRET_ENOMEM,
 * EGRET_ELIMIT. */
egret_rc_t egret_facts_of_block(const egret_check_t *check,
                                const egret_block_t *block,
                                const egret_facts_t **out) EGRET_MUST_USE;
/* Technologies, energy sources, industries, jurisdiction and measured criteria
 * of a project that the schema accepted; of one that states more than
 * EGRET_FACTS of them, none: a list that is cut would say that nothing else is
 * there, and each condition reads all. EGRET_ENOMEM, EGRET_ELIMIT. */
egret_rc_t egret_facts_read(const egret_check_t *check,
                            const egret_block_project_t *project,
                            egret_facts_t *out) EGRET_MUST_USE;
/* Where it stands within GrnFin: "UoP/Prj[1]/Tchnlgy[1]"; `project` counts
 * from 1. at == NULL when the arena refuses. */
egret_span_t egret_fact_path(const egret_check_t *check, uint32_t project,
                             const egret_fact_t *fact);

#endif
