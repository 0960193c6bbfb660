/* SPDX-License-Identifier: Apache-2.0 */
#include "answer/reframe.h"

#include "msg/edit.h"

/* What the header and the namespaces of a wrapper can add: as much as the
 * message had around its own Document. */
#define ROOM ((size_t) 1024 * 1024)

/* Namespaces that the answer's wrapper declares. */
typedef struct {
    egret_span_t name; /* "xmlns" or "xmlns:…" */
    egret_span_t value; /* as it stands, with its quotation marks */
} declaration_t;

typedef struct {
    declaration_t *items;
    size_t count;
    size_t capacity;
    egret_arena_t *arena;
} declarations_t;

static egret_node_t
parent_of(const egret_tape_t *tape, egret_node_t node)
{
    return node == EGRET_NODE_NONE ? node : egret_tape_at(tape, node)->parent;
}

static bool
has_same_name(const egret_tape_t *a, egret_node_t in_a, const egret_tape_t *b,
              egret_node_t in_b)
{
    return egret_span_equals(egret_tape_name(a, in_a),
                             egret_tape_name(b, in_b))
           && egret_span_equals(egret_tape_namespace_uri(a, in_a),
                                egret_tape_namespace_uri(b, in_b));
}

static bool
is_below_the_same(const egret_tape_t *a, egret_node_t in_a,
                  const egret_tape_t *b, egret_node_t in_b)
{
    while (in_a != EGRET_NODE_NONE && in_b != EGRET_NODE_NONE) {
        if (!has_same_name(a, in_a, b, in_b)) {
            return false;
        }
        in_a = parent_of(a, in_a);
        in_b = parent_of(b, in_b);
    }

    return in_a == in_b;
}

/* The number of elements that lead to both AppHdr and Document. */
static unsigned
shared_depth(const egret_tape_t *tape)
{
    egret_node_t a = parent_of(tape, tape->app_hdr);
    egret_node_t b = parent_of(tape, tape->document);

    while (a != b) {
        if (a == EGRET_NODE_NONE || b == EGRET_NODE_NONE) {
            return 0;
        }
        if (a > b) {
            a = parent_of(tape, a);
        } else {
            b = parent_of(tape, b);
        }
    }

    return a == EGRET_NODE_NONE ? 0 : egret_tape_at(tape, a)->depth;
}

bool
egret_reframe_is_same(const egret_tape_t *message, const egret_tape_t *answer)
{
    bool has_header = message->app_hdr != EGRET_NODE_NONE;

    if (has_header != (answer->app_hdr != EGRET_NODE_NONE)) {
        return false;
    }

    if (!is_below_the_same(message, parent_of(message, message->document),
                           answer, parent_of(answer, answer->document)))
    {
        return false;
    }

    return !has_header
           || (shared_depth(message) == shared_depth(answer)
               && is_below_the_same(message, message->app_hdr, answer,
                                    answer->app_hdr));
}

egret_rc_t
egret_reframe_relate(const egret_answer_request_t *request,
                     const egret_tape_t *answer, egret_arena_t *arena,
                     egret_span_t *out)
{
    const egret_tape_node_t *header;
    egret_buffer_t related;
    egret_edits_t edits;
    egret_rc_t rc;

    *out = answer->bytes;
    if (answer->app_hdr == EGRET_NODE_NONE
        || egret_tape_child_named(answer, answer->app_hdr,
                                  EGRET_SPAN("Rltd"))
           != EGRET_NODE_NONE)
    {
        return EGRET_OK;
    }

    header = egret_tape_at(answer, answer->app_hdr);
    egret_buffer_init(&related, arena, ROOM);
    egret_frame_related(request->verdict, header->prefix_length > 0,
                        &related);
    if (egret_buffer_rc(&related) != EGRET_OK) {
        return egret_buffer_rc(&related);
    }

    egret_edits_init(&edits, arena);
    rc = egret_edits_add(&edits, header->end_open, header->end_open,
                         egret_buffer_span(&related));

    return rc == EGRET_OK
           ? egret_edits_apply(&edits, answer->bytes,
                               answer->bytes.length + ROOM, arena, out)
           : rc;
}

static bool
is_space(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n';
}

static bool
is_declared(const declarations_t *declarations, egret_span_t name)
{
    for (size_t i = 0; i < declarations->count; i++) {
        if (egret_span_equals(declarations->items[i].name, name)) {
            return true;
        }
    }

    return false;
}

static egret_rc_t
add_declaration(declarations_t *declarations, egret_span_t name,
                egret_span_t value)
{
    declaration_t *items = declarations->items;
    size_t capacity = declarations->capacity;

    if (declarations->count == capacity) {
        capacity = capacity == 0 ? 8 : capacity * 2;
        items = egret_arena_grow(declarations->arena, items,
                                 declarations->capacity * sizeof(*items),
                                 capacity * sizeof(*items));
        if (items == NULL) {
            return egret_arena_rc(declarations->arena);
        }
        declarations->items = items;
        declarations->capacity = capacity;
    }

    items[declarations->count].name = name;
    items[declarations->count++].value = value;

    return EGRET_OK;
}

/* The declarations of a start tag that the codec found to be well-formed, but
 * for those that stand in a tag further in. */
static egret_rc_t
read_tag(declarations_t *declarations, egret_span_t tag)
{
    egret_rc_t rc = EGRET_OK;
    size_t i = 0;

    while (rc == EGRET_OK && i < tag.length) {
        egret_span_t name, value;
        size_t start, from;

        while (i < tag.length && !is_space(tag.at[i])) {
            i++;
        }
        while (i < tag.length && is_space(tag.at[i])) {
            i++;
        }

        start = i;
        while (i < tag.length && tag.at[i] != '=' && !is_space(tag.at[i])) {
            i++;
        }
        name = egret_span_slice(tag, start, i);
        while (i < tag.length && tag.at[i] != '"' && tag.at[i] != '\'') {
            i++;
        }
        if (i == tag.length) {
            break;
        }

        from = i;
        i += 1 + egret_span_find(egret_span_slice(tag, i + 1, tag.length),
                                 tag.at[i]) + 1;
        value = egret_span_slice(tag, from, i);

        if ((egret_span_equals_text(name, "xmlns")
             || egret_span_starts_with(name, EGRET_SPAN("xmlns:")))
            && !is_declared(declarations, name))
        {
            rc = add_declaration(declarations, name, value);
        }
    }

    return rc;
}

/* Document's start tag up to where its own declarations begin, those that it
 * had from above, and the rest of its bytes as they are. */
static egret_rc_t
write_document(const egret_tape_t *answer, bool is_wrapped,
               egret_buffer_t *buffer)
{
    const egret_tape_node_t *at = egret_tape_at(answer, answer->document);
    declarations_t declarations = { .arena = buffer->arena };
    egret_node_t node = answer->document;
    size_t own = 0, cut;

    while (node != EGRET_NODE_NONE) {
        const egret_tape_node_t *above = egret_tape_at(answer, node);
        egret_rc_t rc;

        rc = read_tag(&declarations, egret_span_slice(answer->bytes,
                                                      above->tag_open,
                                                      above->tag_close));
        if (rc != EGRET_OK) {
            return rc;
        }
        if (node == answer->document) {
            own = declarations.count;
        }
        node = above->parent;
    }

    cut = at->tag_open + 1 + at->name_length
          + (at->prefix_length > 0 ? at->prefix_length + 1u : 0u);
    egret_buffer_add(buffer, egret_span_slice(answer->bytes, at->tag_open,
                                              cut));

    for (size_t i = own; i < declarations.count; i++) {
        egret_buffer_add_byte(buffer, ' ');
        egret_buffer_add(buffer, declarations.items[i].name);
        egret_buffer_add_byte(buffer, '=');
        egret_buffer_add(buffer, declarations.items[i].value);
    }

    /* In the sender's wrapper what has no namespace would have its. */
    if (is_wrapped && !is_declared(&declarations, EGRET_SPAN("xmlns"))) {
        egret_buffer_add_text(buffer, " xmlns=\"\"");
    }

    egret_buffer_add(buffer, egret_span_slice(answer->bytes, cut,
                                              at->end_close));

    return EGRET_OK;
}

egret_rc_t
egret_reframe_write(const egret_answer_request_t *request,
                    const egret_tape_t *answer, egret_span_t definition,
                    egret_arena_t *arena, egret_span_t *out)
{
    egret_buffer_t buffer;
    egret_frame_t frame;
    egret_rc_t rc;

    egret_buffer_init(&buffer, arena, answer->bytes.length + ROOM);
    egret_frame_open_for(&frame, request, answer, definition, &buffer);

    rc = write_document(answer, frame.header_parent != EGRET_NODE_NONE,
                        &buffer);
    if (rc != EGRET_OK) {
        return rc;
    }

    egret_frame_close(&frame);
    *out = egret_buffer_span(&buffer);

    return egret_buffer_rc(&buffer);
}
