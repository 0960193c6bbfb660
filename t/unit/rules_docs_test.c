/* SPDX-License-Identifier: Apache-2.0 */
/* What docs/rules.md shows is what happens. */

#include <stdio.h>
#include <string.h>

#include "ruling.h"

#include "rules/green_keys.h"

#define DOC "docs/rules.md"
#define OPEN "```lua\n"
#define CLOSE "\n```"
#define FILE_BYTES 8192


/* The example at `*at` as a whole file: a part of one is what `receive` does.
 * Moves `*at` on; false at the last one. */
static bool
next_example(const char **at, char file[FILE_BYTES])
{
    const char *from = strstr(*at, OPEN);
    const char *to;
    int length;

    if (from == NULL) {
        return false;
    }
    from += sizeof(OPEN) - 1;
    to = strstr(from, CLOSE);
    assert_non_null(to);
    *at = to;

    length = snprintf(file, FILE_BYTES, "%.*s", (int) (to - from), from);
    assert_in_range(length, 1, FILE_BYTES - 1);
    if (strstr(file, "return {") == NULL) {
        length = snprintf(file, FILE_BYTES,
                          "return { receive = function(m)\n%.*s\nend }",
                          (int) (to - from), from);
        assert_in_range(length, 1, FILE_BYTES - 1);
    }

    return true;
}


static void
assert_no_failure(egret_test_ruling_t *ruling, const char *message)
{
    egret_test_ruling_run(ruling, message);
    if (ruling->findings.seen[EGRET_U02]) {
        fail_msg("%s", egret_test_ruling_text(ruling));
    }
    egret_assert_ok(egret_rules_run(ruling->sandbox, EGRET_RULES_SEND,
                                    &ruling->message, ruling->arena,
                                    &ruling->findings));
    if (ruling->findings.seen[EGRET_U02]) {
        fail_msg("%s", egret_test_ruling_text(ruling));
    }
}


static void
test_every_example_runs(void **state)
{
    egret_arena_t *arena = egret_arena_create(egret_allocator_default(), 0);
    const char *at = egret_test_read_file(arena, DOC).at;
    char file[FILE_BYTES];
    size_t count = 0;

    (void) state;
    while (next_example(&at, file)) {
        egret_test_ruling_t ruling;

        egret_test_ruling_open(&ruling, file);
        assert_no_failure(&ruling, egret_test_plain_message);
        assert_no_failure(&ruling, egret_test_green_message);
        egret_test_ruling_close(&ruling);
        count++;
    }
    assert_int_equal(count, 5);
    egret_arena_destroy(arena);
}


static void
test_the_whole_files_are_those_of_conf(void **state)
{
    static const char *const paths[] = { "conf/rules/carbon-assessment.lua",
                                         "conf/rules/both-directions.lua" };
    egret_arena_t *arena = egret_arena_create(egret_allocator_default(), 0);
    const char *at = egret_test_read_file(arena, DOC).at;

    (void) state;
    for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
        egret_span_t conf = egret_test_read_file(arena, paths[i]);
        char file[FILE_BYTES];

        assert_true(next_example(&at, file));
        assert_true(egret_span_ends_with(egret_span_trim(conf),
                                         egret_span_from(file)));
    }
    egret_arena_destroy(arena);
}


static void
test_the_second_example_judges_both_directions(void **state)
{
    egret_arena_t *arena = egret_arena_create(egret_allocator_default(), 0);
    egret_test_ruling_t ruling;

    (void) state;
    egret_test_ruling_open(
        &ruling,
        egret_test_read_file(arena, "conf/rules/both-directions.lua").at);
    egret_test_ruling_run(
        &ruling,
        "<Document xmlns=\"" EGRET_TEST_NAMESPACE "\"><FIToFICstmrCdtTrf>"
        "<CdtTrfTxInf><PmtId><EndToEndId>X1</EndToEndId></PmtId>"
        "<IntrBkSttlmAmt Ccy=\"EUR\">1</IntrBkSttlmAmt><SplmtryData><Envlp>"
        "<GrnFin xmlns=\"urn:x-egret:grn:1\"><Lbl><Cd>4.2.1</Cd><Src>DECL"
        "</Src></Lbl></GrnFin></Envlp></SplmtryData></CdtTrfTxInf>"
        "</FIToFICstmrCdtTrf></Document>");
    egret_assert_ok(egret_rules_run(ruling.sandbox, EGRET_RULES_SEND,
                                    &ruling.message, ruling.arena,
                                    &ruling.findings));
    assert_string_equal(
        egret_test_ruling_text(&ruling),
        "U01 reject XMB-010 /Document/FIToFICstmrCdtTrf/CdtTrfTxInf[1]/PmtId/"
        "EndToEndId: our references are E and digits\n"
        "U01 reject XMB-020 /Document/FIToFICstmrCdtTrf/CdtTrfTxInf[1]/"
        "IntrBkSttlmAmt/@Ccy: not a currency that we settle\n"
        "U01 hold XMB-021 /Document/FIToFICstmrCdtTrf/CdtTrfTxInf[1]/"
        "SplmtryData/Envlp/GrnFin/Lbl: label 4.2.1 is only declared");
    egret_test_ruling_close(&ruling);
    egret_arena_destroy(arena);
}


static void
test_every_key_of_the_block_is_told(void **state)
{
    egret_arena_t *arena = egret_arena_create(egret_allocator_default(), 0);
    const char *text = egret_test_read_file(arena, DOC).at;

    (void) state;
    for (int i = 0; i < EGRET_GREEN_STRUCT_COUNT; i++) {
        const egret_green_row_t *row =
            egret_green_row((egret_green_struct_t) i);

        for (size_t k = 0; k < row->count; k++) {
            char line[128];

            if (row->fields[k].key == NULL) {
                continue;
            }
            (void) snprintf(line, sizeof(line), "\n| `%s` |",
                            row->fields[k].key);
            if (strstr(text, line) == NULL) {
                fail_msg("%s: %s is not in " DOC, row->name,
                         row->fields[k].key);
            }
        }
    }
    egret_arena_destroy(arena);
}


static void
test_the_limits_are_those_that_hold(void **state)
{
    egret_rules_limits_t limits = egret_rules_limits_default();

    (void) state;
    assert_int_equal(limits.memory, 8 << 20);
    assert_int_equal(limits.steps, 1000000);
    assert_int_equal(limits.message_steps, 20000000);
}


int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_example_runs),
        cmocka_unit_test(test_the_whole_files_are_those_of_conf),
        cmocka_unit_test(test_the_second_example_judges_both_directions),
        cmocka_unit_test(test_every_key_of_the_block_is_told),
        cmocka_unit_test(test_the_limits_are_those_that_hold),
    };

    return egret_test_run(tests);
}
