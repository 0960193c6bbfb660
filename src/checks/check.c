/* SPDX-License-Identifier: Apache-2.0 */
#include "checks/check.h"

#include "checks/party_id.h"
#include "checks/role.h"
#include "checks/rules.h"
#include "msg/report.h"

#define MARKS_AT_FIRST 64

struct egret_checks {
    egret_flows_t flows;
    egret_roles_t roles;
};

static const egret_rule_t *const tables[] = {
    egret_rules_route,  egret_rules_header, egret_rules_date_time,
    egret_rules_party,
    egret_rules_amount, egret_rules_totals, egret_rules_block,
    egret_rules_green,  egret_rules_allocation, egret_rules_label,
    egret_rules_nature, egret_rules_review,     egret_rules_impact,
    egret_rules_credit, egret_rules_standard,   egret_rules_evidence,
    egret_rules_reviewer, egret_rules_figure,   egret_rules_mapped,
};

egret_rc_t
egret_checks_create(const egret_config_t *config, egret_arena_t *arena,
                    egret_checks_t **out)
{
    egret_checks_t *checks = egret_arena_zeroed(arena, 1, sizeof(*checks));
    egret_rc_t rc;

    if (checks == NULL) {
        return egret_arena_rc(arena);
    }

    *out = checks;

    rc = egret_roles_create(config->definitions, arena, &checks->roles);
    if (rc != EGRET_OK) {
        return rc;
    }

    return egret_flows_create(config->definitions, arena, &checks->flows);
}

const egret_flows_t *
egret_checks_flows(const egret_checks_t *checks)
{
    return &checks->flows;
}

egret_node_t
egret_rules_node(const egret_check_t *check, egret_node_t node,
                 const char *path)
{
    egret_span_t rest = egret_span_from(path);

    while (rest.length > 0 && node != EGRET_NODE_NONE) {
        size_t slash = egret_span_find(rest, '/');

        node = egret_tape_child_named(check->tape, node,
                                      egret_span_slice(rest, 0, slash));
        rest = egret_span_slice(rest, slash + 1, rest.length);
    }

    return node;
}

bool
egret_rules_is_refused(const egret_check_t *check, egret_node_t node)
{
    return node != EGRET_NODE_NONE
           && (egret_tape_at(check->tape, node)->flags & EGRET_NODE_REFUSED);
}

egret_span_t
egret_rules_text(const egret_check_t *check, egret_node_t node)
{
    return node == EGRET_NODE_NONE || egret_rules_is_refused(check, node)
           ? EGRET_SPAN("")
           : egret_span_trim(egret_tape_value(check->tape, node));
}

egret_span_t
egret_rules_value(const egret_check_t *check, egret_node_t node,
                  const char *path)
{
    return egret_rules_text(check, egret_rules_node(check, node, path));
}

egret_span_t
egret_rules_header_value(const egret_check_t *check, const char *path)
{
    return egret_rules_value(check, check->tape->app_hdr, path);
}

/* The place of a header finding: the named part, else the header itself. */
egret_node_t
egret_rules_header_node(const egret_check_t *check, const char *path)
{
    egret_node_t node = egret_rules_node(check, check->tape->app_hdr, path);

    return node != EGRET_NODE_NONE ? node : check->tape->app_hdr;
}

typedef struct {
    egret_arena_t *arena;
    egret_check_mark_t *items;
    uint32_t count;
    uint32_t capacity;
} marks_t;

static egret_rc_t
add_mark(marks_t *marks, egret_node_t node, uint8_t roles)
{
    if (marks->count == marks->capacity) {
        size_t old = marks->capacity * sizeof(*marks->items);
        size_t new = old > 0 ? 2 * old : MARKS_AT_FIRST * sizeof(*marks->items);
        void *grown = egret_arena_grow(marks->arena, marks->items, old, new);

        if (grown == NULL) {
            return egret_arena_rc(marks->arena);
        }
        marks->items = grown;
        marks->capacity = (uint32_t) (new / sizeof(*marks->items));
    }
    marks->items[marks->count++] = (egret_check_mark_t){ node, roles };

    return EGRET_OK;
}

static egret_rc_t
mark_below(const egret_check_t *check, egret_node_t root, marks_t *marks)
{
    const egret_tape_t *tape = check->tape;
    const egret_definition_t *definition;
    const uint8_t *roles;
    uint32_t end;

    if (root == EGRET_NODE_NONE || egret_tape_at(tape, root)->element == NULL)
    {
        return EGRET_OK;
    }

    definition = egret_tape_at(tape, root)->element->definition;
    roles = egret_roles_find(&check->checks->roles, definition);
    end = egret_tape_at(tape, root)->end_close;

    for (egret_node_t node = root; node < tape->node_count; node++) {
        const egret_tape_node_t *at = egret_tape_at(tape, node);
        const egret_element_t *element = at->element;
        egret_rc_t rc;

        if (at->tag_open >= end) {
            break;
        }

        if (element == NULL || element->definition != definition
            || !(roles[element->index] & EGRET_ROLE_ANY))
        {
            continue;
        }

        rc = add_mark(marks, node, roles[element->index]);
        if (rc != EGRET_OK) {
            return rc;
        }
    }

    return EGRET_OK;
}

/* One look at each node of the message serves all rules that look at nodes. */
static egret_rc_t
mark_nodes(egret_check_t *check)
{
    marks_t marks = { .arena = check->arena };
    egret_node_t header = check->tape->app_hdr;
    egret_node_t document = check->tape->document;
    bool is_header_first = header < document;
    egret_rc_t rc = mark_below(check, is_header_first ? header : document,
                               &marks);

    if (rc == EGRET_OK) {
        rc = mark_below(check, is_header_first ? document : header, &marks);
    }
    check->marks = marks.items;
    check->mark_count = marks.count;

    return rc;
}

egret_rc_t
egret_rules_each_node(const egret_check_t *check, uint8_t roles,
                      egret_rule_visit_t visit)
{
    egret_rc_t rc = EGRET_OK;

    for (uint32_t i = 0; i < check->mark_count && rc == EGRET_OK; i++) {
        if (check->marks[i].roles & roles) {
            rc = visit(check, check->marks[i].node);
        }
    }

    return rc;
}

static egret_node_t
header_end(const egret_check_t *check, const char *name)
{
    egret_node_t end = egret_rules_node(check, check->tape->app_hdr, name);
    egret_node_t institution = egret_rules_node(check, end, "FIId/FinInstnId");

    return institution != EGRET_NODE_NONE
           ? institution
           : egret_rules_node(check, end, "OrgId");
}

/* An agent that every transaction names alike, else none. */
static egret_node_t
common_agent(const egret_check_t *check, const char *path)
{
    egret_node_t first = EGRET_NODE_NONE, node;
    egret_path_cursor_t cursor;

    egret_path_start(&cursor, check->tape, check->tape->document,
                     &check->flow->transaction);

    while ((node = egret_path_next(&cursor)) != EGRET_NODE_NONE) {
        egret_node_t agent = egret_rules_node(check, node, path);
        egret_party_id_t a, b;

        if (agent == EGRET_NODE_NONE) {
            return EGRET_NODE_NONE;
        }
        if (first == EGRET_NODE_NONE) {
            first = agent;
            continue;
        }

        a = egret_party_id_read(check->tape, first);
        b = egret_party_id_read(check->tape, agent);
        if (egret_party_id_compare(&a, &b) != EGRET_PARTY_SAME) {
            return EGRET_NODE_NONE;
        }
    }

    return first;
}

static egret_node_t
document_end(const egret_check_t *check, const char *path)
{
    egret_node_t node;

    if (check->flow == NULL || check->tape->document == EGRET_NODE_NONE) {
        return EGRET_NODE_NONE;
    }

    node = egret_path_first(check->tape, check->tape->document,
                            &check->flow->group_header);
    node = egret_rules_node(check, node, path);

    return node != EGRET_NODE_NONE ? node : common_agent(check, path);
}

void
egret_check_find_ends(egret_check_t *check)
{
    egret_party_id_t to;

    if (check->tape->app_hdr != EGRET_NODE_NONE) {
        check->from = header_end(check, "Fr");
        check->to = header_end(check, "To");

    } else {
        check->from = document_end(check, "InstgAgt/FinInstnId");
        check->to = document_end(check, "InstdAgt/FinInstnId");
    }

    if (check->receiver != NULL || !check->has_registry) {
        return;
    }

    to = egret_party_id_read(check->tape, check->to);
    check->receiver = egret_party_id_find(&to, check->config);

    if (check->to == EGRET_NODE_NONE && check->meant.length > 0
        && check->tape->app_hdr == EGRET_NODE_NONE)
    {
        check->receiver = egret_config_partner_by_bic(check->config,
                                                      check->meant);
    }
}

egret_rc_t
egret_check_find_blocks(egret_check_t *check)
{
    egret_blocks_t *blocks = egret_arena_zeroed(check->arena, 1,
                                                sizeof(*blocks));
    egret_block_t *items;
    egret_rc_t rc;

    if (blocks == NULL) {
        return egret_arena_rc(check->arena);
    }

    rc = egret_blocks_find(check->tape,
                           check->flow == NULL ? NULL
                                               : &check->flow->transaction,
                           check->arena, blocks);
    if (rc != EGRET_OK) {
        return rc;
    }

    items = egret_arena_zeroed(check->arena, blocks->count, sizeof(*items));
    if (items == NULL) {
        return egret_arena_rc(check->arena);
    }

    for (size_t i = 0; i < blocks->count; i++) {
        rc = egret_block_read(check->tape, blocks->items[i].block,
                              check->arena, &items[i]);
        if (rc != EGRET_OK) {
            return rc;
        }
    }

    check->blocks = blocks;
    check->block_items = items;

    return EGRET_OK;
}

egret_severity_t
egret_check_severity(const egret_check_t *check, egret_code_t code,
                     egret_severity_t proposed)
{
    const egret_partner_t *receiver = check->receiver;
    const egret_partner_t *sender = check->sender;
    egret_severity_t severity = proposed;

    if (egret_code_row(code)->is_locked) {
        return proposed;
    }

    if (receiver != NULL && receiver->has_severity[code]) {
        severity = (egret_severity_t) receiver->severity[code];
    }

    if (sender != NULL && sender->has_severity[code]
        && sender->severity[code] > severity)
    {
        severity = (egret_severity_t) sender->severity[code];
    }

    if (check->is_strict && egret_code_row(code)->is_mended) {
        severity = EGRET_SEVERITY_REJECT;
    }

    return severity;
}

egret_rc_t
egret_check_report(const egret_check_t *check, egret_node_t node,
                   egret_span_t attribute, egret_finding_t *finding)
{
    finding->severity = egret_check_severity(check, finding->code,
                                             finding->severity);

    return egret_report_at(check->tape, node, attribute, finding,
                           check->findings);
}

static egret_rc_t
run_table(const egret_check_t *check, const egret_rule_t *rule)
{
    egret_rc_t rc = EGRET_OK;

    for (; rule->judge != NULL && rc == EGRET_OK; rule++) {
        if (!rule->needs_flow || check->flow != NULL) {
            rc = rule->judge(check);
        }
    }

    return rc;
}

egret_rc_t
egret_checks_run(egret_check_t *check)
{
    egret_rc_t rc = mark_nodes(check);

    for (size_t i = 0;
         i < sizeof(tables) / sizeof(tables[0]) && rc == EGRET_OK; i++)
    {
        rc = run_table(check, tables[i]);
    }

    return rc;
}
