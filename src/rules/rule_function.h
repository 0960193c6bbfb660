/* SPDX-License-Identifier: Apache-2.0 */
/* rule function: what a file returns, and the one function that is called.
 *
 * Internal to rules. */
#ifndef EGRET_RULES_RULE_FUNCTION_H
#define EGRET_RULES_RULE_FUNCTION_H

#include "rules/state.h"

/* For egret_state_enter, with the address of an egret_rules_direction_t: runs
 * the file in a fresh environment and keeps the direction's function. */
int egret_rule_function_open(lua_State *L);
/* Pushes the function that is kept. */
void egret_rule_function_push(lua_State *L);
/* Lets go of the function, its environment and the views. */
void egret_rule_function_close(lua_State *L);

/* For egret_state_enter, with the address of a bool[2], by direction: runs the
 * file and raises an error unless it returns what it should. */
int egret_rule_function_check(lua_State *L);

#endif
