/* SPDX-License-Identifier: Apache-2.0 */
/* xml_parser_fault: what libxml2 finds wrong with an XML message, as a finding.
 *
 * Nothing of libxml2's own wording gets out: the frequent faults have words of
 * ours, the others one sentence. */
#ifndef EGRET_CODEC_XML_PARSER_FAULT_H
#define EGRET_CODEC_XML_PARSER_FAULT_H

#include "codec/xml_fault.h"

/* What libxml2 reports of a fault. */
typedef struct {
    int code;        /* xmlParserErrors */
    uint32_t offset; /* where the parser stands */
    int number;      /* of a character reference */
    const char *name;  /* the first two names that it gives, or NULL; read */
    const char *other; /* only during the call */
} egret_xml_parser_fault_t;

/* Adds the finding of a fault that the parser met while the scan stood at the
 * tag after it. EGRET_ENOMEM, EGRET_ELIMIT. */
egret_rc_t egret_xml_parser_fault(const egret_tape_t *tape,
                                  const egret_xml_scan_t *scan,
                                  const egret_xml_parser_fault_t *fault,
                                  egret_findings_t *findings) EGRET_MUST_USE;

#endif
