/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "schema/judge.h"

/* Reading a start tag that the codec has accepted: only namespace declarations
 * are looked for, since the tape does not keep prefixes in scope. */

typedef struct {
    const char *at;
    const char *end;
} tag_t;

static void
skip_name(tag_t *tag)
{
    while (tag->at < tag->end && strchr(" \t\r\n=/>", *tag->at) == NULL) {
        tag->at++;
    }
}

static void
skip_space(tag_t *tag)
{
    while (tag->at < tag->end && strchr(" \t\r\n=", *tag->at) != NULL) {
        tag->at++;
    }
}

static bool
next_attribute(tag_t *tag, egret_span_t *name, egret_span_t *value)
{
    const char *close;

    skip_space(tag);
    name->at = tag->at;
    skip_name(tag);
    name->length = (size_t) (tag->at - name->at);
    skip_space(tag);
    if (name->length == 0 || tag->at == tag->end
        || (*tag->at != '"' && *tag->at != '\''))
    {
        return false;
    }
    close = memchr(tag->at + 1, *tag->at, (size_t) (tag->end - tag->at - 1));
    if (close == NULL) {
        return false;
    }
    value->at = tag->at + 1;
    value->length = (size_t) (close - value->at);
    tag->at = close + 1;
    return true;
}

static bool
declares(egret_span_t name, egret_span_t prefix)
{
    if (prefix.length == 0) {
        return egret_span_equals_text(name, "xmlns");
    }
    return egret_span_starts_with(name, EGRET_SPAN("xmlns:"))
           && egret_span_equals(egret_span_slice(name, 6, name.length),
                                prefix);
}

/* The namespace that a prefix has at a node. False when it has none, or its
 * declaration is written in a way that only a parser reads. */
static bool
find_prefix(const egret_tape_t *tape, egret_node_t node, egret_span_t prefix,
            egret_span_t *uri)
{
    while (node != EGRET_NODE_NONE) {
        const egret_tape_node_t *at = egret_tape_at(tape, node);
        tag_t tag = { tape->bytes.at + at->tag_open,
                      tape->bytes.at + at->tag_close };
        egret_span_t name;

        if (tag.at < tag.end && *tag.at == '<') {
            tag.at++;
            skip_name(&tag);
            while (next_attribute(&tag, &name, uri)) {
                if (declares(name, prefix)) {
                    return egret_span_find(*uri, '&') == uri->length;
                }
            }
        }
        node = at->parent;
    }
    *uri = EGRET_SPAN("");
    return prefix.length == 0;
}

static const egret_type_t *
find_named_type(const egret_validator_t *judge, egret_span_t uri,
                egret_span_t name, const egret_definition_t **definition)
{
    if (egret_span_equals_text(uri, "http://www.w3.org/2001/XMLSchema")) {
        return egret_schemas_builtin(judge->schemas, name);
    }
    *definition = egret_definitions_find(judge->definitions, uri);
    return *definition == NULL
               ? NULL
               : egret_map_find(&egret_definition_schema(*definition)->types,
                                name);
}

static bool
is_derived(const egret_type_t *type, const egret_type_t *from)
{
    while (type != NULL && type != from) {
        type = egret_type_content(type)->base;
    }
    return type != NULL;
}

/* An undeclared element takes the type if there is one, and is left alone if
 * not; a declared one must be given a type that may stand for its own. */
static egret_rc_t
judge_type(egret_validator_t *judge, const egret_tape_t *tape,
           egret_node_t node, const egret_tape_attribute_t *attribute,
           const egret_type_t **type, const egret_definition_t **definition)
{
    egret_judge_words_t words = {
        .attribute = attribute->name,
        .got = attribute->value,
        .expected = EGRET_SPAN("the type that the schema declares"),
        .fix = EGRET_SPAN("remove xsi:type")
    };
    egret_span_t name = egret_span_trim(attribute->value);
    size_t colon = egret_span_find(name, ':');
    egret_span_t prefix = EGRET_SPAN("");
    const egret_definition_t *home = NULL;
    const egret_type_t *named = NULL;
    egret_span_t uri;

    if (colon < name.length) {
        prefix = egret_span_slice(name, 0, colon);
        name = egret_span_slice(name, colon + 1, name.length);
    }
    if (find_prefix(tape, node, prefix, &uri)) {
        named = find_named_type(judge, uri, name, &home);
    }
    if (named != NULL && (*type == NULL || is_derived(named, *type))) {
        *type = named;
        *definition = home != NULL ? home : *definition;
        return EGRET_OK;
    }
    if (*type == NULL) {
        return EGRET_OK;
    }
    words.message =
        named == NULL
            ? EGRET_SPAN("xsi:type names a type that is not supported here")
            : EGRET_SPAN("xsi:type names a type that may not stand here");
    return egret_judge_report(judge, tape, node, &words);
}

static bool
is_boolean(egret_span_t value)
{
    const egret_builtin_t *boolean = egret_builtin_find(EGRET_SPAN("boolean"));
    egret_value_t read;

    return egret_value_read(boolean, egret_span_trim(value), &read);
}

static egret_rc_t
judge_nil(egret_validator_t *judge, const egret_tape_t *tape,
          egret_node_t node, const egret_tape_attribute_t *attribute,
          bool is_declared)
{
    egret_judge_words_t words = {
        .attribute = attribute->name,
        .message = is_declared ? EGRET_SPAN("the element cannot be nil")
                               : EGRET_SPAN("xsi:nil is true or false"),
        .got = attribute->value,
        .expected = is_declared ? EGRET_SPAN("no xsi:nil")
                                : EGRET_SPAN("true or false"),
        .fix = EGRET_SPAN("remove xsi:nil")
    };

    return !is_declared && is_boolean(attribute->value)
               ? EGRET_OK
               : egret_judge_report(judge, tape, node, &words);
}

static egret_rc_t
judge_other(egret_validator_t *judge, const egret_tape_t *tape,
            egret_node_t node, const egret_tape_attribute_t *attribute)
{
    egret_judge_words_t words = {
        .attribute = attribute->name,
        .message = EGRET_SPAN("XML Schema has no such xsi attribute"),
        .got = attribute->name,
        .expected = EGRET_SPAN("no such attribute"),
        .fix = EGRET_SPAN("remove it")
    };

    /* They say where a schema may be found; ours are given. */
    if (egret_span_equals_text(attribute->name, "schemaLocation")
        || egret_span_equals_text(attribute->name, "noNamespaceSchemaLocation"))
    {
        return EGRET_OK;
    }
    return egret_judge_report(judge, tape, node, &words);
}

egret_rc_t
egret_judge_xsi(egret_validator_t *judge, const egret_tape_t *tape,
                egret_node_t node, const egret_type_t **type,
                const egret_definition_t **definition)
{
    const egret_tape_node_t *at = egret_tape_at(tape, node);
    bool is_declared = *type != NULL;
    egret_rc_t rc = EGRET_OK;

    for (uint32_t i = 0; i < at->attribute_count && rc == EGRET_OK; i++) {
        const egret_tape_attribute_t *attribute =
            &tape->attributes[at->attribute_first + i];

        if (attribute->namespace_index == 0
            || !egret_judge_space(judge, tape, attribute->namespace_index)
                    ->is_xsi)
        {
            continue;
        }
        if (egret_span_equals_text(attribute->name, "type")) {
            rc = judge_type(judge, tape, node, attribute, type, definition);
        } else if (egret_span_equals_text(attribute->name, "nil")) {
            rc = judge_nil(judge, tape, node, attribute, is_declared);
        } else {
            rc = judge_other(judge, tape, node, attribute);
        }
    }
    return rc;
}
