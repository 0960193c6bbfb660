/* SPDX-License-Identifier: Apache-2.0 */

#include <stdio.h>
#include <string.h>

#include "cli/command.h"
#include "cli/explanation_text.h"
#include "cli/setup.h"

#define PAGE_MAXIMUM (16u * 1024 * 1024)

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


static egret_span_t
word_of(const char *option)
{
    return egret_span_from(option != NULL ? option : "");
}


static int
explain(const egret_options_t *options, egret_setup_t *setup)
{
    egret_question_t question = {
        .from = egret_span_from(options->files[0]),
        .to = egret_span_from(options->files[1]),
        .on = word_of(options->on),
        .kind = word_of(options->kind),
        .status = word_of(options->status),
        .today = setup->message.now.date,
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
