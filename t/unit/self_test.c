/* SPDX-License-Identifier: Apache-2.0 */
/* What a partner is told of itself, and of what it is warned. */
#include "answer/self.h"
#include "gateway.h"
#include "helper.h"

#define NOW 1795400000 /* 2026-11-23 */
#define DAYS(n) ((int64_t) (n) * 86400)

static egret_answer_t
tell(egret_test_gateway_t *gateway, const char *name,
     const egret_certificate_t *certificate)
{
    egret_self_t self = { gateway->config, NULL, certificate, NOW };
    egret_answer_t answer;

    self.partner = egret_config_partner(gateway->config,
                                        egret_span_from(name));
    assert_non_null(self.partner);
    assert_int_equal(egret_self_write(&self, gateway->arena, &answer),
                     EGRET_OK);
    assert_int_equal(answer.status, 200);

    return answer;
}

static void
test_a_partner_is_told_who_it_is(void **state)
{
    egret_certificate_t certificate = {
        .serial = EGRET_SPAN("1F"), .not_after = NOW + DAYS(100) + 5,
    };
    egret_test_gateway_t gateway;
    egret_answer_t answer;

    (void) state;
    egret_test_gateway_open(&gateway, "", "", "");
    answer = tell(&gateway, "xiamen-bank", &certificate);

    egret_test_assert_holds(answer.body, "{\"partner\":\"xiamen-bank\",");
    egret_test_assert_holds(answer.body, "\"environment\":\"test\"}");
    egret_test_assert_holds(answer.body, "\"bic\":[\"XMBKCNB0XXX\"]");
    egret_test_assert_holds(answer.body, "\"profile\":\"bilateral\"");
    egret_test_assert_holds(answer.body, "\"serial\":\"1F\"");
    egret_test_assert_holds(answer.body, "\"daysLeft\":100}");
    assert_false(egret_test_holds(answer.body, "taipei"));
    egret_test_gateway_close(&gateway);
}

static void
test_a_certificate_that_ends_soon_is_warned_of(void **state)
{
    egret_certificate_t certificate = { .not_after = NOW + DAYS(30) - 1 };
    egret_test_gateway_t gateway;

    (void) state;
    egret_test_gateway_open(&gateway, "", "", "");
    egret_test_assert_holds(tell(&gateway, "xiamen-bank", &certificate).body,
                            "expires in 29 days");

    certificate.not_after = NOW + DAYS(30);
    assert_false(egret_test_holds(tell(&gateway, "xiamen-bank",
                                       &certificate).body, "expires"));
    certificate.not_after = NOW - 1;
    egret_test_assert_holds(tell(&gateway, "xiamen-bank", &certificate).body,
                            "\"daysLeft\":0}");
    egret_test_gateway_close(&gateway);
}

static void
test_an_LEI_that_is_no_party_is_warned_of(void **state)
{
    egret_certificate_t certificate = {
        .lei = EGRET_SPAN("5493001KJTIIGC8Y1R12"),
        .not_after = NOW + DAYS(100),
    };
    egret_test_gateway_t gateway;

    (void) state;
    egret_test_gateway_open(&gateway, "", "", "");
    egret_test_assert_holds(tell(&gateway, "xiamen-bank", &certificate).body,
                            "LEI is none of your parties");
    egret_test_gateway_close(&gateway);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_partner_is_told_who_it_is),
        cmocka_unit_test(test_a_certificate_that_ends_soon_is_warned_of),
        cmocka_unit_test(test_an_LEI_that_is_no_party_is_warned_of),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);

    return cmocka_run_group_tests(tests, NULL, NULL);
}
