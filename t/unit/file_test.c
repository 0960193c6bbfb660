/* SPDX-License-Identifier: Apache-2.0 */

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "config/file.h"
#include "helper.h"

#define MAXIMUM ((size_t) 5000)


/* A file of `length` bytes; its path stays in `path`. */
static void
make_file(char *path, size_t length)
{
    int descriptor;

    strcpy(path, "/tmp/egret-file-XXXXXX");
    descriptor = mkstemp(path);
    assert_true(descriptor >= 0);
    assert_int_equal(ftruncate(descriptor, (off_t) length), 0);
    assert_int_equal(close(descriptor), 0);
}


static void
test_a_file_of_the_largest_size_is_read_whole(void **state)
{
    egret_arena_t *arena = egret_arena_create(egret_allocator_default(), 0);
    char path[32];
    egret_span_t text;

    (void) state;

    make_file(path, MAXIMUM);
    assert_int_equal(egret_file_read(path, MAXIMUM, arena, &text), EGRET_OK);
    assert_int_equal(text.length, MAXIMUM);
    unlink(path);
    egret_arena_destroy(arena);
}


static void
test_a_larger_file_is_refused_and_never_cut(void **state)
{
    egret_arena_t *arena = egret_arena_create(egret_allocator_default(), 0);
    char path[32];
    egret_span_t text;

    (void) state;

    make_file(path, MAXIMUM + 1);
    assert_int_equal(egret_file_read(path, MAXIMUM, arena, &text), EGRET_EIO);
    assert_string_equal(egret_file_reason(MAXIMUM, arena),
                        "is larger than 5000 bytes");
    unlink(path);
    egret_arena_destroy(arena);
}


static void
test_a_file_that_is_missing_has_its_reason(void **state)
{
    egret_arena_t *arena = egret_arena_create(egret_allocator_default(), 0);
    egret_span_t text;

    (void) state;

    assert_int_equal(egret_file_read("/none/such", MAXIMUM, arena, &text),
                     EGRET_EIO);
    assert_string_equal(egret_file_reason(MAXIMUM, arena),
                        "No such file or directory");
    egret_arena_destroy(arena);
}


static void
test_the_start_of_a_message_ends_at_the_maximum(void **state)
{
    egret_arena_t *arena = egret_arena_create(egret_allocator_default(), 0);
    char path[32];
    egret_span_t text;

    (void) state;

    make_file(path, MAXIMUM + 1);
    assert_int_equal(egret_file_read_start(path, MAXIMUM, arena, &text),
                     EGRET_OK);
    assert_int_equal(text.length, MAXIMUM);
    unlink(path);
    egret_arena_destroy(arena);
}


int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_file_of_the_largest_size_is_read_whole),
        cmocka_unit_test(test_a_larger_file_is_refused_and_never_cut),
        cmocka_unit_test(test_a_file_that_is_missing_has_its_reason),
        cmocka_unit_test(test_the_start_of_a_message_ends_at_the_maximum),
    };

    return egret_test_run(tests);
}
