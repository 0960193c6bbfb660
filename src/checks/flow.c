/* SPDX-License-Identifier: Apache-2.0 */
#include "checks/flow.h"

static const egret_flow_row_t rows[] = {
    {
        .id = "pacs.008.001.08",
        .message = "FIToFICstmrCdtTrf",
        .group_header = "GrpHdr",
        .message_id = "GrpHdr/MsgId",
        .transaction = "CdtTrfTxInf",
        .amount = "IntrBkSttlmAmt",
        .uetr = "PmtId/UETR",
        .end_to_end_id = "PmtId/EndToEndId",
        .instruction_id = "PmtId/InstrId",
        .transaction_id = "PmtId/TxId",
        .status_definition = "pacs.002.001.10",
    },
    {
        .id = "pacs.009.001.08",
        .message = "FICdtTrf",
        .group_header = "GrpHdr",
        .message_id = "GrpHdr/MsgId",
        .transaction = "CdtTrfTxInf",
        .amount = "IntrBkSttlmAmt",
        .uetr = "PmtId/UETR",
        .end_to_end_id = "PmtId/EndToEndId",
        .instruction_id = "PmtId/InstrId",
        .transaction_id = "PmtId/TxId",
        .status_definition = "pacs.002.001.10",
    },
    {
        .id = "pacs.002.001.10",
        .message = "FIToFIPmtStsRpt",
        .group_header = "GrpHdr",
        .message_id = "GrpHdr/MsgId",
        .transaction = "TxInfAndSts",
        .uetr = "OrgnlUETR",
        .end_to_end_id = "OrgnlEndToEndId",
        .instruction_id = "OrgnlInstrId",
        .transaction_id = "OrgnlTxId",
    },
};

#define ROW_COUNT (sizeof(rows) / sizeof(rows[0]))

static void
never(egret_path_t *path)
{
    *path = (egret_path_t){ .is_absent = true };
}

/* An absent text, or one that the definition lacks, is a path without value. */
static egret_rc_t
compile_below(const egret_element_t *base, const char *text,
              egret_path_t *out)
{
    if (base == NULL || text == NULL) {
        never(out);
        return EGRET_OK;
    }

    return egret_path_compile(base, egret_span_from(text), out);
}

/* `below` is a path relative to the message element: prefixed, it becomes one
 * relative to Document. */
static egret_rc_t
compile_document(const egret_element_t *document, const egret_flow_row_t *row,
                 const char *below, egret_arena_t *arena, egret_path_t *out)
{
    egret_span_t text;

    if (below == NULL) {
        never(out);
        return EGRET_OK;
    }

    text = egret_arena_print(arena, "%s/%s", row->message, below);
    if (text.at == NULL) {
        return egret_arena_rc(arena);
    }

    return egret_path_compile(document, text, out);
}

static const egret_element_t *
last_step(const egret_path_t *path)
{
    return path->is_absent || path->step_count == 0
           ? NULL
           : path->steps[path->step_count - 1];
}

static egret_rc_t
compile_transaction(egret_flow_t *flow)
{
    const egret_flow_row_t *row = flow->row;
    const egret_element_t *base = last_step(&flow->transaction);
    const struct {
        const char *text;
        egret_path_t *path;
    } parts[] = {
        { row->amount, &flow->amount },
        { row->uetr, &flow->uetr },
        { row->end_to_end_id, &flow->end_to_end_id },
        { row->instruction_id, &flow->instruction_id },
        { row->transaction_id, &flow->transaction_id },
    };

    for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
        egret_rc_t rc = compile_below(base, parts[i].text, parts[i].path);

        if (rc != EGRET_OK) {
            return rc;
        }
    }

    return EGRET_OK;
}

static egret_rc_t
compile_flow(egret_flow_t *flow, egret_arena_t *arena)
{
    const egret_flow_row_t *row = flow->row;
    const egret_element_t *document =
        egret_definition_root(flow->definition, EGRET_SPAN("Document"));
    egret_rc_t rc;

    rc = compile_below(document, row->message, &flow->message);
    if (rc == EGRET_OK) {
        rc = compile_document(document, row, row->group_header, arena,
                              &flow->group_header);
    }
    if (rc == EGRET_OK) {
        rc = compile_document(document, row, row->message_id, arena,
                              &flow->message_id);
    }
    if (rc == EGRET_OK) {
        rc = compile_document(document, row, row->transaction, arena,
                              &flow->transaction);
    }
    if (rc == EGRET_OK) {
        rc = compile_transaction(flow);
    }

    return rc;
}

egret_rc_t
egret_flows_create(const egret_definitions_t *definitions,
                   egret_arena_t *arena, egret_flows_t *out)
{
    egret_flow_t *flows = egret_arena_zeroed(arena, ROW_COUNT, sizeof(*flows));

    out->count = 0;
    out->items = flows;
    if (flows == NULL) {
        return egret_arena_rc(arena);
    }

    for (size_t i = 0; i < ROW_COUNT; i++) {
        egret_flow_t *flow = &flows[out->count];
        egret_rc_t rc;

        flow->row = &rows[i];
        flow->definition = egret_definitions_find_id(
            definitions, egret_span_from(rows[i].id));
        if (flow->definition == NULL
            || egret_definition_root(flow->definition, EGRET_SPAN("Document"))
                   == NULL)
        {
            continue;
        }

        rc = compile_flow(flow, arena);
        if (rc != EGRET_OK) {
            return rc;
        }
        out->count++;
    }

    return EGRET_OK;
}

const egret_flow_t *
egret_flows_find(const egret_flows_t *flows,
                 const egret_definition_t *definition)
{
    for (size_t i = 0; i < flows->count; i++) {
        if (flows->items[i].definition == definition) {
            return &flows->items[i];
        }
    }

    return NULL;
}
