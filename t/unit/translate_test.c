/* SPDX-License-Identifier: Apache-2.0 */

#include <stdio.h>
#include <string.h>

#include "made_taxonomy.h"

#define ONE "ONE ONE 1"
#define CATS "CATS CATS 1"
#define TWO "TWO TWO 1"
#define NEW "NEW TWO 2"
#define BIT(missing) (1u << (missing))


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


static egret_label_translation_t
translate(egret_arena_t *arena, const egret_taxonomies_t *taxonomies,
          const egret_label_t *label, const char *target)
{
    egret_label_translation_t translation;
    const egret_scheme_t *scheme = egret_taxonomies_scheme_by_name(
        taxonomies, egret_span_from(target));

    assert_non_null(scheme);
    egret_assert_ok(egret_translate(taxonomies, label, scheme, arena,
                                    &translation));
    assert_true(translation.target == scheme);

    return translation;
}


static egret_taxonomies_t *
joined(egret_arena_t *arena, const char *subject, const char *object,
       const char *rows)
{
    egret_taxonomies_t *taxonomies = egret_test_small_schemes(arena);

    egret_test_join(arena, taxonomies, subject, object, rows, "");

    return taxonomies;
}


static void
assert_missing(const egret_label_translation_t *translation, unsigned missing)
{
    assert_int_equal(translation->result, EGRET_TRANSLATION_NEEDS_ASSESSMENT);
    assert_int_equal(translation->missing, missing);
    assert_null(translation->code);
    assert_string_equal(egret_translation_code(translation->result), "NASS");
}


static void
assert_translated(const egret_label_translation_t *translation,
                  const char *code,
                  egret_label_status_t status)
{
    assert_int_equal(translation->result, EGRET_TRANSLATION_TRANSLATED);
    egret_assert_span(translation->code->code, code);
    assert_int_equal(translation->status, status);
    assert_true(translation->candidate_count > 0);
    assert_true(translation->candidates[0].row->object == translation->code);
    assert_string_equal(egret_translation_code(translation->result), "TRLD");
}


/* One row from ONE 1.1 to CATS A, and what becomes of an ELIG label. */
static egret_label_translation_t
one_to_cats(egret_arena_t *arena, const char *predicate, const char *scope,
            const char *criteria)
{
    egret_label_t label = egret_test_label("ONE", "1", "1.1", "2021-01-01");
    char rows[128];

    (void) snprintf(rows, sizeof(rows),
                    "ONE:1.1 skos:%s - CATS:A %s %s - - - - -\n", predicate,
                    scope, criteria);

    return translate(arena, joined(arena, ONE, CATS, rows), &label, "CATS/1");
}


static void
test_a_scheme_of_one_level_needs_scope_and_criteria(void **state)
{
    egret_label_translation_t translation;

    translation = one_to_cats(*state, "exactMatch", "exact", "exact");
    assert_translated(&translation, "A", EGRET_LABEL_ELIG);
    assert_int_equal(translation.relation, EGRET_RELATION_EXACT);
    translation = one_to_cats(*state, "broadMatch", "exact", "broad");
    assert_translated(&translation, "A", EGRET_LABEL_ELIG);
    assert_int_equal(translation.relation, EGRET_RELATION_BROAD);
    translation = one_to_cats(*state, "broadMatch", "broad", "not-required");
    assert_translated(&translation, "A", EGRET_LABEL_ELIG);

    translation = one_to_cats(*state, "exactMatch", "exact", "not-compared");
    assert_missing(&translation, BIT(EGRET_MISSING_CRITERIA));
    translation = one_to_cats(*state, "exactMatch", "-", "-");
    assert_missing(&translation, BIT(EGRET_MISSING_CRITERIA));
    translation = one_to_cats(*state, "exactMatch", "exact", "none");
    assert_missing(&translation, BIT(EGRET_MISSING_CRITERIA));
    translation = one_to_cats(*state, "narrowMatch", "narrow", "not-required");
    assert_missing(&translation, BIT(EGRET_MISSING_SCOPE));
    translation = one_to_cats(*state, "closeMatch", "close", "broad");
    assert_missing(&translation, BIT(EGRET_MISSING_SCOPE));
    translation = one_to_cats(*state, "relatedMatch", "related", "close");
    assert_missing(&translation,
                   BIT(EGRET_MISSING_SCOPE) | BIT(EGRET_MISSING_CRITERIA));
    assert_int_equal(translation.candidate_count, 1);
    egret_assert_span(translation.candidates[0].row->object->code, "A");
}


static void
test_eligible_in_a_scheme_of_two_levels_needs_scope_alone(void **state)
{
    egret_label_t label = egret_test_label("ONE", "1", "1.1", "2021-01-01");
    egret_taxonomies_t *taxonomies = joined(
        *state, ONE, TWO,
        "ONE:1.1 skos:broadMatch - TWO:X broad not-compared - - - - -\n"
        "ONE:1.2 skos:narrowMatch - TWO:X narrow exact - - - - -\n");
    egret_label_translation_t translation = translate(
        *state, taxonomies, &label,
        "TWO/1");

    assert_translated(&translation, "X", EGRET_LABEL_ELIG);
    assert_int_equal(translation.missing, 0);
    label.code = EGRET_SPAN("1.2");
    translation = translate(*state, taxonomies, &label, "TWO/1");
    assert_missing(&translation, BIT(EGRET_MISSING_SCOPE));
}


static void
test_a_label_of_one_level_never_becomes_aligned(void **state)
{
    egret_label_t label = egret_test_label("ONE", "1", "1.1", "2021-01-01");
    egret_taxonomies_t *taxonomies = joined(
        *state, ONE, TWO,
        "ONE:1.1 skos:exactMatch - TWO:X exact exact exact exact - - -\n");
    egret_label_translation_t translation;

    for (int status = EGRET_LABEL_ELIG; status <= EGRET_LABEL_ALGN; status++) {
        label.status = status;
        translation = translate(*state, taxonomies, &label, "TWO/1");
        assert_translated(&translation, "X", EGRET_LABEL_ELIG);
    }
}


static void
test_eligible_never_becomes_a_label_of_one_level(void **state)
{
    egret_label_t label = egret_test_label("TWO", "1", "X", "2021-01-01");
    egret_taxonomies_t *taxonomies = joined(
        *state, TWO, CATS,
        "TWO:X skos:exactMatch - CATS:A exact exact - - - - -\n"
        "TWO:Y skos:exactMatch - CATS:B exact not-required - - - - -\n");
    egret_label_translation_t translation = translate(
        *state, taxonomies, &label,
        "CATS/1");

    assert_missing(&translation, BIT(EGRET_MISSING_CRITERIA));
    label.code = EGRET_SPAN("Y");
    translation = translate(*state, taxonomies, &label, "CATS/1");
    assert_missing(&translation, BIT(EGRET_MISSING_CRITERIA));

    label.status = EGRET_LABEL_ALGN;
    translation = translate(*state, taxonomies, &label, "CATS/1");
    assert_translated(&translation, "B", EGRET_LABEL_ELIG);
}


static void
test_aligned_needs_all_four_dimensions(void **state)
{
    static const struct {
        const char *row;
        egret_label_status_t status;
        unsigned missing;
    } cases[] = {
        { "TWO:X skos:broadMatch - NEW:X exact broad exact broad - - -\n",
          EGRET_LABEL_ALGN, 0 },
        { "TWO:X skos:exactMatch - NEW:X exact exact - exact - - -\n",
          EGRET_LABEL_ELIG, BIT(EGRET_MISSING_DNSH) },
        { "TWO:X skos:exactMatch - NEW:X exact none exact - - - -\n",
          EGRET_LABEL_ELIG,
          BIT(EGRET_MISSING_CRITERIA) | BIT(EGRET_MISSING_SAFEGUARDS) },
    };
    egret_label_t label = egret_test_label("TWO", "1", "X", "2025-07-01");

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        egret_taxonomies_t *taxonomies = joined(*state, TWO, NEW,
                                                cases[i].row);
        egret_label_translation_t translation;

        label.status = EGRET_LABEL_ALGN;
        translation = translate(*state, taxonomies, &label, "TWO/2");
        assert_translated(&translation, "X", cases[i].status);
        assert_int_equal(translation.missing, cases[i].missing);

        label.status = EGRET_LABEL_ELIG;
        translation = translate(*state, taxonomies, &label, "TWO/2");
        assert_translated(&translation, "X", EGRET_LABEL_ELIG);
    }
}


static void
test_the_strongest_row_is_used_and_none_is_added(void **state)
{
    egret_label_t label = egret_test_label("ONE", "1", "1.1", "2021-01-01");
    egret_taxonomies_t *taxonomies = joined(
        *state, ONE, CATS,
        "ONE:1.1 skos:broadMatch - CATS:A broad not-required - - - - -\n"
        "ONE:1.1 skos:exactMatch - CATS:B exact not-required - - - - -\n"
        "ONE:1.2 skos:closeMatch - CATS:A close exact - - - - -\n"
        "ONE:1.2 skos:broadMatch - CATS:B broad - - - - - -\n"
        "ONE:1.3 skos:broadMatch - CATS:B broad exact - - - - -\n"
        "ONE:1.3 skos:broadMatch - CATS:A broad exact - - - - -\n");
    egret_label_translation_t translation = translate(
        *state, taxonomies, &label,
        "CATS/1");

    assert_translated(&translation, "B", EGRET_LABEL_ELIG);
    assert_int_equal(translation.candidate_count, 2);

    /* Neither row is whole: the stronger is named, they do not add up. */
    label.code = EGRET_SPAN("1.2");
    translation = translate(*state, taxonomies, &label, "CATS/1");
    assert_missing(&translation, BIT(EGRET_MISSING_CRITERIA));
    egret_assert_span(translation.candidates[0].row->object->code, "B");
    assert_int_equal(translation.candidates[1].missing,
                     BIT(EGRET_MISSING_SCOPE));

    label.code = EGRET_SPAN("1.3");
    translation = translate(*state, taxonomies, &label, "CATS/1");
    assert_translated(&translation, "B", EGRET_LABEL_ELIG);
}


static void
test_a_whole_row_goes_before_a_stronger_one_that_lacks_something(void **state)
{
    egret_label_t label = egret_test_label("ONE", "1", "1.1", "2021-01-01");
    egret_taxonomies_t *taxonomies = joined(
        *state, ONE, CATS,
        "ONE:1.1 skos:exactMatch - CATS:A exact - - - - - -\n"
        "ONE:1.1 skos:broadMatch - CATS:B broad broad - - - - -\n"
        "ONE:1.2 skos:closeMatch - CATS:A close - - - - - -\n"
        "ONE:1.2 skos:narrowMatch - CATS:B narrow not-required - - - - -\n");
    egret_label_translation_t translation = translate(
        *state, taxonomies, &label,
        "CATS/1");

    assert_translated(&translation, "B", EGRET_LABEL_ELIG);
    label.code = EGRET_SPAN("1.2");
    translation = translate(*state, taxonomies, &label, "CATS/1");
    assert_missing(&translation, BIT(EGRET_MISSING_SCOPE));
    egret_assert_span(translation.candidates[0].row->object->code, "B");
}


static void
test_only_eligible_or_aligned_labels_of_final_blocks_translate(void **state)
{
    egret_taxonomies_t *taxonomies = joined(
        *state, ONE, CATS,
        "ONE:1.1 skos:exactMatch - CATS:A exact exact - - - - -\n");

    for (int block = 0; block < EGRET_BLOCK_STATUS_COUNT; block++) {
        for (int status = 0; status < EGRET_LABEL_STATUS_COUNT; status++) {
            egret_label_t label = egret_test_label("ONE", "1", "1.1",
                                                   "2021-01-01");
            egret_label_translation_t translation;
            unsigned missing = 0;

            label.block_status = block;
            label.status = status;
            if (block == EGRET_BLOCK_DRFT || block == EGRET_BLOCK_WDRN) {
                missing |= BIT(EGRET_MISSING_FINAL_BLOCK);
            }
            if (status > EGRET_LABEL_ALGN) {
                missing |= BIT(EGRET_MISSING_STATUS);
            }
            translation = translate(*state, taxonomies, &label, "CATS/1");
            if (missing != 0) {
                assert_missing(&translation, missing);
            } else {
                assert_translated(&translation, "A", EGRET_LABEL_ELIG);
            }
        }
    }
}


static void
test_the_same_version_stands_as_it_is(void **state)
{
    egret_taxonomies_t *taxonomies = egret_test_small_schemes(*state);
    egret_label_t label = egret_test_label("ONE", "1", "1.1", "1999-01-01");
    egret_label_translation_t translation;
    egret_span_t fault;

    egret_assert_ok(egret_taxonomies_close(taxonomies, &fault));
    label.status = EGRET_LABEL_TRNS;
    label.block_status = EGRET_BLOCK_DRFT;
    translation = translate(*state, taxonomies, &label, "ONE/1");
    assert_int_equal(translation.result, EGRET_TRANSLATION_STANDS);
    egret_assert_span(translation.code->code, "1.1");
    assert_int_equal(translation.status, EGRET_LABEL_TRNS);
    assert_string_equal(egret_translation_code(translation.result), "");
}


static void
test_another_version_of_the_same_scheme_needs_a_row(void **state)
{
    egret_taxonomies_t *taxonomies = egret_test_small_schemes(*state);
    egret_label_t label = egret_test_label("TWO", "1", "X", "2025-07-01");
    egret_label_translation_t translation;
    egret_span_t fault;

    egret_assert_ok(egret_taxonomies_close(taxonomies, &fault));
    translation = translate(*state, taxonomies, &label, "TWO/2");
    assert_missing(&translation, BIT(EGRET_MISSING_ROW));
    assert_int_equal(translation.candidate_count, 0);
}


static void
test_a_code_that_is_none_gets_no_label(void **state)
{
    egret_taxonomies_t *taxonomies = joined(
        *state, ONE, CATS,
        "ONE:1.1 skos:exactMatch - CATS:A exact exact - - - - -\n");
    static const char *const codes[] = { "1", "1.9", "", "1.1 " };
    egret_label_t label = egret_test_label("ONE", "1", "1.1", "2021-01-01");
    egret_label_translation_t translation;

    for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++) {
        label.code = egret_span_from(codes[i]);
        translation = translate(*state, taxonomies, &label, "CATS/1");
        assert_missing(&translation, BIT(EGRET_MISSING_SOURCE_CODE));
    }
    label = egret_test_label("ONE", "2", "1.1", "2021-01-01");
    translation = translate(*state, taxonomies, &label, "CATS/1");
    assert_missing(&translation, BIT(EGRET_MISSING_SOURCE_CODE));
    assert_null(translation.source);
}


static void
test_both_versions_must_be_in_force_on_the_decisive_date(void **state)
{
    static const struct {
        const char *date;
        egret_decisive_t kind;
        unsigned missing;
    } cases[] = {
        { "2025-07-01", EGRET_DECISIVE_APPR, 0 },
        { "2025-06-30", EGRET_DECISIVE_APPR,
          BIT(EGRET_MISSING_TARGET_IN_FORCE) },
        { "2025-01-01", EGRET_DECISIVE_FILD,
          BIT(EGRET_MISSING_TARGET_IN_FORCE) },
        { "2024-12-31", EGRET_DECISIVE_FILD, 0 },
        { "2024-12-31", EGRET_DECISIVE_APPR,
          BIT(EGRET_MISSING_TARGET_IN_FORCE) },
        { "2020-06-30", EGRET_DECISIVE_REGN,
          BIT(EGRET_MISSING_SOURCE_IN_FORCE)
              | BIT(EGRET_MISSING_TARGET_IN_FORCE) },
    };
    egret_taxonomies_t *taxonomies = joined(
        *state, ONE, NEW,
        "ONE:1.1 skos:exactMatch - NEW:X exact - - - - - -\n");

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        egret_label_t label = egret_test_label("ONE", "1", "1.1",
                                               cases[i].date);
        egret_label_translation_t translation;

        label.decisive_kind = cases[i].kind;
        translation = translate(*state, taxonomies, &label, "TWO/2");
        if (cases[i].missing == 0) {
            assert_translated(&translation, "X", EGRET_LABEL_ELIG);
        } else {
            assert_missing(&translation, cases[i].missing);
        }
    }
}


static void
test_a_draft_gives_and_takes_no_label(void **state)
{
    egret_label_t label = egret_test_label("ONE", "1", "1.1", "2021-01-01");
    egret_taxonomies_t *taxonomies = joined(
        *state, ONE, "DRAFT DRAFT 1",
        "ONE:1.1 skos:exactMatch - DRAFT:D exact exact - - - - -\n");
    egret_label_translation_t translation = translate(
        *state, taxonomies, &label,
        "DRAFT/1");

    assert_missing(&translation, BIT(EGRET_MISSING_TARGET_IN_FORCE));
    assert_int_equal(translation.target_in_force, EGRET_IN_FORCE_NEVER);

    label = egret_test_label("DRAFT", "1", "D", "2021-01-01");
    taxonomies = joined(
        *state, "DRAFT DRAFT 1", CATS,
        "DRAFT:D skos:exactMatch - CATS:A exact exact - - - - -\n");
    translation = translate(*state, taxonomies, &label, "CATS/1");
    assert_missing(&translation, BIT(EGRET_MISSING_SOURCE_IN_FORCE));
}


static void
test_a_row_counts_on_its_own_dates(void **state)
{
    egret_taxonomies_t *taxonomies = joined(
        *state, ONE, CATS,
        "ONE:1.1 skos:exactMatch - CATS:A exact exact - - 2021-02-01 "
        "2021-02-28 -\n"
        "ONE:1.1 skos:broadMatch - CATS:B broad exact - - 2021-03-01 - -\n");
    egret_label_t label = egret_test_label("ONE", "1", "1.1", "2021-01-31");
    egret_label_translation_t translation = translate(
        *state, taxonomies, &label,
        "CATS/1");

    assert_missing(&translation, BIT(EGRET_MISSING_VALID_ROW));
    label = egret_test_label("ONE", "1", "1.1", "2021-02-01");
    translation = translate(*state, taxonomies, &label, "CATS/1");
    assert_translated(&translation, "A", EGRET_LABEL_ELIG);
    label = egret_test_label("ONE", "1", "1.1", "2021-02-28");
    translation = translate(*state, taxonomies, &label, "CATS/1");
    assert_translated(&translation, "A", EGRET_LABEL_ELIG);
    label = egret_test_label("ONE", "1", "1.1", "2021-03-01");
    translation = translate(*state, taxonomies, &label, "CATS/1");
    assert_translated(&translation, "B", EGRET_LABEL_ELIG);
}


/* A loader that reads the predicate alone would turn nuclear power green. */
static void
test_no_term_found_is_no_counterpart_whatever_the_predicate(void **state)
{
    static const char *const predicates[] = { "exact", "broad", "narrow",
                                              "close", "related" };
    egret_label_t label = egret_test_label("ONE", "1", "1.1", "2021-01-01");

    for (size_t i = 0; i < sizeof(predicates) / sizeof(predicates[0]); i++) {
        egret_label_translation_t translation;
        char rows[256];

        (void) snprintf(rows, sizeof(rows),
                        "ONE:1.1 skos:closeMatch - CATS:A close exact - - - - "
                        "-\n"
                        "ONE:1.1 skos:%sMatch - sssom:NoTermFound - - - - - - "
                        "-\n",
                        predicates[i]);
        translation = translate(*state, joined(*state, ONE, CATS, rows), &label,
                                "CATS/1");
        assert_int_equal(translation.result, EGRET_TRANSLATION_NO_COUNTERPART);
        assert_null(translation.code);
        assert_int_equal(translation.candidate_count, 1);
        assert_null(translation.candidates[0].row->object);
        assert_string_equal(egret_translation_code(translation.result),
                            "NCPT");
    }
}


static void
test_shipped_nuclear_leaves_have_no_counterpart(void **state)
{
    static const char *const codes[] = { "4.1.5", "4.2.5", "8.5.5" };
    static const char *const targets[] = { "ICMA-GBP/2025", "LMA-GLP/2025",
                                           "TPEX/2023", "ZA-GFT/2022" };
    const egret_taxonomies_t *all = egret_test_shipped_taxonomies(*state);

    for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++) {
        for (size_t j = 0; j < sizeof(targets) / sizeof(targets[0]); j++) {
            egret_label_t label = egret_test_label("CN-GFEPC", "2025",
                                                   codes[i], "2026-10-20");
            egret_label_translation_t translation = translate(
        *state, all, &label,
        targets[j]);

            assert_int_equal(translation.result,
                             EGRET_TRANSLATION_NO_COUNTERPART);
        }
    }
}


static void
test_shipped_rows_carry_wind_and_what_else_they_say(void **state)
{
    static const struct {
        const char *code;
        const char *target;
        const char *becomes; /* NULL: needs assessment */
        unsigned missing;
    } cases[] = {
        { "4.2.1", "ICMA-GBP/2025", "GBP-01", 0 },
        { "4.2.1", "TPEX/2023", "TPEX-1", 0 },
        { "4.2.1", "ZA-GFT/2022", NULL, BIT(EGRET_MISSING_ROW) },
        { "4.1.1", "ZA-GFT/2022", "7.2.1", 0 },
        { "4.1.1", "ICMA-GBP/2025", "GBP-01", 0 },
        { "4.2.2", "ICMA-GBP/2025", "GBP-01", 0 },
        { "4.2.2", "TPEX/2023", "TPEX-1", 0 },
        { "6.2.3", "ICMA-GBP/2025", NULL, BIT(EGRET_MISSING_SCOPE) },
        { "6.2.3", "ZA-GFT/2022", NULL, BIT(EGRET_MISSING_SCOPE) },
        { "1.5.1", "ZA-GFT/2022", NULL, BIT(EGRET_MISSING_SCOPE) },
        { "4.2.4", "ICMA-GBP/2025", NULL, BIT(EGRET_MISSING_FACT) },
        { "4.2.1", "LMA-GLP/2025", "GLP-01", 0 },
        { "4.2.1", "EU-TAX/2023", "CCM-4.3", 0 },
        { "4.2.4", "EU-TAX/2023", NULL, BIT(EGRET_MISSING_FACT) },
        { "4.2.5", "EU-TAX/2023", NULL, BIT(EGRET_MISSING_SCOPE) },
    };
    const egret_taxonomies_t *all = egret_test_shipped_taxonomies(*state);

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        egret_label_t label = egret_test_label("CN-GFEPC", "2025",
                                               cases[i].code, "2026-10-20");
        egret_label_translation_t translation = translate(
        *state, all, &label,
        cases[i].target);

        if (cases[i].becomes != NULL) {
            assert_translated(&translation, cases[i].becomes,
                              EGRET_LABEL_ELIG);
        } else {
            assert_missing(&translation, cases[i].missing);
        }
    }
}


static void
test_a_label_before_october_2025_does_not_pass_on(void **state)
{
    const egret_taxonomies_t *all = egret_test_shipped_taxonomies(*state);
    egret_label_t label = egret_test_label("CN-GFEPC", "2025", "4.2.1",
                                           "2025-09-30");
    egret_label_translation_t translation = translate(
        *state, all, &label,
        "TPEX/2023");

    assert_missing(&translation, BIT(EGRET_MISSING_SOURCE_IN_FORCE));
    assert_int_equal(translation.source_in_force, EGRET_IN_FORCE_NOT_YET);
    label = egret_test_label("CN-GFEPC", "2025", "4.2.1", "2025-10-01");
    translation = translate(*state, all, &label, "TPEX/2023");
    assert_translated(&translation, "TPEX-1", EGRET_LABEL_ELIG);
}


static egret_rc_t
share(const char *allocated, const char *base, const char *source,
      char out[EGRET_DECIMAL_TEXT])
{
    egret_decimal_t values[4];
    egret_rc_t rc;

    egret_assert_ok(egret_decimal_read(egret_span_from(allocated), &values[0]));
    egret_assert_ok(egret_decimal_read(egret_span_from(base), &values[1]));
    egret_assert_ok(egret_decimal_read(egret_span_from(source), &values[2]));
    rc = egret_translation_share(&values[0], &values[1], &values[2],
                                 &values[3]);
    if (rc == EGRET_OK) {
        (void) egret_decimal_write(&values[3], out);
    }

    return rc;
}


static void
test_a_share_is_rounded_down_and_never_above_the_source(void **state)
{
    char text[EGRET_DECIMAL_TEXT];

    (void) state;
    egret_assert_ok(share("20000000.00", "30000000.00", "100", text));
    assert_string_equal(text, "66.66666");
    egret_assert_ok(share("80000000.00", "80000000.00", "60.5", text));
    assert_string_equal(text, "60.5");
    egret_assert_ok(share("90", "80", "100", text));
    assert_string_equal(text, "100");
    egret_assert_ok(share("0", "80", "100", text));
    assert_string_equal(text, "0.00000");
    egret_assert_ok(share("999999999999999999", "1000000000000000000", "100",
                          text));
    assert_string_equal(text, "99.99999");
    egret_assert_rc(share("1", "0", "100", text), EGRET_EINVAL);
    egret_assert_rc(share("1", "-1", "100", text), EGRET_EINVAL);
    egret_assert_rc(share("-1", "1", "100", text), EGRET_EINVAL);
    egret_assert_rc(share("1", "1", "-1", text), EGRET_EINVAL);
    egret_assert_rc(share("12345678901234567890123456789012345678", "1", "1",
                          text), EGRET_ERANGE);
}


static egret_rc_t
torture(const egret_allocator_t *allocator, void *context)
{
    egret_arena_t *arena = egret_arena_create(allocator, 0);
    egret_label_t label = { 0 };
    egret_taxonomies_t *taxonomies = context;
    egret_label_translation_t translation;
    egret_rc_t rc;

    if (arena == NULL) {
        return EGRET_ENOMEM;
    }
    label = egret_test_label("ONE", "1", "1.1", "2021-01-01");
    rc = egret_translate(taxonomies, &label,
                         egret_taxonomies_scheme_by_name(taxonomies,
                                                         EGRET_SPAN("CATS/1")),
                         arena, &translation);
    egret_arena_destroy(arena);

    return rc;
}


static void
test_no_memory_is_said_and_nothing_leaks(void **state)
{
    egret_taxonomies_t *taxonomies = joined(
        *state, ONE, CATS,
        "ONE:1.1 skos:exactMatch - CATS:A exact exact - - - - -\n");

    assert_true(egret_test_torture(torture, taxonomies) > 0);
}


#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_a_scheme_of_one_level_needs_scope_and_criteria),
        TEST(test_eligible_in_a_scheme_of_two_levels_needs_scope_alone),
        TEST(test_a_label_of_one_level_never_becomes_aligned),
        TEST(test_eligible_never_becomes_a_label_of_one_level),
        TEST(test_aligned_needs_all_four_dimensions),
        TEST(test_the_strongest_row_is_used_and_none_is_added),
        TEST(test_a_whole_row_goes_before_a_stronger_one_that_lacks_something),
        TEST(test_only_eligible_or_aligned_labels_of_final_blocks_translate),
        TEST(test_the_same_version_stands_as_it_is),
        TEST(test_another_version_of_the_same_scheme_needs_a_row),
        TEST(test_a_code_that_is_none_gets_no_label),
        TEST(test_both_versions_must_be_in_force_on_the_decisive_date),
        TEST(test_a_draft_gives_and_takes_no_label),
        TEST(test_a_row_counts_on_its_own_dates),
        TEST(test_no_term_found_is_no_counterpart_whatever_the_predicate),
        TEST(test_shipped_nuclear_leaves_have_no_counterpart),
        TEST(test_shipped_rows_carry_wind_and_what_else_they_say),
        TEST(test_a_label_before_october_2025_does_not_pass_on),
        TEST(test_a_share_is_rounded_down_and_never_above_the_source),
        TEST(test_no_memory_is_said_and_nothing_leaks),
    };

    return egret_test_run(tests);
}
