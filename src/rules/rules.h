/* SPDX-License-Identifier: Apache-2.0 */
/* rules: a partner's rulebook run over one message.
 *
 * A rule reports with m:reject{}, m:hold{}, m:warn{}: each becomes a U01 with
 * the rule's own code. A rule that fails, loops or eats memory becomes a U02,
 * a hold that names the file and the line, at the transaction; what was
 * reported before stands, and the message's other transactions are left alone.
 * No rule can lift what Egret found: it only adds findings. */
#ifndef EGRET_RULES_RULES_H
#define EGRET_RULES_RULES_H

#include "err/findings.h"
#include "msg/block.h"
#include "rules/sandbox.h"

/* One message, as its rules see it. */
typedef struct {
    const egret_tape_t *tape;
    egret_span_t definition; /* "pacs.008.001.08" */
    egret_span_t sender;     /* partners' names, "" when not known */
    egret_span_t receiver;
    /* Its transactions, and which block speaks of which (egret_blocks_find). */
    const egret_blocks_t *blocks;
    /* The severity that a code has between these partners, given the one that
     * the rule asks for (U01) or a hold (U02). NULL: as proposed. */
    egret_severity_t (*severity)(void *context, egret_code_t code,
                                 egret_severity_t proposed);
    void *severity_context;
} egret_rules_message_t;

/* Reports of one transaction; one more is a failure of the rule. */
#define EGRET_RULES_REPORTS 100

/* Runs the rulebook's function for `direction` over each transaction; nothing
 * to do when it has none. Texts of findings are copied into `arena`, which must
 * live as long as the findings. EGRET_OK also when a rule fails; EGRET_ENOMEM
 * and EGRET_ELIMIT when the arena refuses. */
egret_rc_t egret_rules_run(egret_sandbox_t *sandbox,
                           egret_rules_direction_t direction,
                           const egret_rules_message_t *message,
                           egret_arena_t *arena, egret_findings_t *findings)
    EGRET_MUST_USE;

#endif
