/* SPDX-License-Identifier: Apache-2.0 */

#include "cli/report.h"

#include "util/plain.h"

#define REPORT_MAXIMUM (16u * 1024 * 1024)
#define NAME_MAXIMUM (64u * 1024) /* over PATH_MAX, each byte escaped */

void
egret_report_add(egret_buffer_t *buffer, egret_span_t text)
{
    egret_plain_add(buffer, text);
}


static void
add_part(egret_buffer_t *buffer, const char *before, egret_span_t text,
         const char *after)
{
    if (text.length == 0) {
        return;
    }

    egret_buffer_add_text(buffer, before);
    egret_report_add(buffer, text);
    egret_buffer_add_text(buffer, after);
}


static void
add_finding(egret_buffer_t *buffer, egret_span_t file,
            const egret_finding_t *finding)
{
    egret_report_add(buffer, file);
    egret_buffer_print(buffer, ":%u:%u: %s %s ",
                       finding->line > 0 ? finding->line : 1,
                       finding->column > 0 ? finding->column : 1,
                       egret_severity_text(finding->severity),
                       egret_code_row(finding->code)->id);
    if (finding->xpath.length > 0) {
        egret_report_add(buffer, finding->xpath);
    } else {
        egret_buffer_add_byte(buffer, '/');
    }
    egret_buffer_add_text(buffer, ": ");
    egret_report_add(buffer, finding->message);
    add_part(buffer, " (", finding->rule, ")");
    add_part(buffer, "; got \"", finding->got, "\"");
    add_part(buffer, "; expected ", finding->expected, "");
    add_part(buffer, "; fix: ", finding->fix, "");
    add_part(buffer, " [", finding->iso, "]");
    egret_buffer_add_byte(buffer, '\n');
}


const char *
egret_report_name(const char *file, egret_arena_t *arena)
{
    egret_buffer_t buffer;

    egret_buffer_init(&buffer, arena, NAME_MAXIMUM);
    egret_report_add(&buffer, egret_span_from(file));
    egret_buffer_add_byte(&buffer, '\0');

    return egret_buffer_rc(&buffer) == EGRET_OK ? buffer.bytes : "?";
}


void
egret_report_text(egret_span_t file, const egret_verdict_t *verdict,
                  egret_buffer_t *buffer)
{
    for (size_t i = 0; i < verdict->findings.count; i++) {
        add_finding(buffer, file, &verdict->findings.items[i]);
    }
}


void
egret_report_print(const char *file, const egret_verdict_t *verdict,
                   egret_arena_t *arena, FILE *stream)
{
    egret_buffer_t buffer;
    egret_span_t text;

    egret_buffer_init(&buffer, arena, REPORT_MAXIMUM);
    egret_report_text(egret_span_from(file), verdict, &buffer);
    text = egret_buffer_span(&buffer);
    if (text.length > 0) {
        fwrite(text.at, 1, text.length, stream);
    }
    if (egret_buffer_rc(&buffer) != EGRET_OK || verdict->findings.more > 0) {
        fprintf(stream, "egret: %s: and more findings\n",
                egret_report_name(file, arena));
    }
}


egret_rc_t
egret_report_json(egret_span_t file, const egret_verdict_t *verdict,
                  egret_buffer_t *buffer)
{
    egret_rc_t rc;

    egret_buffer_add_text(buffer, "{\"file\":");
    egret_buffer_add_json(buffer, file);
    egret_buffer_print(buffer, ",\"verdict\":\"%s\",\"definition\":",
                       egret_verdict_text(verdict->word));
    if (verdict->definition != NULL) {
        egret_buffer_add_json(buffer, verdict->definition->id);
    } else {
        egret_buffer_add_text(buffer, "null");
    }
    egret_buffer_add_text(buffer, ",\"findings\":");

    rc = egret_answer_findings_json(&verdict->findings, buffer);
    if (rc != EGRET_OK) {
        return rc;
    }
    if (verdict->findings.more > 0) {
        egret_buffer_print(buffer, ",\"more\":%zu", verdict->findings.more);
    }
    egret_buffer_add_text(buffer, "}\n");

    return egret_buffer_rc(buffer);
}
