/* SPDX-License-Identifier: Apache-2.0 */
/* position: the places in the content of a complex type, and which may come
 * after which (Glushkov's construction), groups written out.
 *
 * The first half of building a model; model_builder.c makes states of it. */
#ifndef EGRET_SCHEMA_POSITION_H
#define EGRET_SCHEMA_POSITION_H

#include "schema/model.h"

#define EGRET_POSITION_WORDS (EGRET_MODEL_POSITIONS / 64)
#define EGRET_POSITIONS_OF_ALL 200000
#define EGRET_POSITION_STEPS_OF_ALL 1000000

typedef struct {
    uint64_t bits[EGRET_POSITION_WORDS];
} egret_position_set_t;

typedef struct {
    uint16_t particle;
    uint32_t least;
    uint32_t most; /* 0: not counted */
} egret_position_t;

/* What is known of a part of the content. */
typedef struct {
    bool is_nullable;
    egret_position_set_t first;
    egret_position_set_t last;
} egret_position_part_t;

/* Of one model, reused for the next. */
typedef struct {
    egret_xsd_t *xsd;
    size_t words; /* that the positions so far need */

    egret_model_particle_t particles[EGRET_MODEL_POSITIONS];
    const egret_xsd_particle_t *sources[EGRET_MODEL_POSITIONS];
    bool is_written_out[EGRET_MODEL_POSITIONS]; /* by particle: no counter */
    uint32_t particle_count;
    bool needs_attribution; /* two particles might admit one element */

    egret_position_t items[EGRET_MODEL_POSITIONS];
    egret_position_set_t follow[EGRET_MODEL_POSITIONS];
    uint32_t count;
    uint32_t places[EGRET_MODEL_POSITIONS]; /* positions of a particle */

    size_t count_of_all; /* models of this namespace */
    size_t steps_of_all; /* parts laid, empty ones too */
} egret_positions_t;

/* Fills the positions from a content that is not empty. EGRET_EUNSUPPORTED
 * (over 2,048 places in one model, over 200,000 or a million parts in one
 * namespace) with the fault set. */
egret_rc_t egret_positions_lay(egret_positions_t *positions,
                               const egret_xsd_particle_t *root,
                               egret_position_part_t *whole) EGRET_MUST_USE;
/* Whether both might admit one element. */
bool egret_positions_compete(const egret_positions_t *positions,
                             const egret_model_particle_t *a,
                             const egret_model_particle_t *b);
/* EGRET_EUNSUPPORTED, "too large", at the particle. */
egret_rc_t egret_positions_refuse(egret_positions_t *positions,
                                  const egret_xsd_particle_t *particle)
    EGRET_MUST_USE;

void egret_position_set_add(egret_position_set_t *set, uint32_t member);
void egret_position_set_unite(const egret_positions_t *positions,
                              egret_position_set_t *set,
                              const egret_position_set_t *other);
/* The first member from `from` on, or UINT32_MAX. */
uint32_t egret_position_set_next(const egret_positions_t *positions,
                                 const egret_position_set_t *set,
                                 uint32_t from);

#endif
