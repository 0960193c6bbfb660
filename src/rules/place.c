/* SPDX-License-Identifier: Apache-2.0 */
#include "rules/place.h"

#include <lauxlib.h>

#include "rules/clean.h"
#include "rules/run.h"

#define VISITS_A_STEP 4
#define SHOWN 200

static egret_span_t
first_step(egret_span_t path)
{
    return egret_span_slice(path, 0, egret_span_find(path, '/'));
}


static egret_span_t
without_first(egret_span_t path)
{
    return egret_span_slice(path, first_step(path).length + 1, path.length);
}


/* The element below Document. */
static egret_node_t
message_element(const egret_tape_t *tape)
{
    return tape->document == EGRET_NODE_NONE
           ? EGRET_NODE_NONE : egret_tape_child(tape, tape->document);
}


/* The ancestor of `node` (or itself) whose parent is `above`. */
static egret_node_t
child_towards(const egret_tape_t *tape, egret_node_t above, egret_node_t node)
{
    while (node != EGRET_NODE_NONE
           && egret_tape_at(tape, node)->parent != above)
    {
        node = egret_tape_at(tape, node)->parent;
    }

    return node;
}


/* Follows the path as long as it names what leads to the transaction. */
static egret_node_t
follow(const egret_run_t *run, egret_span_t *path)
{
    const egret_tape_t *tape = run->message->tape;
    egret_node_t node = message_element(tape);

    if (egret_span_equals_text(first_step(*path), "AppHdr")) {
        *path = without_first(*path);
        return tape->app_hdr;
    }
    while (node != EGRET_NODE_NONE && node != run->transaction
           && path->length > 0)
    {
        egret_node_t next = child_towards(tape, node, run->transaction);

        if (next == EGRET_NODE_NONE
            || !egret_span_equals(egret_tape_name(tape, next),
                                  first_step(*path)))
        {
            break;
        }
        *path = without_first(*path);
        node = next;
    }

    return node;
}


/* Which definition a path from `node` speaks of. */
static egret_span_t
definition_of(const egret_run_t *run, egret_node_t node)
{
    const egret_element_t *element =
        node == EGRET_NODE_NONE
        ? NULL : egret_tape_at(run->message->tape, node)->element;

    return element == NULL ? run->message->definition
                           : element->definition->id;
}


static void
refuse(lua_State *L, egret_rc_t rc, egret_node_t from, egret_span_t path,
       egret_span_t unknown)
{
    char shown_path[SHOWN];
    char shown_step[SHOWN];
    char shown_id[SHOWN];

    (void) egret_clean(path, shown_path, SHOWN);
    (void) egret_clean(unknown, shown_step, SHOWN);
    (void) egret_clean(definition_of(egret_run_of(L), from), shown_id, SHOWN);
    if (rc == EGRET_ENOTFOUND) {
        (void) luaL_error(L, "%s has no \"%s\" where \"%s\" looks for it",
                          shown_id, shown_step, shown_path);
    }
    (void) luaL_error(L, "\"%s\" is not a path: element names with \"/\" "
                         "between, at most %d, no [n], at the end perhaps "
                         "@Attribute", shown_path, EGRET_WALK_STEPS);
}


void
egret_place_open(lua_State *L, egret_node_t node, egret_span_t path,
                 egret_walk_t *walk)
{
    const egret_run_t *run = egret_run_of(L);
    egret_span_t rest = path;
    egret_span_t unknown = path;
    egret_rc_t rc;

    if (node == EGRET_NODE_NONE) {
        if (path.length == 0) {
            refuse(L, EGRET_ESYNTAX, node, path, path);
        }
        node = follow(run, &rest);
        /* "CdtTrfTxInf/" */
        if (rest.length == 0 && path.at[path.length - 1] == '/') {
            refuse(L, EGRET_ESYNTAX, node, path, path);
        }
    }

    rc = egret_walk_open(walk, run->message->tape, node, rest, &unknown);
    if (rc != EGRET_OK) {
        refuse(L, rc, node, path, unknown);
    }
}


egret_node_t
egret_place_next(lua_State *L, egret_walk_t *walk)
{
    size_t before = walk->visited;
    egret_node_t node = egret_walk_next(walk);

    egret_meter_spend(L, (walk->visited - before) / VISITS_A_STEP + 1);

    return node;
}
