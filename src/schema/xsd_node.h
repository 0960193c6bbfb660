/* SPDX-License-Identifier: Apache-2.0 */
/* xsd_node: reading one element of a schema's XML: its attributes, its
 * children, the names it refers to.
 *
 * Includes libxml2: for xsd.c, xsd_simple.c and xsd_type.c alone. */
#ifndef EGRET_SCHEMA_XSD_NODE_H
#define EGRET_SCHEMA_XSD_NODE_H

#include <libxml/tree.h>

#include "schema/xsd.h"

#define EGRET_XSD_NAMESPACE "http://www.w3.org/2001/XMLSchema"

typedef struct {
    egret_xsd_t *xsd;
    const char *file;
    bool is_chameleon; /* the file has no namespace of its own */
    bool is_qualified; /* elementFormDefault */
    bool has_qualified_attributes; /* attributeFormDefault */
} egret_xsd_reader_t;

egret_xsd_place_t egret_xsd_place(const egret_xsd_reader_t *reader,
                                  const xmlNode *node);
bool egret_xsd_is(const xmlNode *node, const char *name);

/* The first or next child that is an element, annotations passed over. Text
 * between, or an element of another namespace, is EGRET_ESYNTAX. NULL at the
 * end. */
egret_rc_t egret_xsd_child(egret_xsd_reader_t *reader, const xmlNode *parent,
                           const xmlNode *before, const xmlNode **out)
    EGRET_MUST_USE;

/* No element may stand in `node`, after `before` (NULL: at all). */
egret_rc_t egret_xsd_expect_end(egret_xsd_reader_t *reader,
                                const xmlNode *node, const xmlNode *before)
    EGRET_MUST_USE;

/* `names` (ends at NULL) are all the attributes that may stand here, besides
 * id and those of other namespaces: any other is EGRET_EUNSUPPORTED. */
egret_rc_t egret_xsd_attributes(egret_xsd_reader_t *reader,
                                const xmlNode *node, const char *const *names)
    EGRET_MUST_USE;

/* A copy of the value, as written, in the arena that lives on. `*has_value`
 * (may be NULL) says whether it stands there; without it the value is "". */
egret_rc_t egret_xsd_value(egret_xsd_reader_t *reader, const xmlNode *node,
                           const char *name, egret_span_t *out,
                           bool *has_value) EGRET_MUST_USE;
/* The same, trimmed; an empty one that stands there is EGRET_ESYNTAX. */
egret_rc_t egret_xsd_token(egret_xsd_reader_t *reader, const xmlNode *node,
                           const char *name, egret_span_t *out,
                           bool *has_value) EGRET_MUST_USE;
/* An NCName; absent is EGRET_ESYNTAX. */
egret_rc_t egret_xsd_name(egret_xsd_reader_t *reader, const xmlNode *node,
                          egret_span_t *out) EGRET_MUST_USE;
/* A boolean; absent leaves `*out` as it is. */
egret_rc_t egret_xsd_boolean(egret_xsd_reader_t *reader, const xmlNode *node,
                             const char *name, bool *out) EGRET_MUST_USE;
/* minOccurs and maxOccurs. */
egret_rc_t egret_xsd_occurs(egret_xsd_reader_t *reader, const xmlNode *node,
                            uint32_t *least, uint32_t *most) EGRET_MUST_USE;
/* A QName that refers to a built-in type or into the own namespace; absent
 * gives an empty name. */
egret_rc_t egret_xsd_reference(egret_xsd_reader_t *reader, const xmlNode *node,
                               const char *name, egret_xsd_reference_t *out)
    EGRET_MUST_USE;

egret_rc_t egret_xsd_refuse(egret_xsd_reader_t *reader, const xmlNode *node)
    EGRET_MUST_USE;

/* In xsd_simple.c. A simpleType's content; its name (or "") is set by the
 * caller, as for complexType. And the attributes after `before`, added to a
 * complex type. */
egret_rc_t egret_xsd_read_simple(egret_xsd_reader_t *reader,
                                 const xmlNode *node,
                                 egret_xsd_simple_t **out) EGRET_MUST_USE;
egret_rc_t egret_xsd_read_attributes(egret_xsd_reader_t *reader,
                                     const xmlNode *node,
                                     const xmlNode *before,
                                     egret_xsd_complex_t *complex)
    EGRET_MUST_USE;

/* In xsd_type.c. */
egret_rc_t egret_xsd_read_complex(egret_xsd_reader_t *reader,
                                  const xmlNode *node,
                                  egret_xsd_complex_t **out) EGRET_MUST_USE;
/* An element declaration, global or in a particle. */
egret_rc_t egret_xsd_read_element(egret_xsd_reader_t *reader,
                                  const xmlNode *node, bool is_global,
                                  egret_xsd_element_t **out) EGRET_MUST_USE;

#endif
