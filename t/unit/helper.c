/* SPDX-License-Identifier: Apache-2.0 */

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "helper.h"

#define PATH_BYTES 4096


static void *
counted_allocate(void *context, size_t size)
{
    egret_test_allocator_t *test = context;
    void *memory;

    test->count++;

    if (test->fails_at != 0
        && (test->count == test->fails_at
            || (test->stays_failed && test->count > test->fails_at)))
    {
        return NULL;
    }

    memory = malloc(size);
    if (memory != NULL) {
        test->live++;
    }

    return memory;
}


static void
counted_release(void *context, void *memory)
{
    egret_test_allocator_t *test = context;

    if (memory == NULL) {
        return;
    }

    test->live--;
    free(memory);
}


void
egret_test_allocator_init(egret_test_allocator_t *test, size_t fails_at,
                          bool stays_failed)
{
    *test = (egret_test_allocator_t){
        .allocator = { counted_allocate, counted_release, test },
        .fails_at = fails_at,
        .stays_failed = stays_failed,
    };
}


/* True when the scenario passed without reaching the failure. */
static bool
run_once(egret_test_scenario_t scenario, void *context, size_t fails_at,
         bool stays_failed, size_t *count)
{
    egret_test_allocator_t test;
    bool is_reached;
    egret_rc_t rc;

    egret_test_allocator_init(&test, fails_at, stays_failed);
    rc = scenario(&test.allocator, context);
    is_reached = test.count >= fails_at;

    if (test.live != 0) {
        fail_msg("%zu allocations leak when number %zu fails", test.live,
                 fails_at);
    }

    if (rc != (is_reached ? EGRET_ENOMEM : EGRET_OK)) {
        fail_msg("\"%s\" when allocation %zu %s", egret_rc_text(rc), fails_at,
                 is_reached ? "fails" : "would fail but there is none");
    }

    *count = test.count;

    return !is_reached;
}


size_t
egret_test_torture(egret_test_scenario_t scenario, void *context)
{
    size_t count = 0;

    for (size_t n = 1; !run_once(scenario, context, n, false, &count); n++) {
        (void) run_once(scenario, context, n, true, &count);
    }

    return count;
}


const char *
egret_test_root(void)
{
    const char *root = getenv("EGRET_ROOT");

    return root == NULL || root[0] == '\0' ? "." : root;
}


static void
full_path(const char *path, char out[PATH_BYTES])
{
    int length;

    if (path[0] == '/') {
        length = snprintf(out, PATH_BYTES, "%s", path);
    } else {
        length = snprintf(out, PATH_BYTES, "%s/%s", egret_test_root(), path);
    }

    assert_in_range(length, 1, PATH_BYTES - 1);
}


egret_span_t
egret_test_read_file(egret_arena_t *arena, const char *path)
{
    char name[PATH_BYTES];
    FILE *file;
    long size;
    char *bytes;

    full_path(path, name);
    file = fopen(name, "rb");

    if (file == NULL || fseek(file, 0, SEEK_END) != 0
        || (size = ftell(file)) < 0 || fseek(file, 0, SEEK_SET) != 0)
    {
        fail_msg("%s: cannot be read", name);
        return (egret_span_t){ NULL, 0 };
    }

    bytes = egret_arena_allocate(arena, (size_t) size + 1);
    assert_non_null(bytes);
    assert_int_equal(fread(bytes, 1, (size_t) size, file), size);
    bytes[size] = '\0';
    (void) fclose(file);

    return (egret_span_t){ bytes, (size_t) size };
}


bool
egret_test_has_file(const char *path)
{
    char name[PATH_BYTES];

    full_path(path, name);

    return access(name, R_OK) == 0;
}


bool
egret_test_has_shared(const char *name)
{
    char beside[PATH_BYTES / 2];

    (void) snprintf(beside, sizeof(beside), "../shared/%s", name);

    return egret_test_has_file(beside);
}


bool
egret_test_skips_all(const char *name)
{
    if (egret_test_has_shared(name)) {
        return false;
    }
    (void) printf("1..0 # SKIP there is no ../shared/%s\n", name);

    return true;
}


const char *
egret_test_shared(const char *name)
{
    static char path[PATH_BYTES];
    char beside[PATH_BYTES / 2];

    (void) snprintf(beside, sizeof(beside), "../shared/%s", name);
    full_path(beside, path);

    if (access(path, R_OK) != 0) {
        print_message("# %s is not there\n", path);
        skip();
    }

    return path;
}


void
egret_test_assert_span(egret_span_t span, egret_span_t expected,
                       const char *file, int line)
{
    if (egret_span_equals(span, expected)) {
        return;
    }

    print_error("\"%.*s\" is not \"%.*s\"\n", EGRET_SPAN_ARGS(span),
                EGRET_SPAN_ARGS(expected));
    _fail(file, line);
}
