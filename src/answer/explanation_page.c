/* SPDX-License-Identifier: Apache-2.0 */
#include "answer/page_words.h"

#include <strings.h>

#define HEADING_CHARACTERS 26 /* of one line in a box of the drawing */
#define BOX_LEFT 10u
#define BOX_WIDTH 260u
#define BOX_STEP 430u

typedef struct {
    const egret_explanation_t *explanation;
    egret_page_language_t language;
    egret_buffer_t *buffer;
} page_t;

static const char style[] =
    "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;"
    "padding:0 1rem;color:#1d2b24;background:#fbfcfa}"
    "h1{font-size:1.3rem}table{border-collapse:collapse;width:100%}"
    "th,td{text-align:left;vertical-align:top;border-top:1px solid #d5ded8;"
    "padding:.4rem .6rem}.note{color:#5b6b62;font-size:.9rem}"
    "svg{width:100%;height:auto}svg text{font:14px system-ui,sans-serif;"
    "fill:#1d2b24}.box{fill:#fff;stroke:#8aa598}.yes{stroke:#1b7f4f;"
    "fill:#e7f5ec}.no{stroke:#a05a2c;fill:#fbf0e6}.arrow{stroke:#5b6b62;"
    "fill:none}@media(prefers-color-scheme:dark){body{background:#101613;"
    "color:#dfe8e2}th,td{border-color:#33423a}.note{color:#9fb0a6}}";


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
add(const page_t *page, const char *text)
{
    egret_buffer_add_text(page->buffer, text);
}


static void
add_escaped(const page_t *page, egret_span_t text)
{
    egret_buffer_add_xml(page->buffer, text, false);
}


static void
add_word(const page_t *page, egret_word_t word)
{
    add(page, egret_word(word, page->language));
}


static egret_span_t
heading(const page_t *page, const egret_class_t *class)
{
    static const egret_language_t languages[] = {
        EGRET_LANGUAGE_EN, EGRET_LANGUAGE_ZH_HANS, EGRET_LANGUAGE_ZH_HANT
    };

    return egret_class_label(class, languages[page->language]);
}


/* And who translated it, where the file says that it was not the issuer. */
static void
add_heading(const page_t *page, const egret_class_t *class)
{
    static const egret_language_t languages[] = {
        EGRET_LANGUAGE_EN, EGRET_LANGUAGE_ZH_HANS, EGRET_LANGUAGE_ZH_HANT
    };

    add_escaped(page, heading(page, class));
    if (egret_class_is_own_translation(
            class, egret_class_language(class, languages[page->language])))
    {
        add(page, " ");
        add_word(page, EGRET_WORD_OWN_TRANSLATION);
    }
}


static void
add_name(const page_t *page, egret_span_t scheme, egret_span_t version,
         egret_span_t code)
{
    add_escaped(page, scheme);
    add(page, "/");
    add_escaped(page, version);
    if (code.length > 0) {
        add(page, "/");
        add_escaped(page, code);
    }
}


static void
add_date(const page_t *page, egret_date_t date)
{
    char text[EGRET_DATETIME_TEXT];

    (void) egret_date_write(date, text);
    add(page, text);
}


/* As much of a heading as fits a box; a wide character counts as two. */
static void
add_fitting(const page_t *page, egret_span_t text)
{
    size_t end = 0, width = 0;

    while (end < text.length) {
        unsigned char lead = (unsigned char) text.at[end];
        size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3
                        : lead >= 0xC0 ? 2 : 1;

        width += length > 2 ? 2 : 1;
        if (width > HEADING_CHARACTERS || end + length > text.length) {
            break;
        }
        end += length;
    }
    add_escaped(page, egret_span_slice(text, 0, end));
    add(page, end < text.length ? "…" : "");
}


/* A label in its own scheme that lacks something does not stand. */
static const char *
verdict(const page_t *page)
{
    const egret_explanation_t *explanation = page->explanation;
    egret_label_result_t result = explanation->translation.result;

    return result == EGRET_TRANSLATION_STANDS
                   && egret_explanation_missing(explanation) != 0
               ? egret_word(EGRET_WORD_STANDS_NOT, page->language)
               : egret_word_verdict(result, page->language);
}


/* The box of the number `index` in a row of them. */
static void
add_box(const page_t *page, const char *class, unsigned index,
        const egret_scheme_t *scheme, egret_span_t code, egret_span_t label)
{
    unsigned x = BOX_LEFT + index * BOX_STEP;

    egret_buffer_print(page->buffer,
                       "<rect class=\"box %s\" x=\"%u\" y=\"20\" width=\"%u\" "
                       "height=\"80\" rx=\"8\"/><text x=\"%u\" y=\"52\">",
                       class, x, BOX_WIDTH, x + 14);
    add_name(page, scheme->id, scheme->version, code);
    egret_buffer_print(page->buffer, "</text><text x=\"%u\" y=\"80\">",
                       x + 14);
    add_fitting(page, label);
    add(page, "</text>");
}


/* To the box of that number, with what a row says of the scope. */
static void
add_arrow(const page_t *page, unsigned index, const egret_crosswalk_row_t *row)
{
    unsigned to = BOX_LEFT + index * BOX_STEP - 6;
    unsigned from = to - (BOX_STEP - BOX_WIDTH) + 12;

    egret_buffer_print(page->buffer,
                       "<path class=\"arrow\" d=\"M%u 60H%um-8 -6l8 6l-8 6\"/>"
                       "<text x=\"%u\" y=\"50\" text-anchor=\"middle\">",
                       from, to, (from + to) / 2);
    if (row != NULL) {
        add(page, egret_word_relation(row->relations[EGRET_DIMENSION_SCOPE],
                                      page->language));
    }
    add(page, "</text>");
}


/* The chain: the label, what it passes through, what it becomes. */
static void
add_drawing(const page_t *page)
{
    const egret_explanation_t *explanation = page->explanation;
    const egret_label_translation_t *translation = &explanation->translation;
    const egret_class_t *source = egret_explanation_source(explanation);
    bool is_green = egret_explanation_is_green(explanation);
    const egret_crosswalk_row_t *row = NULL, *via = NULL;
    unsigned last = 1;

    if (translation->candidate_count > 0) {
        row = translation->candidates[0].row;
        via = translation->candidates[0].via;
        last += via != NULL;
    }

    egret_buffer_print(page->buffer,
                       "<svg viewBox=\"0 0 %u 120\" role=\"img\"><title>",
                       2 * BOX_LEFT + BOX_WIDTH + last * BOX_STEP);
    add(page, verdict(page));
    add(page, "</title>");
    if (source != NULL) {
        add_box(page, "", 0, source->scheme, source->code,
                heading(page, source));
    }
    if (via != NULL) {
        add_arrow(page, 1, via);
        add_box(page, "", 1, via->object_scheme, via->object->code,
                heading(page, via->object));
    }
    add_arrow(page, last, row);
    add_box(page, is_green ? "yes" : "no", last, explanation->target,
            translation->code != NULL ? translation->code->code
                                      : EGRET_SPAN(""),
            translation->code != NULL
                ? heading(page, translation->code)
                : egret_span_from(verdict(page)));
    add(page, "</svg>");
}


static void
add_missing(const page_t *page, unsigned missing)
{
    const char *before = "";

    for (unsigned i = 0; i < EGRET_MISSING_COUNT; i++) {
        if ((missing & 1u << i) != 0) {
            add(page, before);
            add(page, egret_word_missing((egret_missing_t) i, page->language));
            before = page->language == EGRET_PAGE_EN ? ", " : "、";
        }
    }
}


/* The code that was asked, when one was, and that it is not the result. */
static void
add_asked(const page_t *page)
{
    const egret_class_t *asked = page->explanation->asked;

    if (asked == NULL) {
        return;
    }

    add(page, "<tr><th>");
    add_word(page, EGRET_WORD_ASKED);
    add(page, "</th><td>");
    add_escaped(page, asked->code);
    add(page, " ");
    add_heading(page, asked);
    if (!egret_explanation_is_asked(page->explanation)) {
        add(page, "<br><strong>");
        add_word(page, EGRET_WORD_ASKED_NOT);
        add(page, "</strong>");
    }
    add(page, "</td></tr>");
}


static void
add_verdict(const page_t *page)
{
    const egret_label_translation_t *translation =
        &page->explanation->translation;
    unsigned missing = egret_explanation_missing(page->explanation);

    add(page, "<table><tr><th>");
    add_word(page, EGRET_WORD_VERDICT);
    add(page, "</th><td><strong>");
    add(page, verdict(page));
    add(page, "</strong>");
    if (translation->code != NULL) {
        add(page, ": ");
        add_escaped(page, translation->code->code);
        add(page, " ");
        add_heading(page, translation->code);
        add(page, ", ");
        add(page, egret_label_status_text(translation->status));
    }
    add(page, "</td></tr>");
    add_asked(page);
    if (missing != 0) {
        add(page, "<tr><th>");
        add_word(page, EGRET_WORD_MISSING);
        add(page, "</th><td>");
        add(page, translation->result == EGRET_TRANSLATION_TRANSLATED
                      ? "ALGN: " : "");
        add_missing(page, missing);
        add(page, "</td></tr>");
    }
    add(page, "<tr><th>");
    add_word(page, EGRET_WORD_ON);
    add(page, "</th><td>");
    add_date(page, page->explanation->label.decisive_date);
    add(page, " ");
    add(page, egret_decisive_text(page->explanation->label.decisive_kind));
    add(page, "</td></tr></table>");
}


static void
add_condition(const page_t *page, const egret_condition_t *condition)
{
    if (condition != NULL) {
        add(page, "<code>");
        add_escaped(page, condition->text);
        add(page, "</code><br>");
    }
}


static void
add_row(const page_t *page, const egret_explained_row_t *explained)
{
    const egret_crosswalk_row_t *row = explained->row;
    egret_span_t file = egret_explanation_file(page->explanation,
                                               row->crosswalk->file);

    add(page, "<tr><td>");
    if (row->object == NULL) {
        add(page, egret_word_verdict(EGRET_TRANSLATION_NO_COUNTERPART,
                                     page->language));
    } else {
        add_escaped(page, row->object->code);
        add(page, " ");
        add_heading(page, row->object);
    }
    add(page, "<br>");
    add_word(page, explained->is_used ? EGRET_WORD_USED : EGRET_WORD_NOT_USED);
    if (explained->candidate != NULL && explained->candidate->missing != 0) {
        add(page, "; ");
        add_word(page, EGRET_WORD_MISSING);
        add(page, ": ");
        add_missing(page, explained->candidate->missing);
    }
    add(page, "</td><td>");
    for (unsigned i = 0; i < EGRET_DIMENSION_COUNT; i++) {
        add(page, i > 0 ? "<br>" : "");
        add(page, egret_word_dimension((egret_dimension_t) i, page->language));
        add(page, ": ");
        add(page, egret_word_relation(row->relations[i], page->language));
    }
    add(page, "</td><td>");
    add(page, egret_word_row_status(row->status, page->language));
    add(page, "</td><td>");
    if (explained->candidate != NULL && explained->candidate->via != NULL) {
        const egret_crosswalk_row_t *via = explained->candidate->via;

        add_escaped(page, via->record_id);
        add(page, " → ");
        add_name(page, via->object_scheme->id, via->object_scheme->version,
                 via->object->code);
        add(page, "<br>");
    }
    add_condition(page, row->condition);
    add_condition(page, row->threshold);
    add_escaped(page, row->record_id);
    add(page, "<br>");
    add_escaped(page, file);
    egret_buffer_print(page->buffer, ":%u<br>", row->line);
    add_escaped(page, row->comment);
    add(page, "</td></tr>");
}


static void
add_rows(const page_t *page)
{
    static const egret_word_t columns[] = {
        EGRET_WORD_RELATION, EGRET_WORD_STATUS, EGRET_WORD_SOURCE
    };
    egret_explained_row_t row;

    if (!egret_explanation_row(page->explanation, 0, &row)) {
        add(page, "<p>");
        add_word(page, EGRET_WORD_NO_ROWS);
        add(page, "</p>");
        return;
    }

    add(page, "<table><tr><th>");
    add_word(page, EGRET_WORD_ROWS);
    add(page, "</th>");
    for (size_t i = 0; i < sizeof(columns) / sizeof(columns[0]); i++) {
        add(page, "<th>");
        add_word(page, columns[i]);
        add(page, "</th>");
    }
    add(page, "</tr>");
    for (size_t i = 0; egret_explanation_row(page->explanation, i, &row);
         i++) {
        add_row(page, &row);
    }
    add(page, "</table><p class=\"note\">");
    add_word(page, EGRET_WORD_NOTE);
    add(page, "</p>");
}


void
egret_explanation_page(const egret_explanation_t *explanation,
                       egret_page_language_t language, egret_buffer_t *buffer)
{
    page_t page = { explanation, language, buffer };

    add(&page, "<!doctype html><html lang=\"");
    add(&page, egret_page_language_text(language));
    add(&page, "\"><meta charset=\"utf-8\"><meta name=\"viewport\" "
               "content=\"width=device-width\"><title>");
    add_word(&page, EGRET_WORD_TITLE);
    add(&page, "</title><style>");
    add(&page, style);
    add(&page, "</style><h1>");
    add_word(&page, EGRET_WORD_TITLE);
    add(&page, "</h1>");
    add_drawing(&page);
    add_verdict(&page);
    add_rows(&page);
    add(&page, "</html>\n");
}
