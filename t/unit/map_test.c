/* SPDX-License-Identifier: Apache-2.0 */

#include "helper.h"
#include "util/map.h"

static egret_arena_t *arena;
static int values[5000];


static int
set_up(void **state)
{
    (void) state;

    arena = egret_arena_create(egret_allocator_default(), 0);

    return arena == NULL ? -1 : 0;
}


static int
tear_down(void **state)
{
    (void) state;

    egret_arena_destroy(arena);

    return 0;
}


static void
test_an_empty_map_finds_nothing(void **state)
{
    egret_map_t map;

    (void) state;

    egret_map_init(&map, arena);
    assert_null(egret_map_find(&map, EGRET_SPAN("EUR")));
    assert_int_equal(map.count, 0);
}


static void
test_each_key_finds_its_value(void **state)
{
    egret_map_t map;

    (void) state;

    egret_map_init(&map, arena);

    for (size_t i = 0; i < 5000; i++) {
        egret_span_t key = egret_arena_print(arena, "key-%zu", i);

        assert_non_null(key.at);
        assert_null(egret_map_find(&map, key));
        egret_assert_ok(egret_map_add(&map, key, &values[i]));
    }

    for (size_t i = 0; i < 5000; i++) {
        egret_span_t key = egret_arena_print(arena, "key-%zu", i);

        assert_ptr_equal(egret_map_find(&map, key), &values[i]);
    }

    assert_null(egret_map_find(&map, EGRET_SPAN("key-5000")));
}


static void
test_a_key_cannot_be_added_twice(void **state)
{
    egret_map_t map;

    (void) state;

    egret_map_init(&map, arena);
    egret_assert_ok(egret_map_add(&map, EGRET_SPAN("EUR"), &values[0]));
    egret_assert_rc(egret_map_add(&map, EGRET_SPAN("EUR"), &values[1]),
                    EGRET_EEXIST);
    assert_int_equal(map.count, 1);
    assert_ptr_equal(egret_map_find(&map, EGRET_SPAN("EUR")), &values[0]);
}


static void
test_the_empty_key_and_zeros_are_keys(void **state)
{
    egret_map_t map;

    (void) state;

    egret_map_init(&map, arena);
    egret_assert_ok(egret_map_add(&map, EGRET_SPAN(""), &values[0]));
    egret_assert_ok(egret_map_add(&map, EGRET_SPAN("\0"), &values[1]));
    egret_assert_ok(egret_map_add(&map, EGRET_SPAN("\0\0"), &values[2]));
    assert_ptr_equal(egret_map_find(&map, (egret_span_t){ NULL, 0 }),
                     &values[0]);
    assert_ptr_equal(egret_map_find(&map, EGRET_SPAN("\0")), &values[1]);
    assert_ptr_equal(egret_map_find(&map, EGRET_SPAN("\0\0")), &values[2]);
}


/* Two words with the same FNV-1a of 32 bits. */
static void
test_keys_of_the_same_hash_stay_apart(void **state)
{
    egret_map_t map;

    (void) state;

    assert_int_equal(egret_span_hash(EGRET_SPAN("costarring")),
                     egret_span_hash(EGRET_SPAN("liquid")));
    egret_map_init(&map, arena);
    egret_assert_ok(egret_map_add(&map, EGRET_SPAN("costarring"), &values[0]));
    assert_null(egret_map_find(&map, EGRET_SPAN("liquid")));
    egret_assert_ok(egret_map_add(&map, EGRET_SPAN("liquid"), &values[1]));
    assert_ptr_equal(egret_map_find(&map, EGRET_SPAN("costarring")),
                     &values[0]);
    assert_ptr_equal(egret_map_find(&map, EGRET_SPAN("liquid")), &values[1]);
}


static void
test_entries_keep_the_order_of_insertion(void **state)
{
    static const char *const names[] = {
        "zinc", "amber", "moss", "teal", "iron", "jade", "opal", "ruby",
        "onyx", "lime", "gold"
    };
    egret_map_t map;

    (void) state;

    egret_map_init(&map, arena);

    for (size_t i = 0; i < 11; i++) {
        egret_assert_ok(egret_map_add(&map, egret_span_from(names[i]),
                                      &values[i]));
    }

    assert_int_equal(map.count, 11);

    for (size_t i = 0; i < 11; i++) {
        egret_assert_span(map.entries[i].key, names[i]);
        assert_ptr_equal(map.entries[i].value, &values[i]);
    }
}


static egret_rc_t
fill_map(const egret_allocator_t *allocator, void *context)
{
    egret_arena_t *own = egret_arena_create(allocator, 0);
    egret_rc_t rc = EGRET_OK;
    egret_map_t map;
    size_t i;

    (void) context;

    if (own == NULL) {
        return EGRET_ENOMEM;
    }

    egret_map_init(&map, own);

    for (i = 0; i < 1000; i++) {
        egret_span_t key = egret_arena_print(own, "%zu", i);

        if (key.at == NULL) {
            rc = egret_arena_rc(own);
            break;
        }

        rc = egret_map_add(&map, key, &values[i]);
        if (rc != EGRET_OK) {
            break;
        }
    }

    /* What was there before a failure is there after it. */
    assert_int_equal(map.count, i);

    for (size_t j = 0; j < map.count; j++) {
        assert_ptr_equal(egret_map_find(&map, map.entries[j].key), &values[j]);
    }

    egret_arena_destroy(own);

    return rc;
}


static void
test_a_map_survives_each_failing_allocation(void **state)
{
    (void) state;

    assert_true(egret_test_torture(fill_map, NULL) >= 6);
}


static void
test_a_map_stops_at_the_arenas_ceiling(void **state)
{
    egret_arena_t *small;
    egret_rc_t rc = EGRET_OK;
    egret_map_t map;

    (void) state;

    small = egret_arena_create(egret_allocator_default(), 5000);
    assert_non_null(small);
    egret_map_init(&map, small);

    for (size_t i = 0; rc == EGRET_OK; i++) {
        rc = egret_map_add(&map, egret_arena_print(arena, "%zu", i), NULL);
    }

    egret_assert_rc(rc, EGRET_ELIMIT);
    assert_in_range(map.count, 8, 1000);
    egret_arena_destroy(small);
}


static const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_an_empty_map_finds_nothing),
    cmocka_unit_test(test_each_key_finds_its_value),
    cmocka_unit_test(test_a_key_cannot_be_added_twice),
    cmocka_unit_test(test_the_empty_key_and_zeros_are_keys),
    cmocka_unit_test(test_keys_of_the_same_hash_stay_apart),
    cmocka_unit_test(test_entries_keep_the_order_of_insertion),
    cmocka_unit_test(test_a_map_survives_each_failing_allocation),
    cmocka_unit_test(test_a_map_stops_at_the_arenas_ceiling),
};


int
main(void)
{
    cmocka_set_message_output(CM_OUTPUT_TAP);

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
