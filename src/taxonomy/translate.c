/* SPDX-License-Identifier: Apache-2.0 */

#include "taxonomy/translate.h"

#define SHARE_SCALE 5
#define BIT(missing) (1u << (missing))

typedef struct {
    const egret_scheme_t *target;
    bool proven[EGRET_DIMENSION_COUNT]; /* by the source label itself */
    bool needed[EGRET_DIMENSION_COUNT]; /* by the target's status */
    bool is_not_required_allowed;
} level_rule_t;

static const char *const missing_texts[EGRET_MISSING_COUNT] = {
    "scope",
    "criteria",
    "dnsh",
    "safeguards",
    "row",
    "valid row",
    "final block",
    "status ELIG or ALGN",
    "source code",
    "source in force",
    "target in force",
};


const char *
egret_missing_text(egret_missing_t missing)
{
    return missing_texts[missing];
}


const char *
egret_translation_code(egret_label_result_t result)
{
    static const char *const codes[] = { "", "TRLD", "NASS", "NCPT" };

    return codes[result];
}


static bool
is_aligned(const egret_scheme_t *source, egret_label_status_t status)
{
    return source->is_two_level && status == EGRET_LABEL_ALGN;
}


static level_rule_t
level_rule(const egret_scheme_t *source, egret_label_status_t source_status,
           const egret_scheme_t *target, egret_label_status_t target_status)
{
    bool has_aligned = is_aligned(source, source_status);
    bool has_criteria = has_aligned || !source->is_two_level;
    bool wants_aligned = target->is_two_level
                         && target_status == EGRET_LABEL_ALGN;

    return (level_rule_t){
        .target = target,
        .proven = { true, has_criteria, has_aligned, has_aligned },
        .needed = { true, wants_aligned || !target->is_two_level, wants_aligned,
                    wants_aligned },
        .is_not_required_allowed = has_criteria || target->is_two_level,
    };
}


static bool
is_satisfied(const level_rule_t *rule, int dimension, egret_relation_t relation)
{
    if (!rule->needed[dimension]) {
        return true;
    }
    if (relation == EGRET_RELATION_NOT_REQUIRED) {
        return rule->is_not_required_allowed;
    }

    return rule->proven[dimension] && egret_relation_carries(relation);
}


static egret_translation_candidate_t
weigh(const level_rule_t *rule, const egret_crosswalk_row_t *row)
{
    egret_translation_candidate_t candidate = {
        row, row->relations[EGRET_DIMENSION_SCOPE], 0
    };

    for (int i = 0; i < EGRET_DIMENSION_COUNT; i++) {
        egret_relation_t relation = row->relations[i];

        if (!is_satisfied(rule, i, relation)) {
            candidate.missing |= BIT(i);
        }
        if (rule->needed[i] && egret_relation_is_claim(relation)) {
            candidate.relation = egret_relation_weaker(candidate.relation,
                                                       relation);
        }
    }

    return candidate;
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
is_manual(const egret_crosswalk_row_t *row)
{
    return egret_span_equals_text(row->justification,
                                  "semapv:ManualMappingCuration");
}


/* Whether `a` is nearer than `b`; false when equal, so that order stays. */
static bool
is_nearer(const egret_translation_candidate_t *a,
          const egret_translation_candidate_t *b)
{
    int missing_a = count_bits(a->missing);
    int missing_b = count_bits(b->missing);

    if (missing_a != missing_b) {
        return missing_a < missing_b;
    }
    if (a->relation != b->relation) {
        return a->relation < b->relation;
    }

    return is_manual(a->row) && !is_manual(b->row);
}


static void
insert(egret_translation_candidate_t *candidates, size_t count,
       egret_translation_candidate_t candidate)
{
    size_t at = count;

    while (at > 0 && is_nearer(&candidate, &candidates[at - 1])) {
        candidates[at] = candidates[at - 1];
        at--;
    }
    candidates[at] = candidate;
}


/* Weighs the rows that are valid on the date. True when one of them says that
 * there is no counterpart: it stands alone then. */
static bool
weigh_rows(const level_rule_t *rule, const egret_row_group_t *group,
           egret_date_t date, egret_translation_candidate_t *candidates,
           size_t *count)
{
    *count = 0;

    for (size_t i = 0; i < group->count; i++) {
        const egret_crosswalk_row_t *row = group->rows[i];

        if (!egret_crosswalk_row_is_valid(row, date)) {
            continue;
        }
        if (row->object == NULL) {
            candidates[0] = (egret_translation_candidate_t){
                row, EGRET_RELATION_NONE, 0
            };
            *count = 1;
            return true;
        }
        insert(candidates, *count, weigh(rule, row));
        (*count)++;
    }

    return false;
}


static void
assess(egret_label_translation_t *out, egret_missing_t missing)
{
    out->result = EGRET_TRANSLATION_NEEDS_ASSESSMENT;
    out->missing |= BIT(missing);
}


/* The highest status first, then ELIG; never above the source's. */
static void
decide(const egret_label_t *label, const egret_row_group_t *group,
       egret_translation_candidate_t *candidates,
       egret_label_translation_t *out)
{
    egret_label_status_t status = out->target->is_two_level
                                          && is_aligned(out->source,
                                                        label->status)
                                      ? EGRET_LABEL_ALGN
                                      : EGRET_LABEL_ELIG;
    level_rule_t rule = level_rule(out->source, label->status, out->target,
                                   status);
    bool has_none = weigh_rows(&rule, group, label->decisive_date, candidates,
                               &out->candidate_count);

    out->candidates = candidates;
    if (has_none) {
        out->result = EGRET_TRANSLATION_NO_COUNTERPART;
        return;
    }
    if (out->candidate_count == 0) {
        assess(out, EGRET_MISSING_VALID_ROW);
        return;
    }

    out->missing = candidates[0].missing;
    if (out->missing != 0 && status == EGRET_LABEL_ALGN) {
        status = EGRET_LABEL_ELIG;
        rule = level_rule(out->source, label->status, out->target, status);
        (void) weigh_rows(&rule, group, label->decisive_date, candidates,
                          &out->candidate_count);
    }

    if (candidates[0].missing != 0) {
        out->result = EGRET_TRANSLATION_NEEDS_ASSESSMENT;
        out->missing = candidates[0].missing;
        return;
    }
    out->result = EGRET_TRANSLATION_TRANSLATED;
    out->code = candidates[0].row->object;
    out->status = status;
    out->relation = candidates[0].relation;
}


/* What keeps the label from being looked up at all. */
static void
judge_label(const egret_label_t *label, egret_label_translation_t *out)
{
    out->source_in_force = egret_scheme_in_force(
        out->source, label->decisive_date, label->decisive_kind);
    out->target_in_force = egret_scheme_in_force(
        out->target, label->decisive_date, label->decisive_kind);

    if (label->block_status != EGRET_BLOCK_FINL
        && label->block_status != EGRET_BLOCK_RVSD)
    {
        assess(out, EGRET_MISSING_FINAL_BLOCK);
    }
    if (label->status != EGRET_LABEL_ELIG && label->status != EGRET_LABEL_ALGN)
    {
        assess(out, EGRET_MISSING_STATUS);
    }
    if (!egret_in_force_is_allowed(out->source_in_force)) {
        assess(out, EGRET_MISSING_SOURCE_IN_FORCE);
    }
    if (!egret_in_force_is_allowed(out->target_in_force)) {
        assess(out, EGRET_MISSING_TARGET_IN_FORCE);
    }
}


static void
stand(const egret_label_t *label, const egret_class_t *code,
      egret_label_translation_t *out)
{
    egret_in_force_t in_force = egret_scheme_in_force(
        out->source, label->decisive_date, label->decisive_kind);

    out->result = EGRET_TRANSLATION_STANDS;
    out->code = code;
    if (egret_scheme_code_fit(out->source, label->code) != EGRET_CODE_FITS) {
        out->missing |= BIT(EGRET_MISSING_SOURCE_CODE);
    }
    if (!egret_in_force_is_allowed(in_force)) {
        out->missing |= BIT(EGRET_MISSING_SOURCE_IN_FORCE);
    }
}


egret_rc_t
egret_translate(const egret_taxonomies_t *taxonomies,
                const egret_label_t *label, const egret_scheme_t *target,
                egret_arena_t *arena, egret_label_translation_t *out)
{
    egret_translation_candidate_t *candidates;
    const egret_row_group_t *group;
    const egret_class_t *code;

    *out = (egret_label_translation_t){ .target = target,
                                        .status = label->status };
    out->source = egret_taxonomies_scheme(taxonomies, label->scheme,
                                          label->version);
    code = out->source == NULL ? NULL
                               : egret_scheme_class(out->source, label->code);

    if (out->source == target) {
        stand(label, code, out);
        return EGRET_OK;
    }
    if (code == NULL
        || egret_scheme_code_fit(out->source, label->code) != EGRET_CODE_FITS)
    {
        assess(out, EGRET_MISSING_SOURCE_CODE);
        return EGRET_OK;
    }

    judge_label(label, out);
    if (out->missing != 0) {
        return EGRET_OK;
    }
    group = egret_taxonomies_rows(taxonomies, code, target);
    if (group == NULL) {
        assess(out, EGRET_MISSING_ROW);
        return EGRET_OK;
    }

    candidates = egret_arena_zeroed(arena, group->count, sizeof(*candidates));
    if (candidates == NULL) {
        return egret_arena_rc(arena);
    }
    decide(label, group, candidates, out);

    return EGRET_OK;
}


egret_rc_t
egret_translation_share(const egret_decimal_t *allocated,
                        const egret_decimal_t *base,
                        const egret_decimal_t *source_share,
                        egret_decimal_t *out)
{
    egret_decimal_t percent = egret_decimal_from(100);
    egret_decimal_t share, whole;
    egret_rc_t rc;

    if (egret_decimal_sign(base) <= 0 || egret_decimal_sign(allocated) < 0
        || egret_decimal_sign(source_share) < 0)
    {
        return EGRET_EINVAL;
    }

    rc = egret_decimal_multiply(allocated, &percent, &whole);
    if (rc == EGRET_OK) {
        rc = egret_decimal_divide(&whole, base, SHARE_SCALE, &share, NULL);
    }
    if (rc != EGRET_OK) {
        return rc;
    }
    *out = egret_decimal_compare(&share, source_share) > 0 ? *source_share
                                                           : share;

    return EGRET_OK;
}
