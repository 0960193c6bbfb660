/* SPDX-License-Identifier: Apache-2.0 */
/* sandbox state: the insides of rules/sandbox.h.
 *
 * Internal to rules. */
#ifndef EGRET_RULES_SANDBOX_STATE_H
#define EGRET_RULES_SANDBOX_STATE_H

#include "rules/sandbox.h"
#include "rules/state.h"

struct egret_sandbox {
    egret_state_t state;
    egret_allocator_t allocator;
    const egret_rulebook_t *rulebook;
    size_t base; /* bytes of the empty state */
};

/* After a message: collects when its garbage is large. */
void egret_sandbox_rest(egret_sandbox_t *sandbox);

#endif
