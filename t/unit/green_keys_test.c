/* SPDX-License-Identifier: Apache-2.0 */
/* The keys of m.green and the schema of the block say the same. */

#include <stdio.h>
#include <string.h>

#include "helper.h"

#include "rules/green_keys.h"
#include "schema/schemas.h"

#define SCHEMA "schemas/egret.grn.1.xsd"


static const egret_green_field_t *
find_tag(const egret_green_row_t *row, egret_span_t tag, const char *before)
{
    for (size_t i = 0; i < row->count; i++) {
        const char *known = row->fields[i].tag;

        if (strncmp(known, before, strlen(before)) == 0
            && egret_span_equals_text(tag, known + strlen(before)))
        {
            return &row->fields[i];
        }
    }

    return NULL;
}


static bool
fits(egret_green_kind_t kind, egret_value_kind_t value)
{
    switch (kind) {
    case EGRET_GREEN_DECIMAL:
        return value == EGRET_VALUE_DECIMAL;
    case EGRET_GREEN_INTEGER: /* also a year */
        return value == EGRET_VALUE_DECIMAL || value == EGRET_VALUE_OTHER;
    case EGRET_GREEN_BOOLEAN:
        return value == EGRET_VALUE_BOOLEAN;
    case EGRET_GREEN_DATE:
        return value == EGRET_VALUE_DATE || value == EGRET_VALUE_DATETIME;
    case EGRET_GREEN_TEXT:
        return value == EGRET_VALUE_TEXT || value == EGRET_VALUE_OTHER;
    default:
        return true;
    }
}


static size_t compare(const egret_green_row_t *row, const egret_type_t *type);

static size_t
compare_child(const egret_green_row_t *row, const egret_element_t *child)
{
    const egret_green_field_t *field = find_tag(row, child->name, "");
    bool is_struct;

    if (field == NULL) {
        print_error("%s: no key for %.*s\n", row->name,
                    EGRET_SPAN_ARGS(child->name));
        return 1;
    }
    is_struct = field->kind == EGRET_GREEN_STRUCT
                || field->kind == EGRET_GREEN_FLAT;
    if (field->kind == EGRET_GREEN_PRESENCE) {
        return 0;
    }
    if (field->is_list != child->is_repeatable
        || is_struct
               != (child->type->child_count + child->type->attribute_count > 0)
        || !fits(field->kind, child->type->kind))
    {
        print_error("%s: %.*s is something else\n", row->name,
                    EGRET_SPAN_ARGS(child->name));
        return 1;
    }

    return is_struct ? compare(egret_green_row(field->below), child->type) : 0;
}


/* Every key has its element or attribute. */
static size_t
compare_back(const egret_green_row_t *row, const egret_type_t *type)
{
    size_t faults = 0;

    for (size_t i = 0; i < row->count; i++) {
        const egret_green_field_t *field = &row->fields[i];
        egret_span_t tag = egret_span_from(field->tag);
        bool is_there;

        if (tag.length == 0) {
            is_there = type->is_simple_content
                       && fits(field->kind, type->kind);
        } else if (tag.at[0] == '@') {
            is_there = egret_type_attribute(
                           type, EGRET_SPAN(""),
                           egret_span_slice(tag, 1, tag.length)) != NULL;
        } else {
            is_there = egret_type_child(type, tag) != NULL;
        }
        if (!is_there) {
            print_error("%s: \"%s\" is not in the schema\n", row->name,
                        field->tag);
            faults++;
        }
    }

    return faults;
}


static size_t
compare(const egret_green_row_t *row, const egret_type_t *type)
{
    size_t faults = compare_back(row, type);

    for (size_t i = 0; i < type->child_count; i++) {
        faults += compare_child(row, type->children[i]);
    }
    for (size_t i = 0; i < type->attribute_count; i++) {
        if (find_tag(row, type->attributes[i].name, "@") == NULL) {
            print_error("%s: no key for @%.*s\n", row->name,
                        EGRET_SPAN_ARGS(type->attributes[i].name));
            faults++;
        }
    }
    if (type->is_simple_content
        && find_tag(row, EGRET_SPAN(""), "") == NULL)
    {
        print_error("%s: no key for its text\n", row->name);
        faults++;
    }

    return faults;
}


static void
test_keys_and_schema_say_the_same(void **state)
{
    egret_arena_t *arena = egret_arena_create(egret_allocator_default(), 0);
    egret_schemas_t *schemas = egret_schemas_create(arena);
    egret_schema_fault_t fault = { EGRET_SPAN("") };
    const egret_definition_t *definition;
    const egret_element_t *block;
    char path[4096];
    egret_rc_t rc;

    (void) state;
    (void) snprintf(path, sizeof(path), "%s/" SCHEMA, egret_test_root());
    rc = egret_schemas_load_file(schemas, path, &fault);
    egret_assert_span(fault.text, "");
    egret_assert_ok(rc);
    definition = egret_definitions_find(egret_schemas_definitions(schemas),
                                        EGRET_SPAN("urn:x-egret:grn:1"));
    assert_non_null(definition);
    block = egret_definition_root(definition, EGRET_SPAN("GrnFin"));
    assert_non_null(block);
    assert_int_equal(compare(egret_green_row(EGRET_GREEN_BLOCK), block->type),
                     0);
    egret_arena_destroy(arena);
}


int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_keys_and_schema_say_the_same),
    };

    return egret_test_run(tests);
}
