/* SPDX-License-Identifier: Apache-2.0 */
/* What a counterpart sends back: matched to the message, and put into the
 * sender's form. */
#include "answer/response.h"

#include "gateway.h"
#include "helper.h"

#include <stdio.h>
#include <string.h>

#define ISO "urn:iso:std:iso:20022:tech:xsd:"
#define UETR "7a562c67-ca16-48ba-b074-65581be6f001"
#define UETR_2 "0d5b6c5e-6d4f-4c62-8f0c-53b4a1c9e202"
#define ENVELOPE "<Envelope xmlns=\"urn:example:envelope\">"
#define MESSAGE_HEADER                                                        \
    "<AppHdr xmlns=\"urn:iso:std:iso:20022:tech:xsd:head.001.001.02\">"

static const char party[] =
    "<%s><FIId><FinInstnId><BICFI>%s</BICFI></FinInstnId></FIId></%s>";

/* A header of that version, with more at its end. */
static egret_span_t
header(egret_test_gateway_t *gateway, const char *version, const char *more)
{
    char from[160], to[160];
    bool with_z = strcmp(version, "01") == 0;
    egret_span_t text;

    snprintf(from, sizeof(from), party, "Fr", "TPBKTWT0XXX", "Fr");
    snprintf(to, sizeof(to), party, "To", "XMBKCNB0XXX", "To");
    text = egret_arena_print(
        gateway->arena,
        "<AppHdr xmlns=\"" ISO "head.001.001.%s\">%s%s"
        "<BizMsgIdr>TPB-1</BizMsgIdr><MsgDefIdr>pacs.002.001.10</MsgDefIdr>"
        "<CreDt>%s</CreDt>%s</AppHdr>",
        version, from, to,
        with_z ? "2026-11-23T02:15:01Z" : "2026-11-23T10:15:01.5+08:00",
        more);
    assert_non_null(text.at);

    return text;
}

static egret_span_t
status(egret_test_gateway_t *gateway, const char *content)
{
    egret_span_t text = egret_arena_print(
        gateway->arena,
        "<Document xmlns=\"" ISO "pacs.002.001.10\"><FIToFIPmtStsRpt>"
        "<GrpHdr><MsgId>TPB-2</MsgId>"
        "<CreDtTm>2026-11-23T10:15:01+08:00</CreDtTm></GrpHdr>%s"
        "</FIToFIPmtStsRpt></Document>",
        content);

    assert_non_null(text.at);

    return text;
}

static egret_span_t
transaction(egret_test_gateway_t *gateway, const char *content)
{
    egret_span_t text = egret_arena_print(
        gateway->arena, "<TxInfAndSts>%s<TxSts>ACSC</TxSts></TxInfAndSts>",
        content);

    return status(gateway, text.at);
}

static egret_span_t
wrap(egret_test_gateway_t *gateway, egret_span_t app_hdr,
     egret_span_t document)
{
    egret_span_t text = egret_arena_print(
        gateway->arena, ENVELOPE "%.*s%.*s</Envelope>",
        EGRET_SPAN_ARGS(app_hdr), EGRET_SPAN_ARGS(document));

    assert_non_null(text.at);

    return text;
}

static egret_response_t
respond_to(egret_test_gateway_t *gateway, const char *sender,
           egret_span_t message, egret_span_t answer)
{
    egret_verdict_t *verdict = egret_test_judge(gateway, message, sender);
    egret_answer_request_t request = {
        .config = gateway->config,
        .verdict = verdict,
        .id = EGRET_SPAN("EG-TEST-1"),
    };
    egret_response_t out;

    assert_int_equal(verdict->reply, EGRET_REPLY_FORWARD);
    egret_assert_ok(egret_datetime_read(EGRET_SPAN("2026-11-23T02:20:01Z"),
                                        &request.now));
    egret_assert_ok(egret_response_read(&request, answer, gateway->message,
                                        &out));

    return out;
}

/* The counterpart's answer to a message, as it comes back. */
static egret_response_t
respond(egret_test_gateway_t *gateway, egret_span_t message,
        egret_span_t answer)
{
    return respond_to(gateway, "xiamen-bank", message, answer);
}

static void
assert_faulty(const egret_response_t *response, egret_refusal_t refusal)
{
    assert_int_equal(response->word, EGRET_RESPONSE_FAULTY);
    assert_string_equal(egret_refusal_text(response->refusal),
                        egret_refusal_text(refusal));
}

static void
assert_refused(const char *content, egret_refusal_t refusal)
{
    egret_test_gateway_t gateway;
    egret_response_t response;

    egret_test_gateway_open(&gateway, "", "", "");
    response = respond(&gateway, gateway.good,
                       wrap(&gateway, header(&gateway, "02", ""),
                            status(&gateway, content)));
    assert_faulty(&response, refusal);
    egret_test_gateway_close(&gateway);
}

static void
assert_taken(const char *content)
{
    egret_test_gateway_t gateway;
    egret_response_t response;

    egret_test_gateway_open(&gateway, "", "", "");
    response = respond(&gateway, gateway.good,
                       wrap(&gateway, header(&gateway, "02", ""),
                            status(&gateway, content)));
    if (response.word != EGRET_RESPONSE_SOUND) {
        fail_msg("%s: %s: %.*s", content,
                 egret_refusal_text(response.refusal),
                 EGRET_SPAN_ARGS(response.fault));
    }
    egret_test_assert_valid(&gateway, response.body);
    egret_test_gateway_close(&gateway);
}

#define TX(content) "<TxInfAndSts>" content "</TxInfAndSts>"
#define GROUP(id, name)                                                       \
    "<OrgnlGrpInfAndSts><OrgnlMsgId>" id "</OrgnlMsgId><OrgnlMsgNmId>" name   \
    "</OrgnlMsgNmId></OrgnlGrpInfAndSts>"

static void
test_an_answer_may_name_the_message_in_any_of_its_ways(void **state)
{
    (void) state;
    assert_taken(GROUP("XMB-20261123-0001", "pacs.008.001.08"));
    assert_taken(TX("<OrgnlGrpInf><OrgnlMsgId>XMB-20261123-0001</OrgnlMsgId>"
                    "<OrgnlMsgNmId>pacs.008.001.08</OrgnlMsgNmId>"
                    "</OrgnlGrpInf>"));
    assert_taken(TX("<OrgnlUETR>" UETR "</OrgnlUETR>"));
    assert_taken(TX("<OrgnlTxId>XMB-20261123-0001-1</OrgnlTxId>"));
    assert_taken(TX("<OrgnlInstrId>F2026-017-D03</OrgnlInstrId>"));
    assert_taken(TX("<OrgnlEndToEndId>LOAN-F2026-017-D03</OrgnlEndToEndId>"));
    assert_taken(TX("<OrgnlEndToEndId>NOTPROVIDED</OrgnlEndToEndId>"
                    "<OrgnlUETR>" UETR "</OrgnlUETR>"));
}

static void
test_an_answer_for_another_message_is_refused(void **state)
{
    (void) state;
    assert_refused(GROUP("XMB-20261123-0002", "pacs.008.001.08"),
                   EGRET_REFUSAL_OTHER_MESSAGE);
    assert_refused(GROUP("XMB-20261123-0001", "pacs.009.001.08"),
                   EGRET_REFUSAL_OTHER_MESSAGE);
    assert_refused(TX("<OrgnlUETR>7a562c67-ca16-48ba-b074-65581be6f002"
                      "</OrgnlUETR>"),
                   EGRET_REFUSAL_OTHER_MESSAGE);
    assert_refused(TX("<OrgnlTxId>other</OrgnlTxId><OrgnlUETR>" UETR
                      "</OrgnlUETR>"),
                   EGRET_REFUSAL_OTHER_MESSAGE);
    assert_refused(GROUP("XMB-20261123-0001", "pacs.008.001.08")
                   TX("<OrgnlEndToEndId>other</OrgnlEndToEndId>"),
                   EGRET_REFUSAL_OTHER_MESSAGE);
}

static void
test_an_answer_that_names_no_message_is_refused(void **state)
{
    (void) state;
    assert_refused("", EGRET_REFUSAL_OTHER_MESSAGE);
    assert_refused(TX("<TxSts>ACSC</TxSts>"), EGRET_REFUSAL_OTHER_MESSAGE);
    assert_refused(GROUP("NOTPROVIDED", "pacs.008.001.08"),
                   EGRET_REFUSAL_OTHER_MESSAGE);
    assert_refused(TX("<OrgnlEndToEndId>NOTPROVIDED</OrgnlEndToEndId>"),
                   EGRET_REFUSAL_OTHER_MESSAGE);
}

static void
test_references_of_two_transactions_are_no_transaction(void **state)
{
    egret_test_gateway_t gateway;
    egret_span_t two;
    egret_response_t response;

    (void) state;
    egret_test_gateway_open(&gateway, "", "", "");
    two = egret_test_read_file(gateway.arena,
                               "t/data/good/pacs.008-two-payments.xml");
    response = respond_to(
        &gateway, "taipei-bank", two,
        transaction(&gateway, "<OrgnlInstrId>TPB-20261123-0042-1"
                              "</OrgnlInstrId><OrgnlUETR>" UETR_2
                              "</OrgnlUETR>"));
    assert_faulty(&response, EGRET_REFUSAL_OTHER_MESSAGE);

    response = respond_to(
        &gateway, "taipei-bank", two,
        transaction(&gateway, "<OrgnlUETR>" UETR_2 "</OrgnlUETR>"));
    assert_int_equal(response.word, EGRET_RESPONSE_SOUND);
    egret_test_assert_valid(&gateway, response.body);
    egret_test_assert_holds(response.body, "<m:Message xmlns:m=");
    egret_test_gateway_close(&gateway);
}

static void
test_the_fault_has_its_place_and_nothing_of_the_content(void **state)
{
    egret_test_gateway_t gateway;
    egret_response_t response;

    (void) state;
    egret_test_gateway_open(&gateway, "", "", "");
    response = respond(&gateway, gateway.good,
                       transaction(&gateway, "<OrgnlTxId>SECRET</OrgnlTxId>"));
    egret_test_assert_holds(response.xpath,
                            "/Document/FIToFIPmtStsRpt/TxInfAndSts[1]"
                            "/OrgnlTxId");
    assert_false(egret_test_holds(response.fault, "SECRET"));
    egret_test_gateway_close(&gateway);
}

static void
test_an_answer_in_the_senders_form_keeps_its_bytes_but_for_Rltd(void **state)
{
    egret_test_gateway_t gateway;
    egret_span_t document, answer;
    egret_response_t response;
    const char *related;

    (void) state;
    egret_test_gateway_open(&gateway, "", "", "");
    document = transaction(&gateway, "<OrgnlUETR>" UETR "</OrgnlUETR>");
    answer = wrap(&gateway, header(&gateway, "02", ""), document);
    response = respond(&gateway, gateway.good, answer);

    assert_int_equal(response.word, EGRET_RESPONSE_SOUND);
    egret_test_assert_valid(&gateway, response.body);
    related = memmem(response.body.at, response.body.length, "<Rltd>", 6);
    assert_non_null(related);
    assert_memory_equal(response.body.at, answer.at,
                        (size_t) (related - response.body.at));
    egret_test_assert_holds(response.body,
                            "<Rltd><Fr><FIId><FinInstnId><BICFI>XMBKCNB0XXX");
    egret_test_assert_holds(response.body,
                            "<BizMsgIdr>XMB-20261123-0001</BizMsgIdr>"
                            "<MsgDefIdr>pacs.008.001.08</MsgDefIdr>");
    egret_test_assert_holds(response.body, document.at);

    /* What has it passes as it is. */
    answer = egret_arena_copy(gateway.arena, response.body);
    response = respond(&gateway, gateway.good, answer);
    assert_int_equal(response.body.length, answer.length);
    assert_memory_equal(response.body.at, answer.at, answer.length);
    egret_test_gateway_close(&gateway);
}

static void
test_a_header_with_a_prefix_gets_a_Rltd_of_its_namespace(void **state)
{
    egret_test_gateway_t gateway;
    egret_span_t answer;
    egret_response_t response;
    egret_span_t text = EGRET_SPAN(
        ENVELOPE "<h:AppHdr xmlns:h=\"" ISO "head.001.001.02\"><h:Fr><h:FIId>"
        "<h:FinInstnId><h:BICFI>TPBKTWT0XXX</h:BICFI></h:FinInstnId></h:FIId>"
        "</h:Fr><h:To><h:FIId><h:FinInstnId><h:BICFI>XMBKCNB0XXX</h:BICFI>"
        "</h:FinInstnId></h:FIId></h:To><h:BizMsgIdr>T</h:BizMsgIdr>"
        "<h:MsgDefIdr>pacs.002.001.10</h:MsgDefIdr>"
        "<h:CreDt>2026-11-23T10:15:01+08:00</h:CreDt></h:AppHdr>%.*s"
        "</Envelope>");
    egret_span_t document;

    (void) state;
    egret_test_gateway_open(&gateway, "", "", "");
    document = transaction(&gateway, "<OrgnlUETR>" UETR "</OrgnlUETR>");
    answer = egret_test_bend(&gateway, text, "%.*s", document.at);
    response = respond(&gateway, gateway.good, answer);

    assert_int_equal(response.word, EGRET_RESPONSE_SOUND);
    egret_test_assert_valid(&gateway, response.body);
    egret_test_assert_holds(response.body,
                            "<Rltd xmlns=\"" ISO "head.001.001.02\">");
    egret_test_gateway_close(&gateway);
}

/* The good message under a header of that version. */
static egret_span_t
message_of_version(egret_test_gateway_t *gateway, const char *version)
{
    char name[32];
    egret_span_t text;

    snprintf(name, sizeof(name), "head.001.001.%s", version);
    text = egret_test_bend(gateway, gateway->good, "head.001.001.02", name);
    if (strcmp(version, "01") == 0) {
        text = egret_test_bend(gateway, text,
                               "<CreDt>2026-11-23T10:15:00+08:00</CreDt>",
                               "<CreDt>2026-11-23T02:15:00Z</CreDt>");
        text = egret_test_bend(gateway, text,
                               "<LEI>984500EGRETXMNBK0117</LEI></FinInstnId>",
                               "</FinInstnId>");
    }

    return text;
}

static void
test_every_header_version_gets_its_own_back(void **state)
{
    static const char *const versions[] = { "01", "02", "03", "04" };

    (void) state;
    for (size_t i = 0; i < 4; i++) {
        for (size_t j = 0; j < 4; j++) {
            egret_test_gateway_t gateway;
            egret_response_t response;
            egret_span_t document;
            char name[256];

            egret_test_gateway_open(&gateway, "", "", "");
            document = transaction(&gateway, "<OrgnlUETR>" UETR
                                             "</OrgnlUETR>");
            response = respond(&gateway,
                               message_of_version(&gateway, versions[i]),
                               wrap(&gateway,
                                    header(&gateway, versions[j], ""),
                                    document));

            assert_int_equal(response.word, EGRET_RESPONSE_SOUND);
            egret_test_assert_valid(&gateway, response.body);
            snprintf(name, sizeof(name),
                     ENVELOPE "<AppHdr xmlns=\"" ISO "head.001.001.%s\"><Fr>"
                     "<FIId><FinInstnId><BICFI>TPBKTWT0XXX", versions[i]);
            egret_test_assert_holds(response.body, name);
            egret_test_assert_holds(response.body, "<BizMsgIdr>TPB-1<");
            egret_test_assert_holds(response.body, "<Rltd><Fr>");
            egret_test_assert_holds(response.body, document.at);
            if (i != j) {
                egret_test_assert_holds(
                    response.body, i == 0 ? "<CreDt>2026-11-23T02:15:01Z<"
                                   : j == 0 ? "<CreDt>2026-11-23T02:15:01Z<"
                                   : "<CreDt>2026-11-23T10:15:01.5+08:00<");
            }
            egret_test_gateway_close(&gateway);
        }
    }
}

static void
test_a_bare_answer_gets_the_senders_header(void **state)
{
    egret_test_gateway_t gateway;
    egret_response_t response;
    egret_span_t document;

    (void) state;
    egret_test_gateway_open(&gateway, "", "", "");
    document = transaction(&gateway, "<OrgnlUETR>" UETR "</OrgnlUETR>");
    response = respond(&gateway, gateway.good, document);

    assert_int_equal(response.word, EGRET_RESPONSE_SOUND);
    egret_test_assert_valid(&gateway, response.body);
    egret_test_assert_holds(response.body, ENVELOPE MESSAGE_HEADER "<Fr><FIId>"
                            "<FinInstnId><BICFI>TPBKTWT0XXX");
    egret_test_assert_holds(response.body, "<BizMsgIdr>TPB-2</BizMsgIdr>");
    egret_test_assert_holds(response.body, document.at);
    egret_test_gateway_close(&gateway);
}

static void
test_a_bare_message_gets_a_bare_Document(void **state)
{
    egret_test_gateway_t gateway;
    egret_response_t response;
    egret_span_t message, document;
    size_t from, to;

    (void) state;
    egret_test_gateway_open(&gateway,
                            "egret_profile bare { bare_document on; }",
                            "profile bare;", "");
    from = (size_t) ((const char *) memmem(gateway.good.at,
                                           gateway.good.length, "<Document",
                                           9)
                     - gateway.good.at);
    to = (size_t) ((const char *) memmem(gateway.good.at, gateway.good.length,
                                         "</Document>", 11)
                   - gateway.good.at) + 11;
    message = egret_span_slice(gateway.good, from, to);
    document = transaction(&gateway, "<OrgnlUETR>" UETR "</OrgnlUETR>");
    response = respond(&gateway, message,
                       wrap(&gateway, header(&gateway, "02", ""), document));

    assert_int_equal(response.word, EGRET_RESPONSE_SOUND);
    egret_test_assert_valid(&gateway, response.body);
    assert_false(egret_test_holds(response.body, "AppHdr"));
    assert_false(egret_test_holds(response.body, "Envelope"));
    egret_test_assert_holds(response.body, document.at);
    egret_test_gateway_close(&gateway);
}

static void
test_a_Document_takes_the_namespaces_of_its_wrapper_along(void **state)
{
    egret_test_gateway_t gateway;
    egret_response_t response;
    egret_span_t answer = EGRET_SPAN(
        "<r:Root xmlns:r='urn:r' xmlns:p=\"" ISO "pacs.002.001.10\" xmlns:q="
        "'urn:q'><r:In xmlns:q='urn:q2' a='xmlns:z=\"no\"'>"
        "<p:Document><p:FIToFIPmtStsRpt><p:GrpHdr><p:MsgId>T</p:MsgId>"
        "<p:CreDtTm>2026-11-23T10:15:01+08:00</p:CreDtTm></p:GrpHdr>"
        "<p:TxInfAndSts><p:OrgnlUETR>" UETR "</p:OrgnlUETR>"
        "<p:SplmtryData><p:Envlp><free><q:thing/></free></p:Envlp>"
        "</p:SplmtryData></p:TxInfAndSts></p:FIToFIPmtStsRpt></p:Document>"
        "</r:In></r:Root>");

    (void) state;
    egret_test_gateway_open(&gateway, "", "", "");
    response = respond(&gateway, gateway.good, answer);

    assert_int_equal(response.word, EGRET_RESPONSE_SOUND);
    egret_test_assert_valid(&gateway, response.body);
    egret_test_assert_holds(response.body, MESSAGE_HEADER);
    egret_test_assert_holds(
        response.body,
        "<p:Document xmlns:q='urn:q2' xmlns:r='urn:r' xmlns:p=\"" ISO
        "pacs.002.001.10\" xmlns=\"\"><p:FIToFIPmtStsRpt>");
    egret_test_assert_holds(response.body, "<free><q:thing/></free>");
    egret_test_gateway_close(&gateway);
}

static void
test_an_admi_002_is_matched_by_its_reference(void **state)
{
    static const char text[] =
        "<Document xmlns=\"" ISO "admi.002.001.01\"><admi.002.001.01><RltdRef>"
        "<Ref>%s</Ref></RltdRef><Rsn><RjctgPtyRsn>X</RjctgPtyRsn></Rsn>"
        "</admi.002.001.01></Document>";
    egret_test_gateway_t gateway;
    egret_response_t response;

    (void) state;
    egret_test_gateway_open(&gateway, "", "", "");
    response = respond(&gateway, gateway.good,
                       egret_test_bend(&gateway, egret_span_from(text), "%s",
                                       "XMB-20261123-0001"));
    assert_int_equal(response.word, EGRET_RESPONSE_SOUND);
    egret_test_assert_valid(&gateway, response.body);
    egret_test_assert_holds(response.body,
                            "<MsgDefIdr>admi.002.001.01</MsgDefIdr>");
    egret_test_assert_holds(response.body, "<BizMsgIdr>EG-TEST-1<");

    response = respond(&gateway, gateway.good,
                       egret_test_bend(&gateway, egret_span_from(text), "%s",
                                       "XMB-20261123-0002"));
    assert_faulty(&response, EGRET_REFUSAL_OTHER_MESSAGE);
    response = respond(&gateway, gateway.good,
                       egret_test_bend(&gateway, egret_span_from(text), "%s",
                                       "NOTPROVIDED"));
    assert_faulty(&response, EGRET_REFUSAL_OTHER_MESSAGE);
    egret_test_gateway_close(&gateway);
}

#define RELATED(id, name)                                                     \
    "<Rltd><Fr><FIId><FinInstnId><BICFI>XMBKCNB0XXX</BICFI></FinInstnId>"     \
    "</FIId></Fr><To><FIId><FinInstnId><BICFI>TPBKTWT0XXX</BICFI>"            \
    "</FinInstnId></FIId></To><BizMsgIdr>" id "</BizMsgIdr><MsgDefIdr>" name  \
    "</MsgDefIdr><CreDt>2026-11-23T10:15:00+08:00</CreDt></Rltd>"

static egret_response_t
respond_with_header(egret_test_gateway_t *gateway, const char *version,
                    const char *more)
{
    return respond(gateway, gateway->good,
                   wrap(gateway, header(gateway, version, more),
                        status(gateway, TX("<TxSts>ACSC</TxSts>"))));
}

static void
test_Rltd_names_the_message_too(void **state)
{
    egret_test_gateway_t gateway;
    egret_response_t response;

    (void) state;
    egret_test_gateway_open(&gateway, "", "", "");
    response = respond_with_header(
        &gateway, "02", RELATED("XMB-20261123-0001", "pacs.008.001.08"));
    assert_int_equal(response.word, EGRET_RESPONSE_SOUND);

    response = respond_with_header(
        &gateway, "03", RELATED("other", "pacs.008.001.08")
        RELATED("XMB-20261123-0001", "pacs.008.001.08"));
    assert_int_equal(response.word, EGRET_RESPONSE_SOUND);

    response = respond_with_header(&gateway, "02",
                                   RELATED("other", "pacs.008.001.08"));
    assert_faulty(&response, EGRET_REFUSAL_OTHER_MESSAGE);

    response = respond_with_header(
        &gateway, "02", RELATED("XMB-20261123-0001", "pacs.009.001.08"));
    assert_faulty(&response, EGRET_REFUSAL_OTHER_MESSAGE);
    egret_test_gateway_close(&gateway);
}

/* The sound answer with one place bent. */
static egret_response_t
respond_bent(egret_test_gateway_t *gateway, const char *find,
             const char *replacement)
{
    egret_span_t answer = wrap(
        gateway, header(gateway, "02", ""),
        transaction(gateway, "<OrgnlUETR>" UETR "</OrgnlUETR>"));

    return respond(gateway, gateway->good,
                   egret_test_bend(gateway, answer, find, replacement));
}

static void
test_an_answer_from_or_to_somebody_else_is_refused(void **state)
{
    egret_test_gateway_t gateway;
    egret_response_t response;

    (void) state;
    egret_test_gateway_open(&gateway, "", "", "");
    response = respond_bent(&gateway, "TPBKTWT0XXX", "JBBKZAJ0XXX");
    assert_faulty(&response, EGRET_REFUSAL_OTHER_PARTY);
    egret_test_assert_holds(response.xpath, "/AppHdr/Fr");

    response = respond_bent(&gateway, "XMBKCNB0XXX", "JBBKZAJ0XXX");
    assert_faulty(&response, EGRET_REFUSAL_OTHER_PARTY);
    egret_test_assert_holds(response.xpath, "/AppHdr/To");

    response = respond_bent(&gateway, "TPBKTWT0XXX", "TPBKTWT0");
    assert_int_equal(response.word, EGRET_RESPONSE_SOUND);
    egret_test_gateway_close(&gateway);
}

static void
test_an_answer_of_another_type_is_refused(void **state)
{
    egret_test_gateway_t gateway;
    egret_response_t response;

    (void) state;
    egret_test_gateway_open(&gateway, "", "", "");
    response = respond(&gateway, gateway.good, gateway.good);
    assert_faulty(&response, EGRET_REFUSAL_WRONG_TYPE);

    response = respond_bent(&gateway, ISO "pacs.002.001.10",
                            ISO "pacs.002.001.99");
    assert_faulty(&response, EGRET_REFUSAL_WRONG_TYPE);

    response = respond_bent(&gateway, ">pacs.002.001.10<",
                            ">admi.002.001.01<");
    assert_faulty(&response, EGRET_REFUSAL_WRONG_TYPE);
    egret_test_assert_holds(response.xpath, "/AppHdr/MsgDefIdr");
    egret_test_gateway_close(&gateway);
}

static void
test_an_answer_that_its_schema_refuses_is_refused(void **state)
{
    egret_test_gateway_t gateway;
    egret_response_t response;

    (void) state;
    egret_test_gateway_open(&gateway, "", "", "");
    response = respond_bent(&gateway, "ACSC", "ACCEPTED");
    assert_faulty(&response, EGRET_REFUSAL_INVALID);
    egret_test_assert_holds(response.xpath, "TxInfAndSts[1]/TxSts");
    assert_false(egret_test_holds(response.fault, "ACCEPTED"));

    response = respond_bent(&gateway, "</AppHdr>", "<New/></AppHdr>");
    assert_faulty(&response, EGRET_REFUSAL_INVALID);

    response = respond_bent(&gateway, "</Envelope>",
                            "<Document xmlns=\"" ISO "pacs.002.001.10\"/>"
                            "</Envelope>");
    assert_faulty(&response, EGRET_REFUSAL_INVALID);
    egret_test_gateway_close(&gateway);
}

static void
test_what_cannot_be_read_is_no_receipt(void **state)
{
    static const struct {
        const char *find;
        const char *replacement;
    } rows[] = {
        { "</Envelope>", "" },
        { "<Envelope", "<!DOCTYPE Envelope [<!ENTITY a 'b'>]><Envelope" },
        { "ACSC", "&a;" },
        { "ACSC", "\xff" },
        { "<Envelope", "<?xml version='1.0' encoding='UTF-16'?><Envelope" },
        { "<Envelope", "--part\r\n\r\n<Envelope" },
        { "<Envelope", "thank you <Envelope" },
    };
    egret_test_gateway_t gateway;

    (void) state;
    egret_test_gateway_open(&gateway, "", "", "");
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        egret_response_t response = respond_bent(&gateway, rows[i].find,
                                                 rows[i].replacement);

        assert_faulty(&response, EGRET_REFUSAL_UNREADABLE);
        assert_true(response.wants_to_be_iso);
    }
    egret_test_gateway_close(&gateway);
}

static void
test_other_encodings_of_XML_are_no_receipt(void **state)
{
    static const egret_span_t rows[] = {
        { "\xff\xfe<\0E\0", 6 }, { "\xfe\xff\0<\0E", 6 }, { "<\0E\0", 4 },
        { "\0<\0E", 4 }, { "\0\0\0<", 4 }, { "\x4c\x6f\xa7\x94", 4 },
    };
    egret_test_gateway_t gateway;

    (void) state;
    egret_test_gateway_open(&gateway, "", "", "");
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        egret_response_t response = respond(&gateway, gateway.good, rows[i]);

        assert_faulty(&response, EGRET_REFUSAL_UNREADABLE);
    }
    egret_test_gateway_close(&gateway);
}

static void
test_a_word_of_thanks_is_none(void **state)
{
    egret_test_gateway_t gateway;
    egret_response_t response;

    (void) state;
    egret_test_gateway_open(&gateway, "", "", "");
    response = respond(&gateway, gateway.good, EGRET_SPAN(""));
    assert_int_equal(response.word, EGRET_RESPONSE_NONE);
    response = respond(&gateway, gateway.good, EGRET_SPAN("{\"ok\":true}\n"));
    assert_int_equal(response.word, EGRET_RESPONSE_NONE);

    response = respond(&gateway, gateway.good,
                       EGRET_SPAN("<html><body>log in</body></html>"));
    assert_faulty(&response, EGRET_REFUSAL_NOT_ISO);
    assert_false(response.wants_to_be_iso);
    egret_test_gateway_close(&gateway);
}

#define SIGNATURE                                                             \
    "<Sgntr><Signature xmlns=\"http://www.w3.org/2000/09/xmldsig#\"/></Sgntr>"

static void
test_a_signed_answer_passes_as_it_is_or_not_at_all(void **state)
{
    egret_test_gateway_t gateway;
    egret_response_t response;
    egret_span_t document, answer;

    (void) state;
    egret_test_gateway_open(&gateway, "", "", "");
    document = transaction(&gateway, "<OrgnlUETR>" UETR "</OrgnlUETR>");
    answer = wrap(&gateway, header(&gateway, "02", SIGNATURE), document);
    response = respond(&gateway, gateway.good, answer);
    assert_int_equal(response.word, EGRET_RESPONSE_SOUND);
    assert_ptr_equal(response.body.at, answer.at);

    answer = wrap(&gateway, header(&gateway, "03", SIGNATURE), document);
    response = respond(&gateway, gateway.good, answer);
    assert_faulty(&response, EGRET_REFUSAL_SIGNED);
    egret_test_gateway_close(&gateway);
}

static void
test_an_answer_over_the_maximum_is_not_read(void **state)
{
    egret_test_gateway_t gateway;
    egret_verdict_t *verdict;
    egret_response_t response;
    egret_answer_request_t request = { .maximum = 100 };

    (void) state;
    egret_test_gateway_open(&gateway, "", "", "");
    verdict = egret_test_judge(&gateway, gateway.good, "xiamen-bank");
    request.config = gateway.config;
    request.verdict = verdict;
    egret_assert_ok(egret_response_read(
        &request, transaction(&gateway, "<OrgnlUETR>" UETR "</OrgnlUETR>"),
        gateway.message, &response));
    assert_faulty(&response, EGRET_REFUSAL_UNREADABLE);
    egret_test_gateway_close(&gateway);
}

static void
test_every_cut_of_an_answer_is_survived(void **state)
{
    egret_test_gateway_t gateway;
    egret_span_t answer;

    (void) state;
    egret_test_gateway_open(&gateway, "", "", "");
    answer = wrap(&gateway, header(&gateway, "03", ""),
                  transaction(&gateway, "<OrgnlUETR>" UETR "</OrgnlUETR>"));
    for (size_t i = 0; i < answer.length; i++) {
        egret_response_t response = respond(&gateway, gateway.good,
                                            egret_span_slice(answer, 0, i));

        assert_int_not_equal(response.word, EGRET_RESPONSE_SOUND);
    }
    egret_test_gateway_close(&gateway);
}

static void
test_a_refused_memory_is_no_crash(void **state)
{
    egret_test_gateway_t gateway;
    egret_verdict_t *verdict;
    egret_span_t answer;
    egret_answer_request_t request = { 0 };
    egret_rc_t rc = EGRET_ELIMIT;

    (void) state;
    egret_test_gateway_open(&gateway, "", "", "");
    verdict = egret_test_judge(&gateway, gateway.good, "xiamen-bank");
    answer = wrap(&gateway, header(&gateway, "03", ""),
                  transaction(&gateway, "<OrgnlUETR>" UETR "</OrgnlUETR>"));
    request.config = gateway.config;
    request.verdict = verdict;

    for (size_t ceiling = 1024; rc != EGRET_OK; ceiling += 1024) {
        egret_arena_t *arena =
            egret_arena_create(egret_allocator_default(), ceiling);
        egret_response_t response;

        assert_non_null(arena);
        rc = egret_response_read(&request, answer, arena, &response);
        assert_true(rc == EGRET_OK || rc == EGRET_ELIMIT);
        egret_arena_destroy(arena);
        assert_true(ceiling < 16 * 1024 * 1024);
    }
    egret_test_gateway_close(&gateway);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(
            test_an_answer_may_name_the_message_in_any_of_its_ways),
        cmocka_unit_test(test_an_answer_for_another_message_is_refused),
        cmocka_unit_test(test_an_answer_that_names_no_message_is_refused),
        cmocka_unit_test(
            test_references_of_two_transactions_are_no_transaction),
        cmocka_unit_test(
            test_the_fault_has_its_place_and_nothing_of_the_content),
        cmocka_unit_test(
            test_an_answer_in_the_senders_form_keeps_its_bytes_but_for_Rltd),
        cmocka_unit_test(
            test_a_header_with_a_prefix_gets_a_Rltd_of_its_namespace),
        cmocka_unit_test(test_every_header_version_gets_its_own_back),
        cmocka_unit_test(test_a_bare_answer_gets_the_senders_header),
        cmocka_unit_test(test_a_bare_message_gets_a_bare_Document),
        cmocka_unit_test(
            test_a_Document_takes_the_namespaces_of_its_wrapper_along),
        cmocka_unit_test(test_an_admi_002_is_matched_by_its_reference),
        cmocka_unit_test(test_Rltd_names_the_message_too),
        cmocka_unit_test(test_an_answer_from_or_to_somebody_else_is_refused),
        cmocka_unit_test(test_an_answer_of_another_type_is_refused),
        cmocka_unit_test(test_an_answer_that_its_schema_refuses_is_refused),
        cmocka_unit_test(test_what_cannot_be_read_is_no_receipt),
        cmocka_unit_test(test_other_encodings_of_XML_are_no_receipt),
        cmocka_unit_test(test_a_word_of_thanks_is_none),
        cmocka_unit_test(test_a_signed_answer_passes_as_it_is_or_not_at_all),
        cmocka_unit_test(test_an_answer_over_the_maximum_is_not_read),
        cmocka_unit_test(test_every_cut_of_an_answer_is_survived),
        cmocka_unit_test(test_a_refused_memory_is_no_crash),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);

    return cmocka_run_group_tests(tests, NULL, NULL);
}
