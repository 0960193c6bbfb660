/* SPDX-License-Identifier: Apache-2.0 */
#include "answer/response.h"

#include "answer/match.h"
#include "answer/reframe.h"
#include "schema/validator.h"

#define RESPONSE_MAXIMUM ((size_t) 1024 * 1024)
#define ISO_NAME "urn:iso:std:iso:20022"

/* One answer under judgement. */
typedef struct {
    const egret_answer_request_t *request;
    egret_arena_t *arena;
    egret_tape_t tape;
    egret_findings_t findings;
    egret_response_t *out;
} reading_t;

static bool
holds(egret_span_t bytes, egret_span_t text)
{
    return bytes.length > 0
           && memmem(bytes.at, bytes.length, text.at, text.length) != NULL;
}

/* XML in any encoding, or something with an ISO message in it, such as a
 * multipart body: not to be taken for a word of thanks. */
static bool
is_xml_like(egret_span_t bytes)
{
    static const egret_span_t starts[] = {
        { "\xef\xbb\xbf", 3 }, { "\xff\xfe", 2 }, { "\xfe\xff", 2 },
        { "<\0", 2 }, { "\0<", 2 }, { "\0\0", 2 }, { "\x4c\x6f\xa7\x94", 4 },
    };

    for (size_t i = 0; i < sizeof(starts) / sizeof(starts[0]); i++) {
        if (egret_span_starts_with(bytes, starts[i])) {
            return true;
        }
    }

    return egret_span_starts_with(egret_span_trim(bytes), EGRET_SPAN("<"));
}

static void
set_fault(reading_t *reading, egret_refusal_t refusal, egret_span_t xpath,
          egret_span_t fault)
{
    reading->out->word = EGRET_RESPONSE_FAULTY;
    reading->out->refusal = refusal;
    reading->out->xpath = xpath;
    reading->out->fault = fault;
}

static void
set_finding(reading_t *reading, egret_refusal_t refusal)
{
    egret_span_t none = EGRET_SPAN("");

    if (reading->findings.count == 0) {
        set_fault(reading, refusal, none, none);
        return;
    }

    set_fault(reading, refusal, reading->findings.items[0].xpath,
              reading->findings.items[0].message);
}

static egret_rc_t
set_fault_at(reading_t *reading, egret_refusal_t refusal, egret_node_t node,
             egret_span_t fault)
{
    egret_span_t xpath = EGRET_SPAN("");

    if (node != EGRET_NODE_NONE) {
        xpath = egret_tape_xpath(&reading->tape, node, EGRET_SPAN(""),
                                 reading->arena);
        if (xpath.at == NULL) {
            return egret_arena_rc(reading->arena);
        }
    }

    set_fault(reading, refusal, xpath, fault);

    return EGRET_OK;
}

static egret_rc_t
read_tape(reading_t *reading, egret_span_t bytes)
{
    const egret_config_t *config = reading->request->config;
    egret_xml_limits_t limits = config->limits;
    egret_validator_t *validator;
    egret_sink_t sink;
    egret_rc_t rc;

    limits.bytes = reading->request->maximum > 0 ? reading->request->maximum
                                                 : RESPONSE_MAXIMUM;

    egret_findings_init(&reading->findings, reading->arena);
    egret_tape_init(&reading->tape, reading->arena, bytes);

    validator = egret_validator_create(config->schemas, NULL, reading->arena,
                                       &reading->findings);
    if (validator == NULL) {
        return egret_arena_rc(reading->arena);
    }

    sink = egret_validator_sink(validator);
    rc = egret_xml_read(&reading->tape, &limits, &sink, &reading->findings);
    if (rc != EGRET_OK || !reading->tape.is_whole
        || reading->tape.document == EGRET_NODE_NONE)
    {
        return rc;
    }

    return egret_envelope_check(&reading->tape, true, &reading->findings);
}

static egret_span_t
document_namespace(const reading_t *reading)
{
    return egret_tape_namespace_uri(&reading->tape, reading->tape.document);
}

/* A message that is no flow of ours may be answered by any other. */
static bool
is_answer_to(const reading_t *reading)
{
    const egret_verdict_t *verdict = reading->request->verdict;
    egret_span_t space = document_namespace(reading);
    egret_span_t status = EGRET_SPAN("");

    if (egret_span_starts_with(space,
                               EGRET_SPAN(EGRET_ISO_NAMESPACE "admi.002.")))
    {
        return true;
    }

    if (verdict->flow == NULL) {
        return true;
    }

    /* "pacs.002." of "pacs.002.001.10" */
    status = egret_span_from(verdict->flow->row->status_definition);
    status = egret_span_slice(status, 0, sizeof("pacs.002.") - 1);

    return status.length > 0
           && egret_span_starts_with(space, EGRET_SPAN(EGRET_ISO_NAMESPACE))
           && egret_span_starts_with(
               egret_span_slice(space, sizeof(EGRET_ISO_NAMESPACE) - 1,
                                space.length),
               status);
}

static egret_rc_t
judge_type(reading_t *reading)
{
    const egret_tape_t *tape = &reading->tape;
    egret_node_t name = EGRET_NODE_NONE;
    const egret_definition_t *definition;

    definition = egret_definitions_find(reading->request->config->definitions,
                                        document_namespace(reading));
    if (definition == NULL) {
        return set_fault_at(reading, EGRET_REFUSAL_WRONG_TYPE, tape->document,
                            EGRET_SPAN("the gateway has no schema for this "
                                       "definition"));
    }

    reading->out->definition = definition->id;
    if (!is_answer_to(reading)) {
        return set_fault_at(reading, EGRET_REFUSAL_WRONG_TYPE, tape->document,
                            EGRET_SPAN("this definition does not answer the "
                                       "message"));
    }

    if (tape->app_hdr != EGRET_NODE_NONE) {
        name = egret_tape_child_named(tape, tape->app_hdr,
                                      EGRET_SPAN("MsgDefIdr"));
    }
    if (name != EGRET_NODE_NONE
        && !egret_span_equals(egret_span_trim(egret_tape_value(tape, name)),
                              definition->id))
    {
        return set_fault_at(reading, EGRET_REFUSAL_WRONG_TYPE, name,
                            EGRET_SPAN("the header names another definition "
                                       "than the Document's"));
    }

    return EGRET_OK;
}

static egret_rc_t
judge_match(reading_t *reading)
{
    const egret_verdict_t *verdict = reading->request->verdict;
    egret_node_t node = egret_match_party(verdict, &reading->tape);
    egret_match_t match;
    egret_rc_t rc;

    if (node != EGRET_NODE_NONE) {
        return set_fault_at(reading, EGRET_REFUSAL_OTHER_PARTY, node,
                            EGRET_SPAN("not the party of the message"));
    }

    rc = egret_match_message(verdict, &reading->tape, reading->arena, &match);
    if (rc != EGRET_OK || match.word == EGRET_MATCH_YES) {
        return rc;
    }

    return set_fault_at(reading, EGRET_REFUSAL_OTHER_MESSAGE, match.node,
                        match.word == EGRET_MATCH_NOTHING_NAMED
                            ? EGRET_SPAN("it does not say which message it "
                                         "answers")
                            : EGRET_SPAN("not that of the message"));
}

static egret_rc_t
write_body(reading_t *reading)
{
    const egret_answer_request_t *request = reading->request;
    bool is_signed = egret_envelope_is_signed(&reading->tape);
    egret_span_t *body = &reading->out->body;

    if (egret_reframe_is_same(&request->verdict->tape, &reading->tape)) {
        *body = reading->tape.bytes;

        return is_signed ? EGRET_OK
                         : egret_reframe_relate(request, &reading->tape,
                                                reading->arena, body);
    }

    if (is_signed) {
        return set_fault_at(reading, EGRET_REFUSAL_SIGNED,
                            reading->tape.app_hdr,
                            EGRET_SPAN("it would have to be rewritten, and "
                                       "its header is signed"));
    }

    return egret_reframe_write(request, &reading->tape,
                               reading->out->definition, reading->arena, body);
}

static egret_rc_t
judge(reading_t *reading)
{
    egret_rc_t rc;

    if (!reading->tape.is_whole) {
        set_finding(reading, EGRET_REFUSAL_UNREADABLE);
        return EGRET_OK;
    }

    if (reading->tape.document == EGRET_NODE_NONE) {
        set_fault(reading, EGRET_REFUSAL_NOT_ISO, EGRET_SPAN(""),
                  EGRET_SPAN(""));
        return EGRET_OK;
    }

    rc = judge_type(reading);
    if (rc != EGRET_OK || reading->out->word == EGRET_RESPONSE_FAULTY) {
        return rc;
    }

    if (reading->findings.worst >= EGRET_SEVERITY_REJECT) {
        set_finding(reading, EGRET_REFUSAL_INVALID);
        return EGRET_OK;
    }

    rc = judge_match(reading);
    if (rc != EGRET_OK || reading->out->word == EGRET_RESPONSE_FAULTY) {
        return rc;
    }

    return write_body(reading);
}

egret_rc_t
egret_response_read(const egret_answer_request_t *request, egret_span_t bytes,
                    egret_arena_t *arena, egret_response_t *out)
{
    reading_t reading = { .request = request, .arena = arena, .out = out };
    egret_rc_t rc;

    *out = (egret_response_t){ .word = EGRET_RESPONSE_SOUND };
    out->wants_to_be_iso = holds(bytes, EGRET_SPAN(ISO_NAME));

    if (!is_xml_like(bytes)) {
        if (out->wants_to_be_iso) {
            set_fault(&reading, EGRET_REFUSAL_UNREADABLE, EGRET_SPAN(""),
                      EGRET_SPAN("it is not XML alone"));
        } else {
            out->word = EGRET_RESPONSE_NONE;
        }

        return EGRET_OK;
    }

    rc = read_tape(&reading, bytes);

    return rc == EGRET_OK ? judge(&reading) : rc;
}
