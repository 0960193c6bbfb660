/* SPDX-License-Identifier: Apache-2.0 */
#include "codec/xml_text.h"

#include <string.h>

typedef struct {
    const char *at;
    const char *end;
    const char *start;
    char *out;
    size_t length;
    const char *first; /* NULL until text other than white space */
} decoder_t;

static void
put(decoder_t *decoder, char byte)
{
    decoder->out[decoder->length++] = byte;
    if (decoder->first == NULL && byte != ' ' && byte != '\t' && byte != '\n'
        && byte != '\r') {
        decoder->first = decoder->at;
    }
}

/* A line end of the source is one LF, however it was written. */
static void
put_source(decoder_t *decoder)
{
    char byte = *decoder->at;

    if (byte == '\r') {
        if (decoder->at + 1 < decoder->end && decoder->at[1] == '\n') {
            decoder->at++;
        }
        byte = '\n';
    }
    put(decoder, byte);
    decoder->at++;
}

static void
put_character(decoder_t *decoder, uint32_t code)
{
    if (code < 0x80) {
        put(decoder, (char) code);
        return;
    }
    if (code < 0x800) {
        put(decoder, (char) (0xc0 | code >> 6));
    } else {
        if (code < 0x10000) {
            put(decoder, (char) (0xe0 | code >> 12));
        } else {
            put(decoder, (char) (0xf0 | code >> 18));
            put(decoder, (char) (0x80 | (code >> 12 & 0x3f)));
        }
        put(decoder, (char) (0x80 | (code >> 6 & 0x3f)));
    }
    put(decoder, (char) (0x80 | (code & 0x3f)));
}

static int
digit(char byte, uint32_t base)
{
    if (byte >= '0' && byte <= '9') {
        return byte - '0';
    }
    if (base == 16 && byte >= 'a' && byte <= 'f') {
        return byte - 'a' + 10;
    }
    if (base == 16 && byte >= 'A' && byte <= 'F') {
        return byte - 'A' + 10;
    }

    return -1;
}

/* The number in "#233" or "#xE9"; 0 when it is none. */
static uint32_t
character_number(egret_span_t name)
{
    uint32_t base = 10, code = 0;
    size_t i = 1;

    if (name.length > 2 && name.at[1] == 'x') {
        base = 16;
        i = 2;
    }
    for (; i < name.length; i++) {
        int value = digit(name.at[i], base);

        if (value < 0 || code > 0x10ffff) {
            return 0;
        }
        code = code * base + (uint32_t) value;
    }

    return code <= 0x10ffff ? code : 0;
}

static uint32_t
entity(egret_span_t name)
{
    static const struct {
        const char *name;
        char byte;
    } entities[] = {
        { "amp", '&' },  { "lt", '<' },    { "gt", '>' },
        { "quot", '"' }, { "apos", '\'' },
    };

    for (size_t i = 0; i < sizeof(entities) / sizeof(entities[0]); i++) {
        if (egret_span_equals_text(name, entities[i].name)) {
            return (uint32_t) entities[i].byte;
        }
    }

    return 0;
}

static void
put_reference(decoder_t *decoder)
{
    const char *close = memchr(decoder->at, ';',
                               (size_t) (decoder->end - decoder->at));
    egret_span_t name;
    uint32_t code;

    if (close == NULL || close - decoder->at < 2) {
        put_source(decoder);
        return;
    }
    name.at = decoder->at + 1;
    name.length = (size_t) (close - name.at);
    code = name.at[0] == '#' ? character_number(name) : entity(name);
    if (code == 0) {
        put_source(decoder);
        return;
    }
    put_character(decoder, code);
    decoder->at = close + 1;
}

/* Where `text` stands from `from` on, or the end. */
static const char *
find(const decoder_t *decoder, const char *from, const char *text)
{
    const char *at = NULL;

    if (from < decoder->end) {
        at = memmem(from, (size_t) (decoder->end - from), text, strlen(text));
    }

    return at != NULL ? at : decoder->end;
}

static bool
stands_here(const decoder_t *decoder, const char *text)
{
    size_t length = strlen(text);

    return (size_t) (decoder->end - decoder->at) >= length
           && memcmp(decoder->at, text, length) == 0;
}

static void
skip_to(decoder_t *decoder, const char *at, size_t length)
{
    decoder->at = (size_t) (decoder->end - at) > length ? at + length
                                                        : decoder->end;
}

static void
put_markup(decoder_t *decoder)
{
    if (stands_here(decoder, "<![CDATA[")) {
        const char *close = find(decoder, decoder->at + 9, "]]>");

        decoder->at += 9;
        while (decoder->at < close) {
            put_source(decoder);
        }
        skip_to(decoder, close, 3);
    } else if (stands_here(decoder, "<!--")) {
        skip_to(decoder, find(decoder, decoder->at + 4, "-->"), 3);
    } else if (stands_here(decoder, "<?")) {
        skip_to(decoder, find(decoder, decoder->at + 2, "?>"), 2);
    } else {
        put_source(decoder);
    }
}

size_t
egret_xml_text_decode(egret_span_t content, char *out, size_t *first)
{
    decoder_t decoder = { .at = content.at, .start = content.at, .out = out };

    decoder.end = content.at + content.length;
    while (decoder.at < decoder.end) {
        if (*decoder.at == '&') {
            put_reference(&decoder);
        } else if (*decoder.at == '<') {
            put_markup(&decoder);
        } else {
            put_source(&decoder);
        }
    }

    if (first != NULL) {
        *first = decoder.first != NULL
                     ? (size_t) (decoder.first - decoder.start)
                     : content.length;
    }

    return decoder.length;
}

static bool
is_white(char byte)
{
    return byte <= ' '
           && (byte == ' ' || byte == '\n' || byte == '\t' || byte == '\r');
}

size_t
egret_xml_text_white(egret_span_t text)
{
    static const char indent[] = "        ";
    size_t i = 0;

    while (i < text.length && is_white(text.at[i])) {
        i++;
        while (text.length - i >= 8
               && egret_bytes_equal(text.at + i, indent, 8)) {
            i += 8;
        }
        if (i > 0 && text.length >= 8 && text.length - i < 8
            && egret_bytes_equal(text.at + text.length - 8, indent, 8)) {
            return text.length;
        }
    }

    return i;
}
