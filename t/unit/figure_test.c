/* SPDX-License-Identifier: Apache-2.0 */
/* Figures of impact: their units, and whether they fit each other. The good
 * wind farm has 160 MW, 532,000 MWh a year and avoids 282,279 t. */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "green_bend.h"
#include "helper.h"

#define COAL(value, unit)                                                     \
    "<Impct><PrjRef>1</PrjRef><Mtrc>TCES</Mtrc><Val>" value "</Val>"          \
    "<Unit>" unit "</Unit><Bss>EXAN</Bss>"                                    \
    "<Prd><Fr>2028-01-01</Fr><To>2028-12-31</To></Prd><Hrzn>ANNL</Hrzn>"      \
    "</Impct><CrbnAcct>"

static void
test_a_metric_and_its_unit_are_known_and_fit(void **state)
{
    static const egret_test_bend_t bends[] = {
        { "<Mtrc>RGEN</Mtrc>", "<Mtrc>RGEX</Mtrc>", "M01", "reject",
          "/Impct[2]/Mtrc" },
        { "<Unit>MWHO</Unit>", "<Unit>MWHX</Unit>", "M01", "reject",
          "/Impct[2]/Unit" },
        { "<Unit>MWHO</Unit>", "<Unit>TONE</Unit>", "M01", "reject",
          "/Impct[2]/Unit" },
        { "<Val>532000</Val><Unit>MWHO</Unit>",
          "<Val>532</Val><Unit>GWHO</Unit>", NULL, NULL, NULL },
        { "<Unit>GKWH</Unit>", "<Unit>TOCD</Unit>", "M01", "reject",
          "/UoP/Prj[1]/Crtrn[1]/Unit" },
        { "<Mtrc>LCGE</Mtrc>", "<Mtrc>LCGX</Mtrc>", "M01", "reject",
          "/UoP/Prj[1]/Crtrn[1]/Mtrc" },
    };

    (void) state;
    EGRET_TEST_BENDS("", bends);
}

/* The highest factor of China is 0.8273: 532,000 MWh avoid at most 440,124 t,
 * with 5 percent 462,129 t; twice are 880,247 t. */
static void
test_energy_avoids_no_more_than_the_highest_factor_says(void **state)
{
    static const egret_test_bend_t bends[] = {
        { "<Val>282279</Val>", "<Val>462129</Val>", NULL, NULL, NULL },
        { "<Val>282279</Val>", "<Val>462131</Val>", "M03", "hold",
          "/Impct[3]/Val" },
        { "<Val>282279</Val>", "<Val>880247</Val>", "M03", "hold",
          "/Impct[3]/Val" },
        { "<Val>282279</Val>", "<Val>880248</Val>", "M03", "reject",
          "/Impct[3]/Val" },
        { "<Val>282279</Val><Unit>TOCD</Unit>",
          "<Val>282279000</Val><Unit>KGCO</Unit>", NULL, NULL, NULL },
    };

    (void) state;
    EGRET_TEST_BENDS("", bends);
}

static void
test_where_nothing_is_published_nothing_is_held(void **state)
{
    static const egret_test_bend_t elsewhere = {
        "<Jursdctn>CN</Jursdctn>", "<Jursdctn>BR</Jursdctn>", NULL, NULL, NULL
    };

    (void) state;
    egret_test_run_bend_on("", "<Val>282279</Val>", "<Val>880248</Val>",
                           &elsewhere);
}

/* 160 MW x 8760 h x 0.65 are 911,040 MWh. */
static void
test_a_plant_gives_no_more_than_its_capacity(void **state)
{
    static const egret_test_bend_t bends[] = {
        { "<Val>532000</Val>", "<Val>911040</Val>", NULL, NULL, NULL },
        { "<Val>532000</Val>", "<Val>911041</Val>", "M04", "hold",
          "/Impct[2]/Val" },
        { "<Val>160</Val>", "<Val>93</Val>", "M04", "hold", "/Impct[2]/Val" },
        { "<Tchnlgy>OFWD</Tchnlgy>", "<Tchnlgy>PVOL</Tchnlgy>", "M04", "hold",
          "/Impct[2]/Val" },
        { "<Tchnlgy>OFWD</Tchnlgy>",
          "<Tchnlgy>PVOL</Tchnlgy><Tchnlgy>OFWD</Tchnlgy>", NULL, NULL, NULL },
        { "<Tchnlgy>OFWD</Tchnlgy>",
          "<Tchnlgy>PVOL</Tchnlgy><Tchnlgy>HPMP</Tchnlgy>", "M04", "hold",
          "/Impct[2]/Val" },
        { "<Tchnlgy>OFWD</Tchnlgy>",
          "<Tchnlgy>HPMP</Tchnlgy><Tchnlgy>BATT</Tchnlgy>", NULL, NULL, NULL },
        { "<Tchnlgy>OFWD</Tchnlgy>",
          "<Tchnlgy>PVOL</Tchnlgy><Tchnlgy>GEOP</Tchnlgy>", NULL, NULL, NULL },
    };

    (void) state;
    EGRET_TEST_BENDS("", bends);
}

#define GREAT "<Val>880248</Val>"
#define ENERGY                                                                \
    "<PrjRef>1</PrjRef><Mtrc>RGEN</Mtrc><Val>532000</Val><Unit>MWHO</Unit>"   \
    "<Bss>EXAN</Bss>\n              "                                         \
    "<Prd><Fr>2028-01-01</Fr><To>2028-12-31</To></Prd><Hrzn>ANNL</Hrzn>"
#define OF_ALL                                                                \
    "<Mtrc>RGEN</Mtrc><Val>532000</Val><Unit>MWHO</Unit><Bss>EXAN</Bss>"      \
    "<Prd><Fr>2028-01-01</Fr><To>2028-12-31</To></Prd><Hrzn>ANNL</Hrzn>"
#define WASTE(tonnes)                                                         \
    "<Impct><PrjRef>1</PrjRef><Mtrc>WSTD</Mtrc><Val>" tonnes "</Val>"         \
    "<Unit>TONE</Unit><Bss>EXAN</Bss><Hrzn>ANNL</Hrzn></Impct><CrbnAcct>"

/* A tonne of waste avoids at most 12 t. */
static void
test_another_way_to_avoid_counts_for_what_it_can_avoid(void **state)
{
    static const egret_test_bend_t bends[] = {
        { "<CrbnAcct>", WASTE("0.001"), "M03", "reject", "/Impct[3]/Val" },
        { "<CrbnAcct>", WASTE("0.1"), "M03", "hold", "/Impct[3]/Val" },
        { "<CrbnAcct>", WASTE("33176"), "M03", "hold", "/Impct[3]/Val" },
        { "<CrbnAcct>", WASTE("33184"), NULL, NULL, NULL },
    };

    (void) state;
    for (size_t i = 0; i < sizeof(bends) / sizeof(bends[0]); i++) {
        egret_test_run_bend_on("", "<Val>282279</Val>", GREAT, &bends[i]);
    }
}

static void
test_another_way_that_no_list_bounds_is_not_judged(void **state)
{
    static const egret_test_bend_t bends[] = {
        { "<CrbnAcct>", WASTE("0.001"), NULL, NULL, NULL },
        { "<CrbnAcct>", "<CrbnAcct>", "M03", "reject", "/Impct[3]/Val" },
    };
    char folder[] = "/tmp/egret-figure-XXXXXX";
    char command[160], more[64];

    (void) state;
    assert_non_null(mkdtemp(folder));
    (void) snprintf(command, sizeof(command),
                    "cp conf/reference/*.tsv '%s' && "
                    "rm '%s/avoided_factors.tsv'", folder, folder);
    assert_int_equal(system(command), 0);
    (void) snprintf(more, sizeof(more), "egret_reference %s;", folder);
    for (size_t i = 0; i < sizeof(bends) / sizeof(bends[0]); i++) {
        egret_test_run_bend_on(more, "<Val>282279</Val>", GREAT, &bends[i]);
    }
    (void) snprintf(command, sizeof(command), "rm -r '%s'", folder);
    assert_int_equal(system(command), 0);
}

/* With 100 times the energy: 46,212,978 t, twice 88,024,720 t. */
static void
test_energy_of_another_horizon_or_basis_bounds_too(void **state)
{
    static const char life[] =
        "<Unit>TOCD</Unit><Bss>EXAN</Bss>\n              "
        "<Prd><Fr>2028-01-01</Fr><To>2028-12-31</To></Prd><Hrzn>LIFE</Hrzn>";
    static const char annual[] =
        "<Unit>TOCD</Unit><Bss>EXAN</Bss>\n              "
        "<Prd><Fr>2028-01-01</Fr><To>2028-12-31</To></Prd><Hrzn>ANNL</Hrzn>";
    static const char measured[] =
        "<PrjRef>1</PrjRef><Mtrc>RGEN</Mtrc><Val>532000</Val>"
        "<Unit>MWHO</Unit><Bss>EXPO</Bss>"
        "<Prd><Fr>2025-01-01</Fr><To>2025-12-31</To></Prd><Hrzn>ANNL</Hrzn>";
    static const struct {
        const char *avoided;
        egret_test_bend_t bend;
    } cases[] = {
        { GREAT, { "<Hrzn>ANNL</Hrzn>", "<Hrzn>LIFE</Hrzn>", "M03", "reject",
                   "/Impct[3]/Val" } },
        { "<Val>46212977</Val>", { annual, life, NULL, NULL, NULL } },
        { "<Val>46212979</Val>",
          { annual, life, "M03", "hold", "/Impct[3]/Val" } },
        { "<Val>88024721</Val>",
          { annual, life, "M03", "reject", "/Impct[3]/Val" } },
        { "<Val>46212977</Val>", { ENERGY, measured, NULL, NULL, NULL } },
        { "<Val>88024721</Val>",
          { ENERGY, measured, "M03", "hold", "/Impct[3]/Val" } },
    };

    (void) state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        egret_test_run_bend_on("", "<Val>282279</Val>", cases[i].avoided,
                               &cases[i].bend);
    }
}

#define SECOND(technology)                                                    \
    "<Prj><Id Schm=\"OWN\">EIOW-2</Id><Nm Lang=\"en\">The second</Nm>"        \
    "<Jursdctn>CN</Jursdctn><TtlCost Ccy=\"CNY\">1.00</TtlCost>"              \
    "<Allctd Ccy=\"CNY\">0.00</Allctd><LblRef>1</LblRef>"                     \
    "<EnrgySrc>WIND</EnrgySrc>" technology "</Prj></UoP>"
#define AVOIDED "<PrjRef>1</PrjRef><Mtrc>GHGA</Mtrc>"
#define ANOTHER                                                               \
    "<Impct><PrjRef>2</PrjRef><Mtrc>RGEN</Mtrc><Val>1</Val>"                  \
    "<Unit>MWHO</Unit><Bss>EXAN</Bss><Hrzn>ANNL</Hrzn></Impct><CrbnAcct>"

static void
test_energy_of_all_projects_bounds_each_where_all_generate(void **state)
{
    static const struct {
        const char *find[3];
        const char *replacement[3];
        const char *code;
    } cases[] = {
        { { ENERGY }, { OF_ALL }, "M03" },
        { { AVOIDED }, { "<Mtrc>GHGA</Mtrc>" }, "M03" },
        { { ENERGY, "</UoP>" },
          { OF_ALL, SECOND("<Tchnlgy>ONWD</Tchnlgy>") }, "M03" },
        { { ENERGY, "</UoP>" }, { OF_ALL, SECOND("") }, NULL },
        { { AVOIDED, "</UoP>" }, { "<Mtrc>GHGA</Mtrc>", SECOND("") }, NULL },
        { { AVOIDED, "</UoP>", "<CrbnAcct>" },
          { "<Mtrc>GHGA</Mtrc>", SECOND(""), ANOTHER }, "M03" },
    };

    (void) state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        egret_test_gateway_t gateway;
        egret_span_t bytes;
        egret_test_bend_t bend = { NULL, cases[i].replacement[0],
                                   cases[i].code, "reject", "/Impct[3]/Val" };

        egret_test_gateway_open(&gateway, "", "", "");
        bytes = egret_test_read_file(gateway.arena, EGRET_TEST_WIND);
        bytes = egret_test_bend(&gateway, bytes, "<Val>282279</Val>",
                                "<Val>880250</Val>");
        for (size_t k = 0; k < 3 && cases[i].find[k] != NULL; k++) {
            bytes = egret_test_bend(&gateway, bytes, cases[i].find[k],
                                    cases[i].replacement[k]);
        }
        egret_test_assert_bend(egret_test_judge(&gateway, bytes,
                                                "xiamen-bank"), &bend);
        egret_test_gateway_close(&gateway);
    }
}

#define CAPACITY(value, basis, horizon)                                       \
    "<Impct><PrjRef>1</PrjRef><Mtrc>RCAP</Mtrc><Val>" value "</Val>"          \
    "<Unit>MWCP</Unit><Bss>" basis "</Bss>"                                   \
    "<Prd><Fr>2025-01-01</Fr><To>2025-12-31</To></Prd>"                       \
    "<Hrzn>" horizon "</Hrzn></Impct><CrbnAcct>"

/* 93 MW give too little, 94 MW enough. */
static void
test_one_plant_stated_twice_is_no_second_plant(void **state)
{
    static const egret_test_bend_t bends[] = {
        { "<CrbnAcct>", CAPACITY("93", "EXPO", "LIFE"), "M04", "hold",
          "/Impct[2]/Val" },
        { "<CrbnAcct>", CAPACITY("93", "EXAN", "ANNL"), "M04", "hold",
          "/Impct[2]/Val" },
        { "<CrbnAcct>", CAPACITY("94", "EXPO", "LIFE"), NULL, NULL, NULL },
        { "<CrbnAcct>", CAPACITY("1", "EXAN", "LIFE"), NULL, NULL, NULL },
    };

    (void) state;
    for (size_t i = 0; i < sizeof(bends) / sizeof(bends[0]); i++) {
        egret_test_run_bend_on("", "<Val>160</Val>", "<Val>93</Val>",
                               &bends[i]);
    }
}

/* 532,000 MWh are 65,383 tce as heat, some 159,600 as coal burnt. */
static void
test_coal_saved_fits_the_energy(void **state)
{
    static const egret_test_bend_t bends[] = {
        { "<CrbnAcct>", COAL("65383", "TCEQ"), NULL, NULL, NULL },
        { "<CrbnAcct>", COAL("159600", "TCEQ"), NULL, NULL, NULL },
        { "<CrbnAcct>", COAL("110000", "TCEQ"), "M04", "hold",
          "/Impct[4]/Val" },
        { "<CrbnAcct>", COAL("653830", "TCEQ"), "M04", "hold",
          "/Impct[4]/Val" },
        { "<CrbnAcct>", COAL("1916219", "GGJL"), NULL, NULL, NULL },
    };

    (void) state;
    EGRET_TEST_BENDS("", bends);
}

/* A folder with the lists of ISO alone: an operator's own. */
static void
test_without_lists_nothing_is_judged(void **state)
{
    static const egret_test_bend_t bends[] = {
        { "<Mtrc>RGEN</Mtrc>", "<Mtrc>RGEX</Mtrc>", NULL, NULL, NULL },
        { "<Val>532000</Val>", "<Val>911041</Val>", NULL, NULL, NULL },
    };

    (void) state;
    EGRET_TEST_BENDS("egret_reference t/data/reference;", bends);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_metric_and_its_unit_are_known_and_fit),
        cmocka_unit_test(
            test_energy_avoids_no_more_than_the_highest_factor_says),
        cmocka_unit_test(test_where_nothing_is_published_nothing_is_held),
        cmocka_unit_test(test_a_plant_gives_no_more_than_its_capacity),
        cmocka_unit_test(
            test_another_way_to_avoid_counts_for_what_it_can_avoid),
        cmocka_unit_test(test_another_way_that_no_list_bounds_is_not_judged),
        cmocka_unit_test(test_energy_of_another_horizon_or_basis_bounds_too),
        cmocka_unit_test(
            test_energy_of_all_projects_bounds_each_where_all_generate),
        cmocka_unit_test(test_one_plant_stated_twice_is_no_second_plant),
        cmocka_unit_test(test_coal_saved_fits_the_energy),
        cmocka_unit_test(test_without_lists_nothing_is_judged),
    };

    return egret_test_run(tests);
}
