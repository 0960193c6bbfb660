/* SPDX-License-Identifier: Apache-2.0 */
#include "rules/environment.h"

#include <lauxlib.h>

#include "rules/base_library.h"
#include "rules/lua_decimal.h"
#include "rules/state.h"
#include "rules/string_library.h"
#include "rules/table_library.h"

/* What is taken from LuaJIT as it is: short, or bounded by one block of
 * memory. Left out also for replay: random, and what tells an address. */
static const char *const base_names[] = {
    "assert", "error", "getmetatable", "select", "setmetatable", "_VERSION",
    NULL
};
static const char *const math_names[] = {
    "abs", "acos", "asin", "atan", "atan2", "ceil", "cos", "cosh", "deg",
    "exp", "floor", "fmod", "frexp", "huge", "ldexp", "log", "log10", "max",
    "min", "modf", "pi", "pow", "rad", "sin", "sinh", "sqrt", "tan", "tanh",
    NULL
};
static const char *const bit_names[] = {
    "arshift", "band", "bnot", "bor", "bswap", "bxor", "lshift", "rol", "ror",
    "rshift", "tobit", "tohex", NULL
};

/* From the table on top of the stack to the one below it. */
static void
take(lua_State *L, const char *const *names)
{
    for (; *names != NULL; names++) {
        lua_getfield(L, -1, *names);
        lua_setfield(L, -3, *names);
    }
}


/* Below the table on top of the stack, under `name`. */
static void
add_library(lua_State *L, const char *name, const char *const *names,
            const luaL_Reg *functions)
{
    lua_newtable(L);
    if (names != NULL) {
        lua_getfield(L, LUA_GLOBALSINDEX, name);
        take(L, names);
        lua_pop(L, 1);
    }
    if (functions != NULL) {
        luaL_register(L, NULL, functions);
    }
    lua_setfield(L, -2, name);
}


static void
add_base(lua_State *L)
{
    lua_newtable(L);
    lua_pushvalue(L, LUA_GLOBALSINDEX);
    take(L, base_names);
    lua_pop(L, 1);
    luaL_register(L, NULL, egret_base_library);
    lua_setfield(L, -2, "_G");
}


/* Methods of strings: a table that no rule can reach to write to. */
static void
set_string_metatable(lua_State *L)
{
    lua_pushliteral(L, "");
    lua_newtable(L);
    lua_newtable(L);
    luaL_register(L, NULL, egret_string_library);
    lua_setfield(L, -2, "__index");
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_setmetatable(L, -2);
    lua_pop(L, 1);
}


void
egret_environment_install(lua_State *L)
{
    egret_base_library_install(L);
    egret_string_library_install(L);
    lua_newtable(L);
    add_base(L);
    add_library(L, "math", math_names, NULL);
    add_library(L, "bit", bit_names, NULL);
    add_library(L, "string", NULL, egret_string_library);
    add_library(L, "table", NULL, egret_table_library);
    add_library(L, "egret", NULL, egret_lua_decimal_library);
    lua_rawseti(L, LUA_REGISTRYINDEX, EGRET_SLOT_LIBRARIES);
    set_string_metatable(L);
}


/* Copies the table at `from` (absolute) into the one on top. */
static void
copy(lua_State *L, int from)
{
    lua_pushnil(L);
    while (lua_next(L, from) != 0) {
        lua_pushvalue(L, -2);
        lua_insert(L, -2);
        lua_rawset(L, -4);
    }
}


void
egret_environment_push(lua_State *L)
{
    int libraries = lua_gettop(L) + 1;

    lua_rawgeti(L, LUA_REGISTRYINDEX, EGRET_SLOT_LIBRARIES);
    lua_createtable(L, 0, 32);

    lua_pushnil(L);
    while (lua_next(L, libraries) != 0) {
        int from = lua_gettop(L);

        /* The environment itself takes _G's contents. */
        if (egret_span_equals_text(egret_state_span(L, -2), "_G")) {
            lua_pushvalue(L, libraries + 1);
            copy(L, from);
            lua_pop(L, 2);
            continue;
        }
        lua_newtable(L);
        copy(L, from);
        lua_pushvalue(L, -3);
        lua_insert(L, -2);
        lua_rawset(L, libraries + 1);
        lua_pop(L, 1);
    }

    lua_pushvalue(L, libraries + 1);
    lua_setfield(L, libraries + 1, "_G");
    lua_remove(L, libraries);
}
