/* SPDX-License-Identifier: Apache-2.0 */

#include "message.h"

static egret_arena_t *arena;
static egret_definitions_t definitions;


static int
set_up(void **state)
{
    (void) state;
    arena = egret_arena_create(egret_allocator_default(), 0);
    egret_map_init(&definitions.by_namespace, arena);

    return egret_map_add(&definitions.by_namespace,
                         egret_test_definition.namespace_uri,
                         (void *) (uintptr_t) &egret_test_definition)
           != EGRET_OK;
}


static int
tear_down(void **state)
{
    (void) state;
    egret_arena_destroy(arena);

    return 0;
}


static void
test_a_definition_is_found_by_namespace_and_by_id(void **state)
{
    (void) state;
    assert_ptr_equal(egret_definitions_find(&definitions,
                                            EGRET_SPAN(EGRET_TEST_NAMESPACE)),
                     &egret_test_definition);
    assert_ptr_equal(egret_definitions_find_id(&definitions,
                                               EGRET_SPAN("pacs.008.001.08")),
                     &egret_test_definition);
    assert_null(egret_definitions_find(&definitions,
                                       EGRET_SPAN("pacs.008.001.08")));
    assert_null(egret_definitions_find_id(&definitions, EGRET_SPAN("pacs")));
}


static void
test_declarations_are_found_by_their_whole_name(void **state)
{
    const egret_element_t *root =
        egret_definition_root(&egret_test_definition, EGRET_SPAN("Document"));
    const egret_element_t *child;

    (void) state;
    assert_non_null(root);
    assert_null(egret_definition_root(&egret_test_definition,
                                      EGRET_SPAN("document")));
    child = egret_type_child(root->type, EGRET_SPAN("FIToFICstmrCdtTrf"));
    assert_non_null(child);
    assert_null(egret_type_child(root->type, EGRET_SPAN("GrpHdr")));
    child = egret_type_child(child->type, EGRET_SPAN("CdtTrfTxInf"));
    assert_non_null(child);
    assert_true(child->is_repeatable);
    assert_null(egret_type_child(child->type, EGRET_SPAN("Cdt")));
}


static void
test_an_attribute_is_found_by_namespace_and_name(void **state)
{
    egret_attribute_t attributes[] = {
        { .name = EGRET_SPAN("Ccy") },
        { .name = EGRET_SPAN("Ccy"), .namespace_uri = EGRET_SPAN("urn:x") },
    };
    egret_type_t type = { .attributes = attributes, .attribute_count = 2 };

    (void) state;
    assert_ptr_equal(
        egret_type_attribute(&type, EGRET_SPAN(""), EGRET_SPAN("Ccy")),
        &attributes[0]);
    assert_ptr_equal(
        egret_type_attribute(&type, EGRET_SPAN("urn:x"), EGRET_SPAN("Ccy")),
        &attributes[1]);
    assert_null(
        egret_type_attribute(&type, EGRET_SPAN("urn:y"), EGRET_SPAN("Ccy")));
    assert_null(egret_type_attribute(&type, EGRET_SPAN(""), EGRET_SPAN("Id")));
}


#define CASE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(test_a_definition_is_found_by_namespace_and_by_id),
        CASE(test_declarations_are_found_by_their_whole_name),
        CASE(test_an_attribute_is_found_by_namespace_and_name),
    };

    return egret_test_run(tests);
}
