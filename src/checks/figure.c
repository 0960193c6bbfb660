/* SPDX-License-Identifier: Apache-2.0 */
/* The rules that hold figures of impact against each other. Only
 * multiplications, so nothing is rounded. */
#include "checks/rules.h"

#include "checks/impact_energy.h"
#include "config/green_reference.h"

typedef struct {
    const egret_check_t *check;
    const egret_block_t *block;
    egret_impact_sums_t sums;
    bool are_plants; /* each project has a technology that makes power */
} work_t;

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

/* The largest factor of the project's technologies; false when none of them
 * has one. A heat pump or a battery beside a plant generates nothing. */
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
            continue;
        }
        if (!has || egret_decimal_compare(factor, out) > 0) {
            *out = *factor;
        }
        has = true;
    }

    return has;
}

static bool
are_plants(const work_t *work)
{
    egret_decimal_t factor;

    for (size_t i = 1; i <= work->block->project_count; i++) {
        if (!capacity_factor(work, i, &factor)) {
            return false;
        }
    }

    return work->block->project_count > 0;
}

/* Adds what one other way to avoid emissions gives at most, in kg x MJ/kWh;
 * false when nothing says how much that is. */
static bool
add_other(const work_t *work, const egret_impact_sum_t *asked,
          const egret_impact_sum_t *given, egret_sum_kind_t kind,
          egret_decimal_t *sum)
{
    const egret_decimal_t megajoules = { .digits = 36, .scale = 1 };
    const egret_decimal_t one = egret_decimal_from(1);
    const egret_decimal_t *most = egret_reference_avoided_factor(
        work->check->config->reference, egret_sum_metric(kind));
    bool is_energy = kind == EGRET_SUM_SAVED || kind == EGRET_SUM_COAL
                     || kind == EGRET_SUM_SHORE;
    egret_decimal_t value;

    return most != NULL
           && product(&given->values[kind], most,
                      egret_decimal_from(egret_impact_times(asked, given)),
                      &value)
           && egret_decimal_multiply(&value, is_energy ? &one : &megajoules,
                                     &value) == EGRET_OK
           && egret_decimal_add(sum, &value, sum) == EGRET_OK;
}

/* Adds those of a project. */
static bool
add_others(const work_t *work, const egret_impact_sum_t *asked, size_t from,
           size_t to, egret_decimal_t *sum)
{
    for (size_t i = from; i < to; i++) {
        const egret_impact_sum_t *given = &work->sums.items[i];

        for (int kind = EGRET_SUM_SAVED; kind < EGRET_SUM_KINDS; kind++) {
            if (given->nodes[kind] != EGRET_NODE_NONE
                && egret_decimal_sign(&given->values[kind]) > 0
                && !add_other(work, asked, given, (egret_sum_kind_t) kind,
                              sum))
            {
                return false;
            }
        }
    }

    return true;
}

/* What else may have avoided the emissions: of the project, of all projects,
 * and of each for what all have avoided. */
static bool
others_of(const work_t *work, const egret_impact_sum_t *asked,
          egret_decimal_t *out)
{
    const size_t *firsts = work->sums.firsts;
    size_t project = asked->project;

    *out = egret_decimal_from(0);
    if (project == 0) {
        return add_others(work, asked, 0, work->sums.count, out);
    }

    return add_others(work, asked, 0, firsts[1], out)
           && add_others(work, asked, firsts[project], firsts[project + 1],
                         out);
}

static egret_span_t
most_text(const work_t *work, const egret_decimal_t *factor, int64_t most,
          const egret_decimal_t *others)
{
    egret_arena_t *arena = work->check->arena;
    egret_span_t text = egret_rules_decimal_text(work->check, factor);
    egret_span_t scaled = most == 1
        ? EGRET_SPAN("")
        : egret_arena_print(arena, " x %lld", (long long) most);

    if (text.at == NULL || scaled.at == NULL) {
        return (egret_span_t){ NULL, 0 };
    }

    return egret_arena_print(
        arena, "at most the energy x %.*s kg/kWh%.*s%s", EGRET_SPAN_ARGS(text),
        EGRET_SPAN_ARGS(scaled),
        egret_decimal_sign(others) > 0 ? ", and what other figures can avoid"
                                       : "");
}

/* kg x 3.6 against MJ x kg/kWh: both sides are kg x MJ/kWh. */
static egret_rc_t
judge_avoided(const work_t *work, const egret_impact_sum_t *sum)
{
    const egret_check_t *check = work->check;
    const egret_decimal_t megajoules = { .digits = 36, .scale = 1 };
    const egret_decimal_t tolerance = hundredths(105);
    const egret_decimal_t two = egret_decimal_from(2);
    egret_decimal_t factor, avoided, others, bound, plausible, twice;
    egret_span_t place = place_of(work->block, sum->project);
    egret_node_t node = sum->nodes[EGRET_SUM_AVOIDED];
    egret_impact_energy_t energy;
    bool is_beyond;

    if (node == EGRET_NODE_NONE || place.length == 0
        || !egret_reference_grid_factor(check->config->reference, place,
                                        sum->year, &factor)
        || !egret_impact_energy(&work->sums, work->are_plants, sum, &energy)
        || !others_of(work, sum, &others)
        || egret_decimal_multiply(&sum->values[EGRET_SUM_AVOIDED], &megajoules,
                                  &avoided) != EGRET_OK
        || egret_decimal_multiply(&energy.value, &factor, &bound) != EGRET_OK
        || egret_decimal_add(&bound, &others, &bound) != EGRET_OK
        || egret_decimal_multiply(&bound, &tolerance, &plausible) != EGRET_OK
        || egret_decimal_multiply(&bound, &two, &twice) != EGRET_OK
        || egret_decimal_compare(&avoided, &plausible) <= 0)
    {
        return EGRET_OK;
    }

    /* What is measured and what is expected are two things: that is for a
     * person to see. */
    is_beyond = energy.is_of_basis
                && egret_decimal_compare(&avoided, &twice) > 0;

    return egret_rules_report(
        check, EGRET_M03,
        is_beyond ? EGRET_SEVERITY_REJECT : EGRET_SEVERITY_HOLD, node,
        is_beyond ? "avoided emissions are over twice what the energy can "
                    "avoid by the highest published factor"
                  : "avoided emissions are more than what the energy can "
                    "avoid by the highest published factor",
        egret_rules_text(check, node),
        most_text(work, &factor, energy.times, &others),
        "correct GHGA or RGEN");
}

/* One plant is stated with what is expected and with what is measured, or for
 * a year and for its life: the largest of these, not their sum. */
static egret_decimal_t
capacity_of(const work_t *work, size_t project)
{
    egret_decimal_t most = egret_decimal_from(0);

    for (size_t i = work->sums.firsts[project];
         i < work->sums.firsts[project + 1]; i++)
    {
        const egret_impact_sum_t *sum = &work->sums.items[i];

        if (sum->nodes[EGRET_SUM_CAPACITY] != EGRET_NODE_NONE
            && egret_decimal_compare(&sum->values[EGRET_SUM_CAPACITY], &most)
                   > 0)
        {
            most = sum->values[EGRET_SUM_CAPACITY];
        }
    }

    return most;
}

/* MJ against MW x 8760 h x 3600 s/h x factor. */
static egret_rc_t
judge_generated(const work_t *work, const egret_impact_sum_t *sums)
{
    const egret_check_t *check = work->check;
    egret_decimal_t capacity = capacity_of(work, sums->project);
    egret_decimal_t factor, limit;

    if (!egret_span_equals_text(sums->horizon, "ANNL")
        || sums->nodes[EGRET_SUM_GENERATED] == EGRET_NODE_NONE
        || egret_decimal_sign(&capacity) <= 0
        || !capacity_factor(work, sums->project, &factor)
        || !product(&capacity, &factor, egret_decimal_from(8760L * 3600),
                    &limit)
        || egret_decimal_compare(&sums->values[EGRET_SUM_GENERATED], &limit)
               <= 0)
    {
        return EGRET_OK;
    }

    return egret_rules_report(
        check, EGRET_M04, EGRET_SEVERITY_HOLD, sums->nodes[EGRET_SUM_GENERATED],
        "more energy a year than the capacity plausibly gives",
        egret_rules_text(check, sums->nodes[EGRET_SUM_GENERATED]),
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
judge_coal(const work_t *work, const egret_impact_sum_t *sums)
{
    const egret_decimal_t *coal = &sums->values[EGRET_SUM_COAL];
    egret_sum_kind_t kind =
        sums->nodes[EGRET_SUM_GENERATED] != EGRET_NODE_NONE
            ? EGRET_SUM_GENERATED : EGRET_SUM_SAVED;
    const egret_decimal_t *energy = &sums->values[kind];

    if (sums->nodes[EGRET_SUM_COAL] == EGRET_NODE_NONE
        || sums->nodes[kind] == EGRET_NODE_NONE
        || egret_decimal_sign(energy) <= 0
        || is_near(coal, energy, 1167, 1291)
        || is_near(coal, energy, 2700, 3300))
    {
        return EGRET_OK;
    }

    return egret_rules_report(
        work->check, EGRET_M04, EGRET_SEVERITY_HOLD,
        sums->nodes[EGRET_SUM_COAL],
        "the coal saved does not fit the energy",
        egret_rules_text(work->check, sums->nodes[EGRET_SUM_COAL]),
        EGRET_SPAN("0.1229, or 0.27 to 0.33 tonnes of coal equivalent a MWh"),
        "correct TCES, or the energy");
}

typedef egret_rc_t (*judge_sums_t)(const work_t *work,
                                   const egret_impact_sum_t *sum);

static egret_rc_t
judge_block(const egret_check_t *check, const egret_block_t *block,
            const judge_sums_t *judges, size_t judge_count)
{
    work_t work = { .check = check, .block = block };
    egret_rc_t rc;

    if (check->config->units == NULL) {
        return EGRET_OK;
    }

    rc = egret_impact_sums_read(check, block, &work.sums);
    work.are_plants = are_plants(&work);
    for (size_t i = 0; rc == EGRET_OK && i < work.sums.count; i++) {
        for (size_t k = 0; rc == EGRET_OK && k < judge_count; k++) {
            rc = judges[k](&work, &work.sums.items[i]);
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
