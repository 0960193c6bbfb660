/* SPDX-License-Identifier: Apache-2.0 */
/* lua_decimal: exact decimals as values of Lua.
 *
 * Internal to rules. Operators + - * / and unary minus, comparisons, tostring,
 * and methods compare and sign. A number takes part only when it is whole:
 * 0.1 of Lua is not 0.1. */
#ifndef EGRET_RULES_LUA_DECIMAL_H
#define EGRET_RULES_LUA_DECIMAL_H

#include <lauxlib.h>
#include <lua.h>

#include "util/decimal.h"

/* Digits after the point of a quotient, cut: DecimalNumber of ISO 20022. Fewer
 * when the whole would have more than 38. */
#define EGRET_LUA_DECIMAL_SCALE 17

/* Sets EGRET_SLOT_DECIMAL. */
void egret_lua_decimal_install(lua_State *L);
/* The library `egret`: decimal. */
extern const luaL_Reg egret_lua_decimal_library[];

void egret_lua_decimal_push(lua_State *L, const egret_decimal_t *value);
/* False when the value at `index` is no decimal. */
bool egret_lua_decimal_at(lua_State *L, int index, egret_decimal_t *out);

#endif
