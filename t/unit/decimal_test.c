/* SPDX-License-Identifier: Apache-2.0 */

#include <string.h>

#include "helper.h"
#include "util/decimal.h"

#define NINES_38 "99999999999999999999999999999999999999"
#define ZEROS_37 "0000000000000000000000000000000000000"

typedef egret_rc_t (*operation_t)(const egret_decimal_t *a,
                                  const egret_decimal_t *b,
                                  egret_decimal_t *out);


static egret_decimal_t
decimal(const char *text)
{
    egret_decimal_t value;

    if (egret_decimal_read(egret_span_from(text), &value) != EGRET_OK) {
        fail_msg("\"%s\" is no decimal", text);
    }

    return value;
}


static void
assert_decimal(egret_decimal_t value, const char *expected)
{
    char text[EGRET_DECIMAL_TEXT];
    size_t length = egret_decimal_write(&value, text);

    assert_string_equal(text, expected);
    assert_int_equal(length, strlen(text));
}


static void
assert_read(const char *text, const char *expected)
{
    assert_decimal(decimal(text), expected);
}


static void
assert_refused(const char *text, egret_rc_t expected)
{
    egret_decimal_t value = egret_decimal_from(7);

    egret_assert_rc(egret_decimal_read(egret_span_from(text), &value),
                    expected);
    assert_decimal(value, "7");
}


static void
assert_result(operation_t operation, const char *a, const char *b,
              const char *expected)
{
    egret_decimal_t x = decimal(a);
    egret_decimal_t y = decimal(b);
    egret_decimal_t result = egret_decimal_from(7);
    egret_rc_t rc = operation(&x, &y, &result);

    if (expected == NULL) {
        egret_assert_rc(rc, EGRET_ERANGE);
        assert_decimal(result, "7");
        return;
    }

    egret_assert_ok(rc);
    assert_decimal(result, expected);

    egret_assert_ok(operation(&x, &y, &x));
    assert_decimal(x, expected);
    x = decimal(a);
    egret_assert_ok(operation(&x, &y, &y));
    assert_decimal(y, expected);
}


static void
assert_quotient(const char *a, const char *b, unsigned scale,
                const char *expected, bool expected_exact)
{
    egret_decimal_t x = decimal(a);
    egret_decimal_t y = decimal(b);
    egret_decimal_t result;
    bool is_exact = !expected_exact;

    egret_assert_ok(egret_decimal_divide(&x, &y, scale, &result, &is_exact));
    assert_decimal(result, expected);
    assert_int_equal(is_exact, expected_exact);
}


static void
test_a_decimal_is_read_with_its_scale(void **state)
{
    (void) state;

    assert_read("0", "0");
    assert_read("1.50", "1.50");
    assert_read("+1.5", "1.5");
    assert_read("-1.5", "-1.5");
    assert_read("007", "7");
    assert_read(".5", "0.5");
    assert_read("5.", "5");
    assert_read("-.50", "-0.50");
    assert_read("0.00", "0.00");
    assert_read("-0.00", "0.00");
    assert_read(" \t\r\n12.34\n", "12.34");
}


static void
test_38_digits_can_be_held(void **state)
{
    (void) state;

    assert_read(NINES_38, NINES_38);
    assert_read("-" NINES_38, "-" NINES_38);
    assert_read("." NINES_38, "0." NINES_38);
    assert_read("-0." NINES_38, "-0." NINES_38);
    assert_read("0000000000" NINES_38, NINES_38);
    assert_read("0." ZEROS_37 "1", "0." ZEROS_37 "1");
    assert_read("1" ZEROS_37, "1" ZEROS_37);
}


static void
test_other_forms_are_no_decimal(void **state)
{
    static const char *const bad[] = {
        "", " ", ".", "+", "-", "+.", "--1", "+-1", "1-", "1e5", "1E5", "1,5",
        "1.5.", "1..5", "1 5", "- 1", "0x1", "INF", "NaN", "1.5 EUR", "\v1",
        "\xD9\xA1", "1'000", NINES_38 NINES_38 "x"
    };

    (void) state;

    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        assert_refused(bad[i], EGRET_ESYNTAX);
    }

    egret_assert_rc(egret_decimal_read((egret_span_t){ NULL, 0 }, NULL),
                    EGRET_ESYNTAX);
}


static void
test_more_than_38_digits_are_out_of_range(void **state)
{
    (void) state;

    assert_refused("1" ZEROS_37 "0", EGRET_ERANGE);
    assert_refused(NINES_38 "9", EGRET_ERANGE);
    assert_refused(NINES_38 ".9", EGRET_ERANGE);
    assert_refused("0." ZEROS_37 "01", EGRET_ERANGE);
    assert_refused("0." ZEROS_37 "00", EGRET_ERANGE);
    assert_refused(NINES_38 NINES_38, EGRET_ERANGE);
}


static void
test_whole_numbers_need_no_text(void **state)
{
    (void) state;

    assert_decimal(egret_decimal_from(0), "0");
    assert_decimal(egret_decimal_from(-5), "-5");
    assert_decimal(egret_decimal_from(INT64_MAX), "9223372036854775807");
    assert_decimal(egret_decimal_from(INT64_MIN), "-9223372036854775808");
}


static void
test_scale_does_not_matter_to_order(void **state)
{
    static const char *const ascending[] = {
        "-" NINES_38, "-10", "-1.1", "-1", "-0." NINES_38, "-0.1", "0",
        "0." ZEROS_37 "1", "0.09", "0.1", "0.10000001", "0." NINES_38, "1",
        "1.01", "9.99", "10", "1" ZEROS_37, NINES_38
    };
    size_t count = sizeof(ascending) / sizeof(ascending[0]);

    (void) state;

    for (size_t i = 0; i < count; i++) {
        for (size_t j = 0; j < count; j++) {
            egret_decimal_t a = decimal(ascending[i]);
            egret_decimal_t b = decimal(ascending[j]);

            assert_int_equal(egret_decimal_compare(&a, &b),
                             (i > j) - (i < j));
        }
    }

    assert_int_equal(egret_decimal_compare(&(egret_decimal_t){ 10, 1, false },
                                           &(egret_decimal_t){ 100, 2, false }),
                     0);
}


static void
test_the_sign_of_zero_is_zero(void **state)
{
    egret_decimal_t zero = decimal("-0.0");
    egret_decimal_t more = decimal("0.1");
    egret_decimal_t less = decimal("-0.1");

    (void) state;

    assert_int_equal(egret_decimal_sign(&zero), 0);
    assert_int_equal(egret_decimal_sign(&more), 1);
    assert_int_equal(egret_decimal_sign(&less), -1);
}


static void
test_a_sum_keeps_the_larger_scale(void **state)
{
    (void) state;

    assert_result(egret_decimal_add, "0.1", "0.2", "0.3");
    assert_result(egret_decimal_add, "1.50", "2.5", "4.00");
    assert_result(egret_decimal_add, "1", "-1.00", "0.00");
    assert_result(egret_decimal_add, "-1.5", "-2.25", "-3.75");
    assert_result(egret_decimal_add, "-5", "3.5", "-1.5");
    assert_result(egret_decimal_add, "5", "-3.5", "1.5");
    assert_result(egret_decimal_add, "999999999999999999.99999", "0.00001",
                  "1000000000000000000.00000");
    assert_result(egret_decimal_subtract, "1", "0.99", "0.01");
    assert_result(egret_decimal_subtract, "0.99", "1", "-0.01");
    assert_result(egret_decimal_subtract, "0", "0.0", "0.0");
    assert_result(egret_decimal_subtract, "-1", "-1", "0");
    assert_result(egret_decimal_subtract, "0", "-5", "5");
}


static void
test_a_sum_is_exact_or_out_of_range(void **state)
{
    (void) state;

    assert_result(egret_decimal_add, NINES_38, "1", NULL);
    assert_result(egret_decimal_add, NINES_38, "0.1", NULL);
    assert_result(egret_decimal_add, NINES_38, NINES_38, NULL);
    assert_result(egret_decimal_add, NINES_38, "-" NINES_38, "0");
    assert_result(egret_decimal_add, "1" ZEROS_37, "0." ZEROS_37 "1", NULL);
    assert_result(egret_decimal_add, "0." NINES_38, "0." ZEROS_37 "1",
                  "1." ZEROS_37);
}


static void
test_a_sum_drops_zeros_only_where_the_limit_demands_it(void **state)
{
    (void) state;

    assert_result(egret_decimal_add, "1" ZEROS_37, "0.00", "1" ZEROS_37);
    assert_result(egret_decimal_subtract, "1" ZEROS_37 ".", "1.00",
                  "9999999999999999999999999999999999999.0");
}


static void
test_a_product_has_the_sum_of_the_scales(void **state)
{
    (void) state;

    assert_result(egret_decimal_multiply, "1.50", "2.0", "3.000");
    assert_result(egret_decimal_multiply, "-1.5", "0.2", "-0.30");
    assert_result(egret_decimal_multiply, "-1.5", "-0.2", "0.30");
    assert_result(egret_decimal_multiply, "-1.5", "0.0", "0.00");
    assert_result(egret_decimal_multiply, "9999999999999999999",
                  "9999999999999999999",
                  "99999999999999999980000000000000000001");
}


static void
test_a_product_drops_zeros_only_where_the_limits_demand_it(void **state)
{
    (void) state;

    assert_result(egret_decimal_multiply, "1" ZEROS_37, "1.0", "1" ZEROS_37);
    assert_result(egret_decimal_multiply, "0." ZEROS_37 "1", "10.0",
                  "0.00000000000000000000000000000000000010");
    assert_result(egret_decimal_multiply, "0." ZEROS_37 "0", "0.000",
                  "0." ZEROS_37 "0");
    assert_result(egret_decimal_multiply, "1" ZEROS_37, "10", NULL);
    assert_result(egret_decimal_multiply, "0." ZEROS_37 "1", "0.1", NULL);
    assert_result(egret_decimal_multiply, NINES_38, NINES_38, NULL);
    assert_result(egret_decimal_multiply, "0." NINES_38, "0." NINES_38, NULL);
}


static void
test_a_quotient_is_cut_towards_zero(void **state)
{
    (void) state;

    assert_quotient("1", "3", 5, "0.33333", false);
    assert_quotient("2", "3", 5, "0.66666", false);
    assert_quotient("-2", "3", 2, "-0.66", false);
    assert_quotient("-1", "3", 0, "0", false);
    assert_quotient("1", "8", 3, "0.125", true);
    assert_quotient("1", "8", 5, "0.12500", true);
    assert_quotient("1", "8", 2, "0.12", false);
    assert_quotient("10", "-2.5", 0, "-4", true);
    assert_quotient("-10", "-2.5", 2, "4.00", true);
    assert_quotient("0", "-7", 2, "0.00", true);
    assert_quotient("7", "0.007", 0, "1000", true);
    assert_quotient("1.23456", "1", 2, "1.23", false);
    assert_quotient("1.23000", "1", 2, "1.23", true);
    assert_quotient("0." ZEROS_37 "1", "1", 3, "0.000", false);
}


static void
test_a_quotient_uses_all_digits(void **state)
{
    (void) state;

    assert_quotient(NINES_38, NINES_38, 37, "1." ZEROS_37, true);
    assert_quotient("1", NINES_38, 38, "0." ZEROS_37 "1", false);
    assert_quotient("1" ZEROS_37, "0." NINES_38, 0, "1" ZEROS_37, false);
    assert_quotient("98765432109876543210987654321098765432",
                    "12345678901234567890123456789012345678", 37,
                    "8.0000000729000006633900060368490549359", false);
}


static void
test_a_quotient_that_cannot_be_is_refused(void **state)
{
    egret_decimal_t one = decimal("1");
    egret_decimal_t zero = decimal("0.00");
    egret_decimal_t small = decimal("0.01");
    egret_decimal_t nines = decimal(NINES_38);
    egret_decimal_t out;

    (void) state;

    egret_assert_rc(egret_decimal_divide(&one, &zero, 2, &out, NULL),
                    EGRET_EINVAL);
    egret_assert_rc(egret_decimal_divide(&zero, &zero, 2, &out, NULL),
                    EGRET_EINVAL);
    egret_assert_rc(egret_decimal_divide(&one, &one, 38, &out, NULL),
                    EGRET_ERANGE);
    egret_assert_rc(egret_decimal_divide(&zero, &one, 39, &out, NULL),
                    EGRET_ERANGE);
    egret_assert_rc(egret_decimal_divide(&nines, &small, 0, &out, NULL),
                    EGRET_ERANGE);
    egret_assert_ok(egret_decimal_divide(&one, &small, 0, &one, NULL));
    assert_decimal(one, "100");
}


static void
assert_truncated(const char *text, unsigned scale, const char *expected)
{
    egret_decimal_t value = decimal(text);

    egret_assert_ok(egret_decimal_truncate(&value, scale, &value));
    assert_decimal(value, expected);
}


static void
test_truncation_cuts_towards_zero_and_pads(void **state)
{
    egret_decimal_t value = decimal(NINES_38);

    (void) state;

    assert_truncated("1.999", 2, "1.99");
    assert_truncated("-1.999", 2, "-1.99");
    assert_truncated("-0.009", 2, "0.00");
    assert_truncated("1.999", 0, "1");
    assert_truncated("1.9", 3, "1.900");
    assert_truncated("0", 38, "0." ZEROS_37 "0");
    egret_assert_rc(egret_decimal_truncate(&value, 1, &value), EGRET_ERANGE);
    egret_assert_rc(egret_decimal_truncate(&value, 39, &value), EGRET_ERANGE);
    assert_decimal(value, NINES_38);
}


static void
assert_digits(const char *text, unsigned total, unsigned fraction)
{
    egret_decimal_t value = decimal(text);

    assert_int_equal(egret_decimal_total_digits(&value), total);
    assert_int_equal(egret_decimal_fraction_digits(&value), fraction);
}


static void
test_digits_are_counted_as_xml_schema_does(void **state)
{
    (void) state;

    assert_digits("0", 1, 0);
    assert_digits("0.00", 1, 0);
    assert_digits("100", 3, 0);
    assert_digits("100.00", 3, 0);
    assert_digits("1.50", 2, 1);
    assert_digits("-0.05", 2, 2);
    assert_digits("00012.3400", 4, 2);
    assert_digits(NINES_38, 38, 0);
    assert_digits("0." ZEROS_37 "1", 38, 38);
}


static const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_a_decimal_is_read_with_its_scale),
    cmocka_unit_test(test_38_digits_can_be_held),
    cmocka_unit_test(test_other_forms_are_no_decimal),
    cmocka_unit_test(test_more_than_38_digits_are_out_of_range),
    cmocka_unit_test(test_whole_numbers_need_no_text),
    cmocka_unit_test(test_scale_does_not_matter_to_order),
    cmocka_unit_test(test_the_sign_of_zero_is_zero),
    cmocka_unit_test(test_a_sum_keeps_the_larger_scale),
    cmocka_unit_test(test_a_sum_is_exact_or_out_of_range),
    cmocka_unit_test(test_a_sum_drops_zeros_only_where_the_limit_demands_it),
    cmocka_unit_test(test_a_product_has_the_sum_of_the_scales),
    cmocka_unit_test(
        test_a_product_drops_zeros_only_where_the_limits_demand_it),
    cmocka_unit_test(test_a_quotient_is_cut_towards_zero),
    cmocka_unit_test(test_a_quotient_uses_all_digits),
    cmocka_unit_test(test_a_quotient_that_cannot_be_is_refused),
    cmocka_unit_test(test_truncation_cuts_towards_zero_and_pads),
    cmocka_unit_test(test_digits_are_counted_as_xml_schema_does),
};


int
main(void)
{
    return egret_test_run(tests);
}
