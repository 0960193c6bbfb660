/* SPDX-License-Identifier: Apache-2.0 */
/* text_words: the words of an explanation as text, in three languages. English
 * says what files and JSON say (dnsh, own-assessment); the others say what the
 * page says. Internal to answer. The translations are the project's own. */
#ifndef EGRET_ANSWER_TEXT_WORDS_H
#define EGRET_ANSWER_TEXT_WORDS_H

#include "answer/page_words.h"

typedef enum {
    EGRET_TEXT_FROM,
    EGRET_TEXT_VERSION,
    EGRET_TEXT_LABEL,
    EGRET_TEXT_TO,
    EGRET_TEXT_ON,
    EGRET_TEXT_STATUS,
    EGRET_TEXT_FACTS,
    EGRET_TEXT_OF_PROJECT,
    EGRET_TEXT_VERDICT,
    EGRET_TEXT_MISSING,
    EGRET_TEXT_FOR_ALIGNED,
    EGRET_TEXT_BECOMES,
    EGRET_TEXT_AS,
    EGRET_TEXT_NOT,
    EGRET_TEXT_ROW,
    EGRET_TEXT_RESULT,
    EGRET_TEXT_USED,
    EGRET_TEXT_NOT_WEIGHED,
    EGRET_TEXT_LACKS,
    EGRET_TEXT_CARRIES,
    EGRET_TEXT_RELATION,
    EGRET_TEXT_CONDITION,
    EGRET_TEXT_THRESHOLD,
    EGRET_TEXT_BY_THE_FACTS,
    EGRET_TEXT_RECORD,
    EGRET_TEXT_JUSTIFICATION,
    EGRET_TEXT_COMMENT,
    EGRET_TEXT_VALID_FROM,
    EGRET_TEXT_VALID_TO,
    EGRET_TEXT_BEHIND,
    EGRET_TEXT_THROUGH,
    EGRET_TEXT_PUBLISHED,
    EGRET_TEXT_IN_FORCE_FROM,
    EGRET_TEXT_UNTIL,
    EGRET_TEXT_NO_AUTHORITY,
    EGRET_TEXT_OWN_TRANSLATION,
    EGRET_TEXT_COUNT
} egret_text_word_t;

const char *egret_text_word(egret_text_word_t word,
                            egret_page_language_t language);
const char *egret_text_truth(egret_truth_t truth,
                             egret_page_language_t language);
const char *egret_text_verdict(egret_label_result_t result,
                               egret_page_language_t language);
const char *egret_text_missing(egret_missing_t missing,
                               egret_page_language_t language);
const char *egret_text_dimension(egret_dimension_t dimension,
                                 egret_page_language_t language);
const char *egret_text_relation(egret_relation_t relation,
                                egret_page_language_t language);
const char *egret_text_row_status(egret_row_status_t status,
                                  egret_page_language_t language);

#endif
