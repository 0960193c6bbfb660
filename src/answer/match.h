/* SPDX-License-Identifier: Apache-2.0 */
/* match: whether an answer is about a message. The calls for other layers
 * stand in response.h. */
#ifndef EGRET_ANSWER_MATCH_H
#define EGRET_ANSWER_MATCH_H

#include "answer/answer.h"

typedef enum {
    EGRET_MATCH_YES,
    EGRET_MATCH_OTHER_MESSAGE,
    EGRET_MATCH_NOTHING_NAMED /* it says of no message that it answers it */
} egret_match_word_t;

typedef struct {
    egret_match_word_t word;
    egret_node_t node; /* of what is not the message's; or EGRET_NODE_NONE */
} egret_match_t;

/* `answer` is valid by its schema. The cost grows with n log n of the
 * transactions on both sides. EGRET_ENOMEM, EGRET_ELIMIT. */
egret_rc_t egret_match_message(const egret_verdict_t *verdict,
                               const egret_tape_t *answer,
                               egret_arena_t *arena, egret_match_t *out)
    EGRET_MUST_USE;

/* AppHdr/Fr or To of the answer that names somebody else than the receiver or
 * the sender; EGRET_NODE_NONE for none. */
egret_node_t egret_match_party(const egret_verdict_t *verdict,
                               const egret_tape_t *answer);

#endif
