/* SPDX-License-Identifier: Apache-2.0 */
/* self: what the gateway sees behind a client's certificate, for the partner
 * itself: who it is here, what it may send, and what it should soon mend. It
 * tells of nobody else. */
#ifndef EGRET_ANSWER_SELF_H
#define EGRET_ANSWER_SELF_H

#include "answer/answer.h"

/* From here on a certificate's end is warned of. */
#define EGRET_SELF_DAYS 30

typedef struct {
    const egret_config_t *config;
    const egret_partner_t *partner;
    const egret_certificate_t *certificate; /* one that matched the partner */
    int64_t now;                            /* seconds since 1970, UTC */
} egret_self_t;

/* 200, application/json: partner, gateway, parties, profile, definitions,
 * currencies, schemes, rules (version of Egret's own, ownSha256 of the
 * partner's file), receives, maxMessage, certificate (serial, spkiSha256,
 * dns, uri, lei, notAfter, daysLeft: whole days, none when expired) and
 * warnings, sentences; arrays may be empty, absent texts are left out.
 * EGRET_ENOMEM, EGRET_ELIMIT. */
egret_rc_t egret_self_write(const egret_self_t *self, egret_arena_t *arena,
                            egret_answer_t *out) EGRET_MUST_USE;

#endif
