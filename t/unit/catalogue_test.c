/* SPDX-License-Identifier: Apache-2.0 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "err/catalogue.h"
#include "err/findings.h"
#include "helper.h"

#define PAGE "docs/reference/findings.md"


static egret_span_t
write_page(egret_arena_t *arena)
{
    egret_buffer_t buffer;

    egret_buffer_init(&buffer, arena, 1 << 20);
    egret_catalogue_write(&buffer);
    egret_assert_ok(egret_buffer_rc(&buffer));

    return egret_buffer_span(&buffer);
}


static void
replace_page(egret_span_t page)
{
    char path[4096];
    FILE *file;

    (void) snprintf(path, sizeof(path), "%s/" PAGE, egret_test_root());
    file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(page.at, 1, page.length, file), page.length);
    assert_int_equal(fclose(file), 0);
}


static void
test_the_page_in_docs_is_what_the_catalogue_says(void **state)
{
    egret_arena_t *arena = egret_arena_create(egret_allocator_default(), 0);
    egret_span_t page = write_page(arena);

    (void) state;
    if (getenv("EGRET_WRITE_DOCS") != NULL) {
        replace_page(page);
    }
    egret_test_assert_span(egret_test_read_file(arena, PAGE), page, __FILE__,
                           __LINE__);
    egret_arena_destroy(arena);
}


static bool
contains(egret_span_t text, egret_span_t part)
{
    return memmem(text.at, text.length, part.at, part.length) != NULL;
}


static void
test_every_finding_leads_to_an_anchor_of_the_page(void **state)
{
    egret_arena_t *arena = egret_arena_create(egret_allocator_default(), 0);
    egret_span_t page = write_page(arena);

    (void) state;
    for (int code = 0; code < EGRET_CODE_COUNT; code++) {
        egret_finding_t finding = { .code = (egret_code_t) code };
        egret_span_t doc = egret_finding_doc(arena, &finding);
        size_t hash = egret_span_find(doc, '#');
        egret_span_t anchor;

        egret_assert_span(egret_span_slice(doc, 0, hash), PAGE);
        anchor = egret_arena_print(arena, "<a id=\"%s\"></a>%s |",
                                   doc.at + hash + 1,
                                   egret_code_row((egret_code_t) code)->id);
        assert_true(contains(page, anchor));
    }
    egret_arena_destroy(arena);
}


static void
test_the_page_claims_no_check_that_is_not_there(void **state)
{
    egret_arena_t *arena = egret_arena_create(egret_allocator_default(), 0);
    egret_span_t page = write_page(arena);

    (void) state;
    assert_true(contains(page, EGRET_SPAN("P01 | reject | yes | RC05; debtor: "
                                          "RC06; creditor: RC07 |")));
    assert_true(contains(page, EGRET_SPAN("X05 | reject, locked | yes | ")));
    assert_true(contains(page, EGRET_SPAN("P03 | reject | not yet | ")));
    assert_true(contains(page, EGRET_SPAN("T01 | reject, locked | 403 | - |")));
    egret_arena_destroy(arena);
}


static void
test_a_page_that_does_not_fit_is_an_error(void **state)
{
    egret_arena_t *arena = egret_arena_create(egret_allocator_default(), 0);
    egret_buffer_t buffer;

    (void) state;
    egret_buffer_init(&buffer, arena, 1000);
    egret_catalogue_write(&buffer);
    egret_assert_rc(egret_buffer_rc(&buffer), EGRET_ELIMIT);
    egret_arena_destroy(arena);
}


int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_page_in_docs_is_what_the_catalogue_says),
        cmocka_unit_test(test_every_finding_leads_to_an_anchor_of_the_page),
        cmocka_unit_test(test_the_page_claims_no_check_that_is_not_there),
        cmocka_unit_test(test_a_page_that_does_not_fit_is_an_error),
    };

    return egret_test_run(tests);
}
