/* SPDX-License-Identifier: Apache-2.0 */
/* Each rule: the good message bent in one place gives that one finding. */
#include "gateway.h"
#include "helper.h"

#include <string.h>

#define TX "/Document/FIToFICstmrCdtTrf/CdtTrfTxInf[1]"
#define GROUP "/Document/FIToFICstmrCdtTrf/GrpHdr"

typedef struct {
    const char *find;
    const char *replacement;
    const char *code;  /* NULL: nothing is found */
    const char *iso;
    const char *xpath;
    const char *severity;
} bend_t;

static void
assert_one_finding(const egret_verdict_t *verdict, const bend_t *bend)
{
    const egret_findings_t *findings = &verdict->findings;
    const egret_finding_t *finding = findings->items;

    if (bend->code == NULL) {
        if (findings->count > 0) {
            fail_msg("%s: %s %.*s", bend->replacement,
                     egret_code_row(finding->code)->id,
                     EGRET_SPAN_ARGS(finding->xpath));
        }
        return;
    }

    if (findings->count != 1) {
        for (size_t i = 0; i < findings->count; i++) {
            print_message("# %s %.*s\n",
                          egret_code_row(findings->items[i].code)->id,
                          EGRET_SPAN_ARGS(findings->items[i].xpath));
        }
        fail_msg("%s: %zu findings", bend->replacement, findings->count);
    }

    assert_string_equal(egret_code_row(finding->code)->id, bend->code);
    egret_assert_span(finding->iso, bend->iso);
    egret_assert_span(finding->xpath, bend->xpath);
    assert_string_equal(egret_severity_text(finding->severity),
                        bend->severity);
    assert_true(finding->message.length > 0);
    assert_true(finding->fix.length > 0);
    assert_true(finding->line > 0);
}

static void
run_bends(egret_test_gateway_t *gateway, const bend_t *bends, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        egret_span_t bytes = egret_test_bend(gateway, gateway->good,
                                             bends[i].find,
                                             bends[i].replacement);

        assert_one_finding(egret_test_judge(gateway, bytes, "xiamen-bank"),
                           &bends[i]);
    }
}

static void
run(const char *more, const char *in_xiamen, const char *in_taipei,
    const bend_t *bends, size_t count)
{
    egret_test_gateway_t gateway;

    egret_test_gateway_open(&gateway, more, in_xiamen, in_taipei);
    run_bends(&gateway, bends, count);
    egret_test_gateway_close(&gateway);
}

#define RUN(more, in_xiamen, in_taipei, bends)                                \
    run((more), (in_xiamen), (in_taipei), (bends),                            \
        sizeof(bends) / sizeof((bends)[0]))

static void
test_a_good_message_has_no_finding(void **state)
{
    const bend_t bends[] = { { NULL, NULL, NULL, NULL, NULL, NULL } };

    (void) state;
    RUN("", "", "", bends);
}

#define FROM_XIAMEN                                                           \
    "<Fr><FIId><FinInstnId><BICFI>XMBKCNB0XXX</BICFI>"                        \
    "<LEI>984500EGRETXMNBK0117</LEI></FinInstnId></FIId></Fr>"
#define FROM(inner) "<Fr><FIId><FinInstnId>" inner "</FinInstnId></FIId></Fr>"
#define FR_ID "/AppHdr/Fr/FIId/FinInstnId"

static void
test_T03_holds_the_header_against_the_certificate(void **state)
{
    const bend_t bends[] = {
        { FROM_XIAMEN, FROM("<LEI>984500EGRETXMNBK0117</LEI>"), NULL, NULL,
          NULL, NULL },
        { FROM_XIAMEN, FROM("<BICFI>XMBKCNB0</BICFI>"), NULL, NULL, NULL,
          NULL },
        { FROM_XIAMEN,
          FROM("<ClrSysMmbId><ClrSysId><Cd>CNAPS</Cd></ClrSysId>"
               "<MmbId>313393000013</MmbId></ClrSysMmbId>"),
          NULL, NULL, NULL, NULL },
        { FROM_XIAMEN,
          FROM("<ClrSysMmbId><ClrSysId><Cd>CNAPS</Cd></ClrSysId>"
               "<MmbId>313393000014</MmbId></ClrSysMmbId>"),
          "T03", "AG08", FR_ID "/ClrSysMmbId", "reject" },
        { FROM_XIAMEN, FROM("<LEI>984500EGRETTPEBK0123</LEI>"), "T03", "AG08",
          FR_ID "/LEI", "reject" },
        { "<LEI>984500EGRETXMNBK0117</LEI>",
          "<LEI>984500EGRETTPEBK0123</LEI>", "T03", "AG08", FR_ID "/LEI",
          "reject" },
        { FROM_XIAMEN, FROM("<Nm>Xiamen Bank</Nm>"), "T03", "AG08", FR_ID,
          "reject" },
    };

    (void) state;
    RUN("", "", "", bends);
}

static void
test_T05_knows_a_test_by_its_business_service(void **state)
{
    static const struct {
        const char *service;
        bool is_test;
    } cases[] = {
        { "egret.bilateral.01", false },   { "egret.testing.01", false },
        { "egret.bilateral.test", true },  { "egret.bilateral.TEST", true },
        { "swift.test.cbprplus.03", true }, { "Test", true },
        { "egret.latest", false },
    };
    egret_test_gateway_t gateway;

    (void) state;
    egret_test_gateway_open(&gateway, "", "", "");
    gateway.config->environment = EGRET_ENVIRONMENT_LIVE;

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        egret_span_t bytes = egret_test_bend(
            &gateway, gateway.good, "egret.bilateral.01", cases[i].service);
        const egret_verdict_t *verdict = egret_test_judge(&gateway, bytes,
                                                          "xiamen-bank");
        bool found = false;

        for (size_t k = 0; k < verdict->findings.count; k++) {
            found = found
                    || egret_span_ends_with(verdict->findings.items[k].xpath,
                                            EGRET_SPAN("/BizSvc"));
        }
        assert_int_equal(found, cases[i].is_test);
    }
    egret_test_gateway_close(&gateway);
}

static void
test_T05_keeps_test_and_live_apart(void **state)
{
    egret_test_gateway_t gateway;
    const egret_verdict_t *verdict;
    egret_span_t bytes;

    (void) state;
    egret_test_gateway_open(&gateway, "", "party bic=XMBKCNBAXXX;", "");
    bytes = egret_test_bend(&gateway, gateway.good, "<BICFI>XMBKCNB0XXX",
                            "<BICFI>XMBKCNBAXXX");
    verdict = egret_test_judge(&gateway, bytes, "xiamen-bank");
    assert_true(egret_findings_reject(&verdict->findings, EGRET_T05));
    assert_int_equal(verdict->http_status, 403);
    egret_test_gateway_close(&gateway);
}

static void
test_X05_wants_the_definition_that_the_header_names(void **state)
{
    const bend_t bends[] = {
        { "<MsgDefIdr>pacs.008.001.08", "<MsgDefIdr>pacs.009.001.08", "X05",
          "", "/AppHdr/MsgDefIdr", "reject" },
    };

    (void) state;
    RUN("", "", "", bends);
}

static void
test_X05_refuses_what_the_receiver_does_not_take(void **state)
{
    egret_test_gateway_t gateway;
    const egret_verdict_t *verdict;
    egret_span_t bytes;

    (void) state;
    egret_test_gateway_open(&gateway, "", "", "");
    bytes = egret_test_bend(&gateway, gateway.good,
                            "<To><FIId><FinInstnId><BICFI>TPBKTWT0XXX",
                            "<To><FIId><FinInstnId><BICFI>JBBKZAJ0XXX");
    bytes = egret_test_bend(&gateway, bytes, "<BICFI>TPBKTWT0</BICFI>",
                            "<BICFI>JBBKZAJ0</BICFI>");
    verdict = egret_test_judge(&gateway, bytes, "xiamen-bank");
    assert_int_equal(verdict->findings.count, 1);
    assert_int_equal(verdict->findings.items[0].code, EGRET_X05);
    assert_int_equal(verdict->reply, EGRET_REPLY_ADMI_002);
    egret_test_gateway_close(&gateway);
}

static void
test_H02_warns_of_two_ids_in_bilateral_traffic(void **state)
{
    const bend_t bends[] = {
        { "<MsgId>XMB-20261123-0001", "<MsgId>XMB-20261123-0002", "H02", "",
          "/AppHdr/BizMsgIdr", "warn" },
        { "<Prty>NORM</Prty>", "<Prty>HIGH</Prty>", "H02", "", "/AppHdr/Prty",
          "reject" },
        { "<Prty>NORM</Prty>", "<CpyDplct>DUPL</CpyDplct><Prty>NORM</Prty>",
          "H02", "", "/AppHdr/CpyDplct", "reject" },
    };

    (void) state;
    RUN("", "", "", bends);
}

static void
test_H02_holds_a_strict_profile(void **state)
{
    const bend_t bends[] = {
        { "<BizSvc>egret.bilateral.01", "<BizSvc>other.service", "H02", "",
          "/AppHdr/BizSvc", "reject" },
        { "<BizSvc>egret.bilateral.01</BizSvc>", "", "H02", "", "/AppHdr",
          "reject" },
        { "<MsgId>XMB-20261123-0001", "<MsgId>XMB-20261123-0002", "H02", "",
          "/AppHdr/BizMsgIdr", "reject" },
    };

    (void) state;
    RUN("egret_profile strict { message_id_match reject;\n"
        "  business_service egret.bilateral.01; }",
        "profile strict;", "", bends);
}

static void
test_H03_wants_the_agents_that_the_header_names(void **state)
{
    const bend_t bends[] = {
        { "<InstgAgt><FinInstnId><BICFI>XMBKCNB0XXX",
          "<InstgAgt><FinInstnId><BICFI>JBBKZAJ0XXX", "H03", "AGNT",
          GROUP "/InstgAgt/FinInstnId/BICFI", "reject" },
        { "<InstdAgt><FinInstnId><BICFI>TPBKTWT0",
          "<InstdAgt><FinInstnId><BICFI>JBBKZAJ0", "H03", "AGNT",
          GROUP "/InstdAgt/FinInstnId/BICFI", "reject" },
    };

    (void) state;
    RUN("", "", "", bends);
}

static void
test_H03_wants_a_receiver_that_is_a_route(void **state)
{
    egret_test_gateway_t gateway;
    const egret_verdict_t *verdict;
    egret_span_t bytes;

    (void) state;
    egret_test_gateway_open(&gateway, "", "", "");
    bytes = egret_test_bend(&gateway, gateway.good,
                            "<To><FIId><FinInstnId><BICFI>TPBKTWT0XXX",
                            "<To><FIId><FinInstnId><BICFI>NOBKBRS0XXX");
    bytes = egret_test_bend(&gateway, bytes, "<BICFI>TPBKTWT0</BICFI>",
                            "<BICFI>NOBKBRS0</BICFI>");
    verdict = egret_test_judge(&gateway, bytes, "xiamen-bank");
    assert_int_equal(verdict->findings.count, 1);
    assert_int_equal(verdict->findings.items[0].code, EGRET_H03);
    egret_assert_span(verdict->findings.items[0].iso, "CNOR");
    egret_test_gateway_close(&gateway);
}

static void
test_H05_judges_references(void **state)
{
    const bend_t bends[] = {
        { "<InstrId>F2026-017-D03", "<InstrId>/F2026-017-D03", "H05", "CH16",
          TX "/PmtId/InstrId", "reject" },
        { "<InstrId>F2026-017-D03", "<InstrId>F2026//017", "H05", "CH16",
          TX "/PmtId/InstrId", "reject" },
        { "<InstrId>F2026-017-D03", "<InstrId>F2026/017", NULL, NULL, NULL,
          NULL },
        { "<EndToEndId>LOAN-F2026-017-D03", "<EndToEndId>NOTPROVIDED", NULL,
          NULL, NULL, NULL },
        { "<EndToEndId>LOAN-F2026-017-D03", "<EndToEndId> ", "H05", "FF08",
          TX "/PmtId/EndToEndId", "reject" },
    };

    (void) state;
    RUN("", "", "", bends);
}

static void
test_P01_wants_a_jurisdiction_in_a_bic(void **state)
{
    const bend_t bends[] = {
        { "<DbtrAgt><FinInstnId><BICFI>XMBKCNB0XXX",
          "<DbtrAgt><FinInstnId><BICFI>XMBKXXB0XXX", "P01", "RC06",
          TX "/DbtrAgt/FinInstnId/BICFI", "reject" },
        { "<CdtrAgt><FinInstnId><BICFI>TPBKTWT0XXX",
          "<CdtrAgt><FinInstnId><BICFI>TPBKZZT0XXX", "P01", "RC07",
          TX "/CdtrAgt/FinInstnId/BICFI", "reject" },
        { "<CdtrAgt><FinInstnId><BICFI>TPBKTWT0XXX",
          "<CdtrAgt><FinInstnId><BICFI>TPBKXKT0XXX", NULL, NULL, NULL, NULL },
        { "<CdtrAgt><FinInstnId><BICFI>TPBKTWT0XXX",
          "<CdtrAgt><FinInstnId><BICFI>TPBK1WT0XXX", "X05", "",
          TX "/CdtrAgt/FinInstnId/BICFI", "reject" },
    };

    (void) state;
    RUN("", "", "", bends);
}

static void
test_P02_checks_the_digits_of_an_lei(void **state)
{
    const bend_t bends[] = {
        { "<LEI>984500EGRETWINDF0160", "<LEI>984500EGRETWINDF0161", "P02",
          "BE16", TX "/Dbtr/Id/OrgId/LEI", "reject" },
        { "<LEI>984500EGRETTURBN0156", "<LEI>984500EGRETTURBN0155", "P02",
          "BE17", TX "/Cdtr/Id/OrgId/LEI", "reject" },
        { "<LEI>984500EGRETTURBN0156", "<LEI>5493001KJTIIGC8Y1R12", NULL,
          NULL, NULL, NULL },
    };

    (void) state;
    RUN("", "", "", bends);
}

static void
test_A01_wants_an_active_currency(void **state)
{
    const bend_t bends[] = {
        { "<InstdAmt Ccy=\"CNY\">", "<InstdAmt Ccy=\"CNH\">", "A01", "AM11",
          TX "/InstdAmt/@Ccy", "reject" },
        { "<Ccy>CNY</Ccy>", "<Ccy>RMB</Ccy>", "A01", "AM11",
          TX "/DbtrAcct/Ccy", "reject" },
        { "<InstdAmt Ccy=\"CNY\">", "<InstdAmt Ccy=\"ZZZ\">", "A01", "AM11",
          TX "/InstdAmt/@Ccy", "reject" },
    };

    (void) state;
    RUN("", "", "", bends);
}

static void
test_A01_settles_in_agreed_currencies_only(void **state)
{
    const bend_t bends[] = {
        { NULL, "not agreed", "A01", "AM03", TX "/IntrBkSttlmAmt/@Ccy",
          "reject" },
    };

    (void) state;
    RUN("", "", "currencies TWD USD;", bends);
}

static void
test_A02_counts_the_decimals_of_a_currency(void **state)
{
    const bend_t bends[] = {
        { "<InstdAmt Ccy=\"CNY\">80000000.00",
          "<InstdAmt Ccy=\"CNY\">80000000.001", "A02", "CH20",
          TX "/InstdAmt", "reject" },
        { "<InstdAmt Ccy=\"CNY\">80000000.00", "<InstdAmt Ccy=\"JPY\">100.5",
          "A02", "CH20", TX "/InstdAmt", "reject" },
        { "<InstdAmt Ccy=\"CNY\">80000000.00", "<InstdAmt Ccy=\"JPY\">100",
          NULL, NULL, NULL, NULL },
        { "<InstdAmt Ccy=\"CNY\">80000000.00", "<InstdAmt Ccy=\"KWD\">1.123",
          NULL, NULL, NULL, NULL },
        { "<InstdAmt Ccy=\"CNY\">80000000.00", "<InstdAmt Ccy=\"TWD\">100.50",
          "A02", "CH20", TX "/InstdAmt", "warn" },
        { "<InstdAmt Ccy=\"CNY\">80000000.00", "<InstdAmt Ccy=\"TWD\">100.00",
          NULL, NULL, NULL, NULL },
    };

    (void) state;
    RUN("", "", "", bends);
}

static void
test_A03_wants_an_amount_within_the_limits(void **state)
{
    const bend_t bends[] = {
        { NULL, "over the receiver's limit", "A03", "AM14",
          TX "/IntrBkSttlmAmt", "reject" },
    };

    (void) state;
    RUN("", "limit CNY 100000000;", "limit CNY 79999999.99;", bends);
}

static void
test_A03_takes_the_limit_itself(void **state)
{
    const bend_t bends[] = { { NULL, NULL, NULL, NULL, NULL, NULL } };

    (void) state;
    RUN("", "", "limit CNY 80000000;", bends);
}

static void
test_A03_refuses_nothing_to_settle(void **state)
{
    egret_test_gateway_t gateway;
    const egret_verdict_t *verdict;
    egret_span_t bytes;

    (void) state;
    egret_test_gateway_open(&gateway, "", "", "");
    bytes = egret_test_bend(&gateway, gateway.good,
                            "<IntrBkSttlmAmt Ccy=\"CNY\">80000000.00",
                            "<IntrBkSttlmAmt Ccy=\"CNY\">0.00");
    bytes = egret_test_bend(&gateway, bytes, "<CtrlSum>80000000</CtrlSum>",
                            "<CtrlSum>0</CtrlSum>");
    bytes = egret_test_bend(&gateway, bytes,
                            "<TtlIntrBkSttlmAmt Ccy=\"CNY\">80000000.00",
                            "<TtlIntrBkSttlmAmt Ccy=\"CNY\">0.00");
    verdict = egret_test_judge(&gateway, bytes, "xiamen-bank");
    assert_int_equal(verdict->findings.count, 1);
    assert_int_equal(verdict->findings.items[0].code, EGRET_A03);
    egret_assert_span(verdict->findings.items[0].iso, "AM01");
    egret_test_gateway_close(&gateway);
}

static void
test_A04_wants_totals_that_foot(void **state)
{
    const bend_t bends[] = {
        { "<NbOfTxs>1<", "<NbOfTxs>2<", "A04", "AM19", GROUP "/NbOfTxs",
          "reject" },
        { "<CtrlSum>80000000<", "<CtrlSum>80000000.01<", "A04", "AM10",
          GROUP "/CtrlSum", "reject" },
        { "<CtrlSum>80000000<", "<CtrlSum>80000000.000<", NULL, NULL, NULL,
          NULL },
        { "<TtlIntrBkSttlmAmt Ccy=\"CNY\">80000000.00",
          "<TtlIntrBkSttlmAmt Ccy=\"CNY\">80000000.01", "A04", "AM10",
          GROUP "/TtlIntrBkSttlmAmt", "reject" },
        { "<TtlIntrBkSttlmAmt Ccy=\"CNY\">",
          "<TtlIntrBkSttlmAmt Ccy=\"USD\">", "A04", "AM10",
          GROUP "/TtlIntrBkSttlmAmt", "reject" },
    };

    (void) state;
    RUN("", "", "", bends);
}

static void
test_what_the_schema_refuses_is_X05_alone(void **state)
{
    const bend_t bends[] = {
        { "<IntrBkSttlmAmt Ccy=\"CNY\">", "<IntrBkSttlmAmt Ccy=\"CNY\">-",
          "X05", "", TX "/IntrBkSttlmAmt", "reject" },
        { "<IntrBkSttlmAmt Ccy=\"CNY\">80000000.00",
          "<IntrBkSttlmAmt Ccy=\"CNY\">80000000.123456", "X05", "",
          TX "/IntrBkSttlmAmt", "reject" },
        { "<IntrBkSttlmAmt Ccy=\"CNY\">", "<IntrBkSttlmAmt>", "X05", "",
          TX "/IntrBkSttlmAmt", "reject" },
        { "<TtlIntrBkSttlmAmt Ccy=\"CNY\">", "<TtlIntrBkSttlmAmt>", "X05",
          "", GROUP "/TtlIntrBkSttlmAmt", "reject" },
        { "<NbOfTxs>1<", "<NbOfTxs>-1<", "X05", "", GROUP "/NbOfTxs",
          "reject" },
        { "<CtrlSum>", "<CtrlSum>1234567890123456789", "X05", "",
          GROUP "/CtrlSum", "reject" },
        { "<InstrId>", "<InstrId>//56789012345678901234567890123456", "X05",
          "", TX "/PmtId/InstrId", "reject" },
        { "<EndToEndId>LOAN-F2026-017-D03",
          "<EndToEndId>                                    ", "X05", "",
          TX "/PmtId/EndToEndId", "reject" },
        { "<MsgDefIdr>", "<MsgDefIdr>x67890123456789012345678901234567890",
          "X05", "", "/AppHdr/MsgDefIdr", "reject" },
        { "<BizMsgIdr>", "<BizMsgIdr>x67890123456789012345678901234567890",
          "X05", "", "/AppHdr/BizMsgIdr", "reject" },
        { "<BICFI>XMBKCNB0XXX", "<BICFI>XMBKCNB0XX", "X05", "",
          FR_ID "/BICFI", "reject" },
        { FROM_XIAMEN, "", "X05", "", "/AppHdr/To", "reject" },
        { "<To><FIId><FinInstnId><BICFI>T", "<To><FIId><FinInstnId><BICFI>t",
          "X05", "", "/AppHdr/To/FIId/FinInstnId/BICFI", "reject" },
    };

    (void) state;
    RUN("", "", "", bends);
}

/* The good message with two changes gives this one finding. */
static void
run_double(const char *const changes[2][2], const bend_t *expected)
{
    egret_test_gateway_t gateway;
    egret_span_t bytes;

    egret_test_gateway_open(&gateway, "", "", "");
    bytes = gateway.good;
    for (size_t i = 0; i < 2; i++) {
        bytes = egret_test_bend(&gateway, bytes, changes[i][0],
                                changes[i][1]);
    }
    assert_one_finding(egret_test_judge(&gateway, bytes, "xiamen-bank"),
                       expected);
    egret_test_gateway_close(&gateway);
}

static void
test_totals_do_not_count_a_misspelt_transaction(void **state)
{
    const char *const changes[2][2] = {
        { "<CdtTrfTxInf>", "<CdtTrfTxInfo>" },
        { "</CdtTrfTxInf>", "</CdtTrfTxInfo>" },
    };
    const bend_t expected = {
        NULL, "CdtTrfTxInfo", "X05", "",
        "/Document/FIToFICstmrCdtTrf/CdtTrfTxInfo", "reject"
    };

    (void) state;
    run_double(changes, &expected);
}

static void
test_H02_looks_at_the_priority_of_every_transaction(void **state)
{
    const char *const changes[2][2] = {
        { "</SttlmInf>", "</SttlmInf><PmtTpInf><InstrPrty>NORM</InstrPrty>"
                         "</PmtTpInf>" },
        { "<InstrPrty>NORM</InstrPrty>\n", "<InstrPrty>HIGH</InstrPrty>\n" },
    };
    const bend_t expected = { NULL,          "HIGH",   "H02", "",
                              "/AppHdr/Prty", "reject" };

    (void) state;
    run_double(changes, &expected);
}

static void
test_the_receiver_softens_and_the_sender_only_tightens(void **state)
{
    const bend_t soft[] = {
        { "<NbOfTxs>1<", "<NbOfTxs>2<", "A04", "AM19", GROUP "/NbOfTxs",
          "warn" },
    };
    const bend_t kept[] = {
        { "<NbOfTxs>1<", "<NbOfTxs>2<", "A04", "AM19", GROUP "/NbOfTxs",
          "reject" },
    };
    const bend_t tight[] = {
        { "<NbOfTxs>1<", "<NbOfTxs>2<", "A04", "AM19", GROUP "/NbOfTxs",
          "hold" },
    };

    (void) state;
    RUN("", "", "severity A04 warn;", soft);
    RUN("", "severity A04 warn;", "", kept);
    RUN("", "severity A04 hold;", "severity A04 warn;", tight);
}

static void
test_strict_judging_rejects_what_would_be_mended(void **state)
{
    egret_partner_t mild = { .has_severity = { [EGRET_X06] = true },
                             .severity = { [EGRET_X06] =
                                               EGRET_SEVERITY_INFO } };
    egret_check_t check = { .receiver = &mild };

    (void) state;
    assert_int_equal(egret_check_severity(&check, EGRET_X06,
                                          EGRET_SEVERITY_WARN),
                     EGRET_SEVERITY_INFO);
    check.is_strict = true;
    assert_int_equal(egret_check_severity(&check, EGRET_X06,
                                          EGRET_SEVERITY_WARN),
                     EGRET_SEVERITY_REJECT);
    assert_int_equal(egret_check_severity(&check, EGRET_A02,
                                          EGRET_SEVERITY_WARN),
                     EGRET_SEVERITY_WARN);
}

static void
test_a_bare_document_says_its_ends_itself(void **state)
{
    egret_test_gateway_t gateway;
    const egret_verdict_t *verdict;
    egret_span_t bare, other;
    const char *from, *to;

    (void) state;
    egret_test_gateway_open(&gateway,
                            "egret_profile bare { bare_document on; }",
                            "profile bare;", "");
    from = strstr(gateway.good.at, "<Document");
    to = strstr(gateway.good.at, "</Envelope>");
    bare = (egret_span_t){ from, (size_t) (to - from) };

    verdict = egret_test_judge(&gateway, bare, "xiamen-bank");
    assert_int_equal(verdict->findings.count, 0);
    assert_non_null(verdict->receiver);
    egret_assert_span(verdict->receiver->name, "taipei-bank");
    egret_assert_span(verdict->message_id, "XMB-20261123-0001");

    other = egret_test_bend(&gateway, bare, "<ChrgBr>SHAR</ChrgBr>",
                            "<ChrgBr>SHAR</ChrgBr><InstgAgt><FinInstnId>"
                            "<BICFI>JBBKZAJ0</BICFI></FinInstnId></InstgAgt>");
    verdict = egret_test_judge(&gateway, other, "xiamen-bank");
    assert_int_equal(verdict->findings.count, 1);
    egret_assert_span(verdict->findings.items[0].xpath,
                      TX "/InstgAgt/FinInstnId/BICFI");
    assert_true(egret_findings_reject(&verdict->findings, EGRET_H03));

    bare = egret_test_bend(&gateway, bare,
                           "<InstdAgt><FinInstnId><BICFI>TPBKTWT0</BICFI>"
                           "</FinInstnId></InstdAgt>",
                           "");
    verdict = egret_test_judge(&gateway, bare, "xiamen-bank");
    assert_true(egret_findings_reject(&verdict->findings, EGRET_H03));
    egret_test_gateway_close(&gateway);
}

static void
test_every_fault_is_found_at_once(void **state)
{
    static const char *const bends[][2] = {
        { "<DbtrAgt><FinInstnId><BICFI>XMBKCN",
          "<DbtrAgt><FinInstnId><BICFI>XMBKXX" },
        { "<LEI>984500EGRETTURBN0156", "<LEI>984500EGRETTURBN0155" },
        { "<InstdAmt Ccy=\"CNY\">", "<InstdAmt Ccy=\"CNH\">" },
        { "<NbOfTxs>1<", "<NbOfTxs>3<" },
        { "<InstrId>F2026-017-D03", "<InstrId>F2026-017-D03/" },
    };
    static const egret_code_t codes[] = { EGRET_A04, EGRET_H05, EGRET_A01,
                                          EGRET_P01, EGRET_P02 };
    egret_test_gateway_t gateway;
    const egret_verdict_t *verdict;
    egret_span_t bytes;

    (void) state;
    egret_test_gateway_open(&gateway, "", "", "");
    bytes = gateway.good;
    for (size_t i = 0; i < 5; i++) {
        bytes = egret_test_bend(&gateway, bytes, bends[i][0], bends[i][1]);
    }

    verdict = egret_test_judge(&gateway, bytes, "xiamen-bank");
    assert_int_equal(verdict->findings.count, 5);
    for (size_t i = 0; i < 5; i++) {
        assert_int_equal(verdict->findings.items[i].code, codes[i]);
    }
    assert_int_equal(verdict->reply, EGRET_REPLY_STATUS);
    egret_test_gateway_close(&gateway);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_good_message_has_no_finding),
        cmocka_unit_test(test_T03_holds_the_header_against_the_certificate),
        cmocka_unit_test(test_T05_keeps_test_and_live_apart),
        cmocka_unit_test(test_T05_knows_a_test_by_its_business_service),
        cmocka_unit_test(test_X05_wants_the_definition_that_the_header_names),
        cmocka_unit_test(test_X05_refuses_what_the_receiver_does_not_take),
        cmocka_unit_test(test_H02_warns_of_two_ids_in_bilateral_traffic),
        cmocka_unit_test(test_H02_holds_a_strict_profile),
        cmocka_unit_test(test_H03_wants_the_agents_that_the_header_names),
        cmocka_unit_test(test_H03_wants_a_receiver_that_is_a_route),
        cmocka_unit_test(test_H05_judges_references),
        cmocka_unit_test(test_P01_wants_a_jurisdiction_in_a_bic),
        cmocka_unit_test(test_P02_checks_the_digits_of_an_lei),
        cmocka_unit_test(test_A01_wants_an_active_currency),
        cmocka_unit_test(test_A01_settles_in_agreed_currencies_only),
        cmocka_unit_test(test_A02_counts_the_decimals_of_a_currency),
        cmocka_unit_test(test_A03_wants_an_amount_within_the_limits),
        cmocka_unit_test(test_A03_takes_the_limit_itself),
        cmocka_unit_test(test_A03_refuses_nothing_to_settle),
        cmocka_unit_test(test_A04_wants_totals_that_foot),
        cmocka_unit_test(test_what_the_schema_refuses_is_X05_alone),
        cmocka_unit_test(test_totals_do_not_count_a_misspelt_transaction),
        cmocka_unit_test(test_H02_looks_at_the_priority_of_every_transaction),
        cmocka_unit_test(
            test_the_receiver_softens_and_the_sender_only_tightens),
        cmocka_unit_test(test_strict_judging_rejects_what_would_be_mended),
        cmocka_unit_test(test_a_bare_document_says_its_ends_itself),
        cmocka_unit_test(test_every_fault_is_found_at_once),
    };

    return egret_test_run(tests);
}
