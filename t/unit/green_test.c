/* SPDX-License-Identifier: Apache-2.0 */
/* The rules of the green block: a good message bent in one place gives that
 * one finding. */
#include <string.h>

#include "gateway.h"
#include "helper.h"

#define LOAN "t/data/good/green-wind-loan.xml"
#define BOND "t/data/good/green-bond-subscription.xml"
#define SOLAR "t/data/good/green-solar-loan.xml"

#define TX "/Document/FIToFICstmrCdtTrf/CdtTrfTxInf[1]"
#define GRN "/SplmtryData[1]/Envlp/GrnFin"
#define BOND_TX "/Document/FICdtTrf/CdtTrfTxInf[1]"
#define PRJ "/UoP/Prj[1]"

typedef struct {
    const char *find;
    const char *replacement;
    const char *code; /* NULL: nothing is found */
    const char *xpath;
    const char *severity;
} bend_t;

static void
assert_one_finding(const egret_verdict_t *verdict, const bend_t *bend)
{
    const egret_findings_t *findings = &verdict->findings;

    for (size_t i = 0; i < findings->count; i++) {
        if (bend->code == NULL || findings->count > 1) {
            print_message("# %s %.*s: %.*s\n",
                          egret_code_row(findings->items[i].code)->id,
                          EGRET_SPAN_ARGS(findings->items[i].xpath),
                          EGRET_SPAN_ARGS(findings->items[i].message));
        }
    }
    if (findings->count != (bend->code == NULL ? 0 : 1)) {
        fail_msg("%s: %zu findings",
                 bend->replacement == NULL ? "" : bend->replacement,
                 findings->count);
    }
    if (bend->code == NULL) {
        return;
    }

    assert_string_equal(egret_code_row(findings->items[0].code)->id,
                        bend->code);
    egret_assert_span(findings->items[0].xpath, bend->xpath);
    assert_string_equal(egret_severity_text(findings->items[0].severity),
                        bend->severity);
    assert_true(findings->items[0].message.length > 0);
    assert_true(findings->items[0].expected.length > 0);
    assert_true(findings->items[0].fix.length > 0);
    assert_true(findings->items[0].line > 0);
}


static void
run(const char *path, const bend_t *bends, size_t count)
{
    egret_test_gateway_t gateway;
    egret_span_t good;

    egret_test_gateway_open(&gateway, "", "", "");
    good = egret_test_read_file(gateway.arena, path);
    for (size_t i = 0; i < count; i++) {
        egret_span_t bytes = egret_test_bend(&gateway, good, bends[i].find,
                                             bends[i].replacement);

        assert_one_finding(
            egret_test_judge(&gateway, bytes,
                             strcmp(path, BOND) == 0 ? "joburg-bank"
                                                     : "xiamen-bank"),
            &bends[i]);
    }
    egret_test_gateway_close(&gateway);
}

#define RUN(path, bends)                                                      \
    run((path), (bends), sizeof(bends) / sizeof((bends)[0]))

#define GOOD { NULL, NULL, NULL, NULL, NULL }

static void
test_good_blocks_have_no_finding(void **state)
{
    const bend_t bends[] = { GOOD };

    (void) state;
    RUN(LOAN, bends);
    RUN(BOND, bends);
    RUN(SOLAR, bends);
    RUN("t/data/good/green-wind-factory.xml", bends);
    RUN("t/data/good/green-nuclear-loan.xml", bends);
}


#define SUPPLEMENTARY "<SplmtryData><Envlp>\n          <GrnFin"
#define CARRY(inner) "<SplmtryData><Envlp>" inner "</Envlp></SplmtryData>"
#define X2 "<GrnFin xmlns=\"urn:x-egret:grn:2\"/>"
#define X1(name) "<" name " xmlns=\"urn:x-egret:grn:1\" Vrsn=\"1.0\"/>"

static void
test_X07_wants_a_block_without_doubt(void **state)
{
    const bend_t bends[] = {
        { "Vrsn=\"1.0\"", "Vrsn=\"1.1\"", "X07", TX GRN "/@Vrsn", "reject" },
        { "Vrsn=\"1.0\"", "Vrsn=\"x\"", "X05", TX GRN "/@Vrsn", "reject" },
        { "xmlns=\"urn:x-egret:grn:1\"", "xmlns=\"urn:x-egret:grn:7\"", "X07",
          TX GRN, "reject" },
        { SUPPLEMENTARY, CARRY(X2) SUPPLEMENTARY, "X07", TX GRN, "reject" },
        { SUPPLEMENTARY, CARRY(X1("Other")) SUPPLEMENTARY, "X07",
          TX "/SplmtryData[1]/Envlp/Other", "reject" },
        { SUPPLEMENTARY, CARRY("<a xmlns=\"urn:other\"/>") SUPPLEMENTARY, NULL,
          NULL, NULL },
        { "    </FIToFICstmrCdtTrf>\n",
          "<SplmtryData><PlcAndNm>" TX "</PlcAndNm><Envlp><a xmlns=\"urn:b\">"
          X2 "</a></Envlp></SplmtryData></FIToFICstmrCdtTrf>", "X07",
          "/Document/FIToFICstmrCdtTrf/SplmtryData[1]/Envlp/a/GrnFin",
          "reject" },
        { "<SplmtryData><Envlp>",
          "<SplmtryData><PlcAndNm>/Document/FIToFICstmrCdtTrf/CdtTrfTxInf[2]"
          "</PlcAndNm><Envlp>", "X07", TX "/SplmtryData[1]/PlcAndNm",
          "reject" },
    };
    const bend_t solar[] = {
        { "CdtTrfTxInf[1]</PlcAndNm>", "CdtTrfTxInf[2]</PlcAndNm>", "X07",
          "/Document/FIToFICstmrCdtTrf/SplmtryData[1]/PlcAndNm", "reject" },
        { "<PlcAndNm>/Document/FIToFICstmrCdtTrf/CdtTrfTxInf[1]</PlcAndNm>",
          "", NULL, NULL, NULL },
    };

    (void) state;
    RUN(LOAN, bends);
    RUN(SOLAR, solar);
}


static void
assert_found(const char *path, egret_code_t code, const char *xpath)
{
    egret_test_gateway_t gateway;
    const egret_verdict_t *verdict;
    bool is_found = false;

    egret_test_gateway_open(&gateway, "", "", "");
    verdict = egret_test_judge(&gateway,
                               egret_test_read_file(gateway.arena, path),
                               strstr(path, "G03") ? "joburg-bank"
                                                   : "xiamen-bank");
    for (size_t i = 0; i < verdict->findings.count; i++) {
        is_found = is_found
                   || (verdict->findings.items[i].code == code
                       && egret_span_equals_text(
                           verdict->findings.items[i].xpath, xpath));
    }
    assert_true(is_found);
    assert_int_equal(verdict->findings.count, 1);
    assert_int_equal(verdict->word, EGRET_REJECTED);
    assert_int_equal(verdict->http_status, 422);
    egret_test_gateway_close(&gateway);
}


static void
test_each_rule_has_a_bad_message(void **state)
{
    (void) state;
    assert_found("t/data/bad/X07-two-blocks.xml", EGRET_X07,
                 "/Document/FIToFICstmrCdtTrf/SplmtryData[2]/Envlp/GrnFin");
    assert_found("t/data/bad/X07-other-version.xml", EGRET_X07,
                 TX GRN "/@Vrsn");
    assert_found("t/data/bad/G03-shares-over-the-whole.xml", EGRET_G03,
                 BOND_TX GRN "/Lbl[2]/Shr");
    assert_found("t/data/bad/G04-sums-do-not-foot.xml", EGRET_G04,
                 TX GRN "/UoP");
}


static void
test_X07_keeps_translations_to_gateways(void **state)
{
    egret_test_gateway_t gateway;
    const egret_verdict_t *verdict;
    egret_span_t bytes;

    (void) state;
    egret_test_gateway_open(&gateway, "", "", "");
    bytes = egret_test_bend(
        &gateway, egret_test_read_file(gateway.arena, LOAN), SUPPLEMENTARY,
        CARRY(X1("GrnXltn")) SUPPLEMENTARY);
    verdict = egret_test_judge(&gateway, bytes, "xiamen-bank");
    assert_true(egret_findings_reject(&verdict->findings, EGRET_X07));
    egret_test_gateway_close(&gateway);
}


static void
test_X05_allows_no_xsi_type_in_a_block(void **state)
{
#define XSI "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" "
    const bend_t bends[] = {
        { "<LEI>984500EGRETWINDF0160</LEI>\n              <NtlId",
          "<LEI " XSI "xmlns:g=\"urn:x-egret:grn:1\" "
          "xsi:type=\"g:LEIIdentifier\">984500EGRETWINDF0160</LEI><NtlId",
          "X05", TX GRN "/Issr/LEI/@type", "reject" },
        { "<Sts>FINL</Sts>", "<Sts " XSI "xsi:nil=\"false\">FINL</Sts>",
          "X05", TX GRN "/Sts/@nil", "reject" },
        { "<Sts>FINL</Sts>", "<Sts " XSI "xsi:schemaLocation=\"a b\">FINL"
          "</Sts>", NULL, NULL, NULL },
    };

    (void) state;
    RUN(LOAN, bends);
}


static void
test_G03_holds_shares_and_indices_together(void **state)
{
    const bend_t bends[] = {
        { "<Shr>30</Shr>", "<Shr>40.01</Shr>", NULL, NULL, NULL },
        { "<Shr>30</Shr>", "<Shr>40.01001</Shr>", "G03",
          BOND_TX GRN "/Lbl[2]/Shr", "reject" },
        { "<Shr>60</Shr>", "<Shr>71</Shr>", "G03", BOND_TX GRN "/Lbl[2]/Shr",
          "reject" },
        { "<Vrsn>2025</Vrsn><Cd>4.2.2</Cd>\n              <Shr>30</Shr>",
          "<Vrsn>2026</Vrsn><Cd>4.2.2</Cd><Shr>100</Shr>", NULL, NULL, NULL },
        { "<Schm>CN-GFEPC</Schm><Vrsn>2025</Vrsn><Cd>4.2.2</Cd>\n"
          "              <Shr>30</Shr>",
          "<Schm>ICMA-GBP</Schm><Vrsn>2025</Vrsn><Cd>4.2.2</Cd><Shr>100</Shr>",
          NULL, NULL, NULL },
        { "<LblRef>2</LblRef>", "<LblRef>3</LblRef>", "G03",
          BOND_TX GRN "/UoP/Prj[2]/LblRef[1]", "reject" },
        { "<LblRef>2</LblRef>", "<LblRef>2</LblRef><LblRef>99999</LblRef>",
          "G03", BOND_TX GRN "/UoP/Prj[2]/LblRef[2]", "reject" },
        { "<LblRef>2</LblRef>", "<LblRef>0</LblRef>", "X05",
          BOND_TX GRN "/UoP/Prj[2]/LblRef[1]", "reject" },
        { "<Shr>30</Shr>", "<Shr>101</Shr>", "X05", BOND_TX GRN "/Lbl[2]/Shr",
          "reject" },
    };
    const bend_t loan[] = {
        { "<Shr>100</Shr>", "<Shr>0.00000</Shr>", "G03", TX GRN "/Lbl[1]/Shr",
          "reject" },
        { "<PrjRef>1</PrjRef><Obj>BIO</Obj>",
          "<PrjRef>2</PrjRef><Obj>BIO</Obj>", "G03", TX GRN "/DNSH[1]/PrjRef",
          "reject" },
    };

    (void) state;
    RUN(BOND, bends);
    RUN(LOAN, loan);
}


static void
test_G03_and_G04_leave_a_refused_block_alone(void **state)
{
    const bend_t bends[] = {
        { "<Schm>CN-GFEPC</Schm><Vrsn>2025</Vrsn><Cd>4.2.1</Cd>\n"
          "              <Shr>60</Shr>",
          "<Schm>CN-GFEPC</Schm><Vrsn>2025</Vrsn><Cd>4.2.1</Cd>"
          "<Shr>x</Shr>", "X05", BOND_TX GRN "/Lbl[1]/Shr", "reject" },
        { "<Allctd Ccy=\"USD\">60000000.00", "<Allctd Ccy=\"usd\">6.00",
          "X05", BOND_TX GRN PRJ "/Allctd/@Ccy", "reject" },
        { "<Unallctd Ccy=\"USD\">10000000.00</Unallctd>",
          "<Unallctd>1</Unallctd>", "X05",
          BOND_TX GRN "/UoP/Unallctd", "reject" },
    };

    (void) state;
    RUN(BOND, bends);
}


static void
test_G04_takes_the_drawdown_as_its_base(void **state)
{
    const bend_t bends[] = {
        /* max(0.01, 0.01 %) of 80,000,000 is 8,000 */
        { "<Allctd Ccy=\"CNY\">80000000.00", "<Allctd Ccy=\"CNY\">80008000",
          NULL, NULL, NULL },
        { "<Allctd Ccy=\"CNY\">80000000.00", "<Allctd Ccy=\"CNY\">79992000",
          NULL, NULL, NULL },
        { "<Allctd Ccy=\"CNY\">80000000.00",
          "<Allctd Ccy=\"CNY\">80008000.01", "G04", TX GRN "/UoP", "reject" },
        { "<Allctd Ccy=\"CNY\">80000000.00",
          "<Allctd Ccy=\"CNY\">79991999.99", "G04", TX GRN "/UoP", "reject" },
        { "            </UoP>", "<Unallctd Ccy=\"CNY\">9000</Unallctd></UoP>",
          "G04", TX GRN "/UoP", "reject" },
        /* Without a drawdown the whole facility is the base. */
        { "<AltId Tp=\"DRAW\">", "<AltId Tp=\"LEASE\">", "G04", TX GRN "/UoP",
          "reject" },
        { "<TtlCost Ccy=\"CNY\">1600000000.00</TtlCost>\n"
          "                <FincdShr>50</FincdShr>\n"
          "                <Allctd Ccy=\"CNY\">",
          "<Allctd Ccy=\"USD\">", "G04", TX GRN PRJ "/Allctd", "hold" },
    };

    (void) state;
    RUN(LOAN, bends);
}


static void
test_G04_takes_the_net_proceeds_else_the_amount(void **state)
{
    const bend_t bends[] = {
        { "<NetPrcds Ccy=\"USD\">99600000.00</NetPrcds>", "", "G04",
          BOND_TX GRN "/UoP", "reject" },
        { "<Unallctd Ccy=\"USD\">10000000.00", "<Unallctd Ccy=\"USD\">9000000",
          "G04", BOND_TX GRN "/UoP", "reject" },
        { "<Unallctd Ccy=\"USD\">", "<Unallctd Ccy=\"CNY\">", "G04",
          BOND_TX GRN "/UoP/Unallctd", "hold" },
        { "<NetPrcds Ccy=\"USD\">", "<NetPrcds Ccy=\"ZAR\">", "G04",
          BOND_TX GRN PRJ "/Allctd", "hold" },
    };

    (void) state;
    RUN(BOND, bends);
}


static void
test_G04_allocates_no_more_than_is_financed(void **state)
{
    const bend_t bends[] = {
        { "<FincdShr>50</FincdShr>", "<FincdShr>5</FincdShr>", NULL, NULL,
          NULL },
        { "<FincdShr>50</FincdShr>", "<FincdShr>4.9996</FincdShr>", NULL, NULL,
          NULL },
        { "<FincdShr>50</FincdShr>", "<FincdShr>4.9995</FincdShr>", "G04",
          TX GRN PRJ "/Allctd", "reject" },
        { "<FincdShr>50</FincdShr>", "", NULL, NULL, NULL },
        { "<TtlCost Ccy=\"CNY\">1600000000.00</TtlCost>\n"
          "                <FincdShr>50</FincdShr>",
          "<TtlCost Ccy=\"CNY\">79000000</TtlCost>", "G04",
          TX GRN PRJ "/Allctd", "reject" },
        { "<TtlCost Ccy=\"CNY\">1600000000.00</TtlCost>\n",
          "<TtlCost Ccy=\"USD\">1600000000.00</TtlCost>", "G04",
          TX GRN PRJ "/TtlCost", "hold" },
        { "<TtlCost Ccy=\"CNY\">1600000000.00</TtlCost>\n", "", NULL, NULL,
          NULL },
        { "<RefiShr>0</RefiShr>", "<RefiShr>101</RefiShr>", "X05",
          TX GRN PRJ "/RefiShr", "reject" },
    };

    (void) state;
    RUN(LOAN, bends);
}


/* A block that speaks of all adds their amounts up. */
static void
test_G04_adds_up_the_transactions_of_a_block(void **state)
{
    static const char place[] =
        "<PlcAndNm>/Document/FIToFICstmrCdtTrf/CdtTrfTxInf[1]</PlcAndNm>";
    egret_test_gateway_t gateway;
    egret_span_t bytes, transaction;
    const egret_verdict_t *verdict;
    const char *from, *to;

    (void) state;
    egret_test_gateway_open(&gateway, "", "", "");
    bytes = egret_test_read_file(gateway.arena, SOLAR);
    from = strstr(bytes.at, "<CdtTrfTxInf>");
    to = strstr(bytes.at, "</CdtTrfTxInf>") + strlen("</CdtTrfTxInf>");
    transaction = (egret_span_t){ from, (size_t) (to - from) };
    transaction = egret_arena_copy(gateway.arena, transaction);
    bytes = egret_test_bend(&gateway, bytes, "<CdtTrfTxInf>",
                            egret_arena_print(gateway.arena, "%s<CdtTrfTxInf>",
                                              transaction.at).at);
    verdict = egret_test_judge(&gateway, bytes, "xiamen-bank");
    assert_false(egret_findings_reject(&verdict->findings, EGRET_G04));
    bytes = egret_test_bend(&gateway, bytes, place, "");
    verdict = egret_test_judge(&gateway, bytes, "xiamen-bank");
    assert_true(egret_findings_reject(&verdict->findings, EGRET_G04));
    bytes = egret_test_bend(&gateway, bytes, "Allctd Ccy=\"CNY\">36000000.00",
                            "Allctd Ccy=\"CNY\">72000000.00");
    verdict = egret_test_judge(&gateway, bytes, "xiamen-bank");
    assert_false(egret_findings_reject(&verdict->findings, EGRET_G04));
    egret_test_gateway_close(&gateway);
}


static void
test_the_receiver_softens_G_but_not_X07(void **state)
{
    const bend_t bend = { NULL, NULL, "G04", TX GRN "/UoP", "warn" };
    egret_test_gateway_t gateway;

    (void) state;
    egret_test_gateway_open(&gateway, "", "", "severity G04 warn;");
    assert_one_finding(
        egret_test_judge(&gateway,
                         egret_test_read_file(
                             gateway.arena,
                             "t/data/bad/G04-sums-do-not-foot.xml"),
                         "xiamen-bank"),
        &bend);
    egret_test_gateway_close(&gateway);
}


int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_good_blocks_have_no_finding),
        cmocka_unit_test(test_X07_wants_a_block_without_doubt),
        cmocka_unit_test(test_each_rule_has_a_bad_message),
        cmocka_unit_test(test_X07_keeps_translations_to_gateways),
        cmocka_unit_test(test_X05_allows_no_xsi_type_in_a_block),
        cmocka_unit_test(test_G03_holds_shares_and_indices_together),
        cmocka_unit_test(test_G03_and_G04_leave_a_refused_block_alone),
        cmocka_unit_test(test_G04_takes_the_drawdown_as_its_base),
        cmocka_unit_test(test_G04_takes_the_net_proceeds_else_the_amount),
        cmocka_unit_test(test_G04_allocates_no_more_than_is_financed),
        cmocka_unit_test(test_G04_adds_up_the_transactions_of_a_block),
        cmocka_unit_test(test_the_receiver_softens_G_but_not_X07),
    };

    return egret_test_run(tests);
}
