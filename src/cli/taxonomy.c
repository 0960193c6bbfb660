/* SPDX-License-Identifier: Apache-2.0 */

#include <stdio.h>
#include <string.h>

#include "cli/command.h"
#include "cli/setup.h"
#include "cli/taxonomy_file.h"

static const char *const languages[EGRET_LANGUAGE_COUNT] = {
    "en", "zh-Hans", "zh-Hant", "pt", "ru"
};


static bool
refuse(const char *word, const char *why)
{
    fprintf(stderr, "egret taxonomy: \"%s\" %s; see egret help taxonomy\n",
            word, why);

    return false;
}


static bool
read_language(const char *word, egret_language_t *out)
{
    *out = EGRET_LANGUAGE_EN;
    if (word == NULL) {
        return true;
    }
    for (size_t i = 0; i < EGRET_LANGUAGE_COUNT; i++) {
        if (strcmp(languages[i], word) == 0) {
            *out = (egret_language_t) i;
            return true;
        }
    }

    return refuse(word, "is not en, zh-Hans, zh-Hant, pt or ru");
}


static int
flush(int code)
{
    if (fflush(stdout) != 0 || ferror(stdout)) {
        fputs("egret: standard output cannot be written\n", stderr);
        return EGRET_EXIT_FAILED;
    }

    return code;
}


static void
print_dates(const egret_scheme_t *scheme)
{
    char from[EGRET_DATETIME_TEXT], to[EGRET_DATETIME_TEXT] = "";

    egret_date_write(scheme->from, from);
    if (scheme->has_to) {
        egret_date_write(scheme->to, to);
    }
    printf("%s..%s", from, to);
}


static void
list_schemes(const egret_taxonomies_t *taxonomies)
{
    for (size_t i = 0; i < taxonomies->by_name.count; i++) {
        const egret_scheme_t *scheme = taxonomies->by_name.entries[i].value;

        printf("%.*s/%.*s\t%s\t", EGRET_SPAN_ARGS(scheme->id),
               EGRET_SPAN_ARGS(scheme->version),
               egret_scheme_status_text(scheme->status));
        print_dates(scheme);
        printf("\t%zu codes\t%.*s\n", scheme->class_count,
               EGRET_SPAN_ARGS(scheme->authority));
    }
}


static void
list_codes(const egret_scheme_t *scheme, egret_language_t language)
{
    for (size_t i = 0; i < scheme->class_count; i++) {
        const egret_class_t *class = &scheme->classes[i];

        printf("%.*s\t%.*s\n", EGRET_SPAN_ARGS(class->code),
               EGRET_SPAN_ARGS(egret_class_label(class, language)));
    }
}


static void
print_code(const egret_class_t *class)
{
    const egret_scheme_t *scheme = class->scheme;

    printf("%.*s/%.*s/%.*s\n", EGRET_SPAN_ARGS(scheme->id),
           EGRET_SPAN_ARGS(scheme->version), EGRET_SPAN_ARGS(class->code));
    for (const egret_class_t *up = class->parent; up != NULL;
         up = up->parent) {
        printf("in\t%.*s %.*s\n", EGRET_SPAN_ARGS(up->code),
               EGRET_SPAN_ARGS(egret_class_label(up, EGRET_LANGUAGE_EN)));
    }
    for (size_t i = 0; i < EGRET_LANGUAGE_COUNT; i++) {
        if (class->labels[i].length > 0) {
            printf("%s\t%.*s\n", languages[i],
                   EGRET_SPAN_ARGS(class->labels[i]));
        }
    }
    printf("source\t%.*s\nconfidence\t%.*s\n",
           EGRET_SPAN_ARGS(class->source_ref),
           EGRET_SPAN_ARGS(class->confidence));
}


static int
show(const egret_options_t *options, const egret_setup_t *setup)
{
    const egret_taxonomies_t *taxonomies = setup->config->taxonomies;
    const egret_scheme_t *scheme;
    const egret_class_t *class;
    egret_language_t language;

    if (!read_language(options->lang, &language)) {
        return EGRET_EXIT_FAILED;
    }
    if (options->file_count == 1) {
        list_schemes(taxonomies);
        return flush(EGRET_EXIT_ACCEPTED);
    }

    scheme = egret_taxonomies_scheme_by_name(
        taxonomies, egret_span_from(options->files[1]));
    if (scheme == NULL) {
        (void) refuse(options->files[1], "is in no taxonomy that is loaded");
        return EGRET_EXIT_FAILED;
    }
    if (options->file_count == 2) {
        list_codes(scheme, language);
        return flush(EGRET_EXIT_ACCEPTED);
    }

    class = egret_scheme_class(scheme, egret_span_from(options->files[2]));
    if (class == NULL || options->file_count > 3) {
        (void) refuse(options->files[options->file_count > 3 ? 3 : 2],
                      class == NULL ? "is no code of that taxonomy"
                                    : "is one word too many");
        return EGRET_EXIT_FAILED;
    }
    print_code(class);

    return flush(EGRET_EXIT_ACCEPTED);
}


static int
lint(const egret_options_t *options, egret_arena_t *arena)
{
    egret_taxonomies_t *taxonomies;
    int code = EGRET_EXIT_ACCEPTED;

    if (arena == NULL
        || egret_taxonomies_create(arena, &taxonomies) != EGRET_OK)
    {
        fputs("egret: out of memory\n", stderr);
        return EGRET_EXIT_FAILED;
    }
    for (size_t i = 1; i < options->file_count; i++) {
        (void) egret_taxonomy_file_add(taxonomies, arena, options->files[i],
                                       egret_taxonomies_add_scheme, &code);
    }

    return flush(code);
}


int
egret_command_taxonomy(int count, char **words)
{
    egret_options_t options;
    egret_setup_t setup;
    int code = EGRET_EXIT_FAILED;

    if (!egret_options_read(EGRET_COMMAND_TAXONOMY, count, words, &options)) {
        return EGRET_EXIT_FAILED;
    }

    if (options.file_count > 1 && strcmp(options.files[0], "lint") == 0) {
        egret_arena_t *arena = egret_arena_create(egret_allocator_default(),
                                                  0);

        code = lint(&options, arena);
        egret_arena_destroy(arena);
        return code;
    }
    if (options.file_count == 0 || strcmp(options.files[0], "show") != 0) {
        (void) refuse(options.file_count == 0 ? "" : options.files[0],
                      "is not show, or lint FILE...");
        return EGRET_EXIT_FAILED;
    }

    if (egret_setup_open(&options, &setup)) {
        code = show(&options, &setup);
    }
    egret_setup_close(&setup);

    return code;
}
