/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "schema/model.h"

#define WORDS (EGRET_MODEL_POSITIONS / 64)
#define ROUNDS 4
#define POSITIONS_OF_ALL 200000
#define STEPS_OF_ALL 1000000

typedef struct {
    uint64_t bits[WORDS];
} set_t;

/* A place in the content, groups written out. */
typedef struct {
    uint16_t particle;
    uint32_t least;
    uint32_t most; /* 0: not counted */
} position_t;

/* What is known of a part of the content (Glushkov's construction). */
typedef struct {
    bool is_nullable;
    set_t first;
    set_t last;
} part_t;

struct egret_model_builder {
    egret_xsd_t *xsd;
    size_t words; /* that the positions so far need */

    egret_model_particle_t particles[EGRET_MODEL_POSITIONS];
    const egret_xsd_particle_t *sources[EGRET_MODEL_POSITIONS];
    bool is_written_out[EGRET_MODEL_POSITIONS]; /* by particle: no counter */
    uint32_t particle_count;
    bool needs_attribution; /* two particles might admit one element */

    position_t positions[EGRET_MODEL_POSITIONS];
    set_t follow[EGRET_MODEL_POSITIONS];
    uint32_t position_count;
    uint32_t places[EGRET_MODEL_POSITIONS];   /* of a particle */
    uint32_t state_of[EGRET_MODEL_POSITIONS]; /* the position alone; 0 none */

    set_t state_sets[EGRET_MODEL_POSITIONS + 1];
    egret_model_state_t states[EGRET_MODEL_POSITIONS + 1];
    uint32_t state_count;

    egret_model_edge_t *edges;
    size_t edge_count;
    size_t edge_capacity;
    size_t edges_of_all; /* models of this namespace */
    size_t positions_of_all;
    size_t steps_of_all; /* parts laid, empty ones too */
};

static egret_rc_t lay(egret_model_builder_t *builder,
                      const egret_xsd_particle_t *particle, part_t *out);

egret_model_builder_t *
egret_model_builder_create(egret_xsd_t *xsd)
{
    egret_model_builder_t *builder =
        egret_arena_zeroed(xsd->scratch, 1, sizeof(*builder));

    if (builder != NULL) {
        builder->xsd = xsd;
        builder->words = WORDS;
    }
    return builder;
}

static egret_rc_t
refuse(egret_model_builder_t *builder, const egret_xsd_particle_t *particle)
{
    return egret_xsd_fail(builder->xsd, particle->place, EGRET_EUNSUPPORTED,
                          "the content is too large (%d places)",
                          EGRET_MODEL_POSITIONS);
}

/* Sets. */

static void
set_add(set_t *set, uint32_t member)
{
    set->bits[member / 64] |= UINT64_C(1) << member % 64;
}

static void
set_unite(const egret_model_builder_t *builder, set_t *set, const set_t *other)
{
    for (size_t i = 0; i < builder->words; i++) {
        set->bits[i] |= other->bits[i];
    }
}

/* The first member from `from` on, or UINT32_MAX. */
static uint32_t
set_next(const egret_model_builder_t *builder, const set_t *set, uint32_t from)
{
    size_t word = from / 64;
    uint64_t bits;

    if (word >= builder->words) {
        return UINT32_MAX;
    }
    bits = set->bits[word] & (UINT64_MAX << from % 64);
    while (bits == 0) {
        if (++word >= builder->words) {
            return UINT32_MAX;
        }
        bits = set->bits[word];
    }
    return (uint32_t) (word * 64 + (size_t) __builtin_ctzll(bits));
}

/* Particles: each once, however often a group is written out. */

static bool
overlaps(const egret_wildcard_t *a, const egret_wildcard_t *b)
{
    if (a->is_any || b->is_any) {
        return true;
    }
    if (a->is_other && b->is_other) {
        return true;
    }
    if (a->is_other) {
        return overlaps(b, a);
    }
    for (size_t i = 0; i < a->namespace_count; i++) {
        if (egret_wildcard_admits(b, a->namespaces[i])) {
            return true;
        }
    }
    return false;
}

static bool
compete(const egret_model_builder_t *builder, const egret_model_particle_t *a,
        const egret_model_particle_t *b)
{
    if (a->element != NULL && b->element != NULL) {
        return a->element == b->element;
    }
    if (a->element == NULL && b->element == NULL) {
        return overlaps(a->wildcard, b->wildcard);
    }
    return egret_wildcard_admits(a->element == NULL ? a->wildcard
                                                    : b->wildcard,
                                 builder->xsd->target);
}

static egret_rc_t
find_particle(egret_model_builder_t *builder,
              const egret_xsd_particle_t *source, uint32_t *out)
{
    egret_model_particle_t *added;

    for (*out = 0; *out < builder->particle_count; (*out)++) {
        if (builder->sources[*out] == source) {
            return EGRET_OK;
        }
    }
    if (builder->particle_count == EGRET_MODEL_POSITIONS) {
        return refuse(builder, source);
    }
    added = &builder->particles[*out];
    memset(added, 0, sizeof(*added));
    added->wildcard = source->wildcard;
    if (source->element != NULL) {
        added->element = source->element->compiled;
        added->name = added->element->name;
    }
    builder->sources[*out] = source;
    builder->is_written_out[*out] = false;
    for (uint32_t i = 0; i < builder->particle_count; i++) {
        builder->needs_attribution |=
            compete(builder, &builder->particles[i], added);
    }
    builder->particle_count++;
    return EGRET_OK;
}

/* Parts. */

static void
part_clear(part_t *part)
{
    memset(part, 0, sizeof(*part));
    part->is_nullable = true;
}

static void
connect(egret_model_builder_t *builder, const set_t *last, const set_t *first)
{
    for (uint32_t p = set_next(builder, last, 0); p != UINT32_MAX;
         p = set_next(builder, last, p + 1))
    {
        set_unite(builder, &builder->follow[p], first);
    }
}

/* a, then b. */
static void
part_append(egret_model_builder_t *builder, part_t *a, const part_t *b)
{
    connect(builder, &a->last, &b->first);
    if (a->is_nullable) {
        set_unite(builder, &a->first, &b->first);
    }
    if (b->is_nullable) {
        set_unite(builder, &a->last, &b->last);
    } else {
        a->last = b->last;
    }
    a->is_nullable = a->is_nullable && b->is_nullable;
}

static egret_rc_t
lay_position(egret_model_builder_t *builder,
             const egret_xsd_particle_t *particle, uint32_t least,
             uint32_t most, part_t *out)
{
    uint32_t index = builder->position_count;
    uint32_t source;
    egret_rc_t rc = find_particle(builder, particle, &source);

    if (rc != EGRET_OK) {
        return rc;
    }
    if (index == EGRET_MODEL_POSITIONS
        || ++builder->positions_of_all > POSITIONS_OF_ALL)
    {
        return refuse(builder, particle);
    }
    builder->positions[index].particle = (uint16_t) source;
    builder->positions[index].least = least;
    builder->positions[index].most = most;
    memset(&builder->follow[index], 0, sizeof(builder->follow[index]));
    builder->position_count++;
    builder->places[source]++;
    builder->state_of[index] = 0;
    part_clear(out);
    out->is_nullable = false;
    set_add(&out->first, index);
    set_add(&out->last, index);
    return EGRET_OK;
}

static egret_rc_t
lay_body(egret_model_builder_t *builder, const egret_xsd_particle_t *particle,
         part_t *out)
{
    const egret_xsd_particle_t *child = particle->first;
    bool is_choice = particle->kind == EGRET_XSD_CHOICE;
    part_t part;
    egret_rc_t rc = EGRET_OK;

    if (++builder->steps_of_all > STEPS_OF_ALL) {
        return refuse(builder, particle);
    }
    if (particle->kind == EGRET_XSD_ELEMENT || particle->kind == EGRET_XSD_ANY)
    {
        return lay_position(builder, particle, 1, 0, out);
    }
    part_clear(out);
    if (is_choice) {
        if (child == NULL) {
            return egret_xsd_fail(builder->xsd, particle->place,
                                  EGRET_EUNSUPPORTED,
                                  "an empty choice is not supported");
        }
        out->is_nullable = false;
    }
    for (; child != NULL && rc == EGRET_OK; child = child->next) {
        rc = lay(builder, child, &part);
        if (rc == EGRET_OK && is_choice && child->most > 0) {
            out->is_nullable |= part.is_nullable;
            set_unite(builder, &out->first, &part.first);
            set_unite(builder, &out->last, &part.last);
        } else if (rc == EGRET_OK && !is_choice) {
            part_append(builder, out, &part);
        }
    }
    return rc;
}

/* (b(b(b)?)?)? rather than b?b?b?: after each copy only one may follow. */
static egret_rc_t
lay_optional(egret_model_builder_t *builder,
             const egret_xsd_particle_t *particle, uint32_t times, part_t *out)
{
    part_t part;
    egret_rc_t rc = EGRET_OK;

    part_clear(out);
    for (uint32_t i = 0; i < times && rc == EGRET_OK; i++) {
        if (i >= EGRET_MODEL_POSITIONS) {
            return refuse(builder, particle);
        }
        rc = lay_body(builder, particle, &part);
        if (rc == EGRET_OK) {
            part_append(builder, &part, out);
            *out = part;
            out->is_nullable = true;
        }
    }
    return rc;
}

static egret_rc_t
lay_copies(egret_model_builder_t *builder,
           const egret_xsd_particle_t *particle, part_t *out)
{
    bool is_unbounded = particle->most == EGRET_XSD_UNBOUNDED;
    uint32_t times = particle->least;
    part_t part;
    egret_rc_t rc = EGRET_OK;

    if (is_unbounded && times == 0) {
        times = 1;
    }
    part_clear(out);
    for (uint32_t i = 0; i < times && rc == EGRET_OK; i++) {
        if (i >= EGRET_MODEL_POSITIONS) {
            return refuse(builder, particle);
        }
        rc = lay_body(builder, particle, &part);
        if (rc == EGRET_OK && is_unbounded && i == times - 1) {
            connect(builder, &part.last, &part.first);
            part.is_nullable |= particle->least == 0;
        }
        if (rc == EGRET_OK) {
            part_append(builder, out, &part);
        }
    }
    if (rc == EGRET_OK && !is_unbounded) {
        rc = lay_optional(builder, particle, particle->most - particle->least,
                          &part);
    }
    if (rc == EGRET_OK && !is_unbounded) {
        part_append(builder, out, &part);
    }
    return rc;
}

static bool
is_counted(const egret_model_builder_t *builder,
           const egret_xsd_particle_t *particle)
{
    bool is_leaf = particle->kind == EGRET_XSD_ELEMENT
                   || particle->kind == EGRET_XSD_ANY;

    if (!is_leaf || particle->most == 1
        || (particle->most == EGRET_XSD_UNBOUNDED && particle->least <= 1))
    {
        return false;
    }
    for (uint32_t i = 0; i < builder->particle_count; i++) {
        if (builder->sources[i] == particle) {
            return !builder->is_written_out[i];
        }
    }
    return true;
}

static egret_rc_t
lay(egret_model_builder_t *builder, const egret_xsd_particle_t *particle,
    part_t *out)
{
    egret_rc_t rc;

    if (particle->most == 0) {
        part_clear(out);
        return EGRET_OK;
    }
    if (!is_counted(builder, particle)) {
        return lay_copies(builder, particle, out);
    }
    rc = lay_position(builder, particle,
                      particle->least > 0 ? particle->least : 1,
                      particle->most, out);
    out->is_nullable = particle->least == 0;
    return rc;
}

/* A counter cannot tell two ways back to the same particle apart: such a
 * particle is written out. */
static bool
mark_ambiguous(egret_model_builder_t *builder)
{
    bool is_marked = false;

    for (uint32_t p = 0; p < builder->position_count; p++) {
        uint16_t particle = builder->positions[p].particle;

        if (builder->positions[p].most == 0) {
            continue;
        }
        for (uint32_t q = set_next(builder, &builder->follow[p], 0);
             q != UINT32_MAX; q = set_next(builder, &builder->follow[p], q + 1))
        {
            if (builder->positions[q].particle == particle) {
                builder->is_written_out[particle] = true;
                is_marked = true;
            }
        }
    }
    return is_marked;
}

static egret_rc_t
lay_all(egret_model_builder_t *builder, const egret_xsd_particle_t *root,
        part_t *whole)
{
    egret_rc_t rc = EGRET_OK;

    builder->particle_count = 0;
    builder->needs_attribution = false;
    for (int round = 0; round < ROUNDS && rc == EGRET_OK; round++) {
        builder->words = WORDS;
        builder->position_count = 0;
        memset(builder->places, 0, sizeof(builder->places));
        rc = lay(builder, root, whole);
        builder->words = builder->position_count / 64 + 1;
        if (builder->words > WORDS) {
            builder->words = WORDS;
        }
        if (rc == EGRET_OK && !mark_ambiguous(builder)) {
            return EGRET_OK;
        }
    }
    return rc == EGRET_OK ? refuse(builder, root) : rc;
}

/* States: sets of positions of one particle. */

static egret_rc_t
add_edge(egret_model_builder_t *builder, const egret_xsd_particle_t *root,
         uint32_t particle, uint32_t state)
{
    if (builder->edge_count == builder->edge_capacity) {
        size_t capacity = builder->edge_capacity * 2 + 256;
        egret_model_edge_t *edges = egret_arena_grow(
            builder->xsd->scratch, builder->edges,
            builder->edge_capacity * sizeof(*edges),
            capacity * sizeof(*edges));

        if (edges == NULL) {
            return egret_arena_rc(builder->xsd->scratch);
        }
        builder->edges = edges;
        builder->edge_capacity = capacity;
    }
    if (++builder->edges_of_all > EGRET_MODEL_EDGES) {
        return refuse(builder, root);
    }
    builder->edges[builder->edge_count].particle = (uint16_t) particle;
    builder->edges[builder->edge_count].state = (uint16_t) state;
    builder->edge_count++;
    return EGRET_OK;
}

static egret_rc_t
find_state(egret_model_builder_t *builder, const egret_xsd_particle_t *root,
           const set_t *set, const part_t *whole, uint32_t *out)
{
    size_t size = builder->words * sizeof(set->bits[0]);
    uint32_t first = set_next(builder, set, 0);
    bool is_alone = set_next(builder, set, first + 1) == UINT32_MAX;
    const position_t *position = &builder->positions[first];
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
        return refuse(builder, root);
    }
    if (is_alone) {
        builder->state_of[first] = *out;
    }
    builder->state_sets[*out] = *set;
    state = &builder->states[*out];
    memset(state, 0, sizeof(*state));
    state->least = position->least;
    state->most = position->most;
    for (size_t i = 0; i < builder->words; i++) {
        state->is_accepting |= (set->bits[i] & whole->last.bits[i]) != 0;
    }
    builder->state_count++;
    return EGRET_OK;
}

static egret_rc_t
fail_attribution(egret_model_builder_t *builder, uint32_t a, uint32_t b)
{
    const egret_xsd_particle_t *source = builder->sources[b];
    egret_span_t name = builder->particles[b].element != NULL
                            ? builder->particles[b].name
                            : EGRET_SPAN("xs:any");

    return egret_xsd_fail(builder->xsd, source->place, EGRET_ESYNTAX,
                          "%.*s may also be what line %u declares (Unique "
                          "Particle Attribution)",
                          EGRET_SPAN_ARGS(name),
                          builder->sources[a]->place.line);
}

static egret_rc_t
check_attribution(egret_model_builder_t *builder, uint32_t from)
{
    const egret_model_state_t *state = &builder->states[from];
    const egret_model_edge_t *edges = &builder->edges[state->edge_first];

    if (!builder->needs_attribution) {
        return EGRET_OK;
    }
    for (uint32_t i = 0; i < state->edge_count; i++) {
        for (uint32_t k = i + 1; k < state->edge_count; k++) {
            /* n times exactly, then another: the counter decides. */
            bool is_decided = edges[i].state == from && state->most > 0
                              && state->least == state->most;

            if (!is_decided
                && compete(builder, &builder->particles[edges[i].particle],
                           &builder->particles[edges[k].particle]))
            {
                return fail_attribution(builder, edges[i].particle,
                                        edges[k].particle);
            }
        }
    }
    return EGRET_OK;
}

static egret_rc_t
leave_state(egret_model_builder_t *builder, const egret_xsd_particle_t *root,
            const part_t *whole, uint32_t from, set_t *reached)
{
    egret_rc_t rc = EGRET_OK;

    builder->states[from].edge_first = (uint32_t) builder->edge_count;
    if (builder->states[from].most > 0) {
        uint32_t at = set_next(builder, &builder->state_sets[from], 0);

        rc = add_edge(builder, root, builder->positions[at].particle, from);
    }
    for (uint32_t p = set_next(builder, reached, 0);
         p != UINT32_MAX && rc == EGRET_OK;
         p = set_next(builder, reached, p + 1))
    {
        uint16_t particle = builder->positions[p].particle;
        bool has_more = builder->places[particle] > 1;
        set_t together;
        uint32_t to;

        memset(&together, 0, sizeof(together));
        set_add(&together, p);
        for (uint32_t q = p; has_more && q != UINT32_MAX;
             q = set_next(builder, reached, q + 1))
        {
            if (builder->positions[q].particle == particle) {
                set_add(&together, q);
            }
        }
        for (size_t i = 0; i < builder->words; i++) {
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
          const part_t *whole)
{
    egret_rc_t rc = EGRET_OK;

    builder->edge_count = 0;
    builder->state_count = 1;
    memset(&builder->states[0], 0, sizeof(builder->states[0]));
    builder->states[0].is_accepting = whole->is_nullable;
    for (uint32_t from = 0; from < builder->state_count && rc == EGRET_OK;
         from++)
    {
        set_t reached;

        memset(&reached, 0, sizeof(reached));
        if (from == 0) {
            reached = whole->first;
        } else {
            const set_t *set = &builder->state_sets[from];

            for (uint32_t p = set_next(builder, set, 0); p != UINT32_MAX;
                 p = set_next(builder, set, p + 1))
            {
                set_unite(builder, &reached, &builder->follow[p]);
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
    egret_arena_t *arena = builder->xsd->arena;
    egret_model_t *model = egret_arena_zeroed(arena, 1, sizeof(*model));

    if (model == NULL) {
        return egret_arena_rc(arena);
    }
    model->particle_count = (uint16_t) builder->particle_count;
    model->state_count = (uint16_t) builder->state_count;
    model->particles = keep(arena, builder->particles, builder->particle_count,
                            sizeof(builder->particles[0]));
    model->states = keep(arena, builder->states, builder->state_count,
                         sizeof(builder->states[0]));
    model->edges = keep(arena, builder->edges, builder->edge_count,
                        sizeof(builder->edges[0]));
    if (model->particles == NULL || model->states == NULL
        || model->edges == NULL)
    {
        return egret_arena_rc(arena);
    }
    *out = model;
    return EGRET_OK;
}

egret_rc_t
egret_model_build(egret_model_builder_t *builder,
                  const egret_xsd_particle_t *root, const egret_model_t **out)
{
    part_t whole;
    egret_rc_t rc;

    *out = NULL;
    if (root == NULL) {
        return EGRET_OK;
    }
    rc = lay_all(builder, root, &whole);
    if (rc == EGRET_OK) {
        rc = determine(builder, root, &whole);
    }
    return rc == EGRET_OK ? keep_model(builder, out) : rc;
}
