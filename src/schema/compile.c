/* SPDX-License-Identifier: Apache-2.0 */
#include "schema/compile.h"

#include <string.h>

#define DERIVED_DEEPEST 200
#define ATTRIBUTES_MOST 256

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
} compiler_t;

/* The children of one type, while they are collected. */
typedef struct {
    const egret_element_t **items;
    size_t count;
    size_t capacity;
    egret_map_t by_name;
} children_t;

static egret_rc_t find_type(compiler_t *compiler,
                            const egret_xsd_reference_t *reference,
                            egret_xsd_place_t place,
                            const egret_type_t **out);

static egret_rc_t
fail_derivation(compiler_t *compiler, egret_xsd_place_t place, bool is_open)
{
    return is_open ? egret_xsd_fail(compiler->xsd, place, EGRET_ESYNTAX,
                                    "the type is derived from itself")
                   : egret_xsd_fail(compiler->xsd, place, EGRET_EUNSUPPORTED,
                                    "derived over too many types");
}

/* Simple types. */

static egret_rc_t
make_simple_type(egret_arena_t *arena, const egret_simple_t *simple,
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
        rc = make_simple_type(types->arena, simple, base, out);
    }
    return rc == EGRET_OK ? egret_map_add(&types->types, simple->name,
                                          (void *) (uintptr_t) *out)
                          : rc;
}

static egret_rc_t
restrict_simple(compiler_t *compiler, egret_xsd_simple_t *source,
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

static egret_rc_t
compile_simple(compiler_t *compiler, egret_xsd_simple_t *source)
{
    const egret_type_t *base = NULL;
    egret_rc_t rc;

    if (source->type != NULL) {
        return EGRET_OK;
    }
    if (source->is_open || compiler->depth == DERIVED_DEEPEST) {
        return fail_derivation(compiler, source->place, source->is_open);
    }
    source->is_open = true;
    compiler->depth++;
    if (source->inner != NULL) {
        rc = compile_simple(compiler, source->inner);
        base = source->inner->type;
    } else {
        rc = find_type(compiler, &source->base, source->place, &base);
    }
    if (rc == EGRET_OK
        && egret_map_find(&compiler->xsd->complexes, source->base.name) != NULL
        && !source->base.is_builtin)
    {
        rc = egret_xsd_fail(compiler->xsd, source->place, EGRET_ESYNTAX,
                            "the base is not a simple type");
    }
    if (rc == EGRET_OK) {
        rc = restrict_simple(compiler, source,
                             egret_type_content(base)->simple);
    }
    if (rc == EGRET_OK) {
        rc = make_simple_type(compiler->arena, source->simple, base,
                              &source->type);
    }
    source->is_open = false;
    compiler->depth--;
    return rc;
}

/* Types by name. A complex type is promised first and filled later, since it
 * may contain itself. */

static egret_rc_t
promise(compiler_t *compiler, egret_xsd_complex_t *complex)
{
    egret_content_t *content;

    if (complex->type != NULL) {
        return EGRET_OK;
    }
    complex->type = egret_arena_zeroed(compiler->arena, 1,
                                       sizeof(*complex->type));
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
find_builtin_type(compiler_t *compiler, egret_span_t name,
                  egret_xsd_place_t place, const egret_type_t **out)
{
    egret_rc_t rc = egret_builtin_types_find(compiler->builtins, name, out);

    return rc != EGRET_ENOTFOUND
               ? rc
               : egret_xsd_fail(compiler->xsd, place, EGRET_EUNSUPPORTED,
                                "the type xs:%.*s is not supported",
                                EGRET_SPAN_ARGS(name));
}

static egret_rc_t
find_type(compiler_t *compiler, const egret_xsd_reference_t *reference,
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
        rc = compile_simple(compiler, simple);
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
find_element_type(compiler_t *compiler, const egret_xsd_element_t *element,
                  const egret_type_t **out)
{
    egret_rc_t rc;

    if (element->simple != NULL) {
        rc = compile_simple(compiler, element->simple);
        *out = element->simple->type;
        return rc;
    }
    if (element->complex != NULL) {
        rc = promise(compiler, element->complex);
        *out = element->complex->type;
        return rc;
    }
    return find_type(compiler, &element->type, element->place, out);
}

/* Elements. */

static egret_rc_t
add_element(compiler_t *compiler, egret_span_t name, const egret_type_t *type,
            egret_element_t **out)
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
append_child(compiler_t *compiler, children_t *children,
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
find_particle_type(compiler_t *compiler, const egret_xsd_element_t *source,
                   const egret_type_t **out)
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
declare_child(compiler_t *compiler, egret_xsd_element_t *source,
              children_t *children)
{
    egret_element_t *element =
        egret_map_find(&children->by_name, source->name);
    const egret_type_t *type;
    egret_rc_t rc = find_particle_type(compiler, source, &type);

    if (rc != EGRET_OK) {
        return rc;
    }
    source->compiled = element;
    if (element != NULL) {
        return element->type == type
                   ? EGRET_OK
                   : egret_xsd_fail(compiler->xsd, source->place,
                                    EGRET_ESYNTAX,
                                    "%.*s stands in one content with two "
                                    "types",
                                    EGRET_SPAN_ARGS(source->name));
    }
    rc = add_element(compiler, source->name, type, &element);
    source->compiled = element;
    return rc == EGRET_OK ? append_child(compiler, children, element) : rc;
}

static egret_rc_t
declare_children(compiler_t *compiler, const egret_xsd_particle_t *particle,
                 children_t *children, egret_type_t *type)
{
    egret_rc_t rc = EGRET_OK;

    if (particle->kind == EGRET_XSD_ELEMENT) {
        return declare_child(compiler, particle->element, children);
    }
    type->has_wildcard |= particle->kind == EGRET_XSD_ANY;
    for (const egret_xsd_particle_t *child = particle->first;
         child != NULL && rc == EGRET_OK; child = child->next)
    {
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
         child = child->next)
    {
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
fill_children(compiler_t *compiler, const egret_xsd_complex_t *complex,
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
    items = egret_arena_zeroed(compiler->arena, children.count + 1,
                               sizeof(*items));
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

/* Attributes. */

static egret_rc_t
compile_attribute(compiler_t *compiler, const egret_xsd_attribute_t *source,
                  egret_attribute_t *out)
{
    const egret_type_t *type = NULL;
    egret_rc_t rc;

    if (source->inner != NULL) {
        rc = compile_simple(compiler, source->inner);
        type = source->inner->type;
    } else {
        rc = find_type(compiler, &source->type, source->place, &type);
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
    if (out->rule == NULL
        || (!source->type.is_builtin
            && egret_map_find(&compiler->xsd->complexes, source->type.name)
                   != NULL))
    {
        return egret_xsd_fail(compiler->xsd, source->place, EGRET_ESYNTAX,
                              "an attribute's type must be simple");
    }
    return EGRET_OK;
}

static egret_rc_t
check_twice(compiler_t *compiler, const egret_xsd_attribute_t *source,
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

static egret_rc_t
fill_attributes(compiler_t *compiler, const egret_xsd_complex_t *complex,
                const egret_type_t *base, egret_content_t *content)
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
        return egret_xsd_fail(compiler->xsd, complex->place,
                              EGRET_EUNSUPPORTED, "over %d attributes",
                              ATTRIBUTES_MOST);
    }
    if (inherited > 0) {
        memcpy(attributes, base->attributes, inherited * sizeof(*attributes));
    }
    /* The tree has them from the last to the first. */
    for (const egret_xsd_attribute_t *source = complex->attributes;
         source != NULL && rc == EGRET_OK; source = source->next)
    {
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

/* Complex types. */

static egret_rc_t fill(compiler_t *compiler, egret_xsd_complex_t *complex);

static egret_rc_t
fill_simple_content(compiler_t *compiler, egret_xsd_complex_t *complex,
                    egret_content_t *content)
{
    egret_xsd_complex_t *base_complex = NULL;
    egret_rc_t rc = find_type(compiler, &complex->base, complex->place,
                              &content->base);

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
    return EGRET_OK;
}

static egret_rc_t
fill(compiler_t *compiler, egret_xsd_complex_t *complex)
{
    /* promise() made it, and nobody else holds it yet to write to. */
    egret_content_t *content =
        (egret_content_t *) (uintptr_t) complex->type->model;
    egret_rc_t rc = EGRET_OK;

    if (complex->is_filled) {
        return EGRET_OK;
    }
    if (complex->is_open || compiler->depth == DERIVED_DEEPEST) {
        return fail_derivation(compiler, complex->place, complex->is_open);
    }
    complex->is_open = true;
    compiler->depth++;
    if (complex->is_simple_content) {
        rc = fill_simple_content(compiler, complex, content);
    } else if (complex->particle != NULL) {
        rc = fill_children(compiler, complex, content);
    }
    if (rc == EGRET_OK) {
        rc = fill_attributes(compiler, complex, content->base, content);
    }
    complex->is_open = false;
    complex->is_filled = true;
    compiler->depth--;
    return rc;
}

static egret_rc_t
fill_promised(compiler_t *compiler)
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
compile_named_types(compiler_t *compiler)
{
    const egret_map_t *simples = &compiler->xsd->simples;
    const egret_map_t *complexes = &compiler->xsd->complexes;
    egret_rc_t rc = EGRET_OK;

    for (size_t i = 0; i < simples->count && rc == EGRET_OK; i++) {
        egret_xsd_simple_t *simple = simples->entries[i].value;

        rc = compile_simple(compiler, simple);
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
compile_roots(compiler_t *compiler)
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
start(compiler_t *compiler, const char *path)
{
    egret_span_t kept =
        egret_arena_copy(compiler->arena, egret_span_from(path));

    compiler->definition =
        egret_arena_zeroed(compiler->arena, 1, sizeof(*compiler->definition));
    compiler->schema =
        egret_arena_zeroed(compiler->arena, 1, sizeof(*compiler->schema));
    if (compiler->definition == NULL || compiler->schema == NULL
        || kept.at == NULL)
    {
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
    compiler_t compiler = { .xsd = xsd,
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
