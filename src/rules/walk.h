/* SPDX-License-Identifier: Apache-2.0 */
/* walk: a path that a rule wrote, followed through a message.
 *
 * Internal to rules. Unlike msg/path it goes by name, so that it also enters
 * what no schema declares (a block whose schema is not loaded); where there is
 * a declaration, a step that it does not have is an error, for a misspelt path
 * must not pass in silence. Beyond a wildcard (Envlp) any name goes. */
#ifndef EGRET_RULES_WALK_H
#define EGRET_RULES_WALK_H

#include "msg/tape.h"

#define EGRET_WALK_STEPS 16

typedef struct {
    const egret_tape_t *tape;
    egret_node_t from; /* EGRET_NODE_NONE: no value */
    egret_span_t steps[EGRET_WALK_STEPS];
    bool is_single[EGRET_WALK_STEPS]; /* declared, and does not repeat */
    egret_node_t at[EGRET_WALK_STEPS];
    uint8_t step_count;
    bool is_started;
    egret_span_t attribute; /* without the @; "" for an element */
    size_t visited;         /* nodes looked at so far */
    egret_node_t nearest;   /* the deepest node of the path that is there */
    uint8_t nearest_level;
} egret_walk_t;

/* Reads `text`, relative to `from` ("" is `from` itself), whose spans the walk
 * keeps. EGRET_ESYNTAX: an empty step, an index, too many steps;
 * EGRET_ENOTFOUND: `*unknown` is the step that the definition does not have. */
egret_rc_t egret_walk_open(egret_walk_t *walk, const egret_tape_t *tape,
                           egret_node_t from, egret_span_t text,
                           egret_span_t *unknown) EGRET_MUST_USE;
/* The next node in document order, or EGRET_NODE_NONE. With an attribute: only
 * nodes that have it. */
egret_node_t egret_walk_next(egret_walk_t *walk);

#endif
