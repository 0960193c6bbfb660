/* SPDX-License-Identifier: Apache-2.0 */

#include <string.h>

#include "helper.h"


static egret_arena_t *
new_arena(size_t ceiling)
{
    egret_arena_t *arena;

    arena = egret_arena_create(egret_allocator_default(), ceiling);
    assert_non_null(arena);

    return arena;
}


static void
test_allocations_are_aligned_and_apart(void **state)
{
    egret_arena_t *arena = new_arena(0);
    char *memory[200];

    (void) state;

    for (size_t i = 0; i < 200; i++) {
        memory[i] = egret_arena_allocate(arena, i * 7);
        assert_non_null(memory[i]);
        assert_int_equal((uintptr_t) memory[i] % _Alignof(max_align_t), 0);
        memset(memory[i], (int) i, i * 7);
    }

    for (size_t i = 0; i < 200; i++) {
        for (size_t j = 0; j < i * 7; j++) {
            assert_int_equal((unsigned char) memory[i][j], i);
        }
    }

    egret_arena_destroy(arena);
}


static void
test_no_size_gives_a_pointer_of_its_own(void **state)
{
    egret_arena_t *arena = new_arena(0);
    void *first = egret_arena_allocate(arena, 0);
    void *second = egret_arena_allocate(arena, 0);

    (void) state;

    assert_non_null(first);
    assert_non_null(second);
    assert_ptr_not_equal(first, second);
    egret_arena_destroy(arena);
}


static void
test_the_ceiling_bounds_what_is_asked_of_the_allocator(void **state)
{
    egret_arena_t *arena = new_arena(10000);
    size_t total = 0;

    (void) state;

    while (egret_arena_allocate(arena, 100) != NULL) {
        total += 100;
        assert_true(egret_arena_used(arena) <= 10000);
    }

    egret_assert_rc(egret_arena_rc(arena), EGRET_ELIMIT);
    assert_true(total > 7000);
    egret_arena_destroy(arena);
}


static void
test_a_ceiling_below_one_chunk_can_still_be_used(void **state)
{
    egret_arena_t *arena = new_arena(1000);

    (void) state;

    assert_non_null(egret_arena_allocate(arena, 300));
    assert_non_null(egret_arena_allocate(arena, 300));
    assert_null(egret_arena_allocate(arena, 1000));
    egret_assert_rc(egret_arena_rc(arena), EGRET_ELIMIT);
    assert_non_null(egret_arena_allocate(arena, 10));
    egret_arena_destroy(arena);
}


static void
test_a_size_beyond_memory_is_refused_as_a_limit(void **state)
{
    egret_arena_t *arena = new_arena(0);
    char byte = 'x';

    (void) state;

    assert_null(egret_arena_allocate(arena, SIZE_MAX));
    egret_assert_rc(egret_arena_rc(arena), EGRET_ELIMIT);
    assert_null(egret_arena_zeroed(arena, SIZE_MAX / 2, 3));
    assert_null(egret_arena_grow(arena, NULL, 0, SIZE_MAX));
    assert_null(egret_arena_copy(arena, (egret_span_t){ &byte, SIZE_MAX }).at);
    egret_arena_destroy(arena);
}


static void
test_zeroed_memory_is_clear(void **state)
{
    egret_arena_t *arena = new_arena(0);
    char *memory = egret_arena_zeroed(arena, 30, 30);

    (void) state;

    assert_non_null(memory);

    for (size_t i = 0; i < 900; i++) {
        assert_int_equal(memory[i], 0);
    }

    assert_non_null(egret_arena_zeroed(arena, 0, 8));
    assert_non_null(egret_arena_zeroed(arena, 8, 0));
    egret_arena_destroy(arena);
}


static void
test_the_last_allocation_grows_in_place(void **state)
{
    egret_arena_t *arena = new_arena(0);
    char *memory = egret_arena_allocate(arena, 10);

    (void) state;

    assert_non_null(memory);
    memcpy(memory, "0123456789", 10);
    assert_ptr_equal(egret_arena_grow(arena, memory, 10, 500), memory);
    memory[499] = 'x';
    assert_memory_equal(memory, "0123456789", 10);
    egret_arena_destroy(arena);
}


static void
test_an_earlier_allocation_grows_as_a_copy_and_stays(void **state)
{
    egret_arena_t *arena = new_arena(0);
    char *memory = egret_arena_allocate(arena, 10);
    char *grown;

    (void) state;

    assert_non_null(memory);
    memcpy(memory, "0123456789", 10);
    assert_non_null(egret_arena_allocate(arena, 1));

    grown = egret_arena_grow(arena, memory, 10, 20);
    assert_non_null(grown);
    assert_ptr_not_equal(grown, memory);
    assert_memory_equal(grown, "0123456789", 10);
    assert_memory_equal(memory, "0123456789", 10);
    egret_arena_destroy(arena);
}


static void
test_growth_beyond_the_chunk_keeps_the_bytes(void **state)
{
    egret_arena_t *arena = new_arena(0);
    size_t size = 1;
    unsigned char *memory = egret_arena_allocate(arena, size);

    (void) state;

    assert_non_null(memory);
    memory[0] = 0;

    while (size < 300000) {
        size_t more = size * 2 + 1;

        memory = egret_arena_grow(arena, memory, size, more);
        assert_non_null(memory);

        for (; size < more; size++) {
            memory[size] = (unsigned char) size;
        }
    }

    for (size_t i = 0; i < size; i++) {
        assert_int_equal(memory[i], (unsigned char) i);
    }

    egret_arena_destroy(arena);
}


static void
test_nothing_can_be_grown(void **state)
{
    egret_arena_t *arena = new_arena(0);

    (void) state;

    assert_non_null(egret_arena_grow(arena, NULL, 0, 10));
    egret_arena_destroy(arena);
}


static void
test_a_large_allocation_leaves_the_current_chunk_in_use(void **state)
{
    egret_test_allocator_t test;
    egret_arena_t *arena;
    size_t before;

    (void) state;

    egret_test_allocator_init(&test, 0, false);
    arena = egret_arena_create(&test.allocator, 0);
    assert_non_null(arena);
    assert_non_null(egret_arena_allocate(arena, 16));
    assert_non_null(egret_arena_allocate(arena, 1000000));
    before = test.count;
    assert_non_null(egret_arena_allocate(arena, 16));
    assert_int_equal(test.count, before);

    egret_arena_destroy(arena);
    assert_int_equal(test.live, 0);
}


static void
test_many_small_allocations_take_few_chunks(void **state)
{
    egret_test_allocator_t test;
    egret_arena_t *arena;

    (void) state;

    egret_test_allocator_init(&test, 0, false);
    arena = egret_arena_create(&test.allocator, 0);
    assert_non_null(arena);

    for (size_t i = 0; i < 10000; i++) {
        assert_non_null(egret_arena_allocate(arena, 48));
    }

    assert_true(test.count < 20);
    egret_arena_destroy(arena);
}


static void
test_a_copy_ends_with_a_zero(void **state)
{
    egret_arena_t *arena = new_arena(0);
    egret_span_t copy;

    (void) state;

    copy = egret_arena_copy(arena, EGRET_SPAN("a\0b"));
    assert_int_equal(copy.length, 3);
    assert_memory_equal(copy.at, "a\0b", 4);

    copy = egret_arena_copy(arena, (egret_span_t){ NULL, 0 });
    assert_non_null(copy.at);
    assert_int_equal(copy.length, 0);
    assert_int_equal(copy.at[0], 0);
    egret_arena_destroy(arena);
}


static void
test_text_is_printed_whole(void **state)
{
    egret_arena_t *arena = new_arena(0);
    egret_span_t text;

    (void) state;

    text = egret_arena_print(arena, "%s-%d", "green", 42);
    egret_assert_span(text, "green-42");
    assert_int_equal(text.at[text.length], 0);

    text = egret_arena_print(arena, "%*s", 20000, "x");
    assert_int_equal(text.length, 20000);
    assert_int_equal(text.at[19999], 'x');
    egret_arena_destroy(arena);
}


static void
test_destroying_no_arena_is_allowed(void **state)
{
    (void) state;

    egret_arena_destroy(NULL);
}


static egret_rc_t
use_arena(const egret_allocator_t *allocator, void *context)
{
    egret_arena_t *arena = egret_arena_create(allocator, 0);
    egret_rc_t rc = EGRET_OK;
    void *memory;

    (void) context;

    if (arena == NULL) {
        return EGRET_ENOMEM;
    }

    memory = egret_arena_allocate(arena, 3000);

    if (memory == NULL || egret_arena_zeroed(arena, 100, 10) == NULL
        || egret_arena_grow(arena, memory, 3000, 100000) == NULL
        || egret_arena_copy(arena, EGRET_SPAN("copy")).at == NULL
        || egret_arena_print(arena, "%9000d", 1).at == NULL)
    {
        rc = egret_arena_rc(arena);
    }

    egret_arena_destroy(arena);

    return rc;
}


static void
test_an_arena_survives_each_failing_allocation(void **state)
{
    (void) state;

    assert_true(egret_test_torture(use_arena, NULL) >= 4);
}


static const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_allocations_are_aligned_and_apart),
    cmocka_unit_test(test_no_size_gives_a_pointer_of_its_own),
    cmocka_unit_test(test_the_ceiling_bounds_what_is_asked_of_the_allocator),
    cmocka_unit_test(test_a_ceiling_below_one_chunk_can_still_be_used),
    cmocka_unit_test(test_a_size_beyond_memory_is_refused_as_a_limit),
    cmocka_unit_test(test_zeroed_memory_is_clear),
    cmocka_unit_test(test_the_last_allocation_grows_in_place),
    cmocka_unit_test(test_an_earlier_allocation_grows_as_a_copy_and_stays),
    cmocka_unit_test(test_growth_beyond_the_chunk_keeps_the_bytes),
    cmocka_unit_test(test_nothing_can_be_grown),
    cmocka_unit_test(test_a_large_allocation_leaves_the_current_chunk_in_use),
    cmocka_unit_test(test_many_small_allocations_take_few_chunks),
    cmocka_unit_test(test_a_copy_ends_with_a_zero),
    cmocka_unit_test(test_text_is_printed_whole),
    cmocka_unit_test(test_destroying_no_arena_is_allowed),
    cmocka_unit_test(test_an_arena_survives_each_failing_allocation),
};


int
main(void)
{
    return egret_test_run(tests);
}
