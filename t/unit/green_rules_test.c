/* SPDX-License-Identifier: Apache-2.0 */
/* Rules of reviews, impact, credits and of what a label stands on: the good
 * green message bent in one place gives that one finding. */
#include <stdio.h>

#include "green_bend.h"
#include "helper.h"

static void
test_a_good_block_has_no_finding(void **state)
{
    static const egret_test_bend_t bends[] = {
        { NULL,
          NULL,
          NULL, NULL, NULL },
    };

    (void) state;
    EGRET_TEST_BENDS("", bends);
}

#define TRANSITION                                                            \
    "<Lbl><Schm>CN-TFC</Schm><Vrsn>1</Vrsn><Cd>1</Cd><Shr>20</Shr>"           \
    "<Sts>TRNS</Sts><Src>DECL</Src></Lbl><UoP>"

static void
test_money_is_not_green_and_transition_at_once(void **state)
{
    static const egret_test_bend_t both = {
        "<LblRef>1</LblRef>", "<LblRef>1</LblRef><LblRef>2</LblRef>", "L06",
        "reject", "/UoP/Prj[1]/LblRef[2]"
    };
    static const egret_test_bend_t one = { NULL, NULL, NULL, NULL, NULL };
    static const egret_test_bend_t other = {
        "<LblRef>1</LblRef>", "<LblRef>2</LblRef>", NULL, NULL, NULL
    };

    (void) state;
    egret_test_run_bend_on("", "<UoP>", TRANSITION, &both);
    egret_test_run_bend_on("", "<UoP>", TRANSITION, &one);
    egret_test_run_bend_on("", "<UoP>", TRANSITION, &other);
}

/* The good block without projects, with a second label of that share. */
static void
assert_whole(const char *share, const char *status, const char *code)
{
    egret_test_gateway_t gateway;
    egret_span_t bytes;
    const egret_verdict_t *verdict;
    char label[256];

    (void) snprintf(label, sizeof(label),
                    "<Lbl><Schm>CN-TFC</Schm><Vrsn>1</Vrsn><Cd>1</Cd><Shr>%s"
                    "</Shr><Sts>%s</Sts><Src>DECL</Src></Lbl><!--",
                    share, status);
    egret_test_gateway_open(&gateway, "", "", "");
    bytes = egret_test_read_file(gateway.arena, EGRET_TEST_WIND);
    bytes = egret_test_bend(&gateway, bytes, "<UoP>", label);
    bytes = egret_test_bend(&gateway, bytes, "<CrbnAcct>", "--><CrbnAcct>");
    bytes = egret_test_bend(&gateway, bytes, ">REVD<", ">DECL<");
    verdict = egret_test_judge(&gateway, bytes, "xiamen-bank");
    if (code == NULL) {
        assert_int_equal(verdict->findings.count, 0);
    } else {
        assert_int_equal(verdict->findings.count, 1);
        assert_string_equal(
            egret_code_row(verdict->findings.items->code)->id, code);
        assert_true(egret_span_ends_with(verdict->findings.items->xpath,
                                         EGRET_SPAN("/Lbl[2]/Sts")));
    }
    egret_test_gateway_close(&gateway);
}

static void
test_shares_over_the_whole_are_the_same_money(void **state)
{
    (void) state;
    assert_whole("100", "TRNS", "L06");
    assert_whole("0.02", "TRNS", "L06");
    assert_whole("0.01", "TRNS", NULL);
    assert_whole("0", "TRNS", NULL);
    assert_whole("100", "ELIG", NULL);
    assert_whole("100", "NALG", NULL);
}

static void
test_coal_may_stand_under_a_transition_label(void **state)
{
    static const egret_test_bend_t coal = { "<EnrgySrc>WIND</EnrgySrc>",
                                 "<EnrgySrc>COAL</EnrgySrc>", NULL, NULL,
                                 NULL };

    (void) state;
    egret_test_run_bend_on("", "<Sts>ELIG</Sts>", "<Sts>TRNS</Sts>", &coal);
}

static void
test_coal_has_no_green_label(void **state)
{
    static const egret_test_bend_t bends[] = {
        { "<EnrgySrc>WIND</EnrgySrc>",
          "<EnrgySrc>WIND</EnrgySrc><EnrgySrc>COAL</EnrgySrc>",
          "L07", "reject", "/UoP/Prj[1]/EnrgySrc[2]" },
        { "<EnrgySrc>WIND</EnrgySrc>",
          "<EnrgySrc>SOLR</EnrgySrc>",
          NULL, NULL, NULL },
    };

    (void) state;
    EGRET_TEST_BENDS("", bends);
}

static void
test_a_review_is_valid_on_the_day_of_the_block(void **state)
{
    static const egret_test_bend_t bends[] = {
        { "<VldTo>2027-03-09</VldTo>",
          "<VldTo>2026-11-22</VldTo>",
          "E02", "reject", "/Rvw[1]/VldTo" },
        { "<VldTo>2027-03-09</VldTo>",
          "<VldTo>2026-11-23</VldTo>",
          NULL, NULL, NULL },
        { "<VldFr>2026-03-10</VldFr>",
          "<VldFr>2026-11-24</VldFr>",
          "E02", "reject", "/Rvw[1]/VldFr" },
        { "<VldFr>2026-03-10</VldFr>",
          "<VldFr>2026-11-23</VldFr>",
          NULL, NULL, NULL },
        { "<Dt>2026-03-10</Dt>",
          "<Dt>2026-11-24</Dt>",
          "E02", "reject", "/Rvw[1]/Dt" },
    };

    (void) state;
    EGRET_TEST_BENDS("", bends);
}

static void
test_a_review_names_the_instrument(void **state)
{
    static const egret_test_bend_t bends[] = {
        { "<Scp Tp=\"ALTI\">F2026-017</Scp>",
          "<Scp Tp=\"ALTI\">F2026-018</Scp>",
          "E02", "reject", "/Rvw[1]/Scp[1]" },
        { "<Scp Tp=\"ALTI\">F2026-017</Scp>",
          "<Scp Tp=\"ISIN\">XS2356173406</Scp>",
          "E02", "reject", "/Rvw[1]/Scp[1]" },
        { "<Scp Tp=\"ALTI\">F2026-017</Scp>",
          "<Scp Tp=\"ALTI\">X</Scp><Scp Tp=\"ALTI\">F2026-017-D03</Scp>",
          NULL, NULL, NULL },
        { "<Scp Tp=\"ALTI\">F2026-017</Scp>",
          "<Scp Tp=\"FRMW\">GF-2026</Scp>",
          NULL, NULL, NULL },
    };

    (void) state;
    EGRET_TEST_BENDS("", bends);
}

static void
test_documents_are_fetched_over_https(void **state)
{
    static const egret_test_bend_t bends[] = {
        { "<URL>https://reviews.example",
          "<URL>http://reviews.example",
          "E04", "hold", "/Rvw[1]/Doc[1]/URL" },
        { "<URL>https://eiow.example/disclosure-2025",
          "<URL>https://",
          "E04", "hold", "/Dscl[1]/URL" },
        { "<URL>https://eiow.example/disclosure-2025",
          "<URL>https:///etc/x",
          "E04", "hold", "/Dscl[1]/URL" },
    };

    (void) state;
    EGRET_TEST_BENDS("", bends);
}

static void
test_gases_have_baseline_and_method(void **state)
{
    static const egret_test_bend_t bends[] = {
        { "<Mthd>IFI-GHG</Mthd>",
          "",
          "M02", "reject", "/Impct[3]" },
        { "<Bsln><Desc>national average of the grid</Desc><Val>0.5306</"
          "Val><EFId>CN-2023-NAT</EFId></Bsln>",
          "",
          "M02", "reject", "/Impct[3]" },
    };

    (void) state;
    EGRET_TEST_BENDS("", bends);
}

static void
test_a_figure_says_for_how_long(void **state)
{
    static const egret_test_bend_t bends[] = {
        { "<Prd><Fr>2028-01-01</Fr><To>2028-12-31</To></Prd><Hrzn>ANNL<"
          "/Hrzn>",
          "",
          "M02", "reject", "/Impct[2]" },
        { "<Hrzn>LIFE</Hrzn>",
          "",
          NULL, NULL, NULL },
        { "<Fr>2028-01-01</Fr><To>2028-12-31</To>",
          "<Fr>2028-12-31</Fr><To>2028-01-01</To>",
          "M02", "reject", "/Impct[2]/Prd/To" },
    };

    (void) state;
    EGRET_TEST_BENDS("", bends);
}

static void
test_what_was_measured_has_passed(void **state)
{
    static const egret_test_bend_t bends[] = {
        { "<Unit>MWHO</Unit><Bss>EXAN</Bss>",
          "<Unit>MWHO</Unit><Bss>EXPO</Bss>",
          "M02", "reject", "/Impct[2]/Prd/To" },
        { "<Unit>MWCP</Unit><Bss>EXAN</Bss>",
          "<Unit>MWCP</Unit><Bss>EXPO</Bss>",
          "M02", "reject", "/Impct[1]" },
    };

    (void) state;
    EGRET_TEST_BENDS("", bends);
}

static void
test_credits_are_as_many_as_their_serials(void **state)
{
    static const egret_test_bend_t bends[] = {
        { "<Dscl>",
          "<CrbnCrdt><Rgstry>CCER</Rgstry><PrjId>P1</PrjId><Vntg>2025</"
          "Vntg><SrlFr>A-0001</SrlFr><SrlTo>A-0500</SrlTo><Qty>500</Qty"
          "><Sts>PLDG</Sts></CrbnCrdt><Dscl>",
          NULL, NULL, NULL },
        { "<Dscl>",
          "<CrbnCrdt><Rgstry>CCER</Rgstry><PrjId>P1</PrjId><Vntg>2025</"
          "Vntg><SrlFr>A-0001</SrlFr><SrlTo>A-0500</SrlTo><Qty>501</Qty"
          "><Sts>PLDG</Sts></CrbnCrdt><Dscl>",
          "M05", "reject", "/CrbnCrdt[1]/Qty" },
        { "<Dscl>",
          "<CrbnCrdt><Rgstry>CCER</Rgstry><PrjId>P1</PrjId><Vntg>2025</"
          "Vntg><SrlFr>A-0500</SrlFr><SrlTo>A-0001</SrlTo><Qty>500</Qty"
          "><Sts>PLDG</Sts></CrbnCrdt><Dscl>",
          "M05", "reject", "/CrbnCrdt[1]/SrlTo" },
        { "<Dscl>",
          "<CrbnCrdt><Rgstry>CCER</Rgstry><PrjId>P1</PrjId><Vntg>2025</"
          "Vntg><SrlFr>A-0001</SrlFr><SrlTo>B-0500</SrlTo><Qty>7</Qty><"
          "Sts>PLDG</Sts></CrbnCrdt><Dscl>",
          NULL, NULL, NULL },
    };

    (void) state;
    EGRET_TEST_BENDS("", bends);
}

static void
test_credits_are_not_of_a_year_to_come(void **state)
{
    static const egret_test_bend_t bends[] = {
        { "<Dscl>",
          "<CrbnCrdt><Rgstry>CCER</Rgstry><PrjId>P1</PrjId><Vntg>2027</"
          "Vntg><SrlFr>A-1</SrlFr><SrlTo>A-1</SrlTo><Qty>1</Qty><Sts>IS"
          "SD</Sts></CrbnCrdt><Dscl>",
          "M05", "reject", "/CrbnCrdt[1]/Vntg" },
        { "<Dscl>",
          "<CrbnCrdt><Rgstry>CCER</Rgstry><PrjId>P1</PrjId><Vntg>2026</"
          "Vntg><SrlFr>A-1</SrlFr><SrlTo>A-1</SrlTo><Qty>1</Qty><Sts>IS"
          "SD</Sts></CrbnCrdt><Dscl>",
          NULL, NULL, NULL },
    };

    (void) state;
    EGRET_TEST_BENDS("", bends);
}

static void
test_a_retired_credit_is_not_pledged(void **state)
{
    static const egret_test_bend_t bends[] = {
        { "<Dscl>",
          "<CrbnCrdt><Rgstry>CCER</Rgstry><PrjId>P1</PrjId><Vntg>2025</"
          "Vntg><SrlFr>A-01</SrlFr><SrlTo>A-50</SrlTo><Qty>50</Qty><Sts"
          ">RTRD</Sts></CrbnCrdt><CrbnCrdt><Rgstry>CCER</Rgstry><PrjId>"
          "P1</PrjId><Vntg>2025</Vntg><SrlFr>A-50</SrlFr><SrlTo>A-59</S"
          "rlTo><Qty>10</Qty><Sts>PLDG</Sts></CrbnCrdt><Dscl>",
          "M05", "reject", "/CrbnCrdt[2]/SrlFr" },
        { "<Dscl>",
          "<CrbnCrdt><Rgstry>CCER</Rgstry><PrjId>P1</PrjId><Vntg>2025</"
          "Vntg><SrlFr>A-01</SrlFr><SrlTo>A-50</SrlTo><Qty>50</Qty><Sts"
          ">RTRD</Sts></CrbnCrdt><CrbnCrdt><Rgstry>CCER</Rgstry><PrjId>"
          "P1</PrjId><Vntg>2025</Vntg><SrlFr>A-51</SrlFr><SrlTo>A-59</S"
          "rlTo><Qty>9</Qty><Sts>PLDG</Sts></CrbnCrdt><Dscl>",
          NULL, NULL, NULL },
    };

    (void) state;
    EGRET_TEST_BENDS("", bends);
}

#define CREDIT(year)                                                          \
    "<CrbnCrdt><Rgstry>CCER</Rgstry><PrjId>P1</PrjId><Vntg>" year "</Vntg>"   \
    "<SrlFr>A-1</SrlFr><SrlTo>A-9</SrlTo><Qty>9</Qty><Sts>ISSD</Sts>"         \
    "</CrbnCrdt><Dscl>"
#define EXPECTED                                                              \
    "<Unit>TOCD</Unit><Bss>EXAN</Bss>\n              "                        \
    "<Prd><Fr>2028-01-01</Fr><To>2028-12-31</To></Prd>"
#define MEASURED                                                              \
    "<Unit>TOCD</Unit><Bss>EXPO</Bss>"                                        \
    "<Prd><Fr>2025-01-01</Fr><To>2025-12-31</To></Prd>"

static void
test_a_reduction_is_claimed_once(void **state)
{
    static const egret_test_bend_t twice = {
        "<Dscl>", CREDIT("2025"), "M05", "reject", "/Impct[3]/Mtrc"
    };
    static const egret_test_bend_t before = {
        "<Dscl>", CREDIT("2024"), NULL, NULL, NULL
    };

    (void) state;
    egret_test_run_bend_on("", EXPECTED, MEASURED, &twice);
    egret_test_run_bend_on("", EXPECTED, MEASURED, &before);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_good_block_has_no_finding),
        cmocka_unit_test(test_money_is_not_green_and_transition_at_once),
        cmocka_unit_test(test_coal_has_no_green_label),
        cmocka_unit_test(test_shares_over_the_whole_are_the_same_money),
        cmocka_unit_test(test_coal_may_stand_under_a_transition_label),
        cmocka_unit_test(test_a_review_is_valid_on_the_day_of_the_block),
        cmocka_unit_test(test_a_review_names_the_instrument),
        cmocka_unit_test(test_documents_are_fetched_over_https),
        cmocka_unit_test(test_gases_have_baseline_and_method),
        cmocka_unit_test(test_a_figure_says_for_how_long),
        cmocka_unit_test(test_what_was_measured_has_passed),
        cmocka_unit_test(test_credits_are_as_many_as_their_serials),
        cmocka_unit_test(test_credits_are_not_of_a_year_to_come),
        cmocka_unit_test(test_a_retired_credit_is_not_pledged),
        cmocka_unit_test(test_a_reduction_is_claimed_once),
    };

    return egret_test_run(tests);
}
