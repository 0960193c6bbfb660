/* SPDX-License-Identifier: Apache-2.0 */
/* block_fuzz: egret_blocks_find, egret_block_read, egret_block_digest and
 * egret_block_translation_insert on any message. What comes out beside the
 * blocks of a valid message is valid, leaves their digests as they were, and
 * taken out again gives the message. Runs from the root of the repository. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "codec/json_canonical.h"
#include "codec/xml.h"
#include "msg/block_translation.h"
#include "schema/validator.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

#define LARGE (64 * 1024 * 1024)

typedef struct {
    egret_tape_t tape;
    egret_findings_t findings;
    egret_blocks_t blocks;
} message_t;

static egret_schemas_t *schemas;


static void
require(bool holds, const char *what)
{
    if (!holds) {
        (void) fprintf(stderr, "%s\n", what);
        abort();
    }
}


static void
load_schemas(void)
{
    egret_span_t ids[] = { EGRET_SPAN("pacs.008.001.08"),
                           EGRET_SPAN("pacs.009.001.08"),
                           EGRET_SPAN("head.001.001.02"),
                           EGRET_SPAN(EGRET_BLOCK_NAMESPACE) };
    egret_arena_t *arena = egret_arena_create(egret_allocator_default(), 0);
    egret_schema_fault_t fault = { { NULL, 0 } };

    egret_xml_start();
    schemas = egret_schemas_create(arena);
    if (schemas == NULL
        || egret_schemas_load_folder(schemas, "schemas", ids, 4, &fault)
               != EGRET_OK)
    {
        (void) fprintf(stderr, "%.*s\n", EGRET_SPAN_ARGS(fault.text));
        abort();
    }
}


/* False when there is no Document of ours to look into. */
static bool
read_message(egret_span_t bytes, egret_arena_t *arena, message_t *message)
{
    const egret_element_t *document;
    egret_validator_t *validator;
    egret_sink_t sink;
    egret_path_t path;

    egret_findings_init(&message->findings, arena);
    egret_tape_init(&message->tape, arena, bytes);
    validator = egret_validator_create(schemas, NULL, arena,
                                       &message->findings);
    require(validator != NULL, "memory");
    sink = egret_validator_sink(validator);
    require(egret_xml_read(&message->tape, NULL, &sink, &message->findings)
                == EGRET_OK, "the message is not read");
    if (!message->tape.is_whole || message->tape.document == EGRET_NODE_NONE) {
        return false;
    }
    document = egret_tape_at(&message->tape, message->tape.document)->element;
    if (document == NULL) {
        return false;
    }
    require(egret_path_compile(
                document,
                egret_span_equals_text(document->definition->id,
                                       "pacs.008.001.08")
                    ? EGRET_SPAN("FIToFICstmrCdtTrf/CdtTrfTxInf")
                    : EGRET_SPAN("FICdtTrf/CdtTrfTxInf"), &path)
                == EGRET_OK, "the path is not compiled");
    require(egret_blocks_find(&message->tape, &path, arena, &message->blocks)
                == EGRET_OK, "blocks are not found");

    return true;
}


static egret_sha256_t
digest_of(const message_t *message, size_t i, egret_arena_t *arena)
{
    egret_sha256_t digest;

    require(egret_block_digest(&message->tape,
                               message->blocks.items[i].block, arena, &digest)
                == EGRET_OK, "a valid block has no digest");

    return digest;
}


/* Whatever stands in a message that is no good. */
static void
look(const message_t *message, egret_arena_t *arena)
{
    egret_sha256_t digest;
    egret_block_t block;

    for (size_t i = 0; i < message->blocks.count; i++) {
        egret_node_t node = message->blocks.items[i].block;
        egret_rc_t rc;

        require(egret_block_read(&message->tape, node, arena, &block)
                    == EGRET_OK, "a block is not read");
        rc = egret_block_digest(&message->tape, node, arena, &digest);
        require(rc == EGRET_OK || (rc == EGRET_EINVAL && !block.is_sound),
                "a sound block has no digest");
    }
    for (size_t i = 0; i < message->blocks.transactions.count; i++) {
        const egret_block_place_t *place =
            egret_blocks_of(&message->blocks, i);

        require(place == NULL || place->reach == EGRET_BLOCK_OF_ALL
                    || place->transaction == i,
                "a transaction has the block of another one");
    }
}


static egret_span_t
translate(const message_t *message, egret_arena_t *arena)
{
    const egret_span_t missing[] = { EGRET_SPAN("row") };
    const egret_block_translation_item_t item = {
        .label = 1,
        .scheme = EGRET_SPAN("S"),
        .version = EGRET_SPAN("1"),
        .result = EGRET_BLOCK_NEEDS_ASSESSMENT,
        .date = { 2026, 3, 20 },
        .missing = missing,
        .missing_count = 1,
    };
    egret_block_translation_t translation = {
        .gateway_bic = EGRET_SPAN("EGRTCNB0XXX"),
        .block_id = EGRET_SPAN("7d1f2c9e-3a54-4b7e-9c55-0e5d5a8b1c11"),
        .created = { .date = { 2026, 11, 23 } },
        .data_version = EGRET_SPAN("1"),
        .items = &item,
        .item_count = 1,
    };
    egret_edits_t edits;
    egret_span_t out;

    egret_edits_init(&edits, arena);
    for (size_t i = 0; i < message->blocks.count; i++) {
        translation.digest = digest_of(message, i, arena);
        require(egret_block_translation_insert(&message->tape,
                                               &message->blocks.items[i],
                                               &translation, LARGE, &edits)
                    == EGRET_OK, "a translation is not inserted");
    }
    require(egret_edits_apply(&edits, message->tape.bytes, LARGE, arena, &out)
                == EGRET_OK, "edits are not applied");

    return out;
}


/* The message again, without what stands after each block's SplmtryData. */
static void
check_restored(const message_t *before, const message_t *after,
               egret_arena_t *arena)
{
    egret_span_t bytes = after->tape.bytes;
    egret_buffer_t buffer;
    size_t from = 0;

    egret_buffer_init(&buffer, arena, LARGE);
    for (size_t i = 0; i < after->blocks.count; i++) {
        egret_node_t next =
            egret_tape_at(&after->tape, after->blocks.items[i].supplementary)
                ->next;

        require(next != EGRET_NODE_NONE, "nothing stands beside a block");
        egret_buffer_add(&buffer,
                         egret_span_slice(
                             bytes, from,
                             egret_tape_at(&after->tape, next)->tag_open));
        from = egret_tape_at(&after->tape, next)->end_close;
    }
    egret_buffer_add(&buffer, egret_span_slice(bytes, from, bytes.length));
    require(egret_span_equals(egret_buffer_span(&buffer), before->tape.bytes),
            "another byte has changed");
}


static void
check_translated(const message_t *before, egret_arena_t *arena)
{
    egret_span_t translated = translate(before, arena);
    message_t after;

    /* It may be too long for the reader by now. */
    if (translated.length > egret_xml_limits_default.bytes) {
        return;
    }
    require(read_message(translated, arena, &after), "it cannot be read");
    require(after.findings.count == 0, "it is not valid");
    require(after.blocks.count == before->blocks.count,
            "it has another number of blocks");
    for (size_t i = 0; i < after.blocks.count; i++) {
        egret_sha256_t one = digest_of(before, i, arena);
        egret_sha256_t other = digest_of(&after, i, arena);

        require(memcmp(&one, &other, sizeof(one)) == 0,
                "a digest has changed");
    }
    check_restored(before, &after, arena);
}


int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    egret_span_t span = { (const char *) bytes, size };
    egret_arena_t *arena;
    message_t *message;

    if (schemas == NULL) {
        load_schemas();
    }
    arena = egret_arena_create(egret_allocator_default(), 0);
    require(arena != NULL, "memory");
    message = egret_arena_zeroed(arena, 1, sizeof(*message));
    require(message != NULL, "memory");
    if (read_message(span, arena, message)) {
        look(message, arena);
        if (message->findings.count == 0 && message->blocks.fault_count == 0) {
            check_translated(message, arena);
        }
    }
    egret_arena_destroy(arena);

    return 0;
}
