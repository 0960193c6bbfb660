/* SPDX-License-Identifier: Apache-2.0 */

#include "helper.h"
#include "util/buffer.h"

static egret_arena_t *arena;


static int
set_up(void **state)
{
    (void) state;

    arena = egret_arena_create(egret_allocator_default(), 0);

    return arena == NULL ? -1 : 0;
}


static int
tear_down(void **state)
{
    (void) state;

    egret_arena_destroy(arena);

    return 0;
}


static void
assert_xml(const char *text, bool in_attribute, const char *expected)
{
    egret_buffer_t buffer;

    egret_buffer_init(&buffer, arena, 1000);
    egret_buffer_add_xml(&buffer, egret_span_from(text), in_attribute);
    egret_assert_ok(egret_buffer_rc(&buffer));
    egret_assert_span(egret_buffer_span(&buffer), expected);
}


static void
assert_json(egret_span_t span, const char *expected)
{
    egret_buffer_t buffer;

    egret_buffer_init(&buffer, arena, 1000);
    egret_buffer_add_json(&buffer, span);
    egret_assert_ok(egret_buffer_rc(&buffer));
    egret_assert_span(egret_buffer_span(&buffer), expected);
}


static void
test_appends_follow_each_other(void **state)
{
    egret_buffer_t buffer;

    (void) state;

    egret_buffer_init(&buffer, arena, 1000);
    assert_int_equal(egret_buffer_span(&buffer).length, 0);

    egret_buffer_add(&buffer, EGRET_SPAN("green"));
    egret_buffer_add_byte(&buffer, '-');
    egret_buffer_add_text(&buffer, "bond");
    egret_buffer_print(&buffer, " %d%s", 42, "%");
    egret_buffer_add(&buffer, (egret_span_t){ NULL, 0 });
    egret_buffer_print(&buffer, "%s", "");
    egret_assert_ok(egret_buffer_rc(&buffer));
    egret_assert_span(egret_buffer_span(&buffer), "green-bond 42%");
}


static void
test_a_buffer_grows_to_its_maximum_and_no_further(void **state)
{
    egret_buffer_t buffer;

    (void) state;

    egret_buffer_init(&buffer, arena, 100000);

    for (size_t i = 0; i < 100000; i++) {
        egret_buffer_add_byte(&buffer, (char) ('a' + i % 26));
    }

    egret_assert_ok(egret_buffer_rc(&buffer));
    egret_buffer_add(&buffer, (egret_span_t){ NULL, 0 });
    egret_assert_ok(egret_buffer_rc(&buffer));
    egret_buffer_add_byte(&buffer, 'x');
    egret_assert_rc(egret_buffer_rc(&buffer), EGRET_ELIMIT);
    assert_int_equal(egret_buffer_span(&buffer).length, 100000);

    for (size_t i = 0; i < 100000; i++) {
        assert_int_equal(egret_buffer_span(&buffer).at[i], 'a' + i % 26);
    }
}


static void
test_a_failed_append_keeps_the_contents_and_is_remembered(void **state)
{
    egret_buffer_t buffer;

    (void) state;

    egret_buffer_init(&buffer, arena, 5);
    egret_buffer_add_text(&buffer, "abc");
    egret_buffer_add_text(&buffer, "def");
    egret_buffer_add_byte(&buffer, 'd');
    egret_buffer_print(&buffer, "%d", 1);
    egret_assert_rc(egret_buffer_rc(&buffer), EGRET_ELIMIT);
    egret_assert_span(egret_buffer_span(&buffer), "abc");
}


static void
test_a_maximum_of_nothing_takes_nothing(void **state)
{
    egret_buffer_t buffer;

    (void) state;

    egret_buffer_init(&buffer, arena, 0);
    egret_buffer_add_text(&buffer, "");
    egret_assert_ok(egret_buffer_rc(&buffer));
    egret_buffer_add_byte(&buffer, 'a');
    egret_assert_rc(egret_buffer_rc(&buffer), EGRET_ELIMIT);
}


static void
test_printing_fills_a_buffer_to_the_last_byte(void **state)
{
    egret_buffer_t buffer;

    (void) state;

    egret_buffer_init(&buffer, arena, 5);
    egret_buffer_print(&buffer, "%s", "abcde");
    egret_assert_ok(egret_buffer_rc(&buffer));
    egret_assert_span(egret_buffer_span(&buffer), "abcde");
}


static void
test_a_span_of_the_buffer_itself_can_be_added(void **state)
{
    egret_buffer_t buffer;

    (void) state;

    egret_buffer_init(&buffer, arena, 100000);
    egret_buffer_add_byte(&buffer, 'a');

    for (size_t i = 0; i < 12; i++) {
        egret_buffer_add(&buffer, egret_buffer_span(&buffer));
    }

    egret_assert_ok(egret_buffer_rc(&buffer));
    assert_int_equal(egret_buffer_span(&buffer).length, 4096);
    assert_int_equal(egret_buffer_span(&buffer).at[4095], 'a');
}


static void
test_the_arenas_ceiling_ends_a_buffer(void **state)
{
    egret_arena_t *small;
    egret_buffer_t buffer;

    (void) state;

    small = egret_arena_create(egret_allocator_default(), 2000);
    assert_non_null(small);
    egret_buffer_init(&buffer, small, SIZE_MAX);

    for (size_t i = 0; i < 5000; i++) {
        egret_buffer_add_byte(&buffer, 'a');
    }

    egret_assert_rc(egret_buffer_rc(&buffer), EGRET_ELIMIT);
    assert_in_range(egret_buffer_span(&buffer).length, 1, 2000);
    egret_arena_destroy(small);
}


static void
test_xml_text_is_escaped(void **state)
{
    (void) state;

    assert_xml("a<b>&\"c\"\r\n\t'", false,
               "a&lt;b&gt;&amp;&quot;c&quot;&#13;\n\t'");
    assert_xml("]]>", false, "]]&gt;");
    assert_xml("\xE7\x99\xBD", false, "\xE7\x99\xBD");
    assert_xml("", false, "");
}


static void
test_white_space_in_an_attribute_is_escaped(void **state)
{
    (void) state;

    assert_xml("a\tb\nc\rd e<", true, "a&#9;b&#10;c&#13;d e&lt;");
}


static void
test_json_strings_are_escaped(void **state)
{
    (void) state;

    assert_json(EGRET_SPAN(""), "\"\"");
    assert_json(EGRET_SPAN("a\"b\\c/"), "\"a\\\"b\\\\c/\"");
    assert_json(EGRET_SPAN("\b\f\n\r\t"), "\"\\b\\f\\n\\r\\t\"");
    assert_json(EGRET_SPAN("\0\x1F\x7F"), "\"\\u0000\\u001f\x7F\"");
    assert_json(EGRET_SPAN("\xE7\x99\xBD"), "\"\xE7\x99\xBD\"");
}


static void
test_bytes_that_are_no_utf8_become_replacement_characters(void **state)
{
    (void) state;

    assert_json(EGRET_SPAN("a\xFF" "b\n\xC3"),
                "\"a\xEF\xBF\xBD" "b\\n\xEF\xBF\xBD\"");
    assert_json(EGRET_SPAN("\xED\xA0\x80"),
                "\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\"");
}


static void
test_an_escaped_append_is_whole_or_not_there(void **state)
{
    egret_buffer_t buffer;

    (void) state;

    egret_buffer_init(&buffer, arena, 12);
    egret_buffer_add_text(&buffer, "abc");
    egret_buffer_add_xml(&buffer, EGRET_SPAN("x&y&z"), false);
    egret_assert_rc(egret_buffer_rc(&buffer), EGRET_ELIMIT);
    egret_assert_span(egret_buffer_span(&buffer), "abc");

    egret_buffer_init(&buffer, arena, 6);
    egret_buffer_add_text(&buffer, "abc");
    egret_buffer_add_json(&buffer, EGRET_SPAN("xy"));
    egret_assert_rc(egret_buffer_rc(&buffer), EGRET_ELIMIT);
    egret_assert_span(egret_buffer_span(&buffer), "abc");
}


static egret_rc_t
fill_buffer(const egret_allocator_t *allocator, void *context)
{
    egret_arena_t *own = egret_arena_create(allocator, 0);
    egret_buffer_t buffer;
    egret_rc_t rc;

    (void) context;

    if (own == NULL) {
        return EGRET_ENOMEM;
    }

    egret_buffer_init(&buffer, own, 1000000);

    for (size_t i = 0; i < 1000; i++) {
        egret_buffer_add_text(&buffer, "text");
        egret_buffer_print(&buffer, "%09d", 1);
        egret_buffer_add_xml(&buffer, EGRET_SPAN("<&>"), false);
        egret_buffer_add_json(&buffer, EGRET_SPAN("\x01\xFF"));
    }

    rc = egret_buffer_rc(&buffer);
    egret_arena_destroy(own);

    return rc;
}


static void
test_a_buffer_survives_each_failing_allocation(void **state)
{
    (void) state;

    assert_true(egret_test_torture(fill_buffer, NULL) >= 4);
}


static const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_appends_follow_each_other),
    cmocka_unit_test(test_a_buffer_grows_to_its_maximum_and_no_further),
    cmocka_unit_test(test_a_failed_append_keeps_the_contents_and_is_remembered),
    cmocka_unit_test(test_a_maximum_of_nothing_takes_nothing),
    cmocka_unit_test(test_printing_fills_a_buffer_to_the_last_byte),
    cmocka_unit_test(test_a_span_of_the_buffer_itself_can_be_added),
    cmocka_unit_test(test_the_arenas_ceiling_ends_a_buffer),
    cmocka_unit_test(test_xml_text_is_escaped),
    cmocka_unit_test(test_white_space_in_an_attribute_is_escaped),
    cmocka_unit_test(test_json_strings_are_escaped),
    cmocka_unit_test(test_bytes_that_are_no_utf8_become_replacement_characters),
    cmocka_unit_test(test_an_escaped_append_is_whole_or_not_there),
    cmocka_unit_test(test_a_buffer_survives_each_failing_allocation),
};


int
main(void)
{
    cmocka_set_message_output(CM_OUTPUT_TAP);

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
