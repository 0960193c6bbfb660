/* SPDX-License-Identifier: Apache-2.0 */
/* counterpart: what a message's labels mean for its receiver (rule L04), and
 * the translations that travel beside the blocks. */
#ifndef EGRET_CHECKS_COUNTERPART_H
#define EGRET_CHECKS_COUNTERPART_H

#include "checks/check.h"
#include "msg/block_translation.h"

/* One for each block, by the same index as check->blocks->items; an item count
 * of 0 where there is nothing to say. */
typedef struct {
    const egret_block_translation_t *items;
    size_t count;
} egret_counterparts_t;

/* After egret_checks_run, for a message whose schema and blocks are in order:
 * decides each label for each of the receiver's schemes. Reports L04 with the
 * severity of the receiver's `unmapped` for a label that becomes a label in
 * none of them (unless L01, L02 or L03 says so of it, no less severely), and
 * X07 when there is something to write beside a block of a message whose
 * header is signed (nothing is written then). Empty without a receiver or
 * without `taxonomy` in its block. EGRET_ENOMEM, EGRET_ELIMIT. */
egret_rc_t egret_counterparts_find(const egret_check_t *check,
                                   egret_counterparts_t *out) EGRET_MUST_USE;

#endif
