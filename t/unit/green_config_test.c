/* SPDX-License-Identifier: Apache-2.0 */
/* What an operator says of taxonomies, crosswalks and a partner's rules. */
#include "gateway.h"
#include "helper.h"
#include "taxonomy/translate.h"

#include <string.h>

#define PARTNER                                                               \
    "egret_gateway bic=EGRTCNB0XXX; egret_schemas schemas;"                   \
    "egret_reference conf/reference; egret_environment test;"                 \
    "egret_partner x { certificate spki-sha256="                              \
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa;"        \
    "party bic=XMBKCNB0; accept pacs.008.001.08;"

static void
test_shipped_taxonomies_and_crosswalks_load(void **state)
{
    egret_test_gateway_t gateway;
    const egret_partner_t *partner;

    (void) state;
    egret_test_gateway_open(&gateway,
                            "egret_taxonomies conf/taxonomies/*.tsv;"
                            "egret_crosswalks conf/crosswalks/*.tsv;",
                            "", "taxonomy TPEX/2023 ICMA-GBP/2025;"
                                "unmapped reject;"
                                "rules conf/rules/carbon-assessment.lua;");
    partner = egret_config_partner(gateway.config, EGRET_SPAN("taipei-bank"));
    assert_int_equal(partner->target_count, 2);
    egret_assert_span(partner->targets[0]->id, "TPEX");
    egret_assert_span(partner->targets[1]->id, "ICMA-GBP");
    assert_int_equal(partner->unmapped, EGRET_SEVERITY_REJECT);
    assert_true(egret_rulebook_has(partner->rulebook, EGRET_RULES_RECEIVE));

    partner = egret_config_partner(gateway.config, EGRET_SPAN("xiamen-bank"));
    assert_int_equal(partner->target_count, 0);
    assert_int_equal(partner->unmapped, EGRET_SEVERITY_WARN);
    assert_null(partner->rulebook);
    egret_test_gateway_close(&gateway);
}

static void
assert_refused(const char *text, egret_rc_t expected, const char *sentence)
{
    egret_arena_t *arena = egret_arena_create(egret_allocator_default(), 0);
    egret_config_builder_t *builder =
        egret_config_builder_create(arena, egret_test_root());
    egret_config_t *config = NULL;
    egret_span_t fault;

    assert_non_null(builder);
    egret_test_configure(builder, arena, text);
    egret_assert_rc(egret_config_builder_finish(builder, &config), expected);
    fault = egret_config_builder_fault(builder);
    egret_test_assert_holds(fault, sentence);
    egret_arena_destroy(arena);
}

#define WORDS                                                                 \
    "egret_taxonomies conf/taxonomies/*.tsv;"                                 \
    "egret_crosswalks conf/crosswalks/*.tsv;"

static egret_label_result_t
result_of(const char *words, const char *code)
{
    egret_test_gateway_t gateway;
    egret_label_t label = { .scheme = EGRET_SPAN("CN-GFEPC"),
                            .version = EGRET_SPAN("2025"),
                            .code = egret_span_from(code),
                            .status = EGRET_LABEL_ELIG,
                            .block_status = EGRET_BLOCK_FINL,
                            .decisive_date = { 2026, 11, 23 } };
    egret_label_translation_t translation;

    egret_test_gateway_open(&gateway, words, "", "");
    egret_assert_ok(egret_translate(
        gateway.config->taxonomies, &label,
        egret_taxonomies_scheme_by_name(gateway.config->taxonomies,
                                        EGRET_SPAN("TPEX/2023")),
        gateway.arena, &translation));
    egret_test_gateway_close(&gateway);

    return translation.result;
}

static void
test_an_operator_refuses_rows_by_status_or_justification(void **state)
{
    (void) state;
    assert_int_equal(result_of(WORDS, "4.2.1"), EGRET_TRANSLATION_TRANSLATED);
    assert_int_equal(
        result_of(WORDS "egret_refuse_rows draft own-assessment;", "4.2.1"),
        EGRET_TRANSLATION_NEEDS_ASSESSMENT);
    assert_int_equal(
        result_of(WORDS "egret_refuse_rows semapv:ManualMappingCuration;",
                  "4.2.1"),
        EGRET_TRANSLATION_NEEDS_ASSESSMENT);
    assert_int_equal(
        result_of(WORDS "egret_refuse_rows semapv:LexicalMatching;", "4.2.1"),
        EGRET_TRANSLATION_TRANSLATED);
    assert_int_equal(result_of(WORDS "egret_refuse_rows own-assessment;",
                               "4.2.5"),
                     EGRET_TRANSLATION_NO_COUNTERPART);
}

static void
test_a_word_that_no_row_has_is_refused(void **state)
{
    egret_arena_t *arena = egret_arena_create(egret_allocator_default(), 0);
    egret_config_builder_t *builder =
        egret_config_builder_create(arena, egret_test_root());
    egret_span_t words[] = { EGRET_SPAN("egret_refuse_rows"),
                             EGRET_SPAN("ours") };

    (void) state;
    egret_assert_rc(egret_config_builder_set(builder, words, 2, false,
                                             EGRET_SPAN("test"), 1),
                    EGRET_EINVAL);
    egret_test_assert_holds(egret_config_builder_fault(builder),
                            "egret_refuse_rows takes own-assessment");
    egret_arena_destroy(arena);
}

static void
test_what_is_not_there_is_refused_with_its_line(void **state)
{
    (void) state;
    assert_refused("egret_taxonomies conf/none/*.tsv;" PARTNER "}", EGRET_EIO,
                   "test.conf:1: no file ");
    assert_refused(PARTNER "\ntaxonomy TPEX/2023; }", EGRET_ENOTFOUND,
                   "test.conf:2: taxonomy TPEX/2023: no file of "
                   "egret_taxonomies");
    assert_refused("egret_taxonomies conf/taxonomies/TPEX.tsv;" PARTNER
                   "\ntaxonomy TPEX/1999; }",
                   EGRET_ENOTFOUND, "test.conf:2: taxonomy TPEX/1999");
    assert_refused(PARTNER "\ncrosswalk conf/none.tsv; }", EGRET_EIO,
                   "test.conf:2: no file ");
    assert_refused(PARTNER "\ncrosswalk t/data/labels/other.sssom.tsv; }",
                   EGRET_ENOTFOUND, "scheme OTHER/1 is not loaded");
    assert_refused("egret_taxonomies conf/taxonomies/TPEX.tsv "
                   "t/data/labels/OTHER-1.tsv;"
                   "egret_crosswalks t/data/labels/other.sssom.tsv;" PARTNER
                   "\ncrosswalk t/data/labels/other.sssom.tsv; }",
                   EGRET_EEXIST, "other.sssom.tsv:11: A is the row of ");
    assert_refused(PARTNER "rules conf/rules/none.lua; }", EGRET_EIO,
                   "none.lua: No such file");
}

/* With egret_strict on, which may stand anywhere, each warning is an error. */
static void
test_what_does_nothing_is_warned_of(void **state)
{
    (void) state;
    assert_refused(PARTNER "\nunmapped hold; }\negret_strict on;",
                   EGRET_EINVAL,
                   "test.conf:2: unmapped hold without a store: a held message "
                   "is not kept, its sender is told to post it again "
                   "(egret_strict is on)");
    assert_refused("egret_strict on;" PARTNER "\nunmapped reject; }",
                   EGRET_EINVAL,
                   "test.conf:2: unmapped without taxonomy does nothing");
    assert_refused("egret_strict on;" PARTNER "\nseverity L04 reject; }",
                   EGRET_EINVAL,
                   "test.conf:2: severity of L04 does nothing: the receiver's "
                   "unmapped says it");
    assert_refused("egret_strict on;" PARTNER "\nseverity H05 hold; }",
                   EGRET_EINVAL,
                   "test.conf:2: severity H05 hold without a store: a held "
                   "message is not kept");
    assert_refused("egret_strict on;"
                   "egret_taxonomies t/data/labels/PLANNED-1.tsv;" PARTNER
                   "\ntaxonomy PLANNED/1; }",
                   EGRET_EINVAL,
                   "test.conf:2: taxonomy PLANNED/1 is a draft: no label is "
                   "ever translated to it");
}

#define OTHERS                                                                \
    "egret_strict on; egret_taxonomies conf/taxonomies/TPEX.tsv "             \
    "t/data/labels/OTHER-1.tsv;"

static void
test_a_row_that_withdraws_nothing_is_warned_of(void **state)
{
    (void) state;
    assert_refused(OTHERS PARTNER
                   "\ncrosswalk t/data/labels/withdrawn.sssom.tsv; }",
                   EGRET_EINVAL,
                   "test.conf:2: ./t/data/labels/withdrawn.sssom.tsv:11: "
                   "withdraws nothing: no row and no chain leads from A to "
                   "TPEX-1");
    assert_refused(OTHERS "egret_crosswalks "
                   "t/data/labels/withdrawn.sssom.tsv;" PARTNER "}",
                   EGRET_EINVAL, "withdrawn.sssom.tsv:11: withdraws nothing");
    assert_refused(OTHERS "egret_crosswalks t/data/labels/other.sssom.tsv;"
                   PARTNER "crosswalk t/data/labels/withdrawn.sssom.tsv; }",
                   EGRET_OK, "");
    assert_refused(OTHERS "egret_crosswalks t/data/labels/other.sssom.tsv;"
                   "egret_refuse_rows superseded;"
                   PARTNER "crosswalk t/data/labels/withdrawn.sssom.tsv; }",
                   EGRET_OK, "");
}

static void
test_a_scheme_that_stands_twice_is_refused(void **state)
{
    (void) state;
    assert_refused("egret_taxonomies conf/taxonomies/TPEX.tsv;"
                   "egret_taxonomies t/../conf/taxonomies/TPEX.tsv;" PARTNER
                   "}",
                   EGRET_EEXIST, "TPEX.tsv:1: scheme TPEX/2023 is that of");
}

static void
test_a_bad_file_is_named_with_its_own_line(void **state)
{
    (void) state;
    assert_refused("egret_taxonomies conf/reference/countries.tsv;" PARTNER
                   "}",
                   EGRET_ESYNTAX, "countries.tsv:");
    /* Its schemes are not loaded. */
    assert_refused("egret_crosswalks conf/crosswalks/*.tsv;" PARTNER "}",
                   EGRET_ENOTFOUND, ".sssom.tsv:");
    assert_refused(PARTNER "rules README.md; }", EGRET_ESYNTAX,
                   "README.md:3:");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_shipped_taxonomies_and_crosswalks_load),
        cmocka_unit_test(
            test_an_operator_refuses_rows_by_status_or_justification),
        cmocka_unit_test(test_a_word_that_no_row_has_is_refused),
        cmocka_unit_test(test_what_is_not_there_is_refused_with_its_line),
        cmocka_unit_test(test_what_does_nothing_is_warned_of),
        cmocka_unit_test(test_a_row_that_withdraws_nothing_is_warned_of),
        cmocka_unit_test(test_a_scheme_that_stands_twice_is_refused),
        cmocka_unit_test(test_a_bad_file_is_named_with_its_own_line),
    };

    return egret_test_run(tests);
}
