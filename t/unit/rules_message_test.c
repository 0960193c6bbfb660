/* SPDX-License-Identifier: Apache-2.0 */
/* Rules over whole messages, read and validated by their schemas. */

#include <stdio.h>
#include <string.h>

#include "green.h"

#include "rules/rules.h"

#define TEXT 4096


static void
find_blocks(const egret_test_green_message_t *message, egret_blocks_t *blocks)
{
    const egret_tape_t *tape = &message->tape;
    const egret_element_t *document =
        egret_tape_at(tape, tape->document)->element;
    egret_path_t path;

    egret_assert_ok(egret_path_compile(
        document, EGRET_SPAN("FIToFICstmrCdtTrf/CdtTrfTxInf"), &path));
    if (path.is_absent) {
        egret_assert_ok(egret_path_compile(
            document, EGRET_SPAN("FICdtTrf/CdtTrfTxInf"), &path));
    }
    assert_false(path.is_absent);
    egret_assert_ok(
        egret_blocks_find(tape, &path, message->arena, blocks));
}


/* Runs `file` over the message at `path`; its findings as lines of "code place:
 * message". In static memory. */
static const char *
run(const egret_test_green_t *green, const char *path, egret_span_t file)
{
    static char text[TEXT];
    egret_test_green_message_t message;
    egret_rulebook_fault_t fault;
    egret_rulebook_t *rulebook;
    egret_sandbox_t *sandbox;
    egret_findings_t findings;
    egret_blocks_t blocks;
    egret_rules_message_t seen = { .definition = EGRET_SPAN("pacs.008.001.08"),
                                   .sender = EGRET_SPAN("a"),
                                   .receiver = EGRET_SPAN("b") };
    size_t length = 0;

    egret_test_green_read(green, egret_test_read_file(green->arena, path),
                          &message);
    egret_test_green_assert_valid(&message);
    find_blocks(&message, &blocks);
    seen.tape = &message.tape;
    seen.blocks = &blocks;

    egret_findings_init(&findings, message.arena);
    egret_assert_ok(egret_rulebook_load(message.arena, EGRET_SPAN("a.lua"),
                                        file, NULL, &rulebook, &fault));
    egret_assert_ok(egret_sandbox_create(egret_allocator_default(), rulebook,
                                         NULL, &sandbox));
    egret_assert_ok(egret_rules_run(sandbox, EGRET_RULES_RECEIVE, &seen,
                                    message.arena, &findings));
    text[0] = '\0';
    for (size_t i = 0; i < findings.count; i++) {
        const egret_finding_t *finding = &findings.items[i];

        length += (size_t) snprintf(
            &text[length], TEXT - length, "%.*s %.*s: %.*s\n",
            EGRET_SPAN_ARGS(finding->rule), EGRET_SPAN_ARGS(finding->xpath),
            EGRET_SPAN_ARGS(finding->message));
        assert_in_range(length, 0, TEXT - 1);
    }
    egret_sandbox_destroy(sandbox);
    egret_test_green_end(&message);

    return text;
}


static void
test_the_example_judges_a_whole_message(void **state)
{
    egret_test_green_t green;
    egret_span_t file;

    (void) state;
    egret_test_green_open(&green);
    file = egret_test_read_file(green.arena,
                                "conf/rules/carbon-assessment.lua");
    assert_string_equal(
        run(&green, "t/data/good/green-wind-loan.xml", file),
        "TPB-002 /Document/FIToFICstmrCdtTrf/CdtTrfTxInf[1]/IntrBkSttlmAmt: "
        "over the agreed limit\n");
    assert_string_equal(
        run(&green, "t/data/good/green-solar-loan.xml", file),
        "TPB-001 /Document/FIToFICstmrCdtTrf/SplmtryData[1]/Envlp/GrnFin/UoP/"
        "Prj[1]: project carbon assessment is missing\n");
    assert_string_equal(
        run(&green, "t/data/good/pacs.008-two-payments.xml", file), "");
    egret_test_green_close(&green);
}


/* Reads all that a block says, and holds some of it against paths. */
static const char reads_all[] =
    "local function read(t)\n"
    "  for k, v in pairs(t) do\n"
    "    if type(v) == 'table' then read(v) end\n"
    "    assert(v ~= nil)\n"
    "  end\n"
    "end\n"
    "return { receive = function(m)\n"
    "  local g, at = m.green, 'CdtTrfTxInf/SplmtryData/Envlp/GrnFin/'\n"
    "  if not m:text(at .. 'Id') then at = at:sub(13) end\n"
    "  read(g)\n"
    "  assert(m:text(at .. 'Id') == g.id and g.version == '1.0')\n"
    "  assert(m:text(at .. 'Issr/LEI') == g.issuer.lei)\n"
    "  assert(m:decimal(at .. 'Instr/TtlAmt') == g.instrument.amount.value)\n"
    "  local n = 0\n"
    "  for e in m:each(at .. 'Lbl') do\n"
    "    n = n + 1\n"
    "    assert(e:text('Cd') == g.labels[n].code)\n"
    "    assert(e:decimal('Shr') == g.labels[n].share)\n"
    "  end\n"
    "  assert(n == #g.labels and n > 0)\n"
    "  n = 0\n"
    "  for e in m:each(at .. 'UoP/Prj') do\n"
    "    n = n + 1\n"
    "    assert(e:decimal('Allctd') == g.projects[n].allocated.value)\n"
    "    assert(e:text('Jursdctn') == g.projects[n].jurisdiction)\n"
    "  end\n"
    "  assert(n == #g.projects and n > 0)\n"
    "  assert(m:text('AppHdr/BizMsgIdr') == m:text('GrpHdr/MsgId'))\n"
    "  m:warn{ code = 'ALL', reason = 'read' }\n"
    "end }\n";


static void
test_views_and_paths_say_the_same(void **state)
{
    static const char *const messages[] = {
        "green-bond-subscription", "green-nuclear-loan", "green-solar-loan",
        "green-wind-factory", "green-wind-loan",
    };
    egret_test_green_t green;

    (void) state;
    egret_test_green_open(&green);
    for (size_t i = 0; i < sizeof(messages) / sizeof(messages[0]); i++) {
        char path[128];
        const char *text;

        (void) snprintf(path, sizeof(path), "t/data/good/%s.xml",
                        messages[i]);
        text = run(&green, path, egret_span_from(reads_all));
        if (strncmp(text, "ALL ", 4) != 0) {
            fail_msg("%s: %s", path, text);
        }
    }
    egret_test_green_close(&green);
}


static void
test_a_misspelt_header_path_is_a_failure(void **state)
{
    egret_test_green_t green;

    (void) state;
    egret_test_green_open(&green);
    assert_string_equal(
        run(&green, "t/data/good/green-wind-loan.xml",
            EGRET_SPAN("return { receive = function(m)\n"
                       "if m:text('AppHdr/BizMsgId') then end end }")),
        " /Document/FIToFICstmrCdtTrf/CdtTrfTxInf[1]: a.lua:2: "
        "head.001.001.02 has no \"BizMsgId\" where \"AppHdr/BizMsgId\" looks "
        "for it\n");
    egret_test_green_close(&green);
}


static void
test_below_Envlp_any_name_goes(void **state)
{
    egret_test_green_t green;

    (void) state;
    egret_test_green_open(&green);
    assert_string_equal(
        run(&green, "t/data/good/green-wind-loan.xml",
            EGRET_SPAN("return { receive = function(m)\n"
                       "local at = 'CdtTrfTxInf/SplmtryData/Envlp/'\n"
                       "assert(m:text(at .. 'GrnFin/Idd') == nil)\n"
                       "assert(m:text(at .. 'GreenFin/Id') == nil)\n"
                       "end }")),
        "");
    egret_test_green_close(&green);
}


int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_example_judges_a_whole_message),
        cmocka_unit_test(test_views_and_paths_say_the_same),
        cmocka_unit_test(test_a_misspelt_header_path_is_a_failure),
        cmocka_unit_test(test_below_Envlp_any_name_goes),
    };

    return egret_test_run(tests);
}
