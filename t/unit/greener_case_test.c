/* SPDX-License-Identifier: Apache-2.0 */
/* The cases in which a translation would be greener than its label, each by
 * name, against what ships: to every scheme that is loaded, eligible or
 * aligned, whatever single fact a project states. */

#include <stdio.h>

#include "made_taxonomy.h"

#define CHINA "CN-GFEPC/2025"


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


#define FACT(fact_kind, text)                                                 \
    { .kind = EGRET_FACT_##fact_kind, .value = { text, sizeof(text) - 1 } }
#define CRITERION(metric, amount, unit_code)                                  \
    { .kind = EGRET_FACT_CRITERION, .of = { metric, 4 },                      \
      .value = { amount, sizeof(amount) - 1 }, .unit = { unit_code, 4 } }

static const egret_fact_t facts[] = {
    FACT(TECHNOLOGY, "PVOL"),
    FACT(TECHNOLOGY, "BEVH"),
    FACT(TECHNOLOGY, "OFWD"),
    FACT(ENERGY_SOURCE, "WIND"),
    FACT(ENERGY_SOURCE, "NGAS"),
    FACT(ENERGY_SOURCE, "NUCL"),
    { .kind = EGRET_FACT_INDUSTRY, .of = { "GBT4754", 7 },
      .value = { "4415", 4 } },
    { .kind = EGRET_FACT_INDUSTRY, .of = { "GBT4754", 7 },
      .value = { "5267", 4 } },
    FACT(JURISDICTION, "CN"),
    CRITERION("LCGE", "0", "GKWH"),
    CRITERION("TPEM", "0", "GPKM"),
    CRITERION("CLNK", "0.0072", "TPTN"),
};

#define FACTS (sizeof(facts) / sizeof(facts[0]))


static egret_label_translation_t
translate(egret_arena_t *arena, const egret_taxonomies_t *all,
          const char *scheme, const char *code, egret_label_status_t status,
          const egret_scheme_t *target, const egret_fact_t *fact)
{
    egret_facts_t stated = { .items = fact, .count = fact != NULL };
    const egret_scheme_t *source = egret_taxonomies_scheme_by_name(
        all, egret_span_from(scheme));
    egret_label_t label = egret_test_label("", "", code, "2026-11-28");
    egret_label_translation_t translation;

    assert_non_null(source);
    assert_non_null(egret_scheme_class(source, label.code));
    label.scheme = source->id;
    label.version = source->version;
    label.status = status;
    label.facts = &stated;
    egret_assert_ok(egret_translate(all, &label, target, arena, &translation));

    return translation;
}


/* Into all schemes but its own. */
static void
assert_never(egret_arena_t *arena, const egret_taxonomies_t *all,
             const char *scheme, const char *code)
{
    for (size_t i = 0; i < all->by_name.count; i++) {
        const egret_scheme_t *target = all->by_name.entries[i].value;

        for (size_t k = 0; k < 2 * (FACTS + 1); k++) {
            egret_label_translation_t translation = translate(
                arena, all, scheme, code,
                k % 2 == 0 ? EGRET_LABEL_ELIG : EGRET_LABEL_ALGN, target,
                k / 2 == FACTS ? NULL : &facts[k / 2]);

            if (translation.source != target
                && translation.result != EGRET_TRANSLATION_NEEDS_ASSESSMENT
                && translation.result != EGRET_TRANSLATION_NO_COUNTERPART)
            {
                fail_msg("%s/%s is %.*s/%.*s", scheme, code,
                         EGRET_SPAN_ARGS(target->id),
                         EGRET_SPAN_ARGS(translation.code->code));
            }
        }
    }
}


static egret_label_translation_t
to(egret_arena_t *arena, const egret_taxonomies_t *all, const char *scheme,
   const char *code, const char *target, const egret_fact_t *fact)
{
    return translate(arena, all, scheme, code, EGRET_LABEL_ELIG,
                     egret_taxonomies_scheme_by_name(all,
                                                     egret_span_from(target)),
                     fact);
}


/* EU 6.15 excludes infrastructure for fossil fuels. */
static void
test_6_2_3_includes_stations_for_natural_gas(void **state)
{
    const egret_taxonomies_t *all = egret_test_shipped_taxonomies(*state);
    egret_label_translation_t translation;

    assert_never(*state, all, CHINA, "6.2.3");
    translation = to(*state, all, CHINA, "6.2.3", "EU-TAX/2023", NULL);
    assert_true(translation.missing & 1u << EGRET_MISSING_SCOPE);
    egret_assert_span(translation.candidates[0].row->object->code, "CCM-6.15");
}


static void
test_1_5_1_includes_oil_recovery_driven_by_carbon_dioxide(void **state)
{
    const egret_taxonomies_t *all = egret_test_shipped_taxonomies(*state);

    assert_never(*state, all, CHINA, "1.5.1");
}


/* India's central bank excludes it by name. */
static void
test_4_2_5_is_nuclear_power(void **state)
{
    static const char *const targets[] = { "ICMA-GBP/2025", "LMA-GLP/2025",
                                           "TPEX/2023", "ZA-GFT/2022" };
    const egret_taxonomies_t *all = egret_test_shipped_taxonomies(*state);
    egret_label_translation_t translation;

    assert_never(*state, all, CHINA, "4.2.5");
    for (size_t i = 0; i < sizeof(targets) / sizeof(targets[0]); i++) {
        translation = to(*state, all, CHINA, "4.2.5", targets[i], NULL);
        assert_int_equal(translation.result, EGRET_TRANSLATION_NO_COUNTERPART);
    }
    translation = to(*state, all, CHINA, "4.2.5", "IN-RBI/2023", NULL);
    assert_int_equal(translation.missing, 1u << EGRET_MISSING_ROW);
}


static void
test_4_2_4_is_large_hydropower_without_a_test_of_power_density(void **state)
{
    static const egret_fact_t none = CRITERION("PWDN", "5", "WSQM");
    static const egret_fact_t dense = CRITERION("PWDN", "5.01", "WSQM");
    static const egret_fact_t emits = CRITERION("LCGE", "100", "GKWH");
    static const char *const targets[] = { "EU-TAX/2023", "ZA-GFT/2022",
                                           "ICMA-GBP/2025", "LMA-GLP/2025" };
    const egret_taxonomies_t *all = egret_test_shipped_taxonomies(*state);

    for (size_t i = 0; i < sizeof(targets) / sizeof(targets[0]); i++) {
        egret_label_translation_t translation;

        translation = to(*state, all, CHINA, "4.2.4", targets[i], NULL);
        assert_int_equal(translation.missing & ~0xfu,
                         1u << EGRET_MISSING_FACT);
        translation = to(*state, all, CHINA, "4.2.4", targets[i], &none);
        assert_int_equal(translation.result,
                         EGRET_TRANSLATION_NEEDS_ASSESSMENT);
        translation = to(*state, all, CHINA, "4.2.4", targets[i], &emits);
        assert_int_equal(translation.result,
                         EGRET_TRANSLATION_NEEDS_ASSESSMENT);
        translation = to(*state, all, CHINA, "4.2.4", targets[i], &dense);
        assert_int_equal(translation.result, EGRET_TRANSLATION_TRANSLATED);
    }
}


static void
test_3_2_1_includes_shale_gas_and_oil_sands(void **state)
{
    const egret_taxonomies_t *all = egret_test_shipped_taxonomies(*state);

    assert_never(*state, all, CHINA, "3.2.1");
}


/* Aromatics: in the EU a tonne of complex weighted throughput, in South Africa
 * a tonne of the product. */
static void
test_0_0072_of_za_7_2_7_and_eu_3_14_has_two_denominators(void **state)
{
    const egret_taxonomies_t *all = egret_test_shipped_taxonomies(*state);
    egret_label_translation_t translation;

    assert_never(*state, all, "ZA-GFT/2022", "7.2.7");
    assert_never(*state, all, "EU-TAX/2023", "CCM-3.14");
    translation = to(*state, all, "ZA-GFT/2022", "7.2.7", "EU-TAX/2023", NULL);
    egret_assert_span(translation.candidates[0].row->object->code, "CCM-3.14");
    assert_int_equal(
        translation.candidates[0].row->relations[EGRET_DIMENSION_CRITERIA],
        EGRET_RELATION_CLOSE);
    translation = to(*state, all, "EU-TAX/2023", "CCM-3.14", "ZA-GFT/2022",
                     NULL);
    egret_assert_span(translation.candidates[0].row->object->code, "7.2.7");
    assert_null(translation.candidates[0].row->threshold);
}


/* Nor would a row that had the figure as its threshold. */
static void
test_0_0072_over_another_denominator_meets_no_threshold(void **state)
{
    static const struct {
        egret_fact_t fact;
        egret_truth_t truth;
    } cases[] = {
        { CRITERION("CLNK", "0.0072", "TPTN"), EGRET_TRUTH_TRUE },
        { CRITERION("CLNK", "0.00720001", "TPTN"), EGRET_TRUTH_FALSE },
        { CRITERION("CLNK", "0.0072", "GKWH"), EGRET_TRUTH_UNKNOWN },
        { CRITERION("CLNK", "0.0072", "TPCW"), EGRET_TRUTH_UNKNOWN },
        { CRITERION("LCGE", "0.0072", "GKWH"), EGRET_TRUTH_UNKNOWN },
    };
    const egret_condition_t *condition = NULL;
    egret_span_t fault;

    egret_assert_ok(egret_condition_read(
        EGRET_SPAN("criterion CLNK <= 0.0072 tCO2e/t"),
        egret_test_units(*state), *state, &condition, &fault));
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        egret_facts_t stated = { .items = &cases[i].fact, .count = 1 };

        assert_int_equal(egret_condition_judge(condition, &stated),
                         cases[i].truth);
    }
}


#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_6_2_3_includes_stations_for_natural_gas),
        TEST(test_1_5_1_includes_oil_recovery_driven_by_carbon_dioxide),
        TEST(test_4_2_5_is_nuclear_power),
        TEST(test_4_2_4_is_large_hydropower_without_a_test_of_power_density),
        TEST(test_3_2_1_includes_shale_gas_and_oil_sands),
        TEST(test_0_0072_of_za_7_2_7_and_eu_3_14_has_two_denominators),
        TEST(test_0_0072_over_another_denominator_meets_no_threshold),
    };

    return egret_test_run(tests);
}
