/* SPDX-License-Identifier: Apache-2.0 */

#include <stdio.h>
#include <stdlib.h>

#include "fed_config.h"
#include "helper.h"

#define TEXT                                                                  \
    "egret_environment test;"                                                 \
    "egret_gateway bic=EGRTCNB0 lei=" FED_LEI_2 ";"                           \
    "egret_max_message 64K; egret_offload_threshold 0;"                       \
    "egret_max_answer 8k; egret_answer_timeout 90s;"                          \
    "egret_profile rail {"                                                    \
    "    bare_document on; message_id_match reject; characters fin-x;"        \
    "    transactions one; business_service rail.03 rail.stp.03;"             \
    "    date_time offset;"                                                   \
    "}"                                                                       \
    "egret_partner xiamen-bank {"                                             \
    "    certificate spki-sha256=" FED_PIN_1 " san=dns:gw.xmbank.example;"    \
    "    certificate spki-sha256=" FED_PIN_2 " serial=00:ab:CD lei="          \
    FED_LEI_1 ";"                                                             \
    "    party bic=XMBKCNB0 lei=" FED_LEI_1 ";"                               \
    "    party bic=XMBKCNB0SHA member=CNAPS:308584000013;"                    \
    "    profile rail; format xml;"                                           \
    "    accept pacs.008.001.08; accept pacs.009.001.08;"                     \
    "    currencies CNY USD; limit CNY 100000000.50;"                         \
    "    severity p06 info; severity A04 hold;"                               \
    "    upstream https://xiamen_bank name=gw.xmbank.example;"                \
    "}"                                                                       \
    "egret_partner taipei-bank {"                                             \
    "    certificate spki-sha256="                                            \
    "3333333333333333333333333333333333333333333333333333333333333333;"       \
    "    party bic=TPBKTWT0XXX; accept pacs.008.001.08;"                      \
    "    upstream https://taipei_bank;"                                       \
    "}"

typedef struct {
    egret_arena_t *arena;
    egret_config_t *config;
} fixture_t;


static int
set_up(void **state)
{
    fixture_t *fixture = calloc(1, sizeof(*fixture));
    fed_t fed;

    assert_non_null(fixture);
    fixture->arena = egret_arena_create(egret_allocator_default(), 0);
    if (fed_config(fixture->arena, TEXT, &fed) != EGRET_OK) {
        print_error("%.*s\n", EGRET_SPAN_ARGS(fed.fault));
        return -1;
    }
    fixture->config = fed.config;
    *state = fixture;

    return 0;
}


static int
tear_down(void **state)
{
    fixture_t *fixture = *state;

    egret_config_destroy(fixture->config);
    egret_arena_destroy(fixture->arena);
    free(fixture);

    return 0;
}


static const egret_partner_t *
partner(void **state, const char *name)
{
    const fixture_t *fixture = *state;
    const egret_partner_t *found =
        egret_config_partner(fixture->config, egret_span_from(name));

    assert_non_null(found);

    return found;
}


static void
test_general_settings_are_kept(void **state)
{
    const egret_config_t *config = ((const fixture_t *) *state)->config;

    egret_assert_span(config->gateway_bic, "EGRTCNB0XXX");
    egret_assert_span(config->gateway_lei, FED_LEI_2);
    assert_int_equal(config->environment, EGRET_ENVIRONMENT_TEST);
    assert_false(config->is_strict);
    assert_int_equal(config->max_message, 64 * 1024);
    assert_int_equal(config->offload_threshold, 0);
    assert_int_equal(config->max_answer, 8 * 1024);
    assert_int_equal(config->answer_timeout, 90 * 1000);
    assert_int_equal(config->limits.bytes, 64 * 1024);
    assert_int_equal(config->limits.depth, egret_xml_limits_default.depth);
    assert_int_equal(config->partner_count, 2);
}


static void
test_a_profile_is_kept_and_the_built_in_one_is_there(void **state)
{
    const egret_config_t *config = ((const fixture_t *) *state)->config;
    const egret_profile_t *rail = partner(state, "xiamen-bank")->profile;
    const egret_profile_t *bilateral = partner(state, "taipei-bank")->profile;

    egret_assert_span(rail->name, "rail");
    assert_true(rail->allows_bare_document);
    assert_true(rail->is_single_transaction);
    assert_true(rail->checks_message_id);
    assert_int_equal(rail->message_id_severity, EGRET_SEVERITY_REJECT);
    assert_int_equal(rail->characters, EGRET_CHARACTERS_FINX);
    assert_int_equal(rail->date_time, EGRET_DATE_FORM_OFFSET);
    assert_int_equal(rail->business_service_count, 2);
    egret_assert_span(rail->business_services[1], "rail.stp.03");

    assert_ptr_equal(bilateral, config->default_profile);
    egret_assert_span(bilateral->name, "bilateral");
    assert_false(bilateral->allows_bare_document);
    assert_false(bilateral->is_single_transaction);
    assert_true(bilateral->checks_message_id);
    assert_int_equal(bilateral->message_id_severity, EGRET_SEVERITY_WARN);
    assert_int_equal(bilateral->characters, EGRET_CHARACTERS_UTF8);
    assert_int_equal(bilateral->date_time, EGRET_DATE_FORM_ANY);
    assert_int_equal(bilateral->business_service_count, 0);
}


static void
test_a_partner_is_kept(void **state)
{
    const egret_partner_t *xiamen = partner(state, "xiamen-bank");

    assert_int_equal(xiamen->bic_count, 2);
    egret_assert_span(xiamen->bics[0], "XMBKCNB0XXX");
    egret_assert_span(xiamen->bics[1], "XMBKCNB0SHA");
    assert_int_equal(xiamen->lei_count, 1);
    assert_int_equal(xiamen->member_count, 1);
    egret_assert_span(xiamen->members[0].scheme, "CNAPS");
    egret_assert_span(xiamen->members[0].id, "308584000013");
    assert_int_equal(xiamen->credential_count, 2);
    assert_int_equal(xiamen->currency_count, 2);
    assert_int_equal(xiamen->limit_count, 1);
    egret_assert_span(xiamen->limits[0].currency, "CNY");
    assert_int_equal(xiamen->limits[0].amount.scale, 2);
    assert_true(xiamen->has_severity[EGRET_P06]);
    assert_int_equal(xiamen->severity[EGRET_P06], EGRET_SEVERITY_INFO);
    assert_int_equal(xiamen->severity[EGRET_A04], EGRET_SEVERITY_HOLD);
    assert_false(xiamen->has_severity[EGRET_P01]);
    egret_assert_span(xiamen->upstream, "https://xiamen_bank");
    egret_assert_span(xiamen->upstream_group, "xiamen_bank");
    egret_assert_span(xiamen->upstream_name, "gw.xmbank.example");
    assert_true(xiamen->upstream_is_tls);
    egret_assert_span(partner(state, "taipei-bank")->upstream_name,
                      "taipei_bank");
}


static void
test_a_bic_of_eight_is_its_head_office(void **state)
{
    const egret_config_t *config = ((const fixture_t *) *state)->config;
    const egret_partner_t *xiamen = partner(state, "xiamen-bank");

    assert_ptr_equal(
        egret_config_partner_by_bic(config, EGRET_SPAN("XMBKCNB0")), xiamen);
    assert_ptr_equal(
        egret_config_partner_by_bic(config, EGRET_SPAN("XMBKCNB0XXX")), xiamen);
    assert_ptr_equal(
        egret_config_partner_by_bic(config, EGRET_SPAN("XMBKCNB0SHA")), xiamen);
    assert_null(
        egret_config_partner_by_bic(config, EGRET_SPAN("XMBKCNB0PEK")));
    assert_null(egret_config_partner_by_bic(config, EGRET_SPAN("XMBK")));
    assert_null(egret_config_partner_by_bic(config, EGRET_SPAN("")));

    assert_true(egret_partner_has_bic(xiamen, EGRET_SPAN("XMBKCNB0")));
    assert_true(egret_partner_has_bic(xiamen, EGRET_SPAN("XMBKCNB0SHA")));
    assert_false(egret_partner_has_bic(xiamen, EGRET_SPAN("TPBKTWT0")));
    assert_false(egret_partner_has_bic(xiamen, EGRET_SPAN("")));
}


static void
test_a_partner_is_found_by_lei_and_member(void **state)
{
    const egret_config_t *config = ((const fixture_t *) *state)->config;
    const egret_partner_t *xiamen = partner(state, "xiamen-bank");
    char long_id[200];

    for (size_t i = 0; i < sizeof(long_id); i++) {
        long_id[i] = '1';
    }

    assert_ptr_equal(egret_config_partner_by_lei(config, EGRET_SPAN(FED_LEI_1)),
                     xiamen);
    assert_null(egret_config_partner_by_lei(config, EGRET_SPAN(FED_LEI_2)));
    assert_ptr_equal(
        egret_config_partner_by_member(config, EGRET_SPAN("CNAPS"),
                                       EGRET_SPAN("308584000013")), xiamen);
    assert_null(egret_config_partner_by_member(config, EGRET_SPAN("TWNCC"),
                                               EGRET_SPAN("308584000013")));
    assert_null(egret_config_partner_by_member(config, EGRET_SPAN(""),
                                               EGRET_SPAN("")));
    assert_null(egret_config_partner_by_member(
        config, EGRET_SPAN("CNAPS"),
        (egret_span_t){ long_id, sizeof(long_id) }));
    assert_null(egret_config_partner(config, EGRET_SPAN("joburg-bank")));
}


static void
test_what_is_accepted_and_the_gateways_own_are_loaded(void **state)
{
    static const char *const loaded[] = {
        "urn:x-egret:grn:1", "head.001.001.01", "head.001.001.02",
        "head.001.001.03", "head.001.001.04", "pacs.002.001.10",
        "admi.002.001.01",
        "pacs.008.001.08", "pacs.009.001.08",
    };
    const egret_config_t *config = ((const fixture_t *) *state)->config;
    const egret_definition_t *definition = NULL;

    for (size_t i = 0; i < sizeof(loaded) / sizeof(loaded[0]); i++) {
        definition = egret_definitions_find_id(config->definitions,
                                               egret_span_from(loaded[i]));
        assert_non_null(definition);
    }
    assert_int_equal(config->definitions->by_namespace.count, 9);

    assert_true(egret_partner_accepts(partner(state, "xiamen-bank"),
                                      definition));
    assert_false(egret_partner_accepts(partner(state, "taipei-bank"),
                                       definition));
}


static void
test_without_partners_everything_is_loaded(void **state)
{
    egret_arena_t *arena = egret_arena_create(egret_allocator_default(), 0);
    fed_t fed;

    (void) state;
    egret_assert_ok(fed_config(arena, "", &fed));
    assert_true(fed.config->definitions->by_namespace.count >= 8);
    egret_assert_span(fed.config->gateway_bic, "");
    assert_int_equal(fed.config->max_message, 1024 * 1024);
    assert_int_equal(fed.config->offload_threshold, 64 * 1024);
    assert_int_equal(fed.config->max_answer, 1024 * 1024);
    assert_int_equal(fed.config->answer_timeout, 2 * 60 * 1000);
    egret_assert_span(fed.config->default_profile->name, "bilateral");
    egret_config_destroy(fed.config);
    egret_arena_destroy(arena);
}


static void
test_an_operators_own_bilateral_replaces_the_built_in_one(void **state)
{
    egret_arena_t *arena = egret_arena_create(egret_allocator_default(), 0);
    fed_t fed;

    (void) state;
    egret_assert_ok(fed_config(
        arena, "egret_profile bilateral { message_id_match off; }", &fed));
    assert_false(fed.config->default_profile->checks_message_id);
    egret_config_destroy(fed.config);
    egret_arena_destroy(arena);
}


static egret_sha256_t
identity_of(egret_arena_t *arena, const char *lines)
{
    egret_span_t text = egret_arena_print(arena, FED_GATEWAY
                                          "egret_partner x { %s }\n", lines);
    egret_sha256_t identity;
    fed_t fed;

    egret_assert_ok(fed_config(arena, text.at, &fed));
    identity = fed.config->partners[0]->identity;
    egret_config_destroy(fed.config);

    return identity;
}


static void
test_an_identity_changes_with_name_certificates_and_parties_alone(void **state)
{
#define PIN "certificate spki-sha256=" FED_PIN_1
    static const char *const others[] = {
        "certificate spki-sha256=" FED_PIN_2 "; party bic=XMBKCNB0;",
        PIN " san=dns:a.b; party bic=XMBKCNB0;",
        PIN " san=uri:a.b:; party bic=XMBKCNB0;",
        PIN " lei=" FED_LEI_1 "; party bic=XMBKCNB0;",
        PIN " serial=A1; party bic=XMBKCNB0;",
        PIN "; certificate spki-sha256=" FED_PIN_2 "; party bic=XMBKCNB0;",
        PIN "; party bic=XMBKCNB0SHA;",
        PIN "; party bic=XMBKCNB0 lei=" FED_LEI_1 ";",
        PIN "; party bic=XMBKCNB0 member=CNAPS:1;",
    };
    fixture_t *fixture = *state;
    egret_arena_t *arena = fixture->arena;
    egret_sha256_t identity = identity_of(arena, PIN "; party bic=XMBKCNB0;");
    egret_sha256_t other = identity_of(
        arena, "accept pacs.008.001.08; party bic=XMBKCNB0XXX; " PIN ";");

    assert_memory_equal(&identity, &other, sizeof(identity));
    for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
        other = identity_of(arena, others[i]);
        assert_memory_not_equal(&identity, &other, sizeof(identity));
    }
    other = partner(state, "taipei-bank")->identity;
    assert_memory_not_equal(&identity, &other, sizeof(identity));
#undef PIN
}


int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_general_settings_are_kept, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(
            test_a_profile_is_kept_and_the_built_in_one_is_there, set_up,
            tear_down),
        cmocka_unit_test_setup_teardown(test_a_partner_is_kept, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_a_bic_of_eight_is_its_head_office,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(
            test_a_partner_is_found_by_lei_and_member, set_up, tear_down),
        cmocka_unit_test_setup_teardown(
            test_what_is_accepted_and_the_gateways_own_are_loaded, set_up,
            tear_down),
        cmocka_unit_test(test_without_partners_everything_is_loaded),
        cmocka_unit_test(
            test_an_operators_own_bilateral_replaces_the_built_in_one),
        cmocka_unit_test_setup_teardown(
            test_an_identity_changes_with_name_certificates_and_parties_alone,
            set_up, tear_down),
    };

    return egret_test_run(tests);
}
