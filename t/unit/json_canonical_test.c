/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "codec/json_canonical.h"
#include "green.h"
#include "reading.h"

#define LARGE (16 * 1024 * 1024)

static const char *const names[] = {
    "digest/characters",       "digest/smallest",
    "good/green-wind-loan",    "good/green-wind-factory",
    "good/green-solar-loan",   "good/green-bond-subscription",
    "good/green-nuclear-loan",
};
#define NAME_COUNT (sizeof(names) / sizeof(names[0]))

/* The message of that name; a block on its own is wrapped in one. */
static egret_span_t
source_of(egret_test_green_t *green, const char *name)
{
    egret_span_t path = egret_arena_print(green->arena, "t/data/%s.xml", name);
    egret_span_t text = egret_test_read_file(green->arena, path.at);

    return strncmp(name, "digest/", 7) == 0 ? egret_test_green_wrap(green, text)
                                            : text;
}


static egret_span_t
vector_of(egret_test_green_t *green, const char *name, const char *ending)
{
    egret_span_t path = egret_arena_print(green->arena, "t/data/digest/%s.%s",
                                          strchr(name, '/') + 1, ending);

    return egret_span_trim(egret_test_read_file(green->arena, path.at));
}


/* The digest of the first block. */
static void
digest_of(const egret_test_green_t *green, egret_span_t bytes,
          bool is_valid, char hex[EGRET_SHA256_HEX])
{
    egret_test_green_message_t message;
    egret_sha256_t digest;

    egret_test_green_read(green, bytes, &message);
    if (is_valid) {
        egret_test_green_assert_valid(&message);
    }
    egret_assert_ok(egret_block_digest(&message.tape,
                                       egret_test_green_block(&message, 0),
                                       message.arena, &digest));
    egret_sha256_hex(&digest, hex);
    egret_test_green_end(&message);
}


static void
test_the_form_is_that_of_the_other_implementation(void **state)
{
    egret_test_green_t green;

    (void) state;
    egret_test_green_open(&green);
    for (size_t i = 0; i < NAME_COUNT; i++) {
        egret_test_green_message_t message;
        egret_buffer_t buffer;
        char hex[EGRET_SHA256_HEX];

        egret_test_green_read(&green, source_of(&green, names[i]), &message);
        egret_test_green_assert_valid(&message);
        egret_buffer_init(&buffer, message.arena, LARGE);
        egret_assert_ok(egret_json_canonical_write(
            &message.tape, egret_test_green_block(&message, 0),
            EGRET_SPAN("Sgntr"), &buffer));
        egret_test_assert_span(egret_buffer_span(&buffer),
                               vector_of(&green, names[i], "json"), __FILE__,
                               __LINE__);
        digest_of(&green, message.tape.bytes, true, hex);
        egret_assert_span(vector_of(&green, names[i], "hex"), hex);
        egret_test_green_end(&message);
    }
    egret_test_green_close(&green);
}


/* The block of a message, written again, alone in a message. */
static egret_span_t
dress_again(egret_test_green_t *green,
            const egret_test_green_message_t *message,
            egret_test_dress_t *dress)
{
    egret_buffer_t buffer;

    egret_buffer_init(&buffer, green->arena, LARGE);
    egret_test_green_dress(&message->tape, egret_test_green_block(message, 0),
                           dress, &buffer);

    return egret_test_green_wrap(green, egret_buffer_span(&buffer));
}


static void
test_the_way_it_is_written_does_not_show(void **state)
{
    egret_test_green_t green;

    (void) state;
    egret_test_green_open(&green);
    for (size_t i = 0; i < NAME_COUNT; i++) {
        egret_test_green_message_t message;
        char hex[EGRET_SHA256_HEX];

        egret_test_green_read(&green, source_of(&green, names[i]), &message);
        for (uint32_t seed = 0; seed < 40; seed++) {
            egret_test_dress_t dress = { .random = seed };

            digest_of(&green, dress_again(&green, &message, &dress), true, hex);
            egret_assert_span(vector_of(&green, names[i], "hex"), hex);
        }
        egret_test_green_end(&message);
    }
    egret_test_green_close(&green);
}


/* A value that gets a letter more, and an element that is left out. */
static void
test_each_value_and_each_element_shows(void **state)
{
    egret_test_green_t green;
    egret_test_green_message_t message;
    egret_test_dress_t dress = { .random = 0 };
    char whole[EGRET_SHA256_HEX];
    char hex[EGRET_SHA256_HEX];
    size_t values, elements;

    (void) state;
    egret_test_green_open(&green);
    egret_test_green_read(&green, source_of(&green, "good/green-wind-loan"),
                          &message);
    digest_of(&green, dress_again(&green, &message, &dress), true, whole);
    values = dress.values;
    elements = dress.elements;
    assert_in_range(values, 100, 1000);

    for (size_t i = 1; i <= values; i++) {
        dress = (egret_test_dress_t){ .value = i };
        digest_of(&green, dress_again(&green, &message, &dress), false, hex);
        assert_string_not_equal(hex, whole);
    }
    /* The first is the block itself. */
    for (size_t i = 2; i <= elements; i++) {
        dress = (egret_test_dress_t){ .element = i };
        digest_of(&green, dress_again(&green, &message, &dress), false, hex);
        assert_string_not_equal(hex, whole);
    }
    egret_test_green_end(&message);
    egret_test_green_close(&green);
}


static egret_span_t
replace(egret_test_green_t *green, egret_span_t text, const char *find,
        const char *with)
{
    const char *at = memmem(text.at, text.length, find, strlen(find));
    egret_buffer_t buffer;
    size_t from;

    assert_non_null(at);
    from = (size_t) (at - text.at);
    egret_buffer_init(&buffer, green->arena, LARGE);
    egret_buffer_add(&buffer, egret_span_slice(text, 0, from));
    egret_buffer_add_text(&buffer, with);
    egret_buffer_add(&buffer,
                     egret_span_slice(text, from + strlen(find), text.length));

    return egret_buffer_span(&buffer);
}


static void
test_equal_numbers_written_differently_are_different(void **state)
{
    static const char *const pairs[][2] = {
        { "<Shr>100</Shr>", "<Shr>100.0</Shr>" },
        { "<Shr>100</Shr>", "<Shr>+100</Shr>" },
        { "<OECD>true</OECD>", "<OECD>1</OECD>" },
        { "Egret Island offshore", "Egret Island  offshore" },
        { "Alg=\"SM3\">25", "Alg=\"SHA256\">25" },
    };
    egret_test_green_t green;
    egret_span_t text;
    char whole[EGRET_SHA256_HEX];
    char hex[EGRET_SHA256_HEX];

    (void) state;
    egret_test_green_open(&green);
    text = source_of(&green, "good/green-wind-loan");
    digest_of(&green, text, true, whole);
    for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
        digest_of(&green, replace(&green, text, pairs[i][0], pairs[i][1]),
                  true, hex);
        assert_string_not_equal(hex, whole);
    }
    egret_test_green_close(&green);
}


static void
test_the_signature_does_not_count(void **state)
{
    egret_test_green_t green;
    egret_span_t text;
    char hex[EGRET_SHA256_HEX];

    (void) state;
    egret_test_green_open(&green);
    text = source_of(&green, "digest/characters");
    digest_of(&green, replace(&green, text, "AA==", "BB=="), true, hex);
    egret_assert_span(vector_of(&green, "digest/characters", "hex"), hex);
    egret_test_green_close(&green);
}


/* Declarations of a test, since the block's names are plain letters. */
static void
test_keys_stand_in_the_order_of_UTF_16(void **state)
{
    static const char text[] =
        "<o><\xEF\xA4\x80>1</\xEF\xA4\x80>"
        "<\xF0\x90\x80\x80>2</\xF0\x90\x80\x80><b/><B>4</B>"
        "<ba> 5 </ba><\xC3\xA9> 6</\xC3\xA9></o>";
    static const egret_type_t object = { .kind = EGRET_VALUE_NONE };
    static const egret_type_t token = { .kind = EGRET_VALUE_TEXT,
                                        .is_simple_content = true };
    static const egret_type_t number = { .kind = EGRET_VALUE_DECIMAL,
                                         .is_simple_content = true };
    static const egret_element_t elements[] = {
        { .type = &object }, { .type = &token }, { .type = &token },
        { .type = &token },  { .type = &token },
        { .type = &token, .is_repeatable = true }, { .type = &number },
    };
    egret_test_reading_t reading;
    egret_buffer_t buffer;

    (void) state;
    egret_test_read(&reading, EGRET_SPAN(text), NULL, NULL);
    assert_int_equal(reading.tape.node_count, 7);
    for (egret_node_t node = 0; node < 7; node++) {
        reading.tape.nodes[node].element = &elements[node];
    }
    egret_buffer_init(&buffer, reading.arena, LARGE);
    egret_assert_ok(egret_json_canonical_write(&reading.tape, 0,
                                               EGRET_SPAN(""), &buffer));
    egret_assert_span(egret_buffer_span(&buffer),
                      "{\"B\":\"4\",\"b\":\"\",\"ba\":[\" 5 \"],"
                      "\"\xC3\xA9\":\"6\",\"\xF0\x90\x80\x80\":\"2\","
                      "\"\xEF\xA4\x80\":\"1\"}");
    egret_test_reading_end(&reading);
}


static void
test_what_nothing_declares_has_no_form(void **state)
{
    egret_test_green_t green;
    egret_test_green_message_t message;
    egret_sha256_t digest;
    egret_span_t text;

    (void) state;
    egret_test_green_open(&green);
    text = replace(&green, source_of(&green, "digest/smallest"),
                   "<Sts>FINL</Sts>", "<Sts>FINL</Sts><More/>");
    egret_test_green_read(&green, text, &message);
    egret_assert_rc(egret_block_digest(&message.tape,
                                       egret_test_green_block(&message, 0),
                                       message.arena, &digest),
                    EGRET_EINVAL);
    egret_test_green_end(&message);
    egret_test_green_close(&green);
}


static void
test_a_maximum_is_kept(void **state)
{
    egret_test_green_t green;
    egret_test_green_message_t message;
    egret_buffer_t buffer;

    (void) state;
    egret_test_green_open(&green);
    egret_test_green_read(&green, source_of(&green, "digest/smallest"),
                          &message);
    egret_buffer_init(&buffer, message.arena, 100);
    egret_assert_rc(egret_json_canonical_write(
                        &message.tape, egret_test_green_block(&message, 0),
                        EGRET_SPAN(""), &buffer),
                    EGRET_ELIMIT);
    egret_test_green_end(&message);
    egret_test_green_close(&green);
}


int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_form_is_that_of_the_other_implementation),
        cmocka_unit_test(test_the_way_it_is_written_does_not_show),
        cmocka_unit_test(test_each_value_and_each_element_shows),
        cmocka_unit_test(test_equal_numbers_written_differently_are_different),
        cmocka_unit_test(test_the_signature_does_not_count),
        cmocka_unit_test(test_keys_stand_in_the_order_of_UTF_16),
        cmocka_unit_test(test_what_nothing_declares_has_no_form),
        cmocka_unit_test(test_a_maximum_is_kept),
    };

    return egret_test_run(tests);
}
