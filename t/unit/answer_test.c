/* SPDX-License-Identifier: Apache-2.0 */
/* Every ISO answer is valid by its schema and names every finding. */
#include "gateway.h"
#include "helper.h"

#include <stdio.h>
#include <string.h>

static egret_answer_t
answer_to(egret_test_gateway_t *gateway, egret_span_t bytes)
{
    const egret_verdict_t *verdict = egret_test_judge(gateway, bytes,
                                                      "xiamen-bank");

    return egret_test_answer(gateway, verdict, false);
}

static egret_answer_t
answer_to_bend(egret_test_gateway_t *gateway, const char *find,
               const char *replacement)
{
    return answer_to(gateway, egret_test_bend(gateway, gateway->good, find,
                                              replacement));
}

static void
test_a_receipt_is_a_valid_pacs_002_ACTC(void **state)
{
    egret_test_gateway_t gateway;
    egret_answer_t answer;

    (void) state;
    egret_test_gateway_open(&gateway, "", "", "");
    answer = answer_to(&gateway, gateway.good);

    assert_int_equal(answer.status, 200);
    egret_test_assert_valid(&gateway, answer.body);
    egret_test_assert_holds(answer.body, "<GrpSts>ACTC</GrpSts>");
    egret_test_assert_holds(answer.body,
                            "<OrgnlMsgId>XMB-20261123-0001</OrgnlMsgId>"
                            "<OrgnlMsgNmId>pacs.008.001.08</OrgnlMsgNmId>");
    egret_test_gateway_close(&gateway);
}

static void
test_an_answer_has_a_header_from_the_gateway_to_the_sender(void **state)
{
    egret_test_gateway_t gateway;
    egret_answer_t answer;

    (void) state;
    egret_test_gateway_open(&gateway, "", "", "");
    answer = answer_to(&gateway, gateway.good);

    egret_test_assert_holds(answer.body,
                            "<Envelope xmlns=\"urn:example:envelope\">"
                            "<AppHdr xmlns=\"urn:iso:std:iso:20022:tech:xsd:"
                            "head.001.001.02\"><Fr><FIId><FinInstnId>"
                            "<BICFI>EGRTCNB0XXX</BICFI>");
    egret_test_assert_holds(answer.body,
                            "<To><FIId><FinInstnId><BICFI>XMBKCNB0XXX");
    egret_test_assert_holds(answer.body,
                            "<BizMsgIdr>EG-TEST-1</BizMsgIdr>"
                            "<MsgDefIdr>pacs.002.001.10</MsgDefIdr>"
                            "<BizSvc>egret.bilateral.01</BizSvc>"
                            "<CreDt>2026-11-23T02:20:01+00:00</CreDt>"
                            "<Rltd><Fr>");
    egret_test_gateway_close(&gateway);
}

static void
test_a_rejected_transaction_is_named_with_its_references(void **state)
{
    egret_test_gateway_t gateway;
    egret_answer_t answer;

    (void) state;
    egret_test_gateway_open(&gateway, "", "", "");
    answer = answer_to_bend(&gateway, "<LEI>984500EGRETTURBN0156",
                            "<LEI>984500EGRETTURBN0155");

    assert_int_equal(answer.status, 422);
    egret_test_assert_valid(&gateway, answer.body);
    egret_test_assert_holds(answer.body, "<GrpSts>RJCT</GrpSts>");
    egret_test_assert_holds(
        answer.body,
        "<TxInfAndSts><OrgnlInstrId>F2026-017-D03</OrgnlInstrId>"
        "<OrgnlEndToEndId>LOAN-F2026-017-D03</OrgnlEndToEndId>"
        "<OrgnlTxId>XMB-20261123-0001-1</OrgnlTxId>"
        "<OrgnlUETR>7a562c67-ca16-48ba-b074-65581be6f001</OrgnlUETR>"
        "<TxSts>RJCT</TxSts><StsRsnInf><Rsn><Cd>BE17</Cd></Rsn>"
        "<AddtlInf>EG-P02 Cdtr/Id/OrgId/LEI 984500EGRETTURBN0155"
        "</AddtlInf></StsRsnInf></TxInfAndSts>");
    egret_test_gateway_close(&gateway);
}

static void
test_a_fault_of_the_group_stands_with_the_group(void **state)
{
    egret_test_gateway_t gateway;
    egret_answer_t answer;

    (void) state;
    egret_test_gateway_open(&gateway, "", "", "");
    answer = answer_to_bend(&gateway, "<NbOfTxs>1<", "<NbOfTxs>2<");

    egret_test_assert_valid(&gateway, answer.body);
    egret_test_assert_holds(answer.body,
                            "<StsRsnInf><Rsn><Cd>AM19</Cd></Rsn><AddtlInf>"
                            "EG-A04 GrpHdr/NbOfTxs 2</AddtlInf></StsRsnInf>"
                            "</OrgnlGrpInfAndSts>");
    assert_false(egret_test_holds(answer.body, "<TxInfAndSts>"));
    egret_test_gateway_close(&gateway);
}

static void
test_a_fault_of_the_schema_gives_admi_002_with_all_findings(void **state)
{
    egret_test_gateway_t gateway;
    egret_answer_t answer;
    egret_span_t bytes;

    (void) state;
    egret_test_gateway_open(&gateway, "", "", "");
    bytes = egret_test_bend(&gateway, gateway.good, "<ChrgBr>SHAR",
                            "<ChrgBr>HALF");
    bytes = egret_test_bend(&gateway, bytes, "<NbOfTxs>1<", "<NbOfTxs>2<");
    answer = answer_to(&gateway, bytes);

    assert_int_equal(answer.status, 422);
    egret_test_assert_valid(&gateway, answer.body);
    egret_test_assert_holds(answer.body,
                            "<RltdRef><Ref>XMB-20261123-0001</Ref></RltdRef>");
    egret_test_assert_holds(answer.body, "<RjctgPtyRsn>EG-X05</RjctgPtyRsn>");
    egret_test_assert_holds(
        answer.body,
        "<ErrLctn>/Document/FIToFICstmrCdtTrf/CdtTrfTxInf[1]/ChrgBr"
        "</ErrLctn>");
    egret_test_assert_holds(answer.body, "&quot;code&quot;:&quot;A04&quot;");
    egret_test_gateway_close(&gateway);
}

static void
test_an_unreadable_message_gives_admi_002_and_400(void **state)
{
    static const char *const bodies[] = {
        "", "{\"Document\":{}}", "<Envelope", "<!DOCTYPE a><a/>",
        "<a></b>", "\xff\xfe<\0a\0/\0>\0",
    };
    egret_test_gateway_t gateway;

    (void) state;
    egret_test_gateway_open(&gateway, "", "", "");
    for (size_t i = 0; i < sizeof(bodies) / sizeof(bodies[0]); i++) {
        egret_answer_t answer = answer_to(&gateway,
                                          egret_span_from(bodies[i]));

        assert_int_equal(answer.status, 400);
        egret_test_assert_valid(&gateway, answer.body);
        egret_test_assert_holds(answer.body, "<Ref>NOTPROVIDED</Ref>");
    }
    egret_test_gateway_close(&gateway);
}

static void
test_a_cut_message_still_gets_its_wrapper_and_reference(void **state)
{
    egret_test_gateway_t gateway;
    egret_answer_t answer;
    const char *at;

    (void) state;
    egret_test_gateway_open(&gateway, "", "", "");
    at = strstr(gateway.good.at, "<Dbtr>");
    answer = answer_to(&gateway,
                       (egret_span_t){ gateway.good.at,
                                       (size_t) (at - gateway.good.at) });

    assert_int_equal(answer.status, 400);
    egret_test_assert_valid(&gateway, answer.body);
    egret_test_assert_holds(answer.body, "<Envelope ");
    egret_test_assert_holds(answer.body, "<Ref>XMB-20261123-0001</Ref>");
    egret_test_gateway_close(&gateway);
}

static void
test_an_answer_comes_in_the_senders_own_wrapper(void **state)
{
    static const char *const wrappers[][4] = {
        { "<RequestPayload>", "", "", "</RequestPayload>" },
        { "<b:BusMsg xmlns:b=\"urn:b\">", "", "", "</b:BusMsg>" },
        { "<DataPDU xmlns=\"urn:swift:saa\"><Body>", "", "",
          "</Body></DataPDU>" },
        { "<BizMsgEnvlp><Hdr>", "</Hdr><Doc>", "</Doc>", "</BizMsgEnvlp>" },
    };
    egret_test_gateway_t gateway;
    const char *header, *document, *end;

    (void) state;
    egret_test_gateway_open(&gateway, "", "", "");
    header = strstr(gateway.good.at, "<AppHdr");
    document = strstr(gateway.good.at, "<Document");
    end = strstr(gateway.good.at, "</Envelope>");

    for (size_t i = 0; i < sizeof(wrappers) / sizeof(wrappers[0]); i++) {
        const char *const *parts = wrappers[i];
        egret_answer_t answer;
        egret_buffer_t text;

        egret_buffer_init(&text, gateway.arena, 65536);
        egret_buffer_print(&text, "%s%.*s%s%.*s%s%s", parts[0],
                           (int) (document - header), header, parts[1],
                           (int) (end - document), document, parts[2],
                           parts[3]);
        answer = answer_to(&gateway, egret_buffer_span(&text));

        assert_int_equal(answer.status, 200);
        egret_test_assert_valid(&gateway, answer.body);
        egret_test_assert_holds(answer.body, parts[0]);
        egret_test_assert_holds(answer.body, parts[1]);
        egret_test_assert_holds(answer.body, parts[3]);
    }
    egret_test_gateway_close(&gateway);
}

static void
test_an_answer_comes_in_the_senders_header_version(void **state)
{
    static const char *const versions[] = { "01", "02", "03", "04" };
    egret_test_gateway_t gateway;

    (void) state;
    egret_test_gateway_open(&gateway, "", "", "");
    for (size_t i = 0; i < 4; i++) {
        egret_span_t bytes = gateway.good;
        egret_answer_t answer;
        char name[32];

        snprintf(name, sizeof(name), "head.001.001.%s", versions[i]);
        bytes = egret_test_bend(&gateway, bytes, "head.001.001.02", name);
        if (i == 0) {
            bytes = egret_test_bend(&gateway, bytes, "10:15:00+08:00</CreDt>",
                                    "02:15:00Z</CreDt>");
            bytes = egret_test_bend(&gateway, bytes,
                                    "<LEI>984500EGRETXMNBK0117</LEI>", "");
        }

        answer = answer_to(&gateway, bytes);
        if (answer.status != 200) {
            fail_msg("%s: %.*s", name, EGRET_SPAN_ARGS(answer.body));
        }
        egret_test_assert_valid(&gateway, answer.body);
        egret_test_assert_holds(answer.body, name);
        egret_test_assert_holds(answer.body, "<Rltd>");
    }
    egret_test_gateway_close(&gateway);
}

static void
test_a_bare_document_gets_a_bare_answer(void **state)
{
    egret_test_gateway_t gateway;
    egret_answer_t answer;
    const char *from, *to;

    (void) state;
    egret_test_gateway_open(&gateway,
                            "egret_profile bare { bare_document on; }",
                            "profile bare;", "");
    from = strstr(gateway.good.at, "<Document");
    to = strstr(gateway.good.at, "</Envelope>");
    answer = answer_to(&gateway, (egret_span_t){ from, (size_t) (to - from) });

    assert_int_equal(answer.status, 200);
    egret_test_assert_valid(&gateway, answer.body);
    assert_false(egret_test_holds(answer.body, "AppHdr"));
    egret_test_gateway_close(&gateway);
}

static void
test_identity_is_refused_without_an_iso_body(void **state)
{
    egret_test_gateway_t gateway;
    egret_answer_t answer;

    (void) state;
    egret_test_gateway_open(&gateway, "", "", "");
    answer = answer_to_bend(&gateway, "<LEI>984500EGRETXMNBK0117",
                            "<LEI>984500EGRETTPEBK0123");

    assert_int_equal(answer.status, 403);
    egret_assert_span(answer.content_type, "application/problem+json");
    egret_test_assert_holds(answer.body, "\"code\":\"T03\"");
    egret_test_gateway_close(&gateway);
}

static void
test_a_held_message_says_when_to_post_again(void **state)
{
    egret_test_gateway_t gateway;
    egret_answer_t answer;

    (void) state;
    egret_test_gateway_open(&gateway, "", "", "severity A04 hold;");
    answer = answer_to_bend(&gateway, "<NbOfTxs>1<", "<NbOfTxs>2<");

    assert_int_equal(answer.status, 422);
    egret_test_assert_valid(&gateway, answer.body);
    egret_test_assert_holds(answer.body,
                            "<GrpSts>RJCT</GrpSts><StsRsnInf><Rsn><Prtry>"
                            "EG-HOLD</Prtry></Rsn><AddtlInf>post again after "
                            "release</AddtlInf></StsRsnInf>");
    egret_test_gateway_close(&gateway);
}

static void
test_problem_json_holds_the_same_findings(void **state)
{
    egret_test_gateway_t gateway;
    const egret_verdict_t *verdict;
    egret_answer_t answer;
    egret_span_t bytes;

    (void) state;
    egret_test_gateway_open(&gateway, "", "", "");
    bytes = egret_test_bend(&gateway, gateway.good,
                            "<InstdAmt Ccy=\"CNY\">",
                            "<InstdAmt Ccy=\"CNH\">");
    verdict = egret_test_judge(&gateway, bytes, "xiamen-bank");
    answer = egret_test_answer(&gateway, verdict, true);

    assert_int_equal(answer.status, 422);
    egret_assert_span(answer.content_type, "application/problem+json");
    egret_test_assert_holds(answer.body, "\"verdict\":\"rejected\"");
    egret_test_assert_holds(answer.body, "\"code\":\"A01\"");
    egret_test_assert_holds(answer.body, "\"got\":\"CNH\"");
    egret_test_gateway_close(&gateway);
}

static void
test_an_admi_002_is_never_answered_with_one(void **state)
{
    egret_test_gateway_t gateway;
    egret_answer_t answer;
    egret_answer_t again;

    (void) state;
    egret_test_gateway_open(&gateway, "", "", "");
    answer = answer_to_bend(&gateway, "<ChrgBr>SHAR", "<ChrgBr>HALF");
    again = answer_to(&gateway, egret_arena_copy(gateway.arena, answer.body));

    assert_int_equal(again.status, 403);
    egret_assert_span(again.content_type, "application/problem+json");

    /* The same as a bare one from its own sender. */
    answer = answer_to(&gateway,
                       EGRET_SPAN("<Document xmlns=\"urn:iso:std:iso:20022:"
                                  "tech:xsd:admi.002.001.01\"/>"));
    assert_int_equal(answer.status, 422);
    egret_assert_span(answer.content_type, "application/problem+json");

    answer = answer_to(&gateway,
                       EGRET_SPAN("<Document xmlns=\"urn:iso:std:iso:20022:"
                                  "tech:xsd:admi.002.001.02\"/>"));
    egret_assert_span(answer.content_type, "application/problem+json");
    egret_test_gateway_close(&gateway);
}

static void
test_the_header_says_that_a_cut_message_was_an_admi_002(void **state)
{
    const char *const changed = "<MsgDefIdr>admi.002.001.01";
    egret_test_gateway_t gateway;
    egret_answer_t answer;
    egret_span_t bytes;

    (void) state;
    egret_test_gateway_open(&gateway, "", "", "");
    bytes = egret_test_bend(&gateway, gateway.good,
                            "<MsgDefIdr>pacs.008.001.08", changed);

    /* The Document says what it is, whatever the header says. */
    answer = answer_to(&gateway, bytes);
    egret_test_assert_holds(answer.body, "<RjctgPtyRsn>EG-X05<");

    bytes = egret_test_bend(&gateway, bytes, "<Document ", "& <Document ");
    answer = answer_to(&gateway, bytes);
    assert_int_equal(answer.status, 400);
    egret_assert_span(answer.content_type, "application/problem+json");
    egret_test_gateway_close(&gateway);
}

static void
test_the_profiles_characters_bound_free_text(void **state)
{
    egret_test_gateway_t gateway;
    egret_answer_t answer;
    egret_span_t bytes;

    (void) state;
    egret_test_gateway_open(&gateway,
                            "egret_profile finx { characters fin-x; }",
                            "profile finx;", "");
    bytes = egret_test_bend(&gateway, gateway.good,
                            "<InstrId>F2026-017-D03",
                            "<InstrId>//F\xe5\x8f\xb7_1");
    answer = answer_to(&gateway, bytes);

    egret_test_assert_valid(&gateway, answer.body);
    egret_test_assert_holds(answer.body,
                            "<AddtlInf>EG-H05 PmtId/InstrId //F..1"
                            "</AddtlInf>");
    egret_test_gateway_close(&gateway);
}

static void
test_many_findings_are_cut_whole_in_AddtlData(void **state)
{
    egret_test_gateway_t gateway;
    egret_buffer_t text;
    egret_answer_t answer;

    (void) state;
    egret_test_gateway_open(&gateway, "", "", "");
    egret_buffer_init(&text, gateway.arena, 1024 * 1024);
    for (int i = 0; i < 150; i++) {
        egret_buffer_add_text(&text, "<InstrForNxtAgt><InstrInf></InstrInf>"
                                     "</InstrForNxtAgt>");
    }
    egret_buffer_add_text(&text, "<Purp>");
    egret_buffer_add_byte(&text, '\0');
    answer = answer_to_bend(&gateway, "<Purp>", egret_buffer_span(&text).at);

    assert_int_equal(answer.status, 422);
    egret_test_assert_valid(&gateway, answer.body);
    egret_test_assert_holds(answer.body, "],&quot;more&quot;:");
    egret_test_gateway_close(&gateway);
}

static egret_rc_t
judge_and_answer(const egret_allocator_t *allocator, void *context)
{
    egret_test_gateway_t *gateway = context;
    egret_arena_t *arena = egret_arena_create(allocator, 0);
    egret_message_t message = {
        .bytes = gateway->good,
        .sender = gateway->config->partners[0],
        .has_registry = true,
    };
    egret_answer_request_t request = {
        .config = gateway->config,
        .id = EGRET_SPAN("EG-TEST-2"),
    };
    egret_verdict_t *verdict = NULL;
    egret_answer_t answer;
    egret_rc_t rc;

    if (arena == NULL) {
        return EGRET_ENOMEM;
    }

    rc = egret_judge(gateway->pipeline, &message, arena, &verdict);
    if (rc == EGRET_OK) {
        request.verdict = verdict;
        rc = verdict->reply == EGRET_REPLY_FORWARD
             ? egret_answer_receipt(&request, arena, &answer)
             : egret_answer_write(&request, arena, &answer);
    }
    egret_arena_destroy(arena);

    return rc;
}

static void
test_any_allocation_may_fail(void **state)
{
    egret_test_gateway_t gateway;

    (void) state;
    egret_test_gateway_open(&gateway, "", "", "");
    assert_true(egret_test_torture(judge_and_answer, &gateway) > 1);

    gateway.good = egret_test_bend(&gateway, gateway.good, "<NbOfTxs>1<",
                                   "<NbOfTxs>2<");
    assert_true(egret_test_torture(judge_and_answer, &gateway) > 1);

    gateway.good = egret_test_bend(&gateway, gateway.good, "<ChrgBr>SHAR",
                                   "<ChrgBr>HALF");
    assert_true(egret_test_torture(judge_and_answer, &gateway) > 1);
    egret_test_gateway_close(&gateway);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_receipt_is_a_valid_pacs_002_ACTC),
        cmocka_unit_test(
            test_an_answer_has_a_header_from_the_gateway_to_the_sender),
        cmocka_unit_test(
            test_a_rejected_transaction_is_named_with_its_references),
        cmocka_unit_test(test_a_fault_of_the_group_stands_with_the_group),
        cmocka_unit_test(
            test_a_fault_of_the_schema_gives_admi_002_with_all_findings),
        cmocka_unit_test(test_an_unreadable_message_gives_admi_002_and_400),
        cmocka_unit_test(
            test_a_cut_message_still_gets_its_wrapper_and_reference),
        cmocka_unit_test(test_an_answer_comes_in_the_senders_own_wrapper),
        cmocka_unit_test(test_an_answer_comes_in_the_senders_header_version),
        cmocka_unit_test(test_a_bare_document_gets_a_bare_answer),
        cmocka_unit_test(test_identity_is_refused_without_an_iso_body),
        cmocka_unit_test(test_a_held_message_says_when_to_post_again),
        cmocka_unit_test(test_problem_json_holds_the_same_findings),
        cmocka_unit_test(test_an_admi_002_is_never_answered_with_one),
        cmocka_unit_test(
            test_the_header_says_that_a_cut_message_was_an_admi_002),
        cmocka_unit_test(test_the_profiles_characters_bound_free_text),
        cmocka_unit_test(test_many_findings_are_cut_whole_in_AddtlData),
        cmocka_unit_test(test_any_allocation_may_fail),
    };

    return egret_test_run(tests);
}
