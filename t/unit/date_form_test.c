/* SPDX-License-Identifier: Apache-2.0 */

#include "helper.h"
#include "util/date_form.h"

#define OFFSET EGRET_DATE_FORM_OFFSET
#define UTC EGRET_DATE_FORM_UTC
#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

typedef struct {
    const char *text;
    const char *expected; /* NULL: EGRET_EINVAL */
} conversion_t;


static egret_datetime_t
read(const char *text)
{
    egret_datetime_t value;

    egret_assert_ok(egret_datetime_read(egret_span_from(text), &value));

    return value;
}


static void
assert_converted(egret_date_form_t form, const conversion_t *conversions,
                 size_t count)
{
    for (size_t i = 0; i < count; i++) {
        egret_datetime_t value = read(conversions[i].text);
        egret_datetime_t out, again;
        char text[EGRET_DATETIME_TEXT];

        if (conversions[i].expected == NULL) {
            assert_int_equal(egret_date_form_convert(form, &value, &out),
                             EGRET_EINVAL);
            continue;
        }
        egret_assert_ok(egret_date_form_convert(form, &value, &out));
        (void) egret_datetime_write(&out, text);
        assert_string_equal(text, conversions[i].expected);

        again = read(text);
        assert_true(egret_date_form_fits(form, &again));
        assert_true(egret_datetime_seconds(&again)
                    == egret_datetime_seconds(&value));
    }
}


static void
test_each_form_fits_what_it_says(void **state)
{
    static const struct {
        const char *text;
        bool is_offset;
        bool is_utc;
    } cases[] = {
        { "2026-11-23T10:15:00+08:00", true, false },
        { "2026-11-23T10:15:00+00:00", true, false },
        { "2026-11-23T10:15:00-00:00", true, false },
        { "2026-11-23T24:00:00-03:30", true, false },
        { "2026-11-23T10:15:00Z", false, false },
        { "2026-11-23T10:15:00.000Z", false, true },
        { "2026-11-23T10:15:00.00Z", false, false },
        { "2026-11-23T10:15:00.0000Z", false, false },
        { "2026-11-23T10:15:00.000+00:00", false, false },
        { "2026-11-23T10:15:00", false, false },
        { "2026-11-23T10:15:00.000", false, false },
    };

    (void) state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        egret_datetime_t value = read(cases[i].text);

        assert_int_equal(egret_date_form_fits(OFFSET, &value),
                         cases[i].is_offset);
        assert_int_equal(egret_date_form_fits(UTC, &value), cases[i].is_utc);
        assert_true(egret_date_form_fits(EGRET_DATE_FORM_ANY, &value));
    }
}


static void
test_an_offset_is_kept_and_Z_becomes_one(void **state)
{
    static const conversion_t conversions[] = {
        { "2026-11-23T02:15:00Z", "2026-11-23T02:15:00+00:00" },
        { "2026-11-23T10:15:00.5+08:00", "2026-11-23T10:15:00+08:00" },
        { "2026-11-23T10:15:59.999999999999-14:00",
          "2026-11-23T10:15:59-14:00" },
        { "2026-11-23T24:00:00Z", "2026-11-23T24:00:00+00:00" },
        { "2026-11-23T24:00:00.000+08:00", "2026-11-23T24:00:00+08:00" },
        { "2026-11-23T10:15:00-00:00", "2026-11-23T10:15:00+00:00" },
        { "-0001-02-29T00:00:00Z", "-0001-02-29T00:00:00+00:00" },
    };

    (void) state;
    assert_converted(OFFSET, conversions, COUNT(conversions));
}


static void
test_utc_is_reached_over_midnight_month_year_and_leap_day(void **state)
{
    static const conversion_t conversions[] = {
        { "2026-11-23T10:15:00+08:00", "2026-11-23T02:15:00.000Z" },
        { "2026-11-23T07:59:59+08:00", "2026-11-22T23:59:59.000Z" },
        { "2026-12-01T00:30:00+01:00", "2026-11-30T23:30:00.000Z" },
        { "2027-01-01T05:29:00+05:30", "2026-12-31T23:59:00.000Z" },
        { "2026-12-31T23:30:00-00:30", "2027-01-01T00:00:00.000Z" },
        { "2028-03-01T00:00:00+14:00", "2028-02-29T10:00:00.000Z" },
        { "2028-02-28T20:00:00-04:00", "2028-02-29T00:00:00.000Z" },
        { "2100-03-01T00:00:00+00:01", "2100-02-28T23:59:00.000Z" },
        { "2000-02-29T23:00:00-01:00", "2000-03-01T00:00:00.000Z" },
        { "2026-12-31T24:00:00+08:00", "2026-12-31T16:00:00.000Z" },
        { "2026-12-31T24:00:00-03:00", "2027-01-01T03:00:00.000Z" },
        { "2026-12-31T24:00:00Z", "2026-12-31T24:00:00.000Z" },
        { "9999-12-31T23:00:00-01:00", "10000-01-01T00:00:00.000Z" },
        { "0001-01-01T00:00:00+00:01", "-0001-12-31T23:59:00.000Z" },
    };

    (void) state;
    assert_converted(UTC, conversions, COUNT(conversions));
}


static void
test_milliseconds_are_cut_and_never_rounded(void **state)
{
    static const conversion_t conversions[] = {
        { "2026-11-23T02:15:00Z", "2026-11-23T02:15:00.000Z" },
        { "2026-11-23T02:15:00.5Z", "2026-11-23T02:15:00.500Z" },
        { "2026-11-23T02:15:59.9999Z", "2026-11-23T02:15:59.999Z" },
        { "2026-11-23T10:15:59.123456+08:00", "2026-11-23T02:15:59.123Z" },
        { "1969-12-31T23:59:59.9Z", "1969-12-31T23:59:59.900Z" },
    };

    (void) state;
    assert_converted(UTC, conversions, COUNT(conversions));
}


static void
test_a_value_without_offset_is_given_none(void **state)
{
    static const conversion_t conversions[] = {
        { "2026-11-23T10:15:00", NULL },
        { "2026-11-23T10:15:00.000", NULL },
    };

    (void) state;
    assert_converted(OFFSET, conversions, COUNT(conversions));
    assert_converted(UTC, conversions, COUNT(conversions));
}


static void
test_a_year_that_cannot_be_held_is_refused(void **state)
{
    egret_datetime_t last = read("2147483647-12-31T23:59:00-00:01");
    egret_datetime_t first = read("-2147483647-01-01T00:00:00+00:01");
    egret_datetime_t out;

    (void) state;
    assert_int_equal(egret_date_form_convert(UTC, &last, &out), EGRET_ERANGE);
    egret_assert_ok(egret_date_form_convert(OFFSET, &last, &out));
    egret_assert_ok(egret_date_form_convert(UTC, &first, &out));
}


static void
test_each_moment_of_four_years_goes_there_and_back(void **state)
{
    egret_datetime_t value = read("2027-01-01T00:00:00+00:00");
    int64_t start = egret_datetime_seconds(&value);

    (void) state;
    for (int64_t step = 0; step < (int64_t) 4 * 366 * 24; step++) {
        egret_datetime_t moment =
            egret_datetime_from_seconds(start + step * 3599);
        egret_datetime_t utc, offset;

        moment.is_utc = false;
        moment.offset_minutes = (int16_t) (step % 1681 - 840);
        egret_assert_ok(egret_date_form_convert(UTC, &moment, &utc));
        assert_true(egret_datetime_seconds(&utc)
                    == egret_datetime_seconds(&moment));
        egret_assert_ok(egret_date_form_convert(OFFSET, &utc, &offset));
        assert_true(egret_datetime_seconds(&offset)
                    == egret_datetime_seconds(&moment));
    }
}


static const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_each_form_fits_what_it_says),
    cmocka_unit_test(test_an_offset_is_kept_and_Z_becomes_one),
    cmocka_unit_test(test_utc_is_reached_over_midnight_month_year_and_leap_day),
    cmocka_unit_test(test_milliseconds_are_cut_and_never_rounded),
    cmocka_unit_test(test_a_value_without_offset_is_given_none),
    cmocka_unit_test(test_a_year_that_cannot_be_held_is_refused),
    cmocka_unit_test(test_each_moment_of_four_years_goes_there_and_back),
};


int
main(void)
{
    return egret_test_run(tests);
}
