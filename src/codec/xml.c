/* SPDX-License-Identifier: Apache-2.0 */
#include "codec/xml.h"

#include <string.h>

#include <libxml/parser.h>
#include <libxml/parserInternals.h>

#include "codec/xml_parser_fault.h"
#include "codec/xml_namespaces.h"
#include "codec/xml_scan.h"
#include "codec/xml_text.h"

typedef struct {
    egret_tape_t *tape;
    const egret_sink_t *sink;
    egret_findings_t *findings;
    egret_xml_scan_t scan;
    xmlParserCtxt *parser;
    egret_rc_t rc;
    bool is_stopped;
    bool has_odd_namespace; /* its name is no URI: no fault of the XML */
    egret_xml_namespaces_t namespaces;
} reader_t;

void
egret_xml_start(void)
{
    xmlInitParser();
}

void
egret_xml_stop(void)
{
    xmlCleanupParser();
}

static uint32_t
parser_offset(const reader_t *reader)
{
    const xmlParserInput *input = reader->parser->input;
    const xmlChar *text = (const xmlChar *) reader->scan.text;

    if (input == NULL || input->cur < text
        || input->cur > text + reader->scan.stop) {
        return reader->scan.stop;
    }

    return (uint32_t) (input->cur - text);
}

/* xmlStopParser frees the buffer under the parser's feet when called from
 * within, and a parser that goes on after a fault costs time for nothing. With
 * the rest of its input blank every loop of it ends at once. */
static void
stop(reader_t *reader, egret_rc_t rc)
{
    uint32_t from = parser_offset(reader);

    reader->is_stopped = true;
    if (reader->rc == EGRET_OK) {
        reader->rc = rc;
    }
    memset(reader->scan.text + from, 0, reader->scan.stop - from);
}

/* The parser and the scan disagree: not known to happen. */
static void
stop_unread(reader_t *reader)
{
    egret_xml_parser_fault_t fault = { .code = XML_ERR_INTERNAL_ERROR };

    fault.offset = parser_offset(reader);
    stop(reader, egret_xml_parser_fault(reader->tape, &reader->scan, &fault,
                                        reader->findings));
}

static void
scan_next(reader_t *reader)
{
    egret_xml_scan_t *scan = &reader->scan;
    egret_rc_t rc = egret_xml_scan_next(scan);

    if (rc == EGRET_OK && scan->fault.kind != EGRET_XML_SOUND) {
        stop(reader, egret_xml_fault_scan(reader->tape, scan, &scan->fault,
                                          reader->findings));
    } else if (rc != EGRET_OK) {
        stop(reader, rc);
    }
}

static egret_rc_t
find_namespace(reader_t *reader, const xmlChar *uri, uint16_t *index)
{
    const egret_xml_scan_t *scan = &reader->scan;
    egret_xml_scan_fault_t fault = { EGRET_XML_OVER_NAMESPACES,
                                     scan->tag_open, { NULL, 0 } };
    egret_rc_t rc = egret_xml_namespaces_find(&reader->namespaces,
                                              (const char *) uri, index);

    if (rc == EGRET_ERANGE) {
        rc = egret_xml_fault_scan(reader->tape, scan, &fault,
                                  reader->findings);
        stop(reader, rc);
    }

    return rc;
}

static egret_span_t
local_name(const reader_t *reader, uint32_t from, uint32_t to, bool has_prefix)
{
    egret_span_t name = { reader->scan.bytes.at + from, to - from };
    size_t skipped = has_prefix ? egret_span_find(name, ':') + 1 : 0;

    return (egret_span_t){ name.at + skipped, name.length - skipped };
}

static egret_rc_t
add_attribute(reader_t *reader, const xmlChar **given,
              const egret_xml_scan_attribute_t *scanned)
{
    egret_tape_attribute_t attribute = { .attribute = NULL };
    egret_span_t value = { (const char *) given[3],
                           (size_t) (given[4] - given[3]) };
    egret_span_t raw = egret_span_slice(reader->scan.bytes, scanned->value,
                                        scanned->value_end);
    egret_rc_t rc;

    attribute.name = local_name(reader, scanned->name, scanned->name_end,
                                given[1] != NULL);
    attribute.value = raw;
    if (!egret_span_equals(value, raw)) {
        attribute.value = egret_arena_copy(reader->tape->arena, value);
        if (attribute.value.at == NULL) {
            return egret_arena_rc(reader->tape->arena);
        }
    }
    rc = find_namespace(reader, given[2], &attribute.namespace_index);
    if (rc != EGRET_OK || reader->is_stopped) {
        return rc;
    }

    return egret_tape_add_attribute(reader->tape, &attribute);
}

static egret_rc_t
add_attributes(reader_t *reader, const xmlChar **given, int count)
{
    const egret_xml_scan_t *scan = &reader->scan;
    egret_rc_t rc = EGRET_OK;
    uint32_t at = 0;

    for (int i = 0; i < count && rc == EGRET_OK && !reader->is_stopped;
         i++) {
        while (at < scan->attribute_count
               && scan->attributes[at].is_declaration) {
            at++;
        }
        if (at == scan->attribute_count) {
            stop_unread(reader);
            break;
        }
        rc = add_attribute(reader, given + 5 * i, &scan->attributes[at++]);
    }

    return rc;
}

/* Decoded text of the content before the scanned tag. */
static egret_rc_t
decode_text(const reader_t *reader, egret_span_t *text, size_t *first)
{
    egret_arena_t *arena = reader->tape->arena;
    char *decoded = egret_arena_allocate(arena, text->length);

    if (decoded == NULL) {
        return egret_arena_rc(arena);
    }
    text->length = egret_xml_text_decode(*text, decoded, first);
    text->at = decoded;

    return EGRET_OK;
}

/* What the content before the scanned tag says of the open element. */
static egret_rc_t
take_text(reader_t *reader, bool is_leaf)
{
    const egret_xml_scan_t *scan = &reader->scan;
    egret_tape_node_t *node = &reader->tape->nodes[reader->tape->open];
    size_t length = scan->tag_open - scan->content, first;
    egret_span_t text = { scan->bytes.at + scan->content, length };

    if (scan->content_is_plain) {
        first = egret_xml_text_white(text);
    } else {
        egret_rc_t rc = decode_text(reader, &text, &first);

        if (rc != EGRET_OK) {
            return rc;
        }
        node->flags |= is_leaf ? EGRET_NODE_DECODED : 0;
    }

    if (first < length && !(node->flags & EGRET_NODE_HAS_TEXT)) {
        node->flags |= EGRET_NODE_HAS_TEXT;
        node->text_offset = scan->content + (uint32_t) first;
    }
    if (is_leaf) {
        node->value = text.at;
        node->value_length = (uint32_t) text.length;
    }

    return EGRET_OK;
}

static egret_rc_t
append(reader_t *reader, const xmlChar *prefix, const xmlChar *uri,
       egret_node_t *node)
{
    const egret_xml_scan_t *scan = &reader->scan;
    egret_span_t name = local_name(reader, scan->name, scan->name_end,
                                   prefix != NULL);
    egret_tape_node_t made = { .name = name.at };
    egret_rc_t rc;

    made.name_length = (uint16_t) name.length;
    made.tag_open = scan->tag_open;
    made.tag_close = scan->tag_close;
    made.line = scan->line;
    made.text_offset = scan->tag_close;
    if (prefix != NULL) {
        made.prefix_length = (uint16_t) (scan->name_end - scan->name
                                         - name.length - 1);
    }
    if (scan->tag == EGRET_XML_TAG_EMPTY) {
        made.flags = EGRET_NODE_EMPTY_TAG;
    }
    rc = find_namespace(reader, uri, &made.namespace_index);
    if (rc != EGRET_OK || reader->is_stopped) {
        return rc;
    }

    return egret_tape_append(reader->tape, &made, node);
}

static egret_rc_t
open_element(reader_t *reader, const xmlChar *prefix, const xmlChar *uri,
             const xmlChar **attributes, int count)
{
    egret_tape_t *tape = reader->tape;
    egret_node_t node;
    egret_rc_t rc = EGRET_OK;

    if (tape->open != EGRET_NODE_NONE) {
        rc = take_text(reader, false);
    }
    if (rc == EGRET_OK) {
        rc = append(reader, prefix, uri, &node);
    }
    if (rc == EGRET_OK && !reader->is_stopped) {
        rc = add_attributes(reader, attributes, count);
    }
    if (rc == EGRET_OK && !reader->is_stopped && reader->sink != NULL
        && reader->sink->open != NULL) {
        rc = reader->sink->open(reader->sink->context, tape, node);
    }

    return rc;
}

static void
on_start(void *context, const xmlChar *local, const xmlChar *prefix,
         const xmlChar *uri, int namespace_count, const xmlChar **namespaces,
         int attribute_count, int defaulted_count, const xmlChar **attributes)
{
    reader_t *reader = context;
    const egret_xml_scan_t *scan = &reader->scan;
    egret_rc_t rc;

    (void) local;
    (void) namespace_count;
    (void) namespaces;
    (void) defaulted_count;

    if (reader->is_stopped) {
        return;
    }
    /* The parser stands before the ">" or "/>". */
    if (scan->tag == EGRET_XML_TAG_NONE || scan->tag == EGRET_XML_TAG_END
        || parser_offset(reader) + (scan->tag == EGRET_XML_TAG_EMPTY ? 2 : 1)
               != scan->tag_close) {
        stop_unread(reader);
        return;
    }

    rc = open_element(reader, prefix, uri, attributes, attribute_count);
    if (rc != EGRET_OK) {
        stop(reader, rc);
    } else if (!reader->is_stopped && scan->tag == EGRET_XML_TAG_START) {
        scan_next(reader);
    }
}

static egret_rc_t
close_element(reader_t *reader)
{
    const egret_xml_scan_t *scan = &reader->scan;
    egret_tape_t *tape = reader->tape;
    egret_node_t node = tape->open;
    egret_tape_node_t *open = &tape->nodes[node];
    egret_rc_t rc = EGRET_OK;

    if (open->flags & EGRET_NODE_EMPTY_TAG) {
        open->value = scan->bytes.at + open->tag_close;
        egret_tape_close(tape, open->tag_close, open->tag_close);
    } else {
        rc = take_text(reader, node + 1 == tape->node_count);
        if (rc != EGRET_OK) {
            return rc;
        }
        egret_tape_close(tape, scan->tag_open, scan->tag_close);
    }
    if (reader->sink != NULL && reader->sink->close != NULL) {
        rc = reader->sink->close(reader->sink->context, tape, node);
    }

    return rc;
}

static void
on_end(void *context, const xmlChar *local, const xmlChar *prefix,
       const xmlChar *uri)
{
    reader_t *reader = context;
    const egret_tape_t *tape = reader->tape;
    const egret_xml_scan_t *scan = &reader->scan;
    egret_rc_t rc;

    (void) local;
    (void) prefix;
    (void) uri;

    if (reader->is_stopped) {
        return;
    }
    if (tape->open == EGRET_NODE_NONE
        || (!(tape->nodes[tape->open].flags & EGRET_NODE_EMPTY_TAG)
            && (scan->tag != EGRET_XML_TAG_END
                || parser_offset(reader) != scan->tag_close))) {
        stop_unread(reader);
        return;
    }

    rc = close_element(reader);
    if (rc != EGRET_OK) {
        stop(reader, rc);
    } else {
        scan_next(reader);
    }
}

static void
on_error(void *context, xmlError *error)
{
    reader_t *reader = context;
    const egret_xml_scan_t *scan = &reader->scan;
    egret_xml_parser_fault_t fault;

    if (reader->is_stopped || error->level < XML_ERR_ERROR) {
        return;
    }
    if (error->code == XML_WAR_NS_URI) {
        reader->has_odd_namespace = true;
        return;
    }
    if (error->code == XML_ERR_NO_MEMORY) {
        stop(reader, EGRET_ENOMEM);
        return;
    }
    /* Said already, of the declaration. */
    if (error->code == XML_ERR_UNKNOWN_VERSION
        && scan->declaration_fault.kind != EGRET_XML_SOUND) {
        stop(reader, EGRET_OK);
        return;
    }

    fault.code = error->code;
    fault.offset = parser_offset(reader);
    fault.number = error->int1;
    fault.name = error->str1;
    fault.other = error->str2;
    if (fault.offset >= scan->stop
        && scan->stop_fault.kind != EGRET_XML_SOUND) {
        stop(reader, egret_xml_fault_scan(reader->tape, scan,
                                          &scan->stop_fault,
                                          reader->findings));
        return;
    }
    stop(reader, egret_xml_parser_fault(reader->tape, scan, &fault,
                                        reader->findings));
}

/* The parser reads the text of the scan where it stands. */
static egret_rc_t
set_input(reader_t *reader)
{
    xmlParserInput *input = xmlNewInputStream(reader->parser);

    if (input == NULL) {
        return EGRET_ENOMEM;
    }
    input->base = input->cur = (const xmlChar *) reader->scan.text;
    input->end = input->base + reader->scan.stop;
    input->length = (int) reader->scan.stop;
    if (inputPush(reader->parser, input) < 0) {
        xmlFreeInputStream(input);
        return EGRET_ENOMEM;
    }

    return EGRET_OK;
}

static egret_rc_t
create_parser(reader_t *reader)
{
    xmlParserCtxt *parser = xmlNewParserCtxt();
    xmlSAXHandler *sax;

    if (parser == NULL) {
        return EGRET_ENOMEM;
    }
    reader->parser = parser;
    sax = parser->sax;
    memset(sax, 0, sizeof(*sax));
    sax->initialized = XML_SAX2_MAGIC;
    sax->startElementNs = on_start;
    sax->endElementNs = on_end;
    sax->serror = on_error;
    parser->userData = reader;
    /* The scan has seen to it that the bytes are UTF-8, whatever they say. And
     * without a DTD there is no entity to replace but XML's own five; unless
     * told to, libxml2 gives &amp; in an attribute as "&#38;". */
    (void) xmlCtxtUseOptions(parser, XML_PARSE_NONET | XML_PARSE_IGNORE_ENC
                                         | XML_PARSE_NOENT);

    return set_input(reader);
}

static egret_rc_t
parse(reader_t *reader)
{
    const xmlParserCtxt *parser = reader->parser;

    (void) xmlParseDocument(reader->parser);
    if (!reader->is_stopped
        && (!parser->wellFormed
            || (!parser->nsWellFormed && !reader->has_odd_namespace))) {
        stop_unread(reader);
    }

    return reader->rc;
}

egret_rc_t
egret_xml_read(egret_tape_t *tape, const egret_xml_limits_t *limits,
               const egret_sink_t *sink, egret_findings_t *findings)
{
    reader_t reader = { .tape = tape, .sink = sink, .findings = findings };
    egret_xml_scan_t *scan = &reader.scan;
    egret_rc_t rc;

    tape->is_whole = false;
    rc = egret_xml_scan_start(scan, tape->bytes, limits, tape->arena);
    if (rc == EGRET_OK && scan->declaration_fault.kind != EGRET_XML_SOUND) {
        rc = egret_xml_fault_scan(tape, scan, &scan->declaration_fault,
                                  findings);
    }
    if (rc != EGRET_OK) {
        return rc;
    }
    if (scan->fault.kind != EGRET_XML_SOUND) {
        return egret_xml_fault_scan(tape, scan, &scan->fault, findings);
    }

    egret_xml_namespaces_init(&reader.namespaces, tape,
                              scan->limits.namespaces);
    rc = create_parser(&reader);
    if (rc == EGRET_OK) {
        rc = parse(&reader);
    }
    if (reader.parser != NULL) {
        xmlFreeParserCtxt(reader.parser);
    }
    tape->is_whole = rc == EGRET_OK && !reader.is_stopped
                     && scan->declaration_fault.kind == EGRET_XML_SOUND;

    return rc;
}
