/* SPDX-License-Identifier: Apache-2.0 */
#include "checks/impact_sums.h"

#include "checks/rules.h"

#include <stdlib.h>

/* A figure of as many digits as the schema takes would leave none to
 * calculate with. */
#define FRACTION_DIGITS 6

static const char *const metrics[EGRET_SUM_KINDS] = {
    [EGRET_SUM_AVOIDED] = "GHGA",    [EGRET_SUM_GENERATED] = "RGEN",
    [EGRET_SUM_CAPACITY] = "RCAP",   [EGRET_SUM_SAVED] = "ESAV",
    [EGRET_SUM_COAL] = "TCES",       [EGRET_SUM_SHORE] = "SHPW",
    [EGRET_SUM_WASTE] = "WSTD",      [EGRET_SUM_PASSENGERS] = "PASS",
    [EGRET_SUM_FREIGHT] = "FRGT",
};

typedef struct {
    size_t project;
    egret_span_t basis;
    egret_span_t horizon;
    egret_sum_kind_t kind;
    egret_decimal_t value;
    egret_node_t node; /* Val */
    int32_t year;
} figure_t;

egret_span_t
egret_sum_metric(egret_sum_kind_t kind)
{
    return egret_span_from(metrics[kind]);
}

static egret_sum_kind_t
kind_of(egret_span_t metric)
{
    size_t kind = 0;

    while (kind < EGRET_SUM_KINDS
           && !egret_span_equals_text(metric, metrics[kind]))
    {
        kind++;
    }

    return (egret_sum_kind_t) kind;
}

/* False for what no rule here asks, or whose unit is M01's. */
static bool
read_figure(const egret_check_t *check, const egret_block_t *block,
            egret_node_t impact, figure_t *figure)
{
    const egret_units_t *units = check->config->units;
    egret_span_t metric = egret_rules_value(check, impact, "Mtrc");
    const egret_metric_t *row = egret_units_metric(units, metric);
    const egret_unit_t *unit = egret_units_find(
        units, egret_rules_value(check, impact, "Unit"));
    const egret_decimal_t one = egret_decimal_from(1);
    egret_decimal_t value;
    egret_date_t to;

    figure->kind = kind_of(metric);
    if (figure->kind == EGRET_SUM_KINDS || row == NULL || unit == NULL
        || !egret_metric_takes(row, unit)
        || !egret_rules_decimal(check, impact, "Val", &value)
        || egret_decimal_multiply(&value, &unit->numerator, &figure->value)
               != EGRET_OK
        || egret_decimal_truncate(&figure->value, FRACTION_DIGITS,
                                  &figure->value) != EGRET_OK)
    {
        return false;
    }
    if (egret_decimal_compare(&unit->denominator, &one) != 0) {
        return false;
    }

    figure->project = egret_rules_project(check, block, impact);
    figure->basis = egret_rules_value(check, impact, "Bss");
    figure->horizon = egret_rules_value(check, impact, "Hrzn");
    figure->node = egret_rules_node(check, impact, "Val");
    figure->year = egret_rules_date(check, impact, "Prd/To", &to)
                   ? to.year : block->as_of.year;

    return figure->project <= block->project_count;
}

static int
compare_sums(const figure_t *a, const figure_t *b)
{
    int order = (a->project > b->project) - (a->project < b->project);

    if (order == 0) {
        order = egret_span_compare(a->basis, b->basis);
    }

    return order != 0 ? order : egret_span_compare(a->horizon, b->horizon);
}

static int
compare_figures(const void *a, const void *b)
{
    const figure_t *left = a, *right = b;
    int order = compare_sums(left, right);

    return order != 0 ? order
                      : (left->node > right->node) - (left->node < right->node);
}

static egret_rc_t
read_figures(const egret_check_t *check, const egret_block_t *block,
             figure_t **out, size_t *count)
{
    egret_node_t first = egret_rules_node(check, block->node, "Impct");
    size_t most = 1;

    *count = 0;
    for (egret_node_t node = first; node != EGRET_NODE_NONE;
         node = egret_rules_next(check, node))
    {
        most++;
    }
    *out = egret_arena_zeroed(check->arena, most, sizeof(**out));
    if (*out == NULL) {
        return egret_arena_rc(check->arena);
    }

    for (egret_node_t node = first; node != EGRET_NODE_NONE;
         node = egret_rules_next(check, node))
    {
        if (read_figure(check, block, node, &(*out)[*count])) {
            (*count)++;
        }
    }
    qsort(*out, *count, sizeof(**out), compare_figures);

    return EGRET_OK;
}

static void
begin(egret_impact_sum_t *sum, const figure_t *figure)
{
    *sum = (egret_impact_sum_t){ .project = figure->project,
                                 .basis = figure->basis,
                                 .horizon = figure->horizon };
    for (size_t kind = 0; kind < EGRET_SUM_KINDS; kind++) {
        sum->nodes[kind] = EGRET_NODE_NONE;
    }
}

static void
add(egret_impact_sum_t *sum, const figure_t *figure)
{
    egret_decimal_t *value = &sum->values[figure->kind];

    if (sum->nodes[figure->kind] == EGRET_NODE_NONE) {
        sum->nodes[figure->kind] = figure->node;
    }
    if (egret_decimal_add(value, &figure->value, value) != EGRET_OK) {
        sum->nodes[figure->kind] = EGRET_NODE_NONE;
    }
    sum->year = figure->year;
}

egret_rc_t
egret_impact_sums_read(const egret_check_t *check, const egret_block_t *block,
                       egret_impact_sums_t *out)
{
    egret_impact_sum_t *sums;
    figure_t *figures;
    size_t count, groups = 0, project = 0;
    egret_rc_t rc = read_figures(check, block, &figures, &count);

    if (rc != EGRET_OK) {
        return rc;
    }
    for (size_t i = 0; i < count; i++) {
        groups += i == 0 || compare_sums(&figures[i - 1], &figures[i]) != 0;
    }
    sums = egret_arena_zeroed(check->arena, groups + 1, sizeof(*sums));
    out->firsts = egret_arena_zeroed(check->arena, block->project_count + 2,
                                     sizeof(*out->firsts));
    if (sums == NULL || out->firsts == NULL) {
        return egret_arena_rc(check->arena);
    }

    out->items = sums;
    out->count = 0;
    out->project_count = block->project_count;
    for (size_t i = 0; i < count; i++) {
        if (i == 0 || compare_sums(&figures[i - 1], &figures[i]) != 0) {
            begin(&sums[out->count], &figures[i]);
            while (project < figures[i].project) {
                out->firsts[++project] = out->count;
            }
            out->count++;
        }
        add(&sums[out->count - 1], &figures[i]);
    }
    while (project <= block->project_count) {
        out->firsts[++project] = out->count;
    }

    return EGRET_OK;
}
