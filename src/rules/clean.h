/* SPDX-License-Identifier: Apache-2.0 */
/* clean: text that came out of a rule, made fit for a finding.
 *
 * A rule can hand over any bytes; answers are UTF-8 of XML characters. */
#ifndef EGRET_RULES_CLEAN_H
#define EGRET_RULES_CLEAN_H

#include "util/arena.h"

/* Copies `text` to `out`, at most `room` - 1 bytes and a zero: control
 * characters become a space, what is no UTF-8 or no XML character becomes "?";
 * never half a character. Returns the length. */
size_t egret_clean(egret_span_t text, char *out, size_t room);
/* The same into an arena, at most `maximum` bytes. at == NULL: refused. */
egret_span_t egret_clean_copy(egret_arena_t *arena, egret_span_t text,
                              size_t maximum) EGRET_MUST_USE;

#endif
