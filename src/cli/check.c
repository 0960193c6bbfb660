/* SPDX-License-Identifier: Apache-2.0 */

#include <stdio.h>
#include <string.h>

#include "cli/command.h"
#include "cli/report.h"
#include "cli/setup.h"

#define REPORT_MAXIMUM (16u * 1024 * 1024)

typedef struct {
    size_t count[EGRET_REJECTED + 1]; /* by verdict */
    size_t unread;
} tally_t;


/* True when the report is on standard output. */
static bool
print_report(const egret_options_t *options, const char *file,
             const egret_verdict_t *verdict, egret_arena_t *arena)
{
    bool is_json =
        options->format != NULL && strcmp(options->format, "json") == 0;
    egret_rc_t rc = EGRET_OK;
    egret_buffer_t buffer;
    egret_span_t text;

    egret_buffer_init(&buffer, arena, REPORT_MAXIMUM);
    if (is_json) {
        rc = egret_report_json(egret_span_from(file), verdict, &buffer);
    } else {
        egret_report_text(egret_span_from(file), verdict, &buffer);
    }
    if (rc == EGRET_OK) {
        rc = egret_buffer_rc(&buffer);
    }
    if (rc != EGRET_OK) {
        fprintf(stderr, "egret: %s: %s\n", egret_report_name(file, arena),
                egret_rc_text(rc));
        return false;
    }

    text = egret_buffer_span(&buffer);
    if (text.length > 0) {
        fwrite(text.at, 1, text.length, stdout);
    }
    if (verdict->findings.more > 0) {
        fprintf(stderr, "egret: %s: and %zu more findings\n",
                egret_report_name(file, arena), verdict->findings.more);
    }

    return true;
}


static void
check_file(const egret_options_t *options, const egret_setup_t *setup,
           const char *file, tally_t *tally)
{
    egret_arena_t *arena = egret_setup_arena(setup);
    egret_message_t message;
    egret_verdict_t *verdict;

    if (arena == NULL) {
        fputs("egret: out of memory\n", stderr);
        tally->unread++;
        return;
    }

    if (egret_setup_judge(setup, file, arena, &message, &verdict)
        && print_report(options, file, verdict, arena))
    {
        tally->count[verdict->word]++;
    } else {
        tally->unread++;
    }

    egret_arena_destroy(arena);
}


static int
conclude(const tally_t *tally, size_t file_count)
{
    bool is_written = fflush(stdout) == 0 && !ferror(stdout);

    fprintf(stderr, "%zu message%s:", file_count, file_count == 1 ? "" : "s");
    for (int word = EGRET_ACCEPTED; word <= EGRET_REJECTED; word++) {
        fprintf(stderr, "%s %zu %s", word == EGRET_ACCEPTED ? "" : ",",
                tally->count[word],
                egret_verdict_text((egret_verdict_word_t) word));
    }
    if (tally->unread > 0) {
        fprintf(stderr, ", %zu not read", tally->unread);
    }
    fputc('\n', stderr);

    if (!is_written) {
        fputs("egret: standard output cannot be written\n", stderr);
    }
    if (!is_written || tally->unread > 0) {
        return EGRET_EXIT_FAILED;
    }

    return tally->count[EGRET_HELD] + tally->count[EGRET_REJECTED] > 0
               ? EGRET_EXIT_REFUSED
               : EGRET_EXIT_ACCEPTED;
}


int
egret_command_check(int count, char **words)
{
    tally_t tally = { { 0 }, 0 };
    egret_options_t options;
    egret_setup_t setup;
    int code = EGRET_EXIT_FAILED;

    if (!egret_options_read(EGRET_COMMAND_CHECK, count, words, &options)) {
        return EGRET_EXIT_FAILED;
    }

    if (egret_setup_open(&options, &setup)) {
        for (size_t i = 0; i < options.file_count; i++) {
            check_file(&options, &setup, options.files[i], &tally);
        }
        code = conclude(&tally, options.file_count);
    }
    egret_setup_close(&setup);

    return code;
}
