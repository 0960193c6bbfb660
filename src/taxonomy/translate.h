/* SPDX-License-Identifier: Apache-2.0 */
/* translate: what one label is in another scheme, and why.
 *
 * Of the rows and chains that lead from the label's code to the target scheme
 * (taxonomies.h), proof.h says what each proves with the facts of one project.
 * Only ELIG and ALGN labels of FINL or RVSD blocks translate, and only between
 * versions that are in force on the decisive date (in_force.h), along rows
 * valid on it; so must be the version that a chain passes through. Status never
 * rises. Confidence decides nothing.
 *
 * Several: the strongest, never added: ALGN before ELIG, exact before broad,
 * one row before two, manual curation before other justifications, then the
 * order of files and lines. A row that says that there is no counterpart stands
 * against all of them. So does one of a code that the label's is exact with in
 * scope, unless a row or a chain of the label's own code carries scope or is
 * narrow in it. */
#ifndef EGRET_TAXONOMY_TRANSLATE_H
#define EGRET_TAXONOMY_TRANSLATE_H

#include "taxonomy/in_force.h"
#include "taxonomy/proof.h"
#include "taxonomy/taxonomies.h"

typedef enum {
    EGRET_TRANSLATION_STANDS,         /* same scheme and version: as it is */
    EGRET_TRANSLATION_TRANSLATED,     /* TRLD */
    EGRET_TRANSLATION_NEEDS_ASSESSMENT, /* NASS */
    EGRET_TRANSLATION_NO_COUNTERPART  /* NCPT */
} egret_label_result_t;

/* A label as a block states it, for one of its projects. */
typedef struct {
    egret_span_t scheme;
    egret_span_t version;
    egret_span_t code;
    egret_label_status_t status;
    egret_block_status_t block_status;
    egret_date_t decisive_date;
    egret_decisive_t decisive_kind;
    const egret_facts_t *facts; /* of one project; NULL: none are known */
} egret_label_t;

typedef struct {
    egret_label_result_t result;
    const egret_scheme_t *source; /* NULL when not loaded */
    const egret_scheme_t *target;
    const egret_class_t *code; /* STANDS: the source's (NULL when unknown);
                                * TRANSLATED: the target's; else NULL */
    egret_label_status_t status; /* STANDS, TRANSLATED: of the label there */
    egret_relation_t relation;   /* TRANSLATED: of the row used */
    /* NEEDS_ASSESSMENT: what the nearest row lacks, or why none was asked.
     * TRANSLATED of an ALGN label as ELIG: what the nearest lacks for ALGN.
     * STANDS: what is wrong with the label itself. */
    unsigned missing;
    /* TRANSLATED of an ALGN label as ELIG: the row that lacks so much for ALGN,
     * which need not be the one used. */
    egret_translation_candidate_t lacking;
    egret_in_force_t source_in_force; /* when source and target are known and */
    egret_in_force_t target_in_force; /* differ */
    /* Rows weighed, nearest first; TRANSLATED: the first was used;
     * NO_COUNTERPART: the row that says so, with the exact row before it. */
    const egret_translation_candidate_t *candidates;
    size_t candidate_count;
} egret_label_translation_t;

/* Decides one label for one target, from closed taxonomies. Always gives a
 * result; EGRET_ENOMEM or EGRET_ELIMIT when the arena, which holds the
 * candidates, refuses. */
egret_rc_t egret_translate(const egret_taxonomies_t *taxonomies,
                           const egret_label_t *label,
                           const egret_scheme_t *target, egret_arena_t *arena,
                           egret_label_translation_t *out) EGRET_MUST_USE;

/* "TRLD", "NASS", "NCPT"; "" for STANDS, which is no translation. */
const char *egret_translation_code(egret_label_result_t result);
/* The share (percent) of a translated label: `allocated` (the sum over the
 * projects that satisfy the row) by `base` (as rule G04 takes it, in the same
 * currency), rounded down to 5 places, never above `source_share`. Without
 * projects the source's share stands and this is not called. EGRET_EINVAL: a
 * base not above 0, or an allocation or share below 0; EGRET_ERANGE: over 38
 * digits. */
egret_rc_t egret_translation_share(const egret_decimal_t *allocated,
                                   const egret_decimal_t *base,
                                   const egret_decimal_t *source_share,
                                   egret_decimal_t *out) EGRET_MUST_USE;

#endif
