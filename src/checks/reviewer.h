/* SPDX-License-Identifier: Apache-2.0 */
/* reviewer: whether a review is by somebody else than the issuer. */
#ifndef EGRET_CHECKS_REVIEWER_H
#define EGRET_CHECKS_REVIEWER_H

#include "checks/check.h"

/* Of an issuer, the first: it has one or two, and who hides his writes none. */
#define EGRET_REVIEWER_NUMBERS 16

/* Prvdr/LEI or Prvdr/RegNo of the review where it is the issuer's: its LEI, or
 * a number of its own (Issr/NtlId), in any case and whatever blanks and marks
 * stand between. EGRET_NODE_NONE where neither is. A block has no name of its
 * issuer, so names are not compared here. */
egret_node_t egret_reviewer_is_issuer(const egret_check_t *check,
                                      const egret_block_t *block,
                                      egret_node_t review);

#endif
