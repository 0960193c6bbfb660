/* SPDX-License-Identifier: Apache-2.0 */
/* pattern: Lua's patterns, matched with a count of steps.
 *
 * Internal to rules; knows nothing of a Lua state. The language is that of the
 * Lua 5.1 reference manual, section 5.4.1, with %f[set]. A pattern such as
 * ".-.-.-x" takes time without bound on a short text: each step counts, and at
 * the maximum the search gives up. */
#ifndef EGRET_RULES_PATTERN_H
#define EGRET_RULES_PATTERN_H

#include "util/span.h"

#define EGRET_PATTERN_CAPTURES 32
#define EGRET_PATTERN_DEPTH 200

/* In place of a capture's length: */
#define EGRET_CAPTURE_OPEN (SIZE_MAX)         /* not closed yet */
#define EGRET_CAPTURE_POSITION (SIZE_MAX - 1) /* "()" */

typedef struct {
    size_t from;
    size_t length;
} egret_capture_t;

typedef enum {
    EGRET_PATTERN_FOUND,
    EGRET_PATTERN_ABSENT,
    EGRET_PATTERN_FAULT, /* `fault` says what is wrong with the pattern */
    EGRET_PATTERN_SPENT  /* more steps than the maximum */
} egret_pattern_result_t;

typedef struct {
    egret_span_t subject;
    egret_span_t pattern; /* without the ^ at its start */
    size_t steps;         /* taken so far */
    size_t maximum;
    const char *fault;
    unsigned depth;
    size_t capture_count;
    egret_capture_t captures[EGRET_PATTERN_CAPTURES];
} egret_pattern_t;

/* Matches the whole pattern at `at`, no further on; `*end` is where it ends.
 * Captures are those of this match. */
egret_pattern_result_t egret_pattern_match(egret_pattern_t *search, size_t at,
                                           size_t *end);

#endif
