/* SPDX-License-Identifier: Apache-2.0 */
/* The rule of labels that the sender has mapped itself. */
#include "checks/rules.h"

#include <string.h>

#include "checks/fact.h"
#include "checks/fuel.h"
#include "checks/proofs.h"
#include "checks/share.h"

/* Translations that one block may cost; none that makes sense comes near. */
#define TRANSLATIONS_MAXIMUM 20000

typedef struct {
    const egret_check_t *check;
    const egret_block_t *block;
    const egret_block_label_t *claim;
    const egret_taxonomies_t *taxonomies;
    const egret_scheme_t *target;
    const egret_facts_t *facts; /* by project; NULL until they are asked for */
    bool has_base;
    egret_decimal_t base;
    egret_span_t currency;
    egret_proofs_t proofs;
    uint32_t *tried; /* by label: the project that was tried last, from 1 */
    size_t translations;
} work_t;

static bool
is_mapped(const egret_block_label_t *label)
{
    return egret_span_equals_text(label->source, "MAPD");
}

static egret_rc_t
report(const work_t *work, egret_node_t node, const char *message,
       egret_span_t got, egret_span_t expected)
{
    return egret_rules_report(
        work->check, EGRET_L05, EGRET_SEVERITY_REJECT, node, message, got,
        expected,
        "claim what the gateway's rows prove (egret explain), or leave the "
        "mapped label out: the gateway tells the receiver what it becomes");
}

/* The claimed code, or one above the proven: who is in a class is in the one
 * that it belongs to. */
static bool
covers(const egret_class_t *proven, egret_span_t claimed)
{
    for (; proven != NULL; proven = proven->parent) {
        if (egret_span_equals(proven->code, claimed)) {
            return true;
        }
    }

    return false;
}

/* What stands of its own scheme is not always green, or sound. */
static bool
stands(const egret_label_translation_t *translation)
{
    return translation->result == EGRET_TRANSLATION_STANDS
           && translation->missing == 0
           && (translation->status == EGRET_LABEL_ELIG
               || translation->status == EGRET_LABEL_ALGN);
}

/* Whether that label becomes the claimed one for the project (0: the whole). A
 * draft block's claims are held to the same. */
static egret_rc_t
proves(work_t *work, const egret_block_label_t *source, size_t project,
       bool *out)
{
    const egret_block_t *block = work->block;
    egret_label_translation_t translation;
    egret_node_t refused;
    egret_label_t label = { .scheme = source->scheme,
                            .version = source->version,
                            .code = source->code,
                            .block_status = EGRET_BLOCK_FINL,
                            .decisive_date = block->decisive,
                            .facts = project == 0
                                     ? NULL : &work->facts[project - 1] };
    egret_rc_t rc;

    *out = false;
    if (!block->has_decisive
        || egret_label_status_read(source->status, &label.status) != EGRET_OK
        || egret_decisive_read(block->decisive_kind, &label.decisive_kind)
               != EGRET_OK)
    {
        return EGRET_OK;
    }

    work->translations++;
    rc = egret_fuel_translate(
        work->check, work->taxonomies, &label,
        project == 0 ? NULL : &block->projects[project - 1], work->target,
        &translation, &refused);
    if (rc != EGRET_OK
        || (translation.result != EGRET_TRANSLATION_TRANSLATED
            && !stands(&translation)))
    {
        return rc;
    }

    *out = covers(translation.code, work->claim->code)
           && egret_span_equals_text(
                  work->claim->status,
                  translation.status == EGRET_LABEL_ALGN
                          && egret_span_equals_text(work->claim->status,
                                                    "ALGN")
                      ? "ALGN" : "ELIG");

    return EGRET_OK;
}

/* Tries the label as source of the claim, for a project (0: as a whole). */
static egret_rc_t
try_source(work_t *work, size_t index, size_t project, bool *proven)
{
    const egret_block_label_t *label = &work->block->labels[index];
    egret_decimal_t part;
    bool is_proof = false, is_told;
    egret_rc_t rc;

    if (is_mapped(label) || work->translations >= TRANSLATIONS_MAXIMUM
        || (project > 0 && work->tried[index] == project))
    {
        return EGRET_OK;
    }

    work->tried[index] = (uint32_t) project;
    rc = proves(work, label, project, &is_proof);
    if (rc != EGRET_OK || !is_proof) {
        return rc;
    }
    is_told = project > 0 && work->has_base
              && egret_shares_part(&work->block->projects[project - 1],
                                   &work->base, work->currency, &part);
    egret_proofs_add(&work->proofs, index, project, is_told ? &part : NULL);
    *proven = true;

    return EGRET_OK;
}

static bool
names_claim(const work_t *work, const egret_block_project_t *project)
{
    for (size_t i = 0; i < project->label_count; i++) {
        uint32_t index = project->labels[i].index;

        if (index > 0 && index <= work->block->label_count
            && &work->block->labels[index - 1] == work->claim)
        {
            return true;
        }
    }

    return false;
}

static egret_rc_t
prove_project(work_t *work, size_t number, bool *proven)
{
    const egret_block_project_t *project = &work->block->projects[number - 1];
    egret_rc_t rc = work->facts != NULL
                    ? EGRET_OK
                    : egret_facts_of_block(work->check, work->block,
                                           &work->facts);

    *proven = false;
    for (size_t i = 0; i < project->label_count && rc == EGRET_OK; i++) {
        uint32_t index = project->labels[i].index;

        if (index > 0 && index <= work->block->label_count) {
            work->proofs.labels[index - 1].has_project = true;
            rc = try_source(work, index - 1, number, proven);
        }
    }

    return rc;
}

/* A claim that no project names: by each project of another label, or by one
 * that no project names either. */
static egret_rc_t
prove_whole(work_t *work, bool *proven)
{
    egret_rc_t rc = EGRET_OK;

    *proven = false;
    for (size_t i = 0; i < work->block->project_count && rc == EGRET_OK; i++) {
        bool is_proven = false;

        rc = prove_project(work, i + 1, &is_proven);
        *proven |= is_proven;
    }
    for (size_t i = 0; i < work->block->label_count && rc == EGRET_OK; i++) {
        if (!work->proofs.labels[i].has_project) {
            rc = try_source(work, i, 0, proven);
        }
    }

    return rc;
}

/* For each project that the claim stands for. */
static egret_rc_t
prove_claim(work_t *work, bool *proven)
{
    bool has_project = false;

    memset(work->tried, 0, work->block->label_count * sizeof(*work->tried));
    *proven = true;
    for (size_t i = 0; i < work->block->project_count && *proven; i++) {
        if (names_claim(work, &work->block->projects[i])) {
            egret_rc_t rc = prove_project(work, i + 1, proven);

            if (rc != EGRET_OK) {
                return rc;
            }
            has_project = true;
        }
    }

    return has_project ? EGRET_OK : prove_whole(work, proven);
}

static egret_rc_t
judge_share(work_t *work)
{
    const egret_block_number_t *share = &work->claim->share;
    egret_decimal_t sum = egret_proofs_sum(&work->proofs);

    if (share->node == EGRET_NODE_NONE) {
        return EGRET_OK;
    }
    if (work->proofs.is_untold) {
        return report(work, share->node,
                      "what a mapped label covers cannot be told",
                      egret_rules_decimal_text(work->check, &share->value),
                      EGRET_SPAN("amounts of its projects in the currency of "
                                 "what the instrument brings"));
    }
    if (egret_decimal_compare(&share->value, &sum) <= 0) {
        return EGRET_OK;
    }

    return report(work, share->node,
                  "a mapped label covers more than what it is mapped from",
                  egret_rules_decimal_text(work->check, &share->value),
                  egret_rules_decimal_text(work->check, &sum));
}

static bool
claims_green(const egret_block_label_t *claim)
{
    return !egret_span_equals_text(claim->status, "NALG")
           && !egret_span_equals_text(claim->status, "TRNS");
}

static egret_rc_t
judge_claim(work_t *work)
{
    const egret_block_label_t *claim = work->claim;
    egret_node_t code = egret_rules_node(work->check, claim->node, "Cd");
    bool proven = false;
    egret_rc_t rc;

    if (claim->mapping == EGRET_NODE_NONE) {
        return report(work, claim->node,
                      "a mapped label does not say by which row", claim->code,
                      EGRET_SPAN("Map, with table and row"));
    }
    if (!claims_green(claim) || work->target == NULL) {
        return EGRET_OK;
    }

    egret_proofs_reset(&work->proofs);
    rc = prove_claim(work, &proven);
    if (rc != EGRET_OK || proven) {
        return rc == EGRET_OK ? judge_share(work) : rc;
    }

    return report(work, code,
                  work->translations < TRANSLATIONS_MAXIMUM
                      ? "a mapped label claims more than can be proven"
                      : "there are more mapped labels than are recomputed",
                  egret_arena_print(work->check->arena, "%.*s %.*s",
                                    EGRET_SPAN_ARGS(claim->code),
                                    EGRET_SPAN_ARGS(claim->status)),
                  EGRET_SPAN("what the block's other labels become by the "
                             "gateway's rows"));
}

static bool
is_of_scheme(const egret_block_label_t *label, const egret_block_label_t *other)
{
    return is_mapped(label) && claims_green(label)
           && label->share.node != EGRET_NODE_NONE
           && egret_span_equals(label->scheme, other->scheme)
           && egret_span_equals(label->version, other->version);
}

/* All claims of the scheme of that one, which must be the last of them. What
 * they cost was paid when each was judged by itself. */
static egret_rc_t
prove_scheme(work_t *work, const egret_block_label_t *last,
             egret_decimal_t *claimed)
{
    const egret_block_t *block = work->block;
    egret_rc_t rc = EGRET_OK;
    bool proven;

    *claimed = egret_decimal_from(0);
    work->translations = 0;
    egret_proofs_reset(&work->proofs);
    for (size_t i = 0; &block->labels[i] <= last && rc == EGRET_OK; i++) {
        work->claim = &block->labels[i];
        if (!is_of_scheme(work->claim, last)) {
            continue;
        }
        rc = prove_claim(work, &proven);
        if (rc == EGRET_OK) {
            rc = egret_decimal_add(claimed, &work->claim->share.value, claimed);
        }
    }

    return rc;
}

/* The last of two claims or more of one scheme. */
static bool
ends_scheme(const egret_block_t *block, size_t index)
{
    const egret_block_label_t *last = &block->labels[index];
    bool has_other = false;

    for (size_t i = 0; i < block->label_count; i++) {
        if (i != index && is_of_scheme(&block->labels[i], last)) {
            has_other = true;
            if (i > index) {
                return false;
            }
        }
    }

    return has_other && is_of_scheme(last, last);
}

/* No money proves two claims of one scheme, whose labels are parts of one
 * whole. Asked at the last of them. */
static egret_rc_t
judge_scheme(work_t *work, size_t index)
{
    const egret_block_label_t *last = &work->block->labels[index];
    egret_decimal_t claimed, sum;
    egret_rc_t rc;

    work->target = egret_taxonomies_scheme(work->taxonomies, last->scheme,
                                           last->version);
    if (work->target == NULL || !ends_scheme(work->block, index)) {
        return EGRET_OK;
    }

    rc = prove_scheme(work, last, &claimed);
    sum = egret_proofs_sum(&work->proofs);
    if (rc != EGRET_OK || work->proofs.is_untold
        || egret_decimal_compare(&claimed, &sum) <= 0)
    {
        return rc == EGRET_ERANGE ? EGRET_OK : rc;
    }

    return report(work, last->node,
                  "mapped labels of one scheme cover together more than what "
                  "they are mapped from",
                  egret_rules_decimal_text(work->check, &claimed),
                  egret_rules_decimal_text(work->check, &sum));
}

static egret_rc_t
judge_labels(const egret_check_t *check, const egret_block_place_t *place,
             const egret_block_t *block)
{
    work_t work = {
        .check = check,
        .block = block,
        .taxonomies = check->receiver != NULL ? check->receiver->taxonomies
                                              : check->config->taxonomies,
        .currency = EGRET_SPAN(""),
    };
    egret_rc_t rc = EGRET_OK;

    work.has_base = egret_rules_base(check, place, block, &work.base,
                                     &work.currency);
    work.tried = egret_arena_zeroed(check->arena, block->label_count + 1,
                                    sizeof(*work.tried));
    if (work.tried == NULL) {
        return egret_arena_rc(check->arena);
    }
    rc = egret_proofs_init(&work.proofs, block, work.taxonomies, check->arena);

    for (size_t i = 0; i < block->label_count && rc == EGRET_OK; i++) {
        const egret_block_label_t *label = &block->labels[i];

        work.claim = label;
        if (is_mapped(label)) {
            work.target = egret_taxonomies_scheme(
                work.taxonomies, label->scheme, label->version);
            rc = judge_claim(&work);
        } else if (label->mapping != EGRET_NODE_NONE) {
            rc = report(&work, label->mapping,
                        "a label that is not mapped names a row",
                        label->source, EGRET_SPAN("Src=MAPD, or no Map"));
        }
    }
    for (size_t i = 0; i < block->label_count && rc == EGRET_OK; i++) {
        rc = judge_scheme(&work, i);
    }

    return rc;
}

/* L05: what the sender claims to have mapped is never greener than what the
 * gateway's rows for this receiver prove: those that its labels are translated
 * by. Without taxonomies nothing can be recomputed. */
static egret_rc_t
check_mapped(const egret_check_t *check)
{
    return check->config->taxonomies->by_name.count == 0
           ? EGRET_OK : egret_rules_each_block(check, judge_labels);
}

const egret_rule_t egret_rules_mapped[] = {
    { EGRET_L05, check_mapped, false },
    { EGRET_CODE_COUNT, NULL, false },
};
