/* SPDX-License-Identifier: Apache-2.0 */
/* closure: which rows follow each other, found once at configuration time. Part
 * of taxonomies.h's egret_taxonomies_close; nobody else calls it. */
#ifndef EGRET_TAXONOMY_CLOSURE_H
#define EGRET_TAXONOMY_CLOSURE_H

#include "taxonomy/taxonomies.h"

/* The group of a code and a scheme, made when there is none. EGRET_ENOMEM,
 * EGRET_ELIMIT. */
egret_rc_t egret_closure_group(egret_taxonomies_t *taxonomies,
                               const egret_class_t *subject,
                               const egret_scheme_t *object_scheme,
                               egret_row_group_t **out) EGRET_MUST_USE;
/* Adds to each group its chains, those to "no counterpart" apart, and the
 * groups that have chains alone. Time: rows times schemes, and the chains.
 * EGRET_ERANGE: more than the limits of taxonomies.h allow, `*at` is the first
 * row of one; EGRET_ENOMEM, EGRET_ELIMIT. */
egret_rc_t egret_closure_find(egret_taxonomies_t *taxonomies,
                              const egret_crosswalk_row_t **at) EGRET_MUST_USE;

#endif
