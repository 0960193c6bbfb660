/* SPDX-License-Identifier: Apache-2.0 */

#include <stdio.h>

#include "cli/command.h"
#include "cli/report.h"
#include "cli/setup.h"

#define ID_TEXT 36


/* An id from the time, which is enough for an answer that nobody sends. */
static void
make_id(const egret_datetime_t *now, char out[ID_TEXT])
{
    (void) snprintf(out, ID_TEXT, "EGRET-%04u%02u%02u-%02u%02u%02u",
                    (unsigned) now->date.year % 10000, now->date.month,
                    now->date.day, now->hour, now->minute, now->second);
}


static egret_rc_t
write_answer(const egret_answer_request_t *request, egret_arena_t *arena,
             egret_answer_t *out)
{
    if (request->verdict->reply == EGRET_REPLY_FORWARD) {
        fputs("egret: the message goes to its counterpart, whose answer comes "
              "back; this receipt stands in for it\n",
              stderr);
        return egret_answer_receipt(request, arena, out);
    }

    return egret_answer_write(request, arena, out);
}


static int
print_answer(const egret_options_t *options, const egret_setup_t *setup,
             const egret_verdict_t *verdict, egret_arena_t *arena)
{
    egret_answer_request_t request = {
        .config = setup->config,
        .verdict = verdict,
        .now = setup->message.now,
        .wants_problem = options->accept != NULL,
    };
    egret_answer_t answer = { 0 };
    char id[ID_TEXT];
    egret_rc_t rc;

    make_id(&request.now, id);
    request.id = egret_span_from(options->id != NULL ? options->id : id);

    rc = write_answer(&request, arena, &answer);
    if (rc != EGRET_OK) {
        fprintf(stderr, "egret: %s: %s\n",
                egret_report_name(options->files[0], arena),
                egret_rc_text(rc));
        return EGRET_EXIT_FAILED;
    }

    if (answer.body.length > 0) {
        fwrite(answer.body.at, 1, answer.body.length, stdout);
    }
    if (fflush(stdout) != 0 || ferror(stdout)) {
        fputs("egret: standard output cannot be written\n", stderr);
        return EGRET_EXIT_FAILED;
    }
    fprintf(stderr, "egret: %s: HTTP %u, %.*s\n",
            egret_verdict_text(verdict->word), answer.status,
            EGRET_SPAN_ARGS(answer.content_type));

    return verdict->word == EGRET_HELD || verdict->word == EGRET_REJECTED
               ? EGRET_EXIT_REFUSED
               : EGRET_EXIT_ACCEPTED;
}


static int
answer_file(const egret_options_t *options, const egret_setup_t *setup)
{
    egret_arena_t *arena = egret_setup_arena(setup);
    int code = EGRET_EXIT_FAILED;
    egret_message_t message;
    egret_verdict_t *verdict;

    if (arena == NULL) {
        fputs("egret: out of memory\n", stderr);
        return code;
    }
    if (egret_setup_judge(setup, options->files[0], arena, &message, &verdict))
    {
        code = print_answer(options, setup, verdict, arena);
    }
    egret_arena_destroy(arena);

    return code;
}


int
egret_command_answer(int count, char **words)
{
    egret_options_t options;
    egret_setup_t setup;
    int code = EGRET_EXIT_FAILED;

    if (!egret_options_read(EGRET_COMMAND_ANSWER, count, words, &options)) {
        return EGRET_EXIT_FAILED;
    }

    if (egret_setup_open(&options, &setup)) {
        code = answer_file(&options, &setup);
    }
    egret_setup_close(&setup);

    return code;
}
