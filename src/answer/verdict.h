/* SPDX-License-Identifier: Apache-2.0 */
/* verdict: the one word about a message, and which answer it is due.
 *
 * The `answer` layer writes what the sender gets. One answer, chosen by the
 * worst reject: any T* 403; else X01 to X03 400 (413 for size) with admi.002;
 * else X05, H01 to H03 422 with admi.002; else 422 with the flow's status
 * message. All or nothing: no partial acceptance. */
#ifndef EGRET_ANSWER_VERDICT_H
#define EGRET_ANSWER_VERDICT_H

#include "checks/check.h"

typedef enum {
    EGRET_ACCEPTED,
    EGRET_WARNED,
    EGRET_HELD,
    EGRET_REJECTED
} egret_verdict_word_t;

typedef enum {
    EGRET_REPLY_FORWARD,  /* none of ours: the counterpart answers */
    EGRET_REPLY_PROBLEM,  /* problem+json without an ISO body (T*) */
    EGRET_REPLY_ADMI_002,
    EGRET_REPLY_STATUS    /* the flow's status message, pacs.002 */
} egret_reply_t;

/* All that judging one message gave. Lives in the message's arena. */
typedef struct {
    egret_verdict_word_t word;
    egret_reply_t reply;
    unsigned http_status; /* 200 for EGRET_REPLY_FORWARD */
    egret_findings_t findings;
    egret_tape_t tape;
    const egret_profile_t *profile;
    const egret_definition_t *header;     /* AppHdr's, or NULL */
    const egret_definition_t *definition; /* Document's, or NULL */
    const egret_flow_t *flow;             /* or NULL */
    const egret_partner_t *sender;
    const egret_partner_t *receiver;
    egret_span_t message_id; /* BizMsgIdr, else MsgId, else "" */
    egret_span_t uetr;       /* of the first transaction, or "" */
    egret_span_t output;     /* the bytes to forward (may be the input's) */
    bool is_oversize;        /* over the limit: 413 */
} egret_verdict_t;

/* "accepted", "warned", "held", "rejected". */
const char *egret_verdict_text(egret_verdict_word_t word);
/* Sets word, reply and http_status from the findings, flow and is_oversize. */
void egret_verdict_choose(egret_verdict_t *verdict);
/* The codes in document order without repetition, "P01 A02", 20 at most, then
 * " +N". "" for none. */
egret_rc_t egret_verdict_codes(const egret_verdict_t *verdict,
                               egret_arena_t *arena, egret_span_t *out)
    EGRET_MUST_USE;

#endif
