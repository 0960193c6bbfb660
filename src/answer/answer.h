/* SPDX-License-Identifier: Apache-2.0 */
/* answer: the reply, in the sender's own header version and wrapper.
 *
 * Every ISO answer validates against its official schema, carries an AppHdr
 * (Fr = gateway, To = sender, Rltd) when the message had one, and lists every
 * finding. An admi.002 is never answered with one. Nothing here reads a clock
 * or makes an id: both are passed in. */
#ifndef EGRET_ANSWER_ANSWER_H
#define EGRET_ANSWER_ANSWER_H

#include "answer/verdict.h"
#include "util/buffer.h"

typedef struct {
    unsigned status;          /* HTTP */
    egret_span_t content_type; /* "application/xml; charset=utf-8", … */
    egret_span_t body;
} egret_answer_t;

typedef struct {
    const egret_config_t *config;
    const egret_verdict_t *verdict;
    egret_datetime_t now;  /* CreDt, CreDtTm */
    egret_span_t id;       /* BizMsgIdr and MsgId of the answer: 1 to 35 of
                              A-Z a-z 0-9 - */
    bool wants_problem;    /* Accept names application/problem+json */
    bool shows_output;     /* of a trial: what the counterpart would get */
    size_t maximum;        /* bytes of the answer; 0: 1 MiB */
} egret_answer_request_t;

/* The answer that the verdict is due (not for EGRET_REPLY_FORWARD:
 * EGRET_EINVAL). admi.002: RjctgPtyRsn the first code, ErrLctn its XPath,
 * RsnDesc, AddtlData the findings as JSON (whole findings dropped at 20,000
 * characters). pacs.002: RJCT, a StsRsnInf a finding, grouped in TxInfAndSts
 * by transaction, AddtlInf "EG-<code> <path from the transaction, indices as
 * (1)> <value>" continued in further AddtlInf of 105 characters of the
 * profile's characters; held: Rsn/Prtry EG-HOLD and "post again after
 * release". EGRET_ENOMEM, EGRET_ELIMIT. */
egret_rc_t egret_answer_write(const egret_answer_request_t *request,
                              egret_arena_t *arena, egret_answer_t *out)
    EGRET_MUST_USE;
/* pacs.002 ACTC: the counterpart took the message and sent no ISO answer. */
egret_rc_t egret_answer_receipt(const egret_answer_request_t *request,
                                egret_arena_t *arena, egret_answer_t *out)
    EGRET_MUST_USE;
/* RFC 9457 problem+json with the findings: type, title, status, detail,
 * verdict, messageId, findings[]. */
egret_rc_t egret_answer_problem(const egret_answer_request_t *request,
                                egret_arena_t *arena, egret_answer_t *out)
    EGRET_MUST_USE;
/* What a message would be answered that is only tried: what
 * egret_answer_write gives, and for EGRET_REPLY_FORWARD the receipt, or with
 * wants_problem application/json: verdict, messageId, uetr, definition,
 * findings[], or with shows_output the verdict's output. */
egret_rc_t egret_answer_trial(const egret_answer_request_t *request,
                              egret_arena_t *arena, egret_answer_t *out)
    EGRET_MUST_USE;
/* The findings as a JSON array: what problem+json and the command line
 * share. Keys: code, severity, xpath, line, column, message, got, expected,
 * fix, iso, doc, rule; empty ones are left out. */
egret_rc_t egret_answer_findings_json(const egret_findings_t *findings,
                                      egret_buffer_t *buffer) EGRET_MUST_USE;

/* Constant bodies for what nginx refuses before a message is judged. */
typedef enum {
    EGRET_REFUSAL_STRANGER,     /* 403: tells nothing */
    EGRET_REFUSAL_TOO_LARGE,    /* 413 */
    EGRET_REFUSAL_MEDIA_TYPE,   /* 415: the exact -H for curl */
    EGRET_REFUSAL_ENCODING,     /* 415: Content-Encoding */
    EGRET_REFUSAL_METHOD,       /* 405, of what is posted to */
    EGRET_REFUSAL_NOT_GET,      /* 405, of what is only read */
    EGRET_REFUSAL_MISDIRECTED,  /* 421 */
    EGRET_REFUSAL_OUTDATED,     /* 503, delivered: no: ask anew */
    EGRET_REFUSAL_UNREACHABLE,  /* 502, delivered: no or unknown */
    EGRET_REFUSAL_SILENT,       /* 504, delivered: unknown */
    EGRET_REFUSAL_INTERNAL,     /* 500 */
    EGRET_REFUSAL_QUESTION,     /* 400, of what is asked about labels */
    EGRET_REFUSAL_GAP,          /* the same, of schemes and a counterpart */

    /* 502: the counterpart answered, and the sender cannot have it. */
    EGRET_REFUSAL_FAILED,        /* a status other than 2xx, no ISO message */
    EGRET_REFUSAL_CUT_OFF,       /* it broke off */
    EGRET_REFUSAL_ANSWER_LARGE,  /* larger than egret_max_answer */
    EGRET_REFUSAL_UNREADABLE,    /* no XML that the gateway reads */
    EGRET_REFUSAL_NOT_ISO,       /* XML without a Document of ISO 20022 */
    EGRET_REFUSAL_WRONG_TYPE,    /* a message that does not answer this one */
    EGRET_REFUSAL_INVALID,       /* its schema refuses it */
    EGRET_REFUSAL_OTHER_MESSAGE, /* it answers another message, or none */
    EGRET_REFUSAL_OTHER_PARTY,   /* Fr is not the receiver, To not the sender */
    EGRET_REFUSAL_SIGNED         /* signed, and not in the sender's form */
} egret_refusal_t;

typedef enum {
    EGRET_DELIVERED_NOT_SAID,
    EGRET_DELIVERED_YES,
    EGRET_DELIVERED_NO,
    EGRET_DELIVERED_UNKNOWN
} egret_delivered_t;

/* "counterpart-silent", …: the end of the problem's type. */
const char *egret_refusal_text(egret_refusal_t refusal);
/* "yes", "no", "unknown"; "" when it is not said. */
const char *egret_delivered_text(egret_delivered_t delivered);

typedef struct {
    egret_refusal_t refusal;
    egret_delivered_t delivered;
    size_t limit;                /* in bytes; 0: none to tell */
    unsigned counterpart_status; /* HTTP; 0: none */
    egret_span_t message_id;     /* "" for none */
    egret_span_t xpath;          /* where in the counterpart's answer; or "" */
    egret_span_t fault;          /* what is wrong there; or "" */
    egret_span_t question;       /* what is wrong with a question; or "" */
} egret_failure_t;

/* problem+json: type, title, status, detail, and of the failure what it has. */
egret_rc_t egret_answer_failure(const egret_failure_t *failure,
                                egret_arena_t *arena, egret_answer_t *out)
    EGRET_MUST_USE;

/* The same with less to say. `limit` is the size limit for TOO_LARGE, else 0;
 * `message_id` may be "". */
egret_rc_t egret_answer_refusal(egret_refusal_t refusal,
                                egret_delivered_t delivered, size_t limit,
                                egret_span_t message_id, egret_arena_t *arena,
                                egret_answer_t *out) EGRET_MUST_USE;

#endif
