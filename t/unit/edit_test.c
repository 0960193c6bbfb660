/* SPDX-License-Identifier: Apache-2.0 */

#include <string.h>

#include "helper.h"
#include "msg/edit.h"

#define MANY 1000000

static egret_arena_t *arena;
static egret_edits_t edits;


static int
set_up(void **state)
{
    (void) state;
    arena = egret_arena_create(egret_allocator_default(), 0);
    egret_edits_init(&edits, arena);

    return arena == NULL;
}


static int
tear_down(void **state)
{
    (void) state;
    egret_arena_destroy(arena);

    return 0;
}


static void
add(uint32_t from, uint32_t to, const char *text)
{
    egret_assert_ok(egret_edits_add(&edits, from, to, egret_span_from(text)));
}


static void
assert_applied(const char *bytes, const char *expected)
{
    egret_span_t out;

    egret_assert_ok(egret_edits_apply(&edits, egret_span_from(bytes), MANY,
                                      arena, &out));
    egret_assert_span(out, expected);
}


static void
test_without_an_edit_the_bytes_are_the_original_span(void **state)
{
    egret_span_t bytes = EGRET_SPAN("<a/>");
    egret_span_t out;

    (void) state;
    egret_assert_ok(egret_edits_apply(&edits, bytes, MANY, arena, &out));
    assert_ptr_equal(out.at, bytes.at);
    assert_int_equal(out.length, bytes.length);
}


static void
test_bytes_are_replaced_inserted_and_removed(void **state)
{
    (void) state;
    add(2, 4, "XYZ");
    add(6, 6, "+");
    add(8, 9, "");
    assert_int_equal(edits.count, 3);
    assert_applied("0123456789", "01XYZ45+679");
}


static void
test_edits_may_come_in_any_order(void **state)
{
    (void) state;
    add(8, 9, "c");
    add(0, 1, "a");
    add(4, 5, "b");
    add(10, 10, "!");
    assert_applied("0123456789", "a123b567c9!");
}


static void
test_insertions_at_one_place_stand_in_order_of_arrival(void **state)
{
    (void) state;
    add(3, 3, "a");
    add(5, 5, "-");
    add(3, 3, "b");
    add(3, 3, "c");
    assert_applied("012345", "012abc34-5");
}


static void
test_an_insertion_stands_before_a_replacement_at_its_place(void **state)
{
    (void) state;
    add(3, 5, "R");
    add(3, 3, "i");
    add(5, 5, "j");
    add(3, 3, "k");
    assert_applied("01234567", "012ikRj567");
}


static void
test_edits_that_overlap_are_refused(void **state)
{
    egret_span_t text = EGRET_SPAN("x");

    (void) state;
    add(4, 8, "a");
    egret_assert_rc(egret_edits_add(&edits, 4, 8, text), EGRET_EINVAL);
    egret_assert_rc(egret_edits_add(&edits, 3, 5, text), EGRET_EINVAL);
    egret_assert_rc(egret_edits_add(&edits, 7, 9, text), EGRET_EINVAL);
    egret_assert_rc(egret_edits_add(&edits, 5, 6, text), EGRET_EINVAL);
    egret_assert_rc(egret_edits_add(&edits, 0, 10, text), EGRET_EINVAL);
    egret_assert_rc(egret_edits_add(&edits, 6, 6, text), EGRET_EINVAL);
    egret_assert_rc(egret_edits_add(&edits, 9, 8, text), EGRET_EINVAL);
    add(2, 2, "i");
    egret_assert_rc(egret_edits_add(&edits, 1, 3, text), EGRET_EINVAL);
    add(8, 9, "b");
    add(2, 4, "c");
    assert_int_equal(edits.count, 4);
    assert_applied("0123456789", "01icab9");
}


static void
test_an_edit_beyond_the_bytes_is_refused(void **state)
{
    egret_span_t out;

    (void) state;
    add(3, 5, "x");
    egret_assert_rc(egret_edits_apply(&edits, EGRET_SPAN("0123"), MANY, arena,
                                      &out),
                    EGRET_EINVAL);
}


static void
test_the_new_bytes_have_a_maximum(void **state)
{
    egret_span_t out;

    (void) state;
    add(1, 2, "abcdef");
    egret_assert_rc(egret_edits_apply(&edits, EGRET_SPAN("0123"), 8, arena,
                                      &out),
                    EGRET_ELIMIT);
    egret_assert_ok(egret_edits_apply(&edits, EGRET_SPAN("0123"), 9, arena,
                                      &out));
    egret_assert_span(out, "0abcdef23");
}


static void
test_all_bytes_may_go(void **state)
{
    (void) state;
    add(0, 4, "");
    assert_applied("0123", "");
}


/* A generator of its own, so that a failure comes back. */
static uint32_t
next_number(uint32_t *seed, uint32_t below)
{
    *seed = *seed * 1664525u + 1013904223u;

    return (*seed >> 8) % below;
}


#define LENGTH 60
#define ROUNDS 3000

/* The same by hand: what stands before each byte, and instead of it. */
typedef struct {
    char before[LENGTH + 1][512]; /* inserted in front of the byte */
    char instead[LENGTH + 1][32]; /* of the range that starts at the byte */
    bool is_start[LENGTH + 1];
    bool is_gone[LENGTH + 1];
    bool is_joined[LENGTH + 1]; /* nothing may be put in front of the byte */
} naive_t;


static bool
naive_add(naive_t *naive, uint32_t from, uint32_t to, const char *text)
{
    if (from == to) {
        if (naive->is_joined[from]) {
            return false;
        }
        strcat(naive->before[from], text);

        return true;
    }
    for (uint32_t i = from; i < to; i++) {
        if (naive->is_gone[i] || (i > from && naive->before[i][0] != '\0')) {
            return false;
        }
    }
    for (uint32_t i = from; i < to; i++) {
        naive->is_gone[i] = true;
        naive->is_joined[i] = i > from;
    }
    strcpy(naive->instead[from], text);
    naive->is_start[from] = true;

    return true;
}


static void
naive_apply(const naive_t *naive, const char *bytes, char *out)
{
    out[0] = '\0';
    for (size_t i = 0; i <= LENGTH; i++) {
        strcat(out, naive->before[i]);
        if (naive->is_start[i]) {
            strcat(out, naive->instead[i]);
        }
        if (i < LENGTH && !naive->is_gone[i]) {
            strncat(out, bytes + i, 1);
        }
    }
}


static void
test_random_edits_do_what_is_done_by_hand(void **state)
{
    static const char *const texts[] = { "A", "BC", "DEF", "GHIJ-KLMN" };
    static naive_t naive;
    char bytes[LENGTH + 1];
    char expected[LENGTH * 64];
    uint32_t seed = 20022;

    (void) state;
    for (size_t i = 0; i < LENGTH; i++) {
        bytes[i] = (char) ('0' + i % 10);
    }
    bytes[LENGTH] = '\0';

    for (size_t round = 0; round < ROUNDS; round++) {
        uint32_t tries = next_number(&seed, 30);

        memset(&naive, 0, sizeof(naive));
        egret_edits_init(&edits, arena);
        for (uint32_t i = 0; i < tries; i++) {
            uint32_t from = next_number(&seed, LENGTH + 1);
            uint32_t to = from + next_number(&seed, 8);
            const char *text = texts[next_number(&seed, 4)];
            bool is_added;

            to = to > LENGTH ? LENGTH : to;
            is_added = egret_edits_add(&edits, from, to,
                                       egret_span_from(text))
                       == EGRET_OK;
            assert_int_equal(is_added, naive_add(&naive, from, to, text));
        }
        naive_apply(&naive, bytes, expected);
        assert_applied(bytes, expected);
    }
}


static egret_rc_t
edit_with(const egret_allocator_t *allocator, void *context)
{
    egret_arena_t *own = egret_arena_create(allocator, 0);
    egret_edits_t list;
    egret_span_t out;
    egret_rc_t rc = EGRET_OK;

    (void) context;
    if (own == NULL) {
        return EGRET_ENOMEM;
    }
    egret_edits_init(&list, own);
    for (uint32_t i = 0; rc == EGRET_OK && i < 1000; i++) {
        rc = egret_edits_add(&list, 0, 0, EGRET_SPAN("egret "));
    }
    if (rc == EGRET_OK) {
        rc = egret_edits_apply(&list, EGRET_SPAN("0"), MANY, own, &out);
    }
    egret_arena_destroy(own);

    return rc;
}


static void
test_each_allocation_may_fail(void **state)
{
    (void) state;
    assert_in_range(egret_test_torture(edit_with, NULL), 2, 1000);
}


#define CASE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(test_without_an_edit_the_bytes_are_the_original_span),
        CASE(test_bytes_are_replaced_inserted_and_removed),
        CASE(test_edits_may_come_in_any_order),
        CASE(test_insertions_at_one_place_stand_in_order_of_arrival),
        CASE(test_an_insertion_stands_before_a_replacement_at_its_place),
        CASE(test_edits_that_overlap_are_refused),
        CASE(test_an_edit_beyond_the_bytes_is_refused),
        CASE(test_the_new_bytes_have_a_maximum),
        CASE(test_all_bytes_may_go),
        CASE(test_random_edits_do_what_is_done_by_hand),
        CASE(test_each_allocation_may_fail),
    };

    return egret_test_run(tests);
}
