/* SPDX-License-Identifier: Apache-2.0 */
/* flow: what the checks know of a message definition: where its group header,
 * its transactions, its amounts and its parties stand, and which message
 * answers it.
 *
 * The `checks` layer judges values that the schema accepted: one function and
 * one row a rule (check.h). Adding a definition means adding a row here.
 * Paths are written as text in the row and compiled once for each loaded
 * definition. */
#ifndef EGRET_CHECKS_FLOW_H
#define EGRET_CHECKS_FLOW_H

#include "config/config.h"
#include "msg/path.h"

/* The definition's facts, as text. NULL where it has no such thing. */
typedef struct {
    const char *id;           /* "pacs.008.001.08" */
    const char *message;      /* "FIToFICstmrCdtTrf", below Document */
    const char *group_header; /* "GrpHdr", below message */
    const char *message_id;   /* "GrpHdr/MsgId", below message */
    const char *transaction;  /* "CdtTrfTxInf", below message */
    const char *amount;       /* "IntrBkSttlmAmt", below transaction */
    const char *uetr;         /* "PmtId/UETR", below transaction */
    const char *end_to_end_id; /* "PmtId/EndToEndId" */
    const char *instruction_id; /* "PmtId/InstrId" */
    const char *transaction_id; /* "PmtId/TxId" */
    const char *status_definition; /* "pacs.002.001.10", or NULL: admi.002 */
} egret_flow_row_t;

typedef struct {
    const egret_flow_row_t *row;
    const egret_definition_t *definition;
    /* Relative to Document. */
    egret_path_t message, group_header, message_id, transaction;
    /* Relative to a transaction. */
    egret_path_t amount, uetr, end_to_end_id, instruction_id, transaction_id;
    const void *rules; /* the rules' own compiled paths */
} egret_flow_t;

/* A set of flows, one for each loaded definition that has a row. */
typedef struct {
    egret_flow_t *items;
    size_t count;
} egret_flows_t;

/* Compiles the rows for the definitions that are loaded. EGRET_ENOMEM,
 * EGRET_ELIMIT. */
egret_rc_t egret_flows_create(const egret_definitions_t *definitions,
                              egret_arena_t *arena, egret_flows_t *out)
    EGRET_MUST_USE;
/* NULL: a definition that Egret validates but has no business rules for. */
const egret_flow_t *egret_flows_find(const egret_flows_t *flows,
                                     const egret_definition_t *definition);

#endif
