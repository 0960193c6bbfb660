/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>

#include "green.h"
#include "msg/block.h"

#define LARGE (16 * 1024 * 1024)
#define GRN(inner) "<GrnFin xmlns=\"urn:x-egret:grn:1\" Vrsn=\"1.0\">" inner  \
                   "</GrnFin>"
#define BLOCK GRN("")
#define CARRY(inner) "<SplmtryData><Envlp>" inner "</Envlp></SplmtryData>"
#define PLACED(path, inner)                                                   \
    "<SplmtryData><PlcAndNm>" path "</PlcAndNm><Envlp>" inner                 \
    "</Envlp></SplmtryData>"
#define TX "/Document/FICdtTrf/CdtTrfTxInf"

typedef struct {
    egret_test_green_t green;
    egret_test_green_message_t message;
    egret_blocks_t blocks;
} found_t;

static void
find(found_t *found, egret_span_t bytes, const char *definition,
     const char *transaction)
{
    const egret_definition_t *table;
    egret_path_t path;

    egret_test_green_open(&found->green);
    egret_test_green_read(&found->green, bytes, &found->message);
    table = egret_definitions_find_id(
        egret_schemas_definitions(found->green.schemas),
        egret_span_from(definition));
    assert_non_null(table);
    egret_assert_ok(egret_path_compile(
        egret_definition_root(table, EGRET_SPAN("Document")),
        egret_span_from(transaction), &path));
    egret_assert_ok(egret_blocks_find(&found->message.tape, &path,
                                      found->message.arena, &found->blocks));
}


/* Two transactions, each with what is given, and what stands at the message.
 * Not valid, but its places are clear. */
static void
find_in(found_t *found, const char *first, const char *second,
        const char *at_message)
{
    static char text[8192];

    (void) snprintf(text, sizeof(text),
                    "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:"
                    "pacs.009.001.08\"><FICdtTrf><GrpHdr/>"
                    "<CdtTrfTxInf>%s</CdtTrfTxInf>"
                    "<CdtTrfTxInf>%s</CdtTrfTxInf>%s</FICdtTrf></Document>",
                    first, second, at_message);
    find(found, egret_span_from(text), "pacs.009.001.08",
         "FICdtTrf/CdtTrfTxInf");
    assert_int_equal(found->blocks.transactions.count, 2);
}


static void
end(found_t *found)
{
    egret_test_green_end(&found->message);
    egret_test_green_close(&found->green);
}


typedef struct {
    const char *first;
    const char *second;
    const char *at_message;
    int of_first; /* the block that speaks of it, from 0; -1: none */
    int of_second;
    int fault; /* a kind; -1: none */
} case_t;

static void
run(const case_t *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const case_t *expected = &cases[i];
        const egret_block_place_t *of;
        found_t found;

        find_in(&found, expected->first, expected->second,
                expected->at_message);
        if (expected->fault < 0 && found.blocks.fault_count > 0) {
            fail_msg("case %zu: fault %d", i, found.blocks.faults[0].kind);
        }
        if (expected->fault >= 0) {
            if (found.blocks.fault_count != 1
                || (int) found.blocks.faults[0].kind != expected->fault)
            {
                fail_msg("case %zu: %zu faults", i, found.blocks.fault_count);
            }
        }
        of = egret_blocks_of(&found.blocks, 0);
        assert_int_equal(of == NULL ? -1 : of - found.blocks.items,
                         expected->of_first);
        of = egret_blocks_of(&found.blocks, 1);
        assert_int_equal(of == NULL ? -1 : of - found.blocks.items,
                         expected->of_second);
        assert_null(egret_blocks_of(&found.blocks, 2));
        end(&found);
    }
}

#define RUN(cases) run((cases), sizeof(cases) / sizeof((cases)[0]))

static void
test_a_block_speaks_of_its_transaction_or_of_all(void **state)
{
    const case_t cases[] = {
        { "", "", "", -1, -1, -1 },
        { CARRY(BLOCK), "", "", 0, -1, -1 },
        { "", CARRY(BLOCK), "", -1, 0, -1 },
        { CARRY(BLOCK), CARRY(BLOCK), "", 0, 1, -1 },
        { "", "", CARRY(BLOCK), 0, 0, -1 },
        { "", "", PLACED(TX "[2]", BLOCK), -1, 0, -1 },
        { "", "", PLACED(TX "[2]/Purp", BLOCK), -1, 0, -1 },
        { "", "", PLACED(" " TX "[1] ", BLOCK), 0, -1, -1 },
        { "", "", PLACED("/Document/FICdtTrf[1]/CdtTrfTxInf[1]", BLOCK), 0,
          -1, -1 },
        { "", "", PLACED(TX "[2]", BLOCK) PLACED(TX "[1]", BLOCK), 1, 0, -1 },
        { CARRY(BLOCK), "", PLACED(TX "[2]", BLOCK), 0, 1, -1 },
        { "", "", PLACED(TX, BLOCK), 0, 0, -1 },
        { "", "", PLACED("/Document", BLOCK), 0, 0, -1 },
        { "", "", PLACED("/Document/FICdtTrf", BLOCK), 0, 0, -1 },
        { "", "", PLACED("GreenBlock", BLOCK), 0, 0, -1 },
        { PLACED("GreenBlock", BLOCK), "", "", 0, -1, -1 },
        { PLACED(TX "[1]", BLOCK), "", "", 0, -1, -1 },
        { PLACED(TX "[1]/SplmtryData[1]", BLOCK), "", "", 0, -1, -1 },
    };

    (void) state;
    RUN(cases);
}


/* Three "transactions" in two groups, as those of a pain.001 in its PmtInf. */
static void
test_a_place_names_one_transaction_or_all_also_in_groups(void **state)
{
    static const struct {
        const char *path;
        egret_named_t named;
        size_t index;
    } cases[] = {
        { TX "[1]/InstrForNxtAgt[2]", EGRET_NAMED_ONE, 1 },
        { TX "[2]/InstrForNxtAgt[1]", EGRET_NAMED_ONE, 2 },
        { TX "[2]/InstrForNxtAgt", EGRET_NAMED_ONE, 2 },
        { TX "[2]", EGRET_NAMED_ONE, 2 },
        { TX "/InstrForNxtAgt", EGRET_NAMED_ALL, 0 },
        { TX, EGRET_NAMED_ALL, 0 },
        { "/Document/FICdtTrf", EGRET_NAMED_ALL, 0 },
        { TX "[1]", EGRET_NAMED_NOTHING, 0 },
        { TX "[1]/InstrForNxtAgt", EGRET_NAMED_NOTHING, 0 },
        { TX "/InstrForNxtAgt[1]", EGRET_NAMED_NOTHING, 0 },
        { TX "/InstrForNxtAgt[2]", EGRET_NAMED_NOTHING, 0 },
        { TX "[3]", EGRET_NAMED_NOTHING, 0 },
    };
    static const char text[] =
        "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:pacs.009.001.08\">"
        "<FICdtTrf><CdtTrfTxInf><InstrForNxtAgt/><InstrForNxtAgt/>"
        "</CdtTrfTxInf><CdtTrfTxInf><InstrForNxtAgt/></CdtTrfTxInf>"
        "</FICdtTrf></Document>";
    found_t found;

    (void) state;
    find(&found, EGRET_SPAN(text), "pacs.009.001.08",
         "FICdtTrf/CdtTrfTxInf/InstrForNxtAgt");
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        size_t index = 0;
        egret_named_t named =
            egret_transactions_resolve(&found.blocks.transactions,
                                       egret_span_from(cases[i].path), &index);

        if (named != cases[i].named
            || (named == EGRET_NAMED_ONE && index != cases[i].index))
        {
            fail_msg("%s: %d, %zu", cases[i].path, named, index);
        }
    }
    end(&found);
}


static void
test_a_place_that_cannot_be_followed_is_a_fault(void **state)
{
    const case_t cases[] = {
        { "", "", PLACED(TX "[3]", BLOCK), -1, -1, EGRET_BLOCK_UNPLACED },
        { "", "", PLACED(TX "[0]", BLOCK), -1, -1, EGRET_BLOCK_UNPLACED },
        { "", "", PLACED(TX "[x]", BLOCK), -1, -1, EGRET_BLOCK_UNPLACED },
        { "", "", PLACED(TX "[1", BLOCK), -1, -1, EGRET_BLOCK_UNPLACED },
        { "", "", PLACED(TX "[]", BLOCK), -1, -1, EGRET_BLOCK_UNPLACED },
        { "", "", PLACED(TX "[18446744073709551617]", BLOCK), -1, -1,
          EGRET_BLOCK_UNPLACED },
        { "", "", PLACED(TX "/", BLOCK), -1, -1, EGRET_BLOCK_UNPLACED },
        { "", "", PLACED("/", BLOCK), -1, -1, EGRET_BLOCK_UNPLACED },
        { "", "", PLACED("/Document/Other/CdtTrfTxInf[1]", BLOCK), -1, -1,
          EGRET_BLOCK_UNPLACED },
        { "", "", PLACED("/Document/FICdtTrf/GrpHdr", BLOCK), -1, -1,
          EGRET_BLOCK_UNPLACED },
        { "", "", PLACED("/Document[2]/FICdtTrf", BLOCK), -1, -1,
          EGRET_BLOCK_UNPLACED },
        { "", "", PLACED("//CdtTrfTxInf[1]", BLOCK), -1, -1,
          EGRET_BLOCK_UNPLACED },
        { "", "", PLACED("CdtTrfTxInf[1]/Purp", BLOCK), -1, -1,
          EGRET_BLOCK_UNPLACED },
        { "", "", PLACED("/p:Document/p:FICdtTrf", BLOCK), -1, -1,
          EGRET_BLOCK_UNPLACED },
        { PLACED(TX "[2]", BLOCK), "", "", -1, -1, EGRET_BLOCK_UNPLACED },
        { PLACED(TX, BLOCK), "", "", -1, -1, EGRET_BLOCK_UNPLACED },
        { PLACED("/Document", BLOCK), "", "", -1, -1, EGRET_BLOCK_UNPLACED },
    };

    (void) state;
    RUN(cases);
}


static void
test_a_transaction_has_one_block_by_whatever_way(void **state)
{
    const case_t cases[] = {
        { CARRY(BLOCK) CARRY(BLOCK), "", "", 0, -1, EGRET_BLOCK_SECOND },
        { CARRY(BLOCK BLOCK), "", "", 0, -1, EGRET_BLOCK_SECOND },
        { CARRY(BLOCK), "", CARRY(BLOCK), 0, -1, EGRET_BLOCK_SECOND },
        { CARRY(BLOCK), "", PLACED(TX "[1]", BLOCK), 0, -1,
          EGRET_BLOCK_SECOND },
        { "", "", PLACED(TX "[1]", BLOCK) PLACED(TX "[1]", BLOCK), 0, -1,
          EGRET_BLOCK_SECOND },
        { "", "", CARRY(BLOCK) CARRY(BLOCK), 0, 0, EGRET_BLOCK_SECOND },
        { "", "", CARRY(BLOCK) PLACED(TX "[2]", BLOCK), 0, 0,
          EGRET_BLOCK_SECOND },
        { "", "", PLACED(TX "[2]", BLOCK) PLACED(TX, BLOCK), -1, 0,
          EGRET_BLOCK_SECOND },
    };

    (void) state;
    RUN(cases);
}


#define XLTN "<GrnXltn xmlns=\"urn:x-egret:grn:1\" Vrsn=\"1.0\"/>"

static void
test_what_is_unknown_or_misplaced_is_a_fault(void **state)
{
    const case_t cases[] = {
        { CARRY("<GrnFin xmlns=\"urn:x-egret:grn:2\"/>"), "", "", -1, -1,
          EGRET_BLOCK_UNKNOWN_NAMESPACE },
        { CARRY("<a xmlns=\"urn:x-egret:grn:\"><GrnFin/></a>"), "", "", -1,
          -1, EGRET_BLOCK_UNKNOWN_NAMESPACE },
        { CARRY("<GrnFin xmlns=\"urn:x-egret:grn:1\" Vrsn=\"1.1\"/>"), "", "",
          -1, -1, EGRET_BLOCK_UNKNOWN_VERSION },
        { CARRY("<GrnFin xmlns=\"urn:x-egret:grn:1\"/>"), "", "", 0, -1, -1 },
        { CARRY("<GrnFin2 xmlns=\"urn:x-egret:grn:1\"/>"), "", "", -1, -1,
          EGRET_BLOCK_UNKNOWN_ELEMENT },
        { CARRY(XLTN), "", "", -1, -1, EGRET_BLOCK_TRANSLATION },
        { "", "", CARRY(XLTN), -1, -1, EGRET_BLOCK_TRANSLATION },
        { XLTN, "", "", -1, -1, EGRET_BLOCK_TRANSLATION },
        { BLOCK, "", "", -1, -1, EGRET_BLOCK_MISPLACED },
        { "<Envlp>" BLOCK "</Envlp>", "", "", -1, -1, EGRET_BLOCK_MISPLACED },
        { CARRY("<x xmlns=\"urn:other\">" BLOCK "</x>"), "", "", -1, -1,
          EGRET_BLOCK_MISPLACED },
        /* Names alone do not make a place: no schema would judge it there. */
        { CARRY("<o:x xmlns:o=\"urn:other\"><o:SplmtryData><o:Envlp>" BLOCK
                "</o:Envlp></o:SplmtryData></o:x>"), "", "", -1, -1,
          EGRET_BLOCK_MISPLACED },
        { CARRY("<o:x xmlns:o=\"urn:other\">" CARRY(BLOCK) "</o:x>"), "", "",
          -1, -1, EGRET_BLOCK_MISPLACED },
        { CARRY(CARRY(BLOCK)), "", "", -1, -1, EGRET_BLOCK_MISPLACED },
        { CARRY("<x xmlns=\"urn:other\"><GrnFin/></x>"), "", "", -1, -1, -1 },
        { CARRY("<GrnFin xmlns=\"urn:x-egret:other:1\"/>"), "", "", -1, -1,
          -1 },
        { CARRY(GRN("<Sgntr><s xmlns=\"urn:s\">" BLOCK "</s></Sgntr>")), "",
          "", 0, -1, EGRET_BLOCK_MISPLACED },
        /* What is inside a block is for its schema. */
        { CARRY(GRN(BLOCK)), "", "", 0, -1, -1 },
    };

    (void) state;
    RUN(cases);
}


static void
test_a_block_outside_of_the_Document_is_misplaced(void **state)
{
    static const char text[] =
        "<E>" CARRY(BLOCK)
        "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:pacs.009.001.08\">"
        "<FICdtTrf/></Document></E>";
    found_t found;

    (void) state;
    find(&found, EGRET_SPAN(text), "pacs.009.001.08", "FICdtTrf/CdtTrfTxInf");
    assert_int_equal(found.blocks.fault_count, 1);
    assert_int_equal(found.blocks.faults[0].kind, EGRET_BLOCK_MISPLACED);
    end(&found);
}


static void
test_a_part_of_its_own_has_its_own_block(void **state)
{
    found_t found;

    (void) state;
    find_in(&found, "<PmtId>" CARRY(BLOCK) "</PmtId>" CARRY(BLOCK), "", "");
    assert_int_equal(found.blocks.fault_count, 0);
    assert_int_equal(found.blocks.count, 2);
    assert_int_equal(found.blocks.items[0].reach, EGRET_BLOCK_OF_PART);
    assert_int_equal(found.blocks.items[1].reach, EGRET_BLOCK_OF_ONE);
    end(&found);

    find_in(&found, "<PmtId>" CARRY(BLOCK) CARRY(BLOCK) "</PmtId>", "", "");
    assert_int_equal(found.blocks.fault_count, 1);
    assert_int_equal(found.blocks.faults[0].kind, EGRET_BLOCK_SECOND);
    end(&found);
}


static void
find_file(found_t *found, egret_arena_t *arena, const char *path)
{
    bool is_customer = strstr(path, "loan") != NULL;

    find(found, egret_test_read_file(arena, path),
         is_customer ? "pacs.008.001.08" : "pacs.009.001.08",
         is_customer ? "FIToFICstmrCdtTrf/CdtTrfTxInf"
                     : "FICdtTrf/CdtTrfTxInf");
    egret_test_green_assert_valid(&found->message);
    assert_int_equal(found->blocks.fault_count, 0);
    assert_int_equal(found->blocks.count, 1);
}


static void
test_a_block_says_what_it_says(void **state)
{
    egret_arena_t *arena = egret_arena_create(egret_allocator_default(), 0);
    found_t found;
    egret_block_t block;

    (void) state;
    find_file(&found, arena, "t/data/good/green-bond-subscription.xml");
    egret_assert_ok(egret_block_read(&found.message.tape,
                                     found.blocks.items[0].block,
                                     found.message.arena, &block));
    egret_assert_span(block.id, "9e40f1a6-5c2b-4d77-8d19-6ab3c0e2f705");
    egret_assert_span(block.status, "FINL");
    assert_true(block.has_as_of);
    assert_int_equal(block.as_of.day, 23);
    assert_true(block.has_decisive);
    assert_int_equal(block.decisive.month, 9);
    egret_assert_span(block.decisive_kind, "REGN");
    egret_assert_span(block.instrument_type, "GBND");
    assert_int_equal(block.drawdown, EGRET_NODE_NONE);
    egret_assert_span(block.net_proceeds.currency, "USD");
    assert_int_equal((int) block.unallocated.value.digits, 1000000000);
    assert_int_equal(block.label_count, 2);
    egret_assert_span(block.labels[1].code, "4.2.2");
    egret_assert_span(block.labels[1].source, "REVD");
    assert_int_equal((int) block.labels[1].share.value.digits, 30);
    assert_int_equal(block.labels[0].mapping, EGRET_NODE_NONE);
    assert_int_equal(block.project_count, 2);
    assert_int_equal(block.projects[1].label_count, 1);
    assert_int_equal(block.projects[1].labels[0].index, 2);
    assert_int_equal(block.projects[1].sources.count, 1);
    egret_assert_span(egret_tape_value(&found.message.tape,
                                       block.projects[1].technologies.first),
                      "PVOL");
    assert_int_equal(block.projects[0].carbon_assessment, EGRET_NODE_NONE);
    assert_int_equal(block.reviews.count, 0);
    end(&found);

    find_file(&found, arena, "t/data/good/green-wind-loan.xml");
    egret_assert_ok(egret_block_read(&found.message.tape,
                                     found.blocks.items[0].block,
                                     found.message.arena, &block));
    egret_assert_span(egret_tape_value(&found.message.tape, block.drawdown),
                      "F2026-017-D03");
    assert_int_equal(block.net_proceeds.node, EGRET_NODE_NONE);
    assert_int_equal(block.projects[0].industries.count, 2);
    assert_int_not_equal(block.projects[0].carbon_assessment,
                         EGRET_NODE_NONE);
    assert_int_equal(block.harm.count, 2);
    assert_int_equal(block.safeguards.count, 1);
    end(&found);

    find_file(&found, arena, "t/data/good/green-solar-loan.xml");
    assert_int_equal(found.blocks.items[0].reach, EGRET_BLOCK_OF_ONE);
    end(&found);
    egret_arena_destroy(arena);
}


static void
test_a_broken_block_is_read_without_its_values(void **state)
{
    found_t found;
    egret_block_t block;

    (void) state;
    find_in(&found,
            CARRY(GRN("<Lbl><Shr>x</Shr></Lbl><UoP><Prj><LblRef>4294967296"
                      "</LblRef><LblRef/><LblRef>+7</LblRef></Prj></UoP>"
                      "<Instr><DcsvDt>2026-13-01</DcsvDt></Instr>")),
            "", CARRY(GRN("")));
    egret_assert_ok(egret_block_read(&found.message.tape,
                                     found.blocks.items[0].block,
                                     found.message.arena, &block));
    egret_assert_span(block.id, "");
    assert_false(block.has_decisive);
    assert_int_equal(block.amount.node, EGRET_NODE_NONE);
    assert_int_equal(block.labels[0].share.node, EGRET_NODE_NONE);
    assert_int_equal(block.projects[0].labels[0].index, 0);
    assert_int_equal(block.projects[0].labels[1].index, 0);
    assert_int_equal(block.projects[0].labels[2].index, 7);
    egret_assert_ok(egret_block_read(&found.message.tape,
                                     found.blocks.items[1].block,
                                     found.message.arena, &block));
    assert_int_equal(block.label_count, 0);
    assert_int_equal(block.project_count, 0);
    assert_int_equal(block.use_of_proceeds, EGRET_NODE_NONE);
    end(&found);
}


/* Steps that grow with the square of the message would take minutes. */
static void
test_many_blocks_are_found_at_once(void **state)
{
    const size_t count = 6000;
    egret_arena_t *arena = egret_arena_create(egret_allocator_default(), 0);
    egret_buffer_t buffer;
    found_t found;

    (void) state;
    egret_buffer_init(&buffer, arena, LARGE);
    egret_buffer_add_text(&buffer, "<Document xmlns=\"" EGRET_ISO_NAMESPACE
                                   "pacs.009.001.08\"><FICdtTrf>");
    for (size_t i = 0; i < count; i++) {
        egret_buffer_add_text(&buffer, "<CdtTrfTxInf/>");
    }
    for (size_t i = 0; i < count; i++) {
        egret_buffer_print(&buffer,
                           "<SplmtryData><PlcAndNm>" TX "[%zu]</PlcAndNm>"
                           "<Envlp><g:GrnFin xmlns:g=\"urn:x-egret:grn:1\"/>"
                           "</Envlp></SplmtryData>", count - i);
    }
    egret_buffer_add_text(&buffer, "</FICdtTrf></Document>");
    egret_assert_ok(egret_buffer_rc(&buffer));
    find(&found, egret_buffer_span(&buffer), "pacs.009.001.08",
         "FICdtTrf/CdtTrfTxInf");
    assert_int_equal(found.blocks.count, count);
    assert_int_equal(found.blocks.fault_count, 0);
    assert_int_equal(egret_blocks_of(&found.blocks, 0) - found.blocks.items,
                     count - 1);
    end(&found);
    egret_arena_destroy(arena);
}


typedef struct {
    const egret_tape_t *tape;
    const egret_path_t *path;
} torture_t;

static egret_rc_t
find_and_read(const egret_allocator_t *allocator, void *context)
{
    const torture_t *torture = context;
    egret_arena_t *arena = egret_arena_create(allocator, 0);
    egret_blocks_t blocks;
    egret_block_t block;
    egret_rc_t rc;

    if (arena == NULL) {
        return EGRET_ENOMEM;
    }
    rc = egret_blocks_find(torture->tape, torture->path, arena, &blocks);
    for (size_t i = 0; rc == EGRET_OK && i < blocks.count; i++) {
        rc = egret_block_read(torture->tape, blocks.items[i].block, arena,
                              &block);
    }
    egret_arena_destroy(arena);

    return rc;
}


/* Enough blocks that the first chunks of an arena do not hold them. */
static void
test_memory_that_is_refused_is_told(void **state)
{
    egret_arena_t *arena = egret_arena_create(egret_allocator_default(), 0);
    egret_buffer_t buffer;
    torture_t torture;
    egret_path_t path;
    found_t found;

    (void) state;
    egret_buffer_init(&buffer, arena, LARGE);
    egret_buffer_add_text(&buffer, "<Document xmlns=\"" EGRET_ISO_NAMESPACE
                                   "pacs.009.001.08\"><FICdtTrf>"
                                   "<CdtTrfTxInf/>");
    for (size_t i = 0; i < 400; i++) {
        egret_buffer_add_text(
            &buffer,
            CARRY(GRN("<Lbl/><UoP><Prj><LblRef/></Prj></UoP>")));
    }
    egret_buffer_add_text(&buffer, "</FICdtTrf></Document>");
    find(&found, egret_buffer_span(&buffer), "pacs.009.001.08",
         "FICdtTrf/CdtTrfTxInf");
    egret_assert_ok(egret_path_compile(
        egret_tape_at(&found.message.tape, 0)->element,
        EGRET_SPAN("FICdtTrf/CdtTrfTxInf"), &path));
    torture.tape = &found.message.tape;
    torture.path = &path;
    assert_in_range(egret_test_torture(find_and_read, &torture), 3, 1000);
    end(&found);
    egret_arena_destroy(arena);
}


int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_block_speaks_of_its_transaction_or_of_all),
        cmocka_unit_test(
            test_a_place_names_one_transaction_or_all_also_in_groups),
        cmocka_unit_test(test_a_place_that_cannot_be_followed_is_a_fault),
        cmocka_unit_test(test_a_transaction_has_one_block_by_whatever_way),
        cmocka_unit_test(test_what_is_unknown_or_misplaced_is_a_fault),
        cmocka_unit_test(test_a_block_outside_of_the_Document_is_misplaced),
        cmocka_unit_test(test_a_part_of_its_own_has_its_own_block),
        cmocka_unit_test(test_a_block_says_what_it_says),
        cmocka_unit_test(test_a_broken_block_is_read_without_its_values),
        cmocka_unit_test(test_many_blocks_are_found_at_once),
        cmocka_unit_test(test_memory_that_is_refused_is_told),
    };

    return egret_test_run(tests);
}
