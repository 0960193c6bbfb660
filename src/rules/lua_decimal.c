/* SPDX-License-Identifier: Apache-2.0 */
#include "rules/lua_decimal.h"

#include <string.h>

#include "rules/state.h"
#include "rules/text.h"

#define WHOLE_NUMBERS 9007199254740992.0 /* 2^53 */

void
egret_lua_decimal_push(lua_State *L, const egret_decimal_t *value)
{
    /* Lua's memory need not be aligned for 16 bytes. */
    memcpy(lua_newuserdata(L, sizeof(*value)), value, sizeof(*value));
    lua_rawgeti(L, LUA_REGISTRYINDEX, EGRET_SLOT_DECIMAL);
    lua_setmetatable(L, -2);
}


bool
egret_lua_decimal_at(lua_State *L, int index, egret_decimal_t *out)
{
    if (lua_type(L, index) != LUA_TUSERDATA
        || !egret_state_is(L, index, EGRET_SLOT_DECIMAL))
    {
        return false;
    }
    memcpy(out, lua_touserdata(L, index), sizeof(*out));

    return true;
}


static void
refuse_kind(lua_State *L, int index)
{
    if (lua_isnil(L, index)) {
        (void) luaL_error(L, "a decimal is nil: the element is not there");
    }
    (void) luaL_error(L, "a %s where a decimal is needed: write "
                         "egret.decimal(\"...\")", luaL_typename(L, index));
}


static void
read_number(lua_State *L, int index, egret_decimal_t *out)
{
    lua_Number number = lua_tonumber(L, index);

    if (!(number > -WHOLE_NUMBERS && number < WHOLE_NUMBERS)
        || number != (lua_Number) (int64_t) number)
    {
        (void) luaL_error(L, "only a whole number is exact: write "
                             "egret.decimal(\"0.1\"), with quotation marks");
    }
    *out = egret_decimal_from((int64_t) number);
}


/* An operand: a decimal or a whole number. */
static void
operand(lua_State *L, int index, egret_decimal_t *out)
{
    if (egret_lua_decimal_at(L, index, out)) {
        return;
    }
    if (lua_type(L, index) == LUA_TNUMBER) {
        read_number(L, index, out);
        return;
    }
    refuse_kind(L, index);
}


static int
push_result(lua_State *L, egret_rc_t rc, const egret_decimal_t *result)
{
    if (rc != EGRET_OK) {
        return luaL_error(L, "the result needs more than %d digits",
                          EGRET_DECIMAL_DIGITS);
    }
    egret_lua_decimal_push(L, result);

    return 1;
}


typedef egret_rc_t (*operation_t)(const egret_decimal_t *a,
                                  const egret_decimal_t *b,
                                  egret_decimal_t *out);

static int
calculate(lua_State *L, operation_t operation)
{
    egret_decimal_t a;
    egret_decimal_t b;
    egret_decimal_t result;
    egret_rc_t rc;

    operand(L, 1, &a);
    operand(L, 2, &b);
    memset(&result, 0, sizeof(result));
    rc = operation(&a, &b, &result);

    return push_result(L, rc, &result);
}


static int
add(lua_State *L)
{
    return calculate(L, egret_decimal_add);
}


static int
subtract(lua_State *L)
{
    return calculate(L, egret_decimal_subtract);
}


static int
multiply(lua_State *L)
{
    return calculate(L, egret_decimal_multiply);
}


/* With as many digits as fit, without zeros at the end. */
static egret_rc_t
quotient(const egret_decimal_t *a, const egret_decimal_t *b,
         egret_decimal_t *out)
{
    egret_rc_t rc = EGRET_ERANGE;

    for (unsigned scale = EGRET_LUA_DECIMAL_SCALE + 1;
         scale > 0 && rc == EGRET_ERANGE; scale--)
    {
        rc = egret_decimal_divide(a, b, scale - 1, out, NULL);
    }
    while (rc == EGRET_OK && out->scale > 0 && out->digits % 10 == 0) {
        out->digits /= 10;
        out->scale--;
    }

    return rc;
}


static int
divide(lua_State *L)
{
    egret_decimal_t divisor;

    operand(L, 2, &divisor);
    if (egret_decimal_sign(&divisor) == 0) {
        return luaL_error(L, "division by zero");
    }

    return calculate(L, quotient);
}


static int
negate(lua_State *L)
{
    egret_decimal_t value;

    operand(L, 1, &value);
    value.is_negative = !value.is_negative && value.digits != 0;
    egret_lua_decimal_push(L, &value);

    return 1;
}


static int
compare_operands(lua_State *L)
{
    egret_decimal_t a;
    egret_decimal_t b;

    operand(L, 1, &a);
    operand(L, 2, &b);

    return egret_decimal_compare(&a, &b);
}


static int
equals(lua_State *L)
{
    lua_pushboolean(L, compare_operands(L) == 0);

    return 1;
}


static int
is_less(lua_State *L)
{
    lua_pushboolean(L, compare_operands(L) < 0);

    return 1;
}


static int
is_at_most(lua_State *L)
{
    lua_pushboolean(L, compare_operands(L) <= 0);

    return 1;
}


static int
compare(lua_State *L)
{
    lua_pushinteger(L, compare_operands(L));

    return 1;
}


static int
sign(lua_State *L)
{
    egret_decimal_t value;

    operand(L, 1, &value);
    lua_pushinteger(L, egret_decimal_sign(&value));

    return 1;
}


static int
to_text(lua_State *L)
{
    egret_text_push_value(L, 1);

    return 1;
}


/* amount .. " CNY" */
static int
join(lua_State *L)
{
    egret_text_t text;

    egret_text_open(&text, L);
    for (int i = 1; i <= 2; i++) {
        egret_text_push_value(L, i);
        egret_text_add(&text, egret_state_span(L, -1));
        lua_pop(L, 1);
    }
    egret_text_push(&text);

    return 1;
}


/* egret.decimal(text | whole number | decimal) */
static int
decimal(lua_State *L)
{
    egret_decimal_t value;
    egret_span_t text;
    egret_rc_t rc;

    if (lua_type(L, 1) != LUA_TSTRING) {
        operand(L, 1, &value);
        egret_lua_decimal_push(L, &value);
        return 1;
    }

    text = egret_state_span(L, 1);
    rc = egret_decimal_read(text, &value);
    if (rc == EGRET_ERANGE) {
        return luaL_error(L, "a decimal of more than %d digits",
                          EGRET_DECIMAL_DIGITS);
    }
    if (rc != EGRET_OK) {
        lua_pushlstring(L, text.at, text.length < 40 ? text.length : 40);
        return luaL_error(L, "\"%s\" is not a decimal number",
                          lua_tostring(L, -1));
    }
    egret_lua_decimal_push(L, &value);

    return 1;
}


const luaL_Reg egret_lua_decimal_library[] = {
    { "decimal", decimal },
    { NULL, NULL },
};


void
egret_lua_decimal_install(lua_State *L)
{
    static const luaL_Reg operators[] = {
        { "__add", add },        { "__sub", subtract },
        { "__mul", multiply },   { "__div", divide },
        { "__unm", negate },     { "__eq", equals },
        { "__lt", is_less },     { "__le", is_at_most },
        { "__tostring", to_text }, { "__concat", join },
        { NULL, NULL },
    };
    static const luaL_Reg methods[] = {
        { "compare", compare },
        { "sign", sign },
        { NULL, NULL },
    };

    lua_newtable(L);
    luaL_register(L, NULL, operators);
    lua_newtable(L);
    luaL_register(L, NULL, methods);
    lua_setfield(L, -2, "__index");
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_rawseti(L, LUA_REGISTRYINDEX, EGRET_SLOT_DECIMAL);
}
