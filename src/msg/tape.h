/* SPDX-License-Identifier: Apache-2.0 */
/* tape: one message as a flat array of nodes in document order over the
 * original bytes.
 *
 * Whatever the syntax, the codec fills the same tape, so that everything after
 * it is blind to syntax. The first child of a node, if it has one, is the node
 * right after it. The bytes belong to the caller and outlive the tape; values
 * point into them, or into the arena where references, CDATA or line ends make
 * a value differ from its bytes.
 *
 * A tape is built by `append`, `attribute`, `close` in document order. After
 * each start (with its attributes) and each end the codec calls the sink, so a
 * validator sees the nodes while they are built, and names their
 * declarations. */
#ifndef EGRET_MSG_TAPE_H
#define EGRET_MSG_TAPE_H

#include "msg/definition.h"
#include "util/arena.h"

typedef uint32_t egret_node_t;
#define EGRET_NODE_NONE UINT32_MAX

#define EGRET_TAPE_DEPTH 255
/* No message needs more; a search through them stays short. */
#define EGRET_TAPE_NAMESPACES 256

#define EGRET_NODE_HAS_TEXT 0x01  /* text other than XML white space */
#define EGRET_NODE_HAS_CHILD 0x02
#define EGRET_NODE_EMPTY_TAG 0x04 /* written <a/> */
#define EGRET_NODE_DECODED 0x08   /* the value is not the bytes as they stand */
#define EGRET_NODE_CLOSED 0x10
#define EGRET_NODE_REFUSED 0x20 /* a schema does not allow its value or one of
                                   its attributes, or misses an attribute */

typedef struct {
    const egret_attribute_t *attribute; /* NULL when not declared */
    egret_span_t name;          /* local */
    egret_span_t value;         /* decoded, attribute-value normalised */
    uint16_t namespace_index;   /* into tape->namespaces; 0 is "" */
} egret_tape_attribute_t;

typedef struct {
    const egret_element_t *element; /* NULL when not declared */
    const char *name;               /* local name */
    const char *value; /* all text of an element without children, decoded, not
                          trimmed; NULL in one that has children */
    uint32_t value_length;
    uint32_t text_offset; /* of the first text that is not white space */
    uint16_t name_length;
    uint16_t prefix_length; /* 0: no prefix. The prefix stands in the bytes at
                               tag_open + 1 (XML) */
    uint16_t namespace_index;
    uint8_t depth; /* the root has 1 */
    uint8_t flags;
    egret_node_t parent;
    egret_node_t next;      /* sibling, or EGRET_NODE_NONE */
    uint32_t tag_open;      /* offset of '<' of the start tag */
    uint32_t tag_close;     /* offset after its '>' */
    uint32_t end_open;      /* of '<' of the end tag; tag_close if empty */
    uint32_t end_close;     /* offset after its '>' */
    uint32_t line;          /* of the start tag, from 1 */
    uint32_t attribute_first;
    uint32_t attribute_count;
} egret_tape_node_t;

typedef struct {
    egret_arena_t *arena;
    egret_span_t bytes;
    egret_tape_node_t *nodes;
    uint32_t node_count;
    uint32_t node_capacity;
    egret_tape_attribute_t *attributes;
    uint32_t attribute_count;
    uint32_t attribute_capacity;
    egret_span_t *namespaces; /* [0] is "" */
    uint32_t namespace_count;
    uint32_t namespace_capacity;
    egret_node_t open; /* the innermost open element while building */
    /* By depth, while building. */
    egret_node_t last_child[EGRET_TAPE_DEPTH + 1];
    egret_node_t app_hdr;  /* set by msg/envelope */
    egret_node_t document; /* set by msg/envelope */
    bool is_whole; /* the codec read it to its end without a fault */
} egret_tape_t;

/* What the codec drives while it fills a tape. Each returns EGRET_OK to go on;
 * anything else stops the codec, which returns it. */
typedef struct {
    void *context;
    /* The node is appended with all its attributes, nothing of its content. It
     * may set element and attribute declarations on the tape. */
    egret_rc_t (*open)(void *context, egret_tape_t *tape, egret_node_t node);
    /* The node's value and offsets are complete. */
    egret_rc_t (*close)(void *context, egret_tape_t *tape, egret_node_t node);
} egret_sink_t;

void egret_tape_init(egret_tape_t *tape, egret_arena_t *arena,
                     egret_span_t bytes);

/* The index of a namespace, added (not copied) if new. EGRET_ENOMEM,
 * EGRET_ELIMIT: the arena's, or namespace_count is EGRET_TAPE_NAMESPACES. */
egret_rc_t egret_tape_namespace(egret_tape_t *tape, egret_span_t uri,
                                uint16_t *index) EGRET_MUST_USE;
/* Appends an element below the open one and makes it the open one. The caller
 * has set name, prefix_length, namespace_index, tag_open, tag_close, line; the
 * tape sets parent, depth, next of the sibling before, attribute_first and
 * EGRET_NODE_HAS_CHILD of the parent. Nodes may move: an address of a node or
 * of an attribute is good until the next append. EGRET_ENOMEM; EGRET_ELIMIT:
 * the arena's, or deeper than EGRET_TAPE_DEPTH. */
egret_rc_t egret_tape_append(egret_tape_t *tape, const egret_tape_node_t *node,
                             egret_node_t *out) EGRET_MUST_USE;
/* Adds an attribute to the node just appended. EGRET_ENOMEM; EGRET_ELIMIT;
 * EGRET_EINVAL when another node was appended or closed since. */
egret_rc_t egret_tape_add_attribute(egret_tape_t *tape,
                                    const egret_tape_attribute_t *attribute)
    EGRET_MUST_USE;
/* Closes the open element; its parent becomes the open one. The caller has set
 * its value; of one that has children it is taken away. */
void egret_tape_close(egret_tape_t *tape, uint32_t end_open,
                      uint32_t end_close);

static inline const egret_tape_node_t *
egret_tape_at(const egret_tape_t *tape, egret_node_t node)
{
    return &tape->nodes[node];
}

static inline egret_span_t
egret_tape_name(const egret_tape_t *tape, egret_node_t node)
{
    const egret_tape_node_t *at = egret_tape_at(tape, node);

    return (egret_span_t){ at->name, at->name_length };
}

egret_span_t egret_tape_prefix(const egret_tape_t *tape, egret_node_t node);

static inline egret_span_t
egret_tape_namespace_uri(const egret_tape_t *tape, egret_node_t node)
{
    uint16_t index = egret_tape_at(tape, node)->namespace_index;

    return index == 0 ? EGRET_SPAN("") : tape->namespaces[index];
}

/* The value as it stands (not trimmed); "" for a node with children. */
static inline egret_span_t
egret_tape_value(const egret_tape_t *tape, egret_node_t node)
{
    const egret_tape_node_t *at = egret_tape_at(tape, node);

    if (at->value == NULL || (at->flags & EGRET_NODE_HAS_CHILD)) {
        return EGRET_SPAN("");
    }
    return (egret_span_t){ at->value, at->value_length };
}

/* First child, or EGRET_NODE_NONE. */
static inline egret_node_t
egret_tape_child(const egret_tape_t *tape, egret_node_t node)
{
    if (egret_tape_at(tape, node)->flags & EGRET_NODE_HAS_CHILD) {
        return node + 1;
    }
    return EGRET_NODE_NONE;
}

/* First child of that local name (any namespace), or EGRET_NODE_NONE. */
egret_node_t egret_tape_child_named(const egret_tape_t *tape, egret_node_t node,
                                    egret_span_t name);
/* The attribute without a namespace, or NULL. */
const egret_tape_attribute_t *
egret_tape_attribute(const egret_tape_t *tape, egret_node_t node,
                     egret_span_t name);
/* Column in characters, from 1, of a byte offset: walks back to the line's
 * start. A byte order mark has no column. */
uint32_t egret_tape_column(const egret_tape_t *tape, uint32_t offset);
/* Line, from 1, of a byte offset: walks through all bytes before it. */
uint32_t egret_tape_line(const egret_tape_t *tape, uint32_t offset);

#define EGRET_XPATH_MAXIMUM 4096
/* Prefix-free path from AppHdr or Document (from the root for a node outside
 * both), `[n]` on every element that its declaration lets repeat (on any
 * other: when it has a sibling of its expanded name before it). `attribute`
 * may be empty; EGRET_NODE_NONE gives "". A path beyond EGRET_XPATH_MAXIMUM
 * bytes has its long names cut, then its middle left out: "...". Walks the
 * siblings before each step. at == NULL when the arena refuses. */
egret_span_t egret_tape_xpath(const egret_tape_t *tape, egret_node_t node,
                              egret_span_t attribute, egret_arena_t *arena)
    EGRET_MUST_USE;

#endif
