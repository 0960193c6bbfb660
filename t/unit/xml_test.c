/* SPDX-License-Identifier: Apache-2.0 */

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "reading.h"

#define FAULT(text, code, place, xpath, words)                                \
    egret_test_assert_fault(EGRET_SPAN(text), code, place, xpath, words)

#define DECLARATION "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"


/* `count` times `piece` between `before` and `after`; to be freed. */
static egret_span_t
repeat(const char *before, const char *piece, size_t count, const char *after)
{
    size_t unit = strlen(piece);
    size_t length = strlen(before) + count * unit + strlen(after);
    char *text = malloc(length + 1);
    char *at;

    assert_non_null(text);
    at = stpcpy(text, before);
    for (size_t i = 0; i < count; i++) {
        at = stpcpy(at, piece);
    }
    (void) stpcpy(at, after);

    return (egret_span_t){ text, length };
}


static void
assert_repeated_fault(const char *before, const char *piece, size_t count,
                      const char *after, const char *words)
{
    egret_span_t bytes = repeat(before, piece, count, after);
    egret_test_reading_t reading;
    egret_span_t message;

    egret_test_read(&reading, bytes, NULL, NULL);
    assert_null(egret_test_flaw(reading.rc, &reading.tape,
                                &reading.findings));
    assert_int_equal(reading.findings.count, 1);
    assert_int_equal(reading.findings.items[0].code, EGRET_X01);
    message = reading.findings.items[0].message;
    assert_non_null(memmem(message.at, message.length, words, strlen(words)));
    egret_test_reading_end(&reading);
    free((char *) bytes.at);
}


static void
test_namespace_faults_are_faults(void **state)
{
    (void) state;

    FAULT("<a>\n <p:b/></a>", EGRET_X01, "2:2", "/a",
          "prefix \"p\" is not declared");
    FAULT("<a><b p:c=\"\"/></a>", EGRET_X01, "1:7", "/a",
          "prefix \"p\" is not declared");
    FAULT("<a xmlns:p=\"u\" xmlns:q=\"u\" p:x=\"\" q:x=\"\"/>", EGRET_X01,
          "1:35", "", "\"x\" stands twice");
    FAULT("<a x=\"1\" x=\"2\"/>", EGRET_X01, "1:10", "", "\"x\" stands twice");
    FAULT("<a xmlns:p=\"\"/>", EGRET_X01, "1:4", "", "empty namespace");
    FAULT("<a xmlns:xml=\"urn:x\"/>", EGRET_X01, "1:21", "", "reserved");
    FAULT("<a xmlns:xmlns=\"urn:x\"/>", EGRET_X01, "1:23", "", "reserved");
    FAULT("<a xmlns=\"http://www.w3.org/XML/1998/namespace\"/>", EGRET_X01,
          "1:48", "", "reserved");
    FAULT("<a><b:c:d xmlns:b=\"urn:x\"/></a>", EGRET_X01, "1:8", "/a",
          "colon");
    egret_test_assert_sound(EGRET_SPAN("<a xml:lang=\"en\"/>"));
    egret_test_assert_sound(EGRET_SPAN("<a xmlns=\"u\"><b xmlns=\"\"/></a>"));
    /* A namespace name need not be a URI. */
    egret_test_assert_sound(EGRET_SPAN("<a xmlns:p=\"urn:x y\" p:b=\"\"/>"));
    FAULT("<a xmlns=\"x y\"><p:b/></a>", EGRET_X01, "1:16", "/a",
          "prefix \"p\"");
}


static void
test_only_utf8_is_read(void **state)
{
    (void) state;

    FAULT("\xff\xfe<\0a\0/\0>\0", EGRET_X02, "1:1", "", "UTF-16");
    FAULT("\xfe\xff\0<\0a\0/\0>", EGRET_X02, "1:1", "", "UTF-16");
    FAULT("<\0a\0/\0>\0", EGRET_X02, "1:1", "", "UTF-16");
    FAULT("\0<\0a\0/\0>", EGRET_X02, "1:1", "", "UTF-16");
    FAULT("\0\0\0<\0\0\0a\0\0\0/\0\0\0>", EGRET_X02, "1:1", "", "UTF-16");
    FAULT("<?xml version=\"1.0\" encoding=\"UTF-7\"?><a>+ADw-b/+AD4-</a>",
          EGRET_X02, "1:31", "", "encoding");
    FAULT("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><a>x</a>", EGRET_X02,
          "1:31", "", "encoding");
    FAULT("<?xml version='1.0' encoding='ISO-8859-1'?><a>\xe9</a>", EGRET_X02,
          "1:31", "", "encoding");
    FAULT("<?xml version=\"1.0\" encoding=\"UTF-16\"?><a/>", EGRET_X02, "1:31",
          "", "encoding");
    FAULT("<?xml version=\"1.0\" encoding=\"US-ASCII\"?><a>\xc3\xa9</a>",
          EGRET_X02, "1:31", "", "encoding");
    egret_test_assert_sound(EGRET_SPAN("\xef\xbb\xbf" DECLARATION "<a/>"));
    egret_test_assert_sound(EGRET_SPAN("\xef\xbb\xbf<a/>"));
    egret_test_assert_sound(
        EGRET_SPAN("<?xml version='1.0' encoding='utf-8'?><a>\xc3\xa9</a>"));
    egret_test_assert_sound(
        EGRET_SPAN("<?xml version=\"1.0\" encoding=\"UTF8\"?><a/>"));
    egret_test_assert_sound(
        EGRET_SPAN("<?xml version=\"1.0\" encoding=\"US-ASCII\"?><a/>"));
}


static void
test_utf7_makes_no_element(void **state)
{
    static const char text[] = "<?xml version=\"1.0\" encoding=\"UTF-7\"?>"
                               "<a>+ADw-b/+AD4-</a>";
    egret_test_reading_t reading;

    (void) state;

    egret_test_read(&reading, EGRET_SPAN(text), NULL, NULL);
    assert_int_equal(reading.tape.node_count, 1);
    egret_assert_span(egret_tape_value(&reading.tape, 0), "+ADw-b/+AD4-");
    egret_test_reading_end(&reading);
}


static void
test_bytes_that_are_no_characters_are_named(void **state)
{
    (void) state;

    FAULT("<a>\n<b>\xff</b></a>", EGRET_X02, "2:4", "/a/b", "not UTF-8");
    FAULT("<a>\xc0\x80</a>", EGRET_X02, "1:4", "/a", "not UTF-8");
    FAULT("<a>\xed\xa0\x80</a>", EGRET_X02, "1:4", "/a", "not UTF-8");
    FAULT("<a>\xf4\x90\x80\x80</a>", EGRET_X02, "1:4", "/a", "not UTF-8");
    FAULT("<a b=\"\xe4\xb8\"/>", EGRET_X02, "1:7", "", "not UTF-8");
    FAULT("<a>x\0y</a>", EGRET_X02, "1:5", "/a", "U+0000");
    FAULT("<a>&#0;</a>", EGRET_X02, "1:4", "/a", "U+0000");
    FAULT("<a>&#xD800;</a>", EGRET_X02, "1:4", "/a", "U+D800");
    FAULT("<a>&#1;</a>", EGRET_X01, "1:4", "/a", "U+0001");
    FAULT("<a>&#x110000;</a>", EGRET_X01, "1:4", "/a", "U+10FFFF");
    FAULT("<a>\x01</a>", EGRET_X01, "1:4", "/a", "not allowed in XML");
    FAULT("<a>\xef\xbf\xbf</a>", EGRET_X01, "1:4", "/a",
          "not allowed in XML");
    egret_test_assert_sound(EGRET_SPAN("<a>\xef\xbf\xbd\xf0\x9f\x90\xa6"
                                       "\x7f\t</a>"));
}


static void
test_only_version_1_0_is_read(void **state)
{
    (void) state;

    FAULT("<?xml version=\"1.1\"?><a/>", EGRET_X01, "1:16", "", "version");
    FAULT("<?xml version='2.0' encoding='UTF-8'?><a/>", EGRET_X01, "1:16", "",
          "version");
    FAULT("<?xml encoding=\"UTF-8\"?><a/>", EGRET_X01, "1:7", "", "version");
}


static void
test_a_doctype_is_refused(void **state)
{
    (void) state;

    FAULT("<!DOCTYPE a><a/>", EGRET_X01, "1:1", "", "document type");
    FAULT(DECLARATION "\n<!-- c -->\n<!DOCTYPE a SYSTEM \"a.dtd\"><a/>",
          EGRET_X01, "3:1", "", "document type");
    FAULT("<!DOCTYPE a [<!ENTITY b \"1234567890\"><!ENTITY c \"&b;&b;&b;\">"
          "<!ENTITY d \"&c;&c;&c;\">]><a>&d;</a>", EGRET_X01, "1:1", "",
          "document type");
    FAULT("<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]>"
          "<a>&b;</a>", EGRET_X01, "1:1", "", "document type");
    FAULT("<a>&b;</a>", EGRET_X01, "1:4", "/a", "\"&b;\"");
    FAULT("<a><b c=\"&d;\"/></a>", EGRET_X01, "1:10", "/a", "\"&d;\"");
}


static void
test_limits_hold(void **state)
{
    (void) state;

    assert_repeated_fault("", "<a>", 200, "", "64 levels");
    assert_repeated_fault("<a>", "<b/>", 200000, "</a>", "100000 elements");
    assert_repeated_fault("<a>", "x", 1000000, "</a>", "262144 bytes");
    assert_repeated_fault("<a><![CDATA[", "x", 1000000, "]]></a>",
                          "262144 bytes");
    assert_repeated_fault("<a>", "<b>xxxxxxxxxxxxxxxx</b>", 60000, "</a>",
                          "larger than 1048576 bytes");
    assert_repeated_fault("<a b=\"", "x", 70000, "\"/>", "65536 bytes");
    assert_repeated_fault("<a", " ", 70000, "/>", "65536 bytes");
    assert_repeated_fault("<", "n", 257, "/>", "256 bytes");
    assert_repeated_fault("<a ", "n", 257, "=\"\"/>", "256 bytes");
    assert_repeated_fault("", "<a xmlns:p=\"u\" xmlns:q=\"u\" xmlns:r=\"u\""
                          " xmlns:s=\"u\" xmlns:t=\"u\">", 60, "",
                          "255 namespaces");
}


static void
test_many_attributes_are_refused_before_they_cost_time(void **state)
{
    static char text[40000 * 16];
    size_t length = 2;

    (void) state;

    memcpy(text, "<a", 2);
    for (int i = 0; i < 40000; i++) {
        length += (size_t) sprintf(text + length, " a%d=\"\"", i);
    }
    egret_test_assert_fault((egret_span_t){ text, length }, EGRET_X01, "1:1",
                            "", "256 attributes");
    memcpy(text + length, "/>", 2);
    egret_test_assert_fault((egret_span_t){ text, length + 2 }, EGRET_X01,
                            "1:1", "", "256 attributes");
}


/* A parser that went on after its first fault would read the attributes that
 * the scan takes for a comment. */
static void
test_nothing_after_a_fault_costs_time(void **state)
{
    static char text[40000 * 16];
    size_t length = (size_t) sprintf(text, "<r><x y=z\"<!--><a");

    (void) state;

    for (int i = 0; i < 40000; i++) {
        length += (size_t) sprintf(text + length, " a%d=\"\"", i);
    }
    egret_test_assert_fault((egret_span_t){ text, length }, EGRET_X01,
                            "1:9", "/r", "quotation marks");
}


static void
test_many_namespaces_are_refused(void **state)
{
    static char text[300 * 24];
    size_t length = (size_t) sprintf(text, "<a>");

    (void) state;

    for (int i = 0; i < 300; i++) {
        length += (size_t) sprintf(text + length, "<b xmlns=\"%d\"/>", i);
    }
    egret_test_assert_fault((egret_span_t){ text, length }, EGRET_X01,
                            "1:3974", "/a", "255 namespaces");
}


static void
test_what_is_no_xml_is_said_so(void **state)
{
    (void) state;

    FAULT("", EGRET_X01, "1:1", "", "empty");
    FAULT(" \n\t", EGRET_X01, "2:2", "", "empty");
    FAULT("{\"Document\":{}}", EGRET_X01, "1:1", "", "not XML");
    FAULT("\x1f\x8b\x08\0\0\0\0\0", EGRET_X01, "1:1", "", "not XML");
    FAULT("\n\nhello", EGRET_X01, "3:1", "", "not XML");
    FAULT("<", EGRET_X01, "1:2", "", "ends before");
    FAULT("<!-- only -->", EGRET_X01, "1:14", "", "ends before");
    FAULT("<?xml version=\"1.0\"?>", EGRET_X01, "1:22", "", "ends before");
}


static void
test_a_cut_message_names_the_element_it_ends_in(void **state)
{
    (void) state;

    FAULT("<a>\n <b>text", EGRET_X01, "2:9", "/a/b",
          "inside <b>, which was opened on line 2");
    FAULT("<a><p:b xmlns:p=\"u\"><c/>", EGRET_X01, "1:25", "/a/b", "<p:b>");
    FAULT("<a><b></b", EGRET_X01, "1:10", "/a/b", "ends inside <b>");
    FAULT("<a><b c=\"", EGRET_X01, "1:10", "/a", "no closing quotation mark");
    FAULT("<a><b", EGRET_X01, "1:6", "/a", "ends inside <a>");
    FAULT("<a>&am", EGRET_X01, "1:7", "/a", "ends inside <a>");
    FAULT("<a>\n<!-- x </a>", EGRET_X01, "2:1", "/a", "comment has no end");
    FAULT("<a>\n<![CDATA[x</a>", EGRET_X01, "2:1", "/a",
          "CDATA section has no end");
    FAULT("<a>\n<?x </a>", EGRET_X01, "2:1", "/a",
          "instruction has no end");
}


static void
test_a_wrong_end_tag_names_both(void **state)
{
    (void) state;

    FAULT("<a>\n <p:b xmlns:p=\"u\">\n</a>", EGRET_X01, "3:1", "/a/b",
          "</a> does not close <p:b>, which was opened on line 2");
    FAULT("<a><b></c ></a>", EGRET_X01, "1:7", "/a/b",
          "</c> does not close <b>");
    FAULT("<a/></a>", EGRET_X01, "1:5", "", "goes on after");
    FAULT("<a/><b/>", EGRET_X01, "1:5", "", "goes on after");
    FAULT("<a/>text", EGRET_X01, "1:5", "", "goes on after");
}


static void
test_frequent_slips_are_explained(void **state)
{
    (void) state;

    FAULT("<a><b>Tom & Jerry</b></a>", EGRET_X01, "1:11", "/a/b",
          "\"&\" stands in the text");
    FAULT("<a><b>AT&T</b></a>", EGRET_X01, "1:9", "/a/b", "\"&\"");
    FAULT("<a b=\"x & y\"/>", EGRET_X01, "1:9", "", "\"&\"");
    FAULT("<a>1 < 2</a>", EGRET_X01, "1:6", "/a", "no element name");
    FAULT("<a b=\"x>text</a>", EGRET_X01, "1:13", "", "attribute value");
    FAULT("<a b=c/>", EGRET_X01, "1:6", "", "no quotation marks");
    FAULT("<a b/>", EGRET_X01, "1:5", "", "no value");
    FAULT("<a b=\"1\"c=\"2\"/>", EGRET_X01, "1:9", "", "white space");
    FAULT("<a>]]></a>", EGRET_X01, "1:4", "/a", "\"]]>\"");
    FAULT(" " DECLARATION "<a/>", EGRET_X01, "1:2", "", "XML declaration");
    FAULT("<a><!-- -- --></a>", EGRET_X01, "1:9", "/a", "\"--\"");
}


/* Of what stands before a fault nothing is lost. */
static void
test_a_header_can_be_read_from_a_cut_message(void **state)
{
    egret_test_reading_t reading;
    egret_node_t node;

    (void) state;

    egret_test_read(&reading,
                    EGRET_SPAN("<E><AppHdr><BizMsgIdr>B1</BizMsgIdr></AppHdr>"
                               "<Document><A>1</A><B>\xff"), NULL, NULL);
    egret_assert_ok(reading.rc);
    assert_false(reading.tape.is_whole);
    node = egret_tape_child_named(&reading.tape, 0, EGRET_SPAN("AppHdr"));
    node = egret_tape_child_named(&reading.tape, node,
                                  EGRET_SPAN("BizMsgIdr"));
    egret_assert_span(egret_tape_value(&reading.tape, node), "B1");
    egret_assert_span(egret_tape_name(&reading.tape, reading.tape.open), "B");
    egret_test_reading_end(&reading);
}


typedef struct {
    uint32_t opened;
    uint32_t closed;
    uint32_t refuse; /* at this call */
} counter_t;


static egret_rc_t
count_open(void *context, egret_tape_t *tape, egret_node_t node)
{
    counter_t *counter = context;

    assert_int_equal(tape->open, node);
    assert_int_equal(node, counter->opened++);

    return counter->opened + counter->closed == counter->refuse
           ? EGRET_EUNSUPPORTED : EGRET_OK;
}


static egret_rc_t
count_close(void *context, egret_tape_t *tape, egret_node_t node)
{
    counter_t *counter = context;

    assert_true(tape->nodes[node].flags & EGRET_NODE_CLOSED);
    counter->closed++;

    return counter->opened + counter->closed == counter->refuse
           ? EGRET_EUNSUPPORTED : EGRET_OK;
}


static void
test_the_sink_is_told_and_obeyed(void **state)
{
    egret_span_t bytes = EGRET_SPAN("<a><b x=\"1\"/><c>t</c><d><e/></d></a>");

    (void) state;

    for (uint32_t n = 1; n <= 11; n++) {
        counter_t counter = { .refuse = n };
        egret_sink_t sink = { &counter, count_open, count_close };
        egret_test_reading_t reading;

        egret_test_read(&reading, bytes, NULL, &sink);
        if (n == 11) {
            egret_assert_ok(reading.rc);
            assert_int_equal(counter.opened, 5);
            assert_int_equal(counter.closed, 5);
            assert_true(reading.tape.is_whole);
        } else {
            egret_assert_rc(reading.rc, EGRET_EUNSUPPORTED);
            assert_int_equal(counter.opened + counter.closed, n);
            assert_false(reading.tape.is_whole);
        }
        assert_int_equal(reading.findings.count, 0);
        egret_test_reading_end(&reading);
    }
}


static egret_rc_t
read_all_kinds(const egret_allocator_t *allocator, void *context)
{
    const egret_span_t *bytes = context;
    egret_arena_t *arena = egret_arena_create(allocator, 0);
    egret_tape_t tape;
    egret_findings_t findings;
    egret_rc_t rc;

    if (arena == NULL) {
        return EGRET_ENOMEM;
    }
    egret_tape_init(&tape, arena, *bytes);
    egret_findings_init(&findings, arena);
    rc = egret_xml_read(&tape, NULL, NULL, &findings);
    assert_true(rc != EGRET_OK || findings.count > 0 || tape.is_whole);
    egret_arena_destroy(arena);

    return rc;
}


static void
test_a_refused_allocation_is_told(void **state)
{
    egret_span_t faults[] = {
        EGRET_SPAN("<a>\xff"), EGRET_SPAN("<a><b></a>"), EGRET_SPAN("<a>&b;"),
        EGRET_SPAN("<p:a/>"), EGRET_SPAN("<a x='' x=''/>"), EGRET_SPAN(""),
        EGRET_SPAN("<a>&#1;"), EGRET_SPAN("<a xmlns:p=''/>"),
    };
    egret_span_t large = repeat(
        "<a xmlns=\"urn:x\" xmlns:y=\"urn:y\">", "<b y:c=\"1&amp;2\" d=\"e\">"
        "x&lt;y<![CDATA[ ]]></b><c xmlns=\"urn:z\"/>", 500, "</a>");

    (void) state;

    egret_xml_start();
    (void) egret_test_torture(read_all_kinds, &large);
    for (size_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++) {
        (void) egret_test_torture(read_all_kinds, &faults[i]);
    }
    free((char *) large.at);
}


static void
test_the_ceiling_of_the_arena_is_told(void **state)
{
    egret_span_t bytes = repeat("<a>", "<b/>", 5000, "</a>");
    egret_arena_t *arena = egret_arena_create(egret_allocator_default(),
                                              200000);
    egret_tape_t tape;
    egret_findings_t findings;

    (void) state;

    egret_tape_init(&tape, arena, bytes);
    egret_findings_init(&findings, arena);
    egret_assert_rc(egret_xml_read(&tape, NULL, NULL, &findings),
                    EGRET_ELIMIT);
    egret_arena_destroy(arena);
    free((char *) bytes.at);
}


/* Asserts nothing itself: cmocka's jumps stay in the first thread. */
static void *
read_in_thread(void *context)
{
    static const struct {
        const char *text;
        uint32_t nodes;
        size_t findings;
    } cases[] = {
        { "<a xmlns:p='u'><p:b c='&lt;'>x&amp;y</p:b><c/></a>", 3, 0 },
        { "<a><b></a>", 2, 1 },
        { "<a><p:b/></a>", 1, 1 },
    };
    bool *is_right = context;

    *is_right = true;
    for (size_t i = 0; i < 600; i++) {
        egret_test_reading_t reading;

        egret_test_read(&reading, egret_span_from(cases[i % 3].text), NULL,
                        NULL);
        *is_right = *is_right && reading.rc == EGRET_OK
                    && reading.tape.node_count == cases[i % 3].nodes
                    && reading.findings.count == cases[i % 3].findings;
        egret_test_reading_end(&reading);
    }

    return NULL;
}


static void
test_threads_read_at_the_same_time(void **state)
{
    pthread_t threads[4];
    bool is_right[4];

    (void) state;

    egret_xml_start();
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(pthread_create(&threads[i], NULL, read_in_thread,
                                        &is_right[i]), 0);
    }
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(pthread_join(threads[i], NULL), 0);
    }
    for (size_t i = 0; i < 4; i++) {
        assert_true(is_right[i]);
    }
}


int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_namespace_faults_are_faults),
        cmocka_unit_test(test_only_utf8_is_read),
        cmocka_unit_test(test_utf7_makes_no_element),
        cmocka_unit_test(test_bytes_that_are_no_characters_are_named),
        cmocka_unit_test(test_only_version_1_0_is_read),
        cmocka_unit_test(test_a_doctype_is_refused),
        cmocka_unit_test(test_limits_hold),
        cmocka_unit_test(
            test_many_attributes_are_refused_before_they_cost_time),
        cmocka_unit_test(test_nothing_after_a_fault_costs_time),
        cmocka_unit_test(test_many_namespaces_are_refused),
        cmocka_unit_test(test_what_is_no_xml_is_said_so),
        cmocka_unit_test(test_a_cut_message_names_the_element_it_ends_in),
        cmocka_unit_test(test_a_wrong_end_tag_names_both),
        cmocka_unit_test(test_frequent_slips_are_explained),
        cmocka_unit_test(test_a_header_can_be_read_from_a_cut_message),
        cmocka_unit_test(test_the_sink_is_told_and_obeyed),
        cmocka_unit_test(test_a_refused_allocation_is_told),
        cmocka_unit_test(test_the_ceiling_of_the_arena_is_told),
        cmocka_unit_test(test_threads_read_at_the_same_time),
    };

    return egret_test_run(tests);
}
