/* SPDX-License-Identifier: Apache-2.0 */

#include "config/setters.h"

#define KIBIBYTE 1024u
#define MESSAGE_MINIMUM KIBIBYTE
#define SIZE_MAXIMUM (256u * KIBIBYTE * KIBIBYTE)
#define SECOND 1000u
#define TIMEOUT_MINIMUM 100u
#define TIMEOUT_MAXIMUM (60u * 60u * SECOND)


egret_rc_t
egret_general_set_gateway(egret_config_builder_t *builder,
                          const egret_span_t *words, size_t count)
{
    egret_rc_t rc = EGRET_OK;

    builder->has_gateway = true;
    builder->gateway_place = builder->place;

    for (size_t i = 1; i < count && rc == EGRET_OK; i++) {
        egret_span_t key, value;
        bool has_value = egret_draft_split(words[i], &key, &value);
        bool is_bic = egret_span_equals_text(key, "bic");
        egret_span_t *target =
            is_bic ? &builder->gateway_bic : &builder->gateway_lei;

        if (!has_value || (!is_bic && !egret_span_equals_text(key, "lei"))) {
            return egret_draft_refuse(
                builder, EGRET_EINVAL,
                "egret_gateway takes bic=BIC and lei=LEI, not \"%.*s\"",
                EGRET_SPAN_ARGS(words[i]));
        }
        if (target->length > 0) {
            return egret_draft_refuse(
                builder, EGRET_EEXIST,
                "egret_gateway has two %.*s: it answers under one",
                EGRET_SPAN_ARGS(key));
        }
        rc = is_bic ? egret_draft_bic(builder, value, target)
                    : egret_draft_lei(builder, value, target);
    }

    if (rc == EGRET_OK && builder->gateway_bic.length == 0) {
        return egret_draft_refuse(
            builder, EGRET_EINVAL,
            "egret_gateway has no bic=BIC: its answers say who sends them");
    }

    return rc;
}


static egret_rc_t
set_folder(egret_config_builder_t *builder, const egret_span_t *words,
           egret_reference_word_t *out)
{
    if (words[1].length == 0) {
        return egret_draft_refuse(builder, EGRET_EINVAL,
                                  "%.*s names no folder",
                                  EGRET_SPAN_ARGS(words[0]));
    }
    out->place = builder->place;

    return egret_draft_copy(builder, words[1], &out->text);
}


egret_rc_t
egret_general_set_schemas(egret_config_builder_t *builder,
                          const egret_span_t *words, size_t count)
{
    (void) count;

    return set_folder(builder, words, &builder->schemas);
}


egret_rc_t
egret_general_set_reference(egret_config_builder_t *builder,
                            const egret_span_t *words, size_t count)
{
    (void) count;

    return set_folder(builder, words, &builder->reference);
}


/* Digits, then k or m in either case or nothing, as nginx writes sizes. */
static bool
read_size(egret_span_t text, size_t *out)
{
    size_t factor = 1;
    size_t size = 0;

    if (text.length > 0) {
        char unit = (char) (text.at[text.length - 1] | 0x20);

        factor = unit == 'k' ? KIBIBYTE : unit == 'm' ? KIBIBYTE * KIBIBYTE : 1;
        text.length -= factor > 1;
    }
    if (text.length == 0 || text.length > 10) {
        return false;
    }

    for (size_t i = 0; i < text.length; i++) {
        if (text.at[i] < '0' || text.at[i] > '9') {
            return false;
        }
        size = size * 10 + (size_t) (text.at[i] - '0');
    }
    *out = size * factor;

    return true;
}


static egret_rc_t
set_size(egret_config_builder_t *builder, const egret_span_t *words,
         size_t minimum, size_t *out)
{
    size_t size;

    if (!read_size(words[1], &size)) {
        return egret_draft_refuse(
            builder, EGRET_EINVAL,
            "\"%.*s\" is no size: write bytes, or a number with k or m",
            EGRET_SPAN_ARGS(words[1]));
    }
    if (size < minimum || size > SIZE_MAXIMUM) {
        return egret_draft_refuse(
            builder, EGRET_ERANGE, "%.*s of %.*s: it may be from %s to 256m",
            EGRET_SPAN_ARGS(words[0]), EGRET_SPAN_ARGS(words[1]),
            minimum == 0 ? "0" : "1k");
    }
    *out = size;

    return EGRET_OK;
}


egret_rc_t
egret_general_set_max_message(egret_config_builder_t *builder,
                              const egret_span_t *words, size_t count)
{
    (void) count;

    return set_size(builder, words, MESSAGE_MINIMUM, &builder->max_message);
}


egret_rc_t
egret_general_set_max_answer(egret_config_builder_t *builder,
                             const egret_span_t *words, size_t count)
{
    (void) count;

    return set_size(builder, words, MESSAGE_MINIMUM, &builder->max_answer);
}


egret_rc_t
egret_general_set_offload_threshold(egret_config_builder_t *builder,
                                    const egret_span_t *words, size_t count)
{
    (void) count;

    return set_size(builder, words, 0, &builder->offload_threshold);
}


/* Digits, then ms, s or m, or nothing for seconds, as nginx writes times. */
static bool
read_time(egret_span_t text, uint32_t *out)
{
    uint64_t factor = SECOND;
    uint64_t time = 0;

    if (egret_span_ends_with(text, EGRET_SPAN("ms"))) {
        factor = 1;
        text.length -= 2;
    } else if (egret_span_ends_with(text, EGRET_SPAN("s"))) {
        text.length -= 1;
    } else if (egret_span_ends_with(text, EGRET_SPAN("m"))) {
        factor = 60 * SECOND;
        text.length -= 1;
    }
    if (text.length == 0 || text.length > 8) {
        return false;
    }

    for (size_t i = 0; i < text.length; i++) {
        if (text.at[i] < '0' || text.at[i] > '9') {
            return false;
        }
        time = time * 10 + (uint64_t) (text.at[i] - '0');
    }

    time *= factor;
    *out = time > TIMEOUT_MAXIMUM ? TIMEOUT_MAXIMUM + 1 : (uint32_t) time;

    return true;
}


egret_rc_t
egret_general_set_answer_timeout(egret_config_builder_t *builder,
                                 const egret_span_t *words, size_t count)
{
    uint32_t time;

    (void) count;

    if (!read_time(words[1], &time)) {
        return egret_draft_refuse(
            builder, EGRET_EINVAL,
            "\"%.*s\" is no time: write a number with ms, s or m",
            EGRET_SPAN_ARGS(words[1]));
    }
    if (time < TIMEOUT_MINIMUM || time > TIMEOUT_MAXIMUM) {
        return egret_draft_refuse(
            builder, EGRET_ERANGE,
            "egret_answer_timeout of %.*s: it may be from 100ms to 60m",
            EGRET_SPAN_ARGS(words[1]));
    }
    builder->answer_timeout = time;

    return EGRET_OK;
}


egret_rc_t
egret_general_set_environment(egret_config_builder_t *builder,
                              const egret_span_t *words, size_t count)
{
    bool is_test = egret_span_equals_text(words[1], "test");

    (void) count;

    if (!is_test && !egret_span_equals_text(words[1], "live")) {
        return egret_draft_refuse(
            builder, EGRET_EINVAL,
            "egret_environment is live or test, not \"%.*s\"",
            EGRET_SPAN_ARGS(words[1]));
    }
    builder->environment =
        is_test ? EGRET_ENVIRONMENT_TEST : EGRET_ENVIRONMENT_LIVE;

    return EGRET_OK;
}


egret_rc_t
egret_general_set_strict(egret_config_builder_t *builder,
                         const egret_span_t *words, size_t count)
{
    (void) count;

    return egret_draft_flag(builder, words, &builder->is_strict);
}
