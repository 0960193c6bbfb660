/* SPDX-License-Identifier: Apache-2.0 */

#include "util/span.h"


static unsigned char
lower_ascii(char byte)
{
    if (byte >= 'A' && byte <= 'Z') {
        return (unsigned char) (byte - 'A' + 'a');
    }

    return (unsigned char) byte;
}


static bool
is_xml_space(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}


bool
egret_span_equals_nocase(egret_span_t a, egret_span_t b)
{
    if (a.length != b.length) {
        return false;
    }

    for (size_t i = 0; i < a.length; i++) {
        if (lower_ascii(a.at[i]) != lower_ascii(b.at[i])) {
            return false;
        }
    }

    return true;
}


bool
egret_span_starts_with(egret_span_t a, egret_span_t prefix)
{
    return a.length >= prefix.length
           && egret_span_equals(egret_span_slice(a, 0, prefix.length), prefix);
}


bool
egret_span_ends_with(egret_span_t a, egret_span_t suffix)
{
    return a.length >= suffix.length
           && egret_span_equals(
                  egret_span_slice(a, a.length - suffix.length, a.length),
                  suffix);
}


int
egret_span_compare(egret_span_t a, egret_span_t b)
{
    size_t shorter = a.length < b.length ? a.length : b.length;
    int order = shorter == 0 ? 0 : memcmp(a.at, b.at, shorter);

    if (order != 0) {
        return order < 0 ? -1 : 1;
    }

    return (a.length > b.length) - (a.length < b.length);
}


size_t
egret_span_find(egret_span_t a, char byte)
{
    const char *found = NULL;

    if (a.length != 0) {
        found = memchr(a.at, byte, a.length);
    }

    return found == NULL ? a.length : (size_t) (found - a.at);
}


egret_span_t
egret_span_trim(egret_span_t a)
{
    size_t from = 0;
    size_t to = a.length;

    while (from < to && is_xml_space(a.at[from])) {
        from++;
    }

    while (to > from && is_xml_space(a.at[to - 1])) {
        to--;
    }

    return egret_span_slice(a, from, to);
}


size_t
egret_span_characters(egret_span_t a)
{
    size_t count = 0;

    for (size_t i = 0; i < a.length; i++) {
        count += ((unsigned char) a.at[i] & 0xC0) != 0x80;
    }

    return count;
}


/* Length of the well-formed sequence at the start of 1 or more bytes, or 0.
 * The ranges are those of the table in RFC 3629, section 4. */
static size_t
utf8_sequence(const unsigned char *at, size_t length)
{
    unsigned char lead = at[0];
    unsigned char lowest = 0x80;
    unsigned char highest = 0xBF;
    size_t size;

    if (lead < 0x80) {
        return 1;
    }

    if (lead < 0xC2 || lead > 0xF4) {
        return 0;
    }

    size = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;

    if (lead == 0xE0) {
        lowest = 0xA0;
    } else if (lead == 0xED) {
        highest = 0x9F;
    } else if (lead == 0xF0) {
        lowest = 0x90;
    } else if (lead == 0xF4) {
        highest = 0x8F;
    }

    if (length < size || at[1] < lowest || at[1] > highest) {
        return 0;
    }

    for (size_t i = 2; i < size; i++) {
        if ((at[i] & 0xC0) != 0x80) {
            return 0;
        }
    }

    return size;
}


bool
egret_span_is_utf8(egret_span_t a, size_t *offset)
{
    const unsigned char *at = (const unsigned char *) a.at;
    size_t i = 0;

    while (i < a.length) {
        size_t size = utf8_sequence(at + i, a.length - i);

        if (size == 0) {
            if (offset != NULL) {
                *offset = i;
            }
            return false;
        }

        i += size;
    }

    return true;
}


uint32_t
egret_span_hash(egret_span_t a)
{
    uint32_t hash = 2166136261U;

    for (size_t i = 0; i < a.length; i++) {
        hash = (hash ^ (unsigned char) a.at[i]) * 16777619U;
    }

    return hash;
}
