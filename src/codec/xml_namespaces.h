/* SPDX-License-Identifier: Apache-2.0 */
/* xml_namespaces: from the parser's namespace names to those of the tape.
 *
 * The parser interns names: one pointer, one name, for as long as it lives. So
 * a look-up compares pointers, and most times only the one used last. */
#ifndef EGRET_CODEC_XML_NAMESPACES_H
#define EGRET_CODEC_XML_NAMESPACES_H

#include "msg/tape.h"

typedef struct {
    const char *interned;
    uint16_t index;
} egret_xml_namespace_t;

typedef struct {
    egret_tape_t *tape;
    egret_xml_namespace_t *items;
    uint32_t count;
    uint32_t capacity;
    uint32_t maximum;
    uint32_t last;
} egret_xml_namespaces_t;

void egret_xml_namespaces_init(egret_xml_namespaces_t *namespaces,
                               egret_tape_t *tape, uint32_t maximum);
/* The tape's index of an interned name; NULL is "". A new one is copied to the
 * tape's arena. EGRET_ERANGE for one more than the maximum; EGRET_ENOMEM,
 * EGRET_ELIMIT. */
egret_rc_t egret_xml_namespaces_find(egret_xml_namespaces_t *namespaces,
                                     const char *interned, uint16_t *index)
    EGRET_MUST_USE;

#endif
