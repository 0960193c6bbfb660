/* SPDX-License-Identifier: Apache-2.0 */
/* The rule of a green block's labels. It judges blocks of which the schema
 * refused nothing; what it refused is X05 alone. */
#include "checks/rules.h"

/* Shares of 100 percent that were rounded up may be a little more. */
#define SHARE_MAXIMUM_DIGITS 10001 /* with scale 2: 100.01 */

static egret_rc_t
report_G03(const egret_check_t *check, egret_node_t node, const char *message,
           egret_span_t got, egret_span_t expected, const char *fix)
{
    return egret_rules_report(check, EGRET_G03, EGRET_SEVERITY_REJECT, node,
                              message, got, expected, fix);
}

/* The labels of one version; gives how many they are. */
static egret_rc_t
check_sum(const egret_check_t *check, const egret_block_label_t **labels,
          size_t count, size_t *taken)
{
    const egret_decimal_t maximum = { .digits = SHARE_MAXIMUM_DIGITS,
                                      .scale = 2 };
    egret_decimal_t sum = egret_decimal_from(0);
    egret_node_t above = EGRET_NODE_NONE;
    size_t i = 0;

    for (; i < count && egret_rules_is_one_version(labels[0], labels[i]); i++) {
        if (labels[i]->share.node == EGRET_NODE_NONE
            || egret_decimal_add(&sum, &labels[i]->share.value, &sum)
                   != EGRET_OK)
        {
            continue;
        }
        if (above == EGRET_NODE_NONE
            && egret_decimal_compare(&sum, &maximum) > 0)
        {
            above = labels[i]->share.node;
        }
    }

    *taken = i;

    return above == EGRET_NODE_NONE
           ? EGRET_OK
           : report_G03(check, above,
                        "the shares of one scheme and version are more than "
                        "the whole",
                        egret_rules_decimal_text(check, &sum),
                        EGRET_SPAN("a sum of 100 at most"),
                        "correct the shares of the labels");
}

static egret_rc_t
check_sums(const egret_check_t *check, const egret_block_t *block)
{
    const egret_block_label_t **labels;
    size_t taken;
    egret_rc_t rc = egret_rules_labels_by_version(check, block, &labels);

    for (size_t i = 0; i < block->label_count && rc == EGRET_OK; i += taken) {
        rc = check_sum(check, labels + i, block->label_count - i, &taken);
    }

    return rc;
}

static egret_rc_t
check_not_all_zero(const egret_check_t *check, const egret_block_t *block)
{
    for (size_t i = 0; i < block->label_count; i++) {
        if (block->labels[i].share.node == EGRET_NODE_NONE
            || egret_decimal_sign(&block->labels[i].share.value) != 0)
        {
            return EGRET_OK;
        }
    }

    return block->label_count == 0
           ? EGRET_OK
           : report_G03(check, block->labels[0].share.node,
                        "every label has a share of 0", EGRET_SPAN("0"),
                        EGRET_SPAN("a share above 0"),
                        "state what the labels cover, or send no block");
}

/* How far a reference of this name may reach; 0 for any other element. */
static size_t
reach_of(const egret_check_t *check, const egret_block_t *block,
         egret_node_t node, bool *is_reference)
{
    egret_span_t name = egret_tape_name(check->tape, node);

    *is_reference = true;
    if (egret_span_equals_text(name, "LblRef")) {
        return block->label_count;
    }
    if (egret_span_equals_text(name, "PrjRef")) {
        return block->project_count;
    }
    if (egret_span_equals_text(name, "RvwRef")) {
        return block->reviews.count;
    }

    *is_reference = false;

    return 0;
}

static egret_rc_t
check_reference(const egret_check_t *check, const egret_block_t *block,
                egret_node_t node)
{
    bool is_reference;
    size_t reach = reach_of(check, block, node, &is_reference);
    egret_decimal_t last = egret_decimal_from((int64_t) reach);
    egret_decimal_t index;

    if (!is_reference || egret_tape_at(check->tape, node)->element == NULL
        || egret_decimal_read(egret_rules_text(check, node), &index)
               != EGRET_OK
        || egret_decimal_compare(&index, &last) <= 0)
    {
        return EGRET_OK;
    }

    return report_G03(check, node, "the index points at nothing",
                      egret_rules_text(check, node),
                      egret_arena_print(check->arena, "at most %zu", reach),
                      "count from 1 in the order of the block");
}

static egret_rc_t
check_references(const egret_check_t *check, const egret_block_t *block)
{
    const egret_tape_t *tape = check->tape;
    uint32_t end = egret_tape_at(tape, block->node)->end_close;

    for (egret_node_t node = block->node;
         node < tape->node_count && egret_tape_at(tape, node)->tag_open < end;
         node++)
    {
        egret_rc_t rc = check_reference(check, block, node);

        if (rc != EGRET_OK) {
            return rc;
        }
    }

    return EGRET_OK;
}

static egret_rc_t
judge_labels(const egret_check_t *check, const egret_block_place_t *place,
             const egret_block_t *block)
{
    egret_rc_t rc = check_sums(check, block);

    (void) place;

    if (rc == EGRET_OK) {
        rc = check_not_all_zero(check, block);
    }

    return rc == EGRET_OK ? check_references(check, block) : rc;
}

/* G03: label shares and indices. */
static egret_rc_t
check_labels(const egret_check_t *check)
{
    return egret_rules_each_block(check, judge_labels);
}

const egret_rule_t egret_rules_green[] = {
    { EGRET_G03, check_labels, false },
    { EGRET_CODE_COUNT, NULL, false },
};
