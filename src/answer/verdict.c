/* SPDX-License-Identifier: Apache-2.0 */
#include "answer/verdict.h"

#include "util/buffer.h"

#define VERDICT_CODES 20

const char *
egret_verdict_text(egret_verdict_word_t word)
{
    static const char *const texts[] = {
        [EGRET_ACCEPTED] = "accepted",
        [EGRET_WARNED] = "warned",
        [EGRET_HELD] = "held",
        [EGRET_REJECTED] = "rejected",
    };

    return texts[word];
}

static egret_verdict_word_t
word_of(const egret_findings_t *findings)
{
    switch (findings->worst) {
    case EGRET_SEVERITY_REJECT:
        return EGRET_REJECTED;
    case EGRET_SEVERITY_HOLD:
        return EGRET_HELD;
    case EGRET_SEVERITY_WARN:
        return EGRET_WARNED;
    default:
        return EGRET_ACCEPTED;
    }
}

static bool
range_rejects(const egret_findings_t *findings, egret_code_t first,
              egret_code_t last)
{
    for (egret_code_t code = first; code <= last; code++) {
        if (egret_findings_reject(findings, code)) {
            return true;
        }
    }

    return false;
}

static void
due(egret_verdict_t *verdict, egret_reply_t reply, unsigned status)
{
    verdict->reply = reply;
    verdict->http_status = status;
}

void
egret_verdict_choose(egret_verdict_t *verdict)
{
    const egret_findings_t *findings = &verdict->findings;
    bool has_status = verdict->flow != NULL
                      && verdict->flow->row->status_definition != NULL;

    verdict->word = word_of(findings);

    if (verdict->word < EGRET_HELD) {
        due(verdict, EGRET_REPLY_FORWARD, 200);
        return;
    }

    if (range_rejects(findings, EGRET_T01, EGRET_T05)) {
        due(verdict, EGRET_REPLY_PROBLEM, 403);
        return;
    }

    if (range_rejects(findings, EGRET_X01, EGRET_X03)) {
        due(verdict, EGRET_REPLY_ADMI_002, verdict->is_oversize ? 413 : 400);
        return;
    }

    if (egret_findings_reject(findings, EGRET_X05)
        || range_rejects(findings, EGRET_H01, EGRET_H03) || !has_status)
    {
        due(verdict, EGRET_REPLY_ADMI_002, 422);
        return;
    }

    due(verdict, EGRET_REPLY_STATUS, 422);
}

static void
add_code(egret_buffer_t *buffer, egret_code_t code)
{
    if (buffer->length > 0) {
        egret_buffer_add_byte(buffer, ' ');
    }

    egret_buffer_add_text(buffer, egret_code_row(code)->id);
}

egret_rc_t
egret_verdict_codes(const egret_verdict_t *verdict, egret_arena_t *arena,
                    egret_span_t *out)
{
    const egret_findings_t *findings = &verdict->findings;
    bool is_named[EGRET_CODE_COUNT] = { false };
    size_t count = 0, named = 0;
    egret_buffer_t buffer;
    egret_rc_t rc;

    egret_buffer_init(&buffer, arena, 1024);

    for (size_t i = 0; i < findings->count && named < VERDICT_CODES; i++) {
        egret_code_t code = findings->items[i].code;

        if (!is_named[code]) {
            is_named[code] = true;
            named++;
            add_code(&buffer, code);
        }
    }

    for (size_t code = 0; code < EGRET_CODE_COUNT; code++) {
        count += findings->seen[code] ? 1 : 0;
    }

    if (count > named) {
        egret_buffer_print(&buffer, " +%zu", count - named);
    }

    rc = egret_buffer_rc(&buffer);
    if (rc == EGRET_OK) {
        *out = egret_buffer_span(&buffer);
    }

    return rc;
}
