/* SPDX-License-Identifier: Apache-2.0 */
#include "answer/page.h"

static const egret_language_t languages[EGRET_PAGE_LANGUAGE_COUNT] = {
    EGRET_LANGUAGE_EN, EGRET_LANGUAGE_ZH_HANS, EGRET_LANGUAGE_ZH_HANT
};


void
egret_page_add(const egret_page_t *page, const char *html)
{
    egret_buffer_add_text(page->buffer, html);
}


void
egret_page_escape(const egret_page_t *page, egret_span_t text)
{
    egret_buffer_add_xml(page->buffer, text, false);
}


void
egret_page_word(const egret_page_t *page, egret_word_t word)
{
    egret_page_add(page, egret_word(word, page->language));
}


void
egret_page_name(const egret_page_t *page, egret_span_t scheme,
                egret_span_t version, egret_span_t code)
{
    egret_page_escape(page, scheme);
    egret_page_add(page, "/");
    egret_page_escape(page, version);
    if (code.length > 0) {
        egret_page_add(page, "/");
        egret_page_escape(page, code);
    }
}


void
egret_page_date(const egret_page_t *page, egret_date_t date)
{
    char text[EGRET_DATETIME_TEXT];

    (void) egret_date_write(date, text);
    egret_page_add(page, text);
}


void
egret_page_heading(const egret_page_t *page, const egret_class_t *code)
{
    egret_page_escape(page, egret_page_label(page, code));
    if (egret_class_is_own_translation(
            code, egret_class_language(code, languages[page->language])))
    {
        egret_page_add(page, " ");
        egret_page_word(page, EGRET_WORD_OWN_TRANSLATION);
    }
}


egret_span_t
egret_page_label(const egret_page_t *page, const egret_class_t *code)
{
    return egret_class_label(code, languages[page->language]);
}


const char *
egret_page_verdict(const egret_page_t *page)
{
    const egret_explanation_t *explanation = page->explanation;
    egret_label_result_t result = explanation->translation.result;

    return result == EGRET_TRANSLATION_STANDS
                   && egret_explanation_missing(explanation) != 0
               ? egret_word(EGRET_WORD_STANDS_NOT, page->language)
               : egret_word_verdict(result, page->language);
}
