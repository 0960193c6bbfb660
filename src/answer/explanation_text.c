/* SPDX-License-Identifier: Apache-2.0 */

#include "answer/text_words.h"

#include "util/plain.h"

#define NAME_COLUMNS 14

typedef struct {
    const egret_explanation_t *explanation;
    egret_page_language_t language;
    egret_buffer_t *buffer;
} text_t;

static void
add(const text_t *text, const char *words)
{
    egret_buffer_add_text(text->buffer, words);
}


static void
add_word(const text_t *text, egret_text_word_t word)
{
    add(text, egret_text_word(word, text->language));
}


/* Padded; a character of three bytes takes two columns. */
static void
add_padded(const text_t *text, const char *before, const char *name)
{
    size_t columns = egret_span_from(before).length;

    add(text, before);
    add(text, name);
    for (; *name != '\0'; name++) {
        unsigned char byte = (unsigned char) *name;

        columns += byte >= 0xE0 ? 2 : byte >= 0x80 && byte < 0xC0 ? 0 : 1;
    }
    for (; columns < NAME_COLUMNS; columns++) {
        egret_buffer_add_byte(text->buffer, ' ');
    }
    egret_buffer_add_byte(text->buffer, ' ');
}


static void
add_name(const text_t *text, const char *before, egret_text_word_t name)
{
    add_padded(text, before, egret_text_word(name, text->language));
}


static void
add_line(const text_t *text, const char *before, egret_text_word_t name,
         egret_span_t value)
{
    if (value.length == 0) {
        return;
    }

    add_name(text, before, name);
    egret_plain_add(text->buffer, value);
    add(text, "\n");
}


static void
add_date(const text_t *text, egret_date_t date)
{
    char written[EGRET_DATETIME_TEXT];

    (void) egret_date_write(date, written);
    add(text, written);
}


static void
add_file(const text_t *text, egret_span_t file)
{
    egret_plain_add(text->buffer,
                    egret_explanation_file(text->explanation, file));
}


static void
add_scheme(const text_t *text, egret_text_word_t name,
           const egret_scheme_t *scheme)
{
    add_name(text, "", name);
    egret_plain_add(text->buffer, scheme->id);
    add(text, "/");
    egret_plain_add(text->buffer, scheme->version);
    egret_buffer_print(text->buffer, " (%s), ",
                       egret_scheme_status_text(scheme->status));
    add_word(text, EGRET_TEXT_PUBLISHED);
    add_date(text, scheme->published);
    add(text, ", ");
    add_word(text, EGRET_TEXT_IN_FORCE_FROM);
    add_date(text, scheme->from);
    if (scheme->has_to) {
        add_word(text, EGRET_TEXT_UNTIL);
        add_date(text, scheme->to);
    }
    add(text, "; ");
    add_file(text, scheme->file);
    add(text, "\n");
}


/* Who translated a label, where the file says that it was not the issuer. */
static void
add_own(const text_t *text, const egret_class_t *code,
        egret_language_t language)
{
    if (egret_class_is_own_translation(code, language)) {
        add_word(text, EGRET_TEXT_OWN_TRANSLATION);
    }
}


static void
add_code(const text_t *text, egret_text_word_t name, const egret_class_t *code)
{
    add_name(text, "", name);
    egret_plain_add(text->buffer, code->code);
    add(text, ", ");
    add_file(text, code->scheme->file);
    egret_buffer_print(text->buffer, ":%u\n", code->line);
    for (size_t i = 0; i < EGRET_LANGUAGE_COUNT; i++) {
        if (code->labels[i].length > 0) {
            add_padded(text, "  ",
                       egret_explanation_language((egret_language_t) i));
            egret_plain_add(text->buffer, code->labels[i]);
            add_own(text, code, (egret_language_t) i);
            add(text, "\n");
        }
    }
}


static void
add_missing(const text_t *text, unsigned missing)
{
    const char *before = "";

    for (unsigned i = 0; i < EGRET_MISSING_COUNT; i++) {
        if ((missing & 1u << i) != 0) {
            add(text, before);
            add(text, egret_text_missing((egret_missing_t) i, text->language));
            before = ", ";
        }
    }
}


/* With facts, also whether they meet it, and of several terms each. */
static void
add_condition(const text_t *text, egret_text_word_t name,
              const egret_condition_t *condition)
{
    const egret_facts_t *facts = text->explanation->label.facts;
    const egret_condition_term_t *term;

    if (condition == NULL) {
        return;
    }
    add_line(text, "  ", name, condition->text);
    if (text->explanation->project == 0) {
        return;
    }

    add(text, "    ");
    add_word(text, EGRET_TEXT_BY_THE_FACTS);
    egret_buffer_print(
        text->buffer, " %s\n",
        egret_text_truth(egret_condition_judge(condition, facts),
                         text->language));
    term = condition->first->next == NULL ? NULL : condition->first;
    for (; term != NULL; term = term->next) {
        add_padded(text, "      ",
                   egret_text_truth(
                       egret_condition_term_judge(condition, term, facts),
                       text->language));
        add(text, term->is_negated ? "  not " : "  ");
        egret_plain_add(text->buffer, term->text);
        add(text, "\n");
    }
}


static void
add_day(const text_t *text, egret_text_word_t name, bool is_there,
        egret_date_t date)
{
    if (is_there) {
        add_name(text, "  ", name);
        add_date(text, date);
        add(text, "\n");
    }
}


static void
add_row_facts(const text_t *text, const egret_crosswalk_row_t *row)
{
    add_name(text, "  ", EGRET_TEXT_RELATION);
    for (unsigned i = 0; i < EGRET_DIMENSION_COUNT; i++) {
        egret_buffer_print(
            text->buffer, "%s%s %s", i > 0 ? ", " : "",
            egret_text_dimension((egret_dimension_t) i, text->language),
            egret_text_relation(row->relations[i], text->language));
    }
    add(text, "\n");
    add_condition(text, EGRET_TEXT_CONDITION, row->condition);
    add_condition(text, EGRET_TEXT_THRESHOLD, row->threshold);
    add_line(text, "  ", EGRET_TEXT_RECORD, row->record_id);
    add_line(text, "  ", EGRET_TEXT_JUSTIFICATION, row->justification);
    add_line(text, "  ", EGRET_TEXT_COMMENT, row->comment);
    add_name(text, "  ", EGRET_TEXT_STATUS);
    add(text, egret_text_row_status(row->status, text->language));
    if (row->status == EGRET_ROW_OWN_ASSESSMENT) {
        add_word(text, EGRET_TEXT_NO_AUTHORITY);
    }
    add(text, "\n");
    add_day(text, EGRET_TEXT_VALID_FROM, row->has_valid_from, row->valid_from);
    add_day(text, EGRET_TEXT_VALID_TO, row->has_valid_to, row->valid_to);
}


static void
add_place(const text_t *text, const char *before, egret_text_word_t name,
          const egret_crosswalk_row_t *row)
{
    add_name(text, before, name);
    add_file(text, row->crosswalk->file);
    egret_buffer_print(text->buffer, ":%u\n", row->line);
}


/* The row of a chain that leads to the subject of the one above. */
static void
add_via(const text_t *text, const egret_crosswalk_row_t *row)
{
    add_place(text, "  ", EGRET_TEXT_BEHIND, row);
    add_name(text, "  ", EGRET_TEXT_THROUGH);
    egret_plain_add(text->buffer, row->object_scheme->id);
    add(text, "/");
    egret_plain_add(text->buffer, row->object_scheme->version);
    add(text, "/");
    egret_plain_add(text->buffer, row->object->code);
    add(text, "\n");
    add_row_facts(text, row);
}


static void
add_heading(const text_t *text, const egret_class_t *code)
{
    static const egret_language_t languages[] = {
        EGRET_LANGUAGE_EN, EGRET_LANGUAGE_ZH_HANS, EGRET_LANGUAGE_ZH_HANT
    };
    egret_language_t language = languages[text->language];

    egret_plain_add(text->buffer, egret_class_label(code, language));
    add_own(text, code, egret_class_language(code, language));
}


static void
add_result(const text_t *text, const egret_explained_row_t *explained)
{
    add_name(text, "  ", EGRET_TEXT_RESULT);
    if (explained->is_used) {
        add_word(text, EGRET_TEXT_USED);
    } else if (explained->candidate == NULL) {
        add_word(text, EGRET_TEXT_NOT_WEIGHED);
    } else if (explained->candidate->missing != 0) {
        add_word(text, EGRET_TEXT_LACKS);
        add_missing(text, explained->candidate->missing);
    } else {
        add_word(text, EGRET_TEXT_CARRIES);
    }
    add(text, "\n");
}


static void
add_row(const text_t *text, const egret_explained_row_t *explained)
{
    const egret_crosswalk_row_t *row = explained->row;

    add(text, "\n");
    add_place(text, "", EGRET_TEXT_ROW, row);
    add_result(text, explained);
    add_name(text, "  ", EGRET_TEXT_TO);
    if (row->object == NULL) {
        add(text, egret_text_verdict(EGRET_TRANSLATION_NO_COUNTERPART,
                                     text->language));
    } else {
        egret_plain_add(text->buffer, row->object->code);
        add(text, " ");
        add_heading(text, row->object);
    }
    add(text, "\n");
    add_row_facts(text, row);
    if (explained->candidate != NULL && explained->candidate->via != NULL) {
        add_via(text, explained->candidate->via);
    }
}


static void
add_verdict(const text_t *text)
{
    const egret_explanation_t *explanation = text->explanation;
    const egret_label_translation_t *translation = &explanation->translation;
    const char *code = egret_translation_code(translation->result);
    unsigned missing = egret_explanation_missing(explanation);

    add(text, "\n");
    add_name(text, "", EGRET_TEXT_VERDICT);
    egret_buffer_print(text->buffer, "%s%s%s\n",
                       egret_text_verdict(translation->result, text->language),
                       code[0] != '\0' ? ", " : "", code);
    if (missing != 0) {
        add_name(text, "", EGRET_TEXT_MISSING);
        if (translation->result == EGRET_TRANSLATION_TRANSLATED) {
            add_word(text, EGRET_TEXT_FOR_ALIGNED);
        }
        add_missing(text, missing);
        add(text, "\n");
    }
    if (translation->code == NULL) {
        return;
    }

    add_code(text, EGRET_TEXT_BECOMES, translation->code);
    add_line(text, "", EGRET_TEXT_AS,
             egret_span_from(egret_label_status_text(translation->status)));
    if (!egret_explanation_is_asked(explanation)) {
        add_line(text, "", EGRET_TEXT_NOT, explanation->asked->code);
    }
}


static void
add_label(const text_t *text)
{
    const egret_explanation_t *explanation = text->explanation;
    const egret_label_t *label = &explanation->label;
    const egret_class_t *code = egret_explanation_source(explanation);

    if (explanation->translation.source != NULL) {
        add_scheme(text, EGRET_TEXT_FROM, explanation->translation.source);
    } else {
        add_line(text, "", EGRET_TEXT_FROM, label->scheme);
        add_line(text, "", EGRET_TEXT_VERSION, label->version);
    }
    if (code != NULL) {
        add_code(text, EGRET_TEXT_LABEL, code);
    } else {
        add_line(text, "", EGRET_TEXT_LABEL, label->code);
    }
    add_line(text, "", EGRET_TEXT_STATUS,
             egret_span_from(egret_label_status_text(label->status)));
    add_scheme(text, EGRET_TEXT_TO, explanation->target);
    add_name(text, "", EGRET_TEXT_ON);
    add_date(text, label->decisive_date);
    egret_buffer_print(text->buffer, " (%s)\n",
                       egret_decisive_text(label->decisive_kind));
}


/* The facts that were given. */
static void
add_known(const text_t *text)
{
    const egret_facts_t *facts = text->explanation->label.facts;

    if (text->explanation->project == 0) {
        return;
    }

    add_name(text, "", EGRET_TEXT_FACTS);
    add_word(text, EGRET_TEXT_OF_PROJECT);
    egret_buffer_print(text->buffer, " Prj[%u]\n", text->explanation->project);
    for (size_t i = 0; i < facts->count; i++) {
        const egret_fact_t *fact = &facts->items[i];
        egret_span_t parts[] = { fact->of, fact->value, fact->unit };
        const char *before = "";

        add_padded(text, "  ", egret_explanation_fact_kind(fact->kind));
        for (size_t k = 0; k < 3; k++) {
            if (parts[k].length > 0) {
                add(text, before);
                egret_plain_add(text->buffer, parts[k]);
                before = " ";
            }
        }
        add(text, "\n");
    }
}


void
egret_explanation_text(const egret_explanation_t *explanation,
                       egret_page_language_t language, egret_buffer_t *buffer)
{
    text_t text = { explanation, language, buffer };
    egret_explained_row_t row;

    add_label(&text);
    add_known(&text);
    add_verdict(&text);
    for (size_t i = 0; egret_explanation_row(explanation, i, &row); i++) {
        add_row(&text, &row);
    }
}
