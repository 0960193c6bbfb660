/* SPDX-License-Identifier: Apache-2.0 */
/* pipeline: one message's way, in three calls: judge, commit, answer.
 *
 * The same in an nginx worker, in its thread, on the command line, in a fuzz
 * target and in a unit test. One message, one arena, one pass. No I/O, no
 * clock, no randomness: time and ids are passed in. */
#ifndef EGRET_PIPELINE_PIPELINE_H
#define EGRET_PIPELINE_PIPELINE_H

#include "answer/answer.h"
#include "rules/rules.h"
#include "store/store.h"

/* What a configuration compiles to. Read-only, shared by all threads. */
typedef struct {
    const egret_config_t *config;
    const egret_checks_t *checks;
    const egret_store_t *store;
} egret_pipeline_t;

/* Compiles the checks for a snapshot. EGRET_ENOMEM, EGRET_ELIMIT. */
egret_rc_t egret_pipeline_create(const egret_config_t *config,
                                 const egret_store_t *store,
                                 egret_arena_t *arena,
                                 egret_pipeline_t **out) EGRET_MUST_USE;

typedef struct {
    egret_span_t bytes;
    bool is_gzip; /* they are inflated first, up to the message's limit */
    const egret_partner_t *sender;   /* NULL: not known, not judged */
    const egret_partner_t *receiver; /* NULL: the one that To names */
    egret_span_t meant; /* the BIC of whom it is for, said beside it; "" for
                         * none. Receiver of a bare Document that names none;
                         * H03 when it contradicts To or is no partner's */
    const egret_profile_t *profile;  /* NULL: the sender's, else the default */
    bool has_registry; /* false: To and Fr are not held against the registry */
    bool is_strict;    /* what would be mended on the way (X06) is rejected */
    bool is_schema_only; /* no checks; AppHdr or Document may stand alone */
    bool takes_block; /* with is_schema_only: so may a GrnFin */
    egret_datetime_t now;
    /* The sandbox of a partner that has rules, for this thread; asked at most
     * twice a message. NULL, or a callback that gives NULL: the message of
     * such a partner is not judged (EGRET_ENOMEM), for a rule must not be
     * passed over in silence. */
    egret_sandbox_t *(*sandbox)(void *context, const egret_partner_t *partner);
    void *sandbox_context;
} egret_message_t;

/* Judges one message. Everything of the verdict is in `arena`. Pure. Returns
 * EGRET_OK for every message, also an empty or hostile one; EGRET_ENOMEM or
 * EGRET_ELIMIT when the arena refuses. */
egret_rc_t egret_judge(const egret_pipeline_t *pipeline,
                       const egret_message_t *message, egret_arena_t *arena,
                       egret_verdict_t **out) EGRET_MUST_USE;
/* Claims and keeps through the store, only for what is to be forwarded or
 * held; chooses the verdict again when the store found something. */
egret_rc_t egret_commit(const egret_pipeline_t *pipeline,
                        const egret_message_t *message,
                        egret_verdict_t *verdict) EGRET_MUST_USE;

#endif
