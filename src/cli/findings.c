/* SPDX-License-Identifier: Apache-2.0 */

#include <stdio.h>
#include <string.h>

#include "cli/command.h"
#include "cli/options.h"
#include "err/catalogue.h"

#define PAGE_MAXIMUM (1024u * 1024)


static int
print_page(egret_arena_t *arena)
{
    egret_buffer_t buffer;
    egret_span_t page;

    egret_buffer_init(&buffer, arena, PAGE_MAXIMUM);
    egret_catalogue_write(&buffer);
    if (egret_buffer_rc(&buffer) != EGRET_OK) {
        fprintf(stderr, "egret findings: %s\n",
                egret_rc_text(egret_buffer_rc(&buffer)));
        return EGRET_EXIT_FAILED;
    }

    page = egret_buffer_span(&buffer);
    fwrite(page.at, 1, page.length, stdout);

    return fflush(stdout) == 0 ? EGRET_EXIT_ACCEPTED : EGRET_EXIT_FAILED;
}


int
egret_command_findings(int count, char **words)
{
    egret_arena_t *arena;
    int code;

    if (count != 1 || strcmp(words[0], "--markdown") != 0) {
        fputs("egret findings: write --markdown; see egret help findings\n",
              stderr);
        return EGRET_EXIT_FAILED;
    }

    arena = egret_arena_create(egret_allocator_default(), 0);
    if (arena == NULL) {
        fputs("egret findings: out of memory\n", stderr);
        return EGRET_EXIT_FAILED;
    }
    code = print_page(arena);
    egret_arena_destroy(arena);

    return code;
}
