/* SPDX-License-Identifier: Apache-2.0 */
#include "schema/xsd_node.h"

#include <stdlib.h>
#include <string.h>

#define OCCURS_LARGEST 1000000

egret_xsd_place_t
egret_xsd_place(const egret_xsd_reader_t *reader, const xmlNode *node)
{
    long line = xmlGetLineNo(node);
    egret_xsd_place_t place = { reader->file, line > 0 ? (unsigned) line : 0 };

    return place;
}

static egret_rc_t
fail(egret_xsd_reader_t *reader, const xmlNode *node, const char *what,
     const char *name)
{
    return egret_xsd_fail(reader->xsd, egret_xsd_place(reader, node),
                          EGRET_ESYNTAX, "%s: %s", name, what);
}

egret_rc_t
egret_xsd_refuse(egret_xsd_reader_t *reader, const xmlNode *node)
{
    return egret_xsd_fail(reader->xsd, egret_xsd_place(reader, node),
                          EGRET_EUNSUPPORTED, "xs:%.64s is not supported here",
                          (const char *) node->name);
}

bool
egret_xsd_is(const xmlNode *node, const char *name)
{
    return node != NULL && strcmp((const char *) node->name, name) == 0;
}

static bool
is_white(const xmlChar *text)
{
    while (text != NULL && *text != '\0') {
        if (*text != ' ' && *text != '\t' && *text != '\n' && *text != '\r') {
            return false;
        }
        text++;
    }
    return true;
}

egret_rc_t
egret_xsd_child(egret_xsd_reader_t *reader, const xmlNode *parent,
                const xmlNode *before, const xmlNode **out)
{
    const xmlNode *at = before == NULL ? parent->children : before->next;

    for (; at != NULL; at = at->next) {
        if (at->type == XML_COMMENT_NODE || at->type == XML_PI_NODE
            || (at->type == XML_TEXT_NODE && is_white(at->content)))
        {
            continue;
        }
        if (at->type != XML_ELEMENT_NODE) {
            return fail(reader, at, "text is not allowed here",
                        (const char *) parent->name);
        }
        if (at->ns == NULL
            || strcmp((const char *) at->ns->href, EGRET_XSD_NAMESPACE) != 0)
        {
            return fail(reader, at, "this element is none of XML Schema",
                        (const char *) at->name);
        }
        if (!egret_xsd_is(at, "annotation")) {
            break;
        }
    }
    *out = at;
    return EGRET_OK;
}

egret_rc_t
egret_xsd_expect_end(egret_xsd_reader_t *reader, const xmlNode *node,
                     const xmlNode *before)
{
    const xmlNode *child;
    egret_rc_t rc = egret_xsd_child(reader, node, before, &child);

    return rc == EGRET_OK && child != NULL ? egret_xsd_refuse(reader, child)
                                           : rc;
}

egret_rc_t
egret_xsd_attributes(egret_xsd_reader_t *reader, const xmlNode *node,
                     const char *const *names)
{
    for (const xmlAttr *at = node->properties; at != NULL; at = at->next) {
        const char *const *name = names;

        if (at->ns != NULL || strcmp((const char *) at->name, "id") == 0) {
            continue;
        }
        while (*name != NULL && strcmp((const char *) at->name, *name) != 0) {
            name++;
        }
        if (*name == NULL) {
            return egret_xsd_fail(
                reader->xsd, egret_xsd_place(reader, node), EGRET_EUNSUPPORTED,
                "the attribute %.64s of xs:%.64s is not supported",
                (const char *) at->name, (const char *) node->name);
        }
    }
    return EGRET_OK;
}

egret_rc_t
egret_xsd_value(egret_xsd_reader_t *reader, const xmlNode *node,
                const char *name, egret_span_t *out, bool *has_value)
{
    xmlChar *value = xmlGetNoNsProp(node, (const xmlChar *) name);

    if (has_value != NULL) {
        *has_value = value != NULL;
    }
    *out = EGRET_SPAN("");
    if (value != NULL) {
        *out = egret_arena_copy(reader->xsd->arena,
                                egret_span_from((const char *) value));
        xmlFree(value);
        if (out->at == NULL) {
            return egret_arena_rc(reader->xsd->arena);
        }
    }
    return EGRET_OK;
}

egret_rc_t
egret_xsd_token(egret_xsd_reader_t *reader, const xmlNode *node,
                const char *name, egret_span_t *out, bool *has_value)
{
    bool is_there;
    egret_rc_t rc = egret_xsd_value(reader, node, name, out, &is_there);

    *out = egret_span_trim(*out);
    if (has_value != NULL) {
        *has_value = is_there;
    }
    if (rc == EGRET_OK && is_there && out->length == 0) {
        return fail(reader, node, "is empty", name);
    }
    return rc;
}

egret_rc_t
egret_xsd_name(egret_xsd_reader_t *reader, const xmlNode *node,
               egret_span_t *out)
{
    const egret_builtin_t *ncname = egret_builtin_find(EGRET_SPAN("NCName"));
    egret_value_t value;
    egret_rc_t rc = egret_xsd_token(reader, node, "name", out, NULL);

    if (rc == EGRET_OK && !egret_value_read(ncname, *out, &value)) {
        return fail(reader, node, "a name was expected", "name");
    }
    return rc;
}

egret_rc_t
egret_xsd_boolean(egret_xsd_reader_t *reader, const xmlNode *node,
                  const char *name, bool *out)
{
    egret_span_t value;
    bool is_there;
    egret_rc_t rc = egret_xsd_token(reader, node, name, &value, &is_there);

    if (rc != EGRET_OK || !is_there) {
        return rc;
    }
    *out = egret_span_equals_text(value, "true")
           || egret_span_equals_text(value, "1");
    if (!*out && !egret_span_equals_text(value, "false")
        && !egret_span_equals_text(value, "0"))
    {
        return fail(reader, node, "true or false was expected", name);
    }
    return EGRET_OK;
}

static egret_rc_t
read_occurs(egret_xsd_reader_t *reader, const xmlNode *node, const char *name,
            uint32_t *out)
{
    egret_span_t value;
    bool is_there;
    egret_rc_t rc = egret_xsd_token(reader, node, name, &value, &is_there);
    uint32_t count = 0;

    *out = 1;
    if (rc != EGRET_OK || !is_there) {
        return rc;
    }
    if (strcmp(name, "maxOccurs") == 0
        && egret_span_equals_text(value, "unbounded"))
    {
        *out = EGRET_XSD_UNBOUNDED;
        return EGRET_OK;
    }
    for (size_t i = 0; i < value.length; i++) {
        if (value.at[i] < '0' || value.at[i] > '9') {
            return fail(reader, node, "not a count", name);
        }
        count = count * 10 + (uint32_t) (value.at[i] - '0');
        if (count > OCCURS_LARGEST) {
            return egret_xsd_fail(reader->xsd, egret_xsd_place(reader, node),
                                  EGRET_EUNSUPPORTED,
                                  "%s: over %d is not supported", name,
                                  OCCURS_LARGEST);
        }
    }
    *out = count;
    return EGRET_OK;
}

egret_rc_t
egret_xsd_occurs(egret_xsd_reader_t *reader, const xmlNode *node,
                 uint32_t *least, uint32_t *most)
{
    egret_rc_t rc = read_occurs(reader, node, "minOccurs", least);

    if (rc == EGRET_OK) {
        rc = read_occurs(reader, node, "maxOccurs", most);
    }
    if (rc == EGRET_OK && *least > *most) {
        return fail(reader, node, "is above maxOccurs", "minOccurs");
    }
    return rc;
}

static bool
is_own(const egret_xsd_reader_t *reader, const char *namespace_uri)
{
    if (namespace_uri == NULL) {
        return reader->is_chameleon || reader->xsd->target.length == 0;
    }
    return egret_span_equals_text(reader->xsd->target, namespace_uri)
           && !reader->is_chameleon;
}

egret_rc_t
egret_xsd_reference(egret_xsd_reader_t *reader, const xmlNode *node,
                    const char *name, egret_xsd_reference_t *out)
{
    egret_span_t value;
    egret_span_t prefix = { NULL, 0 };
    size_t colon;
    xmlNs *ns;
    xmlChar *wanted = NULL;
    egret_rc_t rc = egret_xsd_token(reader, node, name, &value, NULL);

    memset(out, 0, sizeof(*out));
    if (rc != EGRET_OK || value.length == 0) {
        return rc;
    }
    colon = egret_span_find(value, ':');
    if (colon < value.length) {
        prefix = egret_span_slice(value, 0, colon);
        value = egret_span_slice(value, colon + 1, value.length);
        wanted = xmlStrndup((const xmlChar *) prefix.at, (int) prefix.length);
    }
    /* libxml2 asks for nodes it may change, and changes none. */
    ns = xmlSearchNs(node->doc, (xmlNode *) (uintptr_t) node, wanted);
    xmlFree(wanted);
    if (prefix.length > 0 && ns == NULL) {
        return fail(reader, node, "its prefix is not declared", name);
    }
    out->name = value;
    out->is_builtin =
        ns != NULL && strcmp((const char *) ns->href, EGRET_XSD_NAMESPACE) == 0;
    if (!out->is_builtin
        && !is_own(reader, ns == NULL ? NULL : (const char *) ns->href))
    {
        return egret_xsd_fail(reader->xsd, egret_xsd_place(reader, node),
                              EGRET_EUNSUPPORTED,
                              "%s: %.*s is of another namespace", name,
                              EGRET_SPAN_ARGS(value));
    }
    return EGRET_OK;
}
