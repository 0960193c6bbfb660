/* SPDX-License-Identifier: Apache-2.0 */
#include "schema/compile.h"

egret_rc_t
egret_simple_type_create(egret_arena_t *arena, const egret_simple_t *simple,
                         const egret_type_t *base, const egret_type_t **out)
{
    egret_type_t *type = egret_arena_zeroed(arena, 1, sizeof(*type));
    egret_content_t *content = egret_arena_zeroed(arena, 1, sizeof(*content));

    if (type == NULL || content == NULL) {
        return egret_arena_rc(arena);
    }
    content->simple = simple;
    content->base = base;
    type->name = simple->name;
    type->kind = simple->builtin->kind;
    type->is_simple_content = true;
    type->is_narrowed = simple->pattern_count > 0
                        || simple->enumeration_count > 0
                        || simple->is_bounded;
    type->model = content;
    *out = type;
    return EGRET_OK;
}

void
egret_builtin_types_init(egret_builtin_types_t *types, egret_arena_t *arena)
{
    types->arena = arena;
    egret_map_init(&types->types, arena);
}

egret_rc_t
egret_builtin_types_find(egret_builtin_types_t *types, egret_span_t name,
                         const egret_type_t **out)
{
    const egret_builtin_t *builtin;
    const egret_simple_t *simple;
    const egret_type_t *base = NULL;
    egret_rc_t rc = EGRET_OK;

    *out = egret_map_find(&types->types, name);
    if (*out != NULL) {
        return EGRET_OK;
    }
    builtin = egret_builtin_find(name);
    if (builtin == NULL) {
        return EGRET_ENOTFOUND;
    }
    if (builtin->base != NULL) {
        rc = egret_builtin_types_find(types, egret_span_from(builtin->base),
                                      &base);
    }
    simple = egret_simple_builtin(types->arena, builtin);
    if (rc == EGRET_OK && simple == NULL) {
        rc = egret_arena_rc(types->arena);
    }
    if (rc == EGRET_OK) {
        rc = egret_simple_type_create(types->arena, simple, base, out);
    }
    return rc == EGRET_OK ? egret_map_add(&types->types, simple->name,
                                          (void *) (uintptr_t) *out)
                          : rc;
}
