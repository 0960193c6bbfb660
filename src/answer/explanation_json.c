/* SPDX-License-Identifier: Apache-2.0 */

#include "answer/explanation.h"

static void
add_text(egret_buffer_t *buffer, const char *name, egret_span_t value)
{
    egret_buffer_print(buffer, "\"%s\":", name);
    egret_buffer_add_json(buffer, value);
    egret_buffer_add_byte(buffer, ',');
}


static void
add_date(egret_buffer_t *buffer, const char *name, bool is_there,
         egret_date_t date)
{
    char text[EGRET_DATETIME_TEXT];

    if (is_there) {
        (void) egret_date_write(date, text);
        add_text(buffer, name, egret_span_from(text));
    }
}


static void
add_missing(egret_buffer_t *buffer, unsigned missing)
{
    const char *before = "";

    egret_buffer_add_text(buffer, "\"missing\":[");
    for (unsigned i = 0; i < EGRET_MISSING_COUNT; i++) {
        if ((missing & 1u << i) != 0) {
            egret_buffer_print(buffer, "%s\"%s\"", before,
                               egret_missing_text((egret_missing_t) i));
            before = ",";
        }
    }
    egret_buffer_add_byte(buffer, ']');
}


/* Where the object has a file and line already, those of the code need names
 * of their own. */
static void
add_code_at(egret_buffer_t *buffer, const egret_explanation_t *explanation,
            const egret_class_t *code, const char *file, const char *line)
{
    const char *before = "";

    add_text(buffer, "code", code->code);
    add_text(buffer, file,
             egret_explanation_file(explanation, code->scheme->file));
    egret_buffer_print(buffer, "\"%s\":%u,\"headings\":{", line, code->line);
    for (size_t i = 0; i < EGRET_LANGUAGE_COUNT; i++) {
        if (code->labels[i].length > 0) {
            egret_buffer_print(buffer, "%s\"%s\":", before,
                               egret_explanation_language(
                                   (egret_language_t) i));
            egret_buffer_add_json(buffer, code->labels[i]);
            before = ",";
        }
    }
    before = "},\"ownTranslations\":[";
    for (size_t i = 0; i < EGRET_LANGUAGE_COUNT; i++) {
        egret_language_t language = (egret_language_t) i;

        if (code->labels[i].length > 0
            && egret_class_is_own_translation(code, language))
        {
            egret_buffer_print(buffer, "%s\"%s\"", before,
                               egret_explanation_language(language));
            before = ",";
        }
    }
    egret_buffer_add_byte(buffer, before[0] == ',' ? ']' : '}');
}


static void
add_code(egret_buffer_t *buffer, const egret_explanation_t *explanation,
         const egret_class_t *code)
{
    add_code_at(buffer, explanation, code, "file", "line");
}


static void
add_scheme(egret_buffer_t *buffer, const egret_explanation_t *explanation,
           const char *name, const egret_scheme_t *scheme)
{
    egret_buffer_print(buffer, "\"%s\":{", name);
    add_text(buffer, "scheme", scheme->id);
    add_text(buffer, "version", scheme->version);
    add_text(buffer, "file", egret_explanation_file(explanation, scheme->file));
    add_date(buffer, "published", true, scheme->published);
    add_date(buffer, "inForceFrom", true, scheme->from);
    add_date(buffer, "inForceTo", scheme->has_to, scheme->to);
    egret_buffer_print(buffer, "\"status\":\"%s\"},",
                       egret_scheme_status_text(scheme->status));
}


/* With facts, also whether they meet it, as a whole and term by term. */
static void
add_condition(egret_buffer_t *buffer, const egret_explanation_t *explanation,
              const char *name, const egret_condition_t *condition)
{
    const egret_condition_term_t *term;

    if (condition == NULL) {
        return;
    }
    add_text(buffer, name, condition->text);
    if (explanation->project == 0) {
        return;
    }

    egret_buffer_print(buffer, "\"%sIs\":\"%s\",\"%sTerms\":[", name,
                       egret_explanation_truth(explanation, condition), name);
    for (term = condition->first; term != NULL; term = term->next) {
        egret_buffer_add_text(buffer, term == condition->first ? "{" : ",{");
        add_text(buffer, "term", term->text);
        egret_buffer_print(
            buffer, "\"negated\":%s,\"is\":\"%s\"}",
            term->is_negated ? "true" : "false",
            egret_explanation_term_truth(explanation, condition, term));
    }
    egret_buffer_add_text(buffer, "],");
}


static void
add_facts(egret_buffer_t *buffer, const egret_explanation_t *explanation,
          const egret_crosswalk_row_t *row)
{
    add_text(buffer, "file",
             egret_explanation_file(explanation, row->crosswalk->file));
    add_text(buffer, "record", row->record_id);
    add_text(buffer, "justification", row->justification);
    add_text(buffer, "comment", row->comment);
    add_text(buffer, "status",
             egret_span_from(egret_row_status_text(row->status)));
    add_date(buffer, "validFrom", row->has_valid_from, row->valid_from);
    add_date(buffer, "validTo", row->has_valid_to, row->valid_to);
    for (unsigned i = 0; i < EGRET_DIMENSION_COUNT; i++) {
        add_text(buffer, egret_dimension_text((egret_dimension_t) i),
                 egret_span_from(egret_relation_text(row->relations[i])));
    }
    add_condition(buffer, explanation, "condition", row->condition);
    add_condition(buffer, explanation, "threshold", row->threshold);
    egret_buffer_print(buffer, "\"line\":%u,", row->line);
}


static void
add_via(egret_buffer_t *buffer, const egret_explanation_t *explanation,
        const egret_crosswalk_row_t *row)
{
    egret_buffer_add_text(buffer, "\"via\":{");
    add_facts(buffer, explanation, row);
    add_text(buffer, "scheme", row->object_scheme->id);
    add_text(buffer, "version", row->object_scheme->version);
    add_code_at(buffer, explanation, row->object, "codeFile", "codeLine");
    egret_buffer_add_text(buffer, "},");
}


static void
add_row(egret_buffer_t *buffer, const egret_explanation_t *explanation,
        const egret_explained_row_t *explained)
{
    const egret_crosswalk_row_t *row = explained->row;

    egret_buffer_add_byte(buffer, '{');
    add_facts(buffer, explanation, row);
    if (explained->candidate != NULL && explained->candidate->via != NULL) {
        add_via(buffer, explanation, explained->candidate->via);
    }
    egret_buffer_print(buffer, "\"weighed\":%s,\"used\":%s,",
                       explained->candidate != NULL ? "true" : "false",
                       explained->is_used ? "true" : "false");
    add_missing(buffer, explained->candidate == NULL
                            ? 0 : explained->candidate->missing);
    egret_buffer_add_text(buffer, ",\"to\":");
    if (row->object == NULL) {
        egret_buffer_add_text(buffer, "null}");
        return;
    }
    egret_buffer_add_byte(buffer, '{');
    add_code(buffer, explanation, row->object);
    egret_buffer_add_text(buffer, "}}");
}


static void
add_label(egret_buffer_t *buffer, const egret_explanation_t *explanation)
{
    const egret_label_t *label = &explanation->label;
    const egret_scheme_t *source = explanation->translation.source;
    const egret_class_t *code =
        source == NULL ? NULL : egret_scheme_class(source, label->code);

    egret_buffer_add_text(buffer, "\"label\":{");
    add_text(buffer, "scheme", label->scheme);
    add_text(buffer, "version", label->version);
    add_text(buffer, "status",
             egret_span_from(egret_label_status_text(label->status)));
    if (code != NULL) {
        add_code(buffer, explanation, code);
    } else {
        egret_buffer_add_text(buffer, "\"code\":");
        egret_buffer_add_json(buffer, label->code);
    }
    egret_buffer_add_text(buffer, "},");
    if (source != NULL) {
        add_scheme(buffer, explanation, "from", source);
    }
    add_scheme(buffer, explanation, "to", explanation->target);
    add_date(buffer, "on", true, label->decisive_date);
    add_text(buffer, "kind",
             egret_span_from(egret_decisive_text(label->decisive_kind)));
    if (explanation->asked != NULL) {
        egret_buffer_print(buffer, "\"asked\":{\"isIt\":%s,",
                           egret_explanation_is_asked(explanation) ? "true"
                                                                   : "false");
        add_code(buffer, explanation, explanation->asked);
        egret_buffer_add_text(buffer, "},");
    }
}


/* The facts that were given. */
static void
add_known(egret_buffer_t *buffer, const egret_explanation_t *explanation)
{
    const egret_facts_t *facts = explanation->label.facts;

    if (explanation->project == 0) {
        return;
    }

    egret_buffer_print(buffer, "\"project\":%u,\"facts\":[",
                       explanation->project);
    for (size_t i = 0; i < facts->count; i++) {
        const egret_fact_t *fact = &facts->items[i];

        egret_buffer_add_text(buffer, i > 0 ? ",{" : "{");
        add_text(buffer, "fact", egret_span_from(egret_explanation_fact_kind(
                                     fact->kind)));
        add_text(buffer, "of", fact->of);
        add_text(buffer, "unit", fact->unit);
        egret_buffer_add_text(buffer, "\"value\":");
        egret_buffer_add_json(buffer, fact->value);
        egret_buffer_add_byte(buffer, '}');
    }
    egret_buffer_add_text(buffer, "],");
}


void
egret_explanation_json(const egret_explanation_t *explanation,
                       egret_buffer_t *buffer)
{
    const egret_label_translation_t *translation = &explanation->translation;
    egret_explained_row_t row;

    egret_buffer_add_byte(buffer, '{');
    add_label(buffer, explanation);
    add_known(buffer, explanation);
    add_text(buffer, "verdict",
             egret_span_from(egret_explanation_verdict(translation->result)));
    add_missing(buffer, egret_explanation_missing(explanation));
    egret_buffer_add_text(buffer, ",\"becomes\":");
    if (translation->code == NULL) {
        egret_buffer_add_text(buffer, "null");
    } else {
        egret_buffer_add_byte(buffer, '{');
        add_text(buffer, "status", egret_span_from(egret_label_status_text(
                                       translation->status)));
        add_code(buffer, explanation, translation->code);
        egret_buffer_add_byte(buffer, '}');
    }
    egret_buffer_add_text(buffer, ",\"rows\":[");
    for (size_t i = 0; egret_explanation_row(explanation, i, &row); i++) {
        egret_buffer_add_text(buffer, i > 0 ? "," : "");
        add_row(buffer, explanation, &row);
    }
    egret_buffer_add_text(buffer, "]}\n");
}
