/* SPDX-License-Identifier: Apache-2.0 */
#include "checks/fuel.h"

#include "checks/rules.h"
#include "msg/report.h"

/* Whether a term that is not negated names the source. */
static bool
names(const egret_condition_t *condition, egret_span_t source)
{
    for (const egret_condition_term_t *term = condition->first; term != NULL;
         term = term->next) {
        for (size_t i = 0; term->kind == EGRET_FACT_ENERGY_SOURCE
                           && !term->is_negated && i < term->value_count; i++)
        {
            if (egret_span_equals(term->values[i], source)) {
                return true;
            }
        }
    }

    return false;
}

static bool
is_admitted(const egret_translation_candidate_t *candidate,
            egret_span_t source)
{
    const egret_condition_t *condition;

    for (size_t i = 0;
         egret_proof_condition(candidate, i, &condition, NULL); i++)
    {
        if (names(condition, source)) {
            return true;
        }
    }

    return false;
}

static egret_rc_t
report(const egret_check_t *check, egret_node_t node,
       const egret_label_translation_t *translation, egret_span_t source)
{
    egret_finding_t finding = {
        .code = EGRET_L08,
        .severity = check->receiver->unmapped,
        .message = EGRET_SPAN("no row of the receiver's scheme admits this "
                              "source of energy by name"),
        .got = source,
        .fix = EGRET_SPAN("agree on the project with the receiver, or correct "
                          "EnrgySrc"),
    };

    finding.expected = egret_arena_print(
        check->arena, "a row to %.*s/%.*s with energySource = %.*s",
        EGRET_SPAN_ARGS(translation->target->id),
        EGRET_SPAN_ARGS(translation->target->version), EGRET_SPAN_ARGS(source));
    if (finding.expected.at == NULL) {
        return egret_arena_rc(check->arena);
    }

    /* Not egret_check_report: `unmapped` alone says how severe it is. */
    return egret_report_at(check->tape, node, EGRET_SPAN(""), &finding,
                           check->findings);
}

static egret_node_t
node_of(const egret_check_t *check, const egret_block_project_t *project,
        egret_span_t source)
{
    egret_node_t node = project->sources.first;

    while (node != EGRET_NODE_NONE
           && !egret_span_equals(egret_rules_text(check, node), source))
    {
        node = egret_rules_next(check, node);
    }

    return node;
}

egret_rc_t
egret_fuel_admit(const egret_check_t *check,
                 const egret_block_project_t *project,
                 const egret_facts_t *facts,
                 egret_label_translation_t *translation)
{
    if (project == NULL || facts == NULL
        || translation->result != EGRET_TRANSLATION_TRANSLATED)
    {
        return EGRET_OK;
    }

    for (size_t i = 0; i < facts->count; i++) {
        const egret_fact_t *fact = &facts->items[i];

        if (fact->kind != EGRET_FACT_ENERGY_SOURCE
            || (!egret_span_equals_text(fact->value, "NUCL")
                && !egret_span_equals_text(fact->value, "NGAS"))
            || is_admitted(&translation->candidates[0], fact->value))
        {
            continue;
        }
        translation->result = EGRET_TRANSLATION_NEEDS_ASSESSMENT;
        translation->code = NULL;
        translation->missing = 1u << EGRET_MISSING_EXPLICIT_ROW;

        return report(check, node_of(check, project, fact->value), translation,
                      fact->value);
    }

    return EGRET_OK;
}
