/* SPDX-License-Identifier: Apache-2.0 */

#include <string.h>

#include "message.h"
#include "msg/path.h"

#define MESSAGE                                                               \
    "<Document xmlns=\"" EGRET_TEST_NAMESPACE "\"><FIToFICstmrCdtTrf>"        \
    "<GrpHdr><MsgId> M1\n</MsgId><NbOfTxs/></GrpHdr>"                         \
    "<CdtTrfTxInf><IntrBkSttlmAmt Ccy=\" CNY \">1</IntrBkSttlmAmt>"           \
    "<RmtInf/></CdtTrfTxInf>"                                                 \
    "<CdtTrfTxInf><IntrBkSttlmAmt>2</IntrBkSttlmAmt><RmtInf>"                 \
    "<Ustrd>a</Ustrd><Ustrd>b</Ustrd></RmtInf></CdtTrfTxInf>"                 \
    "<CdtTrfTxInf><IntrBkSttlmAmt Ccy=\"TWD\">3</IntrBkSttlmAmt><RmtInf>"     \
    "<Other/><Ustrd>c</Ustrd></RmtInf></CdtTrfTxInf>"                         \
    "</FIToFICstmrCdtTrf></Document>"

static egret_arena_t *arena;
static egret_tape_t tape;
static const egret_element_t *root;


static int
set_up(void **state)
{
    (void) state;
    arena = egret_arena_create(egret_allocator_default(), 0);
    egret_test_tape(&tape, arena, MESSAGE);
    root = egret_definition_root(&egret_test_definition,
                                 EGRET_SPAN("Document"));

    return root == NULL;
}


static int
tear_down(void **state)
{
    (void) state;
    egret_arena_destroy(arena);

    return 0;
}


static egret_path_t
compile(const char *text)
{
    egret_path_t path;

    egret_assert_ok(egret_path_compile(root, egret_span_from(text), &path));

    return path;
}


/* The values that the path reaches, one after the other with a space. */
static void
assert_values(const char *text, const char *expected)
{
    egret_path_t path = compile(text);
    egret_path_cursor_t cursor;
    egret_node_t node;
    char found[256] = "";

    egret_path_start(&cursor, &tape, 0, &path);
    while ((node = egret_path_next(&cursor)) != EGRET_NODE_NONE) {
        egret_span_t value = egret_tape_value(&tape, node);

        strncat(found, value.at, value.length);
        strcat(found, " ");
    }
    assert_string_equal(found, expected);
    assert_int_equal(egret_path_next(&cursor), EGRET_NODE_NONE);
}


static void
test_a_path_reaches_every_node_in_document_order(void **state)
{
    (void) state;
    assert_values("FIToFICstmrCdtTrf/CdtTrfTxInf/IntrBkSttlmAmt", "1 2 3 ");
    assert_values("FIToFICstmrCdtTrf/CdtTrfTxInf/RmtInf/Ustrd", "a b c ");
}


static void
test_with_an_attribute_only_nodes_that_have_it(void **state)
{
    (void) state;
    assert_values("FIToFICstmrCdtTrf/CdtTrfTxInf/IntrBkSttlmAmt/@Ccy", "1 3 ");
}


static void
test_a_path_without_steps_is_the_base_itself(void **state)
{
    egret_path_t path = compile("");
    egret_path_cursor_t cursor;

    (void) state;
    egret_path_start(&cursor, &tape, 0, &path);
    assert_int_equal(egret_path_next(&cursor), 0);
    assert_int_equal(egret_path_next(&cursor), EGRET_NODE_NONE);
}


static void
test_an_attribute_of_the_base_itself(void **state)
{
    egret_node_t amount = egret_test_node(&tape, "IntrBkSttlmAmt");
    egret_path_t path;
    egret_span_t value;

    (void) state;
    egret_assert_ok(egret_path_compile(tape.nodes[amount].element,
                                       EGRET_SPAN("@Ccy"), &path));
    assert_false(path.is_absent);
    assert_true(egret_path_value(&tape, amount, &path, &value));
    egret_assert_span(value, "CNY");
}


static void
test_values_are_trimmed(void **state)
{
    egret_path_t id = compile("FIToFICstmrCdtTrf/GrpHdr/MsgId");
    egret_path_t empty = compile("FIToFICstmrCdtTrf/GrpHdr/NbOfTxs");
    egret_span_t value;

    (void) state;
    assert_true(egret_path_value(&tape, 0, &id, &value));
    egret_assert_span(value, "M1");
    assert_true(egret_path_value(&tape, 0, &empty, &value));
    egret_assert_span(value, "");
}


static void
test_no_node_or_one_with_children_has_no_value(void **state)
{
    egret_path_t none =
        compile("FIToFICstmrCdtTrf/CdtTrfTxInf/PmtId/EndToEndId");
    egret_path_t parent = compile("FIToFICstmrCdtTrf/GrpHdr");
    egret_span_t value = EGRET_SPAN("as before");

    (void) state;
    assert_false(none.is_absent);
    assert_int_equal(egret_path_first(&tape, 0, &none), EGRET_NODE_NONE);
    assert_false(egret_path_value(&tape, 0, &none, &value));
    assert_false(egret_path_value(&tape, 0, &parent, &value));
    egret_assert_span(value, "as before");
}


static void
test_what_the_definition_does_not_have_never_has_a_value(void **state)
{
    static const char *const absent[] = {
        "FIToFICstmrCdtTrf/CdtTrfTxInf/RmtInf/Other",
        "CdtTrfTxInf",
        "FIToFICstmrCdtTrf/CdtTrfTxInf/IntrBkSttlmAmt/@Other",
        "FIToFICstmrCdtTrf/None/IntrBkSttlmAmt/@Ccy",
        "FIToFICstmrCdtTrf/GrpHdr/MsgId/Below",
    };

    (void) state;
    for (size_t i = 0; i < sizeof(absent) / sizeof(absent[0]); i++) {
        egret_path_t path = compile(absent[i]);

        assert_true(path.is_absent);
        assert_int_equal(egret_path_first(&tape, 0, &path), EGRET_NODE_NONE);
    }
}


static void
test_without_a_base_every_path_is_absent(void **state)
{
    egret_path_t path;

    (void) state;
    root = NULL;
    path = compile("");
    assert_true(path.is_absent);
    path = compile("a/b/@c");
    assert_true(path.is_absent);
}


static void
test_a_path_that_is_none_is_refused(void **state)
{
    static const char *const refused[] = {
        "/",
        "/FIToFICstmrCdtTrf",
        "FIToFICstmrCdtTrf/",
        "FIToFICstmrCdtTrf//GrpHdr",
        "FIToFICstmrCdtTrf/CdtTrfTxInf[1]",
        "FIToFICstmrCdtTrf/@",
        "@",
        "@a/b",
        "@a/@b",
        "@a[1]",
        "a/b/c/d/e/f/g/h/i/j/k/l/m/n/o/p/q",
    };
    egret_path_t path;

    (void) state;
    for (size_t i = 0; i < sizeof(refused) / sizeof(refused[0]); i++) {
        egret_assert_rc(
            egret_path_compile(root, egret_span_from(refused[i]), &path),
            EGRET_ESYNTAX);
    }
    egret_assert_ok(egret_path_compile(
        root, EGRET_SPAN("a/b/c/d/e/f/g/h/i/j/k/l/m/n/o/p/@q"), &path));
}


static void
test_a_cursor_stays_below_its_start(void **state)
{
    egret_node_t transaction = egret_test_node(&tape, "CdtTrfTxInf");
    egret_path_t path;
    egret_path_cursor_t cursor;

    (void) state;
    transaction = tape.nodes[transaction].next;
    egret_assert_ok(egret_path_compile(tape.nodes[transaction].element,
                                       EGRET_SPAN("RmtInf/Ustrd"), &path));
    egret_path_start(&cursor, &tape, transaction, &path);
    egret_assert_span(egret_tape_value(&tape, egret_path_next(&cursor)), "a");
    egret_assert_span(egret_tape_value(&tape, egret_path_next(&cursor)), "b");
    assert_int_equal(egret_path_next(&cursor), EGRET_NODE_NONE);
}


static void
test_below_no_node_is_nothing(void **state)
{
    egret_path_t path = compile("FIToFICstmrCdtTrf");

    (void) state;
    assert_int_equal(egret_path_first(&tape, EGRET_NODE_NONE, &path),
                     EGRET_NODE_NONE);
}


#define CASE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(test_a_path_reaches_every_node_in_document_order),
        CASE(test_with_an_attribute_only_nodes_that_have_it),
        CASE(test_a_path_without_steps_is_the_base_itself),
        CASE(test_an_attribute_of_the_base_itself),
        CASE(test_values_are_trimmed),
        CASE(test_no_node_or_one_with_children_has_no_value),
        CASE(test_what_the_definition_does_not_have_never_has_a_value),
        CASE(test_without_a_base_every_path_is_absent),
        CASE(test_a_path_that_is_none_is_refused),
        CASE(test_a_cursor_stays_below_its_start),
        CASE(test_below_no_node_is_nothing),
    };

    return egret_test_run(tests);
}
