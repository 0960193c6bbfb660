/* SPDX-License-Identifier: Apache-2.0 */
#include "gateway.h"

#include "helper.h"
#include "schema/validator.h"
#include "util/tokenizer.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

#define PIN_A "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define PIN_B "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
#define PIN_C "cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc"

static const char conf[] =
    "egret_gateway bic=EGRTCNB0XXX lei=984500EGRETGATEW0104;\n"
    "egret_schemas schemas;\n"
    "%s\n"
    "egret_environment test;\n"
    "%s\n"
    "egret_partner xiamen-bank {\n"
    "  certificate spki-sha256=" PIN_A ";\n"
    "  party bic=XMBKCNB0XXX lei=984500EGRETXMNBK0117\n"
    "        member=CNAPS:313393000013;\n"
    "  accept pacs.008.001.08 pacs.009.001.08;\n"
    "  upstream https://xiamen_bank;\n"
    "  %s\n"
    "}\n"
    "egret_partner taipei-bank {\n"
    "  certificate spki-sha256=" PIN_B ";\n"
    "  party bic=TPBKTWT0XXX lei=984500EGRETTPEBK0123;\n"
    "  accept pacs.008.001.08 pacs.009.001.08;\n"
    "  upstream https://taipei_bank;\n"
    "  %s\n"
    "}\n"
    "egret_partner joburg-bank {\n"
    "  certificate spki-sha256=" PIN_C ";\n"
    "  party bic=JBBKZAJ0XXX;\n"
    "  accept pacs.009.001.08;\n"
    "  upstream https://joburg_bank;\n"
    "}\n";

static void
set_one(egret_config_builder_t *builder, const egret_token_t *token)
{
    egret_rc_t rc;

    if (token->kind == EGRET_TOKEN_CLOSE) {
        rc = egret_config_builder_close(builder);

    } else {
        rc = egret_config_builder_set(builder, token->words, token->count,
                                      token->kind == EGRET_TOKEN_BLOCK,
                                      EGRET_SPAN("test.conf"), token->line);
    }

    if (rc != EGRET_OK) {
        fail_msg("test.conf:%u: %.*s", token->line,
                 EGRET_SPAN_ARGS(egret_config_builder_fault(builder)));
    }
}

void
egret_test_configure(egret_config_builder_t *builder, egret_arena_t *arena,
                     const char *text)
{
    egret_tokenizer_t *tokenizer = egret_arena_zeroed(arena, 1,
                                                      sizeof(*tokenizer));
    egret_token_t token;

    assert_non_null(tokenizer);
    egret_tokenizer_init(tokenizer, arena, egret_span_from(text));

    for (;;) {
        egret_assert_ok(egret_tokenizer_next(tokenizer, &token));
        if (token.kind == EGRET_TOKEN_END) {
            return;
        }
        set_one(builder, &token);
    }
}

void
egret_test_gateway_open(egret_test_gateway_t *gateway, const char *more,
                        const char *in_xiamen, const char *in_taipei)
{
    egret_config_builder_t *builder;
    static char text[16384];

    memset(gateway, 0, sizeof(*gateway));
    egret_xml_start();
    gateway->arena = egret_arena_create(egret_allocator_default(), 0);
    assert_non_null(gateway->arena);

    builder = egret_config_builder_create(gateway->arena, egret_test_root());
    assert_non_null(builder);
    snprintf(text, sizeof(text), conf,
             strstr(more, "egret_reference") != NULL
                 ? "" : "egret_reference conf/reference;",
             more, in_xiamen, in_taipei);
    egret_test_configure(builder, gateway->arena, text);

    if (egret_config_builder_finish(builder, &gateway->config) != EGRET_OK) {
        fail_msg("%.*s", EGRET_SPAN_ARGS(egret_config_builder_fault(builder)));
    }

    egret_assert_ok(egret_pipeline_create(gateway->config, egret_store_none(),
                                          gateway->arena,
                                          &gateway->pipeline));
    gateway->good = egret_test_read_file(gateway->arena, EGRET_TEST_MESSAGE);
}

void
egret_test_gateway_close(egret_test_gateway_t *gateway)
{
    for (size_t i = 0; i < 3; i++) {
        egret_sandbox_destroy(gateway->sandboxes[i]);
    }
    egret_arena_destroy(gateway->message);
    egret_config_destroy(gateway->config);
    egret_arena_destroy(gateway->arena);
}

static void
renew_message(egret_test_gateway_t *gateway)
{
    egret_arena_destroy(gateway->message);
    gateway->message = egret_arena_create(egret_allocator_default(),
                                          gateway->message_ceiling);
    assert_non_null(gateway->message);
}

egret_span_t
egret_test_bend(egret_test_gateway_t *gateway, egret_span_t text,
                const char *find, const char *replacement)
{
    egret_buffer_t buffer;
    const char *at;
    size_t from;

    if (find == NULL) {
        return text;
    }

    at = memmem(text.at, text.length, find, strlen(find));
    if (at == NULL) {
        fail_msg("the message has no %s", find);
        return text;
    }

    from = (size_t) (at - text.at);
    egret_buffer_init(&buffer, gateway->arena, 16 * 1024 * 1024);
    egret_buffer_add(&buffer, egret_span_slice(text, 0, from));
    egret_buffer_add_text(&buffer, replacement);
    egret_buffer_add(&buffer, egret_span_slice(text, from + strlen(find),
                                               text.length));
    egret_assert_ok(egret_buffer_rc(&buffer));

    return egret_buffer_span(&buffer);
}

static egret_sandbox_t *
sandbox_of(void *context, const egret_partner_t *partner)
{
    egret_test_gateway_t *gateway = context;
    egret_sandbox_t **sandbox = &gateway->sandboxes[partner->index];

    if (*sandbox == NULL) {
        egret_assert_ok(egret_sandbox_create(egret_allocator_default(),
                                             partner->rulebook, NULL,
                                             sandbox));
    }

    return *sandbox;
}

egret_verdict_t *
egret_test_judge(egret_test_gateway_t *gateway, egret_span_t bytes,
                 const char *sender)
{
    egret_message_t message = {
        .bytes = bytes,
        .has_registry = true,
        .is_strict = gateway->is_strict,
        .sandbox = sandbox_of,
        .sandbox_context = gateway,
    };
    egret_verdict_t *verdict = NULL;

    renew_message(gateway);
    egret_assert_ok(egret_datetime_read(EGRET_SPAN("2026-11-23T02:20:00Z"),
                                        &message.now));

    if (sender != NULL) {
        message.sender = egret_config_partner(gateway->config,
                                              egret_span_from(sender));
        assert_non_null(message.sender);
    }

    egret_assert_ok(egret_judge(gateway->pipeline, &message, gateway->message,
                                &verdict));
    egret_assert_ok(egret_commit(gateway->pipeline, &message, verdict));

    return verdict;
}

egret_answer_t
egret_test_answer(egret_test_gateway_t *gateway,
                  const egret_verdict_t *verdict, bool wants_problem)
{
    egret_answer_request_t request = {
        .config = gateway->config,
        .verdict = verdict,
        .id = EGRET_SPAN("EG-TEST-1"),
        .wants_problem = wants_problem,
    };
    egret_answer_t answer = { 0 };

    egret_assert_ok(egret_datetime_read(EGRET_SPAN("2026-11-23T02:20:01Z"),
                                        &request.now));

    if (verdict->reply == EGRET_REPLY_FORWARD) {
        egret_assert_ok(egret_answer_receipt(&request, gateway->message,
                                             &answer));
    } else {
        egret_assert_ok(egret_answer_write(&request, gateway->message,
                                           &answer));
    }

    return answer;
}

void
egret_test_assert_valid(egret_test_gateway_t *gateway, egret_span_t bytes)
{
    egret_validator_t *validator;
    egret_findings_t findings;
    egret_sink_t sink;
    egret_tape_t tape;

    egret_findings_init(&findings, gateway->message);
    egret_tape_init(&tape, gateway->message, bytes);
    validator = egret_validator_create(gateway->config->schemas, NULL,
                                       gateway->message, &findings);
    assert_non_null(validator);
    sink = egret_validator_sink(validator);
    egret_assert_ok(egret_xml_read(&tape, &gateway->config->limits, &sink,
                                   &findings));

    if (findings.count > 0) {
        fail_msg("%.*s: %.*s, got %.*s in\n%.*s",
                 EGRET_SPAN_ARGS(findings.items[0].xpath),
                 EGRET_SPAN_ARGS(findings.items[0].message),
                 EGRET_SPAN_ARGS(findings.items[0].got),
                 EGRET_SPAN_ARGS(bytes));
    }

    assert_true(tape.is_whole);
    assert_int_not_equal(tape.document, EGRET_NODE_NONE);
    assert_non_null(egret_tape_at(&tape, tape.document)->element);
}

void
egret_test_assert_json(egret_span_t text)
{
    json_error_t error;
    json_t *value = json_loadb(text.at, text.length, JSON_REJECT_DUPLICATES,
                               &error);

    if (value == NULL) {
        fail_msg("%s in\n%.*s", error.text, EGRET_SPAN_ARGS(text));
    }
    json_decref(value);
}

bool
egret_test_holds(egret_span_t span, const char *text)
{
    return memmem(span.at, span.length, text, strlen(text)) != NULL;
}

void
egret_test_assert_holds(egret_span_t span, const char *text)
{
    if (!egret_test_holds(span, text)) {
        fail_msg("no %s in\n%.*s", text, EGRET_SPAN_ARGS(span));
    }
}
