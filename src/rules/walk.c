/* SPDX-License-Identifier: Apache-2.0 */
#include "rules/walk.h"

#include <string.h>

/* What is known of the element that the steps have come to. */
typedef struct {
    const egret_type_t *type; /* NULL: not declared, any name goes */
} declared_t;

static bool
is_step(egret_span_t step)
{
    return step.length > 0 && step.at[0] != '@'
           && egret_span_find(step, '[') == step.length;
}


static egret_rc_t
add_attribute(egret_walk_t *walk, const declared_t *declared,
              egret_span_t name)
{
    if (name.length == 0 || egret_span_find(name, '/') < name.length
        || egret_span_find(name, '[') < name.length)
    {
        return EGRET_ESYNTAX;
    }
    walk->attribute = name;
    if (declared->type != NULL
        && egret_type_attribute(declared->type, EGRET_SPAN(""), name) == NULL)
    {
        return EGRET_ENOTFOUND;
    }

    return EGRET_OK;
}


static egret_rc_t
add_step(egret_walk_t *walk, declared_t *declared, egret_span_t step)
{
    const egret_element_t *element;

    if (!is_step(step) || walk->step_count == EGRET_WALK_STEPS) {
        return EGRET_ESYNTAX;
    }
    walk->steps[walk->step_count++] = step;
    if (declared->type == NULL) {
        return EGRET_OK;
    }

    element = egret_type_child(declared->type, step);
    if (element == NULL && !declared->type->has_wildcard) {
        return EGRET_ENOTFOUND;
    }
    declared->type = element == NULL ? NULL : element->type;
    walk->is_single[walk->step_count - 1] =
        element != NULL && !element->is_repeatable;

    return EGRET_OK;
}


egret_rc_t
egret_walk_open(egret_walk_t *walk, const egret_tape_t *tape,
                egret_node_t from, egret_span_t text, egret_span_t *unknown)
{
    const egret_element_t *base =
        from == EGRET_NODE_NONE ? NULL : egret_tape_at(tape, from)->element;
    declared_t declared = { base == NULL ? NULL : base->type };
    size_t at = 0;

    memset(walk, 0, sizeof(*walk));
    walk->tape = tape;
    walk->from = from;
    walk->nearest = from;
    while (text.length > 0 && at <= text.length) {
        egret_span_t rest = egret_span_slice(text, at, text.length);
        size_t length = egret_span_find(rest, '/');
        egret_rc_t rc;

        if (rest.length > 0 && rest.at[0] == '@') {
            length = rest.length;
            rc = add_attribute(walk, &declared,
                               egret_span_slice(rest, 1, length));
        } else {
            rc = add_step(walk, &declared, egret_span_slice(rest, 0, length));
        }
        if (rc != EGRET_OK) {
            *unknown = egret_span_slice(rest, 0, length);
            return rc;
        }
        at += length + 1;
    }

    return EGRET_OK;
}


static bool
has_attribute(const egret_walk_t *walk, egret_node_t node)
{
    return walk->attribute.length == 0
           || egret_tape_attribute(walk->tape, node, walk->attribute) != NULL;
}


static egret_node_t
find_step(egret_walk_t *walk, egret_node_t node, size_t level)
{
    while (node != EGRET_NODE_NONE
           && !egret_span_equals(egret_tape_name(walk->tape, node),
                                 walk->steps[level]))
    {
        walk->visited++;
        node = egret_tape_at(walk->tape, node)->next;
    }
    if (node != EGRET_NODE_NONE && level + 1 > walk->nearest_level) {
        walk->nearest = node;
        walk->nearest_level = (uint8_t) (level + 1);
    }

    return node;
}


/* Where to look after the node that was found at `level`. */
static egret_node_t
after(const egret_walk_t *walk, size_t level)
{
    return walk->is_single[level]
           ? EGRET_NODE_NONE
           : egret_tape_at(walk->tape, walk->at[level])->next;
}


static egret_node_t
base_itself(egret_walk_t *walk)
{
    egret_node_t node = walk->from;

    walk->from = EGRET_NODE_NONE;

    return has_attribute(walk, node) ? node : EGRET_NODE_NONE;
}


egret_node_t
egret_walk_next(egret_walk_t *walk)
{
    size_t last = (size_t) walk->step_count - 1;
    size_t level = walk->is_started ? last : 0;
    egret_node_t node;

    if (walk->from == EGRET_NODE_NONE) {
        return EGRET_NODE_NONE;
    }
    if (walk->step_count == 0) {
        return base_itself(walk);
    }

    node = walk->is_started ? after(walk, last)
                            : egret_tape_child(walk->tape, walk->from);
    walk->is_started = true;
    for (;;) {
        walk->visited++;
        node = find_step(walk, node, level);
        if (node == EGRET_NODE_NONE) {
            if (level == 0) {
                walk->from = EGRET_NODE_NONE;
                return EGRET_NODE_NONE;
            }
            level--;
            node = after(walk, level);
            continue;
        }

        walk->at[level] = node;
        if (level < last) {
            node = egret_tape_child(walk->tape, node);
            level++;
        } else if (has_attribute(walk, node)) {
            return node;
        } else {
            node = after(walk, level);
        }
    }
}
