/* SPDX-License-Identifier: Apache-2.0 */
/* green: a green block as views that Lua reads like tables.
 *
 * Internal to rules. A key that the block cannot have is an error; a list or a
 * struct that every block has is never nil. What a view is: green_view.h. */
#ifndef EGRET_RULES_GREEN_H
#define EGRET_RULES_GREEN_H

#include "rules/state.h"
#include "msg/tape.h"

/* Sets EGRET_SLOT_STRUCTS and EGRET_SLOT_LIST. */
void egret_green_install(lua_State *L);
/* Pushes the view of the block that speaks of the run's transaction; an empty
 * one where there is none. */
void egret_green_push(lua_State *L);
/* The node of a view of the block; EGRET_NODE_NONE for any other value. */
egret_node_t egret_green_node(lua_State *L, int index);

#endif
