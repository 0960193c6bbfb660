/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "schema/xsd_node.h"

static const struct {
    const char *name;
    egret_facet_t facet;
} facets[] = {
    { "length", EGRET_FACET_LENGTH },
    { "minLength", EGRET_FACET_MIN_LENGTH },
    { "maxLength", EGRET_FACET_MAX_LENGTH },
    { "pattern", EGRET_FACET_PATTERN },
    { "enumeration", EGRET_FACET_ENUMERATION },
    { "whiteSpace", EGRET_FACET_WHITE_SPACE },
    { "minInclusive", EGRET_FACET_MIN_INCLUSIVE },
    { "minExclusive", EGRET_FACET_MIN_EXCLUSIVE },
    { "maxInclusive", EGRET_FACET_MAX_INCLUSIVE },
    { "maxExclusive", EGRET_FACET_MAX_EXCLUSIVE },
    { "totalDigits", EGRET_FACET_TOTAL_DIGITS },
    { "fractionDigits", EGRET_FACET_FRACTION_DIGITS },
};

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

/* Simple types. */

static size_t
count_children(const xmlNode *node)
{
    size_t count = 0;

    for (const xmlNode *at = node->children; at != NULL; at = at->next) {
        count += at->type == XML_ELEMENT_NODE;
    }
    return count;
}

static egret_rc_t
read_facet(egret_xsd_reader_t *reader, const xmlNode *node,
           egret_facet_text_t *out)
{
    static const char *const names[] = { "value", "fixed", NULL };
    size_t i = 0;
    bool is_there;
    egret_rc_t rc;

    while (i < sizeof(facets) / sizeof(facets[0]) &&
           !egret_xsd_is(node, facets[i].name)) {
        i++;
    }
    if (i == sizeof(facets) / sizeof(facets[0])) {
        return egret_xsd_refuse(reader, node);
    }
    out->facet = facets[i].facet;
    out->line = egret_xsd_place(reader, node).line;
    rc = egret_xsd_attributes(reader, node, names);
    if (rc == EGRET_OK) {
        rc = egret_xsd_value(reader, node, "value", &out->value, &is_there);
    }
    if (rc == EGRET_OK && !is_there) {
        return fail(reader, node, "value is missing");
    }
    return rc == EGRET_OK ? egret_xsd_expect_end(reader, node, NULL) : rc;
}

static egret_rc_t
read_restriction(egret_xsd_reader_t *reader, const xmlNode *node,
                 egret_xsd_simple_t *simple)
{
    static const char *const names[] = { "base", NULL };
    const xmlNode *child;
    egret_rc_t rc = egret_xsd_attributes(reader, node, names);

    if (rc == EGRET_OK) {
        rc = egret_xsd_reference(reader, node, "base", &simple->base);
    }
    if (rc == EGRET_OK) {
        rc = egret_xsd_child(reader, node, NULL, &child);
    }
    if (rc == EGRET_OK && egret_xsd_is(child, "simpleType")) {
        if (simple->base.name.length > 0) {
            return fail(reader, node, "has a base and a type inside");
        }
        rc = egret_xsd_read_simple(reader, child, &simple->inner);
        if (rc == EGRET_OK) {
            rc = egret_xsd_child(reader, node, child, &child);
        }
    }
    if (rc == EGRET_OK && simple->base.name.length == 0 &&
        simple->inner == NULL) {
        return fail(reader, node, "has no base");
    }
    simple->facets =
        egret_arena_zeroed(reader->xsd->scratch, count_children(node) + 1,
                           sizeof(*simple->facets));
    if (simple->facets == NULL) {
        return refused(reader);
    }
    while (rc == EGRET_OK && child != NULL) {
        rc = read_facet(reader, child, &simple->facets[simple->facet_count++]);
        if (rc == EGRET_OK) {
            rc = egret_xsd_child(reader, node, child, &child);
        }
    }
    return rc;
}

egret_rc_t
egret_xsd_read_simple(egret_xsd_reader_t *reader, const xmlNode *node,
                      egret_xsd_simple_t **out)
{
    static const char *const names[] = { "name", NULL };
    egret_xsd_simple_t *simple = allocate(reader, sizeof(*simple));
    const xmlNode *child;
    egret_rc_t rc;

    if (simple == NULL) {
        return refused(reader);
    }
    *out = simple;
    simple->place = egret_xsd_place(reader, node);
    rc = egret_xsd_attributes(reader, node, names);
    if (rc == EGRET_OK) {
        rc = egret_xsd_child(reader, node, NULL, &child);
    }
    if (rc != EGRET_OK) {
        return rc;
    }
    if (child == NULL) {
        return fail(reader, node, "a restriction was expected");
    }
    if (!egret_xsd_is(child, "restriction")) {
        return egret_xsd_refuse(reader, child);
    }
    rc = read_restriction(reader, child, simple);
    return rc == EGRET_OK ? egret_xsd_expect_end(reader, node, child) : rc;
}

/* Attributes. */

static egret_rc_t
read_use(egret_xsd_reader_t *reader, const xmlNode *node, bool *is_required,
         bool *is_prohibited)
{
    egret_span_t use;
    egret_rc_t rc = egret_xsd_token(reader, node, "use", &use, NULL);

    *is_required = egret_span_equals_text(use, "required");
    *is_prohibited = egret_span_equals_text(use, "prohibited");
    if (rc == EGRET_OK && use.length > 0 && !*is_required && !*is_prohibited &&
        !egret_span_equals_text(use, "optional")) {
        return fail(reader, node, "use is not one that XML Schema has");
    }
    return rc;
}

static egret_rc_t
read_attribute_form(egret_xsd_reader_t *reader, const xmlNode *node,
                    bool *is_qualified)
{
    egret_span_t form;
    egret_rc_t rc = egret_xsd_token(reader, node, "form", &form, NULL);

    *is_qualified = form.length == 0
                        ? reader->has_qualified_attributes
                        : egret_span_equals_text(form, "qualified");
    return rc;
}

static egret_rc_t
read_attribute(egret_xsd_reader_t *reader, const xmlNode *node,
               egret_xsd_complex_t *complex)
{
    static const char *const names[] = { "name", "type", "use", "form", NULL };
    egret_xsd_attribute_t *attribute = allocate(reader, sizeof(*attribute));
    const xmlNode *child = NULL;
    bool is_prohibited;
    egret_rc_t rc;

    if (attribute == NULL) {
        return refused(reader);
    }
    attribute->place = egret_xsd_place(reader, node);
    rc = egret_xsd_attributes(reader, node, names);
    if (rc == EGRET_OK) {
        rc = egret_xsd_name(reader, node, &attribute->name);
    }
    if (rc == EGRET_OK) {
        rc = egret_xsd_reference(reader, node, "type", &attribute->type);
    }
    if (rc == EGRET_OK) {
        rc = read_use(reader, node, &attribute->is_required, &is_prohibited);
    }
    if (rc == EGRET_OK) {
        rc = read_attribute_form(reader, node, &attribute->is_qualified);
    }
    if (rc == EGRET_OK) {
        rc = egret_xsd_child(reader, node, NULL, &child);
    }
    if (rc == EGRET_OK && egret_xsd_is(child, "simpleType")) {
        rc = egret_xsd_read_simple(reader, child, &attribute->inner);
    }
    if (rc == EGRET_OK) {
        rc = egret_xsd_expect_end(reader, node,
                                  attribute->inner == NULL ? NULL : child);
    }
    if (rc == EGRET_OK &&
        (attribute->type.name.length > 0) == (attribute->inner != NULL)) {
        return fail(reader, node, "one type was expected");
    }
    if (rc == EGRET_OK && !is_prohibited) {
        attribute->next = complex->attributes;
        complex->attributes = attribute;
        complex->attribute_count++;
    }
    return rc;
}

egret_rc_t
egret_xsd_read_attributes(egret_xsd_reader_t *reader, const xmlNode *node,
                          const xmlNode *before, egret_xsd_complex_t *complex)
{
    const xmlNode *child;
    egret_rc_t rc = egret_xsd_child(reader, node, before, &child);

    while (rc == EGRET_OK && child != NULL) {
        if (!egret_xsd_is(child, "attribute")) {
            return egret_xsd_refuse(reader, child);
        }
        rc = read_attribute(reader, child, complex);
        if (rc == EGRET_OK) {
            rc = egret_xsd_child(reader, node, child, &child);
        }
    }
    return rc;
}
