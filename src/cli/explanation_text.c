/* SPDX-License-Identifier: Apache-2.0 */

#include "cli/explanation_text.h"

#include "cli/report.h"

static void
add_line(egret_buffer_t *buffer, const char *name, egret_span_t value)
{
    if (value.length == 0) {
        return;
    }

    egret_buffer_print(buffer, "%-14s ", name);
    egret_report_add(buffer, value);
    egret_buffer_add_byte(buffer, '\n');
}


static void
add_date(egret_buffer_t *buffer, egret_date_t date)
{
    char text[EGRET_DATETIME_TEXT];

    (void) egret_date_write(date, text);
    egret_buffer_add_text(buffer, text);
}


static void
add_scheme(egret_buffer_t *buffer, const char *name,
           const egret_scheme_t *scheme)
{
    egret_buffer_print(buffer, "%-14s ", name);
    egret_report_add(buffer, scheme->id);
    egret_buffer_add_byte(buffer, '/');
    egret_report_add(buffer, scheme->version);
    egret_buffer_print(buffer, " (%s), published ",
                       egret_scheme_status_text(scheme->status));
    add_date(buffer, scheme->published);
    egret_buffer_add_text(buffer, ", in force from ");
    add_date(buffer, scheme->from);
    if (scheme->has_to) {
        egret_buffer_add_text(buffer, " to ");
        add_date(buffer, scheme->to);
    }
    egret_buffer_add_text(buffer, "; ");
    egret_report_add(buffer, scheme->file);
    egret_buffer_add_byte(buffer, '\n');
}


static void
add_code(egret_buffer_t *buffer, const char *name, const egret_class_t *code)
{
    egret_buffer_print(buffer, "%-14s ", name);
    egret_report_add(buffer, code->code);
    egret_buffer_add_text(buffer, ", ");
    egret_report_add(buffer, code->scheme->file);
    egret_buffer_print(buffer, ":%u\n", code->line);
    for (size_t i = 0; i < EGRET_LANGUAGE_COUNT; i++) {
        if (code->labels[i].length > 0) {
            egret_buffer_print(buffer, "  %-12s ",
                               egret_explanation_language(
                                   (egret_language_t) i));
            egret_report_add(buffer, code->labels[i]);
            egret_buffer_add_byte(buffer, '\n');
        }
    }
}


static void
add_missing(egret_buffer_t *buffer, unsigned missing)
{
    const char *before = "";

    for (unsigned i = 0; i < EGRET_MISSING_COUNT; i++) {
        if ((missing & 1u << i) != 0) {
            egret_buffer_print(buffer, "%s%s", before,
                               egret_missing_text((egret_missing_t) i));
            before = ", ";
        }
    }
}


/* With facts, also whether they meet it, and of several terms each. */
static void
add_condition(egret_buffer_t *buffer, const egret_explanation_t *explanation,
              const char *name, const egret_condition_t *condition)
{
    const egret_condition_term_t *term;

    if (condition == NULL) {
        return;
    }
    add_line(buffer, name, condition->text);
    if (explanation->project == 0) {
        return;
    }

    egret_buffer_print(buffer, "    by the facts %s\n",
                       egret_explanation_truth(explanation, condition));
    term = condition->first->next == NULL ? NULL : condition->first;
    for (; term != NULL; term = term->next) {
        egret_buffer_print(
            buffer, "      %-7s    %s",
            egret_explanation_term_truth(explanation, condition, term),
            term->is_negated ? "not " : "");
        egret_report_add(buffer, term->text);
        egret_buffer_add_byte(buffer, '\n');
    }
}


static void
add_row_facts(egret_buffer_t *buffer, const egret_explanation_t *explanation,
              const egret_crosswalk_row_t *row)
{
    egret_buffer_add_text(buffer, "  relation     ");
    for (unsigned i = 0; i < EGRET_DIMENSION_COUNT; i++) {
        egret_buffer_print(buffer, "%s %s",
                           egret_dimension_text((egret_dimension_t) i),
                           egret_relation_text(row->relations[i]));
        egret_buffer_add_text(buffer,
                              i + 1 < EGRET_DIMENSION_COUNT ? ", " : "\n");
    }
    add_condition(buffer, explanation, "  condition", row->condition);
    add_condition(buffer, explanation, "  threshold", row->threshold);
    add_line(buffer, "  record", row->record_id);
    add_line(buffer, "  justification", row->justification);
    add_line(buffer, "  comment", row->comment);
    egret_buffer_print(buffer, "  status       %s%s\n",
                       egret_row_status_text(row->status),
                       row->status == EGRET_ROW_OWN_ASSESSMENT
                           ? ": of whoever wrote the file; no authority has "
                             "approved it"
                           : "");
    if (row->has_valid_from) {
        egret_buffer_add_text(buffer, "  valid from   ");
        add_date(buffer, row->valid_from);
        egret_buffer_add_byte(buffer, '\n');
    }
    if (row->has_valid_to) {
        egret_buffer_add_text(buffer, "  valid to     ");
        add_date(buffer, row->valid_to);
        egret_buffer_add_byte(buffer, '\n');
    }
}


/* The row of a chain that leads to the subject of the one above. */
static void
add_via(egret_buffer_t *buffer, const egret_explanation_t *explanation,
        const egret_crosswalk_row_t *row)
{
    egret_buffer_add_text(buffer, "  behind       ");
    egret_report_add(buffer, row->crosswalk->file);
    egret_buffer_print(buffer, ":%u\n  through      ", row->line);
    egret_report_add(buffer, row->object_scheme->id);
    egret_buffer_add_byte(buffer, '/');
    egret_report_add(buffer, row->object_scheme->version);
    egret_buffer_add_byte(buffer, '/');
    egret_report_add(buffer, row->object->code);
    egret_buffer_add_byte(buffer, '\n');
    add_row_facts(buffer, explanation, row);
}


static void
add_row(egret_buffer_t *buffer, const egret_explanation_t *explanation,
        const egret_explained_row_t *explained)
{
    const egret_crosswalk_row_t *row = explained->row;

    egret_buffer_add_text(buffer, "\nrow            ");
    egret_report_add(buffer, row->crosswalk->file);
    egret_buffer_print(buffer, ":%u\n  result       ", row->line);
    if (explained->is_used) {
        egret_buffer_add_text(buffer, "used");
    } else if (explained->candidate == NULL) {
        egret_buffer_add_text(buffer, "not weighed");
    } else if (explained->candidate->missing != 0) {
        egret_buffer_add_text(buffer, "lacks ");
        add_missing(buffer, explained->candidate->missing);
    } else {
        egret_buffer_add_text(buffer, "carries, another row was used");
    }
    egret_buffer_add_text(buffer, "\n  to           ");
    if (row->object == NULL) {
        egret_buffer_add_text(buffer, "no counterpart");
    } else {
        egret_report_add(buffer, row->object->code);
        egret_buffer_add_byte(buffer, ' ');
        egret_report_add(buffer,
                         egret_class_label(row->object, EGRET_LANGUAGE_EN));
    }
    egret_buffer_add_byte(buffer, '\n');
    add_row_facts(buffer, explanation, row);
    if (explained->candidate != NULL && explained->candidate->via != NULL) {
        add_via(buffer, explanation, explained->candidate->via);
    }
}


static void
add_verdict(egret_buffer_t *buffer, const egret_explanation_t *explanation)
{
    const egret_label_translation_t *translation = &explanation->translation;
    const char *code = egret_translation_code(translation->result);

    egret_buffer_print(buffer, "\nverdict        %s%s%s\n",
                       egret_explanation_verdict(translation->result),
                       code[0] != '\0' ? ", " : "", code);
    if (translation->missing != 0) {
        bool is_translated =
            translation->result == EGRET_TRANSLATION_TRANSLATED;

        egret_buffer_print(buffer, "missing        %s",
                           is_translated ? "for ALGN: " : "");
        add_missing(buffer, translation->missing);
        egret_buffer_add_byte(buffer, '\n');
    }
    if (translation->code == NULL) {
        return;
    }

    add_code(buffer, "becomes", translation->code);
    add_line(buffer, "as",
             egret_span_from(egret_label_status_text(translation->status)));
    if (explanation->asked != NULL
        && explanation->asked != translation->code)
    {
        add_line(buffer, "not", explanation->asked->code);
    }
}


static void
add_label(egret_buffer_t *buffer, const egret_explanation_t *explanation)
{
    const egret_label_t *label = &explanation->label;
    const egret_class_t *code = egret_explanation_source(explanation);

    if (explanation->translation.source != NULL) {
        add_scheme(buffer, "from", explanation->translation.source);
    } else {
        add_line(buffer, "from", label->scheme);
        add_line(buffer, "version", label->version);
    }
    if (code != NULL) {
        add_code(buffer, "label", code);
    } else {
        add_line(buffer, "label", label->code);
    }
    add_line(buffer, "status",
             egret_span_from(egret_label_status_text(label->status)));
    add_scheme(buffer, "to", explanation->target);
    egret_buffer_add_text(buffer, "on             ");
    add_date(buffer, label->decisive_date);
    egret_buffer_print(buffer, " (%s)\n",
                       egret_decisive_text(label->decisive_kind));
}


/* The facts that were given. */
static void
add_known(egret_buffer_t *buffer, const egret_explanation_t *explanation)
{
    const egret_facts_t *facts = explanation->label.facts;

    if (explanation->project == 0) {
        return;
    }

    egret_buffer_print(buffer, "facts          of Prj[%u]\n",
                       explanation->project);
    for (size_t i = 0; i < facts->count; i++) {
        const egret_fact_t *fact = &facts->items[i];
        egret_span_t parts[] = { fact->of, fact->value, fact->unit };

        egret_buffer_print(buffer, "  %-12s",
                           egret_explanation_fact_kind(fact->kind));
        for (size_t k = 0; k < 3; k++) {
            if (parts[k].length > 0) {
                egret_buffer_add_byte(buffer, ' ');
                egret_report_add(buffer, parts[k]);
            }
        }
        egret_buffer_add_byte(buffer, '\n');
    }
}


void
egret_explanation_text(const egret_explanation_t *explanation,
                       egret_buffer_t *buffer)
{
    egret_explained_row_t row;

    add_label(buffer, explanation);
    add_known(buffer, explanation);
    add_verdict(buffer, explanation);
    for (size_t i = 0; egret_explanation_row(explanation, i, &row); i++) {
        add_row(buffer, explanation, &row);
    }
}
