/* SPDX-License-Identifier: Apache-2.0 */
/* The rules of parties and their identifiers. */
#include "checks/rules.h"

#include "identity/certificate.h"

#define CASE_ANY 0
#define CASE_DEBTOR 1
#define CASE_CREDITOR 2
#define COUNTRY_FROM 4
#define COUNTRY_TO 6

/* Whose identifier a node is, by the nearest ancestor that says so. */
static uint8_t
side_of(const egret_tape_t *tape, egret_node_t node)
{
    while (node != EGRET_NODE_NONE) {
        egret_span_t name = egret_tape_name(tape, node);

        if (egret_span_starts_with(name, EGRET_SPAN("Dbtr"))
            || egret_span_equals_text(name, "UltmtDbtr"))
        {
            return CASE_DEBTOR;
        }
        if (egret_span_starts_with(name, EGRET_SPAN("Cdtr"))
            || egret_span_equals_text(name, "UltmtCdtr"))
        {
            return CASE_CREDITOR;
        }
        node = egret_tape_at(tape, node)->parent;
    }

    return CASE_ANY;
}

static bool
is_class(egret_span_t text, size_t from, size_t to, bool digits)
{
    for (size_t i = from; i < to; i++) {
        bool is_letter = text.at[i] >= 'A' && text.at[i] <= 'Z';
        bool is_digit = text.at[i] >= '0' && text.at[i] <= '9';

        if (!is_letter && !(digits && is_digit)) {
            return false;
        }
    }

    return true;
}

/* [A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?: anything else is X05's. */
static bool
is_bic_form(egret_span_t bic)
{
    return (bic.length == 8 || bic.length == 11)
           && is_class(bic, 0, COUNTRY_FROM, true)
           && is_class(bic, COUNTRY_FROM, COUNTRY_TO, false)
           && is_class(bic, COUNTRY_TO, bic.length, true);
}

static egret_rc_t
visit_bic(const egret_check_t *check, egret_node_t node)
{
    egret_finding_t finding = {
        .code = EGRET_P01,
        .severity = EGRET_SEVERITY_REJECT,
        .message = EGRET_SPAN("the BIC's 5th and 6th character are no "
                              "ISO 3166 code"),
        .fix = EGRET_SPAN("correct the BIC"),
    };
    egret_span_t bic, country;

    bic = egret_rules_text(check, node);
    if (!is_bic_form(bic)) {
        return EGRET_OK;
    }

    country = egret_span_slice(bic, COUNTRY_FROM, COUNTRY_TO);
    if (egret_reference_has_country(check->config->reference, country)) {
        return EGRET_OK;
    }

    finding.case_index = side_of(check->tape, node);
    finding.got = bic;

    return egret_check_report(check, node, EGRET_SPAN(""), &finding);
}

/* P01: a BIC has a jurisdiction that exists (XK is allowed). */
static egret_rc_t
check_bics(const egret_check_t *check)
{
    return egret_rules_each_node(check, EGRET_ROLE_BIC, visit_bic);
}

static bool
is_lei_form(egret_span_t lei)
{
    return lei.length == 20 && is_class(lei, 0, 20, true)
           && !is_class(lei, 18, 19, false) && !is_class(lei, 19, 20, false);
}

static egret_rc_t
visit_lei(const egret_check_t *check, egret_node_t node)
{
    egret_finding_t finding = {
        .code = EGRET_P02,
        .severity = EGRET_SEVERITY_REJECT,
        .message = EGRET_SPAN("the LEI's check digits are wrong"),
        .fix = EGRET_SPAN("correct the LEI"),
    };
    egret_span_t lei;

    lei = egret_rules_text(check, node);
    if (!is_lei_form(lei) || egret_lei_is_valid(lei)) {
        return EGRET_OK;
    }

    finding.case_index = side_of(check->tape, node);
    finding.got = lei;

    return egret_check_report(check, node, EGRET_SPAN(""), &finding);
}

/* P02: an LEI's check digits (ISO 17442, ISO 7064 MOD 97-10). */
static egret_rc_t
check_leis(const egret_check_t *check)
{
    return egret_rules_each_node(check, EGRET_ROLE_LEI, visit_lei);
}

const egret_rule_t egret_rules_party[] = {
    { EGRET_P01, check_bics, false },
    { EGRET_P02, check_leis, false },
    { EGRET_CODE_COUNT, NULL, false },
};
