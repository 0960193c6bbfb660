/* SPDX-License-Identifier: Apache-2.0 */

#include <stdio.h>
#include <string.h>

#include "helper.h"

#include "rules/rulebook.h"


static egret_rc_t
load(egret_span_t text, egret_rulebook_t **out, char fault_text[1024])
{
    egret_arena_t *arena = egret_arena_create(egret_allocator_default(), 0);
    egret_rulebook_fault_t fault;
    egret_rc_t rc;

    assert_non_null(arena);
    rc = egret_rulebook_load(arena, EGRET_SPAN("rules/tpb.lua"), text, NULL,
                             out, &fault);
    assert_in_range(fault.text.length, 0, 1023);
    memcpy(fault_text, fault.text.length > 0 ? fault.text.at : "",
           fault.text.length);
    fault_text[fault.text.length] = '\0';
    egret_arena_destroy(arena);

    return rc;
}


static void
assert_fault(const char *text, const char *expected)
{
    egret_rulebook_t *rulebook;
    char fault[1024];

    egret_assert_rc(load(egret_span_from(text), &rulebook, fault),
                    EGRET_ESYNTAX);
    assert_string_equal(fault, expected);
}


static void
test_a_file_with_both_functions_is_a_rulebook(void **state)
{
    egret_arena_t *arena = egret_arena_create(egret_allocator_default(), 0);
    egret_rules_limits_t limits = egret_rules_limits_default();
    egret_rulebook_t *rulebook;
    egret_rulebook_fault_t fault;

    (void) state;
    egret_assert_ok(egret_rulebook_load(
        arena, EGRET_SPAN("a.lua"),
        EGRET_SPAN("return { send = function() end, receive = print or "
                   "function() end }"), NULL, &rulebook, &fault));
    assert_true(egret_rulebook_has(rulebook, EGRET_RULES_SEND));
    assert_true(egret_rulebook_has(rulebook, EGRET_RULES_RECEIVE));
    egret_assert_span(egret_rulebook_name(rulebook), "a.lua");
    assert_memory_equal(egret_rulebook_limits(rulebook), &limits,
                        sizeof(limits));

    egret_assert_ok(egret_rulebook_load(
        arena, EGRET_SPAN("a.lua"),
        EGRET_SPAN("return { send = function() end }"), NULL, &rulebook,
        &fault));
    assert_true(egret_rulebook_has(rulebook, EGRET_RULES_SEND));
    assert_false(egret_rulebook_has(rulebook, EGRET_RULES_RECEIVE));
    egret_arena_destroy(arena);
}


static void
test_a_syntax_error_names_file_and_line(void **state)
{
    (void) state;
    assert_fault("return {\n  send = function(m)\n  if end\n}",
                 "rules/tpb.lua:3: unexpected symbol near 'end'");
    assert_fault("x = [[\n\n",
                 "rules/tpb.lua:3: unfinished long string near '<eof>'");
    assert_fault("goto nowhere", "rules/tpb.lua:1: undefined label 'nowhere'");
}


static void
test_a_file_that_returns_something_else_is_refused(void **state)
{
    (void) state;
    assert_fault("", "rules/tpb.lua: a rules file returns a table with send, "
                     "receive or both, not a nil");
    assert_fault("return function() end",
                 "rules/tpb.lua: a rules file returns a table with send, "
                 "receive or both, not a function");
    assert_fault("return {}",
                 "rules/tpb.lua: the table has neither send nor receive");
    assert_fault("return { send = 1 }",
                 "rules/tpb.lua: \"send\" is a number, not a function");
    assert_fault("return { recieve = function() end }",
                 "rules/tpb.lua: the table has \"recieve\": only send and "
                 "receive are known");
    assert_fault("return { function() end, send = function() end }",
                 "rules/tpb.lua: the table has \"1\": only send and receive "
                 "are known");
}


static void
test_a_file_that_fails_when_run_is_refused(void **state)
{
    (void) state;
    assert_fault("\nlocal x = nothing.there\nreturn {}",
                 "rules/tpb.lua:2: attempt to index global 'nothing' (a nil "
                 "value)");
    assert_fault("\n\nerror('my own')", "rules/tpb.lua:3: my own");
    assert_fault("error({})", "rules/tpb.lua:1: an error that is not a text");
    assert_fault("while true do end",
                 "rules/tpb.lua:1: runs longer than it may");
    assert_fault("require('os')",
                 "rules/tpb.lua:1: attempt to call global 'require' (a nil "
                 "value)");
    assert_fault("egret.decimal('x')",
                 "rules/tpb.lua:1: \"x\" is not a decimal number");
}


static void
test_bytecode_is_refused(void **state)
{
    (void) state;
    assert_fault("\x1bLJ\x02",
                 "rules/tpb.lua: bytecode is not allowed, only text");
}


static void
test_numbers_of_ffi_are_refused(void **state)
{
    static const char what[] = "a number of FFI (such as 0LL or 1i) is not "
                               "allowed here";
    static const struct {
        const char *text;
        int line;
    } cases[] = {
        { "local x = 0LL", 1 },
        { "\n\nlocal x = 0LL\nreturn {}", 3 },
        { "\nlocal x = 1ULL return {}\n", 2 },
        { "local y = 1\nlocal x = 12i\n", 2 },
        { "return 0x1FULL", 1 },
    };

    (void) state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        char expected[256];

        (void) snprintf(expected, sizeof(expected), "rules/tpb.lua:%d: %s",
                        cases[i].line, what);
        assert_fault(cases[i].text, expected);
    }
}


static void
test_a_text_that_speaks_of_such_numbers_is_fine(void **state)
{
    egret_rulebook_t *rulebook;
    char fault[1024];

    (void) state;
    egret_assert_ok(load(EGRET_SPAN("-- 0LL\nlocal x = '0LL 1i'\n"
                                    "return { send = function() end }"),
                         &rulebook, fault));
}


static void
test_a_file_has_a_longest_length(void **state)
{
    static char text[EGRET_RULEBOOK_BYTES + 1];
    egret_rulebook_t *rulebook;
    char fault[1024];

    (void) state;
    memset(text, ' ', sizeof(text));
    egret_assert_rc(load((egret_span_t){ text, sizeof(text) }, &rulebook,
                         fault), EGRET_ELIMIT);
    assert_string_equal(fault,
                        "rules/tpb.lua: the file is longer than 256 KB");
    memcpy(text, "return { send = function() end }", 32);
    egret_assert_ok(load((egret_span_t){ text, sizeof(text) - 1 }, &rulebook,
                         fault));
}


static void
test_a_file_that_eats_memory_is_refused(void **state)
{
    egret_rulebook_t *rulebook;
    char fault[1024];

    (void) state;
    egret_assert_rc(load(EGRET_SPAN("local t = {}\nfor i = 1, 1e9 do\n"
                                    "t[i] = i end"), &rulebook, fault),
                    EGRET_ELIMIT);
    assert_non_null(strstr(fault, "uses more memory than it may"));
}


static void
test_any_memory_limit_is_survived(void **state)
{
    egret_span_t text = EGRET_SPAN(
        "local t = { a = {}, b = 'some text' }\n"
        "return { send = function(m) return t end }");
    egret_rc_t last = EGRET_ELIMIT;

    (void) state;
    for (size_t memory = 1024; memory < 256 * 1024; memory += 512) {
        egret_rules_limits_t limits = { memory, 100000, 100000 };
        egret_arena_t *arena =
            egret_arena_create(egret_allocator_default(), 0);
        egret_rulebook_fault_t fault;
        egret_rulebook_t *rulebook;

        last = egret_rulebook_load(arena, EGRET_SPAN("a.lua"), text, &limits,
                                   &rulebook, &fault);
        assert_true(last == EGRET_OK || last == EGRET_ELIMIT);
        assert_int_equal(last == EGRET_OK, fault.text.length == 0);
        egret_arena_destroy(arena);
    }
    egret_assert_ok(last);
}


static egret_rc_t
load_once(const egret_allocator_t *allocator, void *context)
{
    egret_arena_t *arena = egret_arena_create(allocator, 0);
    egret_rulebook_t *rulebook;
    egret_rulebook_fault_t fault;
    egret_rc_t rc;

    if (arena == NULL) {
        return EGRET_ENOMEM;
    }
    rc = egret_rulebook_load(arena, EGRET_SPAN("a.lua"),
                             *(const egret_span_t *) context, NULL, &rulebook,
                             &fault);
    egret_arena_destroy(arena);

    return rc == EGRET_ESYNTAX ? EGRET_OK : rc;
}


static void
test_every_failed_allocation_is_told(void **state)
{
    static char text[9000];
    egret_span_t span = { text, sizeof(text) };

    (void) state;
    memset(text, ' ', sizeof(text));
    memcpy(text, "return {", 8);
    assert_true(egret_test_torture(load_once, &span) >= 2);
}


int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_file_with_both_functions_is_a_rulebook),
        cmocka_unit_test(test_a_syntax_error_names_file_and_line),
        cmocka_unit_test(test_a_file_that_returns_something_else_is_refused),
        cmocka_unit_test(test_a_file_that_fails_when_run_is_refused),
        cmocka_unit_test(test_bytecode_is_refused),
        cmocka_unit_test(test_numbers_of_ffi_are_refused),
        cmocka_unit_test(test_a_text_that_speaks_of_such_numbers_is_fine),
        cmocka_unit_test(test_a_file_has_a_longest_length),
        cmocka_unit_test(test_a_file_that_eats_memory_is_refused),
        cmocka_unit_test(test_any_memory_limit_is_survived),
        cmocka_unit_test(test_every_failed_allocation_is_told),
    };

    return egret_test_run(tests);
}
