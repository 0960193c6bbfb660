/* SPDX-License-Identifier: Apache-2.0 */
/* file: reads a file at configuration time (or for the command line) into an
 * arena. Nothing that handles a message calls this. */
#ifndef EGRET_CONFIG_FILE_H
#define EGRET_CONFIG_FILE_H

#include "util/arena.h"

#define EGRET_FILE_MAXIMUM (16u * 1024 * 1024) /* of a configuration file */

/* Reads at most `maximum` bytes; who must know whether there are more asks for
 * one more than he takes. EGRET_EIO: it cannot be read or is a folder; `errno`
 * then says why. EGRET_ENOMEM, EGRET_ELIMIT. A zero stands after the bytes. */
egret_rc_t egret_file_read(const char *path, size_t maximum,
                           egret_arena_t *arena, egret_span_t *out)
    EGRET_MUST_USE;
/* The same from an open descriptor, which stays open. */
egret_rc_t egret_file_read_open(int descriptor, size_t maximum,
                                egret_arena_t *arena, egret_span_t *out)
    EGRET_MUST_USE;

/* `path` itself when it is absolute or `folder` is empty, else "folder/path".
 * Zero-terminated, in the arena; NULL when it refuses. */
const char *egret_file_path(const char *folder, egret_span_t path,
                            egret_arena_t *arena);

#endif
