/* SPDX-License-Identifier: Apache-2.0 */
/* run: one message under judgement, as the functions that Lua calls see it.
 *
 * Internal to rules. */
#ifndef EGRET_RULES_RUN_H
#define EGRET_RULES_RUN_H

#include "rules/rules.h"
#include "rules/state.h"

/* What a rule reported, until its call is over. */
typedef struct {
    egret_finding_t finding;
    egret_node_t node;
    egret_span_t attribute;
} egret_complaint_t;

struct egret_run {
    const egret_rules_message_t *message;
    egret_arena_t *arena;
    const egret_findings_t *findings;
    size_t index; /* of the transaction */
    egret_node_t transaction;
    egret_rc_t rc; /* of the arena; stays once it is not EGRET_OK */
    bool has_green; /* EGRET_SLOT_GREEN is the view of `green` */
    egret_node_t green;
    egret_complaint_t *complaints; /* EGRET_RULES_REPORTS of them */
    size_t complaint_count;
};

/* The run that this call belongs to; raises an error outside of one (a file
 * that asks for a message while it is loaded). */
egret_run_t *egret_run_of(lua_State *L);
/* The severity that a finding gets. */
egret_severity_t egret_run_severity(const egret_run_t *run, egret_code_t code,
                                    egret_severity_t proposed);
/* Notes that the arena refused, and raises an error. */
void egret_run_refuse(lua_State *L, egret_run_t *run);

#endif
