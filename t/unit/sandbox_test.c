/* SPDX-License-Identifier: Apache-2.0 */

#include <stdio.h>
#include <string.h>

#include "ruling.h"

#define PLACE "/Document/FIToFICstmrCdtTrf/CdtTrfTxInf[1]"
#define LONGER "runs longer than it may"
#define MEMORY "uses more memory than it may"

/* Lua's table of all strings shrinks by half with each collection; what a
 * state may then still be larger than at its base is a buffer of Lua's own. */
#define COLLECTIONS 12
#define SLACK ((size_t) 4 * 1024)


/* Runs a hostile body; the next message is judged as if nothing had been. */
static void
assert_survived(const char *body, const char *expected)
{
    static char file[65536];
    egret_test_ruling_t ruling;
    size_t base;

    (void) snprintf(file, sizeof(file),
                    "count = 0 return { receive = function(m)\n"
                    "if m.sender == 'hostile' then %s\nend\n"
                    "count = count + 1\n"
                    "m:warn{ code = 'OK', reason = tostring(count) .. "
                    "tostring(leak) } end }", body);
    egret_test_ruling_open(&ruling, file);
    egret_sandbox_collect(ruling.sandbox);
    base = egret_sandbox_memory(ruling.sandbox);

    for (int i = 0; i < 2; i++) {
        egret_test_ruling_run(&ruling, egret_test_plain_message);
        assert_string_equal(egret_test_ruling_text(&ruling),
                            "U01 warn OK " PLACE ": 1nil\n"
                            "U01 warn OK /Document/FIToFICstmrCdtTrf/"
                            "CdtTrfTxInf[2]: 2nil");

        ruling.message.sender = EGRET_SPAN("hostile");
        egret_findings_init(&ruling.findings, ruling.arena);
        egret_assert_ok(egret_rules_run(ruling.sandbox, EGRET_RULES_RECEIVE,
                                        &ruling.message, ruling.arena,
                                        &ruling.findings));
        if (strstr(egret_test_ruling_text(&ruling), expected) == NULL
            || !ruling.findings.seen[EGRET_U02])
        {
            fail_msg("%s\ngives: %s\nnot: %s", body,
                     egret_test_ruling_text(&ruling), expected);
        }
        assert_int_equal(ruling.findings.worst, EGRET_SEVERITY_HOLD);
        for (int n = 0; n < COLLECTIONS; n++) {
            egret_sandbox_collect(ruling.sandbox);
        }
        assert_in_range(egret_sandbox_memory(ruling.sandbox), 0,
                        base + SLACK);
    }
    egret_test_ruling_close(&ruling);
}


static void
assert_true_in_lua(const char *expression)
{
    char body[2048];

    (void) snprintf(body, sizeof(body),
                    "if not (%s) then error('it is not') end", expression);
    if (strcmp(egret_test_rule(body, egret_test_plain_message), "") != 0) {
        fail_msg("%s: %s", expression,
                 egret_test_rule(body, egret_test_plain_message));
    }
}


static void
test_loops_end_with_the_line(void **state)
{
    (void) state;
    assert_survived("while true do end",
                    "U02 hold - " PLACE ": tpb.lua:2: " LONGER);
    assert_survived("\n\nrepeat until false", "tpb.lua:4: " LONGER);
    assert_survived("for i = 1, math.huge do end", LONGER);
    assert_survived("::again:: goto again", LONGER);
    assert_survived("local function f() return f() end f()", LONGER);
    assert_survived("local t = setmetatable({}, { __index = function(t, k) "
                    "return t[k + 1] end }) local x = t[1]", "stack overflow");
}


static void
test_no_pcall_swallows_the_end(void **state)
{
    (void) state;
    assert_survived("while true do pcall(function() while true do end end) "
                    "end", LONGER);
    assert_survived("pcall(function() while true do end end) return 1",
                    LONGER);
    assert_survived("local function f() pcall(f) pcall(f) end f()", LONGER);
    assert_survived("local function f(n) if n > 0 then return 1 + f(n - 1) "
                    "end while true do pcall(error) end end f(5000)", LONGER);
    assert_survived("pcall(string.rep, 'x', 1e9) pcall(string.find, "
                    "('a'):rep(60000), ('.-'):rep(20) .. 'b') while true do "
                    "end", LONGER);
    assert_survived("xpcall(error, function() while true do end end)",
                    "attempt to call global 'xpcall' (a nil value)");
}


static void
test_pcall_gives_what_pcall_gives(void **state)
{
    (void) state;
    assert_true_in_lua("select('#', pcall(function(...) return ... end, 1, "
                       "nil, nil)) == 4");
    assert_true_in_lua("select(2, pcall(error, 'x', 0)) == 'x'");
    assert_true_in_lua("pcall(error) == false and pcall(next, {}) == true");
    assert_true_in_lua("select(2, pcall(error, m)) == m");
    assert_true_in_lua("pcall(nil) == false and pcall(pcall) == false");
}


static void
test_recursion_ends(void **state)
{
    (void) state;
    assert_survived("local function f() return 1 + f() end f()",
                    "stack overflow");
    assert_survived("local function f() return (('a'):gsub('a', f)) end f()",
                    "functions that call back are nested too deep");
    assert_survived("local function f() table.sort({ 1, 2, 3 }, function() "
                    "f() return true end) end f()",
                    "functions that call back are nested too deep");
    assert_survived("local t = setmetatable({}, { __lt = function(a, b) "
                    "table.sort({ a, b }) return true end }) "
                    "table.sort({ t, setmetatable({}, getmetatable(t)) })",
                    "functions that call back are nested too deep");
}


static void
test_memory_bombs_end(void **state)
{
    (void) state;
    assert_survived("local t = {}\nfor i = 1, 1e9 do\nt[i] = {} end", MEMORY);
    assert_survived("local s = 'x' while true do s = s .. s end", MEMORY);
    assert_survived("local t = {} for i = 1, 1e9 do t[i] = 'x' .. i end",
                    MEMORY);
    assert_survived("local t = {} while true do pcall(function() "
                    "for i = 1, 1e9 do t[#t + 1] = { {} } end end) end",
                    MEMORY);
    assert_survived("local s = {} pcall(function() for i = 1, 1e9 do s[i] = "
                    "{} end end) s = nil", MEMORY);
    assert_survived("local t = {} for i = 1, 64 do t[i] = ('x' .. i)"
                    ":rep(20000) end error('not reached')", MEMORY);
}


static void
test_a_memory_bomb_names_its_line(void **state)
{
    (void) state;
    assert_survived("local s = ('x'):rep(1000)\n\nlocal t = {}\n"
                    "for i = 1, 1e6 do t[i] = s .. i end",
                    "tpb.lua:5: " MEMORY);
}


static void
test_garbage_alone_is_no_failure(void **state)
{
    egret_test_ruling_t ruling;

    (void) state;
    egret_test_ruling_open(&ruling,
                           "return { receive = function(m) local s for i = 1, "
                           "60 do s = ('x' .. i):rep(100):rep(200) end "
                           "end }");
    for (int i = 0; i < 20; i++) {
        egret_test_ruling_run(&ruling, egret_test_plain_message);
        assert_string_equal(egret_test_ruling_text(&ruling), "");
    }
    egret_test_ruling_close(&ruling);
}


static void
test_string_functions_are_bounded(void **state)
{
    (void) state;
    assert_survived("local s = ('x'):rep(1e9)", "would be longer than 65536");
    assert_survived("local s = ('x'):rep(65536) .. '' for i = 1, 1e6 do "
                    "s:upper() end", LONGER);
    assert_survived("local s = ('a'):rep(60000) for i = 1, 1e6 do "
                    "s:find('b', 1, true) end", LONGER);
    assert_survived("('a'):rep(60000):find(('.-'):rep(30) .. 'b')", LONGER);
    assert_survived("('a'):rep(60000):match(('a*'):rep(30) .. 'b')", LONGER);
    assert_survived("('a'):rep(60000):gsub(('.-'):rep(30) .. 'b', '')",
                    LONGER);
    assert_survived("for w in ('a'):rep(60000):gmatch(('.-'):rep(30) .. 'b') "
                    "do end", LONGER);
    assert_survived("('('):rep(60000):gsub('%b()', '')", LONGER);
    assert_survived("('a'):rep(60000):gsub('a', ('b'):rep(60000))",
                    "would be longer than 65536");
    assert_survived("('a'):gsub('a', '%1%1', 1):rep(9):gsub('', "
                    "('x'):rep(9999))", "would be longer than 65536");
    assert_survived("string.format(('%99s'):rep(9999), unpack({}, 1, 250))",
                    "no value");
    assert_survived("string.format('%s %s', 1)", "no value");
    assert_survived("while true do string.format('%99.99f', 1e300) end",
                    LONGER);
    assert_survived("local s = ('1'):rep(60000) while true do tonumber(s, 36) "
                    "end", LONGER);
    assert_survived("string.format('%999d', 1)",
                    "a directive that is not known");
    assert_survived("('x'):rep(60000):byte(1, -1)", "more than 250 results");
    assert_survived("unpack({}, 1, 1e8)", "more than 250 results");
    assert_survived("string.find('a', ('('):rep(40) .. ('a'):rep(40))",
                    "too many captures");
    assert_survived("string.find(('a'):rep(999), ('a?'):rep(999))",
                    "pattern too complex");
    assert_survived("string.find('a', '[a')", "malformed pattern");
    assert_survived("string.find('a', '%')", "malformed pattern");
    assert_survived("string.find('a', '(a')", "a capture is not closed");
    assert_survived("string.match('a', 'a)')", "\")\" without \"(\"");
    assert_survived("string.find('a', '%f')", "needs a set");
    assert_survived("string.find('a', '%b')", "needs two characters");
    assert_survived("string.find('a', '%1')", "invalid capture index");
}


static void
test_table_functions_are_bounded(void **state)
{
    (void) state;
    assert_survived("local t = {} for i = 1, 1e6 do table.insert(t, 1, i) "
                    "end", LONGER);
    assert_survived("local t = {} for i = 1, 9999 do t[i] = i % 7 end "
                    "for i = 1, 1000 do table.sort(t, function() return true "
                    "end) end", LONGER);
    assert_survived("local t = {} for i = 1, 9999 do t[i] = i % 7 end "
                    "while true do table.sort(t) end", LONGER);
    assert_survived("local s = ('x'):rep(60000) local t = {} for i = 1, 6 do "
                    "t[i] = s .. i end while true do table.sort(t) end",
                    LONGER);
    assert_survived("local t = {} for i = 1, 9999 do t[i] = 'xxxxxxxx' end "
                    "table.concat(t)", "would be longer than 65536");
    assert_survived("table.concat({}, '', 1, 2^31)", "out of range");
    assert_survived("table.concat({ {} })", "item 1 is a table");
    assert_survived("table.sort({ 1, 'a' })", "attempt to compare");
    assert_survived("local t = {} for i = 1, 2000 do t['k' .. i] = i end "
                    "while true do for k in pairs(t) do end end", LONGER);
    assert_survived("local t = {} for i = 1, 999 do t['k' .. i] = i end "
                    "local k = nil while true do k = next(t, k) end", LONGER);
    assert_survived("table.insert({}, 5, 1)", "position out of bounds");
}


static void
test_errors_of_any_kind_are_told(void **state)
{
    (void) state;
    assert_survived("error('mine')", "tpb.lua:2: mine");
    assert_survived("error('mine', 0)", "tpb.lua:2: mine");
    assert_survived("error()", "an error that is not a text");
    assert_survived("error({ ('x'):rep(60000) })",
                    "tpb.lua:2: an error that is not a text");
    assert_survived("error(setmetatable({}, { __tostring = function() while "
                    "true do end end }))", "an error that is not a text");
    assert_survived("error(('x'):rep(60000))", "tpb.lua:2: xxxxxxxx");
    assert_survived("error('\\255\\0\\27[31m')", "tpb.lua:2: ?  [31m");
    assert_survived("\nlocal x = nil + 1",
                    "tpb.lua:3: attempt to perform arithmetic on a nil value");
    assert_survived("assert(false)", "assertion failed!");
}


static void
test_what_is_not_allowed_is_not_there(void **state)
{
    static const char *const names[] = {
        "collectgarbage", "gcinfo", "dofile", "load", "loadfile",
        "loadstring", "getfenv", "setfenv", "module", "require", "newproxy",
        "print", "xpcall", "rawset", "rawget", "rawequal", "coroutine",
        "package", "io", "os", "debug", "jit", "ffi", "string.dump",
        "('').dump", "math.random", "math.randomseed", "table.foreach",
        "table.foreachi", "table.getn", "table.maxn", "table.move",
        "_G.rawset", "string.buffer", "arg",
    };
    char expression[256];

    (void) state;
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        (void) snprintf(expression, sizeof(expression), "%s == nil",
                        names[i]);
        assert_true_in_lua(expression);
    }
}


static void
test_no_more_is_there_than_is_named(void **state)
{
    (void) state;
    assert_true_in_lua(
        "(function() local s = {} for k, v in pairs(_G) do s[#s + 1] = k end "
        "return table.concat(s, ' ') == '_G _VERSION assert bit egret error "
        "getmetatable ipairs math next pairs pcall select setmetatable string "
        "table tonumber tostring type unpack' end)()");
    assert_true_in_lua(
        "(function() local s = {} for k in pairs(string) do s[#s + 1] = k end "
        "return table.concat(s, ' ') == 'byte char find format gmatch gsub "
        "len lower match rep reverse sub upper' end)()");
    assert_true_in_lua(
        "(function() local s = {} for k in pairs(table) do s[#s + 1] = k end "
        "return table.concat(s, ' ') == 'concat insert remove sort' end)()");
}


static void
test_no_metatable_of_ours_is_to_be_had(void **state)
{
    (void) state;
    assert_true_in_lua("getmetatable('') == false");
    assert_true_in_lua("getmetatable(egret.decimal(1)) == false");
    assert_true_in_lua("getmetatable(m) == false");
    assert_true_in_lua("getmetatable(m.green.projects) == false");
    assert_survived("getmetatable('').__index = {}",
                    "attempt to index a boolean value");
    assert_survived("('').rep = function() end", "attempt to index");
    assert_survived("setmetatable('', {})",
                    "bad argument #1 to 'setmetatable'");
    assert_survived("setmetatable(egret.decimal(1), {})",
                    "bad argument #1 to 'setmetatable'");
    assert_survived("egret.decimal(1).x = 1", "attempt to index");
}


static void
test_what_a_rule_changes_is_gone_with_its_message(void **state)
{
    (void) state;
    assert_survived("leak = 1 error('x')", "x");
    assert_survived("for k in pairs(_G) do _G[k] = nil end error('x')",
                    "attempt to index global '_G'");
    assert_survived("string.rep = nil setmetatable(_G, { __index = function() "
                    "return 1 end }) leak = nil error('x')", "x");
    assert_survived("tostring = function() return 'leak' end error('x')",
                    "x");
}


static void
test_finalizers_never_run(void **state)
{
    (void) state;
    assert_survived("for i = 1, 99 do setmetatable({}, { __gc = function() "
                    "leak = 1 while true do end end }) end error('done')",
                    "done");
}


static void
test_nothing_tells_an_address(void **state)
{
    (void) state;
    assert_true_in_lua("tostring({}) == 'table' and tostring(error) == "
                       "'function' and tostring(m) == 'element'");
    assert_true_in_lua("string.format('%s %s', {}, m.green.labels) == "
                       "'table table'");
    assert_survived("string.format('%p', {})",
                    "a directive that is not known");
}


static void
test_pairs_has_one_order(void **state)
{
    (void) state;
    assert_true_in_lua(
        "(function() local s = '' for k, v in pairs({ z = 1, a = 2, [10] = 3, "
        "[2] = 4, [true] = 5, [false] = 6, [-1.5] = 7, ab = 8, 9 }) do s = s "
        ".. tostring(k) .. '=' .. v .. ' ' end return s == '-1.5=7 1=9 2=4 "
        "10=3 a=2 ab=8 z=1 false=6 true=5 ' end)()");
    assert_true_in_lua(
        "(function() local s, t = '', { b = 1, a = 2, c = 3 } local k, v = "
        "next(t) while k do s = s .. k .. v k, v = next(t, k) end return s == "
        "'a2b1c3' end)()");
    assert_true_in_lua(
        "(function() local t, n = { a = 1, b = 2, c = 3 }, 0 for k in "
        "pairs(t) do t[k] = nil n = n + 1 end return n == 3 and next(t) == "
        "nil end)()");
    assert_true_in_lua("next({}) == nil and next({ [m] = 1 }) == m");
}


typedef struct {
    uint64_t at;
    uint64_t tick;
} test_clock_t;

static uint64_t
tell(void *context)
{
    test_clock_t *clock = context;

    clock->at += clock->tick;

    return clock->at;
}


static void
run_with_clock(const char *file, uint64_t tick, const char *expected)
{
    egret_test_ruling_t ruling;
    test_clock_t clock = { 5, tick };
    egret_rules_clock_t rules_clock = { tell, &clock };

    egret_test_ruling_open(&ruling, file);
    egret_sandbox_destroy(ruling.sandbox);
    egret_assert_ok(egret_sandbox_create(egret_allocator_default(),
                                         ruling.rulebook, &rules_clock,
                                         &ruling.sandbox));
    egret_test_ruling_run(&ruling, egret_test_plain_message);
    assert_string_equal(egret_test_ruling_text(&ruling), expected);
    egret_test_ruling_close(&ruling);
}


static void
test_the_clock_is_the_last_resort(void **state)
{
    static const char file[] =
        "return { receive = function(m)\nlocal n = 0 for i = 1, 10000 do n = "
        "n + i end pcall(function() for i = 1, 10000 do n = n + i end end) "
        "end }";

    (void) state;
    /* The limit is 500,000 steps, so 250 ms; the hook asks every 100 steps. */
    run_with_clock(file, 1000, "");
    run_with_clock(file, 1000000, "U02 hold - " PLACE ": tpb.lua:2: takes "
                                  "more time than it may");
}


static void
test_many_transactions_share_a_budget(void **state)
{
    egret_test_ruling_t ruling;
    egret_rules_limits_t limits = { (size_t) 2 << 20, 100000, 150000 };
    egret_rulebook_fault_t fault;
    egret_span_t file = EGRET_SPAN(
        "return { receive = function(m) local n = 0 "
        "for i = 1, 40000 do n = n + i end end }");

    (void) state;
    egret_test_ruling_open(&ruling, file.at);
    egret_test_ruling_run(&ruling, egret_test_plain_message);
    assert_string_equal(egret_test_ruling_text(&ruling), "");

    egret_sandbox_destroy(ruling.sandbox);
    egret_assert_ok(egret_rulebook_load(ruling.arena, EGRET_SPAN("tpb.lua"),
                                        file, &limits, &ruling.rulebook,
                                        &fault));
    egret_assert_ok(egret_sandbox_create(egret_allocator_default(),
                                         ruling.rulebook, NULL,
                                         &ruling.sandbox));
    egret_test_ruling_run(&ruling, egret_test_plain_message);
    assert_string_equal(egret_test_ruling_text(&ruling),
                        "U02 hold - /Document/FIToFICstmrCdtTrf/"
                        "CdtTrfTxInf[2]: tpb.lua:1: " LONGER);
    egret_test_ruling_close(&ruling);
}


static void
test_reports_without_end_take_no_memory(void **state)
{
    static char message[65536];
    egret_test_ruling_t ruling;
    size_t used;
    int length = snprintf(message, sizeof(message),
                          "<Document xmlns=\"" EGRET_TEST_NAMESPACE
                          "\"><FIToFICstmrCdtTrf>");

    (void) state;
    for (int i = 0; i < 200; i++) {
        length += snprintf(&message[length], sizeof(message) - (size_t) length,
                           "<CdtTrfTxInf></CdtTrfTxInf>");
    }
    (void) snprintf(&message[length], sizeof(message) - (size_t) length,
                    "</FIToFICstmrCdtTrf></Document>");

    egret_test_ruling_open(
        &ruling, "return { receive = function(m) local s = ('x'):rep(300) "
                 "for i = 1, 100 do m:warn{ code = 'A', reason = s, fix = s } "
                 "end end }");
    egret_test_ruling_run(&ruling, message);
    assert_int_equal(ruling.findings.count + ruling.findings.more, 20000);
    used = egret_arena_used(ruling.arena);
    assert_in_range(used, 0, 1 << 20);
    egret_test_ruling_close(&ruling);
}


/* The same file, message and state give the same steps: the limit between
 * passing and failing is one number, whatever ran before. */
static void
test_a_verdict_can_be_had_again(void **state)
{
    egret_test_ruling_t ruling;
    char first[4096];

    (void) state;
    egret_test_ruling_open(
        &ruling, "return { receive = function(m) local t, n = {}, 0 for i = "
                 "1, 50 do t['k' .. i] = i end for k, v in pairs(t) do n = n * "
                 "3 % 1000 + v end m:warn{ code = 'N', reason = tostring(n) } "
                 "for i = 1, 1000 do n = n + #tostring(n) end if n > 0 then "
                 "while true do n = n + 1 end end end }");
    egret_test_ruling_run(&ruling, egret_test_green_message);
    (void) snprintf(first, sizeof(first), "%s",
                    egret_test_ruling_text(&ruling));
    for (int i = 0; i < 5; i++) {
        egret_sandbox_destroy(ruling.sandbox);
        egret_assert_ok(egret_sandbox_create(egret_allocator_default(),
                                             ruling.rulebook, NULL,
                                             &ruling.sandbox));
        egret_test_ruling_run(&ruling, egret_test_plain_message);
        egret_test_ruling_run(&ruling, egret_test_green_message);
        assert_string_equal(egret_test_ruling_text(&ruling), first);
    }
    egret_test_ruling_close(&ruling);
}


static void
test_any_memory_limit_is_survived(void **state)
{
    egret_span_t file = EGRET_SPAN(
        "return { receive = function(m) local t = {} for i, p in "
        "ipairs(m.green.projects) do t[i] = p.ids[1].value:rep(500) "
        "m:warn{ code = 'A', reason = tostring(m:decimal('CdtTrfTxInf/"
        "IntrBkSttlmAmt')) } end end }");
    size_t passed = 0;
    size_t failed = 0;

    (void) state;
    for (size_t memory = 40000; memory < 140000; memory += 1024) {
        egret_rules_limits_t limits = { memory, 100000, 1000000 };
        egret_test_ruling_t ruling;
        egret_rulebook_fault_t fault;

        egret_test_ruling_open(&ruling, file.at);
        egret_sandbox_destroy(ruling.sandbox);
        ruling.sandbox = NULL;
        if (egret_rulebook_load(ruling.arena, EGRET_SPAN("a.lua"), file,
                                &limits, &ruling.rulebook, &fault) == EGRET_OK
            && egret_sandbox_create(egret_allocator_default(),
                                    ruling.rulebook, NULL, &ruling.sandbox)
                   == EGRET_OK)
        {
            egret_test_ruling_run(&ruling, egret_test_green_message);
            passed += !ruling.findings.seen[EGRET_U02];
            failed += ruling.findings.seen[EGRET_U02];
        }
        egret_test_ruling_close(&ruling);
    }
    assert_in_range(passed, 1, 1000);
    assert_in_range(failed, 1, 1000);
}


typedef struct {
    egret_test_ruling_t ruling;
} torture_t;

static egret_rc_t
run_once(const egret_allocator_t *allocator, void *context)
{
    torture_t *torture = context;
    egret_arena_t *arena = egret_arena_create(allocator, 0);
    egret_sandbox_t *sandbox = NULL;
    egret_findings_t findings;
    egret_rc_t rc;

    if (arena == NULL) {
        return EGRET_ENOMEM;
    }
    rc = egret_sandbox_create(allocator, torture->ruling.rulebook, NULL,
                              &sandbox);
    if (rc == EGRET_OK) {
        egret_findings_init(&findings, arena);
        rc = egret_rules_run(sandbox, EGRET_RULES_RECEIVE,
                             &torture->ruling.message, arena, &findings);
        egret_sandbox_destroy(sandbox);
    }
    egret_arena_destroy(arena);

    return rc;
}


static void
test_every_failed_allocation_is_told(void **state)
{
    torture_t torture;

    (void) state;
    egret_test_ruling_open(
        &torture.ruling,
        "return { receive = function(m) for i = 1, 99 do "
        "pcall(m.warn, m, { code = 'A', reason = ('x'):rep(300), at = "
        "m.green.projects[1] }) end error('x') end }");
    egret_test_ruling_run(&torture.ruling, egret_test_green_message);
    assert_true(egret_test_torture(run_once, &torture) >= 5);
    egret_test_ruling_close(&torture.ruling);
}


int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_loops_end_with_the_line),
        cmocka_unit_test(test_no_pcall_swallows_the_end),
        cmocka_unit_test(test_pcall_gives_what_pcall_gives),
        cmocka_unit_test(test_recursion_ends),
        cmocka_unit_test(test_memory_bombs_end),
        cmocka_unit_test(test_a_memory_bomb_names_its_line),
        cmocka_unit_test(test_garbage_alone_is_no_failure),
        cmocka_unit_test(test_string_functions_are_bounded),
        cmocka_unit_test(test_table_functions_are_bounded),
        cmocka_unit_test(test_errors_of_any_kind_are_told),
        cmocka_unit_test(test_what_is_not_allowed_is_not_there),
        cmocka_unit_test(test_no_more_is_there_than_is_named),
        cmocka_unit_test(test_no_metatable_of_ours_is_to_be_had),
        cmocka_unit_test(test_what_a_rule_changes_is_gone_with_its_message),
        cmocka_unit_test(test_finalizers_never_run),
        cmocka_unit_test(test_nothing_tells_an_address),
        cmocka_unit_test(test_pairs_has_one_order),
        cmocka_unit_test(test_the_clock_is_the_last_resort),
        cmocka_unit_test(test_many_transactions_share_a_budget),
        cmocka_unit_test(test_reports_without_end_take_no_memory),
        cmocka_unit_test(test_a_verdict_can_be_had_again),
        cmocka_unit_test(test_any_memory_limit_is_survived),
        cmocka_unit_test(test_every_failed_allocation_is_told),
    };

    return egret_test_run(tests);
}
