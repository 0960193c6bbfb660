/* SPDX-License-Identifier: Apache-2.0 */
/* check: the business rules, one function and one row each.
 *
 * Who may soften what (rules.md): locked rules keep their severity; for all
 * others the receiving partner's block sets it, the sender's block may only
 * tighten. Rules judge values that the schema accepted; a part that failed its
 * schema is left alone where the value is not there. */
#ifndef EGRET_CHECKS_CHECK_H
#define EGRET_CHECKS_CHECK_H

#include "checks/flow.h"
#include "err/findings.h"
#include "msg/block.h"
#include "util/date.h"

typedef struct egret_checks egret_checks_t; /* compiled at configuration time */

/* A node that is looked at for what its declaration is. */
typedef struct {
    egret_node_t node;
    uint8_t roles; /* EGRET_ROLE_… of rules.h */
} egret_check_mark_t;

/* One message under judgement. */
typedef struct {
    const egret_checks_t *checks;
    const egret_config_t *config;
    const egret_tape_t *tape;
    const egret_flow_t *flow;        /* NULL: no row for its definition */
    const egret_profile_t *profile;
    const egret_partner_t *sender;   /* NULL: not known (command line) */
    const egret_partner_t *receiver; /* NULL: To names nobody, or not known */
    egret_span_t meant; /* a BIC said beside the message; "" for none */
    /* The registry speaks: To must be a known route and Fr the sender's. False
     * on the command line without --conf. */
    bool has_registry;
    bool is_strict; /* what the gateway would mend is rejected */
    /* The message's ends: AppHdr's Fr and To, or of a bare Document GrpHdr's
     * InstgAgt and InstdAgt (else the same in every transaction); nodes of a
     * FinInstnId, or EGRET_NODE_NONE. */
    egret_node_t from;
    egret_node_t to;
    /* In document order, of AppHdr and Document; egret_checks_run fills them
     * in. */
    const egret_check_mark_t *marks;
    uint32_t mark_count;
    /* The green blocks: where they stand, and by the same index what each
     * says. NULL: not looked for. */
    const egret_blocks_t *blocks;
    const egret_block_t *block_items;
    egret_datetime_t now;
    egret_arena_t *arena;
    egret_findings_t *findings;
} egret_check_t;

/* Compiles flows and each rule's paths. EGRET_ENOMEM, EGRET_ELIMIT. */
egret_rc_t egret_checks_create(const egret_config_t *config,
                               egret_arena_t *arena, egret_checks_t **out)
    EGRET_MUST_USE;
const egret_flows_t *egret_checks_flows(const egret_checks_t *checks);

/* Sets check->from and check->to by the tape, and check->receiver by the
 * registry when it is NULL. */
void egret_check_find_ends(egret_check_t *check);

/* Sets check->blocks and check->block_items. EGRET_ENOMEM, EGRET_ELIMIT. */
egret_rc_t egret_check_find_blocks(egret_check_t *check) EGRET_MUST_USE;

/* Runs every rule over one message. EGRET_ENOMEM, EGRET_ELIMIT. */
egret_rc_t egret_checks_run(egret_check_t *check) EGRET_MUST_USE;

/* For rules: adds a finding at a node with the severity that the two blocks
 * and the lock give. `finding` has code, case and texts. */
egret_rc_t egret_check_report(const egret_check_t *check, egret_node_t node,
                              egret_span_t attribute, egret_finding_t *finding)
    EGRET_MUST_USE;
/* The severity that a code has between these two partners. */
egret_severity_t egret_check_severity(const egret_check_t *check,
                                      egret_code_t code,
                                      egret_severity_t proposed);

#endif
