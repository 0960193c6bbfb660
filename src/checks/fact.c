/* SPDX-License-Identifier: Apache-2.0 */
#include "checks/fact.h"

#include "checks/rules.h"
#include "checks/safeguard.h"

static egret_span_t
scheme_of(const egret_check_t *check, egret_node_t node)
{
    const egret_tape_attribute_t *scheme =
        egret_tape_attribute(check->tape, node, EGRET_SPAN("Schm"));

    return scheme == NULL ? EGRET_SPAN("") : egret_span_trim(scheme->value);
}

static egret_fact_t
read_fact(const egret_check_t *check, egret_fact_kind_t kind,
          egret_node_t node, uint32_t position)
{
    egret_fact_t fact = { .kind = kind, .of = EGRET_SPAN(""),
                          .unit = EGRET_SPAN(""), .position = position };

    if (kind == EGRET_FACT_CRITERION) {
        fact.of = egret_rules_value(check, node, "Mtrc");
        fact.value = egret_rules_value(check, node, "Val");
        fact.unit = egret_rules_value(check, node, "Unit");
        return fact;
    }

    fact.value = egret_rules_text(check, node);
    if (kind == EGRET_FACT_INDUSTRY) {
        fact.of = scheme_of(check, node);
    }

    return fact;
}

static size_t
read_list(const egret_check_t *check, egret_fact_kind_t kind,
          const egret_block_list_t *list, egret_fact_t *out)
{
    egret_node_t node = list->first;
    uint32_t position = 0;

    for (; node != EGRET_NODE_NONE; node = egret_rules_next(check, node)) {
        out[position] = read_fact(check, kind, node, position + 1);
        position++;
    }

    return position;
}

egret_rc_t
egret_facts_read(const egret_check_t *check,
                 const egret_block_project_t *project, egret_facts_t *out)
{
    const egret_block_list_t jurisdiction = {
        egret_rules_node(check, project->node, "Jursdctn"), 1
    };
    const egret_block_list_t *lists[EGRET_FACT_KIND_COUNT] = {
        [EGRET_FACT_TECHNOLOGY] = &project->technologies,
        [EGRET_FACT_ENERGY_SOURCE] = &project->sources,
        [EGRET_FACT_INDUSTRY] = &project->industries,
        [EGRET_FACT_JURISDICTION] = &jurisdiction,
        [EGRET_FACT_CRITERION] = &project->criteria,
    };
    size_t count = 0;
    egret_fact_t *items;

    for (int i = 0; i < EGRET_FACT_KIND_COUNT; i++) {
        count += lists[i]->count;
    }
    *out = (egret_facts_t){ .items = NULL };
    if (count > EGRET_FACTS) {
        return EGRET_OK;
    }
    items = egret_arena_zeroed(check->arena, count, sizeof(*items));
    if (items == NULL) {
        return egret_arena_rc(check->arena);
    }

    out->items = items;
    for (int i = 0; i < EGRET_FACT_KIND_COUNT; i++) {
        out->count += read_list(check, (egret_fact_kind_t) i, lists[i],
                                items + out->count);
    }

    return EGRET_OK;
}

egret_span_t
egret_fact_path(const egret_check_t *check, uint32_t project,
                const egret_fact_t *fact)
{
    static const char *const names[EGRET_FACT_KIND_COUNT] = {
        [EGRET_FACT_TECHNOLOGY] = "Tchnlgy",
        [EGRET_FACT_ENERGY_SOURCE] = "EnrgySrc",
        [EGRET_FACT_INDUSTRY] = "Indstry",
        [EGRET_FACT_JURISDICTION] = "Jursdctn",
        [EGRET_FACT_CRITERION] = "Crtrn",
    };
    const char *name = names[fact->kind];

    if (fact->kind == EGRET_FACT_JURISDICTION) {
        return egret_arena_print(check->arena, "UoP/Prj[%u]/%s", project, name);
    }

    return egret_arena_print(check->arena, "UoP/Prj[%u]/%s[%u]%s", project,
                             name, fact->position,
                             fact->kind == EGRET_FACT_CRITERION ? "/Val" : "");
}

egret_rc_t
egret_facts_of_block(const egret_check_t *check, const egret_block_t *block,
                     const egret_facts_t **out)
{
    egret_facts_t *facts = egret_arena_zeroed(check->arena,
                                              block->project_count,
                                              sizeof(*facts));

    if (facts == NULL) {
        return egret_arena_rc(check->arena);
    }

    for (size_t i = 0; i < block->project_count; i++) {
        egret_rc_t rc = egret_facts_read(check, &block->projects[i], &facts[i]);

        if (rc != EGRET_OK) {
            return rc;
        }
    }
    *out = facts;

    return egret_safeguards_tell(check, block, facts);
}
