/* SPDX-License-Identifier: Apache-2.0 */

#include <stdio.h>

#include "util/date.h"

#define SECONDS_A_DAY 86400
#define DAYS_OF_400_YEARS 146097
#define LARGEST_OFFSET 840

typedef struct {
    const char *at;
    const char *end;
} cursor_t;


static bool
take(cursor_t *cursor, char byte)
{
    if (cursor->at == cursor->end || *cursor->at != byte) {
        return false;
    }

    cursor->at++;

    return true;
}


static bool
next_is_digit(const cursor_t *cursor)
{
    return cursor->at != cursor->end && *cursor->at >= '0'
           && *cursor->at <= '9';
}


static bool
take_two_digits(cursor_t *cursor, uint8_t *value)
{
    unsigned number = 0;

    for (int i = 0; i < 2; i++) {
        if (!next_is_digit(cursor)) {
            return false;
        }

        number = number * 10 + (unsigned) (*cursor->at++ - '0');
    }

    *value = (uint8_t) number;

    return true;
}


/* A year beyond what can be held is read as 0, which is no year either. */
static bool
take_year(cursor_t *cursor, int32_t *year)
{
    bool is_negative = take(cursor, '-');
    const char *start = cursor->at;
    int64_t number = 0;

    while (next_is_digit(cursor)) {
        int digit = *cursor->at++ - '0';

        number = number > INT32_MAX ? number : number * 10 + digit;
    }

    if (cursor->at - start < 4 || (cursor->at - start > 4 && *start == '0')) {
        return false;
    }

    if (number > INT32_MAX) {
        number = 0;
    }

    *year = (int32_t) (is_negative ? -number : number);

    return true;
}


static bool
take_date(cursor_t *cursor, egret_date_t *date)
{
    return take_year(cursor, &date->year)
           && take(cursor, '-') && take_two_digits(cursor, &date->month)
           && take(cursor, '-') && take_two_digits(cursor, &date->day);
}


static bool
take_fraction(cursor_t *cursor, egret_datetime_t *value)
{
    uint32_t weight = 100000000;

    if (!take(cursor, '.')) {
        return true;
    }

    if (!next_is_digit(cursor)) {
        return false;
    }

    while (next_is_digit(cursor)) {
        uint32_t digit = (uint32_t) (*cursor->at++ - '0');

        /* What is cut still makes 24:00:00 no time: `is_time` finds it. */
        if (weight == 0 && digit != 0 && value->hour == 24) {
            value->hour = 25;
        }

        value->nanosecond += weight * digit;
        weight /= 10;

        if (value->fraction_digits < UINT8_MAX) {
            value->fraction_digits++;
        }
    }

    return true;
}


static bool
take_time(cursor_t *cursor, egret_datetime_t *value)
{
    return take_two_digits(cursor, &value->hour)
           && take(cursor, ':') && take_two_digits(cursor, &value->minute)
           && take(cursor, ':') && take_two_digits(cursor, &value->second)
           && take_fraction(cursor, value);
}


/* An offset that is no offset (+14:01, +01:60) is kept beyond the largest one,
 * for `is_time` to find. */
static bool
take_offset(cursor_t *cursor, egret_datetime_t *value)
{
    uint8_t hours, minutes;
    bool is_negative;
    int total;

    if (cursor->at == cursor->end) {
        return true;
    }

    value->has_offset = true;

    if (take(cursor, 'Z')) {
        value->is_utc = true;
        return cursor->at == cursor->end;
    }

    is_negative = take(cursor, '-');

    if ((!is_negative && !take(cursor, '+')) || !take_two_digits(cursor, &hours)
        || !take(cursor, ':') || !take_two_digits(cursor, &minutes))
    {
        return false;
    }

    total = minutes > 59 ? LARGEST_OFFSET + 1 : hours * 60 + minutes;
    value->offset_minutes = (int16_t) (is_negative ? -total : total);

    return cursor->at == cursor->end;
}


/* XML Schema's years leave out 0: -1 is 1 BC, which astronomers call 0. */
static int64_t
astronomical_year(int32_t year)
{
    return year < 0 ? (int64_t) year + 1 : year;
}


static unsigned
days_of_month(int32_t year, unsigned month)
{
    static const uint8_t days[] = {
        31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31
    };
    int64_t y = astronomical_year(year);

    if (month == 2 && y % 4 == 0 && (y % 100 != 0 || y % 400 == 0)) {
        return 29;
    }

    return days[month - 1];
}


static bool
is_date(egret_date_t date)
{
    return date.year != 0 && date.month >= 1 && date.month <= 12
           && date.day >= 1
           && date.day <= days_of_month(date.year, date.month);
}


static bool
is_time(const egret_datetime_t *value)
{
    if (value->offset_minutes < -LARGEST_OFFSET
        || value->offset_minutes > LARGEST_OFFSET)
    {
        return false;
    }

    if (value->hour == 24) {
        return value->minute == 0 && value->second == 0
               && value->nanosecond == 0;
    }

    return value->hour < 24 && value->minute < 60 && value->second < 60;
}


static cursor_t
cursor_over(egret_span_t text)
{
    const char *at = text.at == NULL ? "" : text.at;

    return (cursor_t){ at, at + text.length };
}


egret_rc_t
egret_date_read(egret_span_t text, egret_date_t *out, bool *has_offset)
{
    egret_datetime_t value = { .hour = 0 };
    cursor_t cursor = cursor_over(text);

    if (!take_date(&cursor, &value.date) || !take_offset(&cursor, &value)) {
        return EGRET_ESYNTAX;
    }

    if (!is_date(value.date) || !is_time(&value)) {
        return EGRET_ERANGE;
    }

    *out = value.date;

    if (has_offset != NULL) {
        *has_offset = value.has_offset;
    }

    return EGRET_OK;
}


egret_rc_t
egret_datetime_read(egret_span_t text, egret_datetime_t *out)
{
    egret_datetime_t value = { .hour = 0 };
    cursor_t cursor = cursor_over(text);

    if (!take_date(&cursor, &value.date) || !take(&cursor, 'T')
        || !take_time(&cursor, &value) || !take_offset(&cursor, &value))
    {
        return EGRET_ESYNTAX;
    }

    if (!is_date(value.date) || !is_time(&value)) {
        return EGRET_ERANGE;
    }

    *out = value;

    return EGRET_OK;
}


egret_rc_t
egret_time_read(egret_span_t text, egret_datetime_t *out)
{
    egret_datetime_t value = { .date = { 1, 1, 1 } };
    cursor_t cursor = cursor_over(text);

    if (!take_time(&cursor, &value) || !take_offset(&cursor, &value)) {
        return EGRET_ESYNTAX;
    }

    if (!is_time(&value)) {
        return EGRET_ERANGE;
    }

    *out = value;

    return EGRET_OK;
}


int
egret_date_compare(egret_date_t a, egret_date_t b)
{
    if (a.year != b.year) {
        return a.year < b.year ? -1 : 1;
    }

    if (a.month != b.month) {
        return a.month < b.month ? -1 : 1;
    }

    return (a.day > b.day) - (a.day < b.day);
}


static int64_t
floor_divide(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}


/* Years are counted from March, so that a leap day is the last day of its
 * year, and in eras of 400 years, which all have the same length. */
int64_t
egret_date_days(egret_date_t date)
{
    int64_t year = astronomical_year(date.year) - (date.month <= 2);
    int64_t era = floor_divide(year, 400);
    int64_t year_of_era = year - era * 400;
    int64_t month = (date.month + 9) % 12;
    int64_t day_of_year = (153 * month + 2) / 5 + date.day - 1;

    return era * DAYS_OF_400_YEARS + year_of_era * 365 + year_of_era / 4
           - year_of_era / 100 + day_of_year - 719468;
}


egret_date_t
egret_date_from_days(int64_t days)
{
    static const egret_date_t first = { INT32_MIN, 1, 1 };
    static const egret_date_t last = { INT32_MAX, 12, 31 };
    int64_t era, day, year, month;

    if (days <= egret_date_days(first)) {
        return first;
    }

    if (days >= egret_date_days(last)) {
        return last;
    }

    days += 719468;
    era = floor_divide(days, DAYS_OF_400_YEARS);
    day = days - era * DAYS_OF_400_YEARS;
    year = (day - day / 1460 + day / 36524 - day / 146096) / 365;
    day -= year * 365 + year / 4 - year / 100;
    month = (5 * day + 2) / 153;
    day -= (153 * month + 2) / 5;
    month = month < 10 ? month + 3 : month - 9;
    year += era * 400 + (month <= 2);

    return (egret_date_t){
        .year = (int32_t) (year <= 0 ? year - 1 : year),
        .month = (uint8_t) month,
        .day = (uint8_t) (day + 1),
    };
}


int
egret_date_weekday(egret_date_t date)
{
    int64_t days = egret_date_days(date) + 3;

    return (int) (days - floor_divide(days, 7) * 7) + 1;
}


int64_t
egret_datetime_seconds(const egret_datetime_t *value)
{
    int minutes = value->hour * 60 + value->minute - value->offset_minutes;

    return egret_date_days(value->date) * SECONDS_A_DAY
           + (int64_t) minutes * 60 + value->second;
}


egret_datetime_t
egret_datetime_from_seconds(int64_t seconds)
{
    int64_t days = floor_divide(seconds, SECONDS_A_DAY);
    int64_t rest = seconds % SECONDS_A_DAY;

    if (rest < 0) {
        rest += SECONDS_A_DAY;
    }

    return (egret_datetime_t){
        .date = egret_date_from_days(days),
        .hour = (uint8_t) (rest / 3600),
        .minute = (uint8_t) (rest / 60 % 60),
        .second = (uint8_t) (rest % 60),
        .has_offset = true,
        .is_utc = true,
    };
}


size_t
egret_date_write(egret_date_t date, char out[EGRET_DATETIME_TEXT])
{
    int64_t year = date.year;
    int length = snprintf(out, EGRET_DATETIME_TEXT, "%s%04lld-%02u-%02u",
                          year < 0 ? "-" : "",
                          (long long) (year < 0 ? -year : year),
                          date.month % 100U, date.day % 100U);

    return (size_t) length;
}


static size_t
write_fraction(const egret_datetime_t *value, char *out)
{
    size_t digits = value->fraction_digits < 9 ? value->fraction_digits : 9;
    uint32_t rest = value->nanosecond;
    size_t length = 0;

    if (digits == 0) {
        return 0;
    }

    out[length++] = '.';

    while (length <= digits) {
        out[length++] = (char) ('0' + rest / 100000000 % 10);
        rest = rest % 100000000 * 10;
    }

    return length;
}


size_t
egret_datetime_write(const egret_datetime_t *value,
                     char out[EGRET_DATETIME_TEXT])
{
    size_t length = egret_date_write(value->date, out);
    unsigned offset;

    length += (size_t) snprintf(out + length, EGRET_DATETIME_TEXT - length,
                                "T%02u:%02u:%02u", value->hour % 100U,
                                value->minute % 100U, value->second % 100U);
    length += write_fraction(value, out + length);

    if (value->is_utc) {
        out[length++] = 'Z';

    } else if (value->has_offset) {
        offset = (unsigned) (value->offset_minutes < 0 ? -value->offset_minutes
                                                       : value->offset_minutes);
        length += (size_t) snprintf(out + length, EGRET_DATETIME_TEXT - length,
                                    "%c%02u:%02u",
                                    value->offset_minutes < 0 ? '-' : '+',
                                    offset / 60 % 100, offset % 60);
    }

    out[length] = '\0';

    return length;
}
