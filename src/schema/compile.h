/* SPDX-License-Identifier: Apache-2.0 */
/* compile: from the tree of a schema to a definition's tables.
 *
 * The layer's own tables hang on the public ones: egret_content_t on a type,
 * egret_simple_t on an attribute, egret_schema_t on a definition. */
#ifndef EGRET_SCHEMA_COMPILE_H
#define EGRET_SCHEMA_COMPILE_H

#include "schema/model.h"

/* egret_type_t.model */
typedef struct {
    const egret_simple_t *simple; /* of a simple type or simple content */
    const egret_model_t *model;   /* of element content; NULL: empty */
    const egret_type_t *base;     /* what it was derived from, or NULL */
    uint32_t required;            /* attributes */
} egret_content_t;

/* egret_definition_t.schema */
typedef struct {
    egret_map_t types; /* the named ones, to egret_type_t */
    const char *path;  /* of the first file */
} egret_schema_t;

/* The built-in types, each made once for all schemas of a set. */
typedef struct {
    egret_arena_t *arena;
    egret_map_t types; /* by name, to egret_type_t */
} egret_builtin_types_t;

static inline const egret_content_t *
egret_type_content(const egret_type_t *type)
{
    return type->model;
}

static inline const egret_schema_t *
egret_definition_schema(const egret_definition_t *definition)
{
    return definition->schema;
}

/* In builtin_types.c. The public type of a simple one. EGRET_ENOMEM,
 * EGRET_ELIMIT. */
egret_rc_t egret_simple_type_create(egret_arena_t *arena,
                                    const egret_simple_t *simple,
                                    const egret_type_t *base,
                                    const egret_type_t **out) EGRET_MUST_USE;
void egret_builtin_types_init(egret_builtin_types_t *types,
                              egret_arena_t *arena);
/* EGRET_ENOTFOUND; EGRET_ENOMEM, EGRET_ELIMIT. */
egret_rc_t egret_builtin_types_find(egret_builtin_types_t *types,
                                    egret_span_t name,
                                    const egret_type_t **out) EGRET_MUST_USE;

/* Of a loaded set; read only, so at message time too. NULL when no schema of
 * it uses the type. */
const egret_type_t *egret_schemas_builtin(const egret_schemas_t *schemas,
                                          egret_span_t name);

/* Makes the definition of a whole tree (all includes read). The errors of
 * simple.h and model.h, and EGRET_ESYNTAX for a name that nothing declares, a
 * type derived from itself, or one name with two types in one content; the
 * tree's fault is set. */
egret_rc_t egret_compile(egret_xsd_t *xsd, egret_builtin_types_t *builtins,
                         const char *path, const egret_definition_t **out)
    EGRET_MUST_USE;

#endif
