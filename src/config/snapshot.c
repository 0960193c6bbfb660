/* SPDX-License-Identifier: Apache-2.0 */

#include "config/snapshot.h"
#include "config/unit_file.h"

#include <string.h>
#include <unistd.h>

#include "config/file.h"
#include "config/setters.h"

#define GREEN_NAMESPACE "urn:x-egret:grn:1"
#define GREEN_FILE "egret.grn.1.xsd"
#define TEST_BIC_PLACE 7 /* a 0 as the 8th character: a test BIC */

/* What every gateway reads or writes itself, whatever its partners accept. */
static const struct {
    const char *id;
    const char *file;
} always_loaded[] = {
    { "head.001.001.01", "head.001.001.01.xsd" },
    { "head.001.001.02", "head.001.001.02.xsd" },
    { "head.001.001.03", "head.001.001.03.xsd" },
    { "head.001.001.04", "head.001.001.04.xsd" },
    { "pacs.002.001.10", "pacs.002.001.10.xsd" },
    { "admi.002.001.01", "admi.002.001.01.xsd" },
    { GREEN_NAMESPACE, GREEN_FILE },
};

#define ALWAYS_COUNT (sizeof(always_loaded) / sizeof(always_loaded[0]))


static egret_rc_t
resolve_folder(egret_config_builder_t *builder,
               const egret_reference_word_t *said, const char *fallback,
               const char *directive, const char **out)
{
    if (said->text.length > 0) {
        *out = egret_file_path(builder->folder, said->text, builder->arena);
        return *out == NULL ? egret_arena_rc(builder->arena) : EGRET_OK;
    }
    if (fallback[0] == '\0') {
        return egret_draft_refuse(builder, EGRET_ENOTFOUND,
                                  "no %s: name the folder", directive);
    }
    *out = fallback;

    return EGRET_OK;
}


/* Puts the directive's place before a sentence that names another file. */
static egret_rc_t
refuse_folder(egret_config_builder_t *builder, egret_place_t place,
              egret_rc_t rc, egret_span_t sentence)
{
    if (place.line == 0) {
        return egret_draft_refuse(builder, rc, "%.*s",
                                  EGRET_SPAN_ARGS(sentence));
    }

    return egret_draft_refuse_at(builder, place, rc, "%.*s",
                                 EGRET_SPAN_ARGS(sentence));
}


static egret_rc_t
load_reference(egret_config_builder_t *builder, egret_config_t *config)
{
    egret_span_t fault = EGRET_SPAN("");
    const char *folder;
    egret_rc_t rc =
        resolve_folder(builder, &builder->reference,
                       builder->default_reference, "egret_reference", &folder);

    if (rc != EGRET_OK) {
        return rc;
    }

    rc = egret_reference_load(folder, builder->arena, &config->reference,
                              &fault);
    if (rc == EGRET_OK) {
        rc = egret_reference_load_units(folder, builder->arena,
                                        &config->units, &fault);
    }
    if (rc == EGRET_OK || rc == EGRET_ENOMEM || rc == EGRET_ELIMIT) {
        return rc;
    }

    return refuse_folder(builder, builder->reference.place, rc, fault);
}


static bool
contains(egret_span_t text, egret_span_t part)
{
    for (size_t i = 0; i + part.length <= text.length; i++) {
        if (memcmp(text.at + i, part.at, part.length) == 0) {
            return true;
        }
    }

    return false;
}


static egret_rc_t
refuse_schemas(egret_config_builder_t *builder, egret_rc_t rc,
               const char *folder, egret_span_t fault)
{
    for (size_t i = 0; rc == EGRET_ENOTFOUND && i < builder->partner_count; i++)
    {
        const egret_reference_words_t *accepts = &builder->partners[i]->accepts;

        for (size_t n = 0; n < accepts->count; n++) {
            if (contains(fault, accepts->items[n].text)) {
                return egret_draft_refuse_at(
                    builder, accepts->items[n].place, rc,
                    "accept %.*s: no schema in %s declares it",
                    EGRET_SPAN_ARGS(accepts->items[n].text), folder);
            }
        }
    }

    return refuse_folder(builder, builder->schemas.place, rc, fault);
}


static egret_rc_t
add_id(egret_config_builder_t *builder, egret_span_t **ids, size_t *count,
       egret_span_t id)
{
    for (size_t i = 0; i < *count; i++) {
        if (egret_span_equals((*ids)[i], id)) {
            return EGRET_OK;
        }
    }

    return egret_draft_append(builder->arena, ids, count, &id, sizeof(id));
}


/* The definitions to load: those of always_loaded for which the folder has a
 * file of that name, and all that a partner accepts. */
static egret_rc_t
collect_ids(egret_config_builder_t *builder, const char *folder,
            egret_span_t **ids, size_t *count)
{
    for (size_t i = 0; i < ALWAYS_COUNT; i++) {
        egret_span_t path = egret_arena_print(builder->arena, "%s/%s", folder,
                                              always_loaded[i].file);
        egret_rc_t rc = EGRET_OK;

        if (path.at == NULL) {
            return egret_arena_rc(builder->arena);
        }
        if (access(path.at, F_OK) == 0) {
            rc = add_id(builder, ids, count,
                        egret_span_from(always_loaded[i].id));
        }
        if (rc != EGRET_OK) {
            return rc;
        }
    }

    for (size_t i = 0; i < builder->partner_count; i++) {
        const egret_reference_words_t *accepts = &builder->partners[i]->accepts;

        for (size_t n = 0; n < accepts->count; n++) {
            egret_rc_t rc = add_id(builder, ids, count, accepts->items[n].text);

            if (rc != EGRET_OK) {
                return rc;
            }
        }
    }

    return EGRET_OK;
}


/* A folder of official schemas does not have the green block's: it then comes
 * from our own. */
static egret_rc_t
load_green_schema(egret_config_builder_t *builder, egret_config_t *config)
{
    egret_schema_fault_t fault = { { NULL, 0 } };
    const char *path;
    egret_rc_t rc;

    config->definitions = egret_schemas_definitions(config->schemas);
    if (builder->default_schemas[0] == '\0'
        || egret_definitions_find(config->definitions,
                                  EGRET_SPAN(GREEN_NAMESPACE)) != NULL)
    {
        return EGRET_OK;
    }

    path = egret_file_path(builder->default_schemas, EGRET_SPAN(GREEN_FILE),
                           builder->arena);
    if (path == NULL) {
        return egret_arena_rc(builder->arena);
    }
    if (access(path, F_OK) != 0) {
        return EGRET_OK;
    }

    rc = egret_schemas_load_file(config->schemas, path, &fault);
    if (rc == EGRET_OK || rc == EGRET_ENOMEM || rc == EGRET_ELIMIT) {
        return rc;
    }

    return refuse_folder(builder, builder->schemas.place, rc, fault.text);
}


static egret_rc_t
load_schemas(egret_config_builder_t *builder, egret_config_t *config)
{
    egret_schema_fault_t fault = { { NULL, 0 } };
    egret_span_t *ids = NULL;
    size_t count = 0;
    const char *folder;
    egret_rc_t rc =
        resolve_folder(builder, &builder->schemas, builder->default_schemas,
                       "egret_schemas", &folder);

    if (rc == EGRET_OK && builder->partner_count > 0) {
        rc = collect_ids(builder, folder, &ids, &count);
    }
    if (rc != EGRET_OK) {
        return rc;
    }

    config->schemas = egret_schemas_create(builder->arena);
    if (config->schemas == NULL) {
        return egret_arena_rc(builder->arena);
    }

    rc = egret_schemas_load_folder(config->schemas, folder, ids, count, &fault);
    if (rc == EGRET_ENOMEM || rc == EGRET_ELIMIT) {
        return rc;
    }
    if (rc != EGRET_OK) {
        return refuse_schemas(builder, rc, folder, fault.text);
    }

    return load_green_schema(builder, config);
}


static egret_rc_t
resolve_profiles(egret_config_builder_t *builder, egret_config_t *config)
{
    egret_span_t name = EGRET_SPAN("bilateral");
    egret_profile_t *profile;

    egret_map_init(&config->profiles_by_name, builder->arena);
    for (size_t i = 0; i < builder->profile_count; i++) {
        egret_rc_t rc;

        profile = &builder->profiles[i]->profile;
        rc = egret_map_add(&config->profiles_by_name, profile->name, profile);
        if (rc != EGRET_OK) {
            return rc;
        }
    }

    config->default_profile = egret_map_find(&config->profiles_by_name, name);
    if (config->default_profile != NULL) {
        return EGRET_OK;
    }

    profile = egret_arena_zeroed(builder->arena, 1, sizeof(*profile));
    if (profile == NULL) {
        return egret_arena_rc(builder->arena);
    }
    profile->name = name;
    egret_profile_set_defaults(profile);
    config->default_profile = profile;

    return egret_map_add(&config->profiles_by_name, name, profile);
}


egret_rc_t
egret_snapshot_check_bic(egret_config_builder_t *builder,
                         const egret_config_t *config, egret_place_t place,
                         egret_span_t bic)
{
    egret_span_t country = egret_span_slice(bic, 4, 6);
    bool is_test = bic.at[TEST_BIC_PLACE] == '0';

    if (!egret_reference_has_country(config->reference, country)) {
        return egret_draft_refuse_at(
            builder, place, EGRET_EINVAL,
            "BIC %.*s: \"%.*s\" in places 5 and 6 is no ISO 3166-1 code",
            EGRET_SPAN_ARGS(bic), EGRET_SPAN_ARGS(country));
    }
    if (is_test == (config->environment == EGRET_ENVIRONMENT_TEST)) {
        return EGRET_OK;
    }

    return egret_draft_warn(
        builder, place,
        "BIC %.*s is a %s one, but egret_environment is %s: its messages will "
        "be refused (T05)",
        EGRET_SPAN_ARGS(bic), is_test ? "test" : "live",
        is_test ? "live" : "test");
}


static egret_rc_t
resolve_gateway(egret_config_builder_t *builder, egret_config_t *config)
{
    if (builder->has_gateway) {
        config->gateway_bic = builder->gateway_bic;
        config->gateway_lei = builder->gateway_lei;

        return egret_snapshot_check_bic(builder, config, builder->gateway_place,
                                        config->gateway_bic);
    }
    if (builder->partner_count == 0) {
        return EGRET_OK;
    }

    return egret_draft_refuse_at(
        builder, builder->partners[0]->place, EGRET_ENOTFOUND,
        "there are partners but no egret_gateway: write egret_gateway "
        "bic=BIC; before them");
}


static egret_rc_t
resolve_partners(egret_config_builder_t *builder, egret_config_t *config)
{
    egret_map_init(&config->partners_by_name, builder->arena);
    egret_map_init(&config->partners_by_bic, builder->arena);
    egret_map_init(&config->partners_by_lei, builder->arena);
    egret_map_init(&config->partners_by_member, builder->arena);

    config->registry = egret_registry_create(builder->arena);
    if (config->registry == NULL) {
        return egret_arena_rc(builder->arena);
    }

    for (size_t i = 0; i < builder->partner_count; i++) {
        egret_rc_t rc = egret_snapshot_add_partner(builder, config,
                                                   builder->partners[i]);

        if (rc != EGRET_OK) {
            return rc;
        }
    }

    return EGRET_OK;
}


static egret_rc_t
refuse_warnings(egret_config_builder_t *builder)
{
    if (!builder->is_strict || builder->warning_count == 0) {
        return EGRET_OK;
    }

    return egret_draft_refuse(
        builder, EGRET_EINVAL, "%.*s (egret_strict is on)",
        EGRET_SPAN_ARGS(builder->warnings[0]));
}


egret_rc_t
egret_snapshot_build(egret_config_builder_t *builder, egret_config_t **out)
{
    static egret_rc_t (*const steps[])(egret_config_builder_t *,
                                       egret_config_t *) = {
        load_reference,   resolve_gateway,  load_schemas,
        resolve_profiles, egret_snapshot_load_taxonomies,
        resolve_partners,
    };
    egret_config_t *config =
        egret_arena_zeroed(builder->arena, 1, sizeof(*config));
    egret_rc_t rc = EGRET_OK;

    if (config == NULL) {
        return egret_arena_rc(builder->arena);
    }
    config->environment = builder->environment;
    config->is_strict = builder->is_strict;
    config->max_message = builder->max_message;
    config->max_answer = builder->max_answer;
    config->offload_threshold = builder->offload_threshold;
    config->answer_timeout = builder->answer_timeout;
    config->limits = egret_xml_limits_default;
    config->limits.bytes = builder->max_message;

    for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]) && rc == EGRET_OK;
         i++)
    {
        rc = steps[i](builder, config);
    }
    if (rc == EGRET_OK) {
        rc = refuse_warnings(builder);
    }
    if (rc != EGRET_OK) {
        egret_config_destroy(config);
        return rc;
    }
    *out = config;

    return EGRET_OK;
}
