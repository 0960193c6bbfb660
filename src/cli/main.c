/* SPDX-License-Identifier: Apache-2.0 */

#include <stdio.h>
#include <string.h>

#include "cli/command.h"
#include "cli/help.h"
#include "cli/options.h"
#include "util/version.h"

typedef struct {
    const char *name;
    int (*run)(int count, char **words);
} command_t;


static int
print(const char *text)
{
    fputs(text, stdout);

    return fflush(stdout) == 0 ? EGRET_EXIT_ACCEPTED : EGRET_EXIT_FAILED;
}


static int
show_help(int count, char **words)
{
    const char *text = egret_help_text(count > 0 ? words[0] : NULL);

    if (count > 1 || text == NULL) {
        fprintf(stderr, "egret help: no command \"%s\"; see egret help\n",
                words[count - 1]);
        return EGRET_EXIT_FAILED;
    }

    return print(text);
}


static int
show_version(int count, char **words)
{
    (void) count;
    (void) words;

    return print("egret " EGRET_VERSION "\n");
}


static const command_t commands[] = {
    { "check", egret_command_check },
    { "answer", egret_command_answer },
    { "translate", egret_command_translate },
    { "explain", egret_command_explain },
    { "taxonomy", egret_command_taxonomy },
    { "crosswalk", egret_command_crosswalk },
    { "whatif", egret_command_whatif },
    { "gap", egret_command_gap },
    { "block", egret_command_block },
    { "findings", egret_command_findings },
    { "help", show_help },
    { "--help", show_help },
    { "-h", show_help },
    { "--version", show_version },
};


/* `egret check --help` is `egret help check`. */
static int
run(const command_t *command, int count, char **words)
{
    bool asks_for_help = count > 0 && strcmp(words[0], "--help") == 0;

    if (asks_for_help && egret_help_text(command->name) != NULL) {
        return print(egret_help_text(command->name));
    }

    return command->run(count, words);
}


int
main(int argc, char **argv)
{
    if (argc < 2) {
        fputs(egret_help_text(NULL), stderr);
        return EGRET_EXIT_FAILED;
    }

    for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++) {
        if (strcmp(commands[i].name, argv[1]) == 0) {
            return run(&commands[i], argc - 2, argv + 2);
        }
    }

    fprintf(stderr, "egret: no command \"%s\"; see egret help\n", argv[1]);

    return EGRET_EXIT_FAILED;
}
