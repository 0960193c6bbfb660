/* SPDX-License-Identifier: Apache-2.0 */
#include "schema/compiler.h"

#include <string.h>

/* The children of one type, while they are collected. */
typedef struct {
    const egret_element_t **items;
    size_t count;
    size_t capacity;
    egret_map_t by_name;
} children_t;

/* Types by name. A complex type is promised first and filled later, since it
 * may contain itself. */

static egret_rc_t
promise(egret_compiler_t *compiler, egret_xsd_complex_t *complex)
{
    egret_content_t *content;

    if (complex->type != NULL) {
        return EGRET_OK;
    }
    complex->type =
        egret_arena_zeroed(compiler->arena, 1, sizeof(*complex->type));
    content = egret_arena_zeroed(compiler->arena, 1, sizeof(*content));
    if (complex->type == NULL || content == NULL) {
        return egret_arena_rc(compiler->arena);
    }
    complex->type->name = complex->name;
    complex->type->model = content;
    complex->next_to_fill = compiler->to_fill;
    compiler->to_fill = complex;
    return EGRET_OK;
}

static egret_rc_t
find_builtin_type(egret_compiler_t *compiler, egret_span_t name,
                  egret_xsd_place_t place, const egret_type_t **out)
{
    egret_rc_t rc = egret_builtin_types_find(compiler->builtins, name, out);

    return rc != EGRET_ENOTFOUND
               ? rc
               : egret_xsd_fail(compiler->xsd, place, EGRET_EUNSUPPORTED,
                                "the type xs:%.*s is not supported",
                                EGRET_SPAN_ARGS(name));
}

egret_rc_t
egret_compiler_find_type(egret_compiler_t *compiler,
                         const egret_xsd_reference_t *reference,
                         egret_xsd_place_t place, const egret_type_t **out)
{
    egret_xsd_simple_t *simple;
    egret_xsd_complex_t *complex;
    egret_rc_t rc;

    if (reference->is_builtin) {
        return find_builtin_type(compiler, reference->name, place, out);
    }
    simple = egret_map_find(&compiler->xsd->simples, reference->name);
    if (simple != NULL) {
        rc = egret_compiler_add_simple(compiler, simple);
        *out = simple->type;
        return rc;
    }
    complex = egret_map_find(&compiler->xsd->complexes, reference->name);
    if (complex == NULL) {
        return egret_xsd_fail(compiler->xsd, place, EGRET_ESYNTAX,
                              "nothing declares the type %.*s",
                              EGRET_SPAN_ARGS(reference->name));
    }
    rc = promise(compiler, complex);
    *out = complex->type;
    return rc;
}

static egret_rc_t
find_element_type(egret_compiler_t *compiler,
                  const egret_xsd_element_t *element, const egret_type_t **out)
{
    egret_rc_t rc;

    if (element->simple != NULL) {
        rc = egret_compiler_add_simple(compiler, element->simple);
        *out = element->simple->type;
        return rc;
    }
    if (element->complex != NULL) {
        rc = promise(compiler, element->complex);
        *out = element->complex->type;
        return rc;
    }
    return egret_compiler_find_type(compiler, &element->type, element->place,
                                    out);
}

/* Elements. */

static egret_rc_t
add_element(egret_compiler_t *compiler, egret_span_t name,
            const egret_type_t *type, egret_element_t **out)
{
    egret_element_t *element =
        egret_arena_zeroed(compiler->arena, 1, sizeof(*element));

    if (element == NULL) {
        return egret_arena_rc(compiler->arena);
    }
    element->name = name;
    element->definition = compiler->definition;
    element->type = type;
    element->index = (uint32_t) compiler->definition->element_count++;
    *out = element;
    return EGRET_OK;
}

static egret_rc_t
append_child(egret_compiler_t *compiler, children_t *children,
             egret_element_t *element)
{
    if (children->count == children->capacity) {
        size_t capacity = children->capacity * 2 + 8;
        const egret_element_t **items = egret_arena_grow(
            compiler->xsd->scratch, children->items,
            children->capacity * sizeof(*items), capacity * sizeof(*items));

        if (items == NULL) {
            return egret_arena_rc(compiler->xsd->scratch);
        }
        children->items = items;
        children->capacity = capacity;
    }
    children->items[children->count++] = element;
    return egret_map_add(&children->by_name, element->name, element);
}

static egret_rc_t
find_particle_type(egret_compiler_t *compiler,
                   const egret_xsd_element_t *source, const egret_type_t **out)
{
    const egret_xsd_element_t *global;

    if (source->reference.name.length == 0) {
        return find_element_type(compiler, source, out);
    }
    global = egret_map_find(&compiler->xsd->elements, source->reference.name);
    if (global == NULL) {
        return egret_xsd_fail(compiler->xsd, source->place, EGRET_ESYNTAX,
                              "nothing declares the element %.*s",
                              EGRET_SPAN_ARGS(source->name));
    }
    return find_element_type(compiler, global, out);
}

static egret_rc_t
declare_child(egret_compiler_t *compiler, egret_xsd_element_t *source,
              children_t *children)
{
    egret_element_t *element = egret_map_find(&children->by_name, source->name);
    const egret_type_t *type;
    egret_rc_t rc = find_particle_type(compiler, source, &type);

    if (rc != EGRET_OK) {
        return rc;
    }
    source->compiled = element;
    if (element != NULL) {
        return element->type == type
                   ? EGRET_OK
                   : egret_xsd_fail(compiler->xsd, source->place, EGRET_ESYNTAX,
                                    "%.*s stands in one content with two "
                                    "types",
                                    EGRET_SPAN_ARGS(source->name));
    }
    rc = add_element(compiler, source->name, type, &element);
    source->compiled = element;
    return rc == EGRET_OK ? append_child(compiler, children, element) : rc;
}

static egret_rc_t
declare_children(egret_compiler_t *compiler,
                 const egret_xsd_particle_t *particle, children_t *children,
                 egret_type_t *type)
{
    egret_rc_t rc = EGRET_OK;

    if (particle->kind == EGRET_XSD_ELEMENT) {
        return declare_child(compiler, particle->element, children);
    }
    type->has_wildcard |= particle->kind == EGRET_XSD_ANY;
    for (const egret_xsd_particle_t *child = particle->first;
         child != NULL && rc == EGRET_OK; child = child->next) {
        rc = declare_children(compiler, child, children, type);
    }
    return rc;
}

/* How often the element may stand, as far as 2. */
static unsigned
count_occurrences(const egret_xsd_particle_t *particle,
                  const egret_element_t *element)
{
    unsigned count = 0;

    if (particle->kind == EGRET_XSD_ELEMENT) {
        count = particle->element->compiled == element;
    }
    for (const egret_xsd_particle_t *child = particle->first; child != NULL;
         child = child->next) {
        unsigned inside = count_occurrences(child, element);

        if (particle->kind == EGRET_XSD_SEQUENCE) {
            count += inside;
        } else if (inside > count) {
            count = inside;
        }
    }
    if (particle->most == 0) {
        return 0;
    }
    return count > 1 || (count == 1 && particle->most > 1) ? 2 : count;
}

static egret_rc_t
fill_children(egret_compiler_t *compiler, const egret_xsd_complex_t *complex,
              egret_content_t *content)
{
    egret_type_t *type = complex->type;
    children_t children = { NULL, 0, 0, { 0 } };
    const egret_element_t **items;
    egret_rc_t rc;

    egret_map_init(&children.by_name, compiler->xsd->scratch);
    rc = declare_children(compiler, complex->particle, &children, type);
    if (rc == EGRET_OK) {
        rc = egret_model_build(compiler->models, complex->particle,
                               &content->model);
    }
    if (rc != EGRET_OK) {
        return rc;
    }
    items =
        egret_arena_zeroed(compiler->arena, children.count + 1, sizeof(*items));
    if (items == NULL) {
        return egret_arena_rc(compiler->arena);
    }
    for (size_t i = 0; i < children.count; i++) {
        egret_element_t *element =
            egret_map_find(&children.by_name, children.items[i]->name);

        element->is_repeatable =
            count_occurrences(complex->particle, element) > 1;
        items[i] = element;
    }
    type->children = items;
    type->child_count = children.count;
    return EGRET_OK;
}

/* Complex types. */

static egret_rc_t fill(egret_compiler_t *compiler,
                       egret_xsd_complex_t *complex);

static egret_rc_t
fill_simple_content(egret_compiler_t *compiler, egret_xsd_complex_t *complex,
                    egret_content_t *content)
{
    egret_xsd_complex_t *base_complex = NULL;
    egret_rc_t rc = egret_compiler_find_type(compiler, &complex->base,
                                             complex->place, &content->base);

    if (rc == EGRET_OK && !complex->base.is_builtin) {
        base_complex =
            egret_map_find(&compiler->xsd->complexes, complex->base.name);
    }
    if (rc == EGRET_OK && base_complex != NULL) {
        rc = fill(compiler, base_complex);
    }
    if (rc != EGRET_OK) {
        return rc;
    }
    content->simple = egret_type_content(content->base)->simple;
    if (content->simple == NULL) {
        return egret_xsd_fail(compiler->xsd, complex->place, EGRET_ESYNTAX,
                              "the base has no simple content");
    }
    complex->type->kind = content->base->kind;
    complex->type->is_simple_content = true;
    complex->type->is_narrowed = content->base->is_narrowed;
    return EGRET_OK;
}

static egret_rc_t
fill(egret_compiler_t *compiler, egret_xsd_complex_t *complex)
{
    /* promise() made it, and nobody else holds it yet to write to. */
    egret_content_t *content =
        (egret_content_t *) (uintptr_t) complex->type->model;
    egret_rc_t rc = EGRET_OK;

    if (complex->is_filled) {
        return EGRET_OK;
    }
    if (complex->is_open || compiler->depth == EGRET_COMPILER_DEEPEST) {
        return egret_compiler_fail_derivation(compiler, complex->place,
                                              complex->is_open);
    }
    complex->is_open = true;
    compiler->depth++;
    if (complex->is_simple_content) {
        rc = fill_simple_content(compiler, complex, content);
    } else if (complex->particle != NULL) {
        rc = fill_children(compiler, complex, content);
    }
    if (rc == EGRET_OK) {
        rc = egret_compiler_fill_attributes(compiler, complex, content->base,
                                            content);
    }
    complex->is_open = false;
    complex->is_filled = true;
    compiler->depth--;
    return rc;
}

static egret_rc_t
fill_promised(egret_compiler_t *compiler)
{
    egret_rc_t rc = EGRET_OK;

    while (rc == EGRET_OK && compiler->to_fill != NULL) {
        egret_xsd_complex_t *complex = compiler->to_fill;

        compiler->to_fill = complex->next_to_fill;
        rc = fill(compiler, complex);
    }
    return rc;
}

/* The definition. */

static egret_rc_t
compile_named_types(egret_compiler_t *compiler)
{
    const egret_map_t *simples = &compiler->xsd->simples;
    const egret_map_t *complexes = &compiler->xsd->complexes;
    egret_rc_t rc = EGRET_OK;

    for (size_t i = 0; i < simples->count && rc == EGRET_OK; i++) {
        egret_xsd_simple_t *simple = simples->entries[i].value;

        rc = egret_compiler_add_simple(compiler, simple);
        if (rc == EGRET_OK) {
            rc = egret_map_add(&compiler->schema->types, simple->name,
                               (void *) (uintptr_t) simple->type);
        }
    }
    for (size_t i = 0; i < complexes->count && rc == EGRET_OK; i++) {
        egret_xsd_complex_t *complex = complexes->entries[i].value;

        rc = promise(compiler, complex);
        if (rc == EGRET_OK) {
            rc = egret_map_add(&compiler->schema->types, complex->name,
                               complex->type);
        }
    }
    return rc;
}

static egret_rc_t
compile_roots(egret_compiler_t *compiler)
{
    const egret_map_t *elements = &compiler->xsd->elements;
    const egret_element_t **roots = egret_arena_zeroed(
        compiler->arena, elements->count + 1, sizeof(*roots));
    egret_rc_t rc = EGRET_OK;

    if (roots == NULL) {
        return egret_arena_rc(compiler->arena);
    }
    for (size_t i = 0; i < elements->count && rc == EGRET_OK; i++) {
        egret_xsd_element_t *source = elements->entries[i].value;
        const egret_type_t *type;

        rc = find_element_type(compiler, source, &type);
        if (rc == EGRET_OK) {
            rc = add_element(compiler, source->name, type, &source->compiled);
            roots[i] = source->compiled;
        }
    }
    compiler->definition->roots = roots;
    compiler->definition->root_count = elements->count;
    return rc;
}

static egret_span_t
definition_id(egret_span_t namespace_uri)
{
    egret_span_t prefix = EGRET_SPAN(EGRET_ISO_NAMESPACE);

    return egret_span_starts_with(namespace_uri, prefix)
               ? egret_span_slice(namespace_uri, prefix.length,
                                  namespace_uri.length)
               : namespace_uri;
}

static egret_rc_t
start(egret_compiler_t *compiler, const char *path)
{
    egret_span_t kept =
        egret_arena_copy(compiler->arena, egret_span_from(path));

    compiler->definition =
        egret_arena_zeroed(compiler->arena, 1, sizeof(*compiler->definition));
    compiler->schema =
        egret_arena_zeroed(compiler->arena, 1, sizeof(*compiler->schema));
    if (compiler->definition == NULL || compiler->schema == NULL ||
        kept.at == NULL) {
        return egret_arena_rc(compiler->arena);
    }
    egret_map_init(&compiler->schema->types, compiler->arena);
    compiler->schema->path = kept.at;
    compiler->definition->namespace_uri = compiler->xsd->target;
    compiler->definition->id = definition_id(compiler->xsd->target);
    compiler->definition->schema = compiler->schema;
    compiler->models = egret_model_builder_create(compiler->xsd);
    return compiler->models == NULL ? egret_arena_rc(compiler->xsd->scratch)
                                    : EGRET_OK;
}

egret_rc_t
egret_compile(egret_xsd_t *xsd, egret_builtin_types_t *builtins,
              const char *path, const egret_definition_t **out)
{
    egret_compiler_t compiler = { .xsd = xsd,
                                  .arena = xsd->arena,
                                  .builtins = builtins };
    egret_rc_t rc;

    egret_charsets_init(&compiler.charsets, xsd->scratch);
    rc = start(&compiler, path);
    if (rc == EGRET_OK) {
        rc = compile_named_types(&compiler);
    }
    if (rc == EGRET_OK) {
        rc = compile_roots(&compiler);
    }
    if (rc == EGRET_OK) {
        rc = fill_promised(&compiler);
    }
    *out = compiler.definition;
    return rc;
}
