/* SPDX-License-Identifier: Apache-2.0 */

#include "cli/setup.h"

#include <errno.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "cli/conf.h"
#include "cli/report.h"
#include "config/builder.h"
#include "config/file.h"

#ifndef EGRET_SHARE_DIR
#define EGRET_SHARE_DIR "/usr/share/egret"
#endif

/* A message's tape, findings and the parser's copy, with room to spare. */
#define ARENA_FACTOR 64u
#define ARENA_BASE (16u * 1024 * 1024)

typedef struct {
    const char *schemas;
    const char *reference;
    const char *profiles;
    const char *taxonomies; /* patterns of files */
    const char *crosswalks;
} folders_t;

#define TAXONOMIES "taxonomies/*.tsv"
#define CROSSWALKS "crosswalks/*.sssom.tsv"


__attribute__((format(printf, 1, 2))) static bool
refuse(const char *format, ...)
{
    va_list arguments;

    fputs("egret: ", stderr);
    va_start(arguments, format);
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    fputc('\n', stderr);

    return false;
}


static bool
refuse_rc(egret_rc_t rc, egret_span_t sentence)
{
    if (sentence.length == 0) {
        return refuse("%s", egret_rc_text(rc));
    }

    return refuse("%.*s", EGRET_SPAN_ARGS(sentence));
}


static const char *
join(egret_arena_t *arena, const char *folder, const char *name)
{
    return egret_arena_print(arena, "%s/%s", folder, name).at;
}


/* The project's own folders when the program runs from its build folder (or
 * one below it), else where `make install` puts them. */
static bool
find_folders(egret_arena_t *arena, folders_t *out)
{
    static const char *const above[] = { "..", "../.." };
    char path[PATH_MAX];
    ssize_t length = readlink("/proc/self/exe", path, sizeof(path) - 1);
    const char *share = EGRET_SHARE_DIR;

    out->schemas = join(arena, share, "schemas");
    out->reference = join(arena, share, "reference");
    out->profiles = join(arena, share, "profiles");
    out->taxonomies = join(arena, share, TAXONOMIES);
    out->crosswalks = join(arena, share, CROSSWALKS);
    if (length <= 0 || memchr(path, '/', (size_t) length) == NULL) {
        return out->profiles != NULL;
    }
    path[length] = '\0';
    *strrchr(path, '/') = '\0';

    for (size_t i = 0; i < sizeof(above) / sizeof(above[0]); i++) {
        const char *root = join(arena, path, above[i]);
        const char *reference =
            root == NULL ? NULL : join(arena, root, "conf/reference");

        if (reference != NULL && access(reference, F_OK) == 0) {
            out->schemas = join(arena, root, "schemas");
            out->reference = reference;
            out->profiles = join(arena, root, "conf/profiles");
            out->taxonomies = join(arena, root, "conf/" TAXONOMIES);
            out->crosswalks = join(arena, root, "conf/" CROSSWALKS);
            break;
        }
    }

    return out->schemas != NULL && out->profiles != NULL
           && out->taxonomies != NULL && out->crosswalks != NULL;
}


/* A directive that an option stands for. */
static bool
set_option(egret_config_builder_t *builder, const char *option,
           const char *directive, const char *value)
{
    egret_span_t words[] = { egret_span_from(directive),
                             egret_span_from(value) };
    egret_rc_t rc = egret_config_builder_set(builder, words, 2, false,
                                             egret_span_from(option), 1);

    if (rc == EGRET_OK) {
        return true;
    }

    return refuse_rc(rc, egret_config_builder_fault(builder));
}


/* Without --conf only what speaks of labels asks for taxonomies. */
static bool
set_taxonomies(const egret_options_t *options, const folders_t *folders,
               egret_config_builder_t *builder)
{
    if ((options->command != EGRET_COMMAND_EXPLAIN
         && options->command != EGRET_COMMAND_TAXONOMY
         && options->command != EGRET_COMMAND_CROSSWALK
         && options->command != EGRET_COMMAND_WHATIF
         && options->command != EGRET_COMMAND_GAP)
        || options->conf != NULL)
    {
        return true;
    }

    if (!set_option(builder, "--taxonomies", "egret_taxonomies",
                    options->taxonomies != NULL ? options->taxonomies
                                                : folders->taxonomies))
    {
        return false;
    }
    /* The rows that ship would name schemes that are not loaded then. */
    if (options->taxonomies != NULL && options->crosswalks == NULL) {
        return true;
    }

    return set_option(builder, "--crosswalks", "egret_crosswalks",
                      options->crosswalks != NULL ? options->crosswalks
                                                  : folders->crosswalks);
}


/* A profile that the program brings: what it is without --conf. */
static const char *
profile_path(const char *name, const folders_t *folders, egret_arena_t *arena)
{
    const char *path;

    if (strchr(name, '/') != NULL) {
        return NULL;
    }
    path = egret_arena_print(arena, "%s/%s.conf", folders->profiles, name).at;

    return path != NULL && access(path, F_OK) == 0 ? path : NULL;
}


static bool
read_conf(const egret_options_t *options, const folders_t *folders,
          egret_conf_t *conf)
{
    const char *path = options->conf;
    egret_rc_t rc;

    if (path == NULL && options->profile != NULL) {
        path = profile_path(options->profile, folders, conf->arena);
    }
    if (options->max_message != NULL
        && !set_option(conf->builder, "--max-message", "egret_max_message",
                       options->max_message))
    {
        return false;
    }
    if (!set_taxonomies(options, folders, conf->builder)) {
        return false;
    }
    if (path == NULL) {
        return true;
    }

    rc = egret_conf_read(conf, path);

    return rc == EGRET_OK || refuse_rc(rc, conf->fault);
}


static bool
finish(egret_config_builder_t *builder, bool has_conf, egret_config_t **out)
{
    egret_rc_t rc = egret_config_builder_finish(builder, out);
    const egret_span_t *warnings;
    size_t count = egret_config_builder_warnings(builder, &warnings);

    for (size_t i = 0; has_conf && rc == EGRET_OK && i < count; i++) {
        fprintf(stderr, "egret: warning: %.*s\n", EGRET_SPAN_ARGS(warnings[i]));
    }

    return rc == EGRET_OK
           || refuse_rc(rc, egret_config_builder_fault(builder));
}


static bool
load_config(const egret_options_t *options, egret_arena_t *arena,
            egret_config_t **out)
{
    const char *overridden[4] = { NULL };
    size_t count = 0;
    egret_conf_t conf = { .arena = arena, .overridden = overridden };
    folders_t folders;

    if (options->schemas != NULL) {
        overridden[count++] = "egret_schemas";
    }
    if (options->reference != NULL) {
        overridden[count++] = "egret_reference";
    }
    if (options->max_message != NULL) {
        overridden[count++] = "egret_max_message";
    }

    conf.folder = options->conf == NULL
                      ? ""
                      : egret_conf_folder(options->conf, arena);
    if (!find_folders(arena, &folders) || conf.folder == NULL) {
        return refuse_rc(EGRET_ENOMEM, EGRET_SPAN(""));
    }

    conf.builder = egret_config_builder_create(arena, conf.folder);
    if (conf.builder == NULL) {
        return refuse_rc(EGRET_ENOMEM, EGRET_SPAN(""));
    }
    egret_config_builder_defaults(
        conf.builder,
        options->schemas != NULL ? options->schemas : folders.schemas,
        options->reference != NULL ? options->reference : folders.reference);

    return read_conf(options, &folders, &conf)
           && finish(conf.builder, options->conf != NULL, out);
}


static bool
find_partner(const egret_config_t *config, const char *name,
             const egret_partner_t **out)
{
    if (name == NULL) {
        return true;
    }

    *out = egret_config_partner(config, egret_span_from(name));

    return *out != NULL
           || refuse("there is no partner \"%s\" in the configuration", name);
}


static bool
find_profile(const egret_config_t *config, const char *name,
             const egret_profile_t **out)
{
    if (name == NULL) {
        return true;
    }

    *out = egret_map_find(&config->profiles_by_name, egret_span_from(name));

    return *out != NULL || refuse("there is no profile \"%s\"", name);
}


static bool
read_now(const char *text, egret_datetime_t *out)
{
    struct timespec now;

    if (text != NULL) {
        return egret_datetime_read(egret_span_from(text), out) == EGRET_OK
               || refuse("--now is a date-time such as "
                         "2026-11-23T10:15:00+08:00, not \"%s\"",
                         text);
    }
    if (clock_gettime(CLOCK_REALTIME, &now) != 0) {
        return refuse("the clock cannot be read: %s", strerror(errno));
    }
    *out = egret_datetime_from_seconds((int64_t) now.tv_sec);

    return true;
}


static bool
open_pipeline(egret_setup_t *setup)
{
    egret_rc_t rc = egret_pipeline_create(setup->config, egret_store_none(),
                                          setup->arena, &setup->pipeline);

    if (rc == EGRET_OK) {
        rc = egret_sandboxes_open(setup->config, setup->arena,
                                  &setup->sandboxes);
    }
    setup->message.sandbox = egret_sandboxes_of;
    setup->message.sandbox_context = &setup->sandboxes;

    return rc == EGRET_OK || refuse_rc(rc, EGRET_SPAN(""));
}


bool
egret_setup_open(const egret_options_t *options, egret_setup_t *setup)
{
    memset(setup, 0, sizeof(*setup));
    egret_xml_start();

    setup->arena = egret_arena_create(egret_allocator_default(), 0);
    if (setup->arena == NULL) {
        return refuse_rc(EGRET_ENOMEM, EGRET_SPAN(""));
    }
    setup->message.has_registry = options->conf != NULL;
    setup->message.is_strict = options->is_strict;
    setup->message.is_schema_only = options->is_schema_only;

    return read_now(options->now, &setup->message.now)
           && load_config(options, setup->arena, &setup->config)
           && find_partner(setup->config, options->from,
                           &setup->message.sender)
           && find_partner(setup->config, options->to,
                           &setup->message.receiver)
           && find_profile(setup->config, options->profile,
                           &setup->message.profile)
           && open_pipeline(setup);
}


void
egret_setup_close(egret_setup_t *setup)
{
    egret_sandboxes_close(&setup->sandboxes);
    egret_config_destroy(setup->config);
    egret_arena_destroy(setup->arena);
    egret_xml_stop();
}


egret_arena_t *
egret_setup_arena(const egret_setup_t *setup)
{
    return egret_arena_create(egret_allocator_default(),
                              setup->config->max_message * ARENA_FACTOR
                                  + ARENA_BASE);
}


bool
egret_setup_judge(const egret_setup_t *setup, const char *file,
                  egret_arena_t *arena, egret_message_t *message,
                  egret_verdict_t **verdict)
{
    size_t maximum = setup->config->max_message + 1;
    egret_rc_t rc;

    *message = setup->message;
    rc = strcmp(file, "-") == 0
             ? egret_file_read_open(STDIN_FILENO, maximum, arena,
                                    &message->bytes)
             : egret_file_read_start(file, maximum, arena,
                                     &message->bytes);
    if (rc == EGRET_EIO) {
        int reason = errno;

        return refuse("%s: %s", egret_report_name(file, arena),
                      strerror(reason));
    }
    if (rc == EGRET_OK) {
        rc = egret_judge(setup->pipeline, message, arena, verdict);
    }
    if (rc == EGRET_OK) {
        rc = egret_commit(setup->pipeline, message, *verdict);
    }

    return rc == EGRET_OK || refuse("%s: %s", egret_report_name(file, arena),
                                      egret_rc_text(rc));
}
