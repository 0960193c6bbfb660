/* SPDX-License-Identifier: Apache-2.0 */

#include "message.h"
#include "msg/report.h"

#define MESSAGE                                                               \
    "<Document xmlns=\"" EGRET_TEST_NAMESPACE "\">\n"                         \
    " <FIToFICstmrCdtTrf>\n"                                                  \
    "  <CdtTrfTxInf><Cdtr><Nm>白鹭</Nm></Cdtr>"                               \
    "<IntrBkSttlmAmt Ccy=\"CNY\">1</IntrBkSttlmAmt></CdtTrfTxInf>\n"          \
    " </FIToFICstmrCdtTrf></Document>"

static egret_arena_t *arena;
static egret_tape_t tape;
static egret_findings_t findings;
static const egret_finding_t fault = { .code = EGRET_A02,
                                       .severity = EGRET_SEVERITY_REJECT };


static int
set_up(void **state)
{
    (void) state;
    arena = egret_arena_create(egret_allocator_default(), 0);
    egret_test_tape(&tape, arena, MESSAGE);
    tape.document = 0;
    egret_findings_init(&findings, arena);

    return 0;
}


static int
tear_down(void **state)
{
    (void) state;
    egret_arena_destroy(arena);

    return 0;
}


static void
test_a_finding_gets_path_line_column_and_offset(void **state)
{
    egret_node_t amount = egret_test_node(&tape, "IntrBkSttlmAmt");
    const egret_finding_t *added;

    (void) state;
    egret_assert_ok(egret_report_at(&tape, amount, EGRET_SPAN("Ccy"), &fault,
                                    &findings));
    added = &findings.items[0];
    egret_assert_span(
        added->xpath,
        "/Document/FIToFICstmrCdtTrf/CdtTrfTxInf[1]/IntrBkSttlmAmt/@Ccy");
    assert_int_equal(added->line, 3);
    assert_int_equal(added->column, 3 + 13 + 6 + 4 + 2 + 5 + 7);
    assert_int_equal(added->offset, tape.nodes[amount].tag_open);
    egret_assert_span(added->iso, "CH20");
}


static void
test_a_finding_without_a_place_stands_first(void **state)
{
    egret_finding_t stale = fault;

    (void) state;
    stale.offset = 99;
    stale.line = 7;
    stale.column = 7;
    stale.xpath = EGRET_SPAN("/stale");
    egret_assert_ok(
        egret_report_at(&tape, 2, EGRET_SPAN(""), &fault, &findings));
    egret_assert_ok(egret_report_at(&tape, EGRET_NODE_NONE, EGRET_SPAN(""),
                                    &stale, &findings));
    assert_int_equal(findings.items[0].offset, 0);
    assert_int_equal(findings.items[0].line, 0);
    assert_int_equal(findings.items[0].column, 0);
    egret_assert_span(findings.items[0].xpath, "");
    assert_int_not_equal(findings.items[1].line, 0);
}


static void
test_findings_come_in_document_order_whatever_reports_them(void **state)
{
    (void) state;
    for (egret_node_t node = tape.node_count; node > 0; node--) {
        egret_assert_ok(egret_report_at(&tape, node - 1, EGRET_SPAN(""),
                                        &fault, &findings));
    }
    assert_int_equal(findings.count, tape.node_count);
    for (egret_node_t node = 0; node < tape.node_count; node++) {
        assert_int_equal(findings.items[node].offset,
                         tape.nodes[node].tag_open);
    }
}


static void
test_what_is_only_counted_costs_no_memory(void **state)
{
    size_t used;

    (void) state;
    for (size_t i = 0; i < EGRET_FINDINGS_CEILING; i++) {
        egret_assert_ok(
            egret_report_at(&tape, 4, EGRET_SPAN(""), &fault, &findings));
    }
    used = egret_arena_used(arena);
    for (size_t i = 0; i < 100000; i++) {
        egret_assert_ok(
            egret_report_at(&tape, 4, EGRET_SPAN(""), &fault, &findings));
    }
    assert_int_equal(egret_arena_used(arena), used);
    assert_int_equal(findings.more, 100000);
}


static egret_rc_t
report_with(const egret_allocator_t *allocator, void *context)
{
    egret_arena_t *own = egret_arena_create(allocator, 0);
    egret_findings_t list;
    egret_rc_t rc = EGRET_OK;

    if (own == NULL) {
        return EGRET_ENOMEM;
    }
    egret_findings_init(&list, own);
    for (size_t i = 0; rc == EGRET_OK && i < 120; i++) {
        rc = egret_report_at(context, 4, EGRET_SPAN(""), &fault, &list);
    }
    egret_arena_destroy(own);

    return rc;
}


static void
test_each_allocation_may_fail(void **state)
{
    (void) state;
    assert_in_range(egret_test_torture(report_with, &tape), 2, 1000);
}


#define CASE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(test_a_finding_gets_path_line_column_and_offset),
        CASE(test_a_finding_without_a_place_stands_first),
        CASE(test_findings_come_in_document_order_whatever_reports_them),
        CASE(test_what_is_only_counted_costs_no_memory),
        CASE(test_each_allocation_may_fail),
    };

    return egret_test_run(tests);
}
