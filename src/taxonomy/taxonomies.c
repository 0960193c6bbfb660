/* SPDX-License-Identifier: Apache-2.0 */

#include "taxonomy/taxonomies.h"

#include "taxonomy/closure.h"
#include "taxonomy/complaint.h"
#include "taxonomy/contradiction.h"
#include "taxonomy/tsv.h"
#include "taxonomy/withdrawal.h"

#define NAME_BYTES 72 /* two codes of at most 35 bytes and a slash */

egret_rc_t
egret_taxonomies_create(egret_arena_t *arena, egret_taxonomies_t **out)
{
    egret_taxonomies_t *taxonomies = egret_arena_zeroed(arena, 1,
                                                        sizeof(*taxonomies));

    if (taxonomies == NULL) {
        return egret_arena_rc(arena);
    }
    taxonomies->arena = arena;
    egret_map_init(&taxonomies->by_name, arena);
    egret_map_init(&taxonomies->groups, arena);
    egret_map_init(&taxonomies->withdrawals, arena);
    *out = taxonomies;

    return EGRET_OK;
}


egret_rc_t
egret_taxonomies_add_scheme(egret_taxonomies_t *taxonomies, egret_span_t file,
                            egret_span_t text, egret_span_t *fault)
{
    egret_scheme_t *scheme = NULL;
    egret_span_t name;
    egret_rc_t rc = egret_scheme_read(file, text, taxonomies->arena, &scheme,
                                      fault);

    if (rc != EGRET_OK) {
        return rc;
    }
    name = egret_arena_print(taxonomies->arena, "%.*s/%.*s",
                             EGRET_SPAN_ARGS(scheme->id),
                             EGRET_SPAN_ARGS(scheme->version));
    if (name.at == NULL) {
        return egret_arena_rc(taxonomies->arena);
    }

    rc = egret_map_add(&taxonomies->by_name, name, scheme);
    if (rc == EGRET_EEXIST) {
        const egret_scheme_t *other = egret_map_find(&taxonomies->by_name,
                                                     name);

        return egret_complaint_refuse(taxonomies, rc, file, 1,
                      egret_arena_print(taxonomies->arena,
                                        "scheme %.*s is that of %.*s",
                                        EGRET_SPAN_ARGS(name),
                                        EGRET_SPAN_ARGS(other->file)),
                      fault);
    }

    return rc;
}


static const egret_scheme_t *
find_scheme(void *context, egret_span_t id, egret_span_t version)
{
    return egret_taxonomies_scheme(context, id, version);
}


egret_rc_t
egret_taxonomies_add_crosswalk(egret_taxonomies_t *taxonomies,
                               egret_span_t file, egret_span_t text,
                               egret_span_t *fault)
{
    egret_crosswalk_t *crosswalk = NULL;
    egret_rc_t rc = egret_crosswalk_read(file, text, find_scheme, taxonomies,
                                         taxonomies->units, taxonomies->arena,
                                         &crosswalk, fault);

    if (rc != EGRET_OK) {
        return rc;
    }

    if (taxonomies->crosswalk_count == taxonomies->crosswalk_capacity) {
        size_t larger = taxonomies->crosswalk_capacity * 2 + 8;
        egret_crosswalk_t **grown = egret_arena_grow(
            taxonomies->arena, taxonomies->crosswalks,
            taxonomies->crosswalk_capacity * sizeof(*grown),
            larger * sizeof(*grown));

        if (grown == NULL) {
            return egret_arena_rc(taxonomies->arena);
        }
        taxonomies->crosswalks = grown;
        taxonomies->crosswalk_capacity = larger;
    }
    taxonomies->crosswalks[taxonomies->crosswalk_count++] = crosswalk;

    return EGRET_OK;
}


egret_rc_t
egret_taxonomies_add_own_crosswalk(egret_taxonomies_t *taxonomies,
                                   egret_span_t file, egret_span_t text,
                                   egret_span_t *fault)
{
    egret_rc_t rc = egret_taxonomies_add_crosswalk(taxonomies, file, text,
                                                   fault);

    if (rc == EGRET_OK) {
        size_t last = taxonomies->crosswalk_count - 1;

        taxonomies->crosswalks[last]->is_operators = true;
    }

    return rc;
}


egret_rc_t
egret_taxonomies_derive(const egret_taxonomies_t *from, egret_arena_t *arena,
                        egret_taxonomies_t **out)
{
    size_t count = from->crosswalk_count;
    egret_rc_t rc = egret_taxonomies_create(arena, out);

    for (size_t i = 0; rc == EGRET_OK && i < from->by_name.count; i++) {
        rc = egret_map_add(&(*out)->by_name, from->by_name.entries[i].key,
                           from->by_name.entries[i].value);
    }
    if (rc != EGRET_OK) {
        return rc;
    }

    (*out)->units = from->units;
    (*out)->refused = from->refused;
    (*out)->refused_count = from->refused_count;
    (*out)->crosswalks = egret_arena_zeroed(arena, count + 1,
                                            sizeof(*(*out)->crosswalks));
    if ((*out)->crosswalks == NULL) {
        return egret_arena_rc(arena);
    }
    for (size_t i = 0; i < count; i++) {
        (*out)->crosswalks[i] = from->crosswalks[i];
    }
    (*out)->crosswalk_count = count;
    (*out)->crosswalk_capacity = count + 1;

    return EGRET_OK;
}


static bool
are_one(const egret_condition_t *a, const egret_condition_t *b)
{
    return a == NULL || b == NULL ? a == b
                                  : egret_span_equals(a->text, b->text);
}


static bool
are_same(const egret_crosswalk_row_t *a, const egret_crosswalk_row_t *b)
{
    for (int i = 0; i < EGRET_DIMENSION_COUNT; i++) {
        if (a->relations[i] != b->relations[i]) {
            return false;
        }
    }

    return a->object == NULL
           || (a->predicate == b->predicate
               && are_one(a->threshold, b->threshold));
}


static bool
claims_counterpart(const egret_crosswalk_row_t *row)
{
    return egret_relation_is_nested(row->relations[EGRET_DIMENSION_SCOPE]);
}


/* What speaks against two rows from one code to one scheme, or NULL. */
static const char *
conflict(const egret_crosswalk_row_t *a, const egret_crosswalk_row_t *b,
         egret_rc_t *rc)
{
    bool are_exact = a->relations[EGRET_DIMENSION_SCOPE] == EGRET_RELATION_EXACT
                     && b->relations[EGRET_DIMENSION_SCOPE]
                            == EGRET_RELATION_EXACT;

    if (!egret_crosswalk_rows_overlap(a, b)
        || (a->object == b->object && !are_one(a->condition, b->condition)))
    {
        return NULL;
    }

    *rc = EGRET_EINVAL;
    if (a->object == b->object) {
        *rc = are_same(a, b) ? EGRET_EEXIST : EGRET_EINVAL;
        return are_same(a, b) ? "is the row of"
                              : "contradicts, for the same two codes,";
    }
    if (a->object == NULL || b->object == NULL) {
        return claims_counterpart(a->object == NULL ? b : a)
                   ? "contradicts sssom:NoTermFound, or the reverse, of"
                   : NULL;
    }

    return are_exact ? "is exact with another code than" : NULL;
}


static egret_rc_t
add_to_group(egret_taxonomies_t *taxonomies, egret_row_group_t *group,
             const egret_crosswalk_row_t *row, egret_span_t *fault)
{
    for (size_t i = 0; i < group->count; i++) {
        const egret_crosswalk_row_t *other = group->rows[i];
        egret_rc_t rc = EGRET_OK;
        const char *what = conflict(row, other, &rc);

        if (what != NULL) {
            return egret_complaint_tell(
                taxonomies, rc, row,
                egret_arena_print(taxonomies->arena, "%.*s %s %.*s:%u",
                                  EGRET_SPAN_ARGS(row->subject->code), what,
                                  EGRET_SPAN_ARGS(other->crosswalk->file),
                                  other->line),
                fault);
        }
    }

    if (group->count == group->capacity) {
        size_t larger = group->capacity * 2 + 2;
        const egret_crosswalk_row_t **grown = egret_arena_grow(
            taxonomies->arena, (void *) group->rows,
            group->capacity * sizeof(*grown), larger * sizeof(*grown));

        if (grown == NULL) {
            return egret_arena_rc(taxonomies->arena);
        }
        group->rows = grown;
        group->capacity = larger;
    }
    group->rows[group->count++] = row;

    return EGRET_OK;
}


static egret_rc_t
add_row(egret_taxonomies_t *taxonomies, const egret_crosswalk_row_t *row,
        egret_span_t *fault)
{
    const egret_crosswalk_row_t *withdrawal = egret_withdrawals_use(
        taxonomies, row->subject, row->object);
    egret_row_group_t *group = NULL;
    egret_rc_t rc;

    if (withdrawal != NULL && withdrawal->crosswalk == row->crosswalk) {
        return egret_complaint_tell(
            taxonomies, EGRET_EINVAL, row,
            egret_arena_print(taxonomies->arena,
                              "%.*s is withdrawn by line %u of its own file",
                              EGRET_SPAN_ARGS(row->subject->code),
                              withdrawal->line),
            fault);
    }
    if (withdrawal != NULL) {
        taxonomies->withdrawn_count++;
        return EGRET_OK;
    }

    rc = egret_closure_group(taxonomies, row->subject, row->object_scheme,
                             &group);
    if (rc != EGRET_OK) {
        return rc;
    }
    if (group->count == EGRET_TAXONOMIES_ROWS) {
        return egret_complaint_refuse(
            taxonomies, EGRET_ERANGE, row->crosswalk->file, row->line,
            egret_arena_print(taxonomies->arena,
                              "%.*s has more than %d rows to one scheme",
                              EGRET_SPAN_ARGS(row->subject->code),
                              EGRET_TAXONOMIES_ROWS),
            fault);
    }

    return add_to_group(taxonomies, group, row, fault);
}


static egret_rc_t
digest_all(egret_taxonomies_t *taxonomies)
{
    size_t count = taxonomies->by_name.count + taxonomies->crosswalk_count;
    egret_sha256_t *digests = egret_arena_zeroed(taxonomies->arena, count,
                                                 sizeof(*digests));
    size_t at = 0;

    if (digests == NULL) {
        return egret_arena_rc(taxonomies->arena);
    }
    for (size_t i = 0; i < taxonomies->by_name.count; i++) {
        const egret_scheme_t *scheme = taxonomies->by_name.entries[i].value;

        digests[at++] = scheme->digest;
    }
    for (size_t i = 0; i < taxonomies->crosswalk_count; i++) {
        digests[at++] = taxonomies->crosswalks[i]->digest;
    }

    return egret_sha256((egret_span_t){ (const char *) digests,
                                        count * sizeof(*digests) },
                        &taxonomies->digest);
}


egret_rc_t
egret_taxonomies_close(egret_taxonomies_t *taxonomies, egret_span_t *fault)
{
    const egret_crosswalk_row_t *at = NULL;
    egret_rc_t rc;

    *fault = EGRET_SPAN("");

    for (size_t i = 0; i < taxonomies->crosswalk_count; i++) {
        rc = egret_withdrawals_add(taxonomies, taxonomies->crosswalks[i]);
        if (rc != EGRET_OK) {
            return rc;
        }
    }

    for (size_t i = 0; i < taxonomies->crosswalk_count; i++) {
        const egret_crosswalk_t *crosswalk = taxonomies->crosswalks[i];

        for (size_t j = 0; j < crosswalk->row_count; j++) {
            egret_crosswalk_row_t *row = &crosswalk->rows[j];

            if (row->is_withdrawal) {
                continue;
            }
            if (egret_taxonomies_refuses(taxonomies, row)) {
                (void) egret_withdrawals_use(taxonomies, row->subject,
                                             row->object);
                continue;
            }
            rc = add_row(taxonomies, row, fault);
            if (rc != EGRET_OK) {
                return rc;
            }
        }
    }

    rc = egret_contradictions_check(taxonomies, fault);
    if (rc != EGRET_OK) {
        return rc;
    }
    rc = egret_closure_find(taxonomies, &at);
    if (rc == EGRET_ERANGE) {
        return egret_complaint_refuse(
            taxonomies, rc, at->crosswalk->file, at->line,
            EGRET_SPAN("begins more chains of two rows than can be kept"),
            fault);
    }

    if (rc == EGRET_OK) {
        rc = egret_withdrawals_tell_idle(taxonomies, fault);
    }

    return rc == EGRET_OK ? digest_all(taxonomies) : rc;
}


const egret_scheme_t *
egret_taxonomies_scheme_by_name(const egret_taxonomies_t *taxonomies,
                                egret_span_t name)
{
    return egret_map_find(&taxonomies->by_name, name);
}


const egret_scheme_t *
egret_taxonomies_scheme(const egret_taxonomies_t *taxonomies, egret_span_t id,
                        egret_span_t version)
{
    char name[NAME_BYTES];
    size_t length = 0;

    if (!egret_tsv_is_code(id, true) || !egret_tsv_is_code(version, true)) {
        return NULL;
    }
    for (size_t i = 0; i < id.length; i++) {
        name[length++] = id.at[i];
    }
    name[length++] = '/';
    for (size_t i = 0; i < version.length; i++) {
        name[length++] = version.at[i];
    }

    return egret_taxonomies_scheme_by_name(taxonomies,
                                           (egret_span_t){ name, length });
}


bool
egret_taxonomies_has_id(const egret_taxonomies_t *taxonomies, egret_span_t id)
{
    for (size_t i = 0; i < taxonomies->by_name.count; i++) {
        const egret_scheme_t *scheme = taxonomies->by_name.entries[i].value;

        if (egret_span_equals(scheme->id, id)) {
            return true;
        }
    }

    return false;
}


const egret_row_group_t *
egret_taxonomies_rows(const egret_taxonomies_t *taxonomies,
                      const egret_class_t *subject,
                      const egret_scheme_t *object_scheme)
{
    egret_row_group_t sought = { .key = { subject, object_scheme } };

    return egret_map_find(
        &taxonomies->groups,
        (egret_span_t){ (const char *) &sought.key, sizeof(sought.key) });
}


egret_scheme_fit_t
egret_taxonomies_scheme_fit(const egret_taxonomies_t *taxonomies,
                            egret_span_t id, egret_span_t version)
{
    const egret_scheme_t *scheme = egret_taxonomies_scheme(taxonomies, id,
                                                           version);

    if (scheme == NULL) {
        return egret_taxonomies_has_id(taxonomies, id)
                   ? EGRET_SCHEME_VERSION_UNKNOWN
                   : EGRET_SCHEME_UNKNOWN;
    }

    return scheme->status == EGRET_SCHEME_DRAFT ? EGRET_SCHEME_IS_DRAFT
                                                : EGRET_SCHEME_BINDS;
}
