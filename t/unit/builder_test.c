/* SPDX-License-Identifier: Apache-2.0 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fed_config.h"
#include "helper.h"

#define XIAMEN FED_PARTNER("xiamen-bank", FED_PIN_1, "XMBKCNB0XXX")
#define TAIPEI FED_PARTNER("taipei-bank", FED_PIN_2, "TPBKTWT0XXX")

typedef struct {
    const char *text;
    egret_rc_t rc;
    const char *fault; /* how the sentence begins */
} refusal_t;


static void
expect_refusals(const refusal_t *refusals, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        egret_arena_t *arena = egret_arena_create(egret_allocator_default(), 0);
        egret_span_t expected = egret_span_from(refusals[i].fault);
        fed_t fed;
        egret_rc_t rc = fed_config(arena, refusals[i].text, &fed);

        if (rc == EGRET_OK
            || !egret_span_starts_with(fed.fault, expected))
        {
            print_error("text:  %s\nfault: %.*s\nnot:   %s\n",
                        refusals[i].text, EGRET_SPAN_ARGS(fed.fault),
                        refusals[i].fault);
            fail();
        }
        egret_assert_rc(rc, refusals[i].rc);
        egret_arena_destroy(arena);
    }
}

#define EXPECT_REFUSALS(refusals)                                             \
    expect_refusals((refusals), sizeof(refusals) / sizeof((refusals)[0]))


static void
test_a_word_out_of_place_is_refused(void **state)
{
    static const refusal_t refusals[] = {
        { "egret_partnr x { }", EGRET_ENOTFOUND,
          "unknown directive \"egret_partnr\" in http { }" },
        { "certificate ca=x;", EGRET_ENOTFOUND,
          "certificate stands in egret_partner { }, not in http { }" },
        { "egret_partner x { egret_gateway bic=EGRTCNB0; }", EGRET_ENOTFOUND,
          "egret_gateway stands in http { }, not in egret_partner { }" },
        { "egret_profile x { party bic=EGRTCNB0; }", EGRET_ENOTFOUND,
          "party stands in egret_partner { }, not in egret_profile { }" },
        { "egret_partner x { branch Xiamen; }", EGRET_ENOTFOUND,
          "unknown directive \"branch\" in egret_partner { }" },
        { "egret_partner x;", EGRET_EINVAL,
          "egret_partner needs its block: egret_partner NAME { ... }" },
        { "egret_strict on { }", EGRET_EINVAL,
          "egret_strict takes no block: egret_strict on | off;" },
        { "egret_strict;", EGRET_EINVAL,
          "egret_strict lacks a word: egret_strict on | off;" },
        { "egret_strict on on;", EGRET_EINVAL,
          "egret_strict has a word too many: egret_strict on | off;" },
        { "egret_strict on; egret_strict on;", EGRET_EEXIST,
          "egret_strict stands twice in one block" },
        { "egret_partner x { format xml; format xml; }", EGRET_EEXIST,
          "format stands twice in one block" },
        { "}", EGRET_EINVAL, "a } that closes no block" },
        { "egret_partner x {", EGRET_EINVAL,
          "test.conf:1: egret_partner { is not closed" },
    };

    (void) state;
    EXPECT_REFUSALS(refusals);
}


static void
test_a_general_setting_says_what_it_takes(void **state)
{
    static const refusal_t refusals[] = {
        { "egret_strict yes;", EGRET_EINVAL,
          "egret_strict is on or off, not \"yes\"" },
        { "egret_environment prod;", EGRET_EINVAL,
          "egret_environment is live or test, not \"prod\"" },
        { "egret_max_message 1g;", EGRET_EINVAL, "\"1g\" is no size" },
        { "egret_max_message k;", EGRET_EINVAL, "\"k\" is no size" },
        { "egret_max_message -1;", EGRET_EINVAL, "\"-1\" is no size" },
        { "egret_max_message 99999999999999999999;", EGRET_EINVAL,
          "\"99999999999999999999\" is no size" },
        { "egret_max_message 1023;", EGRET_ERANGE,
          "egret_max_message of 1023: it may be from 1k to 256m" },
        { "egret_max_message 257m;", EGRET_ERANGE,
          "egret_max_message of 257m: it may be from 1k to 256m" },
        { "egret_offload_threshold 257m;", EGRET_ERANGE,
          "egret_offload_threshold of 257m: it may be from 0 to 256m" },
        { "egret_max_message 9999999999m;", EGRET_ERANGE,
          "egret_max_message of 9999999999m" },
        { "egret_max_answer 1023;", EGRET_ERANGE,
          "egret_max_answer of 1023: it may be from 1k to 256m" },
        { "egret_answer_timeout soon;", EGRET_EINVAL, "\"soon\" is no time" },
        { "egret_answer_timeout ms;", EGRET_EINVAL, "\"ms\" is no time" },
        { "egret_answer_timeout 99ms;", EGRET_ERANGE,
          "egret_answer_timeout of 99ms: it may be from 100ms to 60m" },
        { "egret_answer_timeout 61m;", EGRET_ERANGE,
          "egret_answer_timeout of 61m: it may be from 100ms to 60m" },
        { "egret_answer_timeout 99999999m;", EGRET_ERANGE,
          "egret_answer_timeout of 99999999m" },
        { "egret_gateway lei=" FED_LEI_1 ";", EGRET_EINVAL,
          "egret_gateway has no bic=BIC" },
        { "egret_gateway bic=EGRTCNB0 bic=EGRTCNB0;", EGRET_EEXIST,
          "egret_gateway has two bic" },
        { "egret_gateway name=x;", EGRET_EINVAL,
          "egret_gateway takes bic=BIC and lei=LEI, not \"name=x\"" },
        { "egret_gateway bic=;", EGRET_EINVAL,
          "egret_gateway takes bic=BIC and lei=LEI, not \"bic=\"" },
        { "egret_gateway bic=egrtcnb0;", EGRET_EINVAL,
          "\"egrtcnb0\" is no BIC" },
        { "egret_gateway bic=EGRTCNB0X;", EGRET_EINVAL,
          "\"EGRTCNB0X\" is no BIC" },
        { "egret_gateway bic=EGRT1NB0;", EGRET_EINVAL,
          "\"EGRT1NB0\" is no BIC" },
        { "egret_gateway bic=EGRTCNB0 lei=5493001KJTIIGC8Y1R13;", EGRET_EINVAL,
          "\"5493001KJTIIGC8Y1R13\" is no LEI" },
        { "\n\negret_gateway bic=EGRTUKB0;", EGRET_EINVAL,
          "test.conf:3: BIC EGRTUKB0XXX: \"UK\" in places 5 and 6 is no ISO "
          "3166-1 code" },
        { "egret_schemas '';", EGRET_EINVAL, "egret_schemas names no folder" },
        { "egret_reference nowhere;", EGRET_EIO, "test.conf:1: " },
        { "\negret_schemas nowhere;", EGRET_EIO, "test.conf:2: " },
    };

    (void) state;
    EXPECT_REFUSALS(refusals);
}


static void
test_a_profile_says_what_it_takes(void **state)
{
    static const refusal_t refusals[] = {
        { "egret_profile 'a b' { }", EGRET_EINVAL, "\"a b\" is no name" },
        { "egret_profile a { } egret_profile a { }", EGRET_EEXIST,
          "there is a profile a already, at test.conf:1" },
        { "egret_profile a { bare_document maybe; }", EGRET_EINVAL,
          "bare_document is on or off" },
        { "egret_profile a { message_id_match hold; }", EGRET_EINVAL,
          "message_id_match is off, warn or reject, not \"hold\"" },
        { "egret_profile a { characters latin; }", EGRET_EINVAL,
          "characters is utf-8 or fin-x, not \"latin\"" },
        { "egret_profile a { encodings br; }", EGRET_EINVAL,
          "encodings is none or gzip, not \"br\"" },
        { "egret_profile a { date_time local; }", EGRET_EINVAL,
          "date_time is any, offset or utc, not \"local\"" },
        { "egret_profile a { transactions two; }", EGRET_EINVAL,
          "transactions is one or many, not \"two\"" },
        { "egret_profile a { business_service "
          "a12345678901234567890123456789012345; }", EGRET_EINVAL,
          "\"a12345678901234567890123456789012345\" is no business service" },
    };

    (void) state;
    EXPECT_REFUSALS(refusals);
}


static void
test_a_certificate_line_says_what_it_takes(void **state)
{
    static const refusal_t refusals[] = {
        { "egret_partner x { certificate pin=x; }", EGRET_EINVAL,
          "certificate takes spki-sha256=, san=dns:, san=uri:, lei=, serial= "
          "and ca= with a value, not \"pin=x\"" },
        { "egret_partner x { certificate san=email:x; }", EGRET_EINVAL,
          "certificate takes spki-sha256=" },
        { "egret_partner x { certificate spki-sha256=; }", EGRET_EINVAL,
          "certificate takes spki-sha256=" },
        { "egret_partner x { certificate spki-sha256=abcd; }", EGRET_EINVAL,
          "spki-sha256 \"abcd\" is no SHA-256" },
        { "egret_partner x { certificate spki-sha256=" FED_PIN_1
          " spki-sha256=" FED_PIN_2 "; }", EGRET_EEXIST,
          "certificate has two spki-sha256" },
        { "egret_partner x { certificate san=dns:*.example.org; }",
          EGRET_EINVAL, "san=dns:*.example.org: names are compared whole" },
        { "egret_partner x { certificate san=dns:GW.example.org; }",
          EGRET_EINVAL, "san=dns:GW.example.org: names are compared whole" },
        { "egret_partner x { certificate san=dns:gw.example.org.; }",
          EGRET_EINVAL, "san=dns:gw.example.org.: names are compared whole" },
        { "egret_partner x { certificate san=dns:gw..org; }", EGRET_EINVAL,
          "san=dns:gw..org: names are compared whole" },
        { "egret_partner x { certificate san=uri:nowhere; }", EGRET_EINVAL,
          "san=uri:nowhere is no URI" },
        { "egret_partner x { certificate lei=123; }", EGRET_EINVAL,
          "\"123\" is no LEI" },
        { "egret_partner x { certificate serial=0xg; }", EGRET_EINVAL,
          "serial \"0xg\" is no certificate's serial" },
        { "egret_partner x { certificate serial=00; }", EGRET_EINVAL,
          "serial \"00\" is no certificate's serial" },
        { "egret_partner x { certificate ca=nowhere.pem; }", EGRET_EIO,
          "ca file \"" },
        { "egret_partner x { certificate ca=/; }", EGRET_EIO, "ca file \"/\"" },
        { "egret_partner x { certificate ca=/dev/null; }", EGRET_ESYNTAX,
          "ca file \"/dev/null\" is empty" },
    };

    (void) state;
    EXPECT_REFUSALS(refusals);
}


static void
test_a_partner_says_what_it_takes(void **state)
{
    static const refusal_t refusals[] = {
        { "egret_partner a/b { }", EGRET_EINVAL, "\"a/b\" is no name" },
        { "egret_partner a { } egret_partner a { }", EGRET_EEXIST,
          "there is a partner a already, at test.conf:1" },
        { "egret_partner x { party iban=x; }", EGRET_EINVAL,
          "party takes bic=BIC, lei=LEI and member=SCHEME:ID, not" },
        { "egret_partner x { party bic=XMBK; }", EGRET_EINVAL,
          "\"XMBK\" is no BIC" },
        { "egret_partner x { party bic=XMBKCNB0 bic=XMBKCNB0XXX; }",
          EGRET_EEXIST, "XMBKCNB0XXX stands twice" },
        { "egret_partner x { party member=CNAPS; }", EGRET_EINVAL,
          "\"CNAPS\" is no clearing member" },
        { "egret_partner x { party member=:1; }", EGRET_EINVAL,
          "\":1\" is no clearing member" },
        { "egret_partner x { party member=CNAPS:; }", EGRET_EINVAL,
          "\"CNAPS:\" is no clearing member" },
        { "egret_partner x { format json; }", EGRET_EUNSUPPORTED,
          "format is xml, not \"json\"" },
        { "egret_partner x { accept a a; }", EGRET_EEXIST, "a stands twice" },
        { "egret_partner x { accept ''; }", EGRET_EINVAL,
          "accept has an empty word" },
        { "egret_partner x { limit CNY 1,000; }", EGRET_EINVAL,
          "limit of CNY: \"1,000\" is no amount above zero" },
        { "egret_partner x { limit CNY -1; }", EGRET_EINVAL,
          "limit of CNY: \"-1\" is no amount above zero" },
        { "egret_partner x { limit CNY 0.00; }", EGRET_EINVAL,
          "limit of CNY: \"0.00\" is no amount above zero" },
        { "egret_partner x { limit CNY 1e6; }", EGRET_EINVAL,
          "limit of CNY: \"1e6\" is no amount above zero" },
        { "egret_partner x { limit CNY 1; limit CNY 2; }", EGRET_EEXIST,
          "there is a limit of CNY already, at line 1" },
        { "egret_partner x { severity Z99 warn; }", EGRET_EINVAL,
          "severity: there is no finding \"Z99\"" },
        { "egret_partner x { severity X05 warn; }", EGRET_EINVAL,
          "severity: X05 is locked" },
        { "egret_partner x { severity T03 reject; }", EGRET_EINVAL,
          "severity: T03 is locked" },
        { "egret_partner x { severity P01 ignore; }", EGRET_EINVAL,
          "severity of P01 is reject, hold, warn or info, not \"ignore\"" },
        { "egret_partner x { severity P01 warn; severity p01 hold; }",
          EGRET_EEXIST, "severity of P01 stands twice" },
        { "egret_partner x { upstream ftp://x; }", EGRET_EINVAL,
          "upstream \"ftp://x\": write https://" },
        { "egret_partner x { upstream https://; }", EGRET_EINVAL,
          "upstream \"https://\": write https://" },
        { "egret_partner x { upstream https://x/y; }", EGRET_EINVAL,
          "upstream \"https://x/y\": write https://" },
        { "egret_partner x { upstream https://x host=y; }", EGRET_EINVAL,
          "upstream takes name=HOST after the group, not \"host=y\"" },
        { "egret_partner x { upstream https://x name=y/; }", EGRET_EINVAL,
          "upstream takes name=HOST after the group, not \"name=y/\"" },
    };

    (void) state;
    EXPECT_REFUSALS(refusals);
}


static void
test_two_owners_of_one_identity_are_refused(void **state)
{
    static const refusal_t refusals[] = {
        { FED_GATEWAY XIAMEN "}\n"
          FED_PARTNER("other", FED_PIN_1, "TPBKTWT0XXX") "}", EGRET_EEXIST,
          "test.conf:4: certificate of other: " },
        { FED_GATEWAY XIAMEN "}\n"
          FED_PARTNER("other", FED_PIN_2, "XMBKCNB0") "}", EGRET_EEXIST,
          "test.conf:4: BIC XMBKCNB0XXX belongs to two partners, xiamen-bank "
          "and other" },
        { FED_GATEWAY XIAMEN "party lei=" FED_LEI_1 "; }\n"
          TAIPEI "party lei=" FED_LEI_1 "; }", EGRET_EEXIST,
          "test.conf:5: LEI " FED_LEI_1 " belongs to two partners" },
        { FED_GATEWAY XIAMEN "party member=CNAPS:1; }\n"
          TAIPEI "party member=CNAPS:1; }", EGRET_EEXIST,
          "test.conf:5: member CNAPS:1 belongs to two partners" },
        { FED_GATEWAY FED_PARTNER("x", FED_PIN_1, "EGRTCNB0") "}",
          EGRET_EEXIST,
          "test.conf:2: BIC EGRTCNB0XXX is the gateway's own" },
        { "egret_environment test;"
          "egret_gateway bic=EGRTCNB0 lei=" FED_LEI_1 ";\n"
          XIAMEN "party lei=" FED_LEI_1 "; }", EGRET_EEXIST,
          "test.conf:3: LEI " FED_LEI_1 " is the gateway's own" },
    };

    (void) state;
    EXPECT_REFUSALS(refusals);
}


static void
test_a_partner_that_is_not_whole_is_refused(void **state)
{
    static const refusal_t refusals[] = {
        { XIAMEN "}", EGRET_ENOTFOUND,
          "test.conf:1: there are partners but no egret_gateway" },
        { FED_GATEWAY "egret_partner x { party bic=XMBKCNB0; }", EGRET_EINVAL,
          "test.conf:2: partner x has no certificate" },
        { FED_GATEWAY "egret_partner x { certificate spki-sha256=" FED_PIN_1
          "; }", EGRET_EINVAL, "test.conf:2: partner x has no party" },
        { FED_GATEWAY "egret_partner x { party bic=XMBKCNB0;\n"
          "certificate san=dns:gw.example.org; }", EGRET_EINVAL,
          "test.conf:3: certificate of x: " },
        { FED_GATEWAY XIAMEN "profile none; }", EGRET_ENOTFOUND,
          "test.conf:3: there is no profile none" },
        { FED_GATEWAY XIAMEN "accept\npacs.008.001.99; }", EGRET_ENOTFOUND,
          "test.conf:3: accept pacs.008.001.99: no schema in" },
        { FED_GATEWAY XIAMEN "accept head.001.001.02; }", EGRET_ENOTFOUND,
          "test.conf:3: accept head.001.001.02: no schema declares a "
          "Document" },
        { FED_GATEWAY XIAMEN "currencies CNH; }", EGRET_EINVAL,
          "test.conf:3: currencies: \"CNH\" is no active ISO 4217 code: "
          "offshore renminbi" },
        { FED_GATEWAY XIAMEN "currencies cny; }", EGRET_EINVAL,
          "test.conf:3: currencies: \"cny\" is no active ISO 4217 code" },
        { FED_GATEWAY XIAMEN "limit RMB 5; }", EGRET_EINVAL,
          "test.conf:3: limit: \"RMB\" is no active ISO 4217 code: renminbi" },
        { FED_GATEWAY FED_PARTNER("x", FED_PIN_1, "XMBKZZB0") "}",
          EGRET_EINVAL,
          "test.conf:2: BIC XMBKZZB0XXX: \"ZZ\" in places 5 and 6" },
        { FED_GATEWAY "egret_partner x { party bic=XMBKCNB0;\n"
          "certificate ca=fed_config.h san=dns:gw.example.org; }",
          EGRET_ESYNTAX, "test.conf:3: certificate of x: " },
    };

    (void) state;
    EXPECT_REFUSALS(refusals);
}


static void
test_what_is_doubtful_is_warned_of(void **state)
{
    static const char *const warnings[] = {
        "test.conf:3: upstream http://x of xiamen-bank is not encrypted",
        "test.conf:1: BIC EGRTCNB0XXX is a test one, but egret_environment is "
        "live",
        "test.conf:2: BIC XMBKCNB0XXX is a test one, but egret_environment is "
        "live",
        "test.conf:2: partner xiamen-bank has no accept",
        "test.conf:3: limit of USD, which currencies does not name",
    };
    egret_arena_t *arena = egret_arena_create(egret_allocator_default(), 0);
    const egret_span_t *given;
    fed_t fed;

    (void) state;
    egret_assert_ok(fed_config(
        arena,
        "egret_gateway bic=EGRTCNB0XXX;\n" XIAMEN
        "upstream http://x; currencies CNY; limit USD 1; }", &fed));
    assert_int_equal(egret_config_builder_warnings(fed.builder, &given), 5);
    for (size_t i = 0; i < 5; i++) {
        if (!egret_span_starts_with(given[i], egret_span_from(warnings[i]))) {
            egret_assert_span(given[i], warnings[i]);
        }
    }
    egret_config_destroy(fed.config);
    egret_arena_destroy(arena);
}


static void
test_strict_makes_a_warning_an_error(void **state)
{
    static const refusal_t refusals[] = {
        { "egret_strict on; " FED_GATEWAY XIAMEN "}", EGRET_EINVAL,
          "test.conf:2: partner xiamen-bank has no accept: it can send and be "
          "sent nothing (egret_strict is on)" },
    };

    (void) state;
    EXPECT_REFUSALS(refusals);
}


static void
test_every_row_of_the_table_is_documented(void **state)
{
    size_t count;
    const egret_directive_t *rows = egret_directives(&count);

    (void) state;
    for (size_t i = 0; i < count; i++) {
        egret_span_t name = egret_span_from(rows[i].name);

        assert_true(egret_span_starts_with(egret_span_from(rows[i].syntax),
                                           name));
        assert_true(rows[i].default_text[0] == '\0'
                    || egret_span_starts_with(
                        egret_span_from(rows[i].default_text), name));
        assert_true(rows[i].minimum >= 1);
        assert_true(rows[i].minimum <= rows[i].maximum);
    }
}


static egret_rc_t
build(const egret_allocator_t *allocator, void *context)
{
    egret_arena_t *arena = egret_arena_create(allocator, 0);
    egret_rc_t rc;
    fed_t fed;

    if (arena == NULL) {
        return EGRET_ENOMEM;
    }
    rc = fed_config(arena, context, &fed);
    if (rc == EGRET_OK) {
        egret_config_destroy(fed.config);
    }
    egret_arena_destroy(arena);

    return rc;
}


static void
test_no_memory_is_said_and_nothing_leaks(void **state)
{
    static char text[] =
        FED_GATEWAY "egret_profile p { business_service a b; }" XIAMEN
        "profile p; accept pacs.008.001.08 pacs.009.001.08; currencies CNY USD;"
        "limit CNY 100000000; severity P06 warn; upstream https://x name=y;"
        "party lei=" FED_LEI_1 " member=CNAPS:308584000013; }" TAIPEI
        "accept pacs.008.001.08; }";

    (void) state;
    assert_true(egret_test_torture(build, text) > 0);
}


int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_word_out_of_place_is_refused),
        cmocka_unit_test(test_a_general_setting_says_what_it_takes),
        cmocka_unit_test(test_a_profile_says_what_it_takes),
        cmocka_unit_test(test_a_certificate_line_says_what_it_takes),
        cmocka_unit_test(test_a_partner_says_what_it_takes),
        cmocka_unit_test(test_two_owners_of_one_identity_are_refused),
        cmocka_unit_test(test_a_partner_that_is_not_whole_is_refused),
        cmocka_unit_test(test_what_is_doubtful_is_warned_of),
        cmocka_unit_test(test_strict_makes_a_warning_an_error),
        cmocka_unit_test(test_every_row_of_the_table_is_documented),
        cmocka_unit_test(test_no_memory_is_said_and_nothing_leaks),
    };

    return egret_test_run(tests);
}
