/* SPDX-License-Identifier: Apache-2.0 */
/* date: calendar dates, times and date-times in the lexical forms of XML
 * Schema 1.0 (proleptic Gregorian calendar), with offsets kept.
 *
 * Nothing here reads a clock: "now" is always passed in. */
#ifndef EGRET_UTIL_DATE_H
#define EGRET_UTIL_DATE_H

#include "util/rc.h"
#include "util/span.h"

typedef struct {
    int32_t year; /* never 0 (XML Schema 1.0); may be negative */
    uint8_t month; /* 1 to 12 */
    uint8_t day;   /* 1 to 31 */
} egret_date_t;

typedef struct {
    egret_date_t date;
    uint8_t hour, minute, second; /* 24:00:00 is kept as hour 24 */
    uint32_t nanosecond;          /* digits beyond nine are cut */
    uint8_t fraction_digits;      /* as written, at most 255 */
    bool has_offset;
    bool is_utc;            /* written as Z */
    int16_t offset_minutes; /* -840 to 840; 0 without one, for Z, -00:00 */
} egret_datetime_t;

/* xs:date without surrounding white space: -?YYYY+-MM-DD with an optional
 * offset, which `*has_offset` (may be NULL) reports. Real calendar dates only.
 * EGRET_ESYNTAX for another form, EGRET_ERANGE for no such date. */
egret_rc_t egret_date_read(egret_span_t text, egret_date_t *out,
                           bool *has_offset) EGRET_MUST_USE;
/* xs:dateTime without surrounding white space; the same errors. */
egret_rc_t egret_datetime_read(egret_span_t text, egret_datetime_t *out)
    EGRET_MUST_USE;
/* xs:time; the date is set to 0001-01-01. The same errors. */
egret_rc_t egret_time_read(egret_span_t text, egret_datetime_t *out)
    EGRET_MUST_USE;

int egret_date_compare(egret_date_t a, egret_date_t b);
/* Days since 1970-01-01, negative before. The year before 1 is -1, a leap
 * year. */
int64_t egret_date_days(egret_date_t date);
/* Days beyond the years that can be held give the first or the last date. */
egret_date_t egret_date_from_days(int64_t days);
/* 1 Monday to 7 Sunday (ISO 8601). */
int egret_date_weekday(egret_date_t date);

/* Seconds since 1970-01-01T00:00:00Z; without an offset, taken as UTC. */
int64_t egret_datetime_seconds(const egret_datetime_t *value);
/* UTC. */
egret_datetime_t egret_datetime_from_seconds(int64_t seconds);

#define EGRET_DATETIME_TEXT 48
/* YYYY-MM-DD; and YYYY-MM-DDThh:mm:ss[.fff]Z or +hh:mm as the value says
 * (nothing without an offset; at most nine digits of a fraction).
 * Zero-terminated; returns the length. */
size_t egret_date_write(egret_date_t date, char out[EGRET_DATETIME_TEXT]);
size_t egret_datetime_write(const egret_datetime_t *value,
                            char out[EGRET_DATETIME_TEXT]);

#endif
