/* SPDX-License-Identifier: Apache-2.0 */

#include "err/findings.h"

#include <string.h>

#define ITEMS_AT_FIRST 8

void
egret_findings_init(egret_findings_t *findings, egret_arena_t *arena)
{
    memset(findings, 0, sizeof(*findings));
    findings->arena = arena;
    findings->worst = EGRET_SEVERITY_INFO;
}


static void
count_severity(egret_findings_t *findings, const egret_finding_t *finding)
{
    egret_code_t code = finding->code;

    if (finding->severity > findings->worst) {
        findings->worst = finding->severity;
    }
    if (!findings->seen[code]
        || finding->severity > findings->severity_of[code]) {
        findings->severity_of[code] = (uint8_t) finding->severity;
    }
    findings->seen[code] = true;
}


static size_t
last_of_mildest(const egret_findings_t *findings)
{
    size_t last = 0;

    for (size_t i = 1; i < findings->count; i++) {
        if (findings->items[i].severity <= findings->items[last].severity) {
            last = i;
        }
    }
    return last;
}


bool
egret_findings_keep(const egret_findings_t *findings, egret_severity_t severity)
{
    return findings->count < EGRET_FINDINGS_CEILING
           || severity > findings->items[last_of_mildest(findings)].severity;
}


static egret_rc_t
grow(egret_findings_t *findings)
{
    size_t capacity = findings->capacity * 2;
    void *items;

    if (capacity < ITEMS_AT_FIRST) {
        capacity = ITEMS_AT_FIRST;
    }
    if (capacity > EGRET_FINDINGS_CEILING) {
        capacity = EGRET_FINDINGS_CEILING;
    }
    items = egret_arena_grow(findings->arena, findings->items,
                             findings->capacity * sizeof(egret_finding_t),
                             capacity * sizeof(egret_finding_t));
    if (items == NULL) {
        return egret_arena_rc(findings->arena);
    }
    findings->items = items;
    findings->capacity = capacity;
    return EGRET_OK;
}


static void
remove_at(egret_findings_t *findings, size_t index)
{
    findings->count--;
    memmove(&findings->items[index], &findings->items[index + 1],
            (findings->count - index) * sizeof(egret_finding_t));
}


static egret_finding_t *
insert_by_offset(egret_findings_t *findings, const egret_finding_t *finding)
{
    size_t index = findings->count;

    while (index > 0 && findings->items[index - 1].offset > finding->offset) {
        index--;
    }
    memmove(&findings->items[index + 1], &findings->items[index],
            (findings->count - index) * sizeof(egret_finding_t));
    findings->items[index] = *finding;
    findings->count++;
    return &findings->items[index];
}


/* At most `maximum` characters of it. */
static egret_span_t
cut(egret_span_t text, size_t maximum)
{
    size_t characters = 0;

    for (size_t i = 0; i < text.length; i++) {
        if (((unsigned char) text.at[i] & 0xC0) == 0x80) {
            continue;
        }
        if (characters++ == maximum) {
            return egret_span_slice(text, 0, i);
        }
    }
    return text;
}


static void
complete(egret_finding_t *finding)
{
    const egret_code_row_t *row = egret_code_row(finding->code);

    if (finding->iso.length == 0 && finding->case_index < EGRET_CODE_CASES) {
        finding->iso = egret_span_from(row->cases[finding->case_index].iso);
    }
    if (finding->message.length == 0) {
        finding->message = egret_span_from(row->title_en);
    }
    finding->got = cut(finding->got, EGRET_FINDING_GOT);
}


egret_rc_t
egret_findings_add(egret_findings_t *findings, const egret_finding_t *finding)
{
    count_severity(findings, finding);
    if (!egret_findings_keep(findings, finding->severity)) {
        findings->more++;
        return EGRET_OK;
    }

    if (findings->count == EGRET_FINDINGS_CEILING) {
        remove_at(findings, last_of_mildest(findings));
        findings->more++;
    } else if (findings->count == findings->capacity) {
        egret_rc_t rc = grow(findings);

        if (rc != EGRET_OK) {
            return rc;
        }
    }
    complete(insert_by_offset(findings, finding));
    return EGRET_OK;
}


bool
egret_findings_reject(const egret_findings_t *findings, egret_code_t code)
{
    return findings->seen[code]
           && findings->severity_of[code] == EGRET_SEVERITY_REJECT;
}


egret_span_t
egret_finding_doc(egret_arena_t *arena, const egret_finding_t *finding)
{
    const char *id = egret_code_row(finding->code)->id;

    return egret_arena_print(arena, "docs/reference/findings.md#%c%s",
                             id[0] - 'A' + 'a', id + 1);
}
