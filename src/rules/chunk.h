/* SPDX-License-Identifier: Apache-2.0 */
/* chunk: a rules file compiled into a state.
 *
 * Internal to rules. */
#ifndef EGRET_RULES_CHUNK_H
#define EGRET_RULES_CHUNK_H

#include "rules/state.h"

/* Compiles `text` into EGRET_SLOT_CHUNK. EGRET_ESYNTAX: no Lua, bytecode, or a
 * literal that would bring in FFI; failure_line and failure_text say what.
 * EGRET_ELIMIT: the memory limit; EGRET_ENOMEM. */
egret_rc_t egret_chunk_compile(egret_state_t *state, egret_span_t text)
    EGRET_MUST_USE;

#endif
