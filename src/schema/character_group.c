/* SPDX-License-Identifier: Apache-2.0 */
#include "schema/character_group.h"

#include <string.h>

size_t
egret_utf8_read(const char *at, const char *end, uint32_t *character)
{
    unsigned char lead = (unsigned char) *at;
    size_t length = lead < 0x80   ? 1
                    : lead < 0xC2 ? 0
                    : lead < 0xE0 ? 2
                    : lead < 0xF0 ? 3
                    : lead < 0xF5 ? 4
                                  : 0;
    uint32_t c = length == 1 ? lead : lead & (0x7Fu >> length);

    if (length == 0 || (size_t) (end - at) < length) {
        return 0;
    }
    for (size_t i = 1; i < length; i++) {
        unsigned char byte = (unsigned char) at[i];

        if ((byte & 0xC0) != 0x80) {
            return 0;
        }
        c = c << 6 | (byte & 0x3F);
    }
    *character = c;
    return length;
}

egret_rc_t
egret_expression_fail(egret_expression_reader_t *reader, const char *why)
{
    reader->why = why;
    return EGRET_ESYNTAX;
}

egret_rc_t
egret_expression_refuse(egret_expression_reader_t *reader, const char *why)
{
    reader->why = why;
    return EGRET_EUNSUPPORTED;
}

bool
egret_expression_next_is(const egret_expression_reader_t *reader, char byte)
{
    return reader->at < reader->end && *reader->at == byte;
}

egret_rc_t
egret_expression_read_character(egret_expression_reader_t *reader,
                                uint32_t *character)
{
    size_t length = 0;

    if (reader->at < reader->end) {
        length = egret_utf8_read(reader->at, reader->end, character);
    }
    if (length == 0) {
        return egret_expression_fail(reader, "the expression ends too early");
    }
    reader->at += length;
    return EGRET_OK;
}

/* \p{Lu}, \P{IsThai}: stands after the "p". */
static egret_rc_t
read_property(egret_expression_reader_t *reader, egret_span_t *name)
{
    const char *from;

    if (!egret_expression_next_is(reader, '{')) {
        return egret_expression_fail(reader, "\\p needs a name in {}");
    }
    from = ++reader->at;
    while (reader->at < reader->end && *reader->at != '}') {
        reader->at++;
    }
    if (reader->at == reader->end) {
        return egret_expression_fail(reader, "\\p{ is not closed");
    }
    *name = (egret_span_t){ from, (size_t) (reader->at - from) };
    reader->at++;
    return name->length < 2 && name->length != 1
               ? egret_expression_fail(reader, "\\p{} is empty")
               : EGRET_OK;
}

static egret_rc_t
add_named(egret_expression_reader_t *reader, egret_span_t name, bool is_negated,
          egret_charset_t *set)
{
    const egret_charset_t *named;
    egret_charset_t negated;
    egret_rc_t rc = egret_charsets_find(reader->charsets, name, &named);

    if (rc == EGRET_ENOTFOUND) {
        return egret_expression_fail(reader,
                                     "no such category or block of characters");
    }
    if (rc != EGRET_OK || !is_negated) {
        return rc == EGRET_OK ? egret_charset_add_all(set, named) : rc;
    }
    egret_charset_init(&negated, reader->arena);
    rc = egret_charset_add_all(&negated, named);
    if (rc == EGRET_OK) {
        rc = egret_charset_negate(&negated);
    }
    return rc == EGRET_OK ? egret_charset_add_all(set, &negated) : rc;
}

/* After a backslash: `*character` is set for one character, else
 * (`*is_single` false) the characters are added to the set. */
egret_rc_t
egret_expression_read_escape(egret_expression_reader_t *reader,
                             egret_charset_t *set, bool *is_single,
                             uint32_t *character)
{
    char letter;
    egret_span_t name;
    egret_rc_t rc;

    if (reader->at == reader->end) {
        return egret_expression_fail(reader, "a backslash ends the expression");
    }
    letter = *reader->at++;
    *is_single = true;
    if (letter == 'n' || letter == 'r' || letter == 't') {
        *character = letter == 'n' ? '\n' : letter == 'r' ? '\r' : '\t';
        return EGRET_OK;
    }
    *is_single = false;
    if (letter == 'p' || letter == 'P') {
        rc = read_property(reader, &name);
        return rc == EGRET_OK ? add_named(reader, name, letter == 'P', set)
                              : rc;
    }
    if (memchr("sSiIcCdDwW", letter, 10) != NULL) {
        char small = (char) (letter | 0x20);

        name = (egret_span_t){ &small, 1 };
        return add_named(reader, name, letter != small, set);
    }
    *is_single = true;
    *character = (unsigned char) letter;
    /* The grammar names \|.-^?*+{}()[] alone. ISO 20022 escapes more marks,
     * and every engine takes them as themselves. */
    if ((letter >= '0' && letter <= '9') || (letter >= 'A' && letter <= 'Z') ||
        (letter >= 'a' && letter <= 'z') || (*character & 0x80) != 0) {
        return egret_expression_fail(reader, "no such escape");
    }
    return EGRET_OK;
}

/* One character of a set, or a class escape (`*is_single` false). */
static egret_rc_t
read_member(egret_expression_reader_t *reader, egret_charset_t *set,
            bool *is_single, uint32_t *character)
{
    if (egret_expression_next_is(reader, '[')) {
        return egret_expression_fail(reader, "[ stands in a set");
    }
    if (egret_expression_next_is(reader, '\\')) {
        reader->at++;
        return egret_expression_read_escape(reader, set, is_single, character);
    }
    *is_single = true;
    return egret_expression_read_character(reader, character);
}

static egret_rc_t
read_range_end(egret_expression_reader_t *reader, egret_charset_t *set,
               uint32_t low)
{
    uint32_t high = low;
    bool is_single;
    egret_rc_t rc;

    /* A hyphen before the end of the set or before a subtraction is none of a
     * range. */
    if (reader->end - reader->at >= 2 && reader->at[0] == '-' &&
        reader->at[1] != ']' && reader->at[1] != '[') {
        reader->at++;
        rc = read_member(reader, set, &is_single, &high);
        if (rc != EGRET_OK) {
            return rc;
        }
        if (!is_single || high < low) {
            return egret_expression_fail(
                reader, "a range of characters is upside down");
        }
    }
    return egret_charset_add(set, low, high);
}

static egret_rc_t
read_subtraction(egret_expression_reader_t *reader, egret_charset_t *set)
{
    egret_charset_t other;
    egret_rc_t rc;

    reader->at += 2;
    egret_charset_init(&other, reader->arena);
    rc = egret_expression_read_group(reader, &other);
    if (rc == EGRET_OK) {
        rc = egret_charset_subtract(set, &other);
    }
    if (rc == EGRET_OK && !egret_expression_next_is(reader, ']')) {
        return egret_expression_fail(reader, "a subtraction must end its set");
    }
    reader->at++;
    return rc;
}

static egret_rc_t
read_members(egret_expression_reader_t *reader, egret_charset_t *set,
             bool is_negated)
{
    const char *from = reader->at;
    uint32_t character;
    bool is_single;
    egret_rc_t rc = EGRET_OK;

    while (rc == EGRET_OK) {
        if (reader->at == reader->end) {
            return egret_expression_fail(reader, "[ is not closed");
        }
        if (reader->at > from &&
            (*reader->at == ']' ||
             (reader->end - reader->at >= 2 && reader->at[0] == '-' &&
              reader->at[1] == '['))) {
            break;
        }
        if (*reader->at == ']') {
            return egret_expression_fail(reader, "an empty set");
        }
        rc = read_member(reader, set, &is_single, &character);
        if (rc == EGRET_OK && is_single) {
            rc = read_range_end(reader, set, character);
        }
    }
    if (rc == EGRET_OK && is_negated) {
        rc = egret_charset_negate(set);
    }
    return rc;
}

/* Stands after the "[". */
egret_rc_t
egret_expression_read_group(egret_expression_reader_t *reader,
                            egret_charset_t *set)
{
    bool is_negated = egret_expression_next_is(reader, '^');
    egret_rc_t rc;

    if (++reader->depth > EGRET_EXPRESSION_DEPTH) {
        return egret_expression_refuse(reader, "nested too deep");
    }
    if (is_negated) {
        reader->at++;
    }
    rc = read_members(reader, set, is_negated);
    if (rc == EGRET_OK && *reader->at == ']') {
        reader->at++;
    } else if (rc == EGRET_OK) {
        rc = read_subtraction(reader, set);
    }
    reader->depth--;
    return rc;
}
