/* SPDX-License-Identifier: Apache-2.0 */

#include "cli/taxonomy_file.h"

#include <stdio.h>

#include "config/file.h"


static void
raise(int *code, int to)
{
    *code = *code > to ? *code : to;
}


void
egret_taxonomy_file_complain(egret_rc_t rc, egret_span_t fault, int *code)
{
    if (fault.length == 0) {
        fprintf(stderr, "egret: %s\n", egret_rc_text(rc));
        raise(code, EGRET_EXIT_FAILED);
        return;
    }

    printf("%.*s\n", EGRET_SPAN_ARGS(fault));
    raise(code, EGRET_EXIT_REFUSED);
}


bool
egret_taxonomy_file_add(egret_taxonomies_t *taxonomies, egret_arena_t *arena,
                        const char *path, egret_taxonomy_taker_t take,
                        int *code)
{
    egret_span_t text, fault = EGRET_SPAN("");
    egret_rc_t rc = egret_file_read(path, EGRET_FILE_ROWS_MAXIMUM, arena,
                                    &text);

    if (rc == EGRET_EIO) {
        fprintf(stderr, "egret: %s: %s\n", path,
                egret_file_reason(EGRET_FILE_ROWS_MAXIMUM, arena));
        raise(code, EGRET_EXIT_FAILED);
        return false;
    }
    if (rc == EGRET_OK) {
        rc = take(taxonomies, egret_span_from(path), text, &fault);
    }
    if (rc != EGRET_OK) {
        egret_taxonomy_file_complain(rc, fault, code);
    }

    return rc == EGRET_OK;
}
