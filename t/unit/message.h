/* SPDX-License-Identifier: Apache-2.0 */
/* message: tapes for tests of layers that come before the codec. */
#ifndef EGRET_TEST_MESSAGE_H
#define EGRET_TEST_MESSAGE_H

#include "helper.h"

#include "msg/tape.h"

/* A small pacs.008: Document / FIToFICstmrCdtTrf / GrpHdr (MsgId, NbOfTxs) and
 * CdtTrfTxInf* (PmtId/EndToEndId, IntrBkSttlmAmt@Ccy, Cdtr/Nm, RmtInf/Ustrd*).
 * GrpHdr and each CdtTrfTxInf are of types of their own. */
extern const egret_definition_t egret_test_definition;
#define EGRET_TEST_NAMESPACE EGRET_ISO_NAMESPACE "pacs.008.001.08"

/* Fills the tape from its bytes: tags, attributes in double quotes, text, xmlns
 * and xmlns:prefix; no declarations, comments, references or CDATA. Names the
 * declarations of elements below a Document of egret_test_definition. Asserts
 * that tags match. `sink` may be NULL. Returns what the tape or sink did. */
egret_rc_t egret_test_message(egret_tape_t *tape, const egret_sink_t *sink);

/* A tape of `text` in `arena`, read and asserted. */
void egret_test_tape(egret_tape_t *tape, egret_arena_t *arena,
                     const char *text);

/* The first node of that local name; asserted to be there. */
egret_node_t egret_test_node(const egret_tape_t *tape, const char *name);

#endif
