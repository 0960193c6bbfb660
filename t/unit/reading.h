/* SPDX-License-Identifier: Apache-2.0 */
/* reading: an XML message read in a test, with its arena, tape and findings. */
#ifndef EGRET_TEST_READING_H
#define EGRET_TEST_READING_H

#include "flaw.h"
#include "helper.h"

typedef struct {
    egret_arena_t *arena;
    egret_tape_t tape;
    egret_findings_t findings;
    egret_rc_t rc;
} egret_test_reading_t;

/* Reads the bytes; `limits` and `sink` may be NULL. The reading must not move:
 * free it with egret_test_reading_end. */
void egret_test_read(egret_test_reading_t *reading, egret_span_t bytes,
                     const egret_xml_limits_t *limits,
                     const egret_sink_t *sink);
void egret_test_reading_end(egret_test_reading_t *reading);

/* The message is read to its end without a finding. */
void egret_test_assert_sound(egret_span_t bytes);
/* The message has one finding: its code, its place ("2:7"), its xpath, and
 * words that stand in its message. */
void egret_test_assert_fault(egret_span_t bytes, egret_code_t code,
                             const char *place, const char *xpath,
                             const char *words);

#endif
