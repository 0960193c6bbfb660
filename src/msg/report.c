/* SPDX-License-Identifier: Apache-2.0 */

#include "msg/report.h"

egret_rc_t
egret_report_at(const egret_tape_t *tape, egret_node_t node,
                egret_span_t attribute, const egret_finding_t *finding,
                egret_findings_t *findings)
{
    egret_finding_t placed = *finding;

    placed.offset = 0;
    placed.line = 0;
    placed.column = 0;
    placed.xpath = EGRET_SPAN("");
    if (node != EGRET_NODE_NONE
        && egret_findings_keep(findings, finding->severity)) {
        const egret_tape_node_t *at = egret_tape_at(tape, node);

        placed.offset = at->tag_open;
        placed.line = at->line;
        placed.column = egret_tape_column(tape, at->tag_open);
        placed.xpath =
            egret_tape_xpath(tape, node, attribute, findings->arena);
        if (placed.xpath.at == NULL) {
            return egret_arena_rc(findings->arena);
        }
    }
    return egret_findings_add(findings, &placed);
}
