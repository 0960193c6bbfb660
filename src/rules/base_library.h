/* SPDX-License-Identifier: Apache-2.0 */
/* base library: next, pairs, pcall, tonumber, tostring and unpack of
 * our own.
 *
 * Internal to rules. LuaJIT's tables have an order of their own in each
 * process, and its tostring shows addresses: a verdict could then not be had
 * again. Here pairs and next go by key: numbers, then strings by their bytes,
 * then false and true, then the rest as it comes. */
#ifndef EGRET_RULES_BASE_LIBRARY_H
#define EGRET_RULES_BASE_LIBRARY_H

#include <lauxlib.h>
#include <lua.h>

/* Keeps the state's own tonumber, which ours calls. */
void egret_base_library_install(lua_State *L);
extern const luaL_Reg egret_base_library[];

#endif
