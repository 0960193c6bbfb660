/* SPDX-License-Identifier: Apache-2.0 */
/* meter: what a Lua state has used: bytes, steps and, at last, time.
 *
 * Internal to rules. The meter sits in the allocator and in the count hook of
 * one state. Once something is spent it stays spent until the next start: the
 * hook then fires on each instruction, so that no pcall can go on. */
#ifndef EGRET_RULES_METER_H
#define EGRET_RULES_METER_H

#include <lua.h>

#include "rules/sandbox.h"

typedef enum {
    EGRET_SPENT_NOTHING,
    EGRET_SPENT_STEPS,
    EGRET_SPENT_TIME
} egret_spent_t;

/* One allocation beyond this is refused: it bounds what one instruction of
 * Lua's own can cost. */
#define EGRET_METER_BLOCK ((size_t) 1024 * 1024)

typedef struct {
    egret_rules_limits_t limits;
    egret_rules_clock_t clock;
    lua_Alloc original;
    void *original_context;
    size_t used;          /* bytes */
    bool is_enforced;     /* the ceiling holds */
    bool is_refused;      /* memory was refused since the last start */
    int64_t left;         /* steps */
    int64_t left_message;
    uint64_t deadline;    /* of the call */
    uint64_t last;        /* of the message */
    egret_spent_t spent;
    int line;             /* last seen by the hook; 0 for none */
} egret_meter_t;

/* Puts the meter in the state's allocator, with `owner` as its context: the
 * meter must be its first member. */
void egret_meter_attach(egret_meter_t *meter, lua_State *L, void *owner);
/* Takes it out again, before lua_close. */
void egret_meter_detach(egret_meter_t *meter, lua_State *L);

/* A new message: its steps. */
void egret_meter_open(egret_meter_t *meter);
/* A new call: its steps, its deadline. `is_exact`: the hook fires on each
 * instruction, so that `line` is the line of a failure. */
void egret_meter_start(egret_meter_t *meter, lua_State *L, bool is_exact);
/* The call is over: takes its steps off the message's. */
void egret_meter_stop(egret_meter_t *meter, lua_State *L);

/* For C functions that Lua calls: raises an error when the steps are spent. */
void egret_meter_spend(lua_State *L, size_t steps);
/* Raises one that says "nested too deep" when the C stack below the call is
 * used up: to be called before calling back into Lua. */
void egret_meter_nest(lua_State *L);

#endif
