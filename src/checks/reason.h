/* SPDX-License-Identifier: Apache-2.0 */
/* reason: what a translation rests on, and what it lacks, as GrnXltn tells. */
#ifndef EGRET_CHECKS_REASON_H
#define EGRET_CHECKS_REASON_H

#include "checks/check.h"
#include "msg/block_translation.h"
#include "taxonomy/translate.h"

/* Sets rows, conditions and missing of an item whose project is set. Of a
 * result that needs assessment: all rows that were weighed, and what the
 * nearest lacks, or all those that the block could still prove by stating more
 * (EGRET_REACH_FACTS); else the rows that decided, and the conditions with the
 * facts that met them. What is missing has the words of egret_missing_text;
 * behind `fact`, `condition` and `criteria` stands each term that is not true,
 * as the rows have it, nearest row first, each once, up to 32.
 * EGRET_ENOMEM, EGRET_ELIMIT. */
egret_rc_t egret_reason_tell(const egret_check_t *check,
                             const egret_label_translation_t *translation,
                             const egret_facts_t *facts, bool lacks_base,
                             egret_block_translation_item_t *item)
    EGRET_MUST_USE;

#endif
