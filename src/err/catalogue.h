/* SPDX-License-Identifier: Apache-2.0 */
/* catalogue: docs/reference/findings.md, written from the catalogue so that
 * the page never says what the code does not do. */
#ifndef EGRET_ERR_CATALOGUE_H
#define EGRET_ERR_CATALOGUE_H

#include "util/buffer.h"

/* The whole page, in Markdown: one table a letter, one row and one anchor
 * ("p01") a code, with severity, lock, whether this version checks it, the ISO
 * reason of each case and the three titles. About 16 KiB. The result is
 * egret_buffer_rc's. */
void egret_catalogue_write(egret_buffer_t *buffer);

#endif
