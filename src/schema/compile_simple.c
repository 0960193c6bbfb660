/* SPDX-License-Identifier: Apache-2.0 */
#include "schema/compiler.h"

egret_rc_t
egret_compiler_fail_derivation(egret_compiler_t *compiler,
                               egret_xsd_place_t place, bool is_open)
{
    return is_open ? egret_xsd_fail(compiler->xsd, place, EGRET_ESYNTAX,
                                    "the type is derived from itself")
                   : egret_xsd_fail(compiler->xsd, place, EGRET_EUNSUPPORTED,
                                    "derived over too many types");
}

static egret_rc_t
restrict_simple(egret_compiler_t *compiler, egret_xsd_simple_t *source,
                const egret_simple_t *base)
{
    const char *why = "";
    size_t bad = 0;
    egret_rc_t rc = egret_simple_restrict(
        compiler->arena, compiler->xsd->scratch, &compiler->charsets, base,
        source->name, source->facets, source->facet_count, &source->simple,
        &bad, &why);

    if (rc == EGRET_ESYNTAX || rc == EGRET_EUNSUPPORTED) {
        egret_xsd_place_t place = source->place;
        egret_span_t value = EGRET_SPAN("");

        if (bad < source->facet_count) {
            place.line = source->facets[bad].line;
            value = egret_span_slice(source->facets[bad].value, 0, 100);
        }
        rc = egret_xsd_fail(compiler->xsd, place, rc, "\"%.*s\": %s",
                            EGRET_SPAN_ARGS(value), why);
    }
    return rc;
}

egret_rc_t
egret_compiler_add_simple(egret_compiler_t *compiler,
                          egret_xsd_simple_t *source)
{
    const egret_type_t *base = NULL;
    egret_rc_t rc;

    if (source->type != NULL) {
        return EGRET_OK;
    }
    if (source->is_open || compiler->depth == EGRET_COMPILER_DEEPEST) {
        return egret_compiler_fail_derivation(compiler, source->place,
                                              source->is_open);
    }
    source->is_open = true;
    compiler->depth++;
    if (source->inner != NULL) {
        rc = egret_compiler_add_simple(compiler, source->inner);
        base = source->inner->type;
    } else {
        rc = egret_compiler_find_type(compiler, &source->base, source->place,
                                      &base);
    }
    if (rc == EGRET_OK &&
        egret_map_find(&compiler->xsd->complexes, source->base.name) != NULL &&
        !source->base.is_builtin) {
        rc = egret_xsd_fail(compiler->xsd, source->place, EGRET_ESYNTAX,
                            "the base is not a simple type");
    }
    if (rc == EGRET_OK) {
        rc =
            restrict_simple(compiler, source, egret_type_content(base)->simple);
    }
    if (rc == EGRET_OK) {
        rc = egret_simple_type_create(compiler->arena, source->simple, base,
                                      &source->type);
    }
    source->is_open = false;
    compiler->depth--;
    return rc;
}
