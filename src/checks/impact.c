/* SPDX-License-Identifier: Apache-2.0 */
/* The rules of figures of impact. */
#include "checks/rules.h"

/* Figures that stand for themselves and not for a year or a life. */
static const char *const stocks[] = { "RCAP", "AREA", "GBLD", "EVCH", "JOBS" };

static bool
is_one_of(egret_span_t text, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (egret_span_equals_text(text, words[i])) {
            return true;
        }
    }

    return false;
}

static egret_rc_t
report_missing(const egret_check_t *check, egret_node_t impact,
               const char *message, egret_span_t metric, const char *expected,
               const char *fix)
{
    return egret_rules_report(check, EGRET_M02, EGRET_SEVERITY_REJECT, impact,
                              message, metric, egret_span_from(expected), fix);
}

static bool
has(const egret_check_t *check, egret_node_t impact, const char *part)
{
    return egret_rules_node(check, impact, part) != EGRET_NODE_NONE;
}

/* What is emitted is counted, not compared: it has no baseline. */
static egret_rc_t
judge_gas(const egret_check_t *check, egret_node_t impact, egret_span_t metric)
{
    static const char *const counted[] = { "GHGA", "GHGE", "GHGS" };
    egret_rc_t rc = EGRET_OK;

    if (!is_one_of(metric, counted, 3)) {
        return EGRET_OK;
    }
    if (!egret_span_equals_text(metric, "GHGE")
        && !has(check, impact, "Bsln"))
    {
        rc = report_missing(check, impact,
                            "a figure of greenhouse gases has no baseline",
                            metric, "Bsln", "add Bsln with value and factor");
    }
    if (rc == EGRET_OK && !has(check, impact, "Mthd")) {
        rc = report_missing(check, impact,
                            "a figure of greenhouse gases names no method",
                            metric, "Mthd", "add Mthd, such as IFI-GHG");
    }

    return rc;
}

static egret_rc_t
judge_period(const egret_check_t *check, egret_node_t impact,
             egret_span_t metric)
{
    egret_date_t to, from;
    bool has_period = egret_rules_date(check, impact, "Prd/To", &to);

    if (has_period && egret_rules_date(check, impact, "Prd/Fr", &from)
        && egret_date_compare(to, from) < 0)
    {
        return egret_rules_report(
            check, EGRET_M02, EGRET_SEVERITY_REJECT,
            egret_rules_node(check, impact, "Prd/To"),
            "the period ends before it begins",
            egret_rules_date_text(check, to),
            egret_rules_date_text(check, from), "correct Prd");
    }
    if (!egret_span_equals_text(egret_rules_value(check, impact, "Bss"),
                                "EXPO"))
    {
        return EGRET_OK;
    }
    if (!has_period) {
        return report_missing(check, impact,
                              "what was measured has no period", metric,
                              "Prd", "add Prd, the period that was measured");
    }
    if (egret_date_compare(to, check->now.date) <= 0) {
        return EGRET_OK;
    }

    return egret_rules_report(
        check, EGRET_M02, EGRET_SEVERITY_REJECT,
        egret_rules_node(check, impact, "Prd/To"),
        "what was measured is still to come", egret_rules_date_text(check, to),
        EGRET_SPAN("a day that has passed"),
        "correct Prd, or say EXAN of what is expected");
}

static egret_rc_t
judge_impact(const egret_check_t *check, egret_node_t impact)
{
    egret_span_t metric = egret_rules_value(check, impact, "Mtrc");
    egret_rc_t rc = judge_gas(check, impact, metric);

    if (rc == EGRET_OK) {
        rc = judge_period(check, impact, metric);
    }
    if (rc != EGRET_OK || has(check, impact, "Hrzn")
        || is_one_of(metric, stocks, sizeof(stocks) / sizeof(stocks[0])))
    {
        return rc;
    }

    return report_missing(check, impact,
                          "the figure says neither for a year nor for the "
                          "whole life", metric, "Hrzn", "add Hrzn");
}

/* A figure, or a measured criterion of a project: a metric that is known, in
 * a unit of its dimension. */
static egret_rc_t
judge_unit(const egret_check_t *check, egret_node_t entry)
{
    const egret_units_t *units = check->config->units;
    egret_node_t node = egret_rules_node(check, entry, "Mtrc");
    const egret_metric_t *metric = egret_units_metric(
        units, egret_rules_text(check, node));
    const egret_unit_t *unit;

    if (metric == NULL) {
        return egret_rules_report(
            check, EGRET_M01, EGRET_SEVERITY_REJECT, node,
            "there is no such metric", egret_rules_text(check, node),
            EGRET_SPAN("a metric of the gateway's list"),
            "use one of the codes of metrics.tsv");
    }

    node = egret_rules_node(check, entry, "Unit");
    unit = egret_units_find(units, egret_rules_text(check, node));
    if (unit != NULL && egret_metric_takes(metric, unit)) {
        return EGRET_OK;
    }

    return egret_rules_report(
        check, EGRET_M01, EGRET_SEVERITY_REJECT, node,
        unit == NULL ? "there is no such unit"
                     : "the unit measures something else than the metric",
        egret_rules_text(check, node),
        egret_arena_print(check->arena, "a unit of %.*s for %.*s",
                          EGRET_SPAN_ARGS(metric->dimension),
                          EGRET_SPAN_ARGS(metric->code)),
        "convert the value, and use a unit of units.tsv");
}

static egret_rc_t
judge_units(const egret_check_t *check, const egret_block_place_t *place,
            const egret_block_t *block)
{
    egret_rc_t rc = EGRET_OK;

    (void) place;

    if (check->config->units == NULL) {
        return EGRET_OK;
    }
    for (egret_node_t node = egret_rules_node(check, block->node, "Impct");
         node != EGRET_NODE_NONE && rc == EGRET_OK;
         node = egret_rules_next(check, node))
    {
        rc = judge_unit(check, node);
    }
    for (size_t i = 0; i < block->project_count && rc == EGRET_OK; i++) {
        for (egret_node_t node = block->projects[i].criteria.first;
             node != EGRET_NODE_NONE && rc == EGRET_OK;
             node = egret_rules_next(check, node))
        {
            rc = judge_unit(check, node);
        }
    }

    return rc;
}

/* M01: metrics, and units of their dimension. */
static egret_rc_t
check_units(const egret_check_t *check)
{
    return egret_rules_each_block(check, judge_units);
}

static egret_rc_t
judge_impacts(const egret_check_t *check, const egret_block_place_t *place,
              const egret_block_t *block)
{
    egret_rc_t rc = EGRET_OK;

    (void) place;

    for (egret_node_t node = egret_rules_node(check, block->node, "Impct");
         node != EGRET_NODE_NONE && rc == EGRET_OK;
         node = egret_rules_next(check, node))
    {
        rc = judge_impact(check, node);
    }

    return rc;
}

/* M02: baseline, method, period and horizon. */
static egret_rc_t
check_impacts(const egret_check_t *check)
{
    return egret_rules_each_block(check, judge_impacts);
}

const egret_rule_t egret_rules_impact[] = {
    { EGRET_M01, check_units, false },
    { EGRET_M02, check_impacts, false },
    { EGRET_CODE_COUNT, NULL, false },
};
