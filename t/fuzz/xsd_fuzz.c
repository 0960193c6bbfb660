/* SPDX-License-Identifier: Apache-2.0 */
/* xsd_fuzz: egret_schemas_load_text, egret_type_accepts and the validator on
 * any schema. A schema that is refused says why and where; one that loads has
 * whole tables, and a message of its roots can be judged by it. */
#include <stdlib.h>
#include <string.h>

#include "codec/xml.h"
#include "schema/validator.h"
#include "util/buffer.h"

#define ARENA_LARGEST (512u << 20)
#define ELEMENTS_WALKED 200

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void
require(bool holds)
{
    if (!holds) {
        abort();
    }
}

static void
judge(egret_arena_t *arena, const egret_schemas_t *schemas,
      egret_span_t message)
{
    egret_findings_t findings;
    egret_tape_t tape;
    egret_validator_t *validator;
    egret_sink_t sink;
    egret_rc_t rc;

    egret_findings_init(&findings, arena);
    egret_tape_init(&tape, arena, message);
    validator = egret_validator_create(schemas, NULL, arena, &findings);
    require(validator != NULL);
    sink = egret_validator_sink(validator);
    rc = egret_xml_read(&tape, &egret_xml_limits_default, &sink, &findings);
    require(rc == EGRET_OK || rc == EGRET_ELIMIT);
}

/* A Document of the children that its type names, twice and upside down. */
static void
judge_children(egret_arena_t *arena, const egret_schemas_t *schemas,
               const egret_definition_t *definition)
{
    const egret_element_t *root =
        egret_definition_root(definition, EGRET_SPAN("Document"));
    egret_buffer_t text;
    size_t count;

    if (root == NULL) {
        return;
    }
    egret_buffer_init(&text, arena, 1u << 20);
    egret_buffer_add_text(&text, "<Document xmlns=\"");
    egret_buffer_add_xml(&text, definition->namespace_uri, true);
    egret_buffer_add_text(&text, "\">");
    count = root->type->child_count;
    if (count > ELEMENTS_WALKED) {
        count = ELEMENTS_WALKED;
    }
    for (size_t i = 0; i < 2 * count; i++) {
        egret_span_t name =
            root->type->children[i < count ? i : 2 * count - 1 - i]->name;

        egret_buffer_print(&text, "<%.*s>1</%.*s>", EGRET_SPAN_ARGS(name),
                           EGRET_SPAN_ARGS(name));
    }
    egret_buffer_add_text(&text, "</Document>");
    if (egret_buffer_rc(&text) == EGRET_OK) {
        judge(arena, schemas, egret_buffer_span(&text));
    }
}

static void
walk(egret_arena_t *arena, const egret_definition_t *definition)
{
    static const char *const values[] = { "", "1", "-1.5", "a b", "2025-01-01",
                                          "\xE7\xBB\xBF" };

    for (size_t i = 0; i < definition->root_count; i++) {
        const egret_type_t *type = definition->roots[i]->type;

        for (size_t k = 0; k < sizeof(values) / sizeof(values[0]); k++) {
            egret_span_t expected = { NULL, 0 };

            require(egret_type_accepts(type, egret_span_from(values[k]), arena,
                                       &expected)
                    || expected.at != NULL);
        }
        for (size_t k = 0; k < type->child_count; k++) {
            require(type->children[k]->index < definition->element_count);
            require(egret_type_child(type, type->children[k]->name)
                    == type->children[k]);
        }
    }
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    egret_arena_t *arena =
        egret_arena_create(egret_allocator_default(), ARENA_LARGEST);
    egret_schemas_t *schemas = egret_schemas_create(arena);
    egret_span_t text = { (const char *) bytes, size };
    egret_schema_fault_t fault;
    const egret_map_t *map;
    egret_rc_t rc;

    require(schemas != NULL);
    rc = egret_schemas_load_text(schemas, "fuzz.xsd", text, &fault);
    map = &egret_schemas_definitions(schemas)->by_namespace;
    require((rc == EGRET_OK) == (map->count == 1));
    require(rc == EGRET_OK || rc == EGRET_ELIMIT
            || egret_span_starts_with(fault.text, EGRET_SPAN("fuzz.xsd:")));
    if (rc == EGRET_OK) {
        walk(arena, map->entries[0].value);
        judge_children(arena, schemas, map->entries[0].value);
    }
    egret_arena_destroy(arena);
    return 0;
}
