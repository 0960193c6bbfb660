/* SPDX-License-Identifier: Apache-2.0 */
#include "checks/impact_energy.h"

#define MOST 100

typedef enum {
    RANK_NONE,
    RANK_OTHER_BASIS,
    RANK_OTHER_HORIZON,
    RANK_SAME
} rank_t;

typedef struct {
    egret_decimal_t value;
    int64_t times;
    rank_t rank;
} energy_t;

int64_t
egret_impact_times(const egret_impact_sum_t *asked,
                   const egret_impact_sum_t *given)
{
    bool is_within = egret_span_equals(asked->horizon, given->horizon)
                     || egret_span_equals_text(asked->horizon, "ANNL")
                     || egret_span_equals_text(given->horizon, "LIFE");

    return (is_within ? 1 : MOST)
           * (egret_span_equals(asked->basis, given->basis) ? 1 : MOST);
}

static rank_t
rank_of(const egret_impact_sum_t *asked, const egret_impact_sum_t *given)
{
    if (given->nodes[EGRET_SUM_GENERATED] == EGRET_NODE_NONE) {
        return RANK_NONE;
    }
    if (!egret_span_equals(asked->basis, given->basis)) {
        return RANK_OTHER_BASIS;
    }

    return egret_span_equals(asked->horizon, given->horizon)
           ? RANK_SAME : RANK_OTHER_HORIZON;
}

/* False when it has too many digits to say. */
static bool
read_project(const egret_impact_sums_t *sums, const egret_impact_sum_t *asked,
             size_t project, energy_t *out)
{
    *out = (energy_t){ .rank = RANK_NONE, .times = 1 };
    for (size_t i = sums->firsts[project]; i < sums->firsts[project + 1]; i++)
    {
        const egret_impact_sum_t *given = &sums->items[i];
        energy_t energy = { .rank = rank_of(asked, given),
                            .times = egret_impact_times(asked, given) };
        egret_decimal_t factor = egret_decimal_from(energy.times);

        if (energy.rank == RANK_NONE || energy.rank < out->rank) {
            continue;
        }
        if (egret_decimal_multiply(&given->values[EGRET_SUM_GENERATED],
                                   &factor, &energy.value) != EGRET_OK)
        {
            return false;
        }
        if (energy.rank > out->rank
            || egret_decimal_compare(&energy.value, &out->value) > 0)
        {
            *out = energy;
        }
    }

    return true;
}

/* The lowest rank of all: RANK_NONE when one states nothing. */
static bool
read_each(const egret_impact_sums_t *sums, const egret_impact_sum_t *asked,
          energy_t *out)
{
    *out = (energy_t){ .times = 1, .rank = sums->project_count == 0
                                           ? RANK_NONE : RANK_SAME };
    for (size_t i = 1; i <= sums->project_count; i++) {
        energy_t energy;

        if (!read_project(sums, asked, i, &energy)
            || egret_decimal_add(&out->value, &energy.value, &out->value)
                   != EGRET_OK)
        {
            return false;
        }
        if (energy.rank < out->rank) {
            out->rank = energy.rank;
        }
        if (energy.times > out->times) {
            out->times = energy.times;
        }
    }

    return true;
}

bool
egret_impact_energy(const egret_impact_sums_t *sums, bool are_plants,
                    const egret_impact_sum_t *asked,
                    egret_impact_energy_t *out)
{
    bool is_readable;
    energy_t energy;

    if (!read_project(sums, asked, asked->project, &energy)) {
        return false;
    }
    if (energy.rank == RANK_NONE) {
        if (asked->project == 0) {
            is_readable = read_each(sums, asked, &energy);
        } else {
            is_readable = (sums->project_count == 1 || are_plants)
                          && read_project(sums, asked, 0, &energy);
        }
        if (!is_readable || energy.rank == RANK_NONE) {
            return false;
        }
    }

    *out = (egret_impact_energy_t){ energy.value, energy.times,
                                    energy.rank > RANK_OTHER_BASIS };

    return true;
}
