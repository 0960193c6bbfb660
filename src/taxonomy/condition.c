/* SPDX-License-Identifier: Apache-2.0 */

#include "taxonomy/condition.h"

#include "taxonomy/guard.h"

typedef struct {
    size_t inside; /* values that the term allows */
    size_t outside;
    size_t unclear; /* that cannot be compared */
} count_t;


bool
egret_condition_term_asks(const egret_condition_term_t *term,
                          const egret_fact_t *fact)
{
    return fact->kind == term->kind && egret_span_equals(fact->of, term->of);
}


static bool
is_in_set(const egret_condition_term_t *term, egret_span_t value)
{
    for (size_t i = 0; i < term->value_count; i++) {
        if (egret_span_equals(term->values[i], value)) {
            return true;
        }
    }

    return false;
}


static bool
is_within(egret_compared_t compared, int order)
{
    switch (compared) {
    case EGRET_COMPARED_AT_MOST:
        return order <= 0;
    case EGRET_COMPARED_BELOW:
        return order < 0;
    case EGRET_COMPARED_AT_LEAST:
        return order >= 0;
    case EGRET_COMPARED_ABOVE:
        return order > 0;
    case EGRET_COMPARED_EQUAL:
        break;
    }

    return order == 0;
}


static bool
compare(const egret_units_t *units, const egret_condition_term_t *term,
        const egret_fact_t *fact, const egret_decimal_t *value, int *order)
{
    const egret_unit_t *unit = egret_units_find(units, fact->unit);

    return unit != NULL && egret_metric_takes(term->metric, unit)
           && egret_unit_compare(unit, value, term->unit, &term->bound, order)
                  == EGRET_OK;
}


static void
count_criterion(const egret_units_t *units, const egret_condition_term_t *term,
                const egret_fact_t *fact, count_t *count)
{
    egret_decimal_t value;
    int order;

    if (egret_decimal_read(fact->value, &value) != EGRET_OK) {
        count->unclear++;
        return;
    }
    order = egret_decimal_compare(&value, &term->bound);
    if (!EGRET_GUARD(1, compare(units, term, fact, &value, &order))) {
        count->unclear++;
        return;
    }
    if (is_within(term->compared, order)) {
        count->inside++;
    } else {
        count->outside++;
    }
}


static count_t
count_values(const egret_condition_t *condition,
             const egret_condition_term_t *term, const egret_facts_t *facts)
{
    count_t count = { 0, 0, 0 };

    for (size_t i = 0; facts != NULL && i < facts->count; i++) {
        const egret_fact_t *fact = &facts->items[i];

        if (!egret_condition_term_asks(term, fact)) {
            continue;
        }
        if (term->kind == EGRET_FACT_CRITERION) {
            count_criterion(condition->units, term, fact, &count);
        } else if (is_in_set(term, fact->value)) {
            count.inside++;
        } else {
            count.outside++;
        }
    }

    return count;
}


/* One quantity, perhaps measured several times. */
static egret_truth_t
judge_criterion(const egret_condition_term_t *term, const count_t *count)
{
    size_t for_it = term->is_negated ? count->outside : count->inside;
    size_t against = term->is_negated ? count->inside : count->outside;

    if (!EGRET_GUARD(2, for_it + against > 0)
        || !EGRET_GUARD(3, count->unclear == 0))
    {
        return EGRET_TRUTH_UNKNOWN;
    }
    if (EGRET_GUARD(4, against == 0)) {
        return EGRET_TRUTH_TRUE;
    }

    return for_it == 0 ? EGRET_TRUTH_FALSE : EGRET_TRUTH_UNKNOWN;
}


static egret_truth_t
judge_set(const egret_condition_term_t *term, const count_t *count)
{
    bool is_complete = term->kind == EGRET_FACT_JURISDICTION;

    if (!EGRET_GUARD(5, count->inside + count->outside > 0)) {
        return EGRET_TRUTH_UNKNOWN;
    }
    if (!term->is_negated) {
        return EGRET_GUARD(6, count->outside == 0) ? EGRET_TRUTH_TRUE
                                                   : EGRET_TRUTH_FALSE;
    }
    if (EGRET_GUARD(7, count->inside == 0)) {
        return EGRET_GUARD(8, is_complete) ? EGRET_TRUTH_TRUE
                                           : EGRET_TRUTH_UNKNOWN;
    }

    return EGRET_TRUTH_FALSE;
}


egret_truth_t
egret_condition_term_judge(const egret_condition_t *condition,
                           const egret_condition_term_t *term,
                           const egret_facts_t *facts)
{
    count_t count = count_values(condition, term, facts);

    return term->kind == EGRET_FACT_CRITERION ? judge_criterion(term, &count)
                                              : judge_set(term, &count);
}


/* A negated list is never true. */
static bool
may_become_true(const egret_condition_term_t *term)
{
    return !term->is_negated || term->kind == EGRET_FACT_CRITERION
           || term->kind == EGRET_FACT_JURISDICTION;
}


/* As deep as EGRET_CONDITION_TERMS at most: a chain of `and`. `hopes` takes
 * what is unknown for true, where it may become so. */
static egret_truth_t
judge(const egret_condition_t *condition, const egret_condition_node_t *node,
      const egret_facts_t *facts, bool hopes)
{
    egret_truth_t left, right;

    if (node->term != NULL) {
        left = egret_condition_term_judge(condition, node->term, facts);
        return hopes && left == EGRET_TRUTH_UNKNOWN
                       && may_become_true(node->term)
                   ? EGRET_TRUTH_TRUE
                   : left;
    }

    left = judge(condition, node->left, facts, hopes);
    right = judge(condition, node->right, facts, hopes);
    if (node->is_all) {
        return EGRET_GUARD(9, left < right) ? left : right;
    }

    return left > right ? left : right;
}


egret_truth_t
egret_condition_judge(const egret_condition_t *condition,
                      const egret_facts_t *facts)
{
    return judge(condition, condition->root, facts, false);
}


egret_truth_t
egret_condition_hope(const egret_condition_t *condition,
                     const egret_facts_t *facts)
{
    return judge(condition, condition->root, facts, true);
}


bool
egret_condition_is_threshold(const egret_condition_t *condition)
{
    const egret_condition_term_t *term = condition->first;

    for (; term != NULL; term = term->next) {
        if (term->kind != EGRET_FACT_CRITERION || term->is_negated) {
            return false;
        }
    }

    return true;
}
