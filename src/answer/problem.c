/* SPDX-License-Identifier: Apache-2.0 */
#include "answer/problem.h"

static void
add_key(egret_buffer_t *buffer, const char *key)
{
    if (buffer->length > 0
        && buffer->bytes[buffer->length - 1] != '{')
    {
        egret_buffer_add_byte(buffer, ',');
    }

    egret_buffer_print(buffer, "\"%s\":", key);
}

static void
add_string(egret_buffer_t *buffer, const char *key, egret_span_t value)
{
    if (value.length == 0) {
        return;
    }

    add_key(buffer, key);
    egret_buffer_add_json(buffer, value);
}

static void
add_number(egret_buffer_t *buffer, const char *key, size_t value)
{
    if (value == 0) {
        return;
    }

    add_key(buffer, key);
    egret_buffer_print(buffer, "%zu", value);
}

void
egret_problem_string(egret_buffer_t *buffer, const char *key,
                     egret_span_t value)
{
    add_string(buffer, key, value);
}

void
egret_problem_number(egret_buffer_t *buffer, const char *key, size_t value)
{
    add_number(buffer, key, value);
}

egret_rc_t
egret_problem_finding(const egret_finding_t *finding, egret_buffer_t *buffer)
{
    egret_span_t doc = egret_finding_doc(buffer->arena, finding);

    if (doc.at == NULL) {
        return egret_arena_rc(buffer->arena);
    }

    egret_buffer_add_byte(buffer, '{');
    add_string(buffer, "code",
               egret_span_from(egret_code_row(finding->code)->id));
    add_string(buffer, "severity",
               egret_span_from(egret_severity_text(finding->severity)));
    add_string(buffer, "rule", finding->rule);
    add_string(buffer, "xpath", finding->xpath);
    add_number(buffer, "line", finding->line);
    add_number(buffer, "column", finding->column);
    add_string(buffer, "message", finding->message);
    add_string(buffer, "got", finding->got);
    add_string(buffer, "expected", finding->expected);
    add_string(buffer, "fix", finding->fix);
    add_string(buffer, "iso", finding->iso);
    add_string(buffer, "doc", doc);
    egret_buffer_add_byte(buffer, '}');

    return egret_buffer_rc(buffer);
}

egret_rc_t
egret_answer_findings_json(const egret_findings_t *findings,
                           egret_buffer_t *buffer)
{
    egret_buffer_add_byte(buffer, '[');

    for (size_t i = 0; i < findings->count; i++) {
        egret_rc_t rc;

        if (i > 0) {
            egret_buffer_add_byte(buffer, ',');
        }

        rc = egret_problem_finding(&findings->items[i], buffer);
        if (rc != EGRET_OK) {
            return rc;
        }
    }

    egret_buffer_add_byte(buffer, ']');

    return egret_buffer_rc(buffer);
}

static egret_span_t
detail_of(const egret_verdict_t *verdict)
{
    switch (verdict->word) {
    case EGRET_HELD:
        return EGRET_SPAN("The message is held: post it again after "
                          "release.");
    case EGRET_REJECTED:
        return EGRET_SPAN("The message was not forwarded. Each finding says "
                          "what is wrong, where, and how to mend it.");
    default:
        return EGRET_SPAN("");
    }
}

/* The members that both forms have, up to the closing brace. */
static egret_rc_t
add_verdict(const egret_verdict_t *verdict, egret_buffer_t *buffer,
            egret_answer_t *out)
{
    egret_rc_t rc;

    add_string(buffer, "verdict",
               egret_span_from(egret_verdict_text(verdict->word)));
    add_string(buffer, "messageId", verdict->message_id);
    add_string(buffer, "uetr", verdict->uetr);
    if (verdict->definition != NULL) {
        add_string(buffer, "definition", verdict->definition->id);
    }

    add_key(buffer, "findings");
    rc = egret_answer_findings_json(&verdict->findings, buffer);
    if (rc != EGRET_OK) {
        return rc;
    }

    add_number(buffer, "more", verdict->findings.more);
    egret_buffer_add_text(buffer, "}\n");

    out->status = verdict->http_status;
    out->body = egret_buffer_span(buffer);

    return egret_buffer_rc(buffer);
}

static void
open_json(const egret_answer_request_t *request, egret_arena_t *arena,
          egret_buffer_t *buffer)
{
    egret_buffer_init(buffer, arena,
                      request->maximum ? request->maximum : 1024 * 1024);
    egret_buffer_add_byte(buffer, '{');
}

egret_rc_t
egret_answer_problem(const egret_answer_request_t *request,
                     egret_arena_t *arena, egret_answer_t *out)
{
    const egret_verdict_t *verdict = request->verdict;
    const char *word = egret_verdict_text(verdict->word);
    egret_buffer_t buffer;

    open_json(request, arena, &buffer);
    egret_buffer_print(&buffer,
                       "\"type\":\"" EGRET_PROBLEM_TYPE "%s\","
                       "\"title\":\"Message %s\"",
                       word, word);
    add_number(&buffer, "status", verdict->http_status);
    add_string(&buffer, "detail", detail_of(verdict));
    out->content_type = EGRET_SPAN("application/problem+json");

    return add_verdict(verdict, &buffer, out);
}

egret_rc_t
egret_answer_trial(const egret_answer_request_t *request,
                   egret_arena_t *arena, egret_answer_t *out)
{
    const egret_verdict_t *verdict = request->verdict;
    egret_buffer_t buffer;

    if (verdict->reply != EGRET_REPLY_FORWARD) {
        return egret_answer_write(request, arena, out);
    }

    if (request->shows_output) {
        out->status = verdict->http_status;
        out->content_type = EGRET_SPAN("application/xml; charset=utf-8");
        out->body = verdict->output;
        return EGRET_OK;
    }

    if (!request->wants_problem) {
        return egret_answer_receipt(request, arena, out);
    }

    open_json(request, arena, &buffer);
    out->content_type = EGRET_SPAN("application/json");

    return add_verdict(verdict, &buffer, out);
}
