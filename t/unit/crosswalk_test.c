/* SPDX-License-Identifier: Apache-2.0 */

#include <stdio.h>
#include <string.h>

#include "made_taxonomy.h"

#define ONE "ONE ONE 1"
#define CATS "CATS CATS 1"
#define TWO "TWO TWO 1"
#define ROW(end) "ONE:1.1 skos:broadMatch - CATS:A broad " end "\n"


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


/* Joins rows of one file to fresh small schemes. */
static void
join(egret_arena_t *arena, const char *subject, const char *object,
     const char *rows, const char *sentence)
{
    egret_test_join(arena, egret_test_small_schemes(arena), subject, object,
                    rows, sentence);
}


/* A file that is written out, with `metadata` before and `body` after the
 * metadata that must be there. */
static void
assert_text(egret_arena_t *arena, const char *metadata, const char *body,
            const char *sentence)
{
    static const char common[] = "#curie_map:\n#  ONE: urn:x:ONE:\n"
                                 "#  CATS: urn:x:CATS:\n"
                                 "#mapping_set_id: urn:x:set\n"
                                 "#license: urn:x:none\n"
                                 "#subject_source: x:ONE\n"
                                 "#subject_source_version: 1\n"
                                 "#object_source: x:CATS\n"
                                 "#object_source_version: 1\n";
    egret_taxonomies_t *taxonomies = egret_test_small_schemes(arena);
    egret_span_t fault;
    egret_span_t text = egret_arena_print(arena, "%s%s%s", metadata, common,
                                          body);
    egret_rc_t rc = egret_taxonomies_add_crosswalk(taxonomies,
                                                   EGRET_SPAN("c.tsv"), text,
                                                   &fault);

    egret_assert_span(fault, sentence);
    assert_int_equal(rc == EGRET_OK, sentence[0] == '\0');
}


static const egret_row_group_t *
group(const egret_taxonomies_t *taxonomies, const char *code,
      const char *object)
{
    const egret_scheme_t *source = egret_taxonomies_scheme_by_name(
        taxonomies, EGRET_SPAN("ONE/1"));

    return egret_taxonomies_rows(
        taxonomies, egret_scheme_class(source, egret_span_from(code)),
        egret_taxonomies_scheme_by_name(taxonomies, egret_span_from(object)));
}


static void
test_a_row_keeps_each_dimension(void **state)
{
    egret_taxonomies_t *taxonomies = egret_test_small_schemes(*state);
    const egret_crosswalk_row_t *row;

    egret_test_join(*state, taxonomies, ONE, CATS,
                    "ONE:1.1 skos:broadMatch - CATS:A exact broad not-required "
                    "not-compared 2021-01-01 2022-01-01 -\n",
                    "");
    row = group(taxonomies, "1.1", "CATS/1")->rows[0];
    assert_int_equal(row->line, EGRET_TEST_FIRST_ROW);
    assert_int_equal(row->relations[EGRET_DIMENSION_SCOPE],
                     EGRET_RELATION_EXACT);
    assert_int_equal(row->relations[EGRET_DIMENSION_CRITERIA],
                     EGRET_RELATION_BROAD);
    assert_int_equal(row->relations[EGRET_DIMENSION_DNSH],
                     EGRET_RELATION_NOT_REQUIRED);
    assert_int_equal(row->relations[EGRET_DIMENSION_SAFEGUARDS],
                     EGRET_RELATION_NOT_COMPARED);
    assert_false(row->is_plain);
    assert_int_equal(row->valid_from.year, 2021);
    assert_int_equal(row->valid_to.year, 2022);
    egret_assert_span(row->comment, "made");
    egret_assert_span(row->crosswalk->id, "urn:x:made");
    assert_null(group(taxonomies, "1.2", "CATS/1"));
}


static void
test_a_plain_row_counts_for_scope_alone(void **state)
{
    egret_taxonomies_t *taxonomies = egret_test_small_schemes(*state);
    const egret_crosswalk_row_t *row;

    egret_test_join(*state, taxonomies, ONE, CATS,
                    "ONE:1.1 skos:exactMatch - CATS:A - - - - - - -\n", "");
    row = group(taxonomies, "1.1", "CATS/1")->rows[0];
    assert_true(row->is_plain);
    assert_int_equal(row->relations[EGRET_DIMENSION_SCOPE],
                     EGRET_RELATION_EXACT);
    assert_int_equal(row->relations[EGRET_DIMENSION_CRITERIA],
                     EGRET_RELATION_NOT_COMPARED);
}


static void
test_a_plain_file_of_others_loads(void **state)
{
    assert_text(*state,
                "# sssom_version: 1.0  # a comment\n#\n"
                "# creator_id:\n#   - orcid:0000\n"
                "# other: 'it: is'\n",
                "subject_id\tpredicate_id\tobject_id\tmapping_justification\t"
                "confidence\tsubject_label\tfoo\n"
                "ONE:1.1\tskos:closeMatch\tCATS:A\tsemapv:LexicalMatching\t"
                "0.7\t\"a \"\"b\"\"\"\tbar\n"
                "sssom:NoTermFound\tskos:exactMatch\tCATS:A\t"
                "semapv:LexicalMatching\t1\t\t\n",
                "");
}


static void
test_metadata_is_refused_with_its_line(void **state)
{
    static const char body[] =
        "subject_id\tpredicate_id\tobject_id\tmapping_justification\n";

    assert_text(*state, "#sssom_version: 2.0\n", body,
                "c.tsv:1: sssom_version \"2.0\" is not 1.0 or 1.1");
    assert_text(*state, "#license: x\n", body,
                "c.tsv:6: key \"license\" stands twice");
    assert_text(*state, "#mapping_date: soon\n", body,
                "c.tsv:1: mapping_date \"soon\" is no date");
    assert_text(*state, "#mapping_set_version:\n", body,
                "c.tsv:1: key \"mapping_set_version\" has no value");
    assert_text(*state, "#words\n", body,
                "c.tsv:1: metadata \"words\" is no key: value");
    assert_text(*state, "", "", "c.tsv:9: there is no column header");
    assert_text(*state, "", "#other:\n",
                "c.tsv:10: there is no column header");
    assert_text(*state, "", "subject_id\tpredicate_id\tobject_id\n",
                "c.tsv:10: column \"mapping_justification\" is missing");
    assert_text(*state, "",
                "subject_id\tpredicate_id\tobject_id\tmapping_justification\t"
                "object_id\n",
                "c.tsv:10: column \"object_id\" stands twice");
    assert_text(*state, "",
                "subject_id\tpredicate_id\tobject_id\tmapping_justification\t"
                "egret_critera\n",
                "c.tsv:10: column \"egret_critera\" is not known");
}


#define COLUMNS "subject_id\tpredicate_id\tobject_id\tmapping_justification"
#define PAIR "ONE:1.1\tskos:closeMatch\tCATS:A\tsemapv:X"

static void
test_a_column_name_is_read_as_cells_are(void **state)
{
    assert_text(*state, "",
                COLUMNS "\tegret_valid_from \n" PAIR "\tsoon\n",
                "c.tsv:11: egret_valid_from \"soon\" is no date YYYY-MM-DD");
    assert_text(*state, "",
                COLUMNS "\t \"egret_valid_from\"\n" PAIR "\tsoon\n",
                "c.tsv:11: egret_valid_from \"soon\" is no date YYYY-MM-DD");
    assert_text(*state, "",
                COLUMNS "\tpredicate_modifier \n" PAIR "\tno\n",
                "c.tsv:11: predicate_modifier \"no\" is not Not");
}


static void
test_a_column_that_is_nearly_known_is_refused(void **state)
{
    static const char *const names[] = {
        "Predicate_Modifier", "predicate-modifier", "predicate modifier",
        "'predicate_modifier'", "predicate_modifier\xc2\xa0",
    };

    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        char body[256], sentence[256];

        (void) snprintf(body, sizeof(body), COLUMNS "\t%s\n" PAIR "\tNot\n",
                        names[i]);
        (void) snprintf(sentence, sizeof(sentence),
                        "c.tsv:10: column \"%s\" must be written "
                        "predicate_modifier",
                        names[i]);
        assert_text(*state, "", body, sentence);
    }
    assert_text(*state, "", COLUMNS "\tEgret_Until\n",
                "c.tsv:10: column \"Egret_Until\" is not known");
}


static void
test_a_column_stands_once_known_or_not(void **state)
{
    assert_text(*state, "", COLUMNS "\tobject_id \n",
                "c.tsv:10: column \"object_id\" stands twice");
    assert_text(*state, "", COLUMNS "\tmine\tmine\n",
                "c.tsv:10: column \"mine\" stands twice");
    assert_text(*state, "", COLUMNS "\tmine\t\t\n" PAIR "\t\t\t\n", "");
}


static void
test_a_key_that_would_change_rows_is_refused(void **state)
{
    static const char body[] = COLUMNS "\n";

    assert_text(*state, "#egret_valid_to: 2020-01-01\n", body,
                "c.tsv:1: key \"egret_valid_to\" is not known");
    assert_text(*state, "#Egret_Status: draft\n", body,
                "c.tsv:1: key \"Egret_Status\" is not known");
    assert_text(*state, "#other: x\n#  egret_until: 2020-01-01\n", body,
                "c.tsv:2: metadata \"egret_until: 2020-01-01\" is not known");
    assert_text(*state, "#predicate_modifier: Not\n", body,
                "c.tsv:1: key \"predicate_modifier\" is a column, and no key "
                "of the metadata");
    assert_text(*state, "#Mapping_Date: 2020-01-01\n", body,
                "c.tsv:1: key \"Mapping_Date\" must be written mapping_date");
    assert_text(*state, "#sssom_version : 2.0\n", body,
                "c.tsv:1: sssom_version \"2.0\" is not 1.0 or 1.1");
    assert_text(*state, "#other_key: x\n", body, "");
}


static void
test_missing_metadata_is_named(void **state)
{
    static const struct {
        const char *text;
        const char *sentence;
    } faults[] = {
        { "#mapping_set_id: x\n#license: x\nsubject_id\n",
          "c.tsv:3: key \"curie_map\" is missing before the column header" },
        { "#curie_map:\n#license: x\nsubject_id\n",
          "c.tsv:3: key \"mapping_set_id\" is missing before the column "
          "header" },
        { "#curie_map:\n#mapping_set_id: x\nsubject_id\n",
          "c.tsv:3: key \"license\" is missing before the column header" },
        { "#curie_map:\n#  A: x\n#  A: y\nsubject_id\n",
          "c.tsv:3: prefix \"A\" stands twice" },
        { "#curie_map:\n#  A x\nsubject_id\n",
          "c.tsv:2: curie_map line \"A x\" is no PREFIX: IRI" },
    };
    egret_taxonomies_t *taxonomies = egret_test_small_schemes(*state);

    for (size_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++) {
        egret_span_t fault;

        assert_int_not_equal(
            egret_taxonomies_add_crosswalk(taxonomies, EGRET_SPAN("c.tsv"),
                                           egret_span_from(faults[i].text),
                                           &fault),
            EGRET_OK);
        egret_assert_span(fault, faults[i].sentence);
    }
}


static void
test_unknown_schemes_and_codes_are_refused(void **state)
{
    join(*state, "ONE THREE 1", CATS, ROW("- - - - - -"),
         "made.tsv:12: scheme THREE/1 is not loaded");
    join(*state, ONE, "CATS CATS 9", ROW("- - - - - -"),
         "made.tsv:12: scheme CATS/9 is not loaded");
    join(*state, ONE, CATS,
         "ONE:1.9 skos:broadMatch - CATS:A broad - - - - - -\n",
         "made.tsv:12: subject_id \"ONE:1.9\" is no code of its scheme's "
         "version");
    join(*state, ONE, CATS,
         "ONE:1.1 skos:broadMatch - CATS:C broad - - - - - -\n",
         "made.tsv:12: object_id \"CATS:C\" is no code of its scheme's "
         "version");
    join(*state, ONE, CATS,
         "ONE:1 skos:broadMatch - CATS:A broad - - - - - -\n",
         "made.tsv:12: subject_id \"ONE:1\" is no leaf, as its scheme demands");
    join(*state, CATS, ONE,
         "CATS:A skos:broadMatch - ONE:1 broad - - - - - -\n",
         "made.tsv:12: object_id \"ONE:1\" is no leaf, as its scheme demands");
    join(*state, ONE, CATS, "1.1 skos:broadMatch - CATS:A broad - - - - - -\n",
         "made.tsv:12: subject_id \"1.1\" is no PREFIX:CODE");
    join(*state, ONE, CATS,
         "EIN:1.1 skos:broadMatch - CATS:A broad - - - - - -\n",
         "made.tsv:12: subject_id \"EIN:1.1\" has a prefix that curie_map does "
         "not declare");
    join(*state, ONE, "EIN ONE 1",
         "ONE:1.1 skos:broadMatch - EIN:1.2 broad - - - - - -\n",
         "made.tsv:12: object_source \"urn:x/ONE\" is the subject's own "
         "version");
}


static void
test_a_prefix_stands_for_one_scheme(void **state)
{
    join(*state, "TWO TWO 1", "NEW TWO 2",
         "TWO:X skos:broadMatch - TWO:X broad - - - - - -\n",
         "made.tsv:12: object_id \"TWO:X\" has a prefix that stands for "
         "another scheme here");
    join(*state, "TWO TWO 1", "NEW TWO 2",
         "TWO:X skos:broadMatch - NEW:X broad - - - - - -\n"
         "NEW:Y skos:broadMatch - NEW:Y broad - - - - - -\n",
         "made.tsv:13: subject_id \"NEW:Y\" has a prefix that stands for "
         "another scheme here");
    join(*state, ONE, CATS,
         "ONE:1.1 skos:broadMatch - CATS:A broad - - - - - -\n"
         "ONE:1.2 skos:broadMatch - skos:A broad - - - - - -\n",
         "made.tsv:13: object_id \"skos:A\" has not the prefix that its scheme "
         "has here");
}


static void
test_a_source_may_be_a_column(void **state)
{
    assert_text(*state, "",
                "subject_id\tpredicate_id\tobject_id\tmapping_justification\t"
                "object_source\tobject_source_version\n"
                "ONE:1.1\tskos:closeMatch\tCATS:A\tsemapv:X\tTWO\t1\n",
                "c.tsv:11: object_id \"CATS:A\" is no code of its scheme's "
                "version");
    assert_text(*state, "",
                "subject_id\tpredicate_id\tobject_id\tmapping_justification\t"
                "object_source\n"
                "ONE:1.1\tskos:closeMatch\tCATS:A\tsemapv:X\tx/\n",
                "c.tsv:11: object_source \"x/\" names no scheme");
}


static void
test_bad_cells_are_refused(void **state)
{
    join(*state, ONE, CATS,
         "ONE:1.1 skos:exactmatch - CATS:A - - - - - - -\n",
         "made.tsv:12: predicate_id \"skos:exactmatch\" is not "
         "skos:exactMatch, broadMatch, narrowMatch, closeMatch or "
         "relatedMatch");
    join(*state, ONE, CATS,
         "ONE:1.1 skos:exactMatch not CATS:A - - - - - - -\n",
         "made.tsv:12: predicate_modifier \"not\" is not Not");
    join(*state, ONE, CATS, ROW("Broad - - - - -"),
         "made.tsv:12: egret_criteria \"Broad\" is no relation");
    join(*state, ONE, CATS, ROW("- - - 2021-13-01 - -"),
         "made.tsv:12: egret_valid_from \"2021-13-01\" is no date YYYY-MM-DD");
    join(*state, ONE, CATS, ROW("- - - 2022-01-02 2022-01-01 -"),
         "made.tsv:12: egret_valid_to \"2022-01-01\" is before "
         "egret_valid_from");
    join(*state, ONE, CATS, ROW("- - -"),
         "made.tsv:12: has 10 columns, not 13");
    assert_text(*state, "",
                "subject_id\tpredicate_id\tobject_id\tmapping_justification\t"
                "confidence\tegret_status\tegret_threshold\n"
                "ONE:1.1\tskos:closeMatch\tCATS:A\tsemapv:X\t1.1\t\t\n",
                "c.tsv:11: confidence \"1.1\" is not from 0 to 1");
    assert_text(*state, "",
                "subject_id\tpredicate_id\tobject_id\tmapping_justification\t"
                "confidence\tegret_status\tegret_threshold\n"
                "ONE:1.1\tskos:closeMatch\tCATS:A\tsemapv:X\t\town\t\n",
                "c.tsv:11: egret_status \"own\" is not official, "
                "own-assessment, draft or superseded");
    assert_text(*state, "",
                "subject_id\tpredicate_id\tobject_id\tmapping_justification\t"
                "confidence\tegret_status\tegret_threshold\n"
                "ONE:1.1\tskos:closeMatch\tCATS:A\tmanual\t\t\t\n",
                "c.tsv:11: mapping_justification \"manual\" is no semapv: "
                "term");
}


/* A row from ONE 1.1 to CATS A with its predicate, dimensions and condition. */
static void
assert_condition(egret_arena_t *arena, const char *row, const char *sentence)
{
    char rows[256], text[512];

    (void) snprintf(rows, sizeof(rows), "ONE:1.1 skos:%s\n", row);
    (void) snprintf(text, sizeof(text), "%s%s",
                    sentence[0] == '\0' ? "" : "made.tsv:12: ", sentence);
    join(arena, ONE, CATS, rows, text);
}


static void
test_a_condition_makes_a_narrow_row_carry_a_part(void **state)
{
    assert_condition(*state,
                     "narrowMatch - CATS:A broad not-required - - - - "
                     "technology~in~(PVOL)",
                     "");
    assert_condition(*state,
                     "closeMatch - CATS:A broad broad - - - - "
                     "criterion~LCGE~<=~100~gCO2e/kWh",
                     "");
    assert_condition(*state,
                     "broadMatch - CATS:A broad - - - - - jurisdiction~=~CN",
                     "predicate_id \"skos:broadMatch\" is of the whole, "
                     "egret_condition or not: narrowMatch, closeMatch or "
                     "relatedMatch must stand here");
    assert_condition(*state,
                     "narrowMatch - CATS:A narrow - - - - - jurisdiction~=~CN",
                     "egret_scope \"narrow\" is more than a row with "
                     "egret_condition can say: broad is the best");
    assert_condition(*state,
                     "narrowMatch - CATS:A broad exact - - - - "
                     "jurisdiction~=~CN",
                     "egret_criteria \"exact\" is more than a row with "
                     "egret_condition can say: broad is the best");
    assert_condition(*state,
                     "narrowMatch - CATS:A - - - - - - jurisdiction~=~CN",
                     "egret_condition \"jurisdiction = CN\" stands at a row "
                     "that states no dimension");
    assert_condition(*state,
                     "narrowMatch - sssom:NoTermFound none - - - - - "
                     "jurisdiction~=~CN",
                     "egret_condition \"jurisdiction = CN\" stands at a row "
                     "that carries nothing");
    assert_condition(*state,
                     "narrowMatch - CATS:A broad - - - - - "
                     "technology~in~(PVOL,~pv)",
                     "egret_condition \"technology in (PVOL, pv)\" cannot be "
                     "read, column 22: \"pv\" is no technology (four capital "
                     "letters or digits)");
}


/* A row with egret_criteria and egret_threshold. */
static void
assert_threshold(egret_arena_t *arena, const char *criteria,
                 const char *threshold, const char *sentence)
{
    char rows[512];

    (void) snprintf(rows, sizeof(rows),
                    "subject_id\tpredicate_id\tobject_id\t"
                    "mapping_justification\tegret_scope\tegret_criteria\t"
                    "egret_threshold\n"
                    "ONE:1.1\tskos:closeMatch\tCATS:A\tsemapv:X\tclose\t%s\t"
                    "%s\n",
                    criteria, threshold);
    assert_text(arena, "", rows, sentence);
}


static void
test_a_threshold_compares_criteria_alone(void **state)
{
    assert_threshold(*state, "none",
                     "criterion LCGE <= 100 gCO2e/kWh or "
                     "criterion PWDN > 5 W/m2",
                     "");
    assert_threshold(*state, "none", "jurisdiction = CN",
                     "c.tsv:11: egret_threshold \"jurisdiction = CN\" asks for "
                     "more than criteria, or negates one");
    assert_threshold(*state, "none", "not criterion PWDN > 5 W/m2",
                     "c.tsv:11: egret_threshold \"not criterion PWDN > 5 "
                     "W/m2\" asks for more than criteria, or negates one");
    assert_threshold(*state, "not-required", "criterion PWDN > 5 W/m2",
                     "c.tsv:11: egret_threshold \"criterion PWDN > 5 W/m2\" "
                     "contradicts egret_criteria not-required");
    assert_threshold(*state, "none", "criterion PWDN > 5 MWHO",
                     "c.tsv:11: egret_threshold \"criterion PWDN > 5 MWHO\" "
                     "cannot be read, column 20: \"MWHO\" is no unit of that "
                     "metric");
}


static void
test_one_pair_may_have_a_row_for_each_part(void **state)
{
    join(*state, ONE, CATS,
         "ONE:1.1 skos:narrowMatch - CATS:A broad - - - - - technology=PVOL\n"
         "ONE:1.1 skos:narrowMatch - CATS:A broad - - - - - technology=CSPW\n"
         "ONE:1.1 skos:narrowMatch - CATS:A narrow - - - - - -\n",
         "");
    join(*state, ONE, CATS,
         "ONE:1.1 skos:narrowMatch - CATS:A broad - - - - - technology=PVOL\n"
         "ONE:1.1 skos:closeMatch - CATS:A close - - - - - technology=PVOL\n",
         "made.tsv:13: 1.1 contradicts, for the same two codes, made.tsv:12");
    join(*state, ONE, CATS,
         "ONE:1.1 skos:narrowMatch - CATS:A broad - - - - - technology=PVOL\n"
         "ONE:1.1 skos:closeMatch - sssom:NoTermFound none - - - - - -\n",
         "made.tsv:13: 1.1 contradicts sssom:NoTermFound, or the reverse, of "
         "made.tsv:12");
}


static void
test_the_predicate_is_the_weakest_claim(void **state)
{
    static const struct {
        const char *predicate;
        const char *scope;
        const char *criteria;
        bool is_weakest;
    } cases[] = {
        { "exactMatch", "exact", "exact", true },
        { "exactMatch", "exact", "not-compared", true },
        { "exactMatch", "exact", "none", true },
        { "exactMatch", "exact", "not-required", true },
        { "exactMatch", "exact", "broad", false },
        { "broadMatch", "exact", "broad", true },
        { "broadMatch", "broad", "exact", true },
        { "broadMatch", "broad", "close", false },
        { "closeMatch", "broad", "close", true },
        { "narrowMatch", "exact", "narrow", true },
        { "narrowMatch", "broad", "narrow", false },
        { "closeMatch", "broad", "narrow", true },
        { "relatedMatch", "related", "exact", true },
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        char rows[128], sentence[160];

        (void) snprintf(rows, sizeof(rows),
                        "ONE:1.1 skos:%s - CATS:A %s %s - - - - -\n",
                        cases[i].predicate, cases[i].scope, cases[i].criteria);
        (void) snprintf(sentence, sizeof(sentence),
                        "made.tsv:12: predicate_id \"skos:%s\" is not the "
                        "weakest relation that the row claims",
                        cases[i].predicate);
        join(*state, ONE, CATS, rows, cases[i].is_weakest ? "" : sentence);
    }
}


static void
test_a_row_with_dimensions_claims_its_scope(void **state)
{
    join(*state, ONE, CATS,
         "ONE:1.1 skos:exactMatch - CATS:A - exact - - - - -\n",
         "made.tsv:12: egret_scope \"\" claims nothing: exact, broad, narrow, "
         "close or related must stand here");
    join(*state, ONE, CATS,
         "ONE:1.1 skos:exactMatch - CATS:A none exact - - - - -\n",
         "made.tsv:12: egret_scope \"none\" claims nothing: exact, broad, "
         "narrow, close or related must stand here");
    join(*state, ONE, CATS,
         "ONE:1.1 skos:exactMatch - CATS:A not-required exact - - - - -\n",
         "made.tsv:12: egret_scope \"not-required\" contradicts the object's "
         "scheme, which requires it");
}


static void
test_what_a_scheme_requires_cannot_be_not_required(void **state)
{
    join(*state, ONE, TWO,
         "ONE:1.1 skos:broadMatch - TWO:X broad not-required - - - - -\n",
         "made.tsv:12: egret_criteria \"not-required\" contradicts the "
         "object's scheme, which requires it");
    join(*state, ONE, TWO,
         "ONE:1.1 skos:broadMatch - TWO:X broad - - not-required - - -\n",
         "made.tsv:12: egret_safeguards \"not-required\" contradicts the "
         "object's scheme, which requires it");
}


static void
test_two_rows_for_one_pair_are_refused(void **state)
{
    join(*state, ONE, CATS, ROW("- - - - - -") ROW("- - - - - -"),
         "made.tsv:13: 1.1 is the row of made.tsv:12");
    join(*state, ONE, CATS,
         ROW("- - - - - -") "ONE:1.1 skos:exactMatch - CATS:A exact - - - - - "
                            "-\n",
         "made.tsv:13: 1.1 contradicts, for the same two codes, made.tsv:12");
    join(*state, ONE, CATS,
         ROW("- - - - 2021-01-01 -") ROW("- - - 2021-01-02 - -"), "");
    join(*state, ONE, CATS,
         ROW("- - - - 2021-01-01 -") ROW("- - - 2021-01-01 - -"),
         "made.tsv:13: 1.1 is the row of made.tsv:12");
    join(*state, ONE, CATS,
         "ONE:1.1 skos:exactMatch - CATS:A exact - - - - - -\n"
         "ONE:1.1 skos:exactMatch - CATS:B exact - - - - - -\n",
         "made.tsv:13: 1.1 is exact with another code than made.tsv:12");
    join(*state, ONE, CATS,
         "ONE:1.1 skos:broadMatch - CATS:A broad - - - - - -\n"
         "ONE:1.1 skos:broadMatch - CATS:B broad - - - - - -\n", "");
}


static void
test_no_counterpart_admits_no_counterpart(void **state)
{
    static const char none[] =
        "ONE:1.1 skos:exactMatch - sssom:NoTermFound - - - - - - -\n";
    char rows[256];

    join(*state, ONE, CATS, none, "");
    (void) snprintf(rows, sizeof(rows), "%s%s", none, ROW("- - - - - -"));
    join(*state, ONE, CATS, rows,
         "made.tsv:13: 1.1 contradicts sssom:NoTermFound, or the reverse, of "
         "made.tsv:12");
    (void) snprintf(rows, sizeof(rows), "%s%s", ROW("- - - - - -"), none);
    join(*state, ONE, CATS, rows,
         "made.tsv:13: 1.1 contradicts sssom:NoTermFound, or the reverse, of "
         "made.tsv:12");
    (void) snprintf(rows, sizeof(rows), "%s%s", none,
                    "ONE:1.1 skos:narrowMatch - CATS:A narrow - - - - - -\n");
    join(*state, ONE, CATS, rows,
         "made.tsv:13: 1.1 contradicts sssom:NoTermFound, or the reverse, of "
         "made.tsv:12");
    (void) snprintf(rows, sizeof(rows), "%s%s", none, none);
    join(*state, ONE, CATS, rows, "made.tsv:13: 1.1 is the row of made.tsv:12");
    (void) snprintf(rows, sizeof(rows), "%s%s", none,
                    "ONE:1.1 skos:closeMatch - CATS:A close - - - - - -\n");
    join(*state, ONE, CATS, rows, "");
    join(*state, ONE, CATS,
         "ONE:1.1 skos:exactMatch - sssom:NoTermFound exact - - - - - -\n",
         "made.tsv:12: egret_scope \"exact\" contradicts sssom:NoTermFound");
    join(*state, ONE, CATS,
         "ONE:1.1 skos:exactMatch Not sssom:NoTermFound - - - - - - -\n",
         "made.tsv:12: predicate_modifier \"Not\" cannot withdraw that there "
         "is no counterpart");
}


static void
test_not_withdraws_the_rows_of_other_files(void **state)
{
    static const char *const both[] = {
        ROW("- - - - - -"), "ONE:1.1 skos:broadMatch Not CATS:A - - - - - - -\n"
    };

    for (int first = 0; first < 2; first++) {
        egret_taxonomies_t *taxonomies = egret_test_small_schemes(*state);
        egret_span_t text = egret_test_crosswalk(*state, ONE, CATS,
                                                 both[first]);
        egret_span_t fault;

        egret_assert_ok(egret_taxonomies_add_crosswalk(
            taxonomies, EGRET_SPAN("first.tsv"), text, &fault));
        egret_test_join(*state, taxonomies, ONE, CATS, both[1 - first], "");
        assert_null(group(taxonomies, "1.1", "CATS/1"));
        assert_int_equal(taxonomies->withdrawn_count, 1);
    }

    join(*state, ONE, CATS,
         "ONE:1.1 skos:broadMatch Not CATS:A - - - - - - -\n"
         ROW("- - - - - -"),
         "made.tsv:13: 1.1 is withdrawn by line 12 of its own file");
}


static void
test_rows_of_two_files_are_compared(void **state)
{
    egret_taxonomies_t *taxonomies = egret_test_small_schemes(*state);
    egret_span_t fault;

    egret_assert_ok(egret_taxonomies_add_crosswalk(
        taxonomies, EGRET_SPAN("first.tsv"),
        egret_test_crosswalk(*state, ONE, CATS, ROW("- - - - - -")), &fault));
    egret_test_join(*state, taxonomies, ONE, CATS,
                    "ONE:1.1 skos:closeMatch - CATS:A close - - - - - -\n",
                    "made.tsv:12: 1.1 contradicts, for the same two codes, "
                    "first.tsv:12");
}


static void
test_the_digest_of_all_shows_any_change(void **state)
{
    egret_taxonomies_t *all[3];
    char hex[3][EGRET_SHA256_HEX];

    for (int i = 0; i < 3; i++) {
        all[i] = egret_test_small_schemes(*state);
        egret_test_join(*state, all[i], ONE, CATS,
                        i < 2 ? ROW("- - - - - -") : ROW("broad - - - - -"),
                        "");
        egret_sha256_hex(&all[i]->digest, hex[i]);
    }
    assert_string_equal(hex[0], hex[1]);
    assert_string_not_equal(hex[0], hex[2]);
}


static egret_rc_t
torture(const egret_allocator_t *allocator, void *context)
{
    egret_arena_t *arena = egret_arena_create(allocator, 0);
    egret_taxonomies_t *taxonomies;
    egret_span_t *texts = context;
    egret_span_t fault;
    egret_rc_t rc;

    if (arena == NULL) {
        return EGRET_ENOMEM;
    }
    rc = egret_taxonomies_create(arena, &taxonomies);
    for (int i = 0; rc == EGRET_OK && i < 2; i++) {
        rc = egret_taxonomies_add_scheme(taxonomies, EGRET_SPAN("s.tsv"),
                                         texts[i], &fault);
    }
    for (int i = 2; rc == EGRET_OK && i < 4; i++) {
        rc = egret_taxonomies_add_crosswalk(taxonomies, EGRET_SPAN("c.tsv"),
                                            texts[i], &fault);
    }
    if (rc == EGRET_OK) {
        rc = egret_taxonomies_close(taxonomies, &fault);
    }
    egret_arena_destroy(arena);

    return rc;
}


static void
test_no_memory_is_said_and_nothing_leaks(void **state)
{
    static const char keys[] =
        "id: %s\nversion: 1\npublished: 2020-01-01\nfrom: 2020-07-01\n"
        "status: FINAL\nauthority: x\nlevels: one\nleaf: any\nsource: x\n"
        "digest: none\n";
    char one[256], cats[256];
    egret_span_t texts[4];

    (void) snprintf(one, sizeof(one), keys, "ONE");
    (void) snprintf(cats, sizeof(cats), keys, "CATS");
    texts[0] = egret_test_scheme(*state, one, "1.1\t\n1.2\t\n");
    texts[1] = egret_test_scheme(*state, cats, "A\t\nB\t\n");
    texts[2] = egret_test_crosswalk(
        *state, ONE, CATS,
        ROW("- - - - - -")
        "ONE:1.2 skos:closeMatch - \"CATS:A\" close - - - - - -\n");
    texts[3] = egret_test_crosswalk(
        *state, ONE, CATS,
        "ONE:1.1 skos:broadMatch Not CATS:A - - - - - - -\n");
    assert_true(egret_test_torture(torture, texts) > 0);
}


#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_a_row_keeps_each_dimension),
        TEST(test_a_plain_row_counts_for_scope_alone),
        TEST(test_a_plain_file_of_others_loads),
        TEST(test_metadata_is_refused_with_its_line),
        TEST(test_a_column_name_is_read_as_cells_are),
        TEST(test_a_column_that_is_nearly_known_is_refused),
        TEST(test_a_column_stands_once_known_or_not),
        TEST(test_a_key_that_would_change_rows_is_refused),
        TEST(test_missing_metadata_is_named),
        TEST(test_unknown_schemes_and_codes_are_refused),
        TEST(test_a_prefix_stands_for_one_scheme),
        TEST(test_a_source_may_be_a_column),
        TEST(test_bad_cells_are_refused),
        TEST(test_a_condition_makes_a_narrow_row_carry_a_part),
        TEST(test_a_threshold_compares_criteria_alone),
        TEST(test_one_pair_may_have_a_row_for_each_part),
        TEST(test_the_predicate_is_the_weakest_claim),
        TEST(test_a_row_with_dimensions_claims_its_scope),
        TEST(test_what_a_scheme_requires_cannot_be_not_required),
        TEST(test_two_rows_for_one_pair_are_refused),
        TEST(test_no_counterpart_admits_no_counterpart),
        TEST(test_not_withdraws_the_rows_of_other_files),
        TEST(test_rows_of_two_files_are_compared),
        TEST(test_the_digest_of_all_shows_any_change),
        TEST(test_no_memory_is_said_and_nothing_leaks),
    };

    return egret_test_run(tests);
}
