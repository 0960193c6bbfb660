/* SPDX-License-Identifier: Apache-2.0 */
#include "rules/green_view.h"

#include <lauxlib.h>

/* The mark of a view's metatable, at its place 1. */
static bool
is_marked(lua_State *L, int metatable)
{
    bool is_view;

    lua_rawgeti(L, metatable, 1);
    is_view = lua_toboolean(L, -1) != 0;
    lua_pop(L, 1);

    return is_view;
}


bool
egret_green_is_view(lua_State *L, int index)
{
    bool is_view;

    if (lua_type(L, index) != LUA_TUSERDATA || !lua_getmetatable(L, index)) {
        return false;
    }
    is_view = is_marked(L, lua_gettop(L));
    lua_pop(L, 1);

    return is_view;
}


bool
egret_green_open(lua_State *L, int index)
{
    if (!egret_green_is_view(L, index)) {
        return false;
    }
    lua_getfenv(L, index);
    lua_replace(L, index);

    return true;
}


void
egret_green_close(lua_State *L)
{
    (void) lua_newuserdata(L, 0);
    (void) lua_getmetatable(L, -2);
    lua_setmetatable(L, -2);
    lua_insert(L, -2);
    (void) lua_setfenv(L, -2);
}


void
egret_green_get(lua_State *L, int content)
{
    lua_pushvalue(L, -1);
    lua_rawget(L, content);
    if (lua_istable(L, -1)) {
        egret_green_close(L);
        lua_pushvalue(L, -2);
        lua_pushvalue(L, -2);
        lua_rawset(L, content);
    }
    lua_remove(L, -2);
}


static int
refuse_write(lua_State *L)
{
    return luaL_error(L, "a view of the message cannot be written to");
}


void
egret_green_close_metatable(lua_State *L)
{
    lua_setfield(L, -2, "__index");
    lua_pushcfunction(L, refuse_write);
    lua_setfield(L, -2, "__newindex");
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_pushboolean(L, 1);
    lua_rawseti(L, -2, 1);
}
