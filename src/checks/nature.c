/* SPDX-License-Identifier: Apache-2.0 */
/* The rules of what a label may stand on: money that is transition is not
 * green as well, and fossil energy is not green. */
#include "checks/rules.h"

/* Shares of 100 percent that were rounded up may be a little more. */
#define WHOLE_DIGITS 10001 /* with scale 2: 100.01 */

typedef enum {
    NATURE_NONE,       /* NALG, or an index that dangles (G03) */
    NATURE_GREEN,      /* ELIG, ALGN, ENBL */
    NATURE_TRANSITION  /* TRNS */
} nature_t;

static nature_t
nature_of(const egret_block_t *block, const egret_block_reference_t *reference)
{
    egret_span_t status;

    if (reference->index == 0 || reference->index > block->label_count) {
        return NATURE_NONE;
    }

    status = block->labels[reference->index - 1].status;
    if (egret_span_equals_text(status, "TRNS")) {
        return NATURE_TRANSITION;
    }

    return egret_span_equals_text(status, "NALG") ? NATURE_NONE : NATURE_GREEN;
}

/* The first reference to a label of that nature, or NULL. */
static const egret_block_reference_t *
find_nature(const egret_block_t *block, const egret_block_project_t *project,
            nature_t nature)
{
    for (size_t i = 0; i < project->label_count; i++) {
        if (nature_of(block, &project->labels[i]) == nature) {
            return &project->labels[i];
        }
    }

    return NULL;
}

static egret_rc_t
report_mixture(const egret_check_t *check, egret_node_t node, const char *fix)
{
    return egret_rules_report(
        check, EGRET_L06, EGRET_SEVERITY_REJECT, node,
        "the same money is labelled green and transition", EGRET_SPAN("TRNS"),
        EGRET_SPAN("green labels, or transition labels"), fix);
}

/* Without projects nothing says which money is whose. More than all of it
 * cannot be apart. */
static egret_rc_t
judge_whole(const egret_check_t *check, const egret_block_t *block)
{
    const egret_decimal_t whole = { .digits = WHOLE_DIGITS, .scale = 2 };
    egret_decimal_t green, sum;
    size_t first = 0;
    egret_rc_t rc = egret_rules_green_share(check, block, &green);

    if (rc == EGRET_OK) {
        rc = egret_rules_transition_share(check, block, &sum);
    }
    if (rc != EGRET_OK || egret_decimal_sign(&green) <= 0
        || egret_decimal_sign(&sum) <= 0
        || (egret_decimal_add(&green, &sum, &sum) == EGRET_OK
            && egret_decimal_compare(&sum, &whole) <= 0))
    {
        return rc;
    }

    while (first + 1 < block->label_count
           && !egret_span_equals_text(block->labels[first].status, "TRNS"))
    {
        first++;
    }

    return report_mixture(
        check, egret_rules_node(check, block->labels[first].node, "Sts"),
        "lower the shares to what each label covers, or leave one out");
}

static egret_rc_t
judge_mixture(const egret_check_t *check, const egret_block_place_t *place,
              const egret_block_t *block)
{
    egret_rc_t rc = EGRET_OK;

    (void) place;

    if (block->project_count == 0) {
        return judge_whole(check, block);
    }
    for (size_t i = 0; i < block->project_count && rc == EGRET_OK; i++) {
        const egret_block_project_t *project = &block->projects[i];
        const egret_block_reference_t *transition =
            find_nature(block, project, NATURE_TRANSITION);

        if (transition != NULL
            && find_nature(block, project, NATURE_GREEN) != NULL)
        {
            rc = report_mixture(
                check, transition->node,
                "split the project's money, or leave one of the labels out");
        }
    }

    return rc;
}

/* L06: transition and green labels on the same money. */
static egret_rc_t
check_mixture(const egret_check_t *check)
{
    return egret_rules_each_block(check, judge_mixture);
}

static egret_rc_t
judge_source(const egret_check_t *check, const egret_block_place_t *place,
             const egret_block_t *block)
{
    egret_rc_t rc = EGRET_OK;

    (void) place;

    for (size_t i = 0; i < block->project_count; i++) {
        const egret_block_project_t *project = &block->projects[i];

        if (find_nature(block, project, NATURE_GREEN) == NULL) {
            continue;
        }
        for (egret_node_t node = project->sources.first;
             node != EGRET_NODE_NONE && rc == EGRET_OK;
             node = egret_rules_next(check, node))
        {
            if (egret_span_equals_text(egret_rules_text(check, node), "COAL")) {
                rc = egret_rules_report(
                    check, EGRET_L07, EGRET_SEVERITY_REJECT, node,
                    "a project that burns coal has a green label",
                    EGRET_SPAN("COAL"),
                    EGRET_SPAN("a project without coal, or no green label"),
                    "leave the label out, or correct EnrgySrc");
            }
        }
        if (rc != EGRET_OK) {
            return rc;
        }
    }

    return EGRET_OK;
}

/* L07: fossil energy under a green label. What the catalogue of 2015 still
 * had of clean coal is L02 on any deal since 2021-07-01: that version ended. */
static egret_rc_t
check_source(const egret_check_t *check)
{
    return egret_rules_each_block(check, judge_source);
}

const egret_rule_t egret_rules_nature[] = {
    { EGRET_L06, check_mixture, false },
    { EGRET_L07, check_source, false },
    { EGRET_CODE_COUNT, NULL, false },
};
