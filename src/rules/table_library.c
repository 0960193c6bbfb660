/* SPDX-License-Identifier: Apache-2.0 */
#include "rules/table_library.h"

#include "rules/green_view.h"
#include "rules/meter.h"
#include "rules/state.h"
#include "rules/text.h"

#define BYTES_A_STEP 16

/* The length of the list that is argument 1, which will be written to. */
static int
list_length(lua_State *L)
{
    if (egret_green_is_view(L, 1)) {
        (void) luaL_error(L, "a view of the message cannot be written to");
    }
    luaL_checktype(L, 1, LUA_TTABLE);

    return (int) lua_objlen(L, 1);
}


static int
concat(lua_State *L)
{
    int length;
    egret_span_t separator;
    lua_Integer from;
    lua_Integer to;
    egret_text_t text;

    (void) egret_green_open(L, 1);
    length = list_length(L);
    separator.at = luaL_optlstring(L, 2, "", &separator.length);
    from = luaL_optinteger(L, 3, 1);
    to = luaL_optinteger(L, 4, length);
    luaL_argcheck(L, to <= INT32_MAX && from >= INT32_MIN, 3, "out of range");

    egret_text_open(&text, L);
    for (lua_Integer i = from; i <= to; i++) {
        lua_rawgeti(L, 1, (int) i);
        if (!lua_isstring(L, -1)) {
            return luaL_error(L, "table.concat: item %d is a %s", (int) i,
                              luaL_typename(L, -1));
        }
        (void) lua_tolstring(L, -1, NULL);
        egret_text_add(&text, egret_state_span(L, -1));
        lua_pop(L, 1);
        if (i < to) {
            egret_text_add(&text, separator);
        }
        egret_meter_spend(L, 1);
    }
    egret_text_push(&text);

    return 1;
}


static int
insert(lua_State *L)
{
    int end = list_length(L) + 1;
    int at = end;

    switch (lua_gettop(L)) {
    case 2:
        break;
    case 3:
        at = (int) luaL_checkinteger(L, 2);
        break;
    default:
        return luaL_error(L, "table.insert takes two or three arguments");
    }
    luaL_argcheck(L, at >= 1 && at <= end, 2, "position out of bounds");

    egret_meter_spend(L, (size_t) (end - at) + 1);
    for (int i = end; i > at; i--) {
        lua_rawgeti(L, 1, i - 1);
        lua_rawseti(L, 1, i);
    }
    lua_pushvalue(L, lua_gettop(L));
    lua_rawseti(L, 1, at);

    return 0;
}


static int
remove_item(lua_State *L)
{
    int length = list_length(L);
    int at = (int) luaL_optinteger(L, 2, length);

    if (at < 1 || at > length) {
        return 0;
    }

    egret_meter_spend(L, (size_t) (length - at) + 1);
    lua_rawgeti(L, 1, at);
    for (int i = at; i < length; i++) {
        lua_rawgeti(L, 1, i + 1);
        lua_rawseti(L, 1, i);
    }
    lua_pushnil(L);
    lua_rawseti(L, 1, length);

    return 1;
}


/* Whether the value at -2 comes before the one at -1. */
static bool
is_before(lua_State *L)
{
    bool is_less;

    egret_meter_spend(L, 2);
    if (lua_type(L, 2) == LUA_TFUNCTION) {
        egret_meter_nest(L);
        lua_pushvalue(L, 2);
        lua_pushvalue(L, -3);
        lua_pushvalue(L, -3);
        lua_call(L, 2, 1);
        is_less = lua_toboolean(L, -1) != 0;
        lua_pop(L, 1);
        return is_less;
    }

    if (lua_type(L, -1) == LUA_TSTRING && lua_type(L, -2) == LUA_TSTRING) {
        egret_span_t a = egret_state_span(L, -2);
        egret_span_t b = egret_state_span(L, -1);

        egret_meter_spend(L, (a.length < b.length ? a.length : b.length)
                                 / BYTES_A_STEP);
        return egret_span_compare(a, b) < 0;
    }
    egret_meter_nest(L);

    return lua_lessthan(L, -2, -1) != 0;
}


static bool
is_item_before(lua_State *L, int a, int b)
{
    bool is_less;

    lua_rawgeti(L, 1, a);
    lua_rawgeti(L, 1, b);
    is_less = is_before(L);
    lua_pop(L, 2);

    return is_less;
}


static void
swap(lua_State *L, int a, int b)
{
    lua_rawgeti(L, 1, a);
    lua_rawgeti(L, 1, b);
    lua_rawseti(L, 1, a);
    lua_rawseti(L, 1, b);
}


/* Heap sort: no order of items and no comparison function makes it slow. */
static void
sift_down(lua_State *L, int root, int length)
{
    for (;;) {
        int child = root * 2;

        if (child > length) {
            return;
        }
        if (child < length && is_item_before(L, child, child + 1)) {
            child++;
        }
        if (!is_item_before(L, root, child)) {
            return;
        }
        swap(L, root, child);
        root = child;
    }
}


static int
sort(lua_State *L)
{
    int length = list_length(L);

    if (!lua_isnoneornil(L, 2)) {
        luaL_checktype(L, 2, LUA_TFUNCTION);
    }
    luaL_argcheck(L, length < INT32_MAX / 2, 1, "too long");
    lua_settop(L, 2);
    luaL_checkstack(L, 12, NULL);

    for (int root = length / 2; root >= 1; root--) {
        sift_down(L, root, length);
    }
    for (int last = length; last > 1; last--) {
        swap(L, 1, last);
        sift_down(L, 1, last - 1);
    }

    return 0;
}


const luaL_Reg egret_table_library[] = {
    { "concat", concat },
    { "insert", insert },
    { "remove", remove_item },
    { "sort", sort },
    { NULL, NULL },
};
