/* SPDX-License-Identifier: Apache-2.0 */
/* options: what the words of the command line say.
 *
 * The `cli` layer is a program around the core: it may read files and the
 * clock and print. Exit codes: 0 every message is accepted or warned, 1 one is
 * held or rejected, 2 a file cannot be read or the command line is wrong. */
#ifndef EGRET_CLI_OPTIONS_H
#define EGRET_CLI_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

#define EGRET_EXIT_ACCEPTED 0
#define EGRET_EXIT_REFUSED 1
#define EGRET_EXIT_FAILED 2

typedef enum {
    EGRET_COMMAND_CHECK = 0x01,
    EGRET_COMMAND_ANSWER = 0x02,
    EGRET_COMMAND_TRANSLATE = 0x04,
    EGRET_COMMAND_EXPLAIN = 0x08,
    EGRET_COMMAND_BLOCK = 0x10,
    EGRET_COMMAND_TAXONOMY = 0x20,
    EGRET_COMMAND_CROSSWALK = 0x40,
    EGRET_COMMAND_WHATIF = 0x80,
    EGRET_COMMAND_GAP = 0x100
} egret_command_t;

/* NULL where an option was not given. */
typedef struct {
    egret_command_t command;
    const char *conf;
    const char *from;
    const char *to;
    const char *schemas;
    const char *reference;
    const char *profile;
    const char *now;
    const char *max_message;
    const char *format;
    const char *id;
    const char *accept;
    const char *taxonomies;
    const char *crosswalks;
    const char *on;
    const char *kind;
    const char *status;
    const char *facts;
    const char *project;
    const char *lang;
    const char *scheme;
    const char *effective;
    bool is_schema_only;
    bool is_strict;
    char **files; /* of egret explain: FROM and TO; of taxonomy and crosswalk
                   * the first says what to do */
    size_t file_count;
} egret_options_t;

/* Reads the words after the command; options and files may come in any order,
 * "--" ends the options, "-" is a file. The files' array is made of the words'
 * own. False, after one sentence on standard error, when they are wrong. */
bool egret_options_read(egret_command_t command, int count, char **words,
                        egret_options_t *out);

#endif
