/* SPDX-License-Identifier: Apache-2.0 */

#include <stdio.h>
#include <string.h>

#include "message.h"

static egret_arena_t *arena;
static egret_tape_t tape;


static int
set_up(void **state)
{
    (void) state;
    arena = egret_arena_create(egret_allocator_default(), 0);
    egret_tape_init(&tape, arena, EGRET_SPAN(""));

    return arena == NULL;
}


static int
tear_down(void **state)
{
    (void) state;
    egret_arena_destroy(arena);

    return 0;
}


static egret_node_t
append(const char *name)
{
    egret_tape_node_t node = { .name = name,
                               .name_length = (uint16_t) strlen(name) };
    egret_node_t added;

    egret_assert_ok(egret_tape_append(&tape, &node, &added));

    return added;
}


static void
test_an_empty_tape_has_nothing(void **state)
{
    (void) state;
    assert_int_equal(tape.node_count, 0);
    assert_int_equal(tape.open, EGRET_NODE_NONE);
    assert_int_equal(tape.app_hdr, EGRET_NODE_NONE);
    assert_int_equal(tape.document, EGRET_NODE_NONE);
    assert_false(tape.is_whole);
    egret_tape_close(&tape, 0, 0);
    assert_int_equal(tape.open, EGRET_NODE_NONE);
}


static void
test_nodes_stand_in_document_order_with_parent_next_and_depth(void **state)
{
    egret_node_t a;
    egret_node_t b;
    egret_node_t c;
    egret_node_t d;

    (void) state;
    a = append("a");
    b = append("b");
    c = append("c");
    egret_tape_close(&tape, 5, 6);
    egret_tape_close(&tape, 7, 8);
    d = append("d");
    egret_tape_close(&tape, 9, 10);
    egret_tape_close(&tape, 11, 12);

    assert_int_equal(tape.node_count, 4);
    assert_int_equal(tape.nodes[a].parent, EGRET_NODE_NONE);
    assert_int_equal(tape.nodes[b].parent, a);
    assert_int_equal(tape.nodes[c].parent, b);
    assert_int_equal(tape.nodes[d].parent, a);
    assert_int_equal(tape.nodes[b].next, d);
    assert_int_equal(tape.nodes[d].next, EGRET_NODE_NONE);
    assert_int_equal(tape.nodes[c].next, EGRET_NODE_NONE);
    assert_int_equal(tape.nodes[a].depth, 1);
    assert_int_equal(tape.nodes[c].depth, 3);
    assert_int_equal(egret_tape_child(&tape, a), b);
    assert_int_equal(egret_tape_child(&tape, b), c);
    assert_int_equal(egret_tape_child(&tape, c), EGRET_NODE_NONE);
    assert_int_equal(egret_tape_child(&tape, d), EGRET_NODE_NONE);
}


static void
test_cousins_are_no_siblings(void **state)
{
    egret_tape_t read;

    (void) state;
    egret_test_tape(&read, arena, "<a><b><c/><d/></b><b><c/></b></a>");
    assert_int_equal(read.nodes[2].next, 3);
    assert_int_equal(read.nodes[3].next, EGRET_NODE_NONE);
    assert_int_equal(read.nodes[1].next, 4);
    assert_int_equal(read.nodes[5].next, EGRET_NODE_NONE);
    assert_int_equal(read.nodes[5].parent, 4);
}


static void
test_close_keeps_the_offsets_of_the_end_tag(void **state)
{
    egret_tape_t read;

    (void) state;
    egret_test_tape(&read, arena, "<a><b>12</b><c/></a>");
    assert_int_equal(read.nodes[1].tag_open, 3);
    assert_int_equal(read.nodes[1].tag_close, 6);
    assert_int_equal(read.nodes[1].end_open, 8);
    assert_int_equal(read.nodes[1].end_close, 12);
    assert_int_equal(read.nodes[2].end_open, 16);
    assert_int_equal(read.nodes[2].end_close, 16);
    assert_int_equal(read.nodes[2].flags,
                     EGRET_NODE_EMPTY_TAG | EGRET_NODE_CLOSED);
    assert_int_equal(read.nodes[0].flags,
                     EGRET_NODE_HAS_CHILD | EGRET_NODE_CLOSED);
}


static void
test_an_element_with_children_has_no_value(void **state)
{
    egret_tape_t read;

    (void) state;
    egret_test_tape(&read, arena, "<a> x <b> y </b> z </a>");
    egret_assert_span(egret_tape_value(&read, 0), "");
    assert_null(read.nodes[0].value);
    assert_int_equal(read.nodes[0].value_length, 0);
    egret_assert_span(egret_tape_value(&read, 1), " y ");
}


static void
test_attributes_belong_to_the_node_just_appended(void **state)
{
    egret_tape_t read;

    (void) state;
    egret_test_tape(&read, arena,
                    "<a x=\"1\" y=\"2\"><b/><c x=\"3\"/></a>");
    assert_int_equal(read.nodes[0].attribute_count, 2);
    assert_int_equal(read.nodes[1].attribute_count, 0);
    egret_assert_span(
        egret_tape_attribute(&read, 0, EGRET_SPAN("y"))->value, "2");
    egret_assert_span(
        egret_tape_attribute(&read, 2, EGRET_SPAN("x"))->value, "3");
    assert_null(egret_tape_attribute(&read, 1, EGRET_SPAN("x")));
    assert_null(egret_tape_attribute(&read, 2, EGRET_SPAN("y")));
}


static void
test_an_attribute_in_a_namespace_is_another_one(void **state)
{
    egret_tape_attribute_t attribute = { .name = EGRET_SPAN("x") };

    (void) state;
    append("a");
    egret_assert_ok(egret_tape_namespace(&tape, EGRET_SPAN("urn:x"),
                                         &attribute.namespace_index));
    egret_assert_ok(egret_tape_add_attribute(&tape, &attribute));
    assert_null(egret_tape_attribute(&tape, 0, EGRET_SPAN("x")));
}


static void
test_an_attribute_after_a_child_is_refused(void **state)
{
    egret_tape_attribute_t attribute = { .name = EGRET_SPAN("x") };

    (void) state;
    egret_assert_rc(egret_tape_add_attribute(&tape, &attribute),
                    EGRET_EINVAL);
    append("a");
    append("b");
    egret_tape_close(&tape, 0, 0);
    egret_assert_rc(egret_tape_add_attribute(&tape, &attribute),
                    EGRET_EINVAL);
    assert_int_equal(tape.attribute_count, 0);
}


static void
test_a_namespace_has_one_index(void **state)
{
    char copy[] = "urn:a";
    uint16_t a;
    uint16_t b;
    uint16_t again;
    uint16_t none;

    (void) state;
    egret_assert_ok(egret_tape_namespace(&tape, EGRET_SPAN(""), &none));
    egret_assert_ok(egret_tape_namespace(&tape, EGRET_SPAN("urn:a"), &a));
    egret_assert_ok(egret_tape_namespace(&tape, EGRET_SPAN("urn:b"), &b));
    egret_assert_ok(egret_tape_namespace(&tape, egret_span_from(copy),
                                         &again));
    assert_int_equal(none, 0);
    assert_int_equal(a, again);
    assert_int_not_equal(a, b);
    assert_int_not_equal(a, 0);
}


static void
test_namespaces_without_end_are_a_limit(void **state)
{
    char names[EGRET_TAPE_NAMESPACES + 1][16];
    uint16_t index;

    (void) state;
    for (size_t i = 0; i < EGRET_TAPE_NAMESPACES - 1; i++) {
        (void) snprintf(names[i], sizeof(names[i]), "urn:%zu", i);
        egret_assert_ok(egret_tape_namespace(&tape, egret_span_from(names[i]),
                                             &index));
        assert_int_equal(index, i + 1);
    }
    assert_int_equal(tape.namespace_count, EGRET_TAPE_NAMESPACES);
    egret_assert_rc(egret_tape_namespace(&tape, EGRET_SPAN("urn:x"), &index),
                    EGRET_ELIMIT);
    egret_assert_ok(egret_tape_namespace(&tape, EGRET_SPAN("urn:7"), &index));
    assert_int_equal(index, 8);
}


static void
test_names_prefixes_and_namespaces_are_those_of_the_bytes(void **state)
{
    egret_tape_t read;

    (void) state;
    egret_test_tape(&read, arena,
                    "<e:Env xmlns:e=\"urn:e\"><Nm xmlns=\"urn:d\"/></e:Env>");
    egret_assert_span(egret_tape_name(&read, 0), "Env");
    egret_assert_span(egret_tape_prefix(&read, 0), "e");
    egret_assert_span(egret_tape_namespace_uri(&read, 0), "urn:e");
    egret_assert_span(egret_tape_name(&read, 1), "Nm");
    egret_assert_span(egret_tape_prefix(&read, 1), "");
    egret_assert_span(egret_tape_namespace_uri(&read, 1), "urn:d");
    append("bare");
    egret_assert_span(egret_tape_namespace_uri(&tape, 0), "");
}


static void
test_the_first_child_of_a_name_is_found(void **state)
{
    egret_tape_t read;

    (void) state;
    egret_test_tape(&read, arena, "<a><b><c/></b><c/><b/><c/></a>");
    assert_int_equal(egret_tape_child_named(&read, 0, EGRET_SPAN("c")), 3);
    assert_int_equal(egret_tape_child_named(&read, 0, EGRET_SPAN("b")), 1);
    assert_int_equal(egret_tape_child_named(&read, 0, EGRET_SPAN("d")),
                     EGRET_NODE_NONE);
    assert_int_equal(egret_tape_child_named(&read, 3, EGRET_SPAN("c")),
                     EGRET_NODE_NONE);
}


static void
test_a_column_counts_characters_from_the_start_of_its_line(void **state)
{
    (void) state;
    tape.bytes = EGRET_SPAN("ab\n白鹭c\nd");
    assert_int_equal(egret_tape_column(&tape, 0), 1);
    assert_int_equal(egret_tape_column(&tape, 2), 3);
    assert_int_equal(egret_tape_column(&tape, 3), 1);
    assert_int_equal(egret_tape_column(&tape, 6), 2);
    assert_int_equal(egret_tape_column(&tape, 9), 3);
    assert_int_equal(egret_tape_column(&tape, 11), 1);
    assert_int_equal(egret_tape_column(&tape, 9999), 2);
    assert_int_equal(egret_tape_line(&tape, 0), 1);
    assert_int_equal(egret_tape_line(&tape, 2), 1);
    assert_int_equal(egret_tape_line(&tape, 3), 2);
    assert_int_equal(egret_tape_line(&tape, 11), 3);
    assert_int_equal(egret_tape_line(&tape, 9999), 3);
}


static void
test_a_byte_order_mark_has_no_column(void **state)
{
    (void) state;
    tape.bytes = EGRET_SPAN("\xEF\xBB\xBF<a>");
    assert_int_equal(egret_tape_column(&tape, 3), 1);
    assert_int_equal(egret_tape_column(&tape, 4), 2);
}


static void
test_a_tape_is_255_levels_deep_at_most(void **state)
{
    egret_tape_node_t node = { .name = "a", .name_length = 1 };
    egret_node_t added;

    (void) state;
    for (size_t i = 0; i < EGRET_TAPE_DEPTH; i++) {
        append("a");
    }
    egret_assert_rc(egret_tape_append(&tape, &node, &added), EGRET_ELIMIT);
    assert_int_equal(tape.node_count, EGRET_TAPE_DEPTH);
    assert_int_equal(tape.nodes[EGRET_TAPE_DEPTH - 1].depth,
                     EGRET_TAPE_DEPTH);
    egret_tape_close(&tape, 0, 0);
    append("b");
    assert_int_equal(tape.nodes[EGRET_TAPE_DEPTH - 1].next, EGRET_TAPE_DEPTH);
}


static void
test_many_nodes_keep_their_links_while_the_tape_grows(void **state)
{
    egret_tape_attribute_t attribute = { .name = EGRET_SPAN("n") };
    uint32_t count = 1;

    (void) state;
    append("root");
    for (uint32_t i = 0; i < 200000; i++) {
        append("item");
        egret_assert_ok(egret_tape_add_attribute(&tape, &attribute));
        egret_tape_close(&tape, i, i);
    }
    for (egret_node_t node = 1; tape.nodes[node].next != EGRET_NODE_NONE;
         node = tape.nodes[node].next) {
        assert_int_equal(tape.nodes[node].attribute_first, node - 1);
        assert_int_equal(tape.nodes[node].parent, 0);
        count++;
    }
    assert_int_equal(count, 200000);
}


static void
test_the_first_nodes_are_as_many_as_the_bytes_let_expect(void **state)
{
    static const size_t lengths[] = { 0, 28 * 1000, (size_t) 1 << 30 };
    static const uint32_t nodes[] = { 64, 1000, 32768 };

    (void) state;
    for (size_t i = 0; i < 3; i++) {
        egret_tape_init(&tape, arena, (egret_span_t){ "", lengths[i] });
        append("a");
        assert_int_equal(tape.node_capacity, nodes[i]);
    }
}


static egret_rc_t
build(const egret_allocator_t *allocator, size_t ceiling)
{
    egret_arena_t *own = egret_arena_create(allocator, ceiling);
    egret_tape_attribute_t attribute = { .name = EGRET_SPAN("n") };
    egret_tape_node_t node = { .name = "a", .name_length = 1 };
    char names[300][16];
    egret_tape_t built;
    egret_node_t added;
    egret_rc_t rc = EGRET_OK;

    if (own == NULL) {
        return EGRET_ENOMEM;
    }
    egret_tape_init(&built, own, EGRET_SPAN(""));
    for (size_t i = 0; rc == EGRET_OK && i < 1000; i++) {
        if (i < 200) {
            (void) snprintf(names[i], sizeof(names[i]), "urn:%zu", i);
            rc = egret_tape_namespace(&built, egret_span_from(names[i]),
                                      &node.namespace_index);
        }
        if (rc == EGRET_OK) {
            rc = egret_tape_append(&built, &node, &added);
        }
        if (rc == EGRET_OK) {
            rc = egret_tape_add_attribute(&built, &attribute);
        }
        egret_tape_close(&built, 0, 0);
    }
    egret_arena_destroy(own);

    return rc;
}


static egret_rc_t
build_without_ceiling(const egret_allocator_t *allocator, void *context)
{
    (void) context;

    return build(allocator, 0);
}


static void
test_each_allocation_may_fail(void **state)
{
    (void) state;
    assert_in_range(egret_test_torture(build_without_ceiling, NULL), 2, 1000);
}


static void
test_the_ceiling_of_the_arena_is_a_limit(void **state)
{
    (void) state;
    egret_assert_rc(build(egret_allocator_default(), 60000), EGRET_ELIMIT);
}


#define CASE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(test_an_empty_tape_has_nothing),
        CASE(test_nodes_stand_in_document_order_with_parent_next_and_depth),
        CASE(test_cousins_are_no_siblings),
        CASE(test_close_keeps_the_offsets_of_the_end_tag),
        CASE(test_an_element_with_children_has_no_value),
        CASE(test_attributes_belong_to_the_node_just_appended),
        CASE(test_an_attribute_in_a_namespace_is_another_one),
        CASE(test_an_attribute_after_a_child_is_refused),
        CASE(test_a_namespace_has_one_index),
        CASE(test_namespaces_without_end_are_a_limit),
        CASE(test_names_prefixes_and_namespaces_are_those_of_the_bytes),
        CASE(test_the_first_child_of_a_name_is_found),
        CASE(test_a_column_counts_characters_from_the_start_of_its_line),
        CASE(test_a_byte_order_mark_has_no_column),
        CASE(test_a_tape_is_255_levels_deep_at_most),
        CASE(test_many_nodes_keep_their_links_while_the_tape_grows),
        CASE(test_the_first_nodes_are_as_many_as_the_bytes_let_expect),
        CASE(test_each_allocation_may_fail),
        CASE(test_the_ceiling_of_the_arena_is_a_limit),
    };

    return egret_test_run(tests);
}
