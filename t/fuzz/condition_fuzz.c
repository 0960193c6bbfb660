/* SPDX-License-Identifier: Apache-2.0 */
/* Fuzzes egret_condition_read over any bytes, and judges what it reads. What
 * must hold: a refusal names a column; a term and its negation are never both
 * true; without facts nothing is true; one more kind of fact makes no true
 * condition untrue that does not ask for it. */

#include <stdlib.h>

#include "taxonomy/condition.h"

#define CEILING ((size_t) 4 << 20)

static const char units_text[] =
    "code\tkind\tdimension\tnumerator\tdenominator\tstores_as\tlabel\tsource\t"
    "confidence\n"
    "GKWH\tunit\tE\t1\t1\t-\tx\ts\tc\n"
    "MWHO\tunit\tW\t3\t7\t-\tx\ts\tc\n";
static const char metrics_text[] =
    "code\tdimension\tlabel\tsource\tconfidence\n"
    "LCGE\tE\tx\ts\tc\n"
    "RGEN\tW\tx\ts\tc\n";

static const egret_fact_t stated[] = {
    { EGRET_FACT_TECHNOLOGY, { "", 0 }, { "PVOL", 4 }, { "", 0 }, 1 },
    { EGRET_FACT_TECHNOLOGY, { "", 0 }, { "BATT", 4 }, { "", 0 }, 2 },
    { EGRET_FACT_ENERGY_SOURCE, { "", 0 }, { "SOLR", 4 }, { "", 0 }, 1 },
    { EGRET_FACT_INDUSTRY, { "NACE", 4 }, { "D35.11", 6 }, { "", 0 }, 1 },
    { EGRET_FACT_JURISDICTION, { "", 0 }, { "CN", 2 }, { "", 0 }, 1 },
    { EGRET_FACT_CRITERION, { "LCGE", 4 }, { "90", 2 }, { "GKWH", 4 }, 1 },
    { EGRET_FACT_CRITERION, { "RGEN", 4 }, { "1", 1 }, { "GKWH", 4 }, 2 },
};

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);


static void
require(bool holds)
{
    if (!holds) {
        abort();
    }
}


static void
check_terms(const egret_condition_t *condition, const egret_facts_t *facts)
{
    const egret_condition_term_t *term = condition->first;

    require(term != NULL);
    for (; term != NULL; term = term->next) {
        egret_condition_term_t other = *term;
        egret_truth_t truth = egret_condition_term_judge(condition, term,
                                                         facts);

        other.is_negated = !term->is_negated;
        require(term->text.length > 0);
        require(truth != EGRET_TRUTH_TRUE
                || egret_condition_term_judge(condition, &other, facts)
                       != EGRET_TRUTH_TRUE);
        require(egret_condition_term_judge(condition, term, NULL)
                == EGRET_TRUTH_UNKNOWN);
    }
}


static void
judge(const egret_condition_t *condition)
{
    size_t count = sizeof(stated) / sizeof(stated[0]);
    egret_facts_t all = { .items = stated, .count = count };

    check_terms(condition, &all);
    require(egret_condition_judge(condition, NULL) == EGRET_TRUTH_UNKNOWN);
    (void) egret_condition_is_threshold(condition);
    if (egret_condition_judge(condition, &all) == EGRET_TRUTH_TRUE) {
        return;
    }

    /* Less is stated, but whole kinds: nothing becomes true. */
    for (size_t from = 2; from < count; from++) {
        egret_facts_t fewer = { .items = stated + from,
                                .count = count - from };

        require(egret_condition_judge(condition, &fewer) != EGRET_TRUTH_TRUE);
    }
}


int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    egret_span_t text = { (const char *) bytes, size };
    egret_arena_t *arena = egret_arena_create(egret_allocator_default(),
                                              CEILING);
    const egret_condition_t *condition = NULL;
    egret_units_t *units = NULL;
    egret_span_t fault;
    egret_rc_t rc;

    require(arena != NULL);
    require(egret_units_create(arena, &units) == EGRET_OK);
    require(egret_units_read(units, EGRET_SPAN("u"),
                             egret_span_from(units_text), &fault)
            == EGRET_OK);
    require(egret_units_read_metrics(units, EGRET_SPAN("m"),
                                     egret_span_from(metrics_text), &fault)
            == EGRET_OK);

    rc = egret_condition_read(text, units, arena, &condition, &fault);
    if (rc == EGRET_OK) {
        judge(condition);
    } else {
        require(egret_span_starts_with(fault, EGRET_SPAN("column ")));
    }
    egret_arena_destroy(arena);

    return 0;
}
