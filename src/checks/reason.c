/* SPDX-License-Identifier: Apache-2.0 */
#include "checks/reason.h"

#include "checks/fact.h"

#define CONDITIONS 4 /* of a chain: a condition and a threshold a row */
#define TERMS 32     /* that are named behind one word */

static egret_block_translation_relation_t
relation_of(const egret_crosswalk_row_t *row)
{
    if (row->object == NULL) {
        return EGRET_BLOCK_ROW_NONE;
    }

    switch (row->predicate) {
    case EGRET_RELATION_EXACT:
        return EGRET_BLOCK_ROW_EXACT;
    case EGRET_RELATION_BROAD:
        return EGRET_BLOCK_ROW_BROAD;
    case EGRET_RELATION_NARROW:
        return EGRET_BLOCK_ROW_NARROW;
    case EGRET_RELATION_CLOSE:
        return EGRET_BLOCK_ROW_CLOSE;
    default:
        return EGRET_BLOCK_ROW_RELATED;
    }
}

static egret_rc_t
copy_row(const egret_check_t *check, const egret_crosswalk_row_t *row,
         egret_block_translation_row_t *out)
{
    out->table = row->crosswalk->id;
    out->row = row->record_id.length > 0
               ? row->record_id
               : egret_arena_print(check->arena, "line %u", row->line);
    out->relation = relation_of(row);
    out->is_own_assessment = row->status == EGRET_ROW_OWN_ASSESSMENT;
    out->is_operators = row->crosswalk->is_operators;
    out->is_draft = row->status == EGRET_ROW_DRAFT;
    out->is_superseded = row->status == EGRET_ROW_SUPERSEDED;
    out->justification = row->justification;

    return out->row.at == NULL ? egret_arena_rc(check->arena) : EGRET_OK;
}

/* The row that decided; where none did, all that were weighed. */
static egret_rc_t
copy_rows(const egret_check_t *check,
          const egret_label_translation_t *translation,
          egret_block_translation_item_t *item)
{
    size_t count = translation->result == EGRET_TRANSLATION_NEEDS_ASSESSMENT
                   ? translation->candidate_count
                   : translation->candidate_count > 0;
    egret_block_translation_row_t *rows =
        egret_arena_zeroed(check->arena, 2 * count + 1, sizeof(*rows));

    if (rows == NULL) {
        return egret_arena_rc(check->arena);
    }

    for (size_t i = 0; i < count; i++) {
        const egret_translation_candidate_t *from = &translation->candidates[i];
        egret_rc_t rc = from->via == NULL
                        ? EGRET_OK
                        : copy_row(check, from->via, &rows[item->row_count++]);

        if (rc == EGRET_OK) {
            rc = copy_row(check, from->row, &rows[item->row_count++]);
        }
        if (rc != EGRET_OK) {
            return rc;
        }
    }

    item->rows = rows;

    return EGRET_OK;
}

/* By term. */
static void
find_true(const egret_condition_t *condition, const egret_facts_t *facts,
          bool is_true[EGRET_CONDITION_TERMS])
{
    const egret_condition_term_t *term = condition->first;

    for (size_t i = 0; term != NULL; term = term->next, i++) {
        is_true[i] = egret_condition_term_judge(condition, term, facts)
                     == EGRET_TRUTH_TRUE;
    }
}

static bool
is_asked(const egret_condition_t *condition, const bool *is_true,
         const egret_fact_t *fact)
{
    const egret_condition_term_t *term = condition->first;

    for (size_t i = 0; term != NULL; term = term->next, i++) {
        if (is_true[i] && egret_condition_term_asks(term, fact)) {
            return true;
        }
    }

    return false;
}

static egret_rc_t
copy_facts(const egret_check_t *check, const egret_condition_t *condition,
           const egret_facts_t *facts, uint32_t project,
           egret_block_translation_condition_t *out)
{
    egret_block_translation_fact_t *told = egret_arena_zeroed(
        check->arena, facts->count, sizeof(*told));
    bool is_true[EGRET_CONDITION_TERMS];

    if (told == NULL) {
        return egret_arena_rc(check->arena);
    }

    out->name = condition->text;
    out->facts = told;
    find_true(condition, facts, is_true);
    for (size_t i = 0; i < facts->count; i++) {
        if (!is_asked(condition, is_true, &facts->items[i])) {
            continue;
        }
        told[out->fact_count].path = egret_fact_path(check, project,
                                                     &facts->items[i]);
        told[out->fact_count].value = facts->items[i].value;
        if (told[out->fact_count++].path.at == NULL) {
            return egret_arena_rc(check->arena);
        }
    }

    return EGRET_OK;
}

/* Those that are true: a threshold that is not has proven nothing. */
static egret_rc_t
copy_conditions(const egret_check_t *check,
                const egret_translation_candidate_t *candidate,
                const egret_facts_t *facts,
                egret_block_translation_item_t *item)
{
    egret_block_translation_condition_t *conditions = egret_arena_zeroed(
        check->arena, CONDITIONS, sizeof(*conditions));
    const egret_condition_t *condition;

    if (conditions == NULL) {
        return egret_arena_rc(check->arena);
    }

    item->conditions = conditions;
    for (size_t i = 0; egret_proof_condition(candidate, i, &condition, NULL);
         i++)
    {
        egret_rc_t rc;

        if (egret_condition_judge(condition, facts) != EGRET_TRUTH_TRUE) {
            continue;
        }
        rc = copy_facts(check, condition, facts, item->project,
                        &conditions[item->condition_count++]);
        if (rc != EGRET_OK) {
            return rc;
        }
    }

    return EGRET_OK;
}

/* What is missing, as it grows. */
typedef struct {
    egret_span_t *texts;
    size_t count;
    size_t first; /* of the word whose terms are named */
} missing_t;

static bool
is_named(const missing_t *missing, egret_span_t text)
{
    for (size_t i = missing->first + 1; i < missing->count; i++) {
        if (egret_span_equals(missing->texts[i], text)) {
            return true;
        }
    }

    return false;
}

/* The terms that keep conditions, or what proves criteria, from being true. */
static void
name_terms(const egret_translation_candidate_t *candidate,
           const egret_facts_t *facts, bool of_thresholds, missing_t *missing)
{
    const egret_condition_t *condition;
    bool is_threshold;

    for (size_t i = 0; egret_proof_condition(candidate, i, &condition,
                                             &is_threshold);
         i++)
    {
        const egret_condition_term_t *term = condition->first;

        if (is_threshold != of_thresholds
            || egret_condition_judge(condition, facts) == EGRET_TRUTH_TRUE)
        {
            continue;
        }
        for (; term != NULL; term = term->next) {
            if (missing->count - missing->first > TERMS
                || is_named(missing, term->text)
                || egret_condition_term_judge(condition, term, facts)
                       == EGRET_TRUTH_TRUE)
            {
                continue;
            }
            missing->texts[missing->count++] = term->text;
        }
    }
}

/* Whose terms are told: of a translated label the row that lacks something for
 * ALGN; else the rows that could prove it if the block stated more, which come
 * first, or the nearest. */
static const egret_translation_candidate_t *
find_lacking(const egret_label_translation_t *translation, size_t *count)
{
    size_t all = translation->candidate_count;

    if (translation->result != EGRET_TRANSLATION_NEEDS_ASSESSMENT) {
        *count = translation->lacking.row != NULL;
        return &translation->lacking;
    }

    *count = 0;
    while (*count < all
           && translation->candidates[*count].reach == EGRET_REACH_FACTS)
    {
        (*count)++;
    }
    *count = *count == 0 ? all > 0 : *count;

    return translation->candidates;
}

static egret_rc_t
copy_missing(const egret_check_t *check,
             const egret_label_translation_t *translation,
             const egret_facts_t *facts, bool lacks_base,
             egret_block_translation_item_t *item)
{
    missing_t missing = { .texts = egret_arena_zeroed(
        check->arena, EGRET_MISSING_COUNT + 1 + 3 * TERMS,
        sizeof(*missing.texts)) };
    size_t count = 0;
    const egret_translation_candidate_t *lacking = find_lacking(translation,
                                                                &count);
    unsigned bits = translation->missing;

    if (missing.texts == NULL) {
        return egret_arena_rc(check->arena);
    }

    for (size_t k = 1; k < count; k++) {
        bits |= lacking[k].missing;
    }
    for (unsigned i = 0; i < EGRET_MISSING_COUNT; i++) {
        if ((bits & (1u << i)) == 0) {
            continue;
        }
        missing.first = missing.count;
        missing.texts[missing.count++] =
            egret_span_from(egret_missing_text((egret_missing_t) i));
        for (size_t k = 0; k < count; k++) {
            bool has_terms = i == EGRET_MISSING_CRITERIA
                             || i == EGRET_MISSING_FACT
                             || i == EGRET_MISSING_CONDITION;

            if (has_terms && (lacking[k].missing & (1u << i)) != 0) {
                name_terms(&lacking[k], facts, i == EGRET_MISSING_CRITERIA,
                           &missing);
            }
        }
    }
    if (lacks_base) {
        missing.texts[missing.count++] = EGRET_SPAN("base in one currency");
    }
    item->missing = missing.texts;
    item->missing_count = missing.count;

    return EGRET_OK;
}

egret_rc_t
egret_reason_tell(const egret_check_t *check,
                  const egret_label_translation_t *translation,
                  const egret_facts_t *facts, bool lacks_base,
                  egret_block_translation_item_t *item)
{
    egret_rc_t rc = copy_rows(check, translation, item);

    if (rc == EGRET_OK && facts != NULL
        && translation->result == EGRET_TRANSLATION_TRANSLATED)
    {
        rc = copy_conditions(check, &translation->candidates[0], facts, item);
    }

    return rc == EGRET_OK
           ? copy_missing(check, translation, facts, lacks_base, item)
           : rc;
}
