/* SPDX-License-Identifier: Apache-2.0 */
#include "pipeline/partner_rules.h"

static egret_severity_t
severity_of(void *context, egret_code_t code, egret_severity_t proposed)
{
    const egret_check_t *check = context;

    return egret_check_severity(check, code, proposed);
}

/* The receiver says how much its own rules weigh, not those of the sender. */
static egret_severity_t
severity_of_sent(void *context, egret_code_t code,
                 egret_severity_t proposed)
{
    egret_severity_t severity = severity_of(context, code, proposed);

    return severity > proposed ? severity : proposed;
}

static egret_rc_t
run_for(const egret_message_t *message, const egret_check_t *check,
        const egret_partner_t *partner, egret_rules_direction_t direction)
{
    egret_rules_message_t rules = {
        .tape = check->tape,
        .blocks = check->blocks,
        .severity =
            direction == EGRET_RULES_SEND ? severity_of_sent : severity_of,
        .severity_context = (void *) (uintptr_t) check,
    };
    egret_sandbox_t *sandbox;

    if (partner == NULL || partner->rulebook == NULL
        || !egret_rulebook_has(partner->rulebook, direction))
    {
        return EGRET_OK;
    }

    sandbox = message->sandbox == NULL
              ? NULL
              : message->sandbox(message->sandbox_context, partner);
    if (sandbox == NULL) {
        return EGRET_ENOMEM;
    }

    if (check->flow != NULL) {
        rules.definition = check->flow->definition->id;
    }
    if (check->sender != NULL) {
        rules.sender = check->sender->name;
    }
    if (check->receiver != NULL) {
        rules.receiver = check->receiver->name;
    }

    return egret_rules_run(sandbox, direction, &rules, check->arena,
                           check->findings);
}

egret_rc_t
egret_partner_rules_run(const egret_message_t *message,
                        const egret_check_t *check)
{
    egret_rc_t rc = run_for(message, check, check->sender, EGRET_RULES_SEND);

    return rc == EGRET_OK
           ? run_for(message, check, check->receiver, EGRET_RULES_RECEIVE)
           : rc;
}
