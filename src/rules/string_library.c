/* SPDX-License-Identifier: Apache-2.0 */
#include "rules/string_library.h"

#include "rules/meter.h"
#include "rules/state.h"
#include "rules/text.h"

#define BYTES_A_STEP 16
#define MOST_RESULTS 250

static egret_span_t
subject(lua_State *L)
{
    egret_span_t span;

    span.at = luaL_checklstring(L, 1, &span.length);
    egret_meter_spend(L, span.length / BYTES_A_STEP);

    return span;
}


/* A position as string.sub reads it: from the end when negative. */
static size_t
position(lua_Integer at, size_t length)
{
    if (at >= 0) {
        return (size_t) at;
    }

    return (size_t) -at > length ? 0 : length - (size_t) -at + 1;
}


/* [from, to) of bytes that arguments `index` and the next one name. */
static void
range(lua_State *L, int index, lua_Integer from_default,
      lua_Integer to_default, size_t length, size_t *from, size_t *to)
{
    lua_Integer first = luaL_optinteger(L, index, from_default);

    *from = position(first, length);
    *to = position(luaL_optinteger(
                       L, index + 1, to_default == 0 ? first : to_default),
                   length);
    if (*from == 0) {
        *from = 1;
    }
    if (*to > length) {
        *to = length;
    }
    if (*from > *to) {
        *from = 1;
        *to = 0;
    }
    (*from)--;
}


static int
sub(lua_State *L)
{
    egret_span_t span = subject(L);
    size_t from;
    size_t to;

    range(L, 2, 1, -1, span.length, &from, &to);
    lua_pushlstring(L, span.at + from, to - from);

    return 1;
}


static int
byte(lua_State *L)
{
    egret_span_t span = subject(L);
    size_t from;
    size_t to;

    range(L, 2, 1, 0, span.length, &from, &to);
    if (to - from > MOST_RESULTS) {
        return luaL_error(L, "more than %d results", MOST_RESULTS);
    }
    egret_meter_spend(L, to - from);
    luaL_checkstack(L, (int) (to - from) + 1, "too many results");
    for (size_t i = from; i < to; i++) {
        lua_pushinteger(L, (unsigned char) span.at[i]);
    }

    return (int) (to - from);
}


static int
character(lua_State *L)
{
    int count = lua_gettop(L);
    egret_text_t text;

    egret_meter_spend(L, (size_t) count);
    egret_text_open(&text, L);
    for (int i = 1; i <= count; i++) {
        lua_Integer code = luaL_checkinteger(L, i);
        char one = (char) (unsigned char) code;

        luaL_argcheck(L, code >= 0 && code <= 255, i, "no byte");
        egret_text_add(&text, (egret_span_t){ &one, 1 });
    }
    egret_text_push(&text);

    return 1;
}


static int
length_of(lua_State *L)
{
    size_t length;

    (void) luaL_checklstring(L, 1, &length);
    lua_pushinteger(L, (lua_Integer) length);

    return 1;
}


/* The subject byte by byte, changed by `change`. ASCII letters only: a byte of
 * UTF-8 beyond is left alone. */
static int
rewrite(lua_State *L, char (*change)(egret_span_t span, size_t at))
{
    egret_span_t span = subject(L);
    char *bytes;

    bytes = lua_newuserdata(L, span.length + 1);
    for (size_t i = 0; i < span.length; i++) {
        bytes[i] = change(span, i);
    }
    lua_pushlstring(L, bytes, span.length);

    return 1;
}


static char
lower_at(egret_span_t span, size_t at)
{
    char c = span.at[at];

    return c >= 'A' && c <= 'Z' ? (char) (c - 'A' + 'a') : c;
}


static char
upper_at(egret_span_t span, size_t at)
{
    char c = span.at[at];

    return c >= 'a' && c <= 'z' ? (char) (c - 'a' + 'A') : c;
}


static char
mirrored_at(egret_span_t span, size_t at)
{
    return span.at[span.length - 1 - at];
}


static int
lower(lua_State *L)
{
    return rewrite(L, lower_at);
}


static int
upper(lua_State *L)
{
    return rewrite(L, upper_at);
}


static int
reverse(lua_State *L)
{
    return rewrite(L, mirrored_at);
}


static int
rep(lua_State *L)
{
    egret_span_t span = subject(L);
    lua_Integer count = luaL_checkinteger(L, 2);
    egret_text_t text;

    egret_text_open(&text, L);
    if (span.length > 0) {
        for (lua_Integer i = 0; i < count; i++) {
            egret_text_add(&text, span);
            egret_meter_spend(L, 1);
        }
    }
    egret_text_push(&text);

    return 1;
}


const luaL_Reg egret_string_library[] = {
    { "byte", byte },
    { "char", character },
    { "find", egret_string_find },
    { "format", egret_string_format },
    { "gmatch", egret_string_gmatch },
    { "gsub", egret_string_gsub },
    { "len", length_of },
    { "lower", lower },
    { "match", egret_string_match },
    { "rep", rep },
    { "reverse", reverse },
    { "sub", sub },
    { "upper", upper },
    { NULL, NULL },
};


void
egret_string_library_install(lua_State *L)
{
    lua_getfield(L, LUA_GLOBALSINDEX, "string");
    lua_getfield(L, -1, "format");
    lua_rawseti(L, LUA_REGISTRYINDEX, EGRET_SLOT_FORMAT);
    lua_pop(L, 1);
}
