/* SPDX-License-Identifier: Apache-2.0 */
#include "checks/disclosure.h"

#include "checks/rules.h"

static egret_disclosure_t *
find(egret_disclosure_t *lasts, egret_span_t type)
{
    for (size_t i = 0; i < EGRET_DISCLOSURE_TYPES; i++) {
        if (lasts[i].type.length == 0) {
            lasts[i].type = type;
            lasts[i].node = EGRET_NODE_NONE;
        }
        if (egret_span_equals(lasts[i].type, type)) {
            return &lasts[i];
        }
    }

    return NULL;
}

static void
read_one(const egret_check_t *check, egret_node_t node,
         egret_disclosure_t *lasts)
{
    egret_span_t type = egret_rules_value(check, node, "Tp");
    egret_disclosure_t *last = type.length > 0 ? find(lasts, type) : NULL;
    egret_date_t published, due;
    bool has_published = egret_rules_date(check, node, "PubDt", &published);

    if (last == NULL) {
        return;
    }
    if (has_published
        && (!last->has_latest
            || egret_date_compare(published, last->latest) > 0))
    {
        last->latest = published;
        last->has_latest = true;
    }
    if (egret_rules_date(check, node, "NxtDueDt", &due)
        && (last->node == EGRET_NODE_NONE
            || egret_date_compare(due, last->due) > 0))
    {
        last->node = egret_rules_node(check, node, "NxtDueDt");
        last->due = due;
        last->published = published;
        last->has_published = has_published;
    }
}

size_t
egret_disclosures_read(const egret_check_t *check, const egret_block_t *block,
                       egret_disclosure_t out[EGRET_DISCLOSURE_TYPES])
{
    size_t count = 0;

    for (size_t i = 0; i < EGRET_DISCLOSURE_TYPES; i++) {
        out[i] = (egret_disclosure_t){ .node = EGRET_NODE_NONE };
    }
    for (egret_node_t node = block->disclosures.first;
         node != EGRET_NODE_NONE; node = egret_rules_next(check, node))
    {
        read_one(check, node, out);
    }
    while (count < EGRET_DISCLOSURE_TYPES && out[count].type.length > 0) {
        count++;
    }

    return count;
}

bool
egret_disclosure_is_overdue(const egret_disclosure_t *last,
                            const egret_disclosure_duty_t *duty,
                            egret_date_t today)
{
    return egret_disclosure_is_open(last)
           && egret_date_compare(last->due, today) < 0
           && egret_date_compare(duty->from, last->due) <= 0;
}

bool
egret_disclosure_is_open(const egret_disclosure_t *last)
{
    return last->node != EGRET_NODE_NONE
           && (!last->has_latest
               || (last->has_published
                   && egret_date_compare(last->latest, last->published) <= 0));
}
