/* SPDX-License-Identifier: Apache-2.0 */

#include "config/draft.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define SENTENCE 1024
#define NAME_MAXIMUM 64


static egret_rc_t
refuse(egret_config_builder_t *builder, const egret_place_t *place,
       egret_rc_t rc, const char *format, va_list arguments)
{
    char sentence[SENTENCE];
    egret_span_t text;

    (void) vsnprintf(sentence, sizeof(sentence), format, arguments);

    text = place == NULL
               ? egret_arena_print(builder->arena, "%s", sentence)
               : egret_arena_print(builder->arena, "%.*s:%u: %s",
                                   EGRET_SPAN_ARGS(place->file), place->line,
                                   sentence);
    if (text.at == NULL) {
        return egret_arena_rc(builder->arena);
    }
    builder->fault = text;

    return rc;
}


egret_rc_t
egret_draft_refuse(egret_config_builder_t *builder, egret_rc_t rc,
                   const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    rc = refuse(builder, NULL, rc, format, arguments);
    va_end(arguments);

    return rc;
}


egret_rc_t
egret_draft_refuse_at(egret_config_builder_t *builder, egret_place_t place,
                      egret_rc_t rc, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    rc = refuse(builder, &place, rc, format, arguments);
    va_end(arguments);

    return rc;
}


egret_rc_t
egret_draft_warn(egret_config_builder_t *builder, egret_place_t place,
                 const char *format, ...)
{
    char sentence[SENTENCE];
    egret_span_t text;
    va_list arguments;

    va_start(arguments, format);
    (void) vsnprintf(sentence, sizeof(sentence), format, arguments);
    va_end(arguments);

    text = egret_arena_print(builder->arena, "%.*s:%u: %s",
                             EGRET_SPAN_ARGS(place.file), place.line, sentence);
    if (text.at == NULL) {
        return egret_arena_rc(builder->arena);
    }

    return egret_draft_append(builder->arena, &builder->warnings,
                              &builder->warning_count, &text, sizeof(text));
}


/* The array doubles whenever its count is a power of two, so that no capacity
 * has to be kept beside it. */
egret_rc_t
egret_draft_append(egret_arena_t *arena, void *items, size_t *count,
                   const void *item, size_t size)
{
    char *array;

    memcpy(&array, items, sizeof(array));

    if ((*count & (*count - 1)) == 0) {
        size_t capacity = *count == 0 ? 1 : *count * 2;

        array = egret_arena_grow(arena, array, *count * size, capacity * size);
        if (array == NULL) {
            return egret_arena_rc(arena);
        }
        memcpy(items, &array, sizeof(array));
    }

    memcpy(array + *count * size, item, size);
    (*count)++;

    return EGRET_OK;
}


egret_rc_t
egret_draft_copy(egret_config_builder_t *builder, egret_span_t text,
                 egret_span_t *out)
{
    egret_span_t copy = egret_arena_copy(builder->arena, text);

    if (copy.at == NULL) {
        return egret_arena_rc(builder->arena);
    }
    *out = copy;

    return EGRET_OK;
}


egret_rc_t
egret_draft_add_word(egret_config_builder_t *builder,
                     egret_reference_words_t *words, egret_span_t word)
{
    egret_reference_word_t item = { word, builder->place };
    egret_rc_t rc;

    for (size_t i = 0; i < words->count; i++) {
        if (egret_span_equals(words->items[i].text, word)) {
            return egret_draft_refuse(
                builder, EGRET_EEXIST,
                "%.*s stands twice (first at line %u): leave one out",
                EGRET_SPAN_ARGS(word), words->items[i].place.line);
        }
    }

    rc = egret_draft_copy(builder, word, &item.text);
    if (rc != EGRET_OK) {
        return rc;
    }

    return egret_draft_append(builder->arena, &words->items, &words->count,
                              &item, sizeof(item));
}


bool
egret_draft_split(egret_span_t word, egret_span_t *key, egret_span_t *value)
{
    size_t at = egret_span_find(word, '=');

    *key = egret_span_slice(word, 0, at);
    *value = egret_span_slice(word, at + 1, word.length);

    return value->length > 0;
}


egret_rc_t
egret_draft_flag(egret_config_builder_t *builder, const egret_span_t *words,
                 bool *out)
{
    if (!egret_span_equals_text(words[1], "on")
        && !egret_span_equals_text(words[1], "off"))
    {
        return egret_draft_refuse(builder, EGRET_EINVAL,
                                  "%.*s is on or off, not \"%.*s\"",
                                  EGRET_SPAN_ARGS(words[0]),
                                  EGRET_SPAN_ARGS(words[1]));
    }
    *out = egret_span_equals_text(words[1], "on");

    return EGRET_OK;
}


static bool
is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}


static bool
is_capital(char byte)
{
    return byte >= 'A' && byte <= 'Z';
}


egret_rc_t
egret_draft_name(egret_config_builder_t *builder, egret_span_t word,
                 egret_span_t *out)
{
    bool is_name = word.length > 0 && word.length <= NAME_MAXIMUM;

    for (size_t i = 0; is_name && i < word.length; i++) {
        char byte = word.at[i];

        is_name = is_digit(byte) || is_capital(byte)
                  || (byte >= 'a' && byte <= 'z') || byte == '.'
                  || byte == '_' || byte == '-';
    }

    if (!is_name) {
        return egret_draft_refuse(
            builder, EGRET_EINVAL,
            "\"%.*s\" is no name: write 1 to %d letters, digits, dots, "
            "hyphens or underscores",
            EGRET_SPAN_ARGS(word), NAME_MAXIMUM);
    }

    return egret_draft_copy(builder, word, out);
}


/* ISO 9362, as ISO 20022's BICFIDec2014Identifier writes it. */
static bool
is_bic(egret_span_t value)
{
    if (value.length != 8 && value.length != 11) {
        return false;
    }

    for (size_t i = 0; i < value.length; i++) {
        bool is_country = i == 4 || i == 5;

        if (!is_capital(value.at[i]) && (is_country || !is_digit(value.at[i])))
        {
            return false;
        }
    }

    return true;
}


egret_rc_t
egret_draft_bic(egret_config_builder_t *builder, egret_span_t value,
                egret_span_t *out)
{
    egret_span_t wide;

    if (!is_bic(value)) {
        return egret_draft_refuse(
            builder, EGRET_EINVAL,
            "\"%.*s\" is no BIC: write 8 or 11 capital letters and digits, "
            "with the country's two letters in places 5 and 6",
            EGRET_SPAN_ARGS(value));
    }

    wide = egret_arena_print(builder->arena, "%.*s%s", EGRET_SPAN_ARGS(value),
                             value.length == 8 ? "XXX" : "");
    if (wide.at == NULL) {
        return egret_arena_rc(builder->arena);
    }
    *out = wide;

    return EGRET_OK;
}


egret_rc_t
egret_draft_lei(egret_config_builder_t *builder, egret_span_t value,
                egret_span_t *out)
{
    if (!egret_lei_is_valid(value)) {
        return egret_draft_refuse(
            builder, EGRET_EINVAL,
            "\"%.*s\" is no LEI: it has 18 capital letters and digits and two "
            "check digits (ISO 7064 MOD 97-10)",
            EGRET_SPAN_ARGS(value));
    }

    return egret_draft_copy(builder, value, out);
}
