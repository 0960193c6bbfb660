/* SPDX-License-Identifier: Apache-2.0 */
/* The rules that hold figures of impact against each other: those of one
 * project, one basis and one horizon are added up. Only multiplications, so
 * nothing is rounded. */
#include "checks/rules.h"

#include "config/green_reference.h"

#include <stdlib.h>

typedef enum {
    SUM_AVOIDED,   /* kg, GHGA */
    SUM_GENERATED, /* MJ, RGEN */
    SUM_SAVED,     /* MJ, ESAV */
    SUM_COAL,      /* MJ, TCES */
    SUM_CAPACITY,  /* MW, RCAP: of the project, whatever basis and horizon */
    SUM_OTHER,     /* another way to avoid emissions */
    SUM_COUNT
} sum_kind_t;

typedef struct {
    size_t project; /* from 1; 0: all */
    egret_span_t basis;
    egret_span_t horizon;
    sum_kind_t kind;
    egret_decimal_t value; /* in the dimension's base unit */
    egret_node_t node;     /* Val */
    int32_t year;
} figure_t;

typedef struct {
    egret_decimal_t values[SUM_COUNT];
    egret_node_t nodes[SUM_COUNT]; /* of the first, or EGRET_NODE_NONE */
    size_t project;
    bool is_annual;
    int32_t year;
} sums_t;

typedef struct {
    const egret_check_t *check;
    const egret_block_t *block;
    figure_t *figures;
    size_t count;
    egret_decimal_t *capacities; /* by project; 0: all */
} work_t;

static sum_kind_t
kind_of(egret_span_t metric)
{
    static const struct {
        const char *metric;
        sum_kind_t kind;
    } kinds[] = {
        { "GHGA", SUM_AVOIDED }, { "RGEN", SUM_GENERATED },
        { "ESAV", SUM_SAVED },   { "TCES", SUM_COAL },
        { "RCAP", SUM_CAPACITY }, { "SHPW", SUM_OTHER },
        { "WSTD", SUM_OTHER },   { "PASS", SUM_OTHER },
        { "FRGT", SUM_OTHER },
    };

    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        if (egret_span_equals_text(metric, kinds[i].metric)) {
            return kinds[i].kind;
        }
    }

    return SUM_COUNT;
}

/* False for what no rule here asks, or whose unit is M01's. */
static bool
read_figure(const work_t *work, egret_node_t impact, figure_t *figure)
{
    const egret_check_t *check = work->check;
    const egret_units_t *units = check->config->units;
    egret_span_t metric = egret_rules_value(check, impact, "Mtrc");
    const egret_metric_t *row = egret_units_metric(units, metric);
    const egret_unit_t *unit = egret_units_find(
        units, egret_rules_value(check, impact, "Unit"));
    const egret_decimal_t one = egret_decimal_from(1);
    egret_decimal_t value;
    egret_date_t to;

    figure->kind = kind_of(metric);
    if (figure->kind == SUM_COUNT || row == NULL || unit == NULL
        || !egret_metric_takes(row, unit)
        || !egret_rules_decimal(check, impact, "Val", &value)
        || egret_decimal_multiply(&value, &unit->numerator, &figure->value)
               != EGRET_OK)
    {
        return false;
    }
    if (egret_decimal_compare(&unit->denominator, &one) != 0) {
        return false;
    }

    figure->project = egret_rules_project(check, work->block, impact);
    figure->basis = egret_rules_value(check, impact, "Bss");
    figure->horizon = egret_rules_value(check, impact, "Hrzn");
    figure->node = egret_rules_node(check, impact, "Val");
    figure->year = egret_rules_date(check, impact, "Prd/To", &to)
                   ? to.year : work->block->as_of.year;

    return figure->project <= work->block->project_count;
}

static int
compare_figures(const void *a, const void *b)
{
    const figure_t *left = a, *right = b;
    int order = (left->project > right->project)
                - (left->project < right->project);

    if (order == 0) {
        order = egret_span_compare(left->basis, right->basis);
    }
    if (order == 0) {
        order = egret_span_compare(left->horizon, right->horizon);
    }

    return order != 0 ? order
                      : (left->node > right->node) - (left->node < right->node);
}

static egret_rc_t
read_figures(work_t *work)
{
    egret_node_t first = egret_rules_node(work->check, work->block->node,
                                          "Impct");
    size_t count = 1;

    for (egret_node_t node = first; node != EGRET_NODE_NONE;
         node = egret_rules_next(work->check, node))
    {
        count++;
    }
    work->figures = egret_arena_zeroed(work->check->arena, count,
                                       sizeof(*work->figures));
    work->capacities = egret_arena_zeroed(work->check->arena,
                                          work->block->project_count + 1,
                                          sizeof(*work->capacities));
    if (work->figures == NULL || work->capacities == NULL) {
        return egret_arena_rc(work->check->arena);
    }

    for (egret_node_t node = first; node != EGRET_NODE_NONE;
         node = egret_rules_next(work->check, node))
    {
        figure_t *figure = &work->figures[work->count];
        egret_decimal_t *capacity;

        if (!read_figure(work, node, figure)) {
            continue;
        }
        capacity = &work->capacities[figure->project];
        if (figure->kind != SUM_CAPACITY) {
            work->count++;
        } else if (egret_decimal_add(capacity, &figure->value, capacity)
                   != EGRET_OK) {
            *capacity = egret_decimal_from(0);
        }
    }
    qsort(work->figures, work->count, sizeof(*work->figures),
          compare_figures);

    return EGRET_OK;
}

/* a x b x c; false when it has too many digits to say. */
static bool
product(const egret_decimal_t *a, const egret_decimal_t *b,
        egret_decimal_t c, egret_decimal_t *out)
{
    return egret_decimal_multiply(a, b, out) == EGRET_OK
           && egret_decimal_multiply(out, &c, out) == EGRET_OK;
}

static egret_decimal_t
hundredths(int64_t value)
{
    egret_decimal_t cent = { .digits = 1, .scale = 2 };
    egret_decimal_t whole = egret_decimal_from(value), out;

    return egret_decimal_multiply(&whole, &cent, &out) == EGRET_OK ? out
                                                                   : whole;
}

/* Where the project is; of all projects, where they all are. */
static egret_span_t
place_of(const egret_block_t *block, size_t project)
{
    if (project > 0) {
        return block->projects[project - 1].jurisdiction;
    }
    for (size_t i = 1; i < block->project_count; i++) {
        if (!egret_span_equals(block->projects[i].jurisdiction,
                               block->projects[0].jurisdiction))
        {
            return EGRET_SPAN("");
        }
    }

    return block->project_count == 0 ? EGRET_SPAN("")
                                     : block->projects[0].jurisdiction;
}

/* kg x 3.6 against MJ x kg/kWh: both sides are kg x MJ/kWh. */
static egret_rc_t
judge_avoided(const work_t *work, const sums_t *sums)
{
    const egret_check_t *check = work->check;
    const egret_decimal_t megajoules = { .digits = 36, .scale = 1 };
    egret_decimal_t factor, avoided, plausible, twice;
    egret_span_t place = place_of(work->block, sums->project);
    bool is_beyond;

    if (sums->nodes[SUM_AVOIDED] == EGRET_NODE_NONE
        || sums->nodes[SUM_GENERATED] == EGRET_NODE_NONE
        || sums->nodes[SUM_SAVED] != EGRET_NODE_NONE
        || sums->nodes[SUM_COAL] != EGRET_NODE_NONE
        || sums->nodes[SUM_OTHER] != EGRET_NODE_NONE || place.length == 0
        || !egret_reference_grid_factor(check->config->reference, place,
                                        sums->year, &factor)
        || egret_decimal_multiply(&sums->values[SUM_AVOIDED], &megajoules,
                                  &avoided) != EGRET_OK
        || !product(&sums->values[SUM_GENERATED], &factor, hundredths(105),
                    &plausible)
        || !product(&sums->values[SUM_GENERATED], &factor, hundredths(200),
                    &twice)
        || egret_decimal_compare(&avoided, &plausible) <= 0)
    {
        return EGRET_OK;
    }

    is_beyond = egret_decimal_compare(&avoided, &twice) > 0;

    return egret_rules_report(
        check, EGRET_M03,
        is_beyond ? EGRET_SEVERITY_REJECT : EGRET_SEVERITY_HOLD,
        sums->nodes[SUM_AVOIDED],
        is_beyond ? "avoided emissions are over twice what the energy can "
                    "avoid by the highest published factor"
                  : "avoided emissions are more than what the energy can "
                    "avoid by the highest published factor",
        egret_rules_text(check, sums->nodes[SUM_AVOIDED]),
        egret_arena_print(
            check->arena, "at most the energy x %.*s kg/kWh",
            EGRET_SPAN_ARGS(egret_rules_decimal_text(check, &factor))),
        "correct GHGA or RGEN");
}

/* The largest factor of the project's technologies; false when one of them
 * has none, or it names none. */
static bool
capacity_factor(const work_t *work, size_t project, egret_decimal_t *out)
{
    egret_node_t node = EGRET_NODE_NONE;
    bool has = false;

    if (project > 0) {
        node = work->block->projects[project - 1].technologies.first;
    }
    for (; node != EGRET_NODE_NONE; node = egret_rules_next(work->check, node))
    {
        const egret_decimal_t *factor = egret_reference_capacity_factor(
            work->check->config->reference,
            egret_rules_text(work->check, node));

        if (factor == NULL) {
            return false;
        }
        if (!has || egret_decimal_compare(factor, out) > 0) {
            *out = *factor;
        }
        has = true;
    }

    return has;
}

/* MJ against MW x 8760 h x 3600 s/h x factor. */
static egret_rc_t
judge_generated(const work_t *work, const sums_t *sums)
{
    const egret_check_t *check = work->check;
    const egret_decimal_t *capacity = &work->capacities[sums->project];
    egret_decimal_t factor, limit;

    if (!sums->is_annual || sums->nodes[SUM_GENERATED] == EGRET_NODE_NONE
        || egret_decimal_sign(capacity) <= 0
        || !capacity_factor(work, sums->project, &factor)
        || !product(capacity, &factor, egret_decimal_from(8760L * 3600),
                    &limit)
        || egret_decimal_compare(&sums->values[SUM_GENERATED], &limit) <= 0)
    {
        return EGRET_OK;
    }

    return egret_rules_report(
        check, EGRET_M04, EGRET_SEVERITY_HOLD, sums->nodes[SUM_GENERATED],
        "more energy a year than the capacity plausibly gives",
        egret_rules_text(check, sums->nodes[SUM_GENERATED]),
        egret_arena_print(
            check->arena, "at most capacity x 8760 h x %.*s",
            EGRET_SPAN_ARGS(egret_rules_decimal_text(check, &factor))),
        "correct RGEN, RCAP or Tchnlgy");
}

/* Tonnes of coal equivalent a MWh: 0.1229 where energy is counted as such,
 * 0.27 to 0.33 where it is what a power plant burns for it. In MJ and MJ:
 * coal x 3600 against energy x ratio x 29307.6. */
static bool
is_near(const egret_decimal_t *coal, const egret_decimal_t *energy,
        int64_t from, int64_t to)
{
    const egret_decimal_t hour = egret_decimal_from(3600);
    /* 29307.6 MJ, for ratios in ten-thousandths */
    const egret_decimal_t unit = { .digits = 293076, .scale = 5 };
    egret_decimal_t at, least, most;

    return egret_decimal_multiply(coal, &hour, &at) == EGRET_OK
           && product(energy, &unit, egret_decimal_from(from), &least)
           && product(energy, &unit, egret_decimal_from(to), &most)
           && egret_decimal_compare(&at, &least) >= 0
           && egret_decimal_compare(&at, &most) <= 0;
}

static egret_rc_t
judge_coal(const work_t *work, const sums_t *sums)
{
    const egret_decimal_t *coal = &sums->values[SUM_COAL];
    sum_kind_t kind = sums->nodes[SUM_GENERATED] != EGRET_NODE_NONE
                      ? SUM_GENERATED : SUM_SAVED;
    const egret_decimal_t *energy = &sums->values[kind];

    if (sums->nodes[SUM_COAL] == EGRET_NODE_NONE
        || sums->nodes[kind] == EGRET_NODE_NONE
        || egret_decimal_sign(energy) <= 0
        || is_near(coal, energy, 1167, 1291)
        || is_near(coal, energy, 2700, 3300))
    {
        return EGRET_OK;
    }

    return egret_rules_report(
        work->check, EGRET_M04, EGRET_SEVERITY_HOLD, sums->nodes[SUM_COAL],
        "the coal saved does not fit the energy",
        egret_rules_text(work->check, sums->nodes[SUM_COAL]),
        EGRET_SPAN("0.1229, or 0.27 to 0.33 tonnes of coal equivalent a MWh"),
        "correct TCES, or the energy");
}

/* The figures of one project, basis and horizon; gives how many they are. */
static size_t
add_up(const work_t *work, size_t first, sums_t *sums)
{
    const figure_t *from = &work->figures[first];
    size_t i = first;

    *sums = (sums_t){ .project = from->project, .year = from->year };
    sums->is_annual = egret_span_equals_text(from->horizon, "ANNL");
    for (size_t k = 0; k < SUM_COUNT; k++) {
        sums->nodes[k] = EGRET_NODE_NONE;
    }

    for (; i < work->count; i++) {
        const figure_t *figure = &work->figures[i];
        egret_decimal_t *value = &sums->values[figure->kind];

        if (figure->project != from->project
            || !egret_span_equals(figure->basis, from->basis)
            || !egret_span_equals(figure->horizon, from->horizon))
        {
            break;
        }
        if (sums->nodes[figure->kind] == EGRET_NODE_NONE) {
            sums->nodes[figure->kind] = figure->node;
        }
        if (egret_decimal_add(value, &figure->value, value) != EGRET_OK) {
            sums->nodes[figure->kind] = EGRET_NODE_NONE;
        }
        sums->year = figure->year;
    }

    return i - first;
}

typedef egret_rc_t (*judge_sums_t)(const work_t *work, const sums_t *sums);

static egret_rc_t
judge_block(const egret_check_t *check, const egret_block_t *block,
            const judge_sums_t *judges, size_t judge_count)
{
    work_t work = { .check = check, .block = block };
    sums_t sums;
    egret_rc_t rc;

    if (check->config->units == NULL) {
        return EGRET_OK;
    }

    rc = read_figures(&work);
    for (size_t i = 0; rc == EGRET_OK && i < work.count;) {
        i += add_up(&work, i, &sums);
        for (size_t k = 0; rc == EGRET_OK && k < judge_count; k++) {
            rc = judges[k](&work, &sums);
        }
    }

    return rc;
}

static egret_rc_t
judge_emissions(const egret_check_t *check, const egret_block_place_t *place,
                const egret_block_t *block)
{
    static const judge_sums_t judges[] = { judge_avoided };

    (void) place;

    return judge_block(check, block, judges, 1);
}

static egret_rc_t
judge_energy(const egret_check_t *check, const egret_block_place_t *place,
             const egret_block_t *block)
{
    static const judge_sums_t judges[] = { judge_generated, judge_coal };

    (void) place;

    return judge_block(check, block, judges, 2);
}

/* M03: avoided emissions against energy and published factors. */
static egret_rc_t
check_emissions(const egret_check_t *check)
{
    return egret_rules_each_block(check, judge_emissions);
}

/* M04: energy against capacity, and coal against energy. */
static egret_rc_t
check_energy(const egret_check_t *check)
{
    return egret_rules_each_block(check, judge_energy);
}

const egret_rule_t egret_rules_figure[] = {
    { EGRET_M03, check_emissions, false },
    { EGRET_M04, check_energy, false },
    { EGRET_CODE_COUNT, NULL, false },
};
