/* SPDX-License-Identifier: Apache-2.0 */
/* What a partner is told of a label: as JSON and as a page. */
#include "answer/explanation.h"
#include "answer/text_words.h"

#include <string.h>

#include "gateway.h"
#include "made_taxonomy.h"

static egret_question_t
question(const char *from, const char *to)
{
    return (egret_question_t){ .from = egret_span_from(from),
                               .to = egret_span_from(to),
                               .today = { 2026, 11, 23 } };
}

/* TWO/1 and TWO/2 are versions of one scheme; ONE/1 carries to CATS/1. */
static egret_taxonomies_t *
taxonomies_of(egret_arena_t *arena)
{
    egret_taxonomies_t *taxonomies = egret_test_small_schemes(arena);

    egret_test_join(arena, taxonomies, "ONE ONE 1", "CATS CATS 1",
                    "ONE:1.1 skos:broadMatch - CATS:A broad not-required "
                    "not-compared not-compared - - -",
                    "");

    return taxonomies;
}

static egret_answer_t
ask(egret_arena_t *arena, const egret_question_t *asked,
    egret_explained_form_t form)
{
    egret_answer_t answer;

    egret_assert_ok(egret_explanation_answer(taxonomies_of(arena), asked,
                                             form, EGRET_PAGE_ZH_HANS,
                                             arena, &answer));

    return answer;
}

static void
test_a_question_is_answered_with_its_rows(void **state)
{
    egret_arena_t *arena = egret_arena_create(egret_allocator_default(), 0);
    egret_question_t asked = question("ONE/1/1.1", "CATS/1");
    egret_answer_t answer = ask(arena, &asked, EGRET_EXPLAINED_JSON);

    (void) state;
    assert_int_equal(answer.status, 200);
    egret_assert_span(answer.content_type, "application/json");
    egret_test_assert_holds(answer.body, "\"verdict\":\"translated\"");
    egret_test_assert_holds(answer.body, "\"on\":\"2026-11-23\"");
    egret_test_assert_holds(answer.body, "\"file\":\"made.tsv\"");

    answer = ask(arena, &asked, EGRET_EXPLAINED_PAGE);
    egret_assert_span(answer.content_type, "text/html; charset=utf-8");
    egret_test_assert_holds(answer.body, "<html lang=\"zh-Hans\">");
    egret_test_assert_holds(answer.body, "可转换");
    egret_arena_destroy(arena);
}

static void
test_a_scheme_alone_is_its_version_in_force(void **state)
{
    static const struct {
        const char *on;
        const char *version;
    } cases[] = {
        { "2025-06-30", "\"version\":\"1\"" },
        { "2025-07-01", "\"version\":\"2\"" },
    };
    egret_arena_t *arena = egret_arena_create(egret_allocator_default(), 0);

    (void) state;
    for (size_t i = 0; i < 2; i++) {
        egret_question_t asked = question("ONE/1/1.1", "TWO");
        egret_answer_t answer;
        egret_span_t to;

        asked.on = egret_span_from(cases[i].on);
        answer = ask(arena, &asked, EGRET_EXPLAINED_JSON);
        assert_int_equal(answer.status, 200);
        to = answer.body;
        to.at = strstr(to.at, "\"to\":{");
        assert_non_null(to.at);
        to.length = 60;
        egret_test_assert_holds(to, cases[i].version);
    }
    egret_arena_destroy(arena);
}

static void
test_a_question_that_cannot_be_answered_is_told_why(void **state)
{
    static const struct {
        const char *from;
        const char *to;
        const char *why;
    } cases[] = {
        { "ONE/1", "CATS/1", "is not SCHEME/VERSION/CODE" },
        { "ONE/1/1.1", "", "is not SCHEME/VERSION" },
        { "ONE/1/1.1", "NONE", "is in no taxonomy that is loaded" },
        { "ONE/1/1.1", "CATS/9", "is in no taxonomy that is loaded" },
        { "ONE/1/1.1", "CATS/1/Z", "is no code of that taxonomy" },
        { "ONE/1/1.1", "DRAFT", "has no version in force on that date" },
    };
    egret_arena_t *arena = egret_arena_create(egret_allocator_default(), 0);

    (void) state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        egret_question_t asked = question(cases[i].from, cases[i].to);
        egret_answer_t answer = ask(arena, &asked, EGRET_EXPLAINED_PAGE);

        assert_int_equal(answer.status, 400);
        egret_assert_span(answer.content_type, "application/problem+json");
        egret_test_assert_holds(answer.body, cases[i].why);
    }
    egret_arena_destroy(arena);
}

/* ONE/1 passes through CATS/1 to TWO/1, with a condition on each way. */
static egret_taxonomies_t *
chain_of(egret_arena_t *arena)
{
    egret_taxonomies_t *taxonomies = egret_test_small_schemes(arena);
    egret_span_t fault;

    egret_assert_ok(egret_taxonomies_add_crosswalk(
        taxonomies, EGRET_SPAN("first.tsv"),
        egret_test_crosswalk(arena, "ONE ONE 1", "CATS CATS 1",
                             "ONE:1.1 skos:narrowMatch - CATS:A broad broad "
                             "- - - - technology~in~(PVOL)"),
        &fault));
    egret_test_join(arena, taxonomies, "CATS CATS 1", "TWO TWO 1",
                    "CATS:A skos:exactMatch - TWO:X exact exact exact exact "
                    "2021-01-01 2030-12-31 -\n"
                    "CATS:A skos:narrowMatch - TWO:Y broad broad broad broad "
                    "- - technology~in~(PVOL)",
                    "");

    return taxonomies;
}

static void
test_no_object_of_a_chain_has_a_key_twice(void **state)
{
    egret_arena_t *arena = egret_arena_create(egret_allocator_default(), 0);
    egret_taxonomies_t *taxonomies = chain_of(arena);
    egret_question_t asked = question("ONE/1/1.1", "TWO/1/Y");
    egret_answer_t answer;

    (void) state;
    egret_assert_ok(egret_explanation_answer(taxonomies, &asked,
                                             EGRET_EXPLAINED_JSON,
                                             EGRET_PAGE_EN, arena, &answer));
    egret_test_assert_holds(answer.body, "\"via\":{\"file\":");
    egret_test_assert_json(answer.body);
    egret_arena_destroy(arena);
}

static void
test_another_code_than_the_asked_one_is_said(void **state)
{
    egret_arena_t *arena = egret_arena_create(egret_allocator_default(), 0);
    egret_question_t asked = question("ONE/1/1.1", "CATS/1/B");
    egret_answer_t answer = ask(arena, &asked, EGRET_EXPLAINED_JSON);

    (void) state;
    egret_test_assert_holds(answer.body, "\"asked\":{\"isIt\":false,"
                                         "\"code\":\"B\"");
    answer = ask(arena, &asked, EGRET_EXPLAINED_PAGE);
    assert_false(egret_test_holds(answer.body, "class=\"box yes\""));
    egret_test_assert_holds(answer.body, "所询代码并非转换结果。");

    asked = question("ONE/1/1.1", "CATS/1/A");
    answer = ask(arena, &asked, EGRET_EXPLAINED_JSON);
    egret_test_assert_holds(answer.body, "\"asked\":{\"isIt\":true,"
                                         "\"code\":\"A\"");
    answer = ask(arena, &asked, EGRET_EXPLAINED_PAGE);
    egret_test_assert_holds(answer.body, "class=\"box yes\"");
    egret_arena_destroy(arena);
}

/* ONE/1 to TWO/1 by way of CATS/1. */
static egret_answer_t
page_of_a_chain(egret_arena_t *arena)
{
    egret_taxonomies_t *taxonomies = chain_of(arena);
    egret_question_t asked = question("ONE/1/1.1", "TWO/1");
    egret_answer_t answer;

    egret_assert_ok(egret_explanation_answer(taxonomies, &asked,
                                             EGRET_EXPLAINED_PAGE,
                                             EGRET_PAGE_EN, arena, &answer));

    return answer;
}

static void
test_the_page_tells_all_of_each_row_of_a_chain(void **state)
{
    static const char *const told[] = {
        "<th>Label</th><td>ONE/1/1.1 name, ELIG</td>",
        "<th>From</th><td>ONE/1 (FINAL), published 2020-01-01, in force from "
        "2020-07-01</td>",
        "<th>To</th><td>TWO/1 (FINAL), published 2020-01-01, in force from "
        "2020-07-01</td>",
        "<td>behind: CATS/1/A name</td><td>scope: within<br>criteria: within",
        "condition: technology in (PVOL)<br>justification: "
        "semapv:ManualMappingCuration<br>comment: made<br>first.tsv:12</td>",
        "<td>not stated<br>valid from: 2021-01-01<br>valid to: 2030-12-31</td>",
        "justification: semapv:ManualMappingCuration<br>comment: made<br>"
        "made.tsv:12</td>",
    };
    egret_arena_t *arena = egret_arena_create(egret_allocator_default(), 0);
    egret_answer_t answer = page_of_a_chain(arena);

    (void) state;
    for (size_t i = 0; i < sizeof(told) / sizeof(told[0]); i++) {
        egret_test_assert_holds(answer.body, told[i]);
    }
    egret_arena_destroy(arena);
}

static void
test_the_page_says_what_was_asked_of_a_source_that_is_unknown(void **state)
{
    egret_arena_t *arena = egret_arena_create(egret_allocator_default(), 0);
    egret_question_t asked = question("NONE/7/a<b", "CATS/1");
    egret_answer_t answer = ask(arena, &asked, EGRET_EXPLAINED_PAGE);

    (void) state;
    egret_test_assert_holds(answer.body,
                            "<th>标签</th><td>NONE/7/a&lt;b, ELIG</td>");
    egret_test_assert_holds(answer.body,
                            ">NONE/7</text><text x=\"14\" y=\"56\">a&lt;b<");
    egret_arena_destroy(arena);
}

static void
test_what_is_too_long_for_a_box_is_cut(void **state)
{
    egret_arena_t *arena = egret_arena_create(egret_allocator_default(), 0);
    egret_question_t asked = question(
        "NONE/7/ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEFGH", "CATS/1");
    egret_answer_t answer = ask(arena, &asked, EGRET_EXPLAINED_PAGE);

    (void) state;
    egret_test_assert_holds(answer.body, ">ABCDEFGHIJKLMNOPQRSTU…</text>");
    egret_test_assert_holds(answer.body,
                            "ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEFGH, ELIG</td>");
    egret_arena_destroy(arena);
}

/* As a browser shows it dark, and narrow. */
static void
test_the_drawing_takes_the_colour_of_the_page(void **state)
{
    egret_arena_t *arena = egret_arena_create(egret_allocator_default(), 0);
    egret_answer_t answer = page_of_a_chain(arena);
    egret_span_t dark = answer.body;

    (void) state;
    egret_test_assert_holds(answer.body, "sans-serif;fill:currentColor}");
    dark.at = strstr(dark.at, "(prefers-color-scheme:dark)");
    assert_non_null(dark.at);
    dark.length = (size_t) (strstr(dark.at, "</style>") - dark.at);
    egret_test_assert_holds(dark, ".box{fill:");
    egret_test_assert_holds(dark, ".yes{fill:");
    egret_test_assert_holds(dark, ".no{fill:");
    egret_test_assert_holds(dark, ".arrow{stroke:");
    egret_test_assert_holds(dark, "@media(max-width:");
    egret_arena_destroy(arena);
}

static void
test_only_a_label_that_stands_with_nothing_missing_is_green(void **state)
{
    static const struct {
        const char *from;
        const char *on;
        const char *status;
        const char *missing; /* NULL: green */
    } cases[] = {
        { "ONE/1/1.1", "2026-11-23", "ELIG", NULL },
        { "ONE/1/1.1", "2026-11-23", "ALGN", NULL },
        { "ONE/1/1.1", "2026-11-23", "NALG", "status" },
        { "ONE/1/9.9", "2026-11-23", "ELIG", "source code" },
        { "ONE/1/1", "2026-11-23", "ELIG", "source code" },
        { "ONE/1/1.1", "2019-01-01", "ELIG", "source in force" },
    };
    egret_arena_t *arena = egret_arena_create(egret_allocator_default(), 0);

    (void) state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        egret_question_t asked = question(cases[i].from, "ONE/1");
        egret_answer_t answer;

        asked.on = egret_span_from(cases[i].on);
        asked.status = egret_span_from(cases[i].status);
        answer = ask(arena, &asked, EGRET_EXPLAINED_PAGE);
        assert_int_equal(egret_test_holds(answer.body, "class=\"box yes\""),
                         cases[i].missing == NULL);
        assert_int_equal(egret_test_holds(answer.body, "原标签有效"),
                         cases[i].missing == NULL);
        assert_int_equal(egret_test_holds(answer.body, "缺少</th>"),
                         cases[i].missing != NULL);
        answer = ask(arena, &asked, EGRET_EXPLAINED_JSON);
        egret_test_assert_holds(
            answer.body, cases[i].missing == NULL ? "\"missing\":[]"
                                                  : cases[i].missing);
    }
    egret_arena_destroy(arena);
}

static void
test_a_date_has_a_year_of_four_digits(void **state)
{
    static const char *const others[] = { "99999-01-01", "-2026-01-01",
                                          "2026-01-01Z", "2026-02-30" };
    egret_arena_t *arena = egret_arena_create(egret_allocator_default(), 0);

    (void) state;
    for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
        egret_question_t asked = question("ONE/1/1.1", "CATS/1");
        egret_answer_t answer;

        asked.on = egret_span_from(others[i]);
        answer = ask(arena, &asked, EGRET_EXPLAINED_JSON);
        assert_int_equal(answer.status, 400);
        egret_test_assert_holds(answer.body, others[i]);
        egret_test_assert_holds(answer.body,
                                "is not a date such as 2026-11-23");
    }
    egret_arena_destroy(arena);
}

/* An operator's file may say anything. */
static void
test_what_a_file_says_is_escaped_in_page_and_text(void **state)
{
    egret_arena_t *arena = egret_arena_create(egret_allocator_default(), 0);
    egret_taxonomies_t *taxonomies = taxonomies_of(arena);
    egret_question_t asked = question("ONE/1/1.1", "CATS/1");
    egret_question_fault_t fault;
    egret_explanation_t explanation;
    egret_crosswalk_row_t row;
    egret_translation_candidate_t candidate;
    egret_buffer_t page;

    (void) state;
    egret_assert_ok(egret_explanation_ask(taxonomies, &asked, arena,
                                          &explanation, &fault));
    row = *explanation.translation.candidates[0].row;
    row.comment = EGRET_SPAN("<script>alert(1)</script>&amp;");
    candidate = explanation.translation.candidates[0];
    candidate.row = &row;
    explanation.translation.candidates = &candidate;
    egret_buffer_init(&page, arena, 1024 * 1024);
    egret_explanation_page(&explanation, EGRET_PAGE_EN, &page);
    egret_assert_ok(egret_buffer_rc(&page));
    assert_false(egret_test_holds(egret_buffer_span(&page), "<script"));
    egret_test_assert_holds(egret_buffer_span(&page),
                            "&lt;script&gt;alert(1)&lt;/script&gt;&amp;amp;");

    row.comment = EGRET_SPAN("a\nrow  forged\x1b[2J");
    egret_buffer_init(&page, arena, 1024 * 1024);
    egret_explanation_text(&explanation, EGRET_PAGE_EN, &page);
    egret_test_assert_holds(egret_buffer_span(&page),
                            "comment      a\\nrow  forged\\u{001B}[2J\n");
    egret_arena_destroy(arena);
}

static void
assert_plain(const char *word)
{
    assert_non_null(word);
    assert_true(word[0] != '\0');
    assert_null(strpbrk(word, "<>&\""));
}

static void
test_every_word_stands_in_every_language(void **state)
{
    (void) state;
    for (unsigned i = 0; i < EGRET_PAGE_LANGUAGE_COUNT; i++) {
        egret_page_language_t language = (egret_page_language_t) i;

        for (unsigned k = 0; k < EGRET_WORD_COUNT; k++) {
            assert_plain(egret_word((egret_word_t) k, language));
        }
        for (unsigned k = 0; k < EGRET_TEXT_COUNT; k++) {
            assert_plain(egret_text_word((egret_text_word_t) k, language));
        }
        for (unsigned k = 0; k < EGRET_MISSING_COUNT; k++) {
            assert_plain(egret_word_missing((egret_missing_t) k, language));
        }
        for (unsigned k = 0; k < EGRET_RELATION_COUNT; k++) {
            assert_plain(egret_word_relation((egret_relation_t) k, language));
        }
        for (unsigned k = 0; k < EGRET_DIMENSION_COUNT; k++) {
            assert_plain(egret_word_dimension((egret_dimension_t) k,
                                              language));
        }
        for (unsigned k = 0; k < EGRET_ROW_STATUS_COUNT; k++) {
            assert_plain(egret_word_row_status((egret_row_status_t) k,
                                               language));
        }
    }
}

static void
test_a_language_is_read_from_its_tag(void **state)
{
    static const struct {
        const char *tag;
        const char *language;
    } cases[] = {
        { "en", "en" },          { "EN-gb", "en" },
        { "zh", "zh-Hans" },     { "zh-CN", "zh-Hans" },
        { "zh-hans", "zh-Hans" }, { "zh-Hant-TW", "zh-Hant" },
        { "ZH-tw", "zh-Hant" },  { "zh-MO", "zh-Hant" },
        { "de", NULL },          { "enx", NULL },
        { "", NULL },            { "*", NULL },
    };

    (void) state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        egret_page_language_t language;
        bool has = egret_page_language_read(egret_span_from(cases[i].tag),
                                            &language);

        assert_int_equal(has, cases[i].language != NULL);
        if (has) {
            assert_string_equal(egret_page_language_text(language),
                                cases[i].language);
        }
    }
}

static egret_rc_t
answer_once(const egret_allocator_t *allocator, void *context)
{
    egret_arena_t *arena = egret_arena_create(allocator, 0);
    egret_question_t asked = question("CN-GFEPC/2025/4.2.1", "TPEX");
    egret_answer_t answer;
    egret_rc_t rc = arena == NULL
                    ? EGRET_ENOMEM
                    : egret_explanation_answer(context, &asked,
                                               EGRET_EXPLAINED_TEXT,
                                               EGRET_PAGE_EN, arena, &answer);

    egret_arena_destroy(arena);

    return rc;
}

static void
test_refused_memory_is_told(void **state)
{
    egret_arena_t *arena = egret_arena_create(egret_allocator_default(), 0);

    (void) state;
    assert_true(egret_test_torture(answer_once,
                                   egret_test_shipped_taxonomies(arena)) > 0);
    egret_arena_destroy(arena);
}

/* As the command line asks: the facts of a message, with its text. */
static egret_rc_t
explain_once(const egret_allocator_t *allocator, void *context)
{
    egret_test_gateway_t *gateway = context;
    egret_arena_t *arena = egret_arena_create(allocator, 0);
    egret_message_t message = { .is_schema_only = true, .takes_block = true };
    egret_question_t asked = question("CN-GFEPC/2025/4.2.2", "EU-TAX/2023");
    egret_question_facts_t facts = { .config = gateway->config,
                                     .name = EGRET_SPAN("loan.xml") };
    egret_verdict_t *verdict;
    egret_answer_t answer;
    egret_rc_t rc = EGRET_ENOMEM;

    message.bytes = egret_test_read_file(gateway->arena,
                                         "t/data/good/green-solar-loan.xml");
    if (arena != NULL) {
        rc = egret_judge(gateway->pipeline, &message, arena, &verdict);
    }
    if (rc == EGRET_OK) {
        facts.verdict = verdict;
        asked.facts = &facts;
        rc = egret_explanation_answer(gateway->config->taxonomies, &asked,
                                      EGRET_EXPLAINED_TEXT, EGRET_PAGE_EN,
                                      arena, &answer);
    }
    if (rc == EGRET_OK) {
        egret_test_assert_holds(answer.body, "by the facts true");
        egret_test_assert_holds(answer.body, "becomes        CCM-4.1,");
        rc = egret_explanation_answer(gateway->config->taxonomies, &asked,
                                      EGRET_EXPLAINED_JSON, EGRET_PAGE_EN,
                                      arena, &answer);
    }
    if (rc == EGRET_OK) {
        egret_test_assert_json(answer.body);
    }
    egret_arena_destroy(arena);

    return rc;
}

static void
test_refused_memory_is_told_with_facts_too(void **state)
{
    egret_test_gateway_t gateway;

    (void) state;
    egret_test_gateway_open(&gateway,
                            "egret_taxonomies conf/taxonomies/*.tsv;"
                            "egret_crosswalks conf/crosswalks/*.sssom.tsv;",
                            "", "");
    assert_true(egret_test_torture(explain_once, &gateway) > 0);
    egret_test_gateway_close(&gateway);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_question_is_answered_with_its_rows),
        cmocka_unit_test(test_a_scheme_alone_is_its_version_in_force),
        cmocka_unit_test(test_a_question_that_cannot_be_answered_is_told_why),
        cmocka_unit_test(test_no_object_of_a_chain_has_a_key_twice),
        cmocka_unit_test(test_another_code_than_the_asked_one_is_said),
        cmocka_unit_test(test_the_page_tells_all_of_each_row_of_a_chain),
        cmocka_unit_test(
            test_the_page_says_what_was_asked_of_a_source_that_is_unknown),
        cmocka_unit_test(test_what_is_too_long_for_a_box_is_cut),
        cmocka_unit_test(test_the_drawing_takes_the_colour_of_the_page),
        cmocka_unit_test(
            test_only_a_label_that_stands_with_nothing_missing_is_green),
        cmocka_unit_test(test_a_date_has_a_year_of_four_digits),
        cmocka_unit_test(
            test_what_a_file_says_is_escaped_in_page_and_text),
        cmocka_unit_test(test_every_word_stands_in_every_language),
        cmocka_unit_test(test_a_language_is_read_from_its_tag),
        cmocka_unit_test(test_refused_memory_is_told),
        cmocka_unit_test(test_refused_memory_is_told_with_facts_too),
    };

    return egret_test_run(tests);
}
