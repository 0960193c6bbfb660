/* SPDX-License-Identifier: Apache-2.0 */

#include "util/map.h"

#define FIRST_CAPACITY ((size_t) 8)


void
egret_map_init(egret_map_t *map, egret_arena_t *arena)
{
    *map = (egret_map_t){ .arena = arena };
}


/* The slot of the key, or the empty one where it belongs. */
static size_t
find_slot(const egret_map_t *map, egret_span_t key, uint32_t hash)
{
    size_t slot = hash & (map->slot_count - 1);

    while (map->slots[slot] != 0) {
        const egret_map_entry_t *entry = &map->entries[map->slots[slot] - 1];

        if (entry->hash == hash && egret_span_equals(entry->key, key)) {
            break;
        }

        slot = (slot + 1) & (map->slot_count - 1);
    }

    return slot;
}


static void
fill_slots(const egret_map_t *map, uint32_t *slots, size_t slot_count)
{
    for (size_t i = 0; i < map->count; i++) {
        size_t slot = map->entries[i].hash & (slot_count - 1);

        while (slots[slot] != 0) {
            slot = (slot + 1) & (slot_count - 1);
        }

        slots[slot] = (uint32_t) (i + 1);
    }
}


static egret_rc_t
make_room(egret_map_t *map)
{
    size_t capacity = map->capacity == 0 ? FIRST_CAPACITY : map->capacity * 2;
    egret_map_entry_t *entries;
    uint32_t *slots;

    if (capacity > UINT32_MAX / sizeof(*entries)) {
        return EGRET_ELIMIT;
    }

    entries = egret_arena_grow(map->arena, map->entries,
                               map->capacity * sizeof(*entries),
                               capacity * sizeof(*entries));
    if (entries == NULL) {
        return egret_arena_rc(map->arena);
    }

    slots = egret_arena_zeroed(map->arena, capacity * 2, sizeof(*slots));
    if (slots == NULL) {
        return egret_arena_rc(map->arena);
    }

    map->entries = entries;
    map->capacity = capacity;
    map->slots = slots;
    map->slot_count = capacity * 2;
    fill_slots(map, slots, map->slot_count);

    return EGRET_OK;
}


egret_rc_t
egret_map_add(egret_map_t *map, egret_span_t key, void *value)
{
    uint32_t hash = egret_span_hash(key);
    size_t slot;

    if (map->count != 0 && map->slots[find_slot(map, key, hash)] != 0) {
        return EGRET_EEXIST;
    }

    if (map->count == map->capacity) {
        egret_rc_t rc = make_room(map);

        if (rc != EGRET_OK) {
            return rc;
        }
    }

    slot = find_slot(map, key, hash);
    map->entries[map->count] = (egret_map_entry_t){ key, value, hash };
    map->count++;
    map->slots[slot] = (uint32_t) map->count;

    return EGRET_OK;
}


void *
egret_map_find(const egret_map_t *map, egret_span_t key)
{
    uint32_t index;

    if (map->count == 0) {
        return NULL;
    }

    index = map->slots[find_slot(map, key, egret_span_hash(key))];

    return index == 0 ? NULL : map->entries[index - 1].value;
}
