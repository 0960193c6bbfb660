/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>

#include "codec/json_canonical.h"
#include "green.h"
#include "msg/envelope.h"
#include "msg/block_translation.h"

#define LARGE (16 * 1024 * 1024)
#define MAXIMUM 100000
#define ISO EGRET_ISO_NAMESPACE
#define SEA "\xE6\xB5\xB7"

static const egret_block_translation_row_t rows[] = {
    { .table = { "CN-GFEPC_TPEX", 13 }, .row = { "4.2.1|1", 7 },
      .relation = EGRET_BLOCK_ROW_BROAD, .is_own_assessment = true,
      .justification = { "semapv:ManualMappingCuration", 28 } },
    { .table = { "a<b>&\"c\"", 8 }, .row = { SEA " \xF0\x9F\x98\x80", 8 },
      .relation = EGRET_BLOCK_ROW_EXACT, .is_operators = true, .is_draft = true,
      .is_superseded = true },
};
static const egret_block_translation_fact_t facts[] = {
    { { "UoP/Prj[1]/Tchnlgy[1]", 21 }, { "OFWD", 4 } },
};
static const egret_block_translation_condition_t conditions[] = {
    { { "technology", 10 }, facts, 1 },
    { { "review", 6 }, NULL, 0 },
};
static const egret_span_t missing[] = { { "criteria", 8 }, { "dnsh", 4 } };

static const egret_block_translation_item_t items[] = {
    { .label = 1, .project = 1, .scheme = { "TPEX-GB", 7 },
      .version = { "2024", 4 }, .result = EGRET_BLOCK_TRANSLATED,
      .code = { "1", 1 }, .share = { .digits = 6666666, .scale = 5 },
      .status = { "ELIG", 4 }, .date = { 2026, 3, 20 }, .rows = rows,
      .row_count = 2, .conditions = conditions, .condition_count = 2 },
    { .label = 1, .scheme = { "ZA-GFT", 6 }, .version = { "2022", 4 },
      .result = EGRET_BLOCK_NEEDS_ASSESSMENT, .date = { 2026, 3, 20 },
      .missing = missing, .missing_count = 2 },
    { .label = 2, .scheme = { "EU-TAX", 6 }, .version = { "2023", 4 },
      .result = EGRET_BLOCK_NO_COUNTERPART, .date = { 2026, 3, 20 },
      .rows = rows, .row_count = 1 },
};

static egret_block_translation_t
translation_of(size_t item_count)
{
    egret_block_translation_t translation = {
        .gateway_bic = EGRET_SPAN("EGRTCNB0XXX"),
        .gateway_lei = EGRET_SPAN("984500EGRETGATEW0104"),
        .block_id = EGRET_SPAN("7d1f2c9e-3a54-4b7e-9c55-0e5d5a8b1c11"),
        .data_version = EGRET_SPAN("2026-11-01"),
        .items = items,
        .item_count = item_count,
    };

    egret_assert_ok(egret_datetime_read(EGRET_SPAN("2026-11-23T02:20:00Z"),
                                        &translation.created));

    return translation;
}


static void
find_blocks(const egret_test_green_message_t *message,
            egret_blocks_t *blocks)
{
    const egret_tape_t *tape = &message->tape;
    const egret_element_t *document =
        egret_tape_at(tape, tape->document)->element;
    bool is_customer =
        egret_span_ends_with(document->definition->id,
                             EGRET_SPAN("pacs.008.001.08"));
    egret_path_t path;

    egret_assert_ok(egret_path_compile(
        document,
        is_customer ? EGRET_SPAN("FIToFICstmrCdtTrf/CdtTrfTxInf")
                    : EGRET_SPAN("FICdtTrf/CdtTrfTxInf"),
        &path));
    egret_assert_ok(egret_blocks_find(tape, &path, message->arena, blocks));
}


/* The message with one GrnXltn for each of its blocks. */
static egret_span_t
translate(egret_test_green_t *green,
          const egret_test_green_message_t *message, size_t item_count)
{
    egret_block_translation_t translation = translation_of(item_count);
    egret_blocks_t blocks;
    egret_edits_t edits;
    egret_span_t out;

    find_blocks(message, &blocks);
    egret_edits_init(&edits, message->arena);
    for (size_t i = 0; i < blocks.count; i++) {
        egret_assert_ok(egret_block_digest(&message->tape,
                                           blocks.items[i].block,
                                           message->arena,
                                           &translation.digest));
        egret_assert_ok(egret_block_translation_insert(
            &message->tape, &blocks.items[i], &translation, MAXIMUM, &edits));
    }
    egret_assert_ok(egret_edits_apply(&edits, message->tape.bytes, LARGE,
                                      green->arena, &out));

    return out;
}


static egret_span_t
text_below(const egret_tape_t *tape, egret_node_t node, const char *path)
{
    egret_span_t rest = egret_span_from(path);

    while (rest.length > 0 && node != EGRET_NODE_NONE) {
        size_t slash = egret_span_find(rest, '/');

        node = egret_tape_child_named(tape, node,
                                      egret_span_slice(rest, 0, slash));
        rest = egret_span_slice(rest, slash + 1, rest.length);
    }
    assert_int_not_equal(node, EGRET_NODE_NONE);

    return egret_tape_value(tape, node);
}


/* The next sibling of a block's SplmtryData is a SplmtryData whose bytes,
 * taken out, give the original; it has a GrnXltn and the same PlcAndNm. */
static void
assert_beside(const egret_tape_t *tape, egret_node_t supplementary,
              egret_buffer_t *original, size_t *from)
{
    const egret_tape_node_t *at = egret_tape_at(tape, supplementary);
    const egret_tape_node_t *added;
    egret_node_t place, copy, translation;

    assert_int_not_equal(at->next, EGRET_NODE_NONE);
    added = egret_tape_at(tape, at->next);
    assert_int_equal(added->tag_open, at->end_close);
    assert_int_equal(added->namespace_index, at->namespace_index);
    egret_buffer_add(original,
                     egret_span_slice(tape->bytes, *from, added->tag_open));
    *from = added->end_close;

    place = egret_tape_child_named(tape, supplementary,
                                   EGRET_SPAN("PlcAndNm"));
    copy = egret_tape_child_named(tape, at->next, EGRET_SPAN("PlcAndNm"));
    assert_int_equal(place == EGRET_NODE_NONE, copy == EGRET_NODE_NONE);
    if (place != EGRET_NODE_NONE) {
        egret_test_assert_span(egret_tape_value(tape, copy),
                               egret_tape_value(tape, place), __FILE__,
                               __LINE__);
    }
    translation = egret_tape_child_named(
        tape, egret_tape_child_named(tape, at->next, EGRET_SPAN("Envlp")),
        EGRET_SPAN("GrnXltn"));
    egret_assert_span(egret_tape_namespace_uri(tape, translation),
                      EGRET_BLOCK_NAMESPACE);
    egret_assert_span(text_below(tape, translation, "Xltn/Rw/Tbl"),
                      "CN-GFEPC_TPEX");
}


/* Valid, and the original once the insertions are taken out. */
static void
assert_translated(egret_test_green_t *green, egret_span_t original,
                  egret_span_t translated, size_t block_count)
{
    egret_test_green_message_t message;
    egret_blocks_t blocks;
    egret_buffer_t buffer;
    size_t from = 0;

    egret_test_green_read(green, translated, &message);
    egret_test_green_assert_valid(&message);
    find_blocks(&message, &blocks);
    assert_int_equal(blocks.count, block_count);
    /* What the gateway wrote is a fault in what a partner sends. */
    assert_int_equal(blocks.fault_count, block_count);

    egret_buffer_init(&buffer, message.arena, LARGE);
    for (size_t i = 0; i < blocks.count; i++) {
        assert_beside(&message.tape, blocks.items[i].supplementary, &buffer,
                      &from);
    }
    egret_buffer_add(&buffer,
                     egret_span_slice(translated, from, translated.length));
    egret_assert_ok(egret_buffer_rc(&buffer));
    egret_test_assert_span(egret_buffer_span(&buffer), original, __FILE__,
                           __LINE__);
    egret_test_green_end(&message);
}


static void
test_a_translation_stands_beside_its_block(void **state)
{
    static const char *const paths[] = {
        "t/data/good/green-wind-loan.xml",
        "t/data/good/green-wind-factory.xml",
        "t/data/good/green-solar-loan.xml",
        "t/data/good/green-bond-subscription.xml",
        "t/data/good/green-nuclear-loan.xml",
    };
    egret_test_green_t green;

    (void) state;
    egret_test_green_open(&green);
    for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
        egret_span_t text = egret_test_read_file(green.arena, paths[i]);
        egret_test_green_message_t message;

        egret_test_green_read(&green, text, &message);
        egret_test_green_assert_valid(&message);
        assert_translated(&green, text, translate(&green, &message, 3), 1);
        egret_test_green_end(&message);
    }
    egret_test_green_close(&green);
}


static void
test_a_translation_says_all_that_it_was_given(void **state)
{
    egret_test_green_t green;
    egret_test_green_message_t message, after;
    egret_sha256_t digest;
    char hex[EGRET_SHA256_HEX];
    egret_node_t node, item;

    (void) state;
    egret_test_green_open(&green);
    egret_test_green_read(
        &green,
        egret_test_read_file(green.arena, "t/data/good/green-wind-loan.xml"),
        &message);
    egret_assert_ok(egret_block_digest(&message.tape,
                                       egret_test_green_block(&message, 0),
                                       message.arena, &digest));
    egret_sha256_hex(&digest, hex);
    egret_test_green_read(&green, translate(&green, &message, 3), &after);

    node = 0;
    while (!egret_span_equals_text(egret_tape_name(&after.tape, node),
                                   "GrnXltn"))
    {
        node++;
    }
    egret_assert_span(text_below(&after.tape, node, "Gtwy/BICFI"),
                      "EGRTCNB0XXX");
    egret_assert_span(text_below(&after.tape, node, "Blck/Id"),
                      "7d1f2c9e-3a54-4b7e-9c55-0e5d5a8b1c11");
    egret_assert_span(text_below(&after.tape, node, "Blck/Dgst"), hex);
    egret_assert_span(text_below(&after.tape, node, "CreDtTm"),
                      "2026-11-23T02:20:00Z");
    item = egret_tape_child_named(&after.tape, node, EGRET_SPAN("Xltn"));
    egret_assert_span(text_below(&after.tape, item, "Rslt"), "TRLD");
    egret_assert_span(text_below(&after.tape, item, "PrjRef"), "1");
    egret_assert_span(text_below(&after.tape, item, "Shr"), "66.66666");
    egret_assert_span(text_below(&after.tape, item, "OnDt"), "2026-03-20");
    egret_assert_span(text_below(&after.tape, item, "Rw/Rel"), "BROD");
    egret_assert_span(text_below(&after.tape, item, "Rw/Sts"), "OWNA");
    egret_assert_span(text_below(&after.tape, item, "Cndtn/Fct/Val"), "OFWD");
    item = egret_tape_at(&after.tape, item)->next;
    egret_assert_span(text_below(&after.tape, item, "Rslt"), "NASS");
    egret_assert_span(text_below(&after.tape, item, "Mssng"), "criteria");
    assert_int_equal(egret_tape_child_named(&after.tape, item,
                                            EGRET_SPAN("Cd")),
                     EGRET_NODE_NONE);
    egret_test_green_end(&after);
    egret_test_green_end(&message);
    egret_test_green_close(&green);
}


static void
test_without_a_result_nothing_is_written(void **state)
{
    egret_test_green_t green;
    egret_test_green_message_t message;
    egret_span_t text;

    (void) state;
    egret_test_green_open(&green);
    text = egret_test_read_file(green.arena,
                                "t/data/good/green-wind-loan.xml");
    egret_test_green_read(&green, text, &message);
    assert_ptr_equal(translate(&green, &message, 0).at, text.at);
    egret_test_green_end(&message);
    egret_test_green_close(&green);
}


/* Random messages. */

static void
add_block(egret_buffer_t *out, const egret_tape_t *tape, egret_node_t node,
          uint32_t seed)
{
    egret_test_dress_t dress = { .random = seed };

    egret_test_green_dress(tape, node, &dress, out);
}


static const char *
pick(uint32_t *state, const char *const *texts, uint32_t count)
{
    return texts[egret_test_green_random(state, count)];
}


static void
add_supplementary(egret_buffer_t *out, uint32_t *state, const char *prefix,
                  const char *place, const egret_tape_t *tape,
                  egret_node_t node)
{
    static const char *const between[] = { "", "\n  ", "<!-- > -->",
                                           "<?note > ?>", "\r\n\t" };

    egret_buffer_print(out, "<%sSplmtryData%s>", prefix,
                       egret_test_green_random(state, 2) ? " " : "");
    egret_buffer_add_text(out, pick(state, between, 5));
    if (place != NULL) {
        egret_buffer_print(out, "<%sPlcAndNm>%s</%sPlcAndNm>", prefix, place,
                           prefix);
    }
    egret_buffer_add_text(out, pick(state, between, 5));
    egret_buffer_print(out, "<%sEnvlp>", prefix);
    egret_buffer_add_text(out, pick(state, between, 5));
    if (node == EGRET_NODE_NONE) {
        egret_buffer_add_text(out, "<x xmlns=\"\"><![CDATA[</x>]]></x>");
    } else {
        add_block(out, tape, node, 1 + egret_test_green_random(state, 60000));
    }
    egret_buffer_print(out, "</%sEnvlp></%sSplmtryData>%s", prefix, prefix,
                       pick(state, between, 5));
}


static void
add_transaction(egret_buffer_t *out, uint32_t *state, const char *p,
                const char *place, const egret_tape_t *tape, egret_node_t node)
{
    egret_buffer_print(
        out,
        "<%sCdtTrfTxInf><%sPmtId><%sEndToEndId>E</%sEndToEndId></%sPmtId>"
        "<%sIntrBkSttlmAmt Ccy='CNY'>1</%sIntrBkSttlmAmt>", p, p, p, p, p, p,
        p);
    egret_buffer_print(
        out,
        "<%sDbtr><%sFinInstnId><%sBICFI>JBBKZAJ0XXX</%sBICFI></%sFinInstnId>"
        "</%sDbtr><%sCdtr><%sFinInstnId><%sBICFI>XMBKCNB0XXX</%sBICFI>"
        "</%sFinInstnId></%sCdtr>", p, p, p, p, p, p, p, p, p, p, p, p);
    if (egret_test_green_random(state, 3) == 0) {
        add_supplementary(out, state, p, NULL, tape, EGRET_NODE_NONE);
    }
    if (node != EGRET_NODE_NONE) {
        add_supplementary(out, state, p, place, tape, node);
    }
    if (egret_test_green_random(state, 3) == 0) {
        add_supplementary(out, state, p, "name", tape, EGRET_NODE_NONE);
    }
    egret_buffer_print(out, "</%sCdtTrfTxInf>", p);
}


/* Three transactions with a block each: in it, or at the message. */
static egret_span_t
random_message(egret_test_green_t *green, uint32_t seed,
               const egret_tape_t *tape, egret_node_t node)
{
    static const char *const prefixes[] = { "", "p:", "pacs-9:" };
    uint32_t state = seed;
    const char *p = pick(&state, prefixes, 3);
    bool is_inside[3];
    egret_buffer_t out;

    egret_buffer_init(&out, green->arena, LARGE);
    if (egret_test_green_random(&state, 4) == 0) {
        egret_buffer_add_text(&out, "\xEF\xBB\xBF");
    }
    egret_buffer_print(&out, "<%sDocument xmlns%s%.*s='" ISO
                             "pacs.009.001.08'>", p, p[0] ? ":" : "",
                       p[0] ? (int) strlen(p) - 1 : 0, p);
    egret_buffer_print(&out,
                       "<%sFICdtTrf><%sGrpHdr><%sMsgId>M</%sMsgId><%sCreDtTm>"
                       "2026-11-23T08:05:00Z</%sCreDtTm>"
                       "<%sNbOfTxs>3</%sNbOfTxs><%sSttlmInf><%sSttlmMtd>INDA"
                       "</%sSttlmMtd></%sSttlmInf></%sGrpHdr>", p, p, p, p, p,
                       p, p, p, p, p, p, p, p);
    for (size_t i = 0; i < 3; i++) {
        is_inside[i] = egret_test_green_random(&state, 2) == 0;
        add_transaction(&out, &state, p,
                        egret_test_green_random(&state, 2) ? "a &amp; b" : NULL,
                        tape, is_inside[i] ? node : EGRET_NODE_NONE);
    }
    for (size_t i = 0; i < 3; i++) {
        char place[64];

        (void) snprintf(place, sizeof(place),
                        "\n/Document/FICdtTrf/CdtTrfTxInf&#91;%zu] ", i + 1);
        if (!is_inside[i]) {
            add_supplementary(&out, &state, p, place, tape, node);
        }
    }
    egret_buffer_print(&out, "</%sFICdtTrf></%sDocument>", p, p);
    egret_assert_ok(egret_buffer_rc(&out));

    return egret_buffer_span(&out);
}


static void
test_random_messages_change_nowhere_else(void **state)
{
    egret_test_green_t green;
    egret_test_green_message_t source;

    (void) state;
    egret_test_green_open(&green);
    egret_test_green_read(
        &green,
        egret_test_read_file(green.arena, "t/data/good/green-wind-loan.xml"),
        &source);
    for (uint32_t seed = 1; seed <= 150; seed++) {
        egret_span_t text = random_message(&green, seed, &source.tape,
                                           egret_test_green_block(&source, 0));
        egret_test_green_message_t message;

        egret_test_green_read(&green, text, &message);
        egret_test_green_assert_valid(&message);
        assert_translated(&green, text, translate(&green, &message, 3), 3);
        egret_test_green_end(&message);
    }
    egret_test_green_end(&source);
    egret_test_green_close(&green);
}


static void
test_a_message_in_ASCII_stays_so(void **state)
{
    egret_test_green_t green;
    egret_test_green_message_t message, after;
    egret_span_t block, text, out;
    egret_node_t node = 0;

    (void) state;
    egret_test_green_open(&green);
    block = egret_test_read_file(green.arena, "t/data/digest/smallest.xml");
    text = egret_test_green_wrap(&green, block);
    text = egret_arena_print(green.arena,
                             "<?xml version='1.0' encoding='US-ASCII'?>%.*s",
                             EGRET_SPAN_ARGS(text));
    egret_test_green_read(&green, text, &message);
    egret_test_green_assert_valid(&message);
    out = translate(&green, &message, 1);
    for (size_t i = 0; i < out.length; i++) {
        assert_true((unsigned char) out.at[i] < 0x80);
    }
    egret_test_green_read(&green, out, &after);
    egret_test_green_assert_valid(&after);
    while (!egret_span_equals_text(egret_tape_value(&after.tape, node),
                                   SEA " \xF0\x9F\x98\x80"))
    {
        assert_true(++node < after.tape.node_count);
    }
    egret_test_green_end(&after);
    egret_test_green_end(&message);
    egret_test_green_close(&green);
}


static egret_rc_t
insert(const egret_test_green_message_t *message, const egret_blocks_t *blocks,
       const egret_block_translation_t *translation, size_t maximum,
       egret_edits_t *edits)
{
    return egret_block_translation_insert(&message->tape, &blocks->items[0],
                                          translation, maximum, edits);
}


static void
test_long_explanations_are_cut_and_gaps_refused(void **state)
{
    egret_block_translation_item_t item = items[1];
    egret_block_translation_t translation = translation_of(1);
    egret_test_green_t green;
    egret_test_green_message_t message, after;
    egret_blocks_t blocks;
    egret_edits_t edits;
    egret_buffer_t long_text;
    egret_span_t text, out;

    (void) state;
    egret_test_green_open(&green);
    text = egret_test_read_file(green.arena,
                                "t/data/good/green-wind-factory.xml");
    egret_test_green_read(&green, text, &message);
    find_blocks(&message, &blocks);
    egret_buffer_init(&long_text, green.arena, LARGE);
    for (size_t i = 0; i < 1000; i++) {
        egret_buffer_add_text(&long_text, SEA);
    }
    text = egret_buffer_span(&long_text);
    item.missing = &text;
    item.missing_count = 1;
    translation.items = &item;

    egret_edits_init(&edits, green.arena);
    egret_assert_ok(insert(&message, &blocks, &translation, MAXIMUM, &edits));
    egret_assert_ok(egret_edits_apply(&edits, message.tape.bytes, LARGE,
                                      green.arena, &out));
    egret_test_green_read(&green, out, &after);
    egret_test_green_assert_valid(&after);
    egret_test_green_end(&after);

    egret_assert_rc(insert(&message, &blocks, &translation, 500, &edits),
                    EGRET_ELIMIT);
    item.scheme = EGRET_SPAN("");
    egret_assert_rc(insert(&message, &blocks, &translation, MAXIMUM, &edits),
                    EGRET_EINVAL);
    item = items[1];
    item.label = 0;
    egret_assert_rc(insert(&message, &blocks, &translation, MAXIMUM, &edits),
                    EGRET_EINVAL);
    assert_int_equal(edits.count, 1);
    egret_test_green_end(&message);
    egret_test_green_close(&green);
}


static void
test_a_signed_header_shows(void **state)
{
    static const char head[] =
        "<E><AppHdr xmlns=\"" ISO "head.001.001.02\"><Fr/>%s</AppHdr>"
        "<Document xmlns=\"" ISO "pacs.009.001.08\">%s</Document></E>";
    static const struct {
        const char *in_header;
        const char *in_document;
        bool is_signed;
    } cases[] = {
        { "<Sgntr><s:Signature xmlns:s=\"urn:s\"/></Sgntr>", "", true },
        { "<Sgntr/>", "", true },
        { "", "", false },
        { "<Rltd><Sgntr/></Rltd>", "<Sgntr/>", false },
    };

    (void) state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        egret_test_green_t green;
        egret_test_green_message_t message;

        egret_test_green_open(&green);
        egret_test_green_read(
            &green,
            egret_arena_print(green.arena, head, cases[i].in_header,
                              cases[i].in_document),
            &message);
        assert_int_equal(egret_envelope_is_signed(&message.tape),
                         cases[i].is_signed);
        egret_test_green_end(&message);
        egret_test_green_close(&green);
    }
}


int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_translation_stands_beside_its_block),
        cmocka_unit_test(test_a_translation_says_all_that_it_was_given),
        cmocka_unit_test(test_without_a_result_nothing_is_written),
        cmocka_unit_test(test_random_messages_change_nowhere_else),
        cmocka_unit_test(test_a_message_in_ASCII_stays_so),
        cmocka_unit_test(test_long_explanations_are_cut_and_gaps_refused),
        cmocka_unit_test(test_a_signed_header_shows),
    };

    return egret_test_run(tests);
}
