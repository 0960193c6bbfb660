/* SPDX-License-Identifier: Apache-2.0 */
/* explanation_text: what explanation.h says, as text; escaped as report.h
 * tells. */
#ifndef EGRET_CLI_EXPLANATION_TEXT_H
#define EGRET_CLI_EXPLANATION_TEXT_H

#include "answer/explanation.h"

/* Rows that were weighed, nearest first, then those that were not. */
void egret_explanation_text(const egret_explanation_t *explanation,
                            egret_buffer_t *buffer);

#endif
