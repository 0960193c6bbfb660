/* SPDX-License-Identifier: Apache-2.0 */
/* transactions: the transactions of a message, by number and by the path that
 * SplmtryData/PlcAndNm names them with. */
#ifndef EGRET_MSG_TRANSACTIONS_H
#define EGRET_MSG_TRANSACTIONS_H

#include "msg/path.h"
#include "msg/tape.h"

/* The nodes that the path to a transaction passes at one of its steps. */
typedef struct {
    egret_node_t *nodes; /* in document order: one parent's stand together */
    size_t count;
    egret_span_t name;
} egret_transaction_level_t;

typedef struct {
    const egret_tape_t *tape;
    egret_node_t *nodes; /* the transactions, in document order */
    size_t count;
    egret_transaction_level_t levels[EGRET_PATH_STEPS];
    size_t level_count; /* 0: the definition has no transactions */
} egret_transactions_t;

/* `path` leads from Document to a transaction; NULL, absent or without a
 * Document: there are none. It is not kept. EGRET_ENOMEM, EGRET_ELIMIT. */
egret_rc_t egret_transactions_find(const egret_tape_t *tape,
                                   const egret_path_t *path,
                                   egret_arena_t *arena,
                                   egret_transactions_t *out) EGRET_MUST_USE;

/* Its index from 0. False when the node is no transaction. */
bool egret_transactions_index(const egret_transactions_t *transactions,
                              egret_node_t node, size_t *index);

typedef enum {
    EGRET_NAMED_NOTHING, /* not in the form below, no such place, or several
                            transactions that are not all */
    EGRET_NAMED_ONE,     /* one transaction, or something in it */
    EGRET_NAMED_ALL      /* the message, Document, or all transactions */
} egret_named_t;

/* What "/Document/FIToFICstmrCdtTrf/CdtTrfTxInf[2]" names: local names, each
 * with a position or without one (then all of that name). What follows the
 * transaction is inside it and not looked for. */
egret_named_t
egret_transactions_resolve(const egret_transactions_t *transactions,
                           egret_span_t path, size_t *index);

#endif
