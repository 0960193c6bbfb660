/* SPDX-License-Identifier: Apache-2.0 */
/* label: the words of a green label and of what it becomes elsewhere.
 *
 * The `taxonomy` layer holds taxonomies and what may be said between them: the
 * versions of schemes (scheme.h), rows that map one scheme's codes to another's
 * (crosswalk.h), all of them together (taxonomies.h), the decision about one
 * label (translate.h), and units (units.h). It is built at configuration time
 * from texts that the caller has read, opens no file, reads no clock, and knows
 * no message: `checks` hands it values and makes findings of its answers.
 *
 * Codes are those of the block GrnFin, namespace urn:x-egret:grn:1. */
#ifndef EGRET_TAXONOMY_LABEL_H
#define EGRET_TAXONOMY_LABEL_H

#include "util/rc.h"
#include "util/span.h"

/* Lbl/Sts. In a scheme of one level a label is ELIG and means that the
 * scheme's criteria are met. */
typedef enum {
    EGRET_LABEL_ELIG, /* eligible */
    EGRET_LABEL_ALGN, /* aligned */
    EGRET_LABEL_TRNS, /* transition */
    EGRET_LABEL_ENBL, /* enabling */
    EGRET_LABEL_NALG, /* assessed and not aligned */
    EGRET_LABEL_STATUS_COUNT
} egret_label_status_t;

/* GrnFin/Sts. */
typedef enum {
    EGRET_BLOCK_DRFT,
    EGRET_BLOCK_FINL,
    EGRET_BLOCK_RVSD,
    EGRET_BLOCK_WDRN,
    EGRET_BLOCK_STATUS_COUNT
} egret_block_status_t;

/* Instr/DcsvDt/@Kind: what happened on the date that decides the version. */
typedef enum {
    EGRET_DECISIVE_APPR, /* loan approved */
    EGRET_DECISIVE_REGN, /* bond registered */
    EGRET_DECISIVE_FILD, /* filed, not yet approved */
    EGRET_DECISIVE_ISSD, /* issued */
    EGRET_DECISIVE_COUNT
} egret_decisive_t;

/* What a relation speaks of. */
typedef enum {
    EGRET_DIMENSION_SCOPE,      /* which activities */
    EGRET_DIMENSION_CRITERIA,   /* technical screening */
    EGRET_DIMENSION_DNSH,       /* do no significant harm */
    EGRET_DIMENSION_SAFEGUARDS, /* minimum safeguards */
    EGRET_DIMENSION_COUNT
} egret_dimension_t;

/* How the set A that one code covers lies to the set B of another. */
typedef enum {
    EGRET_RELATION_NOT_COMPARED, /* counts as none */
    EGRET_RELATION_EXACT,        /* A = B */
    EGRET_RELATION_BROAD,        /* A within B */
    EGRET_RELATION_NARROW,       /* B within A */
    EGRET_RELATION_CLOSE,        /* says nothing */
    EGRET_RELATION_RELATED,      /* says nothing */
    EGRET_RELATION_NONE,         /* compared: there is none */
    EGRET_RELATION_NOT_REQUIRED, /* the target has none of that dimension */
    EGRET_RELATION_COUNT
} egret_relation_t;

/* From the code on the wire; EGRET_ENOTFOUND for any other text. */
egret_rc_t egret_label_status_read(egret_span_t text, egret_label_status_t *out)
    EGRET_MUST_USE;
egret_rc_t egret_block_status_read(egret_span_t text, egret_block_status_t *out)
    EGRET_MUST_USE;
egret_rc_t egret_decisive_read(egret_span_t text, egret_decisive_t *out)
    EGRET_MUST_USE;
/* From a cell of a crosswalk: "exact", "not-compared", ... */
egret_rc_t egret_relation_read(egret_span_t text, egret_relation_t *out)
    EGRET_MUST_USE;

/* The code, or the word in a crosswalk. Never NULL. */
const char *egret_label_status_text(egret_label_status_t status);
const char *egret_decisive_text(egret_decisive_t kind);
const char *egret_dimension_text(egret_dimension_t dimension);
const char *egret_relation_text(egret_relation_t relation);

/* exact, broad, narrow, close or related. */
bool egret_relation_is_claim(egret_relation_t relation);
/* A within B, or the same: what a label may pass over. */
bool egret_relation_carries(egret_relation_t relation);
/* exact, broad or narrow: one lies within the other, so there is a counterpart.
 */
bool egret_relation_is_nested(egret_relation_t relation);
/* The weaker of two claims: exact, broad, narrow, close, related, strongest
 * first. Broad and narrow together say neither of the whole: close. */
egret_relation_t egret_relation_weaker(egret_relation_t a, egret_relation_t b);

#endif
