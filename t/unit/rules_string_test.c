/* SPDX-License-Identifier: Apache-2.0 */
/* What our own string and table functions give is what LuaJIT's give: each
 * expression is worked out by both. */

#include <lauxlib.h>
#include <lualib.h>
#include <stdio.h>
#include <string.h>

#include "ruling.h"

/* Makes one text of any number of results. */
#define SHOW                                                                  \
    "local function show(...) local s = {} for i = 1, select('#', ...) do "   \
    "local v = (select(i, ...)) s[i] = type(v) .. ':' .. tostring(v) end "    \
    "return '=' .. (table.concat(s, '|'):gsub('%%c', '?')) end "


static void
oracle(const char *expression, char out[512])
{
    char chunk[2048];
    lua_State *L = luaL_newstate();

    assert_non_null(L);
    luaL_openlibs(L);
    (void) snprintf(chunk, sizeof(chunk), SHOW "return show(%s)", expression);
    if (luaL_loadstring(L, chunk) != 0 || lua_pcall(L, 0, 1, 0) != 0) {
        fail_msg("%s: %s", expression, lua_tostring(L, -1));
    }
    (void) snprintf(out, 512, "%s", lua_tostring(L, -1));
    lua_close(L);
}


static void
assert_as_luajit(const char *expression)
{
    char expected[512];
    char whole[1024];
    char body[2048];
    const char *got;

    oracle(expression, expected);
    (void) snprintf(whole, sizeof(whole),
                    "U01 warn W /Document/FIToFICstmrCdtTrf/CdtTrfTxInf[1]: "
                    "%s", expected);
    (void) snprintf(body, sizeof(body),
                    SHOW "if m:text('CdtTrfTxInf/PmtId/EndToEndId') == 'E1' "
                         "then m:warn{ code = 'W', reason = show(%s) } end",
                    expression);
    got = egret_test_rule(body, egret_test_plain_message);
    if (strcmp(got, whole) != 0) {
        fail_msg("%s\ngives    %s\nand not  %s", expression, got, whole);
    }
}


static void
assert_all(const char *const *expressions, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        assert_as_luajit(expressions[i]);
    }
}

#define ASSERT_ALL(expressions)                                               \
    assert_all((expressions), sizeof(expressions) / sizeof((expressions)[0]))


static void
test_patterns_match_as_in_lua(void **state)
{
    static const char *const expressions[] = {
        "('hello world'):find('o w')",
        "('hello world'):find('o', 6)",
        "('hello world'):find('l+')",
        "('hello'):find('')",
        "('hello'):find('', 6)",
        "('hello'):find('', 7)",
        "('hello'):find('', 10)",
        "('hello'):find('l', -2)",
        "('hello'):find('h', -99)",
        "('a.b'):find('.', 1, true)",
        "('a.b'):find('%.')",
        "('a+b'):find('+', 1, true)",
        "('key = value'):match('^(%w+)%s*=%s*(%w+)$')",
        "('2026-11-23'):match('^(%d%d%d%d)-(%d%d)-(%d%d)$')",
        "('  trim  '):match('^%s*(.-)%s*$')",
        "('[[x]]'):match('%[(%b[])%]')",
        "('f(a(b)c)d'):match('%b()')",
        "('THE (quick) fox'):find('%((%a+)%)')",
        "('THE quick'):find('%f[%a]%a+', 2)",
        "('hello'):find('%f[%z]')",
        "('abcabc'):match('(abc)%1')",
        "('aaa'):match('a-b')",
        "('aaab'):match('a-b')",
        "('aaab'):match('^(a*)(a?)b')",
        "('x'):match('()x()')",
        "('x]y'):match('[]]')",
        "('x^y'):match('[%^]')",
        "('x-y'):match('[a%-]')",
        "('x-y'):match('[x-]+')",
        "('abc'):match('[^a-b]')",
        "('a]c'):match('[^]]+')",
        "('0x1F'):match('^0x%x+$')",
        "('ABCdef'):match('%u+')",
        "('ABCdef'):match('%U+')",
        "('a\\0b'):match('%z')",
        "('a\\0b'):find('\\0', 1, true)",
        "('price: $5'):match('%$%d')",
        "('a$'):match('a$')",
        "('a$b'):match('a$b')",
        "('^a'):match('^^a')",
        "('äöü'):match('%a+')",
        "('5493001KJTIIGC8Y1R12'):match('^' .. ('%w'):rep(18) .. '%d%d$')",
        "('aXb'):match('a%Xb')",
        "('...'):match('%.*')",
        "('abc'):match('((a)(b))')",
        "('ab'):match('a?b?c?')",
        "('b'):match('a?b')",
        "('aab'):match('a+ab')",
        "('abc'):match('b', 3)",
    };

    (void) state;
    ASSERT_ALL(expressions);
}


static void
test_substitution_is_as_in_lua(void **state)
{
    static const char *const expressions[] = {
        "('hello'):gsub('l', 'L')",
        "('hello'):gsub('l', 'L', 1)",
        "('hello'):gsub('l', 'L', 0)",
        "('hello'):gsub('', '-')",
        "('hello'):gsub('x*', '-')",
        "('abc'):gsub('%w', '%0%0')",
        "('abc def'):gsub('(%w+) (%w+)', '%2 %1')",
        "('100%'):gsub('%%', '%%%%')",
        "('abc'):gsub('%w', { a = '1', b = true and 2, c = false })",
        "('abc'):gsub('(%w)', function(c) if c ~= 'b' then return c:upper() "
        "end end)",
        "('abc'):gsub('^a', 'x')",
        "('aaa'):gsub('^a', 'x')",
        "('abc'):gsub('$', 'x')",
        "('abc'):gsub('()', '%1')",
        "('abc'):gsub('b', 7)",
        "(('x y z'):gsub('%s', ''))",
        "(function() local s = '' for w in ('one two'):gmatch('%a+') do s = s "
        ".. w .. ',' end return s end)()",
        "(function() local s = '' for k, v in ('a=1, b=2'):gmatch('(%w+)=(%w+)"
        "') do s = s .. k .. v end return s end)()",
        "(function() local n = 0 for w in ('abc'):gmatch('') do n = n + 1 end "
        "return n end)()",
        "(function() local s = '' for p in ('abc'):gmatch('()') do s = s .. p "
        "end return s end)()",
    };

    (void) state;
    ASSERT_ALL(expressions);
}


static void
test_plain_functions_are_as_in_lua(void **state)
{
    static const char *const expressions[] = {
        "('hello'):sub(2, 4)", "('hello'):sub(-3)", "('hello'):sub(0)",
        "('hello'):sub(2, -2)", "('hello'):sub(4, 2)", "('hello'):sub(-99, 2)",
        "('hello'):sub(6)", "('hello'):sub(3, 99)", "(''):sub(1, 1)",
        "('hello'):sub(-2, -9)", "('hello'):byte()", "('hello'):byte(2, 4)",
        "('hello'):byte(-1)", "('hello'):byte(9)", "(''):byte()",
        "('hello'):byte(0)", "('hello'):byte(1, 0)",
        "string.char(72, 105)", "string.char()", "('abc'):len()",
        "('aBc'):upper()", "('aBc'):lower()", "('abc'):reverse()",
        "(''):reverse()", "('ab'):rep(3)", "('ab'):rep(0)", "('ab'):rep(-1)",
        "(''):rep(9)", "string.rep(5, 2)", "#('x'):rep(1000)",
        "string.sub(12345, 2, 3)",
    };

    (void) state;
    ASSERT_ALL(expressions);
}


static void
test_format_is_as_in_lua(void **state)
{
    static const char *const expressions[] = {
        "string.format('%d %5d %-5d| %05d %+d', 1, 2, 3, 4, 5)",
        "string.format('%s %10s %-4s| %.2s', 'a', 'b', 'c', 'defg')",
        "string.format('%5.2f %e %g %G', 3.14159, 12345.678, 0.1, 1e20)",
        "string.format('%x %X %#x %o %c %u', 255, 255, 255, 8, 65, 7)",
        "string.format('%q', 'a\\n\"b\"\\0')",
        "string.format('100%%')",
        "string.format('%s %s %s', nil, true, 1.5)",
        "string.format('%i', 42)",
        "string.format('% d', 42)",
        "string.format('')",
        "string.format('%d', '10')",
    };

    (void) state;
    ASSERT_ALL(expressions);
}


static void
test_tables_are_as_in_lua(void **state)
{
    static const char *const expressions[] = {
        "table.concat({ 1, 2, 'x' }, ', ')", "table.concat({}, 'x')",
        "table.concat({ 'a', 'b', 'c' }, '-', 2, 3)",
        "table.concat({ 'a', 'b' }, '-', 3)",
        "(function() local t = { 3, 1, 2 } table.sort(t) return "
        "unpack(t) end)()",
        "(function() local t = { 'b', 'a', 'B', '' } table.sort(t) return "
        "unpack(t) end)()",
        "(function() local t = { 3, 1, 2, 9, 5, 5, 0 } table.sort(t, "
        "function(a, b) return a > b end) return unpack(t) end)()",
        "(function() local t = {} for i = 1, 300 do t[i] = (i * 7919) % 307 "
        "end table.sort(t) for i = 2, 300 do assert(t[i - 1] <= t[i]) end "
        "return #t, t[1], t[300] end)()",
        "(function() local t = { 1, 2 } table.insert(t, 3) table.insert(t, 1, "
        "0) table.insert(t, 5, 9) return unpack(t) end)()",
        "(function() local t = { 1, 2, 3 } return table.remove(t), "
        "table.remove(t, 1), #t, t[1] end)()",
        "table.remove({})",
        "unpack({ 1, 2, 3 }, 2)", "unpack({ 1, 2, 3 }, 2, 4)",
        "unpack({}, 3, 1)", "tostring(1e15)", "tostring(0.1)", "tostring(-0)",
        "tostring(nil)", "tostring('x')", "tonumber('0x10')",
        "tonumber('10', 2)", "tonumber('x')", "select('#', 1, nil)",
        "type(next)", "math.floor(-1.5)", "math.max(1, 5, 3)",
        "bit.band(12, 10)", "bit.bxor(5, 1)", "1e308 * 10", "7 % 3",
        "pcall(error, 'x')", "ipairs({}) == ipairs({})",
    };

    (void) state;
    ASSERT_ALL(expressions);
}


int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_patterns_match_as_in_lua),
        cmocka_unit_test(test_substitution_is_as_in_lua),
        cmocka_unit_test(test_plain_functions_are_as_in_lua),
        cmocka_unit_test(test_format_is_as_in_lua),
        cmocka_unit_test(test_tables_are_as_in_lua),
    };

    return egret_test_run(tests);
}
