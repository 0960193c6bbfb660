/* SPDX-License-Identifier: Apache-2.0 */
#include "codec/xml_namespaces.h"

void
egret_xml_namespaces_init(egret_xml_namespaces_t *namespaces,
                          egret_tape_t *tape, uint32_t maximum)
{
    *namespaces = (egret_xml_namespaces_t){ .tape = tape };
    namespaces->maximum = maximum;
}

static egret_rc_t
reserve(egret_xml_namespaces_t *namespaces)
{
    size_t old = namespaces->capacity * sizeof(*namespaces->items);
    size_t new = old > 0 ? 2 * old : 8 * sizeof(*namespaces->items);
    void *grown;

    if (namespaces->count < namespaces->capacity) {
        return EGRET_OK;
    }
    grown = egret_arena_grow(namespaces->tape->arena, namespaces->items, old,
                             new);
    if (grown == NULL) {
        return egret_arena_rc(namespaces->tape->arena);
    }
    namespaces->items = grown;
    namespaces->capacity = (uint32_t) (new / sizeof(*namespaces->items));

    return EGRET_OK;
}

static egret_rc_t
add(egret_xml_namespaces_t *namespaces, const char *interned, uint16_t *index)
{
    egret_span_t name;
    egret_rc_t rc;

    if (namespaces->count >= namespaces->maximum) {
        return EGRET_ERANGE;
    }
    rc = reserve(namespaces);
    if (rc != EGRET_OK) {
        return rc;
    }
    name = egret_arena_copy(namespaces->tape->arena,
                            egret_span_from(interned));
    if (name.at == NULL) {
        return egret_arena_rc(namespaces->tape->arena);
    }
    rc = egret_tape_namespace(namespaces->tape, name, index);
    if (rc != EGRET_OK) {
        return rc;
    }
    namespaces->last = namespaces->count++;
    namespaces->items[namespaces->last].interned = interned;
    namespaces->items[namespaces->last].index = *index;

    return EGRET_OK;
}

egret_rc_t
egret_xml_namespaces_find(egret_xml_namespaces_t *namespaces,
                          const char *interned, uint16_t *index)
{
    const egret_xml_namespace_t *items = namespaces->items;

    *index = 0;
    if (interned == NULL) {
        return EGRET_OK;
    }
    if (namespaces->count > 0
        && items[namespaces->last].interned == interned) {
        *index = items[namespaces->last].index;
        return EGRET_OK;
    }
    for (uint32_t i = 0; i < namespaces->count; i++) {
        if (items[i].interned == interned) {
            namespaces->last = i;
            *index = items[i].index;
            return EGRET_OK;
        }
    }

    return add(namespaces, interned, index);
}
