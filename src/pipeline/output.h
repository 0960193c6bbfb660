/* SPDX-License-Identifier: Apache-2.0 */
/* output: the message as its receiver gets it. */
#ifndef EGRET_PIPELINE_OUTPUT_H
#define EGRET_PIPELINE_OUTPUT_H

#include "checks/counterpart.h"

/* Writes GrnXltn beside each block that has something to say, and date-times in
 * the form of the receiver's profile. `*output` stays as it is when there is
 * nothing to write; else it lies in the check's arena, at most four times as
 * long as the largest message. What would be longer is reported (X07)
 * and not written. EGRET_ENOMEM, EGRET_ELIMIT. */
egret_rc_t egret_output_write(const egret_check_t *check,
                              const egret_counterparts_t *counterparts,
                              egret_span_t *output) EGRET_MUST_USE;

#endif
