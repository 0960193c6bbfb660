/* SPDX-License-Identifier: Apache-2.0 */

#include <string.h>

#include "flaw.h"


static const char *
node_flaw(const egret_tape_t *tape, egret_node_t index)
{
    const egret_tape_node_t *node = egret_tape_at(tape, index);
    const char *bytes = tape->bytes.at;

    if (bytes[node->tag_open] != '<') {
        return "no \"<\" at tag_open";
    }
    if (bytes[node->tag_close - 1] != '>') {
        return "no \">\" before tag_close";
    }
    if (node->name
        != bytes + node->tag_open + 1 + node->prefix_length
               + (node->prefix_length > 0))
    {
        return "the name is not the one in the bytes";
    }
    if (node->line != egret_tape_line(tape, node->tag_open)) {
        return "the line is not that of the tag";
    }
    if (!(node->flags & EGRET_NODE_CLOSED)) {
        return NULL;
    }
    if (bytes[node->end_close - 1] != '>') {
        return "no \">\" before end_close";
    }
    if (node->flags & EGRET_NODE_EMPTY_TAG) {
        return node->end_open == node->tag_close
                   && node->end_close == node->tag_close
               ? NULL : "an empty tag has no end of its own";
    }
    if (strncmp(bytes + node->end_open, "</", 2) != 0
        || strncmp(bytes + node->end_open + 2, bytes + node->tag_open + 1,
                   (size_t) (node->name - bytes) - node->tag_open - 1
                       + node->name_length) != 0)
    {
        return "the end tag has another name";
    }

    return NULL;
}


static const char *
text_flaw(const egret_tape_t *tape, egret_node_t index)
{
    const egret_tape_node_t *node = egret_tape_at(tape, index);
    bool is_leaf = egret_tape_child(tape, index) == EGRET_NODE_NONE;
    egret_span_t value = egret_tape_value(tape, index);

    if (!(node->flags & EGRET_NODE_CLOSED)) {
        return NULL;
    }
    if (is_leaf != (node->value != NULL)) {
        return "a value is what an element without children has";
    }
    if (is_leaf
        && (egret_span_trim(value).length > 0)
               != ((node->flags & EGRET_NODE_HAS_TEXT) != 0))
    {
        return "the value and the flag of text disagree";
    }
    if (is_leaf && !(node->flags & EGRET_NODE_DECODED) && value.length > 0
        && value.at != tape->bytes.at + node->tag_close)
    {
        return "a value that is not decoded is not in the bytes";
    }

    return NULL;
}


static const char *
finding_flaw(const egret_tape_t *tape, const egret_finding_t *finding)
{
    if (finding->code != EGRET_X01 && finding->code != EGRET_X02) {
        return "a finding that is not X01 or X02";
    }
    if (finding->line == 0 || finding->column == 0
        || finding->offset > tape->bytes.length)
    {
        return "a finding without a place";
    }
    if (finding->message.length == 0 || finding->fix.length == 0
        || egret_span_find(finding->message, '\n') < finding->message.length
        || !egret_span_is_utf8(finding->message, NULL)
        || !egret_span_is_utf8(finding->fix, NULL)
        || !egret_span_is_utf8(finding->got, NULL))
    {
        return "a finding whose words cannot be shown";
    }
    if (finding->xpath.length == 0 && tape->open != EGRET_NODE_NONE
        && finding->offset > tape->nodes[0].tag_open)
    {
        return "a finding inside an element names none";
    }

    return NULL;
}


const char *
egret_test_flaw(egret_rc_t rc, const egret_tape_t *tape,
                const egret_findings_t *findings)
{
    size_t count = findings->count;
    const char *flaw = NULL;

    if (rc != EGRET_OK) {
        return egret_rc_text(rc);
    }
    if (tape->is_whole != (count == 0)) {
        return "a message is whole when nothing was found";
    }
    if (count > 2) {
        return "one fault gives one finding, a declaration one more";
    }
    if (tape->is_whole && tape->open != EGRET_NODE_NONE) {
        return "an element of a whole message is open";
    }
    for (size_t i = 0; i < count && flaw == NULL; i++) {
        flaw = finding_flaw(tape, &findings->items[i]);
    }
    for (uint32_t i = 0; i < tape->node_count && flaw == NULL; i++) {
        flaw = node_flaw(tape, i);
        flaw = flaw != NULL ? flaw : text_flaw(tape, i);
    }

    return flaw;
}
