/* SPDX-License-Identifier: Apache-2.0 */

#include "config/setters.h"

#define SERVICE_MAXIMUM 35 /* BizSvc is Max35Text */


void
egret_profile_set_defaults(egret_profile_t *profile)
{
    profile->allows_bare_document = false;
    profile->is_single_transaction = false;
    profile->checks_message_id = true;
    profile->message_id_severity = EGRET_SEVERITY_WARN;
    profile->characters = EGRET_CHARACTERS_UTF8;
    profile->date_time = EGRET_DATE_FORM_ANY;
    profile->takes_gzip = false;
}


egret_rc_t
egret_profile_open(egret_config_builder_t *builder, const egret_span_t *words,
                   size_t count)
{
    egret_profile_draft_t *draft =
        egret_arena_zeroed(builder->arena, 1, sizeof(*draft));
    egret_profile_draft_t *other;
    egret_rc_t rc;

    (void) count;

    if (draft == NULL) {
        return egret_arena_rc(builder->arena);
    }
    draft->place = builder->place;
    egret_profile_set_defaults(&draft->profile);

    rc = egret_draft_name(builder, words[1], &draft->profile.name);
    if (rc != EGRET_OK) {
        return rc;
    }

    other = egret_map_find(&builder->profiles_by_name, draft->profile.name);
    if (other != NULL) {
        return egret_draft_refuse(
            builder, EGRET_EEXIST,
            "there is a profile %.*s already, at %.*s:%u: give this one "
            "another name",
            EGRET_SPAN_ARGS(words[1]), EGRET_SPAN_ARGS(other->place.file),
            other->place.line);
    }

    rc = egret_map_add(&builder->profiles_by_name, draft->profile.name, draft);
    if (rc != EGRET_OK) {
        return rc;
    }
    builder->profile = draft;

    return egret_draft_append(builder->arena, &builder->profiles,
                              &builder->profile_count, &draft, sizeof(draft));
}


egret_rc_t
egret_profile_set_bare_document(egret_config_builder_t *builder,
                                const egret_span_t *words, size_t count)
{
    (void) count;

    return egret_draft_flag(builder, words,
                            &builder->profile->profile.allows_bare_document);
}


egret_rc_t
egret_profile_set_message_id_match(egret_config_builder_t *builder,
                                   const egret_span_t *words, size_t count)
{
    egret_profile_t *profile = &builder->profile->profile;

    (void) count;

    profile->checks_message_id = !egret_span_equals_text(words[1], "off");

    if (egret_span_equals_text(words[1], "reject")) {
        profile->message_id_severity = EGRET_SEVERITY_REJECT;
    } else if (egret_span_equals_text(words[1], "warn")) {
        profile->message_id_severity = EGRET_SEVERITY_WARN;
    } else if (profile->checks_message_id) {
        return egret_draft_refuse(
            builder, EGRET_EINVAL,
            "message_id_match is off, warn or reject, not \"%.*s\"",
            EGRET_SPAN_ARGS(words[1]));
    }

    return EGRET_OK;
}


egret_rc_t
egret_profile_set_business_service(egret_config_builder_t *builder,
                                   const egret_span_t *words, size_t count)
{
    egret_profile_t *profile = &builder->profile->profile;
    egret_span_t *services =
        egret_arena_zeroed(builder->arena, count, sizeof(*services));

    if (services == NULL) {
        return egret_arena_rc(builder->arena);
    }

    for (size_t i = 1; i < count; i++) {
        egret_rc_t rc;

        if (words[i].length == 0
            || egret_span_characters(words[i]) > SERVICE_MAXIMUM)
        {
            return egret_draft_refuse(
                builder, EGRET_EINVAL,
                "\"%.*s\" is no business service: BizSvc has 1 to %d "
                "characters",
                EGRET_SPAN_ARGS(words[i]), SERVICE_MAXIMUM);
        }
        rc = egret_draft_copy(builder, words[i], &services[i - 1]);
        if (rc != EGRET_OK) {
            return rc;
        }
    }

    profile->business_services = services;
    profile->business_service_count = count - 1;

    return EGRET_OK;
}


egret_rc_t
egret_profile_set_characters(egret_config_builder_t *builder,
                             const egret_span_t *words, size_t count)
{
    bool is_finx = egret_span_equals_text(words[1], "fin-x");

    (void) count;

    if (!is_finx && !egret_span_equals_text(words[1], "utf-8")) {
        return egret_draft_refuse(builder, EGRET_EINVAL,
                                  "characters is utf-8 or fin-x, not \"%.*s\"",
                                  EGRET_SPAN_ARGS(words[1]));
    }
    builder->profile->profile.characters =
        is_finx ? EGRET_CHARACTERS_FINX : EGRET_CHARACTERS_UTF8;

    return EGRET_OK;
}


egret_rc_t
egret_profile_set_transactions(egret_config_builder_t *builder,
                               const egret_span_t *words, size_t count)
{
    bool is_one = egret_span_equals_text(words[1], "one");

    (void) count;

    if (!is_one && !egret_span_equals_text(words[1], "many")) {
        return egret_draft_refuse(builder, EGRET_EINVAL,
                                  "transactions is one or many, not \"%.*s\"",
                                  EGRET_SPAN_ARGS(words[1]));
    }
    builder->profile->profile.is_single_transaction = is_one;

    return EGRET_OK;
}


egret_rc_t
egret_profile_set_encodings(egret_config_builder_t *builder,
                            const egret_span_t *words, size_t count)
{
    bool is_gzip = egret_span_equals_text(words[1], "gzip");

    (void) count;

    if (!is_gzip && !egret_span_equals_text(words[1], "none")) {
        return egret_draft_refuse(builder, EGRET_EINVAL,
                                  "encodings is none or gzip, not \"%.*s\"",
                                  EGRET_SPAN_ARGS(words[1]));
    }
    builder->profile->profile.takes_gzip = is_gzip;

    return EGRET_OK;
}


egret_rc_t
egret_profile_set_date_time(egret_config_builder_t *builder,
                            const egret_span_t *words, size_t count)
{
    egret_profile_t *profile = &builder->profile->profile;

    (void) count;

    if (egret_span_equals_text(words[1], "offset")) {
        profile->date_time = EGRET_DATE_FORM_OFFSET;
    } else if (egret_span_equals_text(words[1], "utc")) {
        profile->date_time = EGRET_DATE_FORM_UTC;
    } else if (egret_span_equals_text(words[1], "any")) {
        profile->date_time = EGRET_DATE_FORM_ANY;
    } else {
        return egret_draft_refuse(builder, EGRET_EINVAL,
                                  "date_time is any, offset or utc, not "
                                  "\"%.*s\"",
                                  EGRET_SPAN_ARGS(words[1]));
    }

    return EGRET_OK;
}
