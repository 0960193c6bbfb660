/* SPDX-License-Identifier: Apache-2.0 */
/* store: keeps evidence and claims keys before a message is sent.
 *
 * The `store` layer will hold duplicates, the ledger and the evidence in one
 * transaction. Until it does, egret_store_none keeps nothing and claims
 * everything, behind the same interface, so that the pipeline need not
 * change. */
#ifndef EGRET_STORE_STORE_H
#define EGRET_STORE_STORE_H

#include "err/findings.h"
#include "util/arena.h"

/* What one message wants kept. */
typedef struct {
    egret_span_t sender;     /* partner's name */
    egret_span_t message_id; /* the key: (sender, message_id) */
    egret_span_t bytes;      /* as received */
    egret_span_t output;     /* as forwarded */
    int64_t now;
} egret_store_record_t;

typedef struct {
    void *context;
    /* True when it keeps messages: a held one can then be released. */
    bool keeps;
    /* Claims and keeps; may add findings (H01, D01, D02). */
    egret_rc_t (*commit)(void *context, const egret_store_record_t *record,
                         egret_findings_t *findings);
} egret_store_t;

/* Keeps nothing, claims everything. */
const egret_store_t *egret_store_none(void);

#endif
