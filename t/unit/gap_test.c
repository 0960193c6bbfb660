/* SPDX-License-Identifier: Apache-2.0 */
/* What a block's labels lack to be labels of other schemes. */
#include "answer/gap.h"

#include <string.h>

#include "gateway.h"
#include "helper.h"

#define SHIPPED                                                               \
    "egret_taxonomies conf/taxonomies/*.tsv;"                                 \
    "egret_crosswalks conf/crosswalks/*.sssom.tsv;"
#define PARTS                                                                 \
    "egret_taxonomies conf/taxonomies/CN-GFEPC-2025.tsv "                     \
    "conf/taxonomies/TPEX.tsv t/data/labels/OTHER-1.tsv;"                     \
    "egret_crosswalks t/data/labels/parts.sssom.tsv "                         \
    "t/data/labels/other.sssom.tsv;"
#define WIND "t/data/good/green-wind-loan.xml"
#define SOLAR "t/data/good/green-solar-loan.xml"
#define FACTORY "t/data/good/green-wind-factory.xml"
#define NUCLEAR "t/data/good/green-nuclear-loan.xml"

typedef struct {
    egret_test_gateway_t gateway;
    egret_span_t bytes;
    egret_span_t schemes;
    const char *in_taipei;
    const char *to; /* BIC; NULL: nobody */
} asking_t;

static egret_rc_t
ask(const asking_t *asking, egret_arena_t *arena, egret_answer_t *answer)
{
    egret_message_t message = { .bytes = asking->bytes,
                                .is_schema_only = true,
                                .takes_block = true };
    egret_gap_request_t request = { .config = asking->gateway.config,
                                    .to = egret_span_from(
                                        asking->to != NULL ? asking->to : ""),
                                    .schemes = asking->schemes };
    egret_verdict_t *verdict;
    egret_rc_t rc = egret_judge(asking->gateway.pipeline, &message, arena,
                                &verdict);

    if (rc != EGRET_OK) {
        return rc;
    }
    assert_int_equal(verdict->word, EGRET_ACCEPTED);
    request.verdict = verdict;
    request.today = (egret_date_t){ 2026, 11, 23 };
    request.receiver = egret_config_partner_by_bic(request.config,
                                                   request.to);

    return egret_gap_answer(&request, arena, answer);
}

/* The message bent once. */
static egret_answer_t
answer_of(asking_t *asking, const char *more, const char *file,
          const char *find, const char *replacement, const char *schemes)
{
    egret_answer_t answer;

    egret_test_gateway_open(&asking->gateway, more, "",
                            asking->in_taipei != NULL ? asking->in_taipei
                                                      : "");
    asking->bytes = egret_test_bend(
        &asking->gateway,
        egret_test_read_file(asking->gateway.arena, file), find, replacement);
    asking->schemes = egret_span_from(schemes);
    egret_assert_ok(ask(asking, asking->gateway.arena, &answer));

    return answer;
}

/* And that no object of the answer has a key twice. */
static void
assert_told(const char *more, const char *file, const char *find,
            const char *replacement, const char *schemes, const char *text)
{
    asking_t asking = { .to = NULL };
    egret_answer_t answer = answer_of(&asking, more, file, find, replacement,
                                      schemes);

    assert_int_equal(answer.status, 200);
    egret_test_assert_holds(answer.body, text);
    egret_test_assert_json(answer.body);
    egret_test_gateway_close(&asking.gateway);
}

static void
test_what_is_proven_is_told_by_dimension(void **state)
{
    (void) state;
    assert_told(SHIPPED, SOLAR, NULL, NULL, "EU-TAX/2023",
                "\"verdict\":\"translated\",\"becomes\":\"CCM-4.1\","
                "\"status\":\"ELIG\",\"highest\":{\"status\":\"ALGN\","
                "\"scope\":\"rows\",\"criteria\":\"rows\","
                "\"dnsh\":\"missing\",\"safeguards\":\"missing\"}");
    assert_told(SHIPPED, SOLAR, NULL, NULL, "EU-TAX",
                "{\"condition\":\"technology in (PVOL)\",\"facts\":[{\"path\":"
                "\"UoP/Prj[1]/Tchnlgy[1]\",\"value\":\"PVOL\"}]}");
    assert_told(PARTS, WIND, NULL, NULL, "OTHER/1",
                "\"criteria\":\"facts\"");
}

static void
test_one_assessment_that_serves_several_schemes_is_told_once(void **state)
{
    (void) state;
    assert_told(SHIPPED, FACTORY, NULL, NULL, "EU-TAX,ZA-GFT",
                "{\"kind\":\"dnsh\",\"project\":1,\"serves\":["
                "{\"scheme\":\"EU-TAX\",\"version\":\"2023\"},"
                "{\"scheme\":\"ZA-GFT\",\"version\":\"2022\"}]");
    assert_told(SHIPPED, SOLAR, NULL, NULL, "TPEX,IN-RBI",
                "{\"kind\":\"review\",\"project\":0,\"serves\":["
                "{\"scheme\":\"TPEX\",\"version\":\"2023\"},"
                "{\"scheme\":\"IN-RBI\",\"version\":\"2023\"}]");
}

static void
test_a_row_whose_condition_is_not_met_proves_nothing(void **state)
{
    static const char *const others[] = {
        "<grn:Tchnlgy>COAL</grn:Tchnlgy>", ""
    };

    (void) state;
    for (size_t i = 0; i < 2; i++) {
        assert_told(SHIPPED, SOLAR, "<grn:Tchnlgy>PVOL</grn:Tchnlgy>",
                    others[i], "EU-TAX/2023",
                    "\"scope\":\"missing\",\"criteria\":\"missing\"");
    }
}

static void
test_each_fact_that_could_still_prove_it_is_named(void **state)
{
    static const char *const terms[] = { "technology in (PVOL)",
                                         "technology in (CSPW)" };

    (void) state;
    for (size_t i = 0; i < 2; i++) {
        assert_told(SHIPPED, SOLAR, "<grn:Tchnlgy>PVOL</grn:Tchnlgy>", "",
                    "EU-TAX/2023", terms[i]);
    }
}

static void
test_a_row_that_is_superseded_says_so(void **state)
{
    (void) state;
    assert_told(PARTS, WIND, NULL, NULL, "TPEX/2023",
                "\"ownAssessment\":false,\"superseded\":true}");
}

static void
test_a_label_of_the_scheme_itself_is_not_always_one(void **state)
{
    (void) state;
    assert_told(SHIPPED, WIND, "<Sts>FINL</Sts>", "<Sts>WDRN</Sts>",
                "CN-GFEPC/2025",
                "\"scope\":\"missing\",\"criteria\":\"missing\"");
    assert_told(SHIPPED, WIND, "<Sts>ELIG</Sts>", "<Sts>TRNS</Sts>",
                "CN-GFEPC/2025",
                "\"kind\":\"block\",\"project\":0,\"subject\":"
                "\"status ELIG or ALGN\"");
    assert_told(SHIPPED, WIND, "<Sts>ELIG</Sts>", "<Sts>NALG</Sts>", "TPEX",
                "\"subject\":\"status ELIG or ALGN\"");
    assert_told(SHIPPED, WIND, "<Cd>4.2.1</Cd>", "<Cd>9.9.9</Cd>",
                "CN-GFEPC/2025", "\"scope\":\"missing\"");
    assert_told(SHIPPED, WIND, NULL, NULL, "CN-GFEPC/2025",
                "\"scope\":\"label\",\"criteria\":\"label\"");
}

static void
test_a_review_that_counts_for_nothing_is_none(void **state)
{
    static const char *const bends[][2] = {
        { "<Opn>ALGN</Opn>", "<Opn>ADVR</Opn>" },
        { "<Dt>2026-03-10</Dt>", "<Dt>2027-03-10</Dt>" },
        { "<VldTo>2027-03-09</VldTo>", "<VldTo>2026-03-19</VldTo>" },
        { "<Scp Tp=\"ALTI\">F2026-017<", "<Scp Tp=\"ALTI\">F2026-018<" },
    };

    (void) state;
    for (size_t i = 0; i < 4; i++) {
        assert_told(SHIPPED, WIND, bends[i][0], bends[i][1], "TPEX",
                    "{\"kind\":\"review\",\"project\":0,");
    }
    assert_told(SHIPPED, WIND, NULL, NULL, "TPEX", "\"needs\":[]");
}

static void
test_a_fact_that_is_not_stated_is_named(void **state)
{
    (void) state;
    assert_told(SHIPPED, SOLAR, "<grn:Tchnlgy>PVOL</grn:Tchnlgy>", "", "EU-TAX",
                "{\"kind\":\"fact\",\"project\":1,\"subject\":\"technology\","
                "\"serves\":[{\"scheme\":\"EU-TAX\",\"version\":\"2023\"}],"
                "\"uses\":[{\"label\":1,\"to\":{\"scheme\":\"EU-TAX\","
                "\"version\":\"2023\"},\"code\":\"CCM-4.1\",\"term\":"
                "\"technology in (PVOL)\",\"for\":\"label\"}");
    assert_told(SHIPPED, SOLAR, ">PVOL<", ">COAL<", "EU-TAX",
                "{\"kind\":\"condition\",\"project\":1,"
                "\"subject\":\"technology\"");
}

static void
test_a_value_to_measure_is_named_with_threshold_and_unit(void **state)
{
    (void) state;
    assert_told(PARTS, WIND,
                "<Crtrn><Mtrc>LCGE</Mtrc><Val>12.4</Val><Unit>GKWH</Unit>"
                "<Ev>1</Ev></Crtrn>", "", "OTHER/1",
                "{\"kind\":\"criterion\",\"project\":1,\"subject\":\"LCGE\","
                "\"serves\":[{\"scheme\":\"OTHER\",\"version\":\"1\"}],"
                "\"uses\":[{\"label\":1,\"to\":{\"scheme\":\"OTHER\","
                "\"version\":\"1\"},\"code\":\"A\",\"term\":"
                "\"criterion LCGE <= 100 gCO2e/kWh\",\"for\":\"label\"}");
}

static void
test_one_measurement_that_serves_several_schemes_is_told_once(void **state)
{
    asking_t asking = { .to = NULL };
    egret_answer_t answer = answer_of(&asking, SHIPPED, WIND, "<Cd>4.2.1</Cd>",
                                      "<Cd>4.2.4</Cd>", "EU-TAX,ZA-GFT");

    (void) state;
    asking.bytes = egret_test_bend(&asking.gateway, asking.bytes,
                                   "<Mtrc>LCGE</Mtrc>", "<Mtrc>LCGF</Mtrc>");
    egret_assert_ok(ask(&asking, asking.gateway.arena, &answer));
    egret_test_assert_holds(
        answer.body,
        "{\"kind\":\"criterion\",\"project\":1,\"subject\":\"PWDN\","
        "\"serves\":[{\"scheme\":\"EU-TAX\",\"version\":\"2023\"},"
        "{\"scheme\":\"ZA-GFT\",\"version\":\"2022\"}],\"uses\":[{\"label\":1,"
        "\"to\":{\"scheme\":\"EU-TAX\",\"version\":\"2023\"},"
        "\"code\":\"CCM-4.5\",\"term\":\"criterion PWDN > 5 W/m2\","
        "\"for\":\"label\"},{\"label\":1,\"to\":{\"scheme\":\"ZA-GFT\","
        "\"version\":\"2022\"},\"code\":\"7.3.2\",\"term\":"
        "\"criterion PWDN > 5 W/m2\",\"for\":\"label\"}]}");
    egret_test_gateway_close(&asking.gateway);
}

static void
test_gas_is_no_greener_here_than_in_a_message(void **state)
{
    (void) state;
    assert_told(SHIPPED, WIND, "<EnrgySrc>WIND", "<EnrgySrc>NGAS", "TPEX",
                "\"verdict\":\"needs assessment\",\"highest\":{\"status\":"
                "\"ELIG\",\"scope\":\"missing\"");
    assert_told(SHIPPED, WIND, "<EnrgySrc>WIND", "<EnrgySrc>NGAS", "TPEX",
                "{\"kind\":\"row\",\"project\":1");
}

static void
test_no_counterpart_lacks_nothing_that_could_be_brought(void **state)
{
    (void) state;
    assert_told(SHIPPED, NUCLEAR, NULL, NULL, "TPEX",
                "\"verdict\":\"no counterpart\"");
    assert_told(SHIPPED, NUCLEAR, NULL, NULL, "TPEX", "\"needs\":[]");
}

static void
test_what_is_wrong_with_the_block_serves_every_scheme(void **state)
{
    (void) state;
    assert_told(SHIPPED, WIND, "<Sts>FINL</Sts>", "<Sts>DRFT</Sts>",
                "EU-TAX,TPEX",
                "{\"kind\":\"block\",\"project\":0,"
                "\"subject\":\"final block\",\"serves\":["
                "{\"scheme\":\"EU-TAX\",\"version\":\"2023\"},"
                "{\"scheme\":\"TPEX\",\"version\":\"2023\"}]");
    assert_told(SHIPPED, WIND, "2026-03-20</DcsvDt>", "2027-06-01</DcsvDt>",
                "EU-TAX,TPEX",
                "{\"kind\":\"block\",\"project\":0,"
                "\"subject\":\"final block\",\"serves\":["
                "{\"scheme\":\"EU-TAX\",\"version\":\"2023\"},"
                "{\"scheme\":\"TPEX\",\"version\":\"2023\"}]");
}

static void
test_a_block_on_its_own_is_asked_like_one_in_a_message(void **state)
{
    asking_t asking = { .to = NULL };
    egret_answer_t answer;
    egret_span_t text;
    size_t from = 0, to;

    (void) state;
    egret_test_gateway_open(&asking.gateway, SHIPPED, "", "");
    text = egret_test_read_file(asking.gateway.arena, WIND);
    while (!egret_span_starts_with(egret_span_slice(text, from, text.length),
                                   EGRET_SPAN("<GrnFin")))
    {
        from++;
    }
    to = from;
    while (!egret_span_starts_with(egret_span_slice(text, to, text.length),
                                   EGRET_SPAN("</GrnFin>")))
    {
        to++;
    }
    asking.bytes = egret_span_slice(text, from, to + sizeof("</GrnFin>") - 1);
    asking.schemes = EGRET_SPAN("TPEX");
    egret_assert_ok(ask(&asking, asking.gateway.arena, &answer));
    assert_int_equal(answer.status, 200);
    egret_test_assert_holds(answer.body, "\"xpath\":\"/GrnFin\"");
    egret_test_assert_holds(answer.body, "\"becomes\":\"TPEX-1\"");
    egret_test_gateway_close(&asking.gateway);
}

static void
test_a_block_on_its_own_is_no_message_elsewhere(void **state)
{
    egret_test_gateway_t gateway;
    const egret_verdict_t *verdict;

    (void) state;
    egret_test_gateway_open(&gateway, "", "", "");
    verdict = egret_test_judge(
        &gateway,
        EGRET_SPAN("<GrnFin xmlns=\"urn:x-egret:grn:1\" Vrsn=\"1.0\"/>"),
        "xiamen-bank");
    assert_int_equal(verdict->word, EGRET_REJECTED);
    egret_test_gateway_close(&gateway);
}

/* Taipei's own rows, asked as its BIC says. */
static egret_answer_t
answer_for(asking_t *asking, const char *to)
{
    *asking = (asking_t){
        .in_taipei = "crosswalk t/data/labels/parts.sssom.tsv;", .to = to
    };

    return answer_of(asking,
                     "egret_taxonomies conf/taxonomies/CN-GFEPC-2025.tsv "
                     "t/data/labels/OTHER-1.tsv;",
                     WIND, NULL, NULL, "OTHER/1");
}

static void
test_rows_of_the_counterpart_count_where_it_is_named(void **state)
{
    asking_t asking;
    egret_answer_t answer = answer_for(&asking, "TPBKTWT0");

    (void) state;
    egret_test_assert_holds(answer.body, "{\"counterpart\":\"TPBKTWT0\",");
    egret_test_assert_holds(answer.body, "\"becomes\":\"A\"");
    egret_test_assert_holds(answer.body,
                            "\"row\":\"part-1\",\"operators\":true,");
    egret_test_gateway_close(&asking.gateway);
}

static void
test_without_a_counterpart_its_rows_do_not_count_and_that_is_said(void **state)
{
    asking_t asking;
    egret_answer_t answer = answer_for(&asking, NULL);

    (void) state;
    egret_test_assert_holds(answer.body, "{\"counterpart\":null,");
    egret_test_assert_holds(answer.body, "\"missing\":[\"row\"]");
    egret_test_gateway_close(&asking.gateway);
}

static void
test_rows_that_the_operator_refuses_prove_nothing(void **state)
{
    (void) state;
    assert_told(SHIPPED "egret_refuse_rows own-assessment;", WIND, NULL, NULL,
                "TPEX", "\"missing\":[\"row\"]");
}

static void
test_the_share_that_a_scheme_asks_for_is_told(void **state)
{
    (void) state;
    assert_told(SHIPPED, WIND, NULL, NULL, "TPEX,EU-TAX",
                "\"greenShare\":\"100\",\"minimumShares\":[{\"to\":"
                "{\"scheme\":\"TPEX\",\"version\":\"2023\"},"
                "\"share\":\"100\",\"isReached\":true}]");
    assert_told(SHIPPED, WIND, NULL, NULL, "TPEX", "\"needs\":[]");
}

static void
test_a_share_that_is_not_reached_is_missing(void **state)
{
    (void) state;
    assert_told(SHIPPED, WIND, "<Shr>100</Shr>", "<Shr>99.98</Shr>", "TPEX",
                "\"isReached\":false");
    assert_told(SHIPPED, WIND, "<Shr>100</Shr>", "<Shr>99.98</Shr>", "TPEX",
                "{\"kind\":\"share\",\"project\":0,\"serves\":["
                "{\"scheme\":\"TPEX\",\"version\":\"2023\"}],\"uses\":["
                "{\"label\":1,\"to\":{\"scheme\":\"TPEX\","
                "\"version\":\"2023\"},\"code\":\"TPEX-1\","
                "\"term\":\"at least 100 percent\",\"for\":\"label\"}]}");
    assert_told(SHIPPED, WIND, "<Shr>100</Shr>", "<Shr>99.99</Shr>", "TPEX",
                "\"isReached\":true");
}

static void
test_a_disclosure_that_is_owed_is_told_with_its_day(void **state)
{
    static const char due[] = "<NxtDueDt>2027-04-30</NxtDueDt>";
    static const char duty[] = "<EntCls>GFRC</EntCls>";

    (void) state;
    assert_told(SHIPPED, WIND, NULL, NULL, "TPEX",
                "\"disclosures\":[{\"type\":\"ENVD\","
                "\"owedSince\":\"2026-01-01\",\"date\":\"2027-04-30\","
                "\"ifOverdue\":\"warn\",\"is\":\"due\"}]");
    assert_told(SHIPPED, WIND, due, "<NxtDueDt>2026-11-22</NxtDueDt>", "TPEX",
                "\"date\":\"2026-11-22\",\"ifOverdue\":\"warn\","
                "\"is\":\"overdue\"");
    assert_told(SHIPPED, WIND, due, "<NxtDueDt>2026-11-23</NxtDueDt>", "TPEX",
                "\"is\":\"due\"");
    assert_told(SHIPPED, WIND, due, "<NxtDueDt>2026-11-22</NxtDueDt></Dscl>"
                "<Dscl><Tp>ENVD</Tp><NxtDueDt>2027-11-22</NxtDueDt>", "TPEX",
                "\"date\":\"2026-11-22\",\"ifOverdue\":\"warn\","
                "\"is\":\"overdue\"");
    assert_told(SHIPPED, WIND, due, "<NxtDueDt>2027-04-30</NxtDueDt></Dscl>"
                "<Dscl><Tp>ENVD</Tp><PubDt>2027-01-15</PubDt>", "TPEX",
                "\"date\":\"2027-04-30\",\"ifOverdue\":\"warn\","
                "\"is\":\"due\"");
    assert_told(SHIPPED, WIND, due, "", "TPEX",
                "\"date\":\"2026-04-28\",\"ifOverdue\":\"warn\","
                "\"is\":\"disclosed\"");
    assert_told(SHIPPED, WIND, duty, "<EntCls>BNDI</EntCls>", "TPEX",
                "{\"type\":\"ALOC\",\"owedSince\":\"2022-07-29\","
                "\"ifOverdue\":\"warn\",\"is\":\"not stated\"}");
    assert_told(SHIPPED, WIND, duty, "", "TPEX", "\"disclosures\":[]");
}

static void
test_a_counterpart_that_is_no_partner_is_refused(void **state)
{
    static const char *const names[] = { "NOBODYXX", "TPBKTWT0XX", "x" };

    (void) state;
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        asking_t asking;
        egret_answer_t answer = answer_for(&asking, names[i]);

        assert_int_equal(answer.status, 400);
        egret_test_assert_holds(answer.body, "is the BIC of no partner");
        egret_test_gateway_close(&asking.gateway);
    }
}

static void
test_schemes_that_cannot_be_asked_are_refused(void **state)
{
    static const struct {
        const char *schemes;
        const char *fault;
    } cases[] = {
        { "", "\\\"\\\" is not SCHEME or SCHEME/VERSION" },
        { "TPEX,", "\\\"\\\" is not SCHEME or SCHEME/VERSION" },
        { "TPEX,NONE", "\\\"NONE\\\" is in no taxonomy that is loaded" },
        { "TPEX/1999", "\\\"TPEX/1999\\\" is in no taxonomy that is loaded" },
        { "CN-GBEPC",
          "\\\"CN-GBEPC\\\" has no version in force on the block's date" },
        { "TPEX,EU-TAX,ZA-GFT,TPEX,TPEX,TPEX,TPEX,TPEX,TPEX",
          "\\\"TPEX\\\" is one scheme too many" },
    };

    (void) state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        asking_t asking = { .to = NULL };
        egret_answer_t answer = answer_of(&asking, SHIPPED, WIND, NULL, NULL,
                                          cases[i].schemes);

        assert_int_equal(answer.status, 400);
        egret_test_assert_holds(answer.body, cases[i].fault);
        egret_test_gateway_close(&asking.gateway);
    }
}

static egret_rc_t
ask_once(const egret_allocator_t *allocator, void *context)
{
    egret_arena_t *arena = egret_arena_create(allocator, 0);
    egret_answer_t answer;
    egret_rc_t rc = arena == NULL ? EGRET_ENOMEM
                                  : ask(context, arena, &answer);

    egret_arena_destroy(arena);

    return rc;
}

static void
test_refused_memory_is_told(void **state)
{
    asking_t asking = { .to = NULL };

    (void) state;
    (void) answer_of(&asking, SHIPPED, FACTORY, NULL, NULL, "EU-TAX,ZA-GFT");
    assert_true(egret_test_torture(ask_once, &asking) > 0);
    egret_test_gateway_close(&asking.gateway);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_is_proven_is_told_by_dimension),
        cmocka_unit_test(test_a_row_that_is_superseded_says_so),
        cmocka_unit_test(test_each_fact_that_could_still_prove_it_is_named),
        cmocka_unit_test(test_a_review_that_counts_for_nothing_is_none),
        cmocka_unit_test(test_a_row_whose_condition_is_not_met_proves_nothing),
        cmocka_unit_test(test_a_label_of_the_scheme_itself_is_not_always_one),
        cmocka_unit_test(
            test_one_assessment_that_serves_several_schemes_is_told_once),
        cmocka_unit_test(test_a_fact_that_is_not_stated_is_named),
        cmocka_unit_test(
            test_a_value_to_measure_is_named_with_threshold_and_unit),
        cmocka_unit_test(
            test_one_measurement_that_serves_several_schemes_is_told_once),
        cmocka_unit_test(test_gas_is_no_greener_here_than_in_a_message),
        cmocka_unit_test(
            test_no_counterpart_lacks_nothing_that_could_be_brought),
        cmocka_unit_test(
            test_what_is_wrong_with_the_block_serves_every_scheme),
        cmocka_unit_test(
            test_a_block_on_its_own_is_asked_like_one_in_a_message),
        cmocka_unit_test(test_a_block_on_its_own_is_no_message_elsewhere),
        cmocka_unit_test(
            test_rows_of_the_counterpart_count_where_it_is_named),
        cmocka_unit_test(
            test_without_a_counterpart_its_rows_do_not_count_and_that_is_said),
        cmocka_unit_test(test_rows_that_the_operator_refuses_prove_nothing),
        cmocka_unit_test(test_the_share_that_a_scheme_asks_for_is_told),
        cmocka_unit_test(test_a_share_that_is_not_reached_is_missing),
        cmocka_unit_test(test_a_disclosure_that_is_owed_is_told_with_its_day),
        cmocka_unit_test(test_a_counterpart_that_is_no_partner_is_refused),
        cmocka_unit_test(test_schemes_that_cannot_be_asked_are_refused),
        cmocka_unit_test(test_refused_memory_is_told),
    };

    return egret_test_run(tests);
}
