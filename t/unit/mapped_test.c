/* SPDX-License-Identifier: Apache-2.0 */
/* Labels that the sender has mapped itself, held against the gateway's rows. */
#include "green_bend.h"
#include "helper.h"

#define SCHEMES                                                               \
    "egret_taxonomies conf/taxonomies/*.tsv;"                                 \
    "egret_crosswalks conf/crosswalks/*.tsv;"
#define MAP                                                                   \
    "<Map><Tbl>own</Tbl><Row>1</Row><Rel>BROD</Rel>"                          \
    "<OnDt>2026-03-20</OnDt></Map>"
#define MAPPED(scheme, version, code, share, status, map)                     \
    "<Lbl><Schm>" scheme "</Schm><Vrsn>" version "</Vrsn><Cd>" code "</Cd>"   \
    "<Shr>" share "</Shr><Sts>" status "</Sts><Src>MAPD</Src>" map "</Lbl>"   \
    "<UoP>"
#define BOTH "<LblRef>1</LblRef><LblRef>2</LblRef>"

typedef struct {
    const char *label;
    const char *references; /* of the project */
    const char *code;       /* NULL: nothing is found */
    const char *xpath;
} claim_t;

static void
run(const claim_t *claims, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        egret_test_bend_t bend = { "<LblRef>1</LblRef>",
                                   claims[i].references, claims[i].code,
                                   "reject", claims[i].xpath };

        egret_test_run_bend_on(SCHEMES, "<UoP>", claims[i].label, &bend);
    }
}

#define RUN(claims) run((claims), sizeof(claims) / sizeof((claims)[0]))

/* The wind loan with that claim, sent by a partner with these directives to one
 * with those. */
static void
run_between(const char *more, const char *in_xiamen, const char *in_taipei,
            const claim_t *claim)
{
    egret_test_bend_t bend = { "<LblRef>1</LblRef>", claim->references,
                               claim->code, "reject", claim->xpath };
    egret_test_gateway_t gateway;
    egret_span_t bytes;

    egret_test_gateway_open(&gateway, more, in_xiamen, in_taipei);
    bytes = egret_test_read_file(gateway.arena, EGRET_TEST_WIND);
    bytes = egret_test_bend(&gateway, bytes, "<UoP>", claim->label);
    bytes = egret_test_bend(&gateway, bytes, bend.find, bend.replacement);
    egret_test_assert_bend(egret_test_judge(&gateway, bytes, "xiamen-bank"),
                           &bend);
    egret_test_gateway_close(&gateway);
}

static void
test_what_rows_prove_may_be_claimed(void **state)
{
    static const claim_t claims[] = {
        { MAPPED("TPEX", "2023", "TPEX-1", "100", "ELIG", MAP), BOTH, NULL,
          NULL },
        { MAPPED("TPEX", "2023", "TPEX-1", "60", "ELIG", MAP), BOTH, NULL,
          NULL },
        { MAPPED("TPEX", "2023", "TPEX-1", "100", "ELIG", MAP),
          "<LblRef>1</LblRef>", NULL, NULL },
        { MAPPED("TPEX", "2023", "TPEX-2", "100", "NALG", MAP), BOTH, NULL,
          NULL },
    };

    (void) state;
    RUN(claims);
}

static void
test_no_more_is_claimed_than_rows_prove(void **state)
{
    static const claim_t claims[] = {
        { MAPPED("TPEX", "2023", "TPEX-2", "100", "ELIG", MAP), BOTH, "L05",
          "/Lbl[2]/Cd" },
        { MAPPED("TPEX", "2023", "TPEX-1", "100", "ALGN", MAP), BOTH, "L05",
          "/Lbl[2]/Cd" },
        { MAPPED("TPEX", "2023", "TPEX-1", "100", "ENBL", MAP), BOTH, "L05",
          "/Lbl[2]/Cd" },
        { MAPPED("ZA-GFT", "2022", "7.2.1", "100", "ELIG", MAP), BOTH, "L05",
          "/Lbl[2]/Cd" },
        { MAPPED("TPEX", "2023", "TPEX-1", "100", "ELIG", MAP),
          "<LblRef>2</LblRef>", "L05", "/Lbl[2]/Cd" },
    };

    (void) state;
    RUN(claims);
}

static void
test_a_mapped_label_covers_no_more_than_its_sources(void **state)
{
    static const egret_test_bend_t bend = { "<LblRef>1</LblRef>", BOTH, "L05",
                                            "reject", "/Lbl[2]/Shr" };
    static const egret_test_bend_t same = { "<LblRef>1</LblRef>", BOTH, NULL,
                                            NULL, NULL };

    (void) state;
    egret_test_run_bend_on(
        SCHEMES, "<Shr>100</Shr><Sts>ELIG</Sts><Obj>CCM</Obj><Src>REVD</Src>"
        "\n            </Lbl>\n            <UoP>",
        "<Shr>60</Shr><Sts>ELIG</Sts><Src>REVD</Src></Lbl>"
        MAPPED("TPEX", "2023", "TPEX-1", "60.00001", "ELIG", MAP), &bend);
    egret_test_run_bend_on(
        SCHEMES, "<Shr>100</Shr><Sts>ELIG</Sts><Obj>CCM</Obj><Src>REVD</Src>"
        "\n            </Lbl>\n            <UoP>",
        "<Shr>60</Shr><Sts>ELIG</Sts><Src>REVD</Src></Lbl>"
        MAPPED("TPEX", "2023", "TPEX-1", "60", "ELIG", MAP), &same);
}

#define TWO(first, second)                                                    \
    "<Shr>60</Shr><Sts>ELIG</Sts><Src>REVD</Src></Lbl>"                       \
    "<Lbl><Schm>TPEX</Schm><Vrsn>2023</Vrsn><Cd>TPEX-1</Cd>"                  \
    "<Shr>" first "</Shr><Sts>ELIG</Sts><Src>MAPD</Src>" MAP "</Lbl>"         \
    MAPPED("TPEX", "2023", "TPEX-1", second, "ELIG", MAP)

static void
test_no_money_proves_two_claims_of_one_scheme(void **state)
{
    static const char *const references[] = {
        "<LblRef>1</LblRef><LblRef>2</LblRef><LblRef>3</LblRef>",
        "<LblRef>1</LblRef>",
    };

    (void) state;
    for (size_t i = 0; i < 2; i++) {
        egret_test_bend_t more = { "<LblRef>1</LblRef>", references[i], "L05",
                                   "reject", "/Lbl[3]" };
        egret_test_bend_t same = { "<LblRef>1</LblRef>", references[i], NULL,
                                   NULL, NULL };
        const char *own = "<Shr>100</Shr><Sts>ELIG</Sts><Obj>CCM</Obj>"
                          "<Src>REVD</Src>\n            </Lbl>\n"
                          "            <UoP>";

        egret_test_run_bend_on(SCHEMES, own, TWO("30", "30.00001"), &more);
        egret_test_run_bend_on(SCHEMES, own, TWO("60", "40"), &more);
        egret_test_run_bend_on(SCHEMES, own, TWO("30", "30"), &same);
    }
}

static void
test_a_mapped_label_and_no_other_names_its_row(void **state)
{
    static const claim_t claims[] = {
        { MAPPED("TPEX", "2023", "TPEX-1", "100", "ELIG", ""), BOTH, "L05",
          "/Lbl[2]" },
    };
    static const egret_test_bend_t declared = {
        "<Src>REVD</Src>", "<Src>REVD</Src>" MAP, "L05", "reject",
        "/Lbl[1]/Map"
    };

    (void) state;
    RUN(claims);
    egret_test_run_bends(SCHEMES, &declared, 1);
}

/* The gateway would not carry it (L08), so nobody may claim it. */
static void
test_gas_is_not_claimed_along_a_row_that_does_not_name_it(void **state)
{
    static const egret_test_bend_t gas = {
        "<LblRef>1</LblRef>\n                <EnrgySrc>WIND</EnrgySrc>",
        BOTH "<EnrgySrc>NGAS</EnrgySrc>", "L05", "reject", "/Lbl[2]/Cd"
    };

    (void) state;
    egret_test_run_bend_on(
        SCHEMES, "<UoP>", MAPPED("TPEX", "2023", "TPEX-1", "100", "ELIG", MAP),
        &gas);
}

static void
test_without_taxonomies_nothing_is_recomputed(void **state)
{
    static const egret_test_bend_t bend = { "<LblRef>1</LblRef>", BOTH, NULL,
                                            NULL, NULL };

    (void) state;
    egret_test_run_bend_on(
        "", "<UoP>", MAPPED("TPEX", "2023", "TPEX-2", "100", "ELIG", MAP),
        &bend);
}

#define OWN_SCHEMES                                                           \
    "egret_taxonomies conf/taxonomies/*.tsv t/data/labels/OTHER-1.tsv;"
#define OWN_ROWS "crosswalk t/data/labels/parts.sssom.tsv;"
#define WITHDRAWN "crosswalk t/data/labels/no-wind.sssom.tsv;"

/* As the label would be translated for it. */
static void
test_the_rows_of_the_receiver_prove_a_claim_and_no_others(void **state)
{
    static const claim_t proven = {
        MAPPED("OTHER", "1", "A", "100", "ELIG", MAP), BOTH, NULL, NULL
    };
    static const claim_t other = {
        MAPPED("OTHER", "1", "A", "100", "ELIG", MAP), BOTH, "L05",
        "/Lbl[2]/Cd"
    };

    (void) state;
    run_between(OWN_SCHEMES, "", OWN_ROWS, &proven);
    run_between(OWN_SCHEMES, OWN_ROWS, "", &other);
    run_between(OWN_SCHEMES, "", "", &other);
}

static void
test_a_row_that_the_receiver_withdraws_proves_nothing(void **state)
{
    static const claim_t proven = {
        MAPPED("TPEX", "2023", "TPEX-1", "100", "ELIG", MAP), BOTH, NULL, NULL
    };
    static const claim_t withdrawn = {
        MAPPED("TPEX", "2023", "TPEX-1", "100", "ELIG", MAP), BOTH, "L05",
        "/Lbl[2]/Cd"
    };

    (void) state;
    run_between(SCHEMES, WITHDRAWN, "", &proven);
    run_between(SCHEMES, "", WITHDRAWN, &withdrawn);
}

static void
test_a_row_that_the_operator_refuses_proves_nothing(void **state)
{
    static const claim_t refused = {
        MAPPED("TPEX", "2023", "TPEX-1", "100", "ELIG", MAP), BOTH, "L05",
        "/Lbl[2]/Cd"
    };
    static const claim_t own = {
        MAPPED("OTHER", "1", "A", "100", "ELIG", MAP), BOTH, NULL, NULL
    };

    (void) state;
    run_between(SCHEMES "egret_refuse_rows own-assessment;", "", "", &refused);
    run_between(SCHEMES "egret_refuse_rows own-assessment;", "", WITHDRAWN,
                &refused);
    run_between(OWN_SCHEMES "egret_refuse_rows semapv:ManualMappingCuration;",
                "", OWN_ROWS, &own);
}

/* What was assessed and is not green proves nothing of its own scheme. */
static void
test_only_a_green_label_proves_one_of_its_own_scheme(void **state)
{
    static const egret_test_bend_t bad = { "<LblRef>1</LblRef>", BOTH, "L05",
                                           "reject", "/Lbl[2]/Cd" };
    static const egret_test_bend_t good = { "<LblRef>1</LblRef>", BOTH, NULL,
                                            NULL, NULL };
    static const char declared[] =
        "<Schm>CN-GFEPC</Schm><Vrsn>2025</Vrsn><Cd>4.2.1</Cd>\n"
        "              <Shr>100</Shr><Sts>ELIG</Sts><Obj>CCM</Obj>"
        "<Src>REVD</Src>\n            </Lbl>\n            <UoP>";

    (void) state;
    egret_test_run_bend_on(
        SCHEMES, declared,
        "<Schm>TPEX</Schm><Vrsn>2023</Vrsn><Cd>TPEX-1</Cd><Shr>50</Shr>"
        "<Sts>NALG</Sts><Src>REVD</Src></Lbl>"
        MAPPED("TPEX", "2023", "TPEX-1", "50", "ELIG", MAP), &bad);
    egret_test_run_bend_on(
        SCHEMES, declared,
        "<Schm>TPEX</Schm><Vrsn>2023</Vrsn><Cd>TPEX-1</Cd><Shr>50</Shr>"
        "<Sts>ELIG</Sts><Src>REVD</Src></Lbl>"
        MAPPED("TPEX", "2023", "TPEX-1", "50", "ELIG", MAP), &good);
}

/* Labels of one scheme are parts of one whole; those of two may be the same
 * money. */
static void
test_wholes_of_two_schemes_are_not_added(void **state)
{
    static const char declared[] =
        "<Shr>100</Shr><Sts>ELIG</Sts><Obj>CCM</Obj><Src>REVD</Src>\n"
        "            </Lbl>\n            <UoP>";
#define PARTS(scheme, version, code, status)                                  \
    "<Shr>40</Shr><Sts>ELIG</Sts><Src>REVD</Src></Lbl>"                       \
    "<Lbl><Schm>" scheme "</Schm><Vrsn>" version "</Vrsn><Cd>" code "</Cd>"   \
    "<Shr>40</Shr><Sts>" status "</Sts><Src>REVD</Src></Lbl>"                 \
    "<Lbl><Schm>ZA-GFT</Schm><Vrsn>2022</Vrsn><Cd>7.3.2</Cd>"                 \
    "<Shr>1</Shr><Sts>NALG</Sts><Src>REVD</Src></Lbl>"
#define SUM(share) MAPPED("TPEX", "2023", "TPEX-1", share, "ELIG", MAP)
    static const egret_test_bend_t good = {
        "<LblRef>1</LblRef>", "<LblRef>3</LblRef>", NULL, NULL, NULL
    };
    static const egret_test_bend_t bad = {
        "<LblRef>1</LblRef>", "<LblRef>3</LblRef>", "L05", "reject",
        "/Lbl[4]/Shr"
    };

    (void) state;
    egret_test_run_bend_on(
        SCHEMES, declared, PARTS("TPEX", "2023", "TPEX-1", "ELIG") SUM("40"),
        &good);
    egret_test_run_bend_on(
        SCHEMES, declared, PARTS("TPEX", "2023", "TPEX-1", "ELIG") SUM("60"),
        &bad);
    egret_test_run_bend_on(
        SCHEMES, declared, PARTS("CN-GFEPC", "2025", "4.2.1", "ELIG")
        SUM("80"), &good);
    egret_test_run_bend_on(
        SCHEMES, declared, PARTS("CN-GFEPC", "2025", "4.2.1", "ELIG")
        SUM("80.1"), &bad);
}

/* The project states gas, which the gateway would not carry: a claim for the
 * whole does not get around that. */
static void
test_a_claim_for_the_whole_is_held_to_the_projects_of_its_source(void **state)
{
    static const egret_test_bend_t gas = { "<EnrgySrc>WIND</EnrgySrc>",
                                           "<EnrgySrc>NGAS</EnrgySrc>", "L05",
                                           "reject", "/Lbl[2]/Cd" };

    (void) state;
    egret_test_run_bend_on(
        SCHEMES, "<UoP>", MAPPED("TPEX", "2023", "TPEX-1", "100", "ELIG", MAP),
        &gas);
}

/* Its project gets 48 of 80 million. */
static void
test_a_mapped_label_covers_no_more_than_its_projects_get(void **state)
{
    static const struct {
        const char *label;
        const char *code;
    } cases[] = {
        { MAPPED("TPEX", "2023", "TPEX-1", "60", "ELIG", MAP), NULL },
        { MAPPED("TPEX", "2023", "TPEX-1", "60.00001", "ELIG", MAP), "L05" },
        { MAPPED("TPEX", "2023", "TPEX-1", "100", "ELIG", MAP), "L05" },
    };
    egret_test_gateway_t gateway;
    egret_span_t bytes;

    (void) state;
    egret_test_gateway_open(&gateway, SCHEMES, "", "");
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        egret_test_bend_t bend = { "<LblRef>1</LblRef>", BOTH, cases[i].code,
                                   "reject", "/Lbl[2]/Shr" };

        bytes = egret_test_read_file(gateway.arena, EGRET_TEST_WIND);
        bytes = egret_test_bend(&gateway, bytes, "<UoP>", cases[i].label);
        bytes = egret_test_bend(&gateway, bytes, "80000000.00</Allctd>",
                                "48000000.00</Allctd>");
        bytes = egret_test_bend(&gateway, bytes, "</Prj>",
                                "</Prj><Unallctd Ccy=\"CNY\">32000000.00"
                                "</Unallctd>");
        bytes = egret_test_bend(&gateway, bytes, bend.find, bend.replacement);
        egret_test_assert_bend(
            egret_test_judge(&gateway, bytes, "xiamen-bank"), &bend);
    }
    egret_test_gateway_close(&gateway);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_rows_prove_may_be_claimed),
        cmocka_unit_test(test_no_more_is_claimed_than_rows_prove),
        cmocka_unit_test(test_a_mapped_label_covers_no_more_than_its_sources),
        cmocka_unit_test(test_no_money_proves_two_claims_of_one_scheme),
        cmocka_unit_test(test_a_mapped_label_and_no_other_names_its_row),
        cmocka_unit_test(
            test_gas_is_not_claimed_along_a_row_that_does_not_name_it),
        cmocka_unit_test(
            test_the_rows_of_the_receiver_prove_a_claim_and_no_others),
        cmocka_unit_test(test_a_row_that_the_receiver_withdraws_proves_nothing),
        cmocka_unit_test(test_a_row_that_the_operator_refuses_proves_nothing),
        cmocka_unit_test(test_only_a_green_label_proves_one_of_its_own_scheme),
        cmocka_unit_test(test_wholes_of_two_schemes_are_not_added),
        cmocka_unit_test(
            test_a_claim_for_the_whole_is_held_to_the_projects_of_its_source),
        cmocka_unit_test(
            test_a_mapped_label_covers_no_more_than_its_projects_get),
        cmocka_unit_test(test_without_taxonomies_nothing_is_recomputed),
    };

    return egret_test_run(tests);
}
