/* SPDX-License-Identifier: Apache-2.0 */
#include "codec/xml_scan.h"

#include <endian.h>
#include <string.h>

#include "codec/xml_prolog.h"

#define NAME_MAXIMUM UINT16_MAX
#define BYTES_MAXIMUM (1u << 30)
#define NAMESPACES_MAXIMUM (EGRET_TAPE_NAMESPACES - 1)

#define WORD ((uint32_t) sizeof(uint64_t))
#define ONES (UINT64_MAX / 0xff)
/* Kept out of the way of what every tag runs through. */
#define RARE __attribute__((noinline))

const egret_xml_limits_t egret_xml_limits_default = {
    .bytes = 1024 * 1024,
    .depth = 64,
    .elements = 100000,
    .attributes = 256,
    .name = 256,
    .text = 256 * 1024,
    .tag = 64 * 1024,
    .namespaces = NAMESPACES_MAXIMUM,
};

/* What ends a name in a tag; the zero ends the text. */
static const bool ends_name[256] = {
    [0] = true,
    [' '] = true,  ['\t'] = true, ['\n'] = true, ['\r'] = true, ['/'] = true,
    ['>'] = true,  ['='] = true,  ['"'] = true,  ['\''] = true, ['<'] = true,
};

static const bool is_space[256] = {
    [' '] = true, ['\t'] = true, ['\n'] = true, ['\r'] = true,
};

static void
set_fault(egret_xml_scan_t *scan, egret_xml_fault_kind_t kind, uint32_t offset)
{
    scan->tag = EGRET_XML_TAG_NONE;
    scan->fault = (egret_xml_scan_fault_t){ kind, offset, { NULL, 0 } };
}

/* Eight bytes of the text, the first the lowest. The zeros after the stop are
 * as many as two words. */
static inline uint64_t
word_at(const egret_xml_scan_t *scan, uint32_t at)
{
    uint64_t word;

    memcpy(&word, scan->text + at, WORD);
    return le64toh(word);
}

static uint32_t
find(const egret_xml_scan_t *scan, uint32_t from, char byte)
{
    const char *at;

    if (from >= scan->stop) {
        return scan->stop;
    }
    at = memchr(scan->text + from, byte, scan->stop - from);
    return at == NULL ? scan->stop : (uint32_t) (at - scan->text);
}

/* The offset after `text`, or the stop when it does not follow. */
static uint32_t
find_after(const egret_xml_scan_t *scan, uint32_t from, const char *text)
{
    size_t length = strlen(text);
    const char *at;

    if (from >= scan->stop) {
        return scan->stop;
    }
    at = memmem(scan->text + from, scan->stop - from, text, length);

    return at == NULL ? scan->stop
                      : (uint32_t) (at - scan->text) + (uint32_t) length;
}

static bool
stands_at(const egret_xml_scan_t *scan, uint32_t at, const char *text)
{
    return strncmp(scan->text + at, text, strlen(text)) == 0;
}

/* Zero at the stop. `at` is never beyond it: a byte is only looked at when the
 * one before it is not zero. */
static unsigned char
byte_at(const egret_xml_scan_t *scan, uint32_t at)
{
    return (unsigned char) scan->text[at];
}

static uint32_t
skip_space(const egret_xml_scan_t *scan, uint32_t at)
{
    while (is_space[byte_at(scan, at)]) {
        at++;
    }

    return at;
}

/* Marks the bytes that are below 40. */
static inline uint64_t
low_bytes(uint64_t word)
{
    return ~(word | word >> 1) & (ONES << 6);
}

/* All that ends a name is below 40, and so is little of what a name has. Two
 * words hold most names; to choose between them takes no branch. */
static uint32_t
skip_name(const egret_xml_scan_t *scan, uint32_t at)
{
    while (at < scan->stop) {
        uint64_t first = low_bytes(word_at(scan, at));
        uint64_t second = low_bytes(word_at(scan, at + WORD)) | ONES << 63;
        uint64_t low = first != 0 ? first : second;

        at += (first != 0 ? 0 : WORD) + (uint32_t) __builtin_ctzll(low) / 8;
        if (ends_name[byte_at(scan, at)]) {
            return at;
        }
        at++;
    }

    return scan->stop;
}

/* Comes to the stop with nothing found: either the bytes go on and must not be
 * read, or the message is cut and the parser says so. */
static void
set_end(egret_xml_scan_t *scan)
{
    scan->tag = EGRET_XML_TAG_NONE;
    scan->tag_open = scan->stop;
    scan->at = scan->stop;
    if (scan->stop_fault.kind != EGRET_XML_SOUND
        && scan->fault.kind == EGRET_XML_SOUND) {
        scan->fault = scan->stop_fault;
    }
}

static bool
is_name_declaration(const egret_xml_scan_t *scan, uint32_t from, uint32_t to)
{
    return to - from >= 5 && memcmp(scan->text + from, "xmlns", 5) == 0
           && (to - from == 5 || scan->text[from + 5] == ':');
}

static egret_rc_t
add_attribute(egret_xml_scan_t *scan,
              const egret_xml_scan_attribute_t *attribute)
{
    if (scan->attribute_count == scan->attribute_capacity) {
        size_t old = scan->attribute_capacity * sizeof(*attribute);
        size_t new = old > 0 ? 2 * old : 8 * sizeof(*attribute);
        void *grown = egret_arena_grow(scan->arena, scan->attributes, old, new);

        if (grown == NULL) {
            return egret_arena_rc(scan->arena);
        }
        scan->attributes = grown;
        scan->attribute_capacity = (uint32_t) (new / sizeof(*attribute));
    }
    scan->attributes[scan->attribute_count++] = *attribute;

    return EGRET_OK;
}

/* Reads one attribute and sets `*at` after it. Where it cannot be read there
 * is no tag. */
static egret_rc_t
scan_attribute(egret_xml_scan_t *scan, uint32_t *at)
{
    egret_xml_scan_attribute_t found = { .name = *at };
    uint32_t value;
    unsigned char quote;

    found.name_end = skip_name(scan, *at);
    value = skip_space(scan, found.name_end);
    quote = byte_at(scan, value) == '='
                ? byte_at(scan, value = skip_space(scan, value + 1))
                : 0;
    if (found.name_end - found.name > scan->limits.name) {
        set_fault(scan, EGRET_XML_OVER_NAME, found.name);
        return EGRET_OK;
    }
    if (scan->attribute_count >= scan->limits.attributes) {
        set_fault(scan, EGRET_XML_OVER_ATTRIBUTES, scan->tag_open);
        return EGRET_OK;
    }
    if (found.name_end == found.name || (quote != '"' && quote != '\'')) {
        scan->tag = EGRET_XML_TAG_NONE;
        return EGRET_OK;
    }

    found.value = value + 1;
    found.value_end = find(scan, found.value, (char) quote);
    if (found.value_end - scan->tag_open > scan->limits.tag) {
        set_fault(scan, EGRET_XML_OVER_TAG, scan->tag_open);
        return EGRET_OK;
    }
    if (found.value_end == scan->stop) {
        set_end(scan);
        return EGRET_OK;
    }
    *at = found.value_end + 1;
    found.is_declaration = is_name_declaration(scan, found.name,
                                               found.name_end);

    return add_attribute(scan, &found);
}

/* Counts the element that the tag opens. */
static void
enter(egret_xml_scan_t *scan)
{
    uint32_t declared = 0;

    for (uint32_t i = 0; i < scan->attribute_count; i++) {
        declared += scan->attributes[i].is_declaration;
    }

    if (++scan->elements > scan->limits.elements) {
        set_fault(scan, EGRET_XML_OVER_ELEMENTS, scan->tag_open);
    } else if (scan->depth >= scan->limits.depth) {
        set_fault(scan, EGRET_XML_OVER_DEPTH, scan->tag_open);
    } else if (scan->namespaces + declared > scan->limits.namespaces) {
        set_fault(scan, EGRET_XML_OVER_NAMESPACES, scan->tag_open);
    } else if (scan->tag == EGRET_XML_TAG_START) {
        scan->depth++;
        scan->namespaces_at[scan->depth] = (uint16_t) declared;
        scan->namespaces += declared;
    }
}

/* What follows the name of a start tag, from `at` on. */
static RARE egret_rc_t
scan_attributes(egret_xml_scan_t *scan, uint32_t at)
{
    egret_rc_t rc;

    for (;;) {
        at = skip_space(scan, at);
        if (at - scan->tag_open > scan->limits.tag) {
            set_fault(scan, EGRET_XML_OVER_TAG, scan->tag_open);
            return EGRET_OK;
        }
        if (byte_at(scan, at) == '>') {
            scan->at = at + 1;
            break;
        }
        if (byte_at(scan, at) == '/' && byte_at(scan, at + 1) == '>') {
            scan->tag = EGRET_XML_TAG_EMPTY;
            scan->at = at + 2;
            break;
        }
        if (at >= scan->stop) {
            set_end(scan);
            return EGRET_OK;
        }
        rc = scan_attribute(scan, &at);
        if (rc != EGRET_OK || scan->tag == EGRET_XML_TAG_NONE) {
            return rc;
        }
    }

    scan->tag_close = scan->at;
    enter(scan);

    return EGRET_OK;
}

static egret_rc_t
scan_start_tag(egret_xml_scan_t *scan)
{
    uint32_t name = scan->tag_open + 1, at = skip_name(scan, name);

    scan->tag = EGRET_XML_TAG_START;
    scan->name = name;
    scan->name_end = at;
    if (at - name > scan->limits.name) {
        set_fault(scan, EGRET_XML_OVER_NAME, name);
        return EGRET_OK;
    }
    if (byte_at(scan, at) != '>' || at - name >= scan->limits.tag) {
        return scan_attributes(scan, at);
    }
    scan->tag_close = scan->at = at + 1;
    enter(scan);

    return EGRET_OK;
}

static void
scan_end_tag(egret_xml_scan_t *scan)
{
    uint32_t close = find(scan, scan->tag_open, '>');

    if (close == scan->stop) {
        set_end(scan);
        return;
    }
    scan->tag = EGRET_XML_TAG_END;
    scan->tag_close = scan->at = close + 1;
    if (scan->depth > 0) {
        scan->namespaces -= scan->namespaces_at[scan->depth];
        scan->depth--;
    }
}

/* Goes past comments, PIs and CDATA sections to the next tag. The text before
 * it is counted without comments and PIs. */
static RARE uint32_t
find_tag_after_markup(egret_xml_scan_t *scan)
{
    uint32_t at = scan->at, text = 0, open;

    for (;;) {
        open = find(scan, at, '<');
        text += open - at;
        if (text > scan->limits.text) {
            set_fault(scan, EGRET_XML_OVER_TEXT, scan->content);
            return scan->stop;
        }
        if (open == scan->stop) {
            return open;
        }
        if (byte_at(scan, open + 1) == '?') {
            at = find_after(scan, open + 2, "?>");
        } else if (byte_at(scan, open + 1) != '!') {
            return open;
        } else if (stands_at(scan, open, "<!--")) {
            at = find_after(scan, open + 4, "-->");
        } else if (stands_at(scan, open, "<![CDATA[")) {
            at = find_after(scan, open + 9, "]]>");
            text += at - open;
        } else {
            if (stands_at(scan, open, "<!DOCTYPE")) {
                set_fault(scan, EGRET_XML_HAS_DOCTYPE, open);
            }
            return scan->stop;
        }
        scan->content_is_plain = false;
    }
}

static uint32_t
find_tag(egret_xml_scan_t *scan)
{
    uint32_t open = find(scan, scan->at, '<');
    unsigned char next = byte_at(scan, open + 1);

    scan->content_is_plain = true;
    if (open - scan->at > scan->limits.text || next == '!' || next == '?') {
        return find_tag_after_markup(scan);
    }

    return open;
}

static void
count_lines(egret_xml_scan_t *scan)
{
    while (scan->next_line < scan->tag_open) {
        scan->line++;
        scan->next_line = find(scan, scan->next_line + 1, '\n');
    }
}

/* Each of the two bytes is looked for once over the whole message. */
static bool
content_has(egret_xml_scan_t *scan, uint32_t *next, char byte)
{
    if (*next < scan->content) {
        *next = find(scan, scan->content, byte);
    }

    return *next < scan->tag_open;
}

egret_rc_t
egret_xml_scan_next(egret_xml_scan_t *scan)
{
    scan->content = scan->at;
    scan->attribute_count = 0;
    scan->tag_open = find_tag(scan);
    if (scan->tag_open >= scan->stop) {
        set_end(scan);
        return EGRET_OK;
    }

    count_lines(scan);
    if (content_has(scan, &scan->next_reference, '&')
        || content_has(scan, &scan->next_return, '\r')) {
        scan->content_is_plain = false;
    }

    if (byte_at(scan, scan->tag_open + 1) == '/') {
        scan_end_tag(scan);
        return EGRET_OK;
    }

    return scan_start_tag(scan);
}

static void
set_limits(egret_xml_scan_t *scan, const egret_xml_limits_t *limits)
{
    egret_xml_limits_t *own = &scan->limits;

    *own = limits != NULL ? *limits : egret_xml_limits_default;
    own->bytes = own->bytes < BYTES_MAXIMUM ? own->bytes : BYTES_MAXIMUM;
    own->depth = own->depth < EGRET_TAPE_DEPTH ? own->depth : EGRET_TAPE_DEPTH;
    own->name = own->name < NAME_MAXIMUM ? own->name : NAME_MAXIMUM;
    own->namespaces = own->namespaces < NAMESPACES_MAXIMUM
                          ? own->namespaces : NAMESPACES_MAXIMUM;
}

/* Where the parser must stop, and why. */
static void
set_stop(egret_xml_scan_t *scan)
{
    egret_span_t bytes = scan->bytes;
    egret_xml_fault_kind_t kind;

    if (bytes.length > scan->limits.bytes) {
        bytes.length = scan->limits.bytes;
    }
    scan->stop = (uint32_t) egret_xml_characters(bytes, &kind);
    /* A character cut by the limit is no fault of the sender's. */
    if (bytes.length < scan->bytes.length
        && (kind == EGRET_XML_SOUND
            || (kind == EGRET_XML_BAD_UTF8
                && bytes.length - scan->stop < 4))) {
        kind = EGRET_XML_OVER_BYTES;
    }
    scan->stop_fault.kind = kind;
    scan->stop_fault.offset = scan->stop;
}

static bool
is_ascii(egret_span_t bytes)
{
    unsigned char all = 0;

    for (size_t i = 0; i < bytes.length; i++) {
        all |= (unsigned char) bytes.at[i];
    }

    return all < 0x80;
}

egret_rc_t
egret_xml_scan_start(egret_xml_scan_t *scan, egret_span_t bytes,
                     const egret_xml_limits_t *limits, egret_arena_t *arena)
{
    egret_xml_fault_kind_t kind;
    egret_span_t readable;
    uint32_t offset;

    memset(scan, 0, sizeof(*scan));
    scan->arena = arena;
    scan->bytes = bytes;
    scan->line = 1;
    set_limits(scan, limits);

    kind = egret_xml_opening(bytes, &offset);
    if (kind != EGRET_XML_SOUND) {
        set_fault(scan, kind, offset);
        return EGRET_OK;
    }
    set_stop(scan);
    scan->text = egret_arena_allocate(arena, (size_t) scan->stop + 2 * WORD);
    if (scan->text == NULL) {
        return egret_arena_rc(arena);
    }
    memcpy(scan->text, bytes.at, scan->stop);
    memset(scan->text + scan->stop, 0, 2 * WORD);
    readable = egret_span_slice(bytes, 0, scan->stop);
    scan->declaration_fault = egret_xml_declaration(readable, false);
    if (scan->declaration_fault.kind == EGRET_XML_BAD_ENCODING
        && is_ascii(bytes)) {
        scan->declaration_fault = egret_xml_declaration(readable, true);
    }
    scan->next_line = find(scan, 0, '\n');
    scan->next_reference = find(scan, 0, '&');
    scan->next_return = find(scan, 0, '\r');

    return egret_xml_scan_next(scan);
}
