/* SPDX-License-Identifier: Apache-2.0 */
#include "checks/safeguard.h"

#include "checks/reviewer.h"
#include "checks/rules.h"
#include "config/green_reference.h"

static bool
is_true(const egret_check_t *check, egret_node_t entry, const char *name)
{
    egret_span_t value = egret_rules_value(check, entry, name);

    return egret_span_equals_text(value, "true")
           || egret_span_equals_text(value, "1");
}

static bool
is_valid(const egret_check_t *check, egret_node_t review, egret_date_t on)
{
    egret_date_t date;

    if (!egret_rules_date(check, review, "Dt", &date)
        || egret_date_compare(date, on) > 0)
    {
        return false;
    }
    if (egret_rules_date(check, review, "VldFr", &date)
        && egret_date_compare(date, on) > 0)
    {
        return false;
    }

    return !egret_rules_date(check, review, "VldTo", &date)
           || egret_date_compare(date, on) >= 0;
}

static bool
is_recognised(const egret_check_t *check, egret_node_t review)
{
    const egret_reference_t *reference = check->config->reference;
    egret_span_t lei = egret_rules_value(check, review, "Prvdr/LEI");
    egret_span_t number = egret_rules_value(check, review, "Prvdr/RegNo");
    egret_date_t date;

    if (!egret_rules_date(check, review, "Dt", &date)) {
        return false;
    }

    for (egret_node_t node = egret_rules_node(check, review, "Std");
         node != EGRET_NODE_NONE; node = egret_rules_next(check, node))
    {
        egret_span_t standard = egret_rules_text(check, node);

        if (egret_reference_recognises(reference, standard, lei, date)
            || egret_reference_recognises(reference, standard, number, date))
        {
            return true;
        }
    }

    return false;
}

static bool
are_reviewed(const egret_check_t *check, const egret_block_t *block)
{
    for (egret_node_t review = block->reviews.first;
         review != EGRET_NODE_NONE; review = egret_rules_next(check, review))
    {
        if (egret_span_equals_text(egret_rules_value(check, review, "Opn"),
                                   "ALGN")
            && egret_reviewer_is_issuer(check, block, review)
                   == EGRET_NODE_NONE
            && is_valid(check, review, block->decisive)
            && is_recognised(check, review))
        {
            return true;
        }
    }

    return false;
}

/* Safeguards are asked of no other label. */
static bool
has_aligned(const egret_block_t *block)
{
    for (size_t i = 0; i < block->label_count; i++) {
        if (egret_span_equals_text(block->labels[i].status, "ALGN")) {
            return true;
        }
    }

    return false;
}

/* What the entries say of each project: kept, or not. */
static egret_rc_t
read_entries(const egret_check_t *check, const egret_block_t *block,
             egret_facts_t *facts)
{
    size_t count = block->project_count;
    bool *is_denied = egret_arena_zeroed(check->arena, count + 1,
                                         sizeof(*is_denied));
    bool are_all_kept = false;

    if (is_denied == NULL) {
        return egret_arena_rc(check->arena);
    }

    for (egret_node_t entry = block->safeguards.first;
         entry != EGRET_NODE_NONE; entry = egret_rules_next(check, entry))
    {
        size_t named = egret_rules_project(check, block, entry);
        bool is_kept = is_true(check, entry, "OECD")
                       && is_true(check, entry, "UNGP")
                       && is_true(check, entry, "ILO");

        if (named > count) {
            continue;
        }
        is_denied[named] = is_denied[named] || !is_kept;
        if (named == 0) {
            are_all_kept = is_kept;
        } else {
            facts[named - 1].is_safeguarded = is_kept;
        }
    }

    for (size_t i = 0; i < count; i++) {
        facts[i].is_safeguarded =
            (are_all_kept || facts[i].is_safeguarded) && !is_denied[0]
            && !is_denied[i + 1];
    }

    return EGRET_OK;
}

egret_rc_t
egret_safeguards_tell(const egret_check_t *check, const egret_block_t *block,
                      egret_facts_t *facts)
{
    return block->has_decisive && has_aligned(block)
                   && are_reviewed(check, block)
               ? read_entries(check, block, facts)
               : EGRET_OK;
}
