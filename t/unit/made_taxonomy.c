/* SPDX-License-Identifier: Apache-2.0 */

#include <glob.h>
#include <stdio.h>
#include <string.h>

#include "made_taxonomy.h"
#include "util/buffer.h"

#define PATH_BYTES 1024
#define TEXT_BYTES ((size_t) 1 << 20)

static const char scheme_columns[] =
    "code\tparent\tlabel_en\tlabel_zh_hans\tlabel_zh_hant\tlabel_pt\tlabel_ru\t"
    "source_ref\tconfidence\n";

static const char crosswalk_columns[] =
    "subject_id\tpredicate_id\tpredicate_modifier\tobject_id\tegret_scope\t"
    "egret_criteria\tegret_dnsh\tegret_safeguards\tegret_valid_from\t"
    "egret_valid_to\tegret_condition\tmapping_justification\tcomment\n";


/* `text` line by line, each through `add`. */
static void
each_line(const char *text, void (*add)(egret_buffer_t *, egret_span_t),
          egret_buffer_t *buffer)
{
    egret_span_t rest = egret_span_from(text);

    while (rest.length > 0) {
        size_t end = egret_span_find(rest, '\n');

        add(buffer, egret_span_slice(rest, 0, end));
        rest = egret_span_slice(rest, end + 1, rest.length);
    }
}


static void
add_key(egret_buffer_t *buffer, egret_span_t line)
{
    egret_buffer_print(buffer, "# %.*s\n", EGRET_SPAN_ARGS(line));
}


static void
add_class(egret_buffer_t *buffer, egret_span_t line)
{
    egret_buffer_print(buffer, "%.*s\tname\t\t\t\t\tsource\ttest\n",
                       EGRET_SPAN_ARGS(line));
}


static void
add_mapping(egret_buffer_t *buffer, egret_span_t line)
{
    for (size_t i = 0; i < line.length; i++) {
        bool is_empty = line.at[i] == '-' && i > 0 && line.at[i - 1] == ' '
                        && (i + 1 == line.length || line.at[i + 1] == ' ');

        if (!is_empty) {
            char byte = line.at[i] == ' ' ? '\t' : line.at[i];

            egret_buffer_add_byte(buffer, byte == '~' ? ' ' : byte);
        }
    }
    egret_buffer_add_text(buffer, "\tsemapv:ManualMappingCuration\tmade\n");
}


static egret_span_t
finish(egret_buffer_t *buffer)
{
    egret_assert_ok(egret_buffer_rc(buffer));

    return egret_buffer_span(buffer);
}


const egret_units_t *
egret_test_units(egret_arena_t *arena)
{
    egret_units_t *units = NULL;
    egret_span_t fault = EGRET_SPAN("");

    egret_assert_ok(egret_units_create(arena, &units));
    egret_assert_ok(egret_units_read(
        units, EGRET_SPAN("units.tsv"),
        egret_test_read_file(arena, "conf/reference/units.tsv"), &fault));
    egret_assert_ok(egret_units_read_metrics(
        units, EGRET_SPAN("metrics.tsv"),
        egret_test_read_file(arena, "conf/reference/metrics.tsv"), &fault));

    return units;
}


egret_span_t
egret_test_scheme(egret_arena_t *arena, const char *keys, const char *rows)
{
    egret_buffer_t buffer;

    egret_buffer_init(&buffer, arena, TEXT_BYTES);
    each_line(keys, add_key, &buffer);
    egret_buffer_add_text(&buffer, scheme_columns);
    each_line(rows, add_class, &buffer);

    return finish(&buffer);
}


static void
add_scheme(egret_arena_t *arena, egret_taxonomies_t *taxonomies,
           const char *keys, const char *rows)
{
    static const char common[] = "authority: nobody\nsource: none\n"
                                 "digest: none\n";
    egret_span_t all = egret_arena_print(arena, "%s%s", keys, common);
    egret_span_t fault = EGRET_SPAN("");
    egret_rc_t rc;

    rc = egret_taxonomies_add_scheme(taxonomies, EGRET_SPAN("scheme.tsv"),
                                     egret_test_scheme(arena, all.at, rows),
                                     &fault);
    egret_assert_span(fault, "");
    egret_assert_ok(rc);
}


egret_taxonomies_t *
egret_test_small_schemes(egret_arena_t *arena)
{
    egret_taxonomies_t *taxonomies = NULL;

    egret_assert_ok(egret_taxonomies_create(arena, &taxonomies));
    taxonomies->units = egret_test_units(arena);
    add_scheme(arena, taxonomies,
               "id: ONE\nversion: 1\npublished: 2020-01-01\nfrom: 2020-07-01\n"
               "status: FINAL\nlevels: one\nleaf: required\n"
               "requires: criteria\n",
               "1\t\n1.1\t1\n1.2\t1\n1.3\t1\n");
    add_scheme(arena, taxonomies,
               "id: CATS\nversion: 1\npublished: 2020-01-01\nfrom: 2020-07-01\n"
               "status: FINAL\nlevels: one\nleaf: any\n",
               "A\t\nB\t\n");
    add_scheme(arena, taxonomies,
               "id: TWO\nversion: 1\npublished: 2020-01-01\nfrom: 2020-07-01\n"
               "status: FINAL\nlevels: two\nleaf: any\n"
               "requires: criteria dnsh safeguards\n",
               "X\t\nY\t\n");
    add_scheme(arena, taxonomies,
               "id: TWO\nversion: 2\npublished: 2025-01-01\nfrom: 2025-07-01\n"
               "status: FINAL\nlevels: two\nleaf: any\n"
               "requires: criteria dnsh safeguards\n"
               "grandfathering: APPR=keep FILD=choose\n",
               "X\t\nY\t\n");
    add_scheme(arena, taxonomies,
               "id: DRAFT\nversion: 1\npublished: 2020-01-01\n"
               "from: 2020-07-01\nstatus: DRAFT\nlevels: one\nleaf: any\n",
               "D\t\n");

    return taxonomies;
}


egret_span_t
egret_test_crosswalk(egret_arena_t *arena, const char *subject,
                     const char *object, const char *rows)
{
    char from[3][16], to[3][16];
    egret_buffer_t buffer;

    assert_int_equal(sscanf(subject, "%15s %15s %15s", from[0], from[1],
                            from[2]), 3);
    assert_int_equal(sscanf(object, "%15s %15s %15s", to[0], to[1], to[2]), 3);
    egret_buffer_init(&buffer, arena, TEXT_BYTES);
    egret_buffer_print(&buffer,
                       "#sssom_version: \"1.0\"\n"
                       "#curie_map:\n"
                       "#  %s: urn:x:%s:\n"
                       "#  %s: urn:x:%s:\n"
                       "#mapping_set_id: urn:x:made\n"
                       "#license: urn:x:none\n"
                       "#subject_source: %s\n"
                       "#subject_source_version: \"%s\"\n"
                       "#object_source: urn:x/%s\n"
                       "#object_source_version: \"%s\"\n%s",
                       from[0], from[1], to[0], to[1], from[1], from[2], to[1],
                       to[2], crosswalk_columns);
    each_line(rows, add_mapping, &buffer);

    return finish(&buffer);
}


void
egret_test_join(egret_arena_t *arena, egret_taxonomies_t *taxonomies,
                const char *subject, const char *object, const char *rows,
                const char *sentence)
{
    egret_span_t text = egret_test_crosswalk(arena, subject, object, rows);
    egret_span_t fault = EGRET_SPAN("");
    egret_rc_t rc = egret_taxonomies_add_crosswalk(
        taxonomies, EGRET_SPAN("made.tsv"), text, &fault);

    if (rc == EGRET_OK) {
        rc = egret_taxonomies_close(taxonomies, &fault);
    }
    egret_assert_span(fault, sentence);
    assert_int_equal(rc == EGRET_OK, sentence[0] == '\0');
}


static void
add_files(egret_arena_t *arena, egret_taxonomies_t *taxonomies,
          const char *pattern,
          egret_rc_t (*add)(egret_taxonomies_t *, egret_span_t, egret_span_t,
                            egret_span_t *))
{
    char path[PATH_BYTES];
    glob_t found;

    (void) snprintf(path, sizeof(path), "%s/%s", egret_test_root(), pattern);
    assert_int_equal(glob(path, 0, NULL, &found), 0);

    for (size_t i = 0; i < found.gl_pathc; i++) {
        egret_span_t file = egret_arena_copy(
            arena, egret_span_from(found.gl_pathv[i]));
        egret_span_t fault = EGRET_SPAN("");
        egret_span_t text;
        FILE *opened = fopen(found.gl_pathv[i], "rb");
        char *bytes = egret_arena_allocate(arena, TEXT_BYTES);

        assert_non_null(opened);
        assert_non_null(bytes);
        text = (egret_span_t){ bytes, fread(bytes, 1, TEXT_BYTES, opened) };
        assert_int_equal(fclose(opened), 0);
        assert_true(text.length < TEXT_BYTES);
        (void) add(taxonomies, file, text, &fault);
        egret_assert_span(fault, "");
    }
    globfree(&found);
}


egret_taxonomies_t *
egret_test_shipped_taxonomies(egret_arena_t *arena)
{
    egret_taxonomies_t *taxonomies = NULL;
    egret_span_t fault;

    egret_assert_ok(egret_taxonomies_create(arena, &taxonomies));
    taxonomies->units = egret_test_units(arena);
    add_files(arena, taxonomies, "conf/taxonomies/*.tsv",
              egret_taxonomies_add_scheme);
    add_files(arena, taxonomies, "conf/crosswalks/*.sssom.tsv",
              egret_taxonomies_add_crosswalk);
    egret_assert_ok(egret_taxonomies_close(taxonomies, &fault));

    return taxonomies;
}


egret_label_t
egret_test_label(const char *scheme, const char *version, const char *code,
                 const char *date)
{
    egret_label_t label = {
        .scheme = egret_span_from(scheme),
        .version = egret_span_from(version),
        .code = egret_span_from(code),
        .status = EGRET_LABEL_ELIG,
        .block_status = EGRET_BLOCK_FINL,
        .decisive_kind = EGRET_DECISIVE_APPR,
    };

    egret_assert_ok(egret_date_read(egret_span_from(date), &label.decisive_date,
                                    NULL));

    return label;
}
