/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "schema/judge.h"

static const egret_attribute_t *
find_declared(const egret_tape_t *tape, const egret_tape_attribute_t *attribute,
              const egret_type_t *type)
{
    egret_span_t uri = EGRET_SPAN("");

    if (attribute->namespace_index != 0) {
        uri = tape->namespaces[attribute->namespace_index];
    }
    for (size_t i = 0; i < type->attribute_count; i++) {
        const egret_attribute_t *declared = &type->attributes[i];

        if (egret_span_equals(declared->name, attribute->name)
            && egret_span_equals(declared->namespace_uri, uri))
        {
            return declared;
        }
    }
    return NULL;
}

/* `meant` is the one attribute that is missing beside it, or NULL. */
static egret_rc_t
report_unknown(egret_validator_t *judge, const egret_tape_t *tape,
               egret_node_t node, egret_span_t name, const egret_type_t *type,
               const egret_attribute_t *meant)
{
    egret_judge_words_t words = {
        .attribute = name,
        .message = EGRET_SPAN("the attribute is not allowed here"),
        .got = name,
        .expected = egret_expected_attributes(type, judge->arena),
        .fix = EGRET_SPAN("remove it")
    };

    if (meant != NULL) {
        words.fix = egret_arena_print(judge->arena,
                                      "write %.*s, if that is meant",
                                      EGRET_SPAN_ARGS(meant->name));
    }

    return egret_judge_report(judge, tape, node, &words);
}

static bool
has_attribute(const egret_tape_t *tape, const egret_tape_node_t *node,
              const egret_attribute_t *declared)
{
    for (uint32_t i = 0; i < node->attribute_count; i++) {
        if (tape->attributes[node->attribute_first + i].attribute == declared) {
            return true;
        }
    }
    return false;
}

static bool
is_xsi(egret_validator_t *judge, const egret_tape_t *tape,
       const egret_tape_attribute_t *attribute)
{
    return attribute->namespace_index != 0
           && egret_judge_space(judge, tape, attribute->namespace_index)
                  ->is_xsi;
}

static egret_rc_t
report_missing(egret_validator_t *judge, const egret_tape_t *tape,
               egret_node_t node, const egret_type_t *type)
{
    egret_rc_t rc = EGRET_OK;

    for (size_t i = 0; i < type->attribute_count && rc == EGRET_OK; i++) {
        const egret_attribute_t *declared = &type->attributes[i];
        egret_judge_words_t words = { .got = EGRET_SPAN("") };

        if (!declared->is_required
            || has_attribute(tape, egret_tape_at(tape, node), declared))
        {
            continue;
        }
        tape->nodes[node].flags |= EGRET_NODE_REFUSED;
        words.message = egret_arena_print(judge->arena,
                                          "the attribute %.*s is missing",
                                          EGRET_SPAN_ARGS(declared->name));
        words.expected = egret_arena_print(judge->arena, "the attribute %.*s",
                                           EGRET_SPAN_ARGS(declared->name));
        words.fix = egret_arena_print(judge->arena, "add %.*s=\"...\"",
                                      EGRET_SPAN_ARGS(declared->name));
        rc = egret_judge_report(judge, tape, node, &words);
    }
    return rc;
}

/* The one that is required and missing. */
static const egret_attribute_t *
missing_of(const egret_tape_t *tape, egret_node_t node,
           const egret_type_t *type)
{
    for (size_t i = 0; i < type->attribute_count; i++) {
        if (type->attributes[i].is_required
            && !has_attribute(tape, egret_tape_at(tape, node),
                              &type->attributes[i]))
        {
            return &type->attributes[i];
        }
    }

    return NULL;
}

/* One that is not known where one is missing is that one, misspelt. */
static egret_rc_t
report_names(egret_validator_t *judge, const egret_tape_t *tape,
             egret_node_t node, const egret_type_t *type, uint32_t unknown,
             uint32_t missing)
{
    const egret_tape_node_t *at = egret_tape_at(tape, node);
    const egret_attribute_t *meant = NULL;
    egret_rc_t rc = EGRET_OK;

    if (unknown == 1 && missing == 1) {
        meant = missing_of(tape, node, type);
        tape->nodes[node].flags |= EGRET_NODE_REFUSED;
    }

    for (uint32_t i = 0; i < at->attribute_count && rc == EGRET_OK; i++) {
        const egret_tape_attribute_t *attribute =
            &tape->attributes[at->attribute_first + i];

        if (attribute->attribute == NULL && !is_xsi(judge, tape, attribute)) {
            rc = report_unknown(judge, tape, node, attribute->name, type,
                                meant);
        }
    }

    return rc == EGRET_OK && missing > 0 && meant == NULL
               ? report_missing(judge, tape, node, type)
               : rc;
}

egret_rc_t
egret_judge_attributes(egret_validator_t *judge, const egret_tape_t *tape,
                       egret_node_t node, const egret_type_t *type)
{
    const egret_tape_node_t *at = egret_tape_at(tape, node);
    uint32_t required = 0, unknown = 0, missing;
    egret_rc_t rc = EGRET_OK;

    for (uint32_t i = 0; i < at->attribute_count && rc == EGRET_OK; i++) {
        egret_tape_attribute_t *attribute =
            &tape->attributes[at->attribute_first + i];
        const egret_attribute_t *declared;

        if (is_xsi(judge, tape, attribute)) {
            continue;
        }
        declared = find_declared(tape, attribute, type);
        attribute->attribute = declared;
        if (declared == NULL) {
            unknown++;
            continue;
        }
        required += declared->is_required;
        rc = egret_judge_value(judge, tape, node, attribute->name,
                               declared->rule, attribute->value);
    }

    missing = egret_type_content(type)->required - required;
    if (rc == EGRET_OK && (unknown > 0 || missing > 0)) {
        rc = report_names(judge, tape, node, type, unknown, missing);
    }
    return rc;
}
