/* SPDX-License-Identifier: Apache-2.0 */
/* xml_fault: what the scan finds wrong with an XML message, as a finding X01 or
 * X02 with its place, what was found, what was expected and what to do. */
#ifndef EGRET_CODEC_XML_FAULT_H
#define EGRET_CODEC_XML_FAULT_H

#include "codec/xml_scan.h"

/* Adds the finding of a fault that the scan met. Bytes that are not UTF-8 are
 * passed over in a message that declares another encoding: they are the same
 * fault. EGRET_ENOMEM, EGRET_ELIMIT. */
egret_rc_t egret_xml_fault_scan(const egret_tape_t *tape,
                                const egret_xml_scan_t *scan,
                                const egret_xml_scan_fault_t *fault,
                                egret_findings_t *findings) EGRET_MUST_USE;

/* Adds a finding at `offset`, with line, column, severity and the xpath of the
 * innermost open element. EGRET_ENOMEM, EGRET_ELIMIT: also for a message or fix
 * whose `at` is NULL, because the arena refused it. */
egret_rc_t egret_xml_fault_add(const egret_tape_t *tape,
                               egret_finding_t *finding, uint32_t offset,
                               egret_findings_t *findings) EGRET_MUST_USE;

#endif
