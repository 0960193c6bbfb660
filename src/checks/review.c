/* SPDX-License-Identifier: Apache-2.0 */
/* The rules of reviews and of the documents that a block names. */
#include "checks/rules.h"

typedef egret_rc_t (*judge_review_t)(const egret_check_t *check,
                                     const egret_block_t *block,
                                     egret_node_t review);

static egret_rc_t
each_review(const egret_check_t *check, const egret_block_t *block,
            judge_review_t judge)
{
    egret_rc_t rc = EGRET_OK;

    for (egret_node_t review = block->reviews.first;
         review != EGRET_NODE_NONE && rc == EGRET_OK;
         review = egret_rules_next(check, review))
    {
        rc = judge(check, block, review);
    }

    return rc;
}

/* A date of a review, held against AsOfDt. */
typedef struct {
    const char *part;
    bool is_end; /* must not be before it; else not after it */
    const char *message;
} held_date_t;

static const held_date_t held_dates[] = {
    { "VldTo", true, "the review is no longer valid" },
    { "VldFr", false, "the review is not yet valid" },
    { "Dt", false, "the review was made after the block's date" },
};

/* The first that does not hold; NULL: all do, or there is no AsOfDt. */
static const held_date_t *
find_fault(const egret_check_t *check, const egret_block_t *block,
           egret_node_t review, egret_date_t *date)
{
    for (size_t i = 0;
         block->has_as_of && i < sizeof(held_dates) / sizeof(held_dates[0]);
         i++)
    {
        const held_date_t *held = &held_dates[i];
        int order;

        if (!egret_rules_date(check, review, held->part, date)) {
            continue;
        }
        order = egret_date_compare(*date, block->as_of);
        if (held->is_end ? order < 0 : order > 0) {
            return held;
        }
    }

    return NULL;
}

static egret_rc_t
judge_validity(const egret_check_t *check, const egret_block_t *block,
               egret_node_t review)
{
    egret_date_t date;
    const held_date_t *fault = find_fault(check, block, review, &date);
    egret_span_t day;

    if (fault == NULL) {
        return EGRET_OK;
    }
    day = egret_rules_date_text(check, block->as_of);
    if (day.at == NULL) {
        return egret_arena_rc(check->arena);
    }

    return egret_rules_report(
        check, EGRET_E02, EGRET_SEVERITY_REJECT,
        egret_rules_node(check, review, fault->part), fault->message,
        egret_rules_date_text(check, date),
        egret_arena_print(check->arena, "a date not %s AsOfDt, %.*s",
                          fault->is_end ? "before" : "after",
                          EGRET_SPAN_ARGS(day)),
        "name a review that is valid on AsOfDt, or renew this one");
}

static egret_span_t
type_of(const egret_check_t *check, egret_node_t node)
{
    const egret_tape_attribute_t *type =
        egret_tape_attribute(check->tape, node, EGRET_SPAN("Tp"));

    return type == NULL ? EGRET_SPAN("") : egret_span_trim(type->value);
}

/* A framework cannot be told from here; the instrument's numbers can. */
static bool
names_instrument(const egret_check_t *check, egret_node_t instrument,
                 egret_node_t scope)
{
    egret_span_t type = type_of(check, scope);
    egret_span_t id = egret_rules_text(check, scope);
    egret_node_t other = egret_rules_node(check, instrument, "AltId");

    if (egret_span_equals_text(type, "FRMW")) {
        return true;
    }
    if (egret_span_equals_text(type, "ISIN")) {
        return egret_span_equals(id, egret_rules_value(check, instrument,
                                                       "ISIN"));
    }
    for (; other != EGRET_NODE_NONE; other = egret_rules_next(check, other)) {
        if (egret_span_equals(id, egret_rules_text(check, other))) {
            return true;
        }
    }

    return false;
}

/* A review without Scp speaks of whatever names it. */
static bool
speaks_of_instrument(const egret_check_t *check, const egret_block_t *block,
                     egret_node_t review)
{
    egret_node_t instrument = egret_rules_node(check, block->node, "Instr");
    egret_node_t first = egret_rules_node(check, review, "Scp");

    for (egret_node_t scope = first; scope != EGRET_NODE_NONE;
         scope = egret_rules_next(check, scope))
    {
        if (names_instrument(check, instrument, scope)) {
            return true;
        }
    }

    return first == EGRET_NODE_NONE;
}

static egret_rc_t
judge_scope(const egret_check_t *check, const egret_block_t *block,
            egret_node_t review)
{
    egret_node_t first = egret_rules_node(check, review, "Scp");

    return speaks_of_instrument(check, block, review)
           ? EGRET_OK
           : egret_rules_report(
                 check, EGRET_E02, EGRET_SEVERITY_REJECT, first,
                 "the review speaks of another instrument",
                 egret_rules_text(check, first),
                 EGRET_SPAN("the instrument's ISIN or AltId, or a framework"),
                 "name a review of this instrument, or correct Scp");
}

bool
egret_rules_has_review(const egret_check_t *check, const egret_block_t *block,
                       bool must_be_valid)
{
    egret_date_t date;

    for (egret_node_t review = block->reviews.first;
         review != EGRET_NODE_NONE; review = egret_rules_next(check, review))
    {
        if (egret_span_equals_text(egret_rules_value(check, review, "Opn"),
                                   "ADVR"))
        {
            continue;
        }
        if (!must_be_valid
            || (find_fault(check, block, review, &date) == NULL
                && speaks_of_instrument(check, block, review)))
        {
            return true;
        }
    }

    return false;
}

static egret_rc_t
judge_reviews(const egret_check_t *check, const egret_block_place_t *place,
              const egret_block_t *block)
{
    egret_rc_t rc = each_review(check, block, judge_validity);

    (void) place;

    return rc == EGRET_OK ? each_review(check, block, judge_scope) : rc;
}

/* E02: valid on AsOfDt, and of this instrument. */
static egret_rc_t
check_reviews(const egret_check_t *check)
{
    return egret_rules_each_block(check, judge_reviews);
}

static egret_rc_t
judge_address(const egret_check_t *check, egret_node_t node)
{
    egret_span_t text = egret_rules_text(check, node);
    egret_span_t rest = egret_span_slice(text, sizeof("https://") - 1,
                                         text.length);

    if (node == EGRET_NODE_NONE
        || (egret_span_starts_with(text, EGRET_SPAN("https://"))
            && rest.length > 0 && rest.at[0] != '/'))
    {
        return EGRET_OK;
    }

    return egret_rules_report(
        check, EGRET_E04, EGRET_SEVERITY_HOLD, node,
        "the address of a document is not one of https", text,
        EGRET_SPAN("https://HOST/..."), "give the document's https address");
}

static egret_rc_t
judge_document(const egret_check_t *check, const egret_block_t *block,
               egret_node_t review)
{
    egret_rc_t rc = EGRET_OK;

    (void) block;

    for (egret_node_t document = egret_rules_node(check, review, "Doc");
         document != EGRET_NODE_NONE && rc == EGRET_OK;
         document = egret_rules_next(check, document))
    {
        rc = judge_address(check, egret_rules_node(check, document, "URL"));
    }

    return rc;
}

static egret_rc_t
judge_documents(const egret_check_t *check, const egret_block_place_t *place,
                const egret_block_t *block)
{
    egret_rc_t rc = each_review(check, block, judge_document);

    (void) place;

    for (egret_node_t node = block->disclosures.first;
         node != EGRET_NODE_NONE && rc == EGRET_OK;
         node = egret_rules_next(check, node))
    {
        rc = judge_address(check, egret_rules_node(check, node, "URL"));
    }

    return rc == EGRET_OK
           ? judge_address(check, egret_rules_node(check, block->node,
                                                   "Trnstn/PlanURL"))
           : rc;
}

/* E04: the form of a document's hash is the schema's; its bytes are fetched
 * by nobody here. */
static egret_rc_t
check_documents(const egret_check_t *check)
{
    return egret_rules_each_block(check, judge_documents);
}

const egret_rule_t egret_rules_review[] = {
    { EGRET_E02, check_reviews, false },
    { EGRET_E04, check_documents, false },
    { EGRET_CODE_COUNT, NULL, false },
};
