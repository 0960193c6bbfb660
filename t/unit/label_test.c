/* SPDX-License-Identifier: Apache-2.0 */
/* What a label is for its receiver, and what is sent on. */
#include <stdio.h>
#include <string.h>

#include "gateway.h"
#include "helper.h"
#include "taxonomy/translate.h"

#define SCHEMES                                                               \
    "egret_taxonomies conf/taxonomies/*.tsv;"                                 \
    "egret_crosswalks conf/crosswalks/*.tsv;"
#define WIND "t/data/good/green-wind-loan.xml"
#define NUCLEAR "t/data/good/green-nuclear-loan.xml"
#define LABEL "/Document/FIToFICstmrCdtTrf/CdtTrfTxInf[1]"                    \
    "/SplmtryData[1]/Envlp/GrnFin/Lbl[1]"

static egret_verdict_t *
judge(egret_test_gateway_t *gateway, const char *path, const char *find,
      const char *replacement)
{
    egret_span_t good = egret_test_read_file(gateway->arena, path);

    return egret_test_judge(gateway,
                            egret_test_bend(gateway, good, find, replacement),
                            "xiamen-bank");
}

/* The output is the input with one insertion. */
static void
assert_inserted(const egret_verdict_t *verdict)
{
    egret_span_t in = verdict->tape.bytes, out = verdict->output;
    size_t from = 0, to = 0;

    assert_true(out.length > in.length);
    while (from < in.length && in.at[from] == out.at[from]) {
        from++;
    }
    while (to < in.length - from
           && in.at[in.length - 1 - to] == out.at[out.length - 1 - to])
    {
        to++;
    }
    assert_int_equal(from + to, in.length);
}

static void
test_a_wind_farm_gets_its_label_in_taipei(void **state)
{
    egret_test_gateway_t gateway;
    const egret_verdict_t *verdict;

    (void) state;
    egret_test_gateway_open(&gateway, SCHEMES, "", "taxonomy TPEX/2023;");
    verdict = judge(&gateway, WIND, NULL, NULL);
    assert_int_equal(verdict->word, EGRET_ACCEPTED);
    assert_inserted(verdict);
    egret_test_assert_valid(&gateway, verdict->output);
    egret_test_assert_holds(verdict->output, "<Rslt>TRLD</Rslt>");
    egret_test_assert_holds(verdict->output, "TPEX");
    egret_test_gateway_close(&gateway);
}

static void
test_without_schemes_of_the_receiver_no_byte_changes(void **state)
{
    egret_test_gateway_t gateway;
    const egret_verdict_t *verdict;

    (void) state;
    egret_test_gateway_open(&gateway, SCHEMES, "", "");
    verdict = judge(&gateway, WIND, NULL, NULL);
    assert_int_equal(verdict->word, EGRET_ACCEPTED);
    assert_ptr_equal(verdict->output.at, verdict->tape.bytes.at);
    assert_int_equal(verdict->output.length, verdict->tape.bytes.length);
    egret_test_gateway_close(&gateway);
}

static void
test_the_same_scheme_stands_as_it_is(void **state)
{
    egret_test_gateway_t gateway;
    const egret_verdict_t *verdict;

    (void) state;
    egret_test_gateway_open(&gateway, SCHEMES, "", "taxonomy CN-GFEPC/2025;");
    verdict = judge(&gateway, WIND, NULL, NULL);
    assert_int_equal(verdict->word, EGRET_ACCEPTED);
    assert_ptr_equal(verdict->output.at, verdict->tape.bytes.at);
    egret_test_gateway_close(&gateway);
}

static void
test_what_is_missing_is_told_for_a_scheme_without_a_row(void **state)
{
    egret_test_gateway_t gateway;
    const egret_verdict_t *verdict;

    (void) state;
    egret_test_gateway_open(&gateway, SCHEMES, "",
                            "taxonomy ICMA-GBP/2025 ZA-GFT/2022;");
    verdict = judge(&gateway, WIND, NULL, NULL);
    assert_int_equal(verdict->word, EGRET_ACCEPTED);
    egret_test_assert_valid(&gateway, verdict->output);
    egret_test_assert_holds(verdict->output, "<Rslt>TRLD</Rslt>");
    egret_test_assert_holds(verdict->output, "<Rslt>NASS</Rslt>");
    egret_test_gateway_close(&gateway);
}

/* Whatever the label says: gas passes only where a row names it. */
static void
test_gas_and_nuclear_power_pass_only_by_name(void **state)
{
    static const struct {
        const char *source;
        const char *unmapped;
        egret_verdict_word_t word;
    } cases[] = {
        { "NGAS", "", EGRET_WARNED },
        { "NUCL", "", EGRET_WARNED },
        { "NGAS", "unmapped hold;", EGRET_HELD },
        { "NUCL", "unmapped reject;", EGRET_REJECTED },
        { "SOLR", "unmapped reject;", EGRET_ACCEPTED },
    };

    (void) state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        egret_test_gateway_t gateway;
        const egret_verdict_t *verdict;
        char taxonomy[80], source[80];

        snprintf(taxonomy, sizeof(taxonomy), "taxonomy TPEX/2023; %s",
                 cases[i].unmapped);
        snprintf(source, sizeof(source),
                 "<EnrgySrc>WIND</EnrgySrc><EnrgySrc>%s</EnrgySrc>",
                 cases[i].source);
        egret_test_gateway_open(&gateway, SCHEMES, "", taxonomy);
        verdict = judge(&gateway, WIND, "<EnrgySrc>WIND</EnrgySrc>", source);
        assert_int_equal(verdict->word, cases[i].word);
        if (cases[i].word != EGRET_ACCEPTED) {
            const egret_finding_t *finding = &verdict->findings.items[1];

            assert_int_equal(verdict->findings.count, 2);
            assert_int_equal(verdict->findings.items[0].code, EGRET_L04);
            assert_int_equal(finding->code, EGRET_L08);
            assert_true(egret_test_holds(finding->xpath, "/EnrgySrc[2]"));
        }
        if (cases[i].word == EGRET_WARNED) {
            egret_test_assert_valid(&gateway, verdict->output);
            egret_test_assert_holds(verdict->output, "<Rslt>NASS</Rslt>");
            egret_test_assert_holds(verdict->output,
                                    "<Mssng>explicit row</Mssng>");
        }
        egret_test_gateway_close(&gateway);
    }
}

/* So many facts that none is read for conditions. */
static void
test_gas_does_not_hide_behind_many_facts(void **state)
{
    egret_test_gateway_t gateway;
    const egret_verdict_t *verdict;
    egret_buffer_t many;

    (void) state;
    egret_test_gateway_open(&gateway, SCHEMES, "",
                            "taxonomy TPEX/2023; unmapped reject;");
    egret_buffer_init(&many, gateway.arena, 1024 * 1024);
    for (int i = 0; i < 300; i++) {
        egret_buffer_add_text(&many, "<EnrgySrc>WIND</EnrgySrc>");
    }
    egret_buffer_add_text(&many, "<EnrgySrc>NGAS</EnrgySrc>");
    egret_buffer_add_byte(&many, '\0');
    verdict = judge(&gateway, WIND, "<EnrgySrc>WIND</EnrgySrc>", many.bytes);
    assert_int_equal(verdict->word, EGRET_REJECTED);
    assert_int_equal(verdict->findings.items[1].code, EGRET_L08);
    egret_test_gateway_close(&gateway);
}

static void
test_a_row_that_names_gas_admits_it(void **state)
{
    egret_test_gateway_t gateway;
    const egret_verdict_t *verdict;

    (void) state;
    egret_test_gateway_open(
        &gateway,
        "egret_taxonomies conf/taxonomies/*.tsv;"
        "egret_crosswalks t/data/labels/gas.sssom.tsv;",
        "", "taxonomy TPEX/2023;");
    verdict = judge(&gateway, WIND, "<EnrgySrc>WIND</EnrgySrc>",
                    "<EnrgySrc>NGAS</EnrgySrc>");
    assert_int_equal(verdict->word, EGRET_ACCEPTED);
    egret_test_assert_holds(verdict->output, "<Rslt>TRLD</Rslt>");
    egret_test_gateway_close(&gateway);
}

static void
test_a_nuclear_label_follows_unmapped(void **state)
{
    static const struct {
        const char *directive;
        egret_verdict_word_t word;
        unsigned status;
    } policies[] = {
        { "taxonomy TPEX/2023;", EGRET_WARNED, 200 },
        { "taxonomy TPEX/2023; unmapped annotate;", EGRET_WARNED, 200 },
        { "taxonomy TPEX/2023; unmapped hold;", EGRET_HELD, 422 },
        { "taxonomy TPEX/2023; unmapped reject;", EGRET_REJECTED, 422 },
        { "taxonomy TPEX/2023; unmapped reject; severity L04 info;",
          EGRET_REJECTED, 422 },
    };

    (void) state;
    for (size_t i = 0; i < sizeof(policies) / sizeof(policies[0]); i++) {
        egret_test_gateway_t gateway;
        const egret_verdict_t *verdict;

        egret_test_gateway_open(&gateway, SCHEMES, "", policies[i].directive);
        verdict = judge(&gateway, NUCLEAR, NULL, NULL);
        assert_int_equal(verdict->word, policies[i].word);
        assert_int_equal(verdict->http_status, policies[i].status);
        assert_int_equal(verdict->findings.count, 1);
        assert_int_equal(verdict->findings.items[0].code, EGRET_L04);
        egret_assert_span(verdict->findings.items[0].xpath, LABEL "/Cd");
        if (verdict->word == EGRET_WARNED) {
            egret_test_assert_holds(verdict->output, "<Rslt>NCPT</Rslt>");
            assert_false(egret_test_holds(verdict->output, "TRLD"));
            egret_test_assert_valid(&gateway, verdict->output);
        } else {
            assert_ptr_equal(verdict->output.at, verdict->tape.bytes.at);
        }
        egret_test_gateway_close(&gateway);
    }
}

static void
test_a_label_must_be_known_in_force_and_a_leaf(void **state)
{
    static const struct {
        const char *find;
        const char *replacement;
        const char *code;
        const char *xpath;
    } bends[] = {
        { "<Schm>CN-GFEPC<", "<Schm>XX-NONE<", "L01", LABEL "/Schm" },
        { "<Vrsn>2025<", "<Vrsn>2031<", "L01", LABEL "/Vrsn" },
        { "<Cd>4.2.1<", "<Cd>4.2<", "L03", LABEL "/Cd" },
        { "<Cd>4.2.1<", "<Cd>4.2.99<", "L03", LABEL "/Cd" },
        { "2026-03-20</DcsvDt>", "2025-01-10</DcsvDt>", "L02",
          LABEL "/Vrsn" },
        { "2026-03-20</DcsvDt>", "2025-09-30</DcsvDt>", "L02",
          LABEL "/Vrsn" },
        { "2026-03-20</DcsvDt>", "2025-10-01</DcsvDt>", NULL, NULL },
        /* today, and tomorrow, when the clock stands at 02:20 */
        { "2026-03-20</DcsvDt>", "2026-11-23</DcsvDt>", NULL, NULL },
        { "2026-03-20</DcsvDt>", "2026-11-24</DcsvDt>", "L02",
          LABEL "/Vrsn" },
    };
    egret_test_gateway_t gateway;

    (void) state;
    egret_test_gateway_open(&gateway, SCHEMES, "", "");
    for (size_t i = 0; i < sizeof(bends) / sizeof(bends[0]); i++) {
        const egret_verdict_t *verdict = judge(
            &gateway, WIND, bends[i].find, bends[i].replacement);

        if (bends[i].code == NULL) {
            assert_int_equal(verdict->findings.count, 0);
            continue;
        }
        if (verdict->findings.count != 1) {
            fail_msg("%s: %zu findings", bends[i].replacement,
                     verdict->findings.count);
        }
        assert_string_equal(
            egret_code_row(verdict->findings.items[0].code)->id,
            bends[i].code);
        egret_assert_span(verdict->findings.items[0].xpath, bends[i].xpath);
        assert_int_equal(verdict->word, EGRET_REJECTED);
    }
    egret_test_gateway_close(&gateway);
}

/* What is found: "L01 reject", "L01 warn L04 hold". */
static void
assert_found(const egret_verdict_t *verdict, const char *expected)
{
    static const char *const severities[] = { "info", "warn", "hold",
                                              "reject" };
    char found[256] = "";

    for (size_t i = 0; i < verdict->findings.count; i++) {
        const egret_finding_t *finding = &verdict->findings.items[i];
        size_t length = strlen(found);

        (void) snprintf(found + length, sizeof(found) - length, "%s%s %s",
                        i > 0 ? " " : "", egret_code_row(finding->code)->id,
                        severities[finding->severity]);
    }
    assert_string_equal(found, expected);
}

static void
test_a_label_at_fault_is_not_unmapped_as_well(void **state)
{
    static const struct {
        const char *find;
        const char *replacement;
        const char *more;
        const char *found;
    } cases[] = {
        { "<Schm>CN-GFEPC<", "<Schm>XX-NONE<", "", "L01 reject" },
        { "<Vrsn>2025<", "<Vrsn>2031<", "unmapped hold;", "L01 reject" },
        { "<Cd>4.2.1<", "<Cd>4.2<", "unmapped reject;", "L03 reject" },
        { "2026-03-20</DcsvDt>", "2025-09-30</DcsvDt>", "", "L02 reject" },
        { "2026-03-20</DcsvDt>", "2027-06-01</DcsvDt>", "", "L02 reject" },
        /* a policy that is stricter still acts */
        { "<Schm>CN-GFEPC<", "<Schm>XX-NONE<", "severity L01 warn;",
          "L01 warn" },
        { "<Schm>CN-GFEPC<", "<Schm>XX-NONE<",
          "severity L01 warn; unmapped hold;", "L01 warn L04 hold" },
        { "<Cd>4.2.1<", "<Cd>4.2<", "severity L03 hold; unmapped reject;",
          "L03 hold L04 reject" },
        { "<Cd>4.2.1<", "<Cd>4.2<", "severity L03 info;",
          "L03 info L04 warn" },
    };

    (void) state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        egret_test_gateway_t gateway;
        char in_taipei[128];

        (void) snprintf(in_taipei, sizeof(in_taipei), "taxonomy TPEX/2023; %s",
                        cases[i].more);
        egret_test_gateway_open(&gateway, SCHEMES, "", in_taipei);
        assert_found(judge(&gateway, WIND, cases[i].find,
                           cases[i].replacement),
                     cases[i].found);
        egret_test_gateway_close(&gateway);
    }
}

/* Who is refused gets no GrnXltn that would say it. */
static void
test_what_is_unmapped_says_what_is_missing(void **state)
{
    static const struct {
        const char *path;
        const char *find;
        const char *replacement;
        const char *expected;
    } cases[] = {
        { NUCLEAR, NULL, NULL,
          "a label of TPEX/2023 (no counterpart), RU-1587/2023 (missing: "
          "row)" },
        { WIND, "<Cd>4.2.1<", "<Cd>1.5.1<",
          "a label of TPEX/2023 (missing: scope), RU-1587/2023 (missing: "
          "row)" },
        { WIND, "<Sts>FINL<", "<Sts>DRFT<",
          "a label of TPEX/2023 (missing: final block), RU-1587/2023 "
          "(missing: final block)" },
    };

    (void) state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        egret_test_gateway_t gateway;
        const egret_verdict_t *verdict;

        egret_test_gateway_open(
            &gateway, SCHEMES, "",
            "taxonomy TPEX/2023 RU-1587/2023; unmapped reject;");
        verdict = judge(&gateway, cases[i].path, cases[i].find,
                        cases[i].replacement);
        assert_found(verdict, "L04 reject");
        egret_assert_span(verdict->findings.items[0].expected,
                          cases[i].expected);
        egret_test_gateway_close(&gateway);
    }
}

static void
test_a_share_without_a_base_is_missing(void **state)
{
    egret_test_gateway_t gateway;
    const egret_verdict_t *verdict;
    bool found = false;

    (void) state;
    egret_test_gateway_open(&gateway, SCHEMES, "",
                            "taxonomy TPEX/2023; severity G04 info;");
    verdict = judge(&gateway, WIND, "<Allctd Ccy=\"CNY\">",
                    "<Allctd Ccy=\"USD\">");
    assert_int_equal(verdict->word, EGRET_WARNED);
    for (size_t i = 0; i < verdict->findings.count; i++) {
        if (verdict->findings.items[i].code == EGRET_L04) {
            egret_assert_span(
                verdict->findings.items[i].expected,
                "a label of TPEX/2023 (missing: base in one currency)");
            found = true;
        }
    }
    assert_true(found);
    egret_test_assert_holds(verdict->output, "<Rslt>NASS</Rslt>");
    assert_false(egret_test_holds(verdict->output, "<Rslt>TRLD</Rslt>"));
    egret_test_gateway_close(&gateway);
}

static void
test_a_date_that_is_to_come_translates_no_label(void **state)
{
    static const struct {
        const char *date;
        const char *result;
    } cases[] = {
        { "2026-11-23</DcsvDt>", "<Rslt>TRLD</Rslt>" },
        { "2026-11-24</DcsvDt>", "<Mssng>final block</Mssng>" },
        { "2027-06-01</DcsvDt>", "<Mssng>final block</Mssng>" },
    };
    egret_test_gateway_t gateway;

    (void) state;
    egret_test_gateway_open(&gateway, SCHEMES, "",
                            "taxonomy TPEX/2023; severity L02 warn;");
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        const egret_verdict_t *verdict = judge(
            &gateway, WIND, "2026-03-20</DcsvDt>", cases[i].date);

        egret_test_assert_holds(verdict->output, cases[i].result);
        assert_int_equal(
            egret_test_holds(verdict->output, "<Rslt>TRLD</Rslt>"), i == 0);
    }
    egret_test_gateway_close(&gateway);
}

static void
test_a_draft_may_state_a_date_that_is_to_come(void **state)
{
    egret_test_gateway_t gateway;
    egret_span_t bytes;

    (void) state;
    egret_test_gateway_open(&gateway, SCHEMES, "", "");
    bytes = egret_test_read_file(gateway.arena, WIND);
    bytes = egret_test_bend(&gateway, bytes, "<Sts>FINL<", "<Sts>DRFT<");
    bytes = egret_test_bend(&gateway, bytes, "2026-03-20</DcsvDt>",
                            "2027-06-01</DcsvDt>");
    assert_found(egret_test_judge(&gateway, bytes, "xiamen-bank"), "");
    egret_test_gateway_close(&gateway);
}

static void
test_the_page_of_labels_names_all_that_can_be_missing(void **state)
{
    egret_arena_t *arena = egret_arena_create(egret_allocator_default(), 0);
    egret_span_t page = egret_test_read_file(arena, "docs/labels.md");

    (void) state;
    egret_test_assert_holds(page, "| `base in one currency` |");
    for (unsigned i = 0; i < EGRET_MISSING_COUNT; i++) {
        char word[64];

        (void) snprintf(word, sizeof(word), "`%s`",
                        egret_missing_text((egret_missing_t) i));
        egret_test_assert_holds(page, word);
    }
    egret_arena_destroy(arena);
}

static void
test_a_label_that_is_not_green_is_no_matter_of_unmapped(void **state)
{
    static const struct {
        const char *status;
        const char *found;
    } cases[] = {
        { "<Sts>NALG<", "" },
        { "<Sts>TRNS<", "L04 reject" },
        { "<Sts>ENBL<", "L04 reject" },
    };
    egret_test_gateway_t gateway;

    (void) state;
    egret_test_gateway_open(&gateway, SCHEMES, "",
                            "taxonomy TPEX/2023; unmapped reject;");
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        const egret_verdict_t *verdict = judge(&gateway, WIND, "<Sts>ELIG<",
                                               cases[i].status);

        assert_found(verdict, cases[i].found);
        assert_ptr_equal(verdict->output.at, verdict->tape.bytes.at);
    }
    egret_test_gateway_close(&gateway);
}

static void
test_a_row_that_is_superseded_says_so(void **state)
{
    egret_test_gateway_t gateway;
    const egret_verdict_t *verdict;
    egret_span_t bytes;

    (void) state;
    egret_test_gateway_open(
        &gateway,
        "egret_taxonomies conf/taxonomies/TPEX.tsv t/data/labels/OTHER-1.tsv;"
        "egret_crosswalks t/data/labels/other.sssom.tsv;",
        "", "taxonomy TPEX/2023;");
    bytes = egret_test_bend(
        &gateway, egret_test_read_file(gateway.arena, WIND),
        "<Schm>CN-GFEPC</Schm><Vrsn>2025</Vrsn><Cd>4.2.1</Cd>",
        "<Schm>OTHER</Schm><Vrsn>1</Vrsn><Cd>A</Cd>");
    verdict = egret_test_judge(&gateway, bytes, "xiamen-bank");
    assert_int_equal(verdict->word, EGRET_ACCEPTED);
    egret_test_assert_valid(&gateway, verdict->output);
    egret_test_assert_holds(verdict->output, "<Rslt>TRLD</Rslt>");
    egret_test_assert_holds(verdict->output, "<Sts>SPSD</Sts>");
    egret_test_gateway_close(&gateway);
}

static void
test_a_draft_warns_and_gives_no_label(void **state)
{
    static const struct {
        const char *more;
        const char *found;
    } cases[] = {
        { "", "L01 warn" },
        { "unmapped hold;", "L01 warn L04 hold" },
        { "unmapped reject;", "L01 warn L04 reject" },
        { "severity L01 reject;", "L01 reject" },
    };

    (void) state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        egret_test_gateway_t gateway;
        const egret_verdict_t *verdict;
        char in_taipei[128];
        egret_span_t bytes;

        (void) snprintf(in_taipei, sizeof(in_taipei), "taxonomy TPEX/2023; %s",
                        cases[i].more);
        egret_test_gateway_open(
            &gateway,
            "egret_taxonomies conf/taxonomies/*.tsv "
            "t/data/labels/PLANNED-1.tsv;"
            "egret_crosswalks t/data/labels/planned.sssom.tsv;",
            "", in_taipei);
        bytes = egret_test_bend(
            &gateway, egret_test_read_file(gateway.arena, WIND),
            "<Schm>CN-GFEPC</Schm><Vrsn>2025</Vrsn><Cd>4.2.1</Cd>",
            "<Schm>PLANNED</Schm><Vrsn>1</Vrsn><Cd>A</Cd>");
        verdict = egret_test_judge(&gateway, bytes, "xiamen-bank");
        assert_found(verdict, cases[i].found);
        assert_false(egret_test_holds(verdict->output, "TRLD"));
        egret_test_gateway_close(&gateway);
    }
}

static void
test_without_taxonomies_no_label_is_judged(void **state)
{
    egret_test_gateway_t gateway;
    const egret_verdict_t *verdict;

    (void) state;
    egret_test_gateway_open(&gateway, "", "", "");
    verdict = judge(&gateway, WIND, "<Schm>CN-GFEPC<", "<Schm>XX-NONE<");
    assert_int_equal(verdict->findings.count, 0);
    egret_test_gateway_close(&gateway);
}

static void
test_a_signed_header_is_never_edited(void **state)
{
    egret_test_gateway_t gateway;
    const egret_verdict_t *verdict;
    static const char signature[] =
        "<Sgntr><ds:Signature xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\">"
        "</ds:Signature></Sgntr></AppHdr>";

    (void) state;
    egret_test_gateway_open(&gateway, SCHEMES, "", "taxonomy TPEX/2023;");
    verdict = judge(&gateway, WIND, "</AppHdr>", signature);
    assert_true(egret_findings_reject(&verdict->findings, EGRET_X07));
    assert_ptr_equal(verdict->output.at, verdict->tape.bytes.at);
    egret_test_gateway_close(&gateway);

    egret_test_gateway_open(&gateway, SCHEMES, "", "");
    verdict = judge(&gateway, WIND, "</AppHdr>", signature);
    assert_int_equal(verdict->findings.count, 0);
    egret_test_gateway_close(&gateway);
}

static void
test_a_partners_rule_holds_its_message(void **state)
{
    egret_test_gateway_t gateway;
    const egret_verdict_t *verdict;

    (void) state;
    egret_test_gateway_open(&gateway, "", "",
                            "rules conf/rules/carbon-assessment.lua;");
    verdict = egret_test_judge(&gateway, gateway.good, "xiamen-bank");
    assert_int_equal(verdict->word, EGRET_HELD);
    assert_int_equal(verdict->findings.items[0].code, EGRET_U01);
    egret_assert_span(verdict->findings.items[0].rule, "TPB-002");
    egret_test_assert_holds(
        egret_test_answer(&gateway, verdict, false).body,
        "EG-U01 TPB-002 IntrBkSttlmAmt 80000000.00: over the agreed limit");
    egret_test_gateway_close(&gateway);

    egret_test_gateway_open(&gateway, "",
                            "rules conf/rules/carbon-assessment.lua;", "");
    verdict = egret_test_judge(
        &gateway,
        egret_test_read_file(gateway.arena,
                             "t/data/good/pacs.008-two-payments.xml"),
        "taipei-bank");
    assert_int_equal(verdict->word, EGRET_ACCEPTED);
    egret_test_gateway_close(&gateway);
}

static void
test_a_failing_rule_tells_its_name_and_not_its_folder(void **state)
{
    egret_test_gateway_t gateway;
    const egret_verdict_t *verdict;

    (void) state;
    egret_test_gateway_open(&gateway, "", "", "rules t/data/rules/loop.lua;");
    verdict = egret_test_judge(&gateway, gateway.good, "xiamen-bank");
    assert_int_equal(verdict->word, EGRET_HELD);
    assert_int_equal(verdict->findings.items[0].code, EGRET_U02);
    egret_test_assert_holds(
        egret_test_answer(&gateway, verdict, true).body, "loop.lua:");
    assert_false(egret_test_holds(
        egret_test_answer(&gateway, verdict, true).body, "data/rules"));
    egret_test_gateway_close(&gateway);
}

/* A wind farm's loan with more labels of it, and projects that each name the
 * first `references` of them. */
static egret_span_t
multiply(egret_test_gateway_t *gateway, size_t labels, size_t projects,
         size_t references)
{
    static const char label[] =
        "<Lbl><Schm>CN-GFEPC</Schm><Vrsn>2025</Vrsn><Cd>4.2.1</Cd>"
        "<Shr>0</Shr><Sts>ELIG</Sts><Src>REVD</Src></Lbl>";
    static const char project[] =
        "<Prj><Id Schm=\"OWN\">A</Id><Nm Lang=\"en\">A</Nm>"
        "<Jursdctn>CN</Jursdctn><Allctd Ccy=\"CNY\">0</Allctd>";
    egret_span_t bytes = egret_test_read_file(gateway->arena, WIND);
    egret_buffer_t more;

    egret_buffer_init(&more, gateway->arena, 2 * 1024 * 1024);
    egret_buffer_add_text(&more, "</Prj>");
    for (size_t i = 0; i < projects; i++) {
        egret_buffer_add_text(&more, project);
        for (size_t k = 0; k < references; k++) {
            egret_buffer_print(&more, "<LblRef>%zu</LblRef>", k + 1);
        }
        egret_buffer_add_text(&more, "</Prj>");
    }
    egret_buffer_add(&more, (egret_span_t){ "", 1 });
    egret_assert_ok(egret_buffer_rc(&more));
    bytes = egret_test_bend(gateway, bytes, "</Prj>",
                            egret_buffer_span(&more).at);

    egret_buffer_init(&more, gateway->arena, 2 * 1024 * 1024);
    egret_buffer_add_text(&more, "</Instr>");
    for (size_t i = 0; i < labels; i++) {
        egret_buffer_add_text(&more, label);
    }
    egret_buffer_add(&more, (egret_span_t){ "", 1 });
    egret_assert_ok(egret_buffer_rc(&more));

    return egret_test_bend(gateway, bytes, "</Instr>",
                           egret_buffer_span(&more).at);
}

/* Labels and projects multiply; what is said of them does not. */
static void
test_many_labels_and_projects_fit_in_the_arena(void **state)
{
    egret_test_gateway_t gateway;
    const egret_verdict_t *verdict;

    (void) state;
    egret_test_gateway_open(&gateway, SCHEMES, "", "taxonomy TPEX/2023;");
    gateway.message_ceiling = 64 * 1024 * 1024;
    verdict = egret_test_judge(&gateway, multiply(&gateway, 1000, 1000, 1),
                               "xiamen-bank");
    assert_int_equal(verdict->word, EGRET_ACCEPTED);
    assert_inserted(verdict);
    egret_test_assert_valid(&gateway, verdict->output);
    egret_test_gateway_close(&gateway);
}

static void
test_what_would_make_the_message_too_long_is_a_finding(void **state)
{
    egret_test_gateway_t gateway;
    const egret_verdict_t *verdict;

    (void) state;
    egret_test_gateway_open(&gateway, SCHEMES, "", "taxonomy TPEX/2023;");
    verdict = egret_test_judge(&gateway, multiply(&gateway, 99, 400, 99),
                               "xiamen-bank");
    assert_found(verdict, "X07 reject");
    egret_assert_span(verdict->findings.items[0].expected,
                      "at most 4194304 bytes");
    assert_ptr_equal(verdict->output.at, verdict->tape.bytes.at);
    egret_test_gateway_close(&gateway);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_wind_farm_gets_its_label_in_taipei),
        cmocka_unit_test(test_without_schemes_of_the_receiver_no_byte_changes),
        cmocka_unit_test(test_the_same_scheme_stands_as_it_is),
        cmocka_unit_test(
            test_what_is_missing_is_told_for_a_scheme_without_a_row),
        cmocka_unit_test(test_gas_and_nuclear_power_pass_only_by_name),
        cmocka_unit_test(test_gas_does_not_hide_behind_many_facts),
        cmocka_unit_test(test_a_row_that_names_gas_admits_it),
        cmocka_unit_test(test_a_nuclear_label_follows_unmapped),
        cmocka_unit_test(test_a_label_must_be_known_in_force_and_a_leaf),
        cmocka_unit_test(test_a_label_at_fault_is_not_unmapped_as_well),
        cmocka_unit_test(test_what_is_unmapped_says_what_is_missing),
        cmocka_unit_test(test_a_share_without_a_base_is_missing),
        cmocka_unit_test(test_a_date_that_is_to_come_translates_no_label),
        cmocka_unit_test(test_a_draft_may_state_a_date_that_is_to_come),
        cmocka_unit_test(test_the_page_of_labels_names_all_that_can_be_missing),
        cmocka_unit_test(
            test_a_label_that_is_not_green_is_no_matter_of_unmapped),
        cmocka_unit_test(test_a_row_that_is_superseded_says_so),
        cmocka_unit_test(test_a_draft_warns_and_gives_no_label),
        cmocka_unit_test(test_without_taxonomies_no_label_is_judged),
        cmocka_unit_test(test_a_signed_header_is_never_edited),
        cmocka_unit_test(test_many_labels_and_projects_fit_in_the_arena),
        cmocka_unit_test(
            test_what_would_make_the_message_too_long_is_a_finding),
        cmocka_unit_test(test_a_partners_rule_holds_its_message),
        cmocka_unit_test(
            test_a_failing_rule_tells_its_name_and_not_its_folder),
    };

    return egret_test_run(tests);
}
