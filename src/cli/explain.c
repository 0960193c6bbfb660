/* SPDX-License-Identifier: Apache-2.0 */

#include <stdio.h>
#include <string.h>

#include "cli/command.h"
#include "cli/explanation.h"
#include "cli/setup.h"

#define PAGE_MAXIMUM (16u * 1024 * 1024)

typedef struct {
    egret_span_t id;
    egret_span_t version;
    egret_span_t code; /* "" when it is left out */
} name_t;


/* SCHEME/VERSION or SCHEME/VERSION/CODE. */
static bool
split_name(const char *word, name_t *out)
{
    egret_span_t rest = egret_span_from(word);
    egret_span_t *parts[] = { &out->id, &out->version, &out->code };

    for (size_t i = 0; i < 3; i++) {
        size_t end = i < 2 ? egret_span_find(rest, '/') : rest.length;

        *parts[i] = egret_span_slice(rest, 0, end);
        rest = egret_span_slice(rest, end + 1, rest.length);
    }

    return out->id.length > 0 && out->version.length > 0;
}


static bool
refuse(const char *word, const char *why)
{
    fprintf(stderr, "egret explain: \"%s\" %s; see egret help explain\n", word,
            why);

    return false;
}


static bool
read_label(const egret_options_t *options, const egret_setup_t *setup,
           egret_label_t *out)
{
    const char *kind = options->kind != NULL ? options->kind : "APPR";
    const char *status = options->status != NULL ? options->status : "ELIG";
    bool has_offset;
    name_t name;

    if (!split_name(options->files[0], &name) || name.code.length == 0) {
        return refuse(options->files[0], "is not SCHEME/VERSION/CODE");
    }
    *out = (egret_label_t){ .scheme = name.id,
                            .version = name.version,
                            .code = name.code,
                            .block_status = EGRET_BLOCK_FINL,
                            .decisive_date = setup->message.now.date };

    if (egret_decisive_read(egret_span_from(kind), &out->decisive_kind)
        != EGRET_OK)
    {
        return refuse(kind, "is not APPR, REGN, FILD or ISSD");
    }
    if (egret_label_status_read(egret_span_from(status), &out->status)
        != EGRET_OK)
    {
        return refuse(status, "is not the status of a label");
    }
    if (options->on != NULL
        && (egret_date_read(egret_span_from(options->on), &out->decisive_date,
                            &has_offset) != EGRET_OK
            || has_offset))
    {
        return refuse(options->on, "is not a date such as 2026-11-23");
    }

    return true;
}


static bool
find_target(const egret_options_t *options, const egret_setup_t *setup,
            egret_explanation_t *out)
{
    name_t name;

    if (!split_name(options->files[1], &name)) {
        return refuse(options->files[1], "is not SCHEME/VERSION");
    }

    out->target = egret_taxonomies_scheme(setup->config->taxonomies, name.id,
                                          name.version);
    if (out->target == NULL) {
        return refuse(options->files[1], "is in no taxonomy that is loaded");
    }
    if (name.code.length == 0) {
        return true;
    }

    out->asked = egret_scheme_class(out->target, name.code);

    return out->asked != NULL
           || refuse(options->files[1], "is no code of that taxonomy");
}


static int
print_explanation(const egret_options_t *options, egret_setup_t *setup,
                  const egret_explanation_t *explanation)
{
    bool is_json =
        options->format != NULL && strcmp(options->format, "json") == 0;
    egret_buffer_t page;
    egret_span_t text;

    egret_buffer_init(&page, setup->arena, PAGE_MAXIMUM);
    if (is_json) {
        egret_explanation_json(explanation, &page);
    } else {
        egret_explanation_text(explanation, &page);
    }
    if (egret_buffer_rc(&page) != EGRET_OK) {
        fprintf(stderr, "egret: %s\n", egret_rc_text(egret_buffer_rc(&page)));
        return EGRET_EXIT_FAILED;
    }

    text = egret_buffer_span(&page);
    fwrite(text.at, 1, text.length, stdout);
    if (fflush(stdout) != 0 || ferror(stdout)) {
        fputs("egret: standard output cannot be written\n", stderr);
        return EGRET_EXIT_FAILED;
    }

    return EGRET_EXIT_ACCEPTED;
}


static int
explain(const egret_options_t *options, egret_setup_t *setup)
{
    egret_explanation_t explanation = { .asked = NULL };
    egret_rc_t rc;

    if (!read_label(options, setup, &explanation.label)
        || !find_target(options, setup, &explanation))
    {
        return EGRET_EXIT_FAILED;
    }

    rc = egret_translate(setup->config->taxonomies, &explanation.label,
                         explanation.target, setup->arena,
                         &explanation.translation);
    if (rc != EGRET_OK) {
        fprintf(stderr, "egret: %s\n", egret_rc_text(rc));
        return EGRET_EXIT_FAILED;
    }
    explanation.taxonomies = setup->config->taxonomies;

    return print_explanation(options, setup, &explanation);
}


int
egret_command_explain(int count, char **words)
{
    egret_options_t options;
    egret_setup_t setup;
    int code = EGRET_EXIT_FAILED;

    if (!egret_options_read(EGRET_COMMAND_EXPLAIN, count, words, &options)) {
        return EGRET_EXIT_FAILED;
    }

    if (egret_setup_open(&options, &setup)) {
        code = explain(&options, &setup);
    }
    egret_setup_close(&setup);

    return code;
}
