/* SPDX-License-Identifier: Apache-2.0 */
/* The directives of green labels and of partners' rules, and the files that
 * they name. */
#include "config/file.h"
#include "config/idle_row.h"
#include "config/setters.h"
#include "config/snapshot.h"

#include <glob.h>
#include <string.h>


static egret_rc_t
add_files(egret_config_builder_t *builder, egret_reference_words_t *list,
          const egret_span_t *words, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        egret_rc_t rc;

        if (words[i].length == 0) {
            return egret_draft_refuse(builder, EGRET_EINVAL,
                                      "%.*s has an empty word",
                                      EGRET_SPAN_ARGS(words[0]));
        }
        rc = egret_draft_add_word(builder, list, words[i]);
        if (rc != EGRET_OK) {
            return rc;
        }
    }

    return EGRET_OK;
}


egret_rc_t
egret_green_set_taxonomies(egret_config_builder_t *builder,
                           const egret_span_t *words, size_t count)
{
    return add_files(builder, &builder->taxonomies, words, count);
}


egret_rc_t
egret_green_set_crosswalks(egret_config_builder_t *builder,
                           const egret_span_t *words, size_t count)
{
    return add_files(builder, &builder->crosswalks, words, count);
}


/* A word that no row could have would refuse nothing, in silence. */
static bool
is_row_word(egret_span_t word)
{
    size_t colon = egret_span_find(word, ':');

    for (unsigned i = 0; i < EGRET_ROW_STATUS_COUNT; i++) {
        if (egret_span_equals_text(
                word, egret_row_status_text((egret_row_status_t) i)))
        {
            return true;
        }
    }

    return colon > 0 && colon + 1 < word.length;
}


egret_rc_t
egret_green_set_refused_rows(egret_config_builder_t *builder,
                             const egret_span_t *words, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        if (!is_row_word(words[i])) {
            return egret_draft_refuse(
                builder, EGRET_EINVAL,
                "egret_refuse_rows takes own-assessment, draft, superseded, "
                "unstated, official, or a justification such as "
                "semapv:LexicalMatching, not \"%.*s\"",
                EGRET_SPAN_ARGS(words[i]));
        }
    }

    return add_files(builder, &builder->refused_rows, words, count);
}


egret_rc_t
egret_partner_set_taxonomy(egret_config_builder_t *builder,
                           const egret_span_t *words, size_t count)
{
    return add_files(builder, &builder->partner->targets, words, count);
}


egret_rc_t
egret_partner_set_crosswalk(egret_config_builder_t *builder,
                            const egret_span_t *words, size_t count)
{
    return add_files(builder, &builder->partner->crosswalks, words, count);
}


egret_rc_t
egret_partner_set_unmapped(egret_config_builder_t *builder,
                           const egret_span_t *words, size_t count)
{
    egret_partner_t *partner = builder->partner->partner;

    (void) count;

    if (egret_span_equals_text(words[1], "annotate")) {
        partner->unmapped = EGRET_SEVERITY_WARN;
    } else if (egret_span_equals_text(words[1], "hold")) {
        partner->unmapped = EGRET_SEVERITY_HOLD;
    } else if (egret_span_equals_text(words[1], "reject")) {
        partner->unmapped = EGRET_SEVERITY_REJECT;
    } else {
        return egret_draft_refuse(
            builder, EGRET_EINVAL,
            "unmapped is reject, hold or annotate, not \"%.*s\"",
            EGRET_SPAN_ARGS(words[1]));
    }

    builder->partner->has_unmapped = true;
    builder->partner->unmapped_place = builder->place;
    if (partner->unmapped != EGRET_SEVERITY_HOLD) {
        return EGRET_OK;
    }

    return egret_draft_warn(
        builder, builder->place,
        "unmapped hold without a store: a held message is not kept, its "
        "sender is told to post it again");
}


egret_rc_t
egret_partner_set_rules(egret_config_builder_t *builder,
                        const egret_span_t *words, size_t count)
{
    (void) count;

    builder->partner->rules.place = builder->place;
    if (words[1].length == 0) {
        return egret_draft_refuse(builder, EGRET_EINVAL,
                                  "rules names no file");
    }

    return egret_draft_copy(builder, words[1], &builder->partner->rules.text);
}


typedef egret_rc_t add_text_t(egret_taxonomies_t *taxonomies,
                              egret_span_t file, egret_span_t text,
                              egret_span_t *fault);


static egret_rc_t
read_text(egret_config_builder_t *builder, egret_place_t place,
          const char *path, size_t maximum, egret_span_t *out)
{
    egret_rc_t rc = egret_file_read(path, maximum, builder->arena, out);

    if (rc == EGRET_EIO) {
        return egret_draft_refuse_at(builder, place, rc, "%s: %s", path,
                                     egret_file_reason(maximum,
                                                       builder->arena));
    }

    return rc;
}


static egret_rc_t
load_file(egret_config_builder_t *builder, egret_taxonomies_t *taxonomies,
          egret_place_t place, const char *path, add_text_t *add)
{
    egret_span_t fault = EGRET_SPAN(""), text;
    egret_span_t name = egret_arena_copy(builder->arena,
                                         egret_span_from(path));
    egret_rc_t rc;

    if (name.at == NULL) {
        return egret_arena_rc(builder->arena);
    }

    rc = read_text(builder, place, name.at, EGRET_FILE_ROWS_MAXIMUM, &text);
    if (rc != EGRET_OK) {
        return rc;
    }

    rc = add(taxonomies, name, text, &fault);
    if (rc == EGRET_OK || rc == EGRET_ENOMEM || rc == EGRET_ELIMIT) {
        return rc;
    }

    return egret_draft_refuse_at(builder, place, rc, "%.*s",
                                 EGRET_SPAN_ARGS(fault));
}


/* A pattern names its files in the order of their names; one that is no
 * pattern must name a file. */
static egret_rc_t
load_pattern(egret_config_builder_t *builder, egret_taxonomies_t *taxonomies,
             const egret_reference_word_t *word, add_text_t *add)
{
    const char *path = egret_file_path(builder->folder, word->text,
                                       builder->arena);
    glob_t found;
    egret_rc_t rc = EGRET_OK;
    int status;

    if (path == NULL) {
        return egret_arena_rc(builder->arena);
    }

    status = glob(path, 0, NULL, &found);
    if (status != 0) {
        globfree(&found);
        return egret_draft_refuse_at(builder, word->place, EGRET_EIO,
                                     "no file %s", path);
    }

    for (size_t i = 0; i < found.gl_pathc && rc == EGRET_OK; i++) {
        rc = load_file(builder, taxonomies, word->place, found.gl_pathv[i],
                       add);
    }
    globfree(&found);

    return rc;
}


static egret_rc_t
load_all(egret_config_builder_t *builder, egret_taxonomies_t *taxonomies,
         const egret_reference_words_t *words, add_text_t *add)
{
    for (size_t i = 0; i < words->count; i++) {
        egret_rc_t rc = load_pattern(builder, taxonomies, &words->items[i],
                                     add);

        if (rc != EGRET_OK) {
            return rc;
        }
    }

    return EGRET_OK;
}


static egret_rc_t
close_taxonomies(egret_config_builder_t *builder, egret_place_t place,
                 egret_taxonomies_t *taxonomies, bool is_own)
{
    egret_span_t fault = EGRET_SPAN("");
    egret_rc_t rc = egret_taxonomies_close(taxonomies, &fault);

    if (rc == EGRET_OK) {
        return egret_idle_rows_warn(builder, place, taxonomies, is_own);
    }
    if (rc == EGRET_ENOMEM || rc == EGRET_ELIMIT) {
        return rc;
    }

    return egret_draft_refuse_at(builder, place, rc, "%.*s",
                                 EGRET_SPAN_ARGS(fault));
}


/* All that is loaded, and the partner's own rows. */
static egret_rc_t
load_own_rows(egret_config_builder_t *builder, const egret_config_t *config,
              egret_partner_draft_t *draft)
{
    egret_taxonomies_t *taxonomies = NULL;
    egret_rc_t rc;

    draft->partner->taxonomies = config->taxonomies;
    if (draft->crosswalks.count == 0) {
        return EGRET_OK;
    }

    rc = egret_taxonomies_derive(config->taxonomies, builder->arena,
                                 &taxonomies);
    if (rc == EGRET_OK) {
        rc = load_all(builder, taxonomies, &draft->crosswalks,
                      egret_taxonomies_add_own_crosswalk);
    }
    if (rc != EGRET_OK) {
        return rc;
    }
    draft->partner->taxonomies = taxonomies;

    return close_taxonomies(builder, draft->crosswalks.items[0].place,
                            taxonomies, true);
}


static egret_rc_t
refuse_rows(egret_config_builder_t *builder, egret_taxonomies_t *taxonomies)
{
    size_t count = builder->refused_rows.count;
    egret_span_t *words = egret_arena_zeroed(builder->arena, count + 1,
                                             sizeof(*words));

    if (words == NULL) {
        return egret_arena_rc(builder->arena);
    }
    for (size_t i = 0; i < count; i++) {
        words[i] = builder->refused_rows.items[i].text;
    }
    egret_taxonomies_refuse(taxonomies, words, count);

    return EGRET_OK;
}


egret_rc_t
egret_snapshot_load_taxonomies(egret_config_builder_t *builder,
                               egret_config_t *config)
{
    egret_taxonomies_t *taxonomies;
    egret_rc_t rc = egret_taxonomies_create(builder->arena, &taxonomies);

    if (rc != EGRET_OK) {
        return rc;
    }
    taxonomies->units = config->units;
    rc = refuse_rows(builder, taxonomies);
    if (rc != EGRET_OK) {
        return rc;
    }

    rc = load_all(builder, taxonomies, &builder->taxonomies,
                  egret_taxonomies_add_scheme);
    if (rc == EGRET_OK) {
        rc = load_all(builder, taxonomies, &builder->crosswalks,
                      egret_taxonomies_add_crosswalk);
    }
    if (rc != EGRET_OK) {
        return rc;
    }

    config->taxonomies = taxonomies;

    return close_taxonomies(builder, builder->place, taxonomies, false);
}


static egret_rc_t
check_target(egret_config_builder_t *builder, egret_place_t place,
             const egret_scheme_t *scheme)
{
    if (scheme->status != EGRET_SCHEME_DRAFT) {
        return EGRET_OK;
    }

    return egret_draft_warn(builder, place,
                            "taxonomy %.*s/%.*s is a draft: no label is ever "
                            "translated to it",
                            EGRET_SPAN_ARGS(scheme->id),
                            EGRET_SPAN_ARGS(scheme->version));
}


static egret_rc_t
check_unmapped(egret_config_builder_t *builder,
               const egret_partner_draft_t *draft)
{
    if (!draft->has_unmapped || draft->targets.count > 0) {
        return EGRET_OK;
    }

    return egret_draft_warn(builder, draft->unmapped_place,
                            "unmapped without taxonomy does nothing: this "
                            "partner names no scheme to translate to");
}


static egret_rc_t
resolve_targets(egret_config_builder_t *builder, egret_config_t *config,
                egret_partner_draft_t *draft)
{
    egret_partner_t *partner = draft->partner;
    size_t count = draft->targets.count;

    partner->targets = egret_arena_zeroed(builder->arena, count + 1,
                                          sizeof(*partner->targets));
    if (partner->targets == NULL) {
        return egret_arena_rc(builder->arena);
    }

    for (size_t i = 0; i < count; i++) {
        const egret_reference_word_t *word = &draft->targets.items[i];
        egret_rc_t rc;

        partner->targets[i] =
            egret_taxonomies_scheme_by_name(config->taxonomies, word->text);
        if (partner->targets[i] == NULL) {
            return egret_draft_refuse_at(
                builder, word->place, EGRET_ENOTFOUND,
                "taxonomy %.*s: no file of egret_taxonomies has this scheme "
                "and version",
                EGRET_SPAN_ARGS(word->text));
        }
        rc = check_target(builder, word->place, partner->targets[i]);
        if (rc != EGRET_OK) {
            return rc;
        }
    }
    partner->target_count = count;

    return check_unmapped(builder, draft);
}


/* Senders are told the name (U02): where the file is, is the operator's. */
static egret_span_t
base_name(egret_span_t path)
{
    for (size_t i = path.length; i > 0; i--) {
        if (path.at[i - 1] == '/') {
            return egret_span_slice(path, i, path.length);
        }
    }

    return path;
}


static egret_rc_t
load_rules(egret_config_builder_t *builder, egret_partner_draft_t *draft)
{
    const egret_reference_word_t *word = &draft->rules;
    egret_rulebook_fault_t fault = { EGRET_SPAN("") };
    egret_rulebook_t *rulebook = NULL;
    const char *path;
    egret_span_t text;
    egret_rc_t rc;

    if (word->text.length == 0) {
        return EGRET_OK;
    }

    path = egret_file_path(builder->folder, word->text, builder->arena);
    if (path == NULL) {
        return egret_arena_rc(builder->arena);
    }

    rc = read_text(builder, word->place, path, EGRET_FILE_MAXIMUM, &text);
    if (rc != EGRET_OK) {
        return rc;
    }

    rc = egret_rulebook_load(builder->arena, base_name(word->text), text, NULL,
                             &rulebook, &fault);
    draft->partner->rulebook = rulebook;
    if (rc == EGRET_OK || fault.text.length == 0) {
        return rc;
    }

    return egret_draft_refuse_at(builder, word->place, rc, "%.*s",
                                 EGRET_SPAN_ARGS(fault.text));
}


egret_rc_t
egret_snapshot_add_green(egret_config_builder_t *builder,
                         egret_config_t *config, egret_partner_draft_t *draft)
{
    egret_rc_t rc = resolve_targets(builder, config, draft);

    if (rc == EGRET_OK) {
        rc = load_own_rows(builder, config, draft);
    }

    return rc == EGRET_OK ? load_rules(builder, draft) : rc;
}
