/* SPDX-License-Identifier: Apache-2.0 */
/* environment: the globals of a rule.
 *
 * Internal to rules. A list of what is allowed, not of what is not: a function
 * that a later LuaJIT adds is not there. */
#ifndef EGRET_RULES_ENVIRONMENT_H
#define EGRET_RULES_ENVIRONMENT_H

#include <lua.h>

/* Once a state, in a protected call, after the libraries are open: gathers
 * EGRET_SLOT_LIBRARIES and sets the metatable of strings. */
void egret_environment_install(lua_State *L);
/* Pushes a new environment: fresh copies of all libraries' tables. */
void egret_environment_push(lua_State *L);

#endif
