/* SPDX-License-Identifier: Apache-2.0 */
/* in_force: whether a scheme's version may be used for a deal (rules L01, L02).
 *
 * The decisive date and its kind (Instr/DcsvDt) decide, with the version's
 * published, from and to dates:
 * - from `from` to `to`, both included, the version is in force;
 * - what was decided before `published` in a kind that the version's
 *   grandfathering keeps (CN-GFEPC/2025: loans approved, bonds registered)
 *   stays on the older version;
 * - what was filed before `published` in a kind that may choose (FILD) may use
 *   this version before its `from`; the older one is in force on that date by
 *   its own dates;
 * - between `published` and `from` only the older version is in force.
 * The day of publication itself is not before it.
 * Source: notice of PBoC, NFRA and CSRC, 银发〔2025〕132号, item 3. */
#ifndef EGRET_TAXONOMY_IN_FORCE_H
#define EGRET_TAXONOMY_IN_FORCE_H

#include "taxonomy/scheme.h"

typedef enum {
    EGRET_IN_FORCE_BY_DATE,
    EGRET_IN_FORCE_BY_CHOICE,   /* filed before publication */
    EGRET_IN_FORCE_NOT_YET,
    EGRET_IN_FORCE_OLDER_KEPT,  /* decided before publication */
    EGRET_IN_FORCE_NO_LONGER,
    EGRET_IN_FORCE_NEVER        /* a draft is not in force on any date */
} egret_in_force_t;

egret_in_force_t egret_scheme_in_force(const egret_scheme_t *scheme,
                                       egret_date_t date,
                                       egret_decisive_t kind);
/* by date or by choice. */
bool egret_in_force_is_allowed(egret_in_force_t in_force);
/* "is not yet in force", ... for sentences. Never NULL. */
const char *egret_in_force_text(egret_in_force_t in_force);

#endif
