/* SPDX-License-Identifier: Apache-2.0 */
#include "schema/numeral.h"

#include <string.h>

static size_t
count_digits(egret_span_t text, size_t from)
{
    size_t at = from;

    while (at < text.length && text.at[at] >= '0' && text.at[at] <= '9') {
        at++;
    }
    return at - from;
}

static egret_span_t
strip_leading_zeros(egret_span_t digits)
{
    while (digits.length > 0 && digits.at[0] == '0') {
        digits.at++;
        digits.length--;
    }
    return digits;
}

static egret_span_t
strip_trailing_zeros(egret_span_t digits)
{
    while (digits.length > 0 && digits.at[digits.length - 1] == '0') {
        digits.length--;
    }
    return digits;
}

bool
egret_numeral_read(egret_span_t text, egret_numeral_t *out)
{
    size_t at = 0;
    size_t whole;
    size_t fraction = 0;

    out->is_negative = text.length > 0 && text.at[0] == '-';
    if (text.length > 0 && (text.at[0] == '-' || text.at[0] == '+')) {
        at++;
    }
    whole = count_digits(text, at);
    out->whole = egret_span_slice(text, at, at + whole);
    at += whole;
    out->has_point = at < text.length && text.at[at] == '.';
    if (out->has_point) {
        at++;
        fraction = count_digits(text, at);
    }
    out->fraction = egret_span_slice(text, at, at + fraction);
    if (whole + fraction == 0 || at + fraction != text.length) {
        return false;
    }
    out->whole = strip_leading_zeros(out->whole);
    out->fraction = strip_trailing_zeros(out->fraction);
    if (out->whole.length == 0 && out->fraction.length == 0) {
        out->is_negative = false;
    }
    return true;
}

static int
compare_digits(egret_span_t a, egret_span_t b)
{
    size_t shorter = a.length < b.length ? a.length : b.length;
    int order = shorter == 0 ? 0 : memcmp(a.at, b.at, shorter);

    if (order != 0) {
        return order < 0 ? -1 : 1;
    }
    return a.length == b.length ? 0 : a.length < b.length ? -1 : 1;
}

int
egret_numeral_compare(const egret_numeral_t *a, const egret_numeral_t *b)
{
    int order;

    if (a->is_negative != b->is_negative) {
        return a->is_negative ? -1 : 1;
    }
    if (a->whole.length != b->whole.length) {
        order = a->whole.length < b->whole.length ? -1 : 1;
    } else {
        order = compare_digits(a->whole, b->whole);
    }
    if (order == 0) {
        order = compare_digits(a->fraction, b->fraction);
    }
    return a->is_negative ? -order : order;
}

size_t
egret_numeral_total_digits(const egret_numeral_t *a)
{
    return a->whole.length + a->fraction.length;
}
