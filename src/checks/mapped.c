/* SPDX-License-Identifier: Apache-2.0 */
/* The rule of labels that the sender has mapped itself. */
#include "checks/rules.h"

#include "checks/fact.h"
#include "checks/fuel.h"

/* Translations that one block may cost; none that makes sense comes near. */
#define TRANSLATIONS_MAXIMUM 20000

typedef struct {
    const egret_check_t *check;
    const egret_block_t *block;
    const egret_block_label_t *claim;
    const egret_scheme_t *target;
    const egret_facts_t *facts; /* by project; NULL until they are asked for */
    bool *is_source;       /* by label: proves the claim for some project */
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
        work->check, work->check->config->taxonomies, &label,
        project == 0 ? NULL : &block->projects[project - 1], work->target,
        &translation, &refused);
    if (rc != EGRET_OK
        || (translation.result != EGRET_TRANSLATION_TRANSLATED
            && translation.result != EGRET_TRANSLATION_STANDS))
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

/* Tries the label as source of the claim, and marks it. */
static egret_rc_t
try_source(work_t *work, size_t index, size_t project, bool *proven)
{
    const egret_block_label_t *source = &work->block->labels[index];
    bool is_proof = false;
    egret_rc_t rc = EGRET_OK;

    if (!is_mapped(source)) {
        rc = proves(work, source, project, &is_proof);
    }
    work->is_source[index] |= is_proof;
    *proven |= is_proof;

    return rc;
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
    for (size_t i = 0; i < project->label_count && rc == EGRET_OK
                       && work->translations < TRANSLATIONS_MAXIMUM; i++)
    {
        uint32_t index = project->labels[i].index;

        if (index > 0 && index <= work->block->label_count) {
            rc = try_source(work, index - 1, number, proven);
        }
    }

    return rc;
}

/* For each project that the claim stands for; without any, for the whole. */
static egret_rc_t
prove_claim(work_t *work, bool *proven)
{
    bool has_project = false;
    egret_rc_t rc = EGRET_OK;

    *proven = true;
    for (size_t i = 0; i < work->block->project_count && *proven; i++) {
        if (names_claim(work, &work->block->projects[i])) {
            has_project = true;
            rc = prove_project(work, i + 1, proven);
            if (rc != EGRET_OK) {
                return rc;
            }
        }
    }
    if (has_project) {
        return EGRET_OK;
    }

    *proven = false;
    for (size_t i = 0; i < work->block->label_count && rc == EGRET_OK
                       && work->translations < TRANSLATIONS_MAXIMUM; i++)
    {
        rc = try_source(work, i, 0, proven);
    }

    return rc;
}

/* Not above that of the labels that prove it, taken together. */
static egret_rc_t
judge_share(work_t *work)
{
    egret_decimal_t sum = egret_decimal_from(0);

    for (size_t i = 0; i < work->block->label_count; i++) {
        const egret_block_label_t *source = &work->block->labels[i];

        if (work->is_source[i] && source->share.node != EGRET_NODE_NONE
            && egret_decimal_add(&sum, &source->share.value, &sum) != EGRET_OK)
        {
            return EGRET_OK;
        }
    }
    if (work->claim->share.node == EGRET_NODE_NONE
        || egret_decimal_compare(&work->claim->share.value, &sum) <= 0)
    {
        return EGRET_OK;
    }

    return report(work, work->claim->share.node,
                  "a mapped label covers more than what it is mapped from",
                  egret_rules_decimal_text(work->check,
                                           &work->claim->share.value),
                  egret_rules_decimal_text(work->check, &sum));
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
    if (egret_span_equals_text(claim->status, "NALG")
        || egret_span_equals_text(claim->status, "TRNS")
        || work->target == NULL)
    {
        return EGRET_OK;
    }

    for (size_t i = 0; i < work->block->label_count; i++) {
        work->is_source[i] = false;
    }
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

static egret_rc_t
judge_labels(const egret_check_t *check, const egret_block_place_t *place,
             const egret_block_t *block)
{
    const egret_taxonomies_t *taxonomies = check->config->taxonomies;
    work_t work = { .check = check, .block = block };
    egret_rc_t rc = EGRET_OK;

    (void) place;

    work.is_source = egret_arena_zeroed(check->arena, block->label_count + 1,
                                        sizeof(*work.is_source));
    if (work.is_source == NULL) {
        return egret_arena_rc(check->arena);
    }

    for (size_t i = 0; i < block->label_count && rc == EGRET_OK; i++) {
        const egret_block_label_t *label = &block->labels[i];

        work.claim = label;
        if (is_mapped(label)) {
            work.target = egret_taxonomies_scheme(taxonomies, label->scheme,
                                                  label->version);
            rc = judge_claim(&work);
        } else if (label->mapping != EGRET_NODE_NONE) {
            rc = report(&work, label->mapping,
                        "a label that is not mapped names a row",
                        label->source, EGRET_SPAN("Src=MAPD, or no Map"));
        }
    }

    return rc;
}

/* L05: what the sender claims to have mapped is never greener than what the
 * gateway's own rows prove. Without taxonomies nothing can be recomputed. */
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
