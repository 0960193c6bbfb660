/* SPDX-License-Identifier: Apache-2.0 */
/* translate: what one label is in another scheme, and why.
 *
 * A label passes over only along a row that states, for every dimension that
 * the target's status needs, that the source lies within the target (exact or
 * broad), or that the target has none of that dimension (not-required):
 *
 *   target label                 needs
 *   any, scheme of one level     scope, criteria
 *   ELIG, scheme of two levels   scope
 *   ALGN, scheme of two levels   scope, criteria, dnsh, safeguards
 *
 * A row carries only what the source label itself means: in a scheme of one
 * level scope and criteria; ELIG in one of two levels scope alone; ALGN all
 * four. So an eligible label of a scheme of two levels never becomes a label of
 * a scheme of one level here, not even where its row says not-required: that
 * takes proof by facts, which comes with a later version, as do conditions and
 * composition through a third scheme. Status never rises: only ALGN gives ALGN,
 * else ELIG. Only ELIG and ALGN labels of FINL or RVSD blocks translate, and
 * only between versions that are in force on the decisive date (in_force.h),
 * along rows valid on it. Confidence decides nothing.
 *
 * Several rows: the strongest, never added. Ties: exact before broad, manual
 * curation before other justifications, then the order of files and lines. */
#ifndef EGRET_TAXONOMY_TRANSLATE_H
#define EGRET_TAXONOMY_TRANSLATE_H

#include "taxonomy/in_force.h"
#include "taxonomy/taxonomies.h"

typedef enum {
    EGRET_TRANSLATION_STANDS,         /* same scheme and version: as it is */
    EGRET_TRANSLATION_TRANSLATED,     /* TRLD */
    EGRET_TRANSLATION_NEEDS_ASSESSMENT, /* NASS */
    EGRET_TRANSLATION_NO_COUNTERPART  /* NCPT */
} egret_label_result_t;

/* What is missing; a set of bits 1u << EGRET_MISSING_... The first four are
 * the dimensions, in their order. */
typedef enum {
    EGRET_MISSING_SCOPE,
    EGRET_MISSING_CRITERIA,
    EGRET_MISSING_DNSH,
    EGRET_MISSING_SAFEGUARDS,
    EGRET_MISSING_ROW,             /* no row at all */
    EGRET_MISSING_VALID_ROW,       /* rows, but none valid on the date */
    EGRET_MISSING_FINAL_BLOCK,     /* the block is DRFT or WDRN */
    EGRET_MISSING_STATUS,          /* the label is not ELIG or ALGN */
    EGRET_MISSING_SOURCE_CODE,     /* scheme, version or code not known, or no
                                    * leaf (L01, L03) */
    EGRET_MISSING_SOURCE_IN_FORCE, /* not on the decisive date (L02) */
    EGRET_MISSING_TARGET_IN_FORCE,
    EGRET_MISSING_COUNT
} egret_missing_t;

/* A label as a block states it. */
typedef struct {
    egret_span_t scheme;
    egret_span_t version;
    egret_span_t code;
    egret_label_status_t status;
    egret_block_status_t block_status;
    egret_date_t decisive_date;
    egret_decisive_t decisive_kind;
} egret_label_t;

/* A row that was weighed. */
typedef struct {
    const egret_crosswalk_row_t *row;
    egret_relation_t relation; /* the weakest of what the status needs */
    unsigned missing;          /* of what the status needs; 0: it carries */
} egret_translation_candidate_t;

typedef struct {
    egret_label_result_t result;
    const egret_scheme_t *source; /* NULL when not loaded */
    const egret_scheme_t *target;
    const egret_class_t *code; /* STANDS: the source's (NULL when unknown);
                                * TRANSLATED: the target's; else NULL */
    egret_label_status_t status; /* STANDS, TRANSLATED: of the label there */
    egret_relation_t relation;   /* TRANSLATED: of the row used */
    /* NEEDS_ASSESSMENT: what the nearest row lacks, or why none was asked.
     * TRANSLATED of an ALGN label as ELIG: what the row lacks for ALGN.
     * STANDS: what is wrong with the label itself. */
    unsigned missing;
    egret_in_force_t source_in_force; /* when source and target are known and */
    egret_in_force_t target_in_force; /* differ */
    /* Rows weighed, nearest first; TRANSLATED: the first was used;
     * NO_COUNTERPART: the row that says so. */
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
/* "scope", "row", "valid row", ... Never NULL. */
const char *egret_missing_text(egret_missing_t missing);

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
