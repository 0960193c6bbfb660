/* SPDX-License-Identifier: Apache-2.0 */
/* compiler: the state of compiling one namespace, shared by compile.c,
 * compile_simple.c and compile_attributes.c alone. */
#ifndef EGRET_SCHEMA_COMPILER_H
#define EGRET_SCHEMA_COMPILER_H

#include "schema/compile.h"

#define EGRET_COMPILER_DEEPEST 200 /* derivations of a type */

typedef struct {
    egret_xsd_t *xsd;
    egret_arena_t *arena;
    unsigned depth; /* of derivations being followed */
    egret_builtin_types_t *builtins;
    egret_charsets_t charsets;
    egret_model_builder_t *models;
    egret_definition_t *definition;
    egret_schema_t *schema;
    egret_xsd_complex_t *to_fill; /* types that are promised */
} egret_compiler_t;

/* The type that a name refers to: compiled, or (a complex one) promised. The
 * fault is set on EGRET_ESYNTAX and EGRET_EUNSUPPORTED. */
egret_rc_t egret_compiler_find_type(egret_compiler_t *compiler,
                                    const egret_xsd_reference_t *reference,
                                    egret_xsd_place_t place,
                                    const egret_type_t **out) EGRET_MUST_USE;
/* EGRET_ESYNTAX for a type that is derived from itself (`is_open`), else
 * EGRET_EUNSUPPORTED: over too many types. */
egret_rc_t egret_compiler_fail_derivation(egret_compiler_t *compiler,
                                          egret_xsd_place_t place,
                                          bool is_open) EGRET_MUST_USE;
/* Compiles a simple type, unless it was. */
egret_rc_t egret_compiler_add_simple(egret_compiler_t *compiler,
                                     egret_xsd_simple_t *source)
    EGRET_MUST_USE;
/* The attributes of a complex type, after those of its base (or NULL). */
egret_rc_t egret_compiler_fill_attributes(egret_compiler_t *compiler,
                                          const egret_xsd_complex_t *complex,
                                          const egret_type_t *base,
                                          egret_content_t *content)
    EGRET_MUST_USE;

#endif
