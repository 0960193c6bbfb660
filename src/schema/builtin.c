/* SPDX-License-Identifier: Apache-2.0 */
#include "schema/builtin.h"

#include <libxml/chvalid.h>
#include <string.h>

#include "schema/expression.h"

#define STRING_TYPE(name, base, lexical, space, phrase)                       \
    { name, base, lexical, EGRET_MOMENT_DATE, space, EGRET_VALUE_TEXT, NULL,  \
      NULL, phrase, false }
#define INTEGER_TYPE(name, base, least, most, phrase)                         \
    { name, base, EGRET_LEXICAL_INTEGER, EGRET_MOMENT_DATE,                   \
      EGRET_SPACE_COLLAPSE, EGRET_VALUE_DECIMAL, least, most, phrase, false }
#define MOMENT_TYPE(name, moment, kind, phrase)                               \
    { name, NULL, EGRET_LEXICAL_MOMENT, moment, EGRET_SPACE_COLLAPSE, kind,   \
      NULL, NULL, phrase, false }
#define OTHER_TYPE(name, lexical, kind, phrase)                               \
    { name, NULL, lexical, EGRET_MOMENT_DATE, EGRET_SPACE_COLLAPSE, kind,     \
      NULL, NULL, phrase, false }

static const egret_builtin_t builtins[] = {
    STRING_TYPE("string", NULL, EGRET_LEXICAL_STRING, EGRET_SPACE_PRESERVE,
                "text"),
    STRING_TYPE("normalizedString", "string", EGRET_LEXICAL_STRING,
                EGRET_SPACE_REPLACE, "text"),
    STRING_TYPE("token", "normalizedString", EGRET_LEXICAL_STRING,
                EGRET_SPACE_COLLAPSE, "text"),
    STRING_TYPE("language", "token", EGRET_LEXICAL_LANGUAGE,
                EGRET_SPACE_COLLAPSE, "a language tag (en, zh-Hans)"),
    STRING_TYPE("NMTOKEN", "token", EGRET_LEXICAL_NMTOKEN,
                EGRET_SPACE_COLLAPSE, "a name token of XML"),
    STRING_TYPE("Name", "token", EGRET_LEXICAL_NAME, EGRET_SPACE_COLLAPSE,
                "a name of XML"),
    STRING_TYPE("NCName", "Name", EGRET_LEXICAL_NCNAME, EGRET_SPACE_COLLAPSE,
                "a name of XML without a colon"),
    { "ID", "NCName", EGRET_LEXICAL_NCNAME, EGRET_MOMENT_DATE,
      EGRET_SPACE_COLLAPSE, EGRET_VALUE_TEXT, NULL, NULL,
      "a name of XML without a colon", true },
    OTHER_TYPE("boolean", EGRET_LEXICAL_BOOLEAN, EGRET_VALUE_BOOLEAN,
               "true or false"),
    OTHER_TYPE("decimal", EGRET_LEXICAL_DECIMAL, EGRET_VALUE_DECIMAL,
               "a decimal number (1234.56)"),
    INTEGER_TYPE("integer", "decimal", NULL, NULL, "a whole number"),
    INTEGER_TYPE("nonPositiveInteger", "integer", NULL, "0",
                 "a whole number of at most 0"),
    INTEGER_TYPE("negativeInteger", "nonPositiveInteger", NULL, "-1",
                 "a whole number below 0"),
    INTEGER_TYPE("nonNegativeInteger", "integer", "0", NULL,
                 "a whole number of at least 0"),
    INTEGER_TYPE("positiveInteger", "nonNegativeInteger", "1", NULL,
                 "a whole number of at least 1"),
    INTEGER_TYPE("long", "integer", "-9223372036854775808",
                 "9223372036854775807", "a whole number of 64 bits"),
    INTEGER_TYPE("int", "long", "-2147483648", "2147483647",
                 "a whole number of 32 bits"),
    INTEGER_TYPE("short", "int", "-32768", "32767",
                 "a whole number from -32768 to 32767"),
    INTEGER_TYPE("byte", "short", "-128", "127",
                 "a whole number from -128 to 127"),
    INTEGER_TYPE("unsignedLong", "nonNegativeInteger", "0",
                 "18446744073709551615", "a whole number of 64 bits"),
    INTEGER_TYPE("unsignedInt", "unsignedLong", "0", "4294967295",
                 "a whole number of 32 bits"),
    INTEGER_TYPE("unsignedShort", "unsignedInt", "0", "65535",
                 "a whole number from 0 to 65535"),
    INTEGER_TYPE("unsignedByte", "unsignedShort", "0", "255",
                 "a whole number from 0 to 255"),
    MOMENT_TYPE("dateTime", EGRET_MOMENT_DATETIME, EGRET_VALUE_DATETIME,
                "a date and time (YYYY-MM-DDThh:mm:ss)"),
    MOMENT_TYPE("date", EGRET_MOMENT_DATE, EGRET_VALUE_DATE,
                "a date (YYYY-MM-DD)"),
    MOMENT_TYPE("time", EGRET_MOMENT_TIME, EGRET_VALUE_TIME,
                "a time (hh:mm:ss)"),
    MOMENT_TYPE("gYearMonth", EGRET_MOMENT_YEAR_MONTH, EGRET_VALUE_OTHER,
                "a month of a year (YYYY-MM)"),
    MOMENT_TYPE("gYear", EGRET_MOMENT_YEAR, EGRET_VALUE_OTHER,
                "a year (YYYY)"),
    MOMENT_TYPE("gMonthDay", EGRET_MOMENT_MONTH_DAY, EGRET_VALUE_OTHER,
                "a day of a month (--MM-DD)"),
    MOMENT_TYPE("gMonth", EGRET_MOMENT_MONTH, EGRET_VALUE_OTHER,
                "a month (--MM)"),
    MOMENT_TYPE("gDay", EGRET_MOMENT_DAY, EGRET_VALUE_OTHER,
                "a day (---DD)"),
    OTHER_TYPE("duration", EGRET_LEXICAL_DURATION, EGRET_VALUE_OTHER,
               "a duration (P1Y2M3DT4H5M6S)"),
    OTHER_TYPE("hexBinary", EGRET_LEXICAL_HEX, EGRET_VALUE_OTHER,
               "bytes as pairs of hexadecimal digits"),
    OTHER_TYPE("base64Binary", EGRET_LEXICAL_BASE64, EGRET_VALUE_OTHER,
               "bytes in Base64"),
    OTHER_TYPE("anyURI", EGRET_LEXICAL_URI, EGRET_VALUE_OTHER, "a URI")
};

bool
egret_lexical_has_length(egret_lexical_t lexical)
{
    return lexical <= EGRET_LEXICAL_NCNAME || lexical == EGRET_LEXICAL_HEX
           || lexical == EGRET_LEXICAL_BASE64 || lexical == EGRET_LEXICAL_URI;
}

bool
egret_lexical_is_number(egret_lexical_t lexical)
{
    return lexical == EGRET_LEXICAL_DECIMAL
           || lexical == EGRET_LEXICAL_INTEGER;
}

const egret_builtin_t *
egret_builtin_find(egret_span_t name)
{
    for (size_t i = 0; i < sizeof(builtins) / sizeof(builtins[0]); i++) {
        if (egret_span_equals_text(name, builtins[i].name)) {
            return &builtins[i];
        }
    }
    return NULL;
}

static bool
is_letter(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}

static bool
is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

static int
hex_digit(char byte)
{
    if (is_digit(byte)) {
        return byte - '0';
    }
    byte = (char) (byte | 0x20);
    return byte >= 'a' && byte <= 'f' ? byte - 'a' + 10 : -1;
}

/* [a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})* */
static bool
is_language(egret_span_t text)
{
    size_t length = 0;
    bool is_first = true;

    for (size_t i = 0; i < text.length; i++) {
        if (text.at[i] == '-' && length > 0) {
            length = 0;
            is_first = false;
            continue;
        }
        if (++length > 8
            || !(is_letter(text.at[i]) || (!is_first && is_digit(text.at[i]))))
        {
            return false;
        }
    }
    return length > 0;
}

static bool
is_name_character(uint32_t c, bool is_initial)
{
    if (xmlIsBaseCharQ(c) || xmlIsIdeographicQ(c) || c == '_' || c == ':') {
        return true;
    }
    return !is_initial
           && (xmlIsDigitQ(c) || c == '.' || c == '-' || xmlIsCombiningQ(c)
               || xmlIsExtenderQ(c));
}

static bool
is_name(egret_span_t text, egret_lexical_t lexical)
{
    const char *at = text.at;
    const char *end = text.at + text.length;

    while (at < end) {
        bool is_initial = at == text.at && lexical != EGRET_LEXICAL_NMTOKEN;
        uint32_t character;
        size_t length = egret_utf8_read(at, end, &character);

        if (length == 0 || !is_name_character(character, is_initial)
            || (character == ':' && lexical == EGRET_LEXICAL_NCNAME))
        {
            return false;
        }
        at += length;
    }
    return text.length > 0;
}

static bool
is_boolean(egret_span_t text)
{
    return egret_span_equals_text(text, "true")
           || egret_span_equals_text(text, "false")
           || egret_span_equals_text(text, "1")
           || egret_span_equals_text(text, "0");
}

static bool
is_hex(egret_span_t text)
{
    for (size_t i = 0; i < text.length; i++) {
        if (hex_digit(text.at[i]) < 0) {
            return false;
        }
    }
    return text.length % 2 == 0;
}

static int
base64_digit(char byte)
{
    if (byte >= 'A' && byte <= 'Z') {
        return byte - 'A';
    }
    if (byte >= 'a' && byte <= 'z') {
        return byte - 'a' + 26;
    }
    if (is_digit(byte)) {
        return byte - '0' + 52;
    }
    return byte == '+' ? 62 : byte == '/' ? 63 : -1;
}

/* Counts digits and padding; the bits that padding leaves over must be 0. */
static bool
is_base64(egret_span_t text)
{
    size_t digits = 0;
    size_t padding = 0;
    int last = 0;

    for (size_t i = 0; i < text.length; i++) {
        if (text.at[i] == ' ') {
            continue;
        }
        if (text.at[i] == '=') {
            padding++;
            continue;
        }
        last = base64_digit(text.at[i]);
        if (last < 0 || padding > 0) {
            return false;
        }
        digits++;
    }
    return padding <= 2 && (digits + padding) % 4 == 0
           && (padding != 1 || (last & 0x03) == 0)
           && (padding != 2 || (last & 0x0F) == 0)
           && (digits > 0 || padding == 0);
}

/* XML Schema escapes what RFC 2396 does not allow, so nearly all text is one.
 * Left to refuse: a broken escape, a second "#", a scheme without a name. */
static bool
is_uri(egret_span_t text)
{
    bool has_fragment = false;

    if (text.length > 0 && text.at[0] == ':') {
        return false;
    }
    for (size_t i = 0; i < text.length; i++) {
        if (text.at[i] == '#') {
            if (has_fragment) {
                return false;
            }
            has_fragment = true;
        } else if (text.at[i] == '%'
                   && (text.length - i < 3 || hex_digit(text.at[i + 1]) < 0
                       || hex_digit(text.at[i + 2]) < 0))
        {
            return false;
        }
    }
    return true;
}

bool
egret_value_read(const egret_builtin_t *builtin, egret_span_t text,
                 egret_value_t *out)
{
    out->lexical = builtin->lexical;
    out->text = text;
    switch (builtin->lexical) {
    case EGRET_LEXICAL_STRING:
        return true;
    case EGRET_LEXICAL_LANGUAGE:
        return is_language(text);
    case EGRET_LEXICAL_NMTOKEN:
    case EGRET_LEXICAL_NAME:
    case EGRET_LEXICAL_NCNAME:
        return is_name(text, builtin->lexical);
    case EGRET_LEXICAL_BOOLEAN:
        return is_boolean(text);
    case EGRET_LEXICAL_DECIMAL:
        return egret_numeral_read(text, &out->as.numeral);
    case EGRET_LEXICAL_INTEGER:
        return egret_numeral_read(text, &out->as.numeral)
               && !out->as.numeral.has_point;
    case EGRET_LEXICAL_MOMENT:
        return egret_moment_read(builtin->moment, text, &out->as.moment);
    case EGRET_LEXICAL_DURATION:
        return egret_duration_read(text, &out->as.duration);
    case EGRET_LEXICAL_HEX:
        return is_hex(text);
    case EGRET_LEXICAL_BASE64:
        return is_base64(text);
    default:
        return is_uri(text);
    }
}

static bool
equal_without_spaces(egret_span_t a, egret_span_t b)
{
    size_t i = 0;
    size_t k = 0;

    for (;;) {
        while (i < a.length && a.at[i] == ' ') {
            i++;
        }
        while (k < b.length && b.at[k] == ' ') {
            k++;
        }
        if (i == a.length || k == b.length) {
            return i == a.length && k == b.length;
        }
        if (a.at[i++] != b.at[k++]) {
            return false;
        }
    }
}

static bool
equal_boolean(egret_span_t a, egret_span_t b)
{
    bool first = a.at[0] == 't' || a.at[0] == '1';
    bool second = b.at[0] == 't' || b.at[0] == '1';

    return first == second;
}

egret_order_t
egret_value_compare(const egret_value_t *a, const egret_value_t *b)
{
    bool is_equal;

    switch (a->lexical) {
    case EGRET_LEXICAL_DECIMAL:
    case EGRET_LEXICAL_INTEGER:
        return (egret_order_t) egret_numeral_compare(&a->as.numeral,
                                                     &b->as.numeral);
    case EGRET_LEXICAL_MOMENT:
        return egret_moment_compare(&a->as.moment, &b->as.moment);
    case EGRET_LEXICAL_DURATION:
        return egret_duration_compare(&a->as.duration, &b->as.duration);
    case EGRET_LEXICAL_BOOLEAN:
        is_equal = equal_boolean(a->text, b->text);
        break;
    case EGRET_LEXICAL_HEX:
        is_equal = egret_span_equals_nocase(a->text, b->text);
        break;
    case EGRET_LEXICAL_BASE64:
        is_equal = equal_without_spaces(a->text, b->text);
        break;
    default:
        is_equal = egret_span_equals(a->text, b->text);
    }
    return is_equal ? EGRET_ORDER_EQUAL : EGRET_ORDER_NONE;
}

static size_t
base64_octets(egret_span_t text)
{
    size_t digits = 0;

    for (size_t i = 0; i < text.length; i++) {
        if (text.at[i] != ' ' && text.at[i] != '=') {
            digits++;
        }
    }
    return digits * 6 / 8;
}

size_t
egret_value_length(const egret_value_t *value)
{
    if (value->lexical == EGRET_LEXICAL_HEX) {
        return value->text.length / 2;
    }
    if (value->lexical == EGRET_LEXICAL_BASE64) {
        return base64_octets(value->text);
    }
    return egret_span_characters(value->text);
}
