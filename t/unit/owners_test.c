/* SPDX-License-Identifier: Apache-2.0 */
#include "helper.h"
#include "identity/owners.h"

static egret_arena_t *arena;
static egret_owners_t owners;
static int xiamen, taipei;


static int
open_owners(void **state)
{
    (void) state;
    arena = egret_arena_create(egret_allocator_default(), 0);
    egret_owners_init(&owners, arena);
    return arena == NULL;
}


static int
close_owners(void **state)
{
    (void) state;
    egret_arena_destroy(arena);
    return 0;
}


static void
add(int claim, const char *name, const void *owner)
{
    egret_span_t names[EGRET_CLAIM_KINDS] = { 0 };

    names[claim] = egret_span_from(name);
    egret_assert_ok(egret_owners_add(&owners, names, owner));
}


static bool
has_another(const char *dns, const char *lei, const void *owner)
{
    egret_span_t names[] = { EGRET_SPAN("own.example"), egret_span_from(dns) };
    egret_certificate_t certificate = { 0 };

    certificate.dns = names;
    certificate.dns_count = 2;
    certificate.lei = egret_span_from(lei);
    certificate.serial = EGRET_SPAN("01");
    return egret_owners_have_another(&owners, &certificate, owner);
}


static void
test_a_name_of_another_is_told(void **state)
{
    (void) state;
    add(EGRET_CLAIM_DNS, "own.example", &xiamen);
    add(EGRET_CLAIM_DNS, "gw.tpbank.example", &taipei);
    add(EGRET_CLAIM_LEI, "LEI-OF-TAIPEI", &taipei);
    assert_true(has_another("gw.tpbank.example", "", &xiamen));
    assert_true(has_another("nobody.example", "LEI-OF-TAIPEI", &xiamen));
    assert_false(has_another("nobody.example", "", &xiamen));
    assert_true(has_another("gw.tpbank.example", "", &taipei));
}


static void
test_a_name_of_both_is_of_each(void **state)
{
    (void) state;
    add(EGRET_CLAIM_DNS, "hub.example", &xiamen);
    add(EGRET_CLAIM_DNS, "hub.example", &taipei);
    add(EGRET_CLAIM_DNS, "hub.example", &xiamen);
    assert_false(has_another("hub.example", "", &xiamen));
    assert_false(has_another("hub.example", "", &taipei));
    assert_true(has_another("hub.example", "", &arena));
}


static void
test_a_serial_is_no_name(void **state)
{
    (void) state;
    add(EGRET_CLAIM_SERIAL, "01", &taipei);
    assert_false(has_another("nobody.example", "", &xiamen));
}


static egret_rc_t
add_once(const egret_allocator_t *allocator, void *context)
{
    egret_arena_t *own = egret_arena_create(allocator, 0);
    egret_span_t names[EGRET_CLAIM_KINDS] = { [EGRET_CLAIM_DNS] =
                                                  EGRET_SPAN("a.example") };
    egret_owners_t made;
    egret_rc_t rc = EGRET_ENOMEM;

    if (own != NULL) {
        egret_owners_init(&made, own);
        rc = egret_owners_add(&made, names, context);
    }
    egret_arena_destroy(own);
    return rc;
}


static void
test_a_refused_allocation_is_reported(void **state)
{
    (void) state;
    assert_true(egret_test_torture(add_once, &xiamen) > 1);
}


int
main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name)                                                            \
    cmocka_unit_test_setup_teardown(name, open_owners, close_owners)
        TEST(test_a_name_of_another_is_told),
        TEST(test_a_name_of_both_is_of_each),
        TEST(test_a_serial_is_no_name),
        TEST(test_a_refused_allocation_is_reported),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
