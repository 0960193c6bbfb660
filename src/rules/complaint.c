/* SPDX-License-Identifier: Apache-2.0 */
#include "rules/complaint.h"

#include <string.h>

#include "rules/clean.h"
#include "rules/green.h"
#include "rules/place.h"
#include "rules/run.h"
#include "rules/text.h"
#include "rules/view.h"

#define STEPS 100
#define ISO_LENGTH 4

static bool
is_code_byte(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z')
           || (c >= '0' && c <= '9') || memchr("._-/", c, 4) != NULL;
}


static bool
is_code(egret_span_t text)
{
    if (text.length == 0 || text.length > EGRET_COMPLAINT_CODE) {
        return false;
    }
    for (size_t i = 0; i < text.length; i++) {
        if (!is_code_byte(text.at[i])) {
            return false;
        }
    }

    return true;
}


static bool
is_iso(egret_span_t text)
{
    for (size_t i = 0; i < text.length; i++) {
        char c = text.at[i];

        if (!(c >= 'A' && c <= 'Z') && !(c >= '0' && c <= '9')) {
            return false;
        }
    }

    return text.length == ISO_LENGTH;
}


static void
check_keys(lua_State *L, const char *method)
{
    static const char *const known[] = { "code", "at", "reason", "fix",
                                         "iso" };

    lua_pushnil(L);
    while (lua_next(L, 2) != 0) {
        egret_span_t key = egret_state_span(L, -2);
        bool is_known = false;

        for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
            is_known = is_known || egret_span_equals_text(key, known[i]);
        }
        if (!is_known) {
            egret_text_push_value(L, -2);
            (void) luaL_error(L, "m:%s{} has no \"%s\", only code, at, "
                                 "reason, fix and iso", method,
                              lua_tostring(L, -1));
        }
        lua_pop(L, 1);
        egret_meter_spend(L, 1);
    }
}


/* A text of the table at 2, copied to the arena; "" when it is not there. One
 * that will only be counted is not copied: a message may have a thousand
 * transactions, and each of them many reports. */
static egret_span_t
take_text(lua_State *L, egret_run_t *run, const char *method, const char *key,
          size_t most)
{
    egret_span_t text = EGRET_SPAN("");
    egret_severity_t severity =
        run->complaints[run->complaint_count].finding.severity;

    lua_pushstring(L, key);
    lua_rawget(L, 2);
    if (lua_type(L, -1) == LUA_TSTRING
        && !egret_findings_keep(run->findings, severity))
    {
        text = egret_state_span(L, -1);
    } else if (lua_type(L, -1) == LUA_TSTRING) {
        text = egret_clean_copy(run->arena, egret_state_span(L, -1), most);
        if (text.at == NULL) {
            egret_run_refuse(L, run);
        }
    } else if (!lua_isnil(L, -1)) {
        (void) luaL_error(L, "m:%s{}: %s is a %s, not a text", method, key,
                          luaL_typename(L, -1));
    }
    lua_pop(L, 1);

    return text;
}


/* What stands at the place, to be shown. */
static egret_span_t
value_at(const egret_tape_t *tape, egret_node_t node, egret_span_t attribute)
{
    if (attribute.length > 0) {
        return egret_tape_attribute(tape, node, attribute)->value;
    }

    return egret_span_trim(egret_tape_value(tape, node));
}


/* A path: its first node, or how far it goes. */
static void
place_by_path(lua_State *L, egret_run_t *run, egret_complaint_t *out)
{
    const egret_tape_t *tape = run->message->tape;
    egret_walk_t walk;
    egret_node_t node;

    egret_place_open(L, EGRET_NODE_NONE, egret_state_span(L, -1), &walk);
    node = egret_place_next(L, &walk);
    if (node == EGRET_NODE_NONE) {
        out->node = walk.nearest == EGRET_NODE_NONE ? run->transaction
                                                    : walk.nearest;
        return;
    }

    out->node = node;
    if (walk.attribute.length > 0) {
        out->attribute =
            egret_tape_attribute(tape, node, walk.attribute)->name;
    }
    out->finding.got = value_at(tape, node, out->attribute);
}


static void
take_place(lua_State *L, egret_run_t *run, const char *method,
           egret_complaint_t *out)
{
    const egret_view_t *view;

    out->node = run->transaction;
    lua_pushliteral(L, "at");
    lua_rawget(L, 2);
    view = egret_view_at(L, -1);
    if (lua_type(L, -1) == LUA_TSTRING) {
        place_by_path(L, run, out);
    } else if (view != NULL) {
        if (view->node != EGRET_NODE_NONE) {
            out->node = view->node;
            out->finding.got = value_at(run->message->tape, view->node,
                                        EGRET_SPAN(""));
        }
    } else if (!lua_isnil(L, -1)) {
        egret_node_t node = egret_green_node(L, -1);

        if (node == EGRET_NODE_NONE) {
            (void) luaL_error(L, "m:%s{}: at is neither a path nor a part of "
                                 "the message", method);
        }
        out->node = node;
    }
    lua_pop(L, 1);
}


static egret_complaint_t *
new_complaint(lua_State *L, egret_run_t *run)
{
    if (run->complaint_count == EGRET_RULES_REPORTS) {
        (void) luaL_error(L, "more than %d reports for one transaction",
                          EGRET_RULES_REPORTS);
    }
    if (run->complaints == NULL) {
        run->complaints = egret_arena_zeroed(
            run->arena, EGRET_RULES_REPORTS, sizeof(*run->complaints));
        if (run->complaints == NULL) {
            egret_run_refuse(L, run);
        }
    }

    return &run->complaints[run->complaint_count];
}


static int
complain(lua_State *L, const char *method, egret_severity_t severity)
{
    egret_run_t *run = egret_run_of(L);
    const egret_view_t *view = egret_view_at(L, 1);
    egret_complaint_t *complaint;
    egret_finding_t *finding;

    if (view == NULL || view->node != EGRET_NODE_NONE
        || lua_type(L, 2) != LUA_TTABLE)
    {
        return luaL_error(L, "call it so: m:%s{ code = ..., reason = ... }",
                          method);
    }
    egret_meter_spend(L, STEPS);
    lua_settop(L, 2);
    check_keys(L, method);

    complaint = new_complaint(L, run);
    memset(complaint, 0, sizeof(*complaint));
    finding = &complaint->finding;
    finding->code = EGRET_U01;
    finding->severity = egret_run_severity(run, EGRET_U01, severity);
    finding->rule = take_text(L, run, method, "code",
                              EGRET_COMPLAINT_CODE + 1);
    finding->message = take_text(L, run, method, "reason",
                                 EGRET_COMPLAINT_TEXT);
    finding->fix = take_text(L, run, method, "fix", EGRET_COMPLAINT_TEXT);
    finding->iso = take_text(L, run, method, "iso", ISO_LENGTH + 1);
    if (!is_code(finding->rule)) {
        return luaL_error(L, "m:%s{}: code must be 1 to %d letters, digits "
                             "or . _ - /", method, EGRET_COMPLAINT_CODE);
    }
    if (egret_span_trim(finding->message).length == 0) {
        return luaL_error(L, "m:%s{}: a reason is missing", method);
    }
    if (finding->iso.length > 0 && !is_iso(finding->iso)) {
        return luaL_error(L, "m:%s{}: iso is no code of four capital letters "
                             "or digits", method);
    }
    take_place(L, run, method, complaint);
    run->complaint_count++;

    return 0;
}


static int
reject(lua_State *L)
{
    return complain(L, "reject", EGRET_SEVERITY_REJECT);
}


static int
hold(lua_State *L)
{
    return complain(L, "hold", EGRET_SEVERITY_HOLD);
}


static int
warn(lua_State *L)
{
    return complain(L, "warn", EGRET_SEVERITY_WARN);
}


const luaL_Reg egret_complaint_methods[] = {
    { "reject", reject },
    { "hold", hold },
    { "warn", warn },
    { NULL, NULL },
};
