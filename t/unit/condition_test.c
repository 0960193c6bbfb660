/* SPDX-License-Identifier: Apache-2.0 */

#include <stdio.h>
#include <string.h>

#include "made_taxonomy.h"
#include "taxonomy/condition.h"

#define FACTS 8


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


/* "technology PVOL; industry GBT4754 4416; criterion LCGE 90 GKWH". */
static egret_facts_t
read_facts(egret_arena_t *arena, const char *text)
{
    static const char *const kinds[] = { "technology", "energySource",
                                         "industry", "jurisdiction",
                                         "criterion" };
    egret_fact_t *items = egret_arena_zeroed(arena, FACTS, sizeof(*items));
    egret_facts_t facts = { .items = items };
    egret_span_t rest = egret_span_from(text);

    while (rest.length > 0) {
        size_t end = egret_span_find(rest, ';');
        egret_span_t words[4];
        egret_span_t fact = egret_span_trim(egret_span_slice(rest, 0, end));
        size_t count = 0;

        rest = egret_span_slice(rest, end + 1, rest.length);
        while (fact.length > 0) {
            size_t blank = egret_span_find(fact, ' ');

            words[count++] = egret_span_slice(fact, 0, blank);
            fact = egret_span_slice(fact, blank + 1, fact.length);
        }
        for (unsigned i = 0; i < EGRET_FACT_KIND_COUNT; i++) {
            if (egret_span_equals_text(words[0], kinds[i])) {
                items[facts.count].kind = (egret_fact_kind_t) i;
            }
        }
        items[facts.count].of = count > 2 ? words[1] : EGRET_SPAN("");
        items[facts.count].value = words[count > 2 ? 2 : 1];
        items[facts.count].unit = count > 3 ? words[3] : EGRET_SPAN("");
        facts.count++;
    }

    return facts;
}


static egret_truth_t
judge(egret_arena_t *arena, const char *text, const char *stated)
{
    egret_facts_t facts = read_facts(arena, stated);
    const egret_condition_t *condition = NULL;
    egret_span_t fault;
    egret_rc_t rc = egret_condition_read(egret_span_from(text),
                                         egret_test_units(arena), arena,
                                         &condition, &fault);

    egret_assert_span(fault, "");
    egret_assert_ok(rc);

    return egret_condition_judge(condition, &facts);
}


#define assert_true_of(text, facts)                                           \
    assert_int_equal(judge(*state, text, facts), EGRET_TRUTH_TRUE)
#define assert_false_of(text, facts)                                          \
    assert_int_equal(judge(*state, text, facts), EGRET_TRUTH_FALSE)
#define assert_unknown_of(text, facts)                                        \
    assert_int_equal(judge(*state, text, facts), EGRET_TRUTH_UNKNOWN)


static void
test_all_stated_values_of_a_list_must_be_in_the_set(void **state)
{
    assert_true_of("technology in (PVOL)", "technology PVOL");
    assert_true_of("technology in (PVOL, CSPW)",
                   "technology CSPW; technology PVOL");
    assert_true_of("energySource = WIND", "energySource WIND");
    assert_false_of("technology in (PVOL)", "technology ONWD");
    assert_false_of("technology in (PVOL)",
                    "technology PVOL; technology BATT");
    assert_unknown_of("technology in (PVOL)", "");
    assert_unknown_of("technology in (PVOL)", "energySource SOLR");
}


static void
test_an_industry_is_one_of_its_classification(void **state)
{
    assert_true_of("industry GBT4754 in (4416, 4415)",
                   "industry GBT4754 4416");
    assert_true_of("industry GBT4754 = 4416",
                   "industry GBT4754 4416; industry NACE D35.11");
    assert_unknown_of("industry GBT4754 = 4416", "industry NACE 4416");
    assert_false_of("industry GBT4754 = 4416", "industry GBT4754 44");
}


static void
test_a_negated_list_is_never_true(void **state)
{
    assert_unknown_of("not technology in (COAL)", "technology PVOL");
    assert_unknown_of("not technology in (COAL)", "");
    assert_false_of("not technology in (COAL)", "technology COAL");
    assert_false_of("not technology in (COAL)",
                    "technology COAL; technology PVOL");
    assert_true_of("not not technology in (PVOL)", "technology PVOL");
    assert_unknown_of("not (technology = COAL or jurisdiction = ZA)",
                      "technology PVOL; jurisdiction CN");
    assert_unknown_of("not industry NACE = B05", "industry NACE D35.11");
    assert_unknown_of("not energySource = COAL", "energySource WIND");
}


static void
test_a_jurisdiction_may_be_negated(void **state)
{
    assert_true_of("jurisdiction in (CN, HK)", "jurisdiction HK");
    assert_false_of("jurisdiction = CN", "jurisdiction ZA");
    assert_true_of("not jurisdiction = CN", "jurisdiction ZA");
    assert_false_of("not jurisdiction = CN", "jurisdiction CN");
    assert_unknown_of("not jurisdiction = CN", "");
}


static void
test_a_criterion_is_compared_exactly(void **state)
{
    const char *limit = "criterion LCGE <= 100 gCO2e/kWh";

    assert_true_of(limit, "criterion LCGE 100 GKWH");
    assert_true_of(limit, "criterion LCGE 100.000 GKWH");
    assert_false_of(limit, "criterion LCGE 100.0000000000000001 GKWH");
    assert_false_of("criterion LCGE < 100 GKWH", "criterion LCGE 100 GKWH");
    assert_true_of("criterion PWDN > 5 W/m2", "criterion PWDN 5.01 WSQM");
    assert_false_of("criterion PWDN > 5 W/m2", "criterion PWDN 5 WSQM");
    assert_true_of("criterion PWDN >= 5 W/m2", "criterion PWDN 5 WSQM");
    assert_true_of("criterion TPEM = 0 gCO2/km", "criterion TPEM 0.0 GPKM");
    assert_false_of("criterion RGEN >= 1 GWHO", "criterion RGEN 999 MWHO");
    assert_true_of("criterion RGEN >= 1 GWHO", "criterion RGEN 1000 MWHO");
    assert_unknown_of(limit, "criterion PWDN 1 WSQM");
    assert_unknown_of(limit, "criterion LCGE 1 WSQM");
    assert_unknown_of(limit, "criterion LCGE 1 gCO2e/kWh");
    assert_unknown_of(limit, "criterion LCGE 1 NONE");
}


static void
test_measurements_that_disagree_prove_nothing(void **state)
{
    const char *limit = "criterion LCGE <= 100 GKWH";
    const char *above = "not criterion LCGE <= 100 GKWH";

    assert_unknown_of(limit, "criterion LCGE 90 GKWH; criterion LCGE 110 GKWH");
    assert_unknown_of(above, "criterion LCGE 90 GKWH; criterion LCGE 110 GKWH");
    assert_true_of(limit, "criterion LCGE 90 GKWH; criterion LCGE 91 GKWH");
    assert_true_of(above, "criterion LCGE 110 GKWH");
    assert_unknown_of(limit, "criterion LCGE 90 GKWH; criterion LCGE 1 PERS");
    assert_unknown_of(above, "");
}


static void
test_and_binds_closer_than_or(void **state)
{
    const char *text = "technology = PVOL or technology = CSPW and "
                       "jurisdiction = ZA";

    assert_true_of(text, "technology PVOL; jurisdiction CN");
    assert_false_of(text, "technology CSPW; jurisdiction CN");
    assert_true_of(text, "technology CSPW; jurisdiction ZA");
    text = "(technology = PVOL or technology = CSPW) and jurisdiction = ZA";
    assert_false_of(text, "technology PVOL; jurisdiction CN");
    assert_unknown_of(text, "jurisdiction ZA");
    assert_false_of(text, "jurisdiction CN");
    assert_true_of("not (jurisdiction = CN and technology = PVOL)",
                   "jurisdiction ZA");
}


static void
assert_refused(egret_arena_t *arena, const char *text, egret_rc_t expected,
               const char *sentence)
{
    const egret_condition_t *condition = NULL;
    egret_span_t fault;
    egret_rc_t rc = egret_condition_read(egret_span_from(text),
                                         egret_test_units(arena), arena,
                                         &condition, &fault);

    egret_assert_span(fault, sentence);
    egret_assert_rc(rc, expected);
    assert_null(condition);
}


static void
test_a_fault_names_its_column(void **state)
{
    assert_refused(*state, "technolgy = PVOL", EGRET_ENOTFOUND,
                   "column 1: \"technolgy\" is no fact of a project");
    assert_refused(*state, "technology PVOL", EGRET_ESYNTAX,
                   "column 12: \"PVOL\" stands where = or in belongs");
    assert_refused(*state, "technology in PVOL", EGRET_ESYNTAX,
                   "column 15: \"PVOL\" stands where ( belongs");
    assert_refused(*state, "technology in (PVOL", EGRET_ESYNTAX,
                   "column 20: the end stands where , or ) belongs");
    assert_refused(*state, "technology in ()", EGRET_ESYNTAX,
                   "column 16: \")\" stands where a code belongs");
    assert_refused(*state, "energySource = SUN", EGRET_ENOTFOUND,
                   "column 16: \"SUN\" is no energy source");
    assert_refused(*state, "jurisdiction = CHN", EGRET_ESYNTAX,
                   "column 16: \"CHN\" is no jurisdiction (two capital "
                   "letters)");
    assert_refused(*state, "industry SIC = 1", EGRET_ENOTFOUND,
                   "column 10: \"SIC\" is no classification of industries");
    assert_refused(*state, "criterion WARM < 1 MWHO", EGRET_ENOTFOUND,
                   "column 11: \"WARM\" is no metric");
    assert_refused(*state, "criterion LCGE < 1e2 GKWH", EGRET_ESYNTAX,
                   "column 18: \"1e2\" is no decimal number");
    assert_refused(*state, "criterion LCGE ! 1 GKWH", EGRET_ESYNTAX,
                   "column 16: \"!\" stands where <=, <, >=, > or = belongs");
    assert_refused(*state, "criterion LCGE < 100", EGRET_ENOTFOUND,
                   "column 21: the end is no unit");
    assert_refused(*state, "criterion LCGE < 100 lakh", EGRET_ENOTFOUND,
                   "column 22: \"lakh\" is no unit");
    assert_refused(*state, "criterion LCGE < 100 W/m2", EGRET_EINVAL,
                   "column 22: \"W/m2\" is no unit of that metric");
    assert_refused(*state, "jurisdiction = CN technology = PVOL", EGRET_ESYNTAX,
                   "column 19: \"technology\" stands where and or or belongs");
    assert_refused(*state, "(jurisdiction = CN", EGRET_ESYNTAX,
                   "column 19: the end stands where and, or or ) belongs");
    assert_refused(*state, "", EGRET_ESYNTAX,
                   "column 1: the end is no fact of a project");
    assert_refused(*state, "not", EGRET_ESYNTAX,
                   "column 4: the end is no fact of a project");
}


static void
test_each_size_has_an_end(void **state)
{
    char text[EGRET_CONDITION_BYTES + 64] = "";

    for (int i = 0; i < EGRET_CONDITION_DEPTH; i++) {
        (void) strcat(text, "not ");
    }
    (void) strcat(text, "jurisdiction = CN");
    assert_false_of(text, "jurisdiction ZA");
    (void) memmove(text + 4, text, strlen(text) + 1);
    assert_refused(*state, text, EGRET_ERANGE,
                   "column 49: \"not\" is too deep");

    text[0] = '\0';
    for (int i = 0; i < EGRET_CONDITION_TERMS; i++) {
        (void) strcat(text, "jurisdiction = CN or ");
    }
    (void) strcat(text, "jurisdiction = CN");
    assert_refused(*state, text, EGRET_ERANGE,
                   "column 673: \"jurisdiction\" begins one term too many");

    (void) memset(text, ' ', EGRET_CONDITION_BYTES + 1);
    text[EGRET_CONDITION_BYTES + 1] = '\0';
    assert_refused(*state, text, EGRET_ERANGE,
                   "column 1002: the end is too far from its begin");

    text[0] = '\0';
    (void) strcat(text, "industry NACE in (A");
    for (int i = 0; i < EGRET_CONDITION_VALUES; i++) {
        (void) strcat(text, ",A");
    }
    (void) strcat(text, ")");
    assert_refused(*state, text, EGRET_ERANGE,
                   "column 531: \"A\" is one code too many");
}


static void
test_no_criterion_is_read_without_units(void **state)
{
    const egret_condition_t *condition = NULL;
    egret_span_t fault;

    egret_assert_rc(
        egret_condition_read(EGRET_SPAN("criterion LCGE < 1 GKWH"), NULL,
                             *state, &condition, &fault),
        EGRET_ENOTFOUND);
    egret_assert_span(fault, "column 11: \"LCGE\" cannot be read without "
                             "metrics and units");
    egret_assert_ok(egret_condition_read(EGRET_SPAN("jurisdiction = CN"), NULL,
                                         *state, &condition, &fault));
    assert_int_equal(egret_condition_judge(condition, NULL),
                     EGRET_TRUTH_UNKNOWN);
}


static egret_rc_t
read_in_little_memory(const egret_allocator_t *allocator, void *context)
{
    egret_arena_t *arena = egret_arena_create(allocator, 0);
    const egret_condition_t *condition = NULL;
    egret_span_t fault;
    egret_rc_t rc;

    if (arena == NULL) {
        return EGRET_ENOMEM;
    }
    rc = egret_condition_read(
        EGRET_SPAN("technology in (PVOL, CSPW) and not (jurisdiction = CN or "
                   "criterion LCGE <= 100 gCO2e/kWh)"),
        context, arena, &condition, &fault);
    egret_arena_destroy(arena);

    return rc;
}


static void
test_each_refused_allocation_is_told(void **state)
{
    assert_true(egret_test_torture(read_in_little_memory,
                                   (void *) egret_test_units(*state))
                > 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)


int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_all_stated_values_of_a_list_must_be_in_the_set),
        TEST(test_an_industry_is_one_of_its_classification),
        TEST(test_a_negated_list_is_never_true),
        TEST(test_a_jurisdiction_may_be_negated),
        TEST(test_a_criterion_is_compared_exactly),
        TEST(test_measurements_that_disagree_prove_nothing),
        TEST(test_and_binds_closer_than_or),
        TEST(test_a_fault_names_its_column),
        TEST(test_each_size_has_an_end),
        TEST(test_no_criterion_is_read_without_units),
        TEST(test_each_refused_allocation_is_told),
    };

    return egret_test_run(tests);
}
