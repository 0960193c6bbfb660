/* SPDX-License-Identifier: Apache-2.0 */
/* A is exact with B, and B has no counterpart in C: then A has none. */

#include "made_taxonomy.h"

#define ONE "ONE ONE 1"
#define CATS "CATS CATS 1"
#define TWO "TWO TWO 1"
#define NEW "NEW TWO 2"
#define EXACT "ONE:1.1 skos:exactMatch - CATS:A exact - - - - - -\n"
#define NONE "CATS:A skos:relatedMatch - sssom:NoTermFound - - - - - - -\n"


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


static void
add(egret_arena_t *arena, egret_taxonomies_t *taxonomies, const char *subject,
    const char *object, const char *rows)
{
    egret_span_t fault = EGRET_SPAN("");
    egret_rc_t rc = egret_taxonomies_add_crosswalk(
        taxonomies, egret_arena_print(arena, "%s-%s", subject, object),
        egret_test_crosswalk(arena, subject, object, rows), &fault);

    egret_assert_span(fault, "");
    egret_assert_ok(rc);
}


static egret_label_translation_t
translate(egret_arena_t *arena, const egret_taxonomies_t *taxonomies,
          const char *target, const char *date)
{
    egret_label_t label = egret_test_label("ONE", "1", "1.1", date);
    egret_label_translation_t translation;

    egret_assert_ok(egret_translate(
        taxonomies, &label,
        egret_taxonomies_scheme_by_name(taxonomies, egret_span_from(target)),
        arena, &translation));

    return translation;
}


/* What ONE 1.1 is in TWO/1: rows to CATS, from CATS, and from ONE itself. */
static egret_label_translation_t
through(egret_arena_t *arena, const char *first, const char *last,
        const char *direct)
{
    egret_taxonomies_t *taxonomies = egret_test_small_schemes(arena);

    add(arena, taxonomies, CATS, TWO, last);
    if (direct[0] != '\0') {
        add(arena, taxonomies, ONE, TWO, direct);
    }
    egret_test_join(arena, taxonomies, ONE, CATS, first, "");

    return translate(arena, taxonomies, "TWO/1", "2021-01-01");
}


static void
assert_assessed(const egret_label_translation_t *translation, unsigned missing)
{
    assert_int_equal(translation->result, EGRET_TRANSLATION_NEEDS_ASSESSMENT);
    assert_int_equal(translation->missing, 1u << missing);
}


static void
test_what_is_exact_with_a_code_has_no_counterpart_where_that_has_none(
    void **state)
{
    egret_label_translation_t translation = through(*state, EXACT, NONE, "");

    assert_int_equal(translation.result, EGRET_TRANSLATION_NO_COUNTERPART);
    assert_null(translation.code);
    assert_int_equal(translation.candidate_count, 1);
    egret_assert_span(translation.candidates[0].via->object->code, "A");
    assert_null(translation.candidates[0].row->object);
    egret_assert_span(translation.candidates[0].row->subject->code, "A");
}


/* What lies in a part of B, or overlaps it, may lie in a code of C. */
static void
test_only_exact_scope_passes_it_on(void **state)
{
    static const char *const firsts[] = {
        "ONE:1.1 skos:broadMatch - CATS:A broad exact - - - - -\n",
        "ONE:1.1 skos:narrowMatch - CATS:A narrow exact - - - - -\n",
        "ONE:1.1 skos:closeMatch - CATS:A close exact - - - - -\n",
        "ONE:1.1 skos:narrowMatch - CATS:A broad - - - - - "
        "jurisdiction~=~CN\n",
    };
    egret_label_translation_t translation;

    for (size_t i = 0; i < sizeof(firsts) / sizeof(firsts[0]); i++) {
        translation = through(*state, firsts[i], NONE, "");
        assert_assessed(&translation, EGRET_MISSING_ROW);
    }
    translation = through(*state,
                          "ONE:1.1 skos:broadMatch - CATS:A exact broad - - "
                          "- - -\n",
                          NONE, "");
    assert_int_equal(translation.result, EGRET_TRANSLATION_NO_COUNTERPART);
}


static void
test_a_row_of_its_own_that_claims_a_counterpart_stands_against_it(void **state)
{
    egret_label_translation_t translation;

    translation = through(*state, EXACT, NONE,
                          "ONE:1.1 skos:broadMatch - TWO:X broad - - - - - "
                          "-\n");
    assert_int_equal(translation.result, EGRET_TRANSLATION_TRANSLATED);
    translation = through(*state, EXACT, NONE,
                          "ONE:1.1 skos:narrowMatch - TWO:X narrow - - - - - "
                          "-\n");
    assert_assessed(&translation, EGRET_MISSING_SCOPE);
    translation = through(*state, EXACT, NONE,
                          "ONE:1.1 skos:narrowMatch - TWO:X broad - - - - - "
                          "jurisdiction~=~CN\n");
    assert_assessed(&translation, EGRET_MISSING_FACT);
    translation = through(*state, EXACT, NONE,
                          "ONE:1.1 skos:relatedMatch - TWO:X related - - - - "
                          "- -\n");
    assert_int_equal(translation.result, EGRET_TRANSLATION_NO_COUNTERPART);
    translation = through(*state, EXACT, NONE,
                          "ONE:1.1 skos:broadMatch - TWO:X broad - - - - "
                          "2020-12-31 -\n");
    assert_int_equal(translation.result, EGRET_TRANSLATION_NO_COUNTERPART);
}


static void
test_so_does_a_chain(void **state)
{
    egret_taxonomies_t *taxonomies = egret_test_small_schemes(*state);
    egret_label_translation_t translation;

    add(*state, taxonomies, ONE, TWO,
        "ONE:1.1 skos:broadMatch - TWO:X broad - - - - - -\n");
    add(*state, taxonomies, TWO, NEW,
        "TWO:X skos:broadMatch - NEW:X broad - - - - - -\n");
    add(*state, taxonomies, CATS, NEW, NONE);
    egret_test_join(*state, taxonomies, ONE, CATS, EXACT, "");
    translation = translate(*state, taxonomies, "TWO/2", "2025-07-01");
    assert_int_equal(translation.result, EGRET_TRANSLATION_TRANSLATED);
    egret_assert_span(translation.candidates[0].via->object->code, "X");
}


static void
test_both_rows_must_be_valid_and_the_code_between_in_force(void **state)
{
    egret_taxonomies_t *taxonomies;
    egret_label_translation_t translation;

    translation = through(*state,
                          "ONE:1.1 skos:exactMatch - CATS:A exact - - - - "
                          "2020-12-31 -\n",
                          NONE, "");
    assert_assessed(&translation, EGRET_MISSING_VALID_ROW);
    translation = through(*state, EXACT,
                          "CATS:A skos:relatedMatch - sssom:NoTermFound - - - "
                          "- 2021-01-02 - -\n",
                          "");
    assert_assessed(&translation, EGRET_MISSING_VALID_ROW);

    taxonomies = egret_test_small_schemes(*state);
    add(*state, taxonomies, NEW, TWO,
        "NEW:X skos:relatedMatch - sssom:NoTermFound - - - - - - -\n");
    egret_test_join(*state, taxonomies, ONE, NEW,
                    "ONE:1.1 skos:exactMatch - NEW:X exact - - - - - -\n", "");
    translation = translate(*state, taxonomies, "TWO/1", "2021-01-01");
    assert_assessed(&translation, EGRET_MISSING_VALID_ROW);
}


static void
test_a_refused_or_withdrawn_exact_row_passes_nothing_on(void **state)
{
    const egret_span_t words[] = {
        EGRET_SPAN("semapv:ManualMappingCuration")
    };
    egret_taxonomies_t *taxonomies = egret_test_small_schemes(*state);
    egret_label_translation_t translation;

    egret_taxonomies_refuse(taxonomies, words, 1);
    add(*state, taxonomies, CATS, TWO, NONE);
    egret_test_join(*state, taxonomies, ONE, CATS, EXACT, "");
    translation = translate(*state, taxonomies, "TWO/1", "2021-01-01");
    assert_assessed(&translation, EGRET_MISSING_ROW);

    taxonomies = egret_test_small_schemes(*state);
    add(*state, taxonomies, CATS, TWO, NONE);
    add(*state, taxonomies, ONE, CATS, EXACT);
    egret_test_join(*state, taxonomies, ONE, CATS,
                    "ONE:1.1 skos:exactMatch Not CATS:A - - - - - - -\n", "");
    translation = translate(*state, taxonomies, "TWO/1", "2021-01-01");
    assert_assessed(&translation, EGRET_MISSING_ROW);
}


#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(
         test_what_is_exact_with_a_code_has_no_counterpart_where_that_has_none),
        TEST(test_only_exact_scope_passes_it_on),
        TEST(test_a_row_of_its_own_that_claims_a_counterpart_stands_against_it),
        TEST(test_so_does_a_chain),
        TEST(test_both_rows_must_be_valid_and_the_code_between_in_force),
        TEST(test_a_refused_or_withdrawn_exact_row_passes_nothing_on),
    };

    return egret_test_run(tests);
}
