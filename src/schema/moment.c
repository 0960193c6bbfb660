/* SPDX-License-Identifier: Apache-2.0 */
#include "schema/moment.h"

#include <string.h>

#define DAY 86400
#define YEAR_DIGITS 10
#define LEAP_YEAR 1972 /* stands in where a kind has no year: it has 02-29 */

typedef struct {
    const char *at;
    const char *end;
} reader_t;

typedef struct {
    int64_t year;
    int64_t month;
    int64_t day;
} calendar_t;

static bool
read_byte(reader_t *reader, char byte)
{
    if (reader->at == reader->end || *reader->at != byte) {
        return false;
    }
    reader->at++;
    return true;
}

static bool
read_two(reader_t *reader, int64_t low, int64_t high, int64_t *out)
{
    const char *at = reader->at;

    if (reader->end - at < 2 || at[0] < '0' || at[0] > '9' || at[1] < '0'
        || at[1] > '9')
    {
        return false;
    }
    *out = (at[0] - '0') * 10 + (at[1] - '0');
    reader->at += 2;
    return *out >= low && *out <= high;
}

static size_t
read_number(reader_t *reader, int64_t *out)
{
    const char *from = reader->at;

    *out = 0;
    while (reader->at < reader->end && *reader->at >= '0' && *reader->at <= '9'
           && reader->at - from < YEAR_DIGITS)
    {
        *out = *out * 10 + (*reader->at - '0');
        reader->at++;
    }
    return (size_t) (reader->at - from);
}

static egret_span_t
read_fraction(reader_t *reader, bool *is_digits)
{
    egret_span_t digits = { reader->at, 0 };

    while (reader->at < reader->end && *reader->at >= '0'
           && *reader->at <= '9')
    {
        reader->at++;
    }
    digits.length = (size_t) (reader->at - digits.at);
    *is_digits = digits.length > 0;
    while (digits.length > 0 && digits.at[digits.length - 1] == '0') {
        digits.length--;
    }
    return digits;
}

static bool
read_year(reader_t *reader, int64_t *year)
{
    bool is_negative = read_byte(reader, '-');
    const char *from = reader->at;
    size_t digits = read_number(reader, year);

    if (digits < 4 || (digits > 4 && *from == '0') || *year == 0) {
        return false;
    }
    /* There is no year 0: -0001 comes right before 0001. */
    if (is_negative) {
        *year = 1 - *year;
    }
    return true;
}

static bool
is_leap(int64_t year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static bool
has_day(const calendar_t *date)
{
    static const int64_t days[] = { 31, 28, 31, 30, 31, 30,
                                    31, 31, 30, 31, 30, 31 };
    int64_t last = days[date->month - 1];

    if (date->month == 2 && is_leap(date->year)) {
        last = 29;
    }
    return date->day <= last;
}

/* Days since 0000-03-01 of the proleptic Gregorian calendar. */
static int64_t
count_days(const calendar_t *date)
{
    int64_t year = date->month > 2 ? date->year : date->year - 1;
    int64_t month = date->month > 2 ? date->month - 3 : date->month + 9;
    int64_t era = (year >= 0 ? year : year - 399) / 400;
    int64_t of_era = year - era * 400;

    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100
           + (153 * month + 2) / 5 + date->day - 1;
}

static bool
read_calendar(reader_t *reader, egret_moment_kind_t kind, calendar_t *date)
{
    switch (kind) {
    case EGRET_MOMENT_TIME:
        return true;
    case EGRET_MOMENT_YEAR:
        return read_year(reader, &date->year);
    case EGRET_MOMENT_YEAR_MONTH:
        return read_year(reader, &date->year) && read_byte(reader, '-')
               && read_two(reader, 1, 12, &date->month);
    case EGRET_MOMENT_MONTH:
        return read_byte(reader, '-') && read_byte(reader, '-')
               && read_two(reader, 1, 12, &date->month);
    case EGRET_MOMENT_MONTH_DAY:
        return read_byte(reader, '-') && read_byte(reader, '-')
               && read_two(reader, 1, 12, &date->month)
               && read_byte(reader, '-')
               && read_two(reader, 1, 31, &date->day);
    case EGRET_MOMENT_DAY:
        return read_byte(reader, '-') && read_byte(reader, '-')
               && read_byte(reader, '-')
               && read_two(reader, 1, 31, &date->day);
    default:
        return read_year(reader, &date->year) && read_byte(reader, '-')
               && read_two(reader, 1, 12, &date->month)
               && read_byte(reader, '-')
               && read_two(reader, 1, 31, &date->day);
    }
}

static bool
read_clock(reader_t *reader, egret_moment_t *out)
{
    int64_t hour;
    int64_t minute;
    int64_t second;
    bool is_digits = true;

    if (!read_two(reader, 0, 24, &hour) || !read_byte(reader, ':')
        || !read_two(reader, 0, 59, &minute) || !read_byte(reader, ':')
        || !read_two(reader, 0, 59, &second))
    {
        return false;
    }
    if (read_byte(reader, '.')) {
        out->fraction = read_fraction(reader, &is_digits);
    }
    out->seconds += hour * 3600 + minute * 60 + second;
    return is_digits
           && (hour < 24
               || (minute == 0 && second == 0 && out->fraction.length == 0));
}

static bool
read_offset(reader_t *reader, egret_moment_t *out)
{
    int64_t hour;
    int64_t minute;
    bool is_west;

    if (reader->at == reader->end) {
        return true;
    }
    out->has_offset = true;
    if (read_byte(reader, 'Z')) {
        return true;
    }
    is_west = *reader->at == '-';
    if ((!read_byte(reader, '-') && !read_byte(reader, '+'))
        || !read_two(reader, 0, 14, &hour) || !read_byte(reader, ':')
        || !read_two(reader, 0, 59, &minute) || hour * 60 + minute > 840)
    {
        return false;
    }
    out->offset = (int32_t) (hour * 3600 + minute * 60);
    if (is_west) {
        out->offset = -out->offset;
    }
    return true;
}

bool
egret_moment_read(egret_moment_kind_t kind, egret_span_t text,
                  egret_moment_t *out)
{
    reader_t reader = { text.at, text.at + text.length };
    calendar_t date = { LEAP_YEAR, 1, 1 };

    memset(out, 0, sizeof(*out));
    if (text.length == 0 || !read_calendar(&reader, kind, &date)
        || !has_day(&date))
    {
        return false;
    }
    out->seconds = count_days(&date) * DAY;
    if (kind == EGRET_MOMENT_DATETIME && !read_byte(&reader, 'T')) {
        return false;
    }
    if ((kind == EGRET_MOMENT_DATETIME || kind == EGRET_MOMENT_TIME)
        && !read_clock(&reader, out))
    {
        return false;
    }
    if (kind == EGRET_MOMENT_TIME && out->seconds == count_days(&date) * DAY
                                                         + DAY)
    {
        out->seconds -= DAY;
    }
    return read_offset(&reader, out) && reader.at == reader.end;
}

static egret_order_t
compare_fraction(egret_span_t a, egret_span_t b)
{
    return (egret_order_t) egret_span_compare(a, b);
}

static egret_order_t
compare_seconds(int64_t a, egret_span_t a_fraction, int64_t b,
                egret_span_t b_fraction)
{
    if (a != b) {
        return a < b ? EGRET_ORDER_LESS : EGRET_ORDER_GREATER;
    }
    return compare_fraction(a_fraction, b_fraction);
}

/* One value has an offset, the other may stand anywhere within 14 hours. */
static egret_order_t
compare_mixed(const egret_moment_t *with, const egret_moment_t *without)
{
    int64_t utc = with->seconds - with->offset;

    if (compare_seconds(utc, with->fraction, without->seconds - 14 * 3600,
                        without->fraction)
        == EGRET_ORDER_LESS)
    {
        return EGRET_ORDER_LESS;
    }
    if (compare_seconds(utc, with->fraction, without->seconds + 14 * 3600,
                        without->fraction)
        == EGRET_ORDER_GREATER)
    {
        return EGRET_ORDER_GREATER;
    }
    return EGRET_ORDER_NONE;
}

egret_order_t
egret_moment_compare(const egret_moment_t *a, const egret_moment_t *b)
{
    egret_order_t order;

    if (a->has_offset == b->has_offset) {
        return compare_seconds(a->seconds - a->offset, a->fraction,
                               b->seconds - b->offset, b->fraction);
    }
    if (a->has_offset) {
        return compare_mixed(a, b);
    }
    order = compare_mixed(b, a);
    return order == EGRET_ORDER_NONE ? order : (egret_order_t) -order;
}

/* "nY" and the like: reads one number whose letter is next in `letters`, or
 * nothing. The letter is left in `*letter`, 0 for nothing. */
static bool
read_part(reader_t *reader, const char **letters, int64_t *number,
          char *letter)
{
    const char *from = reader->at;
    const char *found;

    *letter = 0;
    if (read_number(reader, number) == 0) {
        return reader->at == reader->end || *reader->at == 'T';
    }
    if (reader->at == reader->end) {
        return false;
    }
    if (*reader->at == '.') {
        reader->at = from;
        *letter = '.';
        return true;
    }
    found = strchr(*letters, *reader->at);
    if (found == NULL || *found == '\0') {
        return false;
    }
    *letter = *found;
    *letters = found + 1;
    reader->at++;
    return true;
}

static bool
read_days_part(reader_t *reader, egret_duration_t *out, bool *has_part)
{
    const char *letters = "YMD";
    int64_t number;
    char letter;

    for (;;) {
        if (!read_part(reader, &letters, &number, &letter) || letter == '.') {
            return false;
        }
        if (letter == 0) {
            return true;
        }
        *has_part = true;
        if (letter == 'D') {
            out->seconds += number * DAY;
        } else {
            out->months += letter == 'Y' ? number * 12 : number;
        }
    }
}

static bool
read_decimal_seconds(reader_t *reader, egret_duration_t *out)
{
    int64_t number;
    bool is_digits;

    if (read_number(reader, &number) == 0 || !read_byte(reader, '.')) {
        return false;
    }
    out->seconds += number;
    out->fraction = read_fraction(reader, &is_digits);
    return is_digits && read_byte(reader, 'S') && reader->at == reader->end;
}

static bool
read_time_part(reader_t *reader, egret_duration_t *out, bool *has_part)
{
    const char *letters = "HMS";
    int64_t number;
    char letter;

    *has_part = false;
    for (;;) {
        if (!read_part(reader, &letters, &number, &letter)) {
            return false;
        }
        if (letter == 0) {
            return reader->at == reader->end;
        }
        *has_part = true;
        if (letter == '.') {
            return *letters != '\0' && read_decimal_seconds(reader, out);
        }
        out->seconds += letter == 'H'   ? number * 3600
                        : letter == 'M' ? number * 60
                                        : number;
    }
}

bool
egret_duration_read(egret_span_t text, egret_duration_t *out)
{
    reader_t reader = { text.at, text.at + text.length };
    bool has_part = false;

    memset(out, 0, sizeof(*out));
    if (text.length == 0) {
        return false;
    }
    out->is_negative = read_byte(&reader, '-');
    if (!read_byte(&reader, 'P') || !read_days_part(&reader, out, &has_part)) {
        return false;
    }
    if (read_byte(&reader, 'T') && !read_time_part(&reader, out, &has_part)) {
        return false;
    }
    if (out->is_negative) {
        out->months = -out->months;
        out->seconds = -out->seconds;
    }
    return has_part && reader.at == reader.end;
}

static int64_t
add_to(const calendar_t *start, const egret_duration_t *duration)
{
    int64_t months = start->year * 12 + start->month - 1 + duration->months;
    int64_t year = (months >= 0 ? months : months - 11) / 12;
    calendar_t date = { year, months - year * 12 + 1, 1 };

    return count_days(&date) * DAY + duration->seconds;
}

static egret_order_t
compare_from(const calendar_t *start, const egret_duration_t *a,
             const egret_duration_t *b)
{
    int64_t first = add_to(start, a);
    int64_t second = add_to(start, b);

    if (first != second || (a->fraction.length == 0 && b->fraction.length == 0))
    {
        return first == second  ? EGRET_ORDER_EQUAL
               : first < second ? EGRET_ORDER_LESS
                                : EGRET_ORDER_GREATER;
    }
    if (a->is_negative != b->is_negative) {
        return a->is_negative ? EGRET_ORDER_LESS : EGRET_ORDER_GREATER;
    }
    return a->is_negative ? compare_fraction(b->fraction, a->fraction)
                          : compare_fraction(a->fraction, b->fraction);
}

egret_order_t
egret_duration_compare(const egret_duration_t *a, const egret_duration_t *b)
{
    /* The four moments that the specification has both added to. */
    static const calendar_t starts[] = {
        { 1696, 9, 1 }, { 1697, 2, 1 }, { 1903, 3, 1 }, { 1903, 7, 1 }
    };
    egret_order_t order = compare_from(&starts[0], a, b);

    for (size_t i = 1; i < sizeof(starts) / sizeof(starts[0]); i++) {
        if (compare_from(&starts[i], a, b) != order) {
            return EGRET_ORDER_NONE;
        }
    }
    return order;
}
