/* SPDX-License-Identifier: Apache-2.0 */
/* configured: what fuzz targets need that run with a configuration. */
#ifndef EGRET_FUZZ_CONFIGURED_H
#define EGRET_FUZZ_CONFIGURED_H

#include "config/config.h"

/* Aborts, with `what` on standard error, unless it holds. */
void require(bool holds, const char *what);
/* The text must be a whole configuration. File names are from the working
 * directory. In the arena. */
egret_config_t *configure(egret_span_t text, egret_arena_t *arena);

#endif
