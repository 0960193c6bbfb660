/* SPDX-License-Identifier: Apache-2.0 */

#include "message.h"

#include <string.h>

#define SCOPES 1024
#define NAME(literal) { (literal), sizeof(literal) - 1 }
#define DEFINITION &egret_test_definition
#define CHILDREN(array)                                                       \
    .children = (array), .child_count = sizeof(array) / sizeof((array)[0])
#define LEAF(variable, name_text, type_of, repeats, number)                   \
    static const egret_element_t variable = {                                 \
        NAME(name_text), DEFINITION, &(type_of), repeats, number              \
    }

static const egret_attribute_t amount_attributes[] = {
    { .name = NAME("Ccy"), .is_required = true, .kind = EGRET_VALUE_TEXT },
};
static const egret_type_t text_type = { .name = NAME("Max35Text"),
                                        .kind = EGRET_VALUE_TEXT,
                                        .is_simple_content = true };
static const egret_type_t amount_type = { .name = NAME("Amount"),
                                          .kind = EGRET_VALUE_DECIMAL,
                                          .is_simple_content = true,
                                          .attributes = amount_attributes,
                                          .attribute_count = 1 };

LEAF(end_to_end_id, "EndToEndId", text_type, false, 0);
LEAF(name_of_party, "Nm", text_type, false, 1);
LEAF(unstructured, "Ustrd", text_type, true, 2);
LEAF(message_id, "MsgId", text_type, false, 3);
LEAF(number_of_transactions, "NbOfTxs", text_type, false, 4);
LEAF(amount, "IntrBkSttlmAmt", amount_type, false, 5);

static const egret_element_t *const payment_children[] = { &end_to_end_id };
static const egret_type_t payment_type = { CHILDREN(payment_children) };
LEAF(payment, "PmtId", payment_type, false, 6);

static const egret_element_t *const party_children[] = { &name_of_party };
static const egret_type_t party_type = { CHILDREN(party_children) };
LEAF(creditor, "Cdtr", party_type, false, 7);

static const egret_element_t *const remittance_children[] = { &unstructured };
static const egret_type_t remittance_type = { CHILDREN(remittance_children) };
LEAF(remittance, "RmtInf", remittance_type, false, 8);

static const egret_element_t *const transaction_children[] = {
    &payment, &amount, &creditor, &remittance
};
static const egret_type_t transaction_type = { CHILDREN(transaction_children) };
LEAF(transaction, "CdtTrfTxInf", transaction_type, true, 9);

static const egret_element_t *const group_children[] = {
    &message_id, &number_of_transactions
};
static const egret_type_t group_type = { CHILDREN(group_children) };
LEAF(group, "GrpHdr", group_type, false, 10);

static const egret_element_t *const transfer_children[] = { &group,
                                                            &transaction };
static const egret_type_t transfer_type = { CHILDREN(transfer_children) };
LEAF(transfer, "FIToFICstmrCdtTrf", transfer_type, false, 11);

static const egret_element_t *const document_children[] = { &transfer };
static const egret_type_t document_type = { CHILDREN(document_children) };
LEAF(document, "Document", document_type, false, 12);

static const egret_element_t *const roots[] = { &document };

const egret_definition_t egret_test_definition = {
    .namespace_uri = NAME(EGRET_TEST_NAMESPACE),
    .id = NAME("pacs.008.001.08"),
    .roots = roots,
    .root_count = 1,
    .element_count = 13,
};

typedef struct {
    egret_span_t prefix;
    egret_span_t uri;
    size_t depth;
} scope_t;

typedef struct {
    egret_tape_t *tape;
    const egret_sink_t *sink;
    size_t at;
    size_t depth;
    scope_t scopes[SCOPES];
    size_t scope_count;
} reader_t;


static char
peek(const reader_t *reader)
{
    egret_span_t bytes = reader->tape->bytes;

    return reader->at < bytes.length ? bytes.at[reader->at] : '\0';
}


static egret_span_t
take_until(reader_t *reader, const char *ends)
{
    size_t from = reader->at;

    while (peek(reader) != '\0' && strchr(ends, peek(reader)) == NULL) {
        reader->at++;
    }

    return egret_span_slice(reader->tape->bytes, from, reader->at);
}


static void
split_name(egret_span_t written, egret_span_t *prefix, egret_span_t *local)
{
    size_t colon = egret_span_find(written, ':');

    *prefix = EGRET_SPAN("");
    *local = written;
    if (colon < written.length) {
        *prefix = egret_span_slice(written, 0, colon);
        *local = egret_span_slice(written, colon + 1, written.length);
    }
}


static egret_span_t
find_uri(const reader_t *reader, egret_span_t prefix)
{
    for (size_t i = reader->scope_count; i > 0; i--) {
        if (egret_span_equals(reader->scopes[i - 1].prefix, prefix)) {
            return reader->scopes[i - 1].uri;
        }
    }

    assert_int_equal(prefix.length, 0);

    return EGRET_SPAN("");
}


/* Attributes of one start tag; gives those that are no xmlns. */
static size_t
read_attributes(reader_t *reader, egret_tape_attribute_t *out, size_t room)
{
    size_t count = 0;

    for (;;) {
        egret_span_t written;
        egret_span_t value;
        egret_span_t prefix;
        egret_span_t local;

        while (peek(reader) == ' ' || peek(reader) == '\n') {
            reader->at++;
        }
        if (peek(reader) == '>' || peek(reader) == '/') {
            return count;
        }

        written = take_until(reader, "=");
        reader->at += 2;
        value = take_until(reader, "\"");
        reader->at++;
        split_name(written, &prefix, &local);

        if (egret_span_equals_text(written, "xmlns")
            || egret_span_equals_text(prefix, "xmlns")) {
            assert_in_range(reader->scope_count, 0, SCOPES - 1);
            reader->scopes[reader->scope_count++] = (scope_t){
                prefix.length > 0 ? local : EGRET_SPAN(""), value,
                reader->depth
            };
        } else {
            assert_in_range(count, 0, room - 1);
            out[count++] = (egret_tape_attribute_t){ .name = local,
                                                     .value = value };
        }
    }
}


static void
name_declaration(egret_tape_t *tape, egret_node_t node)
{
    egret_node_t parent = tape->nodes[node].parent;
    egret_span_t name = egret_tape_name(tape, node);
    const egret_element_t *above = NULL;

    if (parent != EGRET_NODE_NONE) {
        above = tape->nodes[parent].element;
    }
    if (above != NULL) {
        tape->nodes[node].element = egret_type_child(above->type, name);
    } else if (egret_span_equals_text(egret_tape_namespace_uri(tape, node),
                                      EGRET_TEST_NAMESPACE)) {
        tape->nodes[node].element =
            egret_definition_root(&egret_test_definition, name);
    }
}


static egret_rc_t
close_element(reader_t *reader, size_t end_open)
{
    egret_node_t node = reader->tape->open;

    egret_tape_close(reader->tape, (uint32_t) end_open, (uint32_t) reader->at);
    reader->depth--;
    while (reader->scope_count > 0
           && reader->scopes[reader->scope_count - 1].depth > reader->depth) {
        reader->scope_count--;
    }

    if (reader->sink != NULL) {
        return reader->sink->close(reader->sink->context, reader->tape, node);
    }

    return EGRET_OK;
}


static egret_rc_t
append_element(reader_t *reader, egret_tape_node_t *start,
               egret_span_t prefix, const egret_tape_attribute_t *attributes,
               size_t count)
{
    egret_tape_t *tape = reader->tape;
    egret_node_t node;
    egret_rc_t rc = egret_tape_namespace(tape, find_uri(reader, prefix),
                                         &start->namespace_index);

    if (rc == EGRET_OK) {
        rc = egret_tape_append(tape, start, &node);
    }
    for (size_t i = 0; rc == EGRET_OK && i < count; i++) {
        rc = egret_tape_add_attribute(tape, &attributes[i]);
    }
    if (rc != EGRET_OK) {
        return rc;
    }

    name_declaration(tape, node);
    if (reader->sink != NULL) {
        return reader->sink->open(reader->sink->context, tape, node);
    }

    return EGRET_OK;
}


static egret_rc_t
read_start(reader_t *reader)
{
    egret_tape_attribute_t attributes[300];
    egret_tape_node_t start = { .tag_open = (uint32_t) reader->at };
    egret_span_t prefix;
    egret_span_t local;
    bool is_empty;
    size_t count;
    egret_rc_t rc;

    reader->at++;
    reader->depth++;
    split_name(take_until(reader, " \n/>"), &prefix, &local);
    count = read_attributes(reader, attributes, 300);
    is_empty = peek(reader) == '/';
    reader->at += is_empty ? 2 : 1;

    start.name = local.at;
    start.name_length = (uint16_t) local.length;
    start.prefix_length = (uint16_t) prefix.length;
    start.tag_close = (uint32_t) reader->at;
    start.line = egret_tape_line(reader->tape, start.tag_open);
    start.flags = is_empty ? EGRET_NODE_EMPTY_TAG : 0;

    rc = append_element(reader, &start, prefix, attributes, count);
    if (rc != EGRET_OK || !is_empty) {
        return rc;
    }

    return close_element(reader, reader->at);
}


static egret_rc_t
read_end(reader_t *reader)
{
    egret_tape_t *tape = reader->tape;
    size_t end_open = reader->at;
    egret_span_t prefix;
    egret_span_t local;

    reader->at += 2;
    split_name(take_until(reader, ">"), &prefix, &local);
    reader->at++;
    assert_int_not_equal(tape->open, EGRET_NODE_NONE);
    egret_test_assert_span(local, egret_tape_name(tape, tape->open), __FILE__,
                           __LINE__);

    return close_element(reader, end_open);
}


static void
read_text(reader_t *reader)
{
    egret_span_t text = take_until(reader, "<");
    egret_tape_t *tape = reader->tape;

    if (tape->open != EGRET_NODE_NONE) {
        tape->nodes[tape->open].value = text.at;
        tape->nodes[tape->open].value_length = (uint32_t) text.length;
    }
}


egret_rc_t
egret_test_message(egret_tape_t *tape, const egret_sink_t *sink)
{
    reader_t reader = { .tape = tape, .sink = sink };
    egret_rc_t rc = EGRET_OK;

    while (rc == EGRET_OK && reader.at < tape->bytes.length) {
        if (peek(&reader) != '<') {
            read_text(&reader);
        } else if (tape->bytes.at[reader.at + 1] == '/') {
            rc = read_end(&reader);
        } else {
            rc = read_start(&reader);
        }
    }
    if (rc == EGRET_OK) {
        assert_int_equal(tape->open, EGRET_NODE_NONE);
        tape->is_whole = true;
    }

    return rc;
}


void
egret_test_tape(egret_tape_t *tape, egret_arena_t *arena, const char *text)
{
    egret_tape_init(tape, arena, egret_span_from(text));
    egret_assert_ok(egret_test_message(tape, NULL));
}


egret_node_t
egret_test_node(const egret_tape_t *tape, const char *name)
{
    egret_node_t node = 0;

    while (node < tape->node_count
           && !egret_span_equals_text(egret_tape_name(tape, node), name)) {
        node++;
    }
    assert_in_range(node, 0, tape->node_count - 1);

    return node;
}
