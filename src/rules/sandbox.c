/* SPDX-License-Identifier: Apache-2.0 */
#include "rules/sandbox.h"

#include "rules/chunk.h"
#include "rules/rule_function.h"
#include "rules/sandbox_state.h"

/* Above so many times its base a resting state is collected: one that ran a
 * large message would keep its memory. */
#define REST_TIMES 8

static egret_rc_t
open_sandbox(egret_sandbox_t *sandbox, const egret_rules_clock_t *clock)
{
    const egret_rulebook_t *rulebook = sandbox->rulebook;
    egret_state_t *state = &sandbox->state;
    egret_rc_t rc;

    rc = egret_state_open(state, egret_rulebook_limits(rulebook), clock);
    if (rc != EGRET_OK) {
        return rc;
    }

    rc = egret_chunk_compile(state, egret_rulebook_text(rulebook));
    if (rc != EGRET_OK) {
        egret_state_close(state);
        return rc == EGRET_ESYNTAX ? EGRET_EINVAL : rc;
    }
    egret_sandbox_collect(sandbox);
    sandbox->base = state->meter.used;

    return EGRET_OK;
}


egret_rc_t
egret_sandbox_create(const egret_allocator_t *allocator,
                     const egret_rulebook_t *rulebook,
                     const egret_rules_clock_t *clock, egret_sandbox_t **out)
{
    egret_sandbox_t *sandbox =
        allocator->allocate(allocator->context, sizeof(*sandbox));
    egret_rc_t rc;

    if (sandbox == NULL) {
        return EGRET_ENOMEM;
    }
    sandbox->allocator = *allocator;
    sandbox->rulebook = rulebook;
    sandbox->base = 0;

    rc = open_sandbox(sandbox, clock);
    if (rc != EGRET_OK) {
        allocator->release(allocator->context, sandbox);
        return rc;
    }
    *out = sandbox;

    return EGRET_OK;
}


void
egret_sandbox_destroy(egret_sandbox_t *sandbox)
{
    if (sandbox == NULL) {
        return;
    }

    egret_state_close(&sandbox->state);
    sandbox->allocator.release(sandbox->allocator.context, sandbox);
}


size_t
egret_sandbox_memory(const egret_sandbox_t *sandbox)
{
    return sandbox->state.meter.used;
}


void
egret_sandbox_collect(egret_sandbox_t *sandbox)
{
    egret_state_collect(&sandbox->state);
}


void
egret_sandbox_rest(egret_sandbox_t *sandbox)
{
    if (sandbox->state.meter.used / REST_TIMES > sandbox->base) {
        egret_sandbox_collect(sandbox);
    }
}


const egret_rulebook_t *
egret_sandbox_rulebook(const egret_sandbox_t *sandbox)
{
    return sandbox->rulebook;
}
