/* SPDX-License-Identifier: Apache-2.0 */
/* text: a string that a library function builds, with a maximum.
 *
 * Internal to rules. It grows in userdata, at a place of the Lua stack that is
 * its own, so that an error loses nothing and the memory limit counts it. */
#ifndef EGRET_RULES_TEXT_H
#define EGRET_RULES_TEXT_H

#include <lua.h>

#include "util/span.h"

/* The longest string that a library function makes or a value of a message
 * may be. */
#define EGRET_TEXT_BYTES ((size_t) 64 * 1024)

typedef struct {
    lua_State *L;
    char *bytes;
    size_t length;
    size_t capacity;
    int place;
} egret_text_t;

/* Pushes one value, which must stay where it is. */
void egret_text_open(egret_text_t *text, lua_State *L);
/* Raises "longer than 65536 bytes" beyond the maximum. Spends a step for each
 * 16 bytes. */
void egret_text_add(egret_text_t *text, egret_span_t span);
/* Pushes the string. */
void egret_text_push(egret_text_t *text);

/* As tostring does it, for the value at `index`: pushes a string. Tables,
 * functions and views give their kind: an address would differ each time. */
void egret_text_push_value(lua_State *L, int index);

#endif
