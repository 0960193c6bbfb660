/* SPDX-License-Identifier: Apache-2.0 */
/* disclosure: what a block says was disclosed, and what it says is due next. */
#ifndef EGRET_CHECKS_DISCLOSURE_H
#define EGRET_CHECKS_DISCLOSURE_H

#include "checks/check.h"
#include "config/green_reference.h"

#define EGRET_DISCLOSURE_TYPES 6 /* FRMW FACT ALOC IMPC ENVD PRSP */

/* The last of one type (Dscl/Tp) that is public. A PubDt yet to come is none;
 * as dates have no zone here, the day after today counts as come. */
typedef struct {
    egret_span_t type;
    egret_date_t latest; /* when has_latest */
    bool has_latest;
} egret_disclosure_t;

typedef struct {
    egret_disclosure_t items[EGRET_DISCLOSURE_TYPES];
    size_t count; /* each type once, in the order of the block */
    egret_date_t today;
} egret_disclosures_t;

/* A disclosure that one Dscl says is due. */
typedef struct {
    egret_node_t node; /* NxtDueDt */
    egret_date_t due;
} egret_promise_t;

void egret_disclosures_read(const egret_check_t *check,
                            const egret_block_t *block, egret_date_t today,
                            egret_disclosures_t *out);
/* NULL where the block has none of that type. */
const egret_disclosure_t *
egret_disclosures_find(const egret_disclosures_t *all, egret_span_t type);
/* What this Dscl promises and nothing has kept: one of the type that came out
 * after it (its PubDt), and not over a year before the day, keeps it. False
 * when it promises nothing, or that is kept. */
bool egret_disclosures_promise(const egret_disclosures_t *all,
                               const egret_check_t *check, egret_node_t node,
                               egret_promise_t *out);
/* Rule E05: the date is over, and the duty began before it. */
bool egret_promise_is_overdue(const egret_promise_t *promise,
                              const egret_disclosure_duty_t *duty,
                              egret_date_t today);

#endif
