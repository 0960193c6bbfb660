/* SPDX-License-Identifier: Apache-2.0 */
#include "codec/xml_prolog.h"

#include <string.h>

#define BLOCK 32

/* No branch and no more than 8 bits a byte, so that the compiler can use
 * vectors. */
static bool
block_is_plain(const unsigned char *at)
{
    unsigned char odd[BLOCK], all = 0;

    for (int i = 0; i < BLOCK; i++) {
        unsigned char c = at[i];
        unsigned char is_control = c < 0x20;
        unsigned char is_space = (c == '\n') | (c == '\r') | (c == '\t');

        odd[i] = (unsigned char) ((c >> 7) | (is_control & ~is_space));
    }
    for (int i = 0; i < BLOCK; i++) {
        all |= odd[i];
    }

    return all == 0;
}

/* Length of the UTF-8 sequence at `at`, 0 when it is none (RFC 3629). */
static size_t
sequence(const unsigned char *at, size_t left)
{
    unsigned char c = at[0];

    if (c >= 0xc2 && c <= 0xdf) {
        return left >= 2 && (at[1] & 0xc0) == 0x80 ? 2 : 0;
    }
    if (c >= 0xe0 && c <= 0xef) {
        if (left < 3 || (at[1] & 0xc0) != 0x80 || (at[2] & 0xc0) != 0x80
            || (c == 0xe0 && at[1] < 0xa0) || (c == 0xed && at[1] > 0x9f)) {
            return 0;
        }
        return 3;
    }
    if (c >= 0xf0 && c <= 0xf4) {
        if (left < 4 || (at[1] & 0xc0) != 0x80 || (at[2] & 0xc0) != 0x80
            || (at[3] & 0xc0) != 0x80 || (c == 0xf0 && at[1] < 0x90)
            || (c == 0xf4 && at[1] > 0x8f)) {
            return 0;
        }
        return 4;
    }

    return 0;
}

static bool
is_noncharacter(const unsigned char *at)
{
    return at[0] == 0xef && at[1] == 0xbf && at[2] >= 0xbe;
}

static size_t
character(const unsigned char *at, size_t left, egret_xml_fault_kind_t *kind)
{
    size_t length = 1;

    if (at[0] >= 0x80) {
        length = sequence(at, left);
        if (length == 0) {
            *kind = EGRET_XML_BAD_UTF8;
        } else if (length == 3 && is_noncharacter(at)) {
            *kind = EGRET_XML_BAD_CHARACTER;
        }
    } else if (at[0] == 0) {
        *kind = EGRET_XML_HAS_NUL;
    } else if (at[0] < 0x20 && at[0] != '\n' && at[0] != '\r'
               && at[0] != '\t') {
        *kind = EGRET_XML_BAD_CHARACTER;
    }

    return length;
}

size_t
egret_xml_characters(egret_span_t bytes, egret_xml_fault_kind_t *kind)
{
    const unsigned char *at = (const unsigned char *) bytes.at;
    size_t i = 0;

    *kind = EGRET_XML_SOUND;

    while (i < bytes.length) {
        if (bytes.length - i >= BLOCK && block_is_plain(at + i)) {
            i += BLOCK;
            continue;
        }
        for (size_t end = i + BLOCK / 2; i < end && i < bytes.length;) {
            size_t length = character(at + i, bytes.length - i, kind);

            if (*kind != EGRET_XML_SOUND) {
                return i;
            }
            i += length;
        }
    }

    return bytes.length;
}

static bool
is_space(char c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

egret_xml_fault_kind_t
egret_xml_opening(egret_span_t bytes, uint32_t *offset)
{
    size_t i = 0;

    *offset = 0;
    if (bytes.length >= 2
        && (memcmp(bytes.at, "\xff\xfe", 2) == 0
            || memcmp(bytes.at, "\xfe\xff", 2) == 0
            || memcmp(bytes.at, "<\0", 2) == 0
            || memcmp(bytes.at, "\0<", 2) == 0)) {
        return EGRET_XML_IS_UTF16;
    }
    if (bytes.length >= 4 && memcmp(bytes.at, "\0\0\0<", 4) == 0) {
        return EGRET_XML_IS_UTF16;
    }

    if (egret_span_starts_with(bytes, EGRET_SPAN("\xef\xbb\xbf"))) {
        i = 3;
    }
    while (i < bytes.length && is_space(bytes.at[i])) {
        i++;
    }
    *offset = (uint32_t) i;
    if (i == bytes.length) {
        return EGRET_XML_IS_EMPTY;
    }

    return bytes.at[i] == '<' ? EGRET_XML_SOUND : EGRET_XML_IS_NO_XML;
}

/* The value of a pseudo-attribute, empty when it is not there. */
static egret_span_t
pseudo_attribute(egret_span_t declaration, const char *name)
{
    size_t length = strlen(name);
    const char *end = declaration.at + declaration.length;

    for (const char *at = declaration.at + 1; at + length < end; at++) {
        const char *quote, *close;

        if (!is_space(at[-1]) || memcmp(at, name, length) != 0) {
            continue;
        }
        quote = at + length;
        while (quote < end && (is_space(*quote) || *quote == '=')) {
            quote++;
        }
        if (quote == end || (*quote != '"' && *quote != '\'')) {
            continue;
        }
        close = memchr(quote + 1, *quote, (size_t) (end - quote - 1));
        if (close != NULL) {
            return (egret_span_t){ quote + 1, (size_t) (close - quote - 1) };
        }
    }

    return (egret_span_t){ NULL, 0 };
}

static bool
is_readable_encoding(egret_span_t name, bool is_ascii)
{
    return egret_span_equals_nocase(name, EGRET_SPAN("UTF-8"))
           || egret_span_equals_nocase(name, EGRET_SPAN("UTF8"))
           || (is_ascii
               && (egret_span_equals_nocase(name, EGRET_SPAN("US-ASCII"))
                   || egret_span_equals_nocase(name, EGRET_SPAN("ASCII"))));
}

egret_xml_scan_fault_t
egret_xml_declaration(egret_span_t bytes, bool is_ascii)
{
    egret_xml_scan_fault_t fault = { EGRET_XML_SOUND, 0, { NULL, 0 } };
    egret_span_t rest = bytes, value;
    const char *close;

    if (egret_span_starts_with(rest, EGRET_SPAN("\xef\xbb\xbf"))) {
        rest = egret_span_slice(rest, 3, rest.length);
    }
    if (!egret_span_starts_with(rest, EGRET_SPAN("<?xml")) || rest.length < 7
        || !is_space(rest.at[5])) {
        return fault;
    }
    close = memchr(rest.at, '>', rest.length);
    if (close == NULL) {
        return fault;
    }
    rest.length = (size_t) (close - rest.at);
    rest = egret_span_slice(rest, 5, rest.length);

    value = pseudo_attribute(rest, "encoding");
    if (value.length > 0 && !is_readable_encoding(value, is_ascii)) {
        fault.kind = EGRET_XML_BAD_ENCODING;
    } else {
        value = pseudo_attribute(rest, "version");
        if (value.length == 0 || egret_span_equals_text(value, "1.0")) {
            return fault;
        }
        fault.kind = EGRET_XML_BAD_VERSION;
    }
    fault.got = value;
    fault.offset = (uint32_t) (value.at - bytes.at);

    return fault;
}
