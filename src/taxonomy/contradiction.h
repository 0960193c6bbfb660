/* SPDX-License-Identifier: Apache-2.0 */
/* contradiction: what rows of all files together cannot say. Part of
 * taxonomies.h's egret_taxonomies_close; nobody else calls it. */
#ifndef EGRET_TAXONOMY_CONTRADICTION_H
#define EGRET_TAXONOMY_CONTRADICTION_H

#include "taxonomy/taxonomies.h"

/* Tells (complaint.h) what groups of rows say against each other. Only rows
 * without a condition are compared, since one with a condition speaks of a
 * part, and only rows that may be valid on one date:
 * - a row and one from its object back to its subject: in each dimension exact
 *   answers exact, broad narrow, narrow broad, where both say one of these; and
 *   to a row whose scope is one of these "no counterpart" is no answer;
 * - a cycle of scopes, A within B within ... within A, that holds two codes of
 *   one scheme and so says that they are equal (cycle.h).
 * EGRET_EINVAL, EGRET_ENOMEM, EGRET_ELIMIT. */
egret_rc_t egret_contradictions_check(egret_taxonomies_t *taxonomies,
                                      egret_span_t *fault) EGRET_MUST_USE;

#endif
