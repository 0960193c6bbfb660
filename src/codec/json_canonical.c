/* SPDX-License-Identifier: Apache-2.0 */
#include "codec/json_canonical.h"

#include <stdlib.h>

/* A control character of one byte becomes six. */
#define GROWTH 6
#define LEAST 1024
#define FEW_MEMBERS 16

/* One member of an object before it is written. */
typedef struct {
    egret_span_t key;
    size_t order; /* in the message: members of one key keep it */
    egret_node_t node;                       /* or */
    const egret_tape_attribute_t *attribute; /* not NULL */
} member_t;

typedef struct {
    const egret_tape_t *tape;
    egret_buffer_t *buffer;
} writer_t;

/* RFC 8785 orders keys by their UTF-16 code units. That is the order of the
 * bytes of UTF-8, but that characters beyond U+FFFF, written as surrogates
 * (D800 to DFFF), come before U+E000 to U+FFFF, whose first byte is EE or
 * EF. */
static unsigned
utf16_rank(unsigned char byte)
{
    if (byte >= 0xF0) {
        return byte - 2u;
    }
    return byte >= 0xEE ? byte + 0x10u : byte;
}


static int
compare_keys(egret_span_t a, egret_span_t b)
{
    for (size_t i = 0; i < a.length && i < b.length; i++) {
        if (a.at[i] != b.at[i]) {
            return utf16_rank((unsigned char) a.at[i])
                           < utf16_rank((unsigned char) b.at[i])
                       ? -1 : 1;
        }
    }
    if (a.length == b.length) {
        return 0;
    }
    return a.length < b.length ? -1 : 1;
}


static int
compare_members(const void *a, const void *b)
{
    const member_t *left = a;
    const member_t *right = b;
    int order = compare_keys(left->key, right->key);

    if (order != 0) {
        return order;
    }
    return left->order < right->order ? -1 : left->order > right->order;
}


/* Most objects have a handful of members, often in order already. */
static void
sort_members(member_t *members, size_t count)
{
    if (count > FEW_MEMBERS) {
        qsort(members, count, sizeof(*members), compare_members);
        return;
    }

    for (size_t i = 1; i < count; i++) {
        member_t member = members[i];
        size_t k = i;

        while (k > 0 && compare_members(&members[k - 1], &member) > 0) {
            members[k] = members[k - 1];
            k--;
        }
        members[k] = member;
    }
}


static bool
is_space(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}


/* White space runs become one blank, those at the ends nothing. */
static egret_rc_t
collapse(egret_span_t value, egret_arena_t *arena, egret_span_t *out)
{
    egret_span_t rest = egret_span_trim(value);
    char *at;
    size_t length = 0;

    *out = rest;
    for (size_t i = 0; i < rest.length; i++) {
        if (is_space(rest.at[i])) {
            length = rest.length;
        }
    }
    if (length == 0) {
        return EGRET_OK;
    }

    at = egret_arena_allocate(arena, rest.length);
    if (at == NULL) {
        return egret_arena_rc(arena);
    }
    length = 0;
    for (size_t i = 0; i < rest.length; i++) {
        if (!is_space(rest.at[i])) {
            at[length++] = rest.at[i];
        } else if (!is_space(rest.at[i - 1])) {
            at[length++] = ' ';
        }
    }
    *out = (egret_span_t){ at, length };
    return EGRET_OK;
}


static egret_rc_t
write_value(writer_t *writer, egret_span_t value, egret_value_kind_t kind)
{
    egret_rc_t rc = EGRET_OK;

    if (kind != EGRET_VALUE_TEXT) {
        rc = collapse(value, writer->buffer->arena, &value);
    }
    egret_buffer_add_json(writer->buffer, value);
    return rc;
}


static size_t
count_members(const egret_tape_t *tape, egret_node_t node)
{
    size_t count = egret_tape_at(tape, node)->attribute_count + (size_t) 1;

    for (egret_node_t child = egret_tape_child(tape, node);
         child != EGRET_NODE_NONE; child = egret_tape_at(tape, child)->next) {
        count++;
    }
    return count;
}


static egret_span_t
value_key(const egret_type_t *type)
{
    bool is_amount =
        egret_type_attribute(type, EGRET_SPAN(""), EGRET_SPAN("Ccy")) != NULL;

    return is_amount ? EGRET_SPAN("amt") : EGRET_SPAN("val");
}


/* The attributes that are the type's own, the children, and the value of a
 * simple content. */
static size_t
collect(const egret_tape_t *tape, egret_node_t node, egret_span_t left_out,
        member_t *members)
{
    const egret_tape_node_t *at = egret_tape_at(tape, node);
    size_t count = 0;

    for (uint32_t i = 0; i < at->attribute_count; i++) {
        const egret_tape_attribute_t *attribute =
            &tape->attributes[at->attribute_first + i];

        if (attribute->attribute != NULL) {
            members[count] = (member_t){ attribute->name, count,
                                         EGRET_NODE_NONE, attribute };
            count++;
        }
    }
    for (egret_node_t child = egret_tape_child(tape, node);
         child != EGRET_NODE_NONE; child = egret_tape_at(tape, child)->next) {
        egret_span_t name = egret_tape_name(tape, child);

        if (left_out.length == 0 || !egret_span_equals(name, left_out)) {
            members[count] = (member_t){ name, count, child, NULL };
            count++;
        }
    }
    if (at->element->type->is_simple_content) {
        members[count] = (member_t){ value_key(at->element->type), count,
                                     EGRET_NODE_NONE, NULL };
        count++;
    }
    return count;
}


static egret_rc_t write_object(writer_t *writer, egret_node_t node,
                               egret_span_t left_out);

static egret_rc_t
write_element(writer_t *writer, egret_node_t node)
{
    const egret_element_t *element = egret_tape_at(writer->tape, node)->element;

    if (element == NULL) {
        return EGRET_EINVAL;
    }
    if (!element->type->is_simple_content
        || element->type->attribute_count > 0)
    {
        return write_object(writer, node, EGRET_SPAN(""));
    }
    return write_value(writer, egret_tape_value(writer->tape, node),
                       element->type->kind);
}


/* The elements of one key; gives how many members they are. */
static egret_rc_t
write_elements(writer_t *writer, const member_t *members, size_t count,
               size_t *taken)
{
    const egret_element_t *element =
        egret_tape_at(writer->tape, members->node)->element;
    egret_rc_t rc = EGRET_OK;

    *taken = 1;
    if (element == NULL) {
        return EGRET_EINVAL;
    }
    if (!element->is_repeatable) {
        return write_element(writer, members->node);
    }

    egret_buffer_add_byte(writer->buffer, '[');
    for (size_t i = 0; rc == EGRET_OK && i < count
                       && egret_span_equals(members[i].key, members->key);
         i++)
    {
        if (i > 0) {
            egret_buffer_add_byte(writer->buffer, ',');
        }
        rc = write_element(writer, members[i].node);
        *taken = i + 1;
    }
    egret_buffer_add_byte(writer->buffer, ']');
    return rc;
}


static egret_rc_t
write_members(writer_t *writer, egret_node_t node, const member_t *members,
              size_t count)
{
    const egret_element_t *element = egret_tape_at(writer->tape, node)->element;
    egret_rc_t rc = EGRET_OK;
    size_t taken;

    egret_buffer_add_byte(writer->buffer, '{');
    for (size_t i = 0; i < count && rc == EGRET_OK; i += taken) {
        if (i > 0) {
            egret_buffer_add_byte(writer->buffer, ',');
        }
        egret_buffer_add_json(writer->buffer, members[i].key);
        egret_buffer_add_byte(writer->buffer, ':');
        taken = 1;
        if (members[i].attribute != NULL) {
            rc = write_value(writer, members[i].attribute->value,
                             members[i].attribute->attribute->kind);
        } else if (members[i].node != EGRET_NODE_NONE) {
            rc = write_elements(writer, members + i, count - i, &taken);
        } else {
            rc = write_value(writer, egret_tape_value(writer->tape, node),
                             element->type->kind);
        }
    }
    egret_buffer_add_byte(writer->buffer, '}');
    return rc;
}


static egret_rc_t
write_object(writer_t *writer, egret_node_t node, egret_span_t left_out)
{
    egret_arena_t *arena = writer->buffer->arena;
    member_t *members;
    size_t count;

    if (egret_tape_at(writer->tape, node)->element == NULL) {
        return EGRET_EINVAL;
    }

    members = egret_arena_allocate(
        arena, count_members(writer->tape, node) * sizeof(*members));
    if (members == NULL) {
        return egret_arena_rc(arena);
    }
    count = collect(writer->tape, node, left_out, members);
    sort_members(members, count);
    return write_members(writer, node, members, count);
}


egret_rc_t
egret_json_canonical_write(const egret_tape_t *tape, egret_node_t node,
                           egret_span_t left_out, egret_buffer_t *buffer)
{
    writer_t writer = { tape, buffer };
    egret_rc_t rc = write_object(&writer, node, left_out);

    return rc == EGRET_OK ? egret_buffer_rc(buffer) : rc;
}


egret_rc_t
egret_block_digest(const egret_tape_t *tape, egret_node_t block,
                   egret_arena_t *arena, egret_sha256_t *out)
{
    size_t maximum = tape->bytes.length * GROWTH + LEAST;
    egret_buffer_t buffer;
    egret_rc_t rc;

    egret_buffer_init(&buffer, arena, maximum);
    rc = egret_json_canonical_write(tape, block, EGRET_SPAN("Sgntr"), &buffer);
    return rc == EGRET_OK ? egret_sha256(egret_buffer_span(&buffer), out) : rc;
}
