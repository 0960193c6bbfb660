/* SPDX-License-Identifier: Apache-2.0 */
/* translate_bench: what translating labels costs against libxml2's SAX2 parse
 * of a message with as many, in the same run, and what all shipped taxonomies
 * and crosswalks take to load.
 *
 * argv[1] is the message: 5 labels and 20 projects. Each project is translated
 * from one label to three schemes, with three facts. Reading them from the
 * block and writing GrnXltn is not in it: engine-green has that. Rounds and
 * ratio as in engine_bench.c. Prints one JSON object. */
#include "bench.h"
#include "taxonomy/translate.h"

#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TIMES 200
#define LABELS 5
#define PROJECTS 20
#define TARGETS 3

static void
translate(const egret_taxonomies_t *taxonomies)
{
    static const char *const codes[LABELS] = { "4.2.2", "4.1.8", "4.2.1",
                                               "6.2.3", "6.1.1" };
    static const char *const targets[TARGETS] = { "EU-TAX/2023", "TPEX/2023",
                                                  "ICMA-GBP/2025" };
    egret_fact_t items[] = {
        { EGRET_FACT_TECHNOLOGY, EGRET_SPAN(""), EGRET_SPAN("PVOL"),
          EGRET_SPAN(""), 1 },
        { EGRET_FACT_INDUSTRY, EGRET_SPAN("GBT4754"), EGRET_SPAN("4416"),
          EGRET_SPAN(""), 1 },
        { EGRET_FACT_JURISDICTION, EGRET_SPAN(""), EGRET_SPAN("CN"),
          EGRET_SPAN(""), 1 },
    };
    egret_facts_t facts = { .items = items, .count = 3 };
    egret_arena_t *arena = egret_arena_create(egret_allocator_default(), 0);

    for (int i = 0; i < PROJECTS * TARGETS; i++) {
        const egret_scheme_t *target = egret_taxonomies_scheme_by_name(
            taxonomies, egret_span_from(targets[i % TARGETS]));
        egret_label_translation_t translation;
        egret_label_t label = {
            .scheme = EGRET_SPAN("CN-GFEPC"), .version = EGRET_SPAN("2025"),
            .code = egret_span_from(codes[i / TARGETS % LABELS]),
            .status = EGRET_LABEL_ELIG, .block_status = EGRET_BLOCK_FINL,
            .decisive_kind = EGRET_DECISIVE_APPR, .facts = &facts,
        };

        label.decisive_date = (egret_date_t){ 2026, 11, 23 };
        if (target == NULL
            || egret_translate(taxonomies, &label, target, arena, &translation)
                   != EGRET_OK
            || (i == 0
                && translation.result != EGRET_TRANSLATION_TRANSLATED))
        {
            bench_give_up("a label is not translated");
        }
    }
    egret_arena_destroy(arena);
}

/* With schemes and rows or without: the difference is what they take. */
static egret_config_t *
configure(egret_arena_t *arena, bool has_rows)
{
    egret_config_builder_t *builder = egret_config_builder_create(arena, ".");
    egret_config_t *config = NULL;

    bench_set(builder, "egret_gateway", "bic=EGRTCNB0XXX");
    bench_set(builder, "egret_schemas", "schemas");
    bench_set(builder, "egret_reference", "conf/reference");
    bench_set(builder, "egret_environment", "test");
    if (has_rows) {
        bench_set(builder, "egret_taxonomies", "conf/taxonomies/*.tsv");
        bench_set(builder, "egret_crosswalks", "conf/crosswalks/*.tsv");
    }
    if (egret_config_builder_finish(builder, &config) != EGRET_OK) {
        bench_give_up("configuration");
    }

    return config;
}

static size_t
bytes_in_use(void)
{
    struct mallinfo2 info = mallinfo2();

    return info.uordblks + info.hblkhd;
}

static void
measure(const egret_taxonomies_t *taxonomies, const char *bytes, size_t length)
{
    double sax[BENCH_ROUNDS], translated[BENCH_ROUNDS], ratio[BENCH_ROUNDS];

    for (int i = 0; i < BENCH_ROUNDS; i++) {
        double from = bench_seconds(), between;

        for (int j = 0; j < TIMES; j++) {
            bench_parse_sax((egret_span_t){ bytes, length });
        }
        between = bench_seconds();
        for (int j = 0; j < TIMES; j++) {
            translate(taxonomies);
        }
        sax[i] = (between - from) / TIMES;
        translated[i] = (bench_seconds() - between) / TIMES;
        ratio[i] = translated[i] / sax[i];
    }

    printf("\"translate\":{\"bytes\":%zu,\"translate_us\":%.1f,"
           "\"sax_us\":%.1f,\"ratio\":%.3f}",
           length, bench_median(translated) * 1e6, bench_median(sax) * 1e6,
           bench_median(ratio));
}

int
main(int argc, char **argv)
{
    static char bytes[262144];
    double took[2];
    size_t used[2] = { 0 }, length;
    FILE *file = argc > 1 ? fopen(argv[1], "rb") : NULL;

    if (file == NULL) {
        bench_give_up("no message");
    }
    length = fread(bytes, 1, sizeof(bytes), file);
    fclose(file);

    /* The first one warms up. */
    for (int i = 0; i < 3; i++) {
        int has_rows = i == 2;
        size_t before = bytes_in_use();
        double from = bench_seconds();
        egret_arena_t *arena = egret_arena_create(egret_allocator_default(),
                                                  0);
        egret_config_t *config = configure(arena, has_rows);

        took[has_rows] = bench_seconds() - from;
        used[has_rows] = bytes_in_use() - before;
        if (has_rows) {
            measure(config->taxonomies, bytes, length);
        }
        egret_config_destroy(config);
        egret_arena_destroy(arena);
    }
    printf(",\n\"load\":{\"seconds\":%.4f,\"bytes\":%zu}\n",
           took[1] - took[0], used[1] - used[0]);

    return 0;
}
