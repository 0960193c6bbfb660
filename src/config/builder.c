/* SPDX-License-Identifier: Apache-2.0 */

#include "config/builder.h"

#include "config/setters.h"
#include "config/snapshot.h"

static const egret_directive_t directives[] = {
    { "egret_gateway", EGRET_BLOCK_MAIN, false, false, 1, 2,
      egret_general_set_gateway, "egret_gateway bic=BIC [lei=LEI];", "" },
    { "egret_schemas", EGRET_BLOCK_MAIN, false, false, 1, 1,
      egret_general_set_schemas, "egret_schemas FOLDER;",
      "egret_schemas /usr/share/egret/schemas;" },
    { "egret_reference", EGRET_BLOCK_MAIN, false, false, 1, 1,
      egret_general_set_reference, "egret_reference FOLDER;",
      "egret_reference /usr/share/egret/reference;" },
    { "egret_taxonomies", EGRET_BLOCK_MAIN, false, true, 1, 64,
      egret_green_set_taxonomies, "egret_taxonomies FILE ...;", "" },
    { "egret_crosswalks", EGRET_BLOCK_MAIN, false, true, 1, 64,
      egret_green_set_crosswalks, "egret_crosswalks FILE ...;", "" },
    { "egret_refuse_rows", EGRET_BLOCK_MAIN, false, false, 1, 16,
      egret_green_set_refused_rows, "egret_refuse_rows WORD ...;", "" },
    { "egret_max_message", EGRET_BLOCK_MAIN, false, false, 1, 1,
      egret_general_set_max_message, "egret_max_message SIZE;",
      "egret_max_message 1m;" },
    { "egret_max_answer", EGRET_BLOCK_MAIN, false, false, 1, 1,
      egret_general_set_max_answer, "egret_max_answer SIZE;",
      "egret_max_answer 1m;" },
    { "egret_offload_threshold", EGRET_BLOCK_MAIN, false, false, 1, 1,
      egret_general_set_offload_threshold, "egret_offload_threshold SIZE;",
      "egret_offload_threshold 64k;" },
    { "egret_answer_timeout", EGRET_BLOCK_MAIN, false, false, 1, 1,
      egret_general_set_answer_timeout, "egret_answer_timeout TIME;",
      "egret_answer_timeout 2m;" },
    { "egret_environment", EGRET_BLOCK_MAIN, false, false, 1, 1,
      egret_general_set_environment, "egret_environment live | test;",
      "egret_environment live;" },
    { "egret_strict", EGRET_BLOCK_MAIN, false, false, 1, 1,
      egret_general_set_strict, "egret_strict on | off;",
      "egret_strict off;" },
    { "egret_profile", EGRET_BLOCK_MAIN, true, true, 1, 1,
      egret_profile_open, "egret_profile NAME { ... }", "" },
    { "egret_partner", EGRET_BLOCK_MAIN, true, true, 1, 1,
      egret_partner_open, "egret_partner NAME { ... }", "" },

    { "bare_document", EGRET_BLOCK_PROFILE, false, false, 1, 1,
      egret_profile_set_bare_document, "bare_document on | off;",
      "bare_document off;" },
    { "message_id_match", EGRET_BLOCK_PROFILE, false, false, 1, 1,
      egret_profile_set_message_id_match,
      "message_id_match off | warn | reject;", "message_id_match warn;" },
    { "business_service", EGRET_BLOCK_PROFILE, false, false, 1, 64,
      egret_profile_set_business_service, "business_service NAME ...;", "" },
    { "characters", EGRET_BLOCK_PROFILE, false, false, 1, 1,
      egret_profile_set_characters, "characters utf-8 | fin-x;",
      "characters utf-8;" },
    { "transactions", EGRET_BLOCK_PROFILE, false, false, 1, 1,
      egret_profile_set_transactions, "transactions one | many;",
      "transactions many;" },
    { "encodings", EGRET_BLOCK_PROFILE, false, false, 1, 1,
      egret_profile_set_encodings, "encodings none | gzip;",
      "encodings none;" },
    { "date_time", EGRET_BLOCK_PROFILE, false, false, 1, 1,
      egret_profile_set_date_time, "date_time any | offset | utc;",
      "date_time any;" },

    { "certificate", EGRET_BLOCK_PARTNER, false, true, 1, 6,
      egret_credential_set,
      "certificate [spki-sha256=HEX] [san=dns:NAME] [san=uri:URI] [lei=LEI] "
      "[serial=HEX] [ca=FILE];", "" },
    { "party", EGRET_BLOCK_PARTNER, false, true, 1, 64,
      egret_partner_set_party,
      "party [bic=BIC] [lei=LEI] [member=SCHEME:ID] ...;", "" },
    { "profile", EGRET_BLOCK_PARTNER, false, false, 1, 1,
      egret_partner_set_profile, "profile NAME;", "profile bilateral;" },
    { "format", EGRET_BLOCK_PARTNER, false, false, 1, 1,
      egret_partner_set_format, "format xml;", "format xml;" },
    { "accept", EGRET_BLOCK_PARTNER, false, true, 1, 256,
      egret_partner_set_accept, "accept DEFINITION ...;", "" },
    { "currencies", EGRET_BLOCK_PARTNER, false, true, 1, 256,
      egret_partner_set_currencies, "currencies CURRENCY ...;", "" },
    { "limit", EGRET_BLOCK_PARTNER, false, true, 2, 2,
      egret_partner_set_limit, "limit CURRENCY AMOUNT;", "" },
    { "severity", EGRET_BLOCK_PARTNER, false, true, 2, 2,
      egret_partner_set_severity,
      "severity CODE reject | hold | warn | info;", "" },
    { "upstream", EGRET_BLOCK_PARTNER, false, false, 1, 2,
      egret_partner_set_upstream, "upstream https://GROUP [name=HOST];", "" },
    { "taxonomy", EGRET_BLOCK_PARTNER, false, true, 1, 16,
      egret_partner_set_taxonomy, "taxonomy SCHEME/VERSION ...;", "" },
    { "crosswalk", EGRET_BLOCK_PARTNER, false, true, 1, 16,
      egret_partner_set_crosswalk, "crosswalk FILE ...;", "" },
    { "unmapped", EGRET_BLOCK_PARTNER, false, false, 1, 1,
      egret_partner_set_unmapped, "unmapped reject | hold | annotate;",
      "unmapped annotate;" },
    { "rules", EGRET_BLOCK_PARTNER, false, false, 1, 1,
      egret_partner_set_rules, "rules FILE;", "" },
};

#define OFFLOAD_THRESHOLD ((size_t) 64 * 1024)
#define DIRECTIVE_COUNT (sizeof(directives) / sizeof(directives[0]))

_Static_assert(DIRECTIVE_COUNT <= 64, "one bit a row is kept in 64");


const egret_directive_t *
egret_directives(size_t *count)
{
    *count = DIRECTIVE_COUNT;

    return directives;
}


egret_config_builder_t *
egret_config_builder_create(egret_arena_t *arena, const char *folder)
{
    egret_config_builder_t *builder =
        egret_arena_zeroed(arena, 1, sizeof(*builder));

    if (builder == NULL) {
        return NULL;
    }

    builder->arena = arena;
    builder->folder = egret_arena_copy(arena, egret_span_from(folder)).at;
    if (builder->folder == NULL) {
        return NULL;
    }
    builder->block = EGRET_BLOCK_MAIN;
    builder->environment = EGRET_ENVIRONMENT_LIVE;
    builder->max_message = egret_xml_limits_default.bytes;
    builder->offload_threshold = OFFLOAD_THRESHOLD;
    builder->max_answer = egret_xml_limits_default.bytes;
    builder->answer_timeout = EGRET_ANSWER_TIMEOUT;
    builder->default_schemas = "";
    builder->default_reference = "";
    egret_map_init(&builder->profiles_by_name, arena);
    egret_map_init(&builder->partners_by_name, arena);

    return builder;
}


void
egret_config_builder_defaults(egret_config_builder_t *builder,
                              const char *schemas, const char *reference)
{
    builder->default_schemas = schemas;
    builder->default_reference = reference;
}


static const char *
block_text(egret_block_kind_t block)
{
    switch (block) {
    case EGRET_BLOCK_PARTNER:
        return "egret_partner";
    case EGRET_BLOCK_PROFILE:
        return "egret_profile";
    default:
        return "http";
    }
}


static const egret_directive_t *
find(egret_block_kind_t block, egret_span_t name)
{
    for (size_t i = 0; i < DIRECTIVE_COUNT; i++) {
        if (directives[i].block == block
            && egret_span_equals_text(name, directives[i].name))
        {
            return &directives[i];
        }
    }

    return NULL;
}


static egret_rc_t
refuse_unknown(egret_config_builder_t *builder, egret_span_t name)
{
    for (int block = EGRET_BLOCK_MAIN; block <= EGRET_BLOCK_PROFILE; block++) {
        if (find((egret_block_kind_t) block, name) != NULL) {
            return egret_draft_refuse(
                builder, EGRET_ENOTFOUND,
                "%.*s stands in %s { }, not in %s { }: move it there",
                EGRET_SPAN_ARGS(name), block_text((egret_block_kind_t) block),
                block_text(builder->block));
        }
    }

    return egret_draft_refuse(
        builder, EGRET_ENOTFOUND,
        "unknown directive \"%.*s\" in %s { }: docs/operator.md lists those "
        "that there are",
        EGRET_SPAN_ARGS(name), block_text(builder->block));
}


static egret_rc_t
check_form(egret_config_builder_t *builder, const egret_directive_t *directive,
           size_t argument_count, bool opens_block)
{
    if (directive->opens_block != opens_block) {
        return egret_draft_refuse(builder, EGRET_EINVAL, "%s %s: %s",
                                  directive->name,
                                  opens_block ? "takes no block"
                                              : "needs its block",
                                  directive->syntax);
    }
    if (argument_count < directive->minimum) {
        return egret_draft_refuse(builder, EGRET_EINVAL,
                                  "%s lacks a word: %s", directive->name,
                                  directive->syntax);
    }
    if (argument_count > directive->maximum) {
        return egret_draft_refuse(builder, EGRET_EINVAL,
                                  "%s has a word too many: %s",
                                  directive->name, directive->syntax);
    }

    return EGRET_OK;
}


static egret_rc_t
mark_seen(egret_config_builder_t *builder, const egret_directive_t *directive)
{
    uint64_t *seen = builder->block == EGRET_BLOCK_MAIN
                         ? &builder->seen_in_main
                         : &builder->seen_in_block;
    uint64_t bit = (uint64_t) 1 << (directive - directives);

    if (!directive->is_repeatable && (*seen & bit) != 0) {
        return egret_draft_refuse(builder, EGRET_EEXIST,
                                  "%s stands twice in one block: leave one out",
                                  directive->name);
    }
    *seen |= bit;

    return EGRET_OK;
}


static egret_rc_t
set_place(egret_config_builder_t *builder, egret_span_t file, uint32_t line)
{
    builder->fault = EGRET_SPAN("");
    builder->place.line = line;
    if (builder->place.file.at != NULL
        && egret_span_equals(builder->place.file, file))
    {
        return EGRET_OK;
    }

    return egret_draft_copy(builder, file, &builder->place.file);
}


egret_rc_t
egret_config_builder_set(egret_config_builder_t *builder,
                         const egret_span_t *words, size_t count,
                         bool opens_block, egret_span_t file, uint32_t line)
{
    egret_rc_t rc = set_place(builder, file, line);
    const egret_directive_t *directive;

    if (rc != EGRET_OK) {
        return rc;
    }
    if (count == 0) {
        return egret_draft_refuse(builder, EGRET_EINVAL,
                                  "a block or a directive without a name");
    }

    directive = find(builder->block, words[0]);
    if (directive == NULL) {
        return refuse_unknown(builder, words[0]);
    }

    rc = check_form(builder, directive, count - 1, opens_block);
    if (rc == EGRET_OK) {
        rc = mark_seen(builder, directive);
    }
    if (rc == EGRET_OK) {
        rc = directive->set(builder, words, count);
    }
    if (rc != EGRET_OK || !opens_block) {
        return rc;
    }

    builder->block = builder->partner != NULL ? EGRET_BLOCK_PARTNER
                                              : EGRET_BLOCK_PROFILE;
    builder->seen_in_block = 0;

    return EGRET_OK;
}


egret_rc_t
egret_config_builder_close(egret_config_builder_t *builder)
{
    builder->fault = EGRET_SPAN("");
    if (builder->block == EGRET_BLOCK_MAIN) {
        return egret_draft_refuse(builder, EGRET_EINVAL,
                                  "a } that closes no block");
    }

    builder->block = EGRET_BLOCK_MAIN;
    builder->partner = NULL;
    builder->profile = NULL;

    return EGRET_OK;
}


egret_rc_t
egret_config_builder_finish(egret_config_builder_t *builder,
                            egret_config_t **out)
{
    builder->fault = EGRET_SPAN("");
    if (builder->block != EGRET_BLOCK_MAIN) {
        return egret_draft_refuse_at(builder, builder->place, EGRET_EINVAL,
                                     "%s { is not closed: a } is missing",
                                     block_text(builder->block));
    }

    return egret_snapshot_build(builder, out);
}


egret_span_t
egret_config_builder_fault(const egret_config_builder_t *builder)
{
    return builder->fault;
}


size_t
egret_config_builder_warnings(const egret_config_builder_t *builder,
                              const egret_span_t **out)
{
    *out = builder->warnings;

    return builder->warning_count;
}
