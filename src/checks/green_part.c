/* SPDX-License-Identifier: Apache-2.0 */
/* What the rules of the green block share. */
#include "checks/rules.h"

#include <stdlib.h>

egret_rc_t
egret_rules_each_block(const egret_check_t *check, egret_rule_block_t judge)
{
    egret_rc_t rc = EGRET_OK;

    for (size_t i = 0; check->blocks != NULL && rc == EGRET_OK
                       && i < check->blocks->count; i++)
    {
        if (check->block_items[i].is_sound) {
            rc = judge(check, &check->blocks->items[i],
                       &check->block_items[i]);
        }
    }

    return rc;
}

egret_node_t
egret_rules_next(const egret_check_t *check, egret_node_t node)
{
    egret_span_t name = egret_tape_name(check->tape, node);

    do {
        node = egret_tape_at(check->tape, node)->next;
    } while (node != EGRET_NODE_NONE
             && !egret_span_equals(egret_tape_name(check->tape, node), name));

    return node;
}

bool
egret_rules_date(const egret_check_t *check, egret_node_t node,
                 const char *path, egret_date_t *out)
{
    egret_span_t text = egret_rules_value(check, node, path);

    return text.length > 0 && egret_date_read(text, out, NULL) == EGRET_OK;
}

bool
egret_rules_decimal(const egret_check_t *check, egret_node_t node,
                    const char *path, egret_decimal_t *out)
{
    egret_span_t text = egret_rules_value(check, node, path);

    return text.length > 0 && egret_decimal_read(text, out) == EGRET_OK;
}

egret_rc_t
egret_rules_report(const egret_check_t *check, egret_code_t code,
                   egret_severity_t severity, egret_node_t node,
                   const char *message, egret_span_t got,
                   egret_span_t expected, const char *fix)
{
    egret_finding_t finding = {
        .code = code,
        .severity = severity,
        .message = egret_span_from(message),
        .got = got,
        .expected = expected,
        .fix = egret_span_from(fix),
    };

    if (got.at == NULL || expected.at == NULL) {
        return egret_arena_rc(check->arena);
    }

    return egret_check_report(check, node, EGRET_SPAN(""), &finding);
}

egret_span_t
egret_rules_decimal_text(const egret_check_t *check,
                         const egret_decimal_t *value)
{
    char text[EGRET_DECIMAL_TEXT];
    size_t length = egret_decimal_write(value, text);

    return egret_arena_copy(check->arena, (egret_span_t){ text, length });
}

egret_span_t
egret_rules_date_text(const egret_check_t *check, egret_date_t date)
{
    char text[EGRET_DATETIME_TEXT];
    size_t length = egret_date_write(date, text);

    return egret_arena_copy(check->arena, (egret_span_t){ text, length });
}

size_t
egret_rules_project(const egret_check_t *check, const egret_block_t *block,
                    egret_node_t entry)
{
    egret_node_t node = egret_rules_node(check, entry, "PrjRef");
    const egret_decimal_t last =
        egret_decimal_from((int64_t) block->project_count);
    egret_span_t text = egret_rules_text(check, node);
    egret_decimal_t value;
    size_t index = 0;

    if (node == EGRET_NODE_NONE) {
        return 0;
    }
    if (egret_decimal_read(text, &value) != EGRET_OK
        || egret_decimal_compare(&value, &last) > 0)
    {
        return block->project_count + 1;
    }
    for (size_t i = 0; i < text.length; i++) {
        index = text.at[i] < '0' || text.at[i] > '9'
                ? index
                : index * 10 + (size_t) (text.at[i] - '0');
    }

    return index;
}

static int
compare_labels(const void *a, const void *b)
{
    const egret_block_label_t *left = *(const egret_block_label_t *const *) a;
    const egret_block_label_t *right = *(const egret_block_label_t *const *) b;
    int order = egret_span_compare(left->scheme, right->scheme);

    if (order == 0) {
        order = egret_span_compare(left->version, right->version);
    }
    if (order != 0) {
        return order;
    }

    return left->node < right->node ? -1 : left->node > right->node;
}

egret_rc_t
egret_rules_labels_by_version(const egret_check_t *check,
                              const egret_block_t *block,
                              const egret_block_label_t ***out)
{
    const egret_block_label_t **labels = egret_arena_allocate(
        check->arena, block->label_count * sizeof(*labels));

    if (labels == NULL) {
        return egret_arena_rc(check->arena);
    }

    for (size_t i = 0; i < block->label_count; i++) {
        labels[i] = &block->labels[i];
    }
    qsort(labels, block->label_count, sizeof(*labels), compare_labels);
    *out = labels;

    return EGRET_OK;
}

bool
egret_rules_is_one_version(const egret_block_label_t *a,
                           const egret_block_label_t *b)
{
    return egret_span_equals(a->scheme, b->scheme)
           && egret_span_equals(a->version, b->version);
}
