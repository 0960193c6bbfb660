/* SPDX-License-Identifier: Apache-2.0 */

#include <string.h>

#include "helper.h"
#include "util/date.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))


static egret_date_t
date(const char *text)
{
    egret_date_t value;

    if (egret_date_read(egret_span_from(text), &value, NULL) != EGRET_OK) {
        fail_msg("\"%s\" is no date", text);
    }

    return value;
}


static egret_datetime_t
datetime(const char *text)
{
    egret_datetime_t value;

    if (egret_datetime_read(egret_span_from(text), &value) != EGRET_OK) {
        fail_msg("\"%s\" is no date-time", text);
    }

    return value;
}


static void
assert_date(egret_date_t value, const char *expected)
{
    char text[EGRET_DATETIME_TEXT];
    size_t length = egret_date_write(value, text);

    assert_string_equal(text, expected);
    assert_int_equal(length, strlen(text));
}


static void
assert_datetime(const egret_datetime_t *value, const char *expected)
{
    char text[EGRET_DATETIME_TEXT];
    size_t length = egret_datetime_write(value, text);

    assert_string_equal(text, expected);
    assert_int_equal(length, strlen(text));
}


static void
assert_dates_refused(const char *const *texts, size_t count, egret_rc_t rc)
{
    for (size_t i = 0; i < count; i++) {
        egret_date_t value = { 7, 7, 7 };
        bool has_offset = true;

        if (egret_date_read(egret_span_from(texts[i]), &value, &has_offset)
            != rc)
        {
            fail_msg("\"%s\" is not \"%s\"", texts[i], egret_rc_text(rc));
        }

        assert_date(value, "0007-07-07");
        assert_true(has_offset);
    }
}


static void
assert_datetimes_refused(const char *const *texts, size_t count, egret_rc_t rc)
{
    for (size_t i = 0; i < count; i++) {
        egret_datetime_t value = { .date = { 7, 7, 7 } };

        if (egret_datetime_read(egret_span_from(texts[i]), &value) != rc) {
            fail_msg("\"%s\" is not \"%s\"", texts[i], egret_rc_text(rc));
        }

        assert_datetime(&value, "0007-07-07T00:00:00");
    }
}


static void
test_dates_are_read_and_written_back(void **state)
{
    static const char *const texts[] = {
        "2024-02-29", "2000-02-29", "1999-12-31", "0001-01-01", "9999-12-31",
        "10000-01-01", "2147483647-12-31", "-0001-12-31", "-0044-03-15",
        "-12345-01-01", "-2147483647-01-01"
    };

    (void) state;

    for (size_t i = 0; i < COUNT(texts); i++) {
        assert_date(date(texts[i]), texts[i]);
    }
}


static void
test_a_dates_offset_is_reported(void **state)
{
    egret_date_t value;
    bool has_offset = true;

    (void) state;

    egret_assert_ok(egret_date_read(EGRET_SPAN("2024-02-29"), &value,
                                    &has_offset));
    assert_false(has_offset);
    egret_assert_ok(egret_date_read(EGRET_SPAN("2024-02-29Z"), &value,
                                    &has_offset));
    assert_true(has_offset);
    has_offset = false;
    egret_assert_ok(egret_date_read(EGRET_SPAN("2024-02-29-14:00"), &value,
                                    &has_offset));
    assert_true(has_offset);
    assert_date(value, "2024-02-29");
}


static void
test_other_forms_are_no_date(void **state)
{
    static const char *const bad[] = {
        "", "-", "2024", "2024-02", "24-02-03", "224-02-03", "02024-02-03",
        "+2024-02-03", "--2024-02-03", "2024-2-3", "2024/02/03", "20240203",
        "2024-02-03T", " 2024-02-03", "2024-02-03 ", "2024-02-03z",
        "2024-02-03ZZ", "2024-02-03+8:00", "2024-02-03+08", "2024-02-03+0800",
        "2024-02-03+08:0", "2024-02-03+08:000", "2024-02-03+", "2024-02-003",
        "03-02-2024", "2024-02-0x", "2024-02--1",
        "\xEF\xBC\x92\xEF\xBC\x90\xEF\xBC\x92\xEF\xBC\x94-02-03"
    };

    (void) state;

    assert_dates_refused(bad, COUNT(bad), EGRET_ESYNTAX);
    egret_assert_rc(egret_date_read((egret_span_t){ NULL, 0 }, NULL, NULL),
                    EGRET_ESYNTAX);
    egret_assert_rc(egret_date_read(EGRET_SPAN("2024-02-03\0"), NULL, NULL),
                    EGRET_ESYNTAX);
}


static void
test_only_real_dates_are_read(void **state)
{
    static const char *const bad[] = {
        "2023-02-29", "1900-02-29", "2024-02-30", "2024-04-31", "2024-00-01",
        "2024-13-01", "2024-01-00", "2024-01-32", "0000-01-01", "-0000-01-01",
        "-0002-02-29", "2147483648-01-01", "99999999999999999999999-01-01",
        "2024-01-01+14:01", "2024-01-01-15:00", "2024-01-01+01:60",
        "2024-01-01+99:99"
    };

    (void) state;

    assert_dates_refused(bad, COUNT(bad), EGRET_ERANGE);
}


static void
test_the_year_before_one_is_a_leap_year(void **state)
{
    (void) state;

    assert_date(date("-0001-02-29"), "-0001-02-29");
    assert_date(date("-0005-02-29"), "-0005-02-29");
    assert_int_equal(egret_date_days(date("0001-01-01"))
                     - egret_date_days(date("-0001-12-31")), 1);
}


static void
test_date_times_are_read_and_written_back(void **state)
{
    static const char *const texts[] = {
        "2024-02-29T23:59:59", "2024-02-29T00:00:00Z", "2024-02-29T24:00:00",
        "2024-02-29T12:30:45.5Z", "2024-02-29T12:30:45.000Z",
        "2024-02-29T12:30:45.123456789+08:00", "2024-02-29T12:30:45-03:30",
        "2024-02-29T12:30:45+14:00", "2024-02-29T12:30:45-14:00",
        "2024-02-29T24:00:00.00+00:00", "-0001-01-01T00:00:00Z",
        "-2147483647-12-31T23:59:59.123456789+14:00"
    };

    (void) state;

    for (size_t i = 0; i < COUNT(texts); i++) {
        egret_datetime_t value = datetime(texts[i]);

        assert_datetime(&value, texts[i]);
    }
}


static void
test_the_parts_of_a_date_time_are_kept(void **state)
{
    egret_datetime_t value = datetime("2024-02-29T12:30:45.0250-03:30");

    (void) state;

    assert_date(value.date, "2024-02-29");
    assert_int_equal(value.hour, 12);
    assert_int_equal(value.minute, 30);
    assert_int_equal(value.second, 45);
    assert_int_equal(value.nanosecond, 25000000);
    assert_int_equal(value.fraction_digits, 4);
    assert_true(value.has_offset);
    assert_false(value.is_utc);
    assert_int_equal(value.offset_minutes, -210);

    value = datetime("2024-02-29T12:30:45Z");
    assert_true(value.has_offset);
    assert_true(value.is_utc);
    assert_int_equal(value.offset_minutes, 0);

    value = datetime("2024-02-29T12:30:45");
    assert_false(value.has_offset);
    assert_false(value.is_utc);
}


static void
test_a_fraction_may_have_any_number_of_digits(void **state)
{
    char text[1000] = "2024-02-29T12:30:45.123456789";
    size_t length = strlen(text);
    egret_datetime_t value;

    (void) state;

    memset(text + length, '9', sizeof(text) - length);
    egret_assert_ok(egret_datetime_read((egret_span_t){ text, 50 }, &value));
    assert_int_equal(value.nanosecond, 123456789);
    assert_int_equal(value.fraction_digits, 30);
    egret_assert_ok(egret_datetime_read((egret_span_t){ text, 1000 }, &value));
    assert_int_equal(value.fraction_digits, 255);
    assert_datetime(&value, "2024-02-29T12:30:45.123456789");
}


static void
test_other_forms_are_no_date_time(void **state)
{
    static const char *const bad[] = {
        "", "2024-02-29", "2024-02-29T", "2024-02-29t12:30:45",
        "2024-02-29 12:30:45", "2024-02-29T12:30", "2024-02-29T12:30:45.",
        "2024-02-29T12:30:45.Z", "2024-02-29T12:30:45,5",
        "2024-02-29T1:30:45", "2024-02-29T12:30:5", "2024-02-29T12:30:45Z ",
        "2024-02-29T12:30:45z", "2024-02-29T12:30:45+0800",
        "2024-02-29T12:30:45+08", "2024-02-29T123045", "12:30:45",
        "2024-02-29T-1:30:45", "2024-02-29T12:30:45 Z",
        "2024-02-29T12:30:45.5.5"
    };

    (void) state;

    assert_datetimes_refused(bad, COUNT(bad), EGRET_ESYNTAX);
}


static void
test_only_real_times_are_read(void **state)
{
    static const char *const bad[] = {
        "2024-02-29T25:00:00", "2024-02-29T24:00:01", "2024-02-29T24:01:00",
        "2024-02-29T24:00:00.001", "2024-02-29T12:60:00",
        "2024-02-29T12:00:60", "2016-12-31T23:59:60Z",
        "2023-02-29T12:00:00", "2024-02-29T12:00:00+14:01",
        "2024-02-29T12:00:00-14:30", "2024-02-29T12:00:00+08:60"
    };

    (void) state;

    assert_datetimes_refused(bad, COUNT(bad), EGRET_ERANGE);
}


static void
test_a_time_of_24_with_a_tiny_fraction_is_refused(void **state)
{
    egret_datetime_t value;

    (void) state;

    egret_assert_rc(egret_time_read(EGRET_SPAN("24:00:00.0000000001"), &value),
                    EGRET_ERANGE);
    egret_assert_ok(egret_time_read(EGRET_SPAN("24:00:00.0000000000"),
                                    &value));
}


static void
test_a_time_has_the_first_date(void **state)
{
    egret_datetime_t value;

    (void) state;

    egret_assert_ok(egret_time_read(EGRET_SPAN("17:00:00.25+01:00"), &value));
    assert_datetime(&value, "0001-01-01T17:00:00.25+01:00");
    egret_assert_rc(egret_time_read(EGRET_SPAN("17:00"), &value),
                    EGRET_ESYNTAX);
    egret_assert_rc(egret_time_read(EGRET_SPAN("2024-02-29T17:00:00"), &value),
                    EGRET_ESYNTAX);
    egret_assert_rc(egret_time_read(EGRET_SPAN("17:60:00"), &value),
                    EGRET_ERANGE);
}


static void
test_dates_are_ordered(void **state)
{
    static const char *const ascending[] = {
        "-0002-12-31", "-0001-01-01", "0001-01-01", "2023-12-31", "2024-01-01",
        "2024-01-31", "2024-02-01", "10000-01-01"
    };

    (void) state;

    for (size_t i = 0; i < COUNT(ascending); i++) {
        for (size_t j = 0; j < COUNT(ascending); j++) {
            assert_int_equal(egret_date_compare(date(ascending[i]),
                                                date(ascending[j])),
                             (i > j) - (i < j));
        }
    }
}


static void
test_days_are_counted_from_1970(void **state)
{
    (void) state;

    assert_int_equal(egret_date_days(date("1970-01-01")), 0);
    assert_int_equal(egret_date_days(date("1969-12-31")), -1);
    assert_int_equal(egret_date_days(date("2000-03-01")), 11017);
    assert_int_equal(egret_date_days(date("2024-02-29")), 19782);
    assert_int_equal(egret_date_days(date("0001-01-01")), -719162);
}


static void
test_each_day_has_one_date(void **state)
{
    egret_date_t before = date("-0401-12-31");
    int64_t first = egret_date_days(before) + 1;

    (void) state;

    for (int64_t days = first; days < first + 2 * 146097 + 400; days++) {
        egret_date_t value = egret_date_from_days(days);

        assert_int_equal(egret_date_days(value), days);
        assert_int_equal(egret_date_compare(before, value), -1);
        before = value;
    }
}


static void
test_days_beyond_the_years_give_the_last_date(void **state)
{
    (void) state;

    assert_date(egret_date_from_days(INT64_MAX), "2147483647-12-31");
    assert_date(egret_date_from_days(INT64_MIN), "-2147483648-01-01");
    assert_int_equal(
        egret_date_days(egret_date_from_days(egret_date_days(
            date("2147483647-12-30")))),
        egret_date_days(date("2147483647-12-30")));
}


static void
test_weekdays_are_those_of_iso_8601(void **state)
{
    (void) state;

    assert_int_equal(egret_date_weekday(date("1970-01-01")), 4);
    assert_int_equal(egret_date_weekday(date("2024-02-26")), 1);
    assert_int_equal(egret_date_weekday(date("2024-03-03")), 7);
    assert_int_equal(egret_date_weekday(date("1969-12-29")), 1);
    assert_int_equal(egret_date_weekday(date("1969-12-28")), 7);
    assert_int_equal(egret_date_weekday(date("0001-01-01")), 1);
}


static void
assert_seconds(const char *text, int64_t expected)
{
    egret_datetime_t value = datetime(text);

    assert_true(egret_datetime_seconds(&value) == expected);
}


static void
test_seconds_count_the_offset(void **state)
{
    (void) state;

    assert_seconds("1970-01-01T00:00:00Z", 0);
    assert_seconds("1970-01-01T00:00:00", 0);
    assert_seconds("1970-01-01T08:00:00+08:00", 0);
    assert_seconds("1969-12-31T20:30:00-03:30", 0);
    assert_seconds("1969-12-31T24:00:00Z", 0);
    assert_seconds("2001-09-09T01:46:40.999Z", 1000000000);
    assert_seconds("1969-12-31T23:59:59Z", -1);
}


static void
test_seconds_give_a_date_time_in_utc(void **state)
{
    egret_datetime_t value = egret_datetime_from_seconds(1000000000);

    (void) state;

    assert_datetime(&value, "2001-09-09T01:46:40Z");
    value = egret_datetime_from_seconds(-1);
    assert_datetime(&value, "1969-12-31T23:59:59Z");
    value = egret_datetime_from_seconds(0);
    assert_datetime(&value, "1970-01-01T00:00:00Z");
    value = egret_datetime_from_seconds(INT64_MAX);
    assert_date(value.date, "2147483647-12-31");
    value = egret_datetime_from_seconds(INT64_MIN);
    assert_date(value.date, "-2147483648-01-01");
}


static const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_dates_are_read_and_written_back),
    cmocka_unit_test(test_a_dates_offset_is_reported),
    cmocka_unit_test(test_other_forms_are_no_date),
    cmocka_unit_test(test_only_real_dates_are_read),
    cmocka_unit_test(test_the_year_before_one_is_a_leap_year),
    cmocka_unit_test(test_date_times_are_read_and_written_back),
    cmocka_unit_test(test_the_parts_of_a_date_time_are_kept),
    cmocka_unit_test(test_a_fraction_may_have_any_number_of_digits),
    cmocka_unit_test(test_other_forms_are_no_date_time),
    cmocka_unit_test(test_only_real_times_are_read),
    cmocka_unit_test(test_a_time_of_24_with_a_tiny_fraction_is_refused),
    cmocka_unit_test(test_a_time_has_the_first_date),
    cmocka_unit_test(test_dates_are_ordered),
    cmocka_unit_test(test_days_are_counted_from_1970),
    cmocka_unit_test(test_each_day_has_one_date),
    cmocka_unit_test(test_days_beyond_the_years_give_the_last_date),
    cmocka_unit_test(test_weekdays_are_those_of_iso_8601),
    cmocka_unit_test(test_seconds_count_the_offset),
    cmocka_unit_test(test_seconds_give_a_date_time_in_utc),
};


int
main(void)
{
    return egret_test_run(tests);
}
