/* SPDX-License-Identifier: Apache-2.0 */
/* The rules of the header and of references. */
#include "checks/rules.h"

#define CASE_H05_END_TO_END 0
#define CASE_H05_INSTRUCTION 1

/* X05: MsgDefIdr names the Document's definition. */
static egret_rc_t
check_definition(const egret_check_t *check)
{
    const egret_tape_t *tape = check->tape;
    egret_span_t named = egret_rules_header_value(check, "MsgDefIdr");
    const egret_definition_t *definition;
    egret_finding_t finding = {
        .code = EGRET_X05,
        .severity = EGRET_SEVERITY_REJECT,
        .message = EGRET_SPAN("the header names another message definition "
                              "than the Document has"),
        .fix = EGRET_SPAN("write the Document's definition into MsgDefIdr"),
    };

    if (named.length == 0 || tape->document == EGRET_NODE_NONE
        || egret_tape_at(tape, tape->document)->element == NULL)
    {
        return EGRET_OK;
    }

    definition = egret_tape_at(tape, tape->document)->element->definition;
    if (egret_span_equals(named, definition->id)) {
        return EGRET_OK;
    }

    finding.got = named;
    finding.expected = definition->id;

    return egret_check_report(check,
                              egret_rules_header_node(check, "MsgDefIdr"),
                              EGRET_SPAN(""), &finding);
}

/* X05: the receiver takes this definition. */
static egret_rc_t
check_accepted(const egret_check_t *check)
{
    const egret_tape_t *tape = check->tape;
    const egret_definition_t *definition;
    egret_finding_t finding = {
        .code = EGRET_X05,
        .severity = EGRET_SEVERITY_REJECT,
        .message = EGRET_SPAN("the receiver does not take this message "
                              "definition through the gateway"),
        .fix = EGRET_SPAN("agree on a definition with the receiver"),
    };

    if (check->receiver == NULL || tape->document == EGRET_NODE_NONE
        || egret_tape_at(tape, tape->document)->element == NULL)
    {
        return EGRET_OK;
    }

    definition = egret_tape_at(tape, tape->document)->element->definition;
    if (egret_partner_accepts(check->receiver, definition)) {
        return EGRET_OK;
    }

    finding.got = definition->id;

    return egret_check_report(check, tape->document, EGRET_SPAN(""),
                              &finding);
}

static egret_rc_t
report_header(const egret_check_t *check, egret_severity_t severity,
              const char *part, egret_finding_t *finding)
{
    finding->code = EGRET_H02;
    finding->severity = severity;

    return egret_check_report(check, egret_rules_header_node(check, part),
                              EGRET_SPAN(""), finding);
}

static egret_rc_t
check_message_id(const egret_check_t *check)
{
    const egret_tape_t *tape = check->tape;
    egret_span_t business = egret_rules_header_value(check, "BizMsgIdr");
    egret_span_t message;
    egret_finding_t finding = {
        .message = EGRET_SPAN("BizMsgIdr differs from GrpHdr/MsgId"),
        .fix = EGRET_SPAN("give both the same id"),
    };

    if (check->profile == NULL || !check->profile->checks_message_id
        || business.length == 0 || tape->document == EGRET_NODE_NONE)
    {
        return EGRET_OK;
    }

    message = egret_rules_text(check,
                               egret_path_first(tape, tape->document,
                                                &check->flow->message_id));
    if (message.length == 0 || egret_span_equals(business, message)) {
        return EGRET_OK;
    }

    finding.got = business;
    finding.expected = message;

    return report_header(check, check->profile->message_id_severity,
                         "BizMsgIdr", &finding);
}

static bool
is_allowed_service(const egret_profile_t *profile, egret_span_t service)
{
    if (profile == NULL || profile->business_service_count == 0) {
        return true;
    }

    for (size_t i = 0; i < profile->business_service_count; i++) {
        if (egret_span_equals(profile->business_services[i], service)) {
            return true;
        }
    }

    return false;
}

static egret_rc_t
check_service(const egret_check_t *check)
{
    egret_node_t node = egret_rules_header_node(check, "BizSvc");
    egret_span_t service = egret_rules_header_value(check, "BizSvc");
    egret_finding_t finding = {
        .message = EGRET_SPAN("BizSvc is none of the profile's"),
        .got = service,
        .fix = EGRET_SPAN("name the business service of your profile"),
    };

    if (egret_rules_is_refused(check, node)
        || is_allowed_service(check->profile, service))
    {
        return EGRET_OK;
    }

    finding.expected = check->profile->business_services[0];

    return report_header(check, EGRET_SEVERITY_REJECT,
                         "BizSvc", &finding);
}

static egret_rc_t
check_copy(const egret_check_t *check)
{
    egret_span_t copy = egret_rules_header_value(check, "CpyDplct");
    egret_finding_t finding = {
        .message = EGRET_SPAN("a copy or duplicate does not say of what"),
        .got = copy,
        .expected = EGRET_SPAN("Rltd, the header of the original"),
        .fix = EGRET_SPAN("add Rltd, or leave CpyDplct out"),
    };

    if (copy.length == 0
        || egret_rules_node(check, check->tape->app_hdr, "Rltd")
               != EGRET_NODE_NONE)
    {
        return EGRET_OK;
    }

    return report_header(check, EGRET_SEVERITY_REJECT,
                         "CpyDplct", &finding);
}

/* GrpHdr's InstrPrty, else the first of a transaction that is not `priority`;
 * "" when there is none. */
static egret_span_t
other_priority(const egret_check_t *check, egret_span_t priority)
{
    const egret_tape_t *tape = check->tape;
    egret_path_cursor_t cursor;
    egret_node_t node = egret_path_first(tape, tape->document,
                                         &check->flow->group_header);
    egret_span_t instructed = egret_rules_value(check, node,
                                                "PmtTpInf/InstrPrty");

    egret_path_start(&cursor, tape, tape->document,
                     &check->flow->transaction);
    while ((instructed.length == 0 || egret_span_equals(instructed, priority))
           && (node = egret_path_next(&cursor)) != EGRET_NODE_NONE)
    {
        instructed = egret_rules_value(check, node, "PmtTpInf/InstrPrty");
    }

    return egret_span_equals(instructed, priority) ? EGRET_SPAN("")
                                                   : instructed;
}

static egret_rc_t
check_priority(const egret_check_t *check)
{
    egret_span_t priority = egret_rules_header_value(check, "Prty");
    egret_finding_t finding = {
        .message = EGRET_SPAN("Prty differs from InstrPrty"),
        .got = priority,
        .fix = EGRET_SPAN("give both the same priority"),
    };

    if (priority.length == 0
        || check->tape->document == EGRET_NODE_NONE)
    {
        return EGRET_OK;
    }

    finding.expected = other_priority(check, priority);
    if (finding.expected.length == 0) {
        return EGRET_OK;
    }

    return report_header(check, EGRET_SEVERITY_REJECT,
                         "Prty", &finding);
}

/* H02: the header agrees with the message. */
static egret_rc_t
check_header(const egret_check_t *check)
{
    static const egret_rule_judge_t parts[] = { check_message_id,
                                                check_service, check_copy,
                                                check_priority };

    if (check->tape->app_hdr == EGRET_NODE_NONE) {
        return EGRET_OK;
    }

    for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
        egret_rc_t rc = parts[i](check);

        if (rc != EGRET_OK) {
            return rc;
        }
    }

    return EGRET_OK;
}

static bool
has_bad_slashes(egret_span_t id)
{
    for (size_t i = 0; i + 1 < id.length; i++) {
        if (id.at[i] == '/' && id.at[i + 1] == '/') {
            return true;
        }
    }

    return id.length > 0
           && (id.at[0] == '/' || id.at[id.length - 1] == '/');
}

static egret_rc_t
check_transaction_ids(const egret_check_t *check, egret_node_t transaction)
{
    const egret_tape_t *tape = check->tape;
    egret_node_t node = egret_path_first(tape, transaction,
                                         &check->flow->instruction_id);
    egret_finding_t finding = {
        .code = EGRET_H05,
        .severity = EGRET_SEVERITY_REJECT,
    };
    egret_span_t id = egret_rules_text(check, node);
    egret_rc_t rc = EGRET_OK;

    if (has_bad_slashes(id)) {
        finding.case_index = CASE_H05_INSTRUCTION;
        finding.message = EGRET_SPAN("InstrId begins or ends with a slash or "
                                     "holds two in a row");
        finding.got = id;
        finding.fix = EGRET_SPAN("take the slashes out of InstrId");
        rc = egret_check_report(check, node, EGRET_SPAN(""), &finding);
    }

    node = egret_path_first(tape, transaction, &check->flow->end_to_end_id);
    if (rc != EGRET_OK || node == EGRET_NODE_NONE
        || egret_rules_is_refused(check, node)
        || egret_rules_text(check, node).length > 0)
    {
        return rc;
    }

    finding.case_index = CASE_H05_END_TO_END;
    finding.message = EGRET_SPAN("EndToEndId is blank");
    finding.got = EGRET_SPAN("");
    finding.expected = EGRET_SPAN("the debtor's reference, or NOTPROVIDED");
    finding.fix = EGRET_SPAN("write NOTPROVIDED where there is none");

    return egret_check_report(check, node, EGRET_SPAN(""), &finding);
}

/* H05: references of a transaction. */
static egret_rc_t
check_references(const egret_check_t *check)
{
    const egret_tape_t *tape = check->tape;
    egret_path_cursor_t cursor;
    egret_node_t node;
    egret_rc_t rc = EGRET_OK;

    /* A status report repeats the references that it was sent. */
    if (tape->document == EGRET_NODE_NONE
        || check->flow->row->status_definition == NULL)
    {
        return EGRET_OK;
    }

    egret_path_start(&cursor, tape, tape->document,
                     &check->flow->transaction);
    while (rc == EGRET_OK
           && (node = egret_path_next(&cursor)) != EGRET_NODE_NONE)
    {
        rc = check_transaction_ids(check, node);
    }

    return rc;
}

const egret_rule_t egret_rules_header[] = {
    { EGRET_X05, check_definition, false },
    { EGRET_X05, check_accepted, false },
    { EGRET_H02, check_header, true },
    { EGRET_H05, check_references, true },
    { EGRET_CODE_COUNT, NULL, false },
};
