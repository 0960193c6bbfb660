/* SPDX-License-Identifier: Apache-2.0 */
/* path: "CdtTrfTxInf/IntrBkSttlmAmt/@Ccy", compiled once for a definition.
 *
 * Steps are element names below a base element, the last one may be an
 * attribute. A compiled path compares addresses, not names. A path that the
 * definition does not have compiles to one that never has a value. */
#ifndef EGRET_MSG_PATH_H
#define EGRET_MSG_PATH_H

#include "msg/tape.h"

#define EGRET_PATH_STEPS 16

typedef struct {
    const egret_element_t *steps[EGRET_PATH_STEPS];
    uint8_t step_count;
    bool is_absent;         /* the definition has no such path */
    egret_span_t attribute; /* without the @; "" when the last step is an
                               element */
} egret_path_t;

/* `text` is relative to `base` ("" is base itself). EGRET_ESYNTAX for an empty
 * step, an index or more than EGRET_PATH_STEPS steps. The text must outlive
 * the path. */
egret_rc_t egret_path_compile(const egret_element_t *base, egret_span_t text,
                              egret_path_t *out) EGRET_MUST_USE;

/* Iterates over the nodes that the path reaches below `from`, in document
 * order. */
typedef struct {
    const egret_tape_t *tape;
    const egret_path_t *path;
    egret_node_t at[EGRET_PATH_STEPS];
    egret_node_t from;
    bool is_started;
} egret_path_cursor_t;

void egret_path_start(egret_path_cursor_t *cursor, const egret_tape_t *tape,
                      egret_node_t from, const egret_path_t *path);
/* The next node, or EGRET_NODE_NONE. With an attribute: only nodes that have
 * it. */
egret_node_t egret_path_next(egret_path_cursor_t *cursor);

/* The first node, or EGRET_NODE_NONE. */
egret_node_t egret_path_first(const egret_tape_t *tape, egret_node_t from,
                              const egret_path_t *path);
/* Its value (element's or attribute's), trimmed of XML white space. False when
 * there is no such node, or it has children; `*out` is then untouched. */
bool egret_path_value(const egret_tape_t *tape, egret_node_t from,
                      const egret_path_t *path, egret_span_t *out);

#endif
