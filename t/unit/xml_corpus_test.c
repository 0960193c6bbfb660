/* SPDX-License-Identifier: Apache-2.0 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dom.h"
#include "reading.h"

#define SLICES_BYTES 20000

/* A manifest speaks of the parser alone, so its messages get room. */
static const egret_xml_limits_t wide = {
    .bytes = 16 << 20,
    .depth = 255,
    .elements = 1 << 20,
    .attributes = 4096,
    .name = 60000,
    .text = 8 << 20,
    .tag = 1 << 20,
    .namespaces = 255,
};

typedef struct {
    char folder[64];
    unsigned accepted;
    unsigned rejected;
    unsigned either;
    unsigned compared;
    unsigned wrong;
} corpus_t;


/* Verdicts of a manifest that do not hold, and why. */
static const struct {
    const char *path;
    const char *reason;
} exceptions[] = {
    { "xmlconf/oasis/p15pass1.xml", "<!DOCTYPE stands in a comment" },
    { "xmlconf/oasis/p16pass1.xml", "<!DOCTYPE stands in an instruction" },
    { "xmlconf/oasis/p18pass1.xml", "<!DOCTYPE stands in a CDATA section" },
    { "libxml2/test/xmlid/id_err1.xml", "well-formed; xml:id is not XML 1.0" },
    { "libxml2/test/xmlid/id_tst4.xml", "well-formed; xml:id is not XML 1.0" },
};


static bool
is_exception(const char *name, const char *file)
{
    char path[1024];

    (void) snprintf(path, sizeof(path), "%s/%s", name, file);
    for (size_t i = 0; i < sizeof(exceptions) / sizeof(exceptions[0]); i++) {
        if (strcmp(path, exceptions[i].path) == 0) {
            print_message("# %s is accepted: %s\n", path,
                          exceptions[i].reason);
            return true;
        }
    }

    return false;
}


static void
unpack(corpus_t *corpus, const char *name)
{
    char archive[64], command[512];

    (void) snprintf(archive, sizeof(archive), "corpus/%s.tar.zst", name);
    memset(corpus, 0, sizeof(*corpus));
    strcpy(corpus->folder, "/tmp/egret-corpus-XXXXXX");
    (void) snprintf(command, sizeof(command), "zstd -dc '%s' | tar x -C ",
                    egret_test_shared(archive));
    assert_non_null(mkdtemp(corpus->folder));
    (void) strncat(command, corpus->folder,
                   sizeof(command) - strlen(command) - 1);
    assert_int_equal(system(command), 0);
}


static void
clean(const corpus_t *corpus)
{
    char command[128];

    (void) snprintf(command, sizeof(command), "rm -rf '%s'", corpus->folder);
    assert_int_equal(system(command), 0);
}


static void
complain(corpus_t *corpus, const char *path, const char *flaw,
         const egret_test_reading_t *reading, egret_node_t node)
{
    const egret_findings_t *findings = &reading->findings;

    corpus->wrong++;
    print_message("# %s: %s (node %u)%s%.*s\n", path, flaw, node,
                  findings->count > 0 ? ": " : "",
                  findings->count > 0
                      ? (int) findings->items[0].message.length : 0,
                  findings->count > 0 ? findings->items[0].message.at : "");
}


/* The tape of a message that is whole equals libxml2's tree. */
static void
compare_trees(corpus_t *corpus, const char *path,
              const egret_test_reading_t *reading)
{
    egret_node_t node;
    const char *flaw = egret_test_dom_difference(&reading->tape, &node);

    corpus->compared++;
    if (flaw == NULL && reading->tape.bytes.length < SLICES_BYTES) {
        flaw = egret_test_dom_slices(&reading->tape, &node);
    }
    if (flaw != NULL) {
        complain(corpus, path, flaw, reading, node);
    }
}


static void
judge(corpus_t *corpus, const char *path, const char *verdict)
{
    egret_arena_t *arena = egret_arena_create(egret_allocator_default(), 0);
    egret_test_reading_t reading;
    egret_span_t bytes = egret_test_read_file(arena, path);
    const char *flaw;
    char *exact = malloc(bytes.length + 1);

    /* Of its exact length, so that a sanitizer sees a read beyond it. */
    exact = realloc(exact, bytes.length > 0 ? bytes.length : 1);
    memcpy(exact, bytes.at, bytes.length);
    bytes.at = exact;
    egret_test_read(&reading, bytes, &wide, NULL);
    flaw = egret_test_flaw(reading.rc, &reading.tape, &reading.findings);

    if (flaw != NULL) {
        complain(corpus, path, flaw, &reading, 0);
    } else if (strcmp(verdict, "must-accept") == 0) {
        corpus->accepted += reading.tape.is_whole;
        if (!reading.tape.is_whole) {
            complain(corpus, path, "is refused", &reading, 0);
        }
    } else if (strcmp(verdict, "must-reject") == 0) {
        corpus->rejected += !reading.tape.is_whole;
        if (reading.tape.is_whole) {
            complain(corpus, path, "is accepted", &reading, 0);
        }
    } else {
        assert_string_equal(verdict, "either-but-no-crash");
        corpus->either++;
    }
    if (flaw == NULL && reading.tape.is_whole) {
        compare_trees(corpus, path, &reading);
    }

    egret_test_reading_end(&reading);
    free(exact);
    egret_arena_destroy(arena);
}


/* Real messages are well-formed but for one folder of them. */
static const char *
verdict_of(const char *name, const char *file, const char *expected)
{
    if (is_exception(name, file)) {
        return "must-accept";
    }
    if (strcmp(name, "iso-messages") != 0) {
        return expected;
    }

    return strncmp(file, "invalid/malformed/", 18) == 0 ? "must-reject"
                                                        : "must-accept";
}


static void
judge_all(corpus_t *corpus, const char *name)
{
    char path[1024], line[8192];
    FILE *manifest;

    (void) snprintf(path, sizeof(path), "%s/%s/MANIFEST.tsv", corpus->folder,
                    name);
    manifest = fopen(path, "r");
    assert_non_null(manifest);
    while (fgets(line, sizeof(line), manifest) != NULL) {
        char *rest = line;
        char *file = strsep(&rest, "\t\n");
        char *expected = strsep(&rest, "\t\n");

        if (file[0] == '#' || strcmp(file, "path") == 0
            || expected == NULL) {
            continue;
        }
        (void) snprintf(path, sizeof(path), "%s/%s/%s", corpus->folder, name,
                        file);
        judge(corpus, path, verdict_of(name, file, expected));
    }
    (void) fclose(manifest);
    print_message("# %s: %u must accept, %u must reject, %u either; %u trees "
                  "compared; %u wrong\n", name, corpus->accepted,
                  corpus->rejected, corpus->either, corpus->compared,
                  corpus->wrong);
}


static void
test_xmlconf_is_judged_as_its_manifest_says(void **state)
{
    corpus_t corpus;

    (void) state;

    unpack(&corpus, "xmlconf");
    judge_all(&corpus, "xmlconf");
    clean(&corpus);
    assert_int_equal(corpus.wrong, 0);
    assert_int_equal(corpus.accepted, 68 + 3);
    assert_int_equal(corpus.rejected, 2357 - 3);
}


static void
test_inputs_of_libxml2_are_judged_as_their_manifest_says(void **state)
{
    corpus_t corpus;

    (void) state;

    unpack(&corpus, "libxml2");
    judge_all(&corpus, "libxml2");
    clean(&corpus);
    assert_int_equal(corpus.wrong, 0);
    assert_int_equal(corpus.accepted, 829 + 2);
    assert_int_equal(corpus.rejected, 288 - 2);
}


static void
test_real_messages_have_the_tree_that_libxml2_sees(void **state)
{
    corpus_t corpus;

    (void) state;

    unpack(&corpus, "iso-messages");
    judge_all(&corpus, "iso-messages");
    clean(&corpus);
    assert_int_equal(corpus.wrong, 0);
    assert_int_equal(corpus.accepted, 724);
    assert_int_equal(corpus.rejected, 6);
    assert_int_equal(corpus.compared, 724);
}


int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_xmlconf_is_judged_as_its_manifest_says),
        cmocka_unit_test(
            test_inputs_of_libxml2_are_judged_as_their_manifest_says),
        cmocka_unit_test(test_real_messages_have_the_tree_that_libxml2_sees),
    };

    if (egret_test_skips_all("corpus/iso-messages.tar.zst")) {
        return 0;
    }

    return egret_test_run(tests);
}
