/* SPDX-License-Identifier: Apache-2.0 */
/* impact_sums: the figures of impact of a block that rules hold against each
 * other (M03, M04), added up: those of one project, one basis (Impct/Bss) and
 * one horizon (Impct/Hrzn) are one sum. */
#ifndef EGRET_CHECKS_IMPACT_SUMS_H
#define EGRET_CHECKS_IMPACT_SUMS_H

#include "checks/check.h"
#include "util/decimal.h"

/* With the unit of each: the base unit of its metric's dimension. */
typedef enum {
    EGRET_SUM_AVOIDED,    /* GHGA, kg */
    EGRET_SUM_GENERATED,  /* RGEN, MJ */
    EGRET_SUM_CAPACITY,   /* RCAP, MW */
    EGRET_SUM_SAVED,      /* ESAV, MJ; from here on other ways to avoid */
    EGRET_SUM_COAL,       /* TCES, MJ */
    EGRET_SUM_SHORE,      /* SHPW, MJ */
    EGRET_SUM_WASTE,      /* WSTD, t */
    EGRET_SUM_PASSENGERS, /* PASS, passenger kilometres */
    EGRET_SUM_FREIGHT,    /* FRGT, tonne kilometres */
    EGRET_SUM_KINDS
} egret_sum_kind_t;

typedef struct {
    egret_decimal_t values[EGRET_SUM_KINDS];
    egret_node_t nodes[EGRET_SUM_KINDS]; /* Val of the first, or
                                            EGRET_NODE_NONE: there is none */
    size_t project; /* from 1; 0: all */
    egret_span_t basis;
    egret_span_t horizon;
    int32_t year; /* in which the last of them ends */
} egret_impact_sum_t;

typedef struct {
    const egret_impact_sum_t *items; /* by project, basis and horizon */
    size_t count;
    size_t project_count; /* of the block */
    size_t *firsts; /* by project, and one more: its first item */
} egret_impact_sums_t;

/* Without what is at fault: what M01 finds, and what dangles (G03). In the
 * arena. EGRET_ENOMEM, EGRET_ELIMIT. */
egret_rc_t egret_impact_sums_read(const egret_check_t *check,
                                  const egret_block_t *block,
                                  egret_impact_sums_t *out) EGRET_MUST_USE;
/* "GHGA". */
egret_span_t egret_sum_metric(egret_sum_kind_t kind);

#endif
