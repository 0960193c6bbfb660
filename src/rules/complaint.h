/* SPDX-License-Identifier: Apache-2.0 */
/* complaint: m:reject{}, m:hold{} and m:warn{}.
 *
 * Internal to rules. Keys: code (1 to 35 letters, digits, ".", "_", "-", "/"),
 * reason, and perhaps at (a path, an element, a part of m.green), fix and iso
 * (an ExternalStatusReason1Code: four letters or digits). Any other key, or a
 * missing code or reason, is a failure of the rule. */
#ifndef EGRET_RULES_COMPLAINT_H
#define EGRET_RULES_COMPLAINT_H

#include <lauxlib.h>
#include <lua.h>

#define EGRET_COMPLAINT_CODE 35
#define EGRET_COMPLAINT_TEXT 350

extern const luaL_Reg egret_complaint_methods[];

#endif
