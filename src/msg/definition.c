/* SPDX-License-Identifier: Apache-2.0 */

#include "msg/definition.h"

const egret_definition_t *
egret_definitions_find(const egret_definitions_t *definitions,
                       egret_span_t namespace_uri)
{
    return egret_map_find(&definitions->by_namespace, namespace_uri);
}


const egret_definition_t *
egret_definitions_find_id(const egret_definitions_t *definitions,
                          egret_span_t id)
{
    const egret_map_t *map = &definitions->by_namespace;

    for (size_t i = 0; i < map->count; i++) {
        const egret_definition_t *definition = map->entries[i].value;

        if (egret_span_equals(definition->id, id)) {
            return definition;
        }
    }
    return NULL;
}


static const egret_element_t *
find_element(const egret_element_t *const *elements, size_t count,
             egret_span_t name)
{
    for (size_t i = 0; i < count; i++) {
        if (egret_span_equals(elements[i]->name, name)) {
            return elements[i];
        }
    }
    return NULL;
}


const egret_element_t *
egret_definition_root(const egret_definition_t *definition, egret_span_t name)
{
    return find_element(definition->roots, definition->root_count, name);
}


const egret_element_t *
egret_type_child(const egret_type_t *type, egret_span_t name)
{
    return find_element(type->children, type->child_count, name);
}


const egret_attribute_t *
egret_type_attribute(const egret_type_t *type, egret_span_t namespace_uri,
                     egret_span_t name)
{
    for (size_t i = 0; i < type->attribute_count; i++) {
        const egret_attribute_t *attribute = &type->attributes[i];

        if (egret_span_equals(attribute->name, name)
            && egret_span_equals(attribute->namespace_uri, namespace_uri)) {
            return attribute;
        }
    }
    return NULL;
}
