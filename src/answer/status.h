/* SPDX-License-Identifier: Apache-2.0 */
/* status: pacs.002.001.10, the status message of the payment flows. The calls
 * for other layers stand in answer.h. Facts from the official pacs.002.001.10:
 * OrgnlMsgId and OrgnlMsgNmId are compulsory, AddtlInf is Max105Text. */
#ifndef EGRET_ANSWER_STATUS_H
#define EGRET_ANSWER_STATUS_H

#include "answer/answer.h"

/* <Document>: RJCT with all findings, or ACTC (with its warnings) when
 * `is_receipt`. EGRET_ENOMEM, EGRET_ELIMIT through the buffer. */
void egret_status_write(const egret_answer_request_t *request,
                        bool is_receipt, egret_buffer_t *buffer);

#endif
