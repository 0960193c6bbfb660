/* SPDX-License-Identifier: Apache-2.0 */
/* decimal: exact decimal numbers as ISO 20022 writes them.
 *
 * A value is kept as sign, up to 38 significant digits and a scale (digits
 * after the point, 0 to 38). No binary floating point anywhere: 0.1 is 0.1.
 * Source of the limits: totalDigits 18 with fractionDigits 5 (ISO 20022
 * ActiveCurrencyAndAmount) or 17 (DecimalNumber), and 30 digits for
 * Max30DecimalNumber. */
#ifndef EGRET_UTIL_DECIMAL_H
#define EGRET_UTIL_DECIMAL_H

#include "util/rc.h"
#include "util/span.h"

typedef struct {
    unsigned __int128 digits; /* the value is digits / 10^scale */
    uint8_t scale;
    bool is_negative; /* never set when digits is 0 */
} egret_decimal_t;

#define EGRET_DECIMAL_DIGITS 38

/* Reads `text` in the lexical form of xs:decimal ("[+-]?([0-9]+(\.[0-9]*)?|
 * \.[0-9]+)", surrounding XML white space allowed). The scale is that of the
 * text ("1.50" has 2). EGRET_ESYNTAX for any other form (locale separators,
 * exponents, an empty span); EGRET_ERANGE over 38 significant digits or 38
 * digits after the point. `*out` is set only on EGRET_OK. */
egret_rc_t egret_decimal_read(egret_span_t text, egret_decimal_t *out)
    EGRET_MUST_USE;

/* Whole number. Cannot fail. */
egret_decimal_t egret_decimal_from(int64_t value);

/* -1, 0 or 1; scale does not matter (1.0 equals 1.00). Cannot fail. */
int egret_decimal_compare(const egret_decimal_t *a, const egret_decimal_t *b);
/* -1, 0 or 1. */
int egret_decimal_sign(const egret_decimal_t *a);

/* Exact. A sum or difference keeps the larger scale, a product the sum of the
 * scales, less trailing zeros where the limits demand it. EGRET_ERANGE when the
 * exact result needs more than 38 digits, or 38 after the point; `*out` is set
 * only on EGRET_OK, here and below. `out` may be `a` or `b`. */
egret_rc_t egret_decimal_add(const egret_decimal_t *a, const egret_decimal_t *b,
                             egret_decimal_t *out) EGRET_MUST_USE;
egret_rc_t egret_decimal_subtract(const egret_decimal_t *a,
                                  const egret_decimal_t *b,
                                  egret_decimal_t *out) EGRET_MUST_USE;
egret_rc_t egret_decimal_multiply(const egret_decimal_t *a,
                                  const egret_decimal_t *b,
                                  egret_decimal_t *out) EGRET_MUST_USE;

/* a / b cut (towards zero) after `scale` digits; `*is_exact`, if not NULL,
 * says whether nothing was cut. EGRET_EINVAL when b is 0; EGRET_ERANGE when
 * `scale` is over 38 or the result needs more than 38 digits. */
egret_rc_t egret_decimal_divide(const egret_decimal_t *a,
                                const egret_decimal_t *b, unsigned scale,
                                egret_decimal_t *out, bool *is_exact)
    EGRET_MUST_USE;
/* Cut towards zero after `scale` digits; a larger scale pads with zeros
 * (EGRET_ERANGE when `scale` is over 38 or that needs more than 38 digits). */
egret_rc_t egret_decimal_truncate(const egret_decimal_t *a, unsigned scale,
                                  egret_decimal_t *out) EGRET_MUST_USE;

/* What fractionDigits and totalDigits of XML Schema count. Digits after the
 * point without trailing zeros; and all digits without leading zeros before
 * the point and trailing ones after it, at least 1: 100 has 3, 1.50 has 2,
 * 0.05 has 2 (totalDigits is never below fractionDigits). */
unsigned egret_decimal_fraction_digits(const egret_decimal_t *a);
unsigned egret_decimal_total_digits(const egret_decimal_t *a);

#define EGRET_DECIMAL_TEXT 44
/* Plain digits with `scale` digits after the point, zero-terminated, no
 * leading zero but one before the point. Returns the length. */
size_t egret_decimal_write(const egret_decimal_t *a,
                           char out[EGRET_DECIMAL_TEXT]);

#endif
