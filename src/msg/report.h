/* SPDX-License-Identifier: Apache-2.0 */
/* report: a finding at a place of a tape. Fills xpath, line, column and
 * offset of a finding, so that schema, checks and rules say only what is
 * wrong. */
#ifndef EGRET_MSG_REPORT_H
#define EGRET_MSG_REPORT_H

#include "err/findings.h"
#include "msg/tape.h"

/* `finding` has code, case, severity and texts; the place is set from `node`
 * (EGRET_NODE_NONE: no place, sorted first) and `attribute` ("" for none).
 * The copy is added to `findings`; one that would only be counted there costs
 * no walk and no memory. EGRET_ENOMEM, EGRET_ELIMIT. */
egret_rc_t egret_report_at(const egret_tape_t *tape, egret_node_t node,
                           egret_span_t attribute,
                           const egret_finding_t *finding,
                           egret_findings_t *findings) EGRET_MUST_USE;

#endif
