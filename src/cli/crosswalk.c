/* SPDX-License-Identifier: Apache-2.0 */

#include <stdio.h>
#include <string.h>

#include "cli/command.h"
#include "cli/setup.h"
#include "cli/taxonomy_file.h"
#include "taxonomy/translate.h"

typedef struct {
    size_t leaves;
    size_t translated;
    size_t with_row;
    size_t no_counterpart;
    size_t no_row;
} coverage_t;


static void
refuse(const char *word, const char *why)
{
    fprintf(stderr, "egret crosswalk: \"%s\" %s; see egret help crosswalk\n",
            word, why);
}


/* Of one code, as an eligible label of a final block. */
static egret_rc_t
count_code(const egret_taxonomies_t *taxonomies, const egret_class_t *class,
           const egret_scheme_t *target, egret_date_t on, coverage_t *out)
{
    egret_label_t label = { .scheme = class->scheme->id,
                            .version = class->scheme->version,
                            .code = class->code,
                            .status = EGRET_LABEL_ELIG,
                            .block_status = EGRET_BLOCK_FINL,
                            .decisive_date = on,
                            .decisive_kind = EGRET_DECISIVE_APPR };
    egret_arena_t *arena = egret_arena_create(egret_allocator_default(), 0);
    egret_label_translation_t translation;
    egret_rc_t rc;

    if (arena == NULL) {
        return EGRET_ENOMEM;
    }

    rc = egret_translate(taxonomies, &label, target, arena, &translation);
    if (rc == EGRET_OK) {
        out->leaves++;
        if (translation.result == EGRET_TRANSLATION_TRANSLATED) {
            out->translated++;
        } else if (translation.result == EGRET_TRANSLATION_NO_COUNTERPART) {
            out->no_counterpart++;
        } else if (egret_taxonomies_rows(taxonomies, class, target) != NULL) {
            out->with_row++;
        } else {
            out->no_row++;
        }
    }
    egret_arena_destroy(arena);

    return rc;
}


static egret_rc_t
count_pair(const egret_taxonomies_t *taxonomies, const egret_scheme_t *source,
           const egret_scheme_t *target, egret_date_t on, coverage_t *out)
{
    egret_rc_t rc = EGRET_OK;

    *out = (coverage_t){ 0 };
    for (size_t i = 0; i < source->class_count && rc == EGRET_OK; i++) {
        if (source->classes[i].is_leaf) {
            rc = count_code(taxonomies, &source->classes[i], target, on, out);
        }
    }

    return rc;
}


static void
print_pair(const egret_scheme_t *source, const egret_scheme_t *target,
           const coverage_t *coverage)
{
    printf("| %.*s/%.*s | %.*s/%.*s | %zu | %zu | %zu | %zu | %zu |\n",
           EGRET_SPAN_ARGS(source->id), EGRET_SPAN_ARGS(source->version),
           EGRET_SPAN_ARGS(target->id), EGRET_SPAN_ARGS(target->version),
           coverage->leaves, coverage->translated, coverage->with_row,
           coverage->no_counterpart, coverage->no_row);
}


static bool
has_rows(const egret_taxonomies_t *taxonomies, const egret_scheme_t *source,
         const egret_scheme_t *target)
{
    for (size_t i = 0; i < source->class_count; i++) {
        if (egret_taxonomies_rows(taxonomies, &source->classes[i], target)
            != NULL)
        {
            return true;
        }
    }

    return false;
}


static egret_rc_t
print_coverage(const egret_taxonomies_t *taxonomies, egret_date_t on)
{
    const egret_map_t *schemes = &taxonomies->by_name;

    fputs("| from | to | codes | translate | need assessment | no counterpart "
          "| no row |\n|---|---|---:|---:|---:|---:|---:|\n", stdout);
    for (size_t i = 0; i < schemes->count; i++) {
        for (size_t k = 0; k < schemes->count; k++) {
            const egret_scheme_t *source = schemes->entries[i].value;
            const egret_scheme_t *target = schemes->entries[k].value;
            coverage_t coverage;
            egret_rc_t rc;

            if (i == k || !has_rows(taxonomies, source, target)) {
                continue;
            }
            rc = count_pair(taxonomies, source, target, on, &coverage);
            if (rc != EGRET_OK) {
                return rc;
            }
            print_pair(source, target, &coverage);
        }
    }

    return EGRET_OK;
}


static int
show_coverage(const egret_options_t *options, const egret_setup_t *setup)
{
    egret_date_t on = setup->message.now.date;
    bool has_offset = false;
    egret_rc_t rc;

    if (options->on != NULL
        && (egret_date_read(egret_span_from(options->on), &on, &has_offset)
                != EGRET_OK
            || has_offset))
    {
        refuse(options->on, "is not a date such as 2026-11-23");
        return EGRET_EXIT_FAILED;
    }

    rc = print_coverage(setup->config->taxonomies, on);
    if (rc != EGRET_OK || fflush(stdout) != 0 || ferror(stdout)) {
        fprintf(stderr, "egret: %s\n", egret_rc_text(rc));
        return EGRET_EXIT_FAILED;
    }

    return EGRET_EXIT_ACCEPTED;
}


static void
complain(void *context, egret_span_t fault)
{
    egret_taxonomy_file_complain(EGRET_EINVAL, fault, context);
}


/* The taxonomies anew, with the files that are named as the only crosswalks. */
static int
lint(const egret_options_t *options, const egret_setup_t *setup)
{
    const egret_map_t *schemes = &setup->config->taxonomies->by_name;
    egret_taxonomies_t *taxonomies;
    egret_span_t fault = EGRET_SPAN("");
    int code = EGRET_EXIT_ACCEPTED;
    egret_rc_t rc = egret_taxonomies_create(setup->arena, &taxonomies);

    if (rc == EGRET_OK) {
        taxonomies->units = setup->config->units;
    }
    for (size_t i = 0; rc == EGRET_OK && i < schemes->count; i++) {
        const egret_scheme_t *scheme = schemes->entries[i].value;

        (void) egret_taxonomy_file_add(taxonomies, setup->arena,
                                       scheme->file.at,
                                       egret_taxonomies_add_scheme, &code);
    }
    for (size_t i = 1; rc == EGRET_OK && i < options->file_count; i++) {
        (void) egret_taxonomy_file_add(taxonomies, setup->arena,
                                       options->files[i],
                                       egret_taxonomies_add_crosswalk, &code);
    }
    if (rc == EGRET_OK) {
        taxonomies->complain = complain;
        taxonomies->complain_context = &code;
        rc = egret_taxonomies_close(taxonomies, &fault);
    }
    if (rc != EGRET_OK) {
        egret_taxonomy_file_complain(rc, fault, &code);
    }

    return fflush(stdout) == 0 ? code : EGRET_EXIT_FAILED;
}


int
egret_command_crosswalk(int count, char **words)
{
    egret_options_t options;
    egret_setup_t setup;
    const char *what;
    int code = EGRET_EXIT_FAILED;

    if (!egret_options_read(EGRET_COMMAND_CROSSWALK, count, words, &options)) {
        return EGRET_EXIT_FAILED;
    }

    what = options.file_count == 0 ? "" : options.files[0];
    if ((strcmp(what, "coverage") != 0 || options.file_count != 1)
        && (strcmp(what, "lint") != 0 || options.file_count < 2))
    {
        refuse(what, "is not coverage, or lint FILE...");
        return EGRET_EXIT_FAILED;
    }

    if (egret_setup_open(&options, &setup)) {
        code = strcmp(what, "lint") == 0 ? lint(&options, &setup)
                                         : show_coverage(&options, &setup);
    }
    egret_setup_close(&setup);

    return code;
}
