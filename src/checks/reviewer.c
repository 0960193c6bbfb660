/* SPDX-License-Identifier: Apache-2.0 */
/* The rules of who reviews, and of what is due to be disclosed. */
#include "checks/rules.h"

#include "config/green_reference.h"

static egret_rc_t
hold_reviewer(const egret_check_t *check, egret_node_t node,
              const char *message, egret_span_t got, egret_span_t expected,
              const char *fix)
{
    return egret_rules_report(check, EGRET_E03, EGRET_SEVERITY_HOLD, node,
                              message, got, expected, fix);
}

/* Recognised for one of the standards that have a list, on the day of the
 * review. */
static egret_rc_t
judge_recognition(const egret_check_t *check, egret_node_t review)
{
    const egret_reference_t *reference = check->config->reference;
    egret_span_t lei = egret_rules_value(check, review, "Prvdr/LEI");
    egret_span_t number = egret_rules_value(check, review, "Prvdr/RegNo");
    egret_node_t listed = EGRET_NODE_NONE;
    egret_date_t date;

    if (!egret_rules_date(check, review, "Dt", &date)) {
        return EGRET_OK;
    }

    for (egret_node_t node = egret_rules_node(check, review, "Std");
         node != EGRET_NODE_NONE; node = egret_rules_next(check, node))
    {
        egret_span_t standard = egret_rules_text(check, node);

        if (!egret_reference_lists_reviewers(reference, standard)) {
            continue;
        }
        if (egret_reference_recognises(reference, standard, lei, date)
            || egret_reference_recognises(reference, standard, number, date))
        {
            return EGRET_OK;
        }
        listed = node;
    }

    return listed == EGRET_NODE_NONE
           ? EGRET_OK
           : hold_reviewer(
                 check, egret_rules_node(check, review, "Prvdr"),
                 "the reviewer is not recognised for the standard on the day "
                 "of the review",
                 egret_rules_value(check, review, "Prvdr/Nm"),
                 egret_arena_print(
                     check->arena, "a reviewer of the list of %.*s",
                     EGRET_SPAN_ARGS(egret_rules_text(check, listed))),
                 "name a review of a recognised reviewer, or its LEI or "
                 "RegNo as the list has it");
}

static egret_rc_t
judge_reviewers(const egret_check_t *check, const egret_block_place_t *place,
                const egret_block_t *block)
{
    egret_span_t issuer = egret_rules_value(check, block->node, "Issr/LEI");
    egret_rc_t rc = EGRET_OK;

    (void) place;

    for (egret_node_t review = block->reviews.first;
         review != EGRET_NODE_NONE && rc == EGRET_OK;
         review = egret_rules_next(check, review))
    {
        egret_span_t lei = egret_rules_value(check, review, "Prvdr/LEI");

        if (lei.length > 0 && egret_span_equals(lei, issuer)) {
            rc = hold_reviewer(
                check, egret_rules_node(check, review, "Prvdr/LEI"),
                "the issuer reviewed itself", lei,
                EGRET_SPAN("a reviewer that is not the issuer"),
                "name a review by somebody else");
        } else {
            rc = judge_recognition(check, review);
        }
    }

    return rc;
}

/* E03: a reviewer that is independent and recognised. */
static egret_rc_t
check_reviewers(const egret_check_t *check)
{
    return egret_rules_each_block(check, judge_reviewers);
}

/* The last of the disclosures of one type. */
typedef struct {
    egret_span_t type;
    egret_node_t node; /* NxtDueDt */
    egret_date_t due;
    egret_date_t published; /* beside it, when has_published */
    egret_date_t latest;    /* of all of the type, when has_latest */
    bool has_published;
    bool has_latest;
} last_t;

#define TYPES 6 /* FRMW FACT ALOC IMPC ENVD PRSP */

static last_t *
last_of(last_t *lasts, egret_span_t type)
{
    for (size_t i = 0; i < TYPES; i++) {
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
read_disclosure(const egret_check_t *check, egret_node_t node, last_t *lasts)
{
    egret_span_t type = egret_rules_value(check, node, "Tp");
    last_t *last = type.length > 0 ? last_of(lasts, type) : NULL;
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

/* Due, and nothing of the type came out after what promised it. */
static bool
is_overdue(const last_t *last, egret_date_t today)
{
    return last->node != EGRET_NODE_NONE
           && egret_date_compare(last->due, today) < 0
           && (!last->has_latest
               || (last->has_published
                   && egret_date_compare(last->latest, last->published) <= 0));
}

static egret_rc_t
judge_disclosures(const egret_check_t *check, const egret_block_place_t *place,
                  const egret_block_t *block)
{
    egret_span_t class = egret_rules_value(check, block->node, "Issr/EntCls");
    last_t lasts[TYPES] = { 0 };
    egret_rc_t rc = EGRET_OK;

    (void) place;

    for (egret_node_t node = block->disclosures.first;
         node != EGRET_NODE_NONE; node = egret_rules_next(check, node))
    {
        read_disclosure(check, node, lasts);
    }

    for (size_t i = 0; i < TYPES && lasts[i].type.length > 0
                       && rc == EGRET_OK; i++)
    {
        const egret_disclosure_duty_t *duty = egret_reference_duty(
            check->config->reference, class, lasts[i].type);

        if (duty != NULL && is_overdue(&lasts[i], check->now.date)
            && egret_date_compare(duty->from, lasts[i].due) <= 0)
        {
            rc = egret_rules_report(
                check, EGRET_E05, duty->severity, lasts[i].node,
                "a disclosure that the issuer owes is overdue",
                egret_rules_date_text(check, lasts[i].due),
                EGRET_SPAN("a later disclosure of the same type"),
                "disclose, and add it as Dscl with PubDt");
        }
    }

    return rc;
}

/* E05: no disclosure is overdue. */
static egret_rc_t
check_disclosures(const egret_check_t *check)
{
    return egret_rules_each_block(check, judge_disclosures);
}

const egret_rule_t egret_rules_reviewer[] = {
    { EGRET_E03, check_reviewers, false },
    { EGRET_E05, check_disclosures, false },
    { EGRET_CODE_COUNT, NULL, false },
};
