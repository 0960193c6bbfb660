/* SPDX-License-Identifier: Apache-2.0 */
#include "answer/reject.h"

#include "answer/iso_writer.h"
#include "answer/problem.h"

#define ADDITIONAL_CHARACTERS 20000
/* Room for ],"more":4294967295} */
#define ADDITIONAL_TAIL 24
#define REFERENCE_CHARACTERS 35
#define TEXT_CHARACTERS 350

/* The finding that chose the answer: X01 to X03 before X05 before the rest. */
static const egret_finding_t *
first_finding(const egret_findings_t *findings)
{
    const egret_finding_t *first = NULL;

    for (size_t i = 0; i < findings->count; i++) {
        const egret_finding_t *finding = &findings->items[i];
        bool is_syntax = finding->code >= EGRET_X01
                         && finding->code <= EGRET_X03;

        if (finding->severity != findings->worst) {
            continue;
        }
        if (is_syntax) {
            return finding;
        }
        if (first == NULL
            || (finding->code == EGRET_X05 && first->code != EGRET_X05))
        {
            first = finding;
        }
    }

    return first;
}

static void
write_description(const egret_finding_t *finding, egret_buffer_t *buffer)
{
    egret_buffer_t text;

    egret_buffer_init(&text, buffer->arena, 4096);
    egret_buffer_add(&text, finding->message);

    if (finding->expected.length > 0) {
        egret_buffer_add_text(&text, "; expected ");
        egret_buffer_add(&text, finding->expected);
    }
    if (finding->fix.length > 0) {
        egret_buffer_add_text(&text, "; ");
        egret_buffer_add(&text, finding->fix);
    }

    egret_iso_text_cut(buffer, "RsnDesc", egret_buffer_span(&text),
                       TEXT_CHARACTERS);
}

static egret_rc_t
add_findings(const egret_findings_t *findings, egret_buffer_t *text)
{
    size_t count = 0;

    egret_buffer_add_text(text, "{\"findings\":[");

    for (size_t i = 0; i < findings->count; i++) {
        egret_span_t so_far;
        egret_buffer_t one;
        egret_rc_t rc;

        egret_buffer_init(&one, text->arena, 16384);
        rc = egret_problem_finding(&findings->items[i], &one);
        if (rc != EGRET_OK) {
            return rc;
        }

        so_far = egret_buffer_span(text);
        if (egret_span_characters(so_far)
                + egret_span_characters(egret_buffer_span(&one))
                + ADDITIONAL_TAIL
            > ADDITIONAL_CHARACTERS)
        {
            break;
        }

        if (count++ > 0) {
            egret_buffer_add_byte(text, ',');
        }
        egret_buffer_add(text, egret_buffer_span(&one));
    }

    egret_buffer_add_byte(text, ']');
    if (count < findings->count + findings->more) {
        egret_buffer_print(text, ",\"more\":%zu",
                           findings->count + findings->more - count);
    }
    egret_buffer_add_byte(text, '}');

    return egret_buffer_rc(text);
}

static void
write_findings(const egret_findings_t *findings, egret_buffer_t *buffer)
{
    egret_buffer_t text;
    egret_rc_t rc;

    egret_buffer_init(&text, buffer->arena, ADDITIONAL_CHARACTERS * 4);
    rc = add_findings(findings, &text);
    if (rc != EGRET_OK) {
        buffer->rc = rc;
        return;
    }

    egret_iso_text(buffer, "AddtlData", egret_buffer_span(&text));
}

void
egret_reject_write(const egret_answer_request_t *request,
                   egret_buffer_t *buffer)
{
    const egret_verdict_t *verdict = request->verdict;
    const egret_finding_t *first = first_finding(&verdict->findings);
    egret_span_t reference = egret_span_trim(verdict->message_id);

    if (reference.length == 0) {
        reference = EGRET_SPAN("NOTPROVIDED");
    }

    egret_iso_open_root(buffer, "Document",
                        EGRET_SPAN(EGRET_ISO_NAMESPACE "admi.002.001.01"));
    egret_iso_open(buffer, "admi.002.001.01");
    egret_iso_open(buffer, "RltdRef");
    egret_iso_text_cut(buffer, "Ref", reference, REFERENCE_CHARACTERS);
    egret_iso_close(buffer, "RltdRef");
    egret_iso_open(buffer, "Rsn");

    if (first == NULL || verdict->word == EGRET_HELD) {
        egret_iso_text(buffer, "RjctgPtyRsn", EGRET_SPAN("EG-HOLD"));
    } else {
        egret_buffer_print(buffer, "<RjctgPtyRsn>EG-%s</RjctgPtyRsn>",
                           egret_code_row(first->code)->id);
    }

    egret_iso_datetime(buffer, "RjctnDtTm", &request->now, verdict->profile,
                       false);

    if (first != NULL) {
        egret_iso_text_cut(buffer, "ErrLctn", first->xpath, TEXT_CHARACTERS);
        write_description(first, buffer);
    }

    write_findings(&verdict->findings, buffer);
    egret_iso_close(buffer, "Rsn");
    egret_iso_close(buffer, "admi.002.001.01");
    egret_iso_close(buffer, "Document");
}
