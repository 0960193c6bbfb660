/* SPDX-License-Identifier: Apache-2.0 */
/* string library: what rules may do with strings; each counts its steps and
 * makes at most EGRET_TEXT_BYTES.
 *
 * Internal to rules. As in Lua 5.1, but: no dump; classes of patterns are
 * ASCII in any locale; format takes %p from nobody, and at most 99 for width
 * and precision. */
#ifndef EGRET_RULES_STRING_LIBRARY_H
#define EGRET_RULES_STRING_LIBRARY_H

#include <lauxlib.h>
#include <lua.h>

/* Keeps the state's own format, which formats single numbers for ours. */
void egret_string_library_install(lua_State *L);
extern const luaL_Reg egret_string_library[];

/* string.format */
int egret_string_format(lua_State *L);
/* find, match, gmatch, gsub */
int egret_string_find(lua_State *L);
int egret_string_match(lua_State *L);
int egret_string_gmatch(lua_State *L);
int egret_string_gsub(lua_State *L);

#endif
