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

static egret_node_t
find_refused(const egret_block_project_t *project,
             const egret_translation_candidate_t *candidate)
{
    if (project->nuclear != EGRET_NODE_NONE
        && !is_admitted(candidate, EGRET_SPAN("NUCL")))
    {
        return project->nuclear;
    }

    return is_admitted(candidate, EGRET_SPAN("NGAS")) ? EGRET_NODE_NONE
                                                      : project->gas;
}

egret_rc_t
egret_fuel_translate(const egret_check_t *check,
                     const egret_taxonomies_t *taxonomies,
                     const egret_label_t *label,
                     const egret_block_project_t *project,
                     const egret_scheme_t *target,
                     egret_label_translation_t *out, egret_node_t *source)
{
    egret_rc_t rc = egret_translate(taxonomies, label, target, check->arena,
                                    out);

    *source = EGRET_NODE_NONE;
    if (rc != EGRET_OK || project == NULL
        || out->result != EGRET_TRANSLATION_TRANSLATED)
    {
        return rc;
    }

    *source = find_refused(project, &out->candidates[0]);
    if (*source != EGRET_NODE_NONE) {
        out->result = EGRET_TRANSLATION_NEEDS_ASSESSMENT;
        out->code = NULL;
        out->missing = 1u << EGRET_MISSING_EXPLICIT_ROW;
    }

    return EGRET_OK;
}

egret_rc_t
egret_fuel_report(const egret_check_t *check, egret_node_t node,
                  const egret_label_translation_t *translation)
{
    egret_span_t source = egret_rules_text(check, node);
    egret_finding_t finding = {
        .code = EGRET_L08,
        .message = EGRET_SPAN("no row of the receiver's scheme admits this "
                              "source of energy by name"),
        .got = source,
        .fix = EGRET_SPAN("agree on the project with the receiver, or correct "
                          "EnrgySrc"),
    };

    if (node == EGRET_NODE_NONE) {
        return EGRET_OK;
    }

    finding.severity = check->receiver->unmapped;
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
