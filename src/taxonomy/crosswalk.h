/* SPDX-License-Identifier: Apache-2.0 */
/* crosswalk: rows that say how codes of one scheme lie to those of another,
 * read from an SSSOM/TSV file (Simple Standard for Sharing Ontological
 * Mappings, 1.0 and 1.1).
 *
 * Metadata: YAML in lines that begin with #: top-level `key: value` with plain
 * or quoted values, and `curie_map` with one indented `PREFIX: IRI` a line.
 * Nested content of other keys is skipped. Must be there: curie_map,
 * mapping_set_id, license. Read when there: sssom_version (1.0 or 1.1),
 * mapping_set_version, mapping_date, subject_source, subject_source_version,
 * object_source, object_source_version. The four sources may be columns
 * instead; a cell wins over the metadata. A source names a scheme by what
 * follows its last of `/ # :`, so EGRETSCHEME:CN-GFEPC is CN-GFEPC. Within a
 * file one prefix stands for one version of one scheme, and the reverse.
 *
 * Columns: subject_id, predicate_id, object_id, mapping_justification must be
 * there; predicate_modifier, record_id, confidence, comment, mapping_date and
 * the sources are read; what else SSSOM or others put there is skipped. A
 * column egret_... that is not named here is refused. Ours:
 *
 *   egret_scope egret_criteria egret_dnsh egret_safeguards
 *       exact | broad | narrow | close | related | none | not-compared |
 *       not-required (not for scope); empty: not-compared. Once a cell is
 *       filled, scope must be claimed (exact to related), and predicate_id
 *       must be the weakest claim of the row (label.h). With all of them empty
 *       it is a plain SSSOM row: its predicate counts for scope only.
 *   egret_valid_from egret_valid_to   dates, both included
 *   egret_status   official | own-assessment | draft | superseded
 *   egret_condition   (condition.h) the row speaks of the part of the subject
 *       that meets it, and of no other: of A and c instead of A, in every
 *       dimension. So a dimension is broad at the best (A and c within B), and
 *       exact and narrow are refused. predicate_id is what holds of the whole
 *       of A, for readers that do not know this column: narrowMatch, closeMatch
 *       or relatedMatch. A narrow row becomes one that carries a label so:
 *       narrowMatch, egret_scope broad, egret_condition technology in (PVOL).
 *       Refused without dimensions, with sssom:NoTermFound and with Not
 *   egret_threshold   criteria alone, none negated: a project that meets it
 *       meets the object's criteria, whatever its label says of criteria.
 *       Refused without dimensions, with not-required criteria,
 *       sssom:NoTermFound and Not
 *
 * predicate_id is skos:exactMatch, broadMatch, narrowMatch, closeMatch or
 * relatedMatch. An object of sssom:NoTermFound says "no counterpart in the
 * object's scheme", whatever the predicate; such a row claims nothing else. A
 * row whose subject is sssom:NoTermFound says nothing about a label of a
 * subject and is skipped. predicate_modifier Not withdraws the rows of other
 * files for its subject and object; "no counterpart" cannot be withdrawn. */
#ifndef EGRET_TAXONOMY_CROSSWALK_H
#define EGRET_TAXONOMY_CROSSWALK_H

#include "taxonomy/condition.h"
#include "taxonomy/scheme.h"

typedef enum {
    EGRET_ROW_UNSTATED,
    EGRET_ROW_OFFICIAL,
    EGRET_ROW_OWN_ASSESSMENT,
    EGRET_ROW_DRAFT,
    EGRET_ROW_SUPERSEDED,
    EGRET_ROW_STATUS_COUNT
} egret_row_status_t;

typedef struct egret_crosswalk egret_crosswalk_t;

typedef struct {
    const egret_crosswalk_t *crosswalk;
    uint32_t line; /* in the crosswalk's file */
    egret_span_t record_id; /* "" when there is none */
    const egret_class_t *subject;
    const egret_scheme_t *object_scheme;
    const egret_class_t *object; /* NULL: no counterpart in object_scheme */
    egret_relation_t predicate;
    egret_relation_t relations[EGRET_DIMENSION_COUNT];
    bool is_plain;      /* no dimension stated: the predicate is the scope */
    bool is_withdrawal; /* predicate_modifier Not */
    egret_row_status_t status;
    egret_span_t justification; /* semapv:ManualMappingCuration */
    egret_span_t confidence;    /* of the justification; never a reason */
    egret_span_t comment;
    bool has_valid_from;
    bool has_valid_to;
    egret_date_t valid_from;
    egret_date_t valid_to;
    const egret_condition_t *condition; /* NULL: none */
    const egret_condition_t *threshold; /* NULL: none */
} egret_crosswalk_row_t;

struct egret_crosswalk {
    egret_span_t file;
    egret_span_t id;      /* mapping_set_id */
    egret_span_t version; /* mapping_set_version */
    egret_span_t license;
    egret_span_t date;    /* mapping_date, "" when there is none */
    egret_sha256_t digest; /* of the whole text, for evidence */
    egret_crosswalk_row_t *rows; /* in the order of the file */
    size_t row_count;
    bool is_operators; /* the operator's own, for one partner */
    size_t skipped_count; /* rows whose subject is sssom:NoTermFound */
};

/* Finds a scheme's version; NULL when it is not loaded. */
typedef const egret_scheme_t *(*egret_scheme_finder_t)(void *context,
                                                       egret_span_t id,
                                                       egret_span_t version);

/* Reads a crosswalk; schemes that it names must be loaded. `text` and `file`
 * must live as long as the result, which lies in the arena. With `*fault` =
 * "FILE:LINE: sentence": EGRET_ESYNTAX, EGRET_EEXIST (a key or column twice),
 * EGRET_ENOTFOUND (scheme or code not known), EGRET_EINVAL (what contradicts
 * itself or its scheme), EGRET_EUNSUPPORTED (what cannot be withdrawn), and
 * what egret_condition_read says; EGRET_ENOMEM, EGRET_ELIMIT. Rows are compared
 * with each other in taxonomies.h. `units` may be NULL: conditions that compare
 * criteria are refused then. */
egret_rc_t egret_crosswalk_read(egret_span_t file, egret_span_t text,
                                egret_scheme_finder_t find, void *context,
                                const egret_units_t *units,
                                egret_arena_t *arena, egret_crosswalk_t **out,
                                egret_span_t *fault) EGRET_MUST_USE;

/* Whether the row may be used on that date. */
bool egret_crosswalk_row_is_valid(const egret_crosswalk_row_t *row,
                                  egret_date_t date);
/* Whether any date is within the validity of both. */
bool egret_crosswalk_rows_overlap(const egret_crosswalk_row_t *a,
                                  const egret_crosswalk_row_t *b);
/* "own-assessment", ...; "unstated". Never NULL. */
const char *egret_row_status_text(egret_row_status_t status);

#endif
