/* SPDX-License-Identifier: Apache-2.0 */
#include "checks/role.h"

#include "checks/rules.h"

static const struct {
    const char *name;
    uint8_t role;
} names[] = {
    { "BICFI", EGRET_ROLE_BIC },    { "AnyBIC", EGRET_ROLE_BIC },
    { "BIC", EGRET_ROLE_BIC },      { "LEI", EGRET_ROLE_LEI },
    { "Ccy", EGRET_ROLE_CURRENCY },
};

/* Set on each declaration that was seen, since types may contain each other. */
#define ROLE_SEEN 0x80

static uint8_t
role_of(const egret_element_t *element)
{
    uint8_t role = ROLE_SEEN;

    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        if (egret_span_equals_text(element->name, names[i].name)) {
            role |= names[i].role;
        }
    }

    if (egret_type_attribute(element->type, EGRET_SPAN(""), EGRET_SPAN("Ccy"))
        != NULL)
    {
        role |= EGRET_ROLE_AMOUNT;
    }

    if (element->type->kind == EGRET_VALUE_DATETIME
        && !element->type->is_narrowed)
    {
        role |= EGRET_ROLE_DATE_TIME;
    }

    return role;
}

/* Every declaration is put on the list once, so the list is long enough. */
static void
spread(const egret_definition_t *definition, const egret_element_t **list,
       uint8_t *of)
{
    size_t count = 0;

    for (size_t i = 0; i < definition->root_count; i++) {
        list[count++] = definition->roots[i];
        of[definition->roots[i]->index] = role_of(definition->roots[i]);
    }

    for (size_t i = 0; i < count; i++) {
        const egret_type_t *type = list[i]->type;

        for (size_t k = 0; k < type->child_count; k++) {
            const egret_element_t *child = type->children[k];

            if (child->definition == definition && of[child->index] == 0) {
                of[child->index] = role_of(child);
                list[count++] = child;
            }
        }
    }
}

egret_rc_t
egret_roles_create(const egret_definitions_t *definitions,
                   egret_arena_t *arena, egret_roles_t *out)
{
    const egret_map_t *map = &definitions->by_namespace;

    out->count = 0;
    out->tables = egret_arena_zeroed(arena, map->count + 1,
                                     sizeof(*out->tables));
    if (out->tables == NULL) {
        return egret_arena_rc(arena);
    }

    for (size_t i = 0; i < map->count; i++) {
        const egret_definition_t *definition = map->entries[i].value;
        size_t elements = definition->element_count + 1;
        const egret_element_t **list;
        uint8_t *of;

        of = egret_arena_zeroed(arena, elements, 1);
        list = egret_arena_zeroed(arena, elements, sizeof(*list));
        if (of == NULL || list == NULL) {
            return egret_arena_rc(arena);
        }

        spread(definition, list, of);
        out->tables[out->count].definition = definition;
        out->tables[out->count].of = of;
        out->count++;
    }

    return EGRET_OK;
}

const uint8_t *
egret_roles_find(const egret_roles_t *roles,
                 const egret_definition_t *definition)
{
    for (size_t i = 0; i < roles->count; i++) {
        if (roles->tables[i].definition == definition) {
            return roles->tables[i].of;
        }
    }

    return NULL;
}
