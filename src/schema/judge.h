/* SPDX-License-Identifier: Apache-2.0 */
/* judge: what the parts of the validator share while they judge a message.
 *
 * validator.c drives; judge.c keeps places and reports; attributes.c, xsi.c
 * and order.c each judge one side of an element. For the schema layer alone. */
#ifndef EGRET_SCHEMA_JUDGE_H
#define EGRET_SCHEMA_JUDGE_H

#include "schema/expected.h"
#include "schema/recovery.h"
#include "schema/validator.h"

#define EGRET_XSI_NAMESPACE "http://www.w3.org/2001/XMLSchema-instance"

typedef enum {
    EGRET_JUDGE_OUTSIDE, /* a wrapper around AppHdr and Document */
    EGRET_JUDGE_SKIP,    /* nothing in it is judged */
    EGRET_JUDGE_LAX,     /* judged where a loaded schema declares it */
    EGRET_JUDGE_DECLARED
} egret_judge_mode_t;

/* An open element. */
typedef struct {
    egret_judge_mode_t mode;
    bool is_faulty; /* its order is broken at `fault`; judged at its end */
    bool has_child; /* though its content is simple */
    bool is_simple; /* content, by its type */
    const egret_type_t *type;
    const egret_content_t *content; /* of the type */
    const egret_definition_t *definition; /* the namespace its children have */
    egret_model_cursor_t cursor;
    egret_node_t fault;
} egret_judge_frame_t;

typedef struct {
    bool is_known;
    bool is_xsi;
    const egret_definition_t *definition;
} egret_judge_space_t;

struct egret_validator {
    const egret_schemas_t *schemas;
    const egret_definitions_t *definitions;
    egret_validator_filter_t filter;
    egret_arena_t *arena;
    egret_findings_t *findings;
    egret_recovery_t recovery;
    egret_map_t ids; /* values of type xs:ID in this part */
    egret_judge_space_t spaces[EGRET_TAPE_NAMESPACES];
    egret_judge_frame_t frames[EGRET_TAPE_DEPTH + 1];
};

/* The definition whose namespace the tape's index names, or NULL. */
const egret_judge_space_t *egret_judge_space(egret_validator_t *judge,
                                             const egret_tape_t *tape,
                                             uint16_t namespace_index);

/* The texts of one X05. They are literals, in the arena, or in the message. */
typedef struct {
    egret_span_t attribute; /* "" for none */
    egret_span_t message;
    egret_span_t got;
    egret_span_t expected;
    egret_span_t fix;
} egret_judge_words_t;

egret_rc_t egret_judge_report(egret_validator_t *judge,
                              const egret_tape_t *tape, egret_node_t node,
                              const egret_judge_words_t *words) EGRET_MUST_USE;

/* The value of an element, or of its attribute (not ""), against a simple
 * type; a node that has none of those allowed is EGRET_NODE_REFUSED. */
egret_rc_t egret_judge_value(egret_validator_t *judge,
                             const egret_tape_t *tape, egret_node_t node,
                             egret_span_t attribute,
                             const egret_simple_t *simple, egret_span_t value)
    EGRET_MUST_USE;

/* In attributes.c: the attributes of an element that has this type. */
egret_rc_t egret_judge_attributes(egret_validator_t *judge,
                                  const egret_tape_t *tape, egret_node_t node,
                                  const egret_type_t *type) EGRET_MUST_USE;

/* In xsi.c: attributes of XMLSchema-instance. For a declared element `*type`
 * is its type, and becomes the one that xsi:type names; for an element that
 * nothing declares it is NULL, and stays so unless xsi:type names a type. */
egret_rc_t egret_judge_xsi(egret_validator_t *judge, const egret_tape_t *tape,
                           egret_node_t node, const egret_type_t **type,
                           const egret_definition_t **definition)
    EGRET_MUST_USE;

/* In order.c: the children of an element whose order is broken, at its end. */
egret_rc_t egret_judge_order(egret_validator_t *judge,
                             const egret_tape_t *tape, egret_node_t node,
                             egret_judge_frame_t *frame) EGRET_MUST_USE;

#endif
