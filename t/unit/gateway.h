/* SPDX-License-Identifier: Apache-2.0 */
/* gateway: a configured gateway for tests of checks, answers and pipeline,
 * and messages that are one good message bent in one place. */
#ifndef EGRET_TEST_GATEWAY_H
#define EGRET_TEST_GATEWAY_H

#include "config/builder.h"
#include "pipeline/pipeline.h"

#define EGRET_TEST_MESSAGE "t/data/good/pacs.008-drawdown.xml"

typedef struct {
    egret_arena_t *arena; /* of the configuration */
    egret_config_t *config;
    egret_pipeline_t *pipeline;
    egret_arena_t *message; /* of the last message judged */
    size_t message_ceiling; /* of its arena, bytes; 0: none */
    egret_span_t good;      /* EGRET_TEST_MESSAGE */
    egret_sandbox_t *sandboxes[3]; /* by partner */
    bool is_strict; /* messages are judged strictly */
} egret_test_gateway_t;

/* Three partners: xiamen-bank, taipei-bank, joburg-bank, in a test
 * environment. `more` are further directives ("" for none); `in_taipei`
 * further directives of taipei-bank, `in_xiamen` of xiamen-bank. */
void egret_test_gateway_open(egret_test_gateway_t *gateway, const char *more,
                             const char *in_xiamen, const char *in_taipei);
void egret_test_gateway_close(egret_test_gateway_t *gateway);

/* Feeds directives to a builder; asserts that it takes them. */
void egret_test_configure(egret_config_builder_t *builder,
                          egret_arena_t *arena, const char *text);

/* The good message with the first `find` replaced; asserts that it is there.
 * `find` NULL: as it stands. */
egret_span_t egret_test_bend(egret_test_gateway_t *gateway, egret_span_t text,
                             const char *find, const char *replacement);
/* Judges as sent by the partner named (NULL: nobody) at 2026-11-23T02:20:00Z,
 * and commits. */
egret_verdict_t *egret_test_judge(egret_test_gateway_t *gateway,
                                  egret_span_t bytes, const char *sender);
/* The answer the verdict is due, id "EG-TEST-1". */
egret_answer_t egret_test_answer(egret_test_gateway_t *gateway,
                                 const egret_verdict_t *verdict,
                                 bool wants_problem);
/* Asserts that an ISO answer is valid by our schemas, AppHdr and Document,
 * whatever wrapper it has. */
void egret_test_assert_valid(egret_test_gateway_t *gateway,
                             egret_span_t bytes);
/* Asserts that `text` is JSON, and that no object of it has a key twice. */
void egret_test_assert_json(egret_span_t text);
/* Asserts that `text` stands in `span`. */
void egret_test_assert_holds(egret_span_t span, const char *text);
bool egret_test_holds(egret_span_t span, const char *text);

#endif
