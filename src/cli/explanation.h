/* SPDX-License-Identifier: Apache-2.0 */
/* explanation: what one label is in another scheme, with each row, as text or
 * as one JSON object. What a file says is escaped as report.h tells. */
#ifndef EGRET_CLI_EXPLANATION_H
#define EGRET_CLI_EXPLANATION_H

#include "taxonomy/translate.h"
#include "util/buffer.h"

typedef struct {
    const egret_taxonomies_t *taxonomies;
    egret_label_t label;
    const egret_scheme_t *target;
    const egret_class_t *asked; /* only its rows; NULL: all */
    egret_label_translation_t translation;
} egret_explanation_t;

/* Rows that were weighed, nearest first, then those that were not. */
void egret_explanation_text(const egret_explanation_t *explanation,
                            egret_buffer_t *buffer);
void egret_explanation_json(const egret_explanation_t *explanation,
                            egret_buffer_t *buffer);

/* "translated", "needs assessment", "no counterpart", "stands". */
const char *egret_explanation_verdict(egret_label_result_t result);

typedef struct {
    const egret_crosswalk_row_t *row;
    const egret_translation_candidate_t *candidate; /* NULL: not weighed */
    bool is_used; /* the result rests on it */
} egret_explained_row_t;

/* The row at `index` of those to show; false after the last. */
bool egret_explanation_row(const egret_explanation_t *explanation,
                           size_t index, egret_explained_row_t *out);

#endif
