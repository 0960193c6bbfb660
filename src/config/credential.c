/* SPDX-License-Identifier: Apache-2.0 */

#include <string.h>

#include "config/file.h"
#include "config/setters.h"

typedef struct {
    const char *key; /* with its '=', and for names with their kind */
    egret_rc_t (*set)(egret_config_builder_t *builder,
                      egret_credential_t *credential, egret_span_t value);
} part_t;


static egret_rc_t
refuse_twice(egret_config_builder_t *builder, const char *what)
{
    return egret_draft_refuse(
        builder, EGRET_EEXIST,
        "certificate has two %s: all of one line must hold, so write a second "
        "certificate line",
        what);
}


static egret_rc_t
set_spki(egret_config_builder_t *builder, egret_credential_t *credential,
         egret_span_t value)
{
    if (credential->has_spki) {
        return refuse_twice(builder, "spki-sha256");
    }
    if (egret_sha256_read(value, &credential->spki) != EGRET_OK) {
        return egret_draft_refuse(
            builder, EGRET_EINVAL,
            "spki-sha256 \"%.*s\" is no SHA-256: write 64 hex digits",
            EGRET_SPAN_ARGS(value));
    }
    credential->has_spki = true;

    return EGRET_OK;
}


/* A host name in lower case without wildcard, empty label or final dot: what
 * identity compares with, byte by byte. */
static bool
is_dns_name(egret_span_t value)
{
    char before = '.';

    for (size_t i = 0; i < value.length; i++) {
        char byte = value.at[i];

        if (byte == '.' ? before == '.'
                        : (byte < 'a' || byte > 'z')
                              && (byte < '0' || byte > '9') && byte != '-'
                              && byte != '_')
        {
            return false;
        }
        before = byte;
    }

    return before != '.';
}


static egret_rc_t
set_dns(egret_config_builder_t *builder, egret_credential_t *credential,
        egret_span_t value)
{
    if (credential->dns.length > 0) {
        return refuse_twice(builder, "san=dns:");
    }
    if (!is_dns_name(value)) {
        return egret_draft_refuse(
            builder, EGRET_EINVAL,
            "san=dns:%.*s: names are compared whole; write one host name in "
            "lower case, without wildcard or final dot",
            EGRET_SPAN_ARGS(value));
    }

    return egret_draft_copy(builder, value, &credential->dns);
}


static egret_rc_t
set_uri(egret_config_builder_t *builder, egret_credential_t *credential,
        egret_span_t value)
{
    bool is_uri = egret_span_find(value, ':') < value.length;

    if (credential->uri.length > 0) {
        return refuse_twice(builder, "san=uri:");
    }

    for (size_t i = 0; i < value.length; i++) {
        is_uri = is_uri && value.at[i] > 0x20 && value.at[i] < 0x7f;
    }
    if (!is_uri) {
        return egret_draft_refuse(
            builder, EGRET_EINVAL,
            "san=uri:%.*s is no URI: write it whole, in ASCII, with its scheme",
            EGRET_SPAN_ARGS(value));
    }

    return egret_draft_copy(builder, value, &credential->uri);
}


static egret_rc_t
set_lei(egret_config_builder_t *builder, egret_credential_t *credential,
        egret_span_t value)
{
    if (credential->lei.length > 0) {
        return refuse_twice(builder, "lei");
    }

    return egret_draft_lei(builder, value, &credential->lei);
}


/* Upper-case hex without colons and leading zeros: what openssl prints differs
 * from tool to tool, so each form is taken. */
static egret_rc_t
set_serial(egret_config_builder_t *builder, egret_credential_t *credential,
           egret_span_t value)
{
    char *digits = egret_arena_allocate(builder->arena, value.length + 1);
    bool is_hex = true;
    size_t length = 0;

    if (credential->serial.length > 0) {
        return refuse_twice(builder, "serial");
    }
    if (digits == NULL) {
        return egret_arena_rc(builder->arena);
    }

    for (size_t i = 0; i < value.length && is_hex; i++) {
        char byte = value.at[i];

        if (byte >= 'a' && byte <= 'f') {
            byte = (char) (byte - 'a' + 'A');
        }
        is_hex = byte == ':' || (byte >= '0' && byte <= '9')
                 || (byte >= 'A' && byte <= 'F');
        if (byte != ':' && (length > 0 || byte != '0')) {
            digits[length++] = byte;
        }
    }

    if (!is_hex || length == 0) {
        return egret_draft_refuse(
            builder, EGRET_EINVAL,
            "serial \"%.*s\" is no certificate's serial: write hex digits",
            EGRET_SPAN_ARGS(value));
    }
    credential->serial = (egret_span_t){ digits, length };

    return EGRET_OK;
}


static egret_rc_t
set_ca(egret_config_builder_t *builder, egret_credential_t *credential,
       egret_span_t value)
{
    const char *path = egret_file_path(builder->folder, value, builder->arena);
    egret_rc_t rc;

    if (credential->ca_pem.length > 0) {
        return refuse_twice(builder, "ca");
    }
    if (path == NULL) {
        return egret_arena_rc(builder->arena);
    }

    rc = egret_file_read(path, EGRET_FILE_MAXIMUM, builder->arena,
                         &credential->ca_pem);
    if (rc == EGRET_EIO) {
        return egret_draft_refuse(builder, rc, "ca file \"%s\": %s", path,
                                  egret_file_reason(EGRET_FILE_MAXIMUM,
                                                    builder->arena));
    }
    if (rc == EGRET_OK && credential->ca_pem.length == 0) {
        return egret_draft_refuse(builder, EGRET_ESYNTAX,
                                  "ca file \"%s\" is empty", path);
    }

    return rc;
}


static const part_t parts[] = {
    { "spki-sha256=", set_spki }, { "san=dns:", set_dns },
    { "san=uri:", set_uri },      { "lei=", set_lei },
    { "serial=", set_serial },    { "ca=", set_ca },
};


static egret_rc_t
set_part(egret_config_builder_t *builder, egret_credential_t *credential,
         egret_span_t word)
{
    for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
        egret_span_t key = egret_span_from(parts[i].key);

        if (egret_span_starts_with(word, key) && word.length > key.length) {
            return parts[i].set(
                builder, credential,
                egret_span_slice(word, key.length, word.length));
        }
    }

    return egret_draft_refuse(
        builder, EGRET_EINVAL,
        "certificate takes spki-sha256=, san=dns:, san=uri:, lei=, serial= and "
        "ca= with a value, not \"%.*s\"",
        EGRET_SPAN_ARGS(word));
}


egret_rc_t
egret_credential_set(egret_config_builder_t *builder, const egret_span_t *words,
                     size_t count)
{
    egret_partner_draft_t *partner = builder->partner;
    egret_credential_draft_t draft;

    memset(&draft, 0, sizeof(draft));
    draft.place = builder->place;
    draft.credential.owner = partner->partner;
    draft.credential.owner_name = partner->partner->name;

    for (size_t i = 1; i < count; i++) {
        egret_rc_t rc = set_part(builder, &draft.credential, words[i]);

        if (rc != EGRET_OK) {
            return rc;
        }
    }

    return egret_draft_append(builder->arena, &partner->credentials,
                              &partner->credential_count, &draft,
                              sizeof(draft));
}
