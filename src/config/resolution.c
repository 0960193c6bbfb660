/* SPDX-License-Identifier: Apache-2.0 */

#include "config/snapshot.h"
#include "util/buffer.h"

#define IDENTITY_MAXIMUM ((size_t) 64 * 1024 * 1024)


static egret_rc_t
resolve_profile(egret_config_builder_t *builder, egret_config_t *config,
                egret_partner_draft_t *draft)
{
    const egret_reference_word_t *said = &draft->profile;

    if (said->text.length == 0) {
        draft->partner->profile = config->default_profile;
        return EGRET_OK;
    }

    draft->partner->profile =
        egret_map_find(&config->profiles_by_name, said->text);
    if (draft->partner->profile != NULL) {
        return EGRET_OK;
    }

    return egret_draft_refuse_at(
        builder, said->place, EGRET_ENOTFOUND,
        "there is no profile %.*s: write egret_profile %.*s { } or include "
        "its file",
        EGRET_SPAN_ARGS(said->text), EGRET_SPAN_ARGS(said->text));
}


/* Copies the words as a plain list and enters each into a map of who has what;
 * a second owner is refused. */
static egret_rc_t
claim(egret_config_builder_t *builder, const egret_reference_words_t *words,
      const char *what, egret_partner_t *partner, egret_map_t *map,
      egret_span_t *out)
{
    for (size_t i = 0; i < words->count; i++) {
        const egret_reference_word_t *word = &words->items[i];
        const egret_partner_t *other = egret_map_find(map, word->text);
        egret_rc_t rc;

        if (other != NULL) {
            return egret_draft_refuse_at(
                builder, word->place, EGRET_EEXIST,
                "%s %.*s belongs to two partners, %.*s and %.*s: give it to "
                "one of them",
                what, EGRET_SPAN_ARGS(word->text), EGRET_SPAN_ARGS(other->name),
                EGRET_SPAN_ARGS(partner->name));
        }
        rc = egret_map_add(map, word->text, partner);
        if (rc != EGRET_OK) {
            return rc;
        }
        out[i] = word->text;
    }

    return EGRET_OK;
}


static egret_rc_t
check_gateway_is_not(egret_config_builder_t *builder,
                     const egret_reference_words_t *words, egret_span_t own,
                     const char *what)
{
    for (size_t i = 0; i < words->count; i++) {
        if (egret_span_equals(words->items[i].text, own)) {
            return egret_draft_refuse_at(
                builder, words->items[i].place, EGRET_EEXIST,
                "%s %.*s is the gateway's own (egret_gateway): a partner needs "
                "another one",
                what, EGRET_SPAN_ARGS(own));
        }
    }

    return EGRET_OK;
}


static egret_rc_t
resolve_bics(egret_config_builder_t *builder, egret_config_t *config,
             egret_partner_draft_t *draft)
{
    egret_partner_t *partner = draft->partner;
    egret_rc_t rc = check_gateway_is_not(builder, &draft->bics,
                                         config->gateway_bic, "BIC");

    for (size_t i = 0; i < draft->bics.count && rc == EGRET_OK; i++) {
        rc = egret_snapshot_check_bic(builder, config,
                                      draft->bics.items[i].place,
                                      draft->bics.items[i].text);
    }
    if (rc != EGRET_OK) {
        return rc;
    }

    partner->bics = egret_arena_zeroed(builder->arena, draft->bics.count + 1,
                                       sizeof(*partner->bics));
    if (partner->bics == NULL) {
        return egret_arena_rc(builder->arena);
    }
    partner->bic_count = draft->bics.count;

    return claim(builder, &draft->bics, "BIC", partner,
                 &config->partners_by_bic, partner->bics);
}


static egret_rc_t
resolve_leis(egret_config_builder_t *builder, egret_config_t *config,
             egret_partner_draft_t *draft)
{
    egret_partner_t *partner = draft->partner;
    egret_rc_t rc = check_gateway_is_not(builder, &draft->leis,
                                         config->gateway_lei, "LEI");

    if (rc != EGRET_OK) {
        return rc;
    }

    partner->leis = egret_arena_zeroed(builder->arena, draft->leis.count + 1,
                                       sizeof(*partner->leis));
    if (partner->leis == NULL) {
        return egret_arena_rc(builder->arena);
    }
    partner->lei_count = draft->leis.count;

    return claim(builder, &draft->leis, "LEI", partner,
                 &config->partners_by_lei, partner->leis);
}


static egret_rc_t
resolve_members(egret_config_builder_t *builder, egret_config_t *config,
                egret_partner_draft_t *draft)
{
    egret_partner_t *partner = draft->partner;
    size_t count = draft->members.count;
    egret_span_t *whole =
        egret_arena_zeroed(builder->arena, count + 1, sizeof(*whole));
    egret_rc_t rc;

    partner->members = egret_arena_zeroed(builder->arena, count + 1,
                                          sizeof(*partner->members));
    if (whole == NULL || partner->members == NULL) {
        return egret_arena_rc(builder->arena);
    }

    rc = claim(builder, &draft->members, "member", partner,
               &config->partners_by_member, whole);
    if (rc != EGRET_OK) {
        return rc;
    }

    for (size_t i = 0; i < count; i++) {
        size_t colon = egret_span_find(whole[i], ':');

        partner->members[i].scheme = egret_span_slice(whole[i], 0, colon);
        partner->members[i].id =
            egret_span_slice(whole[i], colon + 1, whole[i].length);
    }
    partner->member_count = count;

    return EGRET_OK;
}


static egret_rc_t
resolve_accepts(egret_config_builder_t *builder, egret_config_t *config,
                egret_partner_draft_t *draft)
{
    egret_partner_t *partner = draft->partner;
    size_t count = draft->accepts.count;

    partner->accepts = egret_arena_zeroed(builder->arena, count + 1,
                                          sizeof(*partner->accepts));
    if (partner->accepts == NULL) {
        return egret_arena_rc(builder->arena);
    }

    for (size_t i = 0; i < count; i++) {
        const egret_reference_word_t *word = &draft->accepts.items[i];
        const egret_definition_t *definition =
            egret_definitions_find_id(config->definitions, word->text);

        if (definition == NULL
            || egret_definition_root(definition, EGRET_SPAN("Document"))
                   == NULL)
        {
            return egret_draft_refuse_at(
                builder, word->place, EGRET_ENOTFOUND,
                "accept %.*s: no schema declares a Document of that id",
                EGRET_SPAN_ARGS(word->text));
        }
        partner->accepts[i] = definition;
    }
    partner->accept_count = count;

    if (count > 0) {
        return EGRET_OK;
    }

    return egret_draft_warn(
        builder, draft->place,
        "partner %.*s has no accept: it can send and be sent nothing",
        EGRET_SPAN_ARGS(partner->name));
}


static egret_rc_t
check_currency(egret_config_builder_t *builder, const egret_config_t *config,
               egret_place_t place, const char *directive, egret_span_t code)
{
    egret_span_t hint;

    if (egret_reference_currency(config->reference, code) != NULL) {
        return EGRET_OK;
    }

    hint = egret_reference_currency_hint(config->reference, code);

    return egret_draft_refuse_at(
        builder, place, EGRET_EINVAL,
        "%s: \"%.*s\" is no active ISO 4217 code%s%.*s", directive,
        EGRET_SPAN_ARGS(code), hint.length > 0 ? ": " : "",
        EGRET_SPAN_ARGS(hint));
}


static egret_rc_t
resolve_currencies(egret_config_builder_t *builder, egret_config_t *config,
                   egret_partner_draft_t *draft)
{
    egret_partner_t *partner = draft->partner;
    size_t count = draft->currencies.count;

    partner->currencies = egret_arena_zeroed(builder->arena, count + 1,
                                             sizeof(*partner->currencies));
    if (partner->currencies == NULL) {
        return egret_arena_rc(builder->arena);
    }

    for (size_t i = 0; i < count; i++) {
        const egret_reference_word_t *word = &draft->currencies.items[i];
        egret_rc_t rc = check_currency(builder, config, word->place,
                                       "currencies", word->text);

        if (rc != EGRET_OK) {
            return rc;
        }
        partner->currencies[i] = word->text;
    }
    partner->currency_count = count;

    return EGRET_OK;
}


static bool
is_agreed(const egret_partner_t *partner, egret_span_t currency)
{
    for (size_t i = 0; i < partner->currency_count; i++) {
        if (egret_span_equals(partner->currencies[i], currency)) {
            return true;
        }
    }

    return partner->currency_count == 0;
}


static egret_rc_t
resolve_limits(egret_config_builder_t *builder, egret_config_t *config,
               egret_partner_draft_t *draft)
{
    egret_partner_t *partner = draft->partner;
    size_t count = draft->limit_count;

    partner->limits = egret_arena_zeroed(builder->arena, count + 1,
                                         sizeof(*partner->limits));
    if (partner->limits == NULL) {
        return egret_arena_rc(builder->arena);
    }

    for (size_t i = 0; i < count; i++) {
        const egret_limit_draft_t *limit = &draft->limits[i];
        egret_span_t currency = limit->limit.currency;
        egret_rc_t rc =
            check_currency(builder, config, limit->place, "limit", currency);

        if (rc == EGRET_OK && !is_agreed(partner, currency)) {
            rc = egret_draft_warn(
                builder, limit->place,
                "limit of %.*s, which currencies does not name",
                EGRET_SPAN_ARGS(currency));
        }
        if (rc != EGRET_OK) {
            return rc;
        }
        partner->limits[i] = limit->limit;
    }
    partner->limit_count = count;

    return EGRET_OK;
}


static egret_rc_t
resolve_credentials(egret_config_builder_t *builder, egret_config_t *config,
                    egret_partner_draft_t *draft)
{
    for (size_t i = 0; i < draft->credential_count; i++) {
        const egret_credential_draft_t *item = &draft->credentials[i];
        egret_span_t fault = EGRET_SPAN("");
        egret_rc_t rc =
            egret_registry_add(config->registry, &item->credential, &fault);

        if (!item->credential.has_spki) {
            config->trusts_authorities = true;
        }
        if (rc == EGRET_ENOMEM || rc == EGRET_ELIMIT) {
            return rc;
        }
        if (rc != EGRET_OK) {
            return egret_draft_refuse_at(builder, item->place, rc,
                                         "certificate of %.*s: %.*s",
                                         EGRET_SPAN_ARGS(draft->partner->name),
                                         EGRET_SPAN_ARGS(fault));
        }
    }
    draft->partner->credential_count = draft->credential_count;

    return EGRET_OK;
}


static void
add_counted(egret_buffer_t *buffer, egret_span_t text)
{
    egret_buffer_print(buffer, "%zu:", text.length);
    egret_buffer_add(buffer, text);
}


static egret_rc_t
add_credential(egret_buffer_t *buffer, const egret_credential_t *credential)
{
    egret_sha256_t ca;
    egret_rc_t rc = egret_sha256(credential->ca_pem, &ca);
    egret_span_t pin = { (const char *) credential->spki.bytes,
                         credential->has_spki ? EGRET_SHA256_BYTES : 0 };

    add_counted(buffer, pin);
    add_counted(buffer, credential->dns);
    add_counted(buffer, credential->uri);
    add_counted(buffer, credential->lei);
    add_counted(buffer, credential->serial);
    egret_buffer_add(buffer, (egret_span_t){ (const char *) ca.bytes,
                                             EGRET_SHA256_BYTES });
    return rc;
}


static void
add_words(egret_buffer_t *buffer, const egret_reference_words_t *words)
{
    egret_buffer_print(buffer, "%zu;", words->count);
    for (size_t i = 0; i < words->count; i++) {
        add_counted(buffer, words->items[i].text);
    }
}


/* Each text has its length before it, so that no two partners read alike. */
static egret_rc_t
resolve_identity(egret_config_builder_t *builder, egret_config_t *config,
                 egret_partner_draft_t *draft)
{
    egret_buffer_t buffer;
    egret_rc_t rc = EGRET_OK;

    (void) config;
    egret_buffer_init(&buffer, builder->arena, IDENTITY_MAXIMUM);
    add_counted(&buffer, draft->partner->name);
    for (size_t i = 0; i < draft->credential_count && rc == EGRET_OK; i++) {
        rc = add_credential(&buffer, &draft->credentials[i].credential);
    }
    egret_buffer_add_byte(&buffer, ';');
    add_words(&buffer, &draft->bics);
    add_words(&buffer, &draft->leis);
    add_words(&buffer, &draft->members);

    if (rc == EGRET_OK) {
        rc = egret_buffer_rc(&buffer);
    }
    if (rc != EGRET_OK) {
        return rc;
    }

    return egret_sha256(egret_buffer_span(&buffer), &draft->partner->identity);
}


static egret_rc_t
check_is_whole(egret_config_builder_t *builder,
               const egret_partner_draft_t *draft)
{
    if (draft->credential_count == 0) {
        return egret_draft_refuse_at(
            builder, draft->place, EGRET_EINVAL,
            "partner %.*s has no certificate: write certificate with "
            "spki-sha256= or ca=",
            EGRET_SPAN_ARGS(draft->partner->name));
    }
    if (draft->bics.count + draft->leis.count + draft->members.count == 0) {
        return egret_draft_refuse_at(
            builder, draft->place, EGRET_EINVAL,
            "partner %.*s has no party: write party with bic=, lei= or "
            "member=, what its headers may say",
            EGRET_SPAN_ARGS(draft->partner->name));
    }

    return EGRET_OK;
}


egret_rc_t
egret_snapshot_add_partner(egret_config_builder_t *builder,
                           egret_config_t *config,
                           egret_partner_draft_t *draft)
{
    static egret_rc_t (*const steps[])(egret_config_builder_t *,
                                       egret_config_t *,
                                       egret_partner_draft_t *) = {
        resolve_profile,    resolve_bics,   resolve_leis,
        resolve_members,    resolve_accepts, resolve_currencies,
        resolve_limits,     resolve_credentials, resolve_identity,
        egret_snapshot_add_green,
    };
    egret_rc_t rc = check_is_whole(builder, draft);

    for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]) && rc == EGRET_OK;
         i++)
    {
        rc = steps[i](builder, config, draft);
    }
    if (rc == EGRET_OK) {
        rc = egret_map_add(&config->partners_by_name, draft->partner->name,
                           draft->partner);
    }
    if (rc != EGRET_OK) {
        return rc;
    }

    draft->partner->index = config->partner_count;

    return egret_draft_append(builder->arena, &config->partners,
                              &config->partner_count, &draft->partner,
                              sizeof(draft->partner));
}
