/* SPDX-License-Identifier: Apache-2.0 */

#include "msg/path.h"

#include <string.h>

static egret_rc_t
compile_step(const egret_element_t **at, egret_span_t step, egret_path_t *path)
{
    if (step.length == 0 || step.at[0] == '@'
        || egret_span_find(step, '[') < step.length
        || path->step_count == EGRET_PATH_STEPS) {
        return EGRET_ESYNTAX;
    }

    if (*at != NULL) {
        *at = egret_type_child((*at)->type, step);
    }
    path->is_absent = *at == NULL;
    path->steps[path->step_count++] = *at;
    return EGRET_OK;
}


static egret_rc_t
compile_attribute(const egret_element_t *at, egret_span_t name,
                  egret_path_t *path)
{
    if (name.length == 0 || egret_span_find(name, '/') < name.length
        || egret_span_find(name, '[') < name.length) {
        return EGRET_ESYNTAX;
    }

    path->attribute = name;
    path->is_absent =
        at == NULL
        || egret_type_attribute(at->type, EGRET_SPAN(""), name) == NULL;
    return EGRET_OK;
}


egret_rc_t
egret_path_compile(const egret_element_t *base, egret_span_t text,
                   egret_path_t *out)
{
    egret_path_t path;
    const egret_element_t *at = base;
    size_t from = 0;

    memset(&path, 0, sizeof(path));
    path.is_absent = base == NULL;
    while (text.length > 0 && from <= text.length) {
        egret_span_t rest = egret_span_slice(text, from, text.length);
        size_t length = egret_span_find(rest, '/');
        egret_rc_t rc;

        if (rest.length > 0 && rest.at[0] == '@') {
            rc = compile_attribute(at, egret_span_slice(rest, 1, rest.length),
                                   &path);
            from = text.length;
        } else {
            rc = compile_step(&at, egret_span_slice(rest, 0, length), &path);
            from += length;
        }
        if (rc != EGRET_OK) {
            return rc;
        }
        from++;
    }

    *out = path;
    return EGRET_OK;
}


static bool
has_attribute(const egret_tape_t *tape, egret_node_t node,
              const egret_path_t *path)
{
    return path->attribute.length == 0
           || egret_tape_attribute(tape, node, path->attribute) != NULL;
}


/* `node` or the next of its siblings that is this step. */
static egret_node_t
find_step(const egret_tape_t *tape, egret_node_t node,
          const egret_element_t *step)
{
    while (node != EGRET_NODE_NONE
           && egret_tape_at(tape, node)->element != step) {
        node = egret_tape_at(tape, node)->next;
    }
    return node;
}


void
egret_path_start(egret_path_cursor_t *cursor, const egret_tape_t *tape,
                 egret_node_t from, const egret_path_t *path)
{
    cursor->tape = tape;
    cursor->path = path;
    cursor->from = path->is_absent ? EGRET_NODE_NONE : from;
    cursor->is_started = false;
}


static egret_node_t
base_itself(egret_path_cursor_t *cursor)
{
    egret_node_t node = cursor->from;

    cursor->from = EGRET_NODE_NONE;
    return has_attribute(cursor->tape, node, cursor->path) ? node
                                                           : EGRET_NODE_NONE;
}


egret_node_t
egret_path_next(egret_path_cursor_t *cursor)
{
    const egret_tape_t *tape = cursor->tape;
    const egret_path_t *path = cursor->path;
    size_t last = (size_t) path->step_count - 1;
    size_t level = cursor->is_started ? last : 0;
    egret_node_t node;

    if (cursor->from == EGRET_NODE_NONE) {
        return EGRET_NODE_NONE;
    }
    if (path->step_count == 0) {
        return base_itself(cursor);
    }

    node = cursor->is_started ? egret_tape_at(tape, cursor->at[last])->next
                              : egret_tape_child(tape, cursor->from);
    cursor->is_started = true;
    for (;;) {
        node = find_step(tape, node, path->steps[level]);
        if (node == EGRET_NODE_NONE) {
            if (level == 0) {
                cursor->from = EGRET_NODE_NONE;
                return EGRET_NODE_NONE;
            }
            node = egret_tape_at(tape, cursor->at[--level])->next;
            continue;
        }

        cursor->at[level] = node;
        if (level < last) {
            node = egret_tape_child(tape, node);
            level++;
        } else if (has_attribute(tape, node, path)) {
            return node;
        } else {
            node = egret_tape_at(tape, node)->next;
        }
    }
}


egret_node_t
egret_path_first(const egret_tape_t *tape, egret_node_t from,
                 const egret_path_t *path)
{
    egret_path_cursor_t cursor;

    egret_path_start(&cursor, tape, from, path);
    return egret_path_next(&cursor);
}


bool
egret_path_value(const egret_tape_t *tape, egret_node_t from,
                 const egret_path_t *path, egret_span_t *out)
{
    egret_node_t node = egret_path_first(tape, from, path);

    if (node == EGRET_NODE_NONE) {
        return false;
    }
    if (path->attribute.length > 0) {
        *out = egret_span_trim(
            egret_tape_attribute(tape, node, path->attribute)->value);
        return true;
    }
    if (egret_tape_child(tape, node) != EGRET_NODE_NONE) {
        return false;
    }
    *out = egret_span_trim(egret_tape_value(tape, node));
    return true;
}
