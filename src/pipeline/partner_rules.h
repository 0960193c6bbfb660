/* SPDX-License-Identifier: Apache-2.0 */
/* partner_rules: the sender's `send` and the receiver's `receive`, run over
 * one message. Internal to pipeline. */
#ifndef EGRET_PIPELINE_PARTNER_RULES_H
#define EGRET_PIPELINE_PARTNER_RULES_H

#include "pipeline/pipeline.h"

/* Adds U01 and U02 with the severity that the two blocks give them: a rule of
 * the sender can only tighten. EGRET_ENOMEM (also without a sandbox for a
 * partner that has rules), EGRET_ELIMIT. */
egret_rc_t egret_partner_rules_run(const egret_message_t *message,
                                   const egret_check_t *check) EGRET_MUST_USE;

#endif
