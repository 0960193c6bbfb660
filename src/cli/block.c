/* SPDX-License-Identifier: Apache-2.0 */

#include <stdio.h>
#include <string.h>

#include "cli/command.h"
#include "cli/report.h"
#include "cli/setup.h"
#include "codec/json_canonical.h"
#include "msg/block.h"

#define REPORT_MAXIMUM (16u * 1024 * 1024)
#define WRAPPER "urn:x-egret:bare-block"
#define WRAPPER_OPEN "<Document xmlns=\"" WRAPPER "\">"
#define WRAPPER_CLOSE "</Document>"

/* A block on its own is judged as the content of such a Document. */
static const char wrapper_schema[] =
    "<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\""
    " elementFormDefault=\"qualified\" targetNamespace=\"" WRAPPER "\""
    " xmlns=\"" WRAPPER "\">"
    "<xs:element name=\"Document\" type=\"Document\"/>"
    "<xs:complexType name=\"Document\"><xs:sequence>"
    "<xs:any namespace=\"##any\" processContents=\"lax\"/>"
    "</xs:sequence></xs:complexType></xs:schema>";

typedef struct {
    const egret_options_t *options;
    egret_setup_t *setup;
    const char *file;
    egret_arena_t *arena;
    bool is_bare;
} reading_t;


static egret_span_t
without_wrapper(egret_span_t xpath)
{
    egret_span_t wrapper = EGRET_SPAN("/Document");

    return egret_span_starts_with(xpath, wrapper)
               ? egret_span_slice(xpath, wrapper.length, xpath.length)
               : xpath;
}


/* Findings, where they stand in the file. */
static void
unwrap(egret_findings_t *findings, uint32_t line, uint32_t column)
{
    uint32_t shift = (uint32_t) sizeof(WRAPPER_OPEN) - 1;

    for (size_t i = 0; i < findings->count; i++) {
        egret_finding_t *finding = &findings->items[i];

        finding->xpath = without_wrapper(finding->xpath);
        if (finding->line == line && finding->column > shift) {
            finding->column = finding->column - shift + column - 1;
        }
    }
}


static bool
print_block(const reading_t *reading, const egret_tape_t *tape,
            egret_node_t node, egret_buffer_t *out)
{
    egret_node_t id = egret_tape_child_named(tape, node, EGRET_SPAN("Id"));
    egret_span_t xpath = egret_tape_xpath(tape, node, EGRET_SPAN(""),
                                          reading->arena);
    char hex[EGRET_SHA256_HEX];
    egret_sha256_t digest;

    if (xpath.at == NULL || id == EGRET_NODE_NONE
        || egret_block_digest(tape, node, reading->arena, &digest) != EGRET_OK)
    {
        fprintf(stderr, "egret: %s: a block has no digest\n",
                egret_report_name(reading->file, reading->arena));
        return false;
    }
    if (reading->is_bare) {
        xpath = without_wrapper(xpath);
    }

    egret_sha256_hex(&digest, hex);
    egret_buffer_print(out, "%s ", hex);
    egret_report_add(out, egret_span_trim(egret_tape_value(tape, id)));
    egret_buffer_add_byte(out, ' ');
    egret_report_add(out, xpath);
    if (reading->options->file_count > 1) {
        egret_buffer_add_byte(out, ' ');
        egret_report_add(out, egret_span_from(reading->file));
    }
    egret_buffer_add_byte(out, '\n');

    return true;
}


static int
print_blocks(const reading_t *reading, const egret_tape_t *tape)
{
    int code = EGRET_EXIT_ACCEPTED;
    size_t count = 0;
    egret_buffer_t out;
    egret_span_t text;

    egret_buffer_init(&out, reading->arena, REPORT_MAXIMUM);
    for (egret_node_t node = 0; node < tape->node_count; node++) {
        if (egret_block_is(tape, node)) {
            count++;
            code = print_block(reading, tape, node, &out) ? code
                                                          : EGRET_EXIT_FAILED;
        }
    }

    if (count == 0) {
        fprintf(stderr, "egret: %s: no green block\n",
                egret_report_name(reading->file, reading->arena));
    }
    text = egret_buffer_span(&out);
    if (text.length > 0) {
        fwrite(text.at, 1, text.length, stdout);
    }

    return egret_buffer_rc(&out) == EGRET_OK ? code : EGRET_EXIT_FAILED;
}


/* The block's own bytes in a Document, its line kept. */
static bool
judge_bare(const reading_t *reading, egret_message_t *message,
           egret_verdict_t **verdict)
{
    const egret_tape_node_t *root = egret_tape_at(&(*verdict)->tape, 0);
    uint32_t column = egret_tape_column(&(*verdict)->tape, root->tag_open);
    egret_buffer_t wrapped;
    egret_rc_t rc;

    egret_buffer_init(&wrapped, reading->arena,
                      message->bytes.length + sizeof(WRAPPER_OPEN)
                          + sizeof(WRAPPER_CLOSE));
    for (uint32_t line = 1; line < root->line; line++) {
        egret_buffer_add_byte(&wrapped, '\n');
    }
    egret_buffer_add_text(&wrapped, WRAPPER_OPEN);
    egret_buffer_add(&wrapped, egret_span_slice(message->bytes, root->tag_open,
                                                root->end_close));
    egret_buffer_add_text(&wrapped, WRAPPER_CLOSE);

    message->bytes = egret_buffer_span(&wrapped);
    rc = egret_buffer_rc(&wrapped);
    if (rc == EGRET_OK) {
        rc = egret_judge(reading->setup->pipeline, message, reading->arena,
                         verdict);
    }
    if (rc != EGRET_OK) {
        fprintf(stderr, "egret: %s: %s\n",
                egret_report_name(reading->file, reading->arena),
                egret_rc_text(rc));
        return false;
    }
    unwrap(&(*verdict)->findings, root->line, column);

    return true;
}


static int
digest_file(reading_t *reading)
{
    egret_message_t message;
    egret_verdict_t *verdict;

    if (!egret_setup_judge(reading->setup, reading->file, reading->arena,
                           &message, &verdict))
    {
        return EGRET_EXIT_FAILED;
    }
    reading->is_bare =
        verdict->tape.is_whole && egret_block_is(&verdict->tape, 0);
    if (reading->is_bare && !judge_bare(reading, &message, &verdict)) {
        return EGRET_EXIT_FAILED;
    }
    if (verdict->word == EGRET_REJECTED) {
        egret_report_print(reading->file, verdict, reading->arena, stderr);
        return EGRET_EXIT_REFUSED;
    }

    return print_blocks(reading, &verdict->tape);
}


static int
digest_files(const egret_options_t *options, egret_setup_t *setup)
{
    int worst = EGRET_EXIT_ACCEPTED;

    for (size_t i = 0; i < options->file_count; i++) {
        reading_t reading = { options, setup, options->files[i],
                              egret_setup_arena(setup), false };
        int code = reading.arena == NULL ? EGRET_EXIT_FAILED
                                         : digest_file(&reading);

        worst = code > worst ? code : worst;
        egret_arena_destroy(reading.arena);
    }
    if (fflush(stdout) != 0 || ferror(stdout)) {
        fputs("egret: standard output cannot be written\n", stderr);
        return EGRET_EXIT_FAILED;
    }

    return worst;
}


static bool
load_wrapper(egret_setup_t *setup)
{
    egret_schema_fault_t fault = { EGRET_SPAN("") };
    egret_rc_t rc = egret_schemas_load_text(
        setup->config->schemas, "bare block", egret_span_from(wrapper_schema),
        &fault);

    if (rc != EGRET_OK) {
        fprintf(stderr, "egret: %.*s\n", EGRET_SPAN_ARGS(fault.text));
    }

    return rc == EGRET_OK;
}


int
egret_command_block(int count, char **words)
{
    egret_options_t options;
    egret_setup_t setup;
    int code = EGRET_EXIT_FAILED;

    if (count == 0 || strcmp(words[0], "digest") != 0) {
        fputs("egret block: write egret block digest FILE...; see egret help "
              "block\n",
              stderr);
        return EGRET_EXIT_FAILED;
    }
    if (!egret_options_read(EGRET_COMMAND_BLOCK, count - 1, words + 1,
                            &options))
    {
        return EGRET_EXIT_FAILED;
    }

    options.is_schema_only = true;
    if (egret_setup_open(&options, &setup) && load_wrapper(&setup)) {
        code = digest_files(&options, &setup);
    }
    egret_setup_close(&setup);

    return code;
}
