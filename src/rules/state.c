/* SPDX-License-Identifier: Apache-2.0 */
#include "rules/state.h"

#include <lauxlib.h>
#include <luajit.h>
#include <lualib.h>
#include <string.h>

#include "rules/clean.h"
#include "rules/environment.h"
#include "rules/green.h"
#include "rules/lua_decimal.h"
#include "rules/view.h"

/* What Lua puts before the line in its own messages (rules/chunk.c). */
#define CHUNK_PREFIX "rules:"
#define PAUSE 110

static int
install(lua_State *L)
{
    static const lua_CFunction openers[] = {
        luaopen_base, luaopen_string, luaopen_table, luaopen_math, luaopen_bit,
    };

    for (size_t i = 0; i < sizeof(openers) / sizeof(openers[0]); i++) {
        lua_pushcfunction(L, openers[i]);
        lua_pushstring(L, "");
        lua_call(L, 1, 0);
    }

    /* Every place is there from now on: filling it takes no memory. */
    for (int slot = 1; slot < EGRET_SLOT_COUNT; slot++) {
        lua_pushboolean(L, 0);
        lua_rawseti(L, LUA_REGISTRYINDEX, slot);
    }

    egret_lua_decimal_install(L);
    egret_view_install(L);
    egret_green_install(L);
    egret_environment_install(L);
    lua_gc(L, LUA_GCSETPAUSE, PAUSE);
    lua_gc(L, LUA_GCCOLLECT, 0);

    return 0;
}


egret_rc_t
egret_state_open(egret_state_t *state, const egret_rules_limits_t *limits,
                 const egret_rules_clock_t *clock)
{
    memset(state, 0, sizeof(*state));
    state->meter.limits = *limits;
    if (clock != NULL) {
        state->meter.clock = *clock;
    }

    state->L = luaL_newstate();
    if (state->L == NULL) {
        return EGRET_ENOMEM;
    }
    luaJIT_setmode(state->L, 0, LUAJIT_MODE_ENGINE | LUAJIT_MODE_OFF);
    egret_meter_attach(&state->meter, state->L, state);

    state->meter.is_enforced = true;
    if (lua_cpcall(state->L, install, NULL) != 0) {
        bool is_refused = state->meter.is_refused;

        egret_state_close(state);
        return is_refused ? EGRET_ELIMIT : EGRET_ENOMEM;
    }

    return EGRET_OK;
}


static int
collect(lua_State *L)
{
    lua_gc(L, LUA_GCCOLLECT, 0);

    return 0;
}


void
egret_state_collect(egret_state_t *state)
{
    /* A collection may need a little memory of its own. */
    state->meter.is_enforced = false;
    (void) lua_cpcall(state->L, collect, NULL);
    lua_settop(state->L, 0);
    state->meter.is_enforced = true;
}


void
egret_state_close(egret_state_t *state)
{
    if (state->L == NULL) {
        return;
    }

    lua_sethook(state->L, NULL, 0, 0);
    egret_meter_detach(&state->meter, state->L);
    lua_close(state->L);
    state->L = NULL;
}


egret_span_t
egret_state_span(lua_State *L, int index)
{
    egret_span_t span = EGRET_SPAN("");

    if (lua_type(L, index) == LUA_TSTRING) {
        span.at = lua_tolstring(L, index, &span.length);
    }

    return span;
}


bool
egret_state_is(lua_State *L, int index, int slot)
{
    bool is_same;

    if (!lua_getmetatable(L, index)) {
        return false;
    }
    lua_rawgeti(L, LUA_REGISTRYINDEX, slot);
    is_same = lua_rawequal(L, -1, -2) != 0;
    lua_pop(L, 2);

    return is_same;
}


/* "rules:12: what" gives 12 and moves the text to "what". */
static int
take_line(egret_span_t *text)
{
    egret_span_t rest;
    size_t digits = 0;
    int line = 0;

    if (!egret_span_starts_with(*text, EGRET_SPAN(CHUNK_PREFIX))) {
        return 0;
    }
    rest = egret_span_slice(*text, sizeof(CHUNK_PREFIX) - 1, text->length);
    while (digits < rest.length && digits < 8 && rest.at[digits] >= '0'
           && rest.at[digits] <= '9')
    {
        line = line * 10 + (rest.at[digits++] - '0');
    }
    if (digits == 0 || digits == rest.length || rest.at[digits] != ':') {
        return 0;
    }

    *text = egret_span_trim(egret_span_slice(rest, digits + 1, rest.length));

    return line;
}


static int
line_of_caller(lua_State *L)
{
    lua_Debug at;

    for (int level = 0; lua_getstack(L, level, &at) != 0; level++) {
        if (lua_getinfo(L, "l", &at) != 0 && at.currentline > 0) {
            return at.currentline;
        }
    }

    return 0;
}


static void
note_text(egret_state_t *state, egret_span_t text)
{
    (void) egret_clean(text, state->failure_text, EGRET_FAILURE_TEXT);
}


/* No allocation here: it may be that there is no memory left. */
void
egret_state_note(lua_State *L)
{
    egret_state_t *state = egret_state_of(L);
    egret_span_t text = egret_state_span(L, -1);
    int line;

    if (lua_type(L, -1) != LUA_TSTRING) {
        text = EGRET_SPAN("an error that is not a text");
    }
    line = take_line(&text);
    if (line == 0 || state->meter.spent != EGRET_SPENT_NOTHING) {
        line = line_of_caller(L);
    }
    state->failure_line = line;
    note_text(state, text);
}


static int
note_error(lua_State *L)
{
    egret_state_note(L);

    return 1;
}


egret_rc_t
egret_state_refuse(egret_state_t *state, int line, const char *text)
{
    state->failure = EGRET_FAILURE_ERROR;
    state->failure_line = line;
    note_text(state, egret_span_from(text));

    return EGRET_ESYNTAX;
}


void
egret_state_invoke(lua_State *L, int arguments, int results)
{
    int base = lua_gettop(L) - arguments;

    lua_pushcfunction(L, note_error);
    lua_insert(L, base);
    if (lua_pcall(L, arguments, results, base) != 0) {
        lua_error(L);
    }
    lua_remove(L, base);
}


void
egret_state_start(lua_State *L)
{
    lua_rawgeti(L, LUA_REGISTRYINDEX, EGRET_SLOT_CHUNK);
    egret_environment_push(L);
    lua_setfenv(L, -2);
    egret_state_invoke(L, 0, 1);
}


static egret_failure_t
failure_of(const egret_meter_t *meter, int status)
{
    switch (meter->spent) {
    case EGRET_SPENT_STEPS:
        return EGRET_FAILURE_STEPS;
    case EGRET_SPENT_TIME:
        return EGRET_FAILURE_TIME;
    case EGRET_SPENT_NOTHING:
        break;
    }
    if (status == LUA_ERRMEM || meter->is_refused) {
        return EGRET_FAILURE_MEMORY;
    }

    return status == 0 ? EGRET_FAILURE_NONE : EGRET_FAILURE_ERROR;
}


bool
egret_state_enter(egret_state_t *state, lua_CFunction function, void *argument,
                  bool is_exact)
{
    lua_State *L = state->L;
    int status;

    state->stack_base = __builtin_frame_address(0);
    state->failure_line = 0;
    state->failure_text[0] = '\0';

    egret_meter_start(&state->meter, L, is_exact);
    status = lua_cpcall(L, function, argument);
    egret_meter_stop(&state->meter, L);

    state->failure = failure_of(&state->meter, status);
    if (state->failure == EGRET_FAILURE_MEMORY) {
        state->failure_line = state->meter.line;
        note_text(state, EGRET_SPAN("uses more memory than it may"));
    } else if (state->failure == EGRET_FAILURE_STEPS) {
        note_text(state, EGRET_SPAN("runs longer than it may"));
    } else if (state->failure == EGRET_FAILURE_TIME) {
        note_text(state, EGRET_SPAN("takes more time than it may"));
    } else if (status != 0 && state->failure_text[0] == '\0') {
        egret_span_t text = egret_state_span(L, -1);

        state->failure_line = take_line(&text);
        note_text(state, text);
    }
    if (state->failure >= EGRET_FAILURE_STEPS && state->failure_line == 0) {
        state->failure_line = state->meter.line;
    }
    lua_settop(L, 0);

    return state->failure == EGRET_FAILURE_NONE;
}
