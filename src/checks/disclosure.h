/* SPDX-License-Identifier: Apache-2.0 */
/* disclosure: what a block says was disclosed, and what it says is due next. */
#ifndef EGRET_CHECKS_DISCLOSURE_H
#define EGRET_CHECKS_DISCLOSURE_H

#include "checks/check.h"
#include "config/green_reference.h"

#define EGRET_DISCLOSURE_TYPES 6 /* FRMW FACT ALOC IMPC ENVD PRSP */

/* Of one type (Dscl/Tp): the one that is due last, and the last that came. */
typedef struct {
    egret_span_t type;
    egret_node_t node; /* NxtDueDt, or EGRET_NODE_NONE */
    egret_date_t due;
    egret_date_t published; /* beside it, when has_published */
    egret_date_t latest;    /* of all of the type, when has_latest */
    bool has_published;
    bool has_latest;
} egret_disclosure_t;

/* In the order of the block, each type once; how many there are. */
size_t egret_disclosures_read(const egret_check_t *check,
                              const egret_block_t *block,
                              egret_disclosure_t out[EGRET_DISCLOSURE_TYPES]);
/* A date was promised, and nothing came out after what promised it. */
bool egret_disclosure_is_open(const egret_disclosure_t *last);
/* Rule E05: that, and the date is over, and the duty began before it. */
bool egret_disclosure_is_overdue(const egret_disclosure_t *last,
                                 const egret_disclosure_duty_t *duty,
                                 egret_date_t today);

#endif
