/* SPDX-License-Identifier: Apache-2.0 */
/* All simple-type cases of the conformance data: each becomes a named type in
 * one schema, and its value is judged by it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

#include "helper.h"
#include "schema/validator.h"
#include "util/buffer.h"

#define ARCHIVE "../shared/corpus/xsd-facets.tar.zst"
#define CASES 5318
#define LINE_LONGEST 65536

static char *lines[CASES + 1];
static size_t line_count;

static void
read_cases(void)
{
    FILE *pipe =
        popen("zstd -dc " ARCHIVE " | tar -xO xsd-facets/cases.jsonl", "r");
    char *line = malloc(LINE_LONGEST);

    assert_non_null(pipe);
    assert_non_null(line);
    while (line_count <= CASES && fgets(line, LINE_LONGEST, pipe) != NULL) {
        lines[line_count++] = strdup(line);
    }
    free(line);
    assert_int_equal(pclose(pipe), 0);
}

static void
add_type(egret_buffer_t *schema, size_t index, const json_t *one)
{
    const json_t *facet;
    size_t at;

    egret_buffer_print(schema,
                       "<xs:element name=\"e%zu\"><xs:simpleType>"
                       "<xs:restriction base=\"xs:%s\">",
                       index, json_string_value(json_object_get(one, "type")));
    json_array_foreach(json_object_get(one, "facets"), at, facet)
    {
        egret_buffer_print(schema, "<xs:%s value=\"",
                           json_string_value(json_array_get(facet, 0)));
        egret_buffer_add_xml(
            schema,
            egret_span_from(json_string_value(json_array_get(facet, 1))), true);
        egret_buffer_add_text(schema, "\"/>");
    }
    egret_buffer_add_text(schema, "</xs:restriction></xs:simpleType>"
                                  "</xs:element>\n");
}

static const egret_definition_t *
load(egret_arena_t *arena, const egret_buffer_t *schema)
{
    egret_schemas_t *schemas = egret_schemas_create(arena);
    egret_schema_fault_t fault;
    egret_rc_t rc;

    assert_non_null(schemas);
    rc = egret_schemas_load_text(schemas, "cases", egret_buffer_span(schema),
                                 &fault);
    if (rc != EGRET_OK) {
        fail_msg("%.*s", EGRET_SPAN_ARGS(fault.text));
    }
    return egret_definitions_find(egret_schemas_definitions(schemas),
                                  EGRET_SPAN("urn:cases"));
}

static bool
holds(egret_arena_t *arena, const egret_definition_t *definition, size_t index,
      const json_t *one)
{
    const char *value = json_string_value(json_object_get(one, "value"));
    const char *expected = json_string_value(json_object_get(one, "expected"));
    egret_span_t phrase = { NULL, 0 };
    char name[32];
    const egret_element_t *root;
    bool is_accepted;

    snprintf(name, sizeof(name), "e%zu", index);
    root = egret_definition_root(definition, egret_span_from(name));
    assert_non_null(root);
    is_accepted =
        egret_type_accepts(root->type, egret_span_from(value), arena, &phrase);
    if (strcmp(expected, "either-but-no-crash") == 0 ||
        is_accepted == (strcmp(expected, "must-accept") == 0)) {
        assert_true(is_accepted || phrase.length > 0);
        return true;
    }
    print_message("# case %zu: %s, \"%s\"\n", index, expected, value);
    return false;
}

static void
test_every_facet_case_gets_its_verdict(void **state)
{
    egret_arena_t *arena = egret_arena_create(egret_allocator_default(), 0);
    const egret_definition_t *definition;
    egret_buffer_t schema;
    size_t good = 0;

    (void) state;
    read_cases();
    assert_int_equal(line_count, CASES);
    egret_buffer_init(&schema, arena, 64u << 20);
    egret_buffer_add_text(&schema,
                          "<xs:schema targetNamespace=\"urn:cases\" xmlns:xs="
                          "\"http://www.w3.org/2001/XMLSchema\">");
    for (size_t i = 0; i < CASES; i++) {
        json_t *one = json_loads(lines[i], 0, NULL);

        assert_non_null(one);
        add_type(&schema, i, one);
        json_decref(one);
    }
    egret_buffer_add_text(&schema, "</xs:schema>");
    assert_int_equal(egret_buffer_rc(&schema), EGRET_OK);
    definition = load(arena, &schema);
    for (size_t i = 0; i < CASES; i++) {
        json_t *one = json_loads(lines[i], 0, NULL);

        good += holds(arena, definition, i, one);
        json_decref(one);
        free(lines[i]);
    }
    print_message("# xsd-facets: %zu of %d cases as the manifest says\n", good,
                  CASES);
    egret_arena_destroy(arena);
    assert_int_equal(good, CASES);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_facet_case_gets_its_verdict),
    };

    if (egret_test_skips_all("corpus/xsd-facets.tar.zst")) {
        return 0;
    }

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
