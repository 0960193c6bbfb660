/* SPDX-License-Identifier: Apache-2.0 */
/* table library: concat, insert, remove and sort, each counting its steps.
 *
 * Internal to rules. As in Lua 5.1. sort takes n log n comparisons whatever
 * the comparison function says, and is not stable. */
#ifndef EGRET_RULES_TABLE_LIBRARY_H
#define EGRET_RULES_TABLE_LIBRARY_H

#include <lauxlib.h>
#include <lua.h>

extern const luaL_Reg egret_table_library[];

#endif
