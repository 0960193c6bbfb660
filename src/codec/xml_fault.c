/* SPDX-License-Identifier: Apache-2.0 */
#include "codec/xml_fault.h"

typedef struct {
    egret_code_t code;
    const char *message; /* of a limit: what stands before the number */
    const char *after;   /* and after it; NULL: no limit */
    const char *fix;
} scan_row_t;

static const scan_row_t scan_rows[] = {
    [EGRET_XML_IS_EMPTY] = { EGRET_X01, "the message is empty", NULL,
        "send one XML message as the body of the request" },
    [EGRET_XML_IS_NO_XML] = { EGRET_X01,
        "the message is not XML: it does not begin with \"<\"", NULL,
        "send the XML message itself: not compressed, not encoded, nothing "
        "before it" },
    [EGRET_XML_IS_UTF16] = { EGRET_X02,
        "the message is in UTF-16 or UTF-32", NULL,
        "convert the message to UTF-8 and declare encoding=\"UTF-8\"" },
    [EGRET_XML_BAD_ENCODING] = { EGRET_X02,
        "the XML declaration names an encoding other than UTF-8", NULL,
        "convert the message to UTF-8 and declare encoding=\"UTF-8\"" },
    [EGRET_XML_BAD_VERSION] = { EGRET_X01,
        "the XML declaration names a version other than 1.0", NULL,
        "write version=\"1.0\" in the XML declaration" },
    [EGRET_XML_HAS_DOCTYPE] = { EGRET_X01,
        "a document type declaration is not allowed", NULL,
        "remove <!DOCTYPE ...> and write what its entities stand for" },
    [EGRET_XML_BAD_UTF8] = { EGRET_X02, "the bytes here are not UTF-8", NULL,
        "convert the whole message to UTF-8; text cut in the middle of a "
        "character must be cut before it" },
    [EGRET_XML_HAS_NUL] = { EGRET_X02,
        "the character U+0000 stands in the message", NULL,
        "remove the zero byte" },
    [EGRET_XML_BAD_CHARACTER] = { EGRET_X01,
        "this character is not allowed in XML", NULL,
        "remove the control character" },
    [EGRET_XML_OVER_BYTES] = { EGRET_X01, "the message is larger than ",
        " bytes", "send fewer transactions in one message" },
    [EGRET_XML_OVER_DEPTH] = { EGRET_X01, "elements are nested more than ",
        " levels deep", "send a message of an ISO 20022 definition; "
        "none nests so deep" },
    [EGRET_XML_OVER_ELEMENTS] = { EGRET_X01, "the message has more than ",
        " elements", "send fewer transactions in one message" },
    [EGRET_XML_OVER_ATTRIBUTES] = { EGRET_X01, "the element has more than ",
        " attributes", "remove the attributes that the message "
        "definition does not have" },
    [EGRET_XML_OVER_NAME] = { EGRET_X01, "the name is longer than ",
        " bytes", "use the names of the message definition" },
    [EGRET_XML_OVER_TEXT] = { EGRET_X01, "the text here is longer than ",
        " bytes", "keep to the length that the message definition allows" },
    [EGRET_XML_OVER_TAG] = { EGRET_X01, "the start tag is longer than ",
        " bytes", "remove the attributes that the message definition does not "
        "have" },
    [EGRET_XML_OVER_NAMESPACES] = { EGRET_X01, "there are more than ",
        " namespaces", "declare each namespace once, on AppHdr, "
        "Document or the wrapper" },
};

egret_rc_t
egret_xml_fault_add(const egret_tape_t *tape, egret_finding_t *finding,
                    uint32_t offset, egret_findings_t *findings)
{
    if (finding->message.at == NULL || finding->fix.at == NULL) {
        return egret_arena_rc(tape->arena);
    }
    if (tape->open != EGRET_NODE_NONE) {
        finding->xpath = egret_tape_xpath(tape, tape->open, EGRET_SPAN(""),
                                          tape->arena);
        if (finding->xpath.at == NULL) {
            return egret_arena_rc(tape->arena);
        }
    }
    finding->severity = egret_code_row(finding->code)->severity;
    finding->offset = offset;
    finding->line = egret_tape_line(tape, offset);
    finding->column = egret_tape_column(tape, offset);

    return egret_findings_add(findings, finding);
}

static egret_span_t
bytes_at(egret_arena_t *arena, egret_span_t bytes, uint32_t offset)
{
    char text[32] = "bytes";
    size_t length = 5;

    for (uint32_t i = offset; i < bytes.length && i < offset + 4; i++) {
        static const char digits[] = "0123456789ABCDEF";
        unsigned char byte = (unsigned char) bytes.at[i];

        text[length++] = ' ';
        text[length++] = digits[byte >> 4];
        text[length++] = digits[byte & 15];
    }

    return egret_arena_copy(arena, (egret_span_t){ text, length });
}

static size_t
limit_of(const egret_xml_limits_t *limits, egret_xml_fault_kind_t kind)
{
    switch (kind) {
    case EGRET_XML_OVER_BYTES:
        return limits->bytes;
    case EGRET_XML_OVER_DEPTH:
        return limits->depth;
    case EGRET_XML_OVER_ELEMENTS:
        return limits->elements;
    case EGRET_XML_OVER_ATTRIBUTES:
        return limits->attributes;
    case EGRET_XML_OVER_NAME:
        return limits->name;
    case EGRET_XML_OVER_TEXT:
        return limits->text;
    case EGRET_XML_OVER_TAG:
        return limits->tag;
    case EGRET_XML_OVER_NAMESPACES:
        return limits->namespaces;
    default:
        return 0;
    }
}

egret_rc_t
egret_xml_fault_scan(const egret_tape_t *tape, const egret_xml_scan_t *scan,
                     const egret_xml_scan_fault_t *fault,
                     egret_findings_t *findings)
{
    const scan_row_t *row = &scan_rows[fault->kind];
    egret_finding_t finding = { .code = row->code, .got = fault->got };

    finding.message = egret_span_from(row->message);
    finding.fix = egret_span_from(row->fix);

    /* Other bytes follow from the wrong encoding. */
    if (fault->kind == EGRET_XML_BAD_UTF8
        && scan->declaration_fault.kind == EGRET_XML_BAD_ENCODING) {
        return EGRET_OK;
    }

    if (row->after != NULL) {
        finding.message = egret_arena_print(
            tape->arena, "%s%zu%s", row->message,
            limit_of(&scan->limits, fault->kind), row->after);
    }
    if (fault->kind == EGRET_XML_IS_NO_XML
        || fault->kind == EGRET_XML_IS_UTF16
        || fault->kind == EGRET_XML_BAD_UTF8
        || fault->kind == EGRET_XML_BAD_CHARACTER) {
        finding.got = bytes_at(tape->arena, scan->bytes,
                                      fault->offset);
    }
    if (row->code == EGRET_X02) {
        finding.expected = EGRET_SPAN("UTF-8");
    } else if (fault->kind == EGRET_XML_BAD_VERSION) {
        finding.expected = EGRET_SPAN("1.0");
    }

    return egret_xml_fault_add(tape, &finding, fault->offset, findings);
}
