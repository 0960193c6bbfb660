/* SPDX-License-Identifier: Apache-2.0 */

#include "taxonomy/in_force.h"


egret_in_force_t
egret_scheme_in_force(const egret_scheme_t *scheme, egret_date_t date,
                      egret_decisive_t kind)
{
    egret_grandfathering_t rule = scheme->grandfathering[kind];

    if (scheme->status == EGRET_SCHEME_DRAFT) {
        return EGRET_IN_FORCE_NEVER;
    }

    if (egret_date_compare(date, scheme->published) < 0) {
        if (rule == EGRET_GRANDFATHERING_CHOOSE) {
            return EGRET_IN_FORCE_BY_CHOICE;
        }
        if (rule == EGRET_GRANDFATHERING_KEEP) {
            return EGRET_IN_FORCE_OLDER_KEPT;
        }
    }

    if (egret_date_compare(date, scheme->from) < 0) {
        return EGRET_IN_FORCE_NOT_YET;
    }
    if (scheme->has_to && egret_date_compare(date, scheme->to) > 0) {
        return EGRET_IN_FORCE_NO_LONGER;
    }

    return EGRET_IN_FORCE_BY_DATE;
}


bool
egret_in_force_is_allowed(egret_in_force_t in_force)
{
    return in_force == EGRET_IN_FORCE_BY_DATE
           || in_force == EGRET_IN_FORCE_BY_CHOICE;
}


const char *
egret_in_force_text(egret_in_force_t in_force)
{
    switch (in_force) {
    case EGRET_IN_FORCE_BY_DATE:
        return "is in force";
    case EGRET_IN_FORCE_BY_CHOICE:
        return "may be chosen: filed before it was published";
    case EGRET_IN_FORCE_NOT_YET:
        return "is not yet in force";
    case EGRET_IN_FORCE_OLDER_KEPT:
        return "is not for what was decided before it was published";
    case EGRET_IN_FORCE_NO_LONGER:
        return "is no longer in force";
    case EGRET_IN_FORCE_NEVER:
        break;
    }

    return "is a draft, never in force";
}
