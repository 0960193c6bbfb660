/* SPDX-License-Identifier: Apache-2.0 */
/* span: bytes that somebody else owns, with their length. Not terminated by a
 * zero; `at` may be NULL when `length` is 0. Passed by value. */
#ifndef EGRET_UTIL_SPAN_H
#define EGRET_UTIL_SPAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef struct {
    const char *at;
    size_t length;
} egret_span_t;

/* A span over a string literal. */
#define EGRET_SPAN(literal) ((egret_span_t){ (literal), sizeof(literal) - 1 })
/* For "%.*s". */
#define EGRET_SPAN_ARGS(span) (int) (span).length, ((span).at ? (span).at : "")

/* Over the bytes of a C string (NULL gives the empty span). */
static inline egret_span_t
egret_span_from(const char *text)
{
    return (egret_span_t){ text, text == NULL ? 0 : strlen(text) };
}

/* Whether two runs of `length` bytes are the same. The names of a message have
 * 3 to 16 bytes: two words that overlap hold them, and no call is needed. */
static inline bool
egret_bytes_equal(const char *a, const char *b, size_t length)
{
    uint64_t first[2], last[2];
    uint32_t head[2], tail[2];

    if (length > 2 * sizeof(uint64_t)) {
        return a != NULL && b != NULL && memcmp(a, b, length) == 0;
    }
    if (length >= sizeof(uint64_t)) {
        memcpy(&first[0], a, sizeof(uint64_t));
        memcpy(&first[1], b, sizeof(uint64_t));
        memcpy(&last[0], a + length - sizeof(uint64_t), sizeof(uint64_t));
        memcpy(&last[1], b + length - sizeof(uint64_t), sizeof(uint64_t));
        return first[0] == first[1] && last[0] == last[1];
    }
    if (length >= sizeof(uint32_t)) {
        memcpy(&head[0], a, sizeof(uint32_t));
        memcpy(&head[1], b, sizeof(uint32_t));
        memcpy(&tail[0], a + length - sizeof(uint32_t), sizeof(uint32_t));
        memcpy(&tail[1], b + length - sizeof(uint32_t), sizeof(uint32_t));
        return head[0] == head[1] && tail[0] == tail[1];
    }
    for (size_t i = 0; i < length; i++) {
        if (a[i] != b[i]) {
            return false;
        }
    }

    return true;
}

static inline bool
egret_span_equals(egret_span_t a, egret_span_t b)
{
    return a.length == b.length && egret_bytes_equal(a.at, b.at, a.length);
}

static inline bool
egret_span_equals_text(egret_span_t a, const char *text)
{
    return egret_span_equals(a, egret_span_from(text));
}

/* ASCII letters compare without case; other bytes as they are. */
bool egret_span_equals_nocase(egret_span_t a, egret_span_t b);
bool egret_span_starts_with(egret_span_t a, egret_span_t prefix);
bool egret_span_ends_with(egret_span_t a, egret_span_t suffix);
/* memcmp order, the shorter first: -1, 0 or 1. */
int egret_span_compare(egret_span_t a, egret_span_t b);
/* Offset of the first `byte`, or a.length. */
size_t egret_span_find(egret_span_t a, char byte);
/* From `from` up to, not including, `to`; both are cut to the length. */
static inline egret_span_t
egret_span_slice(egret_span_t a, size_t from, size_t to)
{
    if (to > a.length) {
        to = a.length;
    }
    if (from > to) {
        from = to;
    }

    return a.at == NULL ? a : (egret_span_t){ a.at + from, to - from };
}

/* Without leading and trailing XML white space (20, 9, A, D). */
egret_span_t egret_span_trim(egret_span_t a);
/* Unicode characters of UTF-8 bytes: bytes that are no continuation byte. */
size_t egret_span_characters(egret_span_t a);
/* True for well-formed UTF-8 (RFC 3629: no overlong form, no surrogate, at
 * most U+10FFFF). `*offset`, if not NULL, is set to the first bad byte. */
bool egret_span_is_utf8(egret_span_t a, size_t *offset);
/* FNV-1a, 32 bits; for tables, not for secrets. */
uint32_t egret_span_hash(egret_span_t a);

#endif
