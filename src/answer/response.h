/* SPDX-License-Identifier: Apache-2.0 */
/* response: what a counterpart sent back: read, matched to the message that it
 * answers, and put into the sender's own form.
 *
 * A counterpart is a partner, not a friend: its answer is read under the same
 * limits as a message (no DTD, no entities), and nothing goes to the sender
 * that its schema refuses, that is about another message, or that comes from
 * or goes to somebody else. */
#ifndef EGRET_ANSWER_RESPONSE_H
#define EGRET_ANSWER_RESPONSE_H

#include "answer/answer.h"

typedef enum {
    EGRET_RESPONSE_SOUND, /* `body` is for the sender */
    EGRET_RESPONSE_NONE,  /* nothing that wants to be an ISO message */
    EGRET_RESPONSE_FAULTY /* `refusal` says in what way */
} egret_response_word_t;

typedef struct {
    egret_response_word_t word;
    egret_refusal_t refusal;
    bool wants_to_be_iso; /* a namespace of ISO 20022 stands in it */
    egret_span_t definition; /* of its Document; "" when there is none known */
    /* Of the fault: its place in the answer, and what is wrong there, without
     * anything of the answer's content. "" where there is nothing to say. */
    egret_span_t xpath;
    egret_span_t fault;
    egret_span_t body;
} egret_response_t;

/* Judges `bytes` as the answer to request->verdict's message.
 *
 * A pacs.002 must name the message (OrgnlMsgId as MsgId or BizMsgIdr, with
 * OrgnlMsgNmId) or one of its transactions (OrgnlUETR, OrgnlTxId, OrgnlInstrId,
 * OrgnlEndToEndId), an admi.002 its reference; AppHdr/Rltd counts as well. All
 * that is named must be the message's; NOTPROVIDED names nothing. AppHdr/Fr
 * must be the receiver, To the sender.
 *
 * The body has the sender's wrapper and header version. An answer that has
 * them already passes as it is, with Rltd put in where it is missing and the
 * header is not signed. Else a header is written: Fr and To are the To and Fr
 * of the message, Rltd its header; CreDt, BizMsgIdr and what else the
 * counterpart's header says are kept. To a bare Document a bare Document
 * comes back. Document's content is never touched: its start tag gets the
 * namespaces that it had from its wrapper.
 *
 * request->maximum bounds the answer as it came; 0: 1 MiB. EGRET_ENOMEM,
 * EGRET_ELIMIT. */
egret_rc_t egret_response_read(const egret_answer_request_t *request,
                               egret_span_t bytes, egret_arena_t *arena,
                               egret_response_t *out) EGRET_MUST_USE;

#endif
