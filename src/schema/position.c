/* SPDX-License-Identifier: Apache-2.0 */
#include "schema/position.h"

#include <string.h>

#define ROUNDS 4

void
egret_position_set_add(egret_position_set_t *set, uint32_t member)
{
    set->bits[member / 64] |= UINT64_C(1) << member % 64;
}

void
egret_position_set_unite(const egret_positions_t *positions,
                         egret_position_set_t *set,
                         const egret_position_set_t *other)
{
    for (size_t i = 0; i < positions->words; i++) {
        set->bits[i] |= other->bits[i];
    }
}

uint32_t
egret_position_set_next(const egret_positions_t *positions,
                        const egret_position_set_t *set, uint32_t from)
{
    size_t word = from / 64;
    uint64_t bits;

    if (word >= positions->words) {
        return UINT32_MAX;
    }
    bits = set->bits[word] & (UINT64_MAX << from % 64);
    while (bits == 0) {
        if (++word >= positions->words) {
            return UINT32_MAX;
        }
        bits = set->bits[word];
    }
    return (uint32_t) (word * 64 + (size_t) __builtin_ctzll(bits));
}

static egret_rc_t lay(egret_positions_t *positions,
                      const egret_xsd_particle_t *particle,
                      egret_position_part_t *out);

egret_rc_t
egret_positions_refuse(egret_positions_t *positions,
                       const egret_xsd_particle_t *particle)
{
    return egret_xsd_fail(positions->xsd, particle->place, EGRET_EUNSUPPORTED,
                          "the content is too large (%d places)",
                          EGRET_MODEL_POSITIONS);
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

bool
egret_positions_compete(const egret_positions_t *positions,
                        const egret_model_particle_t *a,
                        const egret_model_particle_t *b)
{
    if (a->element != NULL && b->element != NULL) {
        return a->element == b->element;
    }
    if (a->element == NULL && b->element == NULL) {
        return overlaps(a->wildcard, b->wildcard);
    }
    return egret_wildcard_admits(a->element == NULL ? a->wildcard : b->wildcard,
                                 positions->xsd->target);
}

static egret_rc_t
find_particle(egret_positions_t *positions, const egret_xsd_particle_t *source,
              uint32_t *out)
{
    egret_model_particle_t *added;

    for (*out = 0; *out < positions->particle_count; (*out)++) {
        if (positions->sources[*out] == source) {
            return EGRET_OK;
        }
    }
    if (positions->particle_count == EGRET_MODEL_POSITIONS) {
        return egret_positions_refuse(positions, source);
    }
    added = &positions->particles[*out];
    memset(added, 0, sizeof(*added));
    added->wildcard = source->wildcard;
    if (source->element != NULL) {
        added->element = source->element->compiled;
        added->name = added->element->name;
    }
    positions->sources[*out] = source;
    positions->is_written_out[*out] = false;
    for (uint32_t i = 0; i < positions->particle_count; i++) {
        positions->needs_attribution |=
            egret_positions_compete(positions, &positions->particles[i], added);
    }
    positions->particle_count++;
    return EGRET_OK;
}

/* Parts. */

static void
part_clear(egret_position_part_t *part)
{
    memset(part, 0, sizeof(*part));
    part->is_nullable = true;
}

static void
connect(egret_positions_t *positions, const egret_position_set_t *last,
        const egret_position_set_t *first)
{
    for (uint32_t p = egret_position_set_next(positions, last, 0);
         p != UINT32_MAX; p = egret_position_set_next(positions, last, p + 1)) {
        egret_position_set_unite(positions, &positions->follow[p], first);
    }
}

/* a, then b. */
static void
part_append(egret_positions_t *positions, egret_position_part_t *a,
            const egret_position_part_t *b)
{
    connect(positions, &a->last, &b->first);
    if (a->is_nullable) {
        egret_position_set_unite(positions, &a->first, &b->first);
    }
    if (b->is_nullable) {
        egret_position_set_unite(positions, &a->last, &b->last);
    } else {
        a->last = b->last;
    }
    a->is_nullable = a->is_nullable && b->is_nullable;
}

static egret_rc_t
lay_position(egret_positions_t *positions, const egret_xsd_particle_t *particle,
             uint32_t least, uint32_t most, egret_position_part_t *out)
{
    uint32_t index = positions->count;
    uint32_t source;
    egret_rc_t rc = find_particle(positions, particle, &source);

    if (rc != EGRET_OK) {
        return rc;
    }
    if (index == EGRET_MODEL_POSITIONS ||
        ++positions->count_of_all > EGRET_POSITIONS_OF_ALL) {
        return egret_positions_refuse(positions, particle);
    }
    positions->items[index].particle = (uint16_t) source;
    positions->items[index].least = least;
    positions->items[index].most = most;
    memset(&positions->follow[index], 0, sizeof(positions->follow[index]));
    positions->count++;
    positions->places[source]++;
    part_clear(out);
    out->is_nullable = false;
    egret_position_set_add(&out->first, index);
    egret_position_set_add(&out->last, index);
    return EGRET_OK;
}

static egret_rc_t
lay_body(egret_positions_t *positions, const egret_xsd_particle_t *particle,
         egret_position_part_t *out)
{
    const egret_xsd_particle_t *child = particle->first;
    bool is_choice = particle->kind == EGRET_XSD_CHOICE;
    egret_position_part_t part;
    egret_rc_t rc = EGRET_OK;

    if (++positions->steps_of_all > EGRET_POSITION_STEPS_OF_ALL) {
        return egret_positions_refuse(positions, particle);
    }
    if (particle->kind == EGRET_XSD_ELEMENT ||
        particle->kind == EGRET_XSD_ANY) {
        return lay_position(positions, particle, 1, 0, out);
    }
    part_clear(out);
    if (is_choice) {
        if (child == NULL) {
            return egret_xsd_fail(positions->xsd, particle->place,
                                  EGRET_EUNSUPPORTED,
                                  "an empty choice is not supported");
        }
        out->is_nullable = false;
    }
    for (; child != NULL && rc == EGRET_OK; child = child->next) {
        rc = lay(positions, child, &part);
        if (rc == EGRET_OK && is_choice && child->most > 0) {
            out->is_nullable |= part.is_nullable;
            egret_position_set_unite(positions, &out->first, &part.first);
            egret_position_set_unite(positions, &out->last, &part.last);
        } else if (rc == EGRET_OK && !is_choice) {
            part_append(positions, out, &part);
        }
    }
    return rc;
}

/* (b(b(b)?)?)? rather than b?b?b?: after each copy only one may follow. */
static egret_rc_t
lay_optional(egret_positions_t *positions, const egret_xsd_particle_t *particle,
             uint32_t times, egret_position_part_t *out)
{
    egret_position_part_t part;
    egret_rc_t rc = EGRET_OK;

    part_clear(out);
    for (uint32_t i = 0; i < times && rc == EGRET_OK; i++) {
        if (i >= EGRET_MODEL_POSITIONS) {
            return egret_positions_refuse(positions, particle);
        }
        rc = lay_body(positions, particle, &part);
        if (rc == EGRET_OK) {
            part_append(positions, &part, out);
            *out = part;
            out->is_nullable = true;
        }
    }
    return rc;
}

static egret_rc_t
lay_copies(egret_positions_t *positions, const egret_xsd_particle_t *particle,
           egret_position_part_t *out)
{
    bool is_unbounded = particle->most == EGRET_XSD_UNBOUNDED;
    uint32_t times = particle->least;
    egret_position_part_t part;
    egret_rc_t rc = EGRET_OK;

    if (is_unbounded && times == 0) {
        times = 1;
    }
    part_clear(out);
    for (uint32_t i = 0; i < times && rc == EGRET_OK; i++) {
        if (i >= EGRET_MODEL_POSITIONS) {
            return egret_positions_refuse(positions, particle);
        }
        rc = lay_body(positions, particle, &part);
        if (rc == EGRET_OK && is_unbounded && i == times - 1) {
            connect(positions, &part.last, &part.first);
            part.is_nullable |= particle->least == 0;
        }
        if (rc == EGRET_OK) {
            part_append(positions, out, &part);
        }
    }
    if (rc == EGRET_OK && !is_unbounded) {
        rc = lay_optional(positions, particle, particle->most - particle->least,
                          &part);
    }
    if (rc == EGRET_OK && !is_unbounded) {
        part_append(positions, out, &part);
    }
    return rc;
}

static bool
is_counted(const egret_positions_t *positions,
           const egret_xsd_particle_t *particle)
{
    bool is_leaf =
        particle->kind == EGRET_XSD_ELEMENT || particle->kind == EGRET_XSD_ANY;

    if (!is_leaf || particle->most == 1 ||
        (particle->most == EGRET_XSD_UNBOUNDED && particle->least <= 1)) {
        return false;
    }
    for (uint32_t i = 0; i < positions->particle_count; i++) {
        if (positions->sources[i] == particle) {
            return !positions->is_written_out[i];
        }
    }
    return true;
}

static egret_rc_t
lay(egret_positions_t *positions, const egret_xsd_particle_t *particle,
    egret_position_part_t *out)
{
    egret_rc_t rc;

    if (particle->most == 0) {
        part_clear(out);
        return EGRET_OK;
    }
    if (!is_counted(positions, particle)) {
        return lay_copies(positions, particle, out);
    }
    rc = lay_position(positions, particle,
                      particle->least > 0 ? particle->least : 1, particle->most,
                      out);
    out->is_nullable = particle->least == 0;
    return rc;
}

/* A counter cannot tell two ways back to the same particle apart: such a
 * particle is written out. */
static bool
mark_ambiguous(egret_positions_t *positions)
{
    bool is_marked = false;

    for (uint32_t p = 0; p < positions->count; p++) {
        uint16_t particle = positions->items[p].particle;

        if (positions->items[p].most == 0) {
            continue;
        }
        for (uint32_t q =
                 egret_position_set_next(positions, &positions->follow[p], 0);
             q != UINT32_MAX; q = egret_position_set_next(
                                  positions, &positions->follow[p], q + 1)) {
            if (positions->items[q].particle == particle) {
                positions->is_written_out[particle] = true;
                is_marked = true;
            }
        }
    }
    return is_marked;
}

egret_rc_t
egret_positions_lay(egret_positions_t *positions,
                    const egret_xsd_particle_t *root,
                    egret_position_part_t *whole)
{
    egret_rc_t rc = EGRET_OK;

    positions->particle_count = 0;
    positions->needs_attribution = false;
    for (int round = 0; round < ROUNDS && rc == EGRET_OK; round++) {
        positions->words = EGRET_POSITION_WORDS;
        positions->count = 0;
        memset(positions->places, 0, sizeof(positions->places));
        rc = lay(positions, root, whole);
        positions->words = positions->count / 64 + 1;
        if (positions->words > EGRET_POSITION_WORDS) {
            positions->words = EGRET_POSITION_WORDS;
        }
        if (rc == EGRET_OK && !mark_ambiguous(positions)) {
            return EGRET_OK;
        }
    }
    return rc == EGRET_OK ? egret_positions_refuse(positions, root) : rc;
}
