/* SPDX-License-Identifier: Apache-2.0 */
#include "answer/gap.h"

#include "checks/fact.h"
#include "checks/fuel.h"
#include "checks/reason.h"
#include "checks/rules.h"
#include "checks/share.h"

/* One block under the question. */
typedef struct {
    const egret_check_t *check;
    const egret_taxonomies_t *taxonomies; /* with the rows that count */
    const egret_block_t *block;
    const egret_facts_t *facts; /* by project */
    egret_shares_t *shares;
    bool has_review;
    size_t *budget; /* items that the message may still have */
    egret_gap_block_t *out;
} work_t;

static egret_rc_t
refuse(egret_question_fault_t *fault, egret_span_t word, const char *why)
{
    *fault = (egret_question_fault_t){ word, why };

    return EGRET_EINVAL;
}

/* Cuts the next word off; false after the last. */
static bool
next_word(egret_span_t *rest, egret_span_t *word)
{
    size_t end;

    if (rest->at == NULL) {
        return false;
    }

    end = egret_span_find(*rest, ',');
    *word = egret_span_slice(*rest, 0, end);
    *rest = end < rest->length
            ? egret_span_slice(*rest, end + 1, rest->length)
            : (egret_span_t){ NULL, 0 };

    return true;
}

/* `*is_named`: with a version, so that `*out` is the scheme, whatever date. */
static egret_rc_t
find_named(const egret_taxonomies_t *taxonomies, egret_span_t word,
           bool *is_named, const egret_scheme_t **out,
           egret_question_fault_t *fault)
{
    *is_named = egret_span_find(word, '/') < word.length;
    *out = *is_named ? egret_taxonomies_scheme_by_name(taxonomies, word) : NULL;

    if (word.length == 0) {
        return refuse(fault, word, "is not SCHEME or SCHEME/VERSION");
    }

    return *out != NULL
                   || (!*is_named && egret_taxonomies_has_id(taxonomies, word))
               ? EGRET_OK
               : refuse(fault, word, "is in no taxonomy that is loaded");
}

/* Whether the words can be asked at all, block or not. */
static egret_rc_t
check_words(const egret_gap_request_t *request, egret_question_fault_t *fault)
{
    egret_span_t rest = request->schemes, word;
    const egret_scheme_t *scheme;
    egret_rc_t rc = EGRET_OK;
    size_t count = 0;
    bool is_named;

    if (request->to.length > 0 && request->receiver == NULL) {
        return refuse(fault, request->to, "is the BIC of no partner");
    }
    if (rest.length == 0) {
        return refuse(fault, EGRET_SPAN(""),
                      "is not SCHEME or SCHEME/VERSION");
    }
    while (rc == EGRET_OK && next_word(&rest, &word)) {
        rc = ++count > EGRET_GAP_SCHEMES
             ? refuse(fault, word, "is one scheme too many")
             : find_named(request->config->taxonomies, word, &is_named,
                          &scheme, fault);
    }

    return rc;
}

static bool
has_target(const work_t *work, const egret_scheme_t *scheme)
{
    for (size_t i = 0; i < work->out->target_count; i++) {
        if (work->out->targets[i] == scheme) {
            return true;
        }
    }

    return false;
}

static egret_rc_t
find_targets(work_t *work, egret_span_t words, egret_decisive_t kind,
             egret_question_fault_t *fault)
{
    const egret_taxonomies_t *taxonomies = work->taxonomies;
    egret_span_t word;

    while (next_word(&words, &word)) {
        const egret_scheme_t *scheme;
        bool is_named;
        egret_rc_t rc = find_named(taxonomies, word, &is_named, &scheme,
                                   fault);

        if (rc == EGRET_OK && !is_named) {
            scheme = egret_explanation_in_force(
                taxonomies, word, work->block->decisive, kind);
            rc = scheme != NULL
                 ? EGRET_OK
                 : refuse(fault, word,
                          "has no version in force on the block's date");
        }
        if (rc != EGRET_OK) {
            return rc;
        }
        if (!has_target(work, scheme)) {
            work->out->targets[work->out->target_count++] = scheme;
        }
    }

    return EGRET_OK;
}

static unsigned
weigh(const egret_gap_item_t *item, const egret_label_t *label,
      const egret_facts_t *facts)
{
    egret_translation_candidate_t way = item->translation.candidates[0];
    const egret_proof_t proof = {
        .source = item->translation.source,
        .source_status = label->status,
        .target = item->translation.target,
        .target_status = item->highest,
        .facts = facts,
    };

    egret_proof_weigh(&proof, &way);

    return way.missing;
}

/* The label is of the scheme itself, and says what its status means. */
static void
judge_own(egret_gap_item_t *item, const egret_label_t *label)
{
    bool is_full = !item->translation.target->is_two_level
                   || label->status == EGRET_LABEL_ALGN;

    if (item->translation.missing != 0) {
        return;
    }

    for (int i = 0; i < EGRET_DIMENSION_COUNT; i++) {
        if (item->proofs[i] == EGRET_GAP_NOT_ASKED) {
            continue;
        }
        if (is_full || i == EGRET_DIMENSION_SCOPE) {
            item->proofs[i] = EGRET_GAP_BY_LABEL;
        } else {
            item->lacking |= 1u << i;
        }
    }
}

/* Without a way the highest label asks for the same all the more. */
static void
judge_apart(egret_gap_item_t *item, const egret_label_t *label)
{
    if (!item->translation.target->is_two_level) {
        return;
    }

    item->lacking |= 1u << EGRET_MISSING_DNSH;
    if (label->facts != NULL && label->facts->is_safeguarded) {
        item->proofs[EGRET_DIMENSION_SAFEGUARDS] = EGRET_GAP_BY_FACTS;
    } else {
        item->lacking |= 1u << EGRET_MISSING_SAFEGUARDS;
    }
}

/* By what the nearest way proves a dimension. A row whose condition is not met,
 * or does not name the source of energy, says nothing of the project. */
static egret_gap_proof_t
proof_by(const egret_gap_item_t *item, int dimension, unsigned without_facts)
{
    const unsigned unmet = 1u << EGRET_MISSING_FACT
                           | 1u << EGRET_MISSING_CONDITION;
    const egret_label_translation_t *translation = &item->translation;
    const egret_crosswalk_row_t *row = translation->candidates[0].row;

    bool is_unmet = (item->lacking & unmet) != 0
                    || (translation->missing
                        & 1u << EGRET_MISSING_EXPLICIT_ROW) != 0;
    bool is_by_row = dimension <= EGRET_DIMENSION_CRITERIA;

    if ((without_facts & 1u << dimension) != 0 && !(is_unmet && is_by_row)) {
        return EGRET_GAP_BY_FACTS;
    }
    if (is_unmet) {
        return EGRET_GAP_MISSING;
    }

    return row->relations[dimension] == EGRET_RELATION_NOT_REQUIRED
           ? EGRET_GAP_NOT_REQUIRED
           : EGRET_GAP_BY_ROWS;
}

/* What the nearest way proves of the highest label that the scheme has. */
static void
judge_highest(egret_gap_item_t *item, const egret_label_t *label)
{
    const egret_scheme_t *target = item->translation.target;
    unsigned without_facts;

    item->highest = target->is_two_level ? EGRET_LABEL_ALGN : EGRET_LABEL_ELIG;
    item->lacking = item->translation.missing;
    for (int i = 0; i < EGRET_DIMENSION_COUNT; i++) {
        item->proofs[i] = i > EGRET_DIMENSION_CRITERIA && !target->is_two_level
                          ? EGRET_GAP_NOT_ASKED
                          : EGRET_GAP_MISSING;
    }
    if (item->translation.result == EGRET_TRANSLATION_STANDS) {
        judge_own(item, label);
        return;
    }
    if (item->translation.result == EGRET_TRANSLATION_NO_COUNTERPART) {
        return;
    }
    if (item->translation.candidate_count == 0) {
        judge_apart(item, label);
        return;
    }

    item->lacking = weigh(item, label, label->facts);
    without_facts = weigh(item, label, NULL);
    for (int i = 0; i < EGRET_DIMENSION_COUNT; i++) {
        if (item->proofs[i] != EGRET_GAP_NOT_ASKED
            && (item->lacking & 1u << i) == 0)
        {
            item->proofs[i] = proof_by(item, i, without_facts);
        }
    }
}

static egret_rc_t
ask_one(work_t *work, egret_label_t *label, uint32_t number, uint32_t project,
        const egret_scheme_t *target)
{
    const egret_check_t *check = work->check;
    egret_gap_item_t *item;
    egret_node_t source;
    egret_rc_t rc;

    if ((*work->budget)-- == 0) {
        return EGRET_ELIMIT;
    }
    item = egret_arena_zeroed(check->arena, 1, sizeof(*item));
    if (item == NULL) {
        return egret_arena_rc(check->arena);
    }

    item->label = number;
    item->project = project;
    item->from = &work->block->labels[number - 1];
    item->told.project = project;
    label->facts = project == 0 ? NULL : &work->facts[project - 1];
    rc = egret_fuel_translate(
        check, work->taxonomies, label,
        project == 0 ? NULL : &work->block->projects[project - 1], target,
        &item->translation, &source);
    if (rc == EGRET_OK) {
        judge_highest(item, label);
        rc = egret_reason_tell(check, &item->translation, label->facts, false,
                               &item->told);
    }
    if (rc != EGRET_OK) {
        return rc;
    }
    *work->out->items_end = item;
    work->out->items_end = &item->next;

    return egret_gap_add_needs(work->out, work->block, item, label->facts,
                               work->has_review, check->arena);
}

/* For each of its projects, or for the whole label. */
static egret_rc_t
ask_label(work_t *work, egret_label_t *label, uint32_t number)
{
    static const uint32_t whole[] = { 0 };
    const egret_block_label_t *from = &work->block->labels[number - 1];
    size_t count, targets = work->out->target_count;
    const uint32_t *projects = egret_shares_projects(work->shares, number,
                                                     &count);

    if (egret_label_status_read(from->status, &label->status) != EGRET_OK) {
        return EGRET_OK;
    }
    label->scheme = from->scheme;
    label->version = from->version;
    label->code = from->code;
    if (count == 0) {
        projects = whole;
        count = 1;
    }

    for (size_t i = 0; i < count * targets; i++) {
        egret_rc_t rc = ask_one(work, label, number, projects[i / targets],
                                work->out->targets[i % targets]);

        if (rc != EGRET_OK) {
            return rc;
        }
    }

    return EGRET_OK;
}

static egret_rc_t
ask_block(work_t *work, const egret_gap_request_t *request,
          egret_question_fault_t *fault)
{
    const egret_block_t *block = work->block;
    egret_label_t label = { .decisive_date = block->decisive };
    egret_rc_t rc = EGRET_OK;

    if (!block->has_decisive || !block->is_sound
        || egret_block_status_read(block->status, &label.block_status)
               != EGRET_OK
        || egret_decisive_read(block->decisive_kind, &label.decisive_kind)
               != EGRET_OK)
    {
        return EGRET_OK;
    }

    if (egret_date_compare(block->decisive, request->today) > 0) {
        label.block_status = EGRET_BLOCK_DRFT;
    }

    rc = find_targets(work, request->schemes, label.decisive_kind, fault);
    if (rc == EGRET_OK) {
        rc = egret_facts_of_block(work->check, work->block, &work->facts);
    }
    if (rc == EGRET_OK) {
        rc = egret_shares_create(work->check, block, NULL, EGRET_SPAN(""),
                                 &work->shares);
    }
    work->has_review = egret_rules_has_review(work->check, block, true);
    if (rc == EGRET_OK) {
        rc = egret_gap_add_duties(work->check, block, request->today,
                                  work->out);
    }
    for (size_t i = 0; rc == EGRET_OK && i < block->label_count; i++) {
        rc = ask_label(work, &label, (uint32_t) i + 1);
    }

    return rc;
}

static egret_rc_t
open_block(const egret_check_t *check, egret_node_t node, egret_block_t *block,
           egret_gap_block_t **out)
{
    egret_gap_block_t *made = egret_arena_zeroed(check->arena, 1,
                                                 sizeof(*made));
    egret_rc_t rc = made == NULL ? egret_arena_rc(check->arena)
                                 : egret_block_read(check->tape, node,
                                                    check->arena, block);

    if (rc != EGRET_OK) {
        return rc;
    }

    made->id = block->id;
    made->date = block->decisive;
    made->xpath = egret_tape_xpath(check->tape, node, EGRET_SPAN(""),
                                   check->arena);
    made->items_end = &made->items;
    made->needs_end = &made->needs;
    egret_map_init(&made->by_key, check->arena);
    *out = made;

    return made->xpath.at == NULL ? egret_arena_rc(check->arena) : EGRET_OK;
}

static const egret_taxonomies_t *
taxonomies_of(const egret_gap_request_t *request)
{
    return request->receiver != NULL ? request->receiver->taxonomies
                                     : request->config->taxonomies;
}

egret_rc_t
egret_gap_find(const egret_gap_request_t *request, egret_arena_t *arena,
               egret_gap_t *out, egret_question_fault_t *fault)
{
    const egret_tape_t *tape = &request->verdict->tape;
    egret_partner_t asker = { .target_count = 0 };
    egret_findings_t findings;
    egret_check_t check = { .config = request->config,
                            .tape = tape,
                            .receiver = &asker,
                            .from = EGRET_NODE_NONE,
                            .to = EGRET_NODE_NONE,
                            .arena = arena,
                            .findings = &findings };
    egret_gap_block_t **end = &out->blocks;
    size_t budget = EGRET_GAP_ITEMS;
    egret_rc_t rc;

    egret_findings_init(&findings, arena);
    *out = (egret_gap_t){ .to = request->to };
    *fault = (egret_question_fault_t){ .why = NULL };
    rc = check_words(request, fault);

    for (egret_node_t node = 0; rc == EGRET_OK && node < tape->node_count;
         node++) {
        egret_block_t block;
        work_t work = { .check = &check,
                        .taxonomies = taxonomies_of(request),
                        .block = &block,
                        .budget = &budget };

        if (!egret_block_is(tape, node)) {
            continue;
        }
        rc = open_block(&check, node, &block, &work.out);
        if (rc == EGRET_OK) {
            *end = work.out;
            end = &work.out->next;
            rc = ask_block(&work, request, fault);
        }
    }

    return rc;
}
