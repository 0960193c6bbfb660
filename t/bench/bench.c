/* SPDX-License-Identifier: Apache-2.0 */
#include "bench.h"

#include <libxml/SAX2.h>
#include <libxml/parser.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

void
bench_give_up(const char *what)
{
    fprintf(stderr, "bench: %s\n", what);
    exit(1);
}

double
bench_seconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);

    return (double) now.tv_sec + (double) now.tv_nsec * 1e-9;
}

static int
compare(const void *a, const void *b)
{
    double x = *(const double *) a, y = *(const double *) b;

    return (x > y) - (x < y);
}

double
bench_median(double *values)
{
    qsort(values, BENCH_ROUNDS, sizeof(values[0]), compare);

    return values[BENCH_ROUNDS / 2];
}

static void
see_start(void *context, const xmlChar *name, const xmlChar *prefix,
          const xmlChar *uri, int namespaces, const xmlChar **declared,
          int attributes, int defaulted, const xmlChar **values)
{
    (void) context, (void) name, (void) prefix, (void) uri, (void) namespaces;
    (void) declared, (void) attributes, (void) defaulted, (void) values;
}

static void
see_end(void *context, const xmlChar *name, const xmlChar *prefix,
        const xmlChar *uri)
{
    (void) context, (void) name, (void) prefix, (void) uri;
}

static void
see_text(void *context, const xmlChar *text, int length)
{
    (void) context, (void) text, (void) length;
}

void
bench_parse_sax(egret_span_t bytes)
{
    xmlSAXHandler handler;

    memset(&handler, 0, sizeof(handler));
    handler.initialized = XML_SAX2_MAGIC;
    handler.startElementNs = see_start;
    handler.endElementNs = see_end;
    handler.characters = see_text;

    if (xmlSAXUserParseMemory(&handler, NULL, bytes.at, (int) bytes.length)
        != 0)
    {
        bench_give_up("libxml2 does not parse the message");
    }
}

void
bench_set(egret_config_builder_t *builder, const char *name,
          const char *value)
{
    egret_span_t words[] = { egret_span_from(name), egret_span_from(value) };

    if (egret_config_builder_set(builder, words, 2, false,
                                 EGRET_SPAN("bench"), 1)
        != EGRET_OK)
    {
        bench_give_up("configuration");
    }
}
