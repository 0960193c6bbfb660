/* SPDX-License-Identifier: Apache-2.0 */
/* xml_text: the text that stands in the content of an element, where the bytes
 * are not the text themselves: character references, the five entities, CDATA
 * sections, comments, processing instructions, CR and CRLF line ends (XML 1.0,
 * 2.4 to 2.7, 2.11 and 4.1). */
#ifndef EGRET_CODEC_XML_TEXT_H
#define EGRET_CODEC_XML_TEXT_H

#include "util/span.h"

/* Writes the text of `content` to `out`, which has room for content.length
 * bytes, and returns its length. `*first`, if not NULL, is set to the offset in
 * `content` of the first character that is not XML white space, else to
 * content.length. Content that is not well-formed gives some text, nothing
 * worse. */
size_t egret_xml_text_decode(egret_span_t content, char *out, size_t *first);

/* The length of the XML white space (20, 9, A, D) that `text` begins with. */
size_t egret_xml_text_white(egret_span_t text);

#endif
