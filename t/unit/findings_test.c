/* SPDX-License-Identifier: Apache-2.0 */

#include <stdio.h>
#include <string.h>

#include "err/findings.h"
#include "helper.h"

static egret_arena_t *arena;
static egret_findings_t findings;


static int
set_up(void **state)
{
    (void) state;
    arena = egret_arena_create(egret_allocator_default(), 0);
    egret_findings_init(&findings, arena);

    return arena == NULL;
}


static int
tear_down(void **state)
{
    (void) state;
    egret_arena_destroy(arena);

    return 0;
}


static void
add(egret_code_t code, egret_severity_t severity, uint32_t offset)
{
    egret_finding_t finding = { .code = code,
                                .severity = severity,
                                .offset = offset };

    egret_assert_ok(egret_findings_add(&findings, &finding));
}


static void
test_none_is_found_at_first(void **state)
{
    (void) state;
    assert_int_equal(findings.count, 0);
    assert_int_equal(findings.more, 0);
    assert_int_equal(findings.worst, EGRET_SEVERITY_INFO);
    assert_false(egret_findings_reject(&findings, EGRET_X05));
}


static void
test_findings_stand_in_document_order(void **state)
{
    (void) state;
    add(EGRET_P01, EGRET_SEVERITY_WARN, 50);
    add(EGRET_A01, EGRET_SEVERITY_WARN, 10);
    add(EGRET_A02, EGRET_SEVERITY_WARN, 90);
    add(EGRET_H05, EGRET_SEVERITY_WARN, 0);
    assert_int_equal(findings.count, 4);
    assert_int_equal(findings.items[0].code, EGRET_H05);
    assert_int_equal(findings.items[1].code, EGRET_A01);
    assert_int_equal(findings.items[2].code, EGRET_P01);
    assert_int_equal(findings.items[3].code, EGRET_A02);
}


static void
test_findings_at_one_place_stand_in_order_of_arrival(void **state)
{
    (void) state;
    add(EGRET_A03, EGRET_SEVERITY_WARN, 7);
    add(EGRET_A01, EGRET_SEVERITY_REJECT, 7);
    add(EGRET_A02, EGRET_SEVERITY_INFO, 7);
    assert_int_equal(findings.items[0].code, EGRET_A03);
    assert_int_equal(findings.items[1].code, EGRET_A01);
    assert_int_equal(findings.items[2].code, EGRET_A02);
}


static void
test_the_worst_is_kept_over_all_and_for_each_code(void **state)
{
    (void) state;
    add(EGRET_P01, EGRET_SEVERITY_WARN, 1);
    assert_int_equal(findings.worst, EGRET_SEVERITY_WARN);
    add(EGRET_P01, EGRET_SEVERITY_REJECT, 2);
    add(EGRET_P01, EGRET_SEVERITY_INFO, 3);
    add(EGRET_A01, EGRET_SEVERITY_HOLD, 4);
    assert_int_equal(findings.worst, EGRET_SEVERITY_REJECT);
    assert_true(findings.seen[EGRET_P01]);
    assert_false(findings.seen[EGRET_P02]);
    assert_int_equal(findings.severity_of[EGRET_P01], EGRET_SEVERITY_REJECT);
    assert_int_equal(findings.severity_of[EGRET_A01], EGRET_SEVERITY_HOLD);
    assert_true(egret_findings_reject(&findings, EGRET_P01));
    assert_false(egret_findings_reject(&findings, EGRET_A01));
    assert_false(egret_findings_reject(&findings, EGRET_P02));
}


static void
test_an_empty_iso_code_and_message_come_from_the_catalogue(void **state)
{
    egret_finding_t finding = {
        .code = EGRET_P01,
        .case_index = egret_code_case(EGRET_P01, "creditor"),
        .severity = EGRET_SEVERITY_REJECT,
    };

    (void) state;
    egret_assert_ok(egret_findings_add(&findings, &finding));
    egret_assert_span(findings.items[0].iso, "RC07");
    egret_assert_span(findings.items[0].message,
                      egret_code_row(EGRET_P01)->title_en);
}


static void
test_a_given_iso_code_and_message_stay(void **state)
{
    egret_finding_t finding = {
        .code = EGRET_U01,
        .severity = EGRET_SEVERITY_REJECT,
        .iso = EGRET_SPAN("RR04"),
        .message = EGRET_SPAN("coal is not for us"),
    };

    (void) state;
    egret_assert_ok(egret_findings_add(&findings, &finding));
    egret_assert_span(findings.items[0].iso, "RR04");
    egret_assert_span(findings.items[0].message, "coal is not for us");
}


static void
test_a_code_without_an_iso_code_has_none(void **state)
{
    (void) state;
    add(EGRET_X01, EGRET_SEVERITY_REJECT, 0);
    egret_assert_span(findings.items[0].iso, "");
}


static void
test_a_long_value_is_cut_at_140_characters(void **state)
{
    char text[3 * 200];
    egret_finding_t finding = { .code = EGRET_X05,
                                .severity = EGRET_SEVERITY_REJECT };

    (void) state;
    for (size_t i = 0; i < 200; i++) {
        memcpy(text + 3 * i, "鹭", 3);
    }
    finding.got = (egret_span_t){ text, 3 * 140 };
    egret_assert_ok(egret_findings_add(&findings, &finding));
    finding.got = (egret_span_t){ text, 3 * 141 };
    egret_assert_ok(egret_findings_add(&findings, &finding));
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(findings.items[i].got.length, 3 * 140);
        assert_true(egret_span_is_utf8(findings.items[i].got, NULL));
    }
}


static void
test_beyond_the_ceiling_findings_are_counted(void **state)
{
    (void) state;
    for (uint32_t i = 0; i < 250; i++) {
        add(EGRET_P01, EGRET_SEVERITY_WARN, i);
    }
    assert_int_equal(findings.count, EGRET_FINDINGS_CEILING);
    assert_int_equal(findings.more, 250 - EGRET_FINDINGS_CEILING);
    assert_int_equal(findings.items[99].offset, 99);
}


static void
test_a_worse_finding_takes_the_place_of_the_last_of_the_mildest(void **state)
{
    (void) state;
    for (uint32_t i = 0; i < 100; i++) {
        add(EGRET_P01, i % 2 == 0 ? EGRET_SEVERITY_WARN : EGRET_SEVERITY_HOLD,
            i);
    }
    add(EGRET_A04, EGRET_SEVERITY_REJECT, 500);
    assert_int_equal(findings.count, EGRET_FINDINGS_CEILING);
    assert_int_equal(findings.more, 1);
    assert_int_equal(findings.items[99].code, EGRET_A04);
    assert_int_equal(findings.items[98].offset, 99);
    assert_int_equal(findings.items[97].offset, 97);
    assert_int_equal(findings.items[96].offset, 96);
}


static void
test_a_finding_is_kept_while_there_is_room_or_a_milder_one(void **state)
{
    (void) state;
    assert_true(egret_findings_keep(&findings, EGRET_SEVERITY_INFO));
    for (uint32_t i = 0; i < 100; i++) {
        add(EGRET_P01, EGRET_SEVERITY_WARN, i);
    }
    assert_false(egret_findings_keep(&findings, EGRET_SEVERITY_INFO));
    assert_false(egret_findings_keep(&findings, EGRET_SEVERITY_WARN));
    assert_true(egret_findings_keep(&findings, EGRET_SEVERITY_HOLD));
    for (uint32_t i = 0; i < 100; i++) {
        add(EGRET_P01, EGRET_SEVERITY_REJECT, i);
    }
    assert_false(egret_findings_keep(&findings, EGRET_SEVERITY_REJECT));
    assert_int_equal(findings.more, 100);
}


static void
test_a_finding_that_is_only_counted_still_counts(void **state)
{
    (void) state;
    for (uint32_t i = 0; i < 100; i++) {
        add(EGRET_P01, EGRET_SEVERITY_REJECT, i);
    }
    add(EGRET_A01, EGRET_SEVERITY_HOLD, 200);
    assert_true(findings.seen[EGRET_A01]);
    assert_int_equal(findings.severity_of[EGRET_A01], EGRET_SEVERITY_HOLD);
}


static void
test_a_code_is_explained_at_its_anchor(void **state)
{
    egret_finding_t finding = { .code = EGRET_P01 };

    (void) state;
    egret_assert_span(egret_finding_doc(arena, &finding),
                      "docs/reference/findings.md#p01");
}


static egret_rc_t
fill(const egret_allocator_t *allocator, size_t ceiling)
{
    egret_arena_t *own = egret_arena_create(allocator, ceiling);
    egret_findings_t list;
    egret_rc_t rc = EGRET_OK;

    if (own == NULL) {
        return EGRET_ENOMEM;
    }
    egret_findings_init(&list, own);
    for (uint32_t i = 0; rc == EGRET_OK && i < 150; i++) {
        egret_finding_t finding = { .code = EGRET_X05,
                                    .severity = EGRET_SEVERITY_REJECT,
                                    .offset = 1000 - i };

        rc = egret_findings_add(&list, &finding);
        assert_int_equal(list.worst, EGRET_SEVERITY_REJECT);
    }
    egret_arena_destroy(own);

    return rc;
}


static egret_rc_t
fill_without_ceiling(const egret_allocator_t *allocator, void *context)
{
    (void) context;

    return fill(allocator, 0);
}


static void
test_each_allocation_may_fail(void **state)
{
    (void) state;
    assert_in_range(egret_test_torture(fill_without_ceiling, NULL), 2, 1000);
}


static void
test_the_ceiling_of_the_arena_is_a_limit(void **state)
{
    (void) state;
    egret_assert_rc(fill(egret_allocator_default(), 8192), EGRET_ELIMIT);
}


#define CASE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(test_none_is_found_at_first),
        CASE(test_findings_stand_in_document_order),
        CASE(test_findings_at_one_place_stand_in_order_of_arrival),
        CASE(test_the_worst_is_kept_over_all_and_for_each_code),
        CASE(test_an_empty_iso_code_and_message_come_from_the_catalogue),
        CASE(test_a_given_iso_code_and_message_stay),
        CASE(test_a_code_without_an_iso_code_has_none),
        CASE(test_a_long_value_is_cut_at_140_characters),
        CASE(test_beyond_the_ceiling_findings_are_counted),
        CASE(test_a_worse_finding_takes_the_place_of_the_last_of_the_mildest),
        CASE(test_a_finding_is_kept_while_there_is_room_or_a_milder_one),
        CASE(test_a_finding_that_is_only_counted_still_counts),
        CASE(test_a_code_is_explained_at_its_anchor),
        CASE(test_each_allocation_may_fail),
        CASE(test_the_ceiling_of_the_arena_is_a_limit),
    };

    return egret_test_run(tests);
}
