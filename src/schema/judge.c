/* SPDX-License-Identifier: Apache-2.0 */
#include "schema/judge.h"

#include <string.h>

#include "msg/report.h"

const egret_judge_space_t *
egret_judge_space(egret_validator_t *judge, const egret_tape_t *tape,
                  uint16_t namespace_index)
{
    egret_judge_space_t *space = &judge->spaces[namespace_index];

    if (!space->is_known) {
        egret_span_t uri = tape->namespaces[namespace_index];

        space->is_known = true;
        space->is_xsi = egret_span_equals_text(uri, EGRET_XSI_NAMESPACE);
        space->definition = egret_definitions_find(judge->definitions, uri);
    }
    return space;
}

egret_rc_t
egret_judge_report(egret_validator_t *judge, const egret_tape_t *tape,
                   egret_node_t node, const egret_judge_words_t *words)
{
    egret_finding_t finding;

    if (words->message.at == NULL || words->expected.at == NULL
        || words->fix.at == NULL)
    {
        return egret_arena_rc(judge->arena);
    }
    memset(&finding, 0, sizeof(finding));
    finding.code = EGRET_X05;
    finding.severity = EGRET_SEVERITY_REJECT;
    finding.message = words->message;
    finding.got = words->got;
    finding.expected = words->expected;
    finding.fix = words->fix;
    return egret_report_at(tape, node, words->attribute, &finding,
                           judge->findings);
}

static egret_rc_t
judge_identity(egret_validator_t *judge, const egret_tape_t *tape,
               egret_node_t node, egret_span_t attribute, egret_span_t value)
{
    egret_judge_words_t words = {
        .attribute = attribute,
        .message = EGRET_SPAN("the identifier stands twice"),
        .got = value,
        .expected = EGRET_SPAN("an identifier that stands once"),
        .fix = EGRET_SPAN("give each its own")
    };
    egret_rc_t rc = egret_map_add(&judge->ids, egret_span_trim(value), judge);

    return rc == EGRET_EEXIST ? egret_judge_report(judge, tape, node, &words)
                              : rc;
}

egret_rc_t
egret_judge_value(egret_validator_t *judge, const egret_tape_t *tape,
                  egret_node_t node, egret_span_t attribute,
                  const egret_simple_t *simple, egret_span_t value)
{
    egret_judge_words_t words = { .attribute = attribute, .got = value };
    egret_facet_t failed;
    egret_rc_t rc;

    if (egret_simple_accepts(simple, value, judge->arena, &failed, &rc)) {
        return simple->builtin->is_identity
                   ? judge_identity(judge, tape, node, attribute, value)
                   : EGRET_OK;
    }
    if (rc != EGRET_OK) {
        return rc;
    }
    tape->nodes[node].flags |= EGRET_NODE_REFUSED;
    if (!egret_findings_keep(judge->findings, EGRET_SEVERITY_REJECT)) {
        words.message = words.expected = words.fix = EGRET_SPAN("");
        return egret_judge_report(judge, tape, node, &words);
    }
    words.message = egret_expected_fault(simple, failed, value);
    words.expected = egret_expected_value(simple, failed, judge->arena);
    words.fix = egret_expected_fix(simple, failed, value, judge->arena);
    return egret_judge_report(judge, tape, node, &words);
}
