/* SPDX-License-Identifier: Apache-2.0 */

#include <stdio.h>

#include "cli/command.h"
#include "cli/report.h"
#include "cli/setup.h"


static int
print_output(const egret_options_t *options, const egret_verdict_t *verdict,
             egret_arena_t *arena)
{
    bool is_forwarded = verdict->reply == EGRET_REPLY_FORWARD
                        && verdict->word <= EGRET_WARNED;

    egret_report_print(options->files[0], verdict, arena, stderr);
    fprintf(stderr, "egret: %s\n", egret_verdict_text(verdict->word));
    if (!is_forwarded) {
        return EGRET_EXIT_REFUSED;
    }

    fwrite(verdict->output.at, 1, verdict->output.length, stdout);
    if (fflush(stdout) != 0 || ferror(stdout)) {
        fputs("egret: standard output cannot be written\n", stderr);
        return EGRET_EXIT_FAILED;
    }

    return EGRET_EXIT_ACCEPTED;
}


int
egret_command_translate(int count, char **words)
{
    egret_options_t options;
    egret_setup_t setup;
    egret_arena_t *arena = NULL;
    egret_message_t message;
    egret_verdict_t *verdict;
    int code = EGRET_EXIT_FAILED;

    if (!egret_options_read(EGRET_COMMAND_TRANSLATE, count, words, &options)) {
        return EGRET_EXIT_FAILED;
    }

    if (egret_setup_open(&options, &setup)) {
        arena = egret_setup_arena(&setup);
        if (arena == NULL) {
            fputs("egret: out of memory\n", stderr);
        } else if (egret_setup_judge(&setup, options.files[0], arena, &message,
                                     &verdict))
        {
            code = print_output(&options, verdict, arena);
        }
    }
    egret_arena_destroy(arena);
    egret_setup_close(&setup);

    return code;
}
