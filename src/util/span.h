/* SPDX-License-Identifier: Apache-2.0 */
/* span: bytes that somebody else owns, with their length. Not terminated by a
 * zero; `at` may be NULL when `length` is 0. Passed by value. */
#ifndef EGRET_UTIL_SPAN_H
#define EGRET_UTIL_SPAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct {
    const char *at;
    size_t length;
} egret_span_t;

/* A span over a string literal. */
#define EGRET_SPAN(literal) ((egret_span_t){ (literal), sizeof(literal) - 1 })
/* For "%.*s". */
#define EGRET_SPAN_ARGS(span) (int) (span).length, ((span).at ? (span).at : "")

/* Over the bytes of a C string (NULL gives the empty span). */
egret_span_t egret_span_from(const char *text);
bool egret_span_equals(egret_span_t a, egret_span_t b);
bool egret_span_equals_text(egret_span_t a, const char *text);
/* ASCII letters compare without case; other bytes as they are. */
bool egret_span_equals_nocase(egret_span_t a, egret_span_t b);
bool egret_span_starts_with(egret_span_t a, egret_span_t prefix);
bool egret_span_ends_with(egret_span_t a, egret_span_t suffix);
/* memcmp order, the shorter first: -1, 0 or 1. */
int egret_span_compare(egret_span_t a, egret_span_t b);
/* Offset of the first `byte`, or a.length. */
size_t egret_span_find(egret_span_t a, char byte);
/* From `from` up to, not including, `to`; both are cut to the length. */
egret_span_t egret_span_slice(egret_span_t a, size_t from, size_t to);
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
