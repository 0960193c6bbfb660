/* SPDX-License-Identifier: Apache-2.0 */
/* moment: the nine date, time and duration types of XML Schema, as far as
 * judging needs them: the lexical form, and the order of two values.
 *
 * Calendar arithmetic for the rules is util/date; here stand the types that
 * only a schema knows, and the partial order that its bounds are judged by.
 * No year has more than ten digits.
 *
 * Source of the rules: XML Schema 1.0 Part 2, 3.2.6 to 3.2.14 and appendix E;
 * year 0000 does not exist, 24:00:00 does. */
#ifndef EGRET_SCHEMA_MOMENT_H
#define EGRET_SCHEMA_MOMENT_H

#include "util/span.h"

typedef enum {
    EGRET_MOMENT_DATETIME,
    EGRET_MOMENT_DATE,
    EGRET_MOMENT_TIME,
    EGRET_MOMENT_YEAR_MONTH,
    EGRET_MOMENT_YEAR,
    EGRET_MOMENT_MONTH_DAY,
    EGRET_MOMENT_MONTH,
    EGRET_MOMENT_DAY
} egret_moment_kind_t;

typedef struct {
    int64_t seconds;       /* as written: the offset is not taken off */
    egret_span_t fraction; /* of a second, without trailing zeros */
    bool has_offset;
    int32_t offset; /* seconds east of UTC */
} egret_moment_t;

typedef struct {
    int64_t months;        /* negative in a negative duration */
    int64_t seconds;       /* likewise */
    egret_span_t fraction; /* of a second, without trailing zeros */
    bool is_negative;
} egret_duration_t;

typedef enum {
    EGRET_ORDER_LESS = -1,
    EGRET_ORDER_EQUAL = 0,
    EGRET_ORDER_GREATER = 1,
    EGRET_ORDER_NONE = 2 /* the specification orders these two neither way */
} egret_order_t;

/* No white space around. False for another form or no such date. */
bool egret_moment_read(egret_moment_kind_t kind, egret_span_t text,
                       egret_moment_t *out);
/* Of two values of one kind. */
egret_order_t egret_moment_compare(const egret_moment_t *a,
                                   const egret_moment_t *b);

/* A number in it has ten digits at most. */
bool egret_duration_read(egret_span_t text, egret_duration_t *out);
egret_order_t egret_duration_compare(const egret_duration_t *a,
                                     const egret_duration_t *b);

#endif
