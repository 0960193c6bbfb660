/* SPDX-License-Identifier: Apache-2.0 */
/* page: an explanation's page as it is written, and its smallest parts.
 * Internal to answer. What files and questions say is escaped. */
#ifndef EGRET_ANSWER_PAGE_H
#define EGRET_ANSWER_PAGE_H

#include "answer/page_words.h"

typedef struct {
    const egret_explanation_t *explanation;
    egret_page_language_t language;
    egret_buffer_t *buffer;
} egret_page_t;

/* As it is: HTML. */
void egret_page_add(const egret_page_t *page, const char *html);
void egret_page_escape(const egret_page_t *page, egret_span_t text);
void egret_page_word(const egret_page_t *page, egret_word_t word);
/* SCHEME/VERSION, and /CODE unless it is "". */
void egret_page_name(const egret_page_t *page, egret_span_t scheme,
                     egret_span_t version, egret_span_t code);
void egret_page_date(const egret_page_t *page, egret_date_t date);
/* A code's heading, and that it is an own translation. */
void egret_page_heading(const egret_page_t *page, const egret_class_t *code);

/* The heading in the page's language, or egret_class_label's next best. */
egret_span_t egret_page_label(const egret_page_t *page,
                              const egret_class_t *code);
/* The result in words: a label in its own scheme that lacks something does not
 * stand. */
const char *egret_page_verdict(const egret_page_t *page);

#endif
