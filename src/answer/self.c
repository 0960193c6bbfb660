/* SPDX-License-Identifier: Apache-2.0 */
#include "answer/self.h"

#include "util/version.h"

#define DAY 86400
#define SELF_MAXIMUM ((size_t) 1024 * 1024)

static void
open_key(egret_buffer_t *buffer, const char *key)
{
    char last = buffer->length > 0 ? buffer->bytes[buffer->length - 1] : '{';

    if (last != '{' && last != '[') {
        egret_buffer_add_byte(buffer, ',');
    }

    egret_buffer_print(buffer, "\"%s\":", key);
}

static void
add_text(egret_buffer_t *buffer, const char *key, egret_span_t text)
{
    if (text.length > 0) {
        open_key(buffer, key);
        egret_buffer_add_json(buffer, text);
    }
}

static void
add_item(egret_buffer_t *buffer, egret_span_t text)
{
    if (buffer->length > 0 && buffer->bytes[buffer->length - 1] != '[') {
        egret_buffer_add_byte(buffer, ',');
    }

    egret_buffer_add_json(buffer, text);
}

static void
add_list(egret_buffer_t *buffer, const char *key, const egret_span_t *items,
         size_t count)
{
    open_key(buffer, key);
    egret_buffer_add_byte(buffer, '[');

    for (size_t i = 0; i < count; i++) {
        add_item(buffer, items[i]);
    }

    egret_buffer_add_byte(buffer, ']');
}

static void
add_gateway(egret_buffer_t *buffer, const egret_config_t *config)
{
    bool is_test = config->environment == EGRET_ENVIRONMENT_TEST;

    open_key(buffer, "gateway");
    egret_buffer_add_byte(buffer, '{');
    add_text(buffer, "bic", config->gateway_bic);
    add_text(buffer, "lei", config->gateway_lei);
    add_text(buffer, "environment",
             is_test ? EGRET_SPAN("test") : EGRET_SPAN("live"));
    egret_buffer_add_byte(buffer, '}');
}

static void
add_parties(egret_buffer_t *buffer, const egret_partner_t *partner)
{
    open_key(buffer, "parties");
    egret_buffer_add_byte(buffer, '{');
    add_list(buffer, "bic", partner->bics, partner->bic_count);
    add_list(buffer, "lei", partner->leis, partner->lei_count);
    open_key(buffer, "member");
    egret_buffer_add_byte(buffer, '[');

    for (size_t i = 0; i < partner->member_count; i++) {
        const egret_member_t *member = &partner->members[i];

        add_item(buffer, egret_arena_print(buffer->arena, "%.*s:%.*s",
                                           EGRET_SPAN_ARGS(member->scheme),
                                           EGRET_SPAN_ARGS(member->id)));
    }

    egret_buffer_add_text(buffer, "]}");
}

static void
add_definitions(egret_buffer_t *buffer, const egret_partner_t *partner)
{
    open_key(buffer, "definitions");
    egret_buffer_add_byte(buffer, '[');

    for (size_t i = 0; i < partner->accept_count; i++) {
        add_item(buffer, partner->accepts[i]->id);
    }

    egret_buffer_add_byte(buffer, ']');
}

static void
add_schemes(egret_buffer_t *buffer, const egret_partner_t *partner)
{
    open_key(buffer, "schemes");
    egret_buffer_add_byte(buffer, '[');

    for (size_t i = 0; i < partner->target_count; i++) {
        const egret_scheme_t *scheme = partner->targets[i];

        add_item(buffer, egret_arena_print(buffer->arena, "%.*s/%.*s",
                                           EGRET_SPAN_ARGS(scheme->id),
                                           EGRET_SPAN_ARGS(scheme->version)));
    }

    egret_buffer_add_byte(buffer, ']');
}

/* By the digest both sides can tell that they mean the same file. */
static egret_rc_t
add_rules(egret_buffer_t *buffer, const egret_partner_t *partner)
{
    char hex[EGRET_SHA256_HEX];
    egret_sha256_t digest;
    egret_rc_t rc;

    open_key(buffer, "rules");
    egret_buffer_add_byte(buffer, '{');
    add_text(buffer, "version", EGRET_SPAN(EGRET_VERSION));

    if (partner->rulebook != NULL) {
        rc = egret_sha256(egret_rulebook_text(partner->rulebook), &digest);
        if (rc != EGRET_OK) {
            return rc;
        }

        egret_sha256_hex(&digest, hex);
        add_text(buffer, "ownSha256", egret_span_from(hex));
    }

    egret_buffer_add_byte(buffer, '}');
    return EGRET_OK;
}

/* Whole days; none on the last one. */
static int64_t
days_left(const egret_self_t *self)
{
    int64_t left = self->certificate->not_after - self->now;

    return left < 0 ? 0 : left / DAY;
}

static void
add_certificate(egret_buffer_t *buffer, const egret_self_t *self)
{
    const egret_certificate_t *certificate = self->certificate;
    egret_datetime_t end = egret_datetime_from_seconds(certificate->not_after);
    char text[EGRET_DATETIME_TEXT], hex[EGRET_SHA256_HEX];

    (void) egret_datetime_write(&end, text);
    egret_sha256_hex(&certificate->spki, hex);

    open_key(buffer, "certificate");
    egret_buffer_add_byte(buffer, '{');
    add_text(buffer, "serial", certificate->serial);
    add_text(buffer, "spkiSha256", egret_span_from(hex));
    add_list(buffer, "dns", certificate->dns, certificate->dns_count);
    add_list(buffer, "uri", certificate->uris, certificate->uri_count);
    add_text(buffer, "lei", certificate->lei);
    add_text(buffer, "notAfter", egret_span_from(text));
    egret_buffer_print(buffer, ",\"daysLeft\":%lld}",
                       (long long) days_left(self));
}

static bool
speaks_for(const egret_partner_t *partner, egret_span_t lei)
{
    for (size_t i = 0; i < partner->lei_count; i++) {
        if (egret_span_equals(partner->leis[i], lei)) {
            return true;
        }
    }

    return false;
}

static void
add_warnings(egret_buffer_t *buffer, const egret_self_t *self)
{
    const egret_partner_t *partner = self->partner;
    egret_span_t lei = self->certificate->lei;

    open_key(buffer, "warnings");
    egret_buffer_add_byte(buffer, '[');

    if (days_left(self) < EGRET_SELF_DAYS) {
        add_item(buffer, egret_arena_print(buffer->arena,
                     "the certificate expires in %lld days: have the next one "
                     "registered with the gateway's operator",
                     (long long) days_left(self)));
    }

    if (lei.length > 0 && !speaks_for(partner, lei)) {
        add_item(buffer, EGRET_SPAN("the certificate's LEI is none of your "
                                    "parties: no header may name it"));
    }

    if (partner->accept_count == 0) {
        add_item(buffer, EGRET_SPAN("no message definition is agreed: nothing "
                                    "can be sent or received"));
    }

    if (partner->upstream.length == 0) {
        add_item(buffer, EGRET_SPAN("no server of yours is known here: "
                                    "nothing can be received"));
    }

    egret_buffer_add_byte(buffer, ']');
}

egret_rc_t
egret_self_write(const egret_self_t *self, egret_arena_t *arena,
                 egret_answer_t *out)
{
    const egret_partner_t *partner = self->partner;
    egret_buffer_t buffer;
    egret_rc_t rc;

    egret_buffer_init(&buffer, arena, SELF_MAXIMUM);
    egret_buffer_add_byte(&buffer, '{');
    add_text(&buffer, "partner", partner->name);
    add_gateway(&buffer, self->config);
    add_parties(&buffer, partner);

    if (partner->profile != NULL) {
        add_text(&buffer, "profile", partner->profile->name);
    }

    add_definitions(&buffer, partner);
    add_list(&buffer, "currencies", partner->currencies,
             partner->currency_count);
    add_schemes(&buffer, partner);

    rc = add_rules(&buffer, partner);
    if (rc != EGRET_OK) {
        return rc;
    }

    egret_buffer_print(&buffer, ",\"receives\":%s,\"maxMessage\":%zu",
                       partner->upstream.length > 0 ? "true" : "false",
                       self->config->max_message);
    add_certificate(&buffer, self);
    add_warnings(&buffer, self);
    egret_buffer_add_text(&buffer, "}\n");

    out->status = 200;
    out->content_type = EGRET_SPAN("application/json");
    out->body = egret_buffer_span(&buffer);

    return egret_buffer_rc(&buffer);
}
