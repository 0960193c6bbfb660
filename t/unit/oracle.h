/* SPDX-License-Identifier: Apache-2.0 */
/* oracle: libxml2's own validator, judging AppHdr and Document apart, and what
 * the validator of the schema layer says of the same bytes. */
#ifndef EGRET_TEST_ORACLE_H
#define EGRET_TEST_ORACLE_H

#include <libxml/tree.h>

#include "helper.h"
#include "schema/validator.h"

/* One folder of schemas, for both. */
typedef struct egret_oracle egret_oracle_t;
egret_oracle_t *egret_oracle_create(const char *folder);
void egret_oracle_destroy(egret_oracle_t *oracle);
const egret_schemas_t *egret_oracle_schemas(const egret_oracle_t *oracle);

/* What libxml2 says of one part. */
typedef struct {
    const xmlNode *node; /* NULL: the message has none that a schema is for */
    bool is_valid;
    const xmlNode *fault; /* the element of its first error */
    char error[512];
} egret_oracle_part_t;

typedef struct {
    xmlDoc *document;
    egret_oracle_part_t parts[2]; /* AppHdr, Document */
    bool is_valid;                /* both */

    egret_arena_t *arena;
    egret_tape_t tape;
    egret_findings_t findings;
    size_t of_part[2]; /* findings with a path into the part */
} egret_oracle_verdict_t;

/* Judges by both. A part in a namespace without a schema is left out on both
 * sides; `document` is NULL for what is no XML, and asserted to have a
 * finding. */
void egret_oracle_judge(egret_oracle_t *oracle, egret_span_t bytes,
                        egret_oracle_verdict_t *verdict);
void egret_oracle_verdict_end(egret_oracle_verdict_t *verdict);

/* The element that a finding's path names, in libxml2's tree; NULL if none. */
const xmlNode *egret_oracle_find(const egret_oracle_verdict_t *verdict,
                                 egret_span_t xpath);

#endif
