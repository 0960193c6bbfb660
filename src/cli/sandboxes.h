/* SPDX-License-Identifier: Apache-2.0 */
/* sandboxes: one Lua sandbox for each partner with rules, made when a message
 * first needs it. */
#ifndef EGRET_CLI_SANDBOXES_H
#define EGRET_CLI_SANDBOXES_H

#include "config/config.h"
#include "rules/sandbox.h"

typedef struct {
    egret_sandbox_t **items; /* by partner->index; NULL where none is made */
    size_t count;
} egret_sandboxes_t;

/* Room for all partners, in the arena. EGRET_ENOMEM, EGRET_ELIMIT. */
egret_rc_t egret_sandboxes_open(const egret_config_t *config,
                                egret_arena_t *arena,
                                egret_sandboxes_t *sandboxes) EGRET_MUST_USE;
/* Before the configuration, whose rulebooks they run. One full of zeros is
 * allowed. */
void egret_sandboxes_close(egret_sandboxes_t *sandboxes);

/* egret_message_t.sandbox; `context` is the egret_sandboxes_t. NULL, after a
 * sentence on standard error, when it cannot be made. */
egret_sandbox_t *egret_sandboxes_of(void *context,
                                    const egret_partner_t *partner);

#endif
