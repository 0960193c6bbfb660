/* SPDX-License-Identifier: Apache-2.0 */

#include <stdio.h>
#include <string.h>

#include <libxml/parser.h>
#include <libxml/tree.h>

#include "dom.h"


typedef struct {
    const egret_tape_t *tape;
    egret_node_t next;
    const char *flaw;
} walk_t;


static void
be_silent(void *context, xmlError *error)
{
    (void) context;
    (void) error;
}


static xmlDoc *
parse(egret_span_t bytes)
{
    xmlDoc *doc;

    xmlSetStructuredErrorFunc(NULL, be_silent);
    doc = xmlReadMemory(bytes.at, (int) bytes.length, NULL, NULL,
                        XML_PARSE_NONET | XML_PARSE_IGNORE_ENC
                            | XML_PARSE_NOENT);
    xmlSetStructuredErrorFunc(NULL, NULL);

    return doc;
}


static bool
equals(egret_span_t span, const xmlChar *text)
{
    return egret_span_equals_text(span,
                                  text == NULL ? "" : (const char *) text);
}


static bool
is_namespace(const egret_tape_t *tape, uint16_t index, const xmlNs *ns)
{
    egret_span_t uri = index == 0 ? EGRET_SPAN("") : tape->namespaces[index];

    return equals(uri, ns == NULL ? NULL : ns->href);
}


static const char *
attribute_difference(const egret_tape_t *tape, const egret_tape_node_t *node,
                     const xmlNode *element)
{
    uint32_t count = 0;

    for (xmlAttr *attr = element->properties; attr != NULL;
         attr = attr->next)
    {
        const egret_tape_attribute_t *attribute;
        xmlChar *value;
        bool is_equal;

        if (count == node->attribute_count) {
            return "an attribute is missing";
        }
        attribute = &tape->attributes[node->attribute_first + count++];
        if (!equals(attribute->name, attr->name)
            || !is_namespace(tape, attribute->namespace_index, attr->ns))
        {
            return "the name of an attribute";
        }
        value = xmlNodeListGetString(element->doc, attr->children, 1);
        is_equal = equals(attribute->value, value);
        xmlFree(value);
        if (!is_equal) {
            return "the value of an attribute";
        }
    }

    return count == node->attribute_count ? NULL : "an attribute too many";
}


static const char *
text_difference(const egret_tape_t *tape, egret_node_t index, xmlNode *element)
{
    xmlChar *text;
    bool is_equal;

    if (xmlFirstElementChild(element) != NULL) {
        return egret_tape_child(tape, index) != EGRET_NODE_NONE
                       && egret_tape_value(tape, index).length == 0
                   ? NULL : "an element with children has a value";
    }
    text = xmlNodeGetContent(element);
    is_equal = equals(egret_tape_value(tape, index), text);
    xmlFree(text);

    return is_equal ? NULL : "the value";
}


static void
compare(walk_t *walk, xmlNode *element, uint8_t depth)
{
    const egret_tape_t *tape = walk->tape;
    egret_node_t index = walk->next;
    const egret_tape_node_t *node;

    if (index >= tape->node_count) {
        walk->flaw = "a node is missing";
        return;
    }
    node = egret_tape_at(tape, index);
    if (!equals(egret_tape_name(tape, index), element->name)) {
        walk->flaw = "the name";
    } else if (!is_namespace(tape, node->namespace_index, element->ns)) {
        walk->flaw = "the namespace";
    } else if (!equals(egret_tape_prefix(tape, index),
                       element->ns == NULL ? NULL : element->ns->prefix))
    {
        walk->flaw = "the prefix";
    } else if (node->depth != depth) {
        walk->flaw = "the depth";
    } else {
        walk->flaw = attribute_difference(tape, node, element);
    }
    if (walk->flaw == NULL) {
        walk->flaw = text_difference(tape, index, element);
    }

    for (xmlNode *child = xmlFirstElementChild(element);
         child != NULL && walk->flaw == NULL;
         child = xmlNextElementSibling(child))
    {
        walk->next++;
        compare(walk, child, (uint8_t) (depth + 1));
    }
}


const char *
egret_test_dom_difference(const egret_tape_t *tape, egret_node_t *node)
{
    walk_t walk = { .tape = tape };
    xmlDoc *doc = parse(tape->bytes);

    *node = 0;
    if (doc == NULL) {
        return "libxml2 reads no tree";
    }
    compare(&walk, xmlDocGetRootElement(doc), 1);
    xmlFreeDoc(doc);
    *node = walk.next;
    if (walk.flaw == NULL && walk.next + 1 != tape->node_count) {
        return "a node too many";
    }

    return walk.flaw;
}


static bool
is_named(const egret_tape_t *tape, egret_node_t index, const xmlNode *element)
{
    egret_span_t prefix = egret_tape_prefix(tape, index);
    char name[1024];

    if (element == NULL) {
        return false;
    }
    if (equals(egret_tape_name(tape, index), element->name)) {
        return true;
    }
    /* The prefix is declared above the slice. */
    (void) snprintf(name, sizeof(name), "%.*s:%.*s", EGRET_SPAN_ARGS(prefix),
                    EGRET_SPAN_ARGS(egret_tape_name(tape, index)));

    return strcmp(name, (const char *) element->name) == 0;
}


const char *
egret_test_dom_slices(const egret_tape_t *tape, egret_node_t *node)
{
    for (*node = 0; *node < tape->node_count; (*node)++) {
        const egret_tape_node_t *at = egret_tape_at(tape, *node);
        xmlDoc *doc = parse(egret_span_slice(tape->bytes, at->tag_open,
                                             at->end_close));
        bool is_equal = doc != NULL
                        && is_named(tape, *node, xmlDocGetRootElement(doc));

        xmlFreeDoc(doc);
        if (!is_equal) {
            return "the slice is no such element";
        }
    }

    return NULL;
}
