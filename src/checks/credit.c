/* SPDX-License-Identifier: Apache-2.0 */
/* The rule of carbon credits. Only numbers of one registry's project are
 * compared, and only where both ends of a range are digits after the same
 * text; other forms of a serial number are not counted here. */
#include "checks/rules.h"

#include <stdlib.h>

#define DIGITS_MAXIMUM 18

typedef struct {
    egret_node_t node;
    egret_span_t registry;
    egret_span_t project;
    egret_span_t stem; /* of the serials, before the digits that count */
    uint64_t from;
    uint64_t to;
} range_t;

static bool
is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

/* The digits at the end, at most DIGITS_MAXIMUM of them. */
static size_t
tail_of(egret_span_t text)
{
    size_t count = 0;

    while (count < text.length && count < DIGITS_MAXIMUM
           && is_digit(text.at[text.length - 1 - count]))
    {
        count++;
    }

    return count;
}

static uint64_t
number_of(egret_span_t digits)
{
    uint64_t number = 0;

    for (size_t i = 0; i < digits.length; i++) {
        number = number * 10 + (uint64_t) (digits.at[i] - '0');
    }

    return number;
}

/* False for serials that cannot be counted. */
static bool
read_range(const egret_check_t *check, egret_node_t node, range_t *range)
{
    egret_span_t from = egret_rules_value(check, node, "SrlFr");
    egret_span_t to = egret_rules_value(check, node, "SrlTo");
    size_t tail = tail_of(from);

    if (tail == 0 || tail != tail_of(to) || from.length != to.length) {
        return false;
    }

    range->node = node;
    range->registry = egret_rules_value(check, node, "Rgstry");
    range->project = egret_rules_value(check, node, "PrjId");
    range->stem = egret_span_slice(from, 0, from.length - tail);
    range->from = number_of(egret_span_slice(from, from.length - tail,
                                             from.length));
    range->to = number_of(egret_span_slice(to, to.length - tail, to.length));

    return egret_span_equals(range->stem,
                             egret_span_slice(to, 0, to.length - tail));
}

static egret_rc_t
report(const egret_check_t *check, egret_node_t node, const char *message,
       egret_span_t got, egret_span_t expected, const char *fix)
{
    return egret_rules_report(check, EGRET_M05, EGRET_SEVERITY_REJECT, node,
                              message, got, expected, fix);
}

static egret_rc_t
judge_size(const egret_check_t *check, const range_t *range)
{
    egret_decimal_t quantity, size;

    if (range->to < range->from) {
        return report(check, egret_rules_node(check, range->node, "SrlTo"),
                      "the last serial number is before the first",
                      egret_rules_value(check, range->node, "SrlTo"),
                      EGRET_SPAN("a number not before SrlFr"),
                      "correct SrlFr or SrlTo");
    }

    size = egret_decimal_from((int64_t) (range->to - range->from) + 1);
    if (!egret_rules_decimal(check, range->node, "Qty", &quantity)
        || egret_decimal_compare(&quantity, &size) == 0)
    {
        return EGRET_OK;
    }

    return report(check, egret_rules_node(check, range->node, "Qty"),
                  "the quantity is not what the serial numbers are",
                  egret_rules_decimal_text(check, &quantity),
                  egret_rules_decimal_text(check, &size),
                  "correct Qty, SrlFr or SrlTo");
}

static egret_rc_t
judge_vintage(const egret_check_t *check, const egret_block_t *block,
              egret_node_t credit)
{
    egret_span_t text = egret_rules_value(check, credit, "Vntg");
    egret_decimal_t vintage, year = egret_decimal_from(block->as_of.year);

    if (!block->has_as_of
        || egret_decimal_read(text, &vintage) != EGRET_OK
        || egret_decimal_compare(&vintage, &year) <= 0)
    {
        return EGRET_OK;
    }

    return report(check, egret_rules_node(check, credit, "Vntg"),
                  "the credits are of a year that is still to come", text,
                  egret_rules_decimal_text(check, &year),
                  "correct Vntg or AsOfDt");
}

/* A reduction that was sold as a credit is not the project's own any more. */
static egret_rc_t
judge_double_claim(const egret_check_t *check, const egret_block_t *block,
                   egret_node_t credit)
{
    egret_span_t year = egret_rules_value(check, credit, "Vntg");
    egret_node_t impact = egret_rules_node(check, block->node, "Impct");

    for (; impact != EGRET_NODE_NONE;
         impact = egret_rules_next(check, impact))
    {
        egret_span_t from = egret_rules_value(check, impact, "Prd/Fr");
        egret_span_t to = egret_rules_value(check, impact, "Prd/To");

        if (egret_span_equals_text(egret_rules_value(check, impact, "Mtrc"),
                                   "GHGA")
            && egret_span_equals_text(egret_rules_value(check, impact, "Bss"),
                                      "EXPO")
            && from.length > 4 && to.length > 4
            && egret_span_compare(egret_span_slice(from, 0, 4), year) <= 0
            && egret_span_compare(egret_span_slice(to, 0, 4), year) >= 0)
        {
            return report(
                check, egret_rules_node(check, impact, "Mtrc"),
                "avoided emissions and credits are claimed for one year",
                year, EGRET_SPAN("a period without credits of that year"),
                "claim the reduction once: as GHGA or as credits");
        }
    }

    return EGRET_OK;
}

static int
compare_ranges(const void *a, const void *b)
{
    const range_t *left = a, *right = b;
    int order = egret_span_compare(left->registry, right->registry);

    if (order == 0) {
        order = egret_span_compare(left->project, right->project);
    }
    if (order == 0) {
        order = egret_span_compare(left->stem, right->stem);
    }
    if (order == 0 && left->from != right->from) {
        order = left->from < right->from ? -1 : 1;
    }

    return order != 0 ? order
                      : (left->node > right->node) - (left->node < right->node);
}

/* In order, so that a range meets the one that reaches furthest before it. */
static egret_rc_t
judge_overlaps(const egret_check_t *check, range_t *ranges, size_t count)
{
    const range_t *furthest = ranges;
    egret_rc_t rc = EGRET_OK;

    qsort(ranges, count, sizeof(*ranges), compare_ranges);

    for (size_t i = 1; i < count && rc == EGRET_OK; i++) {
        bool is_same = egret_span_equals(ranges[i].registry,
                                         furthest->registry)
                       && egret_span_equals(ranges[i].project,
                                            furthest->project)
                       && egret_span_equals(ranges[i].stem, furthest->stem);

        if (is_same && ranges[i].from <= furthest->to) {
            rc = report(check, egret_rules_node(check, ranges[i].node, "SrlFr"),
                        "the same credits stand in two entries",
                        egret_rules_value(check, ranges[i].node, "SrlFr"),
                        EGRET_SPAN("serial numbers that stand once"),
                        "name each credit once: what is retired or cancelled "
                        "cannot be pledged");
        }
        if (!is_same || ranges[i].to > furthest->to) {
            furthest = &ranges[i];
        }
    }

    return rc;
}

static egret_rc_t
judge_credits(const egret_check_t *check, const egret_block_place_t *place,
              const egret_block_t *block)
{
    egret_node_t first = egret_rules_node(check, block->node, "CrbnCrdt");
    size_t count = 0, counted = 0;
    egret_rc_t rc = EGRET_OK;
    range_t *ranges;

    (void) place;

    for (egret_node_t node = first; node != EGRET_NODE_NONE;
         node = egret_rules_next(check, node))
    {
        count++;
    }

    ranges = egret_arena_zeroed(check->arena, count + 1, sizeof(*ranges));
    if (ranges == NULL) {
        return egret_arena_rc(check->arena);
    }

    for (egret_node_t node = first; node != EGRET_NODE_NONE && rc == EGRET_OK;
         node = egret_rules_next(check, node))
    {
        if (read_range(check, node, &ranges[counted])) {
            rc = judge_size(check, &ranges[counted]);
            counted += ranges[counted].to >= ranges[counted].from;
        }
        if (rc == EGRET_OK) {
            rc = judge_vintage(check, block, node);
        }
        if (rc == EGRET_OK) {
            rc = judge_double_claim(check, block, node);
        }
    }

    return rc == EGRET_OK && counted > 1
           ? judge_overlaps(check, ranges, counted)
           : rc;
}

/* M05: credits that add up and are claimed once. */
static egret_rc_t
check_credits(const egret_check_t *check)
{
    return egret_rules_each_block(check, judge_credits);
}

const egret_rule_t egret_rules_credit[] = {
    { EGRET_M05, check_credits, false },
    { EGRET_CODE_COUNT, NULL, false },
};
