/* SPDX-License-Identifier: Apache-2.0 */
#include "answer/explanation.h"

#include "checks/fact.h"
#include "checks/fuel.h"

static egret_rc_t
refuse(const egret_question_facts_t *from, const char *why,
       egret_question_fault_t *fault)
{
    *fault = (egret_question_fault_t){ from->name, why };

    return EGRET_EINVAL;
}


/* The one block there is; `*count` counts them all. */
static egret_node_t
find_block(const egret_tape_t *tape, size_t *count)
{
    egret_node_t found = EGRET_NODE_NONE;

    *count = 0;
    for (egret_node_t node = 0; node < tape->node_count; node++) {
        if (egret_block_is(tape, node)) {
            found = node;
            ++*count;
        }
    }

    return found;
}


static egret_rc_t
find_project(const egret_question_facts_t *from, const egret_block_t *block,
             uint32_t *out, egret_question_fault_t *fault)
{
    *out = from->project;
    if (block->project_count == 0) {
        return refuse(from, "states no project", fault);
    }
    if (*out == 0 && block->project_count > 1) {
        return refuse(from, "states several projects: say which", fault);
    }
    if (*out == 0) {
        *out = 1;
    }

    return *out <= block->project_count
               ? EGRET_OK : refuse(from, "has no such project", fault);
}


egret_rc_t
egret_explanation_by_facts(const egret_question_facts_t *from,
                           egret_arena_t *arena, egret_explanation_t *out,
                           egret_question_fault_t *fault)
{
    const egret_tape_t *tape = &from->verdict->tape;
    egret_findings_t findings;
    const egret_check_t check = { .config = from->config,
                                  .tape = tape,
                                  .from = EGRET_NODE_NONE,
                                  .to = EGRET_NODE_NONE,
                                  .arena = arena,
                                  .findings = &findings };
    size_t count;
    egret_node_t node = find_block(tape, &count), source;
    const egret_facts_t *facts;
    egret_block_t block;
    egret_rc_t rc;

    egret_findings_init(&findings, arena);
    if (count != 1) {
        return refuse(from, count == 0 ? "has no green block"
                                       : "has several green blocks", fault);
    }

    rc = egret_block_read(tape, node, arena, &block);
    if (rc == EGRET_OK) {
        rc = find_project(from, &block, &out->project, fault);
    }
    if (rc == EGRET_OK) {
        rc = egret_facts_of_block(&check, &block, &facts);
    }
    if (rc != EGRET_OK) {
        return rc;
    }

    out->label.facts = &facts[out->project - 1];

    return egret_fuel_translate(&check, out->taxonomies, &out->label,
                                &block.projects[out->project - 1], out->target,
                                &out->translation, &source);
}


static const char *
text_of(egret_truth_t truth)
{
    static const char *const words[] = {
        [EGRET_TRUTH_FALSE] = "false",
        [EGRET_TRUTH_UNKNOWN] = "unknown",
        [EGRET_TRUTH_TRUE] = "true",
    };

    return words[truth];
}


const char *
egret_explanation_truth(const egret_explanation_t *explanation,
                        const egret_condition_t *condition)
{
    return text_of(egret_condition_judge(condition, explanation->label.facts));
}


const char *
egret_explanation_term_truth(const egret_explanation_t *explanation,
                             const egret_condition_t *condition,
                             const egret_condition_term_t *term)
{
    return text_of(egret_condition_term_judge(condition, term,
                                              explanation->label.facts));
}


const char *
egret_explanation_fact_kind(egret_fact_kind_t kind)
{
    static const char *const words[EGRET_FACT_KIND_COUNT] = {
        [EGRET_FACT_TECHNOLOGY] = "technology",
        [EGRET_FACT_ENERGY_SOURCE] = "energySource",
        [EGRET_FACT_INDUSTRY] = "industry",
        [EGRET_FACT_JURISDICTION] = "jurisdiction",
        [EGRET_FACT_CRITERION] = "criterion",
    };

    return words[kind];
}
