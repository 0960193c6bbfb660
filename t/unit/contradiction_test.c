/* SPDX-License-Identifier: Apache-2.0 */
/* What rows of several files cannot say together, and how many they may be. */

#include <stdio.h>
#include <string.h>

#include "made_taxonomy.h"
#include "util/buffer.h"

#define ONE "ONE ONE 1"
#define CATS "CATS CATS 1"
#define TWO "TWO TWO 1"

typedef struct {
    const char *file;
    const char *subject;
    const char *object;
    const char *rows;
} file_t;

typedef struct {
    char text[1024];
} complaints_t;


static int
set_up(void **state)
{
    *state = egret_arena_create(egret_allocator_default(), 0);

    return *state == NULL ? -1 : 0;
}


static int
tear_down(void **state)
{
    egret_arena_destroy(*state);

    return 0;
}


static egret_taxonomies_t *
add_files(egret_arena_t *arena, const file_t *files, size_t count)
{
    egret_taxonomies_t *taxonomies = egret_test_small_schemes(arena);

    for (size_t i = 0; i < count; i++) {
        egret_span_t fault = EGRET_SPAN("");
        egret_rc_t rc = egret_taxonomies_add_crosswalk(
            taxonomies, egret_span_from(files[i].file),
            egret_test_crosswalk(arena, files[i].subject, files[i].object,
                                 files[i].rows),
            &fault);

        egret_assert_span(fault, "");
        egret_assert_ok(rc);
    }

    return taxonomies;
}


static void
assert_closes(egret_arena_t *arena, const file_t *files, size_t count,
              const char *sentence)
{
    egret_taxonomies_t *taxonomies = add_files(arena, files, count);
    egret_span_t fault;
    egret_rc_t rc = egret_taxonomies_close(taxonomies, &fault);

    egret_assert_span(fault, sentence);
    egret_assert_rc(rc, sentence[0] == '\0' ? EGRET_OK : EGRET_EINVAL);
}


/* Two files, from ONE to CATS and back. */
static void
assert_pair(egret_arena_t *arena, const char *there, const char *back,
            const char *sentence)
{
    char rows[2][128];
    const file_t files[] = { { "a.tsv", ONE, CATS, rows[0] },
                             { "b.tsv", CATS, ONE, rows[1] } };

    (void) snprintf(rows[0], sizeof(rows[0]), "ONE:1.1 skos:%s\n", there);
    (void) snprintf(rows[1], sizeof(rows[1]), "CATS:A skos:%s\n", back);
    assert_closes(arena, files, 2, sentence);
}


static void
test_a_row_and_its_inverse_agree(void **state)
{
    static const char sentence[] = "b.tsv:12: A disagrees with its inverse of "
                                   "a.tsv:12";

    assert_pair(*state, "broadMatch - CATS:A broad - - - - - -",
                "narrowMatch - ONE:1.1 narrow - - - - - -", "");
    assert_pair(*state, "exactMatch - CATS:A exact exact - - - - -",
                "exactMatch - ONE:1.1 exact exact - - - - -", "");
    assert_pair(*state, "broadMatch - CATS:A broad - - - - - -",
                "closeMatch - ONE:1.1 close - - - - - -", "");
    assert_pair(*state, "broadMatch - CATS:A broad - - - - - -",
                "exactMatch - ONE:1.1 exact - - - - - -", sentence);
    assert_pair(*state, "broadMatch - CATS:A broad - - - - - -",
                "broadMatch - ONE:1.1 broad - - - - - -", sentence);
    assert_pair(*state, "broadMatch - CATS:A exact broad - - - - -",
                "broadMatch - ONE:1.1 exact broad - - - - -", sentence);
    assert_pair(*state, "broadMatch - CATS:A broad - - - - 2021-01-01 -",
                "exactMatch - ONE:1.1 exact - - - 2021-01-02 - -", "");
    assert_pair(*state, "broadMatch - CATS:A broad - - - - - -",
                "closeMatch - ONE:1.1 broad - - - - - technology=PVOL", "");
    assert_pair(*state, "narrowMatch - CATS:A narrow - - - - - -",
                "closeMatch - sssom:NoTermFound none - - - - - -",
                "a.tsv:12: 1.1 disagrees with its inverse of b.tsv:12");
}


static void
test_no_cycle_makes_two_codes_of_one_scheme_equal(void **state)
{
    file_t files[] = {
        { "a.tsv", ONE, CATS,
          "ONE:1.1 skos:exactMatch - CATS:A exact - - - - - -\n" },
        { "b.tsv", CATS, TWO,
          "CATS:A skos:exactMatch - TWO:X exact - - - - - -\n" },
        { "c.tsv", TWO, ONE,
          "TWO:X skos:broadMatch - ONE:1.2 broad - - - - - -\n" },
        { "d.tsv", ONE, TWO,
          "ONE:1.2 skos:broadMatch - TWO:X broad - - - - - -\n" },
    };

    assert_closes(*state, files, 3, "");
    files[3].rows = "ONE:1.2 skos:narrowMatch - TWO:X narrow - - - - - -\n";
    assert_closes(*state, files, 4, "");
    files[2].rows = "TWO:X skos:broadMatch - ONE:1.2 broad - - - - - -\n"
                    "TWO:Y skos:broadMatch - ONE:1.1 broad - - - - - -\n";
    files[3].rows = "ONE:1.2 skos:broadMatch - TWO:Y broad - - - - - -\n";
    assert_closes(*state, files, 4,
                  "a.tsv:12: is part of a cycle that makes 1.1 and 1.2 of "
                  "ONE/1 equal");

    /* Not on one date, or of a part: no cycle. */
    files[3].rows =
        "ONE:1.2 skos:closeMatch - TWO:Y broad - - - - - technology=PVOL\n";
    assert_closes(*state, files, 4, "");
    files[0].rows = "ONE:1.1 skos:exactMatch - CATS:A exact - - - - "
                    "2022-12-31 -\n";
    files[3].rows = "ONE:1.2 skos:broadMatch - TWO:Y broad - - - 2023-01-01 "
                    "- -\n";
    assert_closes(*state, files, 4, "");
    files[3].rows = "ONE:1.2 skos:broadMatch - TWO:Y broad - - - 2022-12-31 "
                    "- -\n";
    assert_closes(*state, files, 4,
                  "a.tsv:12: is part of a cycle that makes 1.1 and 1.2 of "
                  "ONE/1 equal");
}


static void
test_a_cycle_is_found_on_each_day_on_which_rows_begin(void **state)
{
    static char fillers[8192];
    const file_t files[] = {
        { "0.tsv", ONE, TWO, fillers },
        { "a.tsv", ONE, CATS,
          "ONE:1.1 skos:exactMatch - CATS:A exact - - - - 2022-12-31 -\n" },
        { "b.tsv", CATS, TWO,
          "CATS:A skos:exactMatch - TWO:X exact - - - - - -\n" },
        { "c.tsv", TWO, ONE,
          "TWO:X skos:broadMatch - ONE:1.2 broad - - - - - -\n"
          "TWO:Y skos:broadMatch - ONE:1.1 broad - - - - - -\n" },
        { "d.tsv", ONE, TWO,
          "ONE:1.2 skos:broadMatch - TWO:Y broad - - - 2022-12-31 - -\n" },
    };
    size_t length = 0;

    for (int day = 0; day < 60; day++) {
        length += (size_t) snprintf(
            fillers + length, sizeof(fillers) - length,
            "ONE:1.3 skos:closeMatch - TWO:Y close - - - 2021-%02d-%02d "
            "2021-%02d-%02d -\n",
            1 + day / 20, 1 + day % 20, 1 + day / 20, 1 + day % 20);
    }
    assert_closes(*state, files, 5,
                  "a.tsv:12: is part of a cycle that makes 1.1 and 1.2 of "
                  "ONE/1 equal");
}


static void
complain(void *context, egret_span_t fault)
{
    complaints_t *complaints = context;
    size_t length = strlen(complaints->text);

    (void) snprintf(complaints->text + length,
                    sizeof(complaints->text) - length, "%.*s\n",
                    EGRET_SPAN_ARGS(fault));
}


static void
test_lint_is_told_every_contradiction(void **state)
{
    const file_t files[] = {
        { "a.tsv", ONE, CATS,
          "ONE:1.1 skos:exactMatch - CATS:A exact - - - - - -\n"
          "ONE:1.1 skos:broadMatch - CATS:A broad - - - - - -\n"
          "ONE:1.1 skos:exactMatch - CATS:B exact - - - - - -\n"
          "ONE:1.2 skos:broadMatch - CATS:A broad - - - - - -\n"
          "ONE:1.3 skos:exactMatch - CATS:A exact - - - - - -\n" },
        { "b.tsv", CATS, ONE,
          "CATS:A skos:broadMatch - ONE:1.2 broad - - - - - -\n" },
    };
    egret_taxonomies_t *taxonomies = add_files(*state, files, 2);
    complaints_t complaints = { "" };
    egret_span_t fault;

    taxonomies->complain = complain;
    taxonomies->complain_context = &complaints;
    egret_assert_ok(egret_taxonomies_close(taxonomies, &fault));
    egret_assert_span(fault, "");
    assert_string_equal(
        complaints.text,
        "a.tsv:13: 1.1 contradicts, for the same two codes, a.tsv:12\n"
        "a.tsv:14: 1.1 is exact with another code than a.tsv:12\n"
        "b.tsv:12: A disagrees with its inverse of a.tsv:15\n"
        "a.tsv:12: is part of a cycle that makes 1.1 and 1.3 of ONE/1 "
        "equal\n"
        "a.tsv:15: is part of a cycle that makes 1.1 and 1.2 of ONE/1 "
        "equal\n");
}


static void
lint(egret_arena_t *arena, const file_t *files, size_t count,
     complaints_t *complaints)
{
    egret_taxonomies_t *taxonomies = add_files(arena, files, count);
    egret_span_t fault;

    *complaints = (complaints_t){ "" };
    taxonomies->complain = complain;
    taxonomies->complain_context = complaints;
    egret_assert_ok(egret_taxonomies_close(taxonomies, &fault));
}


/* 1.1 = A = 1.2 from one day on, X = B = Y from another. */
static void
test_lint_is_told_each_cycle_once(void **state)
{
    const file_t files[] = {
        { "a.tsv", ONE, CATS,
          "ONE:1.1 skos:exactMatch - CATS:A exact - - - - - -\n"
          "ONE:1.2 skos:exactMatch - CATS:A exact - - - 2022-01-01 - -\n" },
        { "b.tsv", TWO, CATS,
          "TWO:X skos:exactMatch - CATS:B exact - - - - - -\n"
          "TWO:Y skos:exactMatch - CATS:B exact - - - 2023-01-01 - -\n" },
        { "c.tsv", ONE, TWO,
          "ONE:1.1 skos:broadMatch - TWO:X broad - - - - - -\n"
          "ONE:1.3 skos:exactMatch - TWO:X exact - - - - 2021-12-31 -\n"
          "ONE:1.3 skos:closeMatch - TWO:Y close - - - - - -\n" },
    };
    complaints_t complaints;

    lint(*state, files, 3, &complaints);
    assert_string_equal(
        complaints.text,
        "a.tsv:12: is part of a cycle that makes 1.1 and 1.2 of ONE/1 "
        "equal\n"
        "b.tsv:12: is part of a cycle that makes X and Y of TWO/1 equal\n");
    lint(*state, files + 1, 2, &complaints);
    assert_string_equal(
        complaints.text,
        "b.tsv:12: is part of a cycle that makes X and Y of TWO/1 equal\n");
}


/* One withdraws a row, one a chain, one nothing. */
static void
test_lint_is_told_of_a_row_that_withdraws_nothing(void **state)
{
    const file_t files[] = {
        { "a.tsv", ONE, CATS,
          "ONE:1.1 skos:broadMatch - CATS:A broad - - - - - -\n" },
        { "b.tsv", CATS, TWO,
          "CATS:A skos:broadMatch - TWO:X broad - - - - - -\n" },
        { "c.tsv", ONE, TWO,
          "ONE:1.1 skos:relatedMatch Not TWO:X - - - - - - -\n"
          "ONE:1.1 skos:relatedMatch Not TWO:Y - - - - - - -\n" },
        { "d.tsv", ONE, CATS,
          "ONE:1.1 skos:relatedMatch Not CATS:A - - - - - - -\n" },
    };
    complaints_t complaints;

    lint(*state, files, 3, &complaints);
    assert_string_equal(complaints.text,
                        "c.tsv:13: withdraws nothing: no row and no chain of "
                        "these files leads from 1.1 to Y\n");
    lint(*state, files, 4, &complaints);
    assert_string_equal(complaints.text,
                        "c.tsv:12: withdraws nothing: no row and no chain of "
                        "these files leads from 1.1 to X\n"
                        "c.tsv:13: withdraws nothing: no row and no chain of "
                        "these files leads from 1.1 to Y\n");
    assert_closes(*state, files, 4, "");
}


/* A scheme of `count` codes C0, C1, ... */
static void
add_large(egret_taxonomies_t *taxonomies, const char *id, unsigned count)
{
    egret_buffer_t text;
    egret_span_t fault;

    egret_buffer_init(&text, taxonomies->arena, (size_t) 64 << 20);
    egret_buffer_print(&text,
                       "# id: %s\n# version: 1\n# published: 2020-01-01\n"
                       "# from: 2020-01-01\n# status: FINAL\n# authority: x\n"
                       "# levels: one\n# leaf: any\n# source: x\n"
                       "# digest: none\ncode\tparent\tlabel_en\t"
                       "label_zh_hans\tlabel_zh_hant\tlabel_pt\tlabel_ru\t"
                       "source_ref\tconfidence\n",
                       id);
    for (unsigned i = 0; i < count; i++) {
        egret_buffer_print(&text, "C%u\t\tx\t\t\t\t\ts\tc\n", i);
    }
    egret_assert_ok(egret_buffer_rc(&text));
    egret_assert_ok(egret_taxonomies_add_scheme(taxonomies, EGRET_SPAN("s"),
                                                egret_buffer_span(&text),
                                                &fault));
}


static void
add_many(egret_taxonomies_t *taxonomies, const char *from, const char *to,
         unsigned count, unsigned step)
{
    egret_buffer_t text;
    egret_span_t fault;

    egret_buffer_init(&text, taxonomies->arena, (size_t) 64 << 20);
    egret_buffer_print(&text,
                       "#curie_map:\n#  %s: urn:x:%s:\n#  %s: urn:x:%s:\n"
                       "#mapping_set_id: urn:x:%s%s\n#license: urn:x:none\n"
                       "#subject_source: x:%s\n#subject_source_version: 1\n"
                       "#object_source: x:%s\n#object_source_version: 1\n"
                       "subject_id\tpredicate_id\tobject_id\t"
                       "mapping_justification\tegret_scope\tegret_criteria\t"
                       "egret_condition\n",
                       from, from, to, to, from, to, from, to);
    for (unsigned i = 0; i < count; i++) {
        for (unsigned k = 0; k < 5; k++) {
            egret_buffer_print(&text,
                               "%s:C%u\tskos:closeMatch\t%s:C%u\tsemapv:X\t"
                               "broad\tbroad\ttechnology in (T%03u, PVOL)\n",
                               from, i, to, (i + k * step) % count, k);
        }
    }
    egret_assert_ok(egret_buffer_rc(&text));
    egret_assert_ok(egret_taxonomies_add_crosswalk(
        taxonomies, EGRET_SPAN("c"), egret_buffer_span(&text), &fault));
}


static void
test_a_hundred_thousand_rows_are_closed(void **state)
{
    egret_taxonomies_t *taxonomies = NULL;
    egret_span_t fault;

    egret_assert_ok(egret_taxonomies_create(*state, &taxonomies));
    add_large(taxonomies, "P", 10000);
    add_large(taxonomies, "Q", 10000);
    add_large(taxonomies, "R", 10000);
    add_many(taxonomies, "P", "Q", 10000, 7);
    add_many(taxonomies, "Q", "R", 10000, 11);
    egret_assert_ok(egret_taxonomies_close(taxonomies, &fault));
    assert_int_equal(taxonomies->chain_count, 250000);
}


static void
count_complaints(void *context, egret_span_t fault)
{
    size_t *counts = context;

    counts[0] += memmem(fault.at, fault.length, " equal", 6) != NULL;
    counts[1] += memmem(fault.at, fault.length, "may be more", 11) != NULL;
}


/* C0 within C1 within ... of two schemes in turn, and the last within C0. */
static void
test_of_many_cycles_a_hundred_are_told(void **state)
{
    egret_taxonomies_t *taxonomies = NULL;
    size_t counts[2] = { 0, 0 };
    egret_span_t fault;

    egret_assert_ok(egret_taxonomies_create(*state, &taxonomies));
    add_large(taxonomies, "P", 300);
    add_large(taxonomies, "Q", 300);
    for (unsigned way = 0; way < 2; way++) {
        const char *from = way == 0 ? "P" : "Q", *to = way == 0 ? "Q" : "P";
        egret_buffer_t text;

        egret_buffer_init(&text, *state, (size_t) 1 << 20);
        egret_buffer_print(
            &text,
            "#curie_map:\n#  %s: urn:x:%s:\n#  %s: urn:x:%s:\n"
            "#mapping_set_id: urn:x\n#license: urn:x:none\n"
            "#subject_source: x:%s\n#subject_source_version: 1\n"
            "#object_source: x:%s\n#object_source_version: 1\n"
            "subject_id\tpredicate_id\tobject_id\tmapping_justification\n",
            from, from, to, to, from, to);
        for (unsigned i = 0; i < 300; i++) {
            egret_buffer_print(&text,
                               "%s:C%u\tskos:broadMatch\t%s:C%u\tsemapv:X\n",
                               from, i, to, (i + way) % 300);
        }
        egret_assert_ok(egret_buffer_rc(&text));
        egret_assert_ok(egret_taxonomies_add_crosswalk(
            taxonomies, egret_span_from(from), egret_buffer_span(&text),
            &fault));
    }
    taxonomies->complain = count_complaints;
    taxonomies->complain_context = counts;
    egret_assert_ok(egret_taxonomies_close(taxonomies, &fault));
    assert_int_equal(counts[0], 100);
    assert_int_equal(counts[1], 1);
}


static void
test_more_chains_than_can_be_kept_are_refused(void **state)
{
    egret_taxonomies_t *taxonomies = NULL;
    egret_span_t fault;
    egret_buffer_t text;

    egret_assert_ok(egret_taxonomies_create(*state, &taxonomies));
    add_large(taxonomies, "P", 40);
    add_large(taxonomies, "Q", 40);
    add_large(taxonomies, "R", 40);
    for (int file = 0; file < 2; file++) {
        const char *from = file == 0 ? "P" : "Q", *to = file == 0 ? "Q" : "R";

        egret_buffer_init(&text, *state, (size_t) 1 << 20);
        egret_buffer_print(
            &text,
            "#curie_map:\n#  %s: urn:x:%s:\n#  %s: urn:x:%s:\n"
            "#mapping_set_id: urn:x\n#license: urn:x:none\n"
            "#subject_source: x:%s\n#subject_source_version: 1\n"
            "#object_source: x:%s\n#object_source_version: 1\n"
            "subject_id\tpredicate_id\tobject_id\tmapping_justification\n",
            from, from, to, to, from, to);
        for (int i = 0; i < 40 * 40; i++) {
            egret_buffer_print(&text, "%s:C%d\tskos:broadMatch\t%s:C%d\t"
                                      "semapv:X\n",
                               from, i / 40, to, i % 40);
        }
        egret_assert_ok(egret_buffer_rc(&text));
        egret_assert_ok(egret_taxonomies_add_crosswalk(
            taxonomies, egret_span_from(from), egret_buffer_span(&text),
            &fault));
    }

    egret_assert_rc(egret_taxonomies_close(taxonomies, &fault), EGRET_ERANGE);
    egret_assert_span(fault, "P:36: begins more chains of two rows than can be "
                             "kept");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)


int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_a_row_and_its_inverse_agree),
        TEST(test_no_cycle_makes_two_codes_of_one_scheme_equal),
        TEST(test_a_cycle_is_found_on_each_day_on_which_rows_begin),
        TEST(test_lint_is_told_of_a_row_that_withdraws_nothing),
        TEST(test_lint_is_told_each_cycle_once),
        TEST(test_of_many_cycles_a_hundred_are_told),
        TEST(test_lint_is_told_every_contradiction),
        TEST(test_a_hundred_thousand_rows_are_closed),
        TEST(test_more_chains_than_can_be_kept_are_refused),
    };

    return egret_test_run(tests);
}
