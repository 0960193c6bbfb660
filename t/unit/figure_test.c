/* SPDX-License-Identifier: Apache-2.0 */
/* Figures of impact: their units, and whether they fit each other. The good
 * wind farm has 160 MW, 532,000 MWh a year and avoids 282,279 t. */
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
    static const egret_test_bend_t of_another_period = {
        "<Hrzn>ANNL</Hrzn>", "<Hrzn>LIFE</Hrzn>", NULL, NULL, NULL
    };

    (void) state;
    egret_test_run_bend_on("", "<Val>282279</Val>", "<Val>880248</Val>",
                           &elsewhere);
    egret_test_run_bend_on("", "<Val>282279</Val>", "<Val>880248</Val>",
                           &of_another_period);
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
          "<Tchnlgy>PVOL</Tchnlgy><Tchnlgy>HPMP</Tchnlgy>", NULL, NULL, NULL },
    };

    (void) state;
    EGRET_TEST_BENDS("", bends);
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
        cmocka_unit_test(test_coal_saved_fits_the_energy),
        cmocka_unit_test(test_without_lists_nothing_is_judged),
    };

    return egret_test_run(tests);
}
