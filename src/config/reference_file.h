/* SPDX-License-Identifier: Apache-2.0 */
/* reference_file: one TSV file of the reference folder and how its rows are
 * taken. Internal to config: reference.c reads them, green_reference.c has
 * those of the green block. */
#ifndef EGRET_CONFIG_REFERENCE_FILE_H
#define EGRET_CONFIG_REFERENCE_FILE_H

#include "config/reference.h"

#define EGRET_REFERENCE_COLUMNS 7

typedef struct {
    const char *name;
    const char *columns[EGRET_REFERENCE_COLUMNS];
    size_t column_count;
    /* Takes one row. On an error `*what` is the rest of a sentence about the
     * first field. */
    egret_rc_t (*add)(egret_reference_t *reference, egret_arena_t *arena,
                      const egret_span_t *fields, const char **what);
    bool is_optional; /* a folder without it has no row of it */
} egret_reference_file_t;

/* Of the green block; ends at name == NULL. */
extern const egret_reference_file_t egret_reference_green_files[];

#endif
