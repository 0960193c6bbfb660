/* SPDX-License-Identifier: Apache-2.0 */
/* draft: what a builder holds while directives come in: settings whose names
 * (profiles, definitions, currencies) are resolved only at the end.
 *
 * Internal to `config`: the setters of general.c, profile.c, partner.c and
 * credential.c write it, snapshot.c turns it into an egret_config_t. */
#ifndef EGRET_CONFIG_DRAFT_H
#define EGRET_CONFIG_DRAFT_H

#include "config/builder.h"

#define EGRET_ANSWER_TIMEOUT (2 * 60 * 1000) /* milliseconds */

typedef struct {
    egret_span_t file;
    uint32_t line;
} egret_place_t;

/* A word that names something, and where it stands. */
typedef struct {
    egret_span_t text;
    egret_place_t place;
} egret_reference_word_t;

typedef struct {
    egret_profile_t profile;
    egret_place_t place;
} egret_profile_draft_t;

typedef struct {
    egret_credential_t credential;
    egret_place_t place;
} egret_credential_draft_t;

typedef struct {
    egret_limit_t limit;
    egret_place_t place;
} egret_limit_draft_t;

typedef struct {
    egret_reference_word_t *items;
    size_t count;
} egret_reference_words_t;

typedef struct {
    egret_partner_t *partner; /* its address is final */
    egret_place_t place;
    egret_reference_word_t profile; /* text "" for the default */
    egret_reference_words_t bics;   /* 11 characters */
    egret_reference_words_t leis;
    egret_reference_words_t members; /* "CNAPS:308584000013" */
    egret_reference_words_t accepts;
    egret_reference_words_t currencies;
    egret_limit_draft_t *limits;
    size_t limit_count;
    egret_credential_draft_t *credentials;
    size_t credential_count;
    egret_reference_words_t targets; /* "CN-GFEPC/2025" */
    egret_reference_words_t crosswalks;
    egret_reference_word_t rules;    /* file; text "" for none */
    bool has_unmapped;
    egret_place_t unmapped_place;
} egret_partner_draft_t;

struct egret_config_builder {
    egret_arena_t *arena;
    const char *folder;
    egret_place_t place; /* of the directive at hand */
    egret_span_t fault;
    egret_span_t *warnings;
    size_t warning_count;
    egret_block_kind_t block;
    uint64_t seen_in_main;  /* bit n: row n of the table stood there */
    uint64_t seen_in_block; /* in the block that is open */

    bool has_gateway;
    egret_place_t gateway_place;
    egret_span_t gateway_bic;
    egret_span_t gateway_lei;
    egret_reference_word_t schemas; /* folder; text "" when not said */
    egret_reference_word_t reference;
    egret_reference_words_t taxonomies; /* files or patterns of files */
    egret_reference_words_t crosswalks;
    egret_reference_words_t refused_rows;
    const char *default_schemas;
    const char *default_reference;
    size_t max_message;
    size_t offload_threshold;
    size_t max_answer;
    uint32_t answer_timeout; /* milliseconds */
    egret_environment_t environment;
    bool is_strict;

    egret_profile_draft_t **profiles;
    size_t profile_count;
    egret_partner_draft_t **partners;
    size_t partner_count;
    egret_map_t profiles_by_name; /* to egret_profile_draft_t */
    egret_map_t partners_by_name; /* to egret_partner_draft_t */
    egret_profile_draft_t *profile; /* the open block's */
    egret_partner_draft_t *partner;
};

/* Sets the fault's sentence and returns `rc` (or what the arena says when the
 * sentence finds no room). */
egret_rc_t egret_draft_refuse(egret_config_builder_t *builder, egret_rc_t rc,
                              const char *format, ...) EGRET_PRINTF(3, 4)
    EGRET_MUST_USE;
/* The same with "FILE:LINE: " before the sentence, for the builder's end. */
egret_rc_t egret_draft_refuse_at(egret_config_builder_t *builder,
                                 egret_place_t place, egret_rc_t rc,
                                 const char *format, ...) EGRET_PRINTF(4, 5)
    EGRET_MUST_USE;
egret_rc_t egret_draft_warn(egret_config_builder_t *builder,
                            egret_place_t place, const char *format, ...)
    EGRET_PRINTF(3, 4) EGRET_MUST_USE;

/* One more of `size` bytes at the end of an array in the arena. */
egret_rc_t egret_draft_append(egret_arena_t *arena, void *items, size_t *count,
                              const void *item, size_t size) EGRET_MUST_USE;
/* Adds a copy of the word. EGRET_EEXIST, with a fault, when it is there. */
egret_rc_t egret_draft_add_word(egret_config_builder_t *builder,
                                egret_reference_words_t *words,
                                egret_span_t word) EGRET_MUST_USE;
egret_rc_t egret_draft_copy(egret_config_builder_t *builder, egret_span_t text,
                            egret_span_t *out) EGRET_MUST_USE;

/* Splits "key=value"; false without a '=' or with an empty value. */
bool egret_draft_split(egret_span_t word, egret_span_t *key,
                       egret_span_t *value);
/* on or off. */
egret_rc_t egret_draft_flag(egret_config_builder_t *builder,
                            const egret_span_t *words, bool *out)
    EGRET_MUST_USE;
/* A name for a block: 1 to 64 of A-Z a-z 0-9 . _ - */
egret_rc_t egret_draft_name(egret_config_builder_t *builder, egret_span_t word,
                            egret_span_t *out) EGRET_MUST_USE;
/* A BIC of 8 or 11 characters, as 11. Its country is judged at the end. */
egret_rc_t egret_draft_bic(egret_config_builder_t *builder, egret_span_t value,
                           egret_span_t *out) EGRET_MUST_USE;
egret_rc_t egret_draft_lei(egret_config_builder_t *builder, egret_span_t value,
                           egret_span_t *out) EGRET_MUST_USE;

#endif
