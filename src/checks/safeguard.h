/* SPDX-License-Identifier: Apache-2.0 */
/* safeguard: whether a block shows that projects keep minimum safeguards. */
#ifndef EGRET_CHECKS_SAFEGUARD_H
#define EGRET_CHECKS_SAFEGUARD_H

#include "checks/check.h"
#include "taxonomy/condition.h"

/* Sets is_safeguarded of the facts, which are by project, where MinSfg says so
 * of the project, or of all, and nowhere otherwise; and a review of opinion
 * ALGN, made by the decisive date and valid on it, is by somebody else than the
 * issuer whom the list of one of its standards recognises on its day. The
 * guidelines that MinSfg names are those of every scheme that asks for
 * safeguards, so it does not matter by whose criteria they were looked at; of
 * DNSH it does, and DNSH proves nothing. Nothing is asked in a block without an
 * aligned label. EGRET_ENOMEM, EGRET_ELIMIT. */
egret_rc_t egret_safeguards_tell(const egret_check_t *check,
                                 const egret_block_t *block,
                                 egret_facts_t *facts) EGRET_MUST_USE;

#endif
