/* SPDX-License-Identifier: Apache-2.0 */
/* taxonomies: all schemes and crosswalk rows that are loaded.
 *
 * Made at configuration time: every scheme first, then every crosswalk, then
 * egret_taxonomies_close, which compares the rows of all files with each
 * other. Immutable afterwards and safe to read from several threads. The order
 * in which files are added decides nothing but the order of equal rows. */
#ifndef EGRET_TAXONOMY_TAXONOMIES_H
#define EGRET_TAXONOMY_TAXONOMIES_H

#include "taxonomy/crosswalk.h"
#include "taxonomy/scheme.h"

/* Rows from one code to one scheme (that may be valid on the same date), and
 * chains likewise. */
#define EGRET_TAXONOMIES_ROWS 1000
/* Chains in all. */
#define EGRET_TAXONOMIES_CHAINS ((size_t) 2000000)

/* Two rows, one after the other, through a code of a third scheme. */
typedef struct {
    const egret_crosswalk_row_t *first;
    const egret_crosswalk_row_t *last;
} egret_row_chain_t;

typedef struct {
    egret_row_chain_t *items;
    size_t count;
    size_t capacity;
} egret_row_chains_t;

/* The rows from one code to one version of another scheme, in the order of
 * files and lines; those that are withdrawn are left out. And the chains, in
 * the order of their first rows, then of their last ones: those whose scope
 * both rows carry, that may both be valid on one date, and whose two ends no
 * row withdraws. And those of an exact scope and "no counterpart". A group may
 * have chains alone. */
typedef struct {
    struct {
        const egret_class_t *subject;
        const egret_scheme_t *object_scheme;
    } key;
    const egret_crosswalk_row_t **rows;
    size_t count;
    size_t capacity;
    egret_row_chains_t chains;
    egret_row_chains_t absences; /* whose last row has no object */
} egret_row_group_t;

typedef struct {
    egret_arena_t *arena;
    const egret_units_t *units; /* to set before the first crosswalk; NULL:
                                 * no row may compare a criterion */
    egret_map_t by_name; /* "ID/VERSION" to egret_scheme_t; in order added */
    egret_crosswalk_t **crosswalks;
    size_t crosswalk_count;
    size_t crosswalk_capacity;
    egret_map_t groups;      /* by key to egret_row_group_t */
    egret_map_t withdrawals; /* by subject and object (withdrawal.h) */
    size_t withdrawn_count;  /* rows that another file withdraws */
    size_t chain_count;
    /* To set before closing, NULL else: each contradiction between rows is told
     * here as a fault is, and the row is left out instead of the whole being
     * refused; and each row with Not that withdraws nothing. For lint. */
    void (*complain)(void *context, egret_span_t fault);
    void *complain_context;
    const egret_span_t *refused; /* by egret_taxonomies_refuse */
    size_t refused_count;
    egret_sha256_t digest;   /* once closed: over the digests of all schemes,
                              * then of all crosswalks, in the order added;
                              * tells the version of the whole for evidence */
} egret_taxonomies_t;

/* EGRET_ENOMEM, EGRET_ELIMIT. It lives as long as the arena. */
egret_rc_t egret_taxonomies_create(egret_arena_t *arena,
                                   egret_taxonomies_t **out) EGRET_MUST_USE;
/* `file` is its name for sentences; it and `text` must live as long as the
 * arena. Errors and `*fault` as egret_scheme_read says, and EGRET_EEXIST when
 * that version is loaded already. */
egret_rc_t egret_taxonomies_add_scheme(egret_taxonomies_t *taxonomies,
                                       egret_span_t file, egret_span_t text,
                                       egret_span_t *fault) EGRET_MUST_USE;
/* The same, with the errors of egret_crosswalk_read. */
egret_rc_t egret_taxonomies_add_crosswalk(egret_taxonomies_t *taxonomies,
                                          egret_span_t file, egret_span_t text,
                                          egret_span_t *fault) EGRET_MUST_USE;
/* The schemes, crosswalks and units of a closed object, to which further
 * crosswalks may be added before it is closed itself. `from` must live as long
 * as the result, which lies in the arena. EGRET_ENOMEM, EGRET_ELIMIT. */
egret_rc_t egret_taxonomies_derive(const egret_taxonomies_t *from,
                                   egret_arena_t *arena,
                                   egret_taxonomies_t **out) EGRET_MUST_USE;
/* As egret_taxonomies_add_crosswalk; its rows are the operator's own. */
egret_rc_t egret_taxonomies_add_own_crosswalk(egret_taxonomies_t *taxonomies,
                                              egret_span_t file,
                                              egret_span_t text,
                                              egret_span_t *fault)
    EGRET_MUST_USE;
/* Before it is closed: rows of these words are left out. A word is a row's
 * status as egret_row_status_text has it, or its justification. Rows that say
 * "no counterpart", withdrawals and the operator's own rows stay: without them
 * a label could become greener. `words` must live as long. */
void egret_taxonomies_refuse(egret_taxonomies_t *taxonomies,
                             const egret_span_t *words, size_t count);
bool egret_taxonomies_refuses(const egret_taxonomies_t *taxonomies,
                              const egret_crosswalk_row_t *row);
/* Withdraws what rows with Not name and compares the rest. EGRET_EEXIST: a row
 * stands twice; EGRET_EINVAL: two rows contradict each other: two relations
 * for one pair of codes, a counterpart (scope exact, broad or narrow) and "no
 * counterpart", one code exact with two codes of one scheme, a row that its
 * own file withdraws, a row and its inverse that disagree, a cycle that makes
 * two codes of one scheme equal (contradiction.h); EGRET_ERANGE: over one of
 * the limits above. Then finds the chains, so that a message costs a look-up.
 * `*fault` names both places. Rows whose validity does not overlap are not
 * compared, nor are two relations of one pair of codes under different
 * conditions. EGRET_ENOMEM, EGRET_ELIMIT. Call it once. */
egret_rc_t egret_taxonomies_close(egret_taxonomies_t *taxonomies,
                                  egret_span_t *fault) EGRET_MUST_USE;

/* NULL when that version is not loaded. */
const egret_scheme_t *
egret_taxonomies_scheme(const egret_taxonomies_t *taxonomies, egret_span_t id,
                        egret_span_t version);
/* By "CN-GFEPC/2025", as a configuration names it. */
const egret_scheme_t *
egret_taxonomies_scheme_by_name(const egret_taxonomies_t *taxonomies,
                                egret_span_t name);
/* Whether any version of it is loaded. */
bool egret_taxonomies_has_id(const egret_taxonomies_t *taxonomies,
                             egret_span_t id);
/* Rows with Not that withdrew neither row nor chain, nor a row that is refused,
 * in the order of files and lines: NULL after the last. Linear. */
const egret_crosswalk_row_t *
egret_taxonomies_idle_withdrawal(const egret_taxonomies_t *taxonomies,
                                 size_t index);
/* NULL when there is neither row nor chain. */
const egret_row_group_t *
egret_taxonomies_rows(const egret_taxonomies_t *taxonomies,
                      const egret_class_t *subject,
                      const egret_scheme_t *object_scheme);

/* Rule L01. */
typedef enum {
    EGRET_SCHEME_BINDS,
    EGRET_SCHEME_UNKNOWN,         /* no version of it is loaded */
    EGRET_SCHEME_VERSION_UNKNOWN,
    EGRET_SCHEME_IS_DRAFT
} egret_scheme_fit_t;

egret_scheme_fit_t
egret_taxonomies_scheme_fit(const egret_taxonomies_t *taxonomies,
                            egret_span_t id, egret_span_t version);

#endif
