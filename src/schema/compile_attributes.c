/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "schema/compiler.h"

#define ATTRIBUTES_MOST 256

static egret_rc_t
compile_attribute(egret_compiler_t *compiler,
                  const egret_xsd_attribute_t *source, egret_attribute_t *out)
{
    const egret_type_t *type = NULL;
    egret_rc_t rc;

    if (source->inner != NULL) {
        rc = egret_compiler_add_simple(compiler, source->inner);
        type = source->inner->type;
    } else {
        rc = egret_compiler_find_type(compiler, &source->type, source->place,
                                      &type);
    }
    if (rc != EGRET_OK) {
        return rc;
    }
    out->name = source->name;
    out->namespace_uri =
        source->is_qualified ? compiler->xsd->target : EGRET_SPAN("");
    out->is_required = source->is_required;
    out->kind = type->kind;
    out->rule = egret_type_content(type)->simple;
    if (out->rule == NULL || (!source->type.is_builtin &&
                              egret_map_find(&compiler->xsd->complexes,
                                             source->type.name) != NULL)) {
        return egret_xsd_fail(compiler->xsd, source->place, EGRET_ESYNTAX,
                              "an attribute's type must be simple");
    }
    return EGRET_OK;
}

static egret_rc_t
check_twice(egret_compiler_t *compiler, const egret_xsd_attribute_t *source,
            const egret_attribute_t *attributes, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (egret_span_equals(attributes[i].name, source->name)) {
            return egret_xsd_fail(compiler->xsd, source->place, EGRET_ESYNTAX,
                                  "the attribute %.*s is declared twice",
                                  EGRET_SPAN_ARGS(source->name));
        }
    }
    return EGRET_OK;
}

egret_rc_t
egret_compiler_fill_attributes(egret_compiler_t *compiler,
                               const egret_xsd_complex_t *complex,
                               const egret_type_t *base,
                               egret_content_t *content)
{
    size_t inherited = base == NULL ? 0 : base->attribute_count;
    size_t count = inherited + complex->attribute_count;
    size_t at = count;
    egret_attribute_t *attributes =
        egret_arena_zeroed(compiler->arena, count + 1, sizeof(*attributes));
    egret_rc_t rc = EGRET_OK;

    if (attributes == NULL) {
        return egret_arena_rc(compiler->arena);
    }
    if (count > ATTRIBUTES_MOST) {
        return egret_xsd_fail(compiler->xsd, complex->place, EGRET_EUNSUPPORTED,
                              "over %d attributes", ATTRIBUTES_MOST);
    }
    if (inherited > 0) {
        memcpy(attributes, base->attributes, inherited * sizeof(*attributes));
    }
    /* The tree has them from the last to the first. */
    for (const egret_xsd_attribute_t *source = complex->attributes;
         source != NULL && rc == EGRET_OK; source = source->next) {
        rc = check_twice(compiler, source, attributes, count);
        if (rc == EGRET_OK) {
            rc = compile_attribute(compiler, source, &attributes[--at]);
        }
    }
    for (size_t i = 0; i < count; i++) {
        content->required += attributes[i].is_required;
    }
    complex->type->attributes = attributes;
    complex->type->attribute_count = count;
    return rc;
}
