/* SPDX-License-Identifier: Apache-2.0 */
/* tsv: the lines and fields of a tab-separated text, and the sentence that
 * refuses it with file and line. For the files of this layer alone. */
#ifndef EGRET_TAXONOMY_TSV_H
#define EGRET_TAXONOMY_TSV_H

#include "util/arena.h"

typedef struct {
    egret_arena_t *arena;
    egret_span_t file; /* its name, for sentences */
    egret_span_t rest;
    uint32_t line;       /* of the last line given, from 1 */
    egret_span_t *fault; /* "FILE:LINE: sentence" */
} egret_tsv_t;

/* Begins at the first line and clears `*fault`. EGRET_ESYNTAX (with fault): a
 * byte order mark, bytes that are no UTF-8, a control character other than tab
 * and the end of a line. EGRET_ENOMEM, EGRET_ELIMIT. */
egret_rc_t egret_tsv_init(egret_tsv_t *tsv, egret_arena_t *arena,
                          egret_span_t file, egret_span_t text,
                          egret_span_t *fault) EGRET_MUST_USE;
/* The next line without its end (LF or CR LF); false after the last. */
bool egret_tsv_next(egret_tsv_t *tsv, egret_span_t *line);
/* The fields between tabs. Returns their number, of which at most `capacity`
 * are set. An empty line has one. */
size_t egret_tsv_split(egret_span_t line, egret_span_t *fields,
                       size_t capacity);

/* Sets the fault to FILE, `line` and the sentence, and returns `rc`; or the
 * arena's rc, when the sentence or the fault could not be written. */
egret_rc_t egret_tsv_refuse(egret_tsv_t *tsv, egret_rc_t rc, uint32_t line,
                            egret_span_t sentence) EGRET_MUST_USE;
/* As much of a value as a sentence should show: whole characters, at most 60
 * bytes. */
egret_span_t egret_tsv_shown(egret_span_t value);

/* 1 to 35 printable ASCII characters, no space, no quotation mark,
 * none of # | / : when
 * `is_name` (a scheme's id or version); of a code (not `is_name`) / and : may
 * be part. */
bool egret_tsv_is_code(egret_span_t text, bool is_name);

/* Takes off the quotation marks that a spreadsheet has put around a cell; any
 * other cell stays as it is. EGRET_ENOMEM, EGRET_ELIMIT. */
egret_rc_t egret_tsv_unquote(egret_arena_t *arena, egret_span_t *cell)
    EGRET_MUST_USE;
/* Whether the name has the letters and digits of the known one, in this order:
 * then only case, marks or space may tell them apart. */
bool egret_tsv_is_alike(egret_span_t name, const char *known);

#endif
