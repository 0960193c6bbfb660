/* SPDX-License-Identifier: Apache-2.0 */
#include "schema/validator.h"

#include <stdio.h>
#include <string.h>

#include "codec/xml.h"
#include "helper.h"
#include "util/buffer.h"

#define NS EGRET_ISO_NAMESPACE "test.001.001.01"
#define OTHER "urn:other"
#define XSI "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" "

#define SCHEMA(uri)                                                            \
    "<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\" xmlns=\"" uri    \
    "\" targetNamespace=\"" uri "\" elementFormDefault=\"qualified\">"
#define END "</xs:schema>"
#define TEXT(name) "<xs:element name=\"" name "\" type=\"Max5\"/>"
#define MAYBE(name)                                                            \
    "<xs:element name=\"" name "\" type=\"Max5\" minOccurs=\"0\"/>"

static const char schema[] = SCHEMA(
    NS) "<xs:element name=\"Document\" type=\"Document\"/>"
        "<xs:complexType name=\"Document\"><xs:sequence>"
        "<xs:element name=\"Hdr\" type=\"Hdr\" minOccurs=\"0\"/>"
        "<xs:element name=\"Tx\" type=\"Tx\" minOccurs=\"0\" "
        "maxOccurs=\"unbounded\"/>"
        "<xs:element name=\"Splm\" type=\"Splm\" minOccurs=\"0\"/>"
        "</xs:sequence></xs:complexType>"
        "<xs:complexType name=\"Hdr\"><xs:sequence>" TEXT("Id") TEXT("CreDt")
            TEXT("Nb") MAYBE("Sum") TEXT(
                "Mtd") "</xs:sequence></xs:complexType>"
                       "<xs:complexType name=\"Tx\"><xs:sequence>"
                       "<xs:element name=\"Amt\" type=\"Amt\" minOccurs=\"0\"/>"
                       "<xs:element name=\"Ref\" type=\"Choice\" "
                       "minOccurs=\"0\"/>"
                       "<xs:element name=\"Line\" type=\"Max5\" "
                       "minOccurs=\"0\" "
                       "maxOccurs=\"3\"/>"
                       "<xs:element name=\"Two\" type=\"Max5\" minOccurs=\"2\" "
                       "maxOccurs=\"4\"/>"
                       "<xs:choice minOccurs=\"0\" maxOccurs=\"2\">" TEXT("X")
                           TEXT(
                               "Y") "</xs:choice>"
                                    "<xs:element name=\"Key\" type=\"xs:ID\" "
                                    "minOccurs=\"0\"/>"
                                    "</xs:sequence></xs:complexType>"
                                    "<xs:complexType "
                                    "name=\"Choice\"><xs:choice>" TEXT("Cd")
                                        TEXT(
                                            "Prtry") "</xs:choice></"
                                                     "xs:complexType>"
                                                     "<xs:complexType "
                                                     "name=\"Amt\"><xs:"
                                                     "simpleContent><xs:"
                                                     "extension "
                                                     "base=\"Num\"><xs:"
                                                     "attribute name=\"Ccy\" "
                                                     "type=\"Ccy\" "
                                                     "use=\"required\"/>"
                                                     "</xs:extension></"
                                                     "xs:simpleContent></"
                                                     "xs:complexType>"
                                                     "<xs:simpleType "
                                                     "name=\"Num\"><xs:"
                                                     "restriction "
                                                     "base=\"xs:decimal\">"
                                                     "<xs:fractionDigits "
                                                     "value=\"2\"/></"
                                                     "xs:restriction></"
                                                     "xs:simpleType>"
                                                     "<xs:simpleType "
                                                     "name=\"Ccy\"><xs:"
                                                     "restriction "
                                                     "base=\"xs:string\">"
                                                     "<xs:pattern "
                                                     "value=\"[A-Z]{3}\"/></"
                                                     "xs:restriction></"
                                                     "xs:simpleType>"
                                                     "<xs:simpleType "
                                                     "name=\"Max5\"><xs:"
                                                     "restriction "
                                                     "base=\"xs:string\">"
                                                     "<xs:minLength "
                                                     "value=\"1\"/"
                                                     "><xs:maxLength "
                                                     "value=\"5\"/>"
                                                     "</xs:restriction></"
                                                     "xs:simpleType>"
                                                     "<xs:simpleType "
                                                     "name=\"Max3\"><xs:"
                                                     "restriction "
                                                     "base=\"Max5\">"
                                                     "<xs:maxLength "
                                                     "value=\"3\"/></"
                                                     "xs:restriction></"
                                                     "xs:simpleType>"
                                                     "<xs:complexType "
                                                     "name=\"Splm\"><xs:choice>"
                                                     "<xs:element "
                                                     "name=\"Lax\"><xs:"
                                                     "complexType><xs:sequence>"
                                                     "<xs:any "
                                                     "namespace=\"##any\" "
                                                     "processContents=\"lax\"/>"
                                                     "</xs:sequence></"
                                                     "xs:complexType></"
                                                     "xs:element>"
                                                     "<xs:element "
                                                     "name=\"Skip\"><xs:"
                                                     "complexType><xs:sequence>"
                                                     "<xs:any "
                                                     "processContents=\"skip\"/"
                                                     ">"
                                                     "</xs:sequence></"
                                                     "xs:complexType></"
                                                     "xs:element>"
                                                     "<xs:element "
                                                     "name=\"Strict\"><xs:"
                                                     "complexType><xs:sequence>"
                                                     "<xs:any "
                                                     "namespace=\"##other\"/>"
                                                     "</xs:sequence></"
                                                     "xs:complexType></"
                                                     "xs:element>"
                                                     "<xs:element "
                                                     "name=\"Own\"><xs:"
                                                     "complexType><xs:sequence>"
                                                     "<xs:any "
                                                     "namespace=\"##"
                                                     "targetNamespace ##local "
                                                     "urn:third\" "
                                                     "processContents=\"skip\"/"
                                                     ">"
                                                     "</xs:sequence></"
                                                     "xs:complexType></"
                                                     "xs:element>"
                                                     "<xs:element "
                                                     "name=\"None\"><xs:"
                                                     "complexType/></"
                                                     "xs:element>"
                                                     "</xs:choice></"
                                                     "xs:complexType>" END;

static const char other[] =
    SCHEMA(OTHER) "<xs:element name=\"Blk\"><xs:complexType><xs:sequence>"
                  "<xs:element name=\"Pct\"><xs:simpleType><xs:restriction "
                  "base=\"xs:decimal\"><xs:maxInclusive "
                  "value=\"100\"/></xs:restriction>"
                  "</xs:simpleType></xs:element></xs:sequence></xs:complexType>"
                  "</xs:element>" END;

typedef struct {
    egret_arena_t *arena;
    egret_schemas_t *schemas;
    egret_tape_t tape;
    egret_findings_t findings;
    egret_rc_t rc;
} judged_t;

static void
judge_with(judged_t *judged, const egret_validator_filter_t *filter,
           const char *message)
{
    egret_schema_fault_t fault;
    egret_validator_t *validator;
    egret_sink_t sink;

    judged->arena = egret_arena_create(egret_allocator_default(), 0);
    judged->schemas = egret_schemas_create(judged->arena);
    egret_assert_ok(egret_schemas_load_text(judged->schemas, "test.xsd",
                                            egret_span_from(schema), &fault));
    egret_assert_ok(egret_schemas_load_text(judged->schemas, "other.xsd",
                                            egret_span_from(other), &fault));
    egret_findings_init(&judged->findings, judged->arena);
    egret_tape_init(&judged->tape, judged->arena, egret_span_from(message));
    validator = egret_validator_create(judged->schemas, filter, judged->arena,
                                       &judged->findings);
    assert_non_null(validator);
    sink = egret_validator_sink(validator);
    judged->rc = egret_xml_read(&judged->tape, &egret_xml_limits_default, &sink,
                                &judged->findings);
    egret_assert_ok(judged->rc);
}

/* "XPATH | MESSAGE | GOT | EXPECTED" of each finding, one a line. */
static void
assert_judged(const char *message, const char *expected)
{
    judged_t judged;
    egret_buffer_t text;

    judge_with(&judged, NULL, message);
    egret_buffer_init(&text, judged.arena, 65536);
    for (size_t i = 0; i < judged.findings.count; i++) {
        const egret_finding_t *finding = &judged.findings.items[i];

        assert_int_equal(finding->code, EGRET_X05);
        assert_int_equal(finding->severity, EGRET_SEVERITY_REJECT);
        assert_true(finding->line > 0 && finding->column > 0);
        assert_true(finding->fix.length > 0);
        egret_buffer_print(
            &text, "%.*s | %.*s | %.*s | %.*s\n",
            EGRET_SPAN_ARGS(finding->xpath), EGRET_SPAN_ARGS(finding->message),
            EGRET_SPAN_ARGS(finding->got), EGRET_SPAN_ARGS(finding->expected));
    }
    egret_assert_ok(egret_buffer_rc(&text));
    egret_assert_span(egret_buffer_span(&text), expected);
    egret_arena_destroy(judged.arena);
}

#define DOCUMENT(content) "<Document xmlns=\"" NS "\">" content "</Document>"
#define HDR(content) DOCUMENT("<Hdr>" content "</Hdr>")
#define TX(content) DOCUMENT("<Tx>" content "</Tx>")
#define SPLM(content) DOCUMENT("<Splm>" content "</Splm>")
#define TWO "<Two>1</Two><Two>2</Two>"

static void
test_a_valid_message_has_no_finding(void **state)
{
    (void) state;
    assert_judged(HDR("<Id>1</Id><CreDt>1</CreDt><Nb>1</Nb><Mtd>1</Mtd>"), "");
    assert_judged(TX("<Amt Ccy=\"EUR\">1.50</Amt><Ref><Cd>A</Cd></Ref>"
                     "<Line>1</Line><Line>2</Line><Line>3</Line>" TWO
                     "<X>1</X><Y>2</Y>"),
                  "");
    assert_judged("<w><a><Document xmlns=\"" NS "\"/></a></w>", "");
    assert_judged("<d:Document xmlns:d=\"" NS
                  "\"> <d:Hdr><!--c--><d:Id>&#x7EFF;"
                  "\xE7\xBB\xBF\xE7\xBB\xBF\xE7\xBB\xBF<![CDATA[<]]></d:Id>"
                  "<d:CreDt>1</d:CreDt><?p?><d:Nb>1</d:Nb><d:Mtd>1</d:Mtd>"
                  "</d:Hdr></d:Document>",
                  "");
}

static void
test_every_node_gets_its_declaration(void **state)
{
    judged_t judged;

    (void) state;
    judge_with(&judged, NULL,
               TX("<Amt Ccy=\"EUR\">1</Amt>" TWO "<Ref><Cd>A</Cd></Ref>"));
    for (egret_node_t node = 0; node < judged.tape.node_count; node++) {
        const egret_element_t *element = judged.tape.nodes[node].element;

        assert_non_null(element);
        assert_true(egret_span_equals(element->name,
                                      egret_tape_name(&judged.tape, node)));
    }
    assert_non_null(judged.tape.attributes[0].attribute);
    assert_int_equal(judged.findings.count, 1);
    egret_arena_destroy(judged.arena);
}

static void
test_order_faults_are_one_finding_each(void **state)
{
    (void) state;
    /* Missing, before a sibling and at the end. */
    assert_judged(HDR("<Id>1</Id><Nb>1</Nb><Mtd>1</Mtd>"),
                  "/Document/Hdr/Nb | CreDt is missing | Nb | CreDt\n");
    assert_judged(HDR("<Id>1</Id><CreDt>1</CreDt><Nb>1</Nb>"),
                  "/Document/Hdr | Mtd is missing |  | one of Sum, Mtd\n");
    /* Two missing are two. */
    assert_judged(HDR("<Id>1</Id><Mtd>1</Mtd>"),
                  "/Document/Hdr/Mtd | CreDt is missing | Mtd | CreDt\n"
                  "/Document/Hdr/Mtd | Nb is missing | Mtd | Nb\n");
    /* Nothing at all is one. */
    assert_judged(DOCUMENT("<Hdr/>"),
                  "/Document/Hdr | the element is empty |  | Id\n");
    /* Misspelt, required and optional. */
    assert_judged(HDR("<Id>1</Id><Credt>1</Credt><Nb>1</Nb><Mtd>1</Mtd>"),
                  "/Document/Hdr/Credt | no element of this name belongs here "
                  "| Credt | CreDt\n");
    assert_judged(HDR("<Id>1</Id><CreDt>1</CreDt><Nb>1</Nb><Som><a/></Som>"
                      "<Mtd>1</Mtd>"),
                  "/Document/Hdr/Som | no element of this name belongs here | "
                  "Som | one of Sum, Mtd\n");
    /* Swapped. */
    assert_judged(HDR("<Id>1</Id><Nb>1</Nb><CreDt>1</CreDt><Mtd>1</Mtd>"),
                  "/Document/Hdr/Nb | the elements are out of order | Nb | "
                  "CreDt\n");
    assert_judged(HDR("<Mtd>1</Mtd><CreDt>1</CreDt><Nb>1</Nb><Id>1</Id>"),
                  "/Document/Hdr/Mtd | the elements are out of order | Mtd | "
                  "Id\n");
    /* Moved far. */
    assert_judged(HDR("<Id>1</Id><Mtd>1</Mtd><CreDt>1</CreDt><Nb>1</Nb>"),
                  "/Document/Hdr/Mtd | the elements are out of order | Mtd | "
                  "CreDt\n");
    /* Another one instead. */
    assert_judged(HDR("<Id>1</Id><CreDt>1</CreDt><CreDt>1</CreDt>"
                      "<Mtd>1</Mtd>"),
                  "/Document/Hdr/CreDt[2] | another element is expected here | "
                  "CreDt | Nb\n");
    /* Surplus. */
    assert_judged(HDR("<Id>1</Id><CreDt>1</CreDt><Nb>1</Nb><Mtd>1</Mtd>"
                      "<Mtd>1</Mtd>"),
                  "/Document/Hdr/Mtd[2] | the element stands too often | Mtd | "
                  "the end of Hdr\n");
    /* Another namespace. */
    assert_judged(HDR("<Id>1</Id><CreDt xmlns=\"urn:x\">1</CreDt><Nb>1</Nb>"
                      "<Mtd>1</Mtd>"),
                  "/Document/Hdr/CreDt | the element is in another namespace | "
                  "{urn:x}CreDt | CreDt\n");
}

static void
test_choices_and_counts_are_judged(void **state)
{
    (void) state;
    assert_judged(TX("<Ref/>" TWO),
                  "/Document/Tx[1]/Ref | the element is empty |  | one of Cd, "
                  "Prtry\n");
    assert_judged(
        TX("<Ref><Cd>1</Cd><Prtry>1</Prtry></Ref>" TWO),
        "/Document/Tx[1]/Ref/Prtry | the element is not expected here "
        "| Prtry | the end of Ref\n");
    assert_judged(TX("<Line>1</Line><Line>1</Line><Line>1</Line>"
                     "<Line>1</Line>" TWO),
                  "/Document/Tx[1]/Line[4] | the element stands too often | "
                  "Line | Two\n");
    assert_judged(TX("<Two>1</Two>"),
                  "/Document/Tx[1] | Two is missing |  | Two\n");
    assert_judged(TX("<Two>1</Two><X>1</X>"),
                  "/Document/Tx[1]/X[1] | Two is missing | X | Two\n");
    assert_judged(TX(TWO TWO "<Two>1</Two>"),
                  "/Document/Tx[1]/Two[5] | the element stands too often | Two "
                  "| one of X, Y, Key\n");
    assert_judged(TX(TWO "<X>1</X><X>1</X><Y>1</Y>"),
                  "/Document/Tx[1]/Y[1] | the element is not expected here | Y "
                  "| Key\n");
}

static void
test_values_are_judged(void **state)
{
    (void) state;
    assert_judged(TX("<Two>123456</Two><Two></Two>"),
                  "/Document/Tx[1]/Two[1] | the value is too long | 123456 | 1 "
                  "to 5 characters\n"
                  "/Document/Tx[1]/Two[2] | the value is empty |  | 1 to 5 "
                  "characters\n");
    assert_judged(
        TX("<Amt Ccy=\"EUR\">1.234</Amt>" TWO),
        "/Document/Tx[1]/Amt | too many digits after the decimal point "
        "| 1.234 | at most 2 digits after the decimal point\n");
    assert_judged(TX("<Amt Ccy=\"eur\">1,2</Amt>" TWO),
                  "/Document/Tx[1]/Amt/@Ccy | the value does not have the form "
                  "of its type | eur | text of the pattern [A-Z]{3}\n"
                  "/Document/Tx[1]/Amt | the value is not a number | 1,2 | a "
                  "decimal number (1234.56)\n");
    assert_judged(TX("<Amt>1</Amt>" TWO),
                  "/Document/Tx[1]/Amt | the attribute Ccy is missing |  | the "
                  "attribute Ccy\n");
    assert_judged(
        TX("<Amt Ccy=\"EUR\" Cur=\"EUR\">1</Amt>" TWO),
        "/Document/Tx[1]/Amt/@Cur | the attribute is not allowed here "
        "| Cur | Ccy\n");
    assert_judged(TX("<Amt Curr=\"EUR\">1</Amt>" TWO),
                  "/Document/Tx[1]/Amt/@Curr | the attribute is not allowed "
                  "here | Curr | Ccy\n");
    assert_judged(TX("<Amt a=\"1\" b=\"2\">1</Amt>" TWO),
                  "/Document/Tx[1]/Amt/@a | the attribute is not allowed here "
                  "| a | Ccy\n"
                  "/Document/Tx[1]/Amt/@b | the attribute is not allowed here "
                  "| b | Ccy\n"
                  "/Document/Tx[1]/Amt | the attribute Ccy is missing |  | the "
                  "attribute Ccy\n");
    assert_judged(
        TX("<Two>1<b/></Two><Two x=\"1\">1</Two>"),
        "/Document/Tx[1]/Two[1] | the element holds a value, not "
        "elements | b | a value\n"
        "/Document/Tx[1]/Two[2]/@x | the attribute is not allowed here "
        "| x | no attribute\n");
    assert_judged(
        TX("stray" TWO),
        "/Document/Tx[1] | text stands between the elements | stray | "
        "elements only\n");
    assert_judged(SPLM("<None>text</None>"),
                  "/Document/Splm/None | text stands between the elements | "
                  "text | no content\n");
    assert_judged(
        SPLM("<None><a/></None>"),
        "/Document/Splm/None/a | the element is not expected here | a "
        "| no element\n");
    assert_judged(
        DOCUMENT("<Tx>" TWO "<Key>a</Key></Tx><Tx>" TWO "<Key> a </Key></Tx>"),
        "/Document/Tx[2]/Key | the identifier stands twice |  a  | an "
        "identifier that stands once\n");
}

static void
test_an_unknown_element_hides_what_is_in_it(void **state)
{
    (void) state;
    assert_judged(
        HDR("<Id>1</Id><CreDt>1</CreDt><Nb>1</Nb><Zz a=\"1\"><Id/>"
            "<Hdr><Id/></Hdr>text</Zz><Mtd>123456</Mtd>"),
        "/Document/Hdr/Zz | no element of this name belongs here | Zz "
        "| one of Sum, Mtd\n"
        "/Document/Hdr/Mtd | the value is too long | 123456 | 1 to 5 "
        "characters\n");
}

/* Fewer than one search looks at, as many, and more. */
static void
test_each_of_many_unknown_siblings_is_found(void **state)
{
    static const size_t counts[] = { 1, 29, 30, 31, 32, 33, 64, 99 };

    (void) state;
    for (size_t i = 0; i < sizeof(counts) / sizeof(counts[0]); i++) {
        egret_arena_t *arena =
            egret_arena_create(egret_allocator_default(), 0);
        egret_buffer_t text;
        judged_t judged;

        egret_buffer_init(&text, arena, 65536);
        egret_buffer_add_text(&text, "<Document xmlns=\"" NS "\"><Tx>" TWO);
        for (size_t k = 0; k < counts[i]; k++) {
            egret_buffer_add_text(&text, "<Zz>1</Zz>");
        }
        egret_buffer_add_text(&text, "</Tx></Document>");
        egret_buffer_add_byte(&text, '\0');
        egret_assert_ok(egret_buffer_rc(&text));

        judge_with(&judged, NULL, egret_buffer_span(&text).at);
        assert_int_equal(judged.findings.count + judged.findings.more,
                         counts[i]);
        egret_arena_destroy(judged.arena);
        egret_arena_destroy(arena);
    }
}

static void
test_five_faults_are_five_findings(void **state)
{
    (void) state;
    assert_judged(
        DOCUMENT("<Hdr><Id>1</Id><Nb>1</Nb><Mtd>1</Mtd></Hdr>"
                 "<Tx><Amt>1</Amt>" TWO "</Tx>"
                 "<Tx><Two>1</Two><Tvo>1</Tvo></Tx>"
                 "<Tx>" TWO "<Y>1</Y><Key>1</Key></Tx>"
                 "<Tx><Ref><Cd>123456</Cd></Ref>" TWO "</Tx>"),
        "/Document/Hdr/Nb | CreDt is missing | Nb | CreDt\n"
        "/Document/Tx[1]/Amt | the attribute Ccy is missing |  | the "
        "attribute Ccy\n"
        "/Document/Tx[2]/Tvo | no element of this name belongs here | "
        "Tvo | Two\n"
        "/Document/Tx[3]/Key | the value is not one of its type | 1 | "
        "a name of XML without a colon\n"
        "/Document/Tx[4]/Ref/Cd | the value is too long | 123456 | 1 "
        "to 5 characters\n");
}

static void
test_faults_far_apart_in_one_parent_are_all_found(void **state)
{
    judged_t judged;
    egret_arena_t *arena = egret_arena_create(egret_allocator_default(), 0);
    egret_buffer_t text;

    (void) state;
    egret_buffer_init(&text, arena, 1u << 20);
    egret_buffer_add_text(&text, "<Document xmlns=\"" NS "\">");
    for (int i = 0; i < 500; i++) {
        egret_buffer_add_text(&text,
                              i % 100 == 50 ? "<Tyx/>" : "<Tx>" TWO "</Tx>");
    }
    egret_buffer_add_text(&text, "</Document>");
    egret_buffer_add_byte(&text, '\0');
    egret_assert_ok(egret_buffer_rc(&text));
    judge_with(&judged, NULL, egret_buffer_span(&text).at);
    assert_int_equal(judged.findings.count, 5);
    egret_arena_destroy(judged.arena);
    egret_arena_destroy(arena);
}

static void
test_lax_content_is_judged_where_a_schema_declares_it(void **state)
{
    (void) state;
    assert_judged(SPLM("<Lax><a xmlns=\"urn:x\"><b c=\"d\">text<e/></b></a>"
                       "</Lax>"),
                  "");
    assert_judged(SPLM("<Lax><Blk xmlns=\"urn:other\"><Pct>101</Pct></Blk>"
                       "</Lax>"),
                  "/Document/Splm/Lax/Blk/Pct | the value is too large | 101 | "
                  "at most 100\n");
    assert_judged(SPLM("<Lax><a xmlns=\"urn:x\"><Blk xmlns=\"urn:other\"/></a>"
                       "</Lax>"),
                  "/Document/Splm/Lax/a/Blk | the element is empty |  | Pct\n");
    assert_judged(SPLM("<Lax/>"),
                  "/Document/Splm/Lax | the element is empty |  | any "
                  "element\n");
    assert_judged(
        SPLM("<Lax><a xmlns=\"\"/><b xmlns=\"\"/></Lax>"),
        "/Document/Splm/Lax/b | the element is in another namespace | "
        "{}b | the end of Lax\n");
}

static void
test_skipped_and_strict_wildcards(void **state)
{
    (void) state;
    assert_judged(SPLM("<Skip><Blk xmlns=\"urn:other\">x</Blk></Skip>"), "");
    assert_judged(SPLM("<Strict><Blk xmlns=\"urn:other\"><Pct>1</Pct></Blk>"
                       "</Strict>"),
                  "");
    assert_judged(SPLM("<Strict><Blk xmlns=\"urn:nobody\"/></Strict>"),
                  "/Document/Splm/Strict/Blk | no loaded schema declares this "
                  "element | Blk | an element that a loaded schema declares\n");
    assert_judged(SPLM("<Own><a/></Own>"), "");
    assert_judged(SPLM("<Own><a xmlns=\"\"/></Own>"), "");
    assert_judged(SPLM("<Own><a xmlns=\"urn:third\"/></Own>"), "");
    assert_judged(
        SPLM("<Own><a xmlns=\"urn:fourth\"/></Own>"),
        "/Document/Splm/Own/a | the element is in another namespace | "
        "{urn:fourth}a | any element\n");
}

static void
test_attributes_of_xsi_are_known(void **state)
{
    (void) state;
    assert_judged(
        "<Document " XSI "xsi:schemaLocation=\"a b\" xmlns=\"" NS "\"/>", "");
    assert_judged(TX("<Two " XSI "xsi:nil=\"true\">1</Two><Two>1</Two>"),
                  "/Document/Tx[1]/Two[1]/@nil | the element cannot be nil | "
                  "true | no xsi:nil\n");
    assert_judged(TX("<Two " XSI "xsi:foo=\"true\">1</Two><Two>1</Two>"),
                  "/Document/Tx[1]/Two[1]/@foo | XML Schema has no such xsi "
                  "attribute | foo | no such attribute\n");
    /* A derived type judges instead. */
    assert_judged(
        TX("<Two " XSI "xsi:type=\"Max3\">1234</Two><Two " XSI
           "xsi:type=\"Max5\">1234</Two>"),
        "/Document/Tx[1]/Two[1] | the value is too long | 1234 | 1 to "
        "3 characters\n");
    assert_judged(
        "<t:Document xmlns:t=\"" NS "\" " XSI "><t:Tx><t:Two "
        "xsi:type=\"t:Max3\">1234</t:Two><t:Two>1</t:Two></t:Tx>"
        "</t:Document>",
        "/Document/Tx[1]/Two[1] | the value is too long | 1234 | 1 to "
        "3 characters\n");
    assert_judged(
        TX("<Two " XSI "xsi:type=\"Ccy\">EUR</Two><Two>1</Two>"),
        "/Document/Tx[1]/Two[1]/@type | xsi:type names a type that may "
        "not stand here | Ccy | the type that the schema declares\n");
    assert_judged(
        TX("<Two " XSI "xsi:type=\"q:Max3\">1</Two><Two>1</Two>"),
        "/Document/Tx[1]/Two[1]/@type | xsi:type names a type that is "
        "not supported here | q:Max3 | the type that the schema "
        "declares\n");
    /* In lax content. */
    assert_judged(
        SPLM("<Lax><a xmlns=\"urn:x\" " XSI "xsi:nil=\"maybe\"/>"
             "</Lax>"),
        "/Document/Splm/Lax/a/@nil | xsi:nil is true or false | maybe "
        "| true or false\n");
    assert_judged(
        SPLM("<Lax><a xmlns=\"urn:x\" xmlns:t=\"" NS "\" " XSI
             "xsi:nil=\"1\" xsi:type=\"t:Max3\">1234</a></Lax>"),
        "/Document/Splm/Lax/a | the value is too long | 1234 | 1 to 3 "
        "characters\n");
}

static void
test_parts_are_found_and_others_are_named(void **state)
{
    (void) state;
    assert_judged("<w><Document xmlns=\"" NS "\"/><Document xmlns=\"" NS
                  "\"><zz/></Document></w>",
                  "/w/Document[2] | a second Document |  | exactly one "
                  "Document\n");
    assert_judged("<Document xmlns=\"" EGRET_ISO_NAMESPACE "none\"><a/>"
                  "</Document>",
                  "/Document | no schema is loaded for this namespace "
                  "| " EGRET_ISO_NAMESPACE "none | one of test.001.001.01, "
                  "urn:other\n");
}

static bool
allow_none(void *context, const egret_definition_t *definition)
{
    (*(unsigned *) context)++;
    egret_assert_span(definition->id, "test.001.001.01");
    return false;
}

static void
test_a_definition_can_be_disabled(void **state)
{
    unsigned asked = 0;
    egret_validator_filter_t filter = { allow_none, &asked };
    judged_t judged;

    (void) state;
    judge_with(&judged, &filter, DOCUMENT("<zz/>"));
    assert_int_equal(asked, 1);
    assert_int_equal(judged.findings.count, 1);
    egret_assert_span(judged.findings.items[0].message,
                      "the message definition is not enabled");
    egret_arena_destroy(judged.arena);
}

typedef struct {
    const egret_schemas_t *schemas;
    const char *message;
} torture_t;

static egret_rc_t
judge_under_torture(const egret_allocator_t *allocator, void *context)
{
    const torture_t *torture = context;
    egret_arena_t *arena = egret_arena_create(allocator, 0);
    egret_validator_t *validator;
    egret_findings_t findings;
    egret_tape_t tape;
    egret_rc_t rc = EGRET_ENOMEM;

    if (arena == NULL) {
        return EGRET_ENOMEM;
    }
    egret_findings_init(&findings, arena);
    egret_tape_init(&tape, arena, egret_span_from(torture->message));
    validator =
        egret_validator_create(torture->schemas, NULL, arena, &findings);
    if (validator != NULL) {
        egret_sink_t sink = egret_validator_sink(validator);

        rc = egret_xml_read(&tape, &egret_xml_limits_default, &sink, &findings);
    }
    egret_arena_destroy(arena);
    return rc;
}

static void
test_judging_bears_any_allocation_failing(void **state)
{
    egret_arena_t *arena = egret_arena_create(egret_allocator_default(), 0);
    egret_schemas_t *schemas = egret_schemas_create(arena);
    egret_schema_fault_t fault;
    torture_t torture = {
        schemas,
        DOCUMENT("<Hdr><Id>1</Id><Nb>1</Nb></Hdr><Tx><Amt Cy=\"e\">1</Amt>"
                 "<Two>1</Two><Tow>1</Tow><Key>a</Key></Tx><Zz/>")
    };

    (void) state;
    egret_assert_ok(egret_schemas_load_text(schemas, "test.xsd",
                                            egret_span_from(schema), &fault));
    assert_true(egret_test_torture(judge_under_torture, &torture) > 3);
    egret_arena_destroy(arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_valid_message_has_no_finding),
        cmocka_unit_test(test_every_node_gets_its_declaration),
        cmocka_unit_test(test_order_faults_are_one_finding_each),
        cmocka_unit_test(test_choices_and_counts_are_judged),
        cmocka_unit_test(test_values_are_judged),
        cmocka_unit_test(test_an_unknown_element_hides_what_is_in_it),
        cmocka_unit_test(test_each_of_many_unknown_siblings_is_found),
        cmocka_unit_test(test_five_faults_are_five_findings),
        cmocka_unit_test(test_faults_far_apart_in_one_parent_are_all_found),
        cmocka_unit_test(test_lax_content_is_judged_where_a_schema_declares_it),
        cmocka_unit_test(test_skipped_and_strict_wildcards),
        cmocka_unit_test(test_attributes_of_xsi_are_known),
        cmocka_unit_test(test_parts_are_found_and_others_are_named),
        cmocka_unit_test(test_a_definition_can_be_disabled),
        cmocka_unit_test(test_judging_bears_any_allocation_failing),
    };

    return egret_test_run(tests);
}
