/* SPDX-License-Identifier: Apache-2.0 */
/* engine_bench: what judging a message costs, against libxml2 on the same bytes
 * in the same run.
 *
 * Three arms, in turn, round after round: libxml2's SAX2 parse alone with
 * handlers that do nothing; libxml2's parse into a DOM and its validator on
 * AppHdr and Document; Egret's judge (parse, tape, validation, checks). A
 * ratio is the median over the rounds of this round's quotient, so that what
 * disturbs the machine disturbs both sides. Prints one JSON object. */
#include "bench.h"
#include "pipeline/pipeline.h"

#include <libxml/parser.h>
#include <libxml/xmlschemas.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    egret_pipeline_t *pipeline;
    xmlSchemaPtr header;
    xmlSchemaPtr document;
    const egret_partner_t *receiver; /* whose labels are wanted, or NULL */
} bench_t;

static void
quiet(void *context, const char *text, ...)
{
    (void) context;
    (void) text;
}

static void
arm_sax(const bench_t *bench, egret_span_t bytes)
{
    (void) bench;
    bench_parse_sax(bytes);
}

static xmlNodePtr
find(xmlNodePtr node, const char *name)
{
    for (; node != NULL; node = node->next) {
        if (node->type == XML_ELEMENT_NODE
            && strcmp((const char *) node->name, name) == 0)
        {
            return node;
        }
    }

    return NULL;
}

static void
validate(xmlSchemaPtr schema, xmlNodePtr node)
{
    xmlSchemaValidCtxtPtr context = xmlSchemaNewValidCtxt(schema);

    xmlSchemaSetValidErrors(context, quiet, quiet, NULL);
    if (node == NULL || xmlSchemaValidateOneElement(context, node) != 0) {
        bench_give_up("libxml2's validator refuses the message");
    }
    xmlSchemaFreeValidCtxt(context);
}

static void
arm_validator(const bench_t *bench, egret_span_t bytes)
{
    xmlDocPtr document = xmlReadMemory(bytes.at, (int) bytes.length, NULL,
                                       NULL, XML_PARSE_NONET);
    xmlNodePtr parts = xmlDocGetRootElement(document)->children;

    validate(bench->header, find(parts, "AppHdr"));
    validate(bench->document, find(parts, "Document"));
    xmlFreeDoc(document);
}

static void
arm_judge(const bench_t *bench, egret_span_t bytes)
{
    egret_arena_t *arena = egret_arena_create(egret_allocator_default(), 0);
    egret_message_t message = { .bytes = bytes };
    egret_verdict_t *verdict = NULL;

    message.receiver = bench->receiver;

    message.now = egret_datetime_from_seconds(1795400400);
    if (egret_judge(bench->pipeline, &message, arena, &verdict) != EGRET_OK
        || verdict->word != EGRET_ACCEPTED)
    {
        bench_give_up("the gateway refuses the message");
    }
    egret_arena_destroy(arena);
}

static double
time_of(void (*arm)(const bench_t *bench, egret_span_t bytes),
        const bench_t *bench, egret_span_t bytes, int times)
{
    double from = bench_seconds();

    for (int i = 0; i < times; i++) {
        arm(bench, bytes);
    }

    return (bench_seconds() - from) / times;
}

static void
measure(const bench_t *bench, const char *name, egret_span_t bytes,
        bool is_last)
{
    double sax[BENCH_ROUNDS], by_sax[BENCH_ROUNDS];
    double by_validator[BENCH_ROUNDS], judge[BENCH_ROUNDS];
    int times = (int) (2 * 1024 * 1024 / bytes.length) + 1;

    (void) time_of(arm_judge, bench, bytes, times);

    for (int i = 0; i < BENCH_ROUNDS; i++) {
        double validator;

        sax[i] = time_of(arm_sax, bench, bytes, times);
        judge[i] = time_of(arm_judge, bench, bytes, times);
        validator = time_of(arm_validator, bench, bytes, times);
        by_sax[i] = judge[i] / sax[i];
        by_validator[i] = judge[i] / validator;
    }

    printf("\"engine-%s\":{\"bytes\":%zu,\"judge_us\":%.1f,\"sax_us\":%.1f,"
           "\"ratio\":%.3f,\"ratio_to_validator\":%.3f}%s",
           name, bytes.length, bench_median(judge) * 1e6,
           bench_median(sax) * 1e6, bench_median(by_sax),
           bench_median(by_validator), is_last ? "" : ",\n");
}

static egret_span_t
read_file(egret_arena_t *arena, const char *path)
{
    FILE *file = fopen(path, "rb");
    static char bytes[65536];
    size_t length;

    if (file == NULL) {
        bench_give_up("cannot open the message");
    }
    length = fread(bytes, 1, sizeof(bytes) - 1, file);
    fclose(file);

    return egret_arena_copy(arena, (egret_span_t){ bytes, length });
}

/* The message with its transaction so many times, and totals that foot. */
static egret_span_t
repeat(egret_arena_t *arena, egret_span_t good, int times)
{
    const char *from = strstr(good.at, "<CdtTrfTxInf>");
    const char *to = strstr(good.at, "</CdtTrfTxInf>");
    const char *totals = strstr(good.at, "<NbOfTxs>");
    const char *rest = strstr(good.at, "<IntrBkSttlmDt>");
    egret_buffer_t buffer;

    to += strlen("</CdtTrfTxInf>");
    egret_buffer_init(&buffer, arena, 16 * 1024 * 1024);
    egret_buffer_add(&buffer, (egret_span_t){ good.at,
                                              (size_t) (totals - good.at) });
    egret_buffer_print(&buffer,
                       "<NbOfTxs>%d</NbOfTxs><CtrlSum>%lld</CtrlSum>"
                       "<TtlIntrBkSttlmAmt Ccy=\"CNY\">%lld"
                       "</TtlIntrBkSttlmAmt>\n        ",
                       times, 80000000LL * times, 80000000LL * times);
    egret_buffer_add(&buffer,
                     (egret_span_t){ rest, (size_t) (from - rest) });
    for (int i = 0; i < times; i++) {
        egret_buffer_add(&buffer, (egret_span_t){ from,
                                                  (size_t) (to - from) });
        egret_buffer_add_text(&buffer, "\n      ");
    }
    egret_buffer_add_text(&buffer, to);

    if (egret_buffer_rc(&buffer) != EGRET_OK) {
        bench_give_up("out of memory");
    }

    return egret_buffer_span(&buffer);
}

/* One partner that wants labels of three schemes. */
static void
set_receiver(egret_config_builder_t *builder)
{
    static const char *const words[][4] = {
        { "egret_partner", "taipei-bank", NULL, NULL },
        { "certificate",
          "spki-sha256=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
          "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", NULL, NULL },
        { "party", "bic=TPBKTWT0XXX", NULL, NULL },
        { "accept", "pacs.008.001.08", NULL, NULL },
        { "taxonomy", "TPEX/2023", "ICMA-GBP/2025", "ZA-GFT/2022" },
    };

    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        egret_span_t spans[4];
        size_t count = 0;

        while (count < 4 && words[i][count] != NULL) {
            spans[count] = egret_span_from(words[i][count]);
            count++;
        }
        if (egret_config_builder_set(builder, spans, count, i == 0,
                                     EGRET_SPAN("bench"), 1)
            != EGRET_OK)
        {
            bench_give_up("partner");
        }
    }
    if (egret_config_builder_close(builder) != EGRET_OK) {
        bench_give_up("partner");
    }
}

static egret_config_t *
configure(egret_arena_t *arena)
{
    egret_config_builder_t *builder = egret_config_builder_create(arena, ".");
    egret_config_t *config = NULL;

    bench_set(builder, "egret_gateway", "bic=EGRTCNB0XXX");
    bench_set(builder, "egret_schemas", "schemas");
    bench_set(builder, "egret_reference", "conf/reference");
    bench_set(builder, "egret_max_message", "4m");
    bench_set(builder, "egret_environment", "test");
    bench_set(builder, "egret_taxonomies", "conf/taxonomies/*.tsv");
    bench_set(builder, "egret_crosswalks", "conf/crosswalks/*.tsv");
    set_receiver(builder);
    if (egret_config_builder_finish(builder, &config) != EGRET_OK) {
        bench_give_up("configuration");
    }

    return config;
}

static xmlSchemaPtr
load(const char *path)
{
    xmlSchemaParserCtxtPtr context = xmlSchemaNewParserCtxt(path);
    xmlSchemaPtr schema = xmlSchemaParse(context);

    xmlSchemaFreeParserCtxt(context);
    if (schema == NULL) {
        bench_give_up("libxml2 does not load a schema");
    }

    return schema;
}

int
main(int argc, char **argv)
{
    egret_arena_t *arena = egret_arena_create(egret_allocator_default(), 0);
    egret_config_t *config;
    egret_span_t good;
    bench_t bench = { 0 };

    egret_xml_start();
    config = configure(arena);
    if (egret_pipeline_create(config, egret_store_none(), arena,
                              &bench.pipeline)
        != EGRET_OK)
    {
        bench_give_up("pipeline");
    }
    bench.header = load("schemas/head.001.001.02.xsd");
    bench.document = load("schemas/pacs.008.001.08.xsd");
    good = read_file(arena, argc > 1 ? argv[1]
                                     : "t/data/good/pacs.008-drawdown.xml");

    measure(&bench, "4KB", good, false);
    measure(&bench, "16KB", repeat(arena, good, 6), false);
    measure(&bench, "1MB", repeat(arena, good, 440), false);
    bench.receiver = config->partners[0];
    measure(&bench, "green", read_file(arena,
                                       "t/data/good/green-wind-loan.xml"),
            true);
    printf("\n");

    xmlSchemaFree(bench.header);
    xmlSchemaFree(bench.document);
    egret_config_destroy(config);
    egret_arena_destroy(arena);

    return 0;
}
