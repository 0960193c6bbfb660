/* SPDX-License-Identifier: Apache-2.0 */

#include <stdio.h>
#include <string.h>

#include "message.h"
#include "msg/envelope.h"

#define MESSAGE                                                               \
    "<Envelope>\n"                                                            \
    "<h:AppHdr xmlns:h=\"" EGRET_ISO_NAMESPACE "head.001.001.02\">"           \
    "<h:BizMsgIdr>1</h:BizMsgIdr></h:AppHdr>\n"                               \
    "<Document xmlns=\"" EGRET_TEST_NAMESPACE "\"><FIToFICstmrCdtTrf>"        \
    "<GrpHdr><MsgId>1</MsgId></GrpHdr>"                                       \
    "<CdtTrfTxInf><IntrBkSttlmAmt Ccy=\"CNY\">1</IntrBkSttlmAmt>"             \
    "</CdtTrfTxInf>"                                                          \
    "<CdtTrfTxInf><RmtInf><Ustrd>a</Ustrd><Ustrd>b</Ustrd></RmtInf>"          \
    "<Cdtr/><Cdtr><Nm>x</Nm></Cdtr></CdtTrfTxInf>"                            \
    "</FIToFICstmrCdtTrf></Document></Envelope>"

static egret_arena_t *arena;
static egret_tape_t tape;


static int
set_up(void **state)
{
    (void) state;
    arena = egret_arena_create(egret_allocator_default(), 0);
    egret_test_tape(&tape, arena, MESSAGE);
    tape.app_hdr = egret_test_node(&tape, "AppHdr");
    tape.document = egret_test_node(&tape, "Document");

    return 0;
}


static int
tear_down(void **state)
{
    (void) state;
    egret_arena_destroy(arena);

    return 0;
}


static egret_span_t
xpath_of(egret_node_t node)
{
    return egret_tape_xpath(&tape, node, EGRET_SPAN(""), arena);
}


static void
test_a_path_starts_at_app_hdr_or_document_without_prefixes(void **state)
{
    (void) state;
    egret_assert_span(xpath_of(egret_test_node(&tape, "BizMsgIdr")),
                      "/AppHdr/BizMsgIdr");
    egret_assert_span(xpath_of(egret_test_node(&tape, "MsgId")),
                      "/Document/FIToFICstmrCdtTrf/GrpHdr/MsgId");
    egret_assert_span(xpath_of(tape.document), "/Document");
}


static void
test_a_wrapper_has_a_path_from_the_root(void **state)
{
    (void) state;
    egret_assert_span(xpath_of(0), "/Envelope");
    tape.document = EGRET_NODE_NONE;
    egret_assert_span(xpath_of(egret_test_node(&tape, "GrpHdr")),
                      "/Envelope/Document/FIToFICstmrCdtTrf/GrpHdr");
}


static void
test_a_repeatable_element_always_has_its_position(void **state)
{
    egret_node_t amount = egret_test_node(&tape, "IntrBkSttlmAmt");
    egret_node_t line = egret_test_node(&tape, "Ustrd");

    (void) state;
    egret_assert_span(
        xpath_of(amount),
        "/Document/FIToFICstmrCdtTrf/CdtTrfTxInf[1]/IntrBkSttlmAmt");
    egret_assert_span(
        xpath_of(line),
        "/Document/FIToFICstmrCdtTrf/CdtTrfTxInf[2]/RmtInf/Ustrd[1]");
    egret_assert_span(
        xpath_of(line + 1),
        "/Document/FIToFICstmrCdtTrf/CdtTrfTxInf[2]/RmtInf/Ustrd[2]");
}


static void
test_an_attribute_is_the_last_step(void **state)
{
    (void) state;
    egret_assert_span(
        egret_tape_xpath(&tape, egret_test_node(&tape, "IntrBkSttlmAmt"),
                         EGRET_SPAN("Ccy"), arena),
        "/Document/FIToFICstmrCdtTrf/CdtTrfTxInf[1]/IntrBkSttlmAmt/@Ccy");
}


static void
test_another_element_has_a_position_from_the_second_on(void **state)
{
    egret_node_t first = egret_test_node(&tape, "Cdtr");

    (void) state;
    egret_assert_span(xpath_of(first),
                      "/Document/FIToFICstmrCdtTrf/CdtTrfTxInf[2]/Cdtr");
    egret_assert_span(
        xpath_of(egret_test_node(&tape, "Nm")),
        "/Document/FIToFICstmrCdtTrf/CdtTrfTxInf[2]/Cdtr[2]/Nm");
}


static void
test_positions_count_siblings_of_the_same_expanded_name(void **state)
{
    (void) state;
    egret_test_tape(&tape, arena,
                    "<a xmlns:x=\"urn:x\"><b/><c/><x:b/><b/><x:b/></a>");
    egret_assert_span(xpath_of(1), "/a/b");
    egret_assert_span(xpath_of(2), "/a/c");
    egret_assert_span(xpath_of(3), "/a/b");
    egret_assert_span(xpath_of(4), "/a/b[2]");
    egret_assert_span(xpath_of(5), "/a/b[2]");
}


static void
test_no_node_has_an_empty_path(void **state)
{
    egret_span_t none = xpath_of(EGRET_NODE_NONE);

    (void) state;
    assert_non_null(none.at);
    assert_int_equal(none.length, 0);
}


static char *
nested(const char *name, size_t levels)
{
    size_t length = strlen(name);
    char *text = egret_arena_allocate(arena, levels * (2 * length + 5) + 1);
    char *at = text;

    for (size_t i = 0; i < levels; i++) {
        at += sprintf(at, "<%s>", name);
    }
    for (size_t i = 0; i < levels; i++) {
        at += sprintf(at, "</%s>", name);
    }

    return text;
}


static void
test_a_long_path_cuts_its_names_between_characters(void **state)
{
    char name[3 * 85 + 1] = "";
    egret_span_t path;

    (void) state;
    for (size_t i = 0; i < 85; i++) {
        strcat(name, "鹭");
    }
    egret_test_tape(&tape, arena, nested(name, 40));
    path = egret_tape_xpath(&tape, 39, egret_span_from(name), arena);
    assert_non_null(path.at);
    assert_in_range(path.length, 1, EGRET_XPATH_MAXIMUM);
    assert_true(egret_span_is_utf8(path, NULL));
    assert_int_equal(path.length, 40 * (1 + 39 + 3) + 2 + 39 + 3);
}


static void
test_a_deep_path_leaves_out_its_middle(void **state)
{
    egret_span_t path;
    char *text = nested("Twenty-bytes-of-name", 255);

    (void) state;
    egret_test_tape(&tape, arena, text);
    path = xpath_of(254);
    assert_int_equal(path.length, 8 * 21 + 4 + 48 * 21);
    assert_true(egret_span_starts_with(
        path, EGRET_SPAN("/Twenty-bytes-of-name/Twenty-bytes-of-name/")));
    egret_assert_span(egret_span_slice(path, 8 * 21, 8 * 21 + 11),
                      "/.../Twenty");
    assert_true(
        egret_span_ends_with(path, EGRET_SPAN("/Twenty-bytes-of-name")));
}


static void
test_a_path_that_just_fits_is_whole(void **state)
{
    egret_span_t path;

    (void) state;
    egret_test_tape(&tape, arena, nested("fifteen-letters", 255));
    path = xpath_of(254);
    assert_int_equal(path.length, 255 * 16);
}


static egret_rc_t
write_one(const egret_allocator_t *allocator, void *context)
{
    egret_arena_t *own = egret_arena_create(allocator, 0);
    const egret_tape_t *read = context;
    egret_span_t path;
    egret_rc_t rc = EGRET_OK;

    if (own == NULL) {
        return EGRET_ENOMEM;
    }
    path = egret_tape_xpath(read, read->node_count - 1, EGRET_SPAN(""), own);
    if (path.at == NULL) {
        rc = egret_arena_rc(own);
    }
    egret_arena_destroy(own);

    return rc;
}


static void
test_each_allocation_may_fail(void **state)
{
    (void) state;
    egret_test_tape(&tape, arena, nested("Twenty-bytes-of-name", 255));
    assert_in_range(egret_test_torture(write_one, &tape), 1, 1000);
}


#define CASE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(test_a_path_starts_at_app_hdr_or_document_without_prefixes),
        CASE(test_a_wrapper_has_a_path_from_the_root),
        CASE(test_a_repeatable_element_always_has_its_position),
        CASE(test_an_attribute_is_the_last_step),
        CASE(test_another_element_has_a_position_from_the_second_on),
        CASE(test_positions_count_siblings_of_the_same_expanded_name),
        CASE(test_no_node_has_an_empty_path),
        CASE(test_a_long_path_cuts_its_names_between_characters),
        CASE(test_a_deep_path_leaves_out_its_middle),
        CASE(test_a_path_that_just_fits_is_whole),
        CASE(test_each_allocation_may_fail),
    };

    return egret_test_run(tests);
}
