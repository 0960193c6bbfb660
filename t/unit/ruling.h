/* SPDX-License-Identifier: Apache-2.0 */
/* ruling: a rules file run over a small message, for tests of rules. */
#ifndef EGRET_TEST_RULING_H
#define EGRET_TEST_RULING_H

#include "message.h"

#include "rules/rules.h"

typedef struct {
    egret_arena_t *arena;
    egret_tape_t tape;
    egret_blocks_t blocks;
    egret_rules_message_t message;
    egret_rulebook_t *rulebook;
    egret_sandbox_t *sandbox;
    egret_findings_t findings;
} egret_test_ruling_t;

/* A pacs.008 of two transactions of 100.50 CNY and 60000000 CNY with an AppHdr
 * beside it; no block. */
extern const char egret_test_plain_message[];
/* The same with a block in the second transaction: two projects, of which the
 * first has no carbon assessment. */
extern const char egret_test_green_message[];

/* Loads `file` as "tpb.lua" with limits small enough for a test and opens a
 * sandbox. */
void egret_test_ruling_open(egret_test_ruling_t *ruling, const char *file);
void egret_test_ruling_close(egret_test_ruling_t *ruling);
/* Reads the message and runs `receive` over it; findings start anew. */
void egret_test_ruling_run(egret_test_ruling_t *ruling, const char *message);

/* One file over one message: `body` is that of `receive`, on line 1. Gives the
 * texts of all findings, a line each: "U02 hold - XPATH: MESSAGE". In static
 * memory until the next call. */
const char *egret_test_rule(const char *body, const char *message);
/* What the findings of a ruling say, in the same form. */
const char *egret_test_ruling_text(const egret_test_ruling_t *ruling);

#endif
