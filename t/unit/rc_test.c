/* SPDX-License-Identifier: Apache-2.0 */

#include <string.h>

#include "helper.h"


static void
test_each_rc_has_a_text_of_its_own(void **state)
{
    (void) state;

    for (int a = EGRET_OK; a <= EGRET_EIO; a++) {
        assert_true(strlen(egret_rc_text((egret_rc_t) a)) > 0);

        for (int b = EGRET_OK; b < a; b++) {
            assert_string_not_equal(egret_rc_text((egret_rc_t) a),
                                    egret_rc_text((egret_rc_t) b));
        }
    }
}


static void
test_a_value_that_is_no_rc_has_a_text_too(void **state)
{
    (void) state;

    assert_string_equal(egret_rc_text((egret_rc_t) 999), "unknown result");
    assert_string_equal(egret_rc_text((egret_rc_t) -1), "unknown result");
}


static const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_each_rc_has_a_text_of_its_own),
    cmocka_unit_test(test_a_value_that_is_no_rc_has_a_text_too),
};


int
main(void)
{
    return egret_test_run(tests);
}
