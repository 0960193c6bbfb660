/* SPDX-License-Identifier: Apache-2.0 */
#include "green.h"

#include <stdio.h>
#include <string.h>

#include "codec/xml.h"
#include "schema/validator.h"

#define LARGE (16 * 1024 * 1024)

static const char wrap_before[] =
    "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:pacs.009.001.08\">"
    "<FICdtTrf><GrpHdr><MsgId>M</MsgId>"
    "<CreDtTm>2026-11-23T08:05:00+02:00</CreDtTm><NbOfTxs>1</NbOfTxs>"
    "<SttlmInf><SttlmMtd>INDA</SttlmMtd></SttlmInf></GrpHdr>"
    "<CdtTrfTxInf><PmtId><EndToEndId>E</EndToEndId></PmtId>"
    "<IntrBkSttlmAmt Ccy=\"CNY\">1</IntrBkSttlmAmt>"
    "<Dbtr><FinInstnId><BICFI>JBBKZAJ0XXX</BICFI></FinInstnId></Dbtr>"
    "<Cdtr><FinInstnId><BICFI>XMBKCNB0XXX</BICFI></FinInstnId></Cdtr>"
    "<SplmtryData><Envlp>";
static const char wrap_after[] =
    "</Envlp></SplmtryData></CdtTrfTxInf></FICdtTrf></Document>";


void
egret_test_green_open(egret_test_green_t *green)
{
    static const char *const ids[] = { "head.001.001.02", "pacs.008.001.08",
                                       "pacs.009.001.08",
                                       "urn:x-egret:grn:1" };
    egret_span_t spans[sizeof(ids) / sizeof(ids[0])];
    egret_schema_fault_t fault = { { NULL, 0 } };
    char path[4096];

    egret_xml_start();
    green->arena = egret_arena_create(egret_allocator_default(), 0);
    assert_non_null(green->arena);
    green->schemas = egret_schemas_create(green->arena);
    assert_non_null(green->schemas);
    for (size_t i = 0; i < sizeof(ids) / sizeof(ids[0]); i++) {
        spans[i] = egret_span_from(ids[i]);
    }
    (void) snprintf(path, sizeof(path), "%s/schemas", egret_test_root());
    if (egret_schemas_load_folder(green->schemas, path, spans,
                                  sizeof(ids) / sizeof(ids[0]), &fault)
        != EGRET_OK)
    {
        fail_msg("%.*s", EGRET_SPAN_ARGS(fault.text));
    }
}


void
egret_test_green_close(egret_test_green_t *green)
{
    egret_arena_destroy(green->arena);
}


void
egret_test_green_read(const egret_test_green_t *green, egret_span_t bytes,
                      egret_test_green_message_t *message)
{
    egret_validator_t *validator;
    egret_sink_t sink;

    message->arena = egret_arena_create(egret_allocator_default(), 0);
    assert_non_null(message->arena);
    egret_findings_init(&message->findings, message->arena);
    egret_tape_init(&message->tape, message->arena, bytes);
    validator = egret_validator_create(green->schemas, NULL, message->arena,
                                       &message->findings);
    assert_non_null(validator);
    sink = egret_validator_sink(validator);
    egret_assert_ok(egret_xml_read(&message->tape, NULL, &sink,
                                   &message->findings));
}


void
egret_test_green_end(egret_test_green_message_t *message)
{
    egret_arena_destroy(message->arena);
}


void
egret_test_green_assert_valid(const egret_test_green_message_t *message)
{
    if (message->findings.count > 0) {
        const egret_finding_t *finding = &message->findings.items[0];

        fail_msg("%.*s: %.*s, got %.*s, in\n%.*s",
                 EGRET_SPAN_ARGS(finding->xpath),
                 EGRET_SPAN_ARGS(finding->message),
                 EGRET_SPAN_ARGS(finding->got),
                 EGRET_SPAN_ARGS(message->tape.bytes));
    }
    assert_true(message->tape.is_whole);
}


egret_node_t
egret_test_green_block(const egret_test_green_message_t *message, size_t n)
{
    const egret_tape_t *tape = &message->tape;

    for (egret_node_t node = 0; node < tape->node_count; node++) {
        if (egret_span_equals_text(egret_tape_name(tape, node), "GrnFin")
            && n-- == 0)
        {
            return node;
        }
    }
    fail_msg("there is no such GrnFin");
    return EGRET_NODE_NONE;
}


egret_span_t
egret_test_green_wrap(egret_test_green_t *green, egret_span_t block)
{
    egret_buffer_t buffer;

    egret_buffer_init(&buffer, green->arena, LARGE);
    egret_buffer_add_text(&buffer, wrap_before);
    egret_buffer_add(&buffer, block);
    egret_buffer_add_text(&buffer, wrap_after);
    egret_assert_ok(egret_buffer_rc(&buffer));

    return egret_buffer_span(&buffer);
}


uint32_t
egret_test_green_random(uint32_t *state, uint32_t bound)
{
    *state = *state * 1664525u + 1013904223u;

    return (*state >> 16) % bound;
}


/* Writing an element again. */

typedef struct {
    const egret_tape_t *tape;
    egret_test_dress_t *dress;
    egret_buffer_t *out;
    uint32_t state;
} dresser_t;

static bool
chance(dresser_t *dresser, uint32_t of)
{
    return dresser->dress->random != 0
           && egret_test_green_random(&dresser->state, of) == 0;
}


static void
add_space(dresser_t *dresser)
{
    static const char *const spaces[] = { " ", "\n", "\t", "\r\n", "  " };

    while (chance(dresser, 3)) {
        egret_buffer_add_text(
            dresser->out, spaces[egret_test_green_random(&dresser->state, 5)]);
    }
}


static void
add_noise(dresser_t *dresser)
{
    if (chance(dresser, 6)) {
        egret_buffer_add_text(dresser->out, "<!-- <Sts>DRFT</Sts> -->");
    }
    if (chance(dresser, 12)) {
        egret_buffer_add_text(dresser->out, "<?note a?>");
    }
}


static uint32_t
code_point(egret_span_t text, size_t *length)
{
    const unsigned char *at = (const unsigned char *) text.at;
    uint32_t point = at[0];

    *length = 1;
    if (at[0] >= 0xC0) {
        *length = at[0] >= 0xF0 ? 4 : at[0] >= 0xE0 ? 3 : 2;
        point = at[0] & (0xFFu >> (*length + 1));
    }
    for (size_t i = 1; i < *length; i++) {
        point = (point << 6) | (at[i] & 0x3Fu);
    }
    return point;
}


static void
add_reference(dresser_t *dresser, uint32_t point)
{
    egret_buffer_print(dresser->out, chance(dresser, 2) ? "&#x%x;" : "&#%u;",
                       (unsigned) point);
}


static void
add_character(dresser_t *dresser, egret_span_t character, uint32_t point,
              bool in_attribute)
{
    bool is_hidden = point == '\r' || (in_attribute && point < ' ');

    if (is_hidden || chance(dresser, 10)) {
        add_reference(dresser, point);
    } else if (!in_attribute && chance(dresser, 10)) {
        egret_buffer_add_text(dresser->out, "<![CDATA[");
        egret_buffer_add(dresser->out, character);
        egret_buffer_add_text(dresser->out, "]]>");
    } else {
        egret_buffer_add_xml(dresser->out, character, in_attribute);
    }
}


static void
add_characters(dresser_t *dresser, egret_span_t text, bool in_attribute)
{
    while (text.length > 0) {
        size_t length;
        uint32_t point = code_point(text, &length);

        if (!in_attribute) {
            add_noise(dresser);
        }
        add_character(dresser, egret_span_slice(text, 0, length), point,
                      in_attribute);
        text = egret_span_slice(text, length, text.length);
    }
}


static void
add_value(dresser_t *dresser, egret_span_t text, egret_value_kind_t kind,
          bool in_attribute, bool is_counted)
{
    bool is_free = kind != EGRET_VALUE_TEXT && !in_attribute && is_counted;

    if (is_free) {
        text = egret_span_trim(text);
        add_space(dresser);
    }
    add_characters(dresser, text, in_attribute);
    if (is_counted && ++dresser->dress->values == dresser->dress->value) {
        egret_buffer_add_text(dresser->out, "x");
    }
    if (is_free) {
        add_space(dresser);
    }
}


static void
add_attribute(dresser_t *dresser, const egret_tape_attribute_t *attribute)
{
    bool is_counted = attribute->attribute != NULL;

    if (attribute->namespace_index != 0) {
        return;
    }
    egret_buffer_add_text(dresser->out, chance(dresser, 4) ? "\n " : " ");
    egret_buffer_add(dresser->out, attribute->name);
    add_space(dresser);
    egret_buffer_add_text(dresser->out, "=");
    add_space(dresser);
    egret_buffer_add_text(dresser->out, "\"");
    add_value(dresser, attribute->value, EGRET_VALUE_TEXT, true, is_counted);
    egret_buffer_add_text(dresser->out, "\"");
}


static void
add_declaration(dresser_t *dresser, egret_node_t node, const char *prefix)
{
    egret_buffer_add_text(dresser->out, " xmlns");
    egret_buffer_add_text(dresser->out, prefix[0] != '\0' ? ":" : "");
    egret_buffer_add_text(dresser->out, prefix);
    egret_buffer_add_text(dresser->out, "=\"");
    egret_buffer_add_xml(dresser->out,
                         egret_tape_namespace_uri(dresser->tape, node), true);
    egret_buffer_add_text(dresser->out, "\"");
}


static void
add_tag_name(dresser_t *dresser, egret_node_t node, const char *prefix)
{
    egret_buffer_add_text(dresser->out, prefix);
    egret_buffer_add_text(dresser->out, prefix[0] != '\0' ? ":" : "");
    egret_buffer_add(dresser->out, egret_tape_name(dresser->tape, node));
}


static void
add_start(dresser_t *dresser, egret_node_t node, const char *prefix,
          bool is_declared)
{
    const egret_tape_node_t *at = egret_tape_at(dresser->tape, node);
    uint32_t from = 0;

    if (at->attribute_count > 0 && dresser->dress->random != 0) {
        from = egret_test_green_random(&dresser->state, at->attribute_count);
    }
    egret_buffer_add_text(dresser->out, "<");
    add_tag_name(dresser, node, prefix);
    for (uint32_t i = 0; i < at->attribute_count; i++) {
        uint32_t which = (from + i) % at->attribute_count;

        add_attribute(dresser,
                      &dresser->tape
                           ->attributes[at->attribute_first + which]);
    }
    if (!is_declared) {
        add_declaration(dresser, node, prefix);
    }
    egret_buffer_add_text(dresser->out, ">");
}


static void
add_element(dresser_t *dresser, egret_node_t node, const char *prefix,
            uint16_t namespace_index, bool is_counted)
{
    static const char *const prefixes[] = { "", "g", "grn", "x-1" };
    const egret_tape_t *tape = dresser->tape;
    const egret_tape_node_t *at = egret_tape_at(tape, node);
    bool is_declared =
        at->namespace_index == namespace_index && !chance(dresser, 5);

    is_counted =
        is_counted && at->element != NULL
        && !egret_span_equals_text(egret_tape_name(tape, node), "Sgntr");
    if (is_counted && ++dresser->dress->elements == dresser->dress->element)
    {
        return;
    }
    if (!is_declared) {
        prefix = prefixes[chance(dresser, 1)
                              ? egret_test_green_random(&dresser->state, 4)
                              : 0];
    }
    add_start(dresser, node, prefix, is_declared);
    if (egret_tape_child(tape, node) == EGRET_NODE_NONE) {
        add_value(dresser, egret_tape_value(tape, node),
                  at->element != NULL ? at->element->type->kind
                                      : EGRET_VALUE_TEXT,
                  false, is_counted);
    }
    for (egret_node_t child = egret_tape_child(tape, node);
         child != EGRET_NODE_NONE; child = egret_tape_at(tape, child)->next) {
        add_space(dresser);
        add_noise(dresser);
        add_element(dresser, child, prefix, at->namespace_index, is_counted);
        add_space(dresser);
    }
    egret_buffer_add_text(dresser->out, "</");
    add_tag_name(dresser, node, prefix);
    egret_buffer_add_text(dresser->out, ">");
}


void
egret_test_green_dress(const egret_tape_t *tape, egret_node_t node,
                       egret_test_dress_t *dress, egret_buffer_t *out)
{
    dresser_t dresser = { tape, dress, out, dress->random };

    dress->values = 0;
    dress->elements = 0;
    add_element(&dresser, node, "", UINT16_MAX, true);
    egret_assert_ok(egret_buffer_rc(out));
}
