/* SPDX-License-Identifier: Apache-2.0 */
#include "green_bend.h"

#include <string.h>

#include "helper.h"

void
egret_test_assert_bend(const egret_verdict_t *verdict,
                       const egret_test_bend_t *bend)
{
    const egret_findings_t *findings = &verdict->findings;

    for (size_t i = 0; i < findings->count; i++) {
        const egret_finding_t *finding = &findings->items[i];

        if (bend->code == NULL || findings->count > 1) {
            fail_msg("%s: %s %.*s: %.*s", bend->replacement,
                     egret_code_row(finding->code)->id,
                     EGRET_SPAN_ARGS(finding->xpath),
                     EGRET_SPAN_ARGS(finding->message));
        }
    }
    if (bend->code == NULL) {
        return;
    }

    assert_int_equal(findings->count, 1);
    assert_string_equal(egret_code_row(findings->items->code)->id, bend->code);
    assert_string_equal(egret_severity_text(findings->items->severity),
                        bend->severity);
    assert_true(egret_span_starts_with(findings->items->xpath,
                                       EGRET_SPAN(EGRET_TEST_BLOCK)));
    egret_assert_span(egret_span_slice(findings->items->xpath,
                                       strlen(EGRET_TEST_BLOCK),
                                       findings->items->xpath.length),
                      bend->xpath);
    assert_true(findings->items->message.length > 0);
    assert_true(findings->items->fix.length > 0);
}

void
egret_test_run_bends(const char *more, const egret_test_bend_t *bends,
                     size_t count)
{
    egret_test_gateway_t gateway;
    egret_span_t good;

    egret_test_gateway_open(&gateway, more, "", "");
    good = egret_test_read_file(gateway.arena, EGRET_TEST_WIND);
    for (size_t i = 0; i < count; i++) {
        egret_span_t bytes = egret_test_bend(&gateway, good, bends[i].find,
                                             bends[i].replacement);

        egret_test_assert_bend(egret_test_judge(&gateway, bytes, "xiamen-bank"),
                       &bends[i]);
    }
    egret_test_gateway_close(&gateway);
}

void
egret_test_run_bend_on(const char *more, const char *find,
                       const char *replacement,
                       const egret_test_bend_t *bend)
{
    egret_test_gateway_t gateway;
    egret_span_t bytes;

    egret_test_gateway_open(&gateway, more, "", "");
    bytes = egret_test_read_file(gateway.arena, EGRET_TEST_WIND);
    bytes = egret_test_bend(&gateway, bytes, find, replacement);
    bytes = egret_test_bend(&gateway, bytes, bend->find, bend->replacement);
    egret_test_assert_bend(egret_test_judge(&gateway, bytes, "xiamen-bank"),
                           bend);
    egret_test_gateway_close(&gateway);
}
