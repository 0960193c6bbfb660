/* SPDX-License-Identifier: Apache-2.0 */

#include "taxonomy/translate.h"

#include "taxonomy/guard.h"

#define SHARE_SCALE 5
#define BIT(missing) (1u << (missing))

/* One label for one target. */
typedef struct {
    const egret_label_t *label;
    const egret_row_group_t *group;
    egret_translation_candidate_t *candidates;
    size_t count;
} work_t;


const char *
egret_translation_code(egret_label_result_t result)
{
    static const char *const codes[] = { "", "TRLD", "NASS", "NCPT" };

    return codes[result];
}


static bool
is_in_force(const egret_scheme_t *scheme, const egret_label_t *label)
{
    return egret_in_force_is_allowed(egret_scheme_in_force(
        scheme, label->decisive_date, label->decisive_kind));
}


static void
add_candidate(work_t *work, const egret_proof_t *proof,
              const egret_crosswalk_row_t *via,
              const egret_crosswalk_row_t *row)
{
    egret_translation_candidate_t candidate = { .row = row, .via = via };
    size_t at = work->count++;

    egret_proof_weigh(proof, &candidate);
    while (at > 0
           && egret_proof_is_nearer(&candidate, &work->candidates[at - 1]))
    {
        work->candidates[at] = work->candidates[at - 1];
        at--;
    }
    work->candidates[at] = candidate;
}


/* A row that says that there is no counterpart stands alone. */
static void
stand_alone(work_t *work, const egret_crosswalk_row_t *via,
            const egret_crosswalk_row_t *row)
{
    work->candidates[0] = (egret_translation_candidate_t){
        .row = row, .via = via, .relation = EGRET_RELATION_NONE
    };
    work->count = 1;
}


static bool
is_usable(const work_t *work, const egret_row_chain_t *chain)
{
    egret_date_t date = work->label->decisive_date;

    return EGRET_GUARD(31, egret_crosswalk_row_is_valid(chain->first, date))
           && EGRET_GUARD(32, egret_crosswalk_row_is_valid(chain->last, date))
           && EGRET_GUARD(33, is_in_force(chain->first->object_scheme,
                                          work->label));
}


/* Whether a row of its own, or a chain, says that the code has a counterpart,
 * perhaps of a part: what only another code's row says does not outweigh it. */
static bool
claims_counterpart(const work_t *work)
{
    for (size_t i = 0; i < work->count; i++) {
        const egret_crosswalk_row_t *row = work->candidates[i].row;

        if (egret_relation_is_nested(row->relations[EGRET_DIMENSION_SCOPE])) {
            return true;
        }
    }

    return false;
}


static bool
find_absence(work_t *work)
{
    const egret_row_chains_t *absences = &work->group->absences;

    for (size_t i = 0; i < absences->count; i++) {
        const egret_row_chain_t *chain = &absences->items[i];

        if (is_usable(work, chain)
            && EGRET_GUARD(39, !claims_counterpart(work)))
        {
            stand_alone(work, chain->first, chain->last);
            return true;
        }
    }

    return false;
}


/* Weighs what is valid on the date. True when there is no counterpart. */
static bool
weigh_all(work_t *work, const egret_proof_t *proof)
{
    const egret_row_group_t *group = work->group;
    egret_date_t date = work->label->decisive_date;

    work->count = 0;
    for (size_t i = 0; i < group->count; i++) {
        const egret_crosswalk_row_t *row = group->rows[i];

        if (!EGRET_GUARD(30, egret_crosswalk_row_is_valid(row, date))) {
            continue;
        }
        if (row->object == NULL) {
            stand_alone(work, NULL, row);
            return true;
        }
        add_candidate(work, proof, NULL, row);
    }

    for (size_t i = 0; i < group->chains.count; i++) {
        const egret_row_chain_t *chain = &group->chains.items[i];

        if (is_usable(work, chain)) {
            add_candidate(work, proof, chain->first, chain->last);
        }
    }

    return find_absence(work);
}


static void
assess(egret_label_translation_t *out, egret_missing_t missing)
{
    out->result = EGRET_TRANSLATION_NEEDS_ASSESSMENT;
    out->missing |= BIT(missing);
}


/* The highest status first, then ELIG; never above the source's. */
static void
decide(work_t *work, egret_label_translation_t *out)
{
    egret_proof_t proof = {
        .source = out->source,
        .source_status = work->label->status,
        .target = out->target,
        .target_status = egret_proof_highest(out->source, work->label->status,
                                             out->target),
        .facts = work->label->facts,
    };
    bool has_none = weigh_all(work, &proof);

    out->candidates = work->candidates;
    out->candidate_count = work->count;
    if (has_none) {
        out->result = EGRET_TRANSLATION_NO_COUNTERPART;
        return;
    }
    if (work->count == 0) {
        assess(out, EGRET_MISSING_VALID_ROW);
        return;
    }

    out->missing = work->candidates[0].missing;
    if (out->missing != 0 && proof.target_status == EGRET_LABEL_ALGN) {
        out->lacking = work->candidates[0];
        proof.target_status = EGRET_LABEL_ELIG;
        (void) weigh_all(work, &proof);
    }

    if (work->candidates[0].missing != 0) {
        out->result = EGRET_TRANSLATION_NEEDS_ASSESSMENT;
        out->missing = work->candidates[0].missing;
        return;
    }
    out->result = EGRET_TRANSLATION_TRANSLATED;
    out->code = work->candidates[0].row->object;
    out->status = proof.target_status;
    out->relation = work->candidates[0].relation;
}


static unsigned
missing_of_label(const egret_label_t *label)
{
    unsigned missing = 0;

    if (!EGRET_GUARD(34, label->block_status == EGRET_BLOCK_FINL
                             || label->block_status == EGRET_BLOCK_RVSD))
    {
        missing |= BIT(EGRET_MISSING_FINAL_BLOCK);
    }
    if (!EGRET_GUARD(35, label->status == EGRET_LABEL_ELIG
                             || label->status == EGRET_LABEL_ALGN))
    {
        missing |= BIT(EGRET_MISSING_STATUS);
    }
    return missing;
}


/* What keeps the label from being looked up at all. */
static void
judge_label(const egret_label_t *label, egret_label_translation_t *out)
{
    out->source_in_force = egret_scheme_in_force(
        out->source, label->decisive_date, label->decisive_kind);
    out->target_in_force = egret_scheme_in_force(
        out->target, label->decisive_date, label->decisive_kind);

    if (missing_of_label(label) != 0) {
        out->result = EGRET_TRANSLATION_NEEDS_ASSESSMENT;
        out->missing |= missing_of_label(label);
    }
    if (!EGRET_GUARD(36, egret_in_force_is_allowed(out->source_in_force))) {
        assess(out, EGRET_MISSING_SOURCE_IN_FORCE);
    }
    if (!EGRET_GUARD(37, egret_in_force_is_allowed(out->target_in_force))) {
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
    out->missing |= missing_of_label(label);
}


egret_rc_t
egret_translate(const egret_taxonomies_t *taxonomies,
                const egret_label_t *label, const egret_scheme_t *target,
                egret_arena_t *arena, egret_label_translation_t *out)
{
    work_t work = { .label = label };
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
    work.group = egret_taxonomies_rows(taxonomies, code, target);
    if (work.group == NULL) {
        assess(out, EGRET_MISSING_ROW);
        return EGRET_OK;
    }

    work.candidates = egret_arena_zeroed(
        arena, work.group->count + work.group->chains.count + 1,
        sizeof(*work.candidates));
    if (work.candidates == NULL) {
        return egret_arena_rc(arena);
    }
    decide(&work, out);

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
