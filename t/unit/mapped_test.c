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

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_rows_prove_may_be_claimed),
        cmocka_unit_test(test_no_more_is_claimed_than_rows_prove),
        cmocka_unit_test(test_a_mapped_label_covers_no_more_than_its_sources),
        cmocka_unit_test(test_a_mapped_label_and_no_other_names_its_row),
        cmocka_unit_test(
            test_gas_is_not_claimed_along_a_row_that_does_not_name_it),
        cmocka_unit_test(test_without_taxonomies_nothing_is_recomputed),
    };

    return egret_test_run(tests);
}
