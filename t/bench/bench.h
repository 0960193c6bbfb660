/* SPDX-License-Identifier: Apache-2.0 */
/* bench: what the benchmarks of the core share: the clock, the median, and the
 * arm that all compare with, libxml2's SAX2 parse with handlers that do
 * nothing. */
#ifndef EGRET_BENCH_H
#define EGRET_BENCH_H

#include "config/builder.h"

#define BENCH_ROUNDS 41

/* Prints the sentence and exits with 1. */
_Noreturn void bench_give_up(const char *what);
/* Monotonic. */
double bench_seconds(void);
/* Of BENCH_ROUNDS values, which it sorts. */
double bench_median(double *values);
void bench_parse_sax(egret_span_t bytes);
/* A directive of one word in http {}. */
void bench_set(egret_config_builder_t *builder, const char *name,
               const char *value);

#endif
