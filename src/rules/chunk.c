/* SPDX-License-Identifier: Apache-2.0 */
#include "rules/chunk.h"

#include <lauxlib.h>

/* Lua's own messages about the file begin with it; state.c takes it off. */
#define CHUNK_NAME "=rules"

typedef struct {
    egret_state_t *state;
    egret_span_t rest;
    int line; /* handed over so far */
} reader_t;

/* The lexer brings in the FFI library, on its own, with the first literal of
 * its kind. */
static bool
has_ffi(lua_State *L)
{
    bool is_there;

    luaL_checkstack(L, 4, NULL);
    lua_getfield(L, LUA_REGISTRYINDEX, "_LOADED");
    lua_getfield(L, -1, "ffi");
    is_there = !lua_isnil(L, -1);
    lua_pop(L, 2);

    return is_there;
}


static void
refuse_ffi(lua_State *L, const reader_t *reader)
{
    if (has_ffi(L)) {
        (void) luaL_error(L, "rules:%d: a number of FFI (such as 0LL or 1i) "
                             "is not allowed here", reader->line);
    }
}


/* Line by line, so that the one with such a literal is known. */
static const char *
read_line(lua_State *L, void *context, size_t *size)
{
    reader_t *reader = context;
    size_t length = egret_span_find(reader->rest, '\n') + 1;
    const char *at = reader->rest.at;

    refuse_ffi(L, reader);
    if (length > reader->rest.length) {
        length = reader->rest.length;
    }
    reader->rest = egret_span_slice(reader->rest, length,
                                    reader->rest.length);
    reader->line += length > 0;
    *size = length;

    return length > 0 ? at : NULL;
}


static int
compile(lua_State *L)
{
    reader_t *reader = lua_touserdata(L, 1);
    int status;

    lua_settop(L, 0);
    status = lua_loadx(L, read_line, reader, CHUNK_NAME, "t");
    if (status == LUA_ERRMEM) {
        reader->state->meter.is_refused = true;
    }
    if (status != 0) {
        egret_state_note(L);
        lua_error(L);
    }
    refuse_ffi(L, reader);
    lua_rawseti(L, LUA_REGISTRYINDEX, EGRET_SLOT_CHUNK);

    return 0;
}


egret_rc_t
egret_chunk_compile(egret_state_t *state, egret_span_t text)
{
    reader_t reader = { state, text, 0 };

    if (text.length > 0 && text.at[0] == LUA_SIGNATURE[0]) {
        return egret_state_refuse(state, 0, "bytecode is not allowed, only "
                                            "text");
    }

    egret_meter_open(&state->meter);
    if (egret_state_enter(state, compile, &reader, false)) {
        return EGRET_OK;
    }

    return state->failure == EGRET_FAILURE_MEMORY ? EGRET_ELIMIT
                                                  : EGRET_ESYNTAX;
}
