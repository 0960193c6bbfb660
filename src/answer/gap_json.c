/* SPDX-License-Identifier: Apache-2.0 */
#include "answer/gap.h"

#include "checks/rules.h"

#define ANSWER_MAXIMUM ((size_t) 16 * 1024 * 1024)

static void
add_text(egret_buffer_t *buffer, const char *name, egret_span_t value)
{
    egret_buffer_print(buffer, "\"%s\":", name);
    egret_buffer_add_json(buffer, value);
    egret_buffer_add_byte(buffer, ',');
}

static void
add_name(egret_buffer_t *buffer, const char *name, egret_span_t id,
         egret_span_t version)
{
    egret_buffer_print(buffer, "\"%s\":{", name);
    add_text(buffer, "scheme", id);
    egret_buffer_add_text(buffer, "\"version\":");
    egret_buffer_add_json(buffer, version);
    egret_buffer_add_text(buffer, "},");
}

static void
add_rows(egret_buffer_t *buffer, const egret_gap_item_t *item)
{
    egret_buffer_add_text(buffer, "\"rows\":[");
    for (size_t i = 0; i < item->told.row_count; i++) {
        const egret_block_translation_row_t *row = &item->told.rows[i];

        egret_buffer_add_text(buffer, i > 0 ? ",{" : "{");
        add_text(buffer, "table", row->table);
        add_text(buffer, "row", row->row);
        egret_buffer_print(buffer,
                           "\"operators\":%s,\"ownAssessment\":%s%s%s}",
                           row->is_operators ? "true" : "false",
                           row->is_own_assessment ? "true" : "false",
                           row->is_draft ? ",\"draft\":true" : "",
                           row->is_superseded ? ",\"superseded\":true" : "");
    }
    egret_buffer_add_text(buffer, "],");
}

static void
add_conditions(egret_buffer_t *buffer, const egret_gap_item_t *item)
{
    egret_buffer_add_text(buffer, "\"conditions\":[");
    for (size_t i = 0; i < item->told.condition_count; i++) {
        const egret_block_translation_condition_t *condition =
            &item->told.conditions[i];

        egret_buffer_add_text(buffer, i > 0 ? ",{" : "{");
        add_text(buffer, "condition", condition->name);
        egret_buffer_add_text(buffer, "\"facts\":[");
        for (size_t k = 0; k < condition->fact_count; k++) {
            egret_buffer_add_text(buffer, k > 0 ? ",{" : "{");
            add_text(buffer, "path", condition->facts[k].path);
            egret_buffer_add_text(buffer, "\"value\":");
            egret_buffer_add_json(buffer, condition->facts[k].value);
            egret_buffer_add_byte(buffer, '}');
        }
        egret_buffer_add_text(buffer, "]}");
    }
    egret_buffer_add_text(buffer, "],");
}

static void
add_proofs(egret_buffer_t *buffer, const egret_gap_item_t *item)
{
    const char *before = "";

    egret_buffer_print(buffer, "\"highest\":{\"status\":\"%s\"",
                       egret_label_status_text(item->highest));
    for (int i = 0; i < EGRET_DIMENSION_COUNT; i++) {
        if (item->proofs[i] != EGRET_GAP_NOT_ASKED) {
            egret_buffer_print(
                buffer, ",\"%s\":\"%s\"",
                egret_dimension_text((egret_dimension_t) i),
                egret_gap_proof_text(item->proofs[i]));
        }
    }

    egret_buffer_add_text(buffer, "},\"nearest\":[");
    for (size_t i = 0; egret_gap_nearest(item, i).length > 0; i++) {
        egret_buffer_add_text(buffer, before);
        egret_buffer_add_json(buffer, egret_gap_nearest(item, i));
        before = ",";
    }
    egret_buffer_add_text(buffer, "],");
}

static void
add_item(egret_buffer_t *buffer, const egret_gap_item_t *item)
{
    const egret_label_translation_t *translation = &item->translation;

    egret_buffer_print(buffer, "{\"label\":%u,\"project\":%u,", item->label,
                       item->project);
    add_name(buffer, "from", item->from->scheme, item->from->version);
    add_text(buffer, "code", item->from->code);
    add_name(buffer, "to", translation->target->id,
             translation->target->version);
    add_text(buffer, "verdict",
             egret_span_from(egret_explanation_verdict(translation->result)));
    if (translation->result == EGRET_TRANSLATION_TRANSLATED) {
        add_text(buffer, "becomes", translation->code->code);
        add_text(buffer, "status",
                 egret_span_from(
                     egret_label_status_text(translation->status)));
    }
    add_proofs(buffer, item);
    add_rows(buffer, item);
    add_conditions(buffer, item);
    egret_buffer_add_text(buffer, "\"missing\":[");
    for (size_t i = 0; i < item->told.missing_count; i++) {
        egret_buffer_add_text(buffer, i > 0 ? "," : "");
        egret_buffer_add_json(buffer, item->told.missing[i]);
    }
    egret_buffer_add_text(buffer, "]}");
}

static void
add_use(egret_buffer_t *buffer, const egret_gap_use_t *use)
{
    const egret_gap_item_t *item = use->item;

    egret_buffer_print(buffer, "{\"label\":%u,", item->label);
    add_name(buffer, "to", item->translation.target->id,
             item->translation.target->version);
    if (egret_gap_nearest(item, 0).length > 0) {
        add_text(buffer, "code", egret_gap_nearest(item, 0));
    }
    if (use->term.length > 0) {
        add_text(buffer, "term", use->term);
    }
    egret_buffer_print(buffer, "\"for\":\"%s\"}",
                       use->is_for_label
                       ? "label"
                       : egret_label_status_text(item->highest));
}

static void
add_need(egret_buffer_t *buffer, const egret_gap_need_t *need)
{
    egret_buffer_print(buffer, "{\"kind\":\"%s\",\"project\":%u,",
                       egret_need_text(need->kind), need->project);
    if (need->subject.length > 0) {
        add_text(buffer, "subject", need->subject);
    }
    if (need->is_stated) {
        egret_buffer_add_text(buffer, "\"stated\":true,");
    }
    egret_buffer_add_text(buffer, "\"serves\":[");
    for (size_t i = 0; i < need->scheme_count; i++) {
        const egret_scheme_t *scheme = need->schemes[i];

        egret_buffer_add_text(buffer, i > 0 ? "," : "");
        egret_buffer_add_text(buffer, "{");
        add_text(buffer, "scheme", scheme->id);
        egret_buffer_add_text(buffer, "\"version\":");
        egret_buffer_add_json(buffer, scheme->version);
        egret_buffer_add_byte(buffer, '}');
    }
    egret_buffer_add_text(buffer, "],\"uses\":[");
    for (const egret_gap_use_t *use = need->uses; use != NULL;
         use = use->next)
    {
        egret_buffer_add_text(buffer, use == need->uses ? "" : ",");
        add_use(buffer, use);
    }
    egret_buffer_add_text(buffer, "]}");
}

static void
add_percent(egret_buffer_t *buffer, const char *name,
            const egret_decimal_t *share)
{
    char text[EGRET_DECIMAL_TEXT];

    (void) egret_decimal_write(share, text);
    add_text(buffer, name, egret_span_from(text));
}

/* Of those schemes that ask for one. */
static void
add_shares(egret_buffer_t *buffer, const egret_gap_block_t *block)
{
    const char *before = "";

    if (block->target_count > 0) {
        add_percent(buffer, "greenShare", &block->green_share);
    }
    egret_buffer_add_text(buffer, "\"minimumShares\":[");
    for (size_t i = 0; i < block->target_count; i++) {
        const egret_scheme_t *target = block->targets[i];

        if (!target->has_minimum_share) {
            continue;
        }
        egret_buffer_print(buffer, "%s{", before);
        add_name(buffer, "to", target->id, target->version);
        add_percent(buffer, "share", &target->minimum_share);
        egret_buffer_print(
            buffer, "\"isReached\":%s}",
            egret_rules_share_reaches(&block->green_share,
                                      &target->minimum_share)
                ? "true" : "false");
        before = ",";
    }
    egret_buffer_add_text(buffer, "],");
}

static void
add_date(egret_buffer_t *buffer, const char *name, egret_date_t date)
{
    char text[EGRET_DATETIME_TEXT];

    (void) egret_date_write(date, text);
    add_text(buffer, name, egret_span_from(text));
}

static void
add_duties(egret_buffer_t *buffer, const egret_gap_block_t *block)
{
    egret_buffer_add_text(buffer, "\"disclosures\":[");
    for (size_t i = 0; i < block->duty_count; i++) {
        const egret_gap_duty_t *duty = &block->duties[i];

        egret_buffer_add_text(buffer, i > 0 ? ",{" : "{");
        add_text(buffer, "type", duty->type);
        add_date(buffer, "owedSince", duty->from);
        if (duty->state != EGRET_GAP_UNSTATED) {
            add_date(buffer, "date", duty->date);
        }
        egret_buffer_print(buffer, "\"ifOverdue\":\"%s\",\"is\":\"%s\"}",
                           egret_severity_text(duty->severity),
                           egret_gap_disclosed_text(duty->state));
    }
    egret_buffer_add_text(buffer, "],");
}

static void
add_block(egret_buffer_t *buffer, const egret_gap_block_t *block)
{
    char date[EGRET_DATETIME_TEXT];

    (void) egret_date_write(block->date, date);
    egret_buffer_add_byte(buffer, '{');
    add_text(buffer, "id", block->id);
    add_text(buffer, "xpath", block->xpath);
    add_text(buffer, "on", egret_span_from(date));
    add_shares(buffer, block);
    add_duties(buffer, block);
    egret_buffer_add_text(buffer, "\"labels\":[");
    for (const egret_gap_item_t *item = block->items; item != NULL;
         item = item->next)
    {
        egret_buffer_add_text(buffer, item == block->items ? "" : ",");
        add_item(buffer, item);
    }
    egret_buffer_add_text(buffer, "],\"needs\":[");
    for (const egret_gap_need_t *need = block->needs; need != NULL;
         need = need->next)
    {
        egret_buffer_add_text(buffer, need == block->needs ? "" : ",");
        add_need(buffer, need);
    }
    egret_buffer_add_text(buffer, "]}");
}

void
egret_gap_json(const egret_gap_t *gap, egret_buffer_t *buffer)
{
    egret_buffer_add_text(buffer, "{\"counterpart\":");
    if (gap->to.length > 0) {
        egret_buffer_add_json(buffer, gap->to);
    } else {
        egret_buffer_add_text(buffer, "null");
    }
    egret_buffer_add_text(buffer, ",\"blocks\":[");
    for (const egret_gap_block_t *block = gap->blocks; block != NULL;
         block = block->next)
    {
        egret_buffer_add_text(buffer, block == gap->blocks ? "" : ",");
        add_block(buffer, block);
    }
    egret_buffer_add_text(buffer, "]}\n");
}

egret_rc_t
egret_gap_answer(const egret_gap_request_t *request, egret_arena_t *arena,
                 egret_answer_t *out)
{
    egret_question_fault_t fault;
    egret_buffer_t buffer;
    egret_gap_t gap;
    egret_rc_t rc = egret_gap_find(request, arena, &gap, &fault);

    if (rc == EGRET_EINVAL) {
        return egret_explanation_refuse(EGRET_REFUSAL_GAP, &fault, arena, out);
    }
    if (rc != EGRET_OK) {
        return rc;
    }

    egret_buffer_init(&buffer, arena, ANSWER_MAXIMUM);
    egret_gap_json(&gap, &buffer);
    out->status = 200;
    out->content_type = EGRET_SPAN("application/json");
    out->body = egret_buffer_span(&buffer);

    return egret_buffer_rc(&buffer);
}
