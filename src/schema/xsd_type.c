/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "schema/xsd_node.h"

#define NESTED_DEEPEST 64

static egret_rc_t
fail(egret_xsd_reader_t *reader, const xmlNode *node, const char *what)
{
    return egret_xsd_fail(reader->xsd, egret_xsd_place(reader, node),
                          EGRET_ESYNTAX, "xs:%.64s: %s",
                          (const char *) node->name, what);
}

static void *
allocate(egret_xsd_reader_t *reader, size_t size)
{
    return egret_arena_zeroed(reader->xsd->scratch, 1, size);
}

static egret_rc_t
refused(const egret_xsd_reader_t *reader)
{
    return egret_arena_rc(reader->xsd->scratch);
}

/* Wildcards. */

static egret_rc_t
add_namespace(egret_xsd_reader_t *reader, egret_wildcard_t *wildcard,
              egret_span_t word)
{
    egret_span_t *at = &wildcard->namespaces[wildcard->namespace_count];

    if (egret_span_equals_text(word, "##targetNamespace")) {
        *at = reader->xsd->target;
    } else if (egret_span_equals_text(word, "##local")) {
        *at = EGRET_SPAN("");
    } else if (egret_span_starts_with(word, EGRET_SPAN("##"))) {
        return EGRET_ESYNTAX;
    } else {
        *at = word;
    }
    wildcard->namespace_count++;
    return EGRET_OK;
}

static egret_rc_t
read_namespaces(egret_xsd_reader_t *reader, egret_span_t list,
                egret_wildcard_t *wildcard)
{
    size_t at = 0;

    wildcard->target = reader->xsd->target;
    wildcard->is_any =
        list.length == 0 || egret_span_equals_text(list, "##any");
    wildcard->is_other = egret_span_equals_text(list, "##other");
    if (wildcard->is_any || wildcard->is_other) {
        return EGRET_OK;
    }
    wildcard->namespaces = egret_arena_zeroed(
        reader->xsd->arena, list.length / 2 + 1, sizeof(*wildcard->namespaces));
    if (wildcard->namespaces == NULL) {
        return egret_arena_rc(reader->xsd->arena);
    }
    while (at < list.length) {
        size_t from = at;
        egret_rc_t rc = EGRET_OK;

        while (at < list.length && (unsigned char) list.at[at] > ' ') {
            at++;
        }
        if (at > from) {
            rc = add_namespace(reader, wildcard,
                               egret_span_slice(list, from, at));
        }
        if (rc != EGRET_OK) {
            return rc;
        }
        at++;
    }
    return EGRET_OK;
}

static egret_rc_t
read_mode(egret_xsd_reader_t *reader, const xmlNode *node,
          egret_wildcard_mode_t *mode)
{
    static const char *const modes[] = { "strict", "lax", "skip" };
    egret_span_t value;
    egret_rc_t rc =
        egret_xsd_token(reader, node, "processContents", &value, NULL);

    *mode = EGRET_WILDCARD_STRICT;
    if (rc != EGRET_OK || value.length == 0) {
        return rc;
    }
    for (int i = 0; i < 3; i++) {
        if (egret_span_equals_text(value, modes[i])) {
            *mode = (egret_wildcard_mode_t) i;
            return EGRET_OK;
        }
    }
    return fail(reader, node, "processContents: strict, lax or skip");
}

static egret_rc_t
read_wildcard(egret_xsd_reader_t *reader, const xmlNode *node,
              const egret_wildcard_t **out)
{
    static const char *const names[] = { "namespace", "processContents",
                                         "minOccurs", "maxOccurs", NULL };
    egret_wildcard_t *wildcard =
        egret_arena_zeroed(reader->xsd->arena, 1, sizeof(*wildcard));
    egret_span_t list;
    egret_rc_t rc;

    if (wildcard == NULL) {
        return egret_arena_rc(reader->xsd->arena);
    }
    *out = wildcard;
    rc = egret_xsd_attributes(reader, node, names);
    if (rc == EGRET_OK) {
        rc = read_mode(reader, node, &wildcard->mode);
    }
    if (rc == EGRET_OK) {
        rc = egret_xsd_value(reader, node, "namespace", &list, NULL);
    }
    if (rc == EGRET_OK) {
        rc = read_namespaces(reader, egret_span_trim(list), wildcard);
    }
    if (rc == EGRET_ESYNTAX) {
        return fail(reader, node, "no such namespace list");
    }
    return rc == EGRET_OK ? egret_xsd_expect_end(reader, node, NULL) : rc;
}

/* Particles. */

static egret_rc_t read_group(egret_xsd_reader_t *reader, const xmlNode *node,
                             unsigned depth, egret_xsd_particle_t *particle);

static egret_rc_t
read_particle(egret_xsd_reader_t *reader, const xmlNode *node, unsigned depth,
              egret_xsd_particle_t **out)
{
    egret_xsd_particle_t *particle = allocate(reader, sizeof(*particle));
    egret_rc_t rc;

    if (particle == NULL) {
        return refused(reader);
    }
    *out = particle;
    particle->place = egret_xsd_place(reader, node);
    rc = egret_xsd_occurs(reader, node, &particle->least, &particle->most);
    if (rc != EGRET_OK) {
        return rc;
    }
    if (egret_xsd_is(node, "element")) {
        particle->kind = EGRET_XSD_ELEMENT;
        return egret_xsd_read_element(reader, node, false, &particle->element);
    }
    if (egret_xsd_is(node, "any")) {
        particle->kind = EGRET_XSD_ANY;
        return read_wildcard(reader, node, &particle->wildcard);
    }
    if (egret_xsd_is(node, "sequence")) {
        particle->kind = EGRET_XSD_SEQUENCE;
    } else if (egret_xsd_is(node, "choice")) {
        particle->kind = EGRET_XSD_CHOICE;
    } else {
        return egret_xsd_refuse(reader, node);
    }
    return read_group(reader, node, depth + 1, particle);
}

static egret_rc_t
read_group(egret_xsd_reader_t *reader, const xmlNode *node, unsigned depth,
           egret_xsd_particle_t *particle)
{
    static const char *const names[] = { "minOccurs", "maxOccurs", NULL };
    egret_xsd_particle_t **last = &particle->first;
    const xmlNode *child;
    egret_rc_t rc = egret_xsd_attributes(reader, node, names);

    if (depth > NESTED_DEEPEST) {
        return egret_xsd_fail(reader->xsd, particle->place, EGRET_EUNSUPPORTED,
                              "nested too deep");
    }
    if (rc == EGRET_OK) {
        rc = egret_xsd_child(reader, node, NULL, &child);
    }
    while (rc == EGRET_OK && child != NULL) {
        rc = read_particle(reader, child, depth, last);
        if (rc == EGRET_OK) {
            last = &(*last)->next;
            rc = egret_xsd_child(reader, node, child, &child);
        }
    }
    return rc;
}

/* Complex types. */

static egret_rc_t
read_simple_content(egret_xsd_reader_t *reader, const xmlNode *node,
                    egret_xsd_complex_t *complex)
{
    static const char *const none[] = { NULL };
    static const char *const names[] = { "base", NULL };
    const xmlNode *child;
    egret_rc_t rc = egret_xsd_attributes(reader, node, none);

    if (rc == EGRET_OK) {
        rc = egret_xsd_child(reader, node, NULL, &child);
    }
    if (rc != EGRET_OK) {
        return rc;
    }
    if (child == NULL || !egret_xsd_is(child, "extension")) {
        return child == NULL ? fail(reader, node, "an extension was expected")
                             : egret_xsd_refuse(reader, child);
    }
    complex->is_simple_content = true;
    rc = egret_xsd_attributes(reader, child, names);
    if (rc == EGRET_OK) {
        rc = egret_xsd_reference(reader, child, "base", &complex->base);
    }
    if (rc == EGRET_OK && complex->base.name.length == 0) {
        return fail(reader, child, "has no base");
    }
    if (rc == EGRET_OK) {
        rc = egret_xsd_read_attributes(reader, child, NULL, complex);
    }
    return rc == EGRET_OK ? egret_xsd_expect_end(reader, node, child) : rc;
}

static egret_rc_t
read_content(egret_xsd_reader_t *reader, const xmlNode *node,
             egret_xsd_complex_t *complex)
{
    const xmlNode *child;
    egret_rc_t rc = egret_xsd_child(reader, node, NULL, &child);

    if (rc != EGRET_OK || child == NULL) {
        return rc;
    }
    if (egret_xsd_is(child, "simpleContent")) {
        rc = read_simple_content(reader, child, complex);
        return rc == EGRET_OK ? egret_xsd_expect_end(reader, node, child) : rc;
    }
    if (egret_xsd_is(child, "attribute")) {
        return egret_xsd_read_attributes(reader, node, NULL, complex);
    }
    if (!egret_xsd_is(child, "sequence") && !egret_xsd_is(child, "choice")) {
        return egret_xsd_refuse(reader, child);
    }
    rc = read_particle(reader, child, 0, &complex->particle);
    return rc == EGRET_OK
               ? egret_xsd_read_attributes(reader, node, child, complex)
               : rc;
}

egret_rc_t
egret_xsd_read_complex(egret_xsd_reader_t *reader, const xmlNode *node,
                       egret_xsd_complex_t **out)
{
    static const char *const names[] = { "name", "mixed", NULL };
    egret_xsd_complex_t *complex = allocate(reader, sizeof(*complex));
    bool is_mixed = false;
    egret_rc_t rc;

    if (complex == NULL) {
        return refused(reader);
    }
    *out = complex;
    complex->place = egret_xsd_place(reader, node);
    rc = egret_xsd_attributes(reader, node, names);
    if (rc == EGRET_OK) {
        rc = egret_xsd_boolean(reader, node, "mixed", &is_mixed);
    }
    if (rc == EGRET_OK && is_mixed) {
        return egret_xsd_fail(reader->xsd, complex->place, EGRET_EUNSUPPORTED,
                              "mixed content is not supported");
    }
    return rc == EGRET_OK ? read_content(reader, node, complex) : rc;
}

/* Elements. */

static egret_rc_t
read_inner_type(egret_xsd_reader_t *reader, const xmlNode *node,
                egret_xsd_element_t *element)
{
    const xmlNode *child;
    egret_rc_t rc = egret_xsd_child(reader, node, NULL, &child);
    bool has_type = element->type.name.length > 0;

    if (rc != EGRET_OK || child == NULL) {
        return rc == EGRET_OK && !has_type
                   ? egret_xsd_fail(reader->xsd, element->place,
                                    EGRET_EUNSUPPORTED,
                                    "an element without a type is not "
                                    "supported")
                   : rc;
    }
    if (egret_xsd_is(child, "simpleType")) {
        rc = egret_xsd_read_simple(reader, child, &element->simple);
    } else if (egret_xsd_is(child, "complexType")) {
        rc = egret_xsd_read_complex(reader, child, &element->complex);
    } else {
        return egret_xsd_refuse(reader, child);
    }
    if (rc == EGRET_OK && has_type) {
        return fail(reader, node, "has a type and another inside");
    }
    return rc == EGRET_OK ? egret_xsd_expect_end(reader, node, child) : rc;
}

/* Only elements in the schema's namespace are in the tables. */
static egret_rc_t
check_form(egret_xsd_reader_t *reader, const xmlNode *node)
{
    egret_span_t form;
    bool is_qualified = reader->is_qualified;
    egret_rc_t rc = egret_xsd_token(reader, node, "form", &form, NULL);

    if (form.length > 0) {
        is_qualified = egret_span_equals_text(form, "qualified");
    }
    if (rc == EGRET_OK && !is_qualified && reader->xsd->target.length > 0) {
        return egret_xsd_fail(reader->xsd, egret_xsd_place(reader, node),
                              EGRET_EUNSUPPORTED,
                              "an unqualified element is not supported (set "
                              "elementFormDefault to qualified)");
    }
    return rc;
}

static egret_rc_t
read_nillable(egret_xsd_reader_t *reader, const xmlNode *node)
{
    bool is_nillable = false;
    egret_rc_t rc = egret_xsd_boolean(reader, node, "nillable", &is_nillable);

    if (rc == EGRET_OK && is_nillable) {
        return egret_xsd_fail(reader->xsd, egret_xsd_place(reader, node),
                              EGRET_EUNSUPPORTED,
                              "a nillable element is not supported");
    }
    return rc;
}

static egret_rc_t
read_declaration(egret_xsd_reader_t *reader, const xmlNode *node,
                 bool is_global, egret_xsd_element_t *element)
{
    egret_rc_t rc = egret_xsd_name(reader, node, &element->name);

    if (rc == EGRET_OK && !is_global) {
        rc = check_form(reader, node);
    }
    if (rc == EGRET_OK) {
        rc = read_nillable(reader, node);
    }
    if (rc == EGRET_OK) {
        rc = egret_xsd_reference(reader, node, "type", &element->type);
    }
    return rc == EGRET_OK ? read_inner_type(reader, node, element) : rc;
}

egret_rc_t
egret_xsd_read_element(egret_xsd_reader_t *reader, const xmlNode *node,
                       bool is_global, egret_xsd_element_t **out)
{
    static const char *const global_names[] = { "name", "type", "nillable",
                                                NULL };
    static const char *const names[] = { "name",      "type",      "nillable",
                                         "minOccurs", "maxOccurs", "form",
                                         "ref",       NULL };
    egret_xsd_element_t *element = allocate(reader, sizeof(*element));
    egret_rc_t rc;

    if (element == NULL) {
        return refused(reader);
    }
    *out = element;
    element->place = egret_xsd_place(reader, node);
    rc = egret_xsd_attributes(reader, node, is_global ? global_names : names);
    if (rc == EGRET_OK && !is_global) {
        rc = egret_xsd_reference(reader, node, "ref", &element->reference);
    }
    if (rc != EGRET_OK || element->reference.name.length == 0) {
        return rc == EGRET_OK
                   ? read_declaration(reader, node, is_global, element)
                   : rc;
    }
    element->name = element->reference.name;
    if (element->reference.is_builtin ||
        xmlHasProp(node, (const xmlChar *) "name") != NULL ||
        xmlHasProp(node, (const xmlChar *) "type") != NULL) {
        return fail(reader, node, "ref stands with a name or a type");
    }
    return egret_xsd_expect_end(reader, node, NULL);
}
