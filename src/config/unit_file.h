/* SPDX-License-Identifier: Apache-2.0 */
/* unit_file: units.tsv and metrics.tsv of the reference folder (units.h says
 * what they hold). Internal to config. */
#ifndef EGRET_CONFIG_UNIT_FILE_H
#define EGRET_CONFIG_UNIT_FILE_H

#include "taxonomy/units.h"

/* `*out` is NULL for a folder without units.tsv or metrics.tsv: then no rule
 * asks for a unit. Errors and `*fault` as units.h says; EGRET_EIO. */
egret_rc_t egret_reference_load_units(const char *folder, egret_arena_t *arena,
                                      const egret_units_t **out,
                                      egret_span_t *fault) EGRET_MUST_USE;

#endif
