/* SPDX-License-Identifier: Apache-2.0 */

#include <stdio.h>
#include <string.h>

#include "reading.h"


void
egret_test_read(egret_test_reading_t *reading, egret_span_t bytes,
                const egret_xml_limits_t *limits, const egret_sink_t *sink)
{
    egret_xml_start();
    reading->arena = egret_arena_create(egret_allocator_default(), 0);
    assert_non_null(reading->arena);
    egret_tape_init(&reading->tape, reading->arena, bytes);
    egret_findings_init(&reading->findings, reading->arena);
    reading->rc = egret_xml_read(&reading->tape, limits, sink,
                                 &reading->findings);
}


void
egret_test_reading_end(egret_test_reading_t *reading)
{
    egret_arena_destroy(reading->arena);
}


static void
assert_no_flaw(const egret_test_reading_t *reading)
{
    const char *flaw = egret_test_flaw(reading->rc, &reading->tape,
                                       &reading->findings);

    if (flaw != NULL) {
        fail_msg("%s: %.*s", flaw,
                 (int) (reading->tape.bytes.length < 200
                            ? reading->tape.bytes.length : 200),
                 reading->tape.bytes.at);
    }
}


void
egret_test_assert_sound(egret_span_t bytes)
{
    egret_test_reading_t reading;

    egret_test_read(&reading, bytes, NULL, NULL);
    assert_no_flaw(&reading);
    assert_true(reading.tape.is_whole);
    egret_test_reading_end(&reading);
}


void
egret_test_assert_fault(egret_span_t bytes, egret_code_t code,
                        const char *place, const char *xpath,
                        const char *words)
{
    egret_test_reading_t reading;
    const egret_finding_t *finding;
    char found[32];

    egret_test_read(&reading, bytes, NULL, NULL);
    assert_no_flaw(&reading);
    assert_int_equal(reading.findings.count, 1);
    assert_false(reading.tape.is_whole);

    finding = &reading.findings.items[0];
    assert_string_equal(egret_code_row(finding->code)->id,
                        egret_code_row(code)->id);
    (void) snprintf(found, sizeof(found), "%u:%u", finding->line,
                    finding->column);
    assert_string_equal(found, place);
    egret_assert_span(finding->xpath, xpath);
    assert_int_equal(finding->severity, EGRET_SEVERITY_REJECT);
    if (memmem(finding->message.at, finding->message.length, words,
               strlen(words)) == NULL)
    {
        fail_msg("\"%s\" does not stand in \"%.*s\"", words,
                 EGRET_SPAN_ARGS(finding->message));
    }
    egret_test_reading_end(&reading);
}
