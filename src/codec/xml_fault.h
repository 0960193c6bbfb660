/* SPDX-License-Identifier: Apache-2.0 */
/* xml_fault: what is wrong with an XML message, in words: a finding X01 or X02
 * with its place, what was found, what was expected and what to do.
 *
 * Nothing of libxml2's own wording gets out. */
#ifndef EGRET_CODEC_XML_FAULT_H
#define EGRET_CODEC_XML_FAULT_H

#include "codec/xml_scan.h"

/* What libxml2 reports of a fault. */
typedef struct {
    int code;        /* xmlParserErrors */
    uint32_t offset; /* where the parser stands */
    int number;      /* of a character reference */
    const char *name;  /* the first two names that it gives, or NULL; read */
    const char *other; /* only during the call */
} egret_xml_parser_fault_t;

/* Adds the finding of a fault that the scan met. EGRET_ENOMEM, EGRET_ELIMIT. */
egret_rc_t egret_xml_fault_scan(const egret_tape_t *tape,
                                const egret_xml_scan_t *scan,
                                const egret_xml_scan_fault_t *fault,
                                egret_findings_t *findings) EGRET_MUST_USE;

/* Adds the finding of a fault that the parser met while the scan stood at the
 * tag after it. EGRET_ENOMEM, EGRET_ELIMIT. */
egret_rc_t egret_xml_fault_parser(const egret_tape_t *tape,
                                  const egret_xml_scan_t *scan,
                                  const egret_xml_parser_fault_t *fault,
                                  egret_findings_t *findings) EGRET_MUST_USE;

#endif
