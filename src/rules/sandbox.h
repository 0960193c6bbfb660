/* SPDX-License-Identifier: Apache-2.0 */
/* sandbox: one Lua state in which one rulebook runs.
 *
 * One a partner a worker (or thread): whoever owns the threads makes and keeps
 * them, the core has no hidden state. A sandbox belongs to one thread at a
 * time. Each message gets a fresh environment, so that nothing a rule does
 * reaches the next message; a failure of any kind leaves the sandbox usable.
 *
 * How it is closed: the interpreter only (its compiler is off, or no hook
 * would stop a loop); text chunks only; a list of allowed functions, of which
 * all that could run long or grow are our own and count their steps; no
 * coroutines, no FFI values, no metatable of ours to be had; a ceiling of
 * memory; a count of steps. */
#ifndef EGRET_RULES_SANDBOX_H
#define EGRET_RULES_SANDBOX_H

#include "rules/rulebook.h"

typedef struct egret_sandbox egret_sandbox_t;

/* A monotonic clock in nanoseconds. Only a last resort, at a hundred times what
 * the steps should take, for what steps cannot count (comparing or joining very
 * long strings again and again). */
typedef struct {
    uint64_t (*now)(void *context); /* NULL: no clock */
    void *context;
} egret_rules_clock_t;

/* The rulebook must outlive the sandbox. `clock` may be NULL. The sandbox's
 * own few bytes come from `allocator`, Lua's from Lua's own, both counted
 * against the limit. EGRET_ENOMEM; EGRET_ELIMIT when the rulebook's memory
 * limit is too small for an empty state; EGRET_EINVAL when the text no longer
 * compiles (it did in egret_rulebook_load). */
egret_rc_t egret_sandbox_create(const egret_allocator_t *allocator,
                                const egret_rulebook_t *rulebook,
                                const egret_rules_clock_t *clock,
                                egret_sandbox_t **out) EGRET_MUST_USE;
/* NULL is allowed. */
void egret_sandbox_destroy(egret_sandbox_t *sandbox);

/* Bytes of the Lua state now in use, garbage included. */
size_t egret_sandbox_memory(const egret_sandbox_t *sandbox);
/* Drops all garbage; for idle times, and for tests. */
void egret_sandbox_collect(egret_sandbox_t *sandbox);

const egret_rulebook_t *
egret_sandbox_rulebook(const egret_sandbox_t *sandbox);

#endif
