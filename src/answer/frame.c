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

void
egret_frame_related(const egret_verdict_t *verdict, bool with_namespace,
                    egret_buffer_t *buffer)
{
    /* The order of BusinessApplicationHeader1 to 7. */
    static const char *const parts[] = { "Fr",        "To",     "BizMsgIdr",
                                         "MsgDefIdr", "BizSvc", "CreDt",
                                         "CpyDplct",  "Prty" };

    if (!egret_frame_is_sound(verdict, verdict->tape.app_hdr)) {
        return;
    }

    if (with_namespace) {
        egret_iso_open_root(buffer, "Rltd",
                            egret_tape_namespace_uri(&verdict->tape,
                                                     verdict->tape.app_hdr));
    } else {
        egret_iso_open(buffer, "Rltd");
    }

    for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
        egret_node_t node = header_child(verdict, parts[i]);

        if (node != EGRET_NODE_NONE) {
            egret_iso_copy(buffer, &verdict->tape, node, parts[i]);
        }
    }

    egret_iso_close(buffer, "Rltd");
}

static bool
is_version_one(const egret_frame_t *frame)
{
    const egret_tape_t *tape = &frame->request->verdict->tape;

    return egret_span_ends_with(egret_tape_namespace_uri(tape, tape->app_hdr),
                                EGRET_SPAN("head.001.001.01"));
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

    egret_iso_open_root(buffer, "AppHdr", uri);
    write_party(buffer, "Fr", request->config->gateway_bic);
    write_receiver(verdict, buffer);
    egret_iso_text(buffer, "BizMsgIdr", request->id);
    egret_iso_text(buffer, "MsgDefIdr", definition);

    if (egret_frame_is_sound(verdict, service)) {
        egret_iso_copy(buffer, &verdict->tape, service, "BizSvc");
    }

    /* CreDt of head.001.001.01 must end in Z. */
    egret_iso_datetime(buffer, "CreDt", &request->now, verdict->profile,
                       is_version_one(frame));
    egret_frame_related(verdict, false, buffer);
    egret_iso_close(buffer, "AppHdr");
}

static egret_node_t
origin_child(const egret_frame_t *frame, const char *name)
{
    const egret_tape_t *origin = frame->origin;

    return origin->app_hdr == EGRET_NODE_NONE
           ? EGRET_NODE_NONE
           : egret_tape_child_named(origin, origin->app_hdr,
                                    egret_span_from(name));
}

static void
copy_from_origin(const egret_frame_t *frame, const char *name)
{
    egret_node_t node = origin_child(frame, name);

    if (node != EGRET_NODE_NONE) {
        egret_iso_copy(frame->buffer, frame->origin, node, name);
    }
}

static void
copy_end(const egret_frame_t *frame, const char *from, const char *to)
{
    const egret_verdict_t *verdict = frame->request->verdict;
    egret_node_t node = header_child(verdict, from);

    if (node != EGRET_NODE_NONE) {
        egret_iso_copy(frame->buffer, &verdict->tape, node, to);
    }
}

static egret_span_t
origin_id(const egret_frame_t *frame)
{
    const egret_tape_t *origin = frame->origin;
    egret_node_t node = origin_child(frame, "BizMsgIdr");

    if (node == EGRET_NODE_NONE) {
        node = egret_tape_child(origin, origin->document);
        node = node == EGRET_NODE_NONE
               ? node
               : egret_tape_child_named(origin, node, EGRET_SPAN("GrpHdr"));
        node = node == EGRET_NODE_NONE
               ? node
               : egret_tape_child_named(origin, node, EGRET_SPAN("MsgId"));
    }

    return node == EGRET_NODE_NONE ? frame->request->id
                                   : egret_tape_value(origin, node);
}

/* What head.001.001.01 takes ends in Z: any other moment is written anew, and
 * one without an offset could be any. */
static void
write_origin_moment(const egret_frame_t *frame)
{
    egret_node_t node = origin_child(frame, "CreDt");
    const egret_profile_t *profile = frame->request->verdict->profile;
    bool with_z = is_version_one(frame);
    egret_datetime_t moment;

    if (node == EGRET_NODE_NONE
        || egret_datetime_read(egret_span_trim(egret_tape_value(frame->origin,
                                                                node)),
                               &moment)
           != EGRET_OK
        || (with_z && !moment.has_offset))
    {
        egret_iso_datetime(frame->buffer, "CreDt", &frame->request->now,
                           profile, with_z);
        return;
    }

    if (with_z && !moment.is_utc) {
        egret_iso_datetime(frame->buffer, "CreDt", &moment, profile, true);
        return;
    }

    copy_from_origin(frame, "CreDt");
}

/* In the order of both head.001.001.01 and its successors, which have market
 * practice and processing date besides. */
static void
write_header_for(const egret_frame_t *frame, egret_span_t definition)
{
    const egret_verdict_t *verdict = frame->request->verdict;
    egret_buffer_t *buffer = frame->buffer;
    bool is_one = is_version_one(frame);

    egret_iso_open_root(buffer, "AppHdr",
                        egret_tape_namespace_uri(&verdict->tape,
                                                 verdict->tape.app_hdr));
    copy_from_origin(frame, "CharSet");
    copy_end(frame, "To", "Fr");
    copy_end(frame, "Fr", "To");
    egret_iso_text(buffer, "BizMsgIdr", origin_id(frame));
    egret_iso_text(buffer, "MsgDefIdr", definition);

    if (origin_child(frame, "BizSvc") != EGRET_NODE_NONE) {
        copy_from_origin(frame, "BizSvc");
    } else {
        copy_end(frame, "BizSvc", "BizSvc");
    }

    if (!is_one) {
        copy_from_origin(frame, "MktPrctc");
    }
    write_origin_moment(frame);
    if (!is_one) {
        copy_from_origin(frame, "BizPrcgDt");
    }
    copy_from_origin(frame, "CpyDplct");
    copy_from_origin(frame, "PssblDplct");
    copy_from_origin(frame, "Prty");
    egret_frame_related(verdict, false, buffer);
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

static void
open_frame(egret_frame_t *frame, egret_span_t definition)
{
    const egret_tape_t *tape = &frame->request->verdict->tape;

    frame->header_parent = parent_of(tape, tape->app_hdr);
    frame->document_parent = parent_of(tape, tape->document);

    egret_buffer_add_text(frame->buffer,
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
    if (frame->origin != NULL) {
        write_header_for(frame, definition);
    } else {
        write_header(frame, definition);
    }
    close_tags(frame, common_parent(frame), frame->header_parent);
    open_tags(frame, common_parent(frame), frame->document_parent);
}

void
egret_frame_open(egret_frame_t *frame, const egret_answer_request_t *request,
                 egret_span_t definition, egret_buffer_t *buffer)
{
    frame->request = request;
    frame->buffer = buffer;
    frame->origin = NULL;
    open_frame(frame, definition);
}

void
egret_frame_open_for(egret_frame_t *frame,
                     const egret_answer_request_t *request,
                     const egret_tape_t *origin, egret_span_t definition,
                     egret_buffer_t *buffer)
{
    frame->request = request;
    frame->buffer = buffer;
    frame->origin = origin;
    open_frame(frame, definition);
}

void
egret_frame_close(egret_frame_t *frame)
{
    if (frame->header_parent != EGRET_NODE_NONE) {
        close_tags(frame, EGRET_NODE_NONE, frame->document_parent);
    }

    egret_buffer_add_byte(frame->buffer, '\n');
}
