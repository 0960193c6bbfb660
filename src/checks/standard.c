/* SPDX-License-Identifier: Apache-2.0 */
/* The rule of the standards that a block's reviews name. */
#include "checks/rules.h"

#include "config/green_reference.h"

/* Shares that were rounded may lack as much. */
#define ROUNDING_DIGITS 1 /* with scale 2: 0.01 */

static bool
is_green(const egret_block_label_t *label)
{
    return label->share.node != EGRET_NODE_NONE
           && !egret_span_equals_text(label->status, "NALG")
           && !egret_span_equals_text(label->status, "TRNS");
}

static bool
is_transition(const egret_block_label_t *label)
{
    return label->share.node != EGRET_NODE_NONE
           && egret_span_equals_text(label->status, "TRNS");
}

static egret_rc_t
largest_share(const egret_check_t *check, const egret_block_t *block,
              bool (*counts)(const egret_block_label_t *label),
              egret_decimal_t *best)
{
    egret_decimal_t sum = egret_decimal_from(0);
    const egret_block_label_t **labels;
    egret_rc_t rc = egret_rules_labels_by_version(check, block, &labels);

    *best = sum;
    for (size_t i = 0; i < block->label_count && rc == EGRET_OK; i++) {
        if (i > 0 && !egret_rules_is_one_version(labels[i - 1], labels[i])) {
            sum = egret_decimal_from(0);
        }
        if (counts(labels[i])
            && egret_decimal_add(&sum, &labels[i]->share.value, &sum)
                   == EGRET_OK
            && egret_decimal_compare(&sum, best) > 0)
        {
            *best = sum;
        }
    }

    return rc;
}

egret_rc_t
egret_rules_green_share(const egret_check_t *check, const egret_block_t *block,
                        egret_decimal_t *best)
{
    return largest_share(check, block, is_green, best);
}

egret_rc_t
egret_rules_transition_share(const egret_check_t *check,
                             const egret_block_t *block, egret_decimal_t *best)
{
    return largest_share(check, block, is_transition, best);
}

bool
egret_rules_share_reaches(const egret_decimal_t *share,
                          const egret_decimal_t *floor)
{
    const egret_decimal_t rounding = { .digits = ROUNDING_DIGITS, .scale = 2 };
    egret_decimal_t allowed;

    return egret_decimal_add(share, &rounding, &allowed) != EGRET_OK
           || egret_decimal_compare(&allowed, floor) >= 0;
}

/* 100 less the flexibility share, of which only the pocket counts. */
static egret_decimal_t
floor_of(const egret_check_t *check, const egret_block_t *block,
         const egret_standard_t *standard)
{
    egret_node_t instrument = egret_rules_node(check, block->node, "Instr");
    egret_decimal_t whole = egret_decimal_from(100), flexible, floor;

    if (egret_decimal_sign(&standard->pocket) == 0) {
        return standard->share;
    }
    if (!egret_rules_decimal(check, instrument, "FlxPct", &flexible)) {
        flexible = egret_decimal_from(0);
    }
    if (egret_decimal_compare(&flexible, &standard->pocket) > 0) {
        flexible = standard->pocket;
    }

    return egret_decimal_subtract(&whole, &flexible, &floor) == EGRET_OK
           ? floor : standard->share;
}

static egret_rc_t
report(const egret_check_t *check, egret_node_t node, const char *message,
       egret_span_t got, egret_span_t expected, const char *fix)
{
    return egret_rules_report(check, EGRET_G05, EGRET_SEVERITY_REJECT, node,
                              message, got, expected, fix);
}

static egret_rc_t
judge_share(const egret_check_t *check, const egret_block_t *block,
            const egret_standard_t *standard, egret_node_t node,
            const egret_decimal_t *share)
{
    egret_decimal_t floor = floor_of(check, block, standard);
    egret_span_t text = egret_rules_decimal_text(check, &floor);

    if (egret_rules_share_reaches(share, &floor)) {
        return EGRET_OK;
    }
    if (text.at == NULL) {
        return egret_arena_rc(check->arena);
    }

    return report(check, node,
                  "less is green than the standard of the review asks",
                  egret_rules_decimal_text(check, share),
                  egret_arena_print(check->arena,
                                    "%.*s percent, as %.*s asks",
                                    EGRET_SPAN_ARGS(text),
                                    EGRET_SPAN_ARGS(standard->name)),
                  "correct the labels' shares or FlxPct, or name another "
                  "standard");
}

static egret_rc_t
judge_placement(const egret_check_t *check, const egret_block_t *block,
                const egret_standard_t *standard)
{
    egret_node_t node = egret_rules_node(check, block->use_of_proceeds,
                                         "UnallctdTp");
    egret_span_t placement = egret_rules_text(check, node);
    egret_decimal_t months;

    if (block->unallocated.node == EGRET_NODE_NONE
        || egret_decimal_sign(&block->unallocated.value) == 0)
    {
        return EGRET_OK;
    }
    if (placement.length > 0 && !egret_standard_allows(standard, placement)) {
        return report(check, node,
                      "unallocated money stands where the standard does not "
                      "allow it", placement, standard->placements,
                      "place it as the standard allows, or correct "
                      "UnallctdTp");
    }

    node = egret_rules_node(check, block->use_of_proceeds, "MaxTenorMnths");
    if (!standard->has_months
        || !egret_rules_decimal(check, block->use_of_proceeds,
                                "MaxTenorMnths", &months)
        || egret_decimal_compare(&months, &standard->months) <= 0)
    {
        return EGRET_OK;
    }

    return report(check, node,
                  "unallocated money is placed for longer than the standard "
                  "allows", egret_rules_decimal_text(check, &months),
                  egret_rules_decimal_text(check, &standard->months),
                  "place it for a shorter time, or correct MaxTenorMnths");
}

typedef struct {
    const egret_check_t *check;
    const egret_block_t *block;
    egret_decimal_t share; /* once a standard asks for it */
    const egret_standard_t **seen; /* judged, each once */
    size_t seen_count;
} work_t;

static egret_rc_t
judge_standard(work_t *work, egret_node_t node)
{
    const egret_standard_t *standard = egret_reference_standard(
        work->check->config->reference, egret_rules_text(work->check, node));
    egret_rc_t rc = EGRET_OK;

    for (size_t i = 0; i < work->seen_count; i++) {
        if (work->seen[i] == standard) {
            return EGRET_OK;
        }
    }
    if (standard == NULL) {
        return EGRET_OK;
    }
    if (work->seen_count == 0) {
        rc = egret_rules_green_share(work->check, work->block, &work->share);
    }
    work->seen[work->seen_count++] = standard;

    if (rc == EGRET_OK) {
        rc = judge_share(work->check, work->block, standard, node,
                         &work->share);
    }

    return rc == EGRET_OK
           ? judge_placement(work->check, work->block, standard) : rc;
}

static egret_rc_t
judge_standards(const egret_check_t *check, const egret_block_place_t *place,
                const egret_block_t *block)
{
    work_t work = { .check = check, .block = block };
    egret_rc_t rc = EGRET_OK;

    (void) place;

    work.seen = egret_arena_allocate(
        check->arena,
        (check->config->reference->standards.count + 1) * sizeof(*work.seen));
    if (work.seen == NULL) {
        return egret_arena_rc(check->arena);
    }

    for (egret_node_t review = block->reviews.first;
         review != EGRET_NODE_NONE && rc == EGRET_OK;
         review = egret_rules_next(check, review))
    {
        for (egret_node_t node = egret_rules_node(check, review, "Std");
             node != EGRET_NODE_NONE && rc == EGRET_OK;
             node = egret_rules_next(check, node))
        {
            rc = judge_standard(&work, node);
        }
    }

    return rc;
}

/* G05: the share that a standard asks, and where what is left may stand. */
static egret_rc_t
check_standards(const egret_check_t *check)
{
    return egret_rules_each_block(check, judge_standards);
}

const egret_rule_t egret_rules_standard[] = {
    { EGRET_G05, check_standards, false },
    { EGRET_CODE_COUNT, NULL, false },
};
