/* SPDX-License-Identifier: Apache-2.0 */
/* reject: admi.002.001.01, the answer to a message that could not be read as
 * what it claims to be. The calls for other layers stand in answer.h. Facts
 * from the official admi.002.001.01: RjctgPtyRsn Max35, ErrLctn and RsnDesc
 * Max350, AddtlData Max20000. */
#ifndef EGRET_ANSWER_REJECT_H
#define EGRET_ANSWER_REJECT_H

#include "answer/answer.h"

/* <Document>. AddtlData holds {"findings":[…],"more":N} and drops whole
 * findings at 20,000 characters. */
void egret_reject_write(const egret_answer_request_t *request,
                        egret_buffer_t *buffer);

#endif
