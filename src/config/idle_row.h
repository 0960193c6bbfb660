/* SPDX-License-Identifier: Apache-2.0 */
/* idle_row: rows with Not that withdraw nothing. Nothing is greener for them,
 * but what the operator meant to withdraw may still pass over. */
#ifndef EGRET_CONFIG_IDLE_ROW_H
#define EGRET_CONFIG_IDLE_ROW_H

#include "config/draft.h"
#include "taxonomy/taxonomies.h"

/* Warns of 16 of them at most, at `place`, in taxonomies that are closed: of a
 * partner's own rows (`is_own`), or of the shared ones. The errors of
 * egret_draft_warn. */
egret_rc_t egret_idle_rows_warn(egret_config_builder_t *builder,
                                egret_place_t place,
                                const egret_taxonomies_t *taxonomies,
                                bool is_own) EGRET_MUST_USE;

#endif
