/* SPDX-License-Identifier: Apache-2.0 */
/* schemas: XSD files compiled at configuration time into definition tables
 * and automata.
 *
 * The `schema` layer knows XSD. It compiles the subset that ISO 20022 uses into
 * tables of its own and refuses the rest at load, with file and line: a schema
 * that Egret half understands would pass bad messages in silence. libxml2 reads
 * the XSD files (as a DOM, at configuration time only).
 *
 * Source of the rules: XML Schema 1.0 Parts 1 and 2, second edition. */
#ifndef EGRET_SCHEMA_SCHEMAS_H
#define EGRET_SCHEMA_SCHEMAS_H

#include "msg/definition.h"
#include "util/arena.h"

typedef struct egret_schemas egret_schemas_t;

/* What went wrong with a file: `text` is one sentence "FILE:LINE: what". In
 * the arena. */
typedef struct {
    egret_span_t text;
} egret_schema_fault_t;

/* An empty set. NULL when the arena refuses. The set lives in the arena. */
egret_schemas_t *egret_schemas_create(egret_arena_t *arena);

/* Loads one XSD file with what it includes (relative to its own folder;
 * never outside the folder tree of the first file, never from the network).
 * EGRET_EIO when a file cannot be read, EGRET_ESYNTAX, EGRET_EUNSUPPORTED,
 * EGRET_EEXIST (its namespace is loaded already, from another file);
 * `*fault` says which, where and what. */
egret_rc_t egret_schemas_load_file(egret_schemas_t *schemas, const char *path,
                                   egret_schema_fault_t *fault) EGRET_MUST_USE;
/* Loads every *.xsd that stands directly in the folder, in the order of
 * their names. A file without targetNamespace (a common part) is skipped; one
 * whose root element cannot be read is EGRET_ESYNTAX.
 * With `ids` (may be NULL), only the files whose namespace ends in one of
 * these ids ("pacs.008.001.08"), and ids that no file declares are
 * EGRET_ENOTFOUND. */
egret_rc_t egret_schemas_load_folder(egret_schemas_t *schemas, const char *path,
                                     const egret_span_t *ids, size_t id_count,
                                     egret_schema_fault_t *fault)
    EGRET_MUST_USE;
/* One schema from memory without includes (tests and fuzzing); `name` stands
 * in for the file's. */
egret_rc_t egret_schemas_load_text(egret_schemas_t *schemas, const char *name,
                                   egret_span_t text,
                                   egret_schema_fault_t *fault) EGRET_MUST_USE;

/* The tables, for everybody else. Live as long as the arena. */
const egret_definitions_t *
egret_schemas_definitions(const egret_schemas_t *schemas);

#endif
