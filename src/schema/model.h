/* SPDX-License-Identifier: Apache-2.0 */
/* model: the content of a complex type as a deterministic automaton.
 *
 * A state says which particle was matched last; its edges say what may come
 * next. XML Schema demands that a name decides the particle (Unique Particle
 * Attribution), so there is never a choice to take back. An element that may
 * stand n to m times is one state with a counter, not m states; a group that
 * may is written out, within a bound.
 *
 * Source of the rules: XML Schema 1.0 Part 1, 3.8 and 3.9. */
#ifndef EGRET_SCHEMA_MODEL_H
#define EGRET_SCHEMA_MODEL_H

#include "schema/xsd.h"

#define EGRET_MODEL_POSITIONS 2048 /* in one model, groups written out */
#define EGRET_MODEL_EDGES 1000000  /* of all models of one namespace */

/* An element or (element NULL) a wildcard. */
typedef struct {
    egret_span_t name;
    const egret_element_t *element;
    const egret_wildcard_t *wildcard;
} egret_model_particle_t;

typedef struct {
    uint32_t key; /* of the particle's name; a wildcard has 0 */
    uint16_t particle;
    uint16_t state;
} egret_model_edge_t;

/* A counted state is entered with count 1 and has an edge to itself. It is
 * left, and its end accepted, from `least` on. */
typedef struct {
    uint32_t edge_first;
    uint16_t edge_count;
    bool is_accepting;
    uint32_t least;
    uint32_t most; /* 0: not counted */
} egret_model_state_t;

typedef struct {
    const egret_model_particle_t *particles;
    const egret_model_state_t *states; /* 0 is the start */
    const egret_model_edge_t *edges;
    uint16_t particle_count;
    uint16_t state_count;
} egret_model_t;

typedef struct {
    uint32_t count;
    uint16_t state;
} egret_model_cursor_t;

/* What stands in a message: an element in the model's own namespace, or not. */
typedef struct {
    egret_span_t name;
    uint32_t key; /* of the name */
    egret_span_t namespace_uri;
    bool is_home;
} egret_model_symbol_t;

/* Names with different keys differ: the length and three of the bytes. */
static inline uint32_t
egret_model_key(egret_span_t name)
{
    const unsigned char *at = (const unsigned char *) name.at;

    return name.length == 0
               ? 0
               : (uint32_t) name.length << 24
                     | (uint32_t) at[name.length - 1] << 16
                     | (uint32_t) at[name.length / 2] << 8 | at[0];
}

/* Room that building reuses. NULL when the arena refuses. */
typedef struct egret_model_builder egret_model_builder_t;
egret_model_builder_t *egret_model_builder_create(egret_xsd_t *xsd);
/* `root` may be NULL (empty content: `*out` is NULL). Its element particles
 * are compiled. EGRET_ESYNTAX (Unique Particle Attribution broken),
 * EGRET_EUNSUPPORTED (too large): the fault is set. EGRET_ENOMEM,
 * EGRET_ELIMIT. */
egret_rc_t egret_model_build(egret_model_builder_t *builder,
                             const egret_xsd_particle_t *root,
                             const egret_model_t **out) EGRET_MUST_USE;

bool egret_wildcard_admits(const egret_wildcard_t *wildcard,
                           egret_span_t namespace_uri);
bool egret_model_particle_admits(const egret_model_particle_t *particle,
                                 const egret_model_symbol_t *symbol);

/* Whether the edge may be taken from the cursor, as the counter stands; moves
 * the cursor if so. */
bool egret_model_take(const egret_model_t *model, egret_model_cursor_t *cursor,
                      const egret_model_edge_t *edge);
/* Takes the edge that admits the symbol; NULL (cursor unchanged) if none. */
const egret_model_particle_t *
egret_model_step(const egret_model_t *model, egret_model_cursor_t *cursor,
                 const egret_model_symbol_t *symbol);
/* Whether the content may end here. */
bool egret_model_may_end(const egret_model_t *model,
                         const egret_model_cursor_t *cursor);

#endif
