/* SPDX-License-Identifier: Apache-2.0 */
#include "rules/view.h"

#include <lauxlib.h>
#include <string.h>

#include "rules/clean.h"
#include "rules/complaint.h"
#include "rules/green.h"
#include "rules/lua_decimal.h"
#include "rules/place.h"
#include "rules/run.h"
#include "rules/text.h"

#define SHOWN 120

void
egret_view_push(lua_State *L, egret_node_t node)
{
    egret_view_t *view = lua_newuserdata(L, sizeof(*view));

    view->node = node;
    lua_rawgeti(L, LUA_REGISTRYINDEX, EGRET_SLOT_VIEW);
    lua_setmetatable(L, -2);
}


const egret_view_t *
egret_view_at(lua_State *L, int index)
{
    if (lua_type(L, index) != LUA_TUSERDATA
        || !egret_state_is(L, index, EGRET_SLOT_VIEW))
    {
        return NULL;
    }

    return lua_touserdata(L, index);
}


static const egret_view_t *
self(lua_State *L, const char *method)
{
    const egret_view_t *view = egret_view_at(L, 1);

    if (view == NULL) {
        (void) luaL_error(L, "call it with a colon: m:%s(...)", method);
    }

    return view;
}


/* Argument 2; only an element may be asked without. */
static egret_span_t
path_argument(lua_State *L, const egret_view_t *view)
{
    if (view->node != EGRET_NODE_NONE && lua_isnoneornil(L, 2)) {
        return EGRET_SPAN("");
    }
    luaL_checktype(L, 2, LUA_TSTRING);

    return egret_state_span(L, 2);
}


static void
refuse_path(lua_State *L, egret_span_t path, const char *what)
{
    char shown[SHOWN];

    (void) egret_clean(path, shown, SHOWN);
    (void) luaL_error(L, "\"%s\" %s", shown, what);
}


static egret_span_t
value_of(lua_State *L, const egret_walk_t *walk, egret_node_t node,
         egret_span_t path)
{
    egret_span_t value;

    if (walk->attribute.length > 0) {
        value = egret_tape_attribute(walk->tape, node, walk->attribute)->value;
    } else {
        if (egret_tape_child(walk->tape, node) != EGRET_NODE_NONE) {
            refuse_path(L, path, "has no value of its own, only elements "
                                 "below");
        }
        value = egret_tape_value(walk->tape, node);
    }
    value = egret_span_trim(value);
    if (value.length > EGRET_TEXT_BYTES) {
        refuse_path(L, path, "is longer than rules can read");
    }
    egret_meter_spend(L, value.length / 16);

    return value.at == NULL ? EGRET_SPAN("") : value;
}


/* The one value that a path has. False when there is none. */
static bool
one_value(lua_State *L, const char *method, egret_span_t *value)
{
    const egret_view_t *view = self(L, method);
    egret_span_t path = path_argument(L, view);
    egret_walk_t walk;
    egret_node_t node;

    egret_place_open(L, view->node, path, &walk);
    node = egret_place_next(L, &walk);
    if (node == EGRET_NODE_NONE) {
        return false;
    }
    *value = value_of(L, &walk, node, path);
    if (egret_place_next(L, &walk) != EGRET_NODE_NONE) {
        refuse_path(L, path, "has several values here: use m:each");
    }

    return true;
}


static int
text(lua_State *L)
{
    egret_span_t value;

    if (one_value(L, "text", &value)) {
        lua_pushlstring(L, value.at, value.length);
    } else {
        lua_pushnil(L);
    }

    return 1;
}


static int
decimal(lua_State *L)
{
    egret_decimal_t number;
    egret_span_t value;

    if (!one_value(L, "decimal", &value)) {
        lua_pushnil(L);
        return 1;
    }
    if (egret_decimal_read(value, &number) != EGRET_OK) {
        refuse_path(L, value, "is not a decimal number");
    }
    egret_lua_decimal_push(L, &number);

    return 1;
}


/* Upvalues: the walk, and the path that it points into. */
static int
next_element(lua_State *L)
{
    egret_walk_t *walk = lua_touserdata(L, lua_upvalueindex(1));
    egret_node_t node;

    (void) egret_run_of(L);
    node = egret_place_next(L, walk);
    if (node == EGRET_NODE_NONE) {
        lua_pushnil(L);
    } else {
        egret_view_push(L, node);
    }

    return 1;
}


static int
each(lua_State *L)
{
    const egret_view_t *view = self(L, "each");
    egret_span_t path = path_argument(L, view);
    egret_walk_t *walk;

    lua_settop(L, 2);
    walk = lua_newuserdata(L, sizeof(*walk));
    egret_place_open(L, view->node, path, walk);
    if (walk->attribute.length > 0) {
        refuse_path(L, path, "names an attribute: m:each gives elements");
    }
    lua_pushvalue(L, 2);
    lua_pushcclosure(L, next_element, 2);

    return 1;
}


static bool
push_property(lua_State *L, egret_span_t key)
{
    const egret_rules_message_t *message = egret_run_of(L)->message;
    egret_span_t value;

    if (egret_span_equals_text(key, "green")) {
        egret_green_push(L);
        return true;
    }
    if (egret_span_equals_text(key, "definition")) {
        value = message->definition;
    } else if (egret_span_equals_text(key, "sender")) {
        value = message->sender;
    } else if (egret_span_equals_text(key, "receiver")) {
        value = message->receiver;
    } else {
        return false;
    }
    lua_pushlstring(L, value.at == NULL ? "" : value.at, value.length);

    return true;
}


/* Upvalues: the methods of both kinds, the further ones of `m`. */
static int
index_view(lua_State *L)
{
    const egret_view_t *view = egret_view_at(L, 1);
    egret_span_t key = egret_state_span(L, 2);
    bool is_message = view != NULL && view->node == EGRET_NODE_NONE;

    lua_settop(L, 2);
    for (int i = 1; i <= (is_message ? 2 : 1); i++) {
        lua_pushvalue(L, 2);
        lua_rawget(L, lua_upvalueindex(i));
        if (!lua_isnil(L, -1)) {
            return 1;
        }
        lua_pop(L, 1);
    }
    if (is_message && push_property(L, key)) {
        return 1;
    }

    egret_text_push_value(L, 2);

    return luaL_error(L, "%s has no key \"%s\"",
                      is_message ? "the message" : "an element",
                      lua_tostring(L, -1));
}


static int
refuse_write(lua_State *L)
{
    return luaL_error(L, "a view of the message cannot be written to");
}


static int
is_same(lua_State *L)
{
    const egret_view_t *a = egret_view_at(L, 1);
    const egret_view_t *b = egret_view_at(L, 2);

    lua_pushboolean(L, a != NULL && b != NULL && a->node == b->node);

    return 1;
}


void
egret_view_install(lua_State *L)
{
    static const luaL_Reg methods[] = {
        { "text", text },
        { "decimal", decimal },
        { "each", each },
        { NULL, NULL },
    };

    lua_newtable(L);
    lua_newtable(L);
    luaL_register(L, NULL, methods);
    lua_newtable(L);
    luaL_register(L, NULL, egret_complaint_methods);
    lua_pushcclosure(L, index_view, 2);
    lua_setfield(L, -2, "__index");
    lua_pushcfunction(L, refuse_write);
    lua_setfield(L, -2, "__newindex");
    lua_pushcfunction(L, is_same);
    lua_setfield(L, -2, "__eq");
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_rawseti(L, LUA_REGISTRYINDEX, EGRET_SLOT_VIEW);
}
