/* SPDX-License-Identifier: Apache-2.0 */
#include "schema/schemas.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "schema/compile.h"

#define FILE_LARGEST (8u << 20)
#define FILES_MOST 64 /* one schema with all its includes */
#define SCRATCH_LARGEST (256u << 20)

struct egret_schemas {
    egret_arena_t *arena;
    egret_definitions_t definitions;
    egret_builtin_types_t builtins;
};

/* The loading of one namespace. */
typedef struct {
    egret_schemas_t *schemas;
    egret_schema_fault_t *fault;
    egret_arena_t *scratch;
    egret_xsd_t xsd;
    egret_map_t files; /* read already, by real path */
    egret_span_t root; /* the folder no include may leave */
} load_t;

egret_schemas_t *
egret_schemas_create(egret_arena_t *arena)
{
    egret_schemas_t *schemas = egret_arena_zeroed(arena, 1, sizeof(*schemas));

    if (schemas != NULL) {
        schemas->arena = arena;
        egret_map_init(&schemas->definitions.by_namespace, arena);
        egret_builtin_types_init(&schemas->builtins, arena);
    }
    return schemas;
}

const egret_definitions_t *
egret_schemas_definitions(const egret_schemas_t *schemas)
{
    return &schemas->definitions;
}

const egret_type_t *
egret_schemas_builtin(const egret_schemas_t *schemas, egret_span_t name)
{
    return egret_map_find(&schemas->builtins.types, name);
}

static egret_rc_t
fail(egret_schemas_t *schemas, egret_schema_fault_t *fault, egret_rc_t rc,
     const char *place, const char *what)
{
    fault->text = egret_arena_print(schemas->arena, "%s: %s", place, what);
    return fault->text.at == NULL ? egret_arena_rc(schemas->arena) : rc;
}

/* Files. */

static egret_rc_t
read_stream(FILE *stream, size_t size, egret_arena_t *arena, egret_span_t *out)
{
    char *bytes = egret_arena_allocate(arena, size + 1);

    if (bytes == NULL) {
        return egret_arena_rc(arena);
    }
    out->at = bytes;
    out->length = fread(bytes, 1, size, stream);
    return ferror(stream) != 0 ? EGRET_EIO : EGRET_OK;
}

static egret_rc_t
read_file(const char *path, egret_arena_t *arena, egret_span_t *out)
{
    struct stat status;
    FILE *stream;
    egret_rc_t rc;

    if (stat(path, &status) != 0) {
        return EGRET_EIO;
    }
    if (!S_ISREG(status.st_mode)) {
        errno = EISDIR;
        return EGRET_EIO;
    }
    if ((uint64_t) status.st_size > FILE_LARGEST) {
        errno = EFBIG;
        return EGRET_EIO;
    }
    stream = fopen(path, "rb");
    if (stream == NULL) {
        return EGRET_EIO;
    }
    rc = read_stream(stream, (size_t) status.st_size, arena, out);
    fclose(stream);
    return rc;
}

static egret_rc_t
read_or_fail(load_t *load, const char *path, egret_span_t *out)
{
    egret_rc_t rc = read_file(path, load->scratch, out);

    return rc == EGRET_EIO ? fail(load->schemas, load->fault, rc, path,
                                  strerror(errno))
                           : rc;
}

static egret_span_t
folder_of(egret_span_t path)
{
    size_t length = path.length;

    while (length > 0 && path.at[length - 1] != '/') {
        length--;
    }
    return egret_span_slice(path, 0, length);
}

/* The path without links and dots, in scratch. */
static egret_rc_t
find_real_path(load_t *load, const char *path, egret_span_t *out)
{
    char real[PATH_MAX];

    if (realpath(path, real) == NULL) {
        return errno == ENOMEM ? EGRET_ENOMEM
                               : fail(load->schemas, load->fault, EGRET_EIO,
                                      path, strerror(errno));
    }
    *out = egret_arena_copy(load->scratch, egret_span_from(real));
    return out->at == NULL ? egret_arena_rc(load->scratch) : EGRET_OK;
}

/* Includes. */

static egret_rc_t
read_include(load_t *load, const egret_xsd_include_t *include)
{
    egret_span_t folder = folder_of(egret_span_from(include->place.file));
    egret_span_t path;
    egret_span_t real;
    egret_span_t text;
    egret_rc_t rc;

    path = egret_arena_print(load->scratch, "%.*s%.*s",
                             EGRET_SPAN_ARGS(folder),
                             EGRET_SPAN_ARGS(include->location));
    if (path.at == NULL) {
        return egret_arena_rc(load->scratch);
    }
    rc = find_real_path(load, path.at, &real);
    if (rc != EGRET_OK) {
        return rc;
    }
    if (!egret_span_starts_with(real, load->root)) {
        return egret_xsd_fail(&load->xsd, include->place, EGRET_EUNSUPPORTED,
                              "the include leaves the folder of the first "
                              "file");
    }
    rc = egret_map_add(&load->files, real, load);
    if (rc == EGRET_EEXIST) {
        return EGRET_OK;
    }
    if (rc == EGRET_OK && load->files.count > FILES_MOST) {
        return egret_xsd_fail(&load->xsd, include->place, EGRET_EUNSUPPORTED,
                              "over %d files", FILES_MOST);
    }
    if (rc == EGRET_OK) {
        rc = read_or_fail(load, path.at, &text);
    }
    return rc == EGRET_OK ? egret_xsd_read(&load->xsd, path.at, text) : rc;
}

static egret_rc_t
read_includes(load_t *load, bool is_allowed)
{
    egret_rc_t rc = EGRET_OK;

    while (rc == EGRET_OK && load->xsd.includes != NULL) {
        const egret_xsd_include_t *include = load->xsd.includes;

        load->xsd.includes = include->next;
        if (!is_allowed
            || memmem(include->location.at, include->location.length, "://", 3)
                   != NULL
            || include->location.at[0] == '/')
        {
            return egret_xsd_fail(&load->xsd, include->place,
                                  EGRET_EUNSUPPORTED,
                                  "only a relative path can be included");
        }
        rc = read_include(load, include);
    }
    return rc;
}

/* Definitions. */

static egret_rc_t
add_definition(load_t *load, const char *name, const char *path)
{
    egret_schemas_t *schemas = load->schemas;
    const egret_definition_t *definition;
    egret_rc_t rc =
        egret_compile(&load->xsd, &schemas->builtins, path, &definition);

    if (rc != EGRET_OK) {
        return rc;
    }
    if (egret_map_find(&schemas->definitions.by_namespace,
                       definition->namespace_uri)
        != NULL)
    {
        return fail(schemas, load->fault, EGRET_EEXIST, name,
                    "its namespace is loaded already, from another file");
    }
    return egret_map_add(&schemas->definitions.by_namespace,
                         definition->namespace_uri,
                         (void *) (uintptr_t) definition);
}

static egret_rc_t
start(load_t *load, egret_schemas_t *schemas, egret_schema_fault_t *fault)
{
    memset(load, 0, sizeof(*load));
    fault->text = EGRET_SPAN("");
    load->schemas = schemas;
    load->fault = fault;
    load->scratch = egret_arena_create(egret_arena_allocator(schemas->arena),
                                       SCRATCH_LARGEST);
    if (load->scratch == NULL) {
        return EGRET_ENOMEM;
    }
    egret_map_init(&load->files, load->scratch);
    egret_xsd_init(&load->xsd, schemas->arena, load->scratch, fault);
    return EGRET_OK;
}

static bool
is_loaded_from(const egret_schemas_t *schemas, egret_span_t real)
{
    const egret_map_t *map = &schemas->definitions.by_namespace;

    for (size_t i = 0; i < map->count; i++) {
        const egret_definition_t *definition = map->entries[i].value;

        if (egret_span_equals_text(real,
                                   egret_definition_schema(definition)->path))
        {
            return true;
        }
    }
    return false;
}

static egret_rc_t
load_path(load_t *load, const char *path)
{
    egret_span_t real;
    egret_span_t text;
    egret_rc_t rc = find_real_path(load, path, &real);

    if (rc != EGRET_OK || is_loaded_from(load->schemas, real)) {
        return rc;
    }
    load->root = folder_of(real);
    rc = egret_map_add(&load->files, real, load);
    if (rc == EGRET_OK) {
        rc = read_or_fail(load, path, &text);
    }
    if (rc == EGRET_OK) {
        rc = egret_xsd_read(&load->xsd, path, text);
    }
    if (rc == EGRET_OK) {
        rc = read_includes(load, true);
    }
    return rc == EGRET_OK ? add_definition(load, path, real.at) : rc;
}

egret_rc_t
egret_schemas_load_file(egret_schemas_t *schemas, const char *path,
                        egret_schema_fault_t *fault)
{
    load_t load;
    egret_rc_t rc = start(&load, schemas, fault);

    if (rc == EGRET_OK) {
        rc = load_path(&load, path);
    }
    egret_arena_destroy(load.scratch);
    return rc;
}

egret_rc_t
egret_schemas_load_text(egret_schemas_t *schemas, const char *name,
                        egret_span_t text, egret_schema_fault_t *fault)
{
    load_t load;
    egret_rc_t rc = start(&load, schemas, fault);

    if (rc == EGRET_OK) {
        rc = egret_xsd_read(&load.xsd, name, text);
    }
    if (rc == EGRET_OK) {
        rc = read_includes(&load, false);
    }
    if (rc == EGRET_OK) {
        rc = add_definition(&load, name, "");
    }
    egret_arena_destroy(load.scratch);
    return rc;
}

/* Folders. */

typedef struct {
    egret_span_t *paths; /* sorted */
    size_t count;
    size_t capacity;
} entries_t;

/* "pacs.008.001.08" is named by "urn:…:xsd:pacs.008.001.08". */
static bool
is_named(egret_span_t namespace_uri, egret_span_t id)
{
    return egret_span_ends_with(namespace_uri, id) && id.length > 0
           && (namespace_uri.length == id.length
               || namespace_uri.at[namespace_uri.length - id.length - 1]
                      == ':');
}

static bool
is_wanted(egret_span_t namespace_uri, const egret_span_t *ids, size_t id_count,
          bool *found)
{
    bool is_one = ids == NULL;

    for (size_t i = 0; ids != NULL && i < id_count; i++) {
        if (is_named(namespace_uri, ids[i])) {
            found[i] = true;
            is_one = true;
        }
    }
    return is_one;
}

static egret_rc_t
load_entry(load_t *load, const char *path, const egret_span_t *ids,
           size_t id_count, bool *found)
{
    egret_span_t text;
    egret_span_t target;
    bool has_target;
    egret_rc_t rc = read_or_fail(load, path, &text);

    if (rc == EGRET_OK) {
        rc = egret_xsd_target(load->scratch, text, &has_target, &target);
    }
    /* Nobody can say what it was to declare: reading it says what is wrong. */
    if (rc == EGRET_ESYNTAX) {
        return egret_schemas_load_file(load->schemas, path, load->fault);
    }
    if (rc != EGRET_OK || !has_target
        || !is_wanted(target, ids, id_count, found))
    {
        return rc;
    }
    return egret_schemas_load_file(load->schemas, path, load->fault);
}

/* The ids that no file declared. */
static egret_rc_t
check_found(load_t *load, const char *path, const egret_span_t *ids,
            size_t id_count, const bool *found)
{
    for (size_t i = 0; ids != NULL && i < id_count; i++) {
        if (!found[i]) {
            load->fault->text = egret_arena_print(
                load->schemas->arena, "%s: no file declares %.*s", path,
                EGRET_SPAN_ARGS(ids[i]));
            return load->fault->text.at == NULL
                       ? egret_arena_rc(load->schemas->arena)
                       : EGRET_ENOTFOUND;
        }
    }
    return EGRET_OK;
}

static egret_rc_t
load_entries(load_t *load, const char *path, const entries_t *entries,
             const egret_span_t *ids, size_t id_count)
{
    bool *found = egret_arena_zeroed(load->scratch, id_count + 1, 1);
    egret_rc_t rc = found == NULL ? egret_arena_rc(load->scratch) : EGRET_OK;

    for (size_t i = 0; i < entries->count && rc == EGRET_OK; i++) {
        rc = load_entry(load, entries->paths[i].at, ids, id_count, found);
    }
    return rc == EGRET_OK ? check_found(load, path, ids, id_count, found) : rc;
}

static int
compare_paths(const void *a, const void *b)
{
    return egret_span_compare(*(const egret_span_t *) a,
                              *(const egret_span_t *) b);
}

static egret_rc_t
add_entry(load_t *load, const char *path, const char *name, entries_t *entries)
{
    egret_span_t file;

    if (!egret_span_ends_with(egret_span_from(name), EGRET_SPAN(".xsd"))) {
        return EGRET_OK;
    }
    file = egret_arena_print(load->scratch, "%s/%s", path, name);
    if (file.at != NULL && entries->count == entries->capacity) {
        size_t capacity = entries->capacity * 2 + 32;

        entries->paths = egret_arena_grow(
            load->scratch, entries->paths,
            entries->capacity * sizeof(file), capacity * sizeof(file));
        entries->capacity = capacity;
    }
    if (file.at == NULL || entries->paths == NULL) {
        return egret_arena_rc(load->scratch);
    }
    entries->paths[entries->count++] = file;
    return EGRET_OK;
}

static egret_rc_t
list_entries(load_t *load, const char *path, entries_t *entries)
{
    DIR *folder = opendir(path);
    const struct dirent *entry;
    egret_rc_t rc = EGRET_OK;

    if (folder == NULL) {
        return fail(load->schemas, load->fault, EGRET_EIO, path,
                    strerror(errno));
    }
    while (rc == EGRET_OK && (entry = readdir(folder)) != NULL) {
        rc = add_entry(load, path, entry->d_name, entries);
    }
    (void) closedir(folder);
    if (entries->count > 0) {
        qsort(entries->paths, entries->count, sizeof(entries->paths[0]),
              compare_paths);
    }
    return rc;
}

egret_rc_t
egret_schemas_load_folder(egret_schemas_t *schemas, const char *path,
                          const egret_span_t *ids, size_t id_count,
                          egret_schema_fault_t *fault)
{
    entries_t entries = { NULL, 0, 0 };
    load_t load;
    egret_rc_t rc = start(&load, schemas, fault);

    if (rc == EGRET_OK) {
        rc = list_entries(&load, path, &entries);
    }
    if (rc == EGRET_OK) {
        rc = load_entries(&load, path, &entries, ids, id_count);
    }
    egret_arena_destroy(load.scratch);
    return rc;
}
