/* SPDX-License-Identifier: Apache-2.0 */
/* drawing: the chain of an explanation as inline SVG: the label as it was
 * asked, what it passes through, what it becomes. The last box is green only
 * when egret_explanation_is_green. What is too long for a box is cut and ends
 * in "…". Internal to answer. */
#ifndef EGRET_ANSWER_DRAWING_H
#define EGRET_ANSWER_DRAWING_H

#include "answer/page.h"

void egret_drawing_add(const egret_page_t *page);

#endif
