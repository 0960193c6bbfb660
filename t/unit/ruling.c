/* SPDX-License-Identifier: Apache-2.0 */

#include <stdio.h>
#include <string.h>

#include "ruling.h"

#define TEXT 16384
#define FILE_BYTES 65536

#define HEAD                                                                  \
    "<Message><AppHdr xmlns=\"urn:iso:std:iso:20022:tech:xsd:"                \
    "head.001.001.02\"><BizMsgIdr>B1</BizMsgIdr></AppHdr>\n"                  \
    "<Document xmlns=\"" EGRET_TEST_NAMESPACE "\"><FIToFICstmrCdtTrf>"        \
    "<GrpHdr><MsgId>M1</MsgId><NbOfTxs>2</NbOfTxs></GrpHdr>\n"                \
    "<CdtTrfTxInf><PmtId><EndToEndId>E1</EndToEndId></PmtId>"                 \
    "<IntrBkSttlmAmt Ccy=\"CNY\">100.50</IntrBkSttlmAmt>"                     \
    "<RmtInf><Ustrd>one</Ustrd><Ustrd>two</Ustrd></RmtInf></CdtTrfTxInf>\n"   \
    "<CdtTrfTxInf><PmtId><EndToEndId>E2</EndToEndId></PmtId>"                 \
    "<IntrBkSttlmAmt Ccy=\"CNY\"> 60000000 </IntrBkSttlmAmt>"                 \
    "<Cdtr><Nm></Nm></Cdtr>"
#define TAIL "</CdtTrfTxInf></FIToFICstmrCdtTrf></Document></Message>\n"

const char egret_test_plain_message[] = HEAD TAIL;

const char egret_test_green_message[] = HEAD
    "<SplmtryData><Envlp><GrnFin xmlns=\"urn:x-egret:grn:1\" Vrsn=\"1.0\">"
    "<Id>7d1f2c9e-3a54-4b7e-9c55-0e5d5a8b1c11</Id><Sts>FINL</Sts>"
    "<Issr><LEI>5493001KJTIIGC8Y1R12</LEI></Issr>"
    "<Instr><Tp>GLON</Tp><AltId Tp=\"DRAW\">D03</AltId>"
    "<TtlAmt Ccy=\"CNY\">80000000.00</TtlAmt>"
    "<DcsvDt Kind=\"APPR\">2026-10-20</DcsvDt></Instr>"
    "<Lbl><Schm>CN-GFEPC</Schm><Vrsn>2025</Vrsn><Cd>4.2.1</Cd><Shr>100</Shr>"
    "<Sts>ELIG</Sts><Obj>CCM</Obj><Src>REVD</Src></Lbl>\n"
    "<UoP><Prj><Id Schm=\"XMLR\">P-1</Id><Jursdctn>CN</Jursdctn>"
    "<Allctd Ccy=\"CNY\">50000000</Allctd><LblRef>1</LblRef></Prj>\n"
    "<Prj><Id Schm=\"XMLR\">P-2</Id><Jursdctn>CN</Jursdctn>"
    "<Allctd Ccy=\"CNY\">30000000</Allctd><LblRef>1</LblRef>"
    "<CrbnAssmt><Cd>DONE</Cd></CrbnAssmt></Prj></UoP>"
    "<MinSfg><OECD>true</OECD><ILO>0</ILO></MinSfg>"
    "</GrnFin></Envlp></SplmtryData>"
    TAIL;


void
egret_test_ruling_open(egret_test_ruling_t *ruling, const char *file)
{
    egret_rules_limits_t limits = { (size_t) 1 << 20, 500000, 5000000 };
    egret_rulebook_fault_t fault;
    egret_rc_t rc;

    memset(ruling, 0, sizeof(*ruling));
    ruling->arena = egret_arena_create(egret_allocator_default(), 0);
    assert_non_null(ruling->arena);
    rc = egret_rulebook_load(ruling->arena, EGRET_SPAN("tpb.lua"),
                             egret_span_from(file), &limits,
                             &ruling->rulebook, &fault);
    egret_assert_span(fault.text, "");
    egret_assert_ok(rc);
    egret_assert_ok(egret_sandbox_create(egret_allocator_default(),
                                         ruling->rulebook, NULL,
                                         &ruling->sandbox));
}


void
egret_test_ruling_close(egret_test_ruling_t *ruling)
{
    egret_sandbox_destroy(ruling->sandbox);
    egret_arena_destroy(ruling->arena);
}


static void
read_message(egret_test_ruling_t *ruling, const char *text)
{
    egret_tape_t *tape = &ruling->tape;
    egret_rules_message_t *message = &ruling->message;
    egret_path_t path;

    egret_test_tape(tape, ruling->arena, text);
    for (egret_node_t node = 0; node < tape->node_count; node++) {
        egret_span_t name = egret_tape_name(tape, node);

        if (egret_span_equals_text(name, "AppHdr")) {
            tape->app_hdr = node;
        } else if (egret_span_equals_text(name, "Document")) {
            tape->document = node;
        }
    }
    egret_assert_ok(egret_path_compile(
        egret_tape_at(tape, tape->document)->element,
        EGRET_SPAN("FIToFICstmrCdtTrf/CdtTrfTxInf"), &path));
    egret_assert_ok(egret_blocks_find(tape, &path, ruling->arena,
                                      &ruling->blocks));
    message->tape = tape;
    message->blocks = &ruling->blocks;
    message->definition = EGRET_SPAN("pacs.008.001.08");
    message->sender = EGRET_SPAN("xiamen-bank");
    message->receiver = EGRET_SPAN("taipei-bank");
}


void
egret_test_ruling_run(egret_test_ruling_t *ruling, const char *message)
{
    read_message(ruling, message);
    egret_findings_init(&ruling->findings, ruling->arena);
    egret_assert_ok(egret_rules_run(ruling->sandbox, EGRET_RULES_RECEIVE,
                                    &ruling->message, ruling->arena,
                                    &ruling->findings));
}


const char *
egret_test_ruling_text(const egret_test_ruling_t *ruling)
{
    static char text[TEXT];
    size_t length = 0;

    text[0] = '\0';
    for (size_t i = 0; i < ruling->findings.count; i++) {
        const egret_finding_t *finding = &ruling->findings.items[i];

        length += (size_t) snprintf(
            &text[length], TEXT - length, "%s%s %s %.*s %.*s: %.*s",
            i == 0 ? "" : "\n", egret_code_row(finding->code)->id,
            egret_severity_text(finding->severity),
            (int) (finding->rule.length == 0 ? 1 : finding->rule.length),
            finding->rule.length == 0 ? "-" : finding->rule.at,
            EGRET_SPAN_ARGS(finding->xpath),
            EGRET_SPAN_ARGS(finding->message));
        assert_in_range(length, 0, TEXT - 1);
    }

    return text;
}


const char *
egret_test_rule(const char *body, const char *message)
{
    static char file[FILE_BYTES];
    egret_test_ruling_t ruling;
    const char *text;
    int length = snprintf(file, FILE_BYTES,
                          "return { receive = function(m) %s\nend }", body);

    assert_in_range(length, 1, FILE_BYTES - 1);
    egret_test_ruling_open(&ruling, file);
    egret_test_ruling_run(&ruling, message);
    text = egret_test_ruling_text(&ruling);
    egret_test_ruling_close(&ruling);

    return text;
}
