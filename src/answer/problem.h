/* SPDX-License-Identifier: Apache-2.0 */
/* problem: findings as JSON, and the problem details of RFC 9457. The calls
 * for other layers stand in answer.h. */
#ifndef EGRET_ANSWER_PROBLEM_H
#define EGRET_ANSWER_PROBLEM_H

#include "answer/answer.h"

#define EGRET_PROBLEM_TYPE "urn:x-egret:problem:"

/* A member of an object, with its comma; nothing when empty or 0. */
void egret_problem_string(egret_buffer_t *buffer, const char *key,
                          egret_span_t value);
void egret_problem_number(egret_buffer_t *buffer, const char *key,
                          size_t value);

/* One finding as a JSON object. EGRET_ENOMEM, EGRET_ELIMIT. */
egret_rc_t egret_problem_finding(const egret_finding_t *finding,
                                 egret_buffer_t *buffer) EGRET_MUST_USE;

#endif
