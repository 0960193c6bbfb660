/* SPDX-License-Identifier: Apache-2.0 */
/* xml_scan: the cheap look ahead over the raw bytes of an XML message.
 *
 * It runs one tag ahead of the parser. It refuses what the parser must not see
 * (another encoding, DOCTYPE, what is over a limit: the attributes of one start
 * tag cost the parser quadratic time before it says a word), and knows the
 * exact place of each tag, name and text, which the parser does not.
 *
 * It is no parser: of bytes that are not well-formed it says
 * EGRET_XML_TAG_NONE and leaves the fault to the parser. Whatever it calls a
 * tag is one if the parser agrees that the bytes are well-formed. */
#ifndef EGRET_CODEC_XML_SCAN_H
#define EGRET_CODEC_XML_SCAN_H

#include "codec/xml.h"

typedef enum {
    EGRET_XML_TAG_NONE, /* no further tag, or none that can be read */
    EGRET_XML_TAG_START,
    EGRET_XML_TAG_EMPTY, /* <a/> */
    EGRET_XML_TAG_END
} egret_xml_tag_t;

typedef enum {
    EGRET_XML_SOUND,
    EGRET_XML_IS_EMPTY,      /* no byte but white space */
    EGRET_XML_IS_NO_XML,     /* it does not begin with '<' */
    EGRET_XML_IS_UTF16,      /* UTF-16 or UTF-32, with or without its mark */
    EGRET_XML_BAD_ENCODING,  /* the declaration says another one */
    EGRET_XML_BAD_VERSION,
    EGRET_XML_HAS_DOCTYPE,
    EGRET_XML_BAD_UTF8,
    EGRET_XML_HAS_NUL,
    EGRET_XML_BAD_CHARACTER, /* not one of XML's: U+0001, U+FFFE */
    EGRET_XML_OVER_BYTES,
    EGRET_XML_OVER_DEPTH,
    EGRET_XML_OVER_ELEMENTS,
    EGRET_XML_OVER_ATTRIBUTES,
    EGRET_XML_OVER_NAME,
    EGRET_XML_OVER_TEXT,
    EGRET_XML_OVER_TAG,
    EGRET_XML_OVER_NAMESPACES
} egret_xml_fault_kind_t;

typedef struct {
    egret_xml_fault_kind_t kind;
    uint32_t offset;
    egret_span_t got; /* the encoding or version declared; else "" */
} egret_xml_scan_fault_t;

typedef struct {
    uint32_t name; /* offsets: [name, name_end) with its prefix */
    uint32_t name_end;
    uint32_t value; /* between the quotation marks */
    uint32_t value_end;
    bool is_declaration; /* xmlns or xmlns:… */
} egret_xml_scan_attribute_t;

typedef struct {
    egret_arena_t *arena;
    egret_span_t bytes;
    egret_xml_limits_t limits;
    /* The bytes up to `stop`, then 16 zeros: what the parser reads. A copy,
     * so that the reader may blank it. */
    char *text;
    uint32_t stop; /* what follows must not be read */
    uint32_t at;   /* all before it is scanned */
    egret_xml_scan_fault_t stop_fault; /* why, when it is not the end */
    uint32_t next_line;      /* the first LF not yet counted */
    uint32_t next_reference; /* the first '&' and CR of what is not yet */
    uint32_t next_return;    /* scanned, or earlier */
    uint32_t elements;
    uint32_t depth; /* of the elements open before the tag */
    uint32_t namespaces; /* declarations in scope */
    uint16_t namespaces_at[EGRET_TAPE_DEPTH + 1]; /* of them, by depth */

    /* the tag that was found last, and the content before it */
    egret_xml_tag_t tag;
    uint32_t tag_open;
    uint32_t tag_close;
    uint32_t name; /* of a start tag: [name, name_end) */
    uint32_t name_end;
    uint32_t line; /* of tag_open */
    uint32_t content; /* [content, tag_open) */
    bool content_is_plain; /* the bytes are the text */
    egret_xml_scan_attribute_t *attributes;
    uint32_t attribute_count;
    uint32_t attribute_capacity;

    /* EGRET_XML_BAD_ENCODING or _VERSION: reading may go on. Any other: not. */
    egret_xml_scan_fault_t declaration_fault;
    egret_xml_scan_fault_t fault;
} egret_xml_scan_t;

/* Looks at the encoding, the XML declaration and the characters, and finds the
 * first tag. `scan->fault` says what is wrong. EGRET_ENOMEM, EGRET_ELIMIT. */
egret_rc_t egret_xml_scan_start(egret_xml_scan_t *scan, egret_span_t bytes,
                                const egret_xml_limits_t *limits,
                                egret_arena_t *arena) EGRET_MUST_USE;
/* Finds the next tag. EGRET_ENOMEM, EGRET_ELIMIT. */
egret_rc_t egret_xml_scan_next(egret_xml_scan_t *scan) EGRET_MUST_USE;

#endif
