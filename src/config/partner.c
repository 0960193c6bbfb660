/* SPDX-License-Identifier: Apache-2.0 */

#include "config/setters.h"

#define MEMBER_PART_MAXIMUM 35 /* ClrSysId/Prtry and MmbId are Max35Text */


egret_rc_t
egret_partner_open(egret_config_builder_t *builder, const egret_span_t *words,
                   size_t count)
{
    egret_partner_draft_t *draft =
        egret_arena_zeroed(builder->arena, 1, sizeof(*draft));
    egret_partner_draft_t *other;
    egret_rc_t rc;

    (void) count;

    if (draft == NULL) {
        return egret_arena_rc(builder->arena);
    }
    draft->place = builder->place;
    draft->partner =
        egret_arena_zeroed(builder->arena, 1, sizeof(*draft->partner));
    if (draft->partner == NULL) {
        return egret_arena_rc(builder->arena);
    }
    draft->partner->file = builder->place.file;
    draft->partner->line = builder->place.line;
    draft->partner->unmapped = EGRET_SEVERITY_WARN;

    rc = egret_draft_name(builder, words[1], &draft->partner->name);
    if (rc != EGRET_OK) {
        return rc;
    }

    other = egret_map_find(&builder->partners_by_name, draft->partner->name);
    if (other != NULL) {
        return egret_draft_refuse(
            builder, EGRET_EEXIST,
            "there is a partner %.*s already, at %.*s:%u: give this one "
            "another name",
            EGRET_SPAN_ARGS(words[1]), EGRET_SPAN_ARGS(other->place.file),
            other->place.line);
    }

    rc = egret_map_add(&builder->partners_by_name, draft->partner->name, draft);
    if (rc != EGRET_OK) {
        return rc;
    }
    builder->partner = draft;

    return egret_draft_append(builder->arena, &builder->partners,
                              &builder->partner_count, &draft, sizeof(draft));
}


static egret_rc_t
add_member(egret_config_builder_t *builder, egret_span_t value)
{
    size_t colon = egret_span_find(value, ':');
    size_t rest = value.length - colon;

    if (colon == 0 || colon > MEMBER_PART_MAXIMUM || rest < 2
        || rest > MEMBER_PART_MAXIMUM + 1)
    {
        return egret_draft_refuse(
            builder, EGRET_EINVAL,
            "\"%.*s\" is no clearing member: write the clearing system, a "
            "colon and the member's number, such as CNAPS:308584000013",
            EGRET_SPAN_ARGS(value));
    }

    return egret_draft_add_word(builder, &builder->partner->members, value);
}


static egret_rc_t
add_party(egret_config_builder_t *builder, egret_span_t word)
{
    egret_partner_draft_t *partner = builder->partner;
    egret_span_t key, value;
    bool has_value = egret_draft_split(word, &key, &value);
    egret_rc_t rc;

    if (has_value && egret_span_equals_text(key, "bic")) {
        rc = egret_draft_bic(builder, value, &value);
        return rc == EGRET_OK
                   ? egret_draft_add_word(builder, &partner->bics, value)
                   : rc;
    }
    if (has_value && egret_span_equals_text(key, "lei")) {
        rc = egret_draft_lei(builder, value, &value);
        return rc == EGRET_OK
                   ? egret_draft_add_word(builder, &partner->leis, value)
                   : rc;
    }
    if (has_value && egret_span_equals_text(key, "member")) {
        return add_member(builder, value);
    }

    return egret_draft_refuse(
        builder, EGRET_EINVAL,
        "party takes bic=BIC, lei=LEI and member=SCHEME:ID, not \"%.*s\"",
        EGRET_SPAN_ARGS(word));
}


egret_rc_t
egret_partner_set_party(egret_config_builder_t *builder,
                        const egret_span_t *words, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        egret_rc_t rc = add_party(builder, words[i]);

        if (rc != EGRET_OK) {
            return rc;
        }
    }

    return EGRET_OK;
}


egret_rc_t
egret_partner_set_profile(egret_config_builder_t *builder,
                          const egret_span_t *words, size_t count)
{
    (void) count;

    builder->partner->profile.place = builder->place;

    return egret_draft_name(builder, words[1], &builder->partner->profile.text);
}


egret_rc_t
egret_partner_set_format(egret_config_builder_t *builder,
                         const egret_span_t *words, size_t count)
{
    (void) count;

    if (!egret_span_equals_text(words[1], "xml")) {
        return egret_draft_refuse(
            builder, EGRET_EUNSUPPORTED,
            "format is xml, not \"%.*s\": there is no other one yet",
            EGRET_SPAN_ARGS(words[1]));
    }

    return EGRET_OK;
}


/* A definition or a currency: letters, digits and dots, nothing empty. */
static egret_rc_t
add_all(egret_config_builder_t *builder, egret_reference_words_t *list,
        const egret_span_t *words, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        egret_rc_t rc;

        if (words[i].length == 0) {
            return egret_draft_refuse(builder, EGRET_EINVAL,
                                      "%.*s has an empty word",
                                      EGRET_SPAN_ARGS(words[0]));
        }
        rc = egret_draft_add_word(builder, list, words[i]);
        if (rc != EGRET_OK) {
            return rc;
        }
    }

    return EGRET_OK;
}


egret_rc_t
egret_partner_set_accept(egret_config_builder_t *builder,
                         const egret_span_t *words, size_t count)
{
    return add_all(builder, &builder->partner->accepts, words, count);
}


egret_rc_t
egret_partner_set_currencies(egret_config_builder_t *builder,
                             const egret_span_t *words, size_t count)
{
    return add_all(builder, &builder->partner->currencies, words, count);
}


egret_rc_t
egret_partner_set_limit(egret_config_builder_t *builder,
                        const egret_span_t *words, size_t count)
{
    egret_partner_draft_t *partner = builder->partner;
    egret_limit_draft_t draft = { { { NULL, 0 }, { 0, 0, false } },
                                  builder->place };
    egret_rc_t rc = egret_decimal_read(words[2], &draft.limit.amount);

    (void) count;

    if (rc != EGRET_OK || egret_decimal_sign(&draft.limit.amount) <= 0) {
        return egret_draft_refuse(
            builder, EGRET_EINVAL,
            "limit of %.*s: \"%.*s\" is no amount above zero; write digits "
            "and a point, without separators",
            EGRET_SPAN_ARGS(words[1]), EGRET_SPAN_ARGS(words[2]));
    }

    for (size_t i = 0; i < partner->limit_count; i++) {
        if (egret_span_equals(partner->limits[i].limit.currency, words[1])) {
            return egret_draft_refuse(
                builder, EGRET_EEXIST,
                "there is a limit of %.*s already, at line %u: leave one out",
                EGRET_SPAN_ARGS(words[1]), partner->limits[i].place.line);
        }
    }

    rc = egret_draft_copy(builder, words[1], &draft.limit.currency);
    if (rc != EGRET_OK) {
        return rc;
    }

    return egret_draft_append(builder->arena, &partner->limits,
                              &partner->limit_count, &draft, sizeof(draft));
}


static egret_rc_t
warn_of_severity(egret_config_builder_t *builder, egret_code_t code,
                 egret_severity_t severity)
{
    if (code == EGRET_L04) {
        return egret_draft_warn(builder, builder->place,
                                "severity of L04 does nothing: the receiver's "
                                "unmapped says it");
    }
    if (severity == EGRET_SEVERITY_HOLD) {
        return egret_draft_warn(builder, builder->place,
                                "severity %s hold without a store: a held "
                                "message is not kept, its sender is told to "
                                "post it again",
                                egret_code_row(code)->id);
    }

    return EGRET_OK;
}


egret_rc_t
egret_partner_set_severity(egret_config_builder_t *builder,
                           const egret_span_t *words, size_t count)
{
    egret_partner_t *partner = builder->partner->partner;
    egret_severity_t severity;
    egret_code_t code;

    (void) count;

    if (egret_code_find(words[1], &code) != EGRET_OK) {
        return egret_draft_refuse(
            builder, EGRET_EINVAL,
            "severity: there is no finding \"%.*s\"; the codes stand in "
            "docs/reference/findings.md",
            EGRET_SPAN_ARGS(words[1]));
    }
    if (egret_code_row(code)->is_locked) {
        return egret_draft_refuse(
            builder, EGRET_EINVAL,
            "severity: %s is locked, no partner's block can change it: leave "
            "this line out",
            egret_code_row(code)->id);
    }
    if (egret_severity_find(words[2], &severity) != EGRET_OK) {
        return egret_draft_refuse(
            builder, EGRET_EINVAL,
            "severity of %s is reject, hold, warn or info, not \"%.*s\"",
            egret_code_row(code)->id, EGRET_SPAN_ARGS(words[2]));
    }
    if (partner->has_severity[code]) {
        return egret_draft_refuse(builder, EGRET_EEXIST,
                                  "severity of %s stands twice: leave one out",
                                  egret_code_row(code)->id);
    }

    partner->has_severity[code] = true;
    partner->severity[code] = (uint8_t) severity;

    return warn_of_severity(builder, code, severity);
}
