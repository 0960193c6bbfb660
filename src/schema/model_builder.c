/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "schema/position.h"

struct egret_model_builder {
    egret_positions_t base;

    egret_position_set_t state_sets[EGRET_MODEL_POSITIONS + 1];
    egret_model_state_t states[EGRET_MODEL_POSITIONS + 1];
    uint32_t state_count;
    uint32_t state_of[EGRET_MODEL_POSITIONS]; /* the position alone; 0 none */

    egret_model_edge_t *edges;
    size_t edge_count;
    size_t edge_capacity;
    size_t edges_of_all; /* models of this namespace */
};

egret_model_builder_t *
egret_model_builder_create(egret_xsd_t *xsd)
{
    egret_model_builder_t *builder =
        egret_arena_zeroed(xsd->scratch, 1, sizeof(*builder));

    if (builder != NULL) {
        builder->base.xsd = xsd;
    }
    return builder;
}

/* States: sets of positions of one particle. */

static egret_rc_t
add_edge(egret_model_builder_t *builder, const egret_xsd_particle_t *root,
         uint32_t particle, uint32_t state)
{
    if (builder->edge_count == builder->edge_capacity) {
        size_t capacity = builder->edge_capacity * 2 + 256;
        egret_model_edge_t *edges = egret_arena_grow(
            builder->base.xsd->scratch, builder->edges,
            builder->edge_capacity * sizeof(*edges), capacity * sizeof(*edges));

        if (edges == NULL) {
            return egret_arena_rc(builder->base.xsd->scratch);
        }
        builder->edges = edges;
        builder->edge_capacity = capacity;
    }
    if (++builder->edges_of_all > EGRET_MODEL_EDGES) {
        return egret_positions_refuse(&builder->base, root);
    }
    builder->edges[builder->edge_count].key =
        egret_model_key(builder->base.particles[particle].name);
    builder->edges[builder->edge_count].particle = (uint16_t) particle;
    builder->edges[builder->edge_count].state = (uint16_t) state;
    builder->edge_count++;
    return EGRET_OK;
}

static egret_rc_t
find_state(egret_model_builder_t *builder, const egret_xsd_particle_t *root,
           const egret_position_set_t *set, const egret_position_part_t *whole,
           uint32_t *out)
{
    size_t size = builder->base.words * sizeof(set->bits[0]);
    uint32_t first = egret_position_set_next(&builder->base, set, 0);
    bool is_alone =
        egret_position_set_next(&builder->base, set, first + 1) == UINT32_MAX;
    const egret_position_t *position = &builder->base.items[first];
    egret_model_state_t *state;

    *out = is_alone ? builder->state_of[first] : 1;
    if (is_alone && *out != 0) {
        return EGRET_OK;
    }
    for (; !is_alone && *out < builder->state_count; (*out)++) {
        if (memcmp(builder->state_sets[*out].bits, set->bits, size) == 0) {
            return EGRET_OK;
        }
    }
    *out = builder->state_count;
    if (builder->state_count > EGRET_MODEL_POSITIONS) {
        return egret_positions_refuse(&builder->base, root);
    }
    if (is_alone) {
        builder->state_of[first] = *out;
    }
    builder->state_sets[*out] = *set;
    state = &builder->states[*out];
    memset(state, 0, sizeof(*state));
    state->least = position->least;
    state->most = position->most;
    for (size_t i = 0; i < builder->base.words; i++) {
        state->is_accepting |= (set->bits[i] & whole->last.bits[i]) != 0;
    }
    builder->state_count++;
    return EGRET_OK;
}

static egret_rc_t
fail_attribution(egret_model_builder_t *builder, uint32_t a, uint32_t b)
{
    const egret_xsd_particle_t *source = builder->base.sources[b];
    egret_span_t name = builder->base.particles[b].element != NULL
                            ? builder->base.particles[b].name
                            : EGRET_SPAN("xs:any");

    return egret_xsd_fail(builder->base.xsd, source->place, EGRET_ESYNTAX,
                          "%.*s may also be what line %u declares (Unique "
                          "Particle Attribution)",
                          EGRET_SPAN_ARGS(name),
                          builder->base.sources[a]->place.line);
}

static egret_rc_t
check_attribution(egret_model_builder_t *builder, uint32_t from)
{
    const egret_model_state_t *state = &builder->states[from];
    const egret_model_edge_t *edges = &builder->edges[state->edge_first];

    if (!builder->base.needs_attribution) {
        return EGRET_OK;
    }
    for (uint32_t i = 0; i < state->edge_count; i++) {
        for (uint32_t k = i + 1; k < state->edge_count; k++) {
            /* n times exactly, then another: the counter decides. */
            bool is_decided = edges[i].state == from && state->most > 0 &&
                              state->least == state->most;

            if (!is_decided &&
                egret_positions_compete(
                    &builder->base, &builder->base.particles[edges[i].particle],
                    &builder->base.particles[edges[k].particle])) {
                return fail_attribution(builder, edges[i].particle,
                                        edges[k].particle);
            }
        }
    }
    return EGRET_OK;
}

static egret_rc_t
leave_state(egret_model_builder_t *builder, const egret_xsd_particle_t *root,
            const egret_position_part_t *whole, uint32_t from,
            egret_position_set_t *reached)
{
    egret_rc_t rc = EGRET_OK;

    builder->states[from].edge_first = (uint32_t) builder->edge_count;
    if (builder->states[from].most > 0) {
        uint32_t at = egret_position_set_next(&builder->base,
                                              &builder->state_sets[from], 0);

        rc = add_edge(builder, root, builder->base.items[at].particle, from);
    }
    for (uint32_t p = egret_position_set_next(&builder->base, reached, 0);
         p != UINT32_MAX && rc == EGRET_OK;
         p = egret_position_set_next(&builder->base, reached, p + 1)) {
        uint16_t particle = builder->base.items[p].particle;
        bool has_more = builder->base.places[particle] > 1;
        egret_position_set_t together;
        uint32_t to;

        memset(&together, 0, sizeof(together));
        egret_position_set_add(&together, p);
        for (uint32_t q = p; has_more && q != UINT32_MAX;
             q = egret_position_set_next(&builder->base, reached, q + 1)) {
            if (builder->base.items[q].particle == particle) {
                egret_position_set_add(&together, q);
            }
        }
        for (size_t i = 0; i < builder->base.words; i++) {
            reached->bits[i] &= ~together.bits[i];
        }
        rc = find_state(builder, root, &together, whole, &to);
        if (rc == EGRET_OK) {
            rc = add_edge(builder, root, particle, to);
        }
    }
    builder->states[from].edge_count =
        (uint16_t) (builder->edge_count - builder->states[from].edge_first);
    return rc == EGRET_OK ? check_attribution(builder, from) : rc;
}

static egret_rc_t
determine(egret_model_builder_t *builder, const egret_xsd_particle_t *root,
          const egret_position_part_t *whole)
{
    egret_rc_t rc = EGRET_OK;

    builder->edge_count = 0;
    builder->state_count = 1;
    memset(builder->state_of, 0, sizeof(builder->state_of));
    memset(&builder->states[0], 0, sizeof(builder->states[0]));
    builder->states[0].is_accepting = whole->is_nullable;
    for (uint32_t from = 0; from < builder->state_count && rc == EGRET_OK;
         from++) {
        egret_position_set_t reached;

        memset(&reached, 0, sizeof(reached));
        if (from == 0) {
            reached = whole->first;
        } else {
            const egret_position_set_t *set = &builder->state_sets[from];

            for (uint32_t p = egret_position_set_next(&builder->base, set, 0);
                 p != UINT32_MAX;
                 p = egret_position_set_next(&builder->base, set, p + 1)) {
                egret_position_set_unite(&builder->base, &reached,
                                         &builder->base.follow[p]);
            }
        }
        rc = leave_state(builder, root, whole, from, &reached);
    }
    return rc;
}

static void *
keep(egret_arena_t *arena, const void *from, size_t count, size_t size)
{
    void *copy = egret_arena_zeroed(arena, count + 1, size);

    if (copy != NULL && count > 0) {
        memcpy(copy, from, count * size);
    }
    return copy;
}

static egret_rc_t
keep_model(const egret_model_builder_t *builder, const egret_model_t **out)
{
    egret_arena_t *arena = builder->base.xsd->arena;
    egret_model_t *model = egret_arena_zeroed(arena, 1, sizeof(*model));

    if (model == NULL) {
        return egret_arena_rc(arena);
    }
    model->particle_count = (uint16_t) builder->base.particle_count;
    model->state_count = (uint16_t) builder->state_count;
    model->particles =
        keep(arena, builder->base.particles, builder->base.particle_count,
             sizeof(builder->base.particles[0]));
    model->states = keep(arena, builder->states, builder->state_count,
                         sizeof(builder->states[0]));
    model->edges = keep(arena, builder->edges, builder->edge_count,
                        sizeof(builder->edges[0]));
    if (model->particles == NULL || model->states == NULL ||
        model->edges == NULL) {
        return egret_arena_rc(arena);
    }
    *out = model;
    return EGRET_OK;
}

egret_rc_t
egret_model_build(egret_model_builder_t *builder,
                  const egret_xsd_particle_t *root, const egret_model_t **out)
{
    egret_position_part_t whole;
    egret_rc_t rc;

    *out = NULL;
    if (root == NULL) {
        return EGRET_OK;
    }
    rc = egret_positions_lay(&builder->base, root, &whole);
    if (rc == EGRET_OK) {
        rc = determine(builder, root, &whole);
    }
    return rc == EGRET_OK ? keep_model(builder, out) : rc;
}
