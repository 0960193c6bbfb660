/* SPDX-License-Identifier: Apache-2.0 */
/* report: a verdict as lines of text or as one JSON object. */
#ifndef EGRET_CLI_REPORT_H
#define EGRET_CLI_REPORT_H

#include <stdio.h>

#include "answer/answer.h"

/* One line a finding: "FILE:LINE:COLUMN: severity CODE xpath: message", with
 * what was got and expected, the fix and the ISO code; a finding without a
 * place stands at 1:1 and at "/". Nothing of a message can end a line or move
 * the cursor: control characters, marks that turn the direction of text and
 * bytes that are no UTF-8 are written as escapes. */
void egret_report_text(egret_span_t file, const egret_verdict_t *verdict,
                       egret_buffer_t *buffer);

/* {"file", "verdict", "definition", "findings"} and a line end; "more" when
 * there were more findings than the ceiling. `definition` is null where none
 * is known. */
egret_rc_t egret_report_json(egret_span_t file, const egret_verdict_t *verdict,
                             egret_buffer_t *buffer) EGRET_MUST_USE;

/* The text, followed by how many findings more there were. */
void egret_report_print(const char *file, const egret_verdict_t *verdict,
                        egret_arena_t *arena, FILE *stream);
/* Any text with the same escapes. */
void egret_report_add(egret_buffer_t *buffer, egret_span_t text);
/* A file's name with the same escapes, for a line on standard error; in the
 * arena, "?" when that refuses. */
const char *egret_report_name(const char *file, egret_arena_t *arena);

#endif
