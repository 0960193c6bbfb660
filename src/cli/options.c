/* SPDX-License-Identifier: Apache-2.0 */

#include "cli/options.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define JUDGING \
    (EGRET_COMMAND_CHECK | EGRET_COMMAND_ANSWER | EGRET_COMMAND_TRANSLATE)
#define KNOWING \
    (EGRET_COMMAND_EXPLAIN | EGRET_COMMAND_TAXONOMY | EGRET_COMMAND_CROSSWALK \
     | EGRET_COMMAND_WHATIF | EGRET_COMMAND_GAP)
#define LOADING (JUDGING | KNOWING)
#define READING \
    (JUDGING | EGRET_COMMAND_BLOCK | EGRET_COMMAND_WHATIF | EGRET_COMMAND_GAP)
#define ALL (LOADING | READING)

typedef struct {
    const char *name;
    size_t offset; /* of its const char * in egret_options_t */
    unsigned commands;
} option_t;

static const option_t options[] = {
    { "conf", offsetof(egret_options_t, conf), LOADING },
    { "from", offsetof(egret_options_t, from), JUDGING },
    { "to", offsetof(egret_options_t, to), JUDGING | EGRET_COMMAND_GAP },
    { "schemas", offsetof(egret_options_t, schemas), ALL },
    { "reference", offsetof(egret_options_t, reference), ALL },
    { "profile", offsetof(egret_options_t, profile), JUDGING },
    { "now", offsetof(egret_options_t, now), JUDGING | EGRET_COMMAND_GAP },
    { "max-message", offsetof(egret_options_t, max_message), READING },
    { "format", offsetof(egret_options_t, format),
      EGRET_COMMAND_CHECK | EGRET_COMMAND_EXPLAIN | EGRET_COMMAND_GAP },
    { "id", offsetof(egret_options_t, id), EGRET_COMMAND_ANSWER },
    { "accept", offsetof(egret_options_t, accept), EGRET_COMMAND_ANSWER },
    { "taxonomies", offsetof(egret_options_t, taxonomies), KNOWING },
    { "crosswalks", offsetof(egret_options_t, crosswalks), KNOWING },
    { "scheme", offsetof(egret_options_t, scheme),
      EGRET_COMMAND_WHATIF | EGRET_COMMAND_GAP },
    { "effective", offsetof(egret_options_t, effective),
      EGRET_COMMAND_WHATIF },
    { "lang", offsetof(egret_options_t, lang),
      EGRET_COMMAND_TAXONOMY | EGRET_COMMAND_EXPLAIN },
    { "on", offsetof(egret_options_t, on),
      EGRET_COMMAND_EXPLAIN | EGRET_COMMAND_CROSSWALK },
    { "kind", offsetof(egret_options_t, kind), EGRET_COMMAND_EXPLAIN },
    { "status", offsetof(egret_options_t, status), EGRET_COMMAND_EXPLAIN },
    { "facts", offsetof(egret_options_t, facts), EGRET_COMMAND_EXPLAIN },
    { "project", offsetof(egret_options_t, project), EGRET_COMMAND_EXPLAIN },
};


static const char *
command_name(egret_command_t command)
{
    switch (command) {
    case EGRET_COMMAND_CHECK:
        return "check";
    case EGRET_COMMAND_ANSWER:
        return "answer";
    case EGRET_COMMAND_TRANSLATE:
        return "translate";
    case EGRET_COMMAND_EXPLAIN:
        return "explain";
    case EGRET_COMMAND_TAXONOMY:
        return "taxonomy";
    case EGRET_COMMAND_CROSSWALK:
        return "crosswalk";
    case EGRET_COMMAND_WHATIF:
        return "whatif";
    case EGRET_COMMAND_GAP:
        return "gap";
    case EGRET_COMMAND_BLOCK:
        break;
    }

    return "block";
}


__attribute__((format(printf, 2, 3))) static bool
refuse(egret_command_t command, const char *format, ...)
{
    va_list arguments;

    fprintf(stderr, "egret %s: ", command_name(command));
    va_start(arguments, format);
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    fprintf(stderr, "; see egret help %s\n", command_name(command));

    return false;
}


static const option_t *
find(egret_command_t command, const char *word, size_t length)
{
    for (size_t i = 0; i < sizeof(options) / sizeof(options[0]); i++) {
        if (strlen(options[i].name) == length
            && memcmp(options[i].name, word, length) == 0
            && (options[i].commands & command) != 0)
        {
            return &options[i];
        }
    }

    return NULL;
}


/* One --name VALUE or --name=VALUE; `*next` moves over the words it took. */
static bool
read_option(egret_options_t *out, int count, char **words, int *next)
{
    const char *word = words[*next] + 2;
    size_t length = strcspn(word, "=");
    const option_t *option = find(out->command, word, length);
    const char *value;
    const char **target;

    if (option == NULL) {
        return refuse(out->command, "unknown option \"%s\"", words[*next]);
    }

    target = (const char **) (void *) ((char *) out + option->offset);
    if (*target != NULL) {
        return refuse(out->command, "--%s stands twice", option->name);
    }

    if (word[length] == '=') {
        value = word + length + 1;
    } else if (*next + 1 < count) {
        value = words[++*next];
    } else {
        return refuse(out->command, "--%s lacks its value", option->name);
    }
    if (value[0] == '\0') {
        return refuse(out->command, "--%s has an empty value", option->name);
    }

    *target = value;
    (*next)++;

    return true;
}


static bool
check_values(const egret_options_t *out)
{
    if (out->format != NULL && strcmp(out->format, "text") != 0
        && strcmp(out->format, "json") != 0)
    {
        return refuse(out->command, "--format is text or json, not \"%s\"",
                      out->format);
    }
    if (out->accept != NULL && strcmp(out->accept, "problem") != 0) {
        return refuse(out->command, "--accept is problem, not \"%s\"",
                      out->accept);
    }
    if (out->project != NULL
        && (strlen(out->project) > 4
            || out->project[strspn(out->project, "0123456789")] != '\0'
            || strtoul(out->project, NULL, 10) == 0))
    {
        return refuse(out->command,
                      "--project is a number from 1 to 9999, not \"%s\"",
                      out->project);
    }
    if (out->id != NULL
        && (strlen(out->id) > 35
            || out->id[strspn(out->id, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                       "abcdefghijklmnopqrstuvwxyz"
                                       "0123456789-")] != '\0'))
    {
        return refuse(out->command,
                      "--id has 1 to 35 letters, digits and hyphens");
    }

    return true;
}


static bool
check_files(const egret_options_t *out)
{
    if (out->project != NULL && out->facts == NULL) {
        return refuse(out->command, "--project is of --facts FILE");
    }
    if (out->command == EGRET_COMMAND_EXPLAIN) {
        return out->file_count == 2
               || refuse(out->command, "write FROM and TO");
    }
    if (out->command == EGRET_COMMAND_TAXONOMY
        || out->command == EGRET_COMMAND_CROSSWALK)
    {
        return true;
    }
    if (out->file_count == 0) {
        return refuse(out->command, "which file?");
    }
    if ((out->command == EGRET_COMMAND_ANSWER
         || out->command == EGRET_COMMAND_TRANSLATE
         || out->command == EGRET_COMMAND_GAP)
        && out->file_count > 1)
    {
        return refuse(out->command, "one file at a time");
    }

    return true;
}


static bool
check_together(const egret_options_t *out)
{
    if (out->conf == NULL && (out->from != NULL || out->to != NULL)) {
        return refuse(out->command,
                      "--from and --to name partners of --conf FILE");
    }
    if (out->is_schema_only
        && (out->conf != NULL || out->profile != NULL))
    {
        return refuse(out->command,
                      "--schema-only judges by schemas alone, without --conf "
                      "and --profile");
    }
    if (out->command == EGRET_COMMAND_TRANSLATE
        && (out->conf == NULL || out->from == NULL || out->to == NULL))
    {
        return refuse(out->command, "write --conf, --from and --to");
    }
    if (out->conf != NULL
        && (out->taxonomies != NULL || out->crosswalks != NULL))
    {
        return refuse(out->command,
                      "--conf names its taxonomies and crosswalks itself");
    }

    return check_files(out);
}


bool
egret_options_read(egret_command_t command, int count, char **words,
                   egret_options_t *out)
{
    bool is_ended = false;
    int next = 0;

    memset(out, 0, sizeof(*out));
    out->command = command;
    out->files = words;

    while (next < count) {
        char *word = words[next];

        if (is_ended || word[0] != '-' || word[1] == '\0') {
            words[out->file_count++] = word;
            next++;
        } else if (strcmp(word, "--") == 0) {
            is_ended = true;
            next++;
        } else if (strcmp(word, "--schema-only") == 0
                   && command == EGRET_COMMAND_CHECK)
        {
            out->is_schema_only = true;
            next++;
        } else if (strcmp(word, "--strict") == 0
                   && command == EGRET_COMMAND_CHECK)
        {
            out->is_strict = true;
            next++;
        } else if (word[1] != '-') {
            return refuse(command, "unknown option \"%s\"", word);
        } else if (!read_option(out, count, words, &next)) {
            return false;
        }
    }

    return check_values(out) && check_together(out);
}
