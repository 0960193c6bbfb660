/* SPDX-License-Identifier: Apache-2.0 */

#include <string.h>

#include "helper.h"
#include "util/digest.h"

#define ABC "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


static void
assert_digest(egret_span_t span, const char *expected)
{
    char hex[EGRET_SHA256_HEX];
    egret_sha256_t digest;

    egret_assert_ok(egret_sha256(span, &digest));
    egret_sha256_hex(&digest, hex);
    assert_string_equal(hex, expected);
}


/* The examples of FIPS 180-4, and nothing. */
static void
test_digests_are_those_of_the_standard(void **state)
{
    (void) state;

    assert_digest(EGRET_SPAN("abc"), ABC);
    assert_digest(
        EGRET_SPAN("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    assert_digest(
        (egret_span_t){ NULL, 0 },
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}


static void
test_hex_is_read_back(void **state)
{
    egret_sha256_t digest, again;

    (void) state;

    egret_assert_ok(egret_sha256(EGRET_SPAN("abc"), &digest));
    egret_assert_ok(egret_sha256_read(EGRET_SPAN(ABC), &again));
    assert_memory_equal(&digest, &again, sizeof(digest));
}


static void
test_upper_case_and_colons_are_read(void **state)
{
    egret_sha256_t digest, again;

    (void) state;

    egret_assert_ok(egret_sha256(EGRET_SPAN("abc"), &digest));
    egret_assert_ok(egret_sha256_read(
        EGRET_SPAN("BA:78:16:BF:8F:01:CF:EA:41:41:40:DE:5D:AE:22:23:B0:03:61:"
                   "A3:96:17:7A:9C:B4:10:FF:61:F2:00:15:AD"), &again));
    assert_memory_equal(&digest, &again, sizeof(digest));
}


static void
test_other_forms_of_hex_are_refused(void **state)
{
    static const char *const bad[] = {
        "",
        "ba",
        ABC "0",
        ABC "00",
        ABC ":",
        ":" ABC,
        " " ABC,
        "b:a7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        "ba::7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        "ga7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015a",
        "ba-7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    };
    egret_sha256_t digest, before;

    (void) state;

    memset(&digest, 7, sizeof(digest));
    before = digest;

    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        egret_assert_rc(egret_sha256_read(egret_span_from(bad[i]), &digest),
                        EGRET_ESYNTAX);
        assert_memory_equal(&digest, &before, sizeof(digest));
    }

    egret_assert_rc(egret_sha256_read((egret_span_t){ NULL, 0 }, &digest),
                    EGRET_ESYNTAX);
}


static const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_digests_are_those_of_the_standard),
    cmocka_unit_test(test_hex_is_read_back),
    cmocka_unit_test(test_upper_case_and_colons_are_read),
    cmocka_unit_test(test_other_forms_of_hex_are_refused),
};


int
main(void)
{
    return egret_test_run(tests);
}
