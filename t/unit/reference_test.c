/* SPDX-License-Identifier: Apache-2.0 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "config/reference.h"
#include "helper.h"

#define FOLDER 64

typedef struct {
    egret_arena_t *arena;
    const egret_reference_t *reference;
    egret_span_t fault;
    char folder[FOLDER];
} fixture_t;


static const char *
path_of(const char *folder, const char *name)
{
    static char path[512];

    assert_true(snprintf(path, sizeof(path), "%s/%s", folder, name)
                < (int) sizeof(path));

    return path;
}


static void
write_file(const fixture_t *fixture, const char *name, const char *text)
{
    FILE *file = fopen(path_of(fixture->folder, name), "w");

    assert_non_null(file);
    assert_int_equal(fwrite(text, 1, strlen(text), file), strlen(text));
    assert_int_equal(fclose(file), 0);
}


static int
set_up(void **state)
{
    fixture_t *fixture = calloc(1, sizeof(*fixture));

    assert_non_null(fixture);
    fixture->arena = egret_arena_create(egret_allocator_default(), 0);
    strcpy(fixture->folder, "/tmp/egret-reference-XXXXXX");
    assert_non_null(mkdtemp(fixture->folder));
    write_file(fixture, "currencies.tsv",
               "# a comment\ncode\tminor_unit\tname\nCNY\t2\tYuan\n");
    write_file(fixture, "countries.tsv", "code\tname\nCN\tChina\n");
    write_file(fixture, "currency_hints.tsv",
               "code\tmeaning\nRMB\twrite CNY\n");
    *state = fixture;

    return 0;
}


static int
tear_down(void **state)
{
    fixture_t *fixture = *state;

    unlink(path_of(fixture->folder, "currencies.tsv"));
    unlink(path_of(fixture->folder, "countries.tsv"));
    unlink(path_of(fixture->folder, "currency_hints.tsv"));
    rmdir(fixture->folder);
    egret_arena_destroy(fixture->arena);
    free(fixture);

    return 0;
}


static void
load_shipped(fixture_t *fixture)
{
    char folder[512];

    (void) snprintf(folder, sizeof(folder), "%s/conf/reference",
                    egret_test_root());
    egret_assert_ok(egret_reference_load(folder, fixture->arena,
                                         &fixture->reference, &fixture->fault));
}


static int
minor_unit(const fixture_t *fixture, const char *code)
{
    const egret_currency_t *currency = egret_reference_currency(
        fixture->reference, egret_span_from(code));

    assert_non_null(currency);

    return currency->minor_unit;
}


static void
test_the_shipped_currencies_have_their_minor_units(void **state)
{
    fixture_t *fixture = *state;

    load_shipped(fixture);
    assert_int_equal(minor_unit(fixture, "CNY"), 2);
    assert_int_equal(minor_unit(fixture, "TWD"), 2);
    assert_int_equal(minor_unit(fixture, "JPY"), 0);
    assert_int_equal(minor_unit(fixture, "KRW"), 0);
    assert_int_equal(minor_unit(fixture, "KWD"), 3);
    assert_int_equal(minor_unit(fixture, "CLF"), 4);
    assert_int_equal(minor_unit(fixture, "XAU"), -1);
    assert_int_equal(minor_unit(fixture, "ZWG"), 2);
    assert_int_equal(minor_unit(fixture, "XCG"), 2);
    assert_int_equal(minor_unit(fixture, "SLE"), 2);
    assert_int_equal(minor_unit(fixture, "VED"), 2);
    assert_int_equal(fixture->reference->currencies.count, 178);
}


static void
test_withdrawn_currencies_are_not_active_but_explained(void **state)
{
    static const char *const withdrawn[] = { "BGN", "HRK", "CUC", "ANG",
                                             "ZWL", "SLL", "RUR", "CNH",
                                             "RMB", "NTD" };
    fixture_t *fixture = *state;

    load_shipped(fixture);
    for (size_t i = 0; i < sizeof(withdrawn) / sizeof(withdrawn[0]); i++) {
        egret_span_t code = egret_span_from(withdrawn[i]);

        assert_null(egret_reference_currency(fixture->reference, code));
        assert_true(
            egret_reference_currency_hint(fixture->reference, code).length > 0);
    }
    egret_assert_span(egret_reference_currency_hint(fixture->reference,
                                                    EGRET_SPAN("CNY")), "");
}


static void
test_no_hint_stands_for_an_active_currency(void **state)
{
    fixture_t *fixture = *state;

    load_shipped(fixture);
    for (size_t i = 0; i < fixture->reference->currency_hints.count; i++) {
        assert_null(egret_reference_currency(
            fixture->reference,
            fixture->reference->currency_hints.entries[i].key));
    }
}


static void
test_the_shipped_countries_are_the_249_and_xk(void **state)
{
    fixture_t *fixture = *state;

    load_shipped(fixture);
    assert_int_equal(fixture->reference->countries.count, 250);
    assert_true(egret_reference_has_country(fixture->reference,
                                            EGRET_SPAN("TW")));
    assert_true(egret_reference_has_country(fixture->reference,
                                            EGRET_SPAN("XK")));
    assert_false(egret_reference_has_country(fixture->reference,
                                             EGRET_SPAN("UK")));
    assert_false(egret_reference_has_country(fixture->reference,
                                             EGRET_SPAN("")));
}


static egret_rc_t
load(fixture_t *fixture)
{
    return egret_reference_load(fixture->folder, fixture->arena,
                                &fixture->reference, &fixture->fault);
}


static void
assert_refused(fixture_t *fixture, const char *name, const char *text,
               egret_rc_t rc, const char *sentence)
{
    char expected[1024];

    write_file(fixture, name, text);
    egret_assert_rc(load(fixture), rc);
    (void) snprintf(expected, sizeof(expected), "%s%s",
                    path_of(fixture->folder, name), sentence);
    egret_assert_span(fixture->fault, expected);
}


static void
test_a_faulty_line_is_refused_with_its_number(void **state)
{
    fixture_t *fixture = *state;

    egret_assert_ok(load(fixture));
    egret_assert_span(fixture->fault, "");

    assert_refused(fixture, "currencies.tsv", "", EGRET_ESYNTAX,
                   ": there is no column header");
    assert_refused(fixture, "currencies.tsv", "code\tname\n", EGRET_ESYNTAX,
                   ":1: the column header has not the columns of this list");
    assert_refused(fixture, "currencies.tsv", "code\tunit\tname\n",
                   EGRET_ESYNTAX, ":1: unit is no column of this list");
    assert_refused(fixture, "currencies.tsv",
                   "code\tminor_unit\tname\n# x\nCNY\t2\n", EGRET_ESYNTAX,
                   ":3: CNY\t2 has not one tab and one value for each column");
    assert_refused(fixture, "currencies.tsv",
                   "code\tminor_unit\tname\nCNY\t2\tx\ty\n", EGRET_ESYNTAX,
                   ":2: CNY\t2\tx\ty has not one tab and one value for each "
                   "column");
    assert_refused(fixture, "currencies.tsv",
                   "code\tminor_unit\tname\ncny\t2\tx\n", EGRET_ESYNTAX,
                   ":2: cny is no currency code (three capital letters)");
    assert_refused(fixture, "currencies.tsv",
                   "code\tminor_unit\tname\nCNY\tx\tx\n", EGRET_ESYNTAX,
                   ":2: CNY has no minor unit (a digit, or - for none)");
    assert_refused(fixture, "currencies.tsv",
                   "code\tminor_unit\tname\nCNY\t2\tx\nCNY\t2\ty\n",
                   EGRET_EEXIST, ":3: CNY stands twice");
    assert_refused(fixture, "currencies.tsv",
                   "code\tminor_unit\tname\nCNY\t2\t\xff\n", EGRET_ESYNTAX,
                   ":2: CNY is not UTF-8");
}


static void
test_the_other_lists_are_held_to_their_codes_too(void **state)
{
    fixture_t *fixture = *state;

    assert_refused(fixture, "countries.tsv", "code\tname\nCHN\tChina\n",
                   EGRET_ESYNTAX,
                   ":2: CHN is no ISO 3166-1 code (two capital letters)");
    assert_refused(fixture, "countries.tsv",
                   "code\tname\nCN\tChina\nCN\tChina\n", EGRET_EEXIST,
                   ":3: CN stands twice");
    write_file(fixture, "countries.tsv", "code\tname\r\nCN\tChina\r\n");
    assert_refused(fixture, "currency_hints.tsv", "code\tmeaning\nNT$\tx\n",
                   EGRET_ESYNTAX,
                   ":2: NT$ is no currency code (three capital letters)");
}


static void
test_lists_of_the_green_block_are_held_to_their_values(void **state)
{
    static const char standards[] = "standards.tsv";
    static const char avoided[] = "avoided_factors.tsv";
    fixture_t *fixture = *state;

    assert_refused(fixture, standards,
                   "standard\tshare\tpocket\tplacements\tmonths\tsource\t"
                   "confidence\nEUGB\t85\t15\tany\t-\tx\tx\n"
                   "EuGB\t85\t15\tany\t-\tx\tx\n", EGRET_EEXIST,
                   ":3: EuGB stands twice");
    unlink(path_of(fixture->folder, standards));
    assert_refused(fixture, avoided,
                   "metric\tmost\tsource\tconfidence\nWSTD\t0\tx\tx\n",
                   EGRET_ESYNTAX,
                   ":2: WSTD has a factor that is not above 0");
    assert_refused(fixture, avoided,
                   "metric\tmost\tsource\tconfidence\nWSTD\t1\tx\tx\n"
                   "WSTD\t2\tx\tx\n", EGRET_EEXIST,
                   ":3: WSTD stands twice");
    unlink(path_of(fixture->folder, avoided));
}


static void
test_a_missing_list_is_named(void **state)
{
    fixture_t *fixture = *state;
    char expected[1024];

    unlink(path_of(fixture->folder, "countries.tsv"));
    egret_assert_rc(load(fixture), EGRET_EIO);
    (void) snprintf(expected, sizeof(expected),
                    "%s: No such file or directory",
                    path_of(fixture->folder, "countries.tsv"));
    egret_assert_span(fixture->fault, expected);
}


static egret_rc_t
load_from(const egret_allocator_t *allocator, void *context)
{
    egret_arena_t *arena = egret_arena_create(allocator, 0);
    const egret_reference_t *reference;
    egret_span_t fault;
    egret_rc_t rc;

    if (arena == NULL) {
        return EGRET_ENOMEM;
    }
    rc = egret_reference_load(context, arena, &reference, &fault);
    egret_arena_destroy(arena);

    return rc;
}


static void
test_no_memory_is_said_and_nothing_leaks(void **state)
{
    fixture_t *fixture = *state;

    assert_true(egret_test_torture(load_from, fixture->folder) > 0);
}


int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            test_the_shipped_currencies_have_their_minor_units, set_up,
            tear_down),
        cmocka_unit_test_setup_teardown(
            test_withdrawn_currencies_are_not_active_but_explained, set_up,
            tear_down),
        cmocka_unit_test_setup_teardown(
            test_no_hint_stands_for_an_active_currency, set_up, tear_down),
        cmocka_unit_test_setup_teardown(
            test_the_shipped_countries_are_the_249_and_xk, set_up, tear_down),
        cmocka_unit_test_setup_teardown(
            test_a_faulty_line_is_refused_with_its_number, set_up, tear_down),
        cmocka_unit_test_setup_teardown(
            test_the_other_lists_are_held_to_their_codes_too, set_up,
            tear_down),
        cmocka_unit_test_setup_teardown(
            test_lists_of_the_green_block_are_held_to_their_values, set_up,
            tear_down),
        cmocka_unit_test_setup_teardown(test_a_missing_list_is_named, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(
            test_no_memory_is_said_and_nothing_leaks, set_up, tear_down),
    };

    return egret_test_run(tests);
}
