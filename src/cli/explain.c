/* SPDX-License-Identifier: Apache-2.0 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "answer/explanation.h"
#include "cli/command.h"
#include "cli/report.h"
#include "cli/setup.h"

#define PAGE_MAXIMUM (16u * 1024 * 1024)

static egret_page_language_t
language_of(const egret_options_t *options)
{
    egret_page_language_t language = EGRET_PAGE_EN;

    if (options->lang != NULL) {
        (void) egret_page_language_read(egret_span_from(options->lang),
                                        &language);
    }

    return language;
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
        egret_explanation_text(explanation, language_of(options), &page);
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


static egret_span_t
word_of(const char *option)
{
    return egret_span_from(option != NULL ? option : "");
}


static int
explain(const egret_options_t *options, egret_setup_t *setup,
        const egret_question_facts_t *facts)
{
    egret_question_t question = {
        .from = egret_span_from(options->files[0]),
        .to = egret_span_from(options->files[1]),
        .on = word_of(options->on),
        .kind = word_of(options->kind),
        .status = word_of(options->status),
        .today = setup->message.now.date,
        .facts = facts,
    };
    egret_question_fault_t fault;
    egret_explanation_t explanation;
    egret_rc_t rc = egret_explanation_ask(setup->config->taxonomies, &question,
                                          setup->arena, &explanation, &fault);

    if (rc == EGRET_EINVAL) {
        fprintf(stderr,
                "egret explain: \"%.*s\" %s; see egret help explain\n",
                EGRET_SPAN_ARGS(fault.word), fault.why);
        return EGRET_EXIT_FAILED;
    }
    if (rc != EGRET_OK) {
        fprintf(stderr, "egret: %s\n", egret_rc_text(rc));
        return EGRET_EXIT_FAILED;
    }

    return print_explanation(options, setup, &explanation);
}


/* The facts lie in an arena of their own. */
static int
explain_by_facts(const egret_options_t *options, egret_setup_t *setup,
                 egret_arena_t *arena)
{
    egret_question_facts_t facts = {
        .config = setup->config,
        .name = egret_span_from(options->facts),
        .project = options->project == NULL
                       ? 0
                       : (uint32_t) strtoul(options->project, NULL, 10),
    };
    egret_message_t message;
    egret_verdict_t *verdict;

    setup->message.takes_block = true;
    if (!egret_setup_judge(setup, options->facts, arena, &message, &verdict)) {
        return EGRET_EXIT_FAILED;
    }
    if (verdict->word == EGRET_REJECTED) {
        egret_report_print(options->facts, verdict, arena, stderr);
        return EGRET_EXIT_REFUSED;
    }

    facts.verdict = verdict;

    return explain(options, setup, &facts);
}


static bool
has_language(const egret_options_t *options)
{
    egret_page_language_t language;

    if (options->lang == NULL
        || egret_page_language_read(egret_span_from(options->lang), &language))
    {
        return true;
    }

    fprintf(stderr, "egret explain: --lang is en, zh-Hans or zh-Hant, not "
                    "\"%s\"; see egret help explain\n", options->lang);

    return false;
}


int
egret_command_explain(int count, char **words)
{
    egret_options_t options;
    egret_setup_t setup;
    egret_arena_t *arena = NULL;
    int code = EGRET_EXIT_FAILED;

    if (!egret_options_read(EGRET_COMMAND_EXPLAIN, count, words, &options)
        || !has_language(&options))
    {
        return EGRET_EXIT_FAILED;
    }

    options.is_schema_only = options.facts != NULL;
    if (egret_setup_open(&options, &setup)) {
        arena = options.facts != NULL ? egret_setup_arena(&setup) : NULL;
        if (options.facts == NULL) {
            code = explain(&options, &setup, NULL);
        } else if (arena != NULL) {
            code = explain_by_facts(&options, &setup, arena);
        }
    }
    egret_arena_destroy(arena);
    egret_setup_close(&setup);

    return code;
}
