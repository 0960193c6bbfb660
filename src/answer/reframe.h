/* SPDX-License-Identifier: Apache-2.0 */
/* reframe: a counterpart's answer in the sender's wrapper and header version.
 * The calls for other layers stand in response.h. */
#ifndef EGRET_ANSWER_REFRAME_H
#define EGRET_ANSWER_REFRAME_H

#include "answer/frame.h"

/* Both have the same header version, and the same elements lead to their
 * AppHdr and to their Document. */
bool egret_reframe_is_same(const egret_tape_t *message,
                           const egret_tape_t *answer);

/* Of an answer in the sender's form: Rltd put in when the header has none.
 * EGRET_ENOMEM, EGRET_ELIMIT. */
egret_rc_t egret_reframe_relate(const egret_answer_request_t *request,
                                const egret_tape_t *answer,
                                egret_arena_t *arena, egret_span_t *out)
    EGRET_MUST_USE;

/* Of any other. EGRET_ENOMEM, EGRET_ELIMIT. */
egret_rc_t egret_reframe_write(const egret_answer_request_t *request,
                               const egret_tape_t *answer,
                               egret_span_t definition, egret_arena_t *arena,
                               egret_span_t *out) EGRET_MUST_USE;

#endif
