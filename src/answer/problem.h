/* SPDX-License-Identifier: Apache-2.0 */
/* problem: findings as JSON, and the problem details of RFC 9457. The calls
 * for other layers stand in answer.h. */
#ifndef EGRET_ANSWER_PROBLEM_H
#define EGRET_ANSWER_PROBLEM_H

#include "answer/answer.h"

/* One finding as a JSON object. EGRET_ENOMEM, EGRET_ELIMIT. */
egret_rc_t egret_problem_finding(const egret_finding_t *finding,
                                 egret_buffer_t *buffer) EGRET_MUST_USE;

#endif
