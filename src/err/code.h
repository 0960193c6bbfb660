/* SPDX-License-Identifier: Apache-2.0 */
/* code: the catalogue of everything Egret can say about a message.
 *
 * The `err` layer holds the catalogue and the list of findings; it knows
 * nothing of XML, of schemas or of partners. One row a code: T transport and
 * identity, X syntax, H header, P parties, A amounts and dates, G green block,
 * L labels, E evidence, M metrics, D ledger, K targets, R returns, U a
 * partner's own rules. docs/reference/findings.md is generated from it. */
#ifndef EGRET_ERR_CODE_H
#define EGRET_ERR_CODE_H

#include "util/rc.h"
#include "util/span.h"

/* The numbers are not stable between versions; the ids ("P01") are. */
typedef enum {
    EGRET_T01, EGRET_T02, EGRET_T03, EGRET_T04, EGRET_T05,
    EGRET_X01, EGRET_X02, EGRET_X03, EGRET_X04, EGRET_X05, EGRET_X06,
    EGRET_X07,
    EGRET_H01, EGRET_H02, EGRET_H03, EGRET_H04, EGRET_H05,
    EGRET_P01, EGRET_P02, EGRET_P03, EGRET_P04, EGRET_P05, EGRET_P06,
    EGRET_P07, EGRET_P08,
    EGRET_A01, EGRET_A02, EGRET_A03, EGRET_A04, EGRET_A05, EGRET_A06,
    EGRET_G01, EGRET_G02, EGRET_G03, EGRET_G04, EGRET_G05,
    EGRET_L01, EGRET_L02, EGRET_L03, EGRET_L04, EGRET_L05, EGRET_L06,
    EGRET_L07, EGRET_L08,
    EGRET_E01, EGRET_E02, EGRET_E03, EGRET_E04, EGRET_E05,
    EGRET_M01, EGRET_M02, EGRET_M03, EGRET_M04, EGRET_M05,
    EGRET_D01, EGRET_D02, EGRET_D03,
    EGRET_K01, EGRET_K02,
    EGRET_R01,
    EGRET_U01, EGRET_U02,
    EGRET_CODE_COUNT
} egret_code_t;

/* In rising order: a larger one is worse. */
typedef enum {
    EGRET_SEVERITY_INFO,
    EGRET_SEVERITY_WARN,
    EGRET_SEVERITY_HOLD,
    EGRET_SEVERITY_REJECT
} egret_severity_t;

/* One way in which a rule can fail. A rule has at least one case; the first is
 * the default. */
typedef struct {
    const char *name; /* "count", "sum", "mismatch"; "" for a plain default */
    const char *iso;  /* ExternalStatusReason1Code (R01 also: the reasons of
                         camt.029), or NULL where none is due */
} egret_code_case_t;

#define EGRET_CODE_CASES 8

typedef struct {
    const char *id; /* "P01" */
    egret_severity_t severity; /* when nobody says otherwise */
    bool is_locked;  /* nothing softens it */
    bool is_checked; /* this version looks for it */
    const char *title_en;
    const char *title_zh_hans;
    const char *title_zh_hant;
    egret_code_case_t cases[EGRET_CODE_CASES]; /* ends at name == NULL */
    bool is_mended; /* the gateway writes it anew, unless judging is strict */
} egret_code_row_t;

/* The row of a code. Never NULL for a valid code. */
const egret_code_row_t *egret_code_row(egret_code_t code);
/* By id, in any case ("p01"). EGRET_ENOTFOUND. */
egret_rc_t egret_code_find(egret_span_t id, egret_code_t *out) EGRET_MUST_USE;
/* The index of a case by its name; 0, the default, for a name that the row
 * does not have. */
uint8_t egret_code_case(egret_code_t code, const char *name);
/* "reject", "hold", "warn", "info". */
const char *egret_severity_text(egret_severity_t severity);
/* EGRET_ENOTFOUND. */
egret_rc_t egret_severity_find(egret_span_t text, egret_severity_t *out)
    EGRET_MUST_USE;

#endif
