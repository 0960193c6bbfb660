/* SPDX-License-Identifier: Apache-2.0 */

#include "util/plain.h"

/* The character at `at`, or -1 where the bytes are no UTF-8. */
static int32_t
decode(egret_span_t text, size_t at, size_t *length)
{
    unsigned char first = (unsigned char) text.at[at];
    size_t wanted = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    int32_t character;

    *length = 1;
    if (wanted == 1) {
        return first;
    }
    if (!egret_span_is_utf8(egret_span_slice(text, at, at + wanted), NULL)
        || at + wanted > text.length)
    {
        return -1;
    }

    *length = wanted;
    character = first & (0xff >> (wanted + 1));
    for (size_t i = 1; i < wanted; i++) {
        character = character << 6 | (text.at[at + i] & 0x3f);
    }

    return character;
}


static bool
is_plain(int32_t character)
{
    bool is_control = character < 0x20
                      || (character >= 0x7f && character < 0xa0);
    bool is_separator = character == 0x2028 || character == 0x2029;
    bool is_turning = character == 0x61c || character == 0x200e
                      || character == 0x200f
                      || (character >= 0x202a && character <= 0x202e)
                      || (character >= 0x2066 && character <= 0x2069);

    return !is_control && !is_separator && !is_turning && character != '\\';
}


static void
add_escaped(egret_buffer_t *buffer, int32_t character, unsigned char byte)
{
    switch (character) {
    case '\n':
        egret_buffer_add_text(buffer, "\\n");
        break;
    case '\r':
        egret_buffer_add_text(buffer, "\\r");
        break;
    case '\t':
        egret_buffer_add_text(buffer, "\\t");
        break;
    case '\\':
        egret_buffer_add_text(buffer, "\\\\");
        break;
    case -1:
        egret_buffer_print(buffer, "\\x%02X", byte);
        break;
    default:
        egret_buffer_print(buffer, "\\u{%04X}", (unsigned) character);
    }
}


void
egret_plain_add(egret_buffer_t *buffer, egret_span_t text)
{
    size_t length;

    for (size_t at = 0; at < text.length; at += length) {
        int32_t character = decode(text, at, &length);

        if (is_plain(character)) {
            egret_buffer_add(buffer, egret_span_slice(text, at, at + length));
        } else {
            add_escaped(buffer, character, (unsigned char) text.at[at]);
        }
    }
}
