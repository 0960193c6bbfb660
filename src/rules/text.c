/* SPDX-License-Identifier: Apache-2.0 */
#include "rules/text.h"

#include <lauxlib.h>
#include <string.h>

#include "rules/green_view.h"
#include "rules/lua_decimal.h"
#include "rules/meter.h"

#define AT_FIRST 64
#define BYTES_A_STEP 16

void
egret_text_open(egret_text_t *text, lua_State *L)
{
    luaL_checkstack(L, 4, NULL);
    text->L = L;
    text->bytes = NULL;
    text->length = 0;
    text->capacity = 0;
    lua_pushnil(L);
    text->place = lua_gettop(L);
}


static void
reserve(egret_text_t *text, size_t more)
{
    size_t capacity = text->capacity == 0 ? AT_FIRST : text->capacity;
    char *bytes;

    if (more > EGRET_TEXT_BYTES - text->length) {
        (void) luaL_error(text->L, "a text would be longer than %d bytes",
                          (int) EGRET_TEXT_BYTES);
    }
    while (capacity < text->length + more) {
        capacity *= 2;
    }
    if (capacity == text->capacity) {
        return;
    }

    bytes = lua_newuserdata(text->L, capacity);
    if (text->length > 0) {
        memcpy(bytes, text->bytes, text->length);
    }
    lua_replace(text->L, text->place);
    text->bytes = bytes;
    text->capacity = capacity;
}


void
egret_text_add(egret_text_t *text, egret_span_t span)
{
    egret_meter_spend(text->L, span.length / BYTES_A_STEP);
    reserve(text, span.length);
    if (span.length > 0) {
        memcpy(&text->bytes[text->length], span.at, span.length);
        text->length += span.length;
    }
}


void
egret_text_push(egret_text_t *text)
{
    lua_pushlstring(text->L, text->length > 0 ? text->bytes : "",
                    text->length);
}


void
egret_text_push_value(lua_State *L, int index)
{
    egret_decimal_t decimal;
    char digits[EGRET_DECIMAL_TEXT];

    switch (lua_type(L, index)) {
    case LUA_TSTRING:
    case LUA_TNUMBER:
        /* Of a copy: a number would become a string where it stands. */
        lua_pushvalue(L, index);
        (void) lua_tolstring(L, -1, NULL);
        return;
    case LUA_TBOOLEAN:
        lua_pushstring(L, lua_toboolean(L, index) ? "true" : "false");
        return;
    case LUA_TNONE:
    case LUA_TNIL:
        lua_pushliteral(L, "nil");
        return;
    default:
        break;
    }

    if (egret_lua_decimal_at(L, index, &decimal)) {
        (void) egret_decimal_write(&decimal, digits);
        lua_pushstring(L, digits);
        return;
    }
    if (egret_green_is_view(L, index)) {
        lua_pushliteral(L, "table");
        return;
    }
    lua_pushstring(L, lua_type(L, index) == LUA_TUSERDATA
                          ? "element" : luaL_typename(L, index));
}
