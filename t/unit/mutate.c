/* SPDX-License-Identifier: Apache-2.0 */
#include "mutate.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#define PLACES 8192

typedef struct {
    xmlNode *items[PLACES];
    uint32_t count;
} places_t;

static const char *const names[] = {
    "misspell",
    "remove",
    "duplicate",
    "swap",
    "stranger",
    "hollow",
    "namespace",
    "text",
    "nest",
    "empty",
    "overlong",
    "form",
    "case",
    "digits",
    "drop-attribute",
    "add-attribute",
    "spoil-attribute",
    "space",
    "comment",
    "instruction",
    "cdata",
    "reference",
    "prefix",
    "cjk",
};

const char *
egret_test_mutation_name(egret_mutation_t kind)
{
    return names[kind];
}

uint32_t
egret_test_random(uint32_t *seed, uint32_t bound)
{
    /* xorshift32 */
    *seed ^= *seed << 13;
    *seed ^= *seed >> 17;
    *seed ^= *seed << 5;
    return *seed % bound;
}

static bool
is_named(const xmlNode *node, const char *name)
{
    return node->type == XML_ELEMENT_NODE &&
           strcmp((const char *) node->name, name) == 0;
}

static xmlNode *
next_element(xmlNode *node)
{
    while (node != NULL && node->type != XML_ELEMENT_NODE) {
        node = node->next;
    }
    return node;
}

static bool
is_leaf(const xmlNode *node)
{
    return next_element(node->children) == NULL;
}

static bool
has_value(const xmlNode *node)
{
    return is_leaf(node) && node->children != NULL;
}

static bool
is_part(const xmlNode *node)
{
    return is_named(node, "AppHdr") || is_named(node, "Document");
}

static bool
fits(const xmlNode *node, egret_mutation_t kind)
{
    switch (kind) {
    case EGRET_MUTATE_TEXT:
    case EGRET_MUTATE_HOLLOW:
    case EGRET_MUTATE_SPACE:
    case EGRET_MUTATE_COMMENT:
    case EGRET_MUTATE_INSTRUCTION:
        return !is_leaf(node);
    case EGRET_MUTATE_NEST:
    case EGRET_MUTATE_EMPTY:
    case EGRET_MUTATE_OVERLONG:
    case EGRET_MUTATE_FORM:
    case EGRET_MUTATE_CASE:
    case EGRET_MUTATE_DIGITS:
    case EGRET_MUTATE_CDATA:
    case EGRET_MUTATE_REFERENCE:
    case EGRET_MUTATE_CJK:
        return has_value(node);
    case EGRET_MUTATE_DROP_ATTRIBUTE:
    case EGRET_MUTATE_SPOIL_ATTRIBUTE:
        return node->properties != NULL && node->properties->ns == NULL;
    case EGRET_MUTATE_SWAP:
        return !is_part(node) && next_element(node->next) != NULL &&
               strcmp((const char *) node->name,
                      (const char *) next_element(node->next)->name) != 0;
    case EGRET_MUTATE_PREFIX:
        return node->nsDef != NULL;
    default:
        return !is_part(node);
    }
}

static void
collect(xmlNode *node, egret_mutation_t kind, bool is_inside, places_t *places)
{
    for (node = next_element(node); node != NULL;
         node = next_element(node->next)) {
        bool is_in = is_inside || is_part(node);

        if (is_named(node, "Envlp") || is_named(node, "Sgntr")) {
            continue;
        }
        if (is_in && fits(node, kind) && places->count < PLACES) {
            places->items[places->count++] = node;
        }
        collect(node->children, kind, is_in, places);
    }
}

static void
set_value(xmlNode *node, const char *value)
{
    xmlNodeSetContent(node, NULL);
    xmlNodeAddContent(node, (const xmlChar *) value);
}

static void
misspell(xmlNode *node)
{
    char name[256];

    (void) snprintf(name, sizeof(name), "%sx", (const char *) node->name);
    xmlNodeSetName(node, (const xmlChar *) name);
}

static void
overlong(xmlNode *node)
{
    static char text[25001];

    memset(text, 'A', sizeof(text) - 1);
    xmlNodeAddContent(node, (const xmlChar *) text);
}

static void
change_case(xmlNode *node)
{
    xmlChar *text = xmlNodeGetContent(node);

    for (xmlChar *at = text; *at != '\0'; at++) {
        if (*at < 0x80) {
            *at = (xmlChar) (islower(*at) ? toupper(*at) : tolower(*at));
        }
    }
    set_value(node, (const char *) text);
    xmlFree(text);
}

static void
add_cjk(xmlNode *node, uint32_t *seed)
{
    static const uint32_t lengths[] = { 1,   4,   16,  34,  35,  70,
                                        105, 140, 210, 350, 500, 2048 };
    uint32_t count =
        lengths[egret_test_random(seed, 12)] + egret_test_random(seed, 2);

    xmlNodeSetContent(node, NULL);
    for (uint32_t i = 0; i < count; i++) {
        xmlNodeAddContent(node, (const xmlChar *) (i % 2 ? "\xE7\xBB\xBF"
                                                         : "\xF0\xA0\x80\x8B"));
    }
}

static void
add_references(xmlNode *node)
{
    xmlChar *text = xmlNodeGetContent(node);
    const xmlChar *at = text;
    char name[16];

    xmlNodeSetContent(node, NULL);
    while (*at != '\0') {
        int length = 4;
        int character = xmlGetUTF8Char(at, &length);

        (void) snprintf(name, sizeof(name), "#x%X", (unsigned) character);
        xmlAddChild(node, xmlNewCharRef(node->doc, (const xmlChar *) name));
        at += length;
    }
    xmlFree(text);
}

static void
add_cdata(xmlNode *node)
{
    xmlChar *text = xmlNodeGetContent(node);

    xmlNodeSetContent(node, NULL);
    xmlAddChild(node, xmlNewCDataBlock(node->doc, text, xmlStrlen(text)));
    xmlFree(text);
}

static void
hollow(xmlNode *node)
{
    while (node->children != NULL) {
        xmlNode *child = node->children;

        xmlUnlinkNode(child);
        xmlFreeNode(child);
    }
}

static void
add_prefix(xmlNode *node)
{
    xmlNs *ns = node->nsDef;

    xmlFree((xmlChar *) (uintptr_t) ns->prefix);
    ns->prefix = xmlStrdup((const xmlChar *) "q7");
}

static void
apply_to_value(xmlNode *node, egret_mutation_t kind, uint32_t *seed)
{
    switch (kind) {
    case EGRET_MUTATE_NEST:
        xmlNewChild(node, node->ns, (const xmlChar *) "Id",
                    (const xmlChar *) "1");
        break;
    case EGRET_MUTATE_EMPTY:
        xmlNodeSetContent(node, NULL);
        break;
    case EGRET_MUTATE_OVERLONG:
        overlong(node);
        break;
    case EGRET_MUTATE_FORM:
        set_value(node, "~ ~");
        break;
    case EGRET_MUTATE_CASE:
        change_case(node);
        break;
    case EGRET_MUTATE_DIGITS:
        set_value(node, "-123456789012345678.123456");
        break;
    case EGRET_MUTATE_CDATA:
        add_cdata(node);
        break;
    case EGRET_MUTATE_REFERENCE:
        add_references(node);
        break;
    default:
        add_cjk(node, seed);
    }
}

static void
apply_between(xmlNode *node, egret_mutation_t kind)
{
    xmlNode *child = next_element(node->children);
    xmlNode *added = NULL;

    switch (kind) {
    case EGRET_MUTATE_TEXT:
        added = xmlNewText((const xmlChar *) "stray");
        break;
    case EGRET_MUTATE_SPACE:
        added = xmlNewText((const xmlChar *) "\n \t\n");
        break;
    case EGRET_MUTATE_COMMENT:
        added = xmlNewComment((const xmlChar *) " <Id>1</Id> ");
        break;
    default:
        added = xmlNewPI((const xmlChar *) "note", (const xmlChar *) "x='1'");
    }
    xmlAddNextSibling(child, added);
}

static void
apply_to_attribute(xmlNode *node, egret_mutation_t kind)
{
    switch (kind) {
    case EGRET_MUTATE_DROP_ATTRIBUTE:
        xmlRemoveProp(node->properties);
        break;
    case EGRET_MUTATE_ADD_ATTRIBUTE:
        xmlNewProp(node, (const xmlChar *) "Vrsn", (const xmlChar *) "1");
        break;
    default:
        xmlSetProp(node, node->properties->name, (const xmlChar *) "~");
    }
}

static void
apply_to_element(xmlNode *node, egret_mutation_t kind)
{
    switch (kind) {
    case EGRET_MUTATE_MISSPELL:
        misspell(node);
        break;
    case EGRET_MUTATE_REMOVE:
        xmlUnlinkNode(node);
        xmlFreeNode(node);
        break;
    case EGRET_MUTATE_DUPLICATE:
        xmlAddNextSibling(node, xmlCopyNode(node, 1));
        break;
    case EGRET_MUTATE_SWAP:
        xmlAddPrevSibling(node, next_element(node->next));
        break;
    case EGRET_MUTATE_STRANGER:
        xmlAddNextSibling(
            node, xmlNewNode(node->ns, (const xmlChar *) "Qqqqqqqqqqq"));
        break;
    case EGRET_MUTATE_HOLLOW:
        hollow(node);
        break;
    default:
        xmlSetNs(node, xmlNewNs(node, (const xmlChar *) "urn:else",
                                (const xmlChar *) "e7"));
    }
}

static void
apply(xmlNode *node, egret_mutation_t kind, uint32_t *seed)
{
    switch (kind) {
    case EGRET_MUTATE_TEXT:
    case EGRET_MUTATE_SPACE:
    case EGRET_MUTATE_COMMENT:
    case EGRET_MUTATE_INSTRUCTION:
        apply_between(node, kind);
        break;
    case EGRET_MUTATE_DROP_ATTRIBUTE:
    case EGRET_MUTATE_ADD_ATTRIBUTE:
    case EGRET_MUTATE_SPOIL_ATTRIBUTE:
        apply_to_attribute(node, kind);
        break;
    case EGRET_MUTATE_PREFIX:
        add_prefix(node);
        break;
    default:
        if (kind <= EGRET_MUTATE_NAMESPACE) {
            apply_to_element(node, kind);
        } else {
            apply_to_value(node, kind, seed);
        }
    }
}

bool
egret_test_mutate(xmlDoc *document, egret_mutation_t kind, uint32_t *seed)
{
    static places_t places;

    places.count = 0;
    collect(xmlDocGetRootElement(document), kind, false, &places);
    if (places.count == 0) {
        return false;
    }
    apply(places.items[egret_test_random(seed, places.count)], kind, seed);
    return true;
}

bool
egret_test_mutate_apart(xmlDoc *document, egret_mutation_t kind, uint32_t *seed)
{
    static places_t places;
    uint32_t kept = 0;
    xmlNode *node;

    places.count = 0;
    collect(xmlDocGetRootElement(document), kind, false, &places);
    for (uint32_t i = 0; i < places.count; i++) {
        if (is_leaf(places.items[i]) &&
            places.items[i]->parent->_private == NULL) {
            places.items[kept++] = places.items[i];
        }
    }
    if (kept == 0) {
        return false;
    }
    node = places.items[egret_test_random(seed, kept)];
    node->parent->_private = document;
    node->_private = document;
    apply(node, kind, seed);
    return true;
}
