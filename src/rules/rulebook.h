/* SPDX-License-Identifier: Apache-2.0 */
/* rulebook: a partner's Lua rules, read and tried at configuration time.
 *
 * The `rules` layer runs what a partner wrote about its own messages: a Lua
 * file that returns a table with functions `send` and `receive` (one or both),
 * each called once a transaction. Nothing of Lua leaves this folder. A rulebook
 * is the checked text; it holds no Lua state, is read-only and may be shared by
 * all threads. A sandbox (rules/sandbox.h) runs it. docs/rules.md is written
 * for the author of such a file. */
#ifndef EGRET_RULES_RULEBOOK_H
#define EGRET_RULES_RULEBOOK_H

#include "util/arena.h"

typedef struct egret_rulebook egret_rulebook_t;

typedef enum {
    EGRET_RULES_SEND,   /* the partner is the sender */
    EGRET_RULES_RECEIVE /* the partner is the receiver */
} egret_rules_direction_t;

/* What one Lua state may use. Steps are Lua instructions; a library function
 * counts as many as the work it does, and a large piece of memory one for each
 * 64 bytes. But for that last part they depend on the message and the rules
 * alone, so that a verdict can be had again. */
typedef struct {
    size_t memory;          /* bytes, all of the state's */
    uint64_t steps;         /* for the file itself, and for each transaction */
    uint64_t message_steps; /* for all transactions of one message */
} egret_rules_limits_t;

/* 8 MB, a million (about 10 ms), twenty million. */
egret_rules_limits_t egret_rules_limits_default(void);

/* A file longer than this is refused. */
#define EGRET_RULEBOOK_BYTES ((size_t) 256 * 1024)

/* One sentence, "FILE:LINE: what" or, where no line is to blame, "FILE: what".
 * In the arena. */
typedef struct {
    egret_span_t text;
} egret_rulebook_fault_t;

/* Compiles `text` and runs it once, in the environment that it will have, to
 * see what it returns. `name` is the file's name as sentences shall show it;
 * name and text are copied. `limits` may be NULL for the default.
 * EGRET_ESYNTAX: not Lua; bytecode; a literal of FFI (0LL, 1i); an error or no
 * end when run; it returns anything but a table with `send`, `receive` or both
 * as functions and nothing else. EGRET_ELIMIT: too long, or over the memory
 * limit. Both set `*fault`. EGRET_ENOMEM, and EGRET_ELIMIT of the arena (fault
 * text ""). */
egret_rc_t egret_rulebook_load(egret_arena_t *arena, egret_span_t name,
                               egret_span_t text,
                               const egret_rules_limits_t *limits,
                               egret_rulebook_t **out,
                               egret_rulebook_fault_t *fault) EGRET_MUST_USE;

/* Whether the file has a function for this direction. */
bool egret_rulebook_has(const egret_rulebook_t *rulebook,
                        egret_rules_direction_t direction);
egret_span_t egret_rulebook_name(const egret_rulebook_t *rulebook);
egret_span_t egret_rulebook_text(const egret_rulebook_t *rulebook);
const egret_rules_limits_t *
egret_rulebook_limits(const egret_rulebook_t *rulebook);

#endif
