/* SPDX-License-Identifier: Apache-2.0 */
/* impact_energy: the generated energy that avoided emissions may rest on. */
#ifndef EGRET_CHECKS_IMPACT_ENERGY_H
#define EGRET_CHECKS_IMPACT_ENERGY_H

#include "checks/impact_sums.h"

typedef struct {
    egret_decimal_t value; /* MJ, times what follows */
    int64_t times;         /* the most that went in */
    bool is_of_basis;      /* expected like the emissions, or measured */
} egret_impact_energy_t;

/* How many times what `given` counts may hold what `asked` counts. A life
 * holds a year once; a year of a plant stands for up to 100; and what was
 * measured of a part of a plant for a part of a year stands for up to 100
 * times as much that is expected. */
int64_t egret_impact_times(const egret_impact_sum_t *asked,
                           const egret_impact_sum_t *given);

/* RGEN for the emissions of `asked`: of the same basis and horizon, else of
 * the same basis, else of the other; the largest of these. Of the same
 * project; else of all projects, when there is only one or each generates
 * (`are_plants`): of what others generate a project avoids nothing. For all
 * projects: what is stated for all, else what each of them states. False when
 * there is none, or it has too many digits to say. */
bool egret_impact_energy(const egret_impact_sums_t *sums, bool are_plants,
                         const egret_impact_sum_t *asked,
                         egret_impact_energy_t *out);

#endif
