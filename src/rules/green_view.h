/* SPDX-License-Identifier: Apache-2.0 */
/* green_view: a table of Lua that cannot be written to.
 *
 * Internal to rules. A view is a userdata whose content, a plain table that no
 * rule gets hold of, is its environment: one transaction does not see what a
 * rule did in another. ipairs, pairs, next, unpack, type and table.concat know
 * views (this LuaJIT asks no metatable for them), # asks __len. */
#ifndef EGRET_RULES_GREEN_VIEW_H
#define EGRET_RULES_GREEN_VIEW_H

#include <lua.h>
#include <stdbool.h>

/* Whether it is a view of the block, or of a part or list in it. */
bool egret_green_is_view(lua_State *L, int index);
/* Puts its content in the place of a view at `index` (absolute); any other
 * value stays: false. No rule may get hold of it. */
bool egret_green_open(lua_State *L, int index);
/* Makes a view of the content on top of the stack, with its metatable. */
void egret_green_close(lua_State *L);
/* Replaces the key on top of the stack by what the content at `content`
 * (absolute) has for it. What is content itself becomes a view first, for good:
 * most of a large block is never looked at. */
void egret_green_get(lua_State *L, int content);
/* Completes the metatable of a view, on top of the stack, with __index from the
 * function on top of it. */
void egret_green_close_metatable(lua_State *L);

#endif
