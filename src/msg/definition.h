/* SPDX-License-Identifier: Apache-2.0 */
/* definition: what one message definition declares: its elements, in which
 * order, which of them repeat, what their values are.
 *
 * The `msg` layer holds a message and what may be said of it without knowing
 * its syntax. The `schema` layer fills these tables at configuration time from
 * XSD files; codec, paths, checks and rules only read them. They are
 * immutable afterwards and shared by all threads.
 *
 * An element declaration stands once for each complex type that has it (Dbtr
 * and Cdtr share one type, so Dbtr/Nm and Cdtr/Nm are one declaration). Its
 * address is its identity. */
#ifndef EGRET_MSG_DEFINITION_H
#define EGRET_MSG_DEFINITION_H

#include "util/arena.h"
#include "util/map.h"

typedef struct egret_definition egret_definition_t;
typedef struct egret_element egret_element_t;
typedef struct egret_attribute egret_attribute_t;
typedef struct egret_type egret_type_t;

/* What a value is, by the built-in type that a simple type comes from. */
typedef enum {
    EGRET_VALUE_NONE, /* element-only or empty content */
    EGRET_VALUE_TEXT,
    EGRET_VALUE_DECIMAL, /* all of decimal and integer */
    EGRET_VALUE_BOOLEAN,
    EGRET_VALUE_DATE,
    EGRET_VALUE_DATETIME,
    EGRET_VALUE_TIME,
    EGRET_VALUE_OTHER /* gYear, gYearMonth, base64Binary, hexBinary … */
} egret_value_kind_t;

struct egret_attribute {
    egret_span_t name;
    egret_span_t namespace_uri; /* "" for unqualified */
    bool is_required;
    egret_value_kind_t kind;
    const void *rule; /* the schema layer's own */
};

struct egret_type {
    egret_span_t name; /* "" when anonymous */
    egret_value_kind_t kind;
    bool is_simple_content; /* a value (with or without attributes) */
    bool has_wildcard;      /* an xs:any stands somewhere in its content */
    bool is_narrowed; /* a pattern, an enumeration or a bound takes less than
                         its kind has */
    const egret_element_t *const *children; /* schema order, each name once */
    size_t child_count;
    const egret_attribute_t *attributes;
    size_t attribute_count;
    const void *model; /* the schema layer's own automaton or facets */
};

struct egret_element {
    egret_span_t name;
    const egret_definition_t *definition;
    const egret_type_t *type;
    bool is_repeatable; /* may stand more than once in one parent */
    uint32_t index;     /* 0 to definition->element_count - 1 */
};

struct egret_definition {
    egret_span_t namespace_uri;
    /* "pacs.008.001.08": what follows "…:xsd:"; else the whole namespace. */
    egret_span_t id;
    const egret_element_t *const *roots; /* the global elements */
    size_t root_count;
    size_t element_count; /* all declarations, global and local */
    const void *schema;   /* the schema layer's own */
};

/* A set of definitions, by namespace. */
typedef struct {
    egret_map_t by_namespace; /* to const egret_definition_t * */
} egret_definitions_t;

#define EGRET_ISO_NAMESPACE "urn:iso:std:iso:20022:tech:xsd:"

const egret_definition_t *
egret_definitions_find(const egret_definitions_t *definitions,
                       egret_span_t namespace_uri);
/* By id ("pacs.008.001.08"). A list is walked: configuration time only. */
const egret_definition_t *
egret_definitions_find_id(const egret_definitions_t *definitions,
                          egret_span_t id);

/* The global element of that name, or NULL. */
const egret_element_t *
egret_definition_root(const egret_definition_t *definition, egret_span_t name);
/* The child declaration of that name, or NULL. */
const egret_element_t *egret_type_child(const egret_type_t *type,
                                        egret_span_t name);
const egret_attribute_t *egret_type_attribute(const egret_type_t *type,
                                              egret_span_t namespace_uri,
                                              egret_span_t name);

#endif
