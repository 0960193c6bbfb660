/* SPDX-License-Identifier: Apache-2.0 */
#include "answer/drawing.h"
#include "answer/text_words.h"

#include <strings.h>

static const char style[] =
    "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;"
    "padding:0 1rem;color:#1d2b24;background:#fbfcfa}"
    "h1{font-size:1.3rem}h2{font-size:1.1rem}"
    "table{border-collapse:collapse;width:100%}"
    "th,td{text-align:left;vertical-align:top;border-top:1px solid #d5ded8;"
    "padding:.4rem .6rem;overflow-wrap:break-word}"
    "td:last-child{overflow-wrap:anywhere}"
    ".note{color:#5b6b62;font-size:.9rem}"
    ".drawing{overflow-x:auto}"
    ".drawing>svg{width:100%;min-width:36rem;height:auto}"
    "svg text{font:14px system-ui,sans-serif;fill:currentColor}"
    ".box{fill:#fff;stroke:#8aa598}.yes{stroke:#1b7f4f;fill:#e7f5ec}"
    ".no{stroke:#a05a2c;fill:#fbf0e6}.arrow{stroke:#5b6b62;fill:none}"
    "@media(prefers-color-scheme:dark){body{background:#101613;color:#dfe8e2}"
    "th,td{border-color:#33423a}.note{color:#9fb0a6}"
    ".box{fill:#1a241f;stroke:#6d8579}.yes{fill:#12321f;stroke:#4fbf85}"
    ".no{fill:#38261a;stroke:#d08a58}.arrow{stroke:#9fb0a6}}"
    "@media(max-width:40rem){table,tbody,tr,th,td{display:block}"
    "th,td{border:0;padding:.1rem 0}tr{border-top:1px solid #8aa598;"
    "padding:.4rem 0}}";


bool
egret_page_language_read(egret_span_t tag, egret_page_language_t *out)
{
    static const char *const traditional[] = { "zh-hant", "zh-tw", "zh-hk",
                                               "zh-mo" };

    if (tag.length == 2 || (tag.length > 2 && tag.at[2] == '-')) {
        if (strncasecmp(tag.at, "en", 2) == 0) {
            *out = EGRET_PAGE_EN;
            return true;
        }
        if (strncasecmp(tag.at, "zh", 2) == 0) {
            *out = EGRET_PAGE_ZH_HANS;
            for (size_t i = 0; i < 4; i++) {
                size_t length = egret_span_from(traditional[i]).length;

                if (tag.length >= length
                    && strncasecmp(tag.at, traditional[i], length) == 0)
                {
                    *out = EGRET_PAGE_ZH_HANT;
                }
            }
            return true;
        }
    }

    return false;
}


const char *
egret_page_language_text(egret_page_language_t language)
{
    static const char *const tags[] = { "en", "zh-Hans", "zh-Hant" };

    return tags[language];
}


static void
add_missing(const egret_page_t *page, unsigned missing)
{
    const char *before = "";

    for (unsigned i = 0; i < EGRET_MISSING_COUNT; i++) {
        if ((missing & 1u << i) != 0) {
            egret_page_add(page, before);
            egret_page_add(page, egret_word_missing((egret_missing_t) i,
                                                    page->language));
            before = page->language == EGRET_PAGE_EN ? ", " : "、";
        }
    }
}


static void
begin_line(const egret_page_t *page, egret_word_t name)
{
    egret_page_add(page, "<tr><th>");
    egret_page_word(page, name);
    egret_page_add(page, "</th><td>");
}


static void
end_line(const egret_page_t *page)
{
    egret_page_add(page, "</td></tr>");
}


static void
add_text_word(const egret_page_t *page, egret_text_word_t word)
{
    egret_page_add(page, egret_text_word(word, page->language));
}


/* The label as it was asked, which the gateway may not know. */
static void
add_label(const egret_page_t *page)
{
    const egret_label_t *label = &page->explanation->label;
    const egret_class_t *code = egret_explanation_source(page->explanation);

    begin_line(page, EGRET_WORD_LABEL);
    egret_page_name(page, label->scheme, label->version, label->code);
    if (code != NULL) {
        egret_page_add(page, " ");
        egret_page_heading(page, code);
    }
    egret_page_add(page, ", ");
    egret_page_add(page, egret_label_status_text(label->status));
    end_line(page);
}


static void
add_scheme(const egret_page_t *page, egret_word_t name,
           const egret_scheme_t *scheme)
{
    if (scheme == NULL) {
        return;
    }

    begin_line(page, name);
    egret_page_name(page, scheme->id, scheme->version, EGRET_SPAN(""));
    egret_buffer_print(page->buffer, " (%s), ",
                       egret_scheme_status_text(scheme->status));
    add_text_word(page, EGRET_TEXT_PUBLISHED);
    egret_page_date(page, scheme->published);
    egret_page_add(page, ", ");
    add_text_word(page, EGRET_TEXT_IN_FORCE_FROM);
    egret_page_date(page, scheme->from);
    if (scheme->has_to) {
        add_text_word(page, EGRET_TEXT_UNTIL);
        egret_page_date(page, scheme->to);
    }
    end_line(page);
}


/* The code that was asked, when one was, and that it is not the result. */
static void
add_asked(const egret_page_t *page)
{
    const egret_class_t *asked = page->explanation->asked;

    if (asked == NULL) {
        return;
    }

    begin_line(page, EGRET_WORD_ASKED);
    egret_page_escape(page, asked->code);
    egret_page_add(page, " ");
    egret_page_heading(page, asked);
    if (!egret_explanation_is_asked(page->explanation)) {
        egret_page_add(page, "<br><strong>");
        egret_page_word(page, EGRET_WORD_ASKED_NOT);
        egret_page_add(page, "</strong>");
    }
    end_line(page);
}


static void
add_verdict(const egret_page_t *page)
{
    const egret_label_translation_t *translation =
        &page->explanation->translation;
    unsigned missing = egret_explanation_missing(page->explanation);

    begin_line(page, EGRET_WORD_VERDICT);
    egret_page_add(page, "<strong>");
    egret_page_add(page, egret_page_verdict(page));
    egret_page_add(page, "</strong>");
    if (translation->code != NULL) {
        egret_page_add(page, ": ");
        egret_page_escape(page, translation->code->code);
        egret_page_add(page, " ");
        egret_page_heading(page, translation->code);
        egret_page_add(page, ", ");
        egret_page_add(page, egret_label_status_text(translation->status));
    }
    end_line(page);
    add_asked(page);
    if (missing != 0) {
        begin_line(page, EGRET_WORD_MISSING);
        egret_page_add(page,
                       translation->result == EGRET_TRANSLATION_TRANSLATED
                           ? "ALGN: " : "");
        add_missing(page, missing);
        end_line(page);
    }
}


static void
add_answer(const egret_page_t *page)
{
    const egret_explanation_t *explanation = page->explanation;
    const egret_label_t *label = &explanation->label;

    egret_page_add(page, "<table>");
    add_label(page);
    add_verdict(page);
    add_scheme(page, EGRET_WORD_FROM, explanation->translation.source);
    add_scheme(page, EGRET_WORD_TO, explanation->target);
    begin_line(page, EGRET_WORD_ON);
    egret_page_date(page, label->decisive_date);
    egret_page_add(page, " ");
    egret_page_add(page, egret_decisive_text(label->decisive_kind));
    end_line(page);
    egret_page_add(page, "</table>");
}


/* A line of a cell: what it is, and what a file says of it; "" for nothing. */
static void
add_fact(const egret_page_t *page, egret_text_word_t name, egret_span_t text)
{
    if (text.length > 0) {
        add_text_word(page, name);
        egret_page_add(page, ": ");
        egret_page_escape(page, text);
        egret_page_add(page, "<br>");
    }
}


static void
add_condition(const egret_page_t *page, egret_text_word_t name,
              const egret_condition_t *condition)
{
    if (condition != NULL) {
        add_fact(page, name, condition->text);
    }
}


static void
add_day(const egret_page_t *page, egret_text_word_t name, bool is_there,
        egret_date_t date)
{
    if (is_there) {
        egret_page_add(page, "<br>");
        add_text_word(page, name);
        egret_page_add(page, ": ");
        egret_page_date(page, date);
    }
}


/* What a row says, in the cells after its first. */
static void
add_row_facts(const egret_page_t *page, const egret_crosswalk_row_t *row)
{
    egret_page_add(page, "</td><td>");
    for (unsigned i = 0; i < EGRET_DIMENSION_COUNT; i++) {
        egret_page_add(page, i > 0 ? "<br>" : "");
        egret_page_add(page, egret_word_dimension((egret_dimension_t) i,
                                                  page->language));
        egret_page_add(page, ": ");
        egret_page_add(page, egret_word_relation(row->relations[i],
                                                 page->language));
    }
    egret_page_add(page, "</td><td>");
    egret_page_add(page, egret_word_row_status(row->status, page->language));
    add_day(page, EGRET_TEXT_VALID_FROM, row->has_valid_from, row->valid_from);
    add_day(page, EGRET_TEXT_VALID_TO, row->has_valid_to, row->valid_to);
    egret_page_add(page, "</td><td>");
    add_condition(page, EGRET_TEXT_CONDITION, row->condition);
    add_condition(page, EGRET_TEXT_THRESHOLD, row->threshold);
    add_fact(page, EGRET_TEXT_JUSTIFICATION, row->justification);
    add_fact(page, EGRET_TEXT_COMMENT, row->comment);
    add_fact(page, EGRET_TEXT_RECORD, row->record_id);
    egret_page_escape(page, egret_explanation_file(page->explanation,
                                                   row->crosswalk->file));
    egret_buffer_print(page->buffer, ":%u", row->line);
    end_line(page);
}


/* The row of a chain that leads to the subject of the one above. */
static void
add_via(const egret_page_t *page, const egret_crosswalk_row_t *via)
{
    egret_page_add(page, "<tr><td>");
    add_text_word(page, EGRET_TEXT_BEHIND);
    egret_page_add(page, ": ");
    egret_page_name(page, via->object_scheme->id, via->object_scheme->version,
                    via->object->code);
    egret_page_add(page, " ");
    egret_page_heading(page, via->object);
    add_row_facts(page, via);
}


static void
add_row(const egret_page_t *page, const egret_explained_row_t *explained)
{
    const egret_crosswalk_row_t *row = explained->row;

    egret_page_add(page, "<tr><td>");
    if (row->object == NULL) {
        egret_page_add(page,
                       egret_word_verdict(EGRET_TRANSLATION_NO_COUNTERPART,
                                          page->language));
    } else {
        egret_page_escape(page, row->object->code);
        egret_page_add(page, " ");
        egret_page_heading(page, row->object);
    }
    egret_page_add(page, "<br>");
    egret_page_word(page, explained->is_used ? EGRET_WORD_USED
                                             : EGRET_WORD_NOT_USED);
    if (explained->candidate != NULL && explained->candidate->missing != 0) {
        egret_page_add(page, "; ");
        egret_page_word(page, EGRET_WORD_MISSING);
        egret_page_add(page, ": ");
        add_missing(page, explained->candidate->missing);
    }
    add_row_facts(page, row);
    if (explained->candidate != NULL && explained->candidate->via != NULL) {
        add_via(page, explained->candidate->via);
    }
}


static void
add_rows(const egret_page_t *page)
{
    static const egret_word_t columns[] = {
        EGRET_WORD_ROWS, EGRET_WORD_RELATION, EGRET_WORD_STATUS,
        EGRET_WORD_SOURCE
    };
    egret_explained_row_t row;

    if (!egret_explanation_row(page->explanation, 0, &row)) {
        egret_page_add(page, "<p>");
        egret_page_word(page, EGRET_WORD_NO_ROWS);
        egret_page_add(page, "</p>");
        return;
    }

    egret_page_add(page, "<h2>");
    egret_page_word(page, EGRET_WORD_ROWS);
    egret_page_add(page, "</h2><table><tr>");
    for (size_t i = 0; i < sizeof(columns) / sizeof(columns[0]); i++) {
        egret_page_add(page, "<th>");
        egret_page_word(page, columns[i]);
        egret_page_add(page, "</th>");
    }
    egret_page_add(page, "</tr>");
    for (size_t i = 0; egret_explanation_row(page->explanation, i, &row);
         i++) {
        add_row(page, &row);
    }
    egret_page_add(page, "</table><p class=\"note\">");
    egret_page_word(page, EGRET_WORD_NOTE);
    egret_page_add(page, "</p>");
}


void
egret_explanation_page(const egret_explanation_t *explanation,
                       egret_page_language_t language, egret_buffer_t *buffer)
{
    egret_page_t page = { explanation, language, buffer };

    egret_page_add(&page, "<!doctype html><html lang=\"");
    egret_page_add(&page, egret_page_language_text(language));
    egret_page_add(&page, "\"><meta charset=\"utf-8\"><meta name=\"viewport\" "
                          "content=\"width=device-width\"><title>");
    egret_page_word(&page, EGRET_WORD_TITLE);
    egret_page_add(&page, "</title><style>");
    egret_page_add(&page, style);
    egret_page_add(&page, "</style><h1>");
    egret_page_word(&page, EGRET_WORD_TITLE);
    egret_page_add(&page, "</h1>");
    egret_drawing_add(&page);
    add_answer(&page);
    add_rows(&page);
    egret_page_add(&page, "</html>\n");
}
