/* SPDX-License-Identifier: Apache-2.0 */
/* setters: one function a directive, for the table in builder.c. Each gets the
 * directive's words (the name first, their number already right) and the draft
 * that the open block belongs to. Internal to `config`. */
#ifndef EGRET_CONFIG_SETTERS_H
#define EGRET_CONFIG_SETTERS_H

#include "config/draft.h"

typedef egret_rc_t egret_setter_t(egret_config_builder_t *builder,
                                  const egret_span_t *words, size_t count);

/* general.c: what stands in http {}. */
egret_setter_t egret_general_set_gateway;
egret_setter_t egret_general_set_schemas;
egret_setter_t egret_general_set_reference;
egret_setter_t egret_general_set_max_message;
egret_setter_t egret_general_set_max_answer;
egret_setter_t egret_general_set_offload_threshold;
egret_setter_t egret_general_set_answer_timeout;
egret_setter_t egret_general_set_environment;
egret_setter_t egret_general_set_strict;

/* profile.c */
egret_setter_t egret_profile_open;
egret_setter_t egret_profile_set_bare_document;
egret_setter_t egret_profile_set_message_id_match;
egret_setter_t egret_profile_set_business_service;
egret_setter_t egret_profile_set_characters;
egret_setter_t egret_profile_set_transactions;
egret_setter_t egret_profile_set_encodings;
egret_setter_t egret_profile_set_date_time;

/* partner.c */
egret_setter_t egret_partner_open;
egret_setter_t egret_partner_set_party;
egret_setter_t egret_partner_set_profile;
egret_setter_t egret_partner_set_format;
egret_setter_t egret_partner_set_accept;
egret_setter_t egret_partner_set_currencies;
egret_setter_t egret_partner_set_limit;
egret_setter_t egret_partner_set_severity;
egret_setter_t egret_partner_set_upstream;

/* green.c: taxonomies, crosswalks and a partner's own rules. */
egret_setter_t egret_green_set_taxonomies;
egret_setter_t egret_green_set_crosswalks;
egret_setter_t egret_green_set_refused_rows;
egret_setter_t egret_partner_set_taxonomy;
egret_setter_t egret_partner_set_crosswalk;
egret_setter_t egret_partner_set_unmapped;
egret_setter_t egret_partner_set_rules;

/* credential.c: the partner's `certificate` lines. */
egret_setter_t egret_credential_set;

/* profile.c: what a profile says when its block does not. */
void egret_profile_set_defaults(egret_profile_t *profile);

#endif
