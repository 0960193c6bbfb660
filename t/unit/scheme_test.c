/* SPDX-License-Identifier: Apache-2.0 */

#include <stdio.h>
#include <string.h>

#include "made_taxonomy.h"

static const char keys[] =
    "SPDX-License-Identifier: Apache-2.0\n"
    "id: A\nversion: 1\npublished: 2020-01-01\nfrom: 2020-07-01\n"
    "to: 2025-09-30\nstatus: PARTIAL\nauthority: somebody\nlevels: two\n"
    "leaf: required\nrequires: criteria review share=85.5\n"
    "grandfathering: APPR=keep FILD=choose\nsource: paper 1\ndigest: none\n";
static const char rows[] = "1\t\n1.1\t1\n1.2\t1\n";


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


static const egret_scheme_t *
read_scheme(egret_arena_t *arena, const char *header, const char *classes)
{
    egret_scheme_t *scheme = NULL;
    egret_span_t fault;
    egret_rc_t rc = egret_scheme_read(EGRET_SPAN("a.tsv"),
                                      egret_test_scheme(arena, header, classes),
                                      arena, &scheme, &fault);

    egret_assert_span(fault, "");
    egret_assert_ok(rc);

    return scheme;
}


static void
assert_refused(egret_arena_t *arena, egret_span_t text, egret_rc_t expected,
               const char *sentence)
{
    egret_scheme_t *scheme = NULL;
    egret_span_t fault;
    egret_rc_t rc = egret_scheme_read(EGRET_SPAN("a.tsv"), text, arena, &scheme,
                                      &fault);

    egret_assert_span(fault, sentence);
    egret_assert_rc(rc, expected);
    assert_null(scheme);
}


/* The good header with one line changed, or taken out (`to` NULL). */
static const char *
with(egret_arena_t *arena, const char *from, const char *to)
{
    const char *at = strstr(keys, from);
    const char *end;

    assert_non_null(at);
    end = strchr(at, '\n') + 1;

    return egret_arena_print(arena, "%.*s%s%s%s", (int) (at - keys), keys,
                             to == NULL ? "" : to, to == NULL ? "" : "\n", end)
        .at;
}


static void
assert_header_refused(egret_arena_t *arena, const char *from, const char *to,
                      egret_rc_t expected, const char *sentence)
{
    assert_refused(arena,
                   egret_test_scheme(arena, with(arena, from, to), rows),
                   expected, sentence);
}


static void
test_a_header_is_read_as_it_stands(void **state)
{
    const egret_scheme_t *scheme = read_scheme(*state, keys, rows);
    egret_decimal_t share;

    egret_assert_span(scheme->id, "A");
    egret_assert_span(scheme->version, "1");
    egret_assert_span(scheme->authority, "somebody");
    egret_assert_span(scheme->source, "paper 1");
    assert_int_equal(scheme->status, EGRET_SCHEME_PARTIAL);
    assert_string_equal(egret_scheme_status_text(scheme->status), "PARTIAL");
    assert_true(scheme->is_two_level);
    assert_true(scheme->requires_leaf);
    assert_true(scheme->requires_dimension[EGRET_DIMENSION_CRITERIA]);
    assert_false(scheme->requires_dimension[EGRET_DIMENSION_DNSH]);
    assert_true(scheme->requires_review);
    egret_assert_ok(egret_decimal_read(EGRET_SPAN("85.5"), &share));
    assert_true(scheme->has_minimum_share);
    assert_int_equal(egret_decimal_compare(&scheme->minimum_share, &share), 0);
    assert_true(scheme->has_to);
    assert_int_equal(scheme->to.day, 30);
}


static void
test_rows_keep_parents_and_leaves_in_any_order(void **state)
{
    const egret_scheme_t *scheme = read_scheme(*state, keys,
                                               "1.1\t1\n1\t\n1.2\t1\n");
    const egret_class_t *leaf = egret_scheme_class(scheme, EGRET_SPAN("1.1"));

    assert_int_equal(scheme->class_count, 3);
    assert_true(leaf->is_leaf);
    egret_assert_span(leaf->parent->code, "1");
    assert_false(leaf->parent->is_leaf);
    assert_null(leaf->parent->parent);
    assert_int_equal(egret_scheme_code_fit(scheme, EGRET_SPAN("1.1")),
                     EGRET_CODE_FITS);
    assert_int_equal(egret_scheme_code_fit(scheme, EGRET_SPAN("1")),
                     EGRET_CODE_NO_LEAF);
    assert_int_equal(egret_scheme_code_fit(scheme, EGRET_SPAN("1.9")),
                     EGRET_CODE_NOT_LISTED);
    scheme = read_scheme(*state, with(*state, "status: ", "status: FINAL"),
                         rows);
    assert_int_equal(egret_scheme_code_fit(scheme, EGRET_SPAN("1.9")),
                     EGRET_CODE_ABSENT);
    egret_assert_span(egret_class_label(leaf, EGRET_LANGUAGE_RU), "name");
}


static void
test_a_missing_key_is_named(void **state)
{
    static const char *const required[] = {
        "id", "version", "published", "from", "status", "authority", "levels",
        "leaf", "source", "digest"
    };
    char sentence[128];

    for (size_t i = 0; i < sizeof(required) / sizeof(required[0]); i++) {
        char line[32];

        (void) snprintf(line, sizeof(line), "%s: ", required[i]);
        (void) snprintf(sentence, sizeof(sentence),
                        "a.tsv:14: key %s is missing", required[i]);
        assert_header_refused(*state, line, NULL, EGRET_ESYNTAX, sentence);
    }
}


static void
test_a_bad_value_of_the_header_is_refused(void **state)
{
    assert_header_refused(*state, "id: ", "id: A/B", EGRET_ESYNTAX,
                          "a.tsv:2: id is \"A/B\", not 1 to 35 characters, no "
                          "space, / or :");
    assert_header_refused(*state, "version: ", "version:", EGRET_ESYNTAX,
                          "a.tsv:3: key version has no value");
    assert_header_refused(*state, "published: ", "published: 2020-02-30",
                          EGRET_ESYNTAX,
                          "a.tsv:4: published is \"2020-02-30\", not a date "
                          "YYYY-MM-DD");
    assert_header_refused(*state, "from: ", "from: 2020-07-01Z", EGRET_ESYNTAX,
                          "a.tsv:5: from is \"2020-07-01Z\", not a date "
                          "YYYY-MM-DD");
    assert_header_refused(*state, "status: ", "status: final", EGRET_ESYNTAX,
                          "a.tsv:7: status is \"final\", not FINAL, DRAFT, "
                          "PARTIAL or SUPERSEDED");
    assert_header_refused(*state, "levels: ", "levels: 2", EGRET_ESYNTAX,
                          "a.tsv:9: levels is \"2\", not one or two");
    assert_header_refused(*state, "leaf: ", "leaf: yes", EGRET_ESYNTAX,
                          "a.tsv:10: leaf is \"yes\", not required or any");
    assert_header_refused(*state, "requires: ", "requires: share=101",
                          EGRET_ESYNTAX,
                          "a.tsv:11: requires is \"share=101\", not words of: "
                          "criteria dnsh safeguards review share=PERCENT");
    assert_header_refused(*state, "grandfathering: ",
                          "grandfathering: APPR=keep APPR=choose",
                          EGRET_ESYNTAX,
                          "a.tsv:12: grandfathering is \"APPR=keep "
                          "APPR=choose\", not words APPR|REGN|FILD|ISSD="
                          "keep|choose, each kind once");
    assert_header_refused(*state, "source: ", "sauce: x", EGRET_ESYNTAX,
                          "a.tsv:13: \"sauce\" is no key of a scheme's header "
                          "(a comment begins with ##)");
    assert_header_refused(*state, "source: ", "source: x\n# id: B",
                          EGRET_ESYNTAX,
                          "a.tsv:14: \"# id\" is no key of a scheme's header "
                          "(a comment begins with ##)");
    assert_header_refused(*state, "source: ", "id: B", EGRET_EEXIST,
                          "a.tsv:13: key id stands twice");
}


static void
test_dates_that_contradict_each_other_are_refused(void **state)
{
    assert_header_refused(*state, "to: ", "to: 2020-06-30", EGRET_EINVAL,
                          "a.tsv:15: to is before from");
    assert_header_refused(*state, "published: ", "published: 2025-10-01",
                          EGRET_EINVAL, "a.tsv:15: published is after to");
    assert_refused(*state,
                   egret_test_scheme(*state,
                                     "id: A\nversion: 1\n"
                                     "published: 2020-01-01\n"
                                     "from: 2020-07-01\nstatus: SUPERSEDED\n"
                                     "authority: x\nlevels: one\nleaf: any\n"
                                     "source: x\ndigest: none\n",
                                     rows),
                   EGRET_EINVAL,
                   "a.tsv:11: status is SUPERSEDED and key to is missing");
    (void) read_scheme(*state, with(*state, "to: ", "to: 2020-07-01"), rows);
}


static void
test_faulty_rows_are_refused_with_their_line(void **state)
{
    static const struct {
        const char *rows;
        egret_rc_t rc;
        const char *sentence;
    } faults[] = {
        { "1\t\n1.1\t1\n1.1\t1\n", EGRET_EEXIST,
          "a.tsv:18: code 1.1 stands twice" },
        { "1\t\n1.1\t2\n", EGRET_ENOTFOUND,
          "a.tsv:17: code 1.1 has parent 2, which is no code" },
        { "1\t1\n", EGRET_EINVAL, "a.tsv:16: code 1 is its own ancestor" },
        { "1\t3\n2\t1\n3\t2\n4\t1\n", EGRET_EINVAL,
          "a.tsv:16: code 1 is its own ancestor" },
        { "4\t1\n1\t2\n2\t1\n", EGRET_EINVAL,
          "a.tsv:17: code 1 is its own ancestor" },
        { "1\t\tx\n", EGRET_ESYNTAX, "a.tsv:16: has 10 columns, not 9" },
        { "1 1\t\n", EGRET_ESYNTAX,
          "a.tsv:16: \"1 1\" is no code (1 to 35 characters, no space, "
          "quotation mark, # or |)" },
        { "\t\n", EGRET_ESYNTAX,
          "a.tsv:16: \"\" is no code (1 to 35 characters, no space, quotation "
          "mark, # or |)" },
        { "\"1\"\t\n", EGRET_ESYNTAX,
          "a.tsv:16: \"\"1\"\" is no code (1 to 35 characters, no space, "
          "quotation mark, # or |)" },
        { "", EGRET_ESYNTAX, "a.tsv:15: there are no rows" },
    };

    for (size_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++) {
        assert_refused(*state, egret_test_scheme(*state, keys, faults[i].rows),
                       faults[i].rc, faults[i].sentence);
    }
}


static void
assert_tail_refused(egret_arena_t *arena, const char *tail,
                    const char *sentence)
{
    egret_span_t text = egret_test_scheme(arena, keys, rows);

    assert_refused(arena,
                   egret_arena_print(arena, "%.*s%s", EGRET_SPAN_ARGS(text),
                                     tail),
                   EGRET_ESYNTAX, sentence);
}


static void
test_what_is_no_such_file_is_refused(void **state)
{
    assert_tail_refused(*state, "2\t\tx\t\t\t\t\ts\n",
                        "a.tsv:19: has 8 columns, not 9");
    assert_tail_refused(*state, "2\t\t\t\t\t\t\ts\tc\n",
                        "a.tsv:19: \"2\" has no label");
    assert_tail_refused(*state, "2\t\tx\t\t\t\t\t\tc\n",
                        "a.tsv:19: \"2\" has no source_ref");
    assert_tail_refused(*state, "2\t\tx\t\t\t\t\ts\t\n",
                        "a.tsv:19: \"2\" has no confidence");
    assert_tail_refused(*state, "2\t\t\xff\t\t\t\t\ts\tc\n",
                        "a.tsv:19: is not UTF-8");
    assert_tail_refused(*state, "2\t\tx\x01\t\t\t\t\ts\tc\n",
                        "a.tsv:19: holds a control character");
    assert_refused(*state, EGRET_SPAN("\xef\xbb\xbf# id: A\n"), EGRET_ESYNTAX,
                   "a.tsv:1: begins with a byte order mark");
    assert_refused(*state, EGRET_SPAN(""), EGRET_ESYNTAX,
                   "a.tsv:1: there is no column header");
    assert_refused(*state, EGRET_SPAN("# id: A\n"), EGRET_ESYNTAX,
                   "a.tsv:1: there is no column header");
}


static void
test_a_key_behind_the_rows_is_no_comment(void **state)
{
    static const char sentence[] =
        "a.tsv:19: a key of the header stands behind the column header";
    egret_span_t text = egret_test_scheme(*state, keys, rows);
    egret_scheme_t *scheme = NULL;
    egret_span_t fault;

    assert_tail_refused(*state, "# to: 2024-01-01\n", sentence);
    assert_tail_refused(*state, "#Status : DRAFT\n", sentence);

    text = egret_arena_print(*state, "%.*s# see: annex\n## to: x\n",
                             EGRET_SPAN_ARGS(text));
    egret_assert_ok(egret_scheme_read(EGRET_SPAN("a.tsv"), text, *state,
                                      &scheme, &fault));
}


static void
test_the_column_header_must_be_ours(void **state)
{
    static const char wrong[] = "code\tparent\tlabel_fr\n";
    char sentence[] = "a.tsv:15: column 3 is not label_en";
    egret_span_t text = egret_test_scheme(*state, keys, rows);
    size_t cut = (size_t) (strstr(text.at, "code\tparent") - text.at);

    text = egret_arena_print(*state, "%.*s%s", (int) cut, text.at, wrong);
    assert_refused(*state, text, EGRET_ESYNTAX, sentence);
}


static void
test_the_digest_holds_the_rows(void **state)
{
    const char *header = with(
        *state, "digest: ",
        "digest: sha256:0000000000000000000000000000000000000000000000000000"
        "000000000000");
    egret_scheme_t *scheme = NULL;
    egret_span_t fault, hex;
    char digest[80];

    egret_assert_rc(egret_scheme_read(EGRET_SPAN("a.tsv"),
                                      egret_test_scheme(*state, header, rows),
                                      *state, &scheme, &fault),
                    EGRET_EINVAL);
    assert_true(egret_span_starts_with(
        fault, EGRET_SPAN("a.tsv:14: digest is not that of the rows, "
                          "sha256:")));

    hex = egret_span_slice(fault, fault.length - 64, fault.length);
    (void) snprintf(digest, sizeof(digest), "digest: sha256:%.*s",
                    EGRET_SPAN_ARGS(hex));
    header = with(*state, "digest: ", digest);
    (void) read_scheme(*state, header, rows);
    scheme = NULL;
    egret_assert_rc(egret_scheme_read(EGRET_SPAN("a.tsv"),
                                      egret_test_scheme(*state, header,
                                                        "1\t\n"),
                                      *state, &scheme, &fault),
                    EGRET_EINVAL);
}


static egret_in_force_t
in_force(const egret_scheme_t *scheme, const char *date, egret_decisive_t kind)
{
    egret_date_t read;

    egret_assert_ok(egret_date_read(egret_span_from(date), &read, NULL));

    return egret_scheme_in_force(scheme, read, kind);
}


static void
test_the_2025_catalogue_is_in_force_from_october_on(void **state)
{
    const egret_taxonomies_t *all = egret_test_shipped_taxonomies(*state);
    const egret_scheme_t *scheme = egret_taxonomies_scheme_by_name(
        all, EGRET_SPAN("CN-GFEPC/2025"));

    for (int kind = 0; kind < EGRET_DECISIVE_COUNT; kind++) {
        assert_int_equal(in_force(scheme, "2025-09-30", kind),
                         EGRET_IN_FORCE_NOT_YET);
        assert_int_equal(in_force(scheme, "2025-10-01", kind),
                         EGRET_IN_FORCE_BY_DATE);
        assert_int_equal(in_force(scheme, "2025-06-27", kind),
                         EGRET_IN_FORCE_NOT_YET);
    }
    assert_int_equal(in_force(scheme, "2025-06-26", EGRET_DECISIVE_APPR),
                     EGRET_IN_FORCE_OLDER_KEPT);
    assert_int_equal(in_force(scheme, "2025-06-26", EGRET_DECISIVE_REGN),
                     EGRET_IN_FORCE_OLDER_KEPT);
    assert_int_equal(in_force(scheme, "2025-06-26", EGRET_DECISIVE_FILD),
                     EGRET_IN_FORCE_BY_CHOICE);
    assert_true(egret_in_force_is_allowed(EGRET_IN_FORCE_BY_CHOICE));
    assert_false(egret_in_force_is_allowed(EGRET_IN_FORCE_OLDER_KEPT));
}


static void
test_the_last_day_is_in_force_and_a_draft_never_is(void **state)
{
    const egret_taxonomies_t *small = egret_test_small_schemes(*state);
    const egret_scheme_t *scheme = read_scheme(*state, keys, rows);

    assert_int_equal(in_force(scheme, "2025-09-30", EGRET_DECISIVE_ISSD),
                     EGRET_IN_FORCE_BY_DATE);
    assert_int_equal(in_force(scheme, "2025-10-01", EGRET_DECISIVE_ISSD),
                     EGRET_IN_FORCE_NO_LONGER);
    assert_int_equal(in_force(scheme, "2019-12-31", EGRET_DECISIVE_ISSD),
                     EGRET_IN_FORCE_NOT_YET);
    assert_int_equal(in_force(egret_taxonomies_scheme_by_name(
                                  small, EGRET_SPAN("DRAFT/1")),
                              "2026-01-01", EGRET_DECISIVE_APPR),
                     EGRET_IN_FORCE_NEVER);
}


static void
test_a_scheme_is_told_from_its_versions(void **state)
{
    egret_taxonomies_t *small = egret_test_small_schemes(*state);
    egret_span_t fault;
    egret_span_t text = egret_test_scheme(
        *state,
        "id: TWO\nversion: 2\npublished: 2020-01-01\nfrom: 2020-07-01\n"
        "status: FINAL\nauthority: x\nlevels: two\nleaf: any\nsource: x\n"
        "digest: none\n",
        "X\t\n");

    assert_int_equal(egret_taxonomies_scheme_fit(small, EGRET_SPAN("TWO"),
                                                 EGRET_SPAN("2")),
                     EGRET_SCHEME_BINDS);
    assert_int_equal(egret_taxonomies_scheme_fit(small, EGRET_SPAN("TWO"),
                                                 EGRET_SPAN("3")),
                     EGRET_SCHEME_VERSION_UNKNOWN);
    assert_int_equal(egret_taxonomies_scheme_fit(small, EGRET_SPAN("THREE"),
                                                 EGRET_SPAN("1")),
                     EGRET_SCHEME_UNKNOWN);
    assert_int_equal(egret_taxonomies_scheme_fit(small, EGRET_SPAN("DRAFT"),
                                                 EGRET_SPAN("1")),
                     EGRET_SCHEME_IS_DRAFT);
    assert_null(egret_taxonomies_scheme(small, EGRET_SPAN("TWO/2"),
                                        EGRET_SPAN("")));
    egret_assert_rc(egret_taxonomies_add_scheme(small, EGRET_SPAN("b.tsv"),
                                                text, &fault),
                    EGRET_EEXIST);
    egret_assert_span(fault, "b.tsv:1: scheme TWO/2 is that of scheme.tsv");
}


static size_t
count_at_depth(const egret_scheme_t *scheme, int depth)
{
    size_t count = 0;

    for (size_t i = 0; i < scheme->class_count; i++) {
        const egret_class_t *row = &scheme->classes[i];
        int found = 1;

        while (row->parent != NULL) {
            row = row->parent;
            found++;
        }
        count += found == depth;
    }

    return count;
}


static void
assert_counts(const egret_taxonomies_t *all, const char *name, size_t top,
              size_t middle, size_t bottom)
{
    const egret_scheme_t *scheme = egret_taxonomies_scheme_by_name(
        all, egret_span_from(name));

    assert_non_null(scheme);
    assert_int_equal(count_at_depth(scheme, 1), top);
    assert_int_equal(count_at_depth(scheme, 2), middle);
    assert_int_equal(count_at_depth(scheme, 3), bottom);
    assert_int_equal(scheme->class_count, top + middle + bottom);
}


static void
test_the_shipped_schemes_have_their_classes(void **state)
{
    const egret_taxonomies_t *all = egret_test_shipped_taxonomies(*state);

    assert_counts(all, "CN-GFEPC/2025", 9, 38, 271);
    assert_counts(all, "CN-GIC/2019", 6, 30, 211);
    assert_counts(all, "ICMA-GBP/2025", 10, 0, 0);
    assert_counts(all, "LMA-GLP/2025", 10, 0, 0);
    assert_counts(all, "ZA-GFT/2022", 1, 7, 42);
    assert_counts(all, "TPEX/2023", 9, 0, 0);
    assert_counts(all, "CN-GBEPC/2015", 6, 31, 0);
    assert_counts(all, "CN-GLTI/2024", 7, 0, 0);
    assert_counts(all, "EU-TAX/2023", 49, 207, 0);
    assert_counts(all, "TW-STX/2", 2, 5, 9);
    assert_counts(all, "IN-SEBI/2023", 14, 0, 0);
    assert_counts(all, "IN-RBI/2023", 9, 0, 0);
    assert_counts(all, "BR-TSB/2025", 8, 0, 0);
    assert_counts(all, "RU-1587/2023", 2, 8, 0);
    assert_counts(all, "ID-TKBI/3", 5, 0, 0);
}


static void
test_a_shipped_bond_catalogue_ends_where_the_next_begins(void **state)
{
    static const struct {
        const char *name;
        const char *date;
        egret_in_force_t expected;
    } cases[] = {
        { "CN-GBEPC/2015", "2021-06-30", EGRET_IN_FORCE_BY_DATE },
        { "CN-GBEPC/2021", "2021-06-30", EGRET_IN_FORCE_NOT_YET },
        { "CN-GBEPC/2015", "2021-07-01", EGRET_IN_FORCE_NO_LONGER },
        { "CN-GBEPC/2021", "2021-07-01", EGRET_IN_FORCE_BY_DATE },
        { "CN-GBEPC/2021", "2025-09-30", EGRET_IN_FORCE_BY_DATE },
        { "CN-GBEPC/2021", "2025-10-01", EGRET_IN_FORCE_NO_LONGER },
        { "CN-GFEPC/2025", "2025-10-01", EGRET_IN_FORCE_BY_DATE },
    };
    const egret_taxonomies_t *all = egret_test_shipped_taxonomies(*state);

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        const egret_scheme_t *scheme = egret_taxonomies_scheme_by_name(
            all, egret_span_from(cases[i].name));

        assert_non_null(scheme);
        assert_int_equal(in_force(scheme, cases[i].date, EGRET_DECISIVE_APPR),
                         cases[i].expected);
    }
}


static void
test_a_heading_that_is_missing_is_shown_in_its_original(void **state)
{
    static const struct {
        const char *name;
        const char *code;
        egret_language_t language;
        egret_language_t shown;
        bool is_own;
    } cases[] = {
        { "CN-GFEPC/2025", "4.2.1", EGRET_LANGUAGE_EN, EGRET_LANGUAGE_EN,
          true },
        { "CN-GFEPC/2025", "4.2.1", EGRET_LANGUAGE_ZH_HANT,
          EGRET_LANGUAGE_ZH_HANS, false },
        { "CN-GFEPC/2025", "4.2.1", EGRET_LANGUAGE_RU, EGRET_LANGUAGE_ZH_HANS,
          false },
        { "TPEX/2023", "TPEX-1", EGRET_LANGUAGE_ZH_HANS,
          EGRET_LANGUAGE_ZH_HANT, false },
        { "BR-TSB/2025", "A", EGRET_LANGUAGE_ZH_HANT, EGRET_LANGUAGE_PT,
          false },
        { "EU-TAX/2023", "CCM-4.1", EGRET_LANGUAGE_ZH_HANT, EGRET_LANGUAGE_EN,
          false },
    };
    const egret_taxonomies_t *all = egret_test_shipped_taxonomies(*state);

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        const egret_class_t *code = egret_scheme_class(
            egret_taxonomies_scheme_by_name(all,
                                            egret_span_from(cases[i].name)),
            egret_span_from(cases[i].code));
        egret_span_t label = egret_class_label(code, cases[i].language);

        assert_int_equal(egret_class_language(code, cases[i].language),
                         cases[i].shown);
        assert_ptr_equal(label.at, code->labels[cases[i].shown].at);
        assert_int_equal(egret_class_is_own_translation(code, cases[i].shown),
                         cases[i].is_own);
    }
}


static void
test_the_shipped_schemes_leave_out_what_was_not_verified(void **state)
{
    const egret_taxonomies_t *all = egret_test_shipped_taxonomies(*state);
    const egret_scheme_t *za = egret_taxonomies_scheme_by_name(
        all, EGRET_SPAN("ZA-GFT/2022"));
    const egret_scheme_t *cn = egret_taxonomies_scheme_by_name(
        all, EGRET_SPAN("CN-GFEPC/2025"));

    assert_null(egret_scheme_class(za, EGRET_SPAN("7.3.1")));
    assert_null(egret_scheme_class(za, EGRET_SPAN("7.4.10")));
    /* A decree's social projects and a framework's exclusions are no green
     * labels. */
    assert_null(egret_scheme_class(
        egret_taxonomies_scheme_by_name(all, EGRET_SPAN("RU-1587/2023")),
        EGRET_SPAN("S")));
    assert_null(egret_scheme_class(
        egret_taxonomies_scheme_by_name(all, EGRET_SPAN("IN-RBI/2023")),
        EGRET_SPAN("RBI-X2")));
    /* The copy of this heading runs on into the notes. */
    egret_assert_span(
        egret_class_label(egret_scheme_class(cn, EGRET_SPAN("9.1.3")),
                          EGRET_LANGUAGE_ZH_HANS),
        "其他绿色消费");
}


static egret_rc_t
torture(const egret_allocator_t *allocator, void *context)
{
    egret_arena_t *arena = egret_arena_create(allocator, 0);
    egret_scheme_t *scheme;
    egret_span_t fault;
    egret_rc_t rc;

    if (arena == NULL) {
        return EGRET_ENOMEM;
    }
    rc = egret_scheme_read(EGRET_SPAN("a.tsv"), *(egret_span_t *) context,
                           arena, &scheme, &fault);
    egret_arena_destroy(arena);

    return rc;
}


static void
test_no_memory_is_said_and_nothing_leaks(void **state)
{
    egret_span_t text = egret_test_scheme(*state, keys, rows);

    assert_true(egret_test_torture(torture, &text) > 0);
}


#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_a_header_is_read_as_it_stands),
        TEST(test_rows_keep_parents_and_leaves_in_any_order),
        TEST(test_a_missing_key_is_named),
        TEST(test_a_bad_value_of_the_header_is_refused),
        TEST(test_dates_that_contradict_each_other_are_refused),
        TEST(test_faulty_rows_are_refused_with_their_line),
        TEST(test_what_is_no_such_file_is_refused),
        TEST(test_a_key_behind_the_rows_is_no_comment),
        TEST(test_the_column_header_must_be_ours),
        TEST(test_the_digest_holds_the_rows),
        TEST(test_the_2025_catalogue_is_in_force_from_october_on),
        TEST(test_the_last_day_is_in_force_and_a_draft_never_is),
        TEST(test_a_scheme_is_told_from_its_versions),
        TEST(test_the_shipped_schemes_have_their_classes),
        TEST(test_a_shipped_bond_catalogue_ends_where_the_next_begins),
        TEST(test_a_heading_that_is_missing_is_shown_in_its_original),
        TEST(test_the_shipped_schemes_leave_out_what_was_not_verified),
        TEST(test_no_memory_is_said_and_nothing_leaks),
    };

    return egret_test_run(tests);
}
