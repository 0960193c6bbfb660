/* SPDX-License-Identifier: Apache-2.0 */
/* The rules of what a label must be shown by, by whom, and of disclosure. */
#include "checks/rules.h"

#include "config/green_reference.h"

/* What a block shows for one project; the first of a block speaks of all. */
typedef struct {
    bool has_harm;
    bool has_safeguards;
    egret_node_t harm;       /* what is not met or not assessed, or none */
    egret_node_t safeguards; /* what is not kept, or none */
} shown_t;

static void
read_harm(const egret_check_t *check, const egret_block_t *block,
          shown_t *shown)
{
    for (egret_node_t node = block->harm.first; node != EGRET_NODE_NONE;
         node = egret_rules_next(check, node))
    {
        shown_t *of = &shown[egret_rules_project(check, block, node)];
        egret_span_t result = egret_rules_value(check, node, "Rslt");

        of->has_harm = true;
        if (of->harm == EGRET_NODE_NONE
            && (egret_span_equals_text(result, "NMET")
                || egret_span_equals_text(result, "NASS")))
        {
            of->harm = egret_rules_node(check, node, "Rslt");
        }
    }
}

static bool
is_true(egret_span_t text)
{
    return egret_span_equals_text(text, "true")
           || egret_span_equals_text(text, "1");
}

static void
read_safeguards(const egret_check_t *check, const egret_block_t *block,
                shown_t *shown)
{
    for (egret_node_t node = block->safeguards.first; node != EGRET_NODE_NONE;
         node = egret_rules_next(check, node))
    {
        shown_t *of = &shown[egret_rules_project(check, block, node)];

        of->has_safeguards = true;
        if (of->safeguards == EGRET_NODE_NONE
            && (!is_true(egret_rules_value(check, node, "OECD"))
                || !is_true(egret_rules_value(check, node, "UNGP"))
                || !is_true(egret_rules_value(check, node, "ILO"))))
        {
            of->safeguards = node;
        }
    }
}

static egret_rc_t
report_E01(const egret_check_t *check, egret_node_t node, const char *message,
           const egret_block_label_t *label, const char *fix)
{
    return egret_rules_report(
        check, EGRET_E01, EGRET_SEVERITY_REJECT, node, message,
        egret_arena_print(check->arena, "%.*s/%.*s %.*s",
                          EGRET_SPAN_ARGS(label->scheme),
                          EGRET_SPAN_ARGS(label->version),
                          EGRET_SPAN_ARGS(label->status)),
        EGRET_SPAN("what the scheme asks of such a label"), fix);
}

/* An entry of the project, else one of all. */
static egret_rc_t
judge_shown(const egret_check_t *check, const egret_block_label_t *label,
            const egret_scheme_t *scheme, egret_node_t where,
            const shown_t *all, const shown_t *own)
{
    egret_node_t harm = own->harm != EGRET_NODE_NONE ? own->harm : all->harm;
    egret_node_t safeguards = own->safeguards != EGRET_NODE_NONE
                              ? own->safeguards : all->safeguards;
    egret_rc_t rc = EGRET_OK;

    if (scheme->requires_dimension[EGRET_DIMENSION_DNSH]
        && (harm != EGRET_NODE_NONE || (!own->has_harm && !all->has_harm)))
    {
        rc = report_E01(check, harm != EGRET_NODE_NONE ? harm : where,
                        harm != EGRET_NODE_NONE
                            ? "an aligned project does harm, or that is not "
                              "assessed"
                            : "an aligned label does not show that no harm "
                              "is done",
                        label, "add DNSH of the project, or claim ELIG");
    }
    if (rc == EGRET_OK
        && scheme->requires_dimension[EGRET_DIMENSION_SAFEGUARDS]
        && (safeguards != EGRET_NODE_NONE
            || (!own->has_safeguards && !all->has_safeguards)))
    {
        rc = report_E01(check,
                        safeguards != EGRET_NODE_NONE ? safeguards : where,
                        safeguards != EGRET_NODE_NONE
                            ? "an aligned project does not keep the minimum "
                              "safeguards"
                            : "an aligned label does not show the minimum "
                              "safeguards",
                        label, "add MinSfg of the project, or claim ELIG");
    }

    return rc;
}

static egret_node_t
first_of(egret_node_t a, egret_node_t b)
{
    return a == EGRET_NODE_NONE || (b != EGRET_NODE_NONE && b < a) ? b : a;
}

/* For a label that no project names: it may be any of them. */
static shown_t
shown_together(const egret_block_t *block, const shown_t *shown)
{
    shown_t all = shown[0];
    bool has_harm = block->project_count > 0;
    bool has_safeguards = has_harm;

    for (size_t i = 1; i <= block->project_count; i++) {
        has_harm = has_harm && shown[i].has_harm;
        has_safeguards = has_safeguards && shown[i].has_safeguards;
        all.harm = first_of(all.harm, shown[i].harm);
        all.safeguards = first_of(all.safeguards, shown[i].safeguards);
    }
    all.has_harm = all.has_harm || has_harm;
    all.has_safeguards = all.has_safeguards || has_safeguards;

    return all;
}

/* The scheme of a label that claims alignment, or NULL. */
static const egret_scheme_t *
aligned_scheme(const egret_check_t *check, const egret_block_label_t *label)
{
    const egret_scheme_t *scheme =
        egret_span_equals_text(label->status, "ALGN")
            ? egret_taxonomies_scheme(check->config->taxonomies, label->scheme,
                                      label->version)
            : NULL;

    return scheme != NULL && scheme->is_two_level ? scheme : NULL;
}

/* Labels of projects, project by project; `is_judged` marks their labels. */
static egret_rc_t
judge_projects(const egret_check_t *check, const egret_block_t *block,
               const shown_t *shown, bool *is_judged)
{
    for (size_t i = 0; i < block->project_count; i++) {
        const egret_block_project_t *project = &block->projects[i];

        for (size_t k = 0; k < project->label_count; k++) {
            uint32_t index = project->labels[k].index;
            const egret_block_label_t *label;
            const egret_scheme_t *scheme;
            egret_rc_t rc;

            if (index == 0 || index > block->label_count) {
                continue;
            }
            label = &block->labels[index - 1];
            is_judged[index - 1] = true;
            scheme = aligned_scheme(check, label);
            if (scheme == NULL) {
                continue;
            }
            rc = judge_shown(check, label, scheme, project->node, &shown[0],
                             &shown[i + 1]);
            if (rc != EGRET_OK) {
                return rc;
            }
        }
    }

    return EGRET_OK;
}

static egret_rc_t
judge_labels(const egret_check_t *check, const egret_block_t *block,
             const shown_t *shown, const bool *is_judged)
{
    const shown_t all = shown_together(block, shown);
    egret_rc_t rc = EGRET_OK;

    for (size_t i = 0; i < block->label_count && rc == EGRET_OK; i++) {
        const egret_block_label_t *label = &block->labels[i];
        const egret_scheme_t *scheme = egret_taxonomies_scheme(
            check->config->taxonomies, label->scheme, label->version);
        bool is_claim = egret_span_equals_text(label->status, "ELIG")
                        || egret_span_equals_text(label->status, "ALGN");

        if (scheme != NULL && scheme->requires_review && is_claim
            && !egret_rules_has_review(check, block, false))
        {
            rc = report_E01(check, label->node,
                            block->reviews.first == EGRET_NODE_NONE
                                ? "the scheme asks for an external review, "
                                  "and the block names none"
                                : "the scheme asks for an external review, "
                                  "and the block's are adverse",
                            label, "add Rvw");
        }
        scheme = aligned_scheme(check, label);
        if (rc == EGRET_OK && scheme != NULL && !is_judged[i]) {
            rc = judge_shown(check, label, scheme, label->node, &all, &all);
        }
    }

    return rc;
}

static egret_rc_t
judge_evidence(const egret_check_t *check, const egret_block_place_t *place,
               const egret_block_t *block)
{
    size_t count = block->project_count + 2;
    shown_t *shown = egret_arena_zeroed(check->arena, count, sizeof(*shown));
    bool *is_judged = egret_arena_zeroed(check->arena, block->label_count + 1,
                                         sizeof(*is_judged));
    egret_rc_t rc;

    (void) place;

    if (shown == NULL || is_judged == NULL) {
        return egret_arena_rc(check->arena);
    }

    for (size_t i = 0; i < count; i++) {
        shown[i].harm = shown[i].safeguards = EGRET_NODE_NONE;
    }
    read_harm(check, block, shown);
    read_safeguards(check, block, shown);

    rc = judge_projects(check, block, shown, is_judged);

    return rc == EGRET_OK ? judge_labels(check, block, shown, is_judged) : rc;
}

/* E01: the review, the harm and the safeguards that a scheme asks for. */
static egret_rc_t
check_evidence(const egret_check_t *check)
{
    return egret_rules_each_block(check, judge_evidence);
}

const egret_rule_t egret_rules_evidence[] = {
    { EGRET_E01, check_evidence, false },
    { EGRET_CODE_COUNT, NULL, false },
};
