/* SPDX-License-Identifier: Apache-2.0 */
/* Rules of standards, evidence, reviewers and disclosure. */
#include "green_bend.h"
#include "helper.h"

#define SCHEMES "egret_taxonomies conf/taxonomies/*.tsv;"
#define WIND_CODE "<Schm>CN-GFEPC</Schm><Vrsn>2025</Vrsn><Cd>4.2.1</Cd>"
#define LABEL "<Schm>CN-GFEPC</Schm><Vrsn>2025</Vrsn><Cd>4.2.1</Cd>"          \
    "\n              <Shr>100</Shr><Sts>ELIG</Sts>"
/* A list of reviewers in a folder of its own. */
#define REVIEWERS "egret_reference t/data/reference;"

static void
test_a_standard_names_the_share_that_is_green(void **state)
{
    static const egret_test_bend_t bends[] = {
        { "<Std>ISO14030</Std>",
          "<Std>CN-GBP-2022</Std>",
          NULL, NULL, NULL },
        { "<Std>ISO14030</Std>",
          "<Std>UNKNOWN</Std>",
          NULL, NULL, NULL },
    };

    (void) state;
    EGRET_TEST_BENDS("", bends);
}

static void
test_less_than_the_standards_share_is_refused(void **state)
{
    static const struct {
        const char *share;
        egret_test_bend_t bend;
    } cases[] = {
        { "<Shr>99</Shr>",
          { "<Std>ISO14030</Std>", "<Std>CN-GBP-2022</Std>", "G05", "reject",
            "/Rvw[1]/Std[1]" } },
        { "<Shr>99</Shr>",
          { "<Std>ISO14030</Std>",
            "<Std>TPEX-SDB</Std><Std>TPEX-SDB</Std>", "G05", "reject",
            "/Rvw[1]/Std[1]" } },
        { "<Shr>99.99</Shr>",
          { "<Std>ISO14030</Std>", "<Std>CN-GBP-2022</Std>", NULL, NULL,
            NULL } },
        { "<Shr>99</Shr>",
          { "<Std>ISO14030</Std>", "<Std>ISO14030</Std>", NULL, NULL, NULL } },
        { "<Shr>99</Shr>",
          { "<Std>ISO14030</Std>", "<Std>ISO14030</Std><Std>EUGB</Std>", "G05",
            "reject", "/Rvw[1]/Std[2]" } },
    };

    (void) state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        egret_test_run_bend_on("", "<Shr>100</Shr>", cases[i].share,
                               &cases[i].bend);
    }
}

/* 84 percent are too little for each. */
static void
test_a_standard_is_known_in_any_case(void **state)
{
    static const egret_test_bend_t bends[] = {
        { "<Std>ISO14030</Std>", "<Std>EuGB</Std>", "G05", "reject",
          "/Rvw[1]/Std[1]" },
        { "<Std>ISO14030</Std>", "<Std>EuGB</Std><Std>EUGB</Std>", "G05",
          "reject", "/Rvw[1]/Std[1]" },
        { "<Std>ISO14030</Std>", "<Std>TPEx-SDB</Std>", "G05", "reject",
          "/Rvw[1]/Std[1]" },
        { "<Std>ISO14030</Std>", "<Std>EuGB-2</Std>", NULL, NULL, NULL },
    };
    static const egret_test_bend_t listed = {
        "<Std>ISO14030</Std>", "<Std>iso14030</Std>", "E03", "hold",
        "/Rvw[1]/Prvdr"
    };

    (void) state;
    for (size_t i = 0; i < sizeof(bends) / sizeof(bends[0]); i++) {
        egret_test_run_bend_on("", "<Shr>100</Shr>", "<Shr>84</Shr>",
                               &bends[i]);
    }
    egret_test_run_bend_on(REVIEWERS, "<LEI>984500EGRETREVWR0113</LEI>", "",
                           &listed);
}

#define FLEXIBLE(share)                                                       \
    "<DcsvDt Kind=\"APPR\">2026-03-20</DcsvDt><FlxPct>" share "</FlxPct>"

static void
test_a_flexible_part_is_allowed_as_far_as_the_pocket(void **state)
{
    static const struct {
        const char *share;
        const char *flexible;
        const char *code;
    } cases[] = {
        { "<Std>EUGB</Std>", FLEXIBLE("15"), NULL },
        { "<Std>EUGB</Std>", FLEXIBLE("14"), "G05" },
        { "<Std>EUGB</Std>", FLEXIBLE("20"), NULL },
        { "<Std>CN-GBP-2022</Std>", FLEXIBLE("15"), "G05" },
    };

    (void) state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        egret_test_gateway_t gateway;
        egret_span_t bytes;
        egret_test_bend_t bend = { NULL, cases[i].flexible, cases[i].code,
                                   "reject", "/Rvw[1]/Std[1]" };

        egret_test_gateway_open(&gateway, "", "", "");
        bytes = egret_test_read_file(gateway.arena, EGRET_TEST_WIND);
        bytes = egret_test_bend(&gateway, bytes, "<Shr>100</Shr>",
                                "<Shr>85</Shr>");
        bytes = egret_test_bend(&gateway, bytes, "<Std>ISO14030</Std>",
                                cases[i].share);
        bytes = egret_test_bend(&gateway, bytes,
                                "<DcsvDt Kind=\"APPR\">2026-03-20</DcsvDt>",
                                cases[i].flexible);
        egret_test_assert_bend(egret_test_judge(&gateway, bytes,
                                                "xiamen-bank"), &bend);
        egret_test_gateway_close(&gateway);
    }
}

#define UNALLOCATED(type, months)                                             \
    "<Unallctd Ccy=\"CNY\">0.01</Unallctd><UnallctdTp>" type "</UnallctdTp>"  \
    "<MaxTenorMnths>" months "</MaxTenorMnths></UoP>"

static void
test_unallocated_money_stands_where_the_standard_allows(void **state)
{
    static const egret_test_bend_t bends[] = {
        { "</UoP>", UNALLOCATED("GOVB", "12"), NULL, NULL, NULL },
        { "</UoP>", UNALLOCATED("OTHR", "12"), "G05", "reject",
          "/UoP/UnallctdTp" },
        { "</UoP>", UNALLOCATED("GOVB", "13"), "G05", "reject",
          "/UoP/MaxTenorMnths" },
    };

    (void) state;
    for (size_t i = 0; i < sizeof(bends) / sizeof(bends[0]); i++) {
        egret_test_run_bend_on("", "<Std>ISO14030</Std>",
                               "<Std>CN-GBP-2022</Std>", &bends[i]);
    }
}

/* South Africa's taxonomy asks an aligned label for all of it. */
#define ALIGNED                                                               \
    "<Schm>ZA-GFT</Schm><Vrsn>2022</Vrsn><Cd>7.2.1</Cd>"                      \
    "\n              <Shr>100</Shr><Sts>ALGN</Sts>"
#define ELIGIBLE                                                              \
    "<Schm>ZA-GFT</Schm><Vrsn>2022</Vrsn><Cd>7.2.1</Cd>"                      \
    "\n              <Shr>100</Shr><Sts>ELIG</Sts>"
#define NOT_ASSESSED                                                          \
    "<DNSH><PrjRef>1</PrjRef><Obj>WTR</Obj><Rslt>NASS</Rslt></DNSH>"
#define SAFEGUARDS                                                            \
    "<MinSfg><OECD>true</OECD><UNGP>true</UNGP><ILO>true</ILO></MinSfg>"

static void
test_an_aligned_label_shows_what_its_scheme_asks(void **state)
{
    static const egret_test_bend_t all = { NOT_ASSESSED, "", NULL, NULL,
                                           NULL };
    static const egret_test_bend_t harm = { NULL, NULL, "E01", "reject",
                                            "/DNSH[2]/Rslt" };
    static const egret_test_bend_t eligible = { NULL, NULL, NULL, NULL, NULL };

    (void) state;
    egret_test_run_bend_on(SCHEMES, LABEL, ALIGNED, &all);
    egret_test_run_bend_on(SCHEMES, LABEL, ALIGNED, &harm);
    egret_test_run_bend_on(SCHEMES, LABEL, ELIGIBLE, &eligible);
}

static void
test_a_project_without_its_own_evidence_is_refused(void **state)
{
    static const struct {
        const char *find;
        const char *replacement;
        const char *xpath;
    } cases[] = {
        { SAFEGUARDS, "", "/UoP/Prj[1]" },
        { "<ILO>true</ILO>", "<ILO>false</ILO>", "/MinSfg[1]" },
        { "<DNSH><PrjRef>1</PrjRef><Obj>BIO</Obj><Rslt>MET</Rslt>"
          "<Ev>1</Ev></DNSH>", "", "/UoP/Prj[1]" },
    };

    (void) state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        egret_test_gateway_t gateway;
        egret_span_t bytes;
        egret_test_bend_t bend = { NULL, cases[i].replacement, "E01", "reject",
                                   cases[i].xpath };

        egret_test_gateway_open(&gateway, SCHEMES, "", "");
        bytes = egret_test_read_file(gateway.arena, EGRET_TEST_WIND);
        bytes = egret_test_bend(&gateway, bytes, LABEL, ALIGNED);
        bytes = egret_test_bend(&gateway, bytes, NOT_ASSESSED, "");
        bytes = egret_test_bend(&gateway, bytes, cases[i].find,
                                cases[i].replacement);
        egret_test_assert_bend(egret_test_judge(&gateway, bytes,
                                                "xiamen-bank"), &bend);
        egret_test_gateway_close(&gateway);
    }
}

#define HARM                                                                  \
    "<DNSH><PrjRef>1</PrjRef><Obj>BIO</Obj><Rslt>MET</Rslt><Ev>1</Ev></DNSH>"

/* No project names the aligned label. */
static void
test_for_a_label_without_projects_all_projects_count(void **state)
{
    static const struct {
        const char *find;
        const char *replacement;
        const char *code;
        const char *xpath;
    } cases[] = {
        { SAFEGUARDS, SAFEGUARDS, NULL, NULL },
        { "<Rslt>MET</Rslt>", "<Rslt>NMET</Rslt>", "E01", "/DNSH[1]/Rslt" },
        { HARM, "<DNSH><Obj>BIO</Obj><Rslt>MET</Rslt></DNSH>"
          "<DNSH><PrjRef>1</PrjRef><Obj>WTR</Obj><Rslt>NMET</Rslt></DNSH>",
          "E01", "/DNSH[2]/Rslt" },
        { SAFEGUARDS, SAFEGUARDS "<MinSfg><PrjRef>1</PrjRef>"
          "<OECD>false</OECD><UNGP>true</UNGP><ILO>true</ILO></MinSfg>",
          "E01", "/MinSfg[2]" },
        { SAFEGUARDS, "<MinSfg><PrjRef>1</PrjRef><OECD>true</OECD>"
          "<UNGP>true</UNGP><ILO>true</ILO></MinSfg>", NULL, NULL },
        { HARM, "", "E01", "/Lbl[2]" },
        { SAFEGUARDS, "", "E01", "/Lbl[2]" },
    };

    (void) state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        egret_test_gateway_t gateway;
        egret_span_t bytes;
        egret_test_bend_t bend = { NULL, cases[i].replacement, cases[i].code,
                                   "reject", cases[i].xpath };

        egret_test_gateway_open(&gateway, SCHEMES, "", "");
        bytes = egret_test_read_file(gateway.arena, EGRET_TEST_WIND);
        bytes = egret_test_bend(&gateway, bytes, "<UoP>",
                                "<Lbl>" ALIGNED "<Obj>CCM</Obj>"
                                "<Src>REVD</Src></Lbl><UoP>");
        bytes = egret_test_bend(&gateway, bytes, NOT_ASSESSED, "");
        bytes = egret_test_bend(&gateway, bytes, cases[i].find,
                                cases[i].replacement);
        egret_test_assert_bend(egret_test_judge(&gateway, bytes,
                                                "xiamen-bank"), &bend);
        egret_test_gateway_close(&gateway);
    }
}

static void
test_an_adverse_review_is_none_that_a_scheme_asks_for(void **state)
{
    static const egret_test_bend_t adverse = { "<Opn>ALGN</Opn>",
                                               "<Opn>ADVR</Opn>", "E01",
                                               "reject", "/Lbl[1]" };
    static const egret_test_bend_t qualified = { "<Opn>ALGN</Opn>",
                                                 "<Opn>QUAL</Opn>", NULL,
                                                 NULL, NULL };
    const char *tpex = "<Schm>TPEX</Schm><Vrsn>2023</Vrsn><Cd>TPEX-1</Cd>";

    (void) state;
    egret_test_run_bend_on(SCHEMES, WIND_CODE, tpex, &adverse);
    egret_test_run_bend_on(SCHEMES, WIND_CODE, tpex, &qualified);
}

static void
test_nobody_reviews_himself(void **state)
{
    static const egret_test_bend_t bends[] = {
        { "<LEI>984500EGRETREVWR0113</LEI>",
          "<LEI>984500EGRETWINDF0160</LEI>",
          "E03", "hold", "/Rvw[1]/Prvdr/LEI" },
    };

    (void) state;
    EGRET_TEST_BENDS("", bends);
}

#define REVIEWER_NAME "Strait Green Certification Co., Ltd.</Nm>"

static void
test_nobody_reviews_himself_by_his_number(void **state)
{
    static const egret_test_bend_t bends[] = {
        { REVIEWER_NAME, REVIEWER_NAME "<RegNo>91350200MA31WXND0K</RegNo>",
          "E03", "hold", "/Rvw[1]/Prvdr/RegNo" },
        { REVIEWER_NAME, REVIEWER_NAME "<RegNo>91350200-ma31wxnd 0k</RegNo>",
          "E03", "hold", "/Rvw[1]/Prvdr/RegNo" },
        { REVIEWER_NAME, REVIEWER_NAME
          "<RegNo>984500EGRETWINDF0160</RegNo>",
          "E03", "hold", "/Rvw[1]/Prvdr/RegNo" },
        { REVIEWER_NAME, REVIEWER_NAME "<RegNo>GBA-0042</RegNo>",
          NULL, NULL, NULL },
        { REVIEWER_NAME, REVIEWER_NAME "<RegNo>-</RegNo>", NULL, NULL, NULL },
    };
    static const egret_test_bend_t second = {
        REVIEWER_NAME, REVIEWER_NAME "<RegNo>22099131</RegNo>",
        "E03", "hold", "/Rvw[1]/Prvdr/RegNo"
    };

    (void) state;
    EGRET_TEST_BENDS("", bends);
    egret_test_run_bend_on("", "<EntCls>",
                           "<NtlId Schm=\"TWUBN\">22099131</NtlId><EntCls>",
                           &second);
}

#define REVIEWER                                                              \
    "<LEI>984500EGRETREVWR0113</LEI>\n                "                       \
    "<Nm>海峡绿色认证有限公司 " REVIEWER_NAME

/* The debtor has the issuer's LEI, and so its name. */
static void
test_nobody_reviews_himself_by_his_name(void **state)
{
    static const egret_test_bend_t bends[] = {
        { REVIEWER, "<Nm>鹭岛海上风电有限公司 Egret Island Offshore Wind Co., "
          "Ltd.</Nm>", "E03", "hold", "/Rvw[1]/Prvdr/Nm" },
        { REVIEWER, "<Nm>鹭岛海上风电有限公司　EGRET Island Offshore Wind "
          "Co.,Ltd.</Nm>", "E03", "hold", "/Rvw[1]/Prvdr/Nm" },
        { REVIEWER, "<Nm>海峽風機股份有限公司 Strait Turbines Inc.</Nm>",
          NULL, NULL, NULL },
        { REVIEWER, "<LEI>984500EGRETREVWR0113</LEI>"
          "<Nm>鹭岛海上风电有限公司 Egret Island Offshore Wind Co., Ltd.</Nm>",
          NULL, NULL, NULL },
    };

    (void) state;
    EGRET_TEST_BENDS("", bends);
}

static void
test_a_listed_standard_has_its_reviewers(void **state)
{
    static const egret_test_bend_t bends[] = {
        { "<Std>ISO14030</Std>",
          "<Std>ISO14030</Std>",
          NULL, NULL, NULL },
        { "<Dt>2026-03-10</Dt>",
          "<Dt>2026-02-28</Dt>",
          NULL, NULL, NULL },
        { "<Dt>2026-03-10</Dt>",
          "<Dt>2025-12-31</Dt>",
          "E03", "hold", "/Rvw[1]/Prvdr" },
        { "<LEI>984500EGRETREVWR0113</LEI>",
          "",
          "E03", "hold", "/Rvw[1]/Prvdr" },
        { "<Std>ISO14030</Std>",
          "<Std>CBS-4</Std>",
          NULL, NULL, NULL },
    };

    (void) state;
    EGRET_TEST_BENDS(REVIEWERS, bends);
}

static void
test_an_overdue_disclosure_is_told(void **state)
{
    static const egret_test_bend_t bends[] = {
        { "<PubDt>2026-04-28</PubDt><NxtDueDt>2027-04-30</NxtDueDt>",
          "<PubDt>2025-04-28</PubDt><NxtDueDt>2026-11-22</NxtDueDt>",
          "E05", "warn", "/Dscl[1]/NxtDueDt" },
        { "<PubDt>2026-04-28</PubDt><NxtDueDt>2027-04-30</NxtDueDt>",
          "<PubDt>2025-04-28</PubDt><NxtDueDt>2026-11-23</NxtDueDt>",
          NULL, NULL, NULL },
        { "<Dscl>",
          "<Dscl><Tp>ENVD</Tp><PubDt>2025-04-28</PubDt><NxtDueDt>2026-1"
          "1-22</NxtDueDt></Dscl><Dscl>",
          NULL, NULL, NULL },
        { "<Dscl>",
          "<Dscl><Tp>ALOC</Tp><PubDt>2025-04-28</PubDt><NxtDueDt>2026-1"
          "1-22</NxtDueDt></Dscl><Dscl>",
          NULL, NULL, NULL },
        { "<EntCls>GFRC</EntCls>",
          "<EntCls>LSTD</EntCls>",
          NULL, NULL, NULL },
    };

    (void) state;
    EGRET_TEST_BENDS("", bends);
}

#define STATED                                                                \
    "<PubDt>2026-04-28</PubDt><NxtDueDt>2027-04-30</NxtDueDt>"                \
    "<Lang>zh-Hans</Lang>\n            </Dscl>"
#define PUBLISHED(on) "<PubDt>" on "</PubDt>"
#define NEXT(on) "<NxtDueDt>" on "</NxtDueDt>"
#define END "</Dscl>"
#define MORE "<Dscl><Tp>ENVD</Tp>"

static void
test_a_promise_hides_no_other(void **state)
{
    static const egret_test_bend_t bends[] = {
        { STATED, PUBLISHED("2025-04-01") NEXT("2026-04-30") END
          MORE NEXT("2027-04-30") END, "E05", "warn", "/Dscl[1]/NxtDueDt" },
        { STATED, NEXT("2027-04-30") END
          MORE PUBLISHED("2025-04-01") NEXT("2026-04-30") END, "E05", "warn",
          "/Dscl[2]/NxtDueDt" },
        { STATED, PUBLISHED("2025-04-01") NEXT("2026-04-30") END
          MORE PUBLISHED("2026-04-29") NEXT("2027-04-30") END, NULL, NULL,
          NULL },
        { STATED, NEXT("2026-04-30") END
          MORE PUBLISHED("2026-04-29") NEXT("2026-11-22") END, "E05", "warn",
          "/Dscl[2]/NxtDueDt" },
    };

    (void) state;
    EGRET_TEST_BENDS("", bends);
}

static void
test_what_came_before_its_time_is_not_what_is_due(void **state)
{
    static const egret_test_bend_t bends[] = {
        { STATED, NEXT("2026-11-22") END MORE PUBLISHED("2020-01-01") END,
          "E05", "warn", "/Dscl[1]/NxtDueDt" },
        { STATED, NEXT("2026-11-22") END MORE PUBLISHED("2025-11-21") END,
          "E05", "warn", "/Dscl[1]/NxtDueDt" },
        { STATED, NEXT("2026-11-22") END MORE PUBLISHED("2025-11-22") END,
          NULL, NULL, NULL },
        { STATED, PUBLISHED("2020-01-01") NEXT("2026-11-22") END
          MORE PUBLISHED("2021-01-01") END, "E05", "warn",
          "/Dscl[1]/NxtDueDt" },
    };

    (void) state;
    EGRET_TEST_BENDS("", bends);
}

/* Now is 2026-11-23 in UTC, and the next day further east. */
static void
test_what_is_yet_to_come_is_not_published(void **state)
{
    static const egret_test_bend_t bends[] = {
        { STATED, PUBLISHED("2025-04-01") NEXT("2026-11-22") END
          MORE PUBLISHED("2026-11-24") END, NULL, NULL, NULL },
        { STATED, PUBLISHED("2025-04-01") NEXT("2026-11-22") END
          MORE PUBLISHED("2026-11-25") END, "E05", "warn",
          "/Dscl[1]/NxtDueDt" },
        { STATED, PUBLISHED("2027-01-01") NEXT("2026-11-22") END
          MORE PUBLISHED("2026-11-20") END, NULL, NULL, NULL },
    };

    (void) state;
    EGRET_TEST_BENDS("", bends);
}

static void
test_each_overdue_disclosure_is_told(void **state)
{
    egret_test_gateway_t gateway;
    const egret_verdict_t *verdict;
    egret_span_t bytes;

    (void) state;
    egret_test_gateway_open(&gateway, "", "", "");
    bytes = egret_test_read_file(gateway.arena, EGRET_TEST_WIND);
    bytes = egret_test_bend(&gateway, bytes, STATED,
                            NEXT("2026-04-30") END MORE NEXT("2026-05-31")
                            END);
    verdict = egret_test_judge(&gateway, bytes, "xiamen-bank");
    assert_int_equal(verdict->findings.count, 2);
    egret_test_gateway_close(&gateway);
}

static void
test_who_owes_a_disclosure_decides_how_severe_it_is(void **state)
{
    static const egret_test_bend_t hold = {
        "<PubDt>2026-04-28</PubDt><NxtDueDt>2027-04-30</NxtDueDt>",
        "<PubDt>2025-04-28</PubDt><NxtDueDt>2026-11-22</NxtDueDt>",
        "E05", "hold", "/Dscl[1]/NxtDueDt"
    };
    static const egret_test_bend_t none = {
        "<PubDt>2026-04-28</PubDt><NxtDueDt>2027-04-30</NxtDueDt>",
        "<PubDt>2025-04-28</PubDt><NxtDueDt>2026-11-22</NxtDueDt>",
        NULL, NULL, NULL
    };

    (void) state;
    egret_test_run_bend_on("", "<EntCls>GFRC</EntCls>",
                           "<EntCls>LSTD</EntCls>", &hold);
    egret_test_run_bend_on("", "<EntCls>GFRC</EntCls>", "", &none);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_standard_names_the_share_that_is_green),
        cmocka_unit_test(test_less_than_the_standards_share_is_refused),
        cmocka_unit_test(test_a_standard_is_known_in_any_case),
        cmocka_unit_test(test_a_flexible_part_is_allowed_as_far_as_the_pocket),
        cmocka_unit_test(
            test_unallocated_money_stands_where_the_standard_allows),
        cmocka_unit_test(test_an_aligned_label_shows_what_its_scheme_asks),
        cmocka_unit_test(test_a_project_without_its_own_evidence_is_refused),
        cmocka_unit_test(
            test_for_a_label_without_projects_all_projects_count),
        cmocka_unit_test(test_an_adverse_review_is_none_that_a_scheme_asks_for),
        cmocka_unit_test(test_nobody_reviews_himself),
        cmocka_unit_test(test_nobody_reviews_himself_by_his_number),
        cmocka_unit_test(test_nobody_reviews_himself_by_his_name),
        cmocka_unit_test(test_a_listed_standard_has_its_reviewers),
        cmocka_unit_test(test_an_overdue_disclosure_is_told),
        cmocka_unit_test(test_a_promise_hides_no_other),
        cmocka_unit_test(test_what_came_before_its_time_is_not_what_is_due),
        cmocka_unit_test(test_what_is_yet_to_come_is_not_published),
        cmocka_unit_test(test_each_overdue_disclosure_is_told),
        cmocka_unit_test(test_who_owes_a_disclosure_decides_how_severe_it_is),
    };

    return egret_test_run(tests);
}
