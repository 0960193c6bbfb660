/* SPDX-License-Identifier: Apache-2.0 */
#include "rules/rule_function.h"

#include <lauxlib.h>

#include "rules/text.h"

static const char *const names[] = {
    [EGRET_RULES_SEND] = "send",
    [EGRET_RULES_RECEIVE] = "receive",
};


int
egret_rule_function_open(lua_State *L)
{
    const egret_rules_direction_t *direction = lua_touserdata(L, 1);

    egret_state_start(L);
    if (!lua_istable(L, -1)) {
        return luaL_error(L, "the file does not return a table this time");
    }
    lua_pushstring(L, names[*direction]);
    lua_rawget(L, -2);
    if (!lua_isfunction(L, -1)) {
        return luaL_error(L, "the file does not return \"%s\" this time",
                          names[*direction]);
    }
    lua_rawseti(L, LUA_REGISTRYINDEX, EGRET_SLOT_FUNCTION);

    return 0;
}


void
egret_rule_function_push(lua_State *L)
{
    lua_rawgeti(L, LUA_REGISTRYINDEX, EGRET_SLOT_FUNCTION);
}


/* No allocation, so no error: the places are there since the first time. */
void
egret_rule_function_close(lua_State *L)
{
    static const int slots[] = { EGRET_SLOT_FUNCTION, EGRET_SLOT_GREEN,
                                 EGRET_SLOT_PLACES };

    for (size_t i = 0; i < sizeof(slots) / sizeof(slots[0]); i++) {
        lua_pushboolean(L, 0);
        lua_rawseti(L, LUA_REGISTRYINDEX, slots[i]);
    }
    /* The compiled file must not hold the last environment either. */
    lua_rawgeti(L, LUA_REGISTRYINDEX, EGRET_SLOT_CHUNK);
    if (lua_isfunction(L, -1)) {
        lua_pushvalue(L, LUA_GLOBALSINDEX);
        lua_setfenv(L, -2);
    }
    lua_settop(L, 0);
}


static void
check_key(lua_State *L, bool has[2])
{
    egret_span_t key = egret_state_span(L, -2);

    for (int i = 0; i < 2; i++) {
        if (!egret_span_equals_text(key, names[i])) {
            continue;
        }
        if (!lua_isfunction(L, -1)) {
            (void) luaL_error(L, "\"%s\" is a %s, not a function", names[i],
                              luaL_typename(L, -1));
        }
        has[i] = true;
        return;
    }

    egret_text_push_value(L, -2);
    (void) luaL_error(L, "the table has \"%s\": only send and receive are "
                         "known", lua_tostring(L, -1));
}


int
egret_rule_function_check(lua_State *L)
{
    bool *has = lua_touserdata(L, 1);

    egret_state_start(L);
    if (!lua_istable(L, -1)) {
        return luaL_error(L, "a rules file returns a table with send, receive "
                             "or both, not a %s", luaL_typename(L, -1));
    }
    lua_pushnil(L);
    while (lua_next(L, -2) != 0) {
        check_key(L, has);
        lua_pop(L, 1);
    }
    if (!has[EGRET_RULES_SEND] && !has[EGRET_RULES_RECEIVE]) {
        return luaL_error(L, "the table has neither send nor receive");
    }

    return 0;
}
