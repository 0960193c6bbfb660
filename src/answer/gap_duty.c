/* SPDX-License-Identifier: Apache-2.0 */
#include "answer/gap.h"

#include "checks/disclosure.h"
#include "checks/rules.h"

const char *
egret_gap_disclosed_text(egret_gap_disclosed_t state)
{
    static const char *const texts[] = { "not stated", "due", "overdue",
                                         "disclosed" };

    return texts[state];
}

static const egret_disclosure_t *
find(const egret_disclosure_t *all, size_t count, egret_span_t type)
{
    for (size_t i = 0; i < count; i++) {
        if (egret_span_equals(all[i].type, type)) {
            return &all[i];
        }
    }

    return NULL;
}

static void
judge(egret_gap_duty_t *duty, const egret_disclosure_duty_t *owed,
      const egret_disclosure_t *last, egret_date_t today)
{
    duty->from = owed->from;
    duty->severity = owed->severity;
    if (last == NULL) {
        duty->state = EGRET_GAP_UNSTATED;
    } else if (egret_disclosure_is_overdue(last, owed, today)) {
        duty->state = EGRET_GAP_OVERDUE;
        duty->date = last->due;
    } else if (egret_disclosure_is_open(last)) {
        duty->state = EGRET_GAP_DUE;
        duty->date = last->due;
    } else if (last->has_latest) {
        duty->state = EGRET_GAP_DISCLOSED;
        duty->date = last->latest;
    }
}

egret_rc_t
egret_gap_add_duties(const egret_check_t *check, const egret_block_t *from,
                     egret_date_t today, egret_gap_block_t *block)
{
    static const char *const types[EGRET_GAP_DUTIES] = {
        "FRMW", "FACT", "ALOC", "IMPC", "ENVD", "PRSP"
    };
    egret_span_t class = egret_rules_value(check, from->node, "Issr/EntCls");
    egret_disclosure_t all[EGRET_DISCLOSURE_TYPES];
    size_t count = egret_disclosures_read(check, from, all);

    for (size_t i = 0; i < EGRET_GAP_DUTIES; i++) {
        egret_span_t type = egret_span_from(types[i]);
        const egret_disclosure_duty_t *owed = egret_reference_duty(
            check->config->reference, class, type);
        egret_gap_duty_t *duty = &block->duties[block->duty_count];

        if (owed != NULL) {
            duty->type = type;
            judge(duty, owed, find(all, count, type), today);
            block->duty_count++;
        }
    }

    return egret_rules_green_share(check, from, &block->green_share);
}
