/* SPDX-License-Identifier: Apache-2.0 */

#include "taxonomy/proof.h"

#include "taxonomy/guard.h"

#define BIT(missing) (1u << (missing))

static const char *const missing_texts[EGRET_MISSING_COUNT] = {
    "scope",
    "criteria",
    "dnsh",
    "safeguards",
    "fact",
    "condition",
    "row",
    "valid row",
    "final block",
    "status ELIG or ALGN",
    "source code",
    "source in force",
    "target in force",
    "explicit row",
};


const char *
egret_missing_text(egret_missing_t missing)
{
    return missing_texts[missing];
}


static bool
is_aligned(const egret_scheme_t *scheme, egret_label_status_t status)
{
    return scheme->is_two_level && status == EGRET_LABEL_ALGN;
}


/* What a label of that scheme and status says of a project. */
static bool
means(const egret_scheme_t *scheme, egret_label_status_t status, int dimension)
{
    switch (dimension) {
    case EGRET_DIMENSION_SCOPE:
        return true;
    case EGRET_DIMENSION_CRITERIA:
        return !scheme->is_two_level || is_aligned(scheme, status);
    default:
        return is_aligned(scheme, status);
    }
}


egret_label_status_t
egret_proof_highest(const egret_scheme_t *source,
                    egret_label_status_t source_status,
                    const egret_scheme_t *target)
{
    return target->is_two_level
                   && EGRET_GUARD(10, is_aligned(source, source_status))
               ? EGRET_LABEL_ALGN
               : EGRET_LABEL_ELIG;
}


egret_relation_t
egret_relation_compose(egret_relation_t first, egret_relation_t second)
{
    if (first == EGRET_RELATION_EXACT) {
        return second;
    }
    if (second == EGRET_RELATION_EXACT) {
        return first;
    }

    return first == second
                   && (first == EGRET_RELATION_BROAD
                       || first == EGRET_RELATION_NARROW)
               ? first
               : EGRET_RELATION_NOT_COMPARED;
}


static egret_relation_t
relation_in(const egret_translation_candidate_t *candidate, int dimension)
{
    egret_relation_t last = candidate->row->relations[dimension];

    if (candidate->via == NULL) {
        return last;
    }

    return egret_relation_compose(candidate->via->relations[dimension], last);
}


static egret_truth_t
judge(const egret_condition_t *condition, const egret_facts_t *facts)
{
    return egret_condition_judge(condition, facts);
}


static bool
is_carried(const egret_proof_t *proof,
           const egret_translation_candidate_t *candidate, int dimension)
{
    const egret_crosswalk_row_t *via = candidate->via;

    return EGRET_GUARD(11, means(proof->source, proof->source_status,
                                 dimension))
           && EGRET_GUARD(12, egret_relation_carries(
                                  candidate->row->relations[dimension]))
           && (via == NULL
               || EGRET_GUARD(13, egret_relation_carries(
                                      via->relations[dimension])));
}


static bool
is_not_required(const egret_proof_t *proof,
                const egret_translation_candidate_t *candidate, int dimension)
{
    return candidate->row->relations[dimension] == EGRET_RELATION_NOT_REQUIRED
           && EGRET_GUARD(14, proof->target->is_two_level
                                  || means(proof->source, proof->source_status,
                                           EGRET_DIMENSION_CRITERIA));
}


/* What is proven by the message, whatever the source label means. */
static bool
is_shown(const egret_proof_t *proof,
         const egret_translation_candidate_t *candidate, int dimension)
{
    const egret_crosswalk_row_t *row = candidate->row;
    const egret_crosswalk_row_t *via = candidate->via;
    const egret_facts_t *facts = proof->facts;

    if (dimension == EGRET_DIMENSION_DNSH) {
        return facts != NULL && EGRET_GUARD(15, facts->is_harmless);
    }
    if (dimension == EGRET_DIMENSION_SAFEGUARDS) {
        return facts != NULL && EGRET_GUARD(16, facts->is_safeguarded);
    }
    if (dimension != EGRET_DIMENSION_CRITERIA) {
        return false;
    }
    if (row->threshold != NULL
        && EGRET_GUARD(17, judge(row->threshold, facts) == EGRET_TRUTH_TRUE))
    {
        return true;
    }

    return via != NULL && via->threshold != NULL
           && EGRET_GUARD(18, judge(via->threshold, facts) == EGRET_TRUTH_TRUE)
           && EGRET_GUARD(19, egret_relation_carries(
                                  row->relations[dimension]));
}


static unsigned
weigh_conditions(const egret_proof_t *proof,
                 const egret_translation_candidate_t *candidate)
{
    const egret_crosswalk_row_t *row = candidate->row;
    const egret_crosswalk_row_t *via = candidate->via;
    egret_truth_t truth = EGRET_TRUTH_TRUE;

    if (row->condition != NULL) {
        egret_truth_t last = judge(row->condition, proof->facts);

        truth = EGRET_GUARD(20, last == EGRET_TRUTH_TRUE) ? truth : last;
    }
    if (via != NULL && via->condition != NULL) {
        egret_truth_t first = judge(via->condition, proof->facts);

        truth = EGRET_GUARD(21, first >= truth) ? truth : first;
    }

    return truth == EGRET_TRUTH_TRUE      ? 0
           : truth == EGRET_TRUTH_UNKNOWN ? BIT(EGRET_MISSING_FACT)
                                          : BIT(EGRET_MISSING_CONDITION);
}


/* Criteria: by a threshold of either row that can still be met. */
static egret_reach_t
reach_criteria(const egret_proof_t *proof,
               const egret_translation_candidate_t *candidate)
{
    const egret_crosswalk_row_t *row = candidate->row;
    const egret_crosswalk_row_t *via = candidate->via;
    const egret_condition_t *thresholds[] = {
        row->threshold,
        via != NULL
                && egret_relation_carries(
                       row->relations[EGRET_DIMENSION_CRITERIA])
            ? via->threshold
            : NULL
    };
    egret_reach_t reach = EGRET_REACH_ROWS;

    for (size_t i = 0; i < 2; i++) {
        if (thresholds[i] == NULL) {
            continue;
        }
        if (egret_condition_hope(thresholds[i], proof->facts)
            == EGRET_TRUTH_TRUE)
        {
            return EGRET_REACH_FACTS;
        }
        reach = EGRET_REACH_NONE;
    }

    return reach;
}


static egret_reach_t
reach_of(const egret_proof_t *proof,
         const egret_translation_candidate_t *candidate)
{
    const egret_condition_t *conditions[] = {
        candidate->row->condition,
        candidate->via != NULL ? candidate->via->condition : NULL
    };
    unsigned missing = candidate->missing;
    egret_reach_t reach = (missing & BIT(EGRET_MISSING_DNSH)) != 0
                          ? EGRET_REACH_ROWS
                          : EGRET_REACH_FACTS;

    if (missing == 0) {
        return EGRET_REACH_PROVEN;
    }
    if ((missing & (BIT(EGRET_MISSING_SCOPE) | BIT(EGRET_MISSING_CONDITION)))
        != 0)
    {
        return EGRET_REACH_NONE;
    }
    for (size_t i = 0; i < 2; i++) {
        if (conditions[i] != NULL
            && egret_condition_hope(conditions[i], proof->facts)
                   != EGRET_TRUTH_TRUE)
        {
            reach = EGRET_REACH_ROWS;
        }
    }
    if ((missing & BIT(EGRET_MISSING_CRITERIA)) != 0) {
        egret_reach_t criteria = reach_criteria(proof, candidate);

        reach = criteria > reach ? criteria : reach;
    }

    return reach;
}


void
egret_proof_weigh(const egret_proof_t *proof,
                  egret_translation_candidate_t *candidate)
{
    candidate->relation = relation_in(candidate, EGRET_DIMENSION_SCOPE);
    candidate->missing = weigh_conditions(proof, candidate);

    for (int i = 0; i < EGRET_DIMENSION_COUNT; i++) {
        egret_relation_t relation = relation_in(candidate, i);

        if (!means(proof->target, proof->target_status, i)) {
            continue;
        }
        if (!is_carried(proof, candidate, i)
            && !is_not_required(proof, candidate, i)
            && !is_shown(proof, candidate, i))
        {
            candidate->missing |= BIT(i);
        }
        if (egret_relation_is_claim(relation)) {
            candidate->relation = egret_relation_weaker(candidate->relation,
                                                        relation);
        }
    }
    candidate->reach = reach_of(proof, candidate);
}


static int
count_bits(unsigned bits)
{
    int count = 0;

    for (; bits != 0; bits &= bits - 1) {
        count++;
    }

    return count;
}


static bool
is_manual(const egret_translation_candidate_t *candidate)
{
    return egret_span_equals_text(candidate->row->justification,
                                  "semapv:ManualMappingCuration")
           && (candidate->via == NULL
               || egret_span_equals_text(candidate->via->justification,
                                         "semapv:ManualMappingCuration"));
}


bool
egret_proof_is_nearer(const egret_translation_candidate_t *a,
                      const egret_translation_candidate_t *b)
{
    int missing_a = count_bits(a->missing);
    int missing_b = count_bits(b->missing);

    if (a->reach != b->reach) {
        return a->reach < b->reach;
    }
    if (missing_a != missing_b) {
        return missing_a < missing_b;
    }
    if (a->relation != b->relation) {
        return a->relation < b->relation;
    }
    if ((a->via == NULL) != (b->via == NULL)) {
        return a->via == NULL;
    }

    return is_manual(a) && !is_manual(b);
}


bool
egret_proof_condition(const egret_translation_candidate_t *candidate,
                      size_t index, const egret_condition_t **out,
                      bool *is_threshold)
{
    const egret_crosswalk_row_t *rows[] = { candidate->via, candidate->row };

    for (size_t i = 0; i < 4; i++) {
        const egret_crosswalk_row_t *row = rows[i / 2];

        if (row == NULL) {
            continue;
        }
        *out = i % 2 == 0 ? row->condition : row->threshold;
        if (*out != NULL && index-- == 0) {
            if (is_threshold != NULL) {
                *is_threshold = i % 2 == 1;
            }
            return true;
        }
    }

    return false;
}
