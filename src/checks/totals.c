/* SPDX-License-Identifier: Apache-2.0 */
/* The rule of a message's totals. */
#include "checks/rules.h"

#define CASE_A04_COUNT 0
#define CASE_A04_SUM 1

typedef struct {
    uint64_t count;
    egret_decimal_t sum;
    bool is_summed;        /* every amount could be read and added */
    bool is_one_currency;
    egret_span_t currency; /* of the first */
} totals_t;

static void
add_to_totals(const egret_check_t *check, egret_node_t transaction,
              totals_t *totals)
{
    egret_decimal_t amount;
    egret_span_t attribute, code;
    egret_node_t node = egret_path_first(check->tape, transaction,
                                         &check->flow->amount);

    totals->count++;
    if (node == EGRET_NODE_NONE
        || egret_decimal_read(egret_rules_text(check, node), &amount)
               != EGRET_OK
        || egret_decimal_add(&totals->sum, &amount, &totals->sum) != EGRET_OK)
    {
        totals->is_summed = false;
        return;
    }

    code = egret_rules_currency(check, node, &attribute);
    if (totals->count == 1) {
        totals->currency = code;
    }
    if (!egret_span_equals(totals->currency, code)) {
        totals->is_one_currency = false;
    }
}

static totals_t
totals_of(const egret_check_t *check)
{
    totals_t totals = { .is_summed = true, .is_one_currency = true };
    egret_path_cursor_t cursor;
    egret_node_t node;

    totals.sum = egret_decimal_from(0);
    egret_path_start(&cursor, check->tape, check->tape->document,
                     &check->flow->transaction);
    while ((node = egret_path_next(&cursor)) != EGRET_NODE_NONE) {
        add_to_totals(check, node, &totals);
    }

    return totals;
}

static egret_rc_t
report_total(const egret_check_t *check, egret_node_t node,
             uint8_t case_index, const char *message, egret_span_t expected)
{
    egret_finding_t finding = {
        .code = EGRET_A04,
        .case_index = case_index,
        .severity = EGRET_SEVERITY_REJECT,
        .message = egret_span_from(message),
        .got = egret_rules_text(check, node),
        .expected = expected,
        .fix = EGRET_SPAN("correct the total, or the transactions"),
    };

    if (expected.at == NULL) {
        return egret_arena_rc(check->arena);
    }

    return egret_check_report(check, node, EGRET_SPAN(""), &finding);
}

static egret_rc_t
check_count(const egret_check_t *check, egret_node_t group,
            const totals_t *totals)
{
    egret_node_t node = egret_rules_node(check, group, "NbOfTxs");
    egret_decimal_t stated, counted;

    if (node == EGRET_NODE_NONE
        || egret_decimal_read(egret_rules_text(check, node), &stated)
               != EGRET_OK)
    {
        return EGRET_OK;
    }

    counted = egret_decimal_from((int64_t) totals->count);
    if (egret_decimal_compare(&stated, &counted) != 0) {
        return report_total(check, node, CASE_A04_COUNT,
                            "NbOfTxs is not the number of transactions",
                            egret_arena_print(check->arena, "%llu",
                                              (unsigned long long)
                                                  totals->count));
    }

    if (check->profile != NULL && check->profile->is_single_transaction
        && totals->count > 1)
    {
        return report_total(check, node, CASE_A04_COUNT,
                            "the profile allows one transaction a message",
                            EGRET_SPAN("1"));
    }

    return EGRET_OK;
}

static egret_rc_t
check_sum(const egret_check_t *check, egret_node_t group, const char *name,
          const totals_t *totals, const char *message)
{
    egret_node_t node = egret_rules_node(check, group, name);
    char text[EGRET_DECIMAL_TEXT];
    egret_decimal_t stated;
    size_t length;

    if (node == EGRET_NODE_NONE || !totals->is_summed
        || egret_decimal_read(egret_rules_text(check, node), &stated)
               != EGRET_OK
        || egret_decimal_compare(&stated, &totals->sum) == 0)
    {
        return EGRET_OK;
    }

    length = egret_decimal_write(&totals->sum, text);

    return report_total(check, node, CASE_A04_SUM, message,
                        egret_arena_copy(check->arena,
                                         (egret_span_t){ text, length }));
}

/* A total has one currency, so its transactions must have that one. */
static egret_rc_t
check_total_currency(const egret_check_t *check, egret_node_t group,
                     const totals_t *totals)
{
    egret_node_t node = egret_rules_node(check, group, "TtlIntrBkSttlmAmt");
    egret_span_t attribute, code;

    if (node == EGRET_NODE_NONE || !totals->is_summed
        || totals->count == 0 || egret_rules_is_refused(check, node))
    {
        return EGRET_OK;
    }

    code = egret_rules_currency(check, node, &attribute);
    if (totals->is_one_currency && egret_span_equals(code, totals->currency)) {
        return check_sum(check, group, "TtlIntrBkSttlmAmt", totals,
                         "TtlIntrBkSttlmAmt is not the sum of the "
                         "transactions");
    }

    return report_total(check, node, CASE_A04_SUM,
                        "TtlIntrBkSttlmAmt has another currency than the "
                        "transactions",
                        EGRET_SPAN("one currency in all"));
}

/* A transaction that is missing or has a wrong name is X05 alone. */
static bool
has_all_transactions(const egret_check_t *check, const totals_t *totals)
{
    const egret_tape_t *tape = check->tape;
    egret_node_t node = egret_path_first(tape, tape->document,
                                         &check->flow->message);

    node = node == EGRET_NODE_NONE ? node : egret_tape_child(tape, node);
    while (node != EGRET_NODE_NONE) {
        const egret_tape_node_t *at = egret_tape_at(tape, node);

        if (at->element == NULL) {
            return false;
        }
        node = at->next;
    }

    return totals->count > 0;
}

/* A04: the number of transactions and the sums must match. */
static egret_rc_t
check_control_totals(const egret_check_t *check)
{
    egret_node_t group;
    totals_t totals;
    egret_rc_t rc;

    if (check->tape->document == EGRET_NODE_NONE) {
        return EGRET_OK;
    }

    group = egret_path_first(check->tape, check->tape->document,
                             &check->flow->group_header);
    if (group == EGRET_NODE_NONE) {
        return EGRET_OK;
    }

    totals = totals_of(check);
    if (!has_all_transactions(check, &totals)) {
        return EGRET_OK;
    }

    rc = check_count(check, group, &totals);
    if (rc == EGRET_OK) {
        rc = check_sum(check, group, "CtrlSum", &totals,
                       "CtrlSum is not the sum of the transactions");
    }

    return rc == EGRET_OK ? check_total_currency(check, group, &totals) : rc;
}

const egret_rule_t egret_rules_totals[] = {
    { EGRET_A04, check_control_totals, true },
    { EGRET_CODE_COUNT, NULL, false },
};
