/* SPDX-License-Identifier: Apache-2.0 */
/* Which of several rows is told when none translates: what the block can still
 * prove goes before what it speaks against. */

#include "made_taxonomy.h"

#define ONE "ONE ONE 1"
#define CATS "CATS CATS 1"
#define TWO "TWO TWO 1"
#define PVOL "technology~in~(PVOL)"
#define IN_CN "jurisdiction~=~CN"
#define MATCH "ONE:1.1 skos:narrowMatch - CATS:"
#define CARRIED " broad broad - - - - "


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


static const egret_fact_t battery = { .kind = EGRET_FACT_TECHNOLOGY,
                                      .value = { "BATT", 4 } };


/* What ONE 1.1 is for a project that states the battery alone. */
static egret_label_translation_t
translate(egret_arena_t *arena, const char *object, const char *rows,
          egret_label_status_t status)
{
    egret_facts_t facts = { .items = &battery, .count = 1 };
    egret_taxonomies_t *taxonomies = egret_test_small_schemes(arena);
    egret_label_t label = egret_test_label("ONE", "1", "1.1", "2021-01-01");
    egret_label_translation_t translation;
    egret_span_t name = egret_span_from(object);

    label.facts = &facts;
    label.status = status;
    egret_test_join(arena, taxonomies, ONE, object, rows, "");
    name = egret_span_slice(name, 0, egret_span_find(name, ' '));
    egret_assert_ok(egret_translate(
        taxonomies, &label,
        egret_taxonomies_scheme(taxonomies, name, EGRET_SPAN("1")), arena,
        &translation));

    return translation;
}


static void
assert_order(egret_arena_t *arena, const char *rows, const char *codes)
{
    egret_label_translation_t translation = translate(arena, CATS, rows,
                                                      EGRET_LABEL_ELIG);

    assert_int_equal(translation.result, EGRET_TRANSLATION_NEEDS_ASSESSMENT);
    for (size_t i = 0; codes[i] != '\0'; i++) {
        assert_true(i < translation.candidate_count);
        assert_int_equal(translation.candidates[i].row->object->code.at[0],
                         codes[i]);
    }
    assert_int_equal(translation.missing, translation.candidates[0].missing);
}


static void
test_what_can_still_be_proven_is_nearer_than_what_is_false(void **state)
{
    assert_order(*state,
                 MATCH "A" CARRIED PVOL "\n" MATCH "B" CARRIED IN_CN "\n",
                 "BA");
    assert_order(*state,
                 MATCH "A" CARRIED IN_CN "\n" MATCH "B" CARRIED PVOL "\n",
                 "AB");
}


/* The first lacks one thing, the second two. */
static void
test_it_is_nearer_even_where_it_lacks_more(void **state)
{
    assert_order(*state,
                 MATCH "A" CARRIED PVOL "\n"
                 MATCH "B broad - - - - - " IN_CN "\n",
                 "BA");
}


static void
test_what_only_a_row_could_prove_is_between_both(void **state)
{
    assert_order(*state,
                 MATCH "A" CARRIED PVOL "\n"
                 "ONE:1.1 skos:broadMatch - CATS:B broad - - - - - -\n",
                 "BA");
    assert_order(*state,
                 "ONE:1.1 skos:broadMatch - CATS:B broad - - - - - -\n"
                 MATCH "A" CARRIED IN_CN "\n",
                 "AB");
}


/* A list may be incomplete: that nothing in it is coal is never proven. */
static void
test_a_condition_that_no_fact_makes_true_cannot_be_proven(void **state)
{
    assert_order(*state,
                 MATCH "A" CARRIED "not~technology~in~(COAL)\n"
                 MATCH "B" CARRIED IN_CN "\n",
                 "BA");
    assert_order(*state,
                 MATCH "A" CARRIED "not~jurisdiction~=~CN\n"
                 MATCH "B" CARRIED IN_CN "\n",
                 "AB");
}


static void
test_a_row_that_does_not_carry_scope_is_not_near(void **state)
{
    assert_order(*state,
                 "ONE:1.1 skos:closeMatch - CATS:A close broad - - - - -\n"
                 MATCH "B broad - - - - - " IN_CN "\n",
                 "BA");
}


/* Neither speaks of the project: as before, by what is missing, then in the
 * order of the file. */
static void
test_rows_that_are_equally_far_keep_their_order(void **state)
{
    assert_order(*state,
                 MATCH "A" CARRIED IN_CN "\n"
                 MATCH "B" CARRIED "technology~in~(BATT)~and~" IN_CN "\n",
                 "AB");
    assert_order(*state,
                 MATCH "A" CARRIED PVOL "\n"
                 MATCH "B" CARRIED "technology~in~(CSPW)\n",
                 "AB");
}


static void
test_how_far_each_row_is_is_told(void **state)
{
    static const egret_reach_t reaches[] = {
        EGRET_REACH_FACTS, EGRET_REACH_ROWS, EGRET_REACH_NONE
    };
    egret_label_translation_t translation = translate(
        *state, TWO,
        "ONE:1.1 skos:narrowMatch - TWO:X broad - - - - - " PVOL "\n"
        "ONE:1.1 skos:narrowMatch - TWO:Y broad - - - - - "
        "not~technology~in~(COAL)\n"
        "ONE:1.1 skos:narrowMatch - TWO:Y broad - - - - - " IN_CN "\n",
        EGRET_LABEL_ELIG);

    assert_int_equal(translation.candidate_count, 3);
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(translation.candidates[i].reach, reaches[i]);
    }
    translation = translate(
        *state, TWO, "ONE:1.1 skos:broadMatch - TWO:X broad - - - - - -\n",
        EGRET_LABEL_ELIG);
    assert_int_equal(translation.candidates[0].reach, EGRET_REACH_PROVEN);
}


#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_what_can_still_be_proven_is_nearer_than_what_is_false),
        TEST(test_it_is_nearer_even_where_it_lacks_more),
        TEST(test_what_only_a_row_could_prove_is_between_both),
        TEST(test_a_condition_that_no_fact_makes_true_cannot_be_proven),
        TEST(test_a_row_that_does_not_carry_scope_is_not_near),
        TEST(test_rows_that_are_equally_far_keep_their_order),
        TEST(test_how_far_each_row_is_is_told),
    };

    return egret_test_run(tests);
}
