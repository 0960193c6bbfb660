/* SPDX-License-Identifier: Apache-2.0 */
/* string.format of rules/string_library.h. */

#include <string.h>

#include "rules/meter.h"
#include "rules/state.h"
#include "rules/string_library.h"
#include "rules/text.h"

/* "%-12.34" and a letter. */
#define DIRECTIVE 16
/* 1e300 with 99 digits takes long. */
#define STEPS_OF_NUMBER 200

static size_t
count_of(egret_span_t format, size_t from, const char *set, size_t most)
{
    size_t count = 0;

    while (count < most && from + count < format.length
           && format.at[from + count] != '\0'
           && strchr(set, format.at[from + count]) != NULL)
    {
        count++;
    }

    return count;
}


/* The directive that starts at `from`, after its "%": flags, two digits of
 * width, two of precision, a letter. */
static size_t
directive_length(lua_State *L, egret_span_t format, size_t from)
{
    size_t at = from + count_of(format, from, "-+ #0", 5);

    at += count_of(format, at, "0123456789", 2);
    if (count_of(format, at, ".", 1) == 1) {
        at++;
        at += count_of(format, at, "0123456789", 2);
    }
    if (count_of(format, at, "cdiouxXeEfgGqs", 1) == 0) {
        (void) luaL_error(L, "string.format: a directive that is not known");
    }

    return at + 1 - from;
}


/* Pushes what the state's own format makes of one directive and the value on
 * top of the stack, which it takes. */
static void
format_one(lua_State *L, egret_span_t directive)
{
    char text[DIRECTIVE];

    text[0] = '%';
    memcpy(&text[1], directive.at, directive.length);
    lua_rawgeti(L, LUA_REGISTRYINDEX, EGRET_SLOT_FORMAT);
    lua_insert(L, -2);
    lua_pushlstring(L, text, directive.length + 1);
    lua_insert(L, -2);
    lua_call(L, 2, 1);
}


static void
push_formatted(lua_State *L, egret_span_t directive, int argument)
{
    char letter = directive.at[directive.length - 1];

    if (letter == 's') {
        egret_text_push_value(L, argument);
        if (directive.length == 1) {
            return;
        }
    } else if (letter == 'q') {
        (void) luaL_checkstring(L, argument);
        lua_pushvalue(L, argument);
    } else {
        lua_pushnumber(L, luaL_checknumber(L, argument));
        egret_meter_spend(L, STEPS_OF_NUMBER);
    }
    egret_meter_spend(L, lua_objlen(L, -1) / 8);
    format_one(L, directive);
}


int
egret_string_format(lua_State *L)
{
    egret_span_t format;
    int given = lua_gettop(L);
    int argument = 1;
    egret_text_t text;

    format.at = luaL_checklstring(L, 1, &format.length);
    luaL_checkstack(L, 8, NULL);
    egret_text_open(&text, L);
    for (size_t at = 0; at < format.length;) {
        egret_span_t rest = egret_span_slice(format, at, format.length);
        size_t plain = egret_span_find(rest, '%');
        size_t length;

        egret_text_add(&text, egret_span_slice(rest, 0, plain));
        at += plain + 1;
        if (plain == rest.length) {
            break;
        }
        if (count_of(format, at, "%", 1) == 1) {
            egret_text_add(&text, EGRET_SPAN("%"));
            at++;
            continue;
        }

        length = directive_length(L, format, at);
        if (++argument > given) {
            return luaL_argerror(L, argument, "no value");
        }
        push_formatted(L, egret_span_slice(format, at, at + length),
                       argument);
        egret_text_add(&text, egret_state_span(L, -1));
        egret_meter_spend(L, 1);
        lua_pop(L, 1);
        at += length;
    }
    egret_text_push(&text);

    return 1;
}
