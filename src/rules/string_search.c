/* SPDX-License-Identifier: Apache-2.0 */
/* find, match, gmatch and gsub of rules/string_library.h. */

#include <string.h>

#include "rules/meter.h"
#include "rules/pattern.h"
#include "rules/state.h"
#include "rules/string_library.h"
#include "rules/text.h"

#define SPECIALS "^$*+?.([%-"
#define BYTES_A_STEP 16
/* A character of a match costs about this much of an instruction. */
#define MATCHES_A_STEP 4

typedef struct {
    egret_pattern_t search;
    bool is_anchored;
} seeker_t;

static void
open_seeker(seeker_t *seeker, egret_span_t subject, egret_span_t pattern,
            bool may_anchor)
{
    /* Not all of it: the captures are set before they are read. */
    seeker->is_anchored =
        may_anchor && pattern.length > 0 && pattern.at[0] == '^';
    seeker->search.subject = subject;
    seeker->search.pattern = egret_span_slice(
        pattern, seeker->is_anchored ? 1 : 0, pattern.length);
    seeker->search.fault = NULL;
    seeker->search.capture_count = 0;
}


/* True when the pattern matches at `at`. The steps taken are spent, whatever
 * comes of it. */
static bool
matches_at(lua_State *L, seeker_t *seeker, size_t at, size_t *end)
{
    egret_meter_t *meter = &egret_state_of(L)->meter;
    egret_pattern_t *search = &seeker->search;
    egret_pattern_result_t result;

    search->steps = 0;
    search->maximum = meter->left > 0
                      ? (size_t) meter->left * MATCHES_A_STEP : 0;
    result = egret_pattern_match(search, at, end);
    egret_meter_spend(L, search->steps / MATCHES_A_STEP + 1);

    if (result == EGRET_PATTERN_FAULT) {
        (void) luaL_error(L, "%s", search->fault);
    }

    return result == EGRET_PATTERN_FOUND;
}


/* From `at` on; sets where it starts and ends. */
static bool
seek(lua_State *L, seeker_t *seeker, size_t at, size_t *from, size_t *end)
{
    for (; at <= seeker->search.subject.length; at++) {
        if (matches_at(L, seeker, at, end)) {
            *from = at;
            return true;
        }
        if (seeker->is_anchored) {
            return false;
        }
    }

    return false;
}


static void
push_capture(lua_State *L, const egret_pattern_t *search, size_t index,
             size_t from, size_t end)
{
    const egret_capture_t *capture = &search->captures[index];

    if (index >= search->capture_count) {
        if (index > 0) {
            (void) luaL_error(L, "invalid capture index");
        }
        lua_pushlstring(L, search->subject.at + from, end - from);
    } else if (capture->length == EGRET_CAPTURE_POSITION) {
        lua_pushinteger(L, (lua_Integer) capture->from + 1);
    } else {
        lua_pushlstring(L, search->subject.at + capture->from,
                        capture->length);
    }
}


/* All captures, or with `is_whole` the match itself when there is none. */
static int
push_captures(lua_State *L, const egret_pattern_t *search, size_t from,
              size_t end, bool is_whole)
{
    size_t count = search->capture_count;

    if (count == 0 && is_whole) {
        count = 1;
    }
    luaL_checkstack(L, (int) count + 4, NULL);
    for (size_t i = 0; i < count; i++) {
        push_capture(L, search, i, from, end);
    }

    return (int) count;
}


static egret_span_t
string_argument(lua_State *L, int index)
{
    egret_span_t span;

    span.at = luaL_checklstring(L, index, &span.length);

    return span;
}


/* Where argument 3 says to begin, from 0; at most the end (Lua 5.1). */
static size_t
first_position(lua_State *L, size_t length)
{
    lua_Integer first = luaL_optinteger(L, 3, 1);

    if (first < 0) {
        first = (size_t) -first > length ? 1
                                         : (lua_Integer) length + first + 1;
    }
    if (first == 0) {
        first = 1;
    }

    return (size_t) first - 1 > length ? length : (size_t) first - 1;
}


static bool
is_plain(egret_span_t pattern)
{
    for (size_t i = 0; i < pattern.length; i++) {
        if (memchr(SPECIALS, pattern.at[i], sizeof(SPECIALS) - 1) != NULL) {
            return false;
        }
    }

    return true;
}


static int
find_plain(lua_State *L, egret_span_t subject, egret_span_t wanted, size_t at)
{
    const char *found = subject.at + at;

    egret_meter_spend(L, (subject.length - at) / BYTES_A_STEP
                             + wanted.length / BYTES_A_STEP + 1);
    if (wanted.length > 0) {
        found = memmem(subject.at + at, subject.length - at, wanted.at,
                       wanted.length);
    }
    if (found == NULL) {
        lua_pushnil(L);
        return 1;
    }

    lua_pushinteger(L, (lua_Integer) (found - subject.at) + 1);
    lua_pushinteger(L, (lua_Integer) (found - subject.at)
                           + (lua_Integer) wanted.length);

    return 2;
}


static int
find_or_match(lua_State *L, bool is_find)
{
    egret_span_t subject = string_argument(L, 1);
    egret_span_t pattern = string_argument(L, 2);
    size_t at = first_position(L, subject.length);
    seeker_t seeker;
    size_t from;
    size_t end;

    if (is_find && (lua_toboolean(L, 4) || is_plain(pattern))) {
        return find_plain(L, subject, pattern, at);
    }

    open_seeker(&seeker, subject, pattern, true);
    if (!seek(L, &seeker, at, &from, &end)) {
        lua_pushnil(L);
        return 1;
    }
    if (!is_find) {
        return push_captures(L, &seeker.search, from, end, true);
    }
    lua_pushinteger(L, (lua_Integer) from + 1);
    lua_pushinteger(L, (lua_Integer) end);

    return 2 + push_captures(L, &seeker.search, from, end, false);
}


int
egret_string_find(lua_State *L)
{
    return find_or_match(L, true);
}


int
egret_string_match(lua_State *L)
{
    return find_or_match(L, false);
}


/* Upvalues: subject, pattern, where to go on. */
static int
next_match(lua_State *L)
{
    egret_span_t subject = egret_state_span(L, lua_upvalueindex(1));
    egret_span_t pattern = egret_state_span(L, lua_upvalueindex(2));
    size_t at = (size_t) lua_tointeger(L, lua_upvalueindex(3));
    seeker_t seeker;
    size_t from;
    size_t end;

    /* In gmatch a "^" is a character like others (Lua 5.1). */
    open_seeker(&seeker, subject, pattern, false);
    if (!seek(L, &seeker, at, &from, &end)) {
        lua_pushinteger(L, (lua_Integer) subject.length + 1);
        lua_replace(L, lua_upvalueindex(3));
        return 0;
    }
    lua_pushinteger(L, (lua_Integer) (end > from ? end : end + 1));
    lua_replace(L, lua_upvalueindex(3));

    return push_captures(L, &seeker.search, from, end, true);
}


int
egret_string_gmatch(lua_State *L)
{
    (void) string_argument(L, 1);
    (void) string_argument(L, 2);
    lua_settop(L, 2);
    lua_pushinteger(L, 0);
    lua_pushcclosure(L, next_match, 3);

    return 1;
}


/* "%1" of a replacement text. */
static void
add_replacement(lua_State *L, egret_text_t *text, const seeker_t *seeker,
                size_t from, size_t end)
{
    egret_span_t repl = egret_state_span(L, 3);

    for (size_t at = 0; at < repl.length;) {
        egret_span_t rest = egret_span_slice(repl, at, repl.length);
        size_t plain = egret_span_find(rest, '%');
        char which;

        egret_text_add(text, egret_span_slice(rest, 0, plain));
        egret_meter_spend(L, 1);
        at += plain + 2;
        if (plain == rest.length) {
            return;
        }
        which = plain + 1 < rest.length ? rest.at[plain + 1] : '\0';
        if (which == '%') {
            egret_text_add(text, EGRET_SPAN("%"));
        } else if (which == '0') {
            egret_text_add(text, egret_span_slice(seeker->search.subject,
                                                  from, end));
        } else if (which >= '1' && which <= '9') {
            push_capture(L, &seeker->search, (size_t) (which - '1'), from,
                         end);
            (void) lua_tolstring(L, -1, NULL);
            egret_text_add(text, egret_state_span(L, -1));
            lua_pop(L, 1);
        } else {
            (void) luaL_error(L, "invalid use of \"%%\" in a replacement");
        }
    }
}


static void
add_value(lua_State *L, egret_text_t *text, const seeker_t *seeker,
          size_t from, size_t end)
{
    egret_span_t whole = egret_span_slice(seeker->search.subject, from, end);

    if (lua_type(L, 3) == LUA_TFUNCTION) {
        egret_meter_nest(L);
        lua_pushvalue(L, 3);
        lua_call(L, push_captures(L, &seeker->search, from, end, true), 1);
    } else {
        push_capture(L, &seeker->search, 0, from, end);
        lua_rawget(L, 3);
    }

    if (!lua_toboolean(L, -1)) {
        egret_text_add(text, whole);
    } else if (lua_isstring(L, -1)) {
        (void) lua_tolstring(L, -1, NULL);
        egret_text_add(text, egret_state_span(L, -1));
    } else {
        (void) luaL_error(L, "invalid replacement value (a %s)",
                          luaL_typename(L, -1));
    }
    lua_pop(L, 1);
}


static void
check_replacement(lua_State *L)
{
    int type = lua_type(L, 3);

    if (type == LUA_TNUMBER) {
        (void) lua_tolstring(L, 3, NULL);
    } else if (type != LUA_TSTRING && type != LUA_TTABLE
               && type != LUA_TFUNCTION)
    {
        (void) luaL_argerror(L, 3, "string, table or function expected");
    }
}


int
egret_string_gsub(lua_State *L)
{
    egret_span_t subject = string_argument(L, 1);
    egret_span_t pattern = string_argument(L, 2);
    lua_Integer most = luaL_optinteger(L, 4,
                                       (lua_Integer) subject.length + 1);
    lua_Integer count = 0;
    size_t at = 0;
    egret_text_t text;
    seeker_t seeker;

    check_replacement(L);
    luaL_checkstack(L, EGRET_PATTERN_CAPTURES + 8, NULL);
    open_seeker(&seeker, subject, pattern, true);
    egret_text_open(&text, L);
    while (count < most) {
        size_t end = at;
        bool is_found = matches_at(L, &seeker, at, &end);

        if (is_found) {
            count++;
            if (lua_type(L, 3) == LUA_TSTRING) {
                add_replacement(L, &text, &seeker, at, end);
            } else {
                add_value(L, &text, &seeker, at, end);
            }
        }
        if (is_found && end > at) {
            at = end;
        } else if (at < subject.length) {
            egret_text_add(&text, egret_span_slice(subject, at, at + 1));
            at++;
        } else {
            at++;
            break;
        }
        if (seeker.is_anchored) {
            break;
        }
    }
    egret_text_add(&text, egret_span_slice(subject, at, subject.length));
    egret_text_push(&text);
    lua_pushinteger(L, (lua_Integer) count);

    return 2;
}
