/* SPDX-License-Identifier: Apache-2.0 */
#include "rules/rules.h"

#include <lauxlib.h>
#include <string.h>

#include "msg/report.h"
#include "rules/rule_function.h"
#include "rules/run.h"
#include "rules/sandbox_state.h"
#include "rules/view.h"

egret_run_t *
egret_run_of(lua_State *L)
{
    egret_run_t *run = egret_state_of(L)->run;

    if (run == NULL) {
        (void) luaL_error(L, "there is no message yet");
    }

    return run;
}


void
egret_run_refuse(lua_State *L, egret_run_t *run)
{
    run->rc = egret_arena_rc(run->arena);
    (void) luaL_error(L, "the message's memory is used up");
}


egret_severity_t
egret_run_severity(const egret_run_t *run, egret_code_t code,
                   egret_severity_t proposed)
{
    const egret_rules_message_t *message = run->message;

    return message->severity == NULL
           ? proposed
           : message->severity(message->severity_context, code, proposed);
}


static int
call_function(lua_State *L)
{
    egret_rule_function_push(L);
    egret_view_push(L, EGRET_NODE_NONE);
    egret_state_invoke(L, 1, 0);

    return 0;
}


/* Loads the file into a fresh environment. */
static bool
open_environment(egret_state_t *state, egret_rules_direction_t direction,
                 bool is_exact)
{
    egret_run_t *run = state->run;
    bool is_open;

    /* The file speaks of all messages: it sees none. */
    state->run = NULL;
    run->has_green = false;
    is_open = egret_state_enter(state, egret_rule_function_open, &direction,
                                is_exact);
    state->run = run;

    return is_open;
}


static egret_rc_t
add_complaints(egret_run_t *run, egret_findings_t *findings)
{
    for (size_t i = 0; i < run->complaint_count; i++) {
        const egret_complaint_t *complaint = &run->complaints[i];
        egret_rc_t rc = egret_report_at(run->message->tape, complaint->node,
                                        complaint->attribute,
                                        &complaint->finding, findings);

        if (rc != EGRET_OK) {
            return rc;
        }
    }

    return EGRET_OK;
}


/* U02: names the file and the line. */
static egret_rc_t
add_failure(const egret_sandbox_t *sandbox, const egret_run_t *run,
            egret_findings_t *findings)
{
    const egret_state_t *state = &sandbox->state;
    egret_span_t name = egret_rulebook_name(sandbox->rulebook);
    egret_finding_t finding = {
        .code = EGRET_U02,
        .severity = egret_run_severity(run, EGRET_U02, EGRET_SEVERITY_HOLD),
        .fix = EGRET_SPAN("the message itself may be sound: the owner of the "
                          "rules has to mend them"),
    };

    finding.message =
        state->failure_line > 0
        ? egret_arena_print(run->arena, "%.*s:%d: %s", EGRET_SPAN_ARGS(name),
                            state->failure_line, state->failure_text)
        : egret_arena_print(run->arena, "%.*s: %s", EGRET_SPAN_ARGS(name),
                            state->failure_text);
    if (finding.message.at == NULL) {
        return egret_arena_rc(run->arena);
    }

    return egret_report_at(run->message->tape, run->transaction,
                           EGRET_SPAN(""), &finding, findings);
}


/* There is no emergency collection in LuaJIT: what ran out of memory may only
 * have left its garbage lying about. Once more, in a fresh environment. */
static bool
run_again(egret_state_t *state, egret_rules_direction_t direction)
{
    state->run->complaint_count = 0;
    egret_rule_function_close(state->L);
    egret_state_collect(state);

    return open_environment(state, direction, true)
           && egret_state_enter(state, call_function, NULL, true);
}


static bool
run_transaction(egret_state_t *state, egret_rules_direction_t direction)
{
    state->run->complaint_count = 0;
    if (egret_state_enter(state, call_function, NULL, false)) {
        return true;
    }

    return state->failure == EGRET_FAILURE_MEMORY
           && run_again(state, direction);
}


static egret_rc_t
run_message(egret_sandbox_t *sandbox, egret_rules_direction_t direction,
            egret_run_t *run, egret_findings_t *findings)
{
    const egret_transactions_t *transactions =
        &run->message->blocks->transactions;
    egret_state_t *state = &sandbox->state;
    egret_rc_t rc = EGRET_OK;
    bool has_passed;

    run->transaction = transactions->nodes[0];
    has_passed = open_environment(state, direction, false);
    if (!has_passed && state->failure == EGRET_FAILURE_MEMORY) {
        egret_state_collect(state);
        has_passed = open_environment(state, direction, true);
    }

    for (size_t i = 0; has_passed && i < transactions->count; i++) {
        run->index = i;
        run->transaction = transactions->nodes[i];
        has_passed = run_transaction(state, direction);
        if (run->rc != EGRET_OK) {
            return run->rc;
        }
        rc = add_complaints(run, findings);
        if (rc != EGRET_OK) {
            return rc;
        }
    }

    return has_passed ? EGRET_OK : add_failure(sandbox, run, findings);
}


egret_rc_t
egret_rules_run(egret_sandbox_t *sandbox, egret_rules_direction_t direction,
                const egret_rules_message_t *message, egret_arena_t *arena,
                egret_findings_t *findings)
{
    egret_state_t *state = &sandbox->state;
    egret_run_t run;
    egret_rc_t rc;

    if (message->blocks->transactions.count == 0
        || !egret_rulebook_has(sandbox->rulebook, direction))
    {
        return EGRET_OK;
    }

    memset(&run, 0, sizeof(run));
    run.message = message;
    run.arena = arena;
    run.findings = findings;
    egret_meter_open(&state->meter);

    state->run = &run;
    rc = run_message(sandbox, direction, &run, findings);
    state->run = NULL;

    egret_rule_function_close(state->L);
    egret_sandbox_rest(sandbox);

    return rc;
}
