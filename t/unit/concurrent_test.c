/* SPDX-License-Identifier: Apache-2.0 */

#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "gateway.h"
#include "helper.h"

#define THREADS 6
#define ROUNDS 12
#define MESSAGES 5

/* One pipeline, many threads: each has an arena a message, and sandboxes of its
 * own. */
typedef struct {
    const egret_pipeline_t *pipeline;
    const egret_partner_t *sender;
    const egret_span_t *messages;
    char (*expected)[4096];
    egret_sandbox_t *sandboxes[3];
    int failures;
} judge_t;


static egret_sandbox_t *
sandbox_of(void *context, const egret_partner_t *partner)
{
    judge_t *judge = context;
    egret_sandbox_t **sandbox = &judge->sandboxes[partner->index];

    if (*sandbox == NULL
        && egret_sandbox_create(egret_allocator_default(), partner->rulebook,
                                NULL, sandbox) != EGRET_OK)
    {
        return NULL;
    }

    return *sandbox;
}


/* All that a verdict says, as text; no assertion, for it runs in a thread. */
static bool
judge_one(judge_t *judge, egret_span_t bytes, char out[4096])
{
    egret_arena_t *arena = egret_arena_create(egret_allocator_default(), 0);
    egret_message_t message = {
        .bytes = bytes,
        .sender = judge->sender,
        .has_registry = true,
        .sandbox = sandbox_of,
        .sandbox_context = judge,
    };
    egret_verdict_t *verdict;
    egret_sha256_t digest;
    char hex[EGRET_SHA256_HEX];
    size_t length;

    if (arena == NULL
        || egret_datetime_read(EGRET_SPAN("2026-11-23T02:20:00Z"), &message.now)
           != EGRET_OK
        || egret_judge(judge->pipeline, &message, arena, &verdict) != EGRET_OK
        || egret_commit(judge->pipeline, &message, verdict) != EGRET_OK
        || egret_sha256(verdict->output, &digest) != EGRET_OK)
    {
        egret_arena_destroy(arena);
        return false;
    }

    egret_sha256_hex(&digest, hex);
    length = (size_t) snprintf(out, 4096, "%s %s\n",
                               egret_verdict_text(verdict->word), hex);
    for (size_t i = 0; i < verdict->findings.count && length < 4000; i++) {
        const egret_finding_t *finding = &verdict->findings.items[i];

        length += (size_t) snprintf(out + length, 4096 - length,
                                    "%d %u %.*s\n", (int) finding->code,
                                    finding->line,
                                    EGRET_SPAN_ARGS(finding->message));
    }
    egret_arena_destroy(arena);

    return true;
}


static void *
run(void *argument)
{
    judge_t *judge = argument;
    char text[4096];

    for (size_t i = 0; i < (size_t) ROUNDS * MESSAGES; i++) {
        size_t n = i % MESSAGES;

        if (!judge_one(judge, judge->messages[n], text)
            || strcmp(text, judge->expected[n]) != 0)
        {
            judge->failures++;
        }
    }

    for (size_t i = 0; i < 3; i++) {
        egret_sandbox_destroy(judge->sandboxes[i]);
    }

    return NULL;
}


static void
judge_in_threads(judge_t *judges)
{
    pthread_t threads[THREADS];

    for (size_t i = 0; i < THREADS; i++) {
        assert_int_equal(pthread_create(&threads[i], NULL, run, &judges[i]),
                         0);
    }
    for (size_t i = 0; i < THREADS; i++) {
        assert_int_equal(pthread_join(threads[i], NULL), 0);
        assert_int_equal(judges[i].failures, 0);
    }
}


static void
read_messages(egret_test_gateway_t *gateway, egret_span_t out[MESSAGES])
{
    out[0] = gateway->good;
    out[1] = egret_test_bend(gateway, gateway->good, "Ccy=\"CNY\"",
                             "Ccy=\"CNH\"");
    out[2] = egret_span_slice(gateway->good, 0, 2000);
    out[3] = egret_test_read_file(gateway->arena,
                                  "t/data/good/green-wind-loan.xml");
    out[4] = egret_test_bend(gateway, out[3], "GrnFin>", "GrnFnn>");
}


/* What one thread says that is alone. */
static void
judge_alone(judge_t *judge, char expected[MESSAGES][4096])
{
    for (size_t i = 0; i < MESSAGES; i++) {
        assert_true(judge_one(judge, judge->messages[i], expected[i]));
    }
    for (size_t i = 0; i < 3; i++) {
        egret_sandbox_destroy(judge->sandboxes[i]);
        judge->sandboxes[i] = NULL;
    }
}


static void
test_threads_that_share_a_pipeline_judge_as_one_alone(void **state)
{
    static char expected[MESSAGES][4096];
    egret_span_t messages[MESSAGES];
    judge_t judges[THREADS];
    egret_test_gateway_t gateway;

    (void) state;
    egret_test_gateway_open(&gateway,
                            "egret_taxonomies conf/taxonomies/*.tsv;"
                            "egret_crosswalks conf/crosswalks/*.tsv;",
                            "rules t/data/rules/counts.lua;",
                            "taxonomy TPEX/2023;"
                            "rules t/data/rules/loop.lua;");
    read_messages(&gateway, messages);

    for (size_t i = 0; i < THREADS; i++) {
        judges[i] = (judge_t) {
            .pipeline = gateway.pipeline,
            .sender = egret_config_partner(gateway.config,
                                           EGRET_SPAN("xiamen-bank")),
            .messages = messages,
            .expected = expected,
        };
    }
    judge_alone(&judges[0], expected);
    egret_test_assert_holds(egret_span_from(expected[0]), "counted 1");
    egret_test_assert_holds(egret_span_from(expected[3]),
                            "runs longer than it may");
    judge_in_threads(judges);

    egret_test_gateway_close(&gateway);
}


static const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_threads_that_share_a_pipeline_judge_as_one_alone),
};


int
main(void)
{
    return egret_test_run(tests);
}
