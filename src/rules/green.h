/* SPDX-License-Identifier: Apache-2.0 */
/* green: a green block as plain tables of Lua.
 *
 * Internal to rules. The tables are filled at once, so that ipairs, pairs, next
 * and # work (this LuaJIT asks no metatable for them). They are copies: what a
 * rule does to them reaches no message. A key that the block cannot have is an
 * error; a list or a struct that every block has is never nil. */
#ifndef EGRET_RULES_GREEN_H
#define EGRET_RULES_GREEN_H

#include "rules/state.h"
#include "msg/tape.h"

/* Sets EGRET_SLOT_STRUCTS and EGRET_SLOT_LIST. */
void egret_green_install(lua_State *L);
/* Pushes the view of the block that speaks of the run's transaction; an empty
 * one where there is none. */
void egret_green_push(lua_State *L);
/* The node of a view of the block; EGRET_NODE_NONE for any other table. */
egret_node_t egret_green_node(lua_State *L, int index);

#endif
