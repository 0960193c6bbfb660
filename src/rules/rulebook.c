/* SPDX-License-Identifier: Apache-2.0 */
#include "rules/rulebook.h"

#include "rules/chunk.h"
#include "rules/rule_function.h"

#define MEMORY ((size_t) 8 * 1024 * 1024)
#define STEPS 1000000
#define MESSAGE_STEPS 20000000

struct egret_rulebook {
    egret_span_t name;
    egret_span_t text;
    egret_rules_limits_t limits;
    bool has[2]; /* by direction */
};


egret_rules_limits_t
egret_rules_limits_default(void)
{
    return (egret_rules_limits_t){ MEMORY, STEPS, MESSAGE_STEPS };
}


static egret_rc_t
set_fault(egret_arena_t *arena, egret_span_t name, int line, const char *what,
          egret_rulebook_fault_t *fault, egret_rc_t rc)
{
    fault->text =
        line > 0
        ? egret_arena_print(arena, "%.*s:%d: %s", EGRET_SPAN_ARGS(name), line,
                            what)
        : egret_arena_print(arena, "%.*s: %s", EGRET_SPAN_ARGS(name), what);
    if (fault->text.at == NULL) {
        fault->text = EGRET_SPAN("");
        return egret_arena_rc(arena);
    }

    return rc;
}


static egret_rc_t
try_text(egret_rulebook_t *rulebook, egret_state_t *state)
{
    egret_rc_t rc = egret_chunk_compile(state, rulebook->text);

    if (rc != EGRET_OK) {
        return rc;
    }

    egret_meter_open(&state->meter);
    if (egret_state_enter(state, egret_rule_function_check, rulebook->has,
                          false))
    {
        return EGRET_OK;
    }

    return state->failure == EGRET_FAILURE_MEMORY ? EGRET_ELIMIT
                                                  : EGRET_ESYNTAX;
}


static egret_rc_t
check(egret_rulebook_t *rulebook, egret_arena_t *arena,
      egret_rulebook_fault_t *fault)
{
    egret_state_t state;
    egret_rc_t rc = egret_state_open(&state, &rulebook->limits, NULL);

    if (rc == EGRET_ELIMIT) {
        return set_fault(arena, rulebook->name, 0,
                         "the memory limit is too small for any rules", fault,
                         rc);
    }
    if (rc != EGRET_OK) {
        return rc;
    }

    rc = try_text(rulebook, &state);
    if (rc != EGRET_OK) {
        rc = set_fault(arena, rulebook->name, state.failure_line,
                       state.failure_text, fault, rc);
    }
    egret_state_close(&state);

    return rc;
}


egret_rc_t
egret_rulebook_load(egret_arena_t *arena, egret_span_t name, egret_span_t text,
                    const egret_rules_limits_t *limits,
                    egret_rulebook_t **out, egret_rulebook_fault_t *fault)
{
    egret_rulebook_t *rulebook;
    egret_rc_t rc;

    fault->text = EGRET_SPAN("");
    rulebook = egret_arena_zeroed(arena, 1, sizeof(*rulebook));
    if (rulebook == NULL) {
        return egret_arena_rc(arena);
    }
    if (text.length > EGRET_RULEBOOK_BYTES) {
        return set_fault(arena, name, 0, "the file is longer than 256 KB",
                         fault, EGRET_ELIMIT);
    }

    rulebook->limits = limits == NULL ? egret_rules_limits_default() : *limits;
    rulebook->name = egret_arena_copy(arena, name);
    rulebook->text = egret_arena_copy(arena, text);
    if (rulebook->name.at == NULL || rulebook->text.at == NULL) {
        return egret_arena_rc(arena);
    }

    rc = check(rulebook, arena, fault);
    if (rc == EGRET_OK) {
        *out = rulebook;
    }

    return rc;
}


bool
egret_rulebook_has(const egret_rulebook_t *rulebook,
                   egret_rules_direction_t direction)
{
    return rulebook->has[direction];
}


egret_span_t
egret_rulebook_name(const egret_rulebook_t *rulebook)
{
    return rulebook->name;
}


egret_span_t
egret_rulebook_text(const egret_rulebook_t *rulebook)
{
    return rulebook->text;
}


const egret_rules_limits_t *
egret_rulebook_limits(const egret_rulebook_t *rulebook)
{
    return &rulebook->limits;
}
