/* SPDX-License-Identifier: Apache-2.0 */
/* view: `m`, the message as a rule sees it, and the elements of m:each.
 *
 * Internal to rules. Userdata without anything to write to. Methods of both:
 * text(path), decimal(path), each(path); an element's own text is e:text().
 * Only `m` has definition, sender, receiver, green and the three methods of
 * rules/complaint.h. */
#ifndef EGRET_RULES_VIEW_H
#define EGRET_RULES_VIEW_H

#include "msg/tape.h"
#include "rules/state.h"

typedef struct {
    egret_node_t node; /* EGRET_NODE_NONE: `m` */
} egret_view_t;

/* Sets EGRET_SLOT_VIEW. */
void egret_view_install(lua_State *L);
/* Pushes a view; EGRET_NODE_NONE gives `m`. */
void egret_view_push(lua_State *L, egret_node_t node);
/* The view at `index`, or NULL. */
const egret_view_t *egret_view_at(lua_State *L, int index);

#endif
