/* SPDX-License-Identifier: Apache-2.0 */
/* recovery: what to do about children in the wrong order.
 *
 * Where the automaton cannot go on, the cheapest list of edits is searched
 * that makes the rest of the children fit: an element left out, one put in,
 * one with another name. One planted fault is one edit, so each is reported
 * once and where it is. The search looks a bounded number of siblings ahead
 * and then takes up the automaton again. */
#ifndef EGRET_SCHEMA_RECOVERY_H
#define EGRET_SCHEMA_RECOVERY_H

#include "msg/tape.h"
#include "schema/model.h"

#define EGRET_RECOVERY_AHEAD 32 /* siblings */
#define EGRET_RECOVERY_EDITS 64 /* in one plan */

typedef enum {
    EGRET_EDIT_MISSING, /* `particle` is missing before `child` */
    EGRET_EDIT_SURPLUS, /* `child` should not be here */
    EGRET_EDIT_RENAMED, /* `child` stands where `particle` should */
    EGRET_EDIT_MOVED    /* `child` is out of its place; `particle` the one that
                           was missing first */
} egret_edit_kind_t;

typedef struct {
    egret_edit_kind_t kind;
    egret_node_t child; /* EGRET_NODE_NONE: after the last one */
    egret_node_t other; /* MOVED: the node that belongs elsewhere */
    const egret_element_t *element; /* the declaration of child's name */
    size_t at;                      /* of child, among those searched */
    const egret_model_particle_t *particle; /* or NULL */
    egret_model_cursor_t cursor;            /* before the edit */
    bool has_choice; /* MISSING: others would do as well as `particle` */
} egret_recovery_edit_t;

/* Room for the search, in the message's arena, made when first needed. */
typedef struct {
    egret_arena_t *arena;
    void *room;
    size_t room_size;
    egret_recovery_edit_t edits[EGRET_RECOVERY_EDITS];
    size_t edit_count;
} egret_recovery_t;

/* How a child is known to the model. */
typedef struct {
    egret_node_t node;
    const egret_element_t *element; /* the declaration of its name, or NULL */
    egret_model_symbol_t symbol;
} egret_recovery_child_t;

/* How many children one search may look at: EGRET_RECOVERY_AHEAD, less for a
 * very large model. */
size_t egret_recovery_window(const egret_model_t *model);

/* Searches from `cursor` over `children` (at most the window);
 * `is_end` says that no more follow. Fills recovery->edits in order, and sets
 * `*cursor` to where the automaton stands after the last child. False in
 * `*is_found`: no plan was found at a sane cost; nothing else is set.
 * EGRET_ENOMEM, EGRET_ELIMIT. */
egret_rc_t egret_recovery_plan(egret_recovery_t *recovery,
                               const egret_model_t *model,
                               const egret_recovery_child_t *children,
                               size_t child_count, bool is_end,
                               egret_model_cursor_t *cursor, bool *is_found)
    EGRET_MUST_USE;

#endif
