/* SPDX-License-Identifier: Apache-2.0 */

#include <ctype.h>
#include <string.h>

#include "err/code.h"
#include "helper.h"

#define LOCKED "T01 T02 T03 T04 T05 X01 X02 X03 X05 X07 H01 H03 G02 L05 L06 D02"
#define CHECKED                                                               \
    "T03 T05 X01 X02 X05 X06 X07 H02 H03 H05 P01 P02 A01 A02 A03 "            \
    "A04 G03 G04 L01 L02 L03 L04 L05 G05 L06 L07 L08 E01 E02 E03 "            \
    "E04 E05 M01 M02 M03 M04 M05 U01 U02"


static void
test_the_catalogue_has_sixty_rules_and_two_of_partners(void **state)
{
    (void) state;
    assert_int_equal(EGRET_CODE_COUNT, 62);
    assert_string_equal(egret_code_row(EGRET_T01)->id, "T01");
    assert_string_equal(egret_code_row(EGRET_R01)->id, "R01");
    assert_string_equal(egret_code_row(EGRET_U02)->id, "U02");
}


static void
test_every_row_is_found_by_its_id_in_any_case(void **state)
{
    (void) state;
    for (int i = 0; i < EGRET_CODE_COUNT; i++) {
        const char *id = egret_code_row((egret_code_t) i)->id;
        char lower[4] = { (char) tolower(id[0]), id[1], id[2], '\0' };
        egret_code_t code;

        egret_assert_ok(egret_code_find(egret_span_from(id), &code));
        assert_int_equal(code, i);
        egret_assert_ok(egret_code_find(egret_span_from(lower), &code));
        assert_int_equal(code, i);
    }
}


static void
test_an_unknown_id_is_not_found(void **state)
{
    egret_code_t code = EGRET_A01;

    (void) state;
    egret_assert_rc(egret_code_find(EGRET_SPAN("Z99"), &code),
                    EGRET_ENOTFOUND);
    egret_assert_rc(egret_code_find(EGRET_SPAN("P0"), &code), EGRET_ENOTFOUND);
    egret_assert_rc(egret_code_find(EGRET_SPAN(""), &code), EGRET_ENOTFOUND);
    assert_int_equal(code, EGRET_A01);
}


static void
assert_title(const char *title, size_t most)
{
    egret_span_t span = egret_span_from(title);

    assert_non_null(title);
    assert_true(egret_span_is_utf8(span, NULL));
    assert_in_range(egret_span_characters(span), 3, most);
    assert_null(strchr(title, '.'));
    assert_null(strchr(title, '|'));
    assert_null(strstr(title, "。"));
}


static void
test_every_row_has_three_short_titles(void **state)
{
    (void) state;
    for (int i = 0; i < EGRET_CODE_COUNT; i++) {
        const egret_code_row_t *row = egret_code_row((egret_code_t) i);

        assert_title(row->title_en, 60);
        assert_title(row->title_zh_hans, 30);
        assert_title(row->title_zh_hant, 30);
    }
}


static void
test_every_row_has_a_case_and_every_case_an_iso_code_or_none(void **state)
{
    (void) state;
    for (int i = 0; i < EGRET_CODE_COUNT; i++) {
        const egret_code_case_t *cases =
            egret_code_row((egret_code_t) i)->cases;

        assert_non_null(cases[0].name);
        assert_null(cases[EGRET_CODE_CASES - 1].name);
        for (size_t j = 0; cases[j].name != NULL; j++) {
            assert_int_equal(egret_code_case((egret_code_t) i, cases[j].name),
                             j);
            assert_true(cases[j].iso == NULL || strlen(cases[j].iso) == 4);
            assert_true(j == 0 || cases[j].name[0] != '\0');
        }
    }
}


static void
test_a_case_is_found_by_its_name_and_else_is_the_default(void **state)
{
    const egret_code_row_t *row = egret_code_row(EGRET_P01);

    (void) state;
    assert_string_equal(row->cases[egret_code_case(EGRET_P01, "debtor")].iso,
                        "RC06");
    assert_string_equal(row->cases[egret_code_case(EGRET_P01, "creditor")].iso,
                        "RC07");
    assert_string_equal(row->cases[egret_code_case(EGRET_P01, "")].iso,
                        "RC05");
    assert_int_equal(egret_code_case(EGRET_P01, "nobody"), 0);
}


static void
test_locked_and_checked_are_the_rows_that_they_should_be(void **state)
{
    (void) state;
    for (int i = 0; i < EGRET_CODE_COUNT; i++) {
        const egret_code_row_t *row = egret_code_row((egret_code_t) i);

        assert_int_equal(row->is_locked, strstr(LOCKED, row->id) != NULL);
        assert_int_equal(row->is_checked, strstr(CHECKED, row->id) != NULL);
        assert_true(!row->is_locked
                    || row->severity == EGRET_SEVERITY_REJECT);
    }
}


static void
test_severities_have_names_and_an_order(void **state)
{
    egret_severity_t severity;

    (void) state;
    for (int i = EGRET_SEVERITY_INFO; i <= EGRET_SEVERITY_REJECT; i++) {
        const char *text = egret_severity_text((egret_severity_t) i);

        egret_assert_ok(egret_severity_find(egret_span_from(text), &severity));
        assert_int_equal(severity, i);
    }
    assert_true(EGRET_SEVERITY_INFO < EGRET_SEVERITY_WARN);
    assert_true(EGRET_SEVERITY_WARN < EGRET_SEVERITY_HOLD);
    assert_true(EGRET_SEVERITY_HOLD < EGRET_SEVERITY_REJECT);
    egret_assert_rc(egret_severity_find(EGRET_SPAN("Warn"), &severity),
                    EGRET_ENOTFOUND);
}


static bool
has_case_of(const egret_code_row_t *row, egret_span_t iso)
{
    for (size_t i = 0; row->cases[i].name != NULL; i++) {
        if (row->cases[i].iso != NULL
            && egret_span_equals_text(iso, row->cases[i].iso)) {
            return true;
        }
    }

    return false;
}


/* Every word of four capital letters or digits. */
static void
assert_column_is_in_cases(egret_span_t column, const egret_code_row_t *row)
{
    size_t from = 0;

    for (size_t i = 0; i <= column.length; i++) {
        if (i < column.length
            && (isupper((unsigned char) column.at[i])
                || isdigit((unsigned char) column.at[i]))) {
            continue;
        }
        if (i - from == 4
            && !has_case_of(row, egret_span_slice(column, from, i))) {
            fail_msg("%s lacks a case of the table", row->id);
        }
        from = i + 1;
    }
}


static void
assert_action(egret_span_t action, const egret_code_row_t *row)
{
    egret_severity_t severity = EGRET_SEVERITY_WARN;

    if (egret_span_find(action, 'R') < action.length) {
        severity = EGRET_SEVERITY_REJECT;
    } else if (egret_span_find(action, 'H') < action.length) {
        severity = EGRET_SEVERITY_HOLD;
    }
    if (row->severity != severity
        && !egret_span_starts_with(action, EGRET_SPAN("as "))) {
        fail_msg("%s has another severity than the table", row->id);
    }
}


/* "| P01 | what | R | RC05; RC06 | S |" */
static bool
compare_line(egret_span_t line)
{
    egret_span_t columns[5];
    egret_code_t code;
    const egret_code_row_t *row;

    for (size_t i = 0; i < 5; i++) {
        size_t end = egret_span_find(line, '|');

        columns[i] = egret_span_trim(egret_span_slice(line, 0, end));
        line = egret_span_slice(line, end + 1, line.length);
    }
    if (egret_code_find(columns[1], &code) != EGRET_OK) {
        return false;
    }

    row = egret_code_row(code);
    assert_action(columns[3], row);
    assert_column_is_in_cases(columns[4], row);

    return true;
}


static void
test_severities_and_iso_codes_are_those_of_the_rules(void **state)
{
    egret_arena_t *arena;
    egret_span_t rest;
    size_t compared = 0;

    (void) state;
    if (!egret_test_has_shared("domain/rules.md")) {
        print_message("# there is no ../shared/domain/rules.md\n");
        return;
    }

    arena = egret_arena_create(egret_allocator_default(), 0);
    rest = egret_test_read_file(arena, egret_test_shared("domain/rules.md"));
    while (rest.length > 0) {
        size_t end = egret_span_find(rest, '\n');

        compared += compare_line(egret_span_slice(rest, 0, end));
        rest = egret_span_slice(rest, end + 1, rest.length);
    }
    assert_int_equal(compared, 60);
    egret_arena_destroy(arena);
}


int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(
            test_the_catalogue_has_sixty_rules_and_two_of_partners),
        cmocka_unit_test(test_every_row_is_found_by_its_id_in_any_case),
        cmocka_unit_test(test_an_unknown_id_is_not_found),
        cmocka_unit_test(test_every_row_has_three_short_titles),
        cmocka_unit_test(
            test_every_row_has_a_case_and_every_case_an_iso_code_or_none),
        cmocka_unit_test(
            test_a_case_is_found_by_its_name_and_else_is_the_default),
        cmocka_unit_test(
            test_locked_and_checked_are_the_rows_that_they_should_be),
        cmocka_unit_test(test_severities_have_names_and_an_order),
        cmocka_unit_test(test_severities_and_iso_codes_are_those_of_the_rules),
    };

    return egret_test_run(tests);
}
