/* SPDX-License-Identifier: Apache-2.0 */
#include "rules/meter.h"

#include <lauxlib.h>

#include "rules/state.h"

#define HOOK_EVERY 100
/* Small ones cost what their instruction costs. They do not count also because
 * LuaJIT needs no memory for a text that it still has, perhaps from the message
 * before: a count of steps should not depend on that. */
#define LARGE ((size_t) 4096)
#define BYTES_A_STEP 64
/* A step takes about 5 ns; the last resort is a hundred times that. */
#define NANOSECONDS_A_STEP 500
#define NEST_BYTES ((size_t) 192 * 1024)

static bool
is_over(const egret_meter_t *meter, size_t old_size, size_t new_size)
{
    size_t more = new_size - old_size;

    return new_size > EGRET_METER_BLOCK
           || meter->used > meter->limits.memory
           || more > meter->limits.memory - meter->used;
}


static void *
allocate(void *context, void *memory, size_t old_size, size_t new_size)
{
    egret_meter_t *meter = context;
    void *out;

    if (memory == NULL) {
        old_size = 0;
    }
    if (new_size > old_size && meter->is_enforced) {
        if (is_over(meter, old_size, new_size)) {
            meter->is_refused = true;
            return NULL;
        }
        if (new_size - old_size >= LARGE) {
            meter->left -= (int64_t) ((new_size - old_size) / BYTES_A_STEP);
        }
    }

    out = meter->original(meter->original_context, memory, old_size, new_size);
    if (out != NULL || new_size == 0) {
        meter->used += new_size - old_size;
    }

    return out;
}


void
egret_meter_attach(egret_meter_t *meter, lua_State *L, void *owner)
{
    meter->original = lua_getallocf(L, &meter->original_context);
    meter->used = (size_t) lua_gc(L, LUA_GCCOUNT, 0) * 1024
                  + (size_t) lua_gc(L, LUA_GCCOUNTB, 0);
    lua_setallocf(L, allocate, owner);
}


void
egret_meter_detach(egret_meter_t *meter, lua_State *L)
{
    lua_setallocf(L, meter->original, meter->original_context);
}


static void on_count(lua_State *L, lua_Debug *ar);

static int
raise_spent(lua_State *L, egret_meter_t *meter, egret_spent_t spent)
{
    if (meter->spent == EGRET_SPENT_NOTHING) {
        meter->spent = spent;
    }
    lua_sethook(L, on_count, LUA_MASKCOUNT, 1);

    return luaL_error(L, "%s", meter->spent == EGRET_SPENT_TIME
                                   ? "out of time" : "out of steps");
}


static void
on_count(lua_State *L, lua_Debug *ar)
{
    egret_meter_t *meter = &egret_state_of(L)->meter;

    if (meter->spent != EGRET_SPENT_NOTHING) {
        (void) raise_spent(L, meter, meter->spent);
    }

    if (lua_getinfo(L, "l", ar) != 0 && ar->currentline > 0) {
        meter->line = ar->currentline;
    }

    meter->left -= lua_gethookcount(L);
    if (meter->left < 0) {
        (void) raise_spent(L, meter, EGRET_SPENT_STEPS);
    }
    if (meter->clock.now != NULL
        && meter->clock.now(meter->clock.context) > meter->deadline)
    {
        (void) raise_spent(L, meter, EGRET_SPENT_TIME);
    }
}


void
egret_meter_open(egret_meter_t *meter)
{
    meter->left_message = (int64_t) meter->limits.message_steps;
    if (meter->clock.now != NULL) {
        meter->last = meter->clock.now(meter->clock.context)
                      + meter->limits.message_steps * NANOSECONDS_A_STEP;
    }
}


void
egret_meter_start(egret_meter_t *meter, lua_State *L, bool is_exact)
{
    uint64_t steps = meter->limits.steps;

    meter->spent = EGRET_SPENT_NOTHING;
    meter->is_refused = false;
    meter->line = 0;
    meter->left = (int64_t) steps < meter->left_message
                  ? (int64_t) steps : meter->left_message;
    if (meter->clock.now != NULL) {
        meter->deadline = meter->clock.now(meter->clock.context)
                          + steps * NANOSECONDS_A_STEP;
        if (meter->deadline > meter->last) {
            meter->deadline = meter->last;
        }
    }
    /* Also starts its count anew: what is spent does not depend on what ran
     * before. */
    lua_sethook(L, on_count, LUA_MASKCOUNT, is_exact ? 1 : HOOK_EVERY);
}


void
egret_meter_stop(egret_meter_t *meter, lua_State *L)
{
    int64_t granted = (int64_t) meter->limits.steps < meter->left_message
                      ? (int64_t) meter->limits.steps : meter->left_message;

    meter->left_message -= granted - meter->left;
    lua_sethook(L, NULL, 0, 0);
}


void
egret_meter_spend(lua_State *L, size_t steps)
{
    egret_meter_t *meter = &egret_state_of(L)->meter;

    meter->left -= steps < INT32_MAX ? (int64_t) steps : INT32_MAX;
    if (meter->left < 0 || meter->spent != EGRET_SPENT_NOTHING) {
        (void) raise_spent(L, meter, EGRET_SPENT_STEPS);
    }
}


void
egret_meter_nest(lua_State *L)
{
    const egret_state_t *state = egret_state_of(L);
    const char *here = __builtin_frame_address(0);
    size_t depth = state->stack_base > here
                   ? (size_t) (state->stack_base - here)
                   : (size_t) (here - state->stack_base);

    if (depth > NEST_BYTES) {
        (void) luaL_error(L, "functions that call back are nested too deep");
    }
}
