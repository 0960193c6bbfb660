/* SPDX-License-Identifier: Apache-2.0 */
#include "rules/base_library.h"

#include <stdlib.h>

#include "rules/green_view.h"
#include "rules/meter.h"
#include "rules/state.h"
#include "rules/text.h"

#define MOST_RESULTS 250
#define STEPS_OF_PCALL 20

typedef struct {
    int type;
    double number; /* of a number or boolean; else the order of arrival */
    egret_span_t text;
} table_key_t;

static int
rank_of(int type)
{
    switch (type) {
    case LUA_TNUMBER:
        return 0;
    case LUA_TSTRING:
        return 1;
    case LUA_TBOOLEAN:
        return 2;
    default:
        return 3;
    }
}


static int
compare_keys(const void *first, const void *second)
{
    const table_key_t *a = first;
    const table_key_t *b = second;

    if (rank_of(a->type) != rank_of(b->type)) {
        return rank_of(a->type) - rank_of(b->type);
    }
    if (a->type == LUA_TSTRING) {
        return egret_span_compare(a->text, b->text);
    }

    return a->number < b->number ? -1 : a->number > b->number;
}


static void
read_key(lua_State *L, int index, size_t order, table_key_t *out)
{
    out->type = lua_type(L, index);
    out->text = egret_state_span(L, index);
    switch (out->type) {
    case LUA_TNUMBER:
        out->number = lua_tonumber(L, index);
        break;
    case LUA_TBOOLEAN:
        out->number = lua_toboolean(L, index);
        break;
    default:
        out->number = (double) order;
        break;
    }
}


/* Argument 1: a table, or a view, of which the content then stands there. True
 * for a view. */
static bool
open_table(lua_State *L)
{
    bool is_view = egret_green_open(L, 1);

    luaL_checktype(L, 1, LUA_TTABLE);

    return is_view;
}


/* Replaces the key on top of the stack by its value in what was opened. */
static void
get(lua_State *L, bool is_view)
{
    if (is_view) {
        egret_green_get(L, 1);
    } else {
        lua_rawget(L, 1);
    }
}


static size_t
count_keys(lua_State *L)
{
    size_t count = 0;

    lua_pushnil(L);
    while (lua_next(L, 1) != 0) {
        lua_pop(L, 1);
        egret_meter_spend(L, 2);
        count++;
    }

    return count;
}


/* Pushes the key itself: strings from their bytes, what has no order from the
 * list of such keys at `others`. */
static void
push_key(lua_State *L, const table_key_t *key, int others)
{
    switch (key->type) {
    case LUA_TNUMBER:
        lua_pushnumber(L, key->number);
        break;
    case LUA_TBOOLEAN:
        lua_pushboolean(L, key->number > 0);
        break;
    case LUA_TSTRING:
        lua_pushlstring(L, key->text.at, key->text.length);
        break;
    default:
        lua_rawgeti(L, others, (int) key->number);
        break;
    }
}


/* Replaces the stack above 2 by a list of the keys, in order, of the table at
 * 1. */
static void
list_keys(lua_State *L)
{
    size_t count = count_keys(L);
    table_key_t *keys;
    size_t depth = 1;
    size_t filled = 0;
    int others = 0;

    lua_createtable(L, (int) count, 0);
    keys = lua_newuserdata(L, (count + 1) * sizeof(*keys));
    lua_newtable(L);
    lua_pushnil(L);
    while (filled < count && lua_next(L, 1) != 0) {
        lua_pop(L, 1);
        read_key(L, -1, (size_t) others + 1, &keys[filled]);
        if (rank_of(keys[filled].type) == 3) {
            lua_pushvalue(L, -1);
            lua_rawseti(L, -3, ++others);
        }
        filled++;
    }
    lua_settop(L, 5);

    for (size_t n = count; n > 1; n /= 2) {
        depth++;
    }
    egret_meter_spend(L, count * depth);
    qsort(keys, filled, sizeof(*keys), compare_keys);
    for (size_t i = 0; i < filled; i++) {
        push_key(L, &keys[i], 5);
        lua_rawseti(L, 3, (int) i + 1);
    }
    lua_settop(L, 3);
}


/* Upvalues: the list of keys, how many of them are gone. The control variable
 * is not asked, so a loop may set fields to nil. */
static int
next_listed(lua_State *L)
{
    int at = (int) lua_tointeger(L, lua_upvalueindex(2));
    bool is_view = open_table(L);

    for (;;) {
        lua_rawgeti(L, lua_upvalueindex(1), ++at);
        if (lua_isnil(L, -1)) {
            return 1;
        }
        lua_pushvalue(L, -1);
        get(L, is_view);
        if (!lua_isnil(L, -1)) {
            lua_pushinteger(L, at);
            lua_replace(L, lua_upvalueindex(2));
            return 2;
        }
        lua_pop(L, 2);
        egret_meter_spend(L, 1);
    }
}


static int
pairs(lua_State *L)
{
    lua_settop(L, 1);
    luaL_checkstack(L, 12, NULL);
    lua_pushvalue(L, 1);
    (void) open_table(L);
    list_keys(L);
    lua_pushinteger(L, 0);
    lua_pushcclosure(L, next_listed, 2);
    lua_pushvalue(L, 2);

    return 2;
}


static int
next_item(lua_State *L)
{
    int at = (int) luaL_checkinteger(L, 2) + 1;
    bool is_view = open_table(L);

    lua_pushinteger(L, at);
    lua_pushinteger(L, at);
    get(L, is_view);

    return lua_isnil(L, -1) ? 0 : 2;
}


static int
ipairs(lua_State *L)
{
    lua_settop(L, 1);
    lua_rawgeti(L, LUA_REGISTRYINDEX, EGRET_SLOT_NEXT_ITEM);
    lua_pushvalue(L, 1);
    (void) open_table(L);
    lua_pushinteger(L, 0);

    return 3;
}


/* To a rule, a view is a table. */
static int
type_of(lua_State *L)
{
    luaL_checkany(L, 1);
    lua_pushstring(L, egret_green_is_view(L, 1) ? "table"
                                                : luaL_typename(L, 1));

    return 1;
}


/* The key after `from` in the order of pairs. Slow, a table's length each
 * time: a loop is what pairs is for. */
static int
next_key(lua_State *L)
{
    lua_settop(L, 2);
    luaL_checkstack(L, 12, NULL);
    lua_insert(L, 1); /* from, table */
    lua_pushcfunction(L, pairs);
    lua_pushvalue(L, 2);
    lua_call(L, 1, 1);
    for (;;) {
        bool is_it = lua_isnil(L, 1);

        lua_settop(L, 3);
        lua_pushvalue(L, 3);
        lua_pushvalue(L, 2);
        lua_call(L, 1, 2);
        if (is_it || lua_isnil(L, -2)) {
            break;
        }
        if (lua_rawequal(L, 1, -2)) {
            lua_pushnil(L);
            lua_replace(L, 1);
        }
        egret_meter_spend(L, 2);
    }

    return lua_isnil(L, -2) ? 1 : 2;
}


static int
to_string(lua_State *L)
{
    luaL_checkany(L, 1);
    egret_text_push_value(L, 1);

    return 1;
}


/* The state's own, which reads a text of any length. */
static int
to_number(lua_State *L)
{
    luaL_checkany(L, 1);
    egret_meter_spend(L, egret_state_span(L, 1).length / 2);
    lua_settop(L, 2);
    lua_rawgeti(L, LUA_REGISTRYINDEX, EGRET_SLOT_TONUMBER);
    lua_insert(L, 1);
    lua_call(L, 2, 1);

    return 1;
}


static int
unpack(lua_State *L)
{
    lua_Integer from;
    lua_Integer to;
    bool is_view = open_table(L);

    from = luaL_optinteger(L, 2, 1);
    to = luaL_opt(L, luaL_checkinteger, 3, (lua_Integer) lua_objlen(L, 1));
    if (from > to) {
        return 0;
    }
    if (from < INT32_MIN || to > INT32_MAX || to - from >= MOST_RESULTS) {
        return luaL_error(L, "more than %d results", MOST_RESULTS);
    }

    egret_meter_spend(L, (size_t) (to - from + 1));
    luaL_checkstack(L, (int) (to - from) + 2, "too many results");
    for (lua_Integer i = from; i <= to; i++) {
        lua_pushinteger(L, i);
        get(L, is_view);
    }

    return (int) (to - from) + 1;
}


static int
keep_error(lua_State *L)
{
    lua_settop(L, 1);

    return 1;
}


/* With a handler of its own, which is found at once: LuaJIT's own pcall has
 * none, and each error then searches the whole stack for one. What is spent
 * stays spent. */
static int
protected_call(lua_State *L)
{
    const egret_meter_t *meter = &egret_state_of(L)->meter;
    int status;

    luaL_checkany(L, 1);
    luaL_checkstack(L, 4, NULL);
    egret_meter_nest(L);
    lua_pushcfunction(L, keep_error);
    lua_insert(L, 1);
    status = lua_pcall(L, lua_gettop(L) - 2, LUA_MULTRET, 1);
    egret_meter_spend(L, STEPS_OF_PCALL);
    if (meter->is_refused) {
        return luaL_error(L, "out of memory");
    }

    lua_pushboolean(L, status == 0);
    lua_replace(L, 1);

    return lua_gettop(L);
}


const luaL_Reg egret_base_library[] = {
    { "ipairs", ipairs },
    { "next", next_key },
    { "pcall", protected_call },
    { "pairs", pairs },
    { "tonumber", to_number },
    { "tostring", to_string },
    { "type", type_of },
    { "unpack", unpack },
    { NULL, NULL },
};


void
egret_base_library_install(lua_State *L)
{
    lua_getfield(L, LUA_GLOBALSINDEX, "tonumber");
    lua_rawseti(L, LUA_REGISTRYINDEX, EGRET_SLOT_TONUMBER);
    lua_pushcfunction(L, next_item);
    lua_rawseti(L, LUA_REGISTRYINDEX, EGRET_SLOT_NEXT_ITEM);
}
