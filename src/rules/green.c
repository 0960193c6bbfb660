/* SPDX-License-Identifier: Apache-2.0 */
#include "rules/green.h"

#include <lauxlib.h>
#include <string.h>

#include "rules/green_keys.h"
#include "rules/green_view.h"
#include "rules/lua_decimal.h"
#include "rules/run.h"
#include "rules/text.h"

#define STEPS_A_STRUCT 20
#define STEPS_A_VALUE 5
#define LARGEST 1e14 /* one digit more is still exact */

static void push_struct(lua_State *L, egret_node_t node,
                        egret_green_struct_t number);

/* Gives the content on top of the stack the metatable of its views. */
static void
set_metatable(lua_State *L, egret_green_struct_t number)
{
    lua_rawgeti(L, LUA_REGISTRYINDEX, EGRET_SLOT_STRUCTS);
    lua_rawgeti(L, -1, (int) number + 1);
    lua_setmetatable(L, -3);
    lua_pop(L, 1);
}


static void
push_list(lua_State *L)
{
    lua_newtable(L);
    lua_rawgeti(L, LUA_REGISTRYINDEX, EGRET_SLOT_LIST);
    lua_setmetatable(L, -2);
}


/* Remembers, for `at`, which node the content on top of the stack shows. */
static void
note_place(lua_State *L, egret_node_t node)
{
    lua_rawgeti(L, LUA_REGISTRYINDEX, EGRET_SLOT_PLACES);
    lua_pushvalue(L, -2);
    lua_pushnumber(L, (lua_Number) node);
    lua_rawset(L, -3);
    lua_pop(L, 1);
}


egret_node_t
egret_green_node(lua_State *L, int index)
{
    egret_node_t node = EGRET_NODE_NONE;

    lua_pushvalue(L, index);
    (void) egret_green_open(L, lua_gettop(L));
    lua_rawgeti(L, LUA_REGISTRYINDEX, EGRET_SLOT_PLACES);
    if (lua_istable(L, -1)) {
        lua_insert(L, -2);
        lua_rawget(L, -2);
        if (lua_type(L, -1) == LUA_TNUMBER) {
            node = (egret_node_t) lua_tonumber(L, -1);
        }
    }
    lua_pop(L, 2);

    return node;
}


static void
refuse_value(lua_State *L, egret_span_t name, egret_span_t value,
             const char *wanted)
{
    lua_pushlstring(L, name.at, name.length);
    lua_pushlstring(L, value.at, value.length < 40 ? value.length : 40);
    (void) luaL_error(L, "the block's %s, \"%s\", is not %s",
                      lua_tostring(L, -2), lua_tostring(L, -1), wanted);
}


static void
push_decimal(lua_State *L, egret_span_t name, egret_span_t value)
{
    egret_decimal_t decimal;

    if (egret_decimal_read(value, &decimal) != EGRET_OK) {
        refuse_value(L, name, value, "a decimal number");
        return;
    }
    egret_lua_decimal_push(L, &decimal);
}


static void
push_integer(lua_State *L, egret_span_t name, egret_span_t value)
{
    lua_Number number = 0;
    bool is_negative = value.length > 0 && value.at[0] == '-';
    size_t at = is_negative || (value.length > 0 && value.at[0] == '+');

    if (at == value.length) {
        refuse_value(L, name, value, "a whole number");
    }
    for (size_t i = at; i < value.length; i++) {
        if (value.at[i] < '0' || value.at[i] > '9' || number >= LARGEST) {
            refuse_value(L, name, value, "a whole number");
        }
        number = number * 10 + (value.at[i] - '0');
    }
    lua_pushnumber(L, is_negative ? -number : number);
}


static void
push_boolean(lua_State *L, egret_span_t name, egret_span_t value)
{
    bool is_true = egret_span_equals_text(value, "true")
                   || egret_span_equals_text(value, "1");

    if (!is_true && !egret_span_equals_text(value, "false")
        && !egret_span_equals_text(value, "0"))
    {
        refuse_value(L, name, value, "true or false");
    }
    lua_pushboolean(L, is_true);
}


static void
push_scalar(lua_State *L, egret_green_kind_t kind, egret_span_t name,
            egret_span_t value)
{
    value = egret_span_trim(value);
    egret_meter_spend(L, STEPS_A_VALUE + value.length / 16);
    if (value.length > EGRET_TEXT_BYTES) {
        refuse_value(L, name, value, "of a length that rules can read");
    }

    switch (kind) {
    case EGRET_GREEN_DECIMAL:
        push_decimal(L, name, value);
        break;
    case EGRET_GREEN_INTEGER:
        push_integer(L, name, value);
        break;
    case EGRET_GREEN_BOOLEAN:
        push_boolean(L, name, value);
        break;
    case EGRET_GREEN_PRESENCE:
        lua_pushboolean(L, 1);
        break;
    default:
        lua_pushlstring(L, value.at == NULL ? "" : value.at, value.length);
        break;
    }
}


/* Sets the value on top of the stack in the content below it. */
static void
set_field(lua_State *L, const egret_green_field_t *field)
{
    int content = lua_gettop(L) - 1;

    lua_pushstring(L, field->key);
    lua_rawget(L, content);
    if (!field->is_list) {
        if (!lua_isnil(L, -1)) {
            (void) luaL_error(L, "the block has %s twice in one place",
                              field->tag);
        }
        lua_pop(L, 1);
        lua_pushstring(L, field->key);
        lua_insert(L, -2);
        lua_rawset(L, content);
        return;
    }

    if (lua_isnil(L, -1)) {
        lua_pop(L, 1);
        push_list(L);
        lua_pushstring(L, field->key);
        lua_pushvalue(L, -2);
        lua_rawset(L, content);
    }
    lua_insert(L, -2);
    lua_rawseti(L, -2, (int) lua_objlen(L, -2) + 1);
    lua_pop(L, 1);
}


static const egret_green_field_t *
find_tag(const egret_green_row_t *row, egret_span_t tag)
{
    for (size_t i = 0; i < row->count; i++) {
        if (egret_span_equals_text(tag, row->fields[i].tag)) {
            return &row->fields[i];
        }
    }

    return NULL;
}


static void fill(lua_State *L, egret_node_t node,
                 const egret_green_row_t *row);

static void
fill_child(lua_State *L, egret_node_t child, const egret_green_row_t *row)
{
    const egret_tape_t *tape = egret_run_of(L)->message->tape;
    egret_span_t name = egret_tape_name(tape, child);
    const egret_green_field_t *field = find_tag(row, name);

    if (field == NULL) {
        return;
    }
    if (field->kind == EGRET_GREEN_FLAT) {
        fill(L, child, egret_green_row(field->below));
        return;
    }
    if (field->kind == EGRET_GREEN_STRUCT) {
        push_struct(L, child, field->below);
    } else {
        push_scalar(L, field->kind, name, egret_tape_value(tape, child));
    }
    set_field(L, field);
}


/* The element's own text and attributes. */
static void
fill_own(lua_State *L, egret_node_t node, const egret_green_row_t *row)
{
    const egret_tape_t *tape = egret_run_of(L)->message->tape;

    for (size_t i = 0; i < row->count; i++) {
        const egret_green_field_t *field = &row->fields[i];
        const egret_tape_attribute_t *attribute;

        if (field->tag[0] == '@') {
            attribute = egret_tape_attribute(
                tape, node, egret_span_from(field->tag + 1));
            if (attribute == NULL) {
                continue;
            }
            push_scalar(L, field->kind, attribute->name, attribute->value);
            set_field(L, field);
        } else if (field->tag[0] == '\0'
                   && egret_tape_child(tape, node) == EGRET_NODE_NONE)
        {
            push_scalar(L, field->kind, egret_tape_name(tape, node),
                        egret_tape_value(tape, node));
            set_field(L, field);
        }
    }
}


/* Fills the content on top of the stack. */
static void
fill(lua_State *L, egret_node_t node, const egret_green_row_t *row)
{
    const egret_tape_t *tape = egret_run_of(L)->message->tape;
    uint16_t own = egret_tape_at(tape, node)->namespace_index;

    egret_meter_spend(L, STEPS_A_STRUCT);
    luaL_checkstack(L, 10, NULL);
    fill_own(L, node, row);
    for (egret_node_t child = egret_tape_child(tape, node);
         child != EGRET_NODE_NONE; child = egret_tape_at(tape, child)->next)
    {
        egret_meter_spend(L, 1);
        if (egret_tape_at(tape, child)->namespace_index == own) {
            fill_child(L, child, row);
        }
    }
}


static void
push_struct(lua_State *L, egret_node_t node, egret_green_struct_t number)
{
    luaL_checkstack(L, 10, NULL);
    lua_newtable(L);
    if (node != EGRET_NODE_NONE) {
        note_place(L, node);
        fill(L, node, egret_green_row(number));
    }
    set_metatable(L, number);
}


void
egret_green_push(lua_State *L)
{
    egret_run_t *run = egret_run_of(L);
    const egret_block_place_t *place =
        egret_blocks_of(run->message->blocks, run->index);
    egret_node_t block = place == NULL ? EGRET_NODE_NONE : place->block;

    if (run->has_green && run->green == block) {
        lua_rawgeti(L, LUA_REGISTRYINDEX, EGRET_SLOT_GREEN);
        return;
    }

    run->has_green = false;
    lua_newtable(L);
    lua_rawseti(L, LUA_REGISTRYINDEX, EGRET_SLOT_PLACES);
    push_struct(L, block, EGRET_GREEN_BLOCK);
    egret_green_close(L);
    lua_pushvalue(L, -1);
    lua_rawseti(L, LUA_REGISTRYINDEX, EGRET_SLOT_GREEN);
    run->green = block;
    run->has_green = true;
}


/* Keeps the content on top of the stack in that at 1, so that it is the same
 * each time, and pushes its view. */
static int
keep(lua_State *L)
{
    lua_pushvalue(L, 2);
    lua_insert(L, -2);
    lua_rawset(L, 1);
    lua_pushvalue(L, 2);
    egret_green_get(L, 1);

    return 1;
}


/* What the content of the view at 1 has for the key at 2; nil for nothing. */
static void
push_kept(lua_State *L)
{
    (void) egret_green_open(L, 1);
    lua_settop(L, 2);
    lua_pushvalue(L, 2);
    egret_green_get(L, 1);
}


/* Upvalue: the number of the struct. */
static int
index_struct(lua_State *L)
{
    const egret_green_row_t *row = egret_green_row(
        (egret_green_struct_t) lua_tointeger(L, lua_upvalueindex(1)));
    egret_span_t key = egret_state_span(L, 2);
    const egret_green_field_t *field;

    push_kept(L);
    if (!lua_isnil(L, -1)) {
        return 1;
    }
    field = egret_green_find(row, key.at == NULL ? "" : key.at, key.length);
    if (field == NULL) {
        egret_text_push_value(L, 2);
        return luaL_error(L, "%s has no key \"%s\"", row->name,
                          lua_tostring(L, -1));
    }
    if (field->is_list) {
        push_list(L);
        return keep(L);
    }
    if (field->is_always) {
        push_struct(L, EGRET_NODE_NONE, field->below);
        return keep(L);
    }
    lua_pushnil(L);

    return 1;
}


static int
index_list(lua_State *L)
{
    if (lua_type(L, 2) != LUA_TNUMBER) {
        egret_text_push_value(L, 2);
        return luaL_error(L, "a list has no key \"%s\": go through it with "
                             "ipairs", lua_tostring(L, -1));
    }
    push_kept(L);

    return 1;
}


static int
length_of_list(lua_State *L)
{
    (void) egret_green_open(L, 1);
    lua_pushinteger(L, (lua_Integer) lua_objlen(L, 1));

    return 1;
}


void
egret_green_install(lua_State *L)
{
    lua_createtable(L, EGRET_GREEN_STRUCT_COUNT, 0);
    for (int i = 0; i < EGRET_GREEN_STRUCT_COUNT; i++) {
        lua_newtable(L);
        lua_pushinteger(L, i);
        lua_pushcclosure(L, index_struct, 1);
        egret_green_close_metatable(L);
        lua_rawseti(L, -2, i + 1);
    }
    lua_rawseti(L, LUA_REGISTRYINDEX, EGRET_SLOT_STRUCTS);

    lua_newtable(L);
    lua_pushcfunction(L, length_of_list);
    lua_setfield(L, -2, "__len");
    lua_pushcfunction(L, index_list);
    egret_green_close_metatable(L);
    lua_rawseti(L, LUA_REGISTRYINDEX, EGRET_SLOT_LIST);
}
