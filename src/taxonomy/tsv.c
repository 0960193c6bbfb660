/* SPDX-License-Identifier: Apache-2.0 */

#include "taxonomy/tsv.h"

#define SHOWN ((size_t) 60)
#define LONGEST_CODE ((size_t) 35)


static uint32_t
line_of(egret_span_t text, size_t offset)
{
    uint32_t line = 1;

    for (size_t i = 0; i < offset; i++) {
        line += text.at[i] == '\n';
    }

    return line;
}


static size_t
find_control(egret_span_t text)
{
    for (size_t i = 0; i < text.length; i++) {
        unsigned char byte = (unsigned char) text.at[i];
        bool ends_line = byte == '\r' && i + 1 < text.length
                         && text.at[i + 1] == '\n';

        if ((byte < 0x20 && byte != '\t' && byte != '\n' && !ends_line)
            || byte == 0x7f)
        {
            return i;
        }
    }

    return text.length;
}


egret_rc_t
egret_tsv_init(egret_tsv_t *tsv, egret_arena_t *arena, egret_span_t file,
               egret_span_t text, egret_span_t *fault)
{
    size_t offset = 0;

    *tsv = (egret_tsv_t){ arena, file, text, 0, fault };
    *fault = EGRET_SPAN("");

    if (egret_span_starts_with(text, EGRET_SPAN("\xef\xbb\xbf"))) {
        return egret_tsv_refuse(tsv, EGRET_ESYNTAX, 1,
                                EGRET_SPAN("begins with a byte order mark"));
    }
    if (!egret_span_is_utf8(text, &offset)) {
        return egret_tsv_refuse(tsv, EGRET_ESYNTAX, line_of(text, offset),
                                EGRET_SPAN("is not UTF-8"));
    }
    offset = find_control(text);
    if (offset < text.length) {
        return egret_tsv_refuse(tsv, EGRET_ESYNTAX, line_of(text, offset),
                                EGRET_SPAN("holds a control character"));
    }

    return EGRET_OK;
}


bool
egret_tsv_next(egret_tsv_t *tsv, egret_span_t *line)
{
    size_t end;

    if (tsv->rest.length == 0) {
        return false;
    }

    end = egret_span_find(tsv->rest, '\n');
    *line = egret_span_slice(tsv->rest, 0, end);
    tsv->rest = egret_span_slice(tsv->rest, end + 1, tsv->rest.length);
    tsv->line++;
    if (line->length > 0 && line->at[line->length - 1] == '\r') {
        line->length--;
    }

    return true;
}


size_t
egret_tsv_split(egret_span_t line, egret_span_t *fields, size_t capacity)
{
    size_t count = 0;

    for (;;) {
        size_t end = egret_span_find(line, '\t');

        if (count < capacity) {
            fields[count] = egret_span_slice(line, 0, end);
        }
        count++;
        if (end == line.length) {
            return count;
        }
        line = egret_span_slice(line, end + 1, line.length);
    }
}


egret_rc_t
egret_tsv_refuse(egret_tsv_t *tsv, egret_rc_t rc, uint32_t line,
                 egret_span_t sentence)
{
    egret_span_t fault;

    if (rc == EGRET_ENOMEM || rc == EGRET_ELIMIT) {
        return rc;
    }
    if (sentence.at == NULL) {
        return egret_arena_rc(tsv->arena);
    }

    fault = egret_arena_print(tsv->arena, "%.*s:%u: %.*s",
                              EGRET_SPAN_ARGS(tsv->file), line == 0 ? 1 : line,
                              EGRET_SPAN_ARGS(sentence));
    if (fault.at == NULL) {
        return egret_arena_rc(tsv->arena);
    }
    *tsv->fault = fault;

    return rc;
}


egret_span_t
egret_tsv_shown(egret_span_t value)
{
    size_t length = SHOWN;

    if (value.length <= SHOWN) {
        return value;
    }
    while (length > 0 && ((unsigned char) value.at[length] & 0xc0) == 0x80) {
        length--;
    }

    return egret_span_slice(value, 0, length);
}


bool
egret_tsv_is_code(egret_span_t text, bool is_name)
{
    if (text.length == 0 || text.length > LONGEST_CODE) {
        return false;
    }

    for (size_t i = 0; i < text.length; i++) {
        char byte = text.at[i];

        if (byte <= ' ' || byte > '~' || byte == '#' || byte == '|'
            || byte == '"' || byte == '\''
            || (is_name && (byte == '/' || byte == ':')))
        {
            return false;
        }
    }

    return true;
}


egret_rc_t
egret_tsv_unquote(egret_arena_t *arena, egret_span_t *cell)
{
    egret_span_t inner;
    char *bytes;
    size_t length = 0;

    if (cell->length < 2 || cell->at[0] != '"'
        || cell->at[cell->length - 1] != '"')
    {
        return EGRET_OK;
    }

    inner = egret_span_slice(*cell, 1, cell->length - 1);
    bytes = egret_arena_allocate(arena, inner.length);
    if (bytes == NULL) {
        return egret_arena_rc(arena);
    }
    for (size_t i = 0; i < inner.length; i++) {
        bytes[length++] = inner.at[i];
        if (inner.at[i] == '"' && i + 1 < inner.length
            && inner.at[i + 1] == '"')
        {
            i++;
        }
    }
    *cell = (egret_span_t){ bytes, length };

    return EGRET_OK;
}


/* The next letter or digit, a small one; 0 after the last. */
static char
next_letter(egret_span_t text, size_t *at)
{
    while (*at < text.length) {
        char byte = text.at[(*at)++];

        if (byte >= 'A' && byte <= 'Z') {
            return (char) (byte - 'A' + 'a');
        }
        if ((byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9')) {
            return byte;
        }
    }

    return 0;
}


bool
egret_tsv_is_alike(egret_span_t name, const char *known)
{
    egret_span_t other = egret_span_from(known);
    size_t at = 0, other_at = 0;

    for (;;) {
        char byte = next_letter(name, &at);

        if (byte != next_letter(other, &other_at)) {
            return false;
        }
        if (byte == 0) {
            return true;
        }
    }
}
