/* SPDX-License-Identifier: Apache-2.0 */
/* xsd: what a schema says, read from its XML into a tree.
 *
 * Only the parts of XML Schema that egret compiles are in the tree; every
 * other one is refused while reading, with file and line. libxml2 reads the
 * XML; its document is gone when the call returns. Names are resolved as far
 * as "a built-in type" or "of this namespace"; compile.c looks them up.
 *
 * Source of the rules: XML Schema 1.0 Part 1, 3 and 4.2.1 (include). */
#ifndef EGRET_SCHEMA_XSD_H
#define EGRET_SCHEMA_XSD_H

#include "schema/schemas.h"
#include "schema/simple.h"

#define EGRET_XSD_UNBOUNDED UINT32_MAX

typedef struct {
    const char *file;
    unsigned line;
} egret_xsd_place_t;

/* name.length == 0: none is given. */
typedef struct {
    egret_span_t name;
    bool is_builtin;
} egret_xsd_reference_t;

typedef struct egret_xsd_simple {
    egret_span_t name;
    egret_xsd_place_t place;
    egret_xsd_reference_t base;
    struct egret_xsd_simple *inner; /* the base, when it is written inside */
    egret_facet_text_t *facets;
    size_t facet_count;
    const egret_simple_t *simple; /* once compiled */
    const egret_type_t *type;     /* once compiled */
    bool is_open;                 /* while being compiled */
} egret_xsd_simple_t;

typedef struct egret_xsd_attribute {
    egret_span_t name;
    egret_xsd_place_t place;
    bool is_qualified;
    bool is_required;
    egret_xsd_reference_t type;
    egret_xsd_simple_t *inner;
    struct egret_xsd_attribute *next;
} egret_xsd_attribute_t;

struct egret_xsd_complex;

typedef struct {
    egret_span_t name;
    egret_xsd_place_t place;
    egret_xsd_reference_t reference; /* ref="…": then nothing else */
    egret_xsd_reference_t type;
    egret_xsd_simple_t *simple;
    struct egret_xsd_complex *complex;
    egret_element_t *compiled; /* a global one, once compiled */
} egret_xsd_element_t;

typedef enum {
    EGRET_WILDCARD_STRICT,
    EGRET_WILDCARD_LAX,
    EGRET_WILDCARD_SKIP
} egret_wildcard_mode_t;

typedef struct {
    egret_wildcard_mode_t mode;
    bool is_any;   /* ##any */
    bool is_other; /* ##other: any but `target` and none */
    egret_span_t target;
    egret_span_t *namespaces; /* "" is ##local */
    size_t namespace_count;
} egret_wildcard_t;

typedef enum {
    EGRET_XSD_ELEMENT,
    EGRET_XSD_ANY,
    EGRET_XSD_SEQUENCE,
    EGRET_XSD_CHOICE
} egret_xsd_kind_t;

typedef struct egret_xsd_particle {
    egret_xsd_kind_t kind;
    uint32_t least;
    uint32_t most; /* or EGRET_XSD_UNBOUNDED */
    egret_xsd_place_t place;
    egret_xsd_element_t *element;
    const egret_wildcard_t *wildcard;
    struct egret_xsd_particle *first;
    struct egret_xsd_particle *next;
} egret_xsd_particle_t;

typedef struct egret_xsd_complex {
    egret_span_t name;
    egret_xsd_place_t place;
    egret_xsd_particle_t *particle; /* NULL: empty or simple content */
    bool is_simple_content;
    egret_xsd_reference_t base; /* of simple content */
    egret_xsd_attribute_t *attributes;
    size_t attribute_count;
    egret_type_t *type; /* once compiled, perhaps not filled yet */
    bool is_open;       /* while it is being filled */
    bool is_filled;
    struct egret_xsd_complex *next_to_fill;
} egret_xsd_complex_t;

typedef struct egret_xsd_include {
    egret_span_t location;
    egret_xsd_place_t place;
    struct egret_xsd_include *next;
} egret_xsd_include_t;

/* One namespace, from one file and what it includes. */
typedef struct {
    egret_arena_t *arena;   /* for names and values: they live on */
    egret_arena_t *scratch; /* for the tree */
    egret_schema_fault_t *fault;
    egret_span_t target; /* its namespace, "" for none */
    bool has_target;     /* the first file was read */
    egret_map_t simples;   /* by name */
    egret_map_t complexes; /* by name; a name is in one of the two */
    egret_map_t elements;  /* the global ones, by name */
    egret_xsd_include_t *includes; /* still to be read; the reader takes them */
} egret_xsd_t;

void egret_xsd_init(egret_xsd_t *xsd, egret_arena_t *arena,
                    egret_arena_t *scratch, egret_schema_fault_t *fault);

/* Reads one file's text into the tree; the first one decides the namespace, a
 * later one must have the same or none (it then takes on this one). `file` is
 * for messages and must live as long as the tree. EGRET_ESYNTAX (no XML, no
 * schema, against XML Schema's own rules), EGRET_EUNSUPPORTED, EGRET_EEXIST
 * (one name declared twice): the fault is set. EGRET_ENOMEM, EGRET_ELIMIT. */
egret_rc_t egret_xsd_read(egret_xsd_t *xsd, const char *file,
                          egret_span_t text) EGRET_MUST_USE;

/* Only the targetNamespace: `*has_target` false when there is none, or the
 * text is no schema. The namespace lives in `arena`. EGRET_ESYNTAX when not
 * even the root element can be read; no fault is set. */
egret_rc_t egret_xsd_target(egret_arena_t *arena, egret_span_t text,
                            bool *has_target, egret_span_t *target)
    EGRET_MUST_USE;

/* Sets the fault "FILE:LINE: text" and returns `rc`. */
egret_rc_t egret_xsd_fail(egret_xsd_t *xsd, egret_xsd_place_t place,
                          egret_rc_t rc, const char *format, ...)
    EGRET_PRINTF(4, 5) EGRET_MUST_USE;

#endif
