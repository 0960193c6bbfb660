/* SPDX-License-Identifier: Apache-2.0 */
#include "checks/proofs.h"

#include <string.h>

#include "checks/share.h"

/* What the labels of one scheme become, as parts of one whole. */
struct egret_claim_total {
    const egret_scheme_t *scheme;
    egret_decimal_t by_projects;
    egret_decimal_t as_wholes;
};


static size_t
pairs(const egret_block_t *block)
{
    return (block->label_count + 1) * (block->project_count + 1);
}


egret_rc_t
egret_proofs_init(egret_proofs_t *proofs, const egret_block_t *block,
                  const egret_taxonomies_t *taxonomies, egret_arena_t *arena)
{
    proofs->block = block;
    proofs->taxonomies = taxonomies;
    proofs->labels = egret_arena_zeroed(arena, block->label_count + 1,
                                        sizeof(*proofs->labels));
    proofs->totals = egret_arena_zeroed(arena, taxonomies->by_name.count + 1,
                                        sizeof(*proofs->totals));
    proofs->added = egret_arena_zeroed(arena, pairs(block),
                                       sizeof(*proofs->added));
    if (proofs->labels == NULL || proofs->totals == NULL
        || proofs->added == NULL)
    {
        return egret_arena_rc(arena);
    }
    egret_proofs_reset(proofs);

    return EGRET_OK;
}


void
egret_proofs_reset(egret_proofs_t *proofs)
{
    for (size_t i = 0; i < proofs->block->label_count; i++) {
        proofs->labels[i] = (egret_claim_proof_t){
            .part = egret_decimal_from(0)
        };
    }
    memset(proofs->added, 0, pairs(proofs->block) * sizeof(*proofs->added));
    proofs->part = egret_decimal_from(0);
    proofs->is_untold = false;
}


static void
add(egret_decimal_t *sum, const egret_decimal_t *by)
{
    if (egret_decimal_add(sum, by, sum) != EGRET_OK) {
        *sum = egret_decimal_from(100);
    }
}


static void
add_once(egret_proofs_t *proofs, size_t row, size_t project,
         egret_decimal_t *sum, const egret_decimal_t *part)
{
    bool *added = &proofs->added[row * (proofs->block->project_count + 1)
                                 + project];

    if (!*added) {
        add(sum, part);
    }
    *added = true;
}


void
egret_proofs_add(egret_proofs_t *proofs, size_t label, size_t project,
                 const egret_decimal_t *part)
{
    egret_claim_proof_t *proof = &proofs->labels[label];

    proof->is_proof = true;
    if (project == 0) {
        return;
    }
    if (part == NULL) {
        proofs->is_untold = true;
        return;
    }
    add_once(proofs, label, project, &proof->part, part);
    add_once(proofs, proofs->block->label_count, project, &proofs->part, part);
}


static egret_decimal_t
smaller(const egret_decimal_t *a, const egret_decimal_t *b)
{
    return egret_decimal_compare(a, b) < 0 ? *a : *b;
}


static egret_claim_total_t *
total_of(const egret_proofs_t *proofs, const egret_block_label_t *label,
         size_t *count)
{
    const egret_scheme_t *scheme = egret_taxonomies_scheme(
        proofs->taxonomies, label->scheme, label->version);
    size_t i = 0;

    while (i < *count && proofs->totals[i].scheme != scheme) {
        i++;
    }
    if (i == *count) {
        proofs->totals[(*count)++] = (egret_claim_total_t){
            scheme, egret_decimal_from(0), egret_decimal_from(0)
        };
    }

    return &proofs->totals[i];
}


egret_decimal_t
egret_proofs_sum(const egret_proofs_t *proofs)
{
    egret_decimal_t by_projects = egret_decimal_from(0), most;
    size_t count = 0;

    for (size_t i = 0; i < proofs->block->label_count; i++) {
        const egret_block_label_t *label = &proofs->block->labels[i];
        const egret_claim_proof_t *proof = &proofs->labels[i];
        egret_decimal_t share = egret_shares_of_label(label);
        egret_claim_total_t *total;

        if (!proof->is_proof) {
            continue;
        }
        total = total_of(proofs, label, &count);
        if (proof->has_project) {
            share = smaller(&share, &proof->part);
            add(&by_projects, &share);
        }
        add(proof->has_project ? &total->by_projects : &total->as_wholes,
            &share);
    }

    most = smaller(&by_projects, &proofs->part);
    for (size_t i = 0; i < count; i++) {
        egret_decimal_t sum = smaller(&proofs->totals[i].by_projects,
                                      &proofs->part);

        add(&sum, &proofs->totals[i].as_wholes);
        most = egret_decimal_compare(&sum, &most) > 0 ? sum : most;
    }

    return most;
}
