/* SPDX-License-Identifier: Apache-2.0 */
#include "answer/frame.h"

bool
egret_frame_is_sound(const egret_verdict_t *verdict, egret_node_t node)
{
    const egret_findings_t *findings = &verdict->findings;
    const egret_tape_node_t *at;

    if (node == EGRET_NODE_NONE) {
        return false;
    }

    at = egret_tape_at(&verdict->tape, node);
    if (!(at->flags & EGRET_NODE_CLOSED) || at->element == NULL) {
        return false;
    }

    if (findings->more > 0 && findings->seen[EGRET_X05]) {
        return false;
    }

    for (size_t i = 0; i < findings->count; i++) {
        const egret_finding_t *finding = &findings->items[i];

        if (finding->code == EGRET_X05 && finding->offset >= at->tag_open
            && finding->offset < at->end_close)
        {
            return false;
        }
    }

    return true;
}

static egret_node_t
header_child(const egret_verdict_t *verdict, const char *name)
{
    egret_node_t header = verdict->tape.app_hdr;

    if (header == EGRET_NODE_NONE) {
        return EGRET_NODE_NONE;
    }

    return egret_tape_child_named(&verdict->tape, header,
                                  egret_span_from(name));
}

egret_span_t
egret_frame_sender_bic(const egret_verdict_t *verdict)
{
    static const char *const steps[] = { "FIId", "FinInstnId", "BICFI" };
    egret_node_t node = header_child(verdict, "Fr");

    if (verdict->sender != NULL && verdict->sender->bic_count > 0) {
        return verdict->sender->bics[0];
    }

    if (!egret_frame_is_sound(verdict, node)) {
        return EGRET_SPAN("");
    }

    for (size_t i = 0; i < 3 && node != EGRET_NODE_NONE; i++) {
        node = egret_tape_child_named(&verdict->tape, node,
                                      egret_span_from(steps[i]));
    }

    return node == EGRET_NODE_NONE
           ? EGRET_SPAN("")
           : egret_span_trim(egret_tape_value(&verdict->tape, node));
}

static void
write_party(egret_buffer_t *buffer, const char *name, egret_span_t bic)
{
    egret_iso_open(buffer, name);

    if (bic.length > 0) {
        egret_iso_agent(buffer, "FIId", bic);

    } else {
        egret_iso_open(buffer, "OrgId");
        egret_iso_text(buffer, "Nm", EGRET_SPAN("NOTPROVIDED"));
        egret_iso_close(buffer, "OrgId");
    }

    egret_iso_close(buffer, name);
}

static void
write_receiver(const egret_verdict_t *verdict, egret_buffer_t *buffer)
{
    egret_node_t from = header_child(verdict, "Fr");

    if (verdict->sender == NULL && egret_frame_is_sound(verdict, from)) {
        egret_iso_copy(buffer, &verdict->tape, from, "To");
        return;
    }

    write_party(buffer, "To", egret_frame_sender_bic(verdict));
}

static void
write_related(const egret_verdict_t *verdict, egret_buffer_t *buffer)
{
    /* The order of BusinessApplicationHeader1 to 7. */
    static const char *const parts[] = { "Fr",        "To",     "BizMsgIdr",
                                         "MsgDefIdr", "BizSvc", "CreDt",
                                         "CpyDplct",  "Prty" };

    if (!egret_frame_is_sound(verdict, verdict->tape.app_hdr)) {
        return;
    }

    egret_iso_open(buffer, "Rltd");

    for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
        egret_node_t node = header_child(verdict, parts[i]);

        if (node != EGRET_NODE_NONE) {
            egret_iso_copy(buffer, &verdict->tape, node, parts[i]);
        }
    }

    egret_iso_close(buffer, "Rltd");
}

static void
write_header(const egret_frame_t *frame, egret_span_t definition)
{
    const egret_answer_request_t *request = frame->request;
    const egret_verdict_t *verdict = request->verdict;
    egret_buffer_t *buffer = frame->buffer;
    egret_span_t uri =
        egret_tape_namespace_uri(&verdict->tape, verdict->tape.app_hdr);
    egret_node_t service = header_child(verdict, "BizSvc");
    /* CreDt of head.001.001.01 must end in Z. */
    bool with_z = egret_span_ends_with(uri, EGRET_SPAN("head.001.001.01"));

    egret_iso_open_root(buffer, "AppHdr", uri);
    write_party(buffer, "Fr", request->config->gateway_bic);
    write_receiver(verdict, buffer);
    egret_iso_text(buffer, "BizMsgIdr", request->id);
    egret_iso_text(buffer, "MsgDefIdr", definition);

    if (egret_frame_is_sound(verdict, service)) {
        egret_iso_copy(buffer, &verdict->tape, service, "BizSvc");
    }

    egret_iso_datetime(buffer, "CreDt", &request->now, with_z);
    write_related(verdict, buffer);
    egret_iso_close(buffer, "AppHdr");
}

static bool
is_above(const egret_tape_t *tape, egret_node_t above, egret_node_t node)
{
    while (node != EGRET_NODE_NONE && node != above) {
        node = egret_tape_at(tape, node)->parent;
    }

    return node == above;
}

/* The start tags from below `above` (EGRET_NODE_NONE: from the root) to
 * `node`. Bounded by the envelope's depth. */
static void
open_tags(const egret_frame_t *frame, egret_node_t above, egret_node_t node)
{
    const egret_tape_t *tape = &frame->request->verdict->tape;
    const egret_tape_node_t *at;

    if (node == EGRET_NODE_NONE || node == above) {
        return;
    }

    at = egret_tape_at(tape, node);
    open_tags(frame, above, at->parent);
    egret_buffer_add(frame->buffer, egret_span_slice(tape->bytes, at->tag_open,
                                                     at->tag_close));
}

static void
close_tags(const egret_frame_t *frame, egret_node_t above, egret_node_t node)
{
    const egret_tape_t *tape = &frame->request->verdict->tape;

    while (node != EGRET_NODE_NONE && node != above) {
        egret_span_t prefix = egret_tape_prefix(tape, node);

        egret_buffer_add_text(frame->buffer, "</");
        egret_buffer_add(frame->buffer, prefix);
        if (prefix.length > 0) {
            egret_buffer_add_byte(frame->buffer, ':');
        }
        egret_buffer_add(frame->buffer, egret_tape_name(tape, node));
        egret_buffer_add_byte(frame->buffer, '>');
        node = egret_tape_at(tape, node)->parent;
    }
}

static egret_node_t
common_parent(const egret_frame_t *frame)
{
    const egret_tape_t *tape = &frame->request->verdict->tape;
    egret_node_t node = frame->header_parent;

    while (!is_above(tape, node, frame->document_parent)) {
        node = egret_tape_at(tape, node)->parent;
    }

    return node;
}

static egret_node_t
parent_of(const egret_tape_t *tape, egret_node_t node)
{
    return node == EGRET_NODE_NONE ? EGRET_NODE_NONE
                                   : egret_tape_at(tape, node)->parent;
}

void
egret_frame_open(egret_frame_t *frame, const egret_answer_request_t *request,
                 egret_span_t definition, egret_buffer_t *buffer)
{
    const egret_tape_t *tape = &request->verdict->tape;

    frame->request = request;
    frame->buffer = buffer;
    frame->header_parent = parent_of(tape, tape->app_hdr);
    frame->document_parent = parent_of(tape, tape->document);

    egret_buffer_add_text(buffer,
                          "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");

    if (frame->header_parent == EGRET_NODE_NONE) {
        return;
    }

    /* A header whose Document was not found: both go where the header was. */
    if (tape->document == EGRET_NODE_NONE
        || frame->document_parent == EGRET_NODE_NONE)
    {
        frame->document_parent = frame->header_parent;
    }

    open_tags(frame, EGRET_NODE_NONE, frame->header_parent);
    write_header(frame, definition);
    close_tags(frame, common_parent(frame), frame->header_parent);
    open_tags(frame, common_parent(frame), frame->document_parent);
}

void
egret_frame_close(egret_frame_t *frame)
{
    if (frame->header_parent != EGRET_NODE_NONE) {
        close_tags(frame, EGRET_NODE_NONE, frame->document_parent);
    }

    egret_buffer_add_byte(frame->buffer, '\n');
}
