/* SPDX-License-Identifier: Apache-2.0 */
/* block: the green blocks (GrnFin, urn:x-egret:grn:1) of a message: where they
 * stand, of which transactions they speak, and what they say.
 *
 * A block stands in SplmtryData/Envlp and nowhere else. One in a transaction
 * speaks of that transaction. One at the message speaks of the transaction that
 * PlcAndNm names (/Document/FIToFICstmrCdtTrf/CdtTrfTxInf[1], or something in
 * it), else of all. A PlcAndNm without a slash is only a name and places
 * nothing. What is wrong with that is a fault: rule X07.
 *
 * Shape and meaning of every element: docs/reference/green-block.md. */
#ifndef EGRET_MSG_BLOCK_H
#define EGRET_MSG_BLOCK_H

#include "msg/transactions.h"
#include "util/date.h"
#include "util/decimal.h"

#define EGRET_BLOCK_NAMESPACES "urn:x-egret:grn:"
#define EGRET_BLOCK_NAMESPACE EGRET_BLOCK_NAMESPACES "1"
#define EGRET_BLOCK_VERSION "1.0"

typedef enum {
    EGRET_BLOCK_OF_ALL, /* of all transactions, or of a message without any */
    EGRET_BLOCK_OF_ONE, /* of one transaction */
    EGRET_BLOCK_OF_PART, /* of another part of the message, which has its own
                            SplmtryData */
    EGRET_BLOCK_OF_NOBODY /* PlcAndNm cannot be followed: a fault */
} egret_block_reach_t;

/* One GrnFin of a version that this Egret knows. */
typedef struct {
    egret_node_t block;         /* GrnFin */
    egret_node_t supplementary; /* its SplmtryData */
    egret_node_t place;         /* PlcAndNm, or EGRET_NODE_NONE */
    egret_node_t part;          /* what the SplmtryData stands in */
    egret_block_reach_t reach;
    size_t transaction; /* EGRET_BLOCK_OF_ONE: its index */
} egret_block_place_t;

typedef enum {
    EGRET_BLOCK_UNKNOWN_NAMESPACE, /* urn:x-egret:grn:2 */
    EGRET_BLOCK_UNKNOWN_VERSION,   /* @Vrsn */
    EGRET_BLOCK_UNKNOWN_ELEMENT,   /* neither GrnFin nor GrnXltn */
    EGRET_BLOCK_TRANSLATION,       /* a GrnXltn */
    EGRET_BLOCK_MISPLACED,         /* not in SplmtryData/Envlp of Document */
    EGRET_BLOCK_UNPLACED,   /* PlcAndNm names nothing, or not the transaction
                               that the block stands in */
    EGRET_BLOCK_SECOND      /* a transaction has one already */
} egret_block_fault_kind_t;

typedef struct {
    egret_block_fault_kind_t kind;
    egret_node_t node;
} egret_block_fault_t;

/* All of a message, in document order. */
typedef struct {
    egret_block_place_t *items;
    size_t count;
    egret_block_fault_t *faults;
    size_t fault_count;
    egret_transactions_t transactions;
    size_t *block_of; /* by transaction: index into items, or `count` */
} egret_blocks_t;

/* Finds them. `transaction` is the path from Document to its transactions, or
 * NULL where there are none; it is not kept. The message need not be valid: a
 * fault in its order never hides a block. Linear in the nodes. EGRET_ENOMEM,
 * EGRET_ELIMIT. */
egret_rc_t egret_blocks_find(const egret_tape_t *tape,
                             const egret_path_t *transaction,
                             egret_arena_t *arena, egret_blocks_t *out)
    EGRET_MUST_USE;
/* The block that speaks of a transaction, or NULL. */
const egret_block_place_t *egret_blocks_of(const egret_blocks_t *blocks,
                                           size_t transaction);

/* What a block says, for rules: values that the schema accepted. Of a block
 * with schema faults some may be missing: node EGRET_NODE_NONE, spans "". */

typedef struct {
    egret_node_t node; /* EGRET_NODE_NONE: absent, or no number */
    egret_decimal_t value;
    egret_span_t currency; /* @Ccy, "" for none */
} egret_block_number_t;

/* A list of values: nodes of siblings with one name. */
typedef struct {
    egret_node_t first; /* EGRET_NODE_NONE: empty */
    size_t count;
} egret_block_list_t;

typedef struct {
    egret_node_t node;
    egret_span_t scheme;
    egret_span_t version;
    egret_span_t code;
    egret_block_number_t share;
    egret_span_t status; /* ELIG … */
    egret_span_t source; /* DECL … */
    egret_node_t mapping; /* Map, or EGRET_NODE_NONE */
} egret_block_label_t;

/* A reference to a label, from 1; 0 when it is no number. It may dangle. */
typedef struct {
    egret_node_t node;
    uint32_t index;
} egret_block_reference_t;

typedef struct {
    egret_node_t node;
    egret_span_t jurisdiction;
    egret_block_number_t total_cost;
    egret_block_number_t financed_share;
    egret_block_number_t allocated;
    egret_block_number_t refinancing_share;
    egret_block_reference_t *labels;
    size_t label_count;
    egret_block_list_t industries;   /* Indstry, @Schm */
    egret_block_list_t sources;      /* EnrgySrc */
    egret_node_t nuclear;            /* its first NUCL, or EGRET_NODE_NONE */
    egret_node_t gas;                /* its first NGAS, likewise */
    egret_block_list_t technologies; /* Tchnlgy */
    egret_block_list_t criteria;     /* Crtrn */
    egret_node_t carbon_assessment;  /* CrbnAssmt, or EGRET_NODE_NONE */
} egret_block_project_t;

typedef struct {
    egret_node_t node; /* GrnFin */
    bool is_sound; /* its schema declares each node (but in Sgntr) and refuses
                      no value; elements may still be missing */
    egret_span_t id;
    egret_span_t status; /* DRFT FINL RVSD WDRN */
    egret_date_t as_of;
    bool has_as_of;
    egret_date_t decisive;
    bool has_decisive;
    egret_node_t decisive_node;
    egret_span_t decisive_kind;   /* APPR REGN FILD ISSD */
    egret_span_t instrument_type; /* GLON … */
    egret_node_t drawdown; /* AltId of type DRAW, or EGRET_NODE_NONE */
    egret_block_number_t amount;       /* Instr/TtlAmt */
    egret_block_number_t net_proceeds; /* Instr/NetPrcds */
    egret_node_t use_of_proceeds;      /* UoP, or EGRET_NODE_NONE */
    egret_block_number_t unallocated;  /* UoP/Unallctd */
    egret_block_label_t *labels;
    size_t label_count;
    egret_block_project_t *projects;
    size_t project_count;
    egret_block_list_t reviews;
    egret_block_list_t harm;       /* DNSH */
    egret_block_list_t safeguards; /* MinSfg */
    egret_block_list_t pool;       /* Instr/Pool */
    egret_block_list_t disclosures; /* Dscl */
} egret_block_t;

/* Whether a node is a GrnFin of the namespace that this Egret knows. */
bool egret_block_is(const egret_tape_t *tape, egret_node_t node);
/* Reads the block whose GrnFin is `node`. EGRET_ENOMEM, EGRET_ELIMIT. */
egret_rc_t egret_block_read(const egret_tape_t *tape, egret_node_t node,
                            egret_arena_t *arena, egret_block_t *out)
    EGRET_MUST_USE;

#endif
