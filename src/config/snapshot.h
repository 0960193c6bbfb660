/* SPDX-License-Identifier: Apache-2.0 */
/* snapshot: what a draft resolves to. Internal to `config`. */
#ifndef EGRET_CONFIG_SNAPSHOT_H
#define EGRET_CONFIG_SNAPSHOT_H

#include "config/draft.h"

/* Loads lists and schemas and resolves every name of the draft; the fault's
 * sentence is set on any refusal. What stands outside the arena (the
 * registry's keys) is given back then. */
egret_rc_t egret_snapshot_build(egret_config_builder_t *builder,
                                egret_config_t **out) EGRET_MUST_USE;

/* One partner's names, definitions, limits and credentials, as the draft has
 * them, into the snapshot (resolution.c). */
egret_rc_t egret_snapshot_add_partner(egret_config_builder_t *builder,
                                      egret_config_t *config,
                                      egret_partner_draft_t *draft)
    EGRET_MUST_USE;

/* Schemes first, then crosswalks, from the files that the patterns name
 * (green.c). */
egret_rc_t egret_snapshot_load_taxonomies(egret_config_builder_t *builder,
                                          egret_config_t *config)
    EGRET_MUST_USE;
/* A partner's target schemes, and its rules file. */
egret_rc_t egret_snapshot_add_green(egret_config_builder_t *builder,
                                    egret_config_t *config,
                                    egret_partner_draft_t *draft)
    EGRET_MUST_USE;

/* EGRET_EINVAL, with a fault, when the BIC's country is none of the list. A
 * test BIC in a live environment, or the reverse, warns. */
egret_rc_t egret_snapshot_check_bic(egret_config_builder_t *builder,
                                    const egret_config_t *config,
                                    egret_place_t place, egret_span_t bic)
    EGRET_MUST_USE;

#endif
