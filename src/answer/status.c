/* SPDX-License-Identifier: Apache-2.0 */
#include "answer/status.h"

#include "answer/frame.h"
#include "answer/iso_writer.h"

#include <string.h>

#define ADDITIONAL_CHARACTERS 105
#define ADDITIONAL_BYTES 4096
#define FINX_CHARACTERS "/-?:().,'+ "

/* The transactions of one message, and which findings are whose. */
typedef struct {
    const egret_answer_request_t *request;
    const egret_verdict_t *verdict;
    egret_buffer_t *buffer;
    const char *code; /* RJCT or ACTC */
} status_t;

static egret_span_t
value_below(const egret_verdict_t *verdict, egret_node_t node,
            const egret_path_t *path)
{
    egret_span_t value = EGRET_SPAN("");

    if (node == EGRET_NODE_NONE
        || !egret_path_value(&verdict->tape, node, path, &value))
    {
        return EGRET_SPAN("");
    }

    return value;
}

static egret_span_t
header_value(const egret_verdict_t *verdict, const char *name)
{
    egret_node_t group = egret_path_first(&verdict->tape,
                                          verdict->tape.document,
                                          &verdict->flow->group_header);
    egret_node_t node;

    if (group == EGRET_NODE_NONE) {
        return EGRET_SPAN("");
    }

    node = egret_tape_child_named(&verdict->tape, group,
                                  egret_span_from(name));
    if (!egret_frame_is_sound(verdict, node)) {
        return EGRET_SPAN("");
    }

    return egret_span_trim(egret_tape_value(&verdict->tape, node));
}

static bool
is_finx(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z')
           || (byte >= '0' && byte <= '9')
           || (byte != '\0' && strchr(FINX_CHARACTERS, byte) != NULL);
}

/* One character of the message's text in the profile's characters. */
static void
add_character(egret_buffer_t *text, egret_span_t bytes, bool finx)
{
    char first = bytes.at[0];

    if (first == '[' || first == ']') {
        egret_buffer_add_byte(text, first == '[' ? '(' : ')');

    } else if ((unsigned char) first < ' ') {
        egret_buffer_add_byte(text, ' ');

    } else if (finx && !is_finx(first)) {
        egret_buffer_add_byte(text, '.');

    } else {
        egret_buffer_add(text, bytes);
    }
}

static void
add_text(egret_buffer_t *text, egret_span_t span, bool finx)
{
    while (span.length > 0) {
        size_t length = egret_iso_cut(span, 1);

        add_character(text, egret_span_slice(span, 0, length), finx);
        span = egret_span_slice(span, length, span.length);
    }
}

/* The path from below the transaction, else from below the message. */
static egret_span_t
short_path(egret_span_t xpath, unsigned steps)
{
    egret_span_t path = xpath;

    for (unsigned i = 0; i < steps && path.length > 0; i++) {
        size_t slash;

        path = egret_span_slice(path, 1, path.length);
        slash = egret_span_find(path, '/');
        path = egret_span_slice(path, slash, path.length);
    }

    if (path.length < 2) {
        return xpath;
    }

    return egret_span_slice(path, 1, path.length);
}

static void
write_continued(egret_buffer_t *buffer, egret_span_t text)
{
    while (text.length > 0) {
        size_t length = egret_iso_cut(text, ADDITIONAL_CHARACTERS);

        egret_iso_text(buffer, "AddtlInf", egret_span_slice(text, 0, length));
        text = egret_span_slice(text, length, text.length);
    }
}

static void
write_additional(const status_t *status, const egret_finding_t *finding,
                 bool in_transaction)
{
    const egret_profile_t *profile = status->verdict->profile;
    bool finx = profile != NULL
                && profile->characters == EGRET_CHARACTERS_FINX;
    bool in_document = egret_span_starts_with(finding->xpath,
                                              EGRET_SPAN("/Document/"));
    unsigned steps = in_transaction ? 3 : in_document ? 2 : 0;
    egret_buffer_t text;

    egret_buffer_init(&text, status->buffer->arena, ADDITIONAL_BYTES);
    egret_buffer_add_text(&text, "EG-");
    egret_buffer_add_text(&text, egret_code_row(finding->code)->id);

    if (finding->rule.length > 0) {
        egret_buffer_add_byte(&text, ' ');
        add_text(&text, finding->rule, finx);
    }
    if (finding->xpath.length > 0) {
        egret_buffer_add_byte(&text, ' ');
        add_text(&text, short_path(finding->xpath, steps), finx);
    }

    egret_buffer_add_byte(&text, ' ');
    add_text(&text, finding->got.length > 0 ? finding->got : finding->message,
             finx);

    /* Only the rule's author knows what its code means. */
    if (finding->rule.length > 0 && finding->got.length > 0) {
        egret_buffer_add_text(&text, ": ");
        add_text(&text, finding->message, finx);
    }

    write_continued(status->buffer, egret_buffer_span(&text));
}

static void
write_reason(const status_t *status, const egret_finding_t *finding,
             bool in_transaction)
{
    egret_buffer_t *buffer = status->buffer;

    egret_iso_open(buffer, "StsRsnInf");
    egret_iso_open(buffer, "Rsn");

    if (finding->iso.length > 0 && finding->iso.length <= 4) {
        egret_iso_text(buffer, "Cd", finding->iso);

    } else {
        egret_buffer_print(buffer, "<Prtry>EG-%s</Prtry>",
                           egret_code_row(finding->code)->id);
    }

    egret_iso_close(buffer, "Rsn");
    write_additional(status, finding, in_transaction);
    egret_iso_close(buffer, "StsRsnInf");
}

static bool
is_inside(const egret_verdict_t *verdict, egret_node_t node,
          const egret_finding_t *finding)
{
    const egret_tape_node_t *at = egret_tape_at(&verdict->tape, node);

    return finding->xpath.length > 0 && finding->offset >= at->tag_open
           && finding->offset < at->end_close;
}

static void
write_held(egret_buffer_t *buffer)
{
    egret_iso_open(buffer, "StsRsnInf");
    egret_buffer_add_text(buffer, "<Rsn><Prtry>EG-HOLD</Prtry></Rsn>"
                                  "<AddtlInf>post again after release"
                                  "</AddtlInf>");
    egret_iso_close(buffer, "StsRsnInf");
}

/* Findings are in document order, and so are transactions: those that lie in
 * none are the group's. */
static bool
is_in_any(const status_t *status, const egret_finding_t *finding)
{
    const egret_verdict_t *verdict = status->verdict;
    egret_path_cursor_t cursor;
    egret_node_t node;

    egret_path_start(&cursor, &verdict->tape, verdict->tape.document,
                     &verdict->flow->transaction);
    while ((node = egret_path_next(&cursor)) != EGRET_NODE_NONE) {
        if (is_inside(verdict, node, finding)) {
            return true;
        }
    }

    return false;
}

static void
write_group(const status_t *status)
{
    const egret_verdict_t *verdict = status->verdict;
    egret_buffer_t *buffer = status->buffer;
    egret_span_t id = header_value(verdict, "MsgId");

    egret_iso_open(buffer, "OrgnlGrpInfAndSts");
    egret_iso_text_cut(buffer, "OrgnlMsgId",
                       id.length > 0 ? id : EGRET_SPAN("NOTPROVIDED"), 35);
    egret_iso_text_cut(buffer, "OrgnlMsgNmId", verdict->definition->id, 35);
    egret_iso_text(buffer, "OrgnlCreDtTm", header_value(verdict, "CreDtTm"));
    egret_iso_text(buffer, "OrgnlNbOfTxs", header_value(verdict, "NbOfTxs"));
    egret_iso_text(buffer, "GrpSts", egret_span_from(status->code));

    if (verdict->word == EGRET_HELD) {
        write_held(buffer);
    }

    for (size_t i = 0; i < verdict->findings.count; i++) {
        const egret_finding_t *finding = &verdict->findings.items[i];

        if (!is_in_any(status, finding)) {
            write_reason(status, finding, false);
        }
    }

    egret_iso_close(buffer, "OrgnlGrpInfAndSts");
}

static void
write_sound(const status_t *status, egret_node_t node, const char *name,
            const egret_path_t *path)
{
    const egret_verdict_t *verdict = status->verdict;
    egret_node_t at = egret_path_first(&verdict->tape, node, path);

    if (egret_frame_is_sound(verdict, at)) {
        egret_iso_text(status->buffer, name,
                       value_below(verdict, node, path));
    }
}

static void
write_transaction(const status_t *status, egret_node_t node)
{
    const egret_verdict_t *verdict = status->verdict;
    const egret_flow_t *flow = verdict->flow;
    bool is_open = false;

    for (size_t i = 0; i < verdict->findings.count; i++) {
        const egret_finding_t *finding = &verdict->findings.items[i];

        if (!is_inside(verdict, node, finding)) {
            continue;
        }

        if (!is_open) {
            is_open = true;
            egret_iso_open(status->buffer, "TxInfAndSts");
            write_sound(status, node, "OrgnlInstrId", &flow->instruction_id);
            write_sound(status, node, "OrgnlEndToEndId",
                        &flow->end_to_end_id);
            write_sound(status, node, "OrgnlTxId", &flow->transaction_id);
            write_sound(status, node, "OrgnlUETR", &flow->uetr);
            egret_iso_text(status->buffer, "TxSts",
                           egret_span_from(status->code));
        }

        write_reason(status, finding, true);
    }

    if (is_open) {
        egret_iso_close(status->buffer, "TxInfAndSts");
    }
}

void
egret_status_write(const egret_answer_request_t *request, bool is_receipt,
                   egret_buffer_t *buffer)
{
    const egret_verdict_t *verdict = request->verdict;
    status_t status = { request, verdict, buffer,
                        is_receipt ? "ACTC" : "RJCT" };
    egret_path_cursor_t cursor;
    egret_node_t node;

    egret_iso_open_root(buffer, "Document",
                        EGRET_SPAN(EGRET_ISO_NAMESPACE "pacs.002.001.10"));
    egret_iso_open(buffer, "FIToFIPmtStsRpt");
    egret_iso_open(buffer, "GrpHdr");
    egret_iso_text(buffer, "MsgId", request->id);
    egret_iso_datetime(buffer, "CreDtTm", &request->now, verdict->profile,
                       false);
    egret_iso_agent(buffer, "InstgAgt", request->config->gateway_bic);
    egret_iso_agent(buffer, "InstdAgt", egret_frame_sender_bic(verdict));
    egret_iso_close(buffer, "GrpHdr");

    write_group(&status);

    egret_path_start(&cursor, &verdict->tape, verdict->tape.document,
                     &verdict->flow->transaction);
    while ((node = egret_path_next(&cursor)) != EGRET_NODE_NONE) {
        write_transaction(&status, node);
    }

    egret_iso_close(buffer, "FIToFIPmtStsRpt");
    egret_iso_close(buffer, "Document");
}
