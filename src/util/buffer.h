/* SPDX-License-Identifier: Apache-2.0 */
/* buffer: bytes that grow in an arena, never beyond a compulsory maximum.
 *
 * A failed append leaves the contents as they were and is remembered: every
 * later append fails too, so a writer may append many times and ask once at
 * the end with egret_buffer_rc. */
#ifndef EGRET_UTIL_BUFFER_H
#define EGRET_UTIL_BUFFER_H

#include "util/arena.h"

typedef struct {
    egret_arena_t *arena;
    char *bytes;
    size_t length;
    size_t capacity;
    size_t maximum;
    egret_rc_t rc;
} egret_buffer_t;

void egret_buffer_init(egret_buffer_t *buffer, egret_arena_t *arena,
                       size_t maximum);

void egret_buffer_add(egret_buffer_t *buffer, egret_span_t span);
void egret_buffer_add_text(egret_buffer_t *buffer, const char *text);
void egret_buffer_add_byte(egret_buffer_t *buffer, char byte);
void egret_buffer_print(egret_buffer_t *buffer, const char *format, ...)
    EGRET_PRINTF(2, 3);
/* As XML character data: & < > " and CR escaped, and with `in_attribute` also
 * TAB and LF. The span must be UTF-8 of XML characters. */
void egret_buffer_add_xml(egret_buffer_t *buffer, egret_span_t span,
                          bool in_attribute);
/* As a JSON string with its quotation marks. Bytes that are no UTF-8 become
 * U+FFFD, so the output is always valid JSON. */
void egret_buffer_add_json(egret_buffer_t *buffer, egret_span_t span);

/* EGRET_OK, EGRET_ENOMEM or EGRET_ELIMIT (the maximum or the arena's). */
egret_rc_t egret_buffer_rc(const egret_buffer_t *buffer) EGRET_MUST_USE;
/* What was added so far. Valid until the next append. */
egret_span_t egret_buffer_span(const egret_buffer_t *buffer);

#endif
