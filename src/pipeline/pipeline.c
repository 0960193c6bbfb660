/* SPDX-License-Identifier: Apache-2.0 */
#include "pipeline/pipeline.h"

#include "pipeline/output.h"
#include "pipeline/partner_rules.h"

#include "schema/validator.h"
#include "util/gzip.h"

#define APP_HDR_MESSAGE_ID "BizMsgIdr"

egret_rc_t
egret_pipeline_create(const egret_config_t *config, const egret_store_t *store,
                      egret_arena_t *arena, egret_pipeline_t **out)
{
    egret_pipeline_t *pipeline;
    egret_checks_t *checks = NULL;
    egret_rc_t rc;

    pipeline = egret_arena_zeroed(arena, 1, sizeof(*pipeline));
    if (pipeline == NULL) {
        return egret_arena_rc(arena);
    }

    rc = egret_checks_create(config, arena, &checks);
    if (rc != EGRET_OK) {
        return rc;
    }

    pipeline->config = config;
    pipeline->checks = checks;
    pipeline->store = store;
    *out = pipeline;

    return EGRET_OK;
}

static bool
is_header(const egret_definition_t *definition)
{
    return egret_span_starts_with(definition->id, EGRET_SPAN("head.001.001."));
}

/* What the sender may send. Headers are for everybody. */
static bool
is_allowed(void *context, const egret_definition_t *definition)
{
    const egret_partner_t *sender = context;

    return sender == NULL || is_header(definition)
           || egret_partner_accepts(sender, definition);
}

static const egret_profile_t *
profile_of(const egret_pipeline_t *pipeline, const egret_message_t *message)
{
    if (message->profile != NULL) {
        return message->profile;
    }

    if (message->sender != NULL && message->sender->profile != NULL) {
        return message->sender->profile;
    }

    return pipeline->config->default_profile;
}

static egret_rc_t
report_oversize(const egret_pipeline_t *pipeline, egret_verdict_t *verdict,
                bool is_inflated, egret_arena_t *arena)
{
    size_t length = is_inflated ? pipeline->config->max_message
                                : verdict->tape.bytes.length;
    egret_finding_t finding = {
        .code = EGRET_X01,
        .severity = EGRET_SEVERITY_REJECT,
        .message = EGRET_SPAN("the message is larger than the gateway takes"),
        .fix = EGRET_SPAN("send a smaller message, or several"),
    };

    verdict->is_oversize = true;
    finding.expected = egret_arena_print(arena, "at most %zu bytes",
                                         pipeline->config->max_message);
    finding.got = egret_arena_print(arena, is_inflated ? "more than %zu bytes"
                                                       : "%zu bytes", length);
    if (finding.expected.at == NULL || finding.got.at == NULL) {
        return egret_arena_rc(arena);
    }

    return egret_findings_add(&verdict->findings, &finding);
}

/* An AppHdr, and nothing that calls itself Document, in whatever namespace. */
static bool
is_header_alone(const egret_tape_t *tape)
{
    if (tape->app_hdr == EGRET_NODE_NONE) {
        return false;
    }

    for (egret_node_t node = 0; node < tape->node_count; node++) {
        if (egret_span_equals(egret_tape_name(tape, node),
                              EGRET_SPAN("Document")))
        {
            return false;
        }
    }

    return true;
}

static egret_rc_t
read_message(const egret_pipeline_t *pipeline, const egret_message_t *message,
             egret_verdict_t *verdict, egret_arena_t *arena)
{
    const egret_config_t *config = pipeline->config;
    egret_validator_filter_t filter = { is_allowed, NULL,
                                        message->takes_block };
    egret_validator_t *validator;
    egret_sink_t sink;
    egret_rc_t rc;

    /* The filter's context is not const; is_allowed only reads. */
    filter.context = (void *) (uintptr_t) message->sender;

    validator = egret_validator_create(config->schemas, &filter, arena,
                                       &verdict->findings);
    if (validator == NULL) {
        return egret_arena_rc(arena);
    }

    sink = egret_validator_sink(validator);
    rc = egret_xml_read(&verdict->tape, &config->limits, &sink,
                        &verdict->findings);
    if (rc != EGRET_OK || !verdict->tape.is_whole) {
        return rc;
    }

    if (message->is_schema_only
        && (is_header_alone(&verdict->tape)
            || (message->takes_block && egret_block_is(&verdict->tape, 0))))
    {
        return EGRET_OK;
    }

    return egret_envelope_check(&verdict->tape,
                                message->is_schema_only
                                || verdict->profile->allows_bare_document,
                                &verdict->findings);
}

static const egret_definition_t *
definition_at(const egret_config_t *config, const egret_tape_t *tape,
              egret_node_t node)
{
    if (node == EGRET_NODE_NONE) {
        return NULL;
    }

    return egret_definitions_find(config->definitions,
                                  egret_tape_namespace_uri(tape, node));
}

static egret_span_t
child_value(const egret_tape_t *tape, egret_node_t node, const char *name)
{
    if (node != EGRET_NODE_NONE) {
        node = egret_tape_child_named(tape, node, egret_span_from(name));
    }

    return node == EGRET_NODE_NONE
           ? EGRET_SPAN("")
           : egret_span_trim(egret_tape_value(tape, node));
}

/* BizMsgIdr, else GrpHdr/MsgId, which every ISO payment message has below its
 * one message element. */
static egret_span_t
message_id_of(const egret_tape_t *tape)
{
    egret_span_t id = child_value(tape, tape->app_hdr, APP_HDR_MESSAGE_ID);
    egret_node_t node = tape->document;

    if (id.length > 0 || node == EGRET_NODE_NONE) {
        return id;
    }

    node = egret_tape_child(tape, node);
    if (node != EGRET_NODE_NONE) {
        node = egret_tape_child_named(tape, node, EGRET_SPAN("GrpHdr"));
    }

    return child_value(tape, node, "MsgId");
}

static egret_span_t
uetr_of(const egret_verdict_t *verdict)
{
    const egret_tape_t *tape = &verdict->tape;
    egret_span_t uetr = EGRET_SPAN("");
    egret_node_t node;

    if (verdict->flow == NULL || tape->document == EGRET_NODE_NONE) {
        return uetr;
    }

    node = egret_path_first(tape, tape->document, &verdict->flow->transaction);
    if (node == EGRET_NODE_NONE
        || !egret_path_value(tape, node, &verdict->flow->uetr, &uetr))
    {
        return EGRET_SPAN("");
    }

    return uetr;
}

static void
name_parts(const egret_pipeline_t *pipeline, egret_verdict_t *verdict)
{
    const egret_config_t *config = pipeline->config;
    const egret_tape_t *tape = &verdict->tape;

    verdict->header = definition_at(config, tape, tape->app_hdr);
    verdict->definition = definition_at(config, tape, tape->document);

    if (verdict->definition != NULL) {
        verdict->flow = egret_flows_find(egret_checks_flows(pipeline->checks),
                                         verdict->definition);
    }

    verdict->message_id = message_id_of(tape);
    verdict->uetr = uetr_of(verdict);
}

/* Rules and labels ask for values that the schema accepted. */
static bool
is_sound(const egret_findings_t *findings)
{
    return !egret_findings_reject(findings, EGRET_X05)
           && !egret_findings_reject(findings, EGRET_X07);
}

static egret_rc_t
run_green(const egret_message_t *message, const egret_check_t *check,
          egret_verdict_t *verdict)
{
    egret_counterparts_t counterparts;
    egret_rc_t rc;

    if (!is_sound(check->findings)) {
        return EGRET_OK;
    }

    rc = egret_counterparts_find(check, &counterparts);
    if (rc == EGRET_OK) {
        rc = egret_partner_rules_run(message, check);
    }
    if (rc != EGRET_OK || check->findings->worst >= EGRET_SEVERITY_HOLD) {
        return rc;
    }

    return egret_output_write(check, &counterparts, &verdict->output);
}

static egret_rc_t
run_checks(const egret_pipeline_t *pipeline, const egret_message_t *message,
           egret_verdict_t *verdict, egret_arena_t *arena)
{
    egret_check_t check = {
        .checks = pipeline->checks,
        .config = pipeline->config,
        .tape = &verdict->tape,
        .flow = verdict->flow,
        .profile = verdict->profile,
        .sender = message->sender,
        .receiver = message->receiver,
        .meant = message->meant,
        .has_registry = message->has_registry,
        .is_strict = message->is_strict,
        .from = EGRET_NODE_NONE,
        .to = EGRET_NODE_NONE,
        .now = message->now,
        .arena = arena,
        .findings = &verdict->findings,
    };
    egret_rc_t rc;

    egret_check_find_ends(&check);
    verdict->receiver = check.receiver;

    rc = egret_check_find_blocks(&check);
    if (rc == EGRET_OK) {
        rc = egret_checks_run(&check);
    }

    return rc == EGRET_OK ? run_green(message, &check, verdict) : rc;
}

/* What is judged and goes on is what the sender compressed. */
static egret_rc_t
inflate_bytes(const egret_pipeline_t *pipeline, const egret_message_t *message,
              egret_verdict_t *verdict, egret_arena_t *arena)
{
    const egret_finding_t broken = {
        .code = EGRET_X01,
        .severity = EGRET_SEVERITY_REJECT,
        .message = EGRET_SPAN("the body is no whole gzip stream"),
        .expected = EGRET_SPAN("RFC 1952, as Content-Encoding says"),
        .fix = EGRET_SPAN("compress the message anew, or send it "
                          "without Content-Encoding"),
    };
    egret_span_t plain = EGRET_SPAN("");
    egret_rc_t rc = egret_gzip_read(message->bytes,
                                    pipeline->config->max_message, arena,
                                    &plain);

    egret_tape_init(&verdict->tape, arena, plain);
    verdict->output = plain;

    if (rc == EGRET_ESYNTAX) {
        return egret_findings_add(&verdict->findings, &broken);
    }

    return rc == EGRET_ERANGE ? report_oversize(pipeline, verdict, true, arena)
                              : rc;
}

static egret_rc_t
judge_bytes(const egret_pipeline_t *pipeline, const egret_message_t *message,
            egret_verdict_t *verdict, egret_arena_t *arena)
{
    egret_rc_t rc;

    if (message->bytes.length > pipeline->config->max_message) {
        return report_oversize(pipeline, verdict, false, arena);
    }

    if (message->is_gzip) {
        rc = inflate_bytes(pipeline, message, verdict, arena);
        if (rc != EGRET_OK || verdict->findings.count > 0) {
            return rc;
        }
    }

    rc = read_message(pipeline, message, verdict, arena);
    if (rc != EGRET_OK) {
        return rc;
    }

    name_parts(pipeline, verdict);

    if (!verdict->tape.is_whole || message->is_schema_only) {
        return EGRET_OK;
    }

    return run_checks(pipeline, message, verdict, arena);
}

egret_rc_t
egret_judge(const egret_pipeline_t *pipeline, const egret_message_t *message,
            egret_arena_t *arena, egret_verdict_t **out)
{
    egret_verdict_t *verdict;
    egret_rc_t rc;

    verdict = egret_arena_zeroed(arena, 1, sizeof(*verdict));
    if (verdict == NULL) {
        return egret_arena_rc(arena);
    }

    egret_findings_init(&verdict->findings, arena);
    egret_tape_init(&verdict->tape, arena, message->bytes);
    verdict->profile = profile_of(pipeline, message);
    verdict->sender = message->sender;
    verdict->receiver = message->receiver;
    verdict->output = message->bytes;

    rc = judge_bytes(pipeline, message, verdict, arena);
    if (rc != EGRET_OK) {
        return rc;
    }

    egret_verdict_choose(verdict);
    *out = verdict;

    return EGRET_OK;
}

egret_rc_t
egret_commit(const egret_pipeline_t *pipeline, const egret_message_t *message,
             egret_verdict_t *verdict)
{
    egret_store_record_t record = {
        .message_id = verdict->message_id,
        .bytes = verdict->tape.bytes,
        .output = verdict->output,
        .now = egret_datetime_seconds(&message->now),
    };
    egret_rc_t rc;

    if (verdict->word == EGRET_REJECTED) {
        return EGRET_OK;
    }

    if (message->sender != NULL) {
        record.sender = message->sender->name;
    }

    rc = pipeline->store->commit(pipeline->store->context, &record,
                                 &verdict->findings);
    if (rc == EGRET_OK) {
        egret_verdict_choose(verdict);
    }

    return rc;
}
