/* SPDX-License-Identifier: Apache-2.0 */
/* page_words: the words of a page in its three languages. Internal to answer.
 * The translations are the project's own. */
#ifndef EGRET_ANSWER_PAGE_WORDS_H
#define EGRET_ANSWER_PAGE_WORDS_H

#include "answer/explanation.h"

typedef enum {
    EGRET_WORD_TITLE,
    EGRET_WORD_LABEL,
    EGRET_WORD_FROM,
    EGRET_WORD_TO,
    EGRET_WORD_VERDICT,
    EGRET_WORD_STANDS_NOT,
    EGRET_WORD_ASKED,
    EGRET_WORD_ASKED_NOT,
    EGRET_WORD_ON,
    EGRET_WORD_MISSING,
    EGRET_WORD_ROWS,
    EGRET_WORD_NO_ROWS,
    EGRET_WORD_RELATION,
    EGRET_WORD_SOURCE,
    EGRET_WORD_STATUS,
    EGRET_WORD_USED,
    EGRET_WORD_NOT_USED,
    EGRET_WORD_NOTE,
    EGRET_WORD_OWN_TRANSLATION,
    EGRET_WORD_COUNT
} egret_word_t;

/* None of them has a character that HTML escapes. */
const char *egret_word(egret_word_t word, egret_page_language_t language);
const char *egret_word_verdict(egret_label_result_t result,
                               egret_page_language_t language);
const char *egret_word_missing(egret_missing_t missing,
                               egret_page_language_t language);
const char *egret_word_dimension(egret_dimension_t dimension,
                                 egret_page_language_t language);
const char *egret_word_relation(egret_relation_t relation,
                                egret_page_language_t language);
const char *egret_word_row_status(egret_row_status_t status,
                                  egret_page_language_t language);

#endif
