/* SPDX-License-Identifier: Apache-2.0 */
/* place: where a rule's path begins.
 *
 * Internal to rules. From `m`: "AppHdr/…" is the header's; other paths begin
 * below the message element, and as long as they name the elements that lead to
 * this transaction they mean those ("CdtTrfTxInf/…" is this one). From an
 * element that m:each gave: below that element. */
#ifndef EGRET_RULES_PLACE_H
#define EGRET_RULES_PLACE_H

#include "rules/state.h"
#include "rules/walk.h"

/* Opens a walk for `path` from `node`, or from the message when `node` is
 * EGRET_NODE_NONE. Raises an error for a path that is not well-formed or that
 * the definition does not have. The walk keeps spans of `path`. */
void egret_place_open(lua_State *L, egret_node_t node, egret_span_t path,
                      egret_walk_t *walk);
/* The next node of a walk, its steps spent. */
egret_node_t egret_place_next(lua_State *L, egret_walk_t *walk);

#endif
