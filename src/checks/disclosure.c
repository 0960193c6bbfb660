/* SPDX-License-Identifier: Apache-2.0 */
#include "checks/disclosure.h"

#include "checks/rules.h"

#define YEAR_DAYS 366

const egret_disclosure_t *
egret_disclosures_find(const egret_disclosures_t *all, egret_span_t type)
{
    for (size_t i = 0; i < all->count; i++) {
        if (egret_span_equals(all->items[i].type, type)) {
            return &all->items[i];
        }
    }

    return NULL;
}

static egret_disclosure_t *
find_or_add(egret_disclosures_t *all, egret_span_t type)
{
    for (size_t i = 0; i < all->count; i++) {
        if (egret_span_equals(all->items[i].type, type)) {
            return &all->items[i];
        }
    }
    if (type.length == 0 || all->count == EGRET_DISCLOSURE_TYPES) {
        return NULL;
    }
    all->items[all->count].type = type;

    return &all->items[all->count++];
}

/* False for a date yet to come. Where the issuer is it may be tomorrow. */
static bool
read_published(const egret_check_t *check, egret_node_t node,
               egret_date_t today, egret_date_t *out)
{
    return egret_rules_date(check, node, "PubDt", out)
           && egret_date_days(*out) <= egret_date_days(today) + 1;
}

void
egret_disclosures_read(const egret_check_t *check, const egret_block_t *block,
                       egret_date_t today, egret_disclosures_t *out)
{
    *out = (egret_disclosures_t){ .today = today };

    for (egret_node_t node = block->disclosures.first;
         node != EGRET_NODE_NONE; node = egret_rules_next(check, node))
    {
        egret_disclosure_t *of = find_or_add(
            out, egret_rules_value(check, node, "Tp"));
        egret_date_t published;

        if (of == NULL || !read_published(check, node, today, &published)) {
            continue;
        }
        if (!of->has_latest
            || egret_date_compare(published, of->latest) > 0)
        {
            of->latest = published;
            of->has_latest = true;
        }
    }
}

bool
egret_disclosures_promise(const egret_disclosures_t *all,
                          const egret_check_t *check, egret_node_t node,
                          egret_promise_t *out)
{
    const egret_disclosure_t *of = egret_disclosures_find(
        all, egret_rules_value(check, node, "Tp"));
    egret_date_t published;

    if (of == NULL || !egret_rules_date(check, node, "NxtDueDt", &out->due)) {
        return false;
    }
    out->node = egret_rules_node(check, node, "NxtDueDt");
    if (!of->has_latest
        || egret_date_days(of->latest)
               <= egret_date_days(out->due) - YEAR_DAYS)
    {
        return true;
    }

    return read_published(check, node, all->today, &published)
           && egret_date_compare(of->latest, published) <= 0;
}

bool
egret_promise_is_overdue(const egret_promise_t *promise,
                         const egret_disclosure_duty_t *duty,
                         egret_date_t today)
{
    return egret_date_compare(promise->due, today) < 0
           && egret_date_compare(duty->from, promise->due) <= 0;
}
