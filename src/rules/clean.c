/* SPDX-License-Identifier: Apache-2.0 */
#include "rules/clean.h"

#include <string.h>

/* Length of the character that starts here; 0 when it is none of XML's. */
static size_t
character_at(egret_span_t text, size_t at)
{
    unsigned char first = (unsigned char) text.at[at];
    size_t length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    egret_span_t one = egret_span_slice(text, at, at + length);

    if (one.length < length || !egret_span_is_utf8(one, NULL)) {
        return 0;
    }
    /* U+FFFE and U+FFFF. */
    if (length == 3 && (unsigned char) one.at[0] == 0xEF
        && (unsigned char) one.at[1] == 0xBF
        && (unsigned char) one.at[2] >= 0xBE)
    {
        return 0;
    }

    return length;
}


size_t
egret_clean(egret_span_t text, char *out, size_t room)
{
    size_t written = 0;

    for (size_t at = 0; at < text.length;) {
        size_t length = character_at(text, at);
        size_t taken = length == 0 ? 1 : length;

        if (written + taken >= room) {
            break;
        }
        if (length == 0) {
            out[written] = '?';
        } else if ((unsigned char) text.at[at] < 0x20
                   || text.at[at] == '\x7F')
        {
            out[written] = ' ';
        } else {
            memcpy(&out[written], &text.at[at], length);
        }
        written += taken;
        at += taken;
    }
    out[written] = '\0';

    return written;
}


egret_span_t
egret_clean_copy(egret_arena_t *arena, egret_span_t text, size_t maximum)
{
    size_t room = (text.length < maximum ? text.length : maximum) + 1;
    char *out = egret_arena_allocate(arena, room);

    if (out == NULL) {
        return (egret_span_t){ NULL, 0 };
    }

    return (egret_span_t){ out, egret_clean(text, out, room) };
}
