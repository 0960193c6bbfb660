/* SPDX-License-Identifier: Apache-2.0 */
#include "oracle.h"

#include <libxml/parser.h>
#include <libxml/xmlschemas.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "codec/xml.h"

#define SCHEMAS_MOST 64

struct egret_oracle {
    egret_arena_t *arena;
    egret_schemas_t *schemas;
    char folder[512];
    char ids[SCHEMAS_MOST][64];
    xmlSchema *compiled[SCHEMAS_MOST];
    size_t count;
};

egret_oracle_t *
egret_oracle_create(const char *folder)
{
    egret_oracle_t *oracle = calloc(1, sizeof(*oracle));
    egret_schema_fault_t fault;
    egret_rc_t rc;

    assert_non_null(oracle);
    oracle->arena = egret_arena_create(egret_allocator_default(), 0);
    oracle->schemas = egret_schemas_create(oracle->arena);
    (void) snprintf(oracle->folder, sizeof(oracle->folder), "%s", folder);
    rc = egret_schemas_load_folder(oracle->schemas, folder, NULL, 0, &fault);
    if (rc != EGRET_OK) {
        fail_msg("%.*s", EGRET_SPAN_ARGS(fault.text));
    }
    return oracle;
}

void
egret_oracle_destroy(egret_oracle_t *oracle)
{
    for (size_t i = 0; i < oracle->count; i++) {
        xmlSchemaFree(oracle->compiled[i]);
    }
    egret_arena_destroy(oracle->arena);
    free(oracle);
}

const egret_schemas_t *
egret_oracle_schemas(const egret_oracle_t *oracle)
{
    return oracle->schemas;
}

static void
keep_quiet(void *context, xmlError *error)
{
    (void) context;
    (void) error;
}

static xmlSchema *
find_schema(egret_oracle_t *oracle, const char *id)
{
    char path[1024];
    xmlSchemaParserCtxt *parser;

    for (size_t i = 0; i < oracle->count; i++) {
        if (strcmp(oracle->ids[i], id) == 0) {
            return oracle->compiled[i];
        }
    }
    assert_true(oracle->count < SCHEMAS_MOST);
    (void) snprintf(path, sizeof(path), "%s/%s.xsd", oracle->folder, id);
    parser = xmlSchemaNewParserCtxt(path);
    assert_non_null(parser);
    xmlSchemaSetParserStructuredErrors(parser, keep_quiet, NULL);
    oracle->compiled[oracle->count] = xmlSchemaParse(parser);
    xmlSchemaFreeParserCtxt(parser);
    assert_non_null(oracle->compiled[oracle->count]);
    (void) snprintf(oracle->ids[oracle->count], sizeof(oracle->ids[0]), "%s",
                    id);
    return oracle->compiled[oracle->count++];
}

static const xmlNode *
find_part(const xmlNode *node, const char *name, int depth)
{
    for (; node != NULL && depth <= 6; node = node->next) {
        const xmlNode *found = NULL;

        if (node->type != XML_ELEMENT_NODE) {
            continue;
        }
        if (strcmp((const char *) node->name, name) == 0 && node->ns != NULL &&
            strncmp((const char *) node->ns->href, EGRET_ISO_NAMESPACE,
                    strlen(EGRET_ISO_NAMESPACE)) == 0) {
            return node;
        }
        if (strcmp((const char *) node->name, "Document") != 0 &&
            strcmp((const char *) node->name, "AppHdr") != 0) {
            found = find_part(node->children, name, depth + 1);
        }
        if (found != NULL) {
            return found;
        }
    }
    return NULL;
}

static void
note_error(void *context, xmlError *error)
{
    egret_oracle_part_t *part = context;
    const xmlNode *node = error->node;

    if (part->fault != NULL) {
        return;
    }
    part->fault =
        node != NULL && node->type == XML_ATTRIBUTE_NODE ? node->parent : node;
    (void) snprintf(part->error, sizeof(part->error), "%s", error->message);
}

static void
judge_part(egret_oracle_t *oracle, const char *name,
           egret_oracle_verdict_t *verdict, egret_oracle_part_t *part)
{
    const egret_definition_t *definition;
    xmlSchemaValidCtxt *validator;
    char id[64];

    part->is_valid = true;
    if (verdict->document == NULL) {
        return;
    }
    part->node = find_part(xmlDocGetRootElement(verdict->document), name, 1);
    if (part->node == NULL) {
        return;
    }
    definition = egret_definitions_find(
        egret_schemas_definitions(oracle->schemas),
        egret_span_from((const char *) part->node->ns->href));
    if (definition == NULL) {
        part->node = NULL;
        return;
    }
    (void) snprintf(id, sizeof(id), "%.*s", EGRET_SPAN_ARGS(definition->id));
    validator = xmlSchemaNewValidCtxt(find_schema(oracle, id));
    assert_non_null(validator);
    xmlSchemaSetValidStructuredErrors(validator, note_error, part);
    part->is_valid = xmlSchemaValidateOneElement(
                         validator, (xmlNode *) (uintptr_t) part->node) == 0;
    xmlSchemaFreeValidCtxt(validator);
}

static void
judge_ours(egret_oracle_t *oracle, egret_span_t bytes,
           egret_oracle_verdict_t *verdict)
{
    static const char *const starts[] = { "/AppHdr", "/Document" };
    egret_validator_t *validator;
    egret_sink_t sink;

    verdict->arena = egret_arena_create(egret_allocator_default(), 0);
    egret_findings_init(&verdict->findings, verdict->arena);
    egret_tape_init(&verdict->tape, verdict->arena, bytes);
    validator = egret_validator_create(oracle->schemas, NULL, verdict->arena,
                                       &verdict->findings);
    assert_non_null(validator);
    sink = egret_validator_sink(validator);
    egret_assert_ok(egret_xml_read(&verdict->tape, &egret_xml_limits_default,
                                   &sink, &verdict->findings));
    assert_true(verdict->document != NULL || verdict->findings.count > 0);
    for (int part = 0; part < 2; part++) {
        if (verdict->parts[part].node == NULL) {
            continue;
        }
        for (size_t i = 0; i < verdict->findings.count; i++) {
            verdict->of_part[part] +=
                egret_span_starts_with(verdict->findings.items[i].xpath,
                                       egret_span_from(starts[part]));
        }
    }
}

void
egret_oracle_judge(egret_oracle_t *oracle, egret_span_t bytes,
                   egret_oracle_verdict_t *verdict)
{
    memset(verdict, 0, sizeof(*verdict));
    verdict->document = xmlReadMemory(bytes.at, (int) bytes.length, NULL, NULL,
                                      XML_PARSE_NOERROR | XML_PARSE_NOWARNING |
                                          XML_PARSE_NONET);
    judge_part(oracle, "AppHdr", verdict, &verdict->parts[0]);
    judge_part(oracle, "Document", verdict, &verdict->parts[1]);
    verdict->is_valid =
        verdict->parts[0].is_valid && verdict->parts[1].is_valid;
    judge_ours(oracle, bytes, verdict);
}

void
egret_oracle_verdict_end(egret_oracle_verdict_t *verdict)
{
    xmlFreeDoc(verdict->document);
    egret_arena_destroy(verdict->arena);
}

static const xmlNode *
find_child(const xmlNode *parent, egret_span_t name, unsigned long position)
{
    for (const xmlNode *at = parent->children; at != NULL; at = at->next) {
        if (at->type == XML_ELEMENT_NODE &&
            egret_span_equals_text(name, (const char *) at->name) &&
            --position == 0) {
            return at;
        }
    }
    return NULL;
}

const xmlNode *
egret_oracle_find(const egret_oracle_verdict_t *verdict, egret_span_t xpath)
{
    const xmlNode *node = NULL;
    size_t at = 0;

    while (at < xpath.length) {
        egret_span_t rest = egret_span_slice(xpath, at + 1, xpath.length);
        egret_span_t step =
            egret_span_slice(rest, 0, egret_span_find(rest, '/'));
        size_t bracket = egret_span_find(step, '[');
        unsigned long position = 1;

        at += 1 + step.length;
        if (step.length > 0 && step.at[0] == '@') {
            break;
        }
        if (bracket < step.length) {
            position = strtoul(step.at + bracket + 1, NULL, 10);
        }
        step = egret_span_slice(step, 0, bracket);
        if (node == NULL) {
            node = egret_span_equals_text(step, "AppHdr")
                       ? verdict->parts[0].node
                       : verdict->parts[1].node;
        } else {
            node = find_child(node, step, position);
        }
        if (node == NULL) {
            break;
        }
    }
    return node;
}
