/* SPDX-License-Identifier: Apache-2.0 */
#include "answer/gap.h"

#include "checks/rules.h"

#define BIT(missing) (1u << (missing))

static const char *const kinds[EGRET_NEED_KIND_COUNT] = {
    [EGRET_NEED_ROW] = "row",
    [EGRET_NEED_SCOPE] = "scope",
    [EGRET_NEED_CRITERIA] = "criteria",
    [EGRET_NEED_CRITERION] = "criterion",
    [EGRET_NEED_FACT] = "fact",
    [EGRET_NEED_CONDITION] = "condition",
    [EGRET_NEED_DNSH] = "dnsh",
    [EGRET_NEED_SAFEGUARDS] = "safeguards",
    [EGRET_NEED_REVIEW] = "review",
    [EGRET_NEED_SHARE] = "share",
    [EGRET_NEED_BLOCK] = "block",
};

/* Whose needs are added. */
typedef struct {
    egret_gap_block_t *block;
    const egret_block_t *from;
    const egret_gap_item_t *item;
    egret_arena_t *arena;
} adding_t;

const char *
egret_need_text(egret_need_kind_t kind)
{
    return kinds[kind];
}

const char *
egret_gap_proof_text(egret_gap_proof_t proof)
{
    static const char *const texts[] = { "missing", "rows",  "not required",
                                         "facts",   "label", "not asked" };

    return texts[proof];
}

static bool
is_told_before(const egret_gap_item_t *item, size_t index)
{
    const egret_translation_candidate_t *all = item->translation.candidates;

    for (size_t i = 0; i < index; i++) {
        if (all[i].row->object == all[index].row->object) {
            return true;
        }
    }

    return false;
}

egret_span_t
egret_gap_nearest(const egret_gap_item_t *item, size_t index)
{
    const egret_label_translation_t *translation = &item->translation;

    if (translation->result == EGRET_TRANSLATION_STANDS) {
        return index == 0 ? item->from->code : EGRET_SPAN("");
    }
    for (size_t i = 0; i < translation->candidate_count; i++) {
        const egret_class_t *object = translation->candidates[i].row->object;

        if (object != NULL && !is_told_before(item, i) && index-- == 0) {
            return object->code;
        }
    }

    return EGRET_SPAN("");
}

static egret_rc_t
find_need(const adding_t *adding, egret_need_kind_t kind, uint32_t project,
          egret_span_t subject, egret_gap_need_t **out)
{
    egret_gap_block_t *block = adding->block;
    egret_span_t key = egret_arena_print(adding->arena, "%d %u %.*s",
                                         (int) kind, project,
                                         EGRET_SPAN_ARGS(subject));
    egret_rc_t rc;

    if (key.at == NULL) {
        return egret_arena_rc(adding->arena);
    }
    *out = egret_map_find(&block->by_key, key);
    if (*out != NULL) {
        return EGRET_OK;
    }

    *out = egret_arena_zeroed(adding->arena, 1, sizeof(**out));
    if (*out == NULL) {
        return egret_arena_rc(adding->arena);
    }
    rc = egret_map_add(&block->by_key, key, *out);
    if (rc != EGRET_OK) {
        return rc;
    }
    (*out)->kind = kind;
    (*out)->project = project;
    (*out)->subject = subject;
    (*out)->is_stated = (kind == EGRET_NEED_DNSH
                         && adding->from->harm.count > 0)
                        || (kind == EGRET_NEED_SAFEGUARDS
                            && adding->from->safeguards.count > 0);
    *block->needs_end = *out;
    block->needs_end = &(*out)->next;

    return EGRET_OK;
}

static void
add_scheme(egret_gap_need_t *need, const egret_scheme_t *scheme)
{
    for (size_t i = 0; i < need->scheme_count; i++) {
        if (need->schemes[i] == scheme) {
            return;
        }
    }
    need->schemes[need->scheme_count++] = scheme;
}

/* A row's condition and its threshold may say the same, and so may two rows. An
 * item's uses follow each other. */
static egret_gap_use_t *
find_use(const egret_gap_need_t *need, const egret_gap_item_t *item,
         egret_span_t term)
{
    egret_gap_use_t *use = need->last != NULL && need->last->item == item
                           ? need->recent : NULL;

    while (use != NULL && !egret_span_equals(use->term, term)) {
        use = use->next;
    }

    return use;
}

static egret_rc_t
add_need(const adding_t *adding, egret_need_kind_t kind, uint32_t project,
         egret_span_t subject, unsigned bit, egret_span_t term)
{
    const egret_label_translation_t *translation = &adding->item->translation;
    bool is_for_label =
        bit == 0
        || (translation->result != EGRET_TRANSLATION_TRANSLATED
            && (translation->missing & bit) != 0);
    egret_gap_need_t *need;
    egret_gap_use_t *use;
    egret_rc_t rc = find_need(adding, kind, project, subject, &need);

    if (rc != EGRET_OK) {
        return rc;
    }
    use = find_use(need, adding->item, term);
    if (use != NULL) {
        use->is_for_label = use->is_for_label || is_for_label;
        return EGRET_OK;
    }
    use = egret_arena_zeroed(adding->arena, 1, sizeof(*use));
    if (use == NULL) {
        return egret_arena_rc(adding->arena);
    }

    use->item = adding->item;
    use->is_for_label = is_for_label;
    use->term = term;
    if (need->last == NULL || need->last->item != use->item) {
        need->recent = use;
    }
    *(need->last == NULL ? &need->uses : &need->last->next) = use;
    need->last = use;
    add_scheme(need, translation->target);

    return EGRET_OK;
}

static egret_span_t
subject_of(const adding_t *adding, const egret_condition_term_t *term)
{
    static const char *const names[EGRET_FACT_KIND_COUNT] = {
        [EGRET_FACT_TECHNOLOGY] = "technology",
        [EGRET_FACT_ENERGY_SOURCE] = "energySource",
        [EGRET_FACT_INDUSTRY] = "industry",
        [EGRET_FACT_JURISDICTION] = "jurisdiction",
    };

    if (term->kind == EGRET_FACT_CRITERION) {
        return term->of;
    }

    return egret_arena_print(adding->arena, "%s%s%.*s", names[term->kind],
                             term->of.length > 0 ? " " : "",
                             EGRET_SPAN_ARGS(term->of));
}

/* A term that is not true: a value to measure, or a fact to state. */
static egret_rc_t
add_term(const adding_t *adding, const egret_condition_term_t *term,
         egret_truth_t truth, unsigned bit)
{
    egret_span_t subject = subject_of(adding, term);
    egret_need_kind_t kind =
        truth == EGRET_TRUTH_FALSE            ? EGRET_NEED_CONDITION
        : term->kind == EGRET_FACT_CRITERION  ? EGRET_NEED_CRITERION
                                              : EGRET_NEED_FACT;

    return subject.at == NULL
           ? egret_arena_rc(adding->arena)
           : add_need(adding, kind, adding->item->project, subject, bit,
                      term->text);
}

/* Those of a way's conditions, or thresholds. `*count`: how many were added. */
static egret_rc_t
add_terms_of(const adding_t *adding, const egret_facts_t *facts,
             const egret_translation_candidate_t *way, bool of_thresholds,
             unsigned bit, size_t *count)
{
    const egret_condition_t *condition;
    bool is_threshold;

    for (size_t i = 0;
         egret_proof_condition(way, i, &condition, &is_threshold); i++)
    {
        const egret_condition_term_t *term = condition->first;

        if (is_threshold != of_thresholds
            || egret_condition_judge(condition, facts) == EGRET_TRUTH_TRUE)
        {
            continue;
        }
        for (; term != NULL; term = term->next) {
            egret_truth_t truth = egret_condition_term_judge(condition, term,
                                                             facts);
            egret_rc_t rc = truth == EGRET_TRUTH_TRUE
                            ? EGRET_OK
                            : add_term(adding, term, truth, bit);

            if (rc != EGRET_OK) {
                return rc;
            }
            *count += truth != EGRET_TRUTH_TRUE;
        }
    }

    return EGRET_OK;
}

/* Of the nearest way, and of each other that facts could still prove. */
static egret_rc_t
add_terms(const adding_t *adding, const egret_facts_t *facts,
          bool of_thresholds, unsigned bit, size_t *count)
{
    const egret_label_translation_t *translation = &adding->item->translation;
    egret_rc_t rc = EGRET_OK;

    for (size_t i = 0; rc == EGRET_OK && i < translation->candidate_count;
         i++)
    {
        const egret_translation_candidate_t *way = &translation->candidates[i];

        if (i == 0
            || (translation->result != EGRET_TRANSLATION_TRANSLATED
                && way->reach == EGRET_REACH_FACTS))
        {
            rc = add_terms_of(adding, facts, way, of_thresholds, bit, count);
        }
    }

    return rc;
}

/* "EU-TAX/2023/CCM-4.1", as far as it is known. */
static egret_span_t
name_code(const adding_t *adding)
{
    const egret_scheme_t *target = adding->item->translation.target;
    egret_span_t code = egret_gap_nearest(adding->item, 0);

    return egret_arena_print(adding->arena, "%.*s/%.*s%s%.*s",
                             EGRET_SPAN_ARGS(target->id),
                             EGRET_SPAN_ARGS(target->version),
                             code.length > 0 ? "/" : "", EGRET_SPAN_ARGS(code));
}

/* What one scheme asks of the code, and no other scheme. */
static egret_rc_t
add_own(const adding_t *adding, egret_need_kind_t kind, unsigned bit)
{
    egret_span_t code = name_code(adding);

    return code.at == NULL ? egret_arena_rc(adding->arena)
                           : add_need(adding, kind, adding->item->project,
                                      code, bit, EGRET_SPAN(""));
}

static egret_rc_t
add_criteria(const adding_t *adding, const egret_facts_t *facts)
{
    unsigned bit = BIT(EGRET_MISSING_CRITERIA);
    size_t count = 0;
    egret_rc_t rc = add_terms(adding, facts, true, bit, &count);

    return rc == EGRET_OK && count == 0
           ? add_own(adding, EGRET_NEED_CRITERIA, bit)
           : rc;
}

static egret_rc_t
add_missing(const adding_t *adding, egret_missing_t missing,
            const egret_facts_t *facts)
{
    uint32_t project = adding->item->project;
    unsigned bit = BIT(missing);
    size_t count = 0;

    switch (missing) {
    case EGRET_MISSING_SCOPE:
        return add_own(adding, EGRET_NEED_SCOPE, bit);
    case EGRET_MISSING_CRITERIA:
        return add_criteria(adding, facts);
    case EGRET_MISSING_DNSH:
        return add_need(adding, EGRET_NEED_DNSH, project, EGRET_SPAN(""), bit,
                        EGRET_SPAN(""));
    case EGRET_MISSING_SAFEGUARDS:
        return add_need(adding, EGRET_NEED_SAFEGUARDS, project, EGRET_SPAN(""),
                        bit, EGRET_SPAN(""));
    case EGRET_MISSING_FACT:
    case EGRET_MISSING_CONDITION:
        return add_terms(adding, facts, false, bit, &count);
    case EGRET_MISSING_ROW:
    case EGRET_MISSING_VALID_ROW:
    case EGRET_MISSING_EXPLICIT_ROW:
        return add_own(adding, EGRET_NEED_ROW, bit);
    default:
        return add_need(adding, EGRET_NEED_BLOCK, 0,
                        egret_span_from(egret_missing_text(missing)), bit,
                        EGRET_SPAN(""));
    }
}

static egret_rc_t
add_share(const adding_t *adding)
{
    const egret_scheme_t *target = adding->item->translation.target;
    char text[EGRET_DECIMAL_TEXT];
    egret_span_t term;

    if (!target->has_minimum_share
        || egret_rules_share_reaches(&adding->block->green_share,
                                     &target->minimum_share))
    {
        return EGRET_OK;
    }

    (void) egret_decimal_write(&target->minimum_share, text);
    term = egret_arena_print(adding->arena, "at least %s percent", text);

    return term.at == NULL
           ? egret_arena_rc(adding->arena)
           : add_need(adding, EGRET_NEED_SHARE, 0, EGRET_SPAN(""), 0, term);
}

egret_rc_t
egret_gap_add_needs(egret_gap_block_t *block, const egret_block_t *from,
                    const egret_gap_item_t *item, const egret_facts_t *facts,
                    bool has_review, egret_arena_t *arena)
{
    const egret_label_translation_t *translation = &item->translation;
    const adding_t adding = { block, from, item, arena };
    unsigned missing = translation->missing | item->lacking;
    egret_rc_t rc = EGRET_OK;

    if (translation->result == EGRET_TRANSLATION_NO_COUNTERPART) {
        return EGRET_OK;
    }

    for (unsigned i = 0; rc == EGRET_OK && i < EGRET_MISSING_COUNT; i++) {
        if ((missing & BIT(i)) != 0) {
            rc = add_missing(&adding, (egret_missing_t) i, facts);
        }
    }
    if (rc == EGRET_OK && translation->target->requires_review && !has_review) {
        rc = add_need(&adding, EGRET_NEED_REVIEW, 0, EGRET_SPAN(""), 0,
                      EGRET_SPAN(""));
    }

    return rc == EGRET_OK ? add_share(&adding) : rc;
}
