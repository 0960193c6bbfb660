/* SPDX-License-Identifier: Apache-2.0 */
/* How much of a block's money its labels get in a receiver's scheme. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gateway.h"
#include "helper.h"

#define SCHEMES                                                               \
    "egret_taxonomies conf/taxonomies/*.tsv t/data/labels/OTHER-1.tsv;"       \
    "egret_crosswalks conf/crosswalks/cn-gfepc-2025_tpex-2023.sssom.tsv "     \
    "t/data/labels/other.sssom.tsv;"
#define WIND "t/data/good/green-wind-loan.xml"
#define CHINA "CN-GFEPC 2025 4.2.1 "
#define SUN "CN-GFEPC 2025 4.2.2 "
#define OTHER "OTHER 1 A "
#define TAIPEI "TPEX 2023 TPEX-1 "

/* A block's labels ("SCHEME VERSION CODE SHARE STATUS") and projects
 * ("ALLOCATED LABEL..."), and the shares that its GrnXltn states, in order. */
typedef struct {
    const char *labels[3];
    const char *projects[3];
    const char *shares;
} shares_case_t;

static void
add_label(egret_buffer_t *out, const char *label)
{
    char scheme[36], version[36], code[36], share[16], status[5];

    assert_int_equal(sscanf(label, "%35s %35s %35s %15s %4s", scheme, version,
                            code, share, status),
                     5);
    egret_buffer_print(out,
                       "<Lbl><Schm>%s</Schm><Vrsn>%s</Vrsn><Cd>%s</Cd>"
                       "<Shr>%s</Shr><Sts>%s</Sts><Src>REVD</Src></Lbl>",
                       scheme, version, code, share, status);
}

static void
add_project(egret_buffer_t *out, const char *project)
{
    size_t length = strcspn(project, " ");

    egret_buffer_print(out,
                       "<Prj><Id Schm=\"OWN\">A</Id><Nm Lang=\"en\">A</Nm>"
                       "<Jursdctn>CN</Jursdctn><Allctd Ccy=\"CNY\">%.*s"
                       "</Allctd>",
                       (int) length, project);
    for (const char *at = project + length; *at != '\0'; at++) {
        if (*at != ' ') {
            egret_buffer_print(out, "<LblRef>%c</LblRef>", *at);
        }
    }
    egret_buffer_add_text(out, "</Prj>");
}

static egret_span_t
write_block(egret_test_gateway_t *gateway, const shares_case_t *at)
{
    egret_buffer_t out;

    egret_buffer_init(&out, gateway->arena, 1024 * 1024);
    egret_buffer_add_text(
        &out, "<GrnFin xmlns=\"urn:x-egret:grn:1\" Vrsn=\"1.0\">"
              "<Id>7d1f2c9e-3a54-4b7e-9c55-0e5d5a8b1c11</Id><Sts>FINL</Sts>"
              "<CreDtTm>2026-11-23T10:05:00+08:00</CreDtTm>"
              "<AsOfDt>2026-11-23</AsOfDt>"
              "<Issr><LEI>984500EGRETWINDF0160</LEI></Issr>"
              "<Instr><Tp>GLON</Tp><TtlAmt Ccy=\"CNY\">100</TtlAmt>"
              "<DcsvDt Kind=\"APPR\">2026-03-20</DcsvDt></Instr>");
    for (size_t i = 0; i < 3 && at->labels[i] != NULL; i++) {
        add_label(&out, at->labels[i]);
    }
    if (at->projects[0] != NULL) {
        egret_buffer_add_text(&out, "<UoP>");
        for (size_t i = 0; i < 3 && at->projects[i] != NULL; i++) {
            add_project(&out, at->projects[i]);
        }
        egret_buffer_add_text(&out, "</UoP>");
    }
    egret_buffer_add_text(&out, "</GrnFin>");
    egret_assert_ok(egret_buffer_rc(&out));

    return egret_buffer_span(&out);
}

/* The good message with this block in place of its own. */
static egret_span_t
write_message(egret_test_gateway_t *gateway, const shares_case_t *at)
{
    egret_span_t good = egret_test_read_file(gateway->arena, WIND);
    egret_span_t close = EGRET_SPAN("</GrnFin>");
    egret_buffer_t out;
    size_t from = 0, to = 0;

    while (!egret_span_starts_with(
        egret_span_slice(good, from, good.length), EGRET_SPAN("<GrnFin")))
    {
        from++;
    }
    while (!egret_span_starts_with(egret_span_slice(good, to, good.length),
                                   close))
    {
        to++;
    }

    egret_buffer_init(&out, gateway->arena, 1024 * 1024);
    egret_buffer_add(&out, egret_span_slice(good, 0, from));
    egret_buffer_add(&out, write_block(gateway, at));
    egret_buffer_add(&out, egret_span_slice(good, to + close.length,
                                            good.length));
    egret_assert_ok(egret_buffer_rc(&out));

    return egret_buffer_span(&out);
}

/* "100 0", of what follows the first GrnXltn. */
static void
read_shares(egret_span_t output, char *out, size_t capacity)
{
    egret_span_t open = EGRET_SPAN("<Shr>"), rest = output;
    bool is_within = false;
    size_t length = 0;

    for (size_t i = 0; i < output.length; i++) {
        rest = egret_span_slice(output, i, output.length);
        is_within = is_within
                    || egret_span_starts_with(rest, EGRET_SPAN("<GrnXltn"));
        if (is_within && egret_span_starts_with(rest, open)) {
            rest = egret_span_slice(rest, open.length, rest.length);
            rest = egret_span_slice(rest, 0, egret_span_find(rest, '<'));
            length += (size_t) snprintf(out + length, capacity - length,
                                        "%s%.*s", length > 0 ? " " : "",
                                        EGRET_SPAN_ARGS(rest));
        }
    }
    out[length] = '\0';
}

static void
assert_shares(const shares_case_t *cases, size_t count)
{
    egret_test_gateway_t gateway;

    egret_test_gateway_open(&gateway, SCHEMES, "",
                            "taxonomy TPEX/2023; severity E01 warn;");
    for (size_t i = 0; i < count; i++) {
        const egret_verdict_t *verdict = egret_test_judge(
            &gateway, write_message(&gateway, &cases[i]), "xiamen-bank");
        char shares[128];

        if (verdict->word > EGRET_WARNED) {
            fail_msg("case %zu: %.*s", i,
                     EGRET_SPAN_ARGS(verdict->findings.items[0].message));
        }
        egret_test_assert_valid(&gateway, verdict->output);
        read_shares(verdict->output, shares, sizeof(shares));
        if (strcmp(shares, cases[i].shares) != 0) {
            fail_msg("case %zu: %s, not %s", i, shares, cases[i].shares);
        }
    }
    egret_test_gateway_close(&gateway);
}

#define ASSERT_SHARES(cases)                                                  \
    assert_shares((cases), sizeof(cases) / sizeof((cases)[0]))

static void
test_a_share_is_that_of_the_label_and_of_its_projects(void **state)
{
    static const shares_case_t cases[] = {
        { { CHINA "100 ELIG" }, { "60 1", "40 1" }, "60 40" },
        { { CHINA "70 ELIG" }, { "60 1", "40 1" }, "60 10" },
        { { CHINA "70 ELIG" }, { NULL }, "70" },
        { { CHINA "60 ELIG", SUN "40 ELIG" }, { "100 12" }, "60 40" },
    };

    (void) state;
    ASSERT_SHARES(cases);
}

static void
test_labels_of_two_schemes_are_not_added(void **state)
{
    static const shares_case_t cases[] = {
        { { CHINA "100 ELIG", OTHER "100 ELIG" }, { "100 12" }, "100 0" },
        { { CHINA "60 ELIG", OTHER "60 ELIG" }, { "100 12" }, "60 0" },
        { { CHINA "60 ELIG", OTHER "60 ELIG" }, { NULL }, "60 0" },
        { { CHINA "60 ELIG", OTHER "60 ELIG" }, { "60 1", "40 2" }, "60 40" },
        { { CHINA "60 ELIG", OTHER "60 ELIG" }, { "60 1", "40 1" }, "60 0 0" },
        { { OTHER "60 ELIG", CHINA "60 ELIG" }, { "60 2", "40 2" }, "60 0 0" },
    };

    (void) state;
    ASSERT_SHARES(cases);
}

static void
test_what_is_labelled_in_the_target_itself_is_not_given_again(void **state)
{
    static const shares_case_t cases[] = {
        { { CHINA "100 ELIG", TAIPEI "100 ELIG" }, { "100 12" }, "0" },
        { { CHINA "100 ELIG", TAIPEI "100 NALG" }, { "100 12" }, "0" },
        { { CHINA "100 ELIG", TAIPEI "100 ELIG" }, { "100 1" }, "0" },
        { { CHINA "50 ELIG", TAIPEI "50 ELIG" }, { "50 1", "50 2" }, "50" },
        { { CHINA "100 ELIG", TAIPEI "50 ELIG" }, { "50 12", "50 1" },
          "50 0" },
    };

    (void) state;
    ASSERT_SHARES(cases);
}

/* Else the second label would find the first project's money gone. */
static void
test_a_project_of_one_label_comes_before_one_of_several(void **state)
{
    static const shares_case_t cases[] = {
        { { CHINA "60 ELIG", SUN "40 ELIG" }, { "50 12", "50 1" },
          "50 10 40" },
        { { CHINA "90 ELIG", SUN "10 ELIG" }, { "50 112", "50 1" },
          "50 40 10" },
    };

    (void) state;
    ASSERT_SHARES(cases);
}

static void
test_no_project_is_given_more_than_its_allocation(void **state)
{
    static const shares_case_t cases[] = {
        { { CHINA "50 ELIG", SUN "50 ELIG" }, { "30 12", "70 " "1" },
          "50 0 30" },
        { { CHINA "50 ELIG", SUN "50 ELIG" }, { "30 12", "70 12" },
          "30 20 0 50" },
    };

    (void) state;
    ASSERT_SHARES(cases);
}

static unsigned
draw(uint32_t *seed, unsigned below)
{
    *seed = *seed * 1664525u + 1013904223u;

    return (*seed >> 16) % below;
}

/* Three labels, of which no scheme has more than 100, and three projects. */
static void
draw_case(uint32_t *seed, char texts[6][32], shares_case_t *out,
          unsigned *standing)
{
    static const char *const names[] = { CHINA, SUN, OTHER, TAIPEI };
    unsigned allocated[3], left[3] = { 100, 100, 100 };

    *standing = 0;
    allocated[0] = draw(seed, 101);
    allocated[1] = draw(seed, 101 - allocated[0]);
    allocated[2] = 100 - allocated[0] - allocated[1];
    for (unsigned i = 0; i < 3; i++) {
        unsigned name = draw(seed, 4), scheme = name < 2 ? 0 : name - 1;
        unsigned share = i == 0 ? 1 + draw(seed, 100)
                                : draw(seed, left[scheme] + 1);

        left[scheme] -= share;
        *standing += name == 3 ? share : 0;
        (void) snprintf(texts[i], 32, "%s%u ELIG", names[name], share);
        (void) snprintf(texts[3 + i], 32, "%u %u%s", allocated[i],
                        draw(seed, 3) + 1,
                        draw(seed, 2) == 0 ? "" : draw(seed, 2) ? "2" : "13");
        out->labels[i] = texts[i];
        out->projects[i] = texts[3 + i];
    }
}

static void
test_no_block_gives_more_than_the_whole(void **state)
{
    egret_test_gateway_t gateway;
    uint32_t seed = 7;

    (void) state;
    egret_test_gateway_open(&gateway, SCHEMES, "",
                            "taxonomy TPEX/2023; severity E01 info;");
    for (unsigned round = 0; round < 500; round++) {
        shares_case_t drawn = { { NULL }, { NULL }, NULL };
        const egret_verdict_t *verdict;
        char texts[6][32], shares[256];
        unsigned sum;

        draw_case(&seed, texts, &drawn, &sum);
        verdict = egret_test_judge(&gateway, write_message(&gateway, &drawn),
                                   "xiamen-bank");
        if (verdict->word > EGRET_WARNED) {
            fail_msg("round %u: %.*s", round,
                     EGRET_SPAN_ARGS(verdict->findings.items[0].message));
        }
        read_shares(verdict->output, shares, sizeof(shares));
        for (char *at = shares; *at != '\0'; at += strspn(at, " ")) {
            sum += (unsigned) strtoul(at, &at, 10);
        }
        if (sum > 100) {
            fail_msg("round %u: %s", round, shares);
        }
    }
    egret_test_gateway_close(&gateway);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_share_is_that_of_the_label_and_of_its_projects),
        cmocka_unit_test(test_labels_of_two_schemes_are_not_added),
        cmocka_unit_test(
            test_what_is_labelled_in_the_target_itself_is_not_given_again),
        cmocka_unit_test(
            test_a_project_of_one_label_comes_before_one_of_several),
        cmocka_unit_test(test_no_project_is_given_more_than_its_allocation),
        cmocka_unit_test(test_no_block_gives_more_than_the_whole),
    };

    return egret_test_run(tests);
}
