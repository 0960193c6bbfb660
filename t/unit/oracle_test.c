/* SPDX-License-Identifier: Apache-2.0 */
/* Held against libxml2's validator: real messages, copies with one fault,
 * copies with several, copies that only look different. */
#include "oracle.h"

#include <libxml/parser.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mutate.h"

#define MESSAGES_MOST 256
#define FAULTY_COPIES 1200
#define SEVERAL_COPIES 400
#define BENIGN_COPIES 400
#define SHOWN 12

typedef struct {
    egret_arena_t *arena;
    egret_oracle_t *oracle;
    egret_span_t valid[MESSAGES_MOST]; /* messages to make copies of */
    size_t valid_count;
    unsigned shown;
} bench_t;

static void
show(bench_t *bench, const char *what, const egret_oracle_verdict_t *verdict)
{
    if (bench->shown++ >= SHOWN) {
        return;
    }
    print_message("# %s\n", what);
    for (int i = 0; i < 2; i++) {
        if (!verdict->parts[i].is_valid) {
            xmlChar *path = xmlGetNodePath(verdict->parts[i].fault);

            print_message("#   libxml2 %s: %s", path, verdict->parts[i].error);
            xmlFree(path);
        }
    }
    for (size_t i = 0; i < verdict->findings.count && i < 4; i++) {
        const egret_finding_t *finding = &verdict->findings.items[i];

        print_message("#   ours %.*s: %.*s (got %.*s, expected %.*s)\n",
                      EGRET_SPAN_ARGS(finding->xpath),
                      EGRET_SPAN_ARGS(finding->message),
                      EGRET_SPAN_ARGS(egret_span_slice(finding->got, 0, 60)),
                      EGRET_SPAN_ARGS(finding->expected));
    }
}

static bool
agrees(const egret_oracle_verdict_t *verdict)
{
    for (int i = 0; i < 2; i++) {
        if (verdict->parts[i].node != NULL &&
            verdict->parts[i].is_valid != (verdict->of_part[i] == 0)) {
            return false;
        }
    }
    return true;
}

static void
add_valid(bench_t *bench, egret_span_t bytes)
{
    egret_oracle_verdict_t verdict;

    if (bench->valid_count == MESSAGES_MOST || bytes.length > 60000) {
        return;
    }
    egret_oracle_judge(bench->oracle, bytes, &verdict);
    if (verdict.parts[1].node != NULL && verdict.is_valid) {
        bench->valid[bench->valid_count++] = bytes;
    }
    egret_oracle_verdict_end(&verdict);
}

static int
is_message(const struct dirent *entry)
{
    return strstr(entry->d_name, ".xml") != NULL;
}

static void
add_folder(bench_t *bench, const char *folder)
{
    struct dirent **entries;
    int count = scandir(folder, &entries, is_message, alphasort);
    char path[1024];

    for (int i = 0; i < count; i++) {
        (void) snprintf(path, sizeof(path), "%s/%s", folder,
                        entries[i]->d_name);
        add_valid(bench, egret_test_read_file(bench->arena, path));
        free(entries[i]);
    }
    free(entries);
}

static void
start(bench_t *bench, const char *schemas)
{
    memset(bench, 0, sizeof(*bench));
    bench->arena = egret_arena_create(egret_allocator_default(), 0);
    bench->oracle = egret_oracle_create(schemas);
}

static void
end(bench_t *bench)
{
    egret_oracle_destroy(bench->oracle);
    egret_arena_destroy(bench->arena);
}

/* Copies. */

static egret_span_t
print_copy(bench_t *bench, xmlDoc *document)
{
    xmlChar *text;
    int length;
    egret_span_t copy;

    xmlDocDumpMemoryEnc(document, &text, &length, "UTF-8");
    copy = egret_arena_copy(
        bench->arena, (egret_span_t){ (const char *) text, (size_t) length });
    xmlFree(text);
    return copy;
}

static xmlDoc *
parse(egret_span_t bytes)
{
    return xmlReadMemory(bytes.at, (int) bytes.length, NULL, NULL,
                         XML_PARSE_NONET);
}

static bool
make_copy(bench_t *bench, egret_mutation_t kind, uint32_t *seed,
          egret_span_t *copy)
{
    uint32_t index = egret_test_random(seed, (uint32_t) bench->valid_count);
    xmlDoc *document = parse(bench->valid[index]);
    bool is_made = egret_test_mutate(document, kind, seed);

    if (is_made) {
        *copy = print_copy(bench, document);
    }
    xmlFreeDoc(document);
    return is_made;
}

static bool
has_same_place(const egret_oracle_verdict_t *verdict)
{
    const xmlNode *fault = verdict->parts[0].is_valid ? verdict->parts[1].fault
                                                      : verdict->parts[0].fault;

    return verdict->findings.count > 0 &&
           egret_oracle_find(verdict, verdict->findings.items[0].xpath) ==
               fault;
}

static void
check_one_fault_copies(bench_t *bench)
{
    unsigned made = 0;
    unsigned faulty = 0;
    unsigned verdicts = 0;
    unsigned places = 0;
    unsigned single = 0;
    uint32_t seed = 20022;

    for (unsigned i = 0; i < FAULTY_COPIES; i++) {
        egret_mutation_t kind = (egret_mutation_t) (i % EGRET_MUTATE_FAULTS);
        egret_oracle_verdict_t verdict;
        egret_span_t copy;

        if (!make_copy(bench, kind, &seed, &copy)) {
            continue;
        }
        made++;
        egret_oracle_judge(bench->oracle, copy, &verdict);
        if (agrees(&verdict)) {
            verdicts++;
        } else {
            show(bench, egret_test_mutation_name(kind), &verdict);
        }
        if (!verdict.is_valid) {
            faulty++;
            places += has_same_place(&verdict);
            single += verdict.findings.count == 1;
            if (!has_same_place(&verdict) || verdict.findings.count != 1) {
                show(bench, egret_test_mutation_name(kind), &verdict);
            }
        }
        egret_oracle_verdict_end(&verdict);
    }
    print_message("# %u copies with one change, %u of them faulty: %u verdicts"
                  " the same; of the faulty %u places the same, %u with one "
                  "finding\n",
                  made, faulty, verdicts, places, single);
    assert_true(faulty >= 300);
    assert_int_equal(verdicts, made);
    assert_int_equal(places, faulty);
    assert_int_equal(single, faulty);
}

static void
check_benign_copies(bench_t *bench)
{
    unsigned valid = 0;
    unsigned verdicts = 0;
    unsigned made = 0;
    uint32_t seed = 1001;

    for (unsigned i = 0; i < BENIGN_COPIES; i++) {
        egret_mutation_t kind =
            (egret_mutation_t) (EGRET_MUTATE_SPACE +
                                i % (EGRET_MUTATE_COUNT - EGRET_MUTATE_SPACE));
        egret_oracle_verdict_t verdict;
        egret_span_t copy;

        if (!make_copy(bench, kind, &seed, &copy)) {
            continue;
        }
        made++;
        egret_oracle_judge(bench->oracle, copy, &verdict);
        valid += verdict.is_valid;
        verdicts += agrees(&verdict);
        if (!agrees(&verdict) ||
            (kind != EGRET_MUTATE_CJK && !verdict.is_valid)) {
            show(bench, egret_test_mutation_name(kind), &verdict);
        }
        egret_oracle_verdict_end(&verdict);
    }
    print_message("# %u benign copies, %u of them valid: %u verdicts the "
                  "same\n",
                  made, valid, verdicts);
    assert_true(valid >= 100);
    assert_int_equal(verdicts, made);
}

/* Changes that no ISO 20022 schema allows, each in another parent. */
static void
check_several_faults(bench_t *bench)
{
    static const egret_mutation_t kinds[] = {
        EGRET_MUTATE_MISSPELL,  EGRET_MUTATE_STRANGER,
        EGRET_MUTATE_NEST,      EGRET_MUTATE_EMPTY,
        EGRET_MUTATE_OVERLONG,  EGRET_MUTATE_ADD_ATTRIBUTE,
        EGRET_MUTATE_NAMESPACE,
    };
    unsigned good = 0;
    unsigned faults = 0;
    uint32_t seed = 77;

    for (unsigned i = 0; i < SEVERAL_COPIES; i++) {
        uint32_t index =
            egret_test_random(&seed, (uint32_t) bench->valid_count);
        xmlDoc *document = parse(bench->valid[index]);
        unsigned planted = 0;
        egret_oracle_verdict_t verdict;

        for (unsigned k = 0; k <= i % 5; k++) {
            planted += egret_test_mutate_apart(
                document, kinds[egret_test_random(&seed, 7)], &seed);
        }
        egret_oracle_judge(bench->oracle, print_copy(bench, document),
                           &verdict);
        if (verdict.findings.count == planted && agrees(&verdict)) {
            good++;
        } else {
            show(bench, "several faults", &verdict);
        }
        faults += planted;
        egret_oracle_verdict_end(&verdict);
        xmlFreeDoc(document);
    }
    print_message("# %u of %u copies with one to five faults (%u in all): as "
                  "many findings as faults\n",
                  good, SEVERAL_COPIES, faults);
    assert_int_equal(good, SEVERAL_COPIES);
}

static void
check_copies(const char *schemas)
{
    char samples[512];
    bench_t bench;

    (void) snprintf(samples, sizeof(samples), "%s",
                    egret_test_shared("iso20022/samples"));
    start(&bench, schemas);
    add_folder(&bench, samples);
    print_message("# copies of %zu messages\n", bench.valid_count);
    assert_true(bench.valid_count > 0);
    check_one_fault_copies(&bench);
    check_benign_copies(&bench);
    check_several_faults(&bench);
    end(&bench);
}

static void
test_copies_are_judged_alike_by_the_official_schemas(void **state)
{
    char schemas[512];

    (void) state;
    (void) snprintf(schemas, sizeof(schemas), "%s",
                    egret_test_shared("iso20022/xsd"));
    check_copies(schemas);
}

static void
test_copies_are_judged_alike_by_our_schemas(void **state)
{
    char schemas[512];

    (void) state;
    if (!egret_test_has_file("schemas")) {
        skip();
    }
    (void) snprintf(schemas, sizeof(schemas), "%s/schemas", egret_test_root());
    check_copies(schemas);
}

/* Real messages. */

static bool
part_is_as_said(const char *parts, const char *name,
                const egret_oracle_verdict_t *verdict, int part)
{
    const char *found = strstr(parts, name);
    const char *last;

    if (verdict->parts[part].node == NULL || found == NULL) {
        return true;
    }
    last = strchr(found + strlen(name) + 1, '=');
    return last == NULL ||
           (strncmp(last, "=valid", 6) == 0) == (verdict->of_part[part] == 0);
}

static void
judge_row(bench_t *bench, char *row, const char *folder, unsigned counts[3])
{
    char *path = strtok(row, "\t");
    char *parts = strrchr(row + strlen(row) + 1, '\t');
    char full[1024];
    egret_oracle_verdict_t verdict;

    assert_non_null(parts);
    (void) snprintf(full, sizeof(full), "%s/iso-messages/%s", folder, path);
    egret_oracle_judge(bench->oracle, egret_test_read_file(bench->arena, full),
                       &verdict);
    if (verdict.document != NULL &&
        (verdict.parts[0].node != NULL || verdict.parts[1].node != NULL)) {
        bool is_good = agrees(&verdict) &&
                       part_is_as_said(parts, "AppHdr", &verdict, 0) &&
                       part_is_as_said(parts, "Document", &verdict, 1);

        counts[0]++;
        counts[1] += is_good;
        counts[2] += verdict.is_valid;
        if (!is_good) {
            show(bench, path, &verdict);
        }
    }
    egret_oracle_verdict_end(&verdict);
}

static void
unpack(const char *archive, char *folder, size_t size)
{
    char command[1024];

    (void) snprintf(folder, size, "/tmp/egret-oracle-XXXXXX");
    assert_non_null(mkdtemp(folder));
    (void) snprintf(command, sizeof(command), "zstd -dc '%s' | tar -x -C '%s'",
                    archive, folder);
    assert_int_equal(system(command), 0);
}

static void
check_corpus(const char *schemas)
{
    char archive[512];
    char folder[64];
    char command[128];
    unsigned counts[3] = { 0, 0, 0 };
    char manifest_path[256];
    static char row[65536];
    FILE *manifest;
    bench_t bench;

    (void) snprintf(archive, sizeof(archive), "%s",
                    egret_test_shared("corpus/iso-messages.tar.zst"));
    unpack(archive, folder, sizeof(folder));
    start(&bench, schemas);
    (void) snprintf(manifest_path, sizeof(manifest_path),
                    "%s/iso-messages/MANIFEST.tsv", folder);
    manifest = fopen(manifest_path, "r");
    assert_non_null(manifest);
    assert_non_null(fgets(row, sizeof(row), manifest));
    while (fgets(row, sizeof(row), manifest) != NULL) {
        row[strcspn(row, "\n")] = '\0';
        judge_row(&bench, row, folder, counts);
    }
    (void) fclose(manifest);
    (void) snprintf(command, sizeof(command), "rm -rf '%s'", folder);
    assert_int_equal(system(command), 0);
    print_message("# %u real messages with a schema here: %u with the verdict "
                  "of libxml2 and the manifest (%u valid)\n",
                  counts[0], counts[1], counts[2]);
    end(&bench);
    assert_true(counts[0] > 0);
    assert_int_equal(counts[0], counts[1]);
}

static void
test_real_messages_are_judged_alike_by_the_official_schemas(void **state)
{
    char schemas[512];

    (void) state;
    (void) snprintf(schemas, sizeof(schemas), "%s",
                    egret_test_shared("iso20022/xsd"));
    check_corpus(schemas);
}

static void
test_real_messages_are_judged_alike_by_our_schemas(void **state)
{
    char schemas[512];

    (void) state;
    (void) snprintf(schemas, sizeof(schemas), "%s/schemas", egret_test_root());
    check_corpus(schemas);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(
            test_real_messages_are_judged_alike_by_the_official_schemas),
        cmocka_unit_test(test_real_messages_are_judged_alike_by_our_schemas),
        cmocka_unit_test(test_copies_are_judged_alike_by_the_official_schemas),
        cmocka_unit_test(test_copies_are_judged_alike_by_our_schemas),
    };

    if (egret_test_skips_all("corpus/iso-messages.tar.zst")) {
        return 0;
    }

    return egret_test_run(tests);
}
