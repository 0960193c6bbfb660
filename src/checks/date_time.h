/* SPDX-License-Identifier: Apache-2.0 */
/* date_time: date-times in the form that the receiver's profile wants. */
#ifndef EGRET_CHECKS_DATE_TIME_H
#define EGRET_CHECKS_DATE_TIME_H

#include "checks/check.h"
#include "msg/edit.h"

/* Adds an edit for each date-time that the receiver has in another form: of
 * check->marks from `*mark` on, up to the first that stands at or after the
 * node `before` (EGRET_NODE_NONE: of all), where `*mark` is left. The edit
 * replaces the value alone. None for a value that cannot be written otherwise,
 * and none in a message that is signed in its header: X06 told of these. After
 * egret_checks_run. EGRET_ENOMEM, EGRET_ELIMIT. */
egret_rc_t egret_date_times_edit(const egret_check_t *check, uint32_t *mark,
                                 egret_node_t before, egret_edits_t *edits)
    EGRET_MUST_USE;

#endif
