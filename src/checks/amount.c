/* SPDX-License-Identifier: Apache-2.0 */
/* The rules of amounts and their currencies. */
#include "checks/rules.h"

#define CASE_A01_UNKNOWN 0
#define CASE_A01_NOT_AGREED 1
#define CASE_A03_ZERO 0
#define CASE_A03_LIMIT 2

/* Markets that write whole units although ISO 4217 gives two digits. */
static const char *const whole_unit_currencies[] = { "TWD", "IDR" };

static bool
is_currency_form(egret_span_t code)
{
    if (code.length != 3) {
        return false;
    }

    for (size_t i = 0; i < 3; i++) {
        if (code.at[i] < 'A' || code.at[i] > 'Z') {
            return false;
        }
    }

    return true;
}

egret_span_t
egret_rules_currency(const egret_check_t *check, egret_node_t node,
                     egret_span_t *attribute)
{
    const egret_tape_attribute_t *ccy;

    *attribute = EGRET_SPAN("");
    if (egret_rules_is_refused(check, node)) {
        return EGRET_SPAN("");
    }

    if (egret_span_equals_text(egret_tape_name(check->tape, node), "Ccy")) {
        return egret_rules_text(check, node);
    }

    ccy = egret_tape_attribute(check->tape, node, EGRET_SPAN("Ccy"));
    if (ccy == NULL) {
        return EGRET_SPAN("");
    }

    *attribute = EGRET_SPAN("Ccy");

    return egret_span_trim(ccy->value);
}

static egret_rc_t
visit_currency(const egret_check_t *check, egret_node_t node)
{
    egret_finding_t finding = {
        .code = EGRET_A01,
        .case_index = CASE_A01_UNKNOWN,
        .severity = EGRET_SEVERITY_REJECT,
        .message = EGRET_SPAN("the currency is no active ISO 4217 code"),
        .fix = EGRET_SPAN("use the ISO 4217 code"),
    };
    egret_span_t attribute;
    egret_span_t code = egret_rules_currency(check, node, &attribute);
    egret_span_t hint;

    if (!is_currency_form(code)
        || egret_reference_currency(check->config->reference, code) != NULL)
    {
        return EGRET_OK;
    }

    hint = egret_reference_currency_hint(check->config->reference, code);
    if (hint.length > 0) {
        finding.fix = hint;
    }
    finding.got = code;

    return egret_check_report(check, node, attribute, &finding);
}

static bool
is_agreed(const egret_partner_t *partner, egret_span_t code)
{
    if (partner == NULL || partner->currency_count == 0) {
        return true;
    }

    for (size_t i = 0; i < partner->currency_count; i++) {
        if (egret_span_equals(partner->currencies[i], code)) {
            return true;
        }
    }

    return false;
}

static egret_rc_t
check_agreed(const egret_check_t *check, egret_node_t amount)
{
    egret_finding_t finding = {
        .code = EGRET_A01,
        .case_index = CASE_A01_NOT_AGREED,
        .severity = EGRET_SEVERITY_REJECT,
        .message = EGRET_SPAN("the currency is not agreed between sender and "
                              "receiver"),
        .fix = EGRET_SPAN("settle in an agreed currency"),
    };
    egret_span_t attribute;
    egret_span_t code = egret_rules_currency(check, amount, &attribute);

    if (!is_currency_form(code)
        || egret_reference_currency(check->config->reference, code) == NULL
        || (is_agreed(check->sender, code) && is_agreed(check->receiver, code)))
    {
        return EGRET_OK;
    }

    finding.got = code;

    return egret_check_report(check, amount, attribute, &finding);
}

/* Calls `judge` for the settlement amount of each transaction. */
static egret_rc_t
each_amount(const egret_check_t *check,
            egret_rc_t (*judge)(const egret_check_t *check,
                                egret_node_t amount))
{
    const egret_tape_t *tape = check->tape;
    egret_path_cursor_t cursor;
    egret_node_t node;
    egret_rc_t rc = EGRET_OK;

    if (check->flow == NULL || tape->document == EGRET_NODE_NONE) {
        return EGRET_OK;
    }

    egret_path_start(&cursor, tape, tape->document,
                     &check->flow->transaction);
    while (rc == EGRET_OK
           && (node = egret_path_next(&cursor)) != EGRET_NODE_NONE)
    {
        node = egret_path_first(tape, node, &check->flow->amount);
        if (node != EGRET_NODE_NONE) {
            rc = judge(check, node);
        }
    }

    return rc;
}

/* A01: active ISO 4217 codes everywhere; agreed ones for settlement. */
static egret_rc_t
check_currencies(const egret_check_t *check)
{
    egret_rc_t rc = egret_rules_each_node(
        check, EGRET_ROLE_CURRENCY | EGRET_ROLE_AMOUNT, visit_currency);

    return rc == EGRET_OK ? each_amount(check, check_agreed) : rc;
}

static bool
is_whole_unit(egret_span_t code)
{
    for (size_t i = 0;
         i < sizeof(whole_unit_currencies) / sizeof(whole_unit_currencies[0]);
         i++)
    {
        if (egret_span_equals_text(code, whole_unit_currencies[i])) {
            return true;
        }
    }

    return false;
}

static egret_rc_t
report_decimals(const egret_check_t *check, egret_node_t node,
                const egret_currency_t *currency, egret_severity_t severity)
{
    egret_finding_t finding = {
        .code = EGRET_A02,
        .severity = severity,
        .got = egret_rules_text(check, node),
    };

    if (severity == EGRET_SEVERITY_WARN) {
        finding.message = EGRET_SPAN("the market writes this currency in "
                                     "whole units");
        finding.fix = EGRET_SPAN("agree with the receiver on the decimals");

    } else {
        finding.message = EGRET_SPAN("more decimals than the currency has");
        finding.fix = EGRET_SPAN("write no more decimals than ISO 4217 gives "
                                 "the currency");
    }

    finding.expected = egret_arena_print(check->arena, "at most %d for %.*s",
                                         severity == EGRET_SEVERITY_WARN
                                             ? 0
                                             : currency->minor_unit,
                                         EGRET_SPAN_ARGS(currency->code));
    if (finding.expected.at == NULL) {
        return egret_arena_rc(check->arena);
    }

    return egret_check_report(check, node, EGRET_SPAN(""), &finding);
}

static egret_rc_t
visit_decimals(const egret_check_t *check, egret_node_t node)
{
    const egret_currency_t *currency;
    egret_decimal_t amount;
    egret_span_t attribute;
    egret_span_t code = egret_rules_currency(check, node, &attribute);

    if (attribute.length == 0) {
        return EGRET_OK;
    }

    currency = egret_reference_currency(check->config->reference, code);
    if (currency == NULL || currency->minor_unit < 0
        || egret_decimal_read(egret_rules_text(check, node), &amount)
               != EGRET_OK)
    {
        return EGRET_OK;
    }

    /* As written: 100.00 JPY is more than ISO 4217 gives. */
    if (amount.scale > currency->minor_unit) {
        return report_decimals(check, node, currency,
                               is_whole_unit(code) ? EGRET_SEVERITY_WARN
                                                   : EGRET_SEVERITY_REJECT);
    }

    if (is_whole_unit(code) && egret_decimal_fraction_digits(&amount) > 0) {
        return report_decimals(check, node, currency, EGRET_SEVERITY_WARN);
    }

    return EGRET_OK;
}

/* A02: no more decimals than the currency's minor unit. */
static egret_rc_t
check_decimals(const egret_check_t *check)
{
    return egret_rules_each_node(check, EGRET_ROLE_AMOUNT, visit_decimals);
}

static const egret_limit_t *
limit_of(const egret_partner_t *partner, egret_span_t code)
{
    for (size_t i = 0; partner != NULL && i < partner->limit_count; i++) {
        if (egret_span_equals(partner->limits[i].currency, code)) {
            return &partner->limits[i];
        }
    }

    return NULL;
}

static egret_rc_t
check_limit(const egret_check_t *check, egret_node_t node,
            const egret_limit_t *limit, const egret_decimal_t *amount)
{
    char text[EGRET_DECIMAL_TEXT];
    egret_finding_t finding = {
        .code = EGRET_A03,
        .case_index = CASE_A03_LIMIT,
        .severity = EGRET_SEVERITY_REJECT,
        .message = EGRET_SPAN("the amount is above the agreed limit"),
        .fix = EGRET_SPAN("agree on a higher limit, or pay in parts"),
    };

    if (limit == NULL || egret_decimal_compare(amount, &limit->amount) <= 0) {
        return EGRET_OK;
    }

    (void) egret_decimal_write(&limit->amount, text);
    finding.got = egret_rules_text(check, node);
    finding.expected = egret_arena_print(check->arena, "at most %s %.*s", text,
                                         EGRET_SPAN_ARGS(limit->currency));
    if (finding.expected.at == NULL) {
        return egret_arena_rc(check->arena);
    }

    return egret_check_report(check, node, EGRET_SPAN(""), &finding);
}

static egret_rc_t
check_amount(const egret_check_t *check, egret_node_t node)
{
    egret_finding_t finding = {
        .code = EGRET_A03,
        .case_index = CASE_A03_ZERO,
        .severity = EGRET_SEVERITY_REJECT,
        .message = EGRET_SPAN("the settlement amount is zero or negative"),
        .expected = EGRET_SPAN("more than 0"),
        .fix = EGRET_SPAN("send the amount that is to be settled"),
    };
    const egret_limit_t *receiver, *sender;
    egret_decimal_t amount;
    egret_span_t attribute, code;

    if (egret_decimal_read(egret_rules_text(check, node), &amount)
        != EGRET_OK)
    {
        return EGRET_OK;
    }

    if (egret_decimal_sign(&amount) <= 0) {
        finding.got = egret_rules_text(check, node);
        return egret_check_report(check, node, EGRET_SPAN(""), &finding);
    }

    code = egret_rules_currency(check, node, &attribute);
    receiver = limit_of(check->receiver, code);
    sender = limit_of(check->sender, code);

    /* Of two limits the lower one is told. */
    if (receiver == NULL
        || (sender != NULL
            && egret_decimal_compare(&sender->amount, &receiver->amount) < 0))
    {
        receiver = sender;
    }

    return check_limit(check, node, receiver, &amount);
}

/* A03: an amount that can be settled, within both partners' limits. */
static egret_rc_t
check_amounts(const egret_check_t *check)
{
    return each_amount(check, check_amount);
}

const egret_rule_t egret_rules_amount[] = {
    { EGRET_A01, check_currencies, false },
    { EGRET_A02, check_decimals, false },
    { EGRET_A03, check_amounts, true },
    { EGRET_CODE_COUNT, NULL, false },
};
