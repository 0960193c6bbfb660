/* SPDX-License-Identifier: Apache-2.0 */
/* gap_text: a gap (answer/gap.h) for people. */
#ifndef EGRET_CLI_GAP_TEXT_H
#define EGRET_CLI_GAP_TEXT_H

#include "answer/gap.h"

void egret_gap_text(const egret_gap_t *gap, egret_buffer_t *buffer);

#endif
