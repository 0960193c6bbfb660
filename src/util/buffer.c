/* SPDX-License-Identifier: Apache-2.0 */

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "util/buffer.h"

#define FIRST_CAPACITY ((size_t) 256)
#define LARGEST_MAXIMUM (SIZE_MAX / 4)


void
egret_buffer_init(egret_buffer_t *buffer, egret_arena_t *arena, size_t maximum)
{
    *buffer = (egret_buffer_t){
        .arena = arena,
        .maximum = maximum < LARGEST_MAXIMUM ? maximum : LARGEST_MAXIMUM,
        .rc = EGRET_OK,
    };
}


/* Makes room for `more` bytes; the arena keeps one more for the zero that
 * vsnprintf writes. */
static bool
grow(egret_buffer_t *buffer, size_t more)
{
    size_t capacity = buffer->capacity;
    size_t old_size = capacity == 0 ? 0 : capacity + 1;
    char *bytes;

    if (buffer->rc != EGRET_OK) {
        return false;
    }

    if (more > buffer->maximum - buffer->length) {
        buffer->rc = EGRET_ELIMIT;
        return false;
    }

    if (buffer->bytes != NULL && more <= capacity - buffer->length) {
        return true;
    }

    capacity = capacity == 0 ? FIRST_CAPACITY : capacity * 2;

    if (capacity > buffer->maximum) {
        capacity = buffer->maximum;
    }

    if (capacity < buffer->length + more) {
        capacity = buffer->length + more;
    }

    bytes = egret_arena_grow(buffer->arena, buffer->bytes, old_size,
                             capacity + 1);
    if (bytes == NULL) {
        buffer->rc = egret_arena_rc(buffer->arena);
        return false;
    }

    buffer->bytes = bytes;
    buffer->capacity = capacity;

    return true;
}


/* What is asked for a few bytes at a time must not cost a call. */
static inline bool
reserve(egret_buffer_t *buffer, size_t more)
{
    return (buffer->rc == EGRET_OK && buffer->bytes != NULL
            && more <= buffer->capacity - buffer->length)
           || grow(buffer, more);
}


void
egret_buffer_add(egret_buffer_t *buffer, egret_span_t span)
{
    if (!reserve(buffer, span.length) || span.length == 0) {
        return;
    }

    memcpy(buffer->bytes + buffer->length, span.at, span.length);
    buffer->length += span.length;
}


void
egret_buffer_add_text(egret_buffer_t *buffer, const char *text)
{
    egret_buffer_add(buffer, egret_span_from(text));
}


void
egret_buffer_add_byte(egret_buffer_t *buffer, char byte)
{
    if (reserve(buffer, 1)) {
        buffer->bytes[buffer->length++] = byte;
    }
}


void
egret_buffer_print(egret_buffer_t *buffer, const char *format, ...)
{
    va_list arguments;
    size_t room = 0;
    int length;

    if (!reserve(buffer, 0)) {
        return;
    }
    room = buffer->capacity - buffer->length;

    va_start(arguments, format);
    length = vsnprintf(buffer->bytes + buffer->length, room + 1, format,
                       arguments);
    va_end(arguments);

    if (length < 0) {
        buffer->rc = EGRET_ENOMEM;
        return;
    }
    if ((size_t) length <= room) {
        buffer->length += (size_t) length;
        return;
    }
    if (!reserve(buffer, (size_t) length)) {
        return;
    }

    va_start(arguments, format);
    (void) vsnprintf(buffer->bytes + buffer->length, (size_t) length + 1,
                     format, arguments);
    va_end(arguments);

    buffer->length += (size_t) length;
}


/* Bytes that XML or JSON may have to escape, or that are not ASCII. */
static const bool may_escape[256] = {
    [0x00 ... 0x1F] = true, ['"'] = true,  ['&'] = true,
    ['<'] = true,           ['>'] = true,  ['\\'] = true,
    [0x7F ... 0xFF] = true,
};


static const char *
xml_escape(char byte, bool in_attribute)
{
    switch (byte) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\r':
        return "&#13;";
    case '\t':
        return in_attribute ? "&#9;" : NULL;
    case '\n':
        return in_attribute ? "&#10;" : NULL;
    default:
        return NULL;
    }
}


/* A compound append that failed half-way leaves nothing behind. */
static void
keep_whole(egret_buffer_t *buffer, size_t length_before)
{
    if (buffer->rc != EGRET_OK) {
        buffer->length = length_before;
    }
}


void
egret_buffer_add_xml(egret_buffer_t *buffer, egret_span_t span,
                     bool in_attribute)
{
    size_t length_before = buffer->length;
    size_t plain = 0;

    for (size_t i = 0; i < span.length; i++) {
        const char *escape;

        if (!may_escape[(unsigned char) span.at[i]]) {
            continue;
        }
        escape = xml_escape(span.at[i], in_attribute);

        if (escape != NULL) {
            egret_buffer_add(buffer, egret_span_slice(span, plain, i));
            egret_buffer_add_text(buffer, escape);
            plain = i + 1;
        }
    }

    egret_buffer_add(buffer, egret_span_slice(span, plain, span.length));
    keep_whole(buffer, length_before);
}


static void
add_json_control(egret_buffer_t *buffer, unsigned char byte)
{
    static const char short_forms[] = "\bb\ff\nn\rr\tt";

    for (size_t i = 0; i < sizeof(short_forms) - 1; i += 2) {
        if (short_forms[i] == (char) byte) {
            egret_buffer_add_byte(buffer, '\\');
            egret_buffer_add_byte(buffer, short_forms[i + 1]);
            return;
        }
    }

    egret_buffer_print(buffer, "\\u%04x", (unsigned) byte);
}


static void
add_json_utf8(egret_buffer_t *buffer, egret_span_t span)
{
    size_t plain = 0;

    for (size_t i = 0; i < span.length; i++) {
        unsigned char byte = (unsigned char) span.at[i];

        if (byte >= 0x20 && byte != '"' && byte != '\\') {
            continue;
        }

        egret_buffer_add(buffer, egret_span_slice(span, plain, i));
        plain = i + 1;

        if (byte < 0x20) {
            add_json_control(buffer, byte);
        } else {
            egret_buffer_add_byte(buffer, '\\');
            egret_buffer_add_byte(buffer, (char) byte);
        }
    }

    egret_buffer_add(buffer, egret_span_slice(span, plain, span.length));
}


static bool
is_plain(egret_span_t span)
{
    for (size_t i = 0; i < span.length; i++) {
        if (may_escape[(unsigned char) span.at[i]]) {
            return false;
        }
    }

    return true;
}


void
egret_buffer_add_json(egret_buffer_t *buffer, egret_span_t span)
{
    size_t length_before = buffer->length;
    size_t bad;

    if (is_plain(span) && span.length > 0
        && reserve(buffer, span.length + 2))
    {
        buffer->bytes[buffer->length] = '"';
        memcpy(buffer->bytes + buffer->length + 1, span.at, span.length);
        buffer->bytes[buffer->length + span.length + 1] = '"';
        buffer->length += span.length + 2;
        return;
    }

    egret_buffer_add_byte(buffer, '"');

    while (!egret_span_is_utf8(span, &bad)) {
        add_json_utf8(buffer, egret_span_slice(span, 0, bad));
        egret_buffer_add_text(buffer, "\xEF\xBF\xBD");
        span = egret_span_slice(span, bad + 1, span.length);
    }

    add_json_utf8(buffer, span);
    egret_buffer_add_byte(buffer, '"');
    keep_whole(buffer, length_before);
}


egret_rc_t
egret_buffer_rc(const egret_buffer_t *buffer)
{
    return buffer->rc;
}


egret_span_t
egret_buffer_span(const egret_buffer_t *buffer)
{
    return (egret_span_t){ buffer->bytes, buffer->length };
}
