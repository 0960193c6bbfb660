/* SPDX-License-Identifier: Apache-2.0 */
/* findings: all that was found in one message, in document order.
 *
 * Every finding says what is wrong, where, what was expected and how to mend
 * it, so that a partner's engineer needs no telephone. */
#ifndef EGRET_ERR_FINDINGS_H
#define EGRET_ERR_FINDINGS_H

#include "err/code.h"
#include "util/arena.h"

typedef struct {
    egret_code_t code;
    uint8_t case_index; /* into the row's cases; gives iso */
    egret_severity_t severity;
    uint32_t offset; /* byte in the message; orders the findings */
    uint32_t line;   /* from 1; 0 when there is no place */
    uint32_t column; /* in characters from 1; 0 when there is no place */
    egret_span_t xpath; /* prefix-free, from AppHdr or Document; "" for none */
    egret_span_t rule;     /* U01 only: the partner's own code */
    egret_span_t message;  /* what is wrong: one English phrase, no full stop */
    egret_span_t got;      /* as in the message, cut to 140 characters */
    egret_span_t expected;
    egret_span_t fix;      /* what to do about it */
    egret_span_t iso;      /* ISO reason code; "" where none is due */
} egret_finding_t;

#define EGRET_FINDINGS_CEILING 100
#define EGRET_FINDING_GOT 140 /* characters of `got` that are kept */

typedef struct {
    egret_arena_t *arena;
    egret_finding_t *items;
    size_t count;    /* stored, at most the ceiling */
    size_t capacity; /* of items */
    size_t more;     /* found beyond the ceiling */
    egret_severity_t worst; /* EGRET_SEVERITY_INFO when there is none */
    /* The worst severity of each code, over all, stored or not; only where
     * `seen` is set. */
    uint8_t severity_of[EGRET_CODE_COUNT];
    bool seen[EGRET_CODE_COUNT];
} egret_findings_t;

void egret_findings_init(egret_findings_t *findings, egret_arena_t *arena);

/* Adds a copy of `finding` (its spans are not copied: they must live in the
 * message's arena, its bytes or a literal). `iso` is filled from the catalogue
 * when empty; empty `message` becomes the English title; `got` is cut. Kept in
 * order of offset, ties in order of arrival. Beyond the ceiling a worse
 * finding takes the place of the last of the mildest; the rest is counted in
 * `more`. `worst` and `severity_of` count every finding, also one that memory
 * was refused for. EGRET_ENOMEM, EGRET_ELIMIT. */
egret_rc_t egret_findings_add(egret_findings_t *findings,
                              const egret_finding_t *finding) EGRET_MUST_USE;
/* True when a finding of this severity would be stored and not only counted.
 * Who builds costly texts asks first: a message may have a fault in each of
 * its 100,000 elements. */
bool egret_findings_keep(const egret_findings_t *findings,
                         egret_severity_t severity);
/* True when some finding of this code rejects. */
bool egret_findings_reject(const egret_findings_t *findings, egret_code_t code);
/* Where a code is explained: "docs/reference/findings.md#p01". at == NULL when
 * the arena refuses. */
egret_span_t egret_finding_doc(egret_arena_t *arena,
                               const egret_finding_t *finding) EGRET_MUST_USE;

#endif
