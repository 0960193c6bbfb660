/* SPDX-License-Identifier: Apache-2.0 */
#include "codec/xml_parser_fault.h"

#include <string.h>

#include <libxml/xmlerror.h>

#define GOT_BYTES 40

/* `anchor`: the fault is where this stands last before the parser's place. */
typedef struct {
    int code;
    const char *anchor;
    const char *message;
    const char *fix;
} parser_row_t;

static const parser_row_t parser_rows[] = {
    { XML_ERR_DOCUMENT_EMPTY, NULL, "an element is expected here",
        "begin the message with its outermost element" },
    { XML_ERR_DOCUMENT_END, NULL,
        "the message goes on after its outermost element",
        "send one message, with nothing after its last end tag" },
    { XML_ERR_INVALID_HEX_CHARREF, "&", "a character reference is broken",
        "write it as &#xHHHH; or write the character itself" },
    { XML_ERR_INVALID_DEC_CHARREF, "&", "a character reference is broken",
        "write it as &#NNNN; or write the character itself" },
    { XML_ERR_INVALID_CHARREF, "&", "a character reference is broken",
        "write the character itself" },
    { XML_ERR_ENTITYREF_SEMICOL_MISSING, "&",
        "\"&\" stands in the text, or a reference has no \";\"",
        "write &amp; for \"&\"" },
    { XML_ERR_LT_IN_ATTRIBUTE, NULL, "\"<\" stands in an attribute value",
        "close the quotation mark of the attribute, or write &lt;" },
    { XML_ERR_ATTRIBUTE_NOT_STARTED, NULL,
        "an attribute value has no quotation marks",
        "write the value in quotation marks: name=\"value\"" },
    { XML_ERR_ATTRIBUTE_NOT_FINISHED, NULL,
        "an attribute value has no closing quotation mark",
        "close the quotation mark" },
    { XML_ERR_ATTRIBUTE_WITHOUT_VALUE, NULL, "an attribute has no value",
        "write it as name=\"value\"" },
    { XML_ERR_COMMENT_NOT_FINISHED, "<!--", "a comment has no end",
        "end the comment with -->" },
    { XML_ERR_HYPHEN_IN_COMMENT, NULL, "\"--\" stands inside a comment",
        "remove the second hyphen" },
    { XML_ERR_PI_NOT_STARTED, "<?",
        "a processing instruction has no name", "remove it" },
    { XML_ERR_PI_NOT_FINISHED, "<?",
        "a processing instruction has no end", "end it with ?>" },
    { XML_ERR_RESERVED_XML_NAME, "<?",
        "an XML declaration stands where none is allowed",
        "let <?xml ...?> be the first bytes of the message, or remove it" },
    { XML_ERR_CDATA_NOT_FINISHED, "<![CDATA[", "a CDATA section has no end",
        "end it with ]]>" },
    { XML_ERR_MISPLACED_CDATA_END, "]]>",
        "\"]]>\" stands in the text", "write ]]&gt;" },
    { XML_ERR_XMLDECL_NOT_FINISHED, NULL, "the XML declaration is broken",
        "write <?xml version=\"1.0\" encoding=\"UTF-8\"?>" },
    { XML_ERR_VERSION_MISSING, NULL,
        "the XML declaration has no version",
        "write <?xml version=\"1.0\" encoding=\"UTF-8\"?>" },
    { XML_ERR_UNKNOWN_VERSION, NULL,
        "the version of the XML declaration is unknown",
        "write version=\"1.0\" in the XML declaration" },
    { XML_ERR_STANDALONE_VALUE, NULL,
        "standalone must be \"yes\" or \"no\"", "remove standalone=..." },
    { XML_ERR_ENCODING_NAME, NULL,
        "the encoding of the XML declaration has no valid name",
        "write encoding=\"UTF-8\"" },
    { XML_ERR_SPACE_REQUIRED, NULL, "white space is missing here",
        "put a space between attributes" },
    { XML_ERR_GT_REQUIRED, NULL, "\">\" is missing: the tag is not closed",
        "close the tag with \">\"; write &lt; for \"<\" in text" },
    { XML_ERR_EQUAL_REQUIRED, NULL, "\"=\" is expected after the name",
        "write the attribute as name=\"value\"" },
    { XML_ERR_LTSLASH_REQUIRED, NULL, "an end tag is expected here",
        "close the element" },
    { XML_ERR_NAME_REQUIRED, NULL, "a name is expected here",
        "write &lt; for \"<\" in text" },
    { XML_NS_ERR_XML_NAMESPACE, NULL,
        "a reserved prefix or namespace (xml, xmlns) is declared",
        "remove this namespace declaration" },
    { XML_NS_ERR_QNAME, NULL, "a colon stands where none is allowed in a name",
        "write a name as prefix:name or without a prefix" },
    { XML_NS_ERR_COLON, NULL, "a colon stands where none is allowed in a name",
        "remove the colon" },
};

/* What is put together before it becomes a finding. */
typedef struct {
    const egret_tape_t *tape;
    const egret_xml_scan_t *scan;
    egret_findings_t *findings;
    egret_finding_t finding;
} report_t;

static egret_rc_t
add(report_t *report, uint32_t offset)
{
    return egret_xml_fault_add(report->tape, &report->finding, offset,
                               report->findings);
}

/* The bytes from `offset` on, to the end of the line. Only where they are
 * known to be characters. */
static egret_span_t
text_at(const egret_xml_scan_t *scan, uint32_t offset)
{
    egret_span_t text = egret_span_slice(scan->bytes, offset, scan->stop);

    if (text.length > GOT_BYTES) {
        text.length = GOT_BYTES;
        while (text.length > 0
               && ((unsigned char) text.at[text.length] & 0xc0) == 0x80) {
            text.length--;
        }
    }
    text.length = egret_span_find(text, '\n');

    return egret_span_trim(text);
}

/* The name as it is written, with its prefix. */
static egret_span_t
name_of_open(const egret_tape_t *tape)
{
    const egret_tape_node_t *node = egret_tape_at(tape, tape->open);
    size_t length = node->name_length;

    if (node->prefix_length > 0) {
        length += node->prefix_length + 1u;
    }

    return egret_span_slice(tape->bytes, node->tag_open + 1,
                            node->tag_open + 1 + length);
}

static egret_rc_t
add_mismatch(report_t *report)
{
    const egret_xml_scan_t *scan = report->scan;
    egret_arena_t *arena = report->tape->arena;
    egret_span_t open = name_of_open(report->tape);
    egret_span_t close = egret_span_trim(egret_span_slice(
        scan->bytes, scan->tag_open + 2, scan->tag_close - 1));

    report->finding.message = egret_arena_print(
        arena, "</%.*s> does not close <%.*s>, which was opened on line %u",
        EGRET_SPAN_ARGS(close), EGRET_SPAN_ARGS(open),
        egret_tape_at(report->tape, report->tape->open)->line);
    report->finding.got = egret_span_slice(scan->bytes, scan->tag_open,
                                           scan->tag_close);
    report->finding.expected = egret_arena_print(arena, "</%.*s>",
                                                 EGRET_SPAN_ARGS(open));
    report->finding.fix = egret_arena_print(
        arena, "close <%.*s> before this tag, or correct the name",
        EGRET_SPAN_ARGS(open));

    return add(report, scan->tag_open);
}

/* The message ends too early. */
static egret_rc_t
add_end(report_t *report)
{
    const egret_tape_t *tape = report->tape;
    egret_span_t open;

    report->finding.fix = EGRET_SPAN("send the whole message; compare its "
                                     "length with Content-Length");
    if (tape->open == EGRET_NODE_NONE) {
        report->finding.message = EGRET_SPAN("the message ends before its "
                                             "outermost element does");
        return add(report, report->scan->stop);
    }

    open = name_of_open(tape);
    report->finding.message = egret_arena_print(
        tape->arena, "the message ends inside <%.*s>, which was opened on "
        "line %u (elements still open: %u)", EGRET_SPAN_ARGS(open),
        egret_tape_at(tape, tape->open)->line,
        (unsigned) egret_tape_at(tape, tape->open)->depth);
    report->finding.expected = egret_arena_print(tape->arena, "</%.*s>",
                                                 EGRET_SPAN_ARGS(open));

    return add(report, report->scan->stop);
}

/* Where the last `anchor` stands before `offset` or at it. */
static uint32_t
move_back(const egret_xml_scan_t *scan, uint32_t offset, const char *anchor)
{
    size_t length = strlen(anchor);

    for (uint32_t at = offset; at + 1 > scan->content; at--) {
        if (scan->bytes.length - at >= length
            && memcmp(scan->bytes.at + at, anchor, length) == 0) {
            return at;
        }
        if (at == 0) {
            break;
        }
    }

    return offset;
}

/* Where an attribute of the tag stands: "prefix:local", or either part. */
static uint32_t
attribute_offset(const egret_xml_scan_t *scan, const char *first,
                 const char *second)
{
    uint32_t found = scan->tag_open;

    if (first == NULL) {
        return found;
    }
    for (uint32_t i = 0; i < scan->attribute_count; i++) {
        egret_span_t name = egret_span_slice(scan->bytes,
                                             scan->attributes[i].name,
                                             scan->attributes[i].name_end);
        size_t colon = egret_span_find(name, ':');
        egret_span_t prefix = egret_span_slice(name, 0, colon);
        egret_span_t local = egret_span_slice(name, colon + 1, name.length);

        if (egret_span_equals_text(name, first)
            || egret_span_equals_text(local, first)
            || (egret_span_equals_text(prefix, first)
                && (second == NULL
                    || egret_span_equals_text(local, second)))) {
            found = scan->attributes[i].name;
        }
    }

    return found;
}

static egret_rc_t
add_prefix(report_t *report, const egret_xml_parser_fault_t *fault)
{
    const egret_xml_scan_t *scan = report->scan;
    egret_arena_t *arena = report->tape->arena;
    const char *prefix = fault->name != NULL ? fault->name : "";
    egret_span_t name = egret_span_slice(scan->bytes, scan->name,
                                         scan->name_end);
    uint32_t offset = scan->tag_open;

    if (!egret_span_equals_text(
            egret_span_slice(name, 0, egret_span_find(name, ':')), prefix)) {
        offset = attribute_offset(scan, fault->name, fault->other);
    }
    report->finding.message = egret_arena_print(
        arena, "the namespace prefix \"%s\" is not declared", prefix);
    report->finding.fix = egret_arena_print(
        arena, "declare xmlns:%s=\"...\" on this element or above it", prefix);

    return add(report, offset);
}

static egret_rc_t
add_attribute(report_t *report, const egret_xml_parser_fault_t *fault)
{
    egret_arena_t *arena = report->tape->arena;
    const char *name = fault->name != NULL ? fault->name : "";

    if (fault->code == XML_NS_ERR_EMPTY
        || fault->code == XML_NS_ERR_XML_NAMESPACE) {
        report->finding.message = egret_arena_print(
            arena, "the prefix \"%s\" is declared with an empty namespace",
            name);
        report->finding.fix = EGRET_SPAN("give the prefix its namespace, or "
                                         "remove the declaration");
        return add(report, attribute_offset(report->scan, "xmlns",
                                            fault->name));
    }
    if (fault->code == XML_NS_ERR_ATTRIBUTE_REDEFINED
        || fault->other == NULL) {
        report->finding.message = egret_arena_print(
            arena, "the attribute \"%s\" stands twice in one tag", name);
    } else {
        report->finding.message = egret_arena_print(
            arena, "the attribute \"%s:%s\" stands twice in one tag", name,
            fault->other);
    }
    report->finding.fix = EGRET_SPAN("remove one of the two");

    return add(report,
               attribute_offset(report->scan, fault->name,
                                fault->code == XML_NS_ERR_ATTRIBUTE_REDEFINED
                                    ? NULL : fault->other));
}

static egret_rc_t
add_entity(report_t *report, const egret_xml_parser_fault_t *fault)
{
    report->finding.message = egret_arena_print(
        report->tape->arena, "the entity \"&%s;\" is not one of XML's own",
        fault->name != NULL ? fault->name : "");
    report->finding.expected = EGRET_SPAN("&amp; &lt; &gt; &quot; &apos;");
    report->finding.fix = EGRET_SPAN("write the character itself in UTF-8, or "
                                     "&amp; for \"&\"");

    return add(report, move_back(report->scan, fault->offset, "&"));
}

static egret_rc_t
add_character(report_t *report, const egret_xml_parser_fault_t *fault)
{
    unsigned number = (unsigned) fault->number;

    if (number == 0 || (number >= 0xd800 && number <= 0xdfff)) {
        report->finding.code = EGRET_X02;
    }
    report->finding.message = egret_arena_print(
        report->tape->arena, number > 0x10ffff
            ? "a character reference names no character (over U+10FFFF)"
            : "the character U+%04X is not allowed in XML", number);
    report->finding.fix = EGRET_SPAN("remove the character reference");

    return add(report, move_back(report->scan, fault->offset, "&"));
}

static egret_rc_t
add_row(report_t *report, const egret_xml_parser_fault_t *fault)
{
    const egret_xml_scan_t *scan = report->scan;
    uint32_t offset = fault->offset;

    report->finding.message = EGRET_SPAN("the message is not well-formed XML "
                                         "here");
    report->finding.fix = EGRET_SPAN("check the message with an XML parser "
                                     "before sending it");

    for (size_t i = 0; i < sizeof(parser_rows) / sizeof(parser_rows[0]);
         i++) {
        const parser_row_t *row = &parser_rows[i];

        if (row->code != fault->code) {
            continue;
        }
        report->finding.message = egret_span_from(row->message);
        report->finding.fix = egret_span_from(row->fix);
        if (row->anchor != NULL) {
            offset = move_back(scan, offset, row->anchor);
        }
        break;
    }
    if (fault->code == XML_ERR_NAME_REQUIRED && offset > 0
        && scan->bytes.at[offset - 1] == '&') {
        report->finding.message = EGRET_SPAN("\"&\" stands in the text");
        report->finding.fix = EGRET_SPAN("write &amp; for \"&\"");
        offset--;
    } else if (fault->code == XML_ERR_NAME_REQUIRED && offset > 0
               && scan->bytes.at[offset - 1] == '<') {
        report->finding.message = EGRET_SPAN("no element name follows \"<\"");
        offset--;
    }
    report->finding.got = text_at(scan, offset);

    return add(report, offset);
}

egret_rc_t
egret_xml_parser_fault(const egret_tape_t *tape, const egret_xml_scan_t *scan,
                       const egret_xml_parser_fault_t *fault,
                       egret_findings_t *findings)
{
    report_t report = { tape, scan, findings, { .code = EGRET_X01 } };

    switch (fault->code) {
    case XML_ERR_TAG_NAME_MISMATCH:
        if (scan->tag == EGRET_XML_TAG_END && tape->open != EGRET_NODE_NONE) {
            return add_mismatch(&report);
        }
        break;
    case XML_NS_ERR_UNDEFINED_NAMESPACE:
        return add_prefix(&report, fault);
    case XML_NS_ERR_XML_NAMESPACE:
        if (fault->name == NULL) {
            break;
        }
        return add_attribute(&report, fault);
    case XML_NS_ERR_EMPTY:
    case XML_NS_ERR_ATTRIBUTE_REDEFINED:
    case XML_ERR_ATTRIBUTE_REDEFINED:
        return add_attribute(&report, fault);
    case XML_ERR_UNDECLARED_ENTITY:
    case XML_WAR_UNDECLARED_ENTITY:
        return add_entity(&report, fault);
    case XML_ERR_INVALID_CHAR:
        if (fault->offset < scan->stop) {
            return add_character(&report, fault);
        }
        break;
    case XML_ERR_COMMENT_NOT_FINISHED:
    case XML_ERR_PI_NOT_FINISHED:
    case XML_ERR_CDATA_NOT_FINISHED:
    case XML_ERR_ATTRIBUTE_NOT_FINISHED:
        return add_row(&report, fault);
    default:
        break;
    }

    return fault->offset >= scan->stop ? add_end(&report)
                                       : add_row(&report, fault);
}
