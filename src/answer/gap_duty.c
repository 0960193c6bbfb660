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

/* The first that is owed and not kept; false when all are. */
static bool
find_promise(const egret_check_t *check, const egret_block_t *block,
             const egret_disclosures_t *all, const egret_gap_duty_t *duty,
             egret_promise_t *out)
{
    egret_promise_t promise;
    bool has = false;

    for (egret_node_t node = block->disclosures.first;
         node != EGRET_NODE_NONE; node = egret_rules_next(check, node))
    {
        if (egret_span_equals(egret_rules_value(check, node, "Tp"), duty->type)
            && egret_disclosures_promise(all, check, node, &promise)
            && egret_date_compare(duty->from, promise.due) <= 0
            && (!has || egret_date_compare(promise.due, out->due) < 0))
        {
            *out = promise;
            has = true;
        }
    }

    return has;
}

static void
judge(const egret_check_t *check, const egret_block_t *block,
      const egret_disclosures_t *all, const egret_disclosure_duty_t *owed,
      egret_gap_duty_t *duty)
{
    const egret_disclosure_t *last = egret_disclosures_find(all, duty->type);
    egret_promise_t promise;

    duty->from = owed->from;
    duty->severity = owed->severity;
    if (find_promise(check, block, all, duty, &promise)) {
        duty->state = egret_promise_is_overdue(&promise, owed, all->today)
                      ? EGRET_GAP_OVERDUE : EGRET_GAP_DUE;
        duty->date = promise.due;
    } else if (last != NULL && last->has_latest) {
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
    egret_disclosures_t all;

    egret_disclosures_read(check, from, today, &all);

    for (size_t i = 0; i < EGRET_GAP_DUTIES; i++) {
        egret_span_t type = egret_span_from(types[i]);
        const egret_disclosure_duty_t *owed = egret_reference_duty(
            check->config->reference, class, type);
        egret_gap_duty_t *duty = &block->duties[block->duty_count];

        if (owed != NULL) {
            duty->type = type;
            judge(check, from, &all, owed, duty);
            block->duty_count++;
        }
    }

    return egret_rules_green_share(check, from, &block->green_share);
}
