/* SPDX-License-Identifier: Apache-2.0 */
/* block: which green block speaks of a transaction.
 *
 * Internal to rules. A GrnFin stands in SplmtryData/Envlp of the transaction,
 * or of the message element: then PlcAndNm names what it speaks of
 * ("/Document/FIToFICstmrCdtTrf/CdtTrfTxInf[2]"), without it all
 * transactions. Its own block comes first, then the one that names it most
 * closely, then the one for all; more than one is X07, not for here. */
#ifndef EGRET_RULES_BLOCK_H
#define EGRET_RULES_BLOCK_H

#include "msg/tape.h"

#define EGRET_GREEN_NAMESPACE "urn:x-egret:grn:1"

typedef struct {
    egret_node_t target; /* what PlcAndNm names */
    egret_node_t block;
} egret_block_claim_t;

/* The message's blocks, by target. */
typedef struct {
    egret_block_claim_t *claims;
    size_t count;
} egret_blocks_t;

/* The element below Document, or EGRET_NODE_NONE. */
egret_node_t egret_message_element(const egret_tape_t *tape);
/* Finds the blocks below the message element. EGRET_ENOMEM, EGRET_ELIMIT. */
egret_rc_t egret_blocks_find(const egret_tape_t *tape, egret_arena_t *arena,
                             egret_blocks_t *out) EGRET_MUST_USE;
/* The GrnFin node that speaks of a transaction, or EGRET_NODE_NONE. */
egret_node_t egret_block_of(const egret_tape_t *tape,
                            const egret_blocks_t *blocks,
                            egret_node_t transaction);

#endif
