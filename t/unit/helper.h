/* SPDX-License-Identifier: Apache-2.0 */
/* helper: what every unit test shares. It brings cmocka; the assertions here
 * end the test like cmocka's own.
 *
 * Tests run from the root of the repository, or with EGRET_ROOT set to it. */
#ifndef EGRET_TEST_HELPER_H
#define EGRET_TEST_HELPER_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "util/arena.h"

/* An allocator whose allocation number `fails_at` (from 1; 0: none) gives
 * NULL, and with `stays_failed` every later one too. */
typedef struct {
    egret_allocator_t allocator; /* pass its address */
    size_t fails_at;
    bool stays_failed;
    size_t count; /* of allocations asked for */
    size_t live;  /* not yet released */
} egret_test_allocator_t;

/* `test` must not move afterwards: the allocator points to it. */
void egret_test_allocator_init(egret_test_allocator_t *test, size_t fails_at,
                               bool stays_failed);

/* A scenario creates all it needs from `allocator`, gives all of it back, and
 * returns EGRET_ENOMEM if anything in it was refused memory, else EGRET_OK. */
typedef egret_rc_t (*egret_test_scenario_t)(const egret_allocator_t *allocator,
                                            void *context);

/* Runs the scenario with each allocation failing once, alone and with all that
 * follow, until it passes without reaching the failure. Asserts that a run
 * that reached it says EGRET_ENOMEM, that the last one says EGRET_OK and that
 * nothing leaks. Returns the number of allocations of the passing run. */
size_t egret_test_torture(egret_test_scenario_t scenario, void *context);

/* The root of the repository, without a slash at the end. */
const char *egret_test_root(void);
/* The file at `path`, from the root unless it starts with a slash, followed by
 * a zero. Asserts that it can be read. */
egret_span_t egret_test_read_file(egret_arena_t *arena, const char *path);
/* Whether there is a file or folder at `path`, from the root. */
bool egret_test_has_file(const char *path);
/* Skips the test, with a message, unless the material beside the repository
 * has `name`. Gives its path ("ROOT/../shared/NAME") until the next call. */
const char *egret_test_shared(const char *name);
bool egret_test_has_shared(const char *name);
/* When it is not there: says as TAP does that the whole file is skipped: what
 * cmocka says of one test that is skipped counts as failed. */
bool egret_test_skips_all(const char *name);

/* A span equals a C string; an rc is the one named (told in words). */
#define egret_assert_span(span, text)                                         \
    egret_test_assert_span((span), egret_span_from(text), __FILE__, __LINE__)
#define egret_assert_ok(rc)                                                   \
    assert_string_equal(egret_rc_text(rc), egret_rc_text(EGRET_OK))
#define egret_assert_rc(rc, expected)                                         \
    assert_string_equal(egret_rc_text(rc), egret_rc_text(expected))

void egret_test_assert_span(egret_span_t span, egret_span_t expected,
                            const char *file, int line);

/* Runs an array of struct CMUnitTest and prints TAP; what main returns. */
#define egret_test_run(tests)                                                 \
    (cmocka_set_message_output(CM_OUTPUT_TAP),                                \
     cmocka_run_group_tests((tests), NULL, NULL))

#endif
