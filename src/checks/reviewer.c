/* SPDX-License-Identifier: Apache-2.0 */
/* The rules of who reviews, and of what is due to be disclosed. */
#include "checks/reviewer.h"

#include "checks/disclosure.h"
#include "checks/rules.h"
#include "config/green_reference.h"

static bool
is_alphanumeric(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z')
           || (c >= 'a' && c <= 'z');
}

/* The next letter or digit from `*at`, letters as small ones; 0 at the end. */
static char
next_of(egret_span_t number, size_t *at)
{
    while (*at < number.length && !is_alphanumeric(number.at[*at])) {
        (*at)++;
    }
    if (*at == number.length) {
        return 0;
    }

    char c = number.at[(*at)++];

    return c >= 'A' && c <= 'Z' ? (char) (c - 'A' + 'a') : c;
}

/* False of numbers without a letter or digit. */
static bool
is_one_number(egret_span_t a, egret_span_t b)
{
    size_t i = 0, k = 0;
    char of_a = next_of(a, &i), of_b = next_of(b, &k);

    if (of_a == 0) {
        return false;
    }
    while (of_a == of_b && of_a != 0) {
        of_a = next_of(a, &i);
        of_b = next_of(b, &k);
    }

    return of_a == of_b;
}

static bool
is_issuers(const egret_check_t *check, const egret_block_t *block,
           egret_span_t number)
{
    egret_node_t own = egret_rules_node(check, block->node, "Issr/NtlId");

    if (is_one_number(number,
                      egret_rules_value(check, block->node, "Issr/LEI")))
    {
        return true;
    }
    for (size_t i = 0; i < EGRET_REVIEWER_NUMBERS && own != EGRET_NODE_NONE;
         i++, own = egret_rules_next(check, own))
    {
        if (is_one_number(number, egret_rules_text(check, own))) {
            return true;
        }
    }

    return false;
}

egret_node_t
egret_reviewer_is_issuer(const egret_check_t *check,
                         const egret_block_t *block, egret_node_t review)
{
    static const char *const paths[] = { "Prvdr/LEI", "Prvdr/RegNo" };

    for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
        egret_node_t node = egret_rules_node(check, review, paths[i]);

        if (is_issuers(check, block, egret_rules_text(check, node))) {
            return node;
        }
    }

    return EGRET_NODE_NONE;
}

/* A transaction has fewer children; a whole message, of which each is one, is
 * not searched for each of its blocks. */
#define PARTY_SEARCH 64

/* The next byte of a name in any case, without blanks (U+3000, too); 0 at the
 * end. */
static char
next_of_name(egret_span_t name, size_t *at)
{
    while (*at < name.length) {
        egret_span_t rest = egret_span_slice(name, *at, name.length);
        char c = *rest.at;

        if (egret_span_starts_with(rest, EGRET_SPAN("\xe3\x80\x80"))) {
            *at += 3;
        } else if (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
            *at += 1;
        } else {
            *at += 1;
            return c >= 'A' && c <= 'Z' ? (char) (c - 'A' + 'a') : c;
        }
    }

    return 0;
}

static bool
is_one_name(egret_span_t a, egret_span_t b)
{
    size_t i = 0, k = 0;
    char of_a = next_of_name(a, &i), of_b = next_of_name(b, &k);

    if (of_a == 0) {
        return false;
    }
    while (of_a == of_b && of_a != 0) {
        of_a = next_of_name(a, &i);
        of_b = next_of_name(b, &k);
    }

    return of_a == of_b;
}

/* The block does not name its issuer; a party beside it that has its LEI
 * does. "" when there is none. */
static egret_span_t
issuers_name(const egret_check_t *check, egret_node_t part,
             egret_span_t issuer)
{
    static const char *const paths[][2] = {
        { "Id/OrgId/LEI", "Nm" }, { "FinInstnId/LEI", "FinInstnId/Nm" }
    };
    egret_node_t party = part == EGRET_NODE_NONE
                         ? part : egret_tape_child(check->tape, part);

    for (size_t k = 0; k < PARTY_SEARCH && party != EGRET_NODE_NONE;
         k++, party = egret_tape_at(check->tape, party)->next)
    {
        for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
            egret_span_t name = egret_rules_value(check, party, paths[i][1]);

            if (issuer.length > 0 && name.length > 0
                && egret_span_equals(
                       egret_rules_value(check, party, paths[i][0]), issuer))
            {
                return name;
            }
        }
    }

    return EGRET_SPAN("");
}

/* LEI, number or name that shows it, or EGRET_NODE_NONE. A name counts where
 * nothing else says who the reviewer is. */
static egret_node_t
issuers_own(const egret_check_t *check, const egret_block_t *block,
            egret_node_t review, egret_span_t name)
{
    egret_node_t node = egret_rules_node(check, review, "Prvdr/Nm");

    if (egret_rules_value(check, review, "Prvdr/LEI").length > 0
        || egret_rules_value(check, review, "Prvdr/RegNo").length > 0)
    {
        return egret_reviewer_is_issuer(check, block, review);
    }

    return is_one_name(egret_rules_text(check, node), name) ? node
                                                            : EGRET_NODE_NONE;
}

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
    egret_span_t name = issuers_name(
        check, place->part,
        egret_rules_value(check, block->node, "Issr/LEI"));
    egret_rc_t rc = EGRET_OK;

    for (egret_node_t review = block->reviews.first;
         review != EGRET_NODE_NONE && rc == EGRET_OK;
         review = egret_rules_next(check, review))
    {
        egret_node_t issuer = issuers_own(check, block, review, name);

        if (issuer != EGRET_NODE_NONE) {
            rc = hold_reviewer(
                check, issuer, "the issuer reviewed itself",
                egret_rules_text(check, issuer),
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

static egret_rc_t
judge_disclosures(const egret_check_t *check, const egret_block_place_t *place,
                  const egret_block_t *block)
{
    egret_span_t class = egret_rules_value(check, block->node, "Issr/EntCls");
    egret_date_t today = check->now.date;
    egret_disclosures_t all;
    egret_rc_t rc = EGRET_OK;

    (void) place;

    egret_disclosures_read(check, block, today, &all);
    for (egret_node_t node = block->disclosures.first;
         node != EGRET_NODE_NONE && rc == EGRET_OK;
         node = egret_rules_next(check, node))
    {
        const egret_disclosure_duty_t *duty = egret_reference_duty(
            check->config->reference, class,
            egret_rules_value(check, node, "Tp"));
        egret_promise_t promise;

        if (duty != NULL
            && egret_disclosures_promise(&all, check, node, &promise)
            && egret_promise_is_overdue(&promise, duty, today))
        {
            rc = egret_rules_report(
                check, EGRET_E05, duty->severity, promise.node,
                "a disclosure that the issuer owes is overdue",
                egret_rules_date_text(check, promise.due),
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
