/* SPDX-License-Identifier: Apache-2.0 */
/* conf: the operator's nginx.conf, for what is Egret's in it.
 *
 * Reads the file with nginx's grammar, follows include (with glob patterns,
 * relative to the folder of the file given, as nginx does) and hands the
 * directives that stand in http { }, or at the top of a file that is itself a
 * part of one, to the builder. All else is skipped. */
#ifndef EGRET_CLI_CONF_H
#define EGRET_CLI_CONF_H

#include "config/builder.h"

typedef struct {
    egret_config_builder_t *builder;
    egret_arena_t *arena;
    const char *folder; /* of the file given, "" for the current one */
    /* Directives that the command line overrides; ends with NULL. */
    const char *const *overridden;
    size_t file_count;  /* read so far; starts at 0 */
    egret_span_t fault; /* "FILE:LINE: sentence", after an error */
} egret_conf_t;

/* The folder part of a path, "." for none; in the arena, NULL when it
 * refuses. */
const char *egret_conf_folder(const char *path, egret_arena_t *arena);

/* EGRET_EIO: it or an included file cannot be read; EGRET_ESYNTAX; what the
 * builder says; EGRET_ENOMEM, EGRET_ELIMIT. */
egret_rc_t egret_conf_read(egret_conf_t *conf, const char *path) EGRET_MUST_USE;

#endif
