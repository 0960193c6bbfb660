/* SPDX-License-Identifier: Apache-2.0 */
/* unmapped: a label that becomes a label in none of the receiver's schemes
 * (rule L04). */
#ifndef EGRET_CHECKS_UNMAPPED_H
#define EGRET_CHECKS_UNMAPPED_H

#include "checks/check.h"
#include "msg/block_translation.h"

/* Reports L04 with the severity of the receiver's `unmapped`, and with what is
 * missing for each of its schemes by these items of the label, which lie scheme
 * by scheme. Nothing where L01, L02 or L03 says so of the label, no less
 * severely. EGRET_ENOMEM, EGRET_ELIMIT. */
egret_rc_t egret_unmapped_report(const egret_check_t *check,
                                 const egret_block_t *block,
                                 const egret_block_label_t *label,
                                 const egret_block_translation_item_t *items,
                                 size_t count) EGRET_MUST_USE;

#endif
