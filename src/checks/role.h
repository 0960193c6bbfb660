/* SPDX-License-Identifier: Apache-2.0 */
/* role: what each declaration of a definition is to the rules that look at
 * every node, worked out once, so that a message costs one look a node. */
#ifndef EGRET_CHECKS_ROLE_H
#define EGRET_CHECKS_ROLE_H

#include "msg/definition.h"

typedef struct {
    const egret_definition_t *definition;
    uint8_t *of; /* by element->index; EGRET_ROLE_… of rules.h */
} egret_role_table_t;

typedef struct {
    egret_role_table_t *tables;
    size_t count;
} egret_roles_t;

/* EGRET_ENOMEM, EGRET_ELIMIT. */
egret_rc_t egret_roles_create(const egret_definitions_t *definitions,
                              egret_arena_t *arena, egret_roles_t *out)
    EGRET_MUST_USE;
/* The roles of a definition of the set. Never NULL for one. */
const uint8_t *egret_roles_find(const egret_roles_t *roles,
                                const egret_definition_t *definition);

#endif
