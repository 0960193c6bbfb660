/* SPDX-License-Identifier: Apache-2.0 */

#include <stdio.h>
#include <string.h>

#include "cli/command.h"
#include "cli/report.h"
#include "cli/setup.h"
#include "config/file.h"
#include "msg/block.h"
#include "taxonomy/in_force.h"

/* The scheme that might come, as if it were final from that day on. */
typedef struct {
    const egret_options_t *options;
    egret_setup_t *setup;
    egret_scheme_t scheme;
    size_t changed; /* messages with a label that would have to change */
    size_t moved;   /* messages that would only name the new version */
} whatif_t;


static bool
refuse(const char *word, const char *why)
{
    fprintf(stderr, "egret whatif: \"%s\" %s; see egret help whatif\n", word,
            why);

    return false;
}


/* Published before the day it takes effect: what its file says, but no later;
 * so its grandfathering holds. */
static bool
read_scheme(whatif_t *whatif)
{
    const egret_options_t *options = whatif->options;
    egret_span_t text, fault = EGRET_SPAN("");
    egret_scheme_t *scheme;
    bool has_offset = false;
    egret_date_t from;
    egret_rc_t rc;

    if (egret_date_read(egret_span_from(options->effective), &from,
                        &has_offset) != EGRET_OK
        || has_offset)
    {
        return refuse(options->effective, "is not a date such as 2026-11-23");
    }

    rc = egret_file_read(options->scheme, EGRET_FILE_ROWS_MAXIMUM,
                         whatif->setup->arena, &text);
    if (rc == EGRET_EIO) {
        fprintf(stderr, "egret: %s: %s\n", options->scheme,
                egret_file_reason(EGRET_FILE_ROWS_MAXIMUM,
                                  whatif->setup->arena));
        return false;
    }
    if (rc == EGRET_OK) {
        rc = egret_scheme_read(egret_span_from(options->scheme), text,
                               whatif->setup->arena, &scheme, &fault);
    }
    if (rc != EGRET_OK) {
        fprintf(stderr, "egret: %.*s\n",
                EGRET_SPAN_ARGS(fault.length > 0
                                    ? fault
                                    : egret_span_from(egret_rc_text(rc))));
        return false;
    }

    whatif->scheme = *scheme;
    whatif->scheme.status = EGRET_SCHEME_FINAL;
    whatif->scheme.from = from;
    whatif->scheme.has_to = false;
    if (egret_date_compare(whatif->scheme.published, from) > 0) {
        whatif->scheme.published = from;
    }

    return true;
}


typedef enum {
    FATE_STAYS,  /* or is of another scheme */
    FATE_MOVES,
    FATE_CHANGES
} fate_t;


/* What a label would be; "" for one that need not change. */
static const char *
change_of(const whatif_t *whatif, const egret_block_label_t *label)
{
    const egret_scheme_t *scheme = &whatif->scheme;
    const egret_scheme_t *old = egret_taxonomies_scheme(
        whatif->setup->config->taxonomies, label->scheme, label->version);
    const egret_class_t *next = egret_scheme_class(scheme, label->code);
    const egret_class_t *last =
        old == NULL ? NULL : egret_scheme_class(old, label->code);

    if (next == NULL) {
        return "the new version has no such code";
    }
    if (!next->is_leaf && scheme->requires_leaf) {
        return "the code becomes a heading";
    }
    if (last == NULL
        || !egret_span_equals(egret_class_label(last, EGRET_LANGUAGE_ZH_HANS),
                              egret_class_label(next, EGRET_LANGUAGE_ZH_HANS)))
    {
        return "the code has another heading";
    }

    return "";
}


static fate_t
judge_label(whatif_t *whatif, const egret_block_t *block,
            const egret_block_label_t *label, size_t number,
            egret_buffer_t *out)
{
    const char *change;
    egret_decisive_t kind;

    if (!egret_span_equals(label->scheme, whatif->scheme.id)
        || egret_span_equals(label->version, whatif->scheme.version)
        || !block->has_decisive
        || egret_decisive_read(block->decisive_kind, &kind) != EGRET_OK)
    {
        return FATE_STAYS;
    }

    egret_buffer_print(out, ": Lbl[%zu] ", number);
    egret_report_add(out, label->scheme);
    egret_buffer_add_byte(out, '/');
    egret_report_add(out, label->version);
    egret_buffer_add_byte(out, '/');
    egret_report_add(out, label->code);
    if (egret_scheme_in_force(&whatif->scheme, block->decisive, kind)
        != EGRET_IN_FORCE_BY_DATE)
    {
        egret_buffer_add_text(out, ": stays, the deal was decided before\n");
        return FATE_STAYS;
    }

    change = change_of(whatif, label);
    egret_buffer_add_text(out, change[0] == '\0' ? ": moves to " :
                                                   ": changes under ");
    egret_report_add(out, whatif->scheme.version);
    egret_buffer_print(out, "%s%s\n", change[0] == '\0' ? "" : ", ", change);

    return change[0] == '\0' ? FATE_MOVES : FATE_CHANGES;
}


static egret_rc_t
judge_block(whatif_t *whatif, const egret_tape_t *tape, egret_node_t node,
            const char *file, egret_arena_t *arena, fate_t *fate)
{
    egret_block_t block;
    egret_buffer_t out;
    egret_span_t text;
    fate_t of_label;
    egret_rc_t rc = egret_block_read(tape, node, arena, &block);

    for (size_t i = 0; rc == EGRET_OK && i < block.label_count; i++) {
        egret_buffer_init(&out, arena, 64 * 1024);
        of_label = judge_label(whatif, &block, &block.labels[i], i + 1, &out);
        *fate = of_label > *fate ? of_label : *fate;
        text = egret_buffer_span(&out);
        rc = egret_buffer_rc(&out);
        if (rc == EGRET_OK && text.length > 0) {
            printf("%s%.*s", egret_report_name(file, arena),
                   EGRET_SPAN_ARGS(text));
        }
    }

    return rc;
}


static int
judge_file(whatif_t *whatif, const char *file, egret_arena_t *arena)
{
    egret_message_t message;
    egret_verdict_t *verdict;
    const egret_tape_t *tape;
    fate_t fate = FATE_STAYS;
    egret_rc_t rc = EGRET_OK;

    if (!egret_setup_judge(whatif->setup, file, arena, &message, &verdict)) {
        return EGRET_EXIT_FAILED;
    }
    tape = &verdict->tape;
    if (verdict->word == EGRET_REJECTED || !tape->is_whole) {
        egret_report_print(file, verdict, arena, stderr);
        return EGRET_EXIT_REFUSED;
    }

    for (egret_node_t node = 0; node < tape->node_count && rc == EGRET_OK;
         node++) {
        if (egret_block_is(tape, node)) {
            rc = judge_block(whatif, tape, node, file, arena, &fate);
        }
    }
    whatif->changed += fate == FATE_CHANGES;
    whatif->moved += fate == FATE_MOVES;
    if (rc != EGRET_OK) {
        fprintf(stderr, "egret: %s: %s\n", egret_report_name(file, arena),
                egret_rc_text(rc));
        return EGRET_EXIT_FAILED;
    }

    return EGRET_EXIT_ACCEPTED;
}


static int
judge_files(whatif_t *whatif)
{
    const egret_options_t *options = whatif->options;
    int worst = EGRET_EXIT_ACCEPTED;

    for (size_t i = 0; i < options->file_count; i++) {
        egret_arena_t *arena = egret_setup_arena(whatif->setup);
        int code = arena == NULL
                       ? EGRET_EXIT_FAILED
                       : judge_file(whatif, options->files[i], arena);

        worst = code > worst ? code : worst;
        egret_arena_destroy(arena);
    }

    printf("%zu of %zu %s would change a label and %zu only its version if "
           "%.*s/%.*s took effect on %s\n",
           whatif->changed, options->file_count,
           options->file_count == 1 ? "message" : "messages", whatif->moved,
           EGRET_SPAN_ARGS(whatif->scheme.id),
           EGRET_SPAN_ARGS(whatif->scheme.version), options->effective);
    if (fflush(stdout) != 0 || ferror(stdout)) {
        fputs("egret: standard output cannot be written\n", stderr);
        return EGRET_EXIT_FAILED;
    }

    return worst;
}


int
egret_command_whatif(int count, char **words)
{
    egret_options_t options;
    egret_setup_t setup;
    whatif_t whatif = { .options = &options, .setup = &setup };
    int code = EGRET_EXIT_FAILED;

    if (!egret_options_read(EGRET_COMMAND_WHATIF, count, words, &options)) {
        return EGRET_EXIT_FAILED;
    }
    if (options.scheme == NULL || options.effective == NULL) {
        fputs("egret whatif: write --scheme FILE and --effective DATE; see "
              "egret help whatif\n", stderr);
        return EGRET_EXIT_FAILED;
    }

    options.is_schema_only = true;
    if (egret_setup_open(&options, &setup) && read_scheme(&whatif)) {
        code = judge_files(&whatif);
    }
    egret_setup_close(&setup);

    return code;
}
