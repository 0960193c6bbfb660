/* SPDX-License-Identifier: Apache-2.0 */

#include "cli/sandboxes.h"

#include <stdio.h>
#include <time.h>

#define SECOND UINT64_C(1000000000) /* in nanoseconds */


static uint64_t
read_clock(void *context)
{
    struct timespec now = { 0, 0 };

    (void) context;
    (void) clock_gettime(CLOCK_MONOTONIC, &now);

    return (uint64_t) now.tv_sec * SECOND + (uint64_t) now.tv_nsec;
}


egret_rc_t
egret_sandboxes_open(const egret_config_t *config, egret_arena_t *arena,
                     egret_sandboxes_t *sandboxes)
{
    sandboxes->items = egret_arena_zeroed(arena, config->partner_count + 1,
                                          sizeof(*sandboxes->items));
    if (sandboxes->items == NULL) {
        return egret_arena_rc(arena);
    }
    sandboxes->count = config->partner_count;

    return EGRET_OK;
}


void
egret_sandboxes_close(egret_sandboxes_t *sandboxes)
{
    for (size_t i = 0; i < sandboxes->count; i++) {
        egret_sandbox_destroy(sandboxes->items[i]);
    }
    sandboxes->count = 0;
}


egret_sandbox_t *
egret_sandboxes_of(void *context, const egret_partner_t *partner)
{
    static const egret_rules_clock_t rules_clock = { read_clock, NULL };
    egret_sandboxes_t *sandboxes = context;
    egret_sandbox_t **sandbox = &sandboxes->items[partner->index];
    egret_rc_t rc;

    if (*sandbox != NULL) {
        return *sandbox;
    }

    rc = egret_sandbox_create(egret_allocator_default(), partner->rulebook,
                              &rules_clock, sandbox);
    if (rc != EGRET_OK) {
        fprintf(stderr, "egret: the rules of partner %.*s: %s\n",
                EGRET_SPAN_ARGS(partner->name), egret_rc_text(rc));
        return NULL;
    }

    return *sandbox;
}
