/* SPDX-License-Identifier: Apache-2.0 */
/* green_bend: a good message with a green block, bent in one place, gives one
 * finding. */
#ifndef EGRET_TEST_GREEN_BEND_H
#define EGRET_TEST_GREEN_BEND_H

#include "gateway.h"

#define EGRET_TEST_WIND "t/data/good/green-wind-loan.xml"
#define EGRET_TEST_BLOCK                                                      \
    "/Document/FIToFICstmrCdtTrf/CdtTrfTxInf[1]/SplmtryData[1]/Envlp/GrnFin"

typedef struct {
    const char *find;
    const char *replacement;
    const char *code; /* NULL: nothing is found */
    const char *severity;
    const char *xpath; /* after EGRET_TEST_BLOCK */
} egret_test_bend_t;

/* Asserts that the verdict has that one finding, or none. */
void egret_test_assert_bend(const egret_verdict_t *verdict,
                            const egret_test_bend_t *bend);
/* Each bend of EGRET_TEST_WIND, sent by xiamen-bank; `more` are directives. */
void egret_test_run_bends(const char *more, const egret_test_bend_t *bends,
                          size_t count);
#define EGRET_TEST_BENDS(more, bends)                                         \
    egret_test_run_bends((more), (bends), sizeof(bends) / sizeof((bends)[0]))
/* The same of EGRET_TEST_WIND in which `find` is replaced first. */
void egret_test_run_bend_on(const char *more, const char *find,
                            const char *replacement,
                            const egret_test_bend_t *bend);

#endif
