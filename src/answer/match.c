/* SPDX-License-Identifier: Apache-2.0 */
#include "answer/match.h"

#include "checks/party_id.h"

#include <stdlib.h>

#define KINDS 4

/* What names a transaction: in a pacs.002, and in the message. */
static const char *const answer_names[KINDS] = {
    "OrgnlUETR", "OrgnlTxId", "OrgnlInstrId", "OrgnlEndToEndId"
};

typedef struct {
    egret_span_t values[KINDS]; /* "" for none */
} references_t;

typedef struct {
    egret_span_t value;
    uint32_t transaction;
} entry_t;

typedef struct {
    const egret_verdict_t *verdict;
    const egret_tape_t *answer;
    references_t *transactions;
    size_t transaction_count;
    entry_t *entries[KINDS]; /* sorted by value */
    size_t entry_counts[KINDS];
    bool is_named; /* something in the answer is the message's */
    egret_match_t *out;
} matching_t;

static egret_span_t
value_at(const egret_tape_t *tape, egret_node_t node)
{
    return node == EGRET_NODE_NONE
           ? EGRET_SPAN("")
           : egret_span_trim(egret_tape_value(tape, node));
}

static egret_node_t
child_of(const egret_tape_t *tape, egret_node_t node, const char *name)
{
    return node == EGRET_NODE_NONE
           ? node
           : egret_tape_child_named(tape, node, egret_span_from(name));
}

/* "" as well for the word that stands where nothing could be said. */
static egret_span_t
reference_at(const egret_tape_t *tape, egret_node_t node)
{
    egret_span_t value = value_at(tape, node);

    return egret_span_equals_text(value, "NOTPROVIDED") ? EGRET_SPAN("")
                                                        : value;
}

static void
refuse(matching_t *matching, egret_node_t node)
{
    if (matching->out->word == EGRET_MATCH_YES) {
        matching->out->word = EGRET_MATCH_OTHER_MESSAGE;
        matching->out->node = node;
    }
}

static bool
is_message_id(const matching_t *matching, egret_span_t id)
{
    const egret_verdict_t *verdict = matching->verdict;
    const egret_tape_t *tape = &verdict->tape;
    egret_node_t node;

    if (egret_span_equals(id, verdict->message_id)) {
        return true;
    }

    node = egret_tape_child(tape, tape->document);
    node = child_of(tape, child_of(tape, node, "GrpHdr"), "MsgId");

    return node != EGRET_NODE_NONE
           && egret_span_equals(id, value_at(tape, node));
}

/* OrgnlMsgId and OrgnlMsgNmId below one node. */
static void
match_group(matching_t *matching, egret_node_t group)
{
    const egret_tape_t *answer = matching->answer;
    egret_node_t id_node = child_of(answer, group, "OrgnlMsgId");
    egret_node_t name_node = child_of(answer, group, "OrgnlMsgNmId");
    egret_span_t id = reference_at(answer, id_node);
    egret_span_t name = reference_at(answer, name_node);

    if (id.length > 0) {
        if (!is_message_id(matching, id)) {
            refuse(matching, id_node);
            return;
        }
        matching->is_named = true;
    }

    if (name.length > 0
        && !egret_span_equals(name, matching->verdict->definition->id))
    {
        refuse(matching, name_node);
    }
}

static int
compare_entries(const void *a, const void *b)
{
    const entry_t *first = a;
    const entry_t *second = b;
    int order = egret_span_compare(first->value, second->value);

    if (order != 0) {
        return order;
    }

    return first->transaction < second->transaction   ? -1
           : first->transaction > second->transaction ? 1
                                                      : 0;
}

static size_t
count_transactions(const egret_verdict_t *verdict)
{
    egret_path_cursor_t cursor;
    size_t count = 0;

    egret_path_start(&cursor, &verdict->tape, verdict->tape.document,
                     &verdict->flow->transaction);
    while (egret_path_next(&cursor) != EGRET_NODE_NONE) {
        count++;
    }

    return count;
}

static void
add_transaction(matching_t *matching, egret_node_t node)
{
    const egret_flow_t *flow = matching->verdict->flow;
    const egret_path_t *paths[KINDS] = {
        &flow->uetr, &flow->transaction_id, &flow->instruction_id,
        &flow->end_to_end_id
    };
    uint32_t index = (uint32_t) matching->transaction_count++;

    for (size_t kind = 0; kind < KINDS; kind++) {
        egret_span_t *value = &matching->transactions[index].values[kind];
        entry_t *entry;

        if (!egret_path_value(&matching->verdict->tape, node, paths[kind],
                              value))
        {
            continue;
        }

        entry = &matching->entries[kind][matching->entry_counts[kind]++];
        entry->value = *value;
        entry->transaction = index;
    }
}

static egret_rc_t
index_transactions(matching_t *matching, egret_arena_t *arena)
{
    const egret_verdict_t *verdict = matching->verdict;
    egret_path_cursor_t cursor;
    egret_node_t node;
    size_t count;

    if (verdict->flow == NULL) {
        return EGRET_OK;
    }

    count = count_transactions(verdict);
    matching->transactions = egret_arena_zeroed(arena, count,
                                                sizeof(references_t));
    if (matching->transactions == NULL) {
        return egret_arena_rc(arena);
    }

    for (size_t kind = 0; kind < KINDS; kind++) {
        matching->entries[kind] = egret_arena_zeroed(arena, count,
                                                     sizeof(entry_t));
        if (matching->entries[kind] == NULL) {
            return egret_arena_rc(arena);
        }
    }

    egret_path_start(&cursor, &verdict->tape, verdict->tape.document,
                     &verdict->flow->transaction);
    while ((node = egret_path_next(&cursor)) != EGRET_NODE_NONE) {
        add_transaction(matching, node);
    }

    for (size_t kind = 0; kind < KINDS; kind++) {
        qsort(matching->entries[kind], matching->entry_counts[kind],
              sizeof(entry_t), compare_entries);
    }

    return EGRET_OK;
}

/* The first entry that is not before the value; or, after it, the first that
 * is behind all that have it. */
static size_t
find_entry(const matching_t *matching, size_t kind, egret_span_t value,
           bool is_after)
{
    const entry_t *entries = matching->entries[kind];
    size_t from = 0;
    size_t to = matching->entry_counts[kind];

    while (from < to) {
        size_t middle = from + (to - from) / 2;
        int order = egret_span_compare(entries[middle].value, value);

        if (order < 0 || (is_after && order == 0)) {
            from = middle + 1;
        } else {
            to = middle;
        }
    }

    return from;
}

static bool
is_transaction(const references_t *transaction, const references_t *given)
{
    for (size_t kind = 0; kind < KINDS; kind++) {
        if (given->values[kind].length > 0
            && !egret_span_equals(given->values[kind],
                                  transaction->values[kind]))
        {
            return false;
        }
    }

    return true;
}

/* All that is given must be one transaction's. The reference that fewest
 * transactions have is looked for; many have one EndToEndId. */
static bool
find_transaction(const matching_t *matching, const references_t *given)
{
    size_t best = KINDS, first = 0, count = 0;

    for (size_t kind = 0; kind < KINDS; kind++) {
        egret_span_t value = given->values[kind];
        size_t from, same;

        if (value.length == 0) {
            continue;
        }

        from = find_entry(matching, kind, value, false);
        same = find_entry(matching, kind, value, true) - from;
        if (best == KINDS || same < count) {
            best = kind;
            first = from;
            count = same;
        }
    }

    for (size_t i = first; i < first + count; i++) {
        uint32_t index = matching->entries[best][i].transaction;

        if (is_transaction(&matching->transactions[index], given)) {
            return true;
        }
    }

    return false;
}

static void
match_transaction(matching_t *matching, egret_node_t node)
{
    const egret_tape_t *answer = matching->answer;
    references_t given = { 0 };
    egret_node_t named = EGRET_NODE_NONE;

    match_group(matching, child_of(answer, node, "OrgnlGrpInf"));

    for (size_t kind = 0; kind < KINDS; kind++) {
        egret_node_t at = child_of(answer, node, answer_names[kind]);

        given.values[kind] = reference_at(answer, at);
        if (given.values[kind].length > 0 && named == EGRET_NODE_NONE) {
            named = at;
        }
    }

    if (named == EGRET_NODE_NONE) {
        return;
    }

    if (!find_transaction(matching, &given)) {
        refuse(matching, named);
        return;
    }

    matching->is_named = true;
}

static egret_rc_t
match_status(matching_t *matching, egret_arena_t *arena)
{
    const egret_tape_t *answer = matching->answer;
    egret_node_t node = egret_tape_child(answer, answer->document);
    egret_rc_t rc;

    rc = index_transactions(matching, arena);
    if (rc != EGRET_OK) {
        return rc;
    }

    node = node == EGRET_NODE_NONE ? node : egret_tape_child(answer, node);

    while (node != EGRET_NODE_NONE
           && matching->out->word == EGRET_MATCH_YES)
    {
        egret_span_t name = egret_tape_name(answer, node);

        if (egret_span_equals_text(name, "OrgnlGrpInfAndSts")) {
            match_group(matching, node);
        }
        if (egret_span_equals_text(name, "TxInfAndSts")) {
            match_transaction(matching, node);
        }
        node = egret_tape_at(answer, node)->next;
    }

    return EGRET_OK;
}

static void
match_reject(matching_t *matching)
{
    const egret_tape_t *answer = matching->answer;
    egret_node_t node = egret_tape_child(answer, answer->document);
    egret_span_t value;

    node = child_of(answer, child_of(answer, node, "RltdRef"), "Ref");
    value = reference_at(answer, node);
    if (value.length == 0) {
        return;
    }

    if (!is_message_id(matching, value)) {
        refuse(matching, node);
        return;
    }

    matching->is_named = true;
}

/* A header may be related to several others: one of them is enough. */
static void
match_related(matching_t *matching)
{
    const egret_tape_t *answer = matching->answer;
    egret_node_t node, first = EGRET_NODE_NONE;

    if (answer->app_hdr == EGRET_NODE_NONE) {
        return;
    }

    node = child_of(answer, answer->app_hdr, "Rltd");

    for (first = node; node != EGRET_NODE_NONE;
         node = egret_tape_at(answer, node)->next)
    {
        egret_span_t name = value_at(answer,
                                     child_of(answer, node, "MsgDefIdr"));

        if (egret_span_equals(name, matching->verdict->definition->id)
            && is_message_id(matching,
                             value_at(answer, child_of(answer, node,
                                                       "BizMsgIdr"))))
        {
            matching->is_named = true;
            return;
        }
    }

    if (first != EGRET_NODE_NONE) {
        refuse(matching, first);
    }
}

egret_rc_t
egret_match_message(const egret_verdict_t *verdict,
                    const egret_tape_t *answer, egret_arena_t *arena,
                    egret_match_t *out)
{
    matching_t matching = {
        .verdict = verdict, .answer = answer, .out = out
    };
    egret_span_t space = egret_tape_namespace_uri(answer, answer->document);
    egret_rc_t rc = EGRET_OK;

    out->word = EGRET_MATCH_YES;
    out->node = EGRET_NODE_NONE;

    match_related(&matching);

    if (egret_span_starts_with(space,
                               EGRET_SPAN(EGRET_ISO_NAMESPACE "pacs.002.")))
    {
        rc = match_status(&matching, arena);
    }
    if (egret_span_starts_with(space,
                               EGRET_SPAN(EGRET_ISO_NAMESPACE "admi.002.")))
    {
        match_reject(&matching);
    }

    if (out->word == EGRET_MATCH_YES && !matching.is_named) {
        out->word = EGRET_MATCH_NOTHING_NAMED;
    }

    return rc;
}

/* The FinInstnId or OrgId of AppHdr/Fr or To. */
static bool
is_partner(const egret_tape_t *answer, egret_node_t end,
           const egret_partner_t *partner)
{
    egret_node_t agent = child_of(answer, child_of(answer, end, "FIId"),
                                  "FinInstnId");
    egret_party_id_t id;

    if (agent == EGRET_NODE_NONE) {
        agent = child_of(answer, end, "OrgId");
    }

    id = egret_party_id_read(answer, agent);

    return egret_party_id_is_partner(&id, partner);
}

egret_node_t
egret_match_party(const egret_verdict_t *verdict, const egret_tape_t *answer)
{
    egret_node_t from = child_of(answer, answer->app_hdr, "Fr");
    egret_node_t to = child_of(answer, answer->app_hdr, "To");

    if (answer->app_hdr == EGRET_NODE_NONE) {
        return EGRET_NODE_NONE;
    }

    if (verdict->receiver != NULL
        && !is_partner(answer, from, verdict->receiver))
    {
        return from;
    }

    if (verdict->sender != NULL && !is_partner(answer, to, verdict->sender)) {
        return to;
    }

    return EGRET_NODE_NONE;
}
