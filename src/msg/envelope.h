/* SPDX-License-Identifier: Apache-2.0 */
/* envelope: which elements of a message are its AppHdr and its Document.
 *
 * Both are found by namespace, at depth 6 at most, under any wrapper, never
 * inside each other (and so never inside SplmtryData/Envlp). AppHdr:
 * head.001.001.01 to .04. Document: local name Document in a namespace that
 * the definitions have, or in the ISO 20022 one. Exactly one of each is the
 * rule; a bare Document is for the profile to allow. */
#ifndef EGRET_MSG_ENVELOPE_H
#define EGRET_MSG_ENVELOPE_H

#include "err/findings.h"
#include "msg/tape.h"

#define EGRET_ENVELOPE_DEPTH 6

typedef enum {
    EGRET_ENVELOPE_OUTSIDE, /* a wrapper, or inside AppHdr or Document */
    EGRET_ENVELOPE_APPHDR,
    EGRET_ENVELOPE_DOCUMENT,
    EGRET_ENVELOPE_SECOND /* a further AppHdr or Document */
} egret_envelope_role_t;

/* To be called from a sink's open for each node that is outside of AppHdr and
 * Document; sets tape->app_hdr or tape->document the first time.
 * `definitions` may be NULL. */
egret_envelope_role_t
egret_envelope_open(egret_tape_t *tape, egret_node_t node,
                    const egret_definitions_t *definitions);

/* After the codec is done: X05 for no Document, and for no AppHdr unless
 * `bare_is_allowed`. One that is almost there is named: in a namespace that is
 * no ISO one, too deep, inside the other one. An AppHdr of ISO 20022 that
 * cannot be used (head.001.001.05) is X05 also where bare is allowed, so that
 * nobody hides what it says. A tape that is not whole gets no finding: the rest
 * may have had both, and X01 or X02 stands already. Second ones are reported
 * by whoever saw EGRET_ENVELOPE_SECOND, with egret_envelope_second.
 * EGRET_ENOMEM, EGRET_ELIMIT. */
egret_rc_t egret_envelope_check(const egret_tape_t *tape, bool bare_is_allowed,
                                egret_findings_t *findings) EGRET_MUST_USE;
egret_rc_t egret_envelope_second(const egret_tape_t *tape, egret_node_t node,
                                 egret_findings_t *findings) EGRET_MUST_USE;

/* True when AppHdr holds a signature (Sgntr): an edit of the message would
 * break it. */
bool egret_envelope_is_signed(const egret_tape_t *tape);

#endif
