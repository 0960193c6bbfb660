/* SPDX-License-Identifier: Apache-2.0 */

#include <string.h>

#include "helper.h"
#include "util/gzip.h"

#define ISO "ISO 20022\n"
#define BODY 10 /* bytes of a member's head; its tail has 8 */

/* What gzip makes of ISO, and of 2,000 zero bytes. */
static const char iso[] =
    "\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03\xf3\x0c\xf6\x57\x30\x32\x30\x30"
    "\x32\xe2\x02\x00\x62\xba\x08\xc7\x0a\x00\x00\x00";
static const char zeros[] =
    "\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03\x63\x60\x18\x05\xa3\x60\x14\x8c"
    "\x82\x51\x30\x0a\x46\xc1\x50\x07\x00\x44\xf4\xc9\x02\xd0\x07\x00\x00";

#define ISO_LENGTH (sizeof(iso) - 1)
#define ZEROS_LENGTH (sizeof(zeros) - 1)


static egret_rc_t
read_at_most(const char *bytes, size_t length, size_t maximum)
{
    egret_arena_t *arena = egret_arena_create(egret_allocator_default(), 0);
    egret_span_t out = EGRET_SPAN("untouched");
    egret_rc_t rc;

    assert_non_null(arena);
    rc = egret_gzip_read((egret_span_t){ bytes, length }, maximum, arena,
                         &out);
    assert_true(rc == EGRET_OK || out.length == 9);
    assert_true(rc != EGRET_OK || out.length <= maximum);
    egret_arena_destroy(arena);

    return rc;
}


static void
test_a_member_is_inflated(void **state)
{
    egret_arena_t *arena = egret_arena_create(egret_allocator_default(), 0);
    egret_span_t out;

    (void) state;
    egret_assert_ok(egret_gzip_read((egret_span_t){ iso, ISO_LENGTH }, 100,
                                    arena, &out));
    egret_assert_span(out, ISO);
    egret_arena_destroy(arena);
}


static void
test_members_follow_each_other(void **state)
{
    egret_arena_t *arena = egret_arena_create(egret_allocator_default(), 0);
    char twice[2 * ISO_LENGTH];
    egret_span_t out;

    (void) state;
    memcpy(twice, iso, ISO_LENGTH);
    memcpy(twice + ISO_LENGTH, iso, ISO_LENGTH);
    egret_assert_ok(egret_gzip_read((egret_span_t){ twice, sizeof(twice) },
                                    100, arena, &out));
    egret_assert_span(out, ISO ISO);
    egret_arena_destroy(arena);
}


static void
test_the_maximum_counts_what_is_inflated(void **state)
{
    (void) state;
    egret_assert_ok(read_at_most(zeros, ZEROS_LENGTH, 2000));
    assert_int_equal(read_at_most(zeros, ZEROS_LENGTH, 1999), EGRET_ERANGE);
    assert_int_equal(read_at_most(zeros, ZEROS_LENGTH, 0), EGRET_ERANGE);
}


static void
test_what_is_cut_short_is_refused(void **state)
{
    (void) state;
    for (size_t length = 0; length < ISO_LENGTH; length++) {
        assert_int_equal(read_at_most(iso, length, 100), EGRET_ESYNTAX);
    }
}


/* Not the time stamp, the flags of speed and the system's, nor the bits that
 * fill the last byte of the content: they say nothing. */
static void
test_a_changed_byte_is_refused(void **state)
{
    char changed[ISO_LENGTH];

    (void) state;
    for (size_t at = 0; at < ISO_LENGTH; at++) {
        if ((at >= 4 && at < BODY) || at == ISO_LENGTH - 9) {
            continue;
        }
        memcpy(changed, iso, ISO_LENGTH);
        changed[at] = (char) (changed[at] ^ 0x80);
        assert_int_equal(read_at_most(changed, ISO_LENGTH, 100),
                         EGRET_ESYNTAX);
    }
}


static void
test_nothing_stands_behind_the_last_member(void **state)
{
    char more[ISO_LENGTH + 1];

    (void) state;
    memcpy(more, iso, ISO_LENGTH);
    more[ISO_LENGTH] = '<';
    assert_int_equal(read_at_most(more, sizeof(more), 100), EGRET_ESYNTAX);
}


static void
test_zlib_and_bare_deflate_are_no_gzip(void **state)
{
    (void) state;
    assert_int_equal(read_at_most(iso + BODY, ISO_LENGTH - BODY, 100),
                     EGRET_ESYNTAX);
    assert_int_equal(read_at_most("\x78\x9c\x03\x00\x00\x00\x00\x01", 8, 100),
                     EGRET_ESYNTAX);
}


static void
test_the_arena_bounds_what_inflating_takes(void **state)
{
    egret_arena_t *arena = egret_arena_create(egret_allocator_default(), 4096);
    egret_span_t out;

    (void) state;
    assert_int_equal(egret_gzip_read((egret_span_t){ iso, ISO_LENGTH }, 100,
                                     arena, &out),
                     EGRET_ELIMIT);
    egret_arena_destroy(arena);
}


int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_member_is_inflated),
        cmocka_unit_test(test_members_follow_each_other),
        cmocka_unit_test(test_the_maximum_counts_what_is_inflated),
        cmocka_unit_test(test_what_is_cut_short_is_refused),
        cmocka_unit_test(test_a_changed_byte_is_refused),
        cmocka_unit_test(test_nothing_stands_behind_the_last_member),
        cmocka_unit_test(test_zlib_and_bare_deflate_are_no_gzip),
        cmocka_unit_test(test_the_arena_bounds_what_inflating_takes),
    };

    return egret_test_run(tests);
}
