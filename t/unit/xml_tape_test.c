/* SPDX-License-Identifier: Apache-2.0 */

#include <string.h>

#include "codec/xml_text.h"
#include "dom.h"
#include "reading.h"


static const egret_tape_node_t *
read_node(egret_test_reading_t *reading, egret_span_t bytes,
          egret_node_t index)
{
    egret_test_read(reading, bytes, NULL, NULL);
    egret_assert_ok(reading->rc);
    assert_true(reading->tape.is_whole);
    assert_true(index < reading->tape.node_count);

    return egret_tape_at(&reading->tape, index);
}


/* The value of <b> in "<a><b>CONTENT</b></a>". */
static void
assert_value(const char *content, const char *expected, bool is_decoded)
{
    egret_test_reading_t reading;
    const egret_tape_node_t *node;
    char text[256] = "<a><b>";

    assert_true(strlen(content) < 200);
    strcat(strcat(text, content), "</b></a>");
    node = read_node(&reading, egret_span_from(text), 1);
    egret_assert_span(egret_tape_value(&reading.tape, 1), expected);
    assert_int_equal((node->flags & EGRET_NODE_DECODED) != 0, is_decoded);
    assert_int_equal((node->flags & EGRET_NODE_HAS_TEXT) != 0,
                     egret_span_trim(egret_span_from(expected)).length > 0);
    egret_test_reading_end(&reading);
}


static void
test_a_plain_value_points_into_the_bytes(void **state)
{
    static const char text[] = "<a><b> 12.50\n</b></a>";
    egret_test_reading_t reading;
    const egret_tape_node_t *node = read_node(&reading, EGRET_SPAN(text), 1);

    (void) state;

    assert_ptr_equal(node->value, text + 6);
    egret_assert_span(egret_tape_value(&reading.tape, 1), " 12.50\n");
    assert_int_equal(node->text_offset, 7);
    egret_test_reading_end(&reading);
}


static void
test_references_and_sections_are_decoded(void **state)
{
    (void) state;

    assert_value("x", "x", false);
    assert_value("", "", false);
    assert_value("a&amp;&lt;&gt;&quot;&apos;b", "a&<>\"'b", true);
    assert_value("&#233;&#xE9;&#x20AC;&#x1F426;&#9;",
                 "\xc3\xa9\xc3\xa9\xe2\x82\xac\xf0\x9f\x90\xa6\t", true);
    assert_value("&#xfFfD;", "\xef\xbf\xbd", true);
    assert_value("&amp;amp;", "&amp;", true);
    assert_value("a<![CDATA[<&amp;]]]]>b", "a<&amp;]]b", true);
    assert_value("<![CDATA[]]>", "", true);
    assert_value("12<!-- <b> & -->34<?pi x?>56", "123456", true);
    assert_value("<!---->", "", true);
    assert_value(" &#32;<![CDATA[ ]]>\n", "   \n", true);
}


static void
test_line_ends_are_one_line_feed(void **state)
{
    (void) state;

    assert_value("a\r\nb\rc\nd\r\r\n", "a\nb\nc\nd\n\n", true);
    assert_value("<![CDATA[a\r\nb]]>\r", "a\nb\n", true);
    assert_value("a&#13;\nb&#xD;", "a\r\nb\r", true);
}


static void
test_attribute_values_are_normalised(void **state)
{
    static const char text[] =
        "<a x='a\tb\r\nc\nd' y=\"&lt;&#10;&#38;&amp;\" z = 'plain' w=''/>";
    egret_test_reading_t reading;
    const egret_tape_node_t *node = read_node(&reading, EGRET_SPAN(text), 0);
    const egret_tape_attribute_t *at = reading.tape.attributes;

    (void) state;

    assert_int_equal(node->attribute_count, 4);
    egret_assert_span(at[0].name, "x");
    egret_assert_span(at[0].value, "a b c d");
    egret_assert_span(at[1].value, "<\n&&");
    egret_assert_span(at[2].name, "z");
    egret_assert_span(at[2].value, "plain");
    assert_ptr_equal(at[2].value.at, strstr(text, "plain"));
    assert_int_equal(at[3].value.length, 0);
    egret_test_reading_end(&reading);
}


static void
test_namespaces_are_resolved(void **state)
{
    static const char text[] =
        "<p:a xmlns:p='urn:p' xmlns='urn:d' p:x='1' x='2'>"
        "<b xmlns=''><p:c xmlns:p='urn:q'/></b><d xml:lang='zh'/></p:a>";
    egret_test_reading_t reading;
    const egret_tape_t *tape = &reading.tape;
    const egret_tape_attribute_t *at;

    (void) state;

    (void) read_node(&reading, EGRET_SPAN(text), 3);
    at = tape->attributes;
    egret_assert_span(egret_tape_namespace_uri(tape, 0), "urn:p");
    egret_assert_span(egret_tape_prefix(tape, 0), "p");
    egret_assert_span(egret_tape_namespace_uri(tape, 1), "");
    egret_assert_span(egret_tape_namespace_uri(tape, 2), "urn:q");
    egret_assert_span(egret_tape_namespace_uri(tape, 3), "urn:d");
    egret_assert_span(egret_tape_prefix(tape, 3), "");
    egret_assert_span(tape->namespaces[at[0].namespace_index], "urn:p");
    egret_assert_span(at[0].name, "x");
    assert_int_equal(at[1].namespace_index, 0);
    egret_assert_span(tape->namespaces[at[2].namespace_index],
                      "http://www.w3.org/XML/1998/namespace");
    egret_assert_span(at[2].name, "lang");
    egret_test_reading_end(&reading);
}


static void
test_offsets_and_lines_are_exact(void **state)
{
    static const char text[] =
        "\xef\xbb\xbf<?xml version='1.0'?>\n<!-- <x> -->\n<a\n x='>'\n>\n"
        "  <b/><c  >t<!--</c>--></c\n>\r\n</a >\n";
    egret_test_reading_t reading;
    const egret_tape_node_t *a = read_node(&reading, EGRET_SPAN(text), 0);
    const egret_tape_node_t *c = egret_tape_at(&reading.tape, 2);

    (void) state;

    assert_int_equal(a->line, 3);
    assert_ptr_equal(text + a->tag_open, strstr(text, "<a"));
    assert_ptr_equal(text + a->tag_close, strstr(text, "\n  <b"));
    assert_ptr_equal(text + a->end_open, strstr(text, "</a"));
    assert_ptr_equal(text + a->end_close, strstr(text, "</a") + 5);
    assert_int_equal(c->line, 6);
    assert_ptr_equal(text + c->tag_close, strstr(text, "t<!--"));
    assert_ptr_equal(text + c->end_open, strstr(text, "</c\n"));
    assert_ptr_equal(text + c->end_close, strstr(text, "\r\n</a"));
    assert_int_equal(c->text_offset, c->tag_close);
    assert_null(egret_test_flaw(reading.rc, &reading.tape,
                                &reading.findings));
    egret_test_reading_end(&reading);
}


static void
test_text_beside_elements_is_known(void **state)
{
    static const char text[] = "<a> <b/> <!-- c --> &#120;y<b/>z</a>";
    egret_test_reading_t reading;
    const egret_tape_node_t *node = read_node(&reading, EGRET_SPAN(text), 0);

    (void) state;

    assert_true(node->flags & EGRET_NODE_HAS_TEXT);
    assert_ptr_equal(text + node->text_offset, strstr(text, "&#120;"));
    assert_null(node->value);
    egret_test_reading_end(&reading);

    node = read_node(&reading,
                     EGRET_SPAN("<a> <b/>\r\n<![CDATA[ ]]>&#32;</a>"), 0);
    assert_false(node->flags & EGRET_NODE_HAS_TEXT);
    egret_test_reading_end(&reading);
}


static void
test_the_tape_is_libxml2s_tree(void **state)
{
    static const char *const texts[] = {
        "<a/>",
        "\xef\xbb\xbf<a b='&#x4E2D;\xe4\xb8\xad'>\xe4\xb8\xad&#x4E2D;</a>",
        "<?xml version='1.0' standalone='yes'?><?p i?><a><?p i?></a><!-- -->",
        "<p:a xmlns:p='u'><p:a xmlns:p='v'><p:a/></p:a><p:a/></p:a>",
        "<a xmlns='u'><b xmlns='v' xmlns:p='w' p:b='1' b='2'/><c/></a>",
        "<a>t<b>&#xD;\r</b>t<c><![CDATA[ ]]></c><!-- --><d> </d></a>",
        "<a b='\r\n' c='&#xD;&#xA;' d=' x  y ' e=\"'&quot;&apos;\"/>",
        "<a-b.c_1 \xc3\xa9='1'><\xe4\xb8\xad/></a-b.c_1>",
        "<a xmlns:p='u&amp;v' p:q='1'><p:q/></a>",
        "<a>]]&gt;</a>",
    };

    (void) state;

    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        egret_test_reading_t reading;
        const char *flaw;
        egret_node_t node;

        (void) read_node(&reading, egret_span_from(texts[i]), 0);
        flaw = egret_test_flaw(reading.rc, &reading.tape, &reading.findings);
        if (flaw == NULL) {
            flaw = egret_test_dom_difference(&reading.tape, &node);
        }
        if (flaw == NULL) {
            flaw = egret_test_dom_slices(&reading.tape, &node);
        }
        if (flaw != NULL) {
            fail_msg("%s: %s", texts[i], flaw);
        }
        egret_test_reading_end(&reading);
    }
}


static void
test_the_decoder_survives_what_is_not_well_formed(void **state)
{
    static const char text[] =
        "&&;&#;&#x;&#xZ;&#99999999999;&foo;<!--x-->\r<![CDATA[y]]><?z?><b&";
    char out[sizeof(text)];

    (void) state;

    for (size_t from = 0; from < sizeof(text); from++) {
        for (size_t to = from; to < sizeof(text); to++) {
            egret_span_t part = { text + from, to - from };
            size_t first;
            size_t length = egret_xml_text_decode(part, out, &first);

            assert_true(length <= part.length);
            assert_true(first <= part.length);
        }
    }
}


int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_plain_value_points_into_the_bytes),
        cmocka_unit_test(test_references_and_sections_are_decoded),
        cmocka_unit_test(test_line_ends_are_one_line_feed),
        cmocka_unit_test(test_attribute_values_are_normalised),
        cmocka_unit_test(test_namespaces_are_resolved),
        cmocka_unit_test(test_offsets_and_lines_are_exact),
        cmocka_unit_test(test_text_beside_elements_is_known),
        cmocka_unit_test(test_the_tape_is_libxml2s_tree),
        cmocka_unit_test(test_the_decoder_survives_what_is_not_well_formed),
    };

    return egret_test_run(tests);
}
