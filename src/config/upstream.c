/* SPDX-License-Identifier: Apache-2.0 */

#include "config/setters.h"


/* A host or a group's name, as it may stand in Host and SNI. */
static bool
is_host(egret_span_t text)
{
    for (size_t i = 0; i < text.length; i++) {
        char byte = text.at[i];
        char letter = (char) (byte | 0x20);

        if ((letter < 'a' || letter > 'z') && (byte < '0' || byte > '9')
            && byte != '.' && byte != '-' && byte != '_')
        {
            return false;
        }
    }

    return text.length > 0;
}


static egret_rc_t
set_group(egret_config_builder_t *builder, egret_span_t word)
{
    egret_partner_t *partner = builder->partner->partner;
    egret_span_t tls = EGRET_SPAN("https://");
    egret_span_t plain = EGRET_SPAN("http://");
    egret_span_t group = { NULL, 0 };
    egret_rc_t rc;

    partner->upstream_is_tls = egret_span_starts_with(word, tls);
    if (partner->upstream_is_tls) {
        group = egret_span_slice(word, tls.length, word.length);
    } else if (egret_span_starts_with(word, plain)) {
        group = egret_span_slice(word, plain.length, word.length);
    }

    if (!is_host(group)) {
        return egret_draft_refuse(
            builder, EGRET_EINVAL,
            "upstream \"%.*s\": write https:// and the name of an upstream "
            "group, without port or path",
            EGRET_SPAN_ARGS(word));
    }

    rc = egret_draft_copy(builder, word, &partner->upstream);
    if (rc != EGRET_OK) {
        return rc;
    }
    partner->upstream_group = partner->upstream;
    partner->upstream_group.at += word.length - group.length;
    partner->upstream_group.length = group.length;
    partner->upstream_name = partner->upstream_group;

    return EGRET_OK;
}


static egret_rc_t
set_name(egret_config_builder_t *builder, egret_span_t word)
{
    egret_span_t key, value;
    bool has_value = egret_draft_split(word, &key, &value);

    if (!has_value || !egret_span_equals_text(key, "name") || !is_host(value)) {
        return egret_draft_refuse(
            builder, EGRET_EINVAL,
            "upstream takes name=HOST after the group, not \"%.*s\"",
            EGRET_SPAN_ARGS(word));
    }

    return egret_draft_copy(builder, value,
                            &builder->partner->partner->upstream_name);
}


egret_rc_t
egret_partner_set_upstream(egret_config_builder_t *builder,
                           const egret_span_t *words, size_t count)
{
    egret_rc_t rc = set_group(builder, words[1]);

    if (rc == EGRET_OK && count > 2) {
        rc = set_name(builder, words[2]);
    }
    if (rc != EGRET_OK || builder->partner->partner->upstream_is_tls) {
        return rc;
    }

    return egret_draft_warn(
        builder, builder->place,
        "upstream %.*s of %.*s is not encrypted: write https://",
        EGRET_SPAN_ARGS(words[1]),
        EGRET_SPAN_ARGS(builder->partner->partner->name));
}
