/* SPDX-License-Identifier: Apache-2.0 */

#include <stdio.h>
#include <string.h>

#include "cli/command.h"
#include "cli/gap_text.h"
#include "cli/report.h"
#include "cli/setup.h"

#define PAGE_MAXIMUM (16u * 1024 * 1024)

static int
fail(const char *file, egret_rc_t rc, egret_arena_t *arena)
{
    fprintf(stderr, "egret: %s: %s\n", egret_report_name(file, arena),
            egret_rc_text(rc));

    return EGRET_EXIT_FAILED;
}


static int
print_gap(const egret_options_t *options, const egret_gap_t *gap,
          egret_arena_t *arena)
{
    bool is_json =
        options->format != NULL && strcmp(options->format, "json") == 0;
    egret_buffer_t page;
    egret_span_t text;

    egret_buffer_init(&page, arena, PAGE_MAXIMUM);
    if (is_json) {
        egret_gap_json(gap, &page);
    } else {
        egret_gap_text(gap, &page);
    }
    if (egret_buffer_rc(&page) != EGRET_OK) {
        return fail(options->files[0], egret_buffer_rc(&page), arena);
    }

    text = egret_buffer_span(&page);
    if (text.length > 0) {
        fwrite(text.at, 1, text.length, stdout);
    }
    if (fflush(stdout) != 0 || ferror(stdout)) {
        fputs("egret: standard output cannot be written\n", stderr);
        return EGRET_EXIT_FAILED;
    }

    return EGRET_EXIT_ACCEPTED;
}


static int
find_gap(const egret_options_t *options, const egret_setup_t *setup,
         egret_arena_t *arena)
{
    const char *file = options->files[0];
    egret_gap_request_t request = {
        .config = setup->config,
        .today = setup->message.now.date,
        .receiver = setup->message.receiver,
        .to = egret_span_from(options->to != NULL ? options->to : ""),
        .schemes = egret_span_from(options->scheme),
    };
    egret_question_fault_t fault;
    egret_message_t message;
    egret_verdict_t *verdict;
    egret_gap_t gap;
    egret_rc_t rc;

    if (!egret_setup_judge(setup, file, arena, &message, &verdict)) {
        return EGRET_EXIT_FAILED;
    }
    if (verdict->word == EGRET_REJECTED) {
        egret_report_print(file, verdict, arena, stderr);
        return EGRET_EXIT_REFUSED;
    }

    request.verdict = verdict;
    rc = egret_gap_find(&request, arena, &gap, &fault);
    if (rc == EGRET_EINVAL) {
        fprintf(stderr, "egret gap: \"%.*s\" %s; see egret help gap\n",
                EGRET_SPAN_ARGS(fault.word), fault.why);
        return EGRET_EXIT_FAILED;
    }
    if (rc != EGRET_OK) {
        return fail(file, rc, arena);
    }
    if (gap.blocks == NULL) {
        fprintf(stderr, "egret: %s: no green block\n",
                egret_report_name(file, arena));
    }

    return print_gap(options, &gap, arena);
}


int
egret_command_gap(int count, char **words)
{
    egret_options_t options;
    egret_setup_t setup;
    egret_arena_t *arena;
    int code = EGRET_EXIT_FAILED;

    if (!egret_options_read(EGRET_COMMAND_GAP, count, words, &options)) {
        return EGRET_EXIT_FAILED;
    }
    if (options.scheme == NULL) {
        fputs("egret gap: write --scheme SCHEME[,SCHEME]; see egret help "
              "gap\n", stderr);
        return EGRET_EXIT_FAILED;
    }

    options.is_schema_only = true;
    if (egret_setup_open(&options, &setup)) {
        setup.message.takes_block = true;
        arena = egret_setup_arena(&setup);
        code = arena == NULL ? EGRET_EXIT_FAILED
                             : find_gap(&options, &setup, arena);
        egret_arena_destroy(arena);
    }
    egret_setup_close(&setup);

    return code;
}
