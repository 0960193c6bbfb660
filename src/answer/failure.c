/* SPDX-License-Identifier: Apache-2.0 */
/* The calls stand in answer.h. */
#include "answer/problem.h"

/* An xpath is 4096 bytes at most; JSON can make six of one. */
#define FAILURE_MAXIMUM ((size_t) 32 * 1024)
#define SOUND "The message is sound. "

typedef struct {
    unsigned status;
    const char *type;
    const char *title;
    const char *detail;
} refusal_row_t;

static const refusal_row_t refusals[] = {
    [EGRET_REFUSAL_STRANGER] = { 403, "forbidden", "Forbidden", "" },
    [EGRET_REFUSAL_TOO_LARGE] = { 413, "too-large", "Message too large",
        "The gateway takes messages up to the size in \"limit\", in bytes." },
    [EGRET_REFUSAL_MEDIA_TYPE] = { 415, "media-type", "Wrong Content-Type",
        "Send an ISO 20022 message as XML in UTF-8. With curl: "
        "-H 'Content-Type: application/xml; charset=utf-8'" },
    [EGRET_REFUSAL_ENCODING] = { 415, "content-encoding",
        "Wrong Content-Encoding",
        "Send the message as it is, or in the encoding that the header "
        "Accept-Encoding of this answer names." },
    [EGRET_REFUSAL_METHOD] = { 405, "method", "Method not allowed",
        "Post the message." },
    [EGRET_REFUSAL_NOT_GET] = { 405, "method", "Method not allowed",
        "Ask with GET." },
    [EGRET_REFUSAL_QUESTION] = { 400, "question", "Question not understood",
        "Ask with from=SCHEME/VERSION/CODE and scheme=SCHEME or "
        "SCHEME/VERSION, and if you like on=DATE, kind=APPR and status=ELIG." },
    [EGRET_REFUSAL_GAP] = { 400, "question", "Question not understood",
        "Ask with scheme=SCHEME or SCHEME/VERSION, up to 8 of them split by "
        "commas, and if you like to=BIC." },
    [EGRET_REFUSAL_MISDIRECTED] = { 421, "misdirected", "Misdirected request",
        "The TLS connection was made for another server name." },
    [EGRET_REFUSAL_OUTDATED] = { 503, "reloaded", "Configuration reloaded",
        "What the gateway knows of you has just changed. Post the message "
        "again, over a new connection." },
    [EGRET_REFUSAL_UNREACHABLE] = { 502, "counterpart-unreachable",
        "Counterpart unreachable",
        SOUND "Its receiver's server did not answer." },
    [EGRET_REFUSAL_SILENT] = { 504, "counterpart-silent",
        "Counterpart silent",
        SOUND "Its receiver's server did not answer in "
        "time." },
    [EGRET_REFUSAL_INTERNAL] = { 500, "internal", "Internal error",
        "The gateway could not judge the message. It was not forwarded." },

    [EGRET_REFUSAL_FAILED] = { 502, "answer-failed",
        "Counterpart's server failed",
        SOUND "Its receiver's server answered with an error and no ISO 20022 "
        "message." },
    [EGRET_REFUSAL_CUT_OFF] = { 502, "answer-cut-off",
        "Counterpart's answer broke off",
        SOUND "The answer of its receiver's server is not complete." },
    [EGRET_REFUSAL_ANSWER_LARGE] = { 502, "answer-too-large",
        "Counterpart's answer too large",
        SOUND "The answer of its receiver's server is larger than \"limit\", "
        "in bytes." },
    [EGRET_REFUSAL_UNREADABLE] = { 502, "answer-unreadable",
        "Counterpart's answer cannot be read",
        SOUND "The answer of its receiver's server is no XML that the gateway "
        "reads." },
    [EGRET_REFUSAL_NOT_ISO] = { 502, "answer-not-iso",
        "Counterpart's answer is no message",
        SOUND "The answer of its receiver's server is no ISO 20022 message." },
    [EGRET_REFUSAL_WRONG_TYPE] = { 502, "answer-wrong-type",
        "Counterpart's answer has a wrong type",
        SOUND "Its receiver's server sent a message that does not answer it." },
    [EGRET_REFUSAL_INVALID] = { 502, "answer-invalid",
        "Counterpart's answer is not valid",
        SOUND "The schema refuses the answer of its receiver's server." },
    [EGRET_REFUSAL_OTHER_MESSAGE] = { 502, "answer-other-message",
        "Counterpart's answer is for another message",
        SOUND "What its receiver's server sent does not answer this "
        "message." },
    [EGRET_REFUSAL_OTHER_PARTY] = { 502, "answer-other-party",
        "Counterpart's answer names another party",
        SOUND "The answer's header is not from its receiver to its sender." },
    [EGRET_REFUSAL_SIGNED] = { 502, "answer-signed",
        "Counterpart's answer is signed",
        SOUND "The answer's header is signed, and the gateway would have to "
        "change it to give it your form." },
};

const char *
egret_refusal_text(egret_refusal_t refusal)
{
    return refusals[refusal].type;
}

const char *
egret_delivered_text(egret_delivered_t delivered)
{
    static const char *const texts[] = {
        [EGRET_DELIVERED_NOT_SAID] = "",
        [EGRET_DELIVERED_YES] = "yes",
        [EGRET_DELIVERED_NO] = "no",
        [EGRET_DELIVERED_UNKNOWN] = "unknown",
    };

    return texts[delivered];
}

egret_rc_t
egret_answer_failure(const egret_failure_t *failure, egret_arena_t *arena,
                     egret_answer_t *out)
{
    const refusal_row_t *row = &refusals[failure->refusal];
    const char *delivered = egret_delivered_text(failure->delivered);
    egret_buffer_t buffer;

    egret_buffer_init(&buffer, arena, FAILURE_MAXIMUM);
    egret_buffer_add_byte(&buffer, '{');
    egret_buffer_print(&buffer, "\"type\":\"" EGRET_PROBLEM_TYPE "%s\"",
                       row->type);
    egret_problem_string(&buffer, "title", egret_span_from(row->title));
    egret_problem_number(&buffer, "status", row->status);
    egret_problem_string(&buffer, "detail", egret_span_from(row->detail));
    egret_problem_number(&buffer, "limit", failure->limit);
    egret_problem_string(&buffer, "delivered", egret_span_from(delivered));
    egret_problem_string(&buffer, "messageId", failure->message_id);
    egret_problem_number(&buffer, "answerStatus",
                         failure->counterpart_status);
    egret_problem_string(&buffer, "answerXpath", failure->xpath);
    egret_problem_string(&buffer, "answerFault", failure->fault);
    egret_problem_string(&buffer, "questionFault", failure->question);
    egret_buffer_add_text(&buffer, "}\n");

    out->status = row->status;
    out->content_type = EGRET_SPAN("application/problem+json");
    out->body = egret_buffer_span(&buffer);

    return egret_buffer_rc(&buffer);
}

egret_rc_t
egret_answer_refusal(egret_refusal_t refusal, egret_delivered_t delivered,
                     size_t limit, egret_span_t message_id,
                     egret_arena_t *arena, egret_answer_t *out)
{
    egret_failure_t failure = {
        .refusal = refusal,
        .delivered = delivered,
        .limit = limit,
        .message_id = message_id,
    };

    return egret_answer_failure(&failure, arena, out);
}
