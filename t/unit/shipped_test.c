/* SPDX-License-Identifier: Apache-2.0 */

/* The crosswalks in conf/crosswalks: what they must and must never say. */

#include <stdio.h>
#include <string.h>

#include "made_taxonomy.h"

/* So many rows may give one reason for "no counterpart". */
#define SHARED_REASON 10


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


static bool
is_of(const egret_scheme_t *scheme, const char *id, const char *version)
{
    return egret_span_equals_text(scheme->id, id)
           && egret_span_equals_text(scheme->version, version);
}


static bool
carries(const egret_crosswalk_row_t *row)
{
    return row->object != NULL
           && (egret_relation_carries(row->predicate)
               || egret_relation_carries(
                   row->relations[EGRET_DIMENSION_SCOPE]));
}


static bool
is_one_of(egret_span_t code, const char *const *codes, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (egret_span_equals_text(code, codes[i])) {
            return true;
        }
    }

    return false;
}


static void
test_no_shipped_row_is_greener_than_its_leaf(void **state)
{
    static const char *const fossil[] = { "1.5.1", "3.2.1", "4.2.8", "6.2.3" };
    static const char *const nuclear[] = { "4.1.5", "4.2.5", "8.5.5" };
    const egret_taxonomies_t *all = egret_test_shipped_taxonomies(*state);
    size_t fossil_rows = 0, nuclear_rows = 0;

    for (size_t i = 0; i < all->crosswalk_count; i++) {
        const egret_crosswalk_t *crosswalk = all->crosswalks[i];

        for (size_t j = 0; j < crosswalk->row_count; j++) {
            const egret_crosswalk_row_t *row = &crosswalk->rows[j];

            if (!is_of(row->subject->scheme, "CN-GFEPC", "2025")) {
                continue;
            }
            if (is_one_of(row->subject->code, fossil, 4)) {
                assert_false(carries(row));
                fossil_rows++;
            }
            if (is_one_of(row->subject->code, nuclear, 3)) {
                /* The EU has activities for nuclear power of its own. */
                assert_true(row->object == NULL
                            || egret_span_equals_text(row->object_scheme->id,
                                                      "EU-TAX"));
                assert_false(carries(row));
                nuclear_rows++;
            }
        }
    }

    assert_int_equal(fossil_rows, 19);
    assert_int_equal(nuclear_rows, 16);
}


static void
test_every_shipped_row_says_that_it_is_our_own(void **state)
{
    const egret_taxonomies_t *all = egret_test_shipped_taxonomies(*state);

    for (size_t i = 0; i < all->crosswalk_count; i++) {
        const egret_crosswalk_t *crosswalk = all->crosswalks[i];

        egret_assert_span(crosswalk->license,
                          "https://spdx.org/licenses/Apache-2.0");
        for (size_t j = 0; j < crosswalk->row_count; j++) {
            const egret_crosswalk_row_t *row = &crosswalk->rows[j];

            assert_int_equal(row->status, EGRET_ROW_OWN_ASSESSMENT);
            assert_true(egret_span_starts_with(
                row->comment, EGRET_SPAN("own assessment: ")));
            egret_assert_span(row->justification,
                              "semapv:ManualMappingCuration");
            assert_true(row->record_id.length > 0);
        }
    }

    assert_int_equal(all->withdrawn_count, 0);
}


/* docs/labels.md has this table. */
static void
test_the_shipped_crosswalks_have_their_rows(void **state)
{
    static const struct {
        const char *name;
        size_t rows;
        size_t carrying;
        size_t conditional; /* carrying where a condition is met */
        size_t without;     /* "no counterpart" */
    } files[] = {
        { "cn-gbepc-2021_cn-gfepc-2025", 15, 0, 0, 0 },
        { "cn-gfepc-2025_eu-tax-2023", 136, 6, 25, 16 },
        { "cn-gfepc-2025_icma-gbp-2025", 276, 39, 29, 23 },
        { "cn-gfepc-2025_lma-glp-2025", 276, 37, 29, 23 },
        { "cn-gfepc-2025_tpex-2023", 271, 6, 7, 3 },
        { "cn-gfepc-2025_za-gft-2022", 92, 5, 12, 19 },
        { "cn-gic-2019_cn-gfepc-2025", 219, 0, 0, 9 },
        { "eu-tax-2023_za-gft-2022", 55, 19, 0, 0 },
        { "icma-gbp-2025_lma-glp-2025", 10, 8, 0, 0 },
        { "lma-glp-2025_icma-gbp-2025", 10, 8, 0, 0 },
        { "za-gft-2022_eu-tax-2023", 55, 16, 2, 0 },
    };
    const egret_taxonomies_t *all = egret_test_shipped_taxonomies(*state);

    assert_int_equal(all->crosswalk_count, sizeof(files) / sizeof(files[0]));
    for (size_t i = 0; i < all->crosswalk_count; i++) {
        const egret_crosswalk_t *walk = all->crosswalks[i];
        size_t carrying = 0, conditional = 0, without = 0, at = 0;
        char end[128];

        for (; at < all->crosswalk_count; at++) {
            (void) snprintf(end, sizeof(end), "/%s.sssom.tsv", files[at].name);
            if (egret_span_ends_with(walk->file, egret_span_from(end))) {
                break;
            }
        }
        assert_true(at < all->crosswalk_count);
        for (size_t j = 0; j < walk->row_count; j++) {
            if (walk->rows[j].condition != NULL) {
                assert_true(carries(&walk->rows[j]));
                conditional++;
            } else {
                carrying += carries(&walk->rows[j]);
            }
            without += walk->rows[j].object == NULL;
        }
        assert_int_equal(walk->row_count, files[at].rows);
        assert_int_equal(carrying, files[at].carrying);
        assert_int_equal(conditional, files[at].conditional);
        assert_int_equal(without, files[at].without);
    }
}


/* All but those of the Green Bond Principles, which are from knowledge. */
static void
test_no_shipped_row_carries_to_a_name_that_was_not_verified(void **state)
{
    const egret_taxonomies_t *all = egret_test_shipped_taxonomies(*state);
    size_t count = 0;

    for (size_t i = 0; i < all->crosswalk_count; i++) {
        for (size_t j = 0; j < all->crosswalks[i]->row_count; j++) {
            const egret_crosswalk_row_t *row = &all->crosswalks[i]->rows[j];

            if (!carries(row) || is_of(row->object_scheme, "ICMA-GBP", "2025"))
            {
                continue;
            }
            assert_true(egret_span_starts_with(row->object->confidence,
                                               EGRET_SPAN("verified-from:")));
            count++;
        }
    }
    assert_true(count > 0);
}


static const egret_scheme_t *
catalogue(const egret_taxonomies_t *all)
{
    return egret_taxonomies_scheme_by_name(all, EGRET_SPAN("CN-GFEPC/2025"));
}


/* Counts the leaves of the catalogue that begin with one of `prefixes` (none:
 * every leaf) and have no row to that scheme; prints each. */
static size_t
count_uncovered(const egret_taxonomies_t *all, const char *name,
                const char *const *prefixes, size_t count, size_t *leaves)
{
    const egret_scheme_t *source = catalogue(all);
    const egret_scheme_t *target = egret_taxonomies_scheme_by_name(
        all, egret_span_from(name));
    size_t uncovered = 0;

    *leaves = 0;
    for (size_t i = 0; i < source->class_count; i++) {
        const egret_class_t *leaf = &source->classes[i];
        bool asked = count == 0;

        for (size_t j = 0; j < count && !asked; j++) {
            asked = egret_span_starts_with(leaf->code,
                                           egret_span_from(prefixes[j]));
        }
        if (!asked || !leaf->is_leaf) {
            continue;
        }
        (*leaves)++;
        if (egret_taxonomies_rows(all, leaf, target) == NULL) {
            printf("# %.*s has no row to %s\n", (int) leaf->code.length,
                   leaf->code.at, name);
            uncovered++;
        }
    }

    return uncovered;
}


static void
test_every_leaf_has_a_row_to_the_bond_and_loan_principles(void **state)
{
    const egret_taxonomies_t *all = egret_test_shipped_taxonomies(*state);
    size_t leaves;

    assert_int_equal(count_uncovered(all, "ICMA-GBP/2025", NULL, 0, &leaves),
                     0);
    assert_int_equal(leaves, 271);
    assert_int_equal(count_uncovered(all, "LMA-GLP/2025", NULL, 0, &leaves),
                     0);
    assert_int_equal(count_uncovered(all, "TPEX/2023", NULL, 0, &leaves), 0);
}


/* Energy, transport, buildings. To South Africa three lack a row: its activity
 * for wind, sun and sea is left out of the file, its heading not verified. */
static void
test_each_leaf_of_energy_transport_and_buildings_has_one(void **state)
{
    static const char *const prefixes[] = { "4.",   "6.5.",  "8.5.",
                                            "1.2.", "6.2.",  "8.2.",
                                            "6.1.", "9.1.1", "9.1.2" };
    static const char *const open[] = { "4.2.1", "4.2.2", "4.2.7" };
    const egret_taxonomies_t *all = egret_test_shipped_taxonomies(*state);
    const egret_scheme_t *south = egret_taxonomies_scheme_by_name(
        all, EGRET_SPAN("ZA-GFT/2022"));
    size_t leaves;

    assert_int_equal(count_uncovered(all, "EU-TAX/2023", prefixes, 9, &leaves),
                     0);
    assert_int_equal(leaves, 71);
    assert_int_equal(count_uncovered(all, "ZA-GFT/2022", prefixes, 9, &leaves),
                     3);
    assert_null(egret_scheme_class(south, EGRET_SPAN("7.3.1")));
    for (size_t i = 0; i < sizeof(open) / sizeof(open[0]); i++) {
        const egret_class_t *leaf = egret_scheme_class(
            catalogue(all), egret_span_from(open[i]));

        assert_null(egret_taxonomies_rows(all, leaf, south));
    }
}


/* The comment without the source behind it. */
static egret_span_t
reason(const egret_crosswalk_row_t *row)
{
    size_t end = row->comment.length;

    while (end > 0 && row->comment.at[end - 1] != '(') {
        end--;
    }
    assert_true(end > 0);

    return egret_span_slice(row->comment, 0, end);
}


static void
test_no_reason_for_no_counterpart_is_a_phrase_for_all(void **state)
{
    const egret_taxonomies_t *all = egret_test_shipped_taxonomies(*state);

    for (size_t i = 0; i < all->crosswalk_count; i++) {
        const egret_crosswalk_t *walk = all->crosswalks[i];

        for (size_t j = 0; j < walk->row_count; j++) {
            size_t same = 0;

            for (size_t k = 0; k < walk->row_count; k++) {
                same += walk->rows[j].object == NULL
                        && walk->rows[k].object == NULL
                        && egret_span_equals(reason(&walk->rows[j]),
                                             reason(&walk->rows[k]));
            }
            assert_true(same <= SHARED_REASON);
        }
    }
}


/* Rows of the older Chinese catalogues rest on headings alone. */
static void
test_no_row_carries_where_the_conditions_were_not_read(void **state)
{
    const egret_taxonomies_t *all = egret_test_shipped_taxonomies(*state);
    size_t count = 0;

    for (size_t i = 0; i < all->crosswalk_count; i++) {
        for (size_t j = 0; j < all->crosswalks[i]->row_count; j++) {
            const egret_crosswalk_row_t *row = &all->crosswalks[i]->rows[j];

            if (row->object_scheme == catalogue(all)) {
                assert_false(carries(row));
                count++;
            }
        }
    }
    assert_int_equal(count, 234);
}


/* One fact of a project, or none where `value` is NULL. */
static egret_label_translation_t
translate(egret_arena_t *arena, const egret_taxonomies_t *all,
          const char *code, const char *target, const egret_fact_t *fact)
{
    egret_facts_t facts = { .items = fact,
                            .count = fact->value.length > 0 ? 1 : 0 };
    egret_label_t label = egret_test_label("CN-GFEPC", "2025", code,
                                           "2026-11-28");
    egret_label_translation_t translation;

    label.facts = &facts;
    egret_assert_ok(egret_translate(
        all, &label,
        egret_taxonomies_scheme_by_name(all, egret_span_from(target)), arena,
        &translation));

    return translation;
}


#define TECHNOLOGY(code)                                                     \
    { .kind = EGRET_FACT_TECHNOLOGY, .value = { code, 4 }, .position = 1 }
#define INDUSTRY(code)                                                       \
    { .kind = EGRET_FACT_INDUSTRY, .of = { "GBT4754", 7 },                   \
      .value = { code, 4 }, .position = 1 }
#define CRITERION(metric, amount, unit_code)                                 \
    { .kind = EGRET_FACT_CRITERION, .of = { metric, 4 },                     \
      .value = { amount, sizeof(amount) - 1 }, .unit = { unit_code, 4 },     \
      .position = 1 }

static void
test_a_conditional_row_carries_the_part_that_a_fact_proves(void **state)
{
    static const struct {
        const char *code;
        const char *target;
        egret_fact_t proves;
        const char *becomes;
        egret_fact_t fails;
    } cases[] = {
        { "4.2.2", "EU-TAX/2023", TECHNOLOGY("PVOL"), "CCM-4.1",
          TECHNOLOGY("BATT") },
        { "4.2.2", "EU-TAX/2023", TECHNOLOGY("CSPW"), "CCM-4.2",
          TECHNOLOGY("BATT") },
        { "4.3.7", "EU-TAX/2023", INDUSTRY("4415"), "CCM-4.3",
          INDUSTRY("4414") },
        { "4.3.7", "ICMA-GBP/2025", INDUSTRY("4415"), "GBP-01",
          INDUSTRY("4414") },
        { "4.2.4", "EU-TAX/2023", CRITERION("PWDN", "5.01", "WSQM"),
          "CCM-4.5", CRITERION("PWDN", "5", "WSQM") },
        { "4.2.4", "ZA-GFT/2022", CRITERION("LCGE", "99", "GKWH"), "7.3.2",
          CRITERION("LCGE", "100", "GKWH") },
        { "6.1.1", "EU-TAX/2023", INDUSTRY("4710"), "CCM-7.1",
          INDUSTRY("7484") },
        { "6.2.6", "EU-TAX/2023", INDUSTRY("4814"), "CCM-6.14",
          INDUSTRY("4813") },
        { "6.4.7", "ICMA-GBP/2025", INDUSTRY("4620"), "GBP-07",
          INDUSTRY("4840") },
    };
    static const egret_fact_t nothing = { .value = { "", 0 } };
    const egret_taxonomies_t *all = egret_test_shipped_taxonomies(*state);

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        egret_label_translation_t translation = translate(
            *state, all, cases[i].code, cases[i].target, &cases[i].proves);

        assert_int_equal(translation.result, EGRET_TRANSLATION_TRANSLATED);
        egret_assert_span(translation.code->code, cases[i].becomes);
        assert_int_equal(translation.status, EGRET_LABEL_ELIG);
        translation = translate(*state, all, cases[i].code, cases[i].target,
                                &cases[i].fails);
        assert_int_equal(translation.result,
                         EGRET_TRANSLATION_NEEDS_ASSESSMENT);
        translation = translate(*state, all, cases[i].code, cases[i].target,
                                &nothing);
        assert_int_equal(translation.result,
                         EGRET_TRANSLATION_NEEDS_ASSESSMENT);
        assert_true(translation.missing & (1u << EGRET_MISSING_FACT));
    }
}


/* Whatever single fact a project states. */
static void
test_no_fact_makes_a_fossil_or_nuclear_leaf_green(void **state)
{
    static const char *const leaves[] = { "1.5.1", "3.2.1", "4.2.8", "6.2.3",
                                          "4.1.5", "4.2.5", "8.5.5" };
    static const char *const targets[] = { "ICMA-GBP/2025", "LMA-GLP/2025",
                                           "TPEX/2023", "EU-TAX/2023",
                                           "ZA-GFT/2022" };
    static const egret_fact_t facts[] = {
        TECHNOLOGY("PVOL"), TECHNOLOGY("BEVH"), TECHNOLOGY("BATT"),
        INDUSTRY("5267"), INDUSTRY("4415"), INDUSTRY("4620"),
        CRITERION("LCGE", "1", "GKWH")
    };
    const egret_taxonomies_t *all = egret_test_shipped_taxonomies(*state);

    for (size_t i = 0; i < sizeof(leaves) / sizeof(leaves[0]); i++) {
        for (size_t j = 0; j < sizeof(targets) / sizeof(targets[0]); j++) {
            for (size_t k = 0; k < sizeof(facts) / sizeof(facts[0]); k++) {
                egret_label_translation_t translation = translate(
                    *state, all, leaves[i], targets[j], &facts[k]);

                assert_int_not_equal(translation.result,
                                     EGRET_TRANSLATION_TRANSLATED);
            }
        }
    }
}


/* Sources, rows and chains of all files. */
static void
test_all_that_ships_fits_into_64_megabytes(void **state)
{
    const egret_taxonomies_t *all = egret_test_shipped_taxonomies(*state);

    assert_true(all->groups.count > 0);
    assert_true(egret_arena_used(*state) < (size_t) 64 << 20);
}


#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_no_shipped_row_is_greener_than_its_leaf),
        TEST(test_every_shipped_row_says_that_it_is_our_own),
        TEST(test_the_shipped_crosswalks_have_their_rows),
        TEST(test_no_shipped_row_carries_to_a_name_that_was_not_verified),
        TEST(test_every_leaf_has_a_row_to_the_bond_and_loan_principles),
        TEST(test_each_leaf_of_energy_transport_and_buildings_has_one),
        TEST(test_no_reason_for_no_counterpart_is_a_phrase_for_all),
        TEST(test_no_row_carries_where_the_conditions_were_not_read),
        TEST(test_a_conditional_row_carries_the_part_that_a_fact_proves),
        TEST(test_no_fact_makes_a_fossil_or_nuclear_leaf_green),
        TEST(test_all_that_ships_fits_into_64_megabytes),
    };

    return egret_test_run(tests);
}
