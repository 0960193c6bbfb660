/* SPDX-License-Identifier: Apache-2.0 */
#include "schema/xsd.h"

#include <libxml/parser.h>
#include <libxml/xmlreader.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "schema/xsd_node.h"

#define PARSE_OPTIONS                                                         \
    (XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING                \
     | XML_PARSE_BIG_LINES | XML_PARSE_NOBLANKS)
#define MESSAGE_LONGEST 512

void
egret_xsd_init(egret_xsd_t *xsd, egret_arena_t *arena, egret_arena_t *scratch,
               egret_schema_fault_t *fault)
{
    memset(xsd, 0, sizeof(*xsd));
    xsd->arena = arena;
    xsd->scratch = scratch;
    xsd->fault = fault;
    egret_map_init(&xsd->simples, scratch);
    egret_map_init(&xsd->complexes, scratch);
    egret_map_init(&xsd->elements, scratch);
}

egret_rc_t
egret_xsd_fail(egret_xsd_t *xsd, egret_xsd_place_t place, egret_rc_t rc,
               const char *format, ...)
{
    char text[MESSAGE_LONGEST];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(text, sizeof(text), format, arguments);
    va_end(arguments);
    xsd->fault->text = egret_arena_print(xsd->arena, "%s:%u: %s", place.file,
                                         place.line, text);
    return xsd->fault->text.at == NULL ? egret_arena_rc(xsd->arena) : rc;
}

static egret_rc_t
read_global_type(egret_xsd_reader_t *reader, const xmlNode *node)
{
    egret_xsd_t *xsd = reader->xsd;
    bool is_simple = egret_xsd_is(node, "simpleType");
    egret_xsd_simple_t *simple = NULL;
    egret_xsd_complex_t *complex = NULL;
    egret_span_t name;
    egret_rc_t rc = egret_xsd_name(reader, node, &name);

    if (rc != EGRET_OK) {
        return rc;
    }
    if (egret_map_find(&xsd->simples, name) != NULL
        || egret_map_find(&xsd->complexes, name) != NULL)
    {
        return egret_xsd_fail(xsd, egret_xsd_place(reader, node),
                              EGRET_EEXIST, "the type %.*s is declared twice",
                              EGRET_SPAN_ARGS(name));
    }
    if (is_simple) {
        rc = egret_xsd_read_simple(reader, node, &simple);
        if (rc == EGRET_OK) {
            simple->name = name;
            rc = egret_map_add(&xsd->simples, name, simple);
        }
        return rc;
    }
    rc = egret_xsd_read_complex(reader, node, &complex);
    if (rc == EGRET_OK) {
        complex->name = name;
        rc = egret_map_add(&xsd->complexes, name, complex);
    }
    return rc;
}

static egret_rc_t
read_global_element(egret_xsd_reader_t *reader, const xmlNode *node)
{
    egret_xsd_element_t *element = NULL;
    egret_rc_t rc = egret_xsd_read_element(reader, node, true, &element);

    if (rc != EGRET_OK) {
        return rc;
    }
    rc = egret_map_add(&reader->xsd->elements, element->name, element);
    if (rc == EGRET_EEXIST) {
        rc = egret_xsd_fail(reader->xsd, element->place, rc,
                            "the element %.*s is declared twice",
                            EGRET_SPAN_ARGS(element->name));
    }
    return rc;
}

static egret_rc_t
read_include(egret_xsd_reader_t *reader, const xmlNode *node)
{
    static const char *const names[] = { "schemaLocation", NULL };
    egret_xsd_include_t *include =
        egret_arena_zeroed(reader->xsd->scratch, 1, sizeof(*include));
    const xmlNode *child;
    egret_rc_t rc;

    if (include == NULL) {
        return egret_arena_rc(reader->xsd->scratch);
    }
    include->place = egret_xsd_place(reader, node);
    rc = egret_xsd_attributes(reader, node, names);
    if (rc == EGRET_OK) {
        rc = egret_xsd_token(reader, node, names[0], &include->location, NULL);
    }
    if (rc == EGRET_OK) {
        rc = egret_xsd_child(reader, node, NULL, &child);
    }
    if (rc == EGRET_OK && child != NULL) {
        rc = egret_xsd_refuse(reader, child);
    }
    if (rc == EGRET_OK && include->location.length == 0) {
        rc = egret_xsd_fail(reader->xsd, include->place, EGRET_ESYNTAX,
                            "xs:include needs a schemaLocation");
    }
    include->next = reader->xsd->includes;
    reader->xsd->includes = include;
    return rc;
}

static egret_rc_t
read_globals(egret_xsd_reader_t *reader, const xmlNode *root)
{
    const xmlNode *node;
    bool has_declaration = false;
    egret_rc_t rc = egret_xsd_child(reader, root, NULL, &node);

    while (rc == EGRET_OK && node != NULL) {
        if (egret_xsd_is(node, "include")) {
            rc = has_declaration
                     ? egret_xsd_fail(reader->xsd,
                                      egret_xsd_place(reader, node),
                                      EGRET_ESYNTAX,
                                      "xs:include after a declaration")
                     : read_include(reader, node);
        } else if (egret_xsd_is(node, "element")) {
            rc = read_global_element(reader, node);
            has_declaration = true;
        } else if (egret_xsd_is(node, "simpleType")
                   || egret_xsd_is(node, "complexType"))
        {
            rc = read_global_type(reader, node);
            has_declaration = true;
        } else {
            rc = egret_xsd_refuse(reader, node);
        }
        if (rc == EGRET_OK) {
            rc = egret_xsd_child(reader, root, node, &node);
        }
    }
    return rc;
}

static egret_rc_t
read_form(egret_xsd_reader_t *reader, const xmlNode *root, const char *name,
          bool *is_qualified)
{
    egret_span_t form;
    egret_rc_t rc = egret_xsd_token(reader, root, name, &form, NULL);

    *is_qualified = egret_span_equals_text(form, "qualified");
    if (rc == EGRET_OK && form.length > 0 && !*is_qualified
        && !egret_span_equals_text(form, "unqualified"))
    {
        rc = egret_xsd_fail(reader->xsd, egret_xsd_place(reader, root),
                            EGRET_ESYNTAX,
                            "%s: qualified or unqualified was expected", name);
    }
    return rc;
}

/* The first file decides the namespace, the others follow it. */
static egret_rc_t
read_target(egret_xsd_reader_t *reader, const xmlNode *root)
{
    egret_xsd_t *xsd = reader->xsd;
    egret_span_t target;
    bool is_there;
    egret_rc_t rc =
        egret_xsd_token(reader, root, "targetNamespace", &target, &is_there);

    if (rc != EGRET_OK) {
        return rc;
    }
    if (!xsd->has_target) {
        xsd->target = target;
        xsd->has_target = true;
        return EGRET_OK;
    }
    reader->is_chameleon = !is_there && xsd->target.length > 0;
    if (is_there && !egret_span_equals(target, xsd->target)) {
        return egret_xsd_fail(xsd, egret_xsd_place(reader, root),
                              EGRET_ESYNTAX,
                              "included, but of another namespace, %.*s",
                              EGRET_SPAN_ARGS(target));
    }
    return EGRET_OK;
}

static egret_rc_t
read_schema(egret_xsd_reader_t *reader, const xmlNode *root)
{
    static const char *const names[] = { "targetNamespace",
                                         "elementFormDefault",
                                         "attributeFormDefault", "version",
                                         NULL };
    egret_rc_t rc;

    if (!egret_xsd_is(root, "schema") || root->ns == NULL
        || strcmp((const char *) root->ns->href, EGRET_XSD_NAMESPACE) != 0)
    {
        return egret_xsd_fail(reader->xsd, egret_xsd_place(reader, root),
                              EGRET_ESYNTAX, "not an XML Schema");
    }
    rc = egret_xsd_attributes(reader, root, names);
    if (rc == EGRET_OK) {
        rc = read_target(reader, root);
    }
    if (rc == EGRET_OK) {
        rc = read_form(reader, root, names[1], &reader->is_qualified);
    }
    if (rc == EGRET_OK) {
        rc = read_form(reader, root, names[2],
                       &reader->has_qualified_attributes);
    }
    return rc == EGRET_OK ? read_globals(reader, root) : rc;
}

static egret_rc_t
fail_parsing(egret_xsd_t *xsd, const char *file, xmlParserCtxt *parser)
{
    const xmlError *error = xmlCtxtGetLastError(parser);
    egret_xsd_place_t place = { file, 0 };
    const char *message = "not well-formed XML";
    int length;

    if (error != NULL && error->message != NULL) {
        message = error->message;
        place.line = error->line > 0 ? (unsigned) error->line : 0;
    }
    length = (int) strcspn(message, "\n");
    return egret_xsd_fail(xsd, place, EGRET_ESYNTAX, "%.*s", length, message);
}

egret_rc_t
egret_xsd_read(egret_xsd_t *xsd, const char *file, egret_span_t text)
{
    egret_xsd_reader_t reader = { .xsd = xsd, .file = file };
    egret_xsd_place_t top = { file, 1 };
    xmlParserCtxt *parser;
    xmlDoc *document;
    egret_rc_t rc;

    if (text.length == 0 || text.length > INT_MAX) {
        return egret_xsd_fail(xsd, top, EGRET_ESYNTAX, "an empty file");
    }
    parser = xmlNewParserCtxt();
    if (parser == NULL) {
        return EGRET_ENOMEM;
    }
    document = xmlCtxtReadMemory(parser, text.at, (int) text.length, NULL,
                                 NULL, PARSE_OPTIONS);
    if (document == NULL) {
        rc = fail_parsing(xsd, file, parser);
    } else if (document->intSubset != NULL || document->extSubset != NULL) {
        rc = egret_xsd_fail(xsd, top, EGRET_EUNSUPPORTED,
                            "a DOCTYPE is not supported");
    } else {
        rc = read_schema(&reader, xmlDocGetRootElement(document));
    }
    xmlFreeDoc(document);
    xmlFreeParserCtxt(parser);
    return rc;
}

egret_rc_t
egret_xsd_target(egret_arena_t *arena, egret_span_t text, bool *has_target,
                 egret_span_t *target)
{
    xmlTextReader *reader;
    xmlChar *value = NULL;
    bool is_read = false;
    egret_rc_t rc = EGRET_OK;

    *has_target = false;
    if (text.length == 0 || text.length > INT_MAX) {
        return EGRET_ESYNTAX;
    }
    reader = xmlReaderForMemory(text.at, (int) text.length, NULL, NULL,
                                PARSE_OPTIONS);
    if (reader == NULL) {
        return EGRET_ENOMEM;
    }
    while (xmlTextReaderRead(reader) == 1) {
        if (xmlTextReaderNodeType(reader) == XML_READER_TYPE_ELEMENT) {
            is_read = true;
            value = xmlTextReaderGetAttribute(
                reader, (const xmlChar *) "targetNamespace");
            break;
        }
    }
    if (value != NULL) {
        *has_target = true;
        *target = egret_arena_copy(arena,
                                   egret_span_from((const char *) value));
        rc = target->at == NULL ? egret_arena_rc(arena) : EGRET_OK;
        xmlFree(value);
    }
    xmlFreeTextReader(reader);
    return is_read ? rc : EGRET_ESYNTAX;
}
