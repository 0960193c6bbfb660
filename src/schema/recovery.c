/* SPDX-License-Identifier: Apache-2.0 */
#include "schema/recovery.h"

#include <string.h>

#define COST_EDIT 4
#define COST_SWAP 7 /* one known element for another: less than two edits */
#define COST_MOST 240 /* a whole window that is too much, and more */
#define COST_NONE UINT16_MAX
#define NODES_MOST 16384
#define STEPS_MOST 1000000

typedef enum {
    STEP_START,
    STEP_MATCH,
    STEP_INSERT,
    STEP_LEAVE,
    STEP_RENAME
} step_t;

/* Where the search has been: after so many children in such a state. Each state
 * has a second place, where its counter was filled up to its least. */
#define VARIANTS 2

typedef struct {
    uint32_t count; /* of the state's counter */
    uint32_t from;  /* the place before */
    uint16_t cost;
    uint16_t particle;
    uint8_t step;
    bool is_done;
} place_t;

typedef struct {
    const egret_model_t *model;
    const egret_recovery_child_t *children;
    size_t child_count;
    bool is_end;
    place_t *places; /* [(child * VARIANTS + variant) * state_count + state] */
    uint32_t goal;
    size_t steps;
} search_t;

static egret_rc_t
make_room(egret_recovery_t *recovery, size_t size)
{
    if (recovery->room_size < size) {
        recovery->room = egret_arena_allocate(recovery->arena, size);
        if (recovery->room == NULL) {
            recovery->room_size = 0;
            return egret_arena_rc(recovery->arena);
        }
        recovery->room_size = size;
    }
    return EGRET_OK;
}

static egret_model_cursor_t
cursor_at(const search_t *search, uint32_t index)
{
    egret_model_cursor_t cursor = {
        search->places[index].count,
        (uint16_t) (index % search->model->state_count)
    };

    return cursor;
}

static size_t
child_at(const search_t *search, uint32_t index)
{
    return index / search->model->state_count / VARIANTS;
}

static void
reach_variant(search_t *search, uint32_t from, size_t row,
              const egret_model_cursor_t *cursor, unsigned cost, step_t step,
              uint16_t particle)
{
    size_t index = row * search->model->state_count + cursor->state;
    place_t *place = &search->places[index];

    search->steps++;
    if (cost < place->cost && cost <= COST_MOST) {
        place->cost = (uint16_t) cost;
        place->count = cursor->count;
        place->from = from;
        place->step = (uint8_t) step;
        place->particle = particle;
    }
}

static void
reach(search_t *search, uint32_t from, size_t child,
      const egret_model_cursor_t *cursor, unsigned cost, step_t step,
      uint16_t particle)
{
    reach_variant(search, from, child * VARIANTS, cursor, cost, step,
                  particle);
}

/* As many of the counted element as are missing are put in at once. */
static void
fill_counter(search_t *search, uint32_t from, size_t at)
{
    egret_model_cursor_t cursor = cursor_at(search, from);
    const egret_model_state_t *state = &search->model->states[cursor.state];
    uint32_t lack;

    if (state->most == 0 || cursor.count >= state->least) {
        return;
    }
    lack = state->least - cursor.count;
    if (lack > COST_MOST / COST_EDIT) {
        lack = COST_MOST / COST_EDIT;
    }
    cursor.count = state->least;
    reach_variant(search, from, at * VARIANTS + 1, &cursor,
                  search->places[from].cost + COST_EDIT * lack, STEP_INSERT,
                  search->model->edges[state->edge_first].particle);
}

static void
follow_edge(search_t *search, uint32_t from, size_t at,
            const egret_model_edge_t *edge)
{
    const egret_model_particle_t *particle =
        &search->model->particles[edge->particle];
    egret_model_cursor_t cursor = cursor_at(search, from);
    unsigned cost = search->places[from].cost;

    if (!egret_model_take(search->model, &cursor, edge)) {
        return;
    }
    reach(search, from, at, &cursor, cost + COST_EDIT, STEP_INSERT,
          edge->particle);
    if (at == search->child_count) {
        return;
    }
    if (egret_model_particle_admits(particle, &search->children[at].symbol)) {
        reach(search, from, at + 1, &cursor, cost, STEP_MATCH, edge->particle);
    } else {
        cost += search->children[at].element == NULL ? COST_EDIT : COST_SWAP;
        reach(search, from, at + 1, &cursor, cost, STEP_RENAME,
              edge->particle);
    }
}

static bool
is_goal(const search_t *search, uint32_t index, size_t at)
{
    egret_model_cursor_t cursor = cursor_at(search, index);

    return at == search->child_count
           && (!search->is_end || egret_model_may_end(search->model, &cursor));
}

static void
leave(search_t *search, uint32_t from, size_t at)
{
    const egret_model_t *model = search->model;
    egret_model_cursor_t cursor = cursor_at(search, from);
    const egret_model_state_t *state = &model->states[cursor.state];

    search->places[from].is_done = true;
    fill_counter(search, from, at);
    for (uint16_t i = 0; i < state->edge_count; i++) {
        follow_edge(search, from, at, &model->edges[state->edge_first + i]);
    }
    if (at < search->child_count) {
        reach(search, from, at + 1, &cursor,
              search->places[from].cost + COST_EDIT, STEP_LEAVE, 0);
    }
}

/* All places of one cost, in the order of the children: only a match costs
 * nothing, and it goes to the next child. */
static bool
sweep(search_t *search, unsigned cost)
{
    size_t places = search->model->state_count * (size_t) VARIANTS;

    for (size_t at = 0; at <= search->child_count; at++) {
        for (size_t i = 0; i < places; i++) {
            uint32_t index = (uint32_t) (at * places + i);
            const place_t *place = &search->places[index];

            if (place->cost != cost || place->is_done) {
                continue;
            }
            if (is_goal(search, index, at)) {
                search->goal = index;
                return true;
            }
            if (search->steps > STEPS_MOST) {
                return false;
            }
            leave(search, index, at);
        }
    }
    return false;
}

/* Whether the particle that the plan takes after `index` could be taken after
 * `edge` too: then the missing element has alternatives. */
static bool
would_do(const search_t *search, const egret_model_edge_t *edge,
         const place_t *next)
{
    const egret_model_state_t *state = &search->model->states[edge->state];

    if (next == NULL) {
        return !search->is_end || state->is_accepting;
    }
    for (uint16_t i = 0; i < state->edge_count; i++) {
        if (search->model->edges[state->edge_first + i].particle
            == next->particle)
        {
            return true;
        }
    }
    return false;
}

static bool
has_choice(const search_t *search, const egret_model_cursor_t *before,
           uint16_t particle, const place_t *next)
{
    const egret_model_state_t *state = &search->model->states[before->state];

    for (uint16_t i = 0; i < state->edge_count; i++) {
        const egret_model_edge_t *edge =
            &search->model->edges[state->edge_first + i];
        egret_model_cursor_t copy = *before;

        if (edge->particle != particle
            && egret_model_take(search->model, &copy, edge)
            && would_do(search, edge, next))
        {
            return true;
        }
    }
    return false;
}

static void
note_edit(const search_t *search, egret_recovery_edit_t *edit, uint32_t index,
          const place_t *next)
{
    const place_t *place = &search->places[index];
    size_t at = child_at(search, place->from);

    memset(edit, 0, sizeof(*edit));
    edit->cursor = cursor_at(search, place->from);
    edit->other = EGRET_NODE_NONE;
    edit->child = at < search->child_count ? search->children[at].node
                                           : EGRET_NODE_NONE;
    edit->element = at < search->child_count ? search->children[at].element
                                             : NULL;
    edit->at = at;
    if (place->step == STEP_LEAVE) {
        edit->kind = EGRET_EDIT_SURPLUS;
        return;
    }
    edit->kind = place->step == STEP_INSERT ? EGRET_EDIT_MISSING
                                            : EGRET_EDIT_RENAMED;
    edit->particle = &search->model->particles[place->particle];
    edit->has_choice =
        has_choice(search, &edit->cursor, place->particle, next);
}

/* From the goal back to the start; the edits come out in their order. */
static bool
trace(const search_t *search, egret_recovery_t *recovery)
{
    const place_t *next = NULL;
    size_t count = 0;
    uint32_t index;

    for (index = search->goal; search->places[index].step != STEP_START;
         index = search->places[index].from)
    {
        count += search->places[index].step != STEP_MATCH;
    }
    if (count > EGRET_RECOVERY_EDITS) {
        return false;
    }
    recovery->edit_count = count;
    for (index = search->goal; search->places[index].step != STEP_START;
         index = search->places[index].from)
    {
        const place_t *place = &search->places[index];

        if (place->step != STEP_MATCH) {
            note_edit(search, &recovery->edits[--count], index, next);
        }
        if (place->step != STEP_LEAVE) {
            next = place;
        }
    }
    return true;
}

static void
drop(egret_recovery_t *recovery, size_t index)
{
    recovery->edit_count--;
    memmove(&recovery->edits[index], &recovery->edits[index + 1],
            (recovery->edit_count - index) * sizeof(recovery->edits[0]));
}

/* Something missing right where something is too much: one element for
 * another. */
static void
merge_neighbours(egret_recovery_t *recovery)
{
    for (size_t i = 0; i + 1 < recovery->edit_count; i++) {
        egret_recovery_edit_t *first = &recovery->edits[i];
        egret_recovery_edit_t *second = first + 1;

        if (first->kind == EGRET_EDIT_MISSING
            && second->kind == EGRET_EDIT_SURPLUS && first->at == second->at)
        {
            first->kind = EGRET_EDIT_RENAMED;
            drop(recovery, i + 1);
        } else if (first->kind == EGRET_EDIT_SURPLUS
                   && second->kind == EGRET_EDIT_MISSING
                   && first->at + 1 == second->at)
        {
            first->kind = EGRET_EDIT_RENAMED;
            first->particle = second->particle;
            first->has_choice = second->has_choice;
            drop(recovery, i + 1);
        }
    }
}

static bool
is_one_move(const egret_recovery_edit_t *a, const egret_recovery_edit_t *b)
{
    const egret_element_t *wanted =
        a->particle != NULL ? a->particle->element : NULL;
    const egret_element_t *also =
        b->particle != NULL ? b->particle->element : NULL;

    if (a->kind == EGRET_EDIT_MISSING && b->kind == EGRET_EDIT_SURPLUS) {
        return wanted != NULL && b->element == wanted;
    }
    if (a->kind == EGRET_EDIT_SURPLUS && b->kind == EGRET_EDIT_MISSING) {
        return also != NULL && a->element == also;
    }
    return a->kind == EGRET_EDIT_RENAMED && b->kind == EGRET_EDIT_RENAMED
           && wanted != NULL && also != NULL && a->element == also
           && b->element == wanted;
}

/* What is missing in one place and too much in another was moved. */
static void
merge_moves(egret_recovery_t *recovery)
{
    for (size_t i = 0; i < recovery->edit_count; i++) {
        egret_recovery_edit_t *first = &recovery->edits[i];

        for (size_t k = i + 1; k < recovery->edit_count; k++) {
            const egret_recovery_edit_t *second = &recovery->edits[k];

            if (is_one_move(first, second)) {
                first->other = first->kind == EGRET_EDIT_MISSING
                                   ? second->child
                                   : first->child;
                first->kind = EGRET_EDIT_MOVED;
                drop(recovery, k);
                break;
            }
        }
    }
}

static void
clear_places(search_t *search, const egret_model_cursor_t *cursor)
{
    size_t count = (search->child_count + 1) * VARIANTS
                   * search->model->state_count;
    place_t *start = &search->places[cursor->state];

    memset(search->places, 0, count * sizeof(*search->places));
    for (size_t i = 0; i < count; i++) {
        search->places[i].cost = COST_NONE;
    }
    start->cost = 0;
    start->count = cursor->count;
    start->step = STEP_START;
}

size_t
egret_recovery_window(const egret_model_t *model)
{
    size_t most = NODES_MOST / VARIANTS / model->state_count;

    return most > EGRET_RECOVERY_AHEAD ? EGRET_RECOVERY_AHEAD : most - 1;
}

egret_rc_t
egret_recovery_plan(egret_recovery_t *recovery, const egret_model_t *model,
                    const egret_recovery_child_t *children, size_t child_count,
                    bool is_end, egret_model_cursor_t *cursor, bool *is_found)
{
    search_t search = { .model = model,
                        .children = children,
                        .child_count = child_count,
                        .is_end = is_end };
    size_t count = (child_count + 1) * VARIANTS * model->state_count;
    egret_rc_t rc = make_room(recovery, count * sizeof(*search.places));

    *is_found = false;
    if (rc != EGRET_OK) {
        return rc;
    }
    search.places = recovery->room;
    clear_places(&search, cursor);
    for (unsigned cost = 0; cost <= COST_MOST && !*is_found; cost++) {
        *is_found = sweep(&search, cost);
    }
    *is_found = *is_found && trace(&search, recovery);
    if (*is_found) {
        *cursor = cursor_at(&search, search.goal);
        merge_neighbours(recovery);
        merge_moves(recovery);
    }
    return EGRET_OK;
}
