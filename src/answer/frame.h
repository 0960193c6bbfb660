/* SPDX-License-Identifier: Apache-2.0 */
/* frame: what stands around an answer's Document: the sender's own wrapper
 * and an AppHdr in the sender's header version.
 *
 * The wrapper's start tags are taken from the message as they stand, those
 * that lead to its AppHdr and to its Document. A message without AppHdr, or
 * whose AppHdr is its root, gets a bare Document. */
#ifndef EGRET_ANSWER_FRAME_H
#define EGRET_ANSWER_FRAME_H

#include "answer/answer.h"
#include "answer/iso_writer.h"

typedef struct {
    const egret_answer_request_t *request;
    egret_buffer_t *buffer;
    const egret_tape_t *origin; /* a counterpart's answer that is put into the
                                   sender's form; NULL: an answer of ours */
    egret_node_t header_parent;   /* EGRET_NODE_NONE: no AppHdr is written */
    egret_node_t document_parent;
} egret_frame_t;

/* Writes all that stands before the answer's <Document>: its definition is
 * that of `definition` ("pacs.002.001.10"). */
void egret_frame_open(egret_frame_t *frame,
                      const egret_answer_request_t *request,
                      egret_span_t definition, egret_buffer_t *buffer);
/* The same around the Document of a counterpart's answer: its header says what
 * the counterpart's said, but comes from whom the message was to, goes to whom
 * it was from, and is related to it. Without a header of the counterpart
 * BizMsgIdr is GrpHdr/MsgId, else request->id. The message was accepted. */
void egret_frame_open_for(egret_frame_t *frame,
                          const egret_answer_request_t *request,
                          const egret_tape_t *origin, egret_span_t definition,
                          egret_buffer_t *buffer);
void egret_frame_close(egret_frame_t *frame);
/* <Rltd> with what stood in the message's header, in its namespace; nothing
 * when that is not sound. `with_namespace`: declared anew. */
void egret_frame_related(const egret_verdict_t *verdict, bool with_namespace,
                         egret_buffer_t *buffer);

/* True when the schema had nothing against the node's subtree, so that its
 * values can be repeated. */
bool egret_frame_is_sound(const egret_verdict_t *verdict, egret_node_t node);
/* The sender's BIC: the partner's first, else AppHdr/Fr's; "" when neither. */
egret_span_t egret_frame_sender_bic(const egret_verdict_t *verdict);

#endif
