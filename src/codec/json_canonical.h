/* SPDX-License-Identifier: Apache-2.0 */
/* json_canonical: one form of the bytes of an element's ISO 20022 JSON, and
 * the digest of a green block over it.
 *
 * The form is RFC 8785 (JCS) of this JSON:
 * - an element with children is an object; keys are the tags, its attributes
 *   are ordinary keys beside them;
 * - an element that its declaration lets repeat is always an array;
 * - an element whose type declares attributes is always an object: its value
 *   under "amt" when a currency (Ccy) is one of them, else under "val", and
 *   each attribute that is there; one that is absent is left out;
 * - any other value is a string in its lexical form after the white space
 *   treatment of its type: as it stands for text, collapsed for all other
 *   types. 80.0 is not 80.00. No Unicode normalisation;
 * - xmlns and what belongs to XMLSchema-instance is left out.
 * So indentation, prefixes, the order of attributes, CDATA, comments and
 * character references do not show, and each value does.
 *
 * Only for an element that its schema accepted: names alone do not say which
 * elements repeat. White space facets other than those of the built-in types
 * are not known here; ISO 20022 and the green block use none. */
#ifndef EGRET_CODEC_JSON_CANONICAL_H
#define EGRET_CODEC_JSON_CANONICAL_H

#include "msg/tape.h"
#include "util/buffer.h"
#include "util/digest.h"

/* Appends the object that `node`, an element with children or attributes, is.
 * `left_out` is the name of a child element of `node` that is not written (""
 * for none). EGRET_EINVAL when something in it has no declaration;
 * EGRET_ENOMEM; EGRET_ELIMIT: the arena's ceiling, or the buffer's maximum. */
egret_rc_t egret_json_canonical_write(const egret_tape_t *tape,
                                      egret_node_t node, egret_span_t left_out,
                                      egret_buffer_t *buffer) EGRET_MUST_USE;

/* The digest of a green block: SHA-256 over the object that stands under
 * GrnFin, without its signature (Sgntr signs the rest). `block` is the node of
 * GrnFin; the text is made in `arena`, at most six times the bytes of the
 * message long. The same errors. */
egret_rc_t egret_block_digest(const egret_tape_t *tape, egret_node_t block,
                              egret_arena_t *arena, egret_sha256_t *out)
    EGRET_MUST_USE;

#endif
