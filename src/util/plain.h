/* SPDX-License-Identifier: Apache-2.0 */
/* plain: text of others, for a line of our own. */
#ifndef EGRET_UTIL_PLAIN_H
#define EGRET_UTIL_PLAIN_H

#include "util/buffer.h"

/* Adds it so that it can neither end the line nor move the cursor: control
 * characters, marks that turn the direction of text, backslashes and bytes that
 * are no UTF-8 are written as escapes. */
void egret_plain_add(egret_buffer_t *buffer, egret_span_t text);

#endif
