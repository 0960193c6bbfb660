/* SPDX-License-Identifier: Apache-2.0 */
/* map: from a span to a pointer; open addressing in an arena.
 *
 * Keys are not copied: they must live as long as the map. Iteration follows
 * the order of insertion. Read-only use from several threads is safe.
 *
 * The hash can be foreseen: a sender who chooses the keys can make them
 * collide, and n such keys take n * n / 2 steps. Bound the number of keys that
 * come from one message. */
#ifndef EGRET_UTIL_MAP_H
#define EGRET_UTIL_MAP_H

#include "util/arena.h"

typedef struct {
    egret_span_t key;
    void *value;
    uint32_t hash;
} egret_map_entry_t;

typedef struct {
    egret_arena_t *arena;
    egret_map_entry_t *entries; /* in order of insertion */
    uint32_t *slots;            /* index into entries + 1, 0 empty */
    size_t count;
    size_t capacity; /* of entries; slots are a power of two */
    size_t slot_count;
} egret_map_t;

void egret_map_init(egret_map_t *map, egret_arena_t *arena);
/* EGRET_EEXIST (nothing changed) when the key is there; EGRET_ENOMEM,
 * EGRET_ELIMIT. */
egret_rc_t egret_map_add(egret_map_t *map, egret_span_t key, void *value)
    EGRET_MUST_USE;
/* The value, or NULL. */
void *egret_map_find(const egret_map_t *map, egret_span_t key);

#endif
