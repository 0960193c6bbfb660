/* SPDX-License-Identifier: Apache-2.0 */

#include <stdio.h>
#include <string.h>

#include "ruling.h"

#define TX "/Document/FIToFICstmrCdtTrf/CdtTrfTxInf"
#define PRJ TX "[2]/SplmtryData/Envlp/GrnFin/UoP/Prj"


static void
assert_rule(const char *body, const char *message, const char *expected)
{
    assert_string_equal(egret_test_rule(body, message), expected);
}


/* `expression` of Lua is true for the second transaction, which has the block
 * when there is one. */
static void
assert_holds(const char *expression, const char *message)
{
    char body[2048];

    (void) snprintf(body, sizeof(body),
                    "if m:text('CdtTrfTxInf/PmtId/EndToEndId') == 'E2' then "
                    "if not (%s) then m:reject{ code = 'NOT', reason = "
                    "'does not hold' } end end", expression);
    if (strcmp(egret_test_rule(body, message), "") != 0) {
        fail_msg("%s: %s", expression, egret_test_rule(body, message));
    }
}


static void
assert_fails(const char *body, const char *why)
{
    const char *got = egret_test_rule(body, egret_test_green_message);
    char expected[1024];

    (void) snprintf(expected, sizeof(expected),
                    "U02 hold - " TX "[1]: tpb.lua:1: %s", why);
    assert_string_equal(got, expected);
}


static void
run_example(egret_test_ruling_t *ruling, const char *path,
            const char *message)
{
    egret_arena_t *arena = egret_arena_create(egret_allocator_default(), 0);

    assert_non_null(arena);
    egret_test_ruling_open(ruling, egret_test_read_file(arena, path).at);
    egret_test_ruling_run(ruling, message);
    egret_arena_destroy(arena);
}


static void
test_the_example_holds_its_message(void **state)
{
    egret_test_ruling_t ruling;
    const egret_finding_t *finding;

    (void) state;
    run_example(&ruling, "conf/rules/carbon-assessment.lua",
                egret_test_green_message);
    assert_string_equal(
        egret_test_ruling_text(&ruling),
        "U01 hold TPB-002 " TX "[2]/IntrBkSttlmAmt: over the agreed limit\n"
        "U01 hold TPB-001 " PRJ ": project carbon assessment is missing");
    finding = &ruling.findings.items[0];
    egret_assert_span(finding->got, "60000000");
    egret_assert_span(finding->iso, "NARR");
    assert_int_equal(finding->line, 4);
    egret_assert_span(ruling.findings.items[1].fix, "add Prj/CrbnAssmt");
    assert_int_equal(ruling.findings.worst, EGRET_SEVERITY_HOLD);
    egret_test_ruling_close(&ruling);
}


static void
test_the_example_passes_a_plain_payment(void **state)
{
    egret_test_ruling_t ruling;

    (void) state;
    run_example(&ruling, "conf/rules/carbon-assessment.lua",
                egret_test_plain_message);
    assert_string_equal(egret_test_ruling_text(&ruling),
                        "U01 hold TPB-002 " TX
                        "[2]/IntrBkSttlmAmt: over the agreed limit");
    egret_test_ruling_close(&ruling);
}


static void
test_a_rule_sees_who_and_what(void **state)
{
    (void) state;
    assert_holds("m.definition == 'pacs.008.001.08'",
                 egret_test_plain_message);
    assert_holds("m.sender == 'xiamen-bank' and m.receiver == 'taipei-bank'",
                 egret_test_plain_message);
}


static void
test_a_path_through_the_transaction_means_this_one(void **state)
{
    (void) state;
    assert_rule("m:warn{ code = 'W', reason = "
                "m:text('CdtTrfTxInf/PmtId/EndToEndId') }",
                egret_test_plain_message,
                "U01 warn W " TX "[1]: E1\nU01 warn W " TX "[2]: E2");
}


static void
test_other_paths_begin_at_the_message_or_its_header(void **state)
{
    (void) state;
    assert_holds("m:text('GrpHdr/MsgId') == 'M1'", egret_test_plain_message);
    assert_holds("m:text('AppHdr/BizMsgIdr') == 'B1'",
                 egret_test_plain_message);
    assert_holds("m:decimal('GrpHdr/NbOfTxs') == egret.decimal(2)",
                 egret_test_plain_message);
}


static void
test_a_text_is_trimmed_and_may_be_absent_or_empty(void **state)
{
    (void) state;
    assert_holds("m:text('CdtTrfTxInf/IntrBkSttlmAmt') == '60000000'",
                 egret_test_plain_message);
    assert_holds("m:text('CdtTrfTxInf/IntrBkSttlmAmt/@Ccy') == 'CNY'",
                 egret_test_plain_message);
    assert_holds("m:text('CdtTrfTxInf/RmtInf/Ustrd') == nil",
                 egret_test_plain_message);
    assert_holds("m:text('CdtTrfTxInf/Cdtr/Nm') == ''",
                 egret_test_plain_message);
    assert_holds("m:decimal('CdtTrfTxInf/RmtInf/Ustrd') == nil",
                 egret_test_plain_message);
}


static void
test_a_path_with_several_values_is_a_failure(void **state)
{
    (void) state;
    assert_fails("m:text('CdtTrfTxInf/RmtInf/Ustrd')",
                 "\"CdtTrfTxInf/RmtInf/Ustrd\" has several values here: use "
                 "m:each");
}


static void
test_a_misspelt_path_is_a_failure(void **state)
{
    (void) state;
    assert_fails("local x = m:text('CdtTrfTxInf/IntrBkSttlmAmnt')",
                 "pacs.008.001.08 has no \"IntrBkSttlmAmnt\" where "
                 "\"CdtTrfTxInf/IntrBkSttlmAmnt\" looks for it");
    assert_fails("local x = m:text('CdtTrfTxInf/IntrBkSttlmAmt/@Cy')",
                 "pacs.008.001.08 has no \"@Cy\" where "
                 "\"CdtTrfTxInf/IntrBkSttlmAmt/@Cy\" looks for it");
    assert_fails("local x = m:text('GrpHdr/CtrlSum')",
                 "pacs.008.001.08 has no \"CtrlSum\" where \"GrpHdr/CtrlSum\" "
                 "looks for it");
    assert_fails("m:warn{ code = 'W', at = 'GrpHdr/Ctrl', reason = 'x' }",
                 "pacs.008.001.08 has no \"Ctrl\" where \"GrpHdr/Ctrl\" looks "
                 "for it");
}


static void
test_what_is_no_path_is_a_failure(void **state)
{
    static const char *const paths[] = { "", "/GrpHdr", "GrpHdr/",
                                         "CdtTrfTxInf[1]/PmtId",
                                         "CdtTrfTxInf//PmtId", "GrpHdr/@",
                                         "CdtTrfTxInf/" };

    (void) state;
    for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
        char body[128];
        char why[256];

        (void) snprintf(body, sizeof(body), "local x = m:text('%s')",
                        paths[i]);
        (void) snprintf(why, sizeof(why),
                        "\"%s\" is not a path: element names with \"/\" "
                        "between, at most 16, no [n], at the end perhaps "
                        "@Attribute", paths[i]);
        assert_fails(body, why);
    }
}


static void
test_a_value_of_the_wrong_kind_is_a_failure(void **state)
{
    (void) state;
    assert_fails("local x = m:decimal('GrpHdr/MsgId')",
                 "\"M1\" is not a decimal number");
    assert_fails("local x = m:text('CdtTrfTxInf/PmtId')",
                 "\"CdtTrfTxInf/PmtId\" has no value of its own, only "
                 "elements below");
    assert_fails("local x = m:text(7)",
                 "bad argument #1 to 'text' (string expected, got number)");
    assert_fails("local x = m.text('GrpHdr/MsgId')",
                 "call it with a colon: m:text(...)");
}


static void
test_each_goes_through_all_values(void **state)
{
    (void) state;
    assert_rule("for e in m:each('CdtTrfTxInf/RmtInf/Ustrd') do "
                "m:warn{ code = 'W', at = e, reason = e:text() } end",
                egret_test_plain_message,
                "U01 warn W " TX "[1]/RmtInf/Ustrd[1]: one\n"
                "U01 warn W " TX "[1]/RmtInf/Ustrd[2]: two");
    assert_holds("(function() for e in m:each('CdtTrfTxInf') do return "
                 "e:text('PmtId/EndToEndId') == 'E2' and e:decimal("
                 "'IntrBkSttlmAmt') == egret.decimal(60000000) end end)()",
                 egret_test_plain_message);
    assert_fails("for e in m:each('CdtTrfTxInf') do e:text('PmtIt') end",
                 "pacs.008.001.08 has no \"PmtIt\" where \"PmtIt\" looks for "
                 "it");
}


static void
test_the_block_is_its_own_tables(void **state)
{
    (void) state;
    assert_holds("#m.green.projects == 2", egret_test_green_message);
    assert_holds("m.green.projects[1].ids[1].value == 'P-1'",
                 egret_test_green_message);
    assert_holds("m.green.projects[2].carbonAssessment.code == 'DONE'",
                 egret_test_green_message);
    assert_holds("m.green.projects[1].allocated.value + "
                 "m.green.projects[2].allocated.value == "
                 "m.green.instrument.amount.value", egret_test_green_message);
    assert_holds("m.green.projects[1].labelRef[1] == 1",
                 egret_test_green_message);
    assert_holds("m.green.labels[1].share == egret.decimal(100)",
                 egret_test_green_message);
    assert_holds("m.green.labels[1].objectives[1] == 'CCM'",
                 egret_test_green_message);
    assert_holds("m.green.instrument.decisiveDate.value < '2026-11-01' and "
                 "m.green.instrument.decisiveDate.kind == 'APPR'",
                 egret_test_green_message);
    assert_holds("m.green.version == '1.0' and m.green.issuer.lei == "
                 "'5493001KJTIIGC8Y1R12'", egret_test_green_message);
    assert_holds("m.green.minimumSafeguards[1].oecd == true and "
                 "m.green.minimumSafeguards[1].ilo == false and "
                 "m.green.minimumSafeguards[1].ungp == nil",
                 egret_test_green_message);
    assert_holds("m.green.signature == nil", egret_test_green_message);
    assert_holds("m.green.instrument.amount ~= m.green.instrument.amount.value",
                 egret_test_green_message);
}


static void
test_loops_and_length_work_on_views(void **state)
{
    (void) state;
    assert_holds("(function() local n = 0; for i, p in "
                 "ipairs(m.green.projects) do n = n + i end; return n == 3 "
                 "end)()", egret_test_green_message);
    assert_holds("(function() local n = 0; for i, p in "
                 "pairs(m.green.projects) do n = n + i end; return n == 3 "
                 "end)()", egret_test_green_message);
    assert_holds("next(m.green.projects) == 1", egret_test_green_message);
    assert_holds("(function() local s = ''; for k in "
                 "pairs(m.green.labels[1]) do s = s .. k .. ' ' end; return s "
                 "== 'code objectives scheme share source status version ' "
                 "end)()", egret_test_green_message);
    assert_holds("#m.green.projects == 0 and next(m.green.projects) == nil",
                 egret_test_plain_message);
    assert_holds("table.concat(m.green.labels[1].objectives, ',') == 'CCM'",
                 egret_test_green_message);
    assert_holds("unpack(m.green.labels[1].objectives) == 'CCM'",
                 egret_test_green_message);
    assert_holds("type(m.green) == 'table' and type(m.green.labels) == "
                 "'table' and tostring(m.green.labels) == 'table'",
                 egret_test_green_message);
    assert_holds("select(2, ipairs(m.green.labels)) == m.green.labels and "
                 "select(2, pairs(m.green)) == m.green",
                 egret_test_green_message);
    assert_holds("setmetatable({}, { __index = m.green }).labels == "
                 "m.green.labels", egret_test_green_message);
}


static void
test_without_a_block_lists_are_empty_and_scalars_nil(void **state)
{
    static const char *const lists[] = {
        "labels", "projects", "reviews", "dnsh", "minimumSafeguards",
        "impact", "footprint", "credits", "kpis", "disclosures",
        "instrument.altId", "instrument.pool", "issuer.nationalIds",
        "instrument.placementJurisdictions",
    };
    static const char *const scalars[] = {
        "id", "version", "status", "asOf", "created", "supersedes",
        "issuer.lei", "issuer.entityClass", "instrument.type",
        "instrument.amount", "instrument.decisiveDate.value", "unallocated",
        "proceedsAccount", "maxTenorMonths", "carbonAccount", "transition",
        "envRisk", "signature",
    };
    char expression[128];

    (void) state;
    for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++) {
        (void) snprintf(expression, sizeof(expression), "#m.green.%s == 0",
                        lists[i]);
        assert_holds(expression, egret_test_plain_message);
    }
    for (size_t i = 0; i < sizeof(scalars) / sizeof(scalars[0]); i++) {
        (void) snprintf(expression, sizeof(expression), "m.green.%s == nil",
                        scalars[i]);
        assert_holds(expression, egret_test_plain_message);
    }
}


static void
test_a_misspelt_key_is_a_failure(void **state)
{
    (void) state;
    assert_fails("for i, p in ipairs(m.green.projcts) do end",
                 "the block has no key \"projcts\"");
    assert_fails("local x = m.green.issuer.LEI",
                 "the issuer has no key \"LEI\"");
    assert_fails("local x = m.green.labels.code",
                 "a list has no key \"code\": go through it with ipairs");
    assert_fails("local x = m.gren", "the message has no key \"gren\"");
    assert_fails("for e in m:each('CdtTrfTxInf') do local x = e.green end",
                 "an element has no key \"green\"");
}


static void
test_a_view_cannot_be_written_to(void **state)
{
    static const char *const writes[] = {
        "m.green.status = 'X'",
        "m.green.version = 'X'",
        "m.green.version = nil",
        "m.green.labels[1].code = 'X'",
        "m.green.labels[1] = nil",
        "m.green.labels[2] = 'X'",
        "m.green.reviews[1] = 'X'",
        "m.green.reviews = {}",
        "table.insert(m.green.labels, 'X')",
        "table.remove(m.green.labels)",
        "table.sort(m.green.labels)",
        "m.sender = 'X'",
    };

    char expression[256];

    (void) state;
    for (size_t i = 0; i < sizeof(writes) / sizeof(writes[0]); i++) {
        (void) snprintf(expression, sizeof(expression),
                        "select(2, pcall(function() %s end)):find('a view of "
                        "the message cannot be written to', 1, true)",
                        writes[i]);
        assert_holds(expression, egret_test_green_message);
    }
    assert_fails("m.green.status = 'X'",
                 "a view of the message cannot be written to");
    assert_fails("m.sender = 'X'",
                 "a view of the message cannot be written to");
    assert_fails("setmetatable(m.green, {})",
                 "bad argument #1 to 'setmetatable' (table expected, got "
                 "userdata)");
    assert_holds("getmetatable(m.green) == false and getmetatable(m) == false",
                 egret_test_green_message);
}


static void
test_what_a_rule_writes_does_not_reach_the_next_message(void **state)
{
    egret_test_ruling_t ruling;

    (void) state;
    egret_test_ruling_open(
        &ruling,
        "seen = (seen or 0) + 1\n"
        "return { receive = function(m)\n"
        "  local p = m.green.projects[1]\n"
        "  if p == nil then return end\n"
        "  if p.jurisdiction ~= 'CN' or seen ~= 1 or string.mark or _G.mark\n"
        "    or table.mark or egret.mark or math.mark or ('').mark then\n"
        "    m:reject{ code = 'LEAK', reason = 'leaks' }\n"
        "  end\n"
        "  if pcall(table.remove, m.green.labels)\n"
        "    or pcall(function() p.jurisdiction = 'XX' end)\n"
        "    or p.jurisdiction ~= 'CN' or #m.green.labels ~= 1 then\n"
        "    m:reject{ code = 'WRITE', reason = 'is written to' }\n"
        "  end\n"
        "  string.mark = 1; mark = 1; table.mark = 1; egret.mark = 1\n"
        "  math.mark = 1; ipairs = nil; seen = 5\n"
        "end }\n");
    for (int i = 0; i < 3; i++) {
        egret_test_ruling_run(&ruling, egret_test_green_message);
        assert_string_equal(egret_test_ruling_text(&ruling), "");
    }
    egret_test_ruling_close(&ruling);
}


/* The body of a message-level SplmtryData with a block of that id. */
#define LEVEL_BLOCK(place, id)                                                \
    "<SplmtryData>" place "<Envlp><GrnFin xmlns=\"urn:x-egret:grn:1\"><Id>"   \
    id "</Id></GrnFin></Envlp></SplmtryData>"
#define PLACE(path) "<PlcAndNm>/Document/FIToFICstmrCdtTrf" path "</PlcAndNm>"
#define MESSAGE(first, second, blocks)                                        \
    "<Document xmlns=\"" EGRET_TEST_NAMESPACE "\"><FIToFICstmrCdtTrf>"        \
    "<CdtTrfTxInf>" first "</CdtTrfTxInf><CdtTrfTxInf>" second                \
    "</CdtTrfTxInf>" blocks "</FIToFICstmrCdtTrf></Document>"


static void
assert_blocks(const char *message, const char *first, const char *second)
{
    char expected[512];

    (void) snprintf(expected, sizeof(expected),
                    "U01 warn W " TX "[1]: %s\nU01 warn W " TX "[2]: %s",
                    first, second);
    assert_rule("m:warn{ code = 'W', reason = m.green.id or 'none' }", message,
                expected);
}


static void
test_a_transaction_sees_the_block_that_speaks_of_it(void **state)
{
    (void) state;
    assert_blocks(MESSAGE("", "", ""), "none", "none");
    assert_blocks(MESSAGE(LEVEL_BLOCK("", "own"), "", ""), "own", "none");
    assert_blocks(MESSAGE("", LEVEL_BLOCK("", "own"), ""), "none", "own");
    assert_blocks(MESSAGE(LEVEL_BLOCK("", "a"), LEVEL_BLOCK("", "b"), ""), "a",
                  "b");
    assert_blocks(MESSAGE("", "", LEVEL_BLOCK("", "all")), "all", "all");
    assert_blocks(MESSAGE("", "", LEVEL_BLOCK(PLACE("/CdtTrfTxInf[2]"),
                                              "second")),
                  "none", "second");
    assert_blocks(MESSAGE("", "", LEVEL_BLOCK(PLACE("/CdtTrfTxInf[3]"),
                                              "third")),
                  "none", "none");
}


static void
test_a_block_that_cannot_be_read_is_a_failure(void **state)
{
    (void) state;
    assert_rule("local x = m.green.id",
                MESSAGE("<SplmtryData><Envlp><GrnFin xmlns=\"urn:x-egret:grn:"
                        "1\"><Lbl><Shr>1,5</Shr></Lbl></GrnFin></Envlp>"
                        "</SplmtryData>", "", ""),
                "U02 hold - " TX "[1]: tpb.lua:1: the block's Shr, \"1,5\", "
                "is not a decimal number");
    assert_rule("local x = m.green.id",
                MESSAGE("<SplmtryData><Envlp><GrnFin xmlns=\"urn:x-egret:grn:"
                        "1\"><Id>a</Id><Id>b</Id></GrnFin></Envlp>"
                        "</SplmtryData>", "", ""),
                "U02 hold - " TX "[1]: tpb.lua:1: the block has Id twice in "
                "one place");
}


static void
test_decimals_are_exact(void **state)
{
    static const char *const truths[] = {
        "egret.decimal('0.1') + egret.decimal('0.2') == egret.decimal('0.3')",
        "egret.decimal('1.50') == egret.decimal('1.5')",
        "tostring(egret.decimal('1.50')) == '1.50'",
        "egret.decimal('2') * 3 - 1 == egret.decimal(5)",
        "10 - egret.decimal('0.5') == egret.decimal('9.5')",
        "egret.decimal(1) / 4 == egret.decimal('0.25')",
        "tostring(egret.decimal(1) / 4) == '0.25'",
        "tostring(egret.decimal(2) / 3) == '0.66666666666666666'",
        "tostring(egret.decimal('100000000000000000000000000000') / 3) == "
        "'33333333333333333333333333333.333333333'",
        "-egret.decimal('5') < egret.decimal('0')",
        "egret.decimal('5') <= egret.decimal('5.0')",
        "egret.decimal('5') >= egret.decimal('4') and "
        "not (egret.decimal('5') > egret.decimal('5'))",
        "egret.decimal('7'):compare(7) == 0 and egret.decimal('-7'):sign() "
        "== -1",
        "egret.decimal('7') .. ' CNY' == '7 CNY'",
        "string.format('%s|%5s', egret.decimal('7.0'), egret.decimal(1)) == "
        "'7.0|    1'",
        "tostring(egret.decimal('99999999999999.99999') + "
        "egret.decimal('0.00001')) == '100000000000000.00000'",
    };

    (void) state;
    for (size_t i = 0; i < sizeof(truths) / sizeof(truths[0]); i++) {
        assert_holds(truths[i], egret_test_plain_message);
    }
}


static void
test_a_decimal_refuses_what_is_not_exact(void **state)
{
    (void) state;
    assert_fails("local x = egret.decimal(0.1)",
                 "only a whole number is exact: write egret.decimal(\"0.1\"), "
                 "with quotation marks");
    assert_fails("local x = egret.decimal('1,5')",
                 "\"1,5\" is not a decimal number");
    assert_fails("local x = egret.decimal('1e5')",
                 "\"1e5\" is not a decimal number");
    assert_fails("local x = egret.decimal(1) / 0", "division by zero");
    assert_fails("local x = egret.decimal(1) + nil",
                 "a decimal is nil: the element is not there");
    assert_fails("local x = egret.decimal(1) + '1'",
                 "a string where a decimal is needed: write "
                 "egret.decimal(\"...\")");
    assert_fails("local x = egret.decimal('9999999999999999999') * "
                 "egret.decimal('99999999999999999999')",
                 "the result needs more than 38 digits");
    assert_fails("local x = egret.decimal(1) < 2",
                 "attempt to compare userdata with number");
    assert_fails("local x = egret.decimal(0/0)",
                 "only a whole number is exact: write egret.decimal(\"0.1\"), "
                 "with quotation marks");
}


static void
test_each_way_to_report_has_its_severity(void **state)
{
    (void) state;
    assert_rule("if m:text('CdtTrfTxInf/PmtId/EndToEndId') ~= 'E1' then "
                "return end "
                "m:reject{ code = 'A', reason = 'a', iso = 'AM02' } "
                "m:hold{ code = 'B-1', reason = 'b' } "
                "m:warn{ code = 'C', reason = 'c', at = m }",
                egret_test_plain_message,
                "U01 reject A " TX "[1]: a\nU01 hold B-1 " TX "[1]: b\n"
                "U01 warn C " TX "[1]: c");
}


static void
test_a_report_has_its_iso_code(void **state)
{
    egret_test_ruling_t ruling;

    (void) state;
    egret_test_ruling_open(&ruling,
                           "return { receive = function(m) m:reject{ code = "
                           "'A', reason = 'a', iso = 'AM02' } end }");
    egret_test_ruling_run(&ruling, egret_test_plain_message);
    assert_int_equal(ruling.findings.count, 2);
    egret_assert_span(ruling.findings.items[0].iso, "AM02");
    egret_test_ruling_close(&ruling);
}


static void
test_a_report_at_an_absent_element_stands_where_it_would(void **state)
{
    (void) state;
    assert_rule("m:warn{ code = 'W', reason = 'x', "
                "at = 'CdtTrfTxInf/RmtInf/Ustrd' } "
                "m:warn{ code = 'W', reason = 'y', "
                "at = 'CdtTrfTxInf/IntrBkSttlmAmt/@Ccy' }",
                egret_test_plain_message,
                "U01 warn W " TX "[1]/IntrBkSttlmAmt/@Ccy: y\n"
                "U01 warn W " TX "[1]/RmtInf/Ustrd[1]: x\n"
                "U01 warn W " TX "[2]: x\n"
                "U01 warn W " TX "[2]/IntrBkSttlmAmt/@Ccy: y");
}


static void
test_an_incomplete_report_is_a_failure(void **state)
{
    (void) state;
    assert_fails("m:hold{ reason = 'x' }",
                 "m:hold{}: code must be 1 to 35 letters, digits or . _ - /");
    assert_fails("m:hold{ code = 'a b', reason = 'x' }",
                 "m:hold{}: code must be 1 to 35 letters, digits or . _ - /");
    assert_fails("m:hold{ code = 'A' }", "m:hold{}: a reason is missing");
    assert_fails("m:hold{ code = 'A', resaon = 'x' }",
                 "m:hold{} has no \"resaon\", only code, at, reason, fix and "
                 "iso");
    assert_fails("m:hold{ code = 'A', reason = 'x', iso = 'AM002' }",
                 "m:hold{}: iso is no code of four capital letters or digits");
    assert_fails("m:hold{ code = 'A', reason = 'x', iso = 'AM-2' }",
                 "m:hold{}: iso is no code of four capital letters or digits");
    assert_fails("m:hold{ code = 'A', reason = 'x', iso = 'am02' }",
                 "m:hold{}: iso is no code of four capital letters or digits");
    assert_fails("m:hold{ code = 'A', reason = ' \\n' }",
                 "m:hold{}: a reason is missing");
    assert_fails("m:hold{ code = 'A', reason = 'x', at = {} }",
                 "m:hold{}: at is neither a path nor a part of the message");
    assert_fails("m:hold{ code = 'A', reason = 7 }",
                 "m:hold{}: reason is a number, not a text");
    assert_fails("m.hold{ code = 'A', reason = 'x' }",
                 "call it so: m:hold{ code = ..., reason = ... }");
}


static void
test_a_reason_is_made_fit_for_an_answer(void **state)
{
    (void) state;
    assert_rule("if m:text('CdtTrfTxInf/PmtId/EndToEndId') == 'E1' then "
                "m:warn{ code = 'W', reason = 'a\\0b\\nc\\255d\\239\\191\\191' "
                "} end", egret_test_plain_message,
                "U01 warn W " TX "[1]: a b c?d???");
}


static void
test_reports_before_a_failure_stand(void **state)
{
    (void) state;
    assert_rule("m:reject{ code = 'A', reason = 'a' } error('stop')",
                egret_test_plain_message,
                "U01 reject A " TX "[1]: a\n"
                "U02 hold - " TX "[1]: tpb.lua:1: stop");
}


static void
test_too_many_reports_are_a_failure(void **state)
{
    egret_test_ruling_t ruling;

    (void) state;
    egret_test_ruling_open(&ruling,
                           "return { receive = function(m)\nwhile true do "
                           "m:warn{ code = 'A', reason = 'a' } end end }");
    egret_test_ruling_run(&ruling, egret_test_plain_message);
    assert_true(ruling.findings.seen[EGRET_U02]);
    assert_int_equal(ruling.findings.count + ruling.findings.more, 101);
    egret_test_ruling_close(&ruling);
}


static egret_severity_t
tighten(void *context, egret_code_t code, egret_severity_t proposed)
{
    (void) context;
    (void) code;

    return proposed == EGRET_SEVERITY_WARN ? EGRET_SEVERITY_REJECT : proposed;
}


static void
test_the_caller_decides_on_severity(void **state)
{
    egret_test_ruling_t ruling;

    (void) state;
    egret_test_ruling_open(&ruling,
                           "return { receive = function(m) m:warn{ code = "
                           "'A', reason = 'a' } end }");
    ruling.message.severity = tighten;
    egret_test_ruling_run(&ruling, egret_test_plain_message);
    assert_int_equal(ruling.findings.worst, EGRET_SEVERITY_REJECT);
    egret_test_ruling_close(&ruling);
}


static void
test_a_direction_without_a_function_does_nothing(void **state)
{
    egret_test_ruling_t ruling;

    (void) state;
    egret_test_ruling_open(&ruling,
                           "return { send = function(m) error('x') end }");
    egret_test_ruling_run(&ruling, egret_test_plain_message);
    assert_string_equal(egret_test_ruling_text(&ruling), "");
    egret_assert_ok(egret_rules_run(ruling.sandbox, EGRET_RULES_SEND,
                                    &ruling.message, ruling.arena,
                                    &ruling.findings));
    assert_true(ruling.findings.seen[EGRET_U02]);
    egret_test_ruling_close(&ruling);
}


static void
test_a_message_without_a_transaction_runs_no_rule(void **state)
{
    (void) state;
    assert_rule("m:hold{ code = 'A', reason = 'a' }",
                "<Document xmlns=\"" EGRET_TEST_NAMESPACE "\">"
                "<FIToFICstmrCdtTrf/></Document>", "");
}


int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_example_holds_its_message),
        cmocka_unit_test(test_the_example_passes_a_plain_payment),
        cmocka_unit_test(test_a_rule_sees_who_and_what),
        cmocka_unit_test(test_a_path_through_the_transaction_means_this_one),
        cmocka_unit_test(test_other_paths_begin_at_the_message_or_its_header),
        cmocka_unit_test(test_a_text_is_trimmed_and_may_be_absent_or_empty),
        cmocka_unit_test(test_a_path_with_several_values_is_a_failure),
        cmocka_unit_test(test_a_misspelt_path_is_a_failure),
        cmocka_unit_test(test_what_is_no_path_is_a_failure),
        cmocka_unit_test(test_a_value_of_the_wrong_kind_is_a_failure),
        cmocka_unit_test(test_each_goes_through_all_values),
        cmocka_unit_test(test_the_block_is_its_own_tables),
        cmocka_unit_test(test_loops_and_length_work_on_views),
        cmocka_unit_test(test_without_a_block_lists_are_empty_and_scalars_nil),
        cmocka_unit_test(test_a_misspelt_key_is_a_failure),
        cmocka_unit_test(test_a_view_cannot_be_written_to),
        cmocka_unit_test(
            test_what_a_rule_writes_does_not_reach_the_next_message),
        cmocka_unit_test(test_a_transaction_sees_the_block_that_speaks_of_it),
        cmocka_unit_test(test_a_block_that_cannot_be_read_is_a_failure),
        cmocka_unit_test(test_decimals_are_exact),
        cmocka_unit_test(test_a_decimal_refuses_what_is_not_exact),
        cmocka_unit_test(test_each_way_to_report_has_its_severity),
        cmocka_unit_test(test_a_report_has_its_iso_code),
        cmocka_unit_test(
            test_a_report_at_an_absent_element_stands_where_it_would),
        cmocka_unit_test(test_an_incomplete_report_is_a_failure),
        cmocka_unit_test(test_a_reason_is_made_fit_for_an_answer),
        cmocka_unit_test(test_reports_before_a_failure_stand),
        cmocka_unit_test(test_too_many_reports_are_a_failure),
        cmocka_unit_test(test_the_caller_decides_on_severity),
        cmocka_unit_test(test_a_direction_without_a_function_does_nothing),
        cmocka_unit_test(test_a_message_without_a_transaction_runs_no_rule),
    };

    return egret_test_run(tests);
}
