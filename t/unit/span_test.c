/* SPDX-License-Identifier: Apache-2.0 */

#include "helper.h"

#define SPAN(text) EGRET_SPAN(text)

static const egret_span_t nothing = { NULL, 0 };


static void
test_spans_are_equal_when_their_bytes_are(void **state)
{
    (void) state;

    assert_true(egret_span_equals(SPAN("EUR"), SPAN("EUR")));
    assert_true(egret_span_equals(nothing, SPAN("")));
    assert_true(egret_span_equals(SPAN("a\0b"), SPAN("a\0b")));
    assert_false(egret_span_equals(SPAN("a\0b"), SPAN("a\0c")));
    assert_false(egret_span_equals(SPAN("EUR"), SPAN("EURO")));
    assert_true(egret_span_equals_text(SPAN("EUR"), "EUR"));
    assert_false(egret_span_equals_text(SPAN("EUR"), "eur"));
    assert_true(egret_span_equals_text(nothing, NULL));
}


static void
test_only_ascii_letters_compare_without_case(void **state)
{
    (void) state;

    assert_true(egret_span_equals_nocase(SPAN("Content-TYPE"),
                                         SPAN("content-type")));
    assert_false(egret_span_equals_nocase(SPAN("\xC3\x89"), SPAN("\xC3\xA9")));
    assert_false(egret_span_equals_nocase(SPAN("["), SPAN("{")));
    assert_false(egret_span_equals_nocase(SPAN("a"), SPAN("ab")));
    assert_true(egret_span_equals_nocase(nothing, SPAN("")));
}


static void
test_a_span_starts_and_ends_with_itself_and_nothing(void **state)
{
    (void) state;

    assert_true(egret_span_starts_with(SPAN("pacs.008"), SPAN("pacs.")));
    assert_true(egret_span_ends_with(SPAN("pacs.008"), SPAN(".008")));
    assert_true(egret_span_starts_with(SPAN("x"), SPAN("x")));
    assert_true(egret_span_ends_with(SPAN("x"), SPAN("x")));
    assert_true(egret_span_starts_with(SPAN("x"), nothing));
    assert_true(egret_span_ends_with(nothing, nothing));
    assert_false(egret_span_starts_with(SPAN("x"), SPAN("xy")));
    assert_false(egret_span_ends_with(SPAN("x"), SPAN("yx")));
    assert_false(egret_span_ends_with(SPAN("abc"), SPAN("ab")));
}


static void
test_order_is_by_bytes_and_the_shorter_first(void **state)
{
    (void) state;

    assert_int_equal(egret_span_compare(SPAN("a"), SPAN("b")), -1);
    assert_int_equal(egret_span_compare(SPAN("b"), SPAN("a")), 1);
    assert_int_equal(egret_span_compare(SPAN("a"), SPAN("aa")), -1);
    assert_int_equal(egret_span_compare(SPAN("aa"), SPAN("a")), 1);
    assert_int_equal(egret_span_compare(SPAN("a"), SPAN("a")), 0);
    assert_int_equal(egret_span_compare(nothing, SPAN("")), 0);
    assert_int_equal(egret_span_compare(SPAN("\x7F"), SPAN("\x80")), -1);
}


static void
test_a_byte_that_is_not_there_is_found_at_the_end(void **state)
{
    (void) state;

    assert_int_equal(egret_span_find(SPAN("a:b:c"), ':'), 1);
    assert_int_equal(egret_span_find(SPAN("abc"), ':'), 3);
    assert_int_equal(egret_span_find(nothing, ':'), 0);
    assert_int_equal(egret_span_find(SPAN("a\0b"), '\0'), 1);
}


static void
test_a_slice_is_cut_to_the_length(void **state)
{
    (void) state;

    egret_assert_span(egret_span_slice(SPAN("abcdef"), 2, 4), "cd");
    egret_assert_span(egret_span_slice(SPAN("abcdef"), 4, 99), "ef");
    egret_assert_span(egret_span_slice(SPAN("abcdef"), 99, SIZE_MAX), "");
    egret_assert_span(egret_span_slice(SPAN("abcdef"), 4, 2), "");
    egret_assert_span(egret_span_slice(nothing, 1, 2), "");
}


static void
test_only_xml_white_space_is_trimmed(void **state)
{
    (void) state;

    egret_assert_span(egret_span_trim(SPAN(" \t\r\n a b \n")), "a b");
    egret_assert_span(egret_span_trim(SPAN("\v a")), "\v a");
    egret_assert_span(egret_span_trim(SPAN("\xC2\xA0")), "\xC2\xA0");
    egret_assert_span(egret_span_trim(SPAN(" \n\t")), "");
    egret_assert_span(egret_span_trim(nothing), "");
}


static void
test_characters_are_counted_not_bytes(void **state)
{
    (void) state;

    assert_int_equal(egret_span_characters(SPAN("abc")), 3);
    assert_int_equal(egret_span_characters(SPAN("\xE7\x99\xBD\xE9\xB9\xAD")),
                     2);
    assert_int_equal(egret_span_characters(SPAN("\xF0\x9F\x8C\xB1")), 1);
    assert_int_equal(egret_span_characters(nothing), 0);
}


static void
test_well_formed_utf8_is_accepted(void **state)
{
    (void) state;

    assert_true(egret_span_is_utf8(nothing, NULL));
    assert_true(egret_span_is_utf8(SPAN("\0 a \x7F"), NULL));
    assert_true(egret_span_is_utf8(SPAN("\xC2\x80 \xDF\xBF"), NULL));
    assert_true(egret_span_is_utf8(SPAN("\xE0\xA0\x80 \xEF\xBF\xBF"), NULL));
    assert_true(egret_span_is_utf8(SPAN("\xED\x9F\xBF \xEE\x80\x80"), NULL));
    assert_true(egret_span_is_utf8(SPAN("\xF0\x90\x80\x80"), NULL));
    assert_true(egret_span_is_utf8(SPAN("\xF4\x8F\xBF\xBF"), NULL));
}


static void
test_ill_formed_utf8_is_found_where_it_begins(void **state)
{
    static const egret_span_t bad[] = {
        SPAN("ab\x80"),             /* a continuation byte alone */
        SPAN("ab\xC0\x80"),         /* overlong */
        SPAN("ab\xC1\xBF"),
        SPAN("ab\xE0\x9F\xBF"),
        SPAN("ab\xF0\x8F\xBF\xBF"),
        SPAN("ab\xED\xA0\x80"),     /* surrogates */
        SPAN("ab\xED\xBF\xBF"),
        SPAN("ab\xF4\x90\x80\x80"), /* over U+10FFFF */
        SPAN("ab\xF5\x80\x80\x80"),
        SPAN("ab\xFF"),
        SPAN("ab\xC3"),             /* cut short */
        SPAN("ab\xE7\x99"),
        SPAN("ab\xF0\x9F\x8C"),
        SPAN("ab\xE7\x99z"),        /* broken off */
        SPAN("ab\xF0\x9F\x8Cz"),
    };

    (void) state;

    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        size_t offset = 99;

        assert_false(egret_span_is_utf8(bad[i], &offset));
        assert_int_equal(offset, 2);
    }
}


/* The first three are published values. */
static void
test_the_hash_is_fnv_1a(void **state)
{
    (void) state;

    assert_int_equal(egret_span_hash(nothing), 0x811C9DC5);
    assert_int_equal(egret_span_hash(SPAN("a")), 0xE40C292C);
    assert_int_equal(egret_span_hash(SPAN("foobar")), 0xBF9CF968);
    assert_int_equal(egret_span_hash(SPAN("\xFF")),
                     (uint32_t) ((0x811C9DC5U ^ 0xFFU) * 16777619U));
}


static const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_spans_are_equal_when_their_bytes_are),
    cmocka_unit_test(test_only_ascii_letters_compare_without_case),
    cmocka_unit_test(test_a_span_starts_and_ends_with_itself_and_nothing),
    cmocka_unit_test(test_order_is_by_bytes_and_the_shorter_first),
    cmocka_unit_test(test_a_byte_that_is_not_there_is_found_at_the_end),
    cmocka_unit_test(test_a_slice_is_cut_to_the_length),
    cmocka_unit_test(test_only_xml_white_space_is_trimmed),
    cmocka_unit_test(test_characters_are_counted_not_bytes),
    cmocka_unit_test(test_well_formed_utf8_is_accepted),
    cmocka_unit_test(test_ill_formed_utf8_is_found_where_it_begins),
    cmocka_unit_test(test_the_hash_is_fnv_1a),
};


int
main(void)
{
    return egret_test_run(tests);
}
