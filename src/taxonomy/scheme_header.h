/* SPDX-License-Identifier: Apache-2.0 */
/* scheme_header: the "# key: value" lines of a scheme's file. Part of
 * scheme.h's reader; nobody else calls it. */
#ifndef EGRET_TAXONOMY_SCHEME_HEADER_H
#define EGRET_TAXONOMY_SCHEME_HEADER_H

#include "taxonomy/scheme.h"
#include "taxonomy/tsv.h"

typedef struct {
    egret_scheme_t *scheme;
    unsigned seen;          /* a bit a key */
    bool has_rows_digest;
    egret_sha256_t rows_digest;
    uint32_t digest_line;
} egret_scheme_header_t;

/* One line that begins with #, without its end. Errors as egret_scheme_read
 * says. */
egret_rc_t egret_scheme_header_line(egret_scheme_header_t *header,
                                    egret_tsv_t *tsv, egret_span_t line)
    EGRET_MUST_USE;
/* Whether a line is, or was meant as, such a key; no comment (##) is. */
bool egret_scheme_header_is_key(egret_span_t line);
/* What only the whole header shows: missing keys, dates in order. Faults name
 * the line that the reader has reached. */
egret_rc_t egret_scheme_header_finish(const egret_scheme_header_t *header,
                                      egret_tsv_t *tsv) EGRET_MUST_USE;

#endif
