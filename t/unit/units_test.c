/* SPDX-License-Identifier: Apache-2.0 */

#include <stdio.h>

#include "helper.h"
#include "taxonomy/units.h"

#define HEADER "code\tkind\tdimension\tnumerator\tdenominator\tstores_as\t"    \
               "label\tsource\tconfidence\n"


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


static egret_units_t *
shipped(egret_arena_t *arena)
{
    egret_units_t *units = NULL;
    egret_span_t fault;

    egret_assert_ok(egret_units_create(arena, &units));
    egret_assert_ok(egret_units_read(
        units, EGRET_SPAN("units.tsv"),
        egret_test_read_file(arena, "conf/reference/units.tsv"), &fault));
    egret_assert_span(fault, "");
    egret_assert_ok(egret_units_read_metrics(
        units, EGRET_SPAN("metrics.tsv"),
        egret_test_read_file(arena, "conf/reference/metrics.tsv"), &fault));
    egret_assert_span(fault, "");

    return units;
}


static const egret_unit_t *
unit(const egret_units_t *units, const char *code)
{
    const egret_unit_t *found = egret_units_find(units, egret_span_from(code));

    assert_non_null(found);

    return found;
}


static void
assert_converts(const egret_units_t *units, const char *value,
                const char *from, const char *to, const char *expected,
                bool expected_exact)
{
    char text[EGRET_DECIMAL_TEXT];
    egret_decimal_t number, result;
    bool is_exact;

    egret_assert_ok(egret_decimal_read(egret_span_from(value), &number));
    egret_assert_ok(egret_unit_convert(unit(units, from), unit(units, to),
                                       &number, 6, &result, &is_exact));
    (void) egret_decimal_write(&result, text);
    assert_string_equal(text, expected);
    assert_int_equal(is_exact, expected_exact);
}


static void
test_units_convert_exactly(void **state)
{
    const egret_units_t *units = shipped(*state);

    assert_converts(units, "1", "MWHO", "KWHO", "1000.000000", true);
    assert_converts(units, "33000", "MWHO", "GWHO", "33.000000", true);
    assert_converts(units, "1", "MWHO", "GGJL", "3.600000", true);
    assert_converts(units, "1", "GGJL", "KWHO", "277.777777", false);
    assert_converts(units, "1", "TCEQ", "GGJL", "29.307600", true);
    assert_converts(units, "17509.8", "TOCD", "KGCO", "17509800.000000", true);
    assert_converts(units, "1", "SQKI", "HECT", "100.000000", true);
    assert_converts(units, "-2.5", "HECT", "SMET", "-25000.000000", true);
}


static void
test_what_people_write_is_stored_as_a_unit(void **state)
{
    static const struct {
        const char *alias;
        const char *stored;
        const char *one;
        bool is_exact;
    } aliases[] = {
        { "度", "KWHO", "1.000000", true },
        { "万千瓦时", "MWHO", "10.000000", true },
        { "亿千瓦时", "GWHO", "100.000000", true },
        { "公噸", "TONE", "1.000000", true },
        { "吨", "TONE", "1.000000", true },
        { "万吨", "TONE", "10000.000000", true },
        { "公頃", "HECT", "1.000000", true },
        { "公顷", "HECT", "1.000000", true },
        { "亩", "HECT", "0.066666", false },
        { "甲", "HECT", "0.969920", true },
    };
    const egret_units_t *units = shipped(*state);

    for (size_t i = 0; i < sizeof(aliases) / sizeof(aliases[0]); i++) {
        const egret_unit_t *alias = unit(units, aliases[i].alias);

        assert_int_equal(alias->kind, EGRET_UNIT_ALIAS);
        egret_assert_span(alias->stores_as->code, aliases[i].stored);
        assert_converts(units, "1", aliases[i].alias, aliases[i].stored,
                        aliases[i].one, aliases[i].is_exact);
    }
    assert_converts(units, "1", "亿千瓦时", "MWHO", "100000.000000", true);
}


static void
test_fifteen_mu_are_exactly_a_hectare(void **state)
{
    const egret_units_t *units = shipped(*state);
    egret_decimal_t fifteen = egret_decimal_from(15);
    egret_decimal_t one = egret_decimal_from(1);
    egret_decimal_t cut;
    int order = 9;

    assert_converts(units, "15", "亩", "HECT", "1.000000", true);
    egret_assert_ok(egret_unit_compare(unit(units, "亩"), &fifteen,
                                       unit(units, "HECT"), &one, &order));
    assert_int_equal(order, 0);
    egret_assert_ok(egret_decimal_read(EGRET_SPAN("0.066666"), &cut));
    egret_assert_ok(egret_unit_compare(unit(units, "亩"), &one,
                                       unit(units, "HECT"), &cut, &order));
    assert_int_equal(order, 1);
}


static void
test_words_for_numbers_are_multipliers(void **state)
{
    static const struct {
        const char *word;
        const char *value;
    } words[] = {
        { "万", "10000.000000" },   { "億", "100000000.000000" },
        { "亿", "100000000.000000" }, { "lakh", "100000.000000" },
        { "crore", "10000000.000000" },
    };
    const egret_units_t *units = shipped(*state);
    egret_unit_t number = *unit(units, "万");

    number.numerator = egret_decimal_from(1);
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        const egret_unit_t *word = unit(units, words[i].word);
        char text[EGRET_DECIMAL_TEXT];
        egret_decimal_t one = egret_decimal_from(1);
        egret_decimal_t result;

        assert_int_equal(word->kind, EGRET_UNIT_MULTIPLIER);
        assert_null(word->stores_as);
        egret_assert_ok(egret_unit_convert(word, &number, &one, 6, &result,
                                           NULL));
        (void) egret_decimal_write(&result, text);
        assert_string_equal(text, words[i].value);
    }
}


static void
test_dimensions_do_not_mix_and_digits_have_an_end(void **state)
{
    const egret_units_t *units = shipped(*state);
    egret_decimal_t one = egret_decimal_from(1);
    egret_decimal_t large, result;
    int order;

    egret_assert_rc(egret_unit_convert(unit(units, "TONE"),
                                       unit(units, "TOCD"), &one, 6, &result,
                                       NULL),
                    EGRET_EINVAL);
    egret_assert_rc(egret_unit_compare(unit(units, "MWHO"), &one,
                                       unit(units, "MWCP"), &one, &order),
                    EGRET_EINVAL);
    egret_assert_ok(egret_decimal_read(
        EGRET_SPAN("99999999999999999999999999999999999999"), &large));
    egret_assert_rc(egret_unit_convert(unit(units, "GWHO"),
                                       unit(units, "KWHO"), &large, 0, &result,
                                       NULL),
                    EGRET_ERANGE);
    assert_null(egret_units_find(units, EGRET_SPAN("mwho")));
    assert_null(egret_units_find(units, EGRET_SPAN("畝")));
}


static void
test_a_metric_takes_units_of_its_dimension(void **state)
{
    const egret_units_t *units = shipped(*state);
    const egret_metric_t *avoided = egret_units_metric(units,
                                                       EGRET_SPAN("GHGA"));
    const egret_metric_t *generation = egret_units_metric(units,
                                                          EGRET_SPAN("RGEN"));

    assert_int_equal(units->metrics.count, 26);
    assert_true(egret_metric_takes(avoided, unit(units, "TOCD")));
    assert_true(egret_metric_takes(avoided, unit(units, "KGCO")));
    assert_false(egret_metric_takes(avoided, unit(units, "TONE")));
    assert_true(egret_metric_takes(generation, unit(units, "MWHO")));
    assert_false(egret_metric_takes(generation, unit(units, "MWCP")));
    assert_false(egret_metric_takes(generation, unit(units, "度")));
    assert_null(egret_units_metric(units, EGRET_SPAN("XXXX")));
}


static void
assert_refused(egret_arena_t *arena, const char *text, egret_rc_t expected,
               const char *sentence)
{
    egret_units_t *units = NULL;
    egret_span_t fault;
    egret_rc_t rc;

    egret_assert_ok(egret_units_create(arena, &units));
    rc = egret_units_read(units, EGRET_SPAN("u.tsv"), egret_span_from(text),
                          &fault);
    egret_assert_span(fault, sentence);
    egret_assert_rc(rc, expected);
}


static void
test_a_faulty_line_is_refused_with_its_number(void **state)
{
    assert_refused(*state, "# x\n", EGRET_ESYNTAX,
                   "u.tsv:1: there is no column header");
    assert_refused(*state, "code\tkind\n", EGRET_ESYNTAX,
                   "u.tsv:1: has 2 columns, not 9");
    assert_refused(*state, "a\tb\tc\td\te\tf\tg\th\ti\n", EGRET_ESYNTAX,
                   "u.tsv:1: column 1 is not code");
    assert_refused(*state, HEADER "A\tunit\tX\t1\t1\t-\tl\ts\n", EGRET_ESYNTAX,
                   "u.tsv:2: has 8 columns, not 9");
    assert_refused(*state, HEADER "A\tunit\t\t1\t1\t-\tl\ts\tc\n",
                   EGRET_ESYNTAX, "u.tsv:2: column dimension is empty");
    assert_refused(*state, HEADER "A\tword\tX\t1\t1\t-\tl\ts\tc\n",
                   EGRET_ESYNTAX,
                   "u.tsv:2: \"A\" is no unit, alias or multiplier");
    assert_refused(*state, HEADER "A\tunit\tX\t1\t0\t-\tl\ts\tc\n",
                   EGRET_ESYNTAX,
                   "u.tsv:2: \"A\" has no factor (two decimal numbers above "
                   "0)");
    assert_refused(*state, HEADER "A\tunit\tX\t1e3\t1\t-\tl\ts\tc\n",
                   EGRET_ESYNTAX,
                   "u.tsv:2: \"A\" has no factor (two decimal numbers above "
                   "0)");
    assert_refused(*state, HEADER "A\tunit\tX\t1\t1\tB\tl\ts\tc\n",
                   EGRET_ESYNTAX,
                   "u.tsv:2: \"A\" must store as a unit when it is an alias, "
                   "else as -");
    assert_refused(*state, HEADER "A\talias\tX\t1\t1\tB\tl\ts\tc\n",
                   EGRET_ENOTFOUND, "u.tsv:2: \"B\" is no unit to store as");
    assert_refused(*state,
                   HEADER "A\talias\tX\t1\t1\tB\tl\ts\tc\n"
                          "B\tunit\tY\t1\t1\t-\tl\ts\tc\n",
                   EGRET_EINVAL,
                   "u.tsv:2: \"A\" stores as a unit of another dimension");
    assert_refused(*state,
                   HEADER "A\tunit\tX\t1\t1\t-\tl\ts\tc\n"
                          "A\tunit\tX\t1\t1\t-\tl\ts\tc\n",
                   EGRET_EEXIST, "u.tsv:3: \"A\" stands twice");
}


static void
test_a_faulty_metric_is_refused_too(void **state)
{
    egret_units_t *units = shipped(*state);
    egret_span_t fault;

    egret_assert_rc(
        egret_units_read_metrics(
            units, EGRET_SPAN("m.tsv"),
            EGRET_SPAN("code\tdimension\tlabel\tsource\tconfidence\n"
                       "NEWM\tTIME\tl\ts\tc\n"),
            &fault),
        EGRET_ENOTFOUND);
    egret_assert_span(fault,
                      "m.tsv:2: \"NEWM\" has a dimension that no unit has");
    egret_assert_rc(
        egret_units_read_metrics(
            units, EGRET_SPAN("m.tsv"),
            EGRET_SPAN("code\tdimension\tlabel\tsource\tconfidence\n"
                       "JOBS\tPERSONS\tl\ts\tc\n"),
            &fault),
        EGRET_EEXIST);
    egret_assert_span(fault, "m.tsv:2: \"JOBS\" stands twice");
}


static egret_rc_t
torture(const egret_allocator_t *allocator, void *context)
{
    egret_arena_t *arena = egret_arena_create(allocator, 0);
    egret_units_t *units;
    egret_span_t *texts = context;
    egret_span_t fault;
    egret_rc_t rc;

    if (arena == NULL) {
        return EGRET_ENOMEM;
    }
    rc = egret_units_create(arena, &units);
    if (rc == EGRET_OK) {
        rc = egret_units_read(units, EGRET_SPAN("u.tsv"), texts[0], &fault);
    }
    if (rc == EGRET_OK) {
        rc = egret_units_read_metrics(units, EGRET_SPAN("m.tsv"), texts[1],
                                      &fault);
    }
    egret_arena_destroy(arena);

    return rc;
}


static void
test_no_memory_is_said_and_nothing_leaks(void **state)
{
    egret_span_t texts[2] = {
        egret_test_read_file(*state, "conf/reference/units.tsv"),
        egret_test_read_file(*state, "conf/reference/metrics.tsv"),
    };

    assert_true(egret_test_torture(torture, texts) > 0);
}


#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_units_convert_exactly),
        TEST(test_what_people_write_is_stored_as_a_unit),
        TEST(test_fifteen_mu_are_exactly_a_hectare),
        TEST(test_words_for_numbers_are_multipliers),
        TEST(test_dimensions_do_not_mix_and_digits_have_an_end),
        TEST(test_a_metric_takes_units_of_its_dimension),
        TEST(test_a_faulty_line_is_refused_with_its_number),
        TEST(test_a_faulty_metric_is_refused_too),
        TEST(test_no_memory_is_said_and_nothing_leaks),
    };

    return egret_test_run(tests);
}
