/* SPDX-License-Identifier: Apache-2.0 */
/* xml_prolog: what can be said of an XML message before any tag: is it XML at
 * all, in which encoding, does its declaration agree, are its characters XML's
 * (XML 1.0, productions 2, 23 to 26 and 80). */
#ifndef EGRET_CODEC_XML_PROLOG_H
#define EGRET_CODEC_XML_PROLOG_H

#include "codec/xml_scan.h"

/* The first byte that is not part of a character of XML in UTF-8, and why
 * (EGRET_XML_BAD_UTF8, _HAS_NUL, _BAD_CHARACTER); bytes.length and
 * EGRET_XML_SOUND when there is none. */
size_t egret_xml_characters(egret_span_t bytes, egret_xml_fault_kind_t *kind);

/* EGRET_XML_IS_EMPTY, _IS_UTF16, _IS_NO_XML or _SOUND. */
egret_xml_fault_kind_t egret_xml_opening(egret_span_t bytes,
                                         uint32_t *offset);

/* Reads the XML declaration, if there is one: EGRET_XML_BAD_VERSION,
 * _BAD_ENCODING with the place and the text of the value, or _SOUND. A
 * declaration that is not well-formed is left to the parser. `is_ascii`: no
 * byte of the message is above 7F. */
egret_xml_scan_fault_t egret_xml_declaration(egret_span_t bytes,
                                             bool is_ascii);

#endif
