/* SPDX-License-Identifier: Apache-2.0 */
#include "answer/answer.h"

#include "answer/frame.h"
#include "answer/reject.h"
#include "answer/status.h"

#define ANSWER_MAXIMUM ((size_t) 1024 * 1024)

/* An admi.002 is never answered with one: not another version either, nor one
 * of which no more than the header could be read. */
static bool
is_admi_002(const egret_verdict_t *verdict)
{
    egret_span_t id = EGRET_SPAN("admi.002.");
    egret_span_t space = EGRET_SPAN(EGRET_ISO_NAMESPACE "admi.002.");
    const egret_tape_t *tape = &verdict->tape;
    egret_node_t node = tape->app_hdr;

    if (tape->document != EGRET_NODE_NONE) {
        return egret_span_starts_with(
            egret_tape_namespace_uri(tape, tape->document), space);
    }

    if (node != EGRET_NODE_NONE) {
        node = egret_tape_child_named(tape, node, EGRET_SPAN("MsgDefIdr"));
    }

    return node != EGRET_NODE_NONE
           && egret_span_starts_with(
               egret_span_trim(egret_tape_value(tape, node)), id);
}

static egret_rc_t
write_iso(const egret_answer_request_t *request, bool is_status,
          bool is_receipt, egret_arena_t *arena, egret_answer_t *out)
{
    const char *definition = is_status ? "pacs.002.001.10"
                                       : "admi.002.001.01";
    egret_buffer_t buffer;
    egret_frame_t frame;

    egret_buffer_init(&buffer, arena,
                      request->maximum ? request->maximum : ANSWER_MAXIMUM);
    egret_frame_open(&frame, request, egret_span_from(definition), &buffer);

    if (is_status) {
        egret_status_write(request, is_receipt, &buffer);
    } else {
        egret_reject_write(request, &buffer);
    }

    egret_frame_close(&frame);

    out->content_type = EGRET_SPAN("application/xml; charset=utf-8");
    out->body = egret_buffer_span(&buffer);

    return egret_buffer_rc(&buffer);
}

egret_rc_t
egret_answer_write(const egret_answer_request_t *request, egret_arena_t *arena,
                   egret_answer_t *out)
{
    const egret_verdict_t *verdict = request->verdict;

    if (verdict->reply == EGRET_REPLY_FORWARD) {
        return EGRET_EINVAL;
    }

    if (request->wants_problem || verdict->reply == EGRET_REPLY_PROBLEM
        || (verdict->reply == EGRET_REPLY_ADMI_002 && is_admi_002(verdict)))
    {
        return egret_answer_problem(request, arena, out);
    }

    out->status = verdict->http_status;

    return write_iso(request, verdict->reply == EGRET_REPLY_STATUS, false,
                     arena, out);
}

static egret_rc_t
write_plain_receipt(const egret_answer_request_t *request,
                    egret_arena_t *arena, egret_answer_t *out)
{
    egret_buffer_t buffer;

    egret_buffer_init(&buffer, arena, ANSWER_MAXIMUM);
    egret_buffer_print(&buffer, "{\"verdict\":\"%s\",\"messageId\":",
                       egret_verdict_text(request->verdict->word));
    egret_buffer_add_json(&buffer, request->verdict->message_id);
    egret_buffer_add_text(&buffer, "}\n");

    out->content_type = EGRET_SPAN("application/json");
    out->body = egret_buffer_span(&buffer);

    return egret_buffer_rc(&buffer);
}

egret_rc_t
egret_answer_receipt(const egret_answer_request_t *request,
                     egret_arena_t *arena, egret_answer_t *out)
{
    const egret_verdict_t *verdict = request->verdict;

    out->status = 200;

    if (verdict->flow == NULL || verdict->flow->row->status_definition == NULL)
    {
        return write_plain_receipt(request, arena, out);
    }

    return write_iso(request, true, true, arena, out);
}
