/* SPDX-License-Identifier: Apache-2.0 */
/* The rules of the ends: who sends, to whom, through which gateway. */
#include "checks/rules.h"

#include <strings.h>

#include "checks/party_id.h"

#define CASE_H03_MISMATCH 0
#define CASE_H03_UNKNOWN 1

/* T03: the header speaks for nobody but the certificate's partner. */
static egret_rc_t
check_sender(const egret_check_t *check)
{
    egret_party_id_t from = egret_party_id_read(check->tape, check->from);
    egret_node_t node;
    egret_finding_t finding = {
        .code = EGRET_T03,
        .severity = EGRET_SEVERITY_REJECT,
        .message = EGRET_SPAN("the header names a sender that this "
                              "certificate does not speak for"),
        .fix = EGRET_SPAN("name one of the BICs, LEIs or member ids that the "
                          "gateway's operator has for you"),
    };

    if (check->sender == NULL || from.is_refused
        || egret_party_id_is_partner(&from, check->sender))
    {
        return EGRET_OK;
    }

    /* A bare Document whose ends are not said is H03's; a header without Fr is
     * X05's. */
    if (check->from == EGRET_NODE_NONE
        && (check->tape->app_hdr == EGRET_NODE_NONE
            || egret_findings_reject(check->findings, EGRET_X05)))
    {
        return EGRET_OK;
    }

    finding.got = egret_party_id_stranger(&from, check->sender, &node);

    return egret_check_report(check,
                              node != EGRET_NODE_NONE
                                  ? node
                                  : egret_rules_header_node(check, "Fr"),
                              EGRET_SPAN(""), &finding);
}

static egret_rc_t
report_environment(const egret_check_t *check, egret_node_t node,
                   egret_span_t got)
{
    bool is_live = check->config->environment == EGRET_ENVIRONMENT_LIVE;
    egret_finding_t finding = {
        .code = EGRET_T05,
        .severity = EGRET_SEVERITY_REJECT,
        .got = got,
    };

    finding.message = is_live ? EGRET_SPAN("a test message at a live gateway")
                              : EGRET_SPAN("a live message at a test gateway");
    finding.fix = is_live ? EGRET_SPAN("post it to the test gateway")
                          : EGRET_SPAN("post it to the live gateway, or use "
                                       "your test BIC (8th character 0)");

    return egret_check_report(check, node, EGRET_SPAN(""), &finding);
}

/* `test` as one of the words between full stops, in whatever case. */
static bool
names_test(egret_span_t service)
{
    size_t start = 0;

    for (size_t i = 0; i <= service.length; i++) {
        if (i < service.length && service.at[i] != '.') {
            continue;
        }
        if (i - start == 4
            && strncasecmp(service.at + start, "test", 4) == 0)
        {
            return true;
        }
        start = i + 1;
    }

    return false;
}

/* T05: test and live do not mix. The 8th character of a test BIC is 0. */
static egret_rc_t
check_environment(const egret_check_t *check)
{
    bool is_test = check->config->environment == EGRET_ENVIRONMENT_TEST;
    egret_node_t ends[] = { check->from, check->to };
    egret_span_t service = egret_rules_header_value(check, "BizSvc");

    if (!check->has_registry) {
        return EGRET_OK;
    }

    for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
        egret_party_id_t id = egret_party_id_read(check->tape, ends[i]);
        egret_rc_t rc;

        if (id.bic.length == 0 || egret_bic_is_test(id.bic) == is_test) {
            continue;
        }

        rc = report_environment(check, id.bic_node, id.bic);
        if (rc != EGRET_OK) {
            return rc;
        }
    }

    if (!is_test && names_test(service)) {
        return report_environment(check,
                                  egret_rules_header_node(check, "BizSvc"),
                                  service);
    }

    return EGRET_OK;
}

static egret_rc_t
report_route(const egret_check_t *check, uint8_t case_index,
             egret_node_t node, egret_finding_t *finding)
{
    finding->code = EGRET_H03;
    finding->case_index = case_index;
    finding->severity = EGRET_SEVERITY_REJECT;

    return egret_check_report(check, node, EGRET_SPAN(""), finding);
}

static egret_span_t
shown_id(const egret_party_id_t *id)
{
    return id->bic.length > 0 ? id->bic
           : id->lei.length > 0 ? id->lei
                                : id->member;
}

/* One agent against one end of the header. */
static egret_rc_t
check_agent(const egret_check_t *check, egret_node_t base, const char *path,
            egret_node_t end, const char *message)
{
    egret_node_t agent = egret_rules_node(check, base, path);
    egret_finding_t finding = {
        .message = egret_span_from(message),
        .fix = check->tape->app_hdr == EGRET_NODE_NONE
                   ? EGRET_SPAN("name the same institution in both")
                   : EGRET_SPAN("name the same institution in both, or say in "
                                "CpyDplct that this is a copy"),
    };
    egret_party_id_t a, b;

    if (agent == EGRET_NODE_NONE || end == EGRET_NODE_NONE) {
        return EGRET_OK;
    }

    a = egret_party_id_read(check->tape, agent);
    b = egret_party_id_read(check->tape, end);
    if (egret_party_id_compare(&a, &b) != EGRET_PARTY_OTHER) {
        return EGRET_OK;
    }

    finding.got = shown_id(&a);
    finding.expected = shown_id(&b);

    return report_route(check, CASE_H03_MISMATCH, a.bic_node, &finding);
}

static egret_rc_t
check_agents(const egret_check_t *check, egret_node_t base)
{
    bool is_bare = check->tape->app_hdr == EGRET_NODE_NONE;
    egret_rc_t rc;

    rc = check_agent(check, base, "InstgAgt/FinInstnId", check->from,
                     is_bare ? "InstgAgt is not the one that GrpHdr names"
                             : "InstgAgt is not the institution that Fr names");
    if (rc != EGRET_OK) {
        return rc;
    }

    return check_agent(check, base, "InstdAgt/FinInstnId", check->to,
                       is_bare ? "InstdAgt is not the one that GrpHdr names"
                               : "InstdAgt is not the institution that To "
                                 "names");
}

static bool
is_copy(const egret_check_t *check)
{
    egret_span_t copy = egret_rules_header_value(check, "CpyDplct");

    return egret_span_equals_text(copy, "COPY")
           || egret_span_equals_text(copy, "CODU");
}

static egret_rc_t
check_mismatch(const egret_check_t *check)
{
    const egret_tape_t *tape = check->tape;
    egret_path_cursor_t cursor;
    egret_node_t node;
    egret_rc_t rc;

    if (tape->document == EGRET_NODE_NONE || check->flow == NULL
        || is_copy(check))
    {
        return EGRET_OK;
    }

    node = egret_path_first(tape, tape->document, &check->flow->group_header);
    rc = check_agents(check, node);

    egret_path_start(&cursor, tape, tape->document,
                     &check->flow->transaction);
    while (rc == EGRET_OK
           && (node = egret_path_next(&cursor)) != EGRET_NODE_NONE)
    {
        rc = check_agents(check, node);
    }

    return rc;
}

/* The ends of a bare Document must be said, and alike. */
static egret_rc_t
check_bare_ends(const egret_check_t *check)
{
    egret_finding_t finding = {
        .message = EGRET_SPAN("without AppHdr the message must say its sender "
                              "and receiver"),
        .expected = EGRET_SPAN("InstgAgt and InstdAgt in GrpHdr, or the same "
                               "in every transaction"),
        .fix = EGRET_SPAN("add them to GrpHdr, or send an AppHdr"),
    };

    if (check->tape->app_hdr != EGRET_NODE_NONE
        || check->tape->document == EGRET_NODE_NONE || check->flow == NULL
        || (check->from != EGRET_NODE_NONE
            && (check->to != EGRET_NODE_NONE || check->meant.length > 0)))
    {
        return EGRET_OK;
    }

    return report_route(check, CASE_H03_MISMATCH, check->tape->document,
                        &finding);
}

static egret_rc_t
check_receiver(const egret_check_t *check)
{
    egret_party_id_t to = egret_party_id_read(check->tape, check->to);
    egret_finding_t finding = {
        .message = EGRET_SPAN("the receiver is no partner of this gateway"),
        .got = shown_id(&to),
        .fix = EGRET_SPAN("check the BIC; ask the gateway's operator whom it "
                          "serves"),
    };

    if (!check->has_registry || check->to == EGRET_NODE_NONE || to.is_refused
        || (check->receiver != NULL
            && egret_party_id_is_partner(&to, check->receiver)))
    {
        return EGRET_OK;
    }

    if (check->receiver != NULL) {
        finding.message = EGRET_SPAN("the header names another receiver than "
                                     "the partner that it is judged for");
        finding.expected = check->receiver->name;
        finding.fix = EGRET_SPAN("judge it for whom the header names, or "
                                 "correct To");
    }

    return report_route(check, CASE_H03_UNKNOWN,
                        to.bic_node, &finding);
}

/* What was said beside the message must not contradict it. */
static egret_rc_t
check_meant(const egret_check_t *check)
{
    const egret_partner_t *partner;
    egret_party_id_t to = egret_party_id_read(check->tape, check->to);
    egret_finding_t finding = {
        .message = EGRET_SPAN("the receiver that was asked for is no partner "
                              "of this gateway"),
        .got = check->meant,
        .fix = EGRET_SPAN("check the BIC; leave it out where the message says "
                          "whom it is for"),
    };

    if (check->meant.length == 0) {
        return EGRET_OK;
    }

    partner = egret_config_partner_by_bic(check->config, check->meant);
    if (partner == NULL) {
        return report_route(check, CASE_H03_UNKNOWN, to.bic_node, &finding);
    }

    if (check->to == EGRET_NODE_NONE || to.is_refused
        || egret_party_id_is_partner(&to, partner))
    {
        return EGRET_OK;
    }

    finding.message = EGRET_SPAN("the receiver that was asked for is not the "
                                 "one that the message names");
    finding.expected = shown_id(&to);

    return report_route(check, CASE_H03_MISMATCH, to.bic_node, &finding);
}

/* H03: the header's ends are the message's, and To is a known route. */
static egret_rc_t
check_route(const egret_check_t *check)
{
    egret_rc_t rc = check_meant(check);

    if (rc == EGRET_OK) {
        rc = check_bare_ends(check);
    }

    if (rc == EGRET_OK) {
        rc = check_mismatch(check);
    }

    return rc == EGRET_OK ? check_receiver(check) : rc;
}

const egret_rule_t egret_rules_route[] = {
    { EGRET_T03, check_sender, false },
    { EGRET_T05, check_environment, false },
    { EGRET_H03, check_route, false },
    { EGRET_CODE_COUNT, NULL, false },
};
