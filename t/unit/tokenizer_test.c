/* SPDX-License-Identifier: Apache-2.0 */

#include <string.h>

#include "helper.h"
#include "util/buffer.h"
#include "util/tokenizer.h"

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


/* One line a token: its line, its words in [], and how it ended. */
static egret_rc_t
describe(egret_tokenizer_t *tokenizer, egret_buffer_t *out)
{
    static const char *const ends[] = { ";", "{", "}", "end" };
    egret_token_t token;
    egret_rc_t rc;

    do {
        rc = egret_tokenizer_next(tokenizer, &token);
        if (rc != EGRET_OK) {
            return rc;
        }

        egret_buffer_print(out, "%u:", token.line);

        for (size_t i = 0; i < token.count; i++) {
            assert_int_equal(token.words[i].at[token.words[i].length], 0);
            egret_buffer_add_text(out, "[");
            egret_buffer_add(out, token.words[i]);
            egret_buffer_add_text(out, "]");
        }

        egret_buffer_print(out, "%s ", ends[token.kind]);
    } while (token.kind != EGRET_TOKEN_END);

    return egret_buffer_rc(out);
}


static void
assert_tokens(egret_span_t text, const char *expected)
{
    egret_tokenizer_t tokenizer;
    egret_buffer_t out;

    egret_tokenizer_init(&tokenizer, arena, text);
    egret_buffer_init(&out, arena, 100000);
    egret_assert_ok(describe(&tokenizer, &out));
    egret_assert_span(egret_buffer_span(&out), expected);
    assert_null(tokenizer.fault);
}


static void
assert_fault(egret_span_t text, uint32_t line, const char *fault)
{
    egret_tokenizer_t tokenizer;
    egret_buffer_t out;

    egret_tokenizer_init(&tokenizer, arena, text);
    egret_buffer_init(&out, arena, 100000);
    egret_assert_rc(describe(&tokenizer, &out), EGRET_ESYNTAX);
    assert_non_null(tokenizer.fault);
    assert_string_equal(tokenizer.fault, fault);
    assert_int_equal(tokenizer.line, line);
}


static void
test_words_end_directives_and_open_blocks(void **state)
{
    (void) state;

    assert_tokens(EGRET_SPAN("a b  c;"), "1:[a][b][c]; 1:end ");
    assert_tokens(EGRET_SPAN("http {\n  server {\n listen 1 ;\n}\n}\n"),
                  "1:[http]{ 2:[server]{ 3:[listen][1]; 4:} 5:} 6:end ");
    assert_tokens(EGRET_SPAN("a{b;}c;"), "1:[a]{ 1:[b]; 1:} 1:[c]; 1:end ");
    assert_tokens(EGRET_SPAN("}"), "1:} 1:end ");
}


static void
test_an_empty_text_ends_at_once_and_again(void **state)
{
    egret_tokenizer_t tokenizer;
    egret_token_t token;

    (void) state;

    assert_tokens((egret_span_t){ NULL, 0 }, "1:end ");
    assert_tokens(EGRET_SPAN(" \t\r\n \n"), "3:end ");

    egret_tokenizer_init(&tokenizer, arena, EGRET_SPAN("a;"));

    for (size_t i = 0; i < 4; i++) {
        egret_assert_ok(egret_tokenizer_next(&tokenizer, &token));
        assert_int_equal(token.kind == EGRET_TOKEN_END, i > 0);
    }
}


static void
test_a_directive_has_the_line_of_its_first_word(void **state)
{
    (void) state;

    assert_tokens(EGRET_SPAN("\n\na\nb\n;\nc;"), "3:[a][b]; 6:[c]; 6:end ");
    assert_tokens(EGRET_SPAN("'a\nb'\nc;"), "1:[a\nb][c]; 3:end ");
    assert_tokens(EGRET_SPAN("a;\r\n\r\n}"), "1:[a]; 3:} 3:end ");
}


static void
test_quotes_keep_what_would_end_a_word(void **state)
{
    (void) state;

    assert_tokens(EGRET_SPAN("a 'b c;{}#' \"d 'e' f\";"),
                  "1:[a][b c;{}#][d 'e' f]; 1:end ");
    assert_tokens(EGRET_SPAN("a '' \"\";"), "1:[a][][]; 1:end ");
    assert_tokens(EGRET_SPAN("'a' 'b'{"), "1:[a][b]{ 1:end ");
    assert_tokens(EGRET_SPAN("a b'c d\"e;"), "1:[a][b'c][d\"e]; 1:end ");
}


static void
test_after_a_quote_a_word_must_end(void **state)
{
    (void) state;

    assert_fault(EGRET_SPAN("a;\n'b'c;"), 2,
                 "unexpected character after a quoted parameter");
    assert_fault(EGRET_SPAN("'a''b';"), 1,
                 "unexpected character after a quoted parameter");
    assert_fault(EGRET_SPAN("'a'#;"), 1,
                 "unexpected character after a quoted parameter");
    assert_fault(EGRET_SPAN("'a'}"), 1,
                 "unexpected character after a quoted parameter");
}


static void
test_a_parenthesis_may_follow_a_quote(void **state)
{
    (void) state;

    assert_tokens(EGRET_SPAN("if ($a = \"b\") {"),
                  "1:[if][($a][=][b][)]{ 1:end ");
}


static void
test_a_comment_starts_where_a_word_would(void **state)
{
    (void) state;

    assert_tokens(EGRET_SPAN("# a;\nb # c;\nd#e;#f"),
                  "2:[b][d#e]; 3:end ");
    assert_tokens(EGRET_SPAN("#"), "1:end ");
    assert_tokens(EGRET_SPAN("# '\\\na;"), "2:[a]; 2:end ");
    assert_tokens(EGRET_SPAN("a 'b' # c\n;"), "1:[a][b]; 2:end ");
}


static void
test_a_variable_in_braces_opens_no_block(void **state)
{
    (void) state;

    assert_tokens(EGRET_SPAN("set $a ${b}c;"), "1:[set][$a][${b}c]; 1:end ");
    assert_tokens(EGRET_SPAN("a x${b}{"), "1:[a][x${b}]{ 1:end ");
    assert_tokens(EGRET_SPAN("a $b{"), "1:[a][$b]{ 1:end ");
    assert_tokens(EGRET_SPAN("a ${b;"), "1:[a][${b]; 1:end ");
    assert_tokens(EGRET_SPAN("a \"${b}\" {"), "1:[a][${b}]{ 1:end ");
    assert_tokens(EGRET_SPAN("a \\${b;"), "1:[a][\\$]{ 1:[b]; 1:end ");
}


static void
test_escapes_are_those_of_nginx(void **state)
{
    (void) state;

    assert_tokens(EGRET_SPAN("a 'b\\'c' \"d\\\"e\" f\\\\g;"),
                  "1:[a][b'c][d\"e][f\\g]; 1:end ");
    assert_tokens(EGRET_SPAN("a \\t\\r\\n;"), "1:[a][\t\r\n]; 1:end ");
    assert_tokens(EGRET_SPAN("a \\'b \\\"c;"), "1:[a]['b][\"c]; 1:end ");
    assert_tokens(EGRET_SPAN("a \\\\;"), "1:[a][\\]; 1:end ");
    assert_tokens(EGRET_SPAN("a '\\\\';"), "1:[a][\\]; 1:end ");
    assert_tokens(EGRET_SPAN("a \\\\t;"), "1:[a][\\t]; 1:end ");
}


static void
test_other_backslashes_stay_in_the_word(void **state)
{
    (void) state;

    assert_tokens(EGRET_SPAN("location ~ \\.xml$ {"),
                  "1:[location][~][\\.xml$]{ 1:end ");
    assert_tokens(EGRET_SPAN("a \\;b c\\ d e\\{f \\#g \\}h;"),
                  "1:[a][\\;b][c\\ d][e\\{f][\\#g][\\}h]; 1:end ");
    assert_tokens(EGRET_SPAN("a b\\\nc;"), "1:[a][b\\\nc]; 2:end ");
}


static void
test_a_zero_is_a_byte_like_any_other(void **state)
{
    egret_tokenizer_t tokenizer;
    egret_token_t token;

    (void) state;

    egret_tokenizer_init(&tokenizer, arena, EGRET_SPAN("a\0b \0;"));
    egret_assert_ok(egret_tokenizer_next(&tokenizer, &token));
    assert_int_equal(token.count, 2);
    assert_true(egret_span_equals(token.words[0], EGRET_SPAN("a\0b")));
    assert_true(egret_span_equals(token.words[1], EGRET_SPAN("\0")));
}


static void
test_what_stands_alone_is_a_fault(void **state)
{
    (void) state;

    assert_fault(EGRET_SPAN("a;\n\n;"), 3, "unexpected \";\"");
    assert_fault(EGRET_SPAN("\n{"), 2, "unexpected \"{\"");
    assert_fault(EGRET_SPAN("a b\n}"), 2, "unexpected \"}\"");
}


static void
test_a_directive_that_does_not_end_is_a_fault(void **state)
{
    static const char fault[] =
        "unexpected end of file, expecting \";\" or \"{\"";

    (void) state;

    assert_fault(EGRET_SPAN("a;\nb"), 2, fault);
    assert_fault(EGRET_SPAN("a;\nb\n\n"), 4, fault);
    assert_fault(EGRET_SPAN("a # ;"), 1, fault);
    assert_fault(EGRET_SPAN("'a'"), 1, fault);
    assert_fault(EGRET_SPAN("a\\"), 1, fault);
    assert_fault(EGRET_SPAN("a}"), 1, fault);
}


static void
test_a_quote_left_open_is_told_where_it_begins(void **state)
{
    (void) state;

    assert_fault(EGRET_SPAN("a;\nb 'c;\n\nd;\n"), 2, "missing closing quote");
    assert_fault(EGRET_SPAN("\n\"a\\\""), 2, "missing closing quote");
    assert_fault(EGRET_SPAN("\""), 1, "missing closing quote");
}


/* "BEFORE" and `count` times "x" and "AFTER". */
static egret_span_t
long_text(const char *before, size_t count, const char *after)
{
    egret_buffer_t buffer;

    egret_buffer_init(&buffer, arena, 100000);
    egret_buffer_add_text(&buffer, before);

    for (size_t i = 0; i < count; i++) {
        egret_buffer_add_byte(&buffer, 'x');
    }

    egret_buffer_add_text(&buffer, after);
    egret_assert_ok(egret_buffer_rc(&buffer));

    return egret_buffer_span(&buffer);
}


static void
assert_long_word(const char *before, size_t count, const char *after)
{
    egret_tokenizer_t tokenizer;
    egret_token_t token;

    egret_tokenizer_init(&tokenizer, arena, long_text(before, count, after));
    egret_assert_ok(egret_tokenizer_next(&tokenizer, &token));
    assert_int_equal(token.count, 2);
    assert_int_equal(token.words[1].length, count);
}


/* The lengths at which nginx 1.22.1 itself accepts and refuses. */
static void
test_a_word_may_be_as_long_as_in_nginx(void **state)
{
    static const char fault[] = "too long parameter or comment";

    (void) state;

    assert_long_word("a ", 4095, ";\n");
    assert_long_word("a ", 4094, " ;\n");
    assert_long_word("a '", 4094, "';\n");
    assert_long_word("a '", 4093, "' ;\n");

    assert_fault(long_text("a\n", 4096, ";\n"), 2, fault);
    assert_fault(long_text("a\n", 4095, " ;\n"), 2, fault);
    assert_fault(long_text("a\n'", 4095, "';\n"), 2, fault);
    assert_fault(long_text("a\n'", 4094, "' ;\n"), 2, fault);
    assert_fault(long_text("a\n'", 4096, "';\n"), 2,
                 "too long parameter, probably missing the closing quote");
}


static void
test_a_comment_may_be_as_long_as_in_nginx(void **state)
{
    (void) state;

    assert_tokens(long_text("#", 4094, "\na;"), "2:[a]; 2:end ");
    assert_fault(long_text("\n#", 4095, "\na;"), 2,
                 "too long parameter or comment");
}


static void
test_white_space_may_be_of_any_length(void **state)
{
    egret_buffer_t buffer;

    (void) state;

    egret_buffer_init(&buffer, arena, 100000);
    egret_buffer_print(&buffer, "a%*s;", 20000, "b");
    egret_assert_ok(egret_buffer_rc(&buffer));
    assert_tokens(egret_buffer_span(&buffer), "1:[a][b]; 1:end ");
}


static void
test_a_directive_has_at_most_512_words(void **state)
{
    egret_tokenizer_t tokenizer;
    egret_buffer_t buffer;
    egret_token_t token;

    (void) state;

    egret_buffer_init(&buffer, arena, 100000);

    for (size_t i = 0; i < EGRET_TOKENIZER_WORDS - 1; i++) {
        egret_buffer_add_text(&buffer, "w ");
    }

    egret_buffer_add_text(&buffer, "w;");
    egret_tokenizer_init(&tokenizer, arena, egret_buffer_span(&buffer));
    egret_assert_ok(egret_tokenizer_next(&tokenizer, &token));
    assert_int_equal(token.count, EGRET_TOKENIZER_WORDS);

    buffer.length--;
    egret_buffer_add_text(&buffer, " w;");
    egret_tokenizer_init(&tokenizer, arena, egret_buffer_span(&buffer));
    egret_assert_rc(egret_tokenizer_next(&tokenizer, &token), EGRET_ELIMIT);
    assert_string_equal(tokenizer.fault,
                        "too many parameters in one directive");
}


static void
test_the_arenas_ceiling_is_no_fault_of_the_text(void **state)
{
    egret_tokenizer_t tokenizer;
    egret_arena_t *small;
    egret_token_t token;

    (void) state;

    small = egret_arena_create(egret_allocator_default(), 600);
    assert_non_null(small);
    egret_tokenizer_init(&tokenizer, small, long_text("a ", 2000, ";"));
    egret_assert_rc(egret_tokenizer_next(&tokenizer, &token), EGRET_ELIMIT);
    assert_null(tokenizer.fault);
    egret_arena_destroy(small);
}


static egret_rc_t
read_words(const egret_allocator_t *allocator, void *context)
{
    egret_arena_t *own = egret_arena_create(allocator, 0);
    const egret_span_t *text = context;
    egret_tokenizer_t tokenizer;
    egret_token_t token = { .kind = EGRET_TOKEN_CLOSE };
    egret_rc_t rc = EGRET_OK;

    if (own == NULL) {
        return EGRET_ENOMEM;
    }

    egret_tokenizer_init(&tokenizer, own, *text);

    while (rc == EGRET_OK && token.kind != EGRET_TOKEN_END) {
        rc = egret_tokenizer_next(&tokenizer, &token);
    }

    assert_null(tokenizer.fault);
    egret_arena_destroy(own);

    return rc;
}


static void
test_a_tokenizer_survives_each_failing_allocation(void **state)
{
    egret_span_t text = long_text("a '", 4000, "' { b c; }\n");
    egret_buffer_t twice;

    (void) state;

    egret_buffer_init(&twice, arena, 100000);

    for (size_t i = 0; i < 10; i++) {
        egret_buffer_add(&twice, text);
    }

    egret_assert_ok(egret_buffer_rc(&twice));
    text = egret_buffer_span(&twice);
    assert_true(egret_test_torture(read_words, &text) >= 4);
}


static const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_words_end_directives_and_open_blocks),
    cmocka_unit_test(test_an_empty_text_ends_at_once_and_again),
    cmocka_unit_test(test_a_directive_has_the_line_of_its_first_word),
    cmocka_unit_test(test_quotes_keep_what_would_end_a_word),
    cmocka_unit_test(test_after_a_quote_a_word_must_end),
    cmocka_unit_test(test_a_parenthesis_may_follow_a_quote),
    cmocka_unit_test(test_a_comment_starts_where_a_word_would),
    cmocka_unit_test(test_a_variable_in_braces_opens_no_block),
    cmocka_unit_test(test_escapes_are_those_of_nginx),
    cmocka_unit_test(test_other_backslashes_stay_in_the_word),
    cmocka_unit_test(test_a_zero_is_a_byte_like_any_other),
    cmocka_unit_test(test_what_stands_alone_is_a_fault),
    cmocka_unit_test(test_a_directive_that_does_not_end_is_a_fault),
    cmocka_unit_test(test_a_quote_left_open_is_told_where_it_begins),
    cmocka_unit_test(test_a_word_may_be_as_long_as_in_nginx),
    cmocka_unit_test(test_a_comment_may_be_as_long_as_in_nginx),
    cmocka_unit_test(test_white_space_may_be_of_any_length),
    cmocka_unit_test(test_a_directive_has_at_most_512_words),
    cmocka_unit_test(test_the_arenas_ceiling_is_no_fault_of_the_text),
    cmocka_unit_test(test_a_tokenizer_survives_each_failing_allocation),
};


int
main(void)
{
    cmocka_set_message_output(CM_OUTPUT_TAP);

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
