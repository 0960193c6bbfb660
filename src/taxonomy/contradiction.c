/* SPDX-License-Identifier: Apache-2.0 */

#include "taxonomy/contradiction.h"

#include "taxonomy/complaint.h"

#define DATES 32 /* on which cycles are looked for */

typedef struct {
    const egret_crosswalk_row_t *row;   /* what is at fault; NULL: nothing */
    const egret_crosswalk_row_t *other; /* what it contradicts */
    const egret_class_t *codes[2]; /* of a cycle: two codes it makes equal */
} found_t;

/* A within B. */
typedef struct {
    uint32_t to;
    const egret_crosswalk_row_t *row;
} edge_t;

typedef struct {
    const egret_taxonomies_t *taxonomies;
    egret_arena_t *arena;
    uint32_t *offsets; /* by scheme: the number of its first code */
    const egret_class_t **classes;
    size_t class_count;
    uint32_t *firsts; /* by code: where its edges begin; the end at last */
    edge_t *edges;
    uint32_t *order; /* by code: when it was first seen, from 1 */
    uint32_t *low;
    bool *is_open; /* on the path or in a component that is not closed */
    uint32_t *path;
    uint32_t *next; /* by code: its next edge */
    uint32_t *members; /* open codes */
} graph_t;


static egret_relation_t
inverse_of(egret_relation_t relation)
{
    return relation == EGRET_RELATION_BROAD    ? EGRET_RELATION_NARROW
           : relation == EGRET_RELATION_NARROW ? EGRET_RELATION_BROAD
                                               : relation;
}


static bool
is_set(egret_relation_t relation)
{
    return egret_relation_carries(relation)
           || relation == EGRET_RELATION_NARROW;
}


static bool
disagree(const egret_crosswalk_row_t *row, const egret_crosswalk_row_t *back)
{
    if (back->condition != NULL || back->is_withdrawal
        || !egret_crosswalk_rows_overlap(row, back))
    {
        return false;
    }
    if (back->object == NULL) {
        return is_set(row->relations[EGRET_DIMENSION_SCOPE]);
    }
    for (int i = 0; back->object == row->subject && i < EGRET_DIMENSION_COUNT;
         i++)
    {
        if (is_set(row->relations[i]) && is_set(back->relations[i])
            && back->relations[i] != inverse_of(row->relations[i]))
        {
            return true;
        }
    }

    return false;
}


static const egret_crosswalk_row_t *
find_inverse(const egret_taxonomies_t *taxonomies,
             const egret_crosswalk_row_t *row)
{
    const egret_row_group_t *group =
        row->object == NULL || row->is_withdrawal || row->condition != NULL
            ? NULL
            : egret_taxonomies_rows(taxonomies, row->object,
                                    row->subject->scheme);

    for (size_t i = 0; group != NULL && i < group->count; i++) {
        if (disagree(row, group->rows[i])) {
            return group->rows[i];
        }
    }

    return NULL;
}


/* The first after row `*index` of all groups; a withdrawn row is in none. */
static void
next_inverse(const egret_taxonomies_t *taxonomies, size_t *index,
             found_t *out)
{
    size_t at = 0;

    *out = (found_t){ .row = NULL };
    for (size_t i = 0; i < taxonomies->groups.count; i++) {
        const egret_row_group_t *group = taxonomies->groups.entries[i].value;

        if (at + group->count <= *index) {
            at += group->count;
            continue;
        }
        for (size_t k = 0; k < group->count; k++, at++) {
            if (at < *index) {
                continue;
            }
            out->other = find_inverse(taxonomies, group->rows[k]);
            if (out->other != NULL) {
                out->row = group->rows[k];
                *index = at + 1;
                return;
            }
        }
    }
    *index = at;
}


static uint32_t
number_of(const graph_t *graph, const egret_class_t *code)
{
    const egret_map_t *schemes = &graph->taxonomies->by_name;
    size_t i = 0;

    while (schemes->entries[i].value != code->scheme) {
        i++;
    }

    return graph->offsets[i] + (uint32_t) (code - code->scheme->classes);
}


static egret_rc_t
number_codes(graph_t *graph)
{
    const egret_map_t *schemes = &graph->taxonomies->by_name;
    uint32_t count = 0;

    graph->offsets = egret_arena_zeroed(graph->arena, schemes->count,
                                        sizeof(*graph->offsets));
    if (graph->offsets == NULL) {
        return egret_arena_rc(graph->arena);
    }
    for (size_t i = 0; i < schemes->count; i++) {
        const egret_scheme_t *scheme = schemes->entries[i].value;

        graph->offsets[i] = count;
        count += (uint32_t) scheme->class_count;
    }

    graph->class_count = count;
    graph->classes = egret_arena_zeroed(graph->arena, count,
                                        sizeof(*graph->classes));
    graph->firsts = egret_arena_zeroed(graph->arena, (size_t) count + 2,
                                       sizeof(*graph->firsts));
    graph->order = egret_arena_zeroed(graph->arena, count,
                                      sizeof(*graph->order));
    graph->low = egret_arena_zeroed(graph->arena, count, sizeof(*graph->low));
    graph->is_open = egret_arena_zeroed(graph->arena, count,
                                        sizeof(*graph->is_open));
    graph->path = egret_arena_zeroed(graph->arena, count,
                                     sizeof(*graph->path));
    graph->next = egret_arena_zeroed(graph->arena, count,
                                     sizeof(*graph->next));
    graph->members = egret_arena_zeroed(graph->arena, count,
                                        sizeof(*graph->members));
    if (graph->classes == NULL || graph->firsts == NULL || graph->order == NULL
        || graph->low == NULL || graph->is_open == NULL || graph->path == NULL
        || graph->next == NULL || graph->members == NULL)
    {
        return egret_arena_rc(graph->arena);
    }
    for (size_t i = 0; i < schemes->count; i++) {
        const egret_scheme_t *scheme = schemes->entries[i].value;

        for (size_t k = 0; k < scheme->class_count; k++) {
            graph->classes[graph->offsets[i] + k] = &scheme->classes[k];
        }
    }

    return EGRET_OK;
}


/* Calls for each edge that the rows valid on the date give; counts without
 * `edges`, else puts them in place. */
static void
each_edge(graph_t *graph, egret_date_t date, edge_t *edges)
{
    const egret_map_t *groups = &graph->taxonomies->groups;

    for (size_t i = 0; i < groups->count; i++) {
        const egret_row_group_t *group = groups->entries[i].value;

        for (size_t k = 0; k < group->count; k++) {
            const egret_crosswalk_row_t *row = group->rows[k];
            egret_relation_t scope = row->relations[EGRET_DIMENSION_SCOPE];
            uint32_t ends[2];

            if (row->object == NULL || row->condition != NULL || !is_set(scope)
                || !egret_crosswalk_row_is_valid(row, date))
            {
                continue;
            }
            ends[0] = number_of(graph, row->subject);
            ends[1] = number_of(graph, row->object);
            for (int turn = 0; turn < 2; turn++) {
                if (scope == (turn == 0 ? EGRET_RELATION_NARROW
                                        : EGRET_RELATION_BROAD))
                {
                    continue;
                }
                if (edges == NULL) {
                    graph->firsts[ends[turn] + 2]++;
                } else {
                    edges[graph->firsts[ends[turn] + 1]++] =
                        (edge_t){ ends[1 - turn], row };
                }
            }
        }
    }
}


static egret_rc_t
find_edges(graph_t *graph, egret_date_t date)
{
    for (size_t i = 0; i < graph->class_count + 2; i++) {
        graph->firsts[i] = 0;
    }
    each_edge(graph, date, NULL);
    for (size_t i = 2; i < graph->class_count + 2; i++) {
        graph->firsts[i] += graph->firsts[i - 1];
    }

    graph->edges = egret_arena_zeroed(graph->arena,
                                      graph->firsts[graph->class_count + 1],
                                      sizeof(*graph->edges));
    if (graph->edges == NULL) {
        return egret_arena_rc(graph->arena);
    }
    each_edge(graph, date, graph->edges);

    return EGRET_OK;
}


/* Two codes of one scheme among the members of a component, which are few where
 * nothing is wrong: one of each scheme at most. */
static bool
judge_component(const graph_t *graph, const uint32_t *members, size_t count,
                found_t *out)
{
    for (size_t i = 1; i < count; i++) {
        for (size_t k = 0; k < i; k++) {
            const egret_class_t *a = graph->classes[members[k]];
            const egret_class_t *b = graph->classes[members[i]];

            if (a->scheme == b->scheme) {
                uint32_t edge = graph->firsts[members[k]];

                out->codes[0] = a;
                out->codes[1] = b;
                out->row = graph->edges[edge].row;
                out->other = out->row;
                return true;
            }
        }
    }

    return false;
}


static uint32_t
smaller(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}


/* Tarjan's components, with a path of its own. True when one is at fault. */
static bool
visit(graph_t *graph, uint32_t root, uint32_t *clock,
      found_t *out)
{
    size_t depth = 0, open = 0;

    graph->path[depth++] = root;
    while (depth > 0) {
        uint32_t at = graph->path[depth - 1];

        if (graph->order[at] == 0) {
            graph->order[at] = graph->low[at] = ++*clock;
            graph->next[at] = graph->firsts[at];
            graph->is_open[at] = true;
            graph->members[open++] = at;
        }
        if (graph->next[at] < graph->firsts[at + 1]) {
            uint32_t to = graph->edges[graph->next[at]++].to;

            if (graph->order[to] == 0) {
                graph->path[depth++] = to;
            } else if (graph->is_open[to]) {
                graph->low[at] = smaller(graph->low[at], graph->order[to]);
            }
            continue;
        }

        depth--;
        if (depth > 0) {
            uint32_t above = graph->path[depth - 1];

            graph->low[above] = smaller(graph->low[above], graph->low[at]);
        }
        if (graph->low[at] == graph->order[at]) {
            size_t from = open;

            do {
                graph->is_open[graph->members[--from]] = false;
            } while (graph->members[from] != at);
            if (judge_component(graph, graph->members + from, open - from, out))
            {
                return true;
            }
            open = from;
        }
    }

    return false;
}


static egret_rc_t
search(graph_t *graph, egret_date_t date, found_t *out)
{
    egret_rc_t rc = find_edges(graph, date);
    uint32_t clock = 0;

    for (size_t i = 0; i < graph->class_count; i++) {
        graph->order[i] = 0;
    }
    for (size_t i = 0; rc == EGRET_OK && i < graph->class_count; i++) {
        if (graph->order[i] == 0 && visit(graph, (uint32_t) i, &clock, out)) {
            break;
        }
    }

    return rc;
}


static bool
has_date(const egret_date_t *dates, size_t count, egret_date_t date)
{
    for (size_t i = 0; i < count; i++) {
        if (egret_date_compare(dates[i], date) == 0) {
            return true;
        }
    }

    return false;
}


/* Whatever rows are valid together are so on the latest of their first days. */
static size_t
find_dates(const egret_taxonomies_t *taxonomies, egret_date_t dates[DATES])
{
    size_t count = 1;

    dates[0] = (egret_date_t){ 1, 1, 1 };
    for (size_t i = 0; i < taxonomies->crosswalk_count; i++) {
        const egret_crosswalk_t *crosswalk = taxonomies->crosswalks[i];

        for (size_t k = 0; k < crosswalk->row_count && count < DATES; k++) {
            const egret_crosswalk_row_t *row = &crosswalk->rows[k];

            if (row->has_valid_from && !has_date(dates, count, row->valid_from))
            {
                dates[count++] = row->valid_from;
            }
        }
    }

    return count;
}


static egret_rc_t
search_all(const egret_taxonomies_t *taxonomies, found_t *out)
{
    graph_t graph = { .taxonomies = taxonomies };
    egret_date_t dates[DATES];
    size_t count = find_dates(taxonomies, dates);
    egret_rc_t rc;

    *out = (found_t){ .row = NULL };
    graph.arena = egret_arena_create(egret_arena_allocator(taxonomies->arena),
                                     0);
    if (graph.arena == NULL) {
        return EGRET_ENOMEM;
    }

    rc = number_codes(&graph);
    for (size_t i = 0; rc == EGRET_OK && out->row == NULL && i < count; i++) {
        rc = search(&graph, dates[i], out);
    }
    egret_arena_destroy(graph.arena);

    return rc;
}


/* Of two rows that disagree the later one is told. */
static bool
is_later(const found_t *found)
{
    int order = egret_span_compare(found->row->crosswalk->file,
                                   found->other->crosswalk->file);

    return found->other->object == NULL || order > 0
           || (order == 0 && found->row->line > found->other->line);
}


static egret_rc_t
compare_inverses(egret_taxonomies_t *taxonomies, egret_span_t *fault)
{
    found_t found;
    egret_rc_t rc = EGRET_OK;
    size_t index = 0;

    next_inverse(taxonomies, &index, &found);
    while (rc == EGRET_OK && found.row != NULL) {
        if (is_later(&found)) {
            rc = egret_complaint_tell(
                taxonomies, EGRET_EINVAL, found.row,
                egret_arena_print(taxonomies->arena,
                                  "%.*s disagrees with its inverse of %.*s:%u",
                                  EGRET_SPAN_ARGS(found.row->subject->code),
                                  EGRET_SPAN_ARGS(found.other->crosswalk->file),
                                  found.other->line),
                fault);
        }
        next_inverse(taxonomies, &index, &found);
    }

    return rc;
}


static egret_rc_t
find_cycle(egret_taxonomies_t *taxonomies, egret_span_t *fault)
{
    found_t found;
    egret_rc_t rc = search_all(taxonomies, &found);

    if (rc != EGRET_OK || found.row == NULL) {
        return rc;
    }

    return egret_complaint_tell(
        taxonomies, EGRET_EINVAL, found.row,
        egret_arena_print(taxonomies->arena,
                          "is part of a cycle that makes %.*s and %.*s of "
                          "%.*s/%.*s equal",
                          EGRET_SPAN_ARGS(found.codes[0]->code),
                          EGRET_SPAN_ARGS(found.codes[1]->code),
                          EGRET_SPAN_ARGS(found.codes[0]->scheme->id),
                          EGRET_SPAN_ARGS(found.codes[0]->scheme->version)),
        fault);
}


egret_rc_t
egret_contradictions_check(egret_taxonomies_t *taxonomies, egret_span_t *fault)
{
    egret_rc_t rc = compare_inverses(taxonomies, fault);

    return rc == EGRET_OK ? find_cycle(taxonomies, fault) : rc;
}
