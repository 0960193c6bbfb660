/* SPDX-License-Identifier: Apache-2.0 */
/* file: reads a file at configuration time (or for the command line) into an
 * arena. Nothing that handles a message calls this. */
#ifndef EGRET_CONFIG_FILE_H
#define EGRET_CONFIG_FILE_H

#include "util/arena.h"

/* Bytes of a configuration file; of one with taxonomies or crosswalks, of which
 * 33 MB are 100,000 rows as long as those that ship. */
#define EGRET_FILE_MAXIMUM ((size_t) 16 * 1024 * 1024)
#define EGRET_FILE_ROWS_MAXIMUM ((size_t) 64 * 1024 * 1024)

/* Reads the whole file, never a part: what a cut would leave out might be a row
 * that withdraws another. EGRET_EIO: it cannot be read, is a folder, or is
 * larger than `maximum` bytes; `egret_file_reason` then says why. EGRET_ENOMEM,
 * EGRET_ELIMIT. A zero stands after the bytes. */
egret_rc_t egret_file_read(const char *path, size_t maximum,
                           egret_arena_t *arena, egret_span_t *out)
    EGRET_MUST_USE;
/* What `errno` means after EGRET_EIO of egret_file_read with this `maximum`. */
const char *egret_file_reason(size_t maximum, egret_arena_t *arena);

/* For messages, whose size is judged later: no more than the first `maximum`
 * bytes, so ask for one more than is allowed. Errors as above. */
egret_rc_t egret_file_read_start(const char *path, size_t maximum,
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
