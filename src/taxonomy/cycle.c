/* SPDX-License-Identifier: Apache-2.0 */

#include "taxonomy/cycle.h"

#include <stdlib.h>

#include "taxonomy/complaint.h"

#define CYCLES EGRET_CYCLES_TOLD
#define DATES 1000 /* on which they are looked for */

/* The first code of a scheme in a component. */
typedef struct {
    uint32_t component;
    uint32_t code;
    bool is_told;
} first_t;

/* A within B. */
typedef struct {
    uint32_t to;
    const egret_crosswalk_row_t *row;
} edge_t;

typedef struct {
    egret_taxonomies_t *taxonomies;
    egret_arena_t *arena;
    egret_span_t *fault;
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
    uint32_t *components; /* by code: the last component it was in, from 1 */
    uint32_t component;
    first_t *least; /* by scheme */
    uint32_t told[CYCLES][2]; /* codes that are told to be equal */
    size_t told_count;
} graph_t;


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
    graph->components = egret_arena_zeroed(graph->arena, count,
                                           sizeof(*graph->components));
    graph->least = egret_arena_zeroed(graph->arena, schemes->count,
                                      sizeof(*graph->least));
    if (graph->classes == NULL || graph->firsts == NULL || graph->order == NULL
        || graph->low == NULL || graph->is_open == NULL || graph->path == NULL
        || graph->next == NULL || graph->members == NULL
        || graph->components == NULL || graph->least == NULL)
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

            if (row->object == NULL || row->condition != NULL
                || !egret_relation_is_nested(scope)
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


static uint32_t
smaller(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}


static size_t
scheme_of(const graph_t *graph, uint32_t code)
{
    const egret_map_t *schemes = &graph->taxonomies->by_name;
    size_t i = 0;

    while (schemes->entries[i].value != graph->classes[code]->scheme) {
        i++;
    }

    return i;
}


/* A row that leads on within the component. */
static const egret_crosswalk_row_t *
row_of(const graph_t *graph, uint32_t code)
{
    uint32_t edge = graph->firsts[code];

    while (graph->components[graph->edges[edge].to] != graph->component) {
        edge++;
    }

    return graph->edges[edge].row;
}


/* Whether that is told, as it was on another date. */
static bool
is_told(const graph_t *graph, uint32_t least, uint32_t code)
{
    for (size_t i = 0; i < graph->told_count; i++) {
        if (graph->told[i][0] == least && graph->told[i][1] == code) {
            return true;
        }
    }

    return false;
}


static egret_rc_t
tell(graph_t *graph, first_t *first, uint32_t code)
{
    egret_taxonomies_t *taxonomies = graph->taxonomies;
    const egret_class_t *a = graph->classes[first->code];
    const egret_class_t *b = graph->classes[code];
    const egret_crosswalk_row_t *row = row_of(
        graph, first->is_told ? code : first->code);
    egret_rc_t rc;

    first->is_told = true;
    graph->told[graph->told_count][0] = first->code;
    graph->told[graph->told_count++][1] = code;
    rc = egret_complaint_tell(
        taxonomies, EGRET_EINVAL, row,
        egret_arena_print(taxonomies->arena,
                          "is part of a cycle that makes %.*s and %.*s of "
                          "%.*s/%.*s equal",
                          EGRET_SPAN_ARGS(a->code), EGRET_SPAN_ARGS(b->code),
                          EGRET_SPAN_ARGS(a->scheme->id),
                          EGRET_SPAN_ARGS(a->scheme->version)),
        graph->fault);
    if (rc != EGRET_OK || graph->told_count < CYCLES) {
        return rc;
    }

    return egret_complaint_tell(
        taxonomies, EGRET_EINVAL, row,
        EGRET_SPAN("is part of the last cycle that is told: there may be more"),
        graph->fault);
}


/* Each code of a component that is equal to an earlier one of its scheme. Where
 * nothing is wrong there is one of each scheme at most. */
static egret_rc_t
judge_component(graph_t *graph, const uint32_t *members, size_t count)
{
    egret_rc_t rc = EGRET_OK;

    if (count == 1) {
        return EGRET_OK;
    }

    graph->component++;
    for (size_t i = 0; i < count; i++) {
        first_t *least = &graph->least[scheme_of(graph, members[i])];

        graph->components[members[i]] = graph->component;
        *least = (first_t){
            graph->component,
            least->component == graph->component
                ? smaller(least->code, members[i])
                : members[i],
            false
        };
    }
    for (size_t i = 0;
         rc == EGRET_OK && i < count && graph->told_count < CYCLES; i++)
    {
        first_t *least = &graph->least[scheme_of(graph, members[i])];

        if (least->code != members[i]
            && !is_told(graph, least->code, members[i]))
        {
            rc = tell(graph, least, members[i]);
        }
    }

    return rc;
}


/* The component that ends with the code, if one does. */
static egret_rc_t
close_component(graph_t *graph, uint32_t at, size_t *open)
{
    size_t from = *open;
    egret_rc_t rc;

    if (graph->low[at] != graph->order[at]) {
        return EGRET_OK;
    }

    do {
        graph->is_open[graph->members[--from]] = false;
    } while (graph->members[from] != at);
    rc = judge_component(graph, graph->members + from, *open - from);
    *open = from;

    return rc;
}


/* Tarjan's components, with a path of its own. */
static egret_rc_t
visit(graph_t *graph, uint32_t root, uint32_t *clock)
{
    size_t depth = 0, open = 0;
    egret_rc_t rc = EGRET_OK;

    graph->path[depth++] = root;
    while (depth > 0 && rc == EGRET_OK) {
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
        rc = close_component(graph, at, &open);
    }

    return rc;
}


static egret_rc_t
search(graph_t *graph, egret_date_t date)
{
    egret_rc_t rc = find_edges(graph, date);
    uint32_t clock = 0;

    for (size_t i = 0; i < graph->class_count; i++) {
        graph->order[i] = 0;
    }
    for (size_t i = 0; rc == EGRET_OK && i < graph->class_count
                       && graph->told_count < CYCLES; i++)
    {
        if (graph->order[i] == 0) {
            rc = visit(graph, (uint32_t) i, &clock);
        }
    }

    return rc;
}


static int
compare_dates(const void *a, const void *b)
{
    const egret_crosswalk_row_t *const *one = a, *const *other = b;

    return egret_date_compare((*one)->valid_from, (*other)->valid_from);
}


/* Rows with a first day, in its order; each day once. */
static egret_rc_t
find_days(graph_t *graph, const egret_crosswalk_row_t ***out, size_t *count)
{
    const egret_taxonomies_t *taxonomies = graph->taxonomies;
    const egret_crosswalk_row_t **rows;
    size_t all = 0, kept = 0;

    for (size_t i = 0; i < taxonomies->crosswalk_count; i++) {
        all += taxonomies->crosswalks[i]->row_count;
    }
    rows = egret_arena_zeroed(graph->arena, all + 1, sizeof(*rows));
    if (rows == NULL) {
        return egret_arena_rc(graph->arena);
    }
    for (size_t i = 0; i < taxonomies->crosswalk_count; i++) {
        const egret_crosswalk_t *crosswalk = taxonomies->crosswalks[i];

        for (size_t k = 0; k < crosswalk->row_count; k++) {
            if (crosswalk->rows[k].has_valid_from) {
                rows[kept++] = &crosswalk->rows[k];
            }
        }
    }

    qsort(rows, kept, sizeof(*rows), compare_dates);
    *count = 0;
    for (size_t i = 0; i < kept; i++) {
        if (*count == 0 || compare_dates(&rows[*count - 1], &rows[i]) != 0) {
            rows[(*count)++] = rows[i];
        }
    }
    *out = rows;

    return EGRET_OK;
}


/* Whatever rows are valid together are so on the latest of their first days. */
static egret_rc_t
search_days(graph_t *graph, egret_taxonomies_t *taxonomies,
            egret_span_t *fault)
{
    const egret_crosswalk_row_t **rows;
    size_t count = 0;
    egret_rc_t rc = find_days(graph, &rows, &count);

    if (rc != EGRET_OK) {
        return rc;
    }
    if (count > DATES) {
        return egret_complaint_tell(
            taxonomies, EGRET_EINVAL, rows[DATES],
            EGRET_SPAN("egret_valid_from is one of more than 1000 different "
                       "days: cycles cannot be looked for on all of them"),
            fault);
    }
    rc = search(graph, (egret_date_t){ 1, 1, 1 });
    for (size_t i = 0;
         rc == EGRET_OK && i < count && graph->told_count < CYCLES; i++)
    {
        rc = search(graph, rows[i]->valid_from);
    }

    return rc;
}


egret_rc_t
egret_cycles_tell(egret_taxonomies_t *taxonomies, egret_span_t *fault)
{
    egret_arena_t *arena = egret_arena_create(
        egret_arena_allocator(taxonomies->arena), 0);
    graph_t *graph;
    egret_rc_t rc;

    if (arena == NULL) {
        return EGRET_ENOMEM;
    }
    graph = egret_arena_zeroed(arena, 1, sizeof(*graph));
    if (graph == NULL) {
        rc = egret_arena_rc(arena);
        egret_arena_destroy(arena);
        return rc;
    }

    graph->taxonomies = taxonomies;
    graph->arena = arena;
    graph->fault = fault;
    rc = number_codes(graph);
    if (rc == EGRET_OK) {
        rc = search_days(graph, taxonomies, fault);
    }
    egret_arena_destroy(arena);

    return rc;
}
