/* SPDX-License-Identifier: Apache-2.0 */
/* numeral: decimal numbers of any length, compared as text.
 *
 * xs:decimal has no largest value, so a schema's bounds and the values held
 * against them are compared digit by digit, without a number type.
 *
 * Source of the rules: XML Schema 1.0 Part 2, 3.2.3 (decimal), 4.3.11
 * (totalDigits), 4.3.12 (fractionDigits). */
#ifndef EGRET_SCHEMA_NUMERAL_H
#define EGRET_SCHEMA_NUMERAL_H

#include "util/span.h"

/* Points into the text that was read. */
typedef struct {
    bool is_negative;      /* never set for 0 */
    bool has_point;        /* written with a decimal point */
    egret_span_t whole;    /* without leading zeros: "" for 0 */
    egret_span_t fraction; /* without trailing zeros */
} egret_numeral_t;

/* "[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)", no white space. False for another
 * form. */
bool egret_numeral_read(egret_span_t text, egret_numeral_t *out);
/* -1, 0 or 1. */
int egret_numeral_compare(const egret_numeral_t *a, const egret_numeral_t *b);
/* What totalDigits counts: the digits of the smallest i with value = i *
 * 10^-n, and at least n of them. */
size_t egret_numeral_total_digits(const egret_numeral_t *a);

#endif
