/* SPDX-License-Identifier: Apache-2.0 */
/* Fuzzes a partner's rules: any text is loaded and, if it is a rulebook, run
 * twice in each direction over a message with a block. What must hold: a
 * refused file has its sentence, findings are U01 or U02 with valid texts, the
 * memory limit is kept, and what passes once finds the same a second time. */

#include <stdlib.h>
#include <string.h>

#include "codec/xml.h"
#include "rules/rules.h"

#define MEMORY ((size_t) 512 * 1024)
#define STEPS 20000

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static const char message_text[] =
    "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:pacs.008.001.08\">"
    "<FIToFICstmrCdtTrf><GrpHdr><MsgId>M1</MsgId></GrpHdr><CdtTrfTxInf>"
    "<IntrBkSttlmAmt Ccy=\"CNY\">100.50</IntrBkSttlmAmt><RmtInf><Ustrd>one"
    "</Ustrd><Ustrd>two</Ustrd></RmtInf><SplmtryData><Envlp>"
    "<GrnFin xmlns=\"urn:x-egret:grn:1\" Vrsn=\"1.0\"><Id>x</Id>"
    "<Instr><Tp>GLON</Tp><TtlAmt Ccy=\"CNY\">80</TtlAmt></Instr>"
    "<Lbl><Schm>CN-GFEPC</Schm><Cd>4.2.1</Cd><Shr>100</Shr></Lbl>"
    "<UoP><Prj><Id Schm=\"XMLR\">P</Id><Jursdctn>CN</Jursdctn><Allctd "
    "Ccy=\"CNY\">80</Allctd><LblRef>1</LblRef></Prj></UoP></GrnFin></Envlp>"
    "</SplmtryData></CdtTrfTxInf></FIToFICstmrCdtTrf></Document>";


static void
require(bool holds)
{
    if (!holds) {
        abort();
    }
}


static void
check_text(egret_span_t text)
{
    require(egret_span_is_utf8(text, NULL));
    for (size_t i = 0; i < text.length; i++) {
        require((unsigned char) text.at[i] >= 0x20);
    }
}


static void
check_findings(const egret_findings_t *findings)
{
    for (size_t i = 0; i < findings->count; i++) {
        const egret_finding_t *finding = &findings->items[i];

        require(finding->code == EGRET_U01 || finding->code == EGRET_U02);
        require(finding->code != EGRET_U01 || finding->rule.length > 0);
        require(finding->message.length > 0);
        check_text(finding->message);
        check_text(finding->rule);
        check_text(finding->fix);
        check_text(finding->iso);
    }
}


typedef struct {
    egret_tape_t tape;
    egret_blocks_t blocks;
    egret_node_t transaction;
    egret_block_place_t place;
    size_t block_of;
} reading_t;


static egret_node_t
find(const egret_tape_t *tape, const char *name)
{
    egret_node_t node = 0;

    while (!egret_span_equals_text(egret_tape_name(tape, node), name)) {
        require(++node < tape->node_count);
    }

    return node;
}


/* Without a schema: its one transaction and its block are named here. */
static void
read_message(reading_t *reading, egret_arena_t *arena)
{
    egret_tape_t *tape = &reading->tape;
    egret_findings_t findings;

    memset(reading, 0, sizeof(*reading));
    egret_xml_start();
    egret_findings_init(&findings, arena);
    egret_tape_init(tape, arena, egret_span_from(message_text));
    require(egret_xml_read(tape, NULL, NULL, &findings) == EGRET_OK
            && tape->is_whole);
    tape->document = 0;
    reading->transaction = find(tape, "CdtTrfTxInf");
    reading->place.block = find(tape, "GrnFin");
    reading->blocks.transactions.nodes = &reading->transaction;
    reading->blocks.transactions.count = 1;
    reading->blocks.items = &reading->place;
    reading->blocks.count = 1;
    reading->blocks.block_of = &reading->block_of;
}


static void
run(egret_sandbox_t *sandbox, egret_arena_t *arena,
    const egret_rules_message_t *message, egret_rules_direction_t direction)
{
    egret_findings_t first;
    egret_findings_t second;

    egret_findings_init(&first, arena);
    egret_findings_init(&second, arena);
    require(egret_rules_run(sandbox, direction, message, arena, &first)
            == EGRET_OK);
    check_findings(&first);
    require(egret_sandbox_memory(sandbox) <= MEMORY);
    require(egret_rules_run(sandbox, direction, message, arena, &second)
            == EGRET_OK);

    check_findings(&second);
    if (first.seen[EGRET_U02] || second.seen[EGRET_U02]) {
        return;
    }
    require(first.count == second.count && first.worst == second.worst);
    for (size_t i = 0; i < first.count; i++) {
        require(egret_span_equals(first.items[i].xpath,
                                  second.items[i].xpath));
        require(egret_span_equals(first.items[i].message,
                                  second.items[i].message));
    }
}


int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    egret_rules_limits_t limits = { MEMORY, STEPS, STEPS };
    egret_arena_t *arena = egret_arena_create(egret_allocator_default(), 0);
    egret_rulebook_fault_t fault;
    egret_rulebook_t *rulebook;
    egret_sandbox_t *sandbox;
    reading_t reading;
    egret_rc_t rc;

    require(arena != NULL);
    rc = egret_rulebook_load(arena, EGRET_SPAN("fuzz.lua"),
                             (egret_span_t){ (const char *) bytes, size },
                             &limits, &rulebook, &fault);
    if (rc != EGRET_OK) {
        require(fault.text.length > 0);
        check_text(fault.text);
    } else {
        egret_rules_message_t message = {
            .tape = &reading.tape,
            .definition = EGRET_SPAN("pacs.008.001.08"),
            .sender = EGRET_SPAN("a"),
            .receiver = EGRET_SPAN("b"),
            .blocks = &reading.blocks,
        };

        read_message(&reading, arena);
        require(egret_sandbox_create(egret_allocator_default(), rulebook,
                                     NULL, &sandbox) == EGRET_OK);
        run(sandbox, arena, &message, EGRET_RULES_SEND);
        run(sandbox, arena, &message, EGRET_RULES_RECEIVE);
        egret_sandbox_destroy(sandbox);
    }
    egret_arena_destroy(arena);

    return 0;
}
