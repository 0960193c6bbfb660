/* SPDX-License-Identifier: Apache-2.0 */
#include <regex.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "helper.h"
#include "schema/pattern.h"

typedef struct {
    egret_arena_t *arena;
    egret_charsets_t charsets;
    const egret_pattern_t *pattern;
    const char *why;
    egret_rc_t rc;
} compiled_t;

static void
compile(compiled_t *compiled, const char *text)
{
    compiled->arena = egret_arena_create(egret_allocator_default(), 0);
    compiled->why = "";
    egret_charsets_init(&compiled->charsets, compiled->arena);
    compiled->rc = egret_pattern_compile(
        compiled->arena, compiled->arena, &compiled->charsets,
        egret_span_from(text), &compiled->pattern, &compiled->why);
}

/* `matches` and `others` are texts, each list ending at NULL. */
static void
assert_matches(const char *text, const char *const *matches,
               const char *const *others)
{
    compiled_t compiled;

    compile(&compiled, text);
    egret_assert_ok(compiled.rc);
    for (; *matches != NULL; matches++) {
        if (!egret_pattern_matches(compiled.pattern,
                                   egret_span_from(*matches))) {
            fail_msg("%s does not match %s", text, *matches);
        }
    }
    for (; *others != NULL; others++) {
        if (egret_pattern_matches(compiled.pattern, egret_span_from(*others))) {
            fail_msg("%s matches %s", text, *others);
        }
    }
    egret_arena_destroy(compiled.arena);
}

#define LIST(...) ((const char *const[]){ __VA_ARGS__, NULL })

static void
test_a_pattern_is_anchored_at_both_ends(void **state)
{
    (void) state;
    assert_matches("[A-Z]{3,3}", LIST("EUR", "CNY"),
                   LIST("", "EU", "EURO", "eur", " EUR", "EUR "));
    assert_matches(".*Z", LIST("Z", "2025-01-01T00:00:00Z"),
                   LIST("", "z", "Z ", "Z\n"));
}

static void
test_repetitions_count(void **state)
{
    (void) state;
    assert_matches("a{2}", LIST("aa"), LIST("a", "aaa"));
    assert_matches("a{2,}", LIST("aa", "aaaaaa"), LIST("", "a"));
    assert_matches("a{0,2}b", LIST("b", "ab", "aab"), LIST("aaab", "a"));
    assert_matches("(ab){1,2}c?", LIST("ab", "abc", "ababc"),
                   LIST("", "c", "ababab"));
    assert_matches("(a*)*", LIST("", "a", "aaa"), LIST("b"));
    assert_matches("(a|b)+", LIST("a", "abba"), LIST("", "c"));
    assert_matches("", LIST(""), LIST("a"));
    assert_matches("a||b", LIST("", "a", "b"), LIST("ab"));
}

static void
test_sets_have_ranges_negation_and_subtraction(void **state)
{
    (void) state;
    assert_matches("[A-NP-Z0-9]", LIST("A", "P", "9"), LIST("O", "a", ""));
    assert_matches("[^/]+", LIST("abc", "\xE7\xBB\xBF"), LIST("", "a/b"));
    assert_matches("[a-z-[aeiou]]+", LIST("xyz"), LIST("xay", "A"));
    assert_matches("[\\i-[:]][\\c-[:]]*", LIST("a", "_a-1.b", "\xE7\xBB\xBF"),
                   LIST("", "1a", "a:b", "-"));
    assert_matches("[+\\-/]", LIST("+", "-", "/"), LIST(",", "."));
    assert_matches("[0-9()+\\-]", LIST("(", "-"), LIST("\\"));
    assert_matches("[a-]", LIST("a", "-"), LIST("b"));
}

static void
test_escapes_name_classes_of_characters(void **state)
{
    (void) state;
    assert_matches("\\d+", LIST("0123", "\xD9\xA3"), LIST("", "a", "1."));
    assert_matches("\\D\\s\\S", LIST("a b", "-\nc"), LIST("1 b", "abc"));
    assert_matches("\\w+", LIST("abc1", "\xE7\xBB\xBF"), LIST("a b", ".", ""));
    assert_matches("\\p{Lu}\\P{Lu}",
                   LIST("Ab", "\xC3\x89"
                              "e"),
                   LIST("ab"));
    assert_matches("\\p{IsBasicLatin}+", LIST("abc"), LIST("\xC3\xA9"));
    assert_matches("\\n\\r\\t\\.\\\\", LIST("\n\r\t.\\"), LIST("nrt.\\"));
    assert_matches("[\\?:\\(\\),'\\+ ]", LIST("?", "(", " ", "+"),
                   LIST("\\", "a"));
}

static void
test_a_character_is_one_whatever_its_bytes(void **state)
{
    (void) state;
    assert_matches(".",
                   LIST("a", "\xC3\xA9", "\xE7\xBB\xBF", "\xF0\xA0\x80\x8B"),
                   LIST("", "ab", "\n", "\xE7\xBB", "\xFF"));
    assert_matches("[\xE4\xB8\x80-\xE9\xBF\xBF]{2}",
                   LIST("\xE7\xBB\xBF\xE9\x87\x91"), LIST("\xE7\xBB\xBF"));
}

static void
test_what_is_no_expression_is_refused(void **state)
{
    static const char *const bad[] = {
        "(",        ")",
        "[",        "[]",
        "a)",       "*a",
        "a{",       "a{1",
        "a{,2}",    "a{2,1}",
        "[z-a]",    "\\",
        "\\q",      "\\p",
        "\\p{",     "\\p{Xx}",
        "\\p{}",    "[a-\\d]",
        "[a",       "a{x}",
        "[a-[b]",   "\\p{IsNowhere}",
        "+",        "a**",
        "[a-[b]c]",
    };

    (void) state;
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        compiled_t compiled;

        compile(&compiled, bad[i]);
        if (compiled.rc != EGRET_ESYNTAX) {
            fail_msg("%s: %s", bad[i], egret_rc_text(compiled.rc));
        }
        assert_true(strlen(compiled.why) > 0);
        egret_arena_destroy(compiled.arena);
    }
}

static void
test_a_pattern_that_grows_without_bound_is_refused(void **state)
{
    static const char *const large[] = {
        "((a{1000}){1000}){1000}",
        "(a|b)*a(a|b){600}",
        "((){99999}){99999}",
        "a{100001}",
        "((((((((x{9}){9}){9}){9}){9}){9}){9}){9}){9}",
    };

    (void) state;
    for (size_t i = 0; i < sizeof(large) / sizeof(large[0]); i++) {
        compiled_t compiled;

        compile(&compiled, large[i]);
        if (compiled.rc != EGRET_EUNSUPPORTED) {
            fail_msg("%s: %s", large[i], egret_rc_text(compiled.rc));
        }
        egret_arena_destroy(compiled.arena);
    }
}

static void
test_a_pattern_with_too_many_states_runs_on_its_places(void **state)
{
    compiled_t compiled;
    char text[64];

    (void) state;
    compile(&compiled, "(a|b)*a(a|b){20}");
    egret_assert_ok(compiled.rc);
    assert_null(compiled.pattern->next);
    memset(text, 'b', sizeof(text));
    text[30] = 'a';
    assert_true(
        egret_pattern_matches(compiled.pattern, (egret_span_t){ text, 51 }));
    assert_false(
        egret_pattern_matches(compiled.pattern, (egret_span_t){ text, 50 }));
    assert_false(
        egret_pattern_matches(compiled.pattern, (egret_span_t){ text, 52 }));
    egret_arena_destroy(compiled.arena);
}

static void
test_long_repetitions_of_a_set_are_a_table(void **state)
{
    static char text[8002];
    compiled_t compiled;

    (void) state;
    compile(&compiled, "[0-9a-zA-Z ]{1,8000}");
    egret_assert_ok(compiled.rc);
    assert_non_null(compiled.pattern->next);
    memset(text, 'x', sizeof(text));
    assert_true(
        egret_pattern_matches(compiled.pattern, (egret_span_t){ text, 8000 }));
    assert_false(
        egret_pattern_matches(compiled.pattern, (egret_span_t){ text, 8001 }));
    egret_arena_destroy(compiled.arena);
}

static uint32_t
next_random(uint32_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 17;
    *seed ^= *seed << 5;
    return *seed;
}

/* Small expressions of all forms, against the C library's engine, which
 * writes two of the sets in another way. */
static void
write_expression(char *ours, char *theirs, unsigned depth, uint32_t *seed)
{
    static const char *const atoms[][2] = {
        { "a", "a" },
        { "b", "b" },
        { "[ab]", "[ab]" },
        { "[^a]", "[^a]" },
        { ".", "." },
        { "\\d", "[0-9]" },
        { "[a-c-[b]]", "[ac]" },
        { "c", "c" },
    };
    static const char *const marks[] = { "",  "",    "?",     "*",
                                         "+", "{2}", "{1,3}", "{0,2}" };
    unsigned parts = 1 + next_random(seed) % 3;

    for (unsigned i = 0; i < parts; i++) {
        const char *mark = marks[next_random(seed) % 8];
        unsigned atom = next_random(seed) % 8;

        if (depth > 0 && next_random(seed) % 3 == 0) {
            strcat(ours, "(");
            strcat(theirs, "(");
            write_expression(ours, theirs, depth - 1, seed);
            strcat(ours, "|");
            strcat(theirs, "|");
            write_expression(ours, theirs, depth - 1, seed);
            strcat(ours, ")");
            strcat(theirs, ")");
        } else {
            strcat(ours, atoms[atom][0]);
            strcat(theirs, atoms[atom][1]);
        }
        strcat(ours, mark);
        strcat(theirs, mark);
    }
}

static void
test_small_expressions_match_what_the_c_library_matches(void **state)
{
    uint32_t seed = 4217;
    unsigned compared = 0;
    unsigned matched = 0;

    (void) state;
    for (unsigned i = 0; i < 300; i++) {
        char ours[4096] = "";
        char theirs[4096] = "^(";
        compiled_t compiled;
        regex_t oracle;

        write_expression(ours, theirs, 2, &seed);
        strcat(theirs, ")$");
        compile(&compiled, ours);
        egret_assert_ok(compiled.rc);
        assert_int_equal(regcomp(&oracle, theirs, REG_EXTENDED | REG_NOSUB), 0);
        for (unsigned k = 0; k < 30; k++) {
            char text[9] = "";
            unsigned length = next_random(&seed) % 8;
            bool is_match;

            for (unsigned at = 0; at < length; at++) {
                text[at] = "abc1"[next_random(&seed) % 4];
            }
            is_match =
                egret_pattern_matches(compiled.pattern, egret_span_from(text));
            compared++;
            matched += is_match;
            if (is_match != (regexec(&oracle, text, 0, NULL, 0) == 0)) {
                fail_msg("%s and %s", ours, text);
            }
        }
        regfree(&oracle);
        egret_arena_destroy(compiled.arena);
    }
    print_message("# %u texts compared, %u matched\n", compared, matched);
}

static egret_rc_t
compile_under_torture(const egret_allocator_t *allocator, void *context)
{
    egret_arena_t *arena = egret_arena_create(allocator, 0);
    const egret_pattern_t *pattern;
    egret_charsets_t charsets;
    const char *why;
    egret_rc_t rc;

    if (arena == NULL) {
        return EGRET_ENOMEM;
    }
    egret_charsets_init(&charsets, arena);
    rc = egret_pattern_compile(arena, arena, &charsets,
                               egret_span_from(context), &pattern, &why);
    egret_arena_destroy(arena);
    return rc;
}

static void
test_compiling_bears_any_allocation_failing(void **state)
{
    (void) state;
    assert_true(egret_test_torture(compile_under_torture,
                                   "([A-Z-[O]]{3,9}|\\s[^a-c]){1,5}") > 3);
    assert_true(egret_test_torture(compile_under_torture, "(a|b)*a(a|b){20}") >
                3);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_pattern_is_anchored_at_both_ends),
        cmocka_unit_test(test_repetitions_count),
        cmocka_unit_test(test_sets_have_ranges_negation_and_subtraction),
        cmocka_unit_test(test_escapes_name_classes_of_characters),
        cmocka_unit_test(test_a_character_is_one_whatever_its_bytes),
        cmocka_unit_test(test_what_is_no_expression_is_refused),
        cmocka_unit_test(test_a_pattern_that_grows_without_bound_is_refused),
        cmocka_unit_test(
            test_a_pattern_with_too_many_states_runs_on_its_places),
        cmocka_unit_test(test_long_repetitions_of_a_set_are_a_table),
        cmocka_unit_test(
            test_small_expressions_match_what_the_c_library_matches),
        cmocka_unit_test(test_compiling_bears_any_allocation_failing),
    };

    return egret_test_run(tests);
}
