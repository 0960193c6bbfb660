/* SPDX-License-Identifier: Apache-2.0 */
/* state: a Lua state with a meter, its libraries and one compiled file.
 *
 * Internal to rules. Everything that can raise a Lua error runs inside
 * egret_state_enter. */
#ifndef EGRET_RULES_STATE_H
#define EGRET_RULES_STATE_H

#include "rules/meter.h"

/* Places of the registry, by number. */
enum {
    EGRET_SLOT_CHUNK = 1, /* the compiled file */
    EGRET_SLOT_FUNCTION,  /* send or receive, in this message's environment */
    EGRET_SLOT_LIBRARIES, /* what an environment is copied from */
    EGRET_SLOT_DECIMAL,   /* metatables */
    EGRET_SLOT_VIEW,
    EGRET_SLOT_LIST,
    EGRET_SLOT_STRUCTS, /* by number of the struct in rules/green_keys.h */
    EGRET_SLOT_GREEN,   /* the view of the block built last */
    EGRET_SLOT_PLACES,  /* from a view of it to its node */
    EGRET_SLOT_FORMAT,  /* the state's own string.format and tonumber */
    EGRET_SLOT_TONUMBER,
    EGRET_SLOT_NEXT_ITEM, /* what ipairs goes on with */
    EGRET_SLOT_COUNT
};

typedef enum {
    EGRET_FAILURE_NONE,
    EGRET_FAILURE_ERROR,
    EGRET_FAILURE_STEPS,
    EGRET_FAILURE_TIME,
    EGRET_FAILURE_MEMORY
} egret_failure_t;

#define EGRET_FAILURE_TEXT 400

typedef struct egret_run egret_run_t; /* rules/run.h */

typedef struct {
    egret_meter_t meter; /* first: the allocator's context */
    lua_State *L;
    const char *stack_base;
    egret_run_t *run; /* the message under judgement, or NULL */
    egret_failure_t failure;
    int failure_line; /* 0: not known */
    char failure_text[EGRET_FAILURE_TEXT]; /* valid UTF-8, one line */
} egret_state_t;

/* The state that a Lua function runs in. */
static inline egret_state_t *
egret_state_of(lua_State *L)
{
    void *owner;

    (void) lua_getallocf(L, &owner);

    return owner;
}

/* `state` must not move. EGRET_ENOMEM; EGRET_ELIMIT: the memory limit. */
egret_rc_t egret_state_open(egret_state_t *state,
                            const egret_rules_limits_t *limits,
                            const egret_rules_clock_t *clock) EGRET_MUST_USE;
void egret_state_close(egret_state_t *state);
/* Drops all garbage. Cannot fail. */
void egret_state_collect(egret_state_t *state);

/* Notes the error whose value is on top of the stack: its line and text. */
void egret_state_note(lua_State *L);
/* A failure without an error: EGRET_ESYNTAX. `text` is a literal. */
egret_rc_t egret_state_refuse(egret_state_t *state, int line,
                              const char *text);

/* Runs `function` (its argument is `argument`, as lua_cpcall does it) with a
 * fresh meter. False when it failed: `failure` and its line and text then say
 * how. Something spent or refused is a failure, whatever was caught. */
bool egret_state_enter(egret_state_t *state, lua_CFunction function,
                       void *argument, bool is_exact);
/* Inside it: lua_pcall that notes where an error came from, then goes up to
 * egret_state_enter. */
void egret_state_invoke(lua_State *L, int arguments, int results);
/* Inside it: runs the file in a fresh environment; pushes what it returns. */
void egret_state_start(lua_State *L);

/* Whether the value at `index` has the metatable of a slot. */
bool egret_state_is(lua_State *L, int index, int slot);
/* A string at `index`, without conversion. */
egret_span_t egret_state_span(lua_State *L, int index);

#endif
