/* SPDX-License-Identifier: Apache-2.0 */
/* xml: reads an XML message onto a tape.
 *
 * The `codec` layer turns bytes into a tape and back, one file a syntax. It
 * knows no definition: the sink that the caller passes names the elements.
 *
 * UTF-8 only (a byte order mark is accepted, and so is a declaration of
 * US-ASCII over ASCII bytes), XML 1.0 only, no DOCTYPE, no entity but the five
 * of XML, no network, no XInclude. The limits are checked while reading, just
 * ahead of the parser, so a hostile message costs no more than its bytes.
 * libxml2's SAX2 interface does the parsing over one buffer; its memory is
 * bounded by the limits, not by the arena (xmlMemSetup is process-wide). */
#ifndef EGRET_CODEC_XML_H
#define EGRET_CODEC_XML_H

#include "err/findings.h"
#include "msg/tape.h"

typedef struct {
    size_t bytes;
    uint32_t depth;
    uint32_t elements;
    uint32_t attributes; /* of one element */
    uint32_t name;       /* bytes of one name, prefix included */
    uint32_t text;       /* bytes of text between two tags, so of a value */
    uint32_t tag;        /* bytes of one start tag */
    uint32_t namespaces; /* declarations in scope at one place; and different
                            names in one message */
} egret_xml_limits_t;

/* 1 MiB, 64, 100,000, 256, 256, 256 KiB, 64 KiB, 255. A depth over 255, a name
 * over 65,535 bytes and more than 255 namespaces are more than the tape can
 * hold and are taken as those; 1 GiB is the largest message. */
extern const egret_xml_limits_t egret_xml_limits_default;

/* Process-wide start of libxml2; call once before threads or workers. */
void egret_xml_start(void);
/* Gives back libxml2's process-wide memory. Only where nothing else in the
 * process uses libxml2 (the CLI, tests), never in nginx: its modules share the
 * library. */
void egret_xml_stop(void);

/* Reads `bytes` onto `tape` (initialised over the same bytes) and drives
 * `sink` (may be NULL). `limits` NULL: the default.
 *
 * What is wrong with the message becomes X01 (not well-formed, namespace
 * errors, DOCTYPE, limits) or X02 (encoding, invalid UTF-8, U+0000, a
 * surrogate) with line, column and a fix, and the xpath of the innermost open
 * element. The first fault ends the reading and is the only finding, except
 * that after a wrong encoding or version in the XML declaration reading goes
 * on. tape->is_whole says whether the message was read to its end without a
 * fault. The nodes before a fault stay on the tape, so a header can still be
 * read from a cut message.
 *
 * The arena also holds a copy of the message, for libxml2 to read.
 *
 * Returns EGRET_OK also for an invalid message; EGRET_ENOMEM; EGRET_ELIMIT
 * for the arena's ceiling; or what the sink returned. */
egret_rc_t egret_xml_read(egret_tape_t *tape, const egret_xml_limits_t *limits,
                          const egret_sink_t *sink,
                          egret_findings_t *findings) EGRET_MUST_USE;

#endif
