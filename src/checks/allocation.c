/* SPDX-License-Identifier: Apache-2.0 */
/* The rule of what a green block allocates. It judges blocks of which the
 * schema refused nothing; what it refused is X05 alone. */
#include "checks/rules.h"

/* What rounding may leave: a hundredth of the currency's unit, or a hundredth
 * of one percent. */
#define SMALLEST_DIGITS 1 /* with scale 2: 0.01 */
#define FRACTION_DIGITS 1 /* with scale 4: 0.0001 */

static egret_rc_t
report(const egret_check_t *check, egret_node_t node,
       egret_severity_t severity, const char *message, egret_span_t got,
       egret_span_t expected, const char *fix)
{
    return egret_rules_report(check, EGRET_G04, severity, node, message, got,
                              expected, fix);
}

static egret_rc_t
hold_currency(const egret_check_t *check, egret_node_t node, egret_span_t got,
              egret_span_t expected)
{
    return report(check, node, EGRET_SEVERITY_HOLD,
                  "amounts of two currencies are not added up or compared",
                  got, expected, "state the amounts in one currency");
}

typedef struct {
    egret_decimal_t value;
    egret_span_t currency;
    egret_node_t node;  /* of the first amount; EGRET_NODE_NONE: no sum */
    egret_node_t other; /* an amount in another currency, or none */
} sum_t;

#define NO_SUM ((sum_t){ .node = EGRET_NODE_NONE, .other = EGRET_NODE_NONE })

/* False when it cannot be added exactly. */
static bool
add_amount(sum_t *sum, egret_node_t node, const egret_decimal_t *value,
           egret_span_t currency)
{
    if (sum->node == EGRET_NODE_NONE) {
        sum->node = node;
        sum->currency = currency;
        sum->value = *value;
        return true;
    }
    if (!egret_span_equals(sum->currency, currency)) {
        sum->other = node;
    }

    return egret_decimal_add(&sum->value, value, &sum->value) == EGRET_OK;
}

static bool
add_transaction(const egret_check_t *check, size_t transaction, sum_t *sum)
{
    egret_node_t node = egret_path_first(
        check->tape, check->blocks->transactions.nodes[transaction],
        &check->flow->amount);
    egret_span_t attribute;
    egret_decimal_t value;

    return node != EGRET_NODE_NONE
           && egret_decimal_read(egret_rules_text(check, node), &value)
                  == EGRET_OK
           && add_amount(sum, node, &value,
                         egret_rules_currency(check, node, &attribute));
}

/* What the transactions that the block speaks of pay. */
static sum_t
paid(const egret_check_t *check, const egret_block_place_t *place)
{
    sum_t sum = NO_SUM;

    if (check->flow == NULL) {
        return sum;
    }
    if (place->reach == EGRET_BLOCK_OF_ONE) {
        return add_transaction(check, place->transaction, &sum) ? sum : NO_SUM;
    }
    if (place->reach != EGRET_BLOCK_OF_ALL) {
        return sum;
    }

    for (size_t i = 0; i < check->blocks->transactions.count; i++) {
        if (!add_transaction(check, i, &sum)) {
            return NO_SUM;
        }
    }

    return sum;
}

static sum_t
base_of(const egret_check_t *check, const egret_block_place_t *place,
        const egret_block_t *block)
{
    const egret_block_number_t *amount = &block->net_proceeds;
    sum_t sum = NO_SUM;

    if (block->drawdown != EGRET_NODE_NONE) {
        return paid(check, place);
    }
    if (amount->node == EGRET_NODE_NONE) {
        amount = &block->amount;
    }
    if (amount->node != EGRET_NODE_NONE) {
        (void) add_amount(&sum, amount->node, &amount->value,
                          amount->currency);
    }

    return sum;
}

/* Allocations and what is not allocated yet. */
static sum_t
used(const egret_block_t *block)
{
    sum_t sum = NO_SUM;

    for (size_t i = 0; i < block->project_count; i++) {
        const egret_block_number_t *amount = &block->projects[i].allocated;

        if (amount->node == EGRET_NODE_NONE
            || !add_amount(&sum, amount->node, &amount->value,
                           amount->currency))
        {
            return NO_SUM;
        }
    }
    if (block->unallocated.node != EGRET_NODE_NONE
        && !add_amount(&sum, block->unallocated.node,
                       &block->unallocated.value,
                       block->unallocated.currency))
    {
        return NO_SUM;
    }

    return sum;
}

/* Whether `value` is over `base` by more than rounding leaves. False too where
 * the numbers are too long to say. */
static bool
is_above(const egret_decimal_t *value, const egret_decimal_t *base)
{
    const egret_decimal_t smallest = { .digits = SMALLEST_DIGITS, .scale = 2 };
    const egret_decimal_t fraction = { .digits = FRACTION_DIGITS, .scale = 4 };
    egret_decimal_t over, allowed;

    if (egret_decimal_subtract(value, base, &over) != EGRET_OK
        || egret_decimal_multiply(base, &fraction, &allowed) != EGRET_OK)
    {
        return false;
    }
    if (egret_decimal_compare(&allowed, &smallest) < 0) {
        allowed = smallest;
    }

    return egret_decimal_compare(&over, &allowed) > 0;
}

/* The tolerance is that of the base, whichever is more. */
static bool
differs(const egret_decimal_t *value, const egret_decimal_t *base)
{
    egret_decimal_t mirrored;

    if (is_above(value, base)) {
        return true;
    }

    return egret_decimal_add(base, base, &mirrored) == EGRET_OK
           && egret_decimal_subtract(&mirrored, value, &mirrored) == EGRET_OK
           && is_above(&mirrored, base);
}

static egret_rc_t
check_use(const egret_check_t *check, const egret_block_place_t *place,
          const egret_block_t *block)
{
    sum_t base = base_of(check, place, block);
    sum_t sum = used(block);
    egret_span_t attribute;

    if (sum.node == EGRET_NODE_NONE || base.node == EGRET_NODE_NONE) {
        return EGRET_OK;
    }
    if (sum.other != EGRET_NODE_NONE) {
        return hold_currency(check, sum.other,
                             egret_rules_currency(check, sum.other,
                                                  &attribute),
                             sum.currency);
    }
    if (base.other != EGRET_NODE_NONE
        || !egret_span_equals(sum.currency, base.currency))
    {
        return hold_currency(check, sum.node, sum.currency, base.currency);
    }
    if (!differs(&sum.value, &base.value)) {
        return EGRET_OK;
    }

    return report(check, block->use_of_proceeds, EGRET_SEVERITY_REJECT,
                  block->drawdown != EGRET_NODE_NONE
                      ? "what is allocated and unallocated is not what "
                        "the drawdown pays"
                      : "what is allocated and unallocated is not what "
                        "the instrument brings",
                  egret_rules_decimal_text(check, &sum.value),
                  egret_rules_decimal_text(check, &base.value),
                  "correct Allctd, Unallctd or the amount they share");
}

/* An allocation is at most the part of the cost that is financed. Without
 * FincdShr that is all of it. */
static egret_rc_t
check_cost(const egret_check_t *check, const egret_block_project_t *project)
{
    const egret_decimal_t percent = { .digits = 1, .scale = 2 };
    egret_decimal_t financed = project->total_cost.value;

    if (project->total_cost.node == EGRET_NODE_NONE
        || project->allocated.node == EGRET_NODE_NONE)
    {
        return EGRET_OK;
    }
    if (!egret_span_equals(project->total_cost.currency,
                           project->allocated.currency))
    {
        return hold_currency(check, project->total_cost.node,
                             project->total_cost.currency,
                             project->allocated.currency);
    }
    if (project->financed_share.node != EGRET_NODE_NONE
        && (egret_decimal_multiply(&financed, &project->financed_share.value,
                                   &financed)
                != EGRET_OK
            || egret_decimal_multiply(&financed, &percent, &financed)
                   != EGRET_OK))
    {
        return EGRET_OK;
    }
    if (!is_above(&project->allocated.value, &financed)) {
        return EGRET_OK;
    }

    return report(check, project->allocated.node, EGRET_SEVERITY_REJECT,
                  "more is allocated than the financed part of the "
                  "project's cost",
                  egret_rules_decimal_text(check, &project->allocated.value),
                  egret_rules_decimal_text(check, &financed),
                  "correct Allctd, TtlCost or FincdShr");
}

static egret_rc_t
judge_amounts(const egret_check_t *check, const egret_block_place_t *place,
              const egret_block_t *block)
{
    egret_rc_t rc = check_use(check, place, block);

    for (size_t i = 0; rc == EGRET_OK && i < block->project_count; i++) {
        rc = check_cost(check, &block->projects[i]);
    }

    return rc;
}

/* G04: what is allocated against what there is. */
static egret_rc_t
check_allocations(const egret_check_t *check)
{
    return egret_rules_each_block(check, judge_amounts);
}

const egret_rule_t egret_rules_allocation[] = {
    { EGRET_G04, check_allocations, false },
    { EGRET_CODE_COUNT, NULL, false },
};

bool
egret_rules_base(const egret_check_t *check, const egret_block_place_t *place,
                 const egret_block_t *block, egret_decimal_t *value,
                 egret_span_t *currency)
{
    sum_t base = base_of(check, place, block);

    if (base.node == EGRET_NODE_NONE || base.other != EGRET_NODE_NONE) {
        return false;
    }
    *value = base.value;
    *currency = base.currency;

    return true;
}
