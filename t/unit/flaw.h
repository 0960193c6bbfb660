/* SPDX-License-Identifier: Apache-2.0 */
/* flaw: what holds of every reading of an XML message, whatever its bytes: the
 * names, tags and values of the tape stand where it says, and a message is
 * either whole or has a finding with a place and words. */
#ifndef EGRET_TEST_FLAW_H
#define EGRET_TEST_FLAW_H

#include "codec/xml.h"

/* NULL, or what does not hold. */
const char *egret_test_flaw(egret_rc_t rc, const egret_tape_t *tape,
                            const egret_findings_t *findings);

#endif
