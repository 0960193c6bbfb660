/* SPDX-License-Identifier: Apache-2.0 */
/* validator: judges a message by its schema while the tape is built.
 *
 * A sink for the codec. Outside of AppHdr and Document it only looks for them
 * (msg/envelope). Inside it names every node's declaration on the tape and
 * reports each fault as X05 with place, what was got and what was expected
 * ("one of IntrBkSttlmDt, SttlmPrty"), and goes on: for a few faults in
 * different elements it reports exactly those. Content of a lax wildcard is
 * validated where a loaded schema declares it. */
#ifndef EGRET_SCHEMA_VALIDATOR_H
#define EGRET_SCHEMA_VALIDATOR_H

#include "err/findings.h"
#include "msg/envelope.h"
#include "schema/schemas.h"

typedef struct egret_validator egret_validator_t;

/* `findings` receives X05. `allowed` (may be NULL: all) says which definitions
 * may stand as AppHdr or Document; it is asked once for each, and an answer of
 * false gives X05 "not enabled" and no validation of that part. NULL when the
 * arena refuses. */
typedef struct {
    bool (*is_allowed)(void *context, const egret_definition_t *definition);
    void *context;
    /* A first element that is neither AppHdr nor Document, and that a loaded
     * schema declares, is judged by it: a block that stands alone. */
    bool takes_any_root;
} egret_validator_filter_t;

egret_validator_t *
egret_validator_create(const egret_schemas_t *schemas,
                       const egret_validator_filter_t *filter,
                       egret_arena_t *arena, egret_findings_t *findings);
/* To pass to the codec. */
egret_sink_t egret_validator_sink(egret_validator_t *validator);

/* True when `value` (as it stands) is valid for a simple type or simple
 * content; `*expected` (may be NULL) is then untouched, else set to a phrase in
 * the arena ("at most 35 characters"). */
bool egret_type_accepts(const egret_type_t *type, egret_span_t value,
                        egret_arena_t *arena, egret_span_t *expected);

#endif
