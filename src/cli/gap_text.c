/* SPDX-License-Identifier: Apache-2.0 */

#include "cli/gap_text.h"

#include "cli/report.h"

static void
add_scheme(egret_buffer_t *buffer, const egret_scheme_t *scheme)
{
    egret_report_add(buffer, scheme->id);
    egret_buffer_add_byte(buffer, '/');
    egret_report_add(buffer, scheme->version);
}


static void
add_proofs(egret_buffer_t *buffer, const egret_gap_item_t *item)
{
    const char *before = "";

    egret_buffer_print(buffer, "    for %s there: ",
                       egret_label_status_text(item->highest));
    for (int i = 0; i < EGRET_DIMENSION_COUNT; i++) {
        if (item->proofs[i] != EGRET_GAP_NOT_ASKED) {
            egret_buffer_print(buffer, "%s%s: %s", before,
                               egret_dimension_text((egret_dimension_t) i),
                               egret_gap_proof_text(item->proofs[i]));
            before = ", ";
        }
    }
    egret_buffer_add_byte(buffer, '\n');
}


static void
add_basis(egret_buffer_t *buffer, const egret_gap_item_t *item)
{
    for (size_t i = 0; i < item->told.row_count; i++) {
        egret_buffer_add_text(buffer, "    row ");
        egret_report_add(buffer, item->told.rows[i].row);
        egret_buffer_add_text(buffer, " of ");
        egret_report_add(buffer, item->told.rows[i].table);
        egret_buffer_print(
            buffer, "%s%s%s%s\n",
            item->told.rows[i].is_operators
                ? ", of the operator, for this counterpart" : "",
            item->told.rows[i].is_own_assessment ? ", own assessment" : "",
            item->told.rows[i].is_draft ? ", a draft" : "",
            item->told.rows[i].is_superseded ? ", superseded" : "");
    }
    for (size_t i = 0; i < item->told.condition_count; i++) {
        const egret_block_translation_condition_t *condition =
            &item->told.conditions[i];

        egret_buffer_add_text(buffer, "    met: ");
        egret_report_add(buffer, condition->name);
        for (size_t k = 0; k < condition->fact_count; k++) {
            egret_buffer_add_text(buffer, k == 0 ? ", by " : ", ");
            egret_report_add(buffer, condition->facts[k].path);
            egret_buffer_add_byte(buffer, ' ');
            egret_report_add(buffer, condition->facts[k].value);
        }
        egret_buffer_add_byte(buffer, '\n');
    }
}


static void
add_item(egret_buffer_t *buffer, const egret_gap_item_t *item)
{
    const egret_label_translation_t *translation = &item->translation;
    egret_label_result_t result = translation->result;
    bool is_translated = result == EGRET_TRANSLATION_TRANSLATED;

    egret_buffer_print(buffer, "  Lbl[%u] ", item->label);
    egret_report_add(buffer, item->from->code);
    if (item->project > 0) {
        egret_buffer_print(buffer, ", Prj[%u]", item->project);
    }
    egret_buffer_add_text(buffer, " in ");
    add_scheme(buffer, translation->target);
    egret_buffer_print(buffer, ": %s", egret_explanation_verdict(result));
    if (is_translated) {
        egret_buffer_add_text(buffer, ", ");
        egret_report_add(buffer, translation->code->code);
        egret_buffer_print(buffer, " %s",
                           egret_label_status_text(translation->status));
    } else {
        for (size_t i = 0; egret_gap_nearest(item, i).length > 0; i++) {
            egret_buffer_add_text(buffer, i == 0 ? "; nearest: " : ", ");
            egret_report_add(buffer, egret_gap_nearest(item, i));
        }
    }
    egret_buffer_add_byte(buffer, '\n');
    if (result != EGRET_TRANSLATION_NO_COUNTERPART) {
        add_proofs(buffer, item);
    }
    add_basis(buffer, item);
}


static const char *
need_of(const egret_gap_need_t *need)
{
    static const char *const texts[EGRET_NEED_KIND_COUNT] = {
        [EGRET_NEED_ROW] = "an assessment, for no usable row leads to",
        [EGRET_NEED_SCOPE] = "an assessment that the activity is",
        [EGRET_NEED_CRITERIA] = "an assessment of the technical criteria of",
        [EGRET_NEED_CRITERION] = "a measured value of",
        [EGRET_NEED_FACT] = "a statement of",
        [EGRET_NEED_CONDITION] = "what is stated does not meet a condition on",
        [EGRET_NEED_DNSH] = "an assessment of do no significant harm",
        [EGRET_NEED_SAFEGUARDS] = "an assessment of minimum safeguards",
        [EGRET_NEED_REVIEW] = "a valid external review",
        [EGRET_NEED_SHARE] = "a larger share that is green",
        [EGRET_NEED_BLOCK] = "of the block and its label:",
    };

    return texts[need->kind];
}


static void
add_need(egret_buffer_t *buffer, const egret_gap_need_t *need)
{
    egret_buffer_add_text(buffer, "  ");
    if (need->project > 0) {
        egret_buffer_print(buffer, "Prj[%u]: ", need->project);
    }
    egret_buffer_add_text(buffer, need_of(need));
    if (need->subject.length > 0) {
        egret_buffer_add_byte(buffer, ' ');
        egret_report_add(buffer, need->subject);
    }
    if (need->is_stated) {
        egret_buffer_add_text(
            buffer, " (what the block states is no proof yet)");
    }
    egret_buffer_add_text(buffer, "; serves ");
    for (size_t i = 0; i < need->scheme_count; i++) {
        egret_buffer_add_text(buffer, i > 0 ? ", " : "");
        add_scheme(buffer, need->schemes[i]);
    }
    egret_buffer_add_byte(buffer, '\n');

    for (const egret_gap_use_t *use = need->uses; use != NULL;
         use = use->next)
    {
        if (use->term.length > 0) {
            egret_buffer_add_text(buffer, "    ");
            add_scheme(buffer, use->item->translation.target);
            egret_buffer_add_text(buffer, ": ");
            egret_report_add(buffer, use->term);
            egret_buffer_add_byte(buffer, '\n');
        }
    }
}


static void
add_shares(egret_buffer_t *buffer, const egret_gap_block_t *block)
{
    char stated[EGRET_DECIMAL_TEXT], asked[EGRET_DECIMAL_TEXT];

    (void) egret_decimal_write(&block->green_share, stated);
    for (size_t i = 0; i < block->target_count; i++) {
        if (block->targets[i]->has_minimum_share) {
            (void) egret_decimal_write(&block->targets[i]->minimum_share,
                                       asked);
            egret_buffer_add_text(buffer, "  share: ");
            add_scheme(buffer, block->targets[i]);
            egret_buffer_print(buffer,
                               " asks for %s percent; the block states %s\n",
                               asked, stated);
        }
    }
}


static void
add_duties(egret_buffer_t *buffer, const egret_gap_block_t *block)
{
    char text[EGRET_DATETIME_TEXT];

    for (size_t i = 0; i < block->duty_count; i++) {
        const egret_gap_duty_t *duty = &block->duties[i];

        egret_buffer_add_text(buffer, "  disclosure: ");
        egret_report_add(buffer, duty->type);
        (void) egret_date_write(duty->from, text);
        egret_buffer_print(buffer, ", owed since %s: %s", text,
                           egret_gap_disclosed_text(duty->state));
        if (duty->state != EGRET_GAP_UNSTATED) {
            (void) egret_date_write(duty->date, text);
            egret_buffer_print(buffer, " %s", text);
        }
        egret_buffer_print(buffer, "; overdue: %s\n",
                           egret_severity_text(duty->severity));
    }
}


static void
add_block(egret_buffer_t *buffer, const egret_gap_block_t *block)
{
    char date[EGRET_DATETIME_TEXT];

    (void) egret_date_write(block->date, date);
    egret_buffer_add_text(buffer, "block ");
    egret_report_add(buffer, block->id);
    egret_buffer_print(buffer, ", decided on %s\n", date);
    add_shares(buffer, block);
    add_duties(buffer, block);
    for (const egret_gap_item_t *item = block->items; item != NULL;
         item = item->next)
    {
        add_item(buffer, item);
    }
    egret_buffer_add_text(buffer, block->needs != NULL ? "missing\n"
                                                       : "missing: nothing\n");
    for (const egret_gap_need_t *need = block->needs; need != NULL;
         need = need->next)
    {
        add_need(buffer, need);
    }
}


void
egret_gap_text(const egret_gap_t *gap, egret_buffer_t *buffer)
{
    if (gap->to.length > 0) {
        egret_buffer_add_text(buffer, "counterpart ");
        egret_report_add(buffer, gap->to);
        egret_buffer_add_text(buffer, ": its own rows, too\n");
    } else if (gap->blocks != NULL) {
        egret_buffer_add_text(buffer,
                              "no counterpart is named (--to): the rows are "
                              "those for every partner\n");
    }
    for (const egret_gap_block_t *block = gap->blocks; block != NULL;
         block = block->next)
    {
        add_block(buffer, block);
    }
}
