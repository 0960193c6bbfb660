/* SPDX-License-Identifier: Apache-2.0 */
/* What a block states of a project meets the conditions of rows, and GrnXltn
 * tells it. */
#include <stdio.h>

#include "gateway.h"
#include "helper.h"
#include "util/buffer.h"

#define SCHEMES                                                               \
    "egret_taxonomies conf/taxonomies/CN-GFEPC-2025.tsv "                     \
    "conf/taxonomies/TPEX.tsv t/data/labels/OTHER-1.tsv;"                     \
    "egret_crosswalks t/data/labels/parts.sssom.tsv "                         \
    "t/data/labels/other.sssom.tsv;"
#define EITHER                                                                \
    "egret_taxonomies conf/taxonomies/CN-GFEPC-2025.tsv "                     \
    "t/data/labels/OTHER-1.tsv;"                                              \
    "egret_crosswalks t/data/labels/either.sssom.tsv;"
#define WIND "t/data/good/green-wind-loan.xml"
#define TECHNOLOGY "<Tchnlgy>OFWD</Tchnlgy>"
#define CRITERION                                                             \
    "<Crtrn><Mtrc>LCGE</Mtrc><Val>12.4</Val><Unit>GKWH</Unit><Ev>1</Ev>"      \
    "</Crtrn>"

/* What Taipei gets holds all texts: the wind loan, bent once, by these schemes
 * and rows, for the target named and further directives of its partner. */
static void
assert_tells(const char *schemes, const char *target, const char *find,
             const char *replacement, const char *const *texts, size_t count)
{
    egret_test_gateway_t gateway;
    const egret_verdict_t *verdict;
    char in_taipei[192];

    (void) snprintf(in_taipei, sizeof(in_taipei), "taxonomy %s;", target);
    egret_test_gateway_open(&gateway, schemes, "", in_taipei);
    verdict = egret_test_judge(
        &gateway,
        egret_test_bend(&gateway, egret_test_read_file(gateway.arena, WIND),
                        find, replacement),
        "xiamen-bank");
    assert_true(verdict->word <= EGRET_WARNED);
    egret_test_assert_valid(&gateway, verdict->output);
    for (size_t i = 0; i < count; i++) {
        egret_test_assert_holds(verdict->output, texts[i]);
    }
    egret_test_gateway_close(&gateway);
}

#define ASSERT_TELLS(...) ASSERT_TELLS_OF(SCHEMES, __VA_ARGS__)
#define ASSERT_TELLS_OF(schemes, target, find, replacement, ...)              \
    assert_tells(schemes, target, find, replacement,                          \
                 (const char *const[]){ __VA_ARGS__ },                        \
                 sizeof((const char *const[]){ __VA_ARGS__ })                 \
                     / sizeof(const char *))

static void
test_the_facts_that_met_a_condition_are_told(void **state)
{
    (void) state;
    ASSERT_TELLS(
        "OTHER/1", NULL, NULL,
        "<Rslt>TRLD</Rslt><Cd>A</Cd><Shr>100</Shr>",
        "<Row>part-1</Row><Rel>NRRW</Rel>",
        "<Cndtn><Nm>technology in (OFWD, ONWD) and industry GBT4754 = 4415"
        "</Nm>",
        "<Fct><Pth>UoP/Prj[1]/Tchnlgy[1]</Pth><Val>OFWD</Val></Fct>",
        "<Fct><Pth>UoP/Prj[1]/Indstry[1]</Pth><Val>4415</Val></Fct></Cndtn>",
        "<Cndtn><Nm>criterion LCGE &lt;= 100 gCO2e/kWh</Nm>",
        "<Fct><Pth>UoP/Prj[1]/Crtrn[1]/Val</Pth><Val>12.4</Val></Fct>");
}

static void
test_a_missing_fact_is_named(void **state)
{
    (void) state;
    ASSERT_TELLS("OTHER/1", TECHNOLOGY, "", "<Rslt>NASS</Rslt>",
                 "<Mssng>fact</Mssng>"
                 "<Mssng>technology in (OFWD, ONWD)</Mssng></Xltn>");
    ASSERT_TELLS("OTHER/1", CRITERION, "", "<Rslt>NASS</Rslt>",
                 "<Mssng>criteria</Mssng>"
                 "<Mssng>criterion LCGE &lt;= 100 gCO2e/kWh</Mssng></Xltn>");
}

static void
test_facts_that_do_not_meet_a_condition_translate_nothing(void **state)
{
    (void) state;
    ASSERT_TELLS("OTHER/1", TECHNOLOGY, TECHNOLOGY "<Tchnlgy>COAL</Tchnlgy>",
                 "<Rslt>NASS</Rslt>",
                 "<Mssng>condition</Mssng>"
                 "<Mssng>technology in (OFWD, ONWD)</Mssng></Xltn>");
    ASSERT_TELLS("OTHER/1", "<Val>12.4</Val>", "<Val>100.01</Val>",
                 "<Rslt>NASS</Rslt>", "<Mssng>criteria</Mssng>");
}

/* The first row asks for the sun, and the project states wind: it is told last,
 * and nothing of it as missing. */
static void
test_all_that_could_still_be_proven_is_named_once(void **state)
{
    (void) state;
    ASSERT_TELLS_OF(
        EITHER, "OTHER/1", NULL, NULL, "<Rslt>NASS</Rslt>",
        "<Row>either-2</Row><Rel>NRRW</Rel>",
        "<Mssng>criteria</Mssng><Mssng>criterion PWDN &gt; 5 W/m2</Mssng>"
        "<Mssng>fact</Mssng><Mssng>industry NACE = 35.11</Mssng>"
        "<Mssng>industry CNAE = 3511</Mssng>"
        "<Mssng>industry OKVED2 = 35.11.1</Mssng></Xltn>");
}

static void
test_of_rows_that_facts_speak_against_the_first_is_named(void **state)
{
    (void) state;
    ASSERT_TELLS_OF(
        EITHER, "OTHER/1", "<Indstry Schm=\"GBT4754\">4415</Indstry>",
        "<Indstry Schm=\"NACE\">35.12</Indstry>"
        "<Indstry Schm=\"CNAE\">3512</Indstry>",
        "<Rslt>NASS</Rslt>",
        "<Mssng>condition</Mssng><Mssng>technology in (PVOL)</Mssng></Xltn>");
}

/* A list that is cut would say that nothing else is there. */
static void
test_of_too_many_facts_none_is_read(void **state)
{
    egret_buffer_t text;
    egret_arena_t *arena = egret_arena_create(egret_allocator_default(), 0);

    (void) state;
    egret_buffer_init(&text, arena, 1 << 16);
    for (int i = 0; i < 251; i++) {
        egret_buffer_add_text(&text, TECHNOLOGY);
    }
    egret_buffer_add_byte(&text, '\0');
    egret_assert_ok(egret_buffer_rc(&text));
    ASSERT_TELLS("OTHER/1", TECHNOLOGY, egret_buffer_span(&text).at,
                 "<Rslt>TRLD</Rslt>");
    egret_buffer_init(&text, arena, 1 << 16);
    for (int i = 0; i < 252; i++) {
        egret_buffer_add_text(&text, TECHNOLOGY);
    }
    egret_buffer_add_byte(&text, '\0');
    ASSERT_TELLS("OTHER/1", TECHNOLOGY, egret_buffer_span(&text).at,
                 "<Rslt>NASS</Rslt>", "<Mssng>fact</Mssng>");
    egret_arena_destroy(arena);
}

static void
test_a_chain_tells_both_rows_and_its_conditions(void **state)
{
    (void) state;
    ASSERT_TELLS("TPEX/2023", NULL, NULL,
                 "<Rslt>TRLD</Rslt><Cd>TPEX-1</Cd><Shr>100</Shr>",
                 "<Tbl>urn:x-egret:test:parts</Tbl><Row>part-1</Row>"
                 "<Rel>NRRW</Rel>",
                 "<Tbl>urn:x-egret:test:other</Tbl>",
                 "<Rel>BROD</Rel><Sts>SPSD</Sts>",
                 "<Cndtn><Nm>technology in (OFWD, ONWD)");
    ASSERT_TELLS("TPEX/2023", TECHNOLOGY, "", "<Rslt>NASS</Rslt>",
                 "<Mssng>fact</Mssng>"
                 "<Mssng>technology in (OFWD, ONWD)</Mssng></Xltn>");
}

static void
test_rows_of_a_partner_are_named_as_the_operators_own(void **state)
{
    static const char own[] = "taxonomy OTHER/1; "
                              "crosswalk t/data/labels/parts.sssom.tsv;";
    egret_test_gateway_t gateway;
    const egret_verdict_t *verdict;

    (void) state;
    egret_test_gateway_open(&gateway,
                            "egret_taxonomies "
                            "conf/taxonomies/CN-GFEPC-2025.tsv "
                            "t/data/labels/OTHER-1.tsv;",
                            "", own);
    verdict = egret_test_judge(
        &gateway, egret_test_read_file(gateway.arena, WIND), "xiamen-bank");
    egret_test_assert_valid(&gateway, verdict->output);
    egret_test_assert_holds(verdict->output, "<Rslt>TRLD</Rslt><Cd>A</Cd>");
    egret_test_assert_holds(verdict->output,
                            "<Row>part-1</Row><Rel>NRRW</Rel><Sts>OPER</Sts>");
    assert_int_equal(gateway.config->taxonomies->crosswalk_count, 0);
    egret_test_gateway_close(&gateway);
}

static void
test_a_partner_withdraws_a_row_for_itself_alone(void **state)
{
    (void) state;
    ASSERT_TELLS("TPEX/2023; crosswalk t/data/labels/withdrawn.sssom.tsv",
                 NULL, NULL, "<Rslt>NASS</Rslt>", "<Mssng>row</Mssng>");
}

/* An aligned label whose row leaves safeguards to the message. */
static void
assert_safeguards(const char *reference, const char *find,
                  const char *replacement, const char *status)
{
    egret_test_gateway_t gateway;
    const egret_verdict_t *verdict;
    egret_span_t message;
    char more[320], text[64];

    (void) snprintf(more, sizeof(more),
                    "%segret_taxonomies t/data/labels/NEAR-1.tsv "
                    "t/data/labels/FAR-1.tsv;"
                    "egret_crosswalks t/data/labels/near-far.sssom.tsv;",
                    reference);
    egret_test_gateway_open(&gateway, more, "severity E01 info;",
                            "taxonomy FAR/1; severity E01 info; "
                            "severity E03 info;");
    message = egret_test_bend(
        &gateway, egret_test_read_file(gateway.arena, WIND),
        "<Schm>CN-GFEPC</Schm><Vrsn>2025</Vrsn><Cd>4.2.1</Cd>",
        "<Schm>NEAR</Schm><Vrsn>1</Vrsn><Cd>N</Cd>");
    message = egret_test_bend(&gateway, message, "<Sts>ELIG</Sts>",
                              "<Sts>ALGN</Sts>");
    message = egret_test_bend(&gateway, message, find, replacement);
    verdict = egret_test_judge(&gateway, message, "xiamen-bank");
    egret_test_assert_valid(&gateway, verdict->output);
    (void) snprintf(text, sizeof(text),
                    "<Cd>F</Cd><Shr>100</Shr><Sts>%s</Sts>", status);
    egret_test_assert_holds(verdict->output, text);
    egret_test_gateway_close(&gateway);
}

static void
test_safeguards_are_shown_under_a_recognised_review(void **state)
{
    static const char listed[] = "egret_reference t/data/reference;";

    (void) state;
    assert_safeguards(listed, NULL, NULL, "ALGN");
    assert_safeguards(listed, "<MinSfg>", "<MinSfg><PrjRef>1</PrjRef>", "ALGN");
    assert_safeguards("", NULL, NULL, "ELIG");
    assert_safeguards(listed, "<ILO>true</ILO>", "<ILO>false</ILO>", "ELIG");
    assert_safeguards(listed, "<MinSfg>",
                      "<MinSfg><PrjRef>1</PrjRef><OECD>true</OECD>"
                      "<UNGP>false</UNGP><ILO>true</ILO></MinSfg><MinSfg>",
                      "ELIG");
    assert_safeguards(listed, "<Opn>ALGN</Opn>", "<Opn>PALG</Opn>", "ELIG");
    assert_safeguards(listed, "Co., Ltd.</Nm>\n              </Prvdr>",
                      "Co., Ltd.</Nm><RegNo>91350200MA31WXND0K</RegNo>"
                      "</Prvdr>", "ELIG");
    assert_safeguards(listed, "<Std>ISO14030</Std>", "<Std>CBS-4</Std>",
                      "ELIG");
    assert_safeguards(listed, "<VldFr>2026-03-10</VldFr>",
                      "<VldFr>2026-03-21</VldFr>", "ELIG");
    assert_safeguards(listed, "<Dt>2026-03-10</Dt>", "<Dt>2026-03-21</Dt>",
                      "ELIG");
}

/* Which need not be the one that makes it eligible. */
static void
test_what_is_missing_for_aligned_is_told_of_the_nearest_row(void **state)
{
    egret_test_gateway_t gateway;
    const egret_verdict_t *verdict;
    egret_span_t message;

    (void) state;
    egret_test_gateway_open(
        &gateway,
        "egret_taxonomies t/data/labels/NEAR-1.tsv t/data/labels/FAR-1.tsv;"
        "egret_crosswalks t/data/labels/aligned.sssom.tsv;",
        "severity E01 info;",
        "taxonomy FAR/1; severity E01 info; severity E03 info;");
    message = egret_test_bend(
        &gateway, egret_test_read_file(gateway.arena, WIND),
        "<Schm>CN-GFEPC</Schm><Vrsn>2025</Vrsn><Cd>4.2.1</Cd>",
        "<Schm>NEAR</Schm><Vrsn>1</Vrsn><Cd>N</Cd>");
    message = egret_test_bend(&gateway, message, "<Sts>ELIG</Sts>",
                              "<Sts>ALGN</Sts>");
    verdict = egret_test_judge(&gateway, message, "xiamen-bank");
    egret_test_assert_valid(&gateway, verdict->output);
    egret_test_assert_holds(verdict->output, "<Sts>ELIG</Sts><OnDt>");
    egret_test_assert_holds(verdict->output, "<Row>used</Row>");
    egret_test_assert_holds(verdict->output,
                            "<Mssng>criteria</Mssng>"
                            "<Mssng>criterion PWDN &gt; 5 W/m2</Mssng>"
                            "</Xltn>");
    egret_test_gateway_close(&gateway);
}

/* The fourth row lacks a fact alone: its threshold, which is not met, is not
 * asked for. */
static void
test_a_threshold_is_missing_only_where_criteria_are(void **state)
{
    (void) state;
    ASSERT_TELLS_OF(
        EITHER, "OTHER/1", NULL, NULL, "<Row>either-4</Row>",
        "<Mssng>criteria</Mssng><Mssng>criterion PWDN &gt; 5 W/m2</Mssng>"
        "<Mssng>fact</Mssng>");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_facts_that_met_a_condition_are_told),
        cmocka_unit_test(test_a_missing_fact_is_named),
        cmocka_unit_test(
            test_facts_that_do_not_meet_a_condition_translate_nothing),
        cmocka_unit_test(test_all_that_could_still_be_proven_is_named_once),
        cmocka_unit_test(
            test_of_rows_that_facts_speak_against_the_first_is_named),
        cmocka_unit_test(
            test_what_is_missing_for_aligned_is_told_of_the_nearest_row),
        cmocka_unit_test(test_a_threshold_is_missing_only_where_criteria_are),
        cmocka_unit_test(test_of_too_many_facts_none_is_read),
        cmocka_unit_test(test_a_chain_tells_both_rows_and_its_conditions),
        cmocka_unit_test(test_rows_of_a_partner_are_named_as_the_operators_own),
        cmocka_unit_test(test_safeguards_are_shown_under_a_recognised_review),
        cmocka_unit_test(test_a_partner_withdraws_a_row_for_itself_alone),
    };

    return egret_test_run(tests);
}
