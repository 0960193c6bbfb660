/* SPDX-License-Identifier: Apache-2.0 */

#include <string.h>

#include "util/decimal.h"

typedef unsigned __int128 u128_t;

typedef struct {
    u128_t high;
    u128_t low;
} u256_t;

#define LARGEST_SCALE 38U
#define DIGITS_OF_64_BITS 19

/* 38 nines */
static const u128_t largest_digits =
    (u128_t) UINT64_C(10000000000000000000) * UINT64_C(10000000000000000000)
    - 1;


static u128_t
power_of_ten(unsigned exponent)
{
    u128_t power = 1;

    while (exponent-- > 0) {
        power *= 10;
    }

    return power;
}


static u256_t
wide_multiply(u128_t a, u128_t b)
{
    u128_t mask = UINT64_MAX;
    u128_t low = (a & mask) * (b & mask);
    u128_t cross = (a >> 64) * (b & mask) + (low >> 64);
    u128_t middle = (a & mask) * (b >> 64) + (cross & mask);

    return (u256_t){
        .high = (a >> 64) * (b >> 64) + (cross >> 64) + (middle >> 64),
        .low = (middle << 64) | (low & mask),
    };
}


static int
wide_compare(u256_t a, u256_t b)
{
    if (a.high != b.high) {
        return a.high < b.high ? -1 : 1;
    }

    return (a.low > b.low) - (a.low < b.low);
}


static u256_t
wide_add(u256_t a, u256_t b)
{
    u128_t low = a.low + b.low;

    return (u256_t){ a.high + b.high + (low < a.low), low };
}


static u256_t
wide_subtract(u256_t a, u256_t b)
{
    return (u256_t){ a.high - b.high - (a.low < b.low), a.low - b.low };
}


/* a / 10 with its remainder, 64 bits at a time. */
static u256_t
wide_divide_by_ten(u256_t a, unsigned *remainder)
{
    uint64_t parts[4] = {
        (uint64_t) (a.high >> 64), (uint64_t) a.high,
        (uint64_t) (a.low >> 64), (uint64_t) a.low
    };
    u128_t rest = 0;

    for (size_t i = 0; i < 4; i++) {
        u128_t part = (rest << 64) | parts[i];

        parts[i] = (uint64_t) (part / 10);
        rest = part % 10;
    }

    *remainder = (unsigned) rest;

    return (u256_t){
        ((u128_t) parts[0] << 64) | parts[1],
        ((u128_t) parts[2] << 64) | parts[3]
    };
}


/* Drops trailing zeros only as far as the limits demand it. */
static egret_rc_t
narrow(u256_t digits, unsigned scale, bool is_negative, egret_decimal_t *out)
{
    while (digits.high != 0 || digits.low > largest_digits
           || scale > LARGEST_SCALE)
    {
        unsigned remainder;

        digits = wide_divide_by_ten(digits, &remainder);

        if (remainder != 0 || scale == 0) {
            return EGRET_ERANGE;
        }

        scale--;
    }

    out->digits = digits.low;
    out->scale = (uint8_t) scale;
    out->is_negative = is_negative && digits.low != 0;

    return EGRET_OK;
}


static size_t
count_digits(egret_span_t text, size_t from)
{
    size_t to = from;

    while (to < text.length && text.at[to] >= '0' && text.at[to] <= '9') {
        to++;
    }

    return to - from;
}


static egret_rc_t
append_digits(egret_span_t text, u128_t *digits)
{
    for (size_t i = 0; i < text.length; i++) {
        unsigned digit = (unsigned) (text.at[i] - '0');

        if (*digits > (largest_digits - digit) / 10) {
            return EGRET_ERANGE;
        }

        *digits = *digits * 10 + digit;
    }

    return EGRET_OK;
}


/* Digits with at most one point among them, so few that 64 bits hold them. */
static u128_t
read_few_digits(egret_span_t text)
{
    uint64_t digits = 0;

    for (size_t i = 0; i < text.length; i++) {
        if (text.at[i] != '.') {
            digits = digits * 10 + (uint64_t) (text.at[i] - '0');
        }
    }

    return digits;
}


static egret_rc_t
read_many_digits(egret_span_t text, size_t fraction, u128_t *digits)
{
    size_t whole = egret_span_find(text, '.');
    egret_rc_t rc = append_digits(egret_span_slice(text, 0, whole), digits);

    return rc == EGRET_OK
           ? append_digits(egret_span_slice(text, text.length - fraction,
                                            text.length), digits)
           : rc;
}


egret_rc_t
egret_decimal_read(egret_span_t text, egret_decimal_t *out)
{
    bool is_negative = false;
    size_t whole, fraction = 0, start = 0, end;
    u128_t digits = 0;

    text = egret_span_trim(text);

    if (text.length != 0 && (text.at[0] == '-' || text.at[0] == '+')) {
        is_negative = text.at[0] == '-';
        start = 1;
    }

    whole = count_digits(text, start);
    end = start + whole;

    if (end < text.length && text.at[end] == '.') {
        fraction = count_digits(text, end + 1);
        end += 1 + fraction;
    }

    if (end != text.length || whole + fraction == 0) {
        return EGRET_ESYNTAX;
    }

    if (fraction > LARGEST_SCALE) {
        return EGRET_ERANGE;
    }

    text = egret_span_slice(text, start, end);
    if (whole + fraction <= DIGITS_OF_64_BITS) {
        digits = read_few_digits(text);
    } else if (read_many_digits(text, fraction, &digits) != EGRET_OK) {
        return EGRET_ERANGE;
    }

    out->digits = digits;
    out->scale = (uint8_t) fraction;
    out->is_negative = is_negative && digits != 0;

    return EGRET_OK;
}


egret_decimal_t
egret_decimal_from(int64_t value)
{
    uint64_t magnitude = (uint64_t) value;

    return (egret_decimal_t){
        .digits = value < 0 ? 0 - magnitude : magnitude,
        .is_negative = value < 0,
    };
}


static int
compare_magnitude(const egret_decimal_t *a, const egret_decimal_t *b)
{
    u128_t unit_a = power_of_ten(a->scale);
    u128_t unit_b = power_of_ten(b->scale);
    u128_t part_a = a->digits / unit_a;
    u128_t part_b = b->digits / unit_b;

    if (part_a == part_b) {
        part_a = a->digits % unit_a * power_of_ten(LARGEST_SCALE - a->scale);
        part_b = b->digits % unit_b * power_of_ten(LARGEST_SCALE - b->scale);
    }

    return (part_a > part_b) - (part_a < part_b);
}


int
egret_decimal_sign(const egret_decimal_t *a)
{
    if (a->digits == 0) {
        return 0;
    }

    return a->is_negative ? -1 : 1;
}


int
egret_decimal_compare(const egret_decimal_t *a, const egret_decimal_t *b)
{
    int sign_a = egret_decimal_sign(a);
    int sign_b = egret_decimal_sign(b);

    if (sign_a != sign_b) {
        return sign_a < sign_b ? -1 : 1;
    }

    return sign_a < 0 ? compare_magnitude(b, a) : compare_magnitude(a, b);
}


egret_rc_t
egret_decimal_add(const egret_decimal_t *a, const egret_decimal_t *b,
                  egret_decimal_t *out)
{
    unsigned scale = a->scale > b->scale ? a->scale : b->scale;
    u256_t wide_a = wide_multiply(a->digits, power_of_ten(scale - a->scale));
    u256_t wide_b = wide_multiply(b->digits, power_of_ten(scale - b->scale));

    if (a->is_negative == b->is_negative) {
        return narrow(wide_add(wide_a, wide_b), scale, a->is_negative, out);
    }

    if (wide_compare(wide_a, wide_b) < 0) {
        return narrow(wide_subtract(wide_b, wide_a), scale, b->is_negative,
                      out);
    }

    return narrow(wide_subtract(wide_a, wide_b), scale, a->is_negative, out);
}


egret_rc_t
egret_decimal_subtract(const egret_decimal_t *a, const egret_decimal_t *b,
                       egret_decimal_t *out)
{
    egret_decimal_t opposite = *b;

    opposite.is_negative = !b->is_negative && b->digits != 0;

    return egret_decimal_add(a, &opposite, out);
}


egret_rc_t
egret_decimal_multiply(const egret_decimal_t *a, const egret_decimal_t *b,
                       egret_decimal_t *out)
{
    return narrow(wide_multiply(a->digits, b->digits),
                  (unsigned) a->scale + b->scale,
                  a->is_negative != b->is_negative, out);
}


/* The next digit of a quotient: 10 * rest / divisor. Ten additions, because
 * 10 * rest may need more than 128 bits and rest + rest never does. */
static unsigned
next_digit(u128_t *rest, u128_t divisor)
{
    unsigned digit = 0;
    u128_t sum = 0;

    for (unsigned i = 0; i < 10; i++) {
        sum += *rest;

        if (sum >= divisor) {
            sum -= divisor;
            digit++;
        }
    }

    *rest = sum;

    return digit;
}


egret_rc_t
egret_decimal_divide(const egret_decimal_t *a, const egret_decimal_t *b,
                     unsigned scale, egret_decimal_t *out, bool *is_exact)
{
    bool is_negative = a->is_negative != b->is_negative;
    u128_t largest = largest_digits;
    u128_t quotient, rest;
    unsigned more = scale + b->scale;
    bool is_whole;

    if (b->digits == 0) {
        return EGRET_EINVAL;
    }

    if (scale > LARGEST_SCALE) {
        return EGRET_ERANGE;
    }

    quotient = a->digits / b->digits;
    rest = a->digits % b->digits;

    for (; more > a->scale; more--) {
        unsigned digit = next_digit(&rest, b->digits);

        if (quotient > (largest - digit) / 10) {
            return EGRET_ERANGE;
        }

        quotient = quotient * 10 + digit;
    }

    is_whole = rest == 0;

    for (; more < a->scale; more++) {
        is_whole = is_whole && quotient % 10 == 0;
        quotient /= 10;
    }

    out->digits = quotient;
    out->scale = (uint8_t) scale;
    out->is_negative = is_negative && quotient != 0;

    if (is_exact != NULL) {
        *is_exact = is_whole;
    }

    return EGRET_OK;
}


egret_rc_t
egret_decimal_truncate(const egret_decimal_t *a, unsigned scale,
                       egret_decimal_t *out)
{
    egret_decimal_t result = *a;

    if (scale > LARGEST_SCALE) {
        return EGRET_ERANGE;
    }

    if (scale > a->scale) {
        u128_t factor = power_of_ten(scale - a->scale);

        if (a->digits > largest_digits / factor) {
            return EGRET_ERANGE;
        }

        result.digits = a->digits * factor;
    } else {
        result.digits = a->digits / power_of_ten(a->scale - scale);
    }

    result.scale = (uint8_t) scale;
    result.is_negative = a->is_negative && result.digits != 0;
    *out = result;

    return EGRET_OK;
}


unsigned
egret_decimal_fraction_digits(const egret_decimal_t *a)
{
    u128_t digits = a->digits;
    unsigned scale = a->scale;

    while (scale > 0 && digits % 10 == 0) {
        digits /= 10;
        scale--;
    }

    return scale;
}


unsigned
egret_decimal_total_digits(const egret_decimal_t *a)
{
    unsigned fraction = egret_decimal_fraction_digits(a);
    u128_t digits = a->digits / power_of_ten(a->scale - fraction);
    unsigned total = 0;

    for (; digits != 0; digits /= 10) {
        total++;
    }

    if (total < fraction) {
        total = fraction;
    }

    return total == 0 ? 1 : total;
}


size_t
egret_decimal_write(const egret_decimal_t *a, char out[EGRET_DECIMAL_TEXT])
{
    char text[EGRET_DECIMAL_TEXT];
    char *at = text + sizeof(text);
    u128_t digits = a->digits;
    size_t length;

    *--at = '\0';

    for (unsigned i = 0; i <= a->scale || digits != 0; i++) {
        if (i == a->scale && i != 0) {
            *--at = '.';
        }

        *--at = (char) ('0' + (int) (digits % 10));
        digits /= 10;
    }

    if (a->is_negative) {
        *--at = '-';
    }

    length = (size_t) (text + sizeof(text) - at);
    memcpy(out, at, length);

    return length - 1;
}
