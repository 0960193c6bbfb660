/* SPDX-License-Identifier: Apache-2.0 */
/* The path of a node as people write it: egret_tape_xpath of msg/tape.h. */

#include "msg/tape.h"
#include "util/buffer.h"

/* What a path beyond the maximum is cut to. With a position of 12 bytes on
 * each step this stays below EGRET_XPATH_MAXIMUM. */
#define LONG_NAME 40
#define FIRST_STEPS 8
#define LAST_STEPS 48
#define MARK "..."

typedef struct {
    const egret_tape_t *tape;
    egret_node_t nodes[EGRET_TAPE_DEPTH]; /* from the last step to the first */
    size_t count;
    egret_span_t attribute;
} steps_t;

static void
find_steps(steps_t *steps, const egret_tape_t *tape, egret_node_t node)
{
    steps->tape = tape;
    steps->count = 0;
    while (node != EGRET_NODE_NONE) {
        steps->nodes[steps->count++] = node;
        if (node == tape->app_hdr || node == tape->document) {
            return;
        }
        node = egret_tape_at(tape, node)->parent;
    }
}


static bool
has_same_name(const egret_tape_t *tape, egret_node_t a, egret_node_t b)
{
    return egret_tape_at(tape, a)->namespace_index
               == egret_tape_at(tape, b)->namespace_index
           && egret_span_equals(egret_tape_name(tape, a),
                                egret_tape_name(tape, b));
}


/* From 1, among the siblings of its expanded name. */
static uint32_t
position_of(const egret_tape_t *tape, egret_node_t node)
{
    egret_node_t parent = egret_tape_at(tape, node)->parent;
    egret_node_t sibling;
    uint32_t position = 1;

    if (parent == EGRET_NODE_NONE) {
        return 1;
    }
    sibling = egret_tape_child(tape, parent);
    while (sibling != node) {
        if (has_same_name(tape, sibling, node)) {
            position++;
        }
        sibling = egret_tape_at(tape, sibling)->next;
    }
    return position;
}


static void
write_name(egret_buffer_t *buffer, egret_span_t name, size_t maximum)
{
    size_t end = maximum;

    if (name.length <= maximum) {
        egret_buffer_add(buffer, name);
        return;
    }
    while (end > 0 && ((unsigned char) name.at[end] & 0xC0) == 0x80) {
        end--;
    }
    egret_buffer_add(buffer, egret_span_slice(name, 0, end));
    egret_buffer_add_text(buffer, MARK);
}


static void
write_step(egret_buffer_t *buffer, const egret_tape_t *tape, egret_node_t node,
           size_t name_maximum)
{
    const egret_element_t *element = egret_tape_at(tape, node)->element;
    uint32_t position = position_of(tape, node);

    egret_buffer_add_byte(buffer, '/');
    write_name(buffer, egret_tape_name(tape, node), name_maximum);
    if (position > 1 || (element != NULL && element->is_repeatable)) {
        egret_buffer_print(buffer, "[%u]", (unsigned) position);
    }
}


static void
write_path(egret_buffer_t *buffer, const steps_t *steps, size_t name_maximum,
           size_t first, size_t last)
{
    for (size_t i = steps->count; i > 0; i--) {
        if (i > last && steps->count - i >= first) {
            egret_buffer_add_text(buffer, "/" MARK);
            i = last + 1;
            continue;
        }
        write_step(buffer, steps->tape, steps->nodes[i - 1], name_maximum);
    }
    if (steps->attribute.length > 0) {
        egret_buffer_add_text(buffer, "/@");
        write_name(buffer, steps->attribute, name_maximum);
    }
}


egret_span_t
egret_tape_xpath(const egret_tape_t *tape, egret_node_t node,
                 egret_span_t attribute, egret_arena_t *arena)
{
    steps_t steps;
    egret_buffer_t buffer;

    if (node == EGRET_NODE_NONE) {
        return EGRET_SPAN("");
    }

    find_steps(&steps, tape, node);
    steps.attribute = attribute;
    egret_buffer_init(&buffer, arena, EGRET_XPATH_MAXIMUM);
    write_path(&buffer, &steps, EGRET_XPATH_MAXIMUM, steps.count, steps.count);
    if (egret_buffer_rc(&buffer) == EGRET_ELIMIT) {
        egret_buffer_init(&buffer, arena, EGRET_XPATH_MAXIMUM);
        write_path(&buffer, &steps, LONG_NAME, FIRST_STEPS, LAST_STEPS);
    }
    if (egret_buffer_rc(&buffer) != EGRET_OK) {
        return (egret_span_t){ NULL, 0 };
    }
    return egret_buffer_span(&buffer);
}
