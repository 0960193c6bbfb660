/* SPDX-License-Identifier: Apache-2.0 */
/* What a block says: egret_block_read of msg/block.h. */
#include "msg/block.h"

typedef struct {
    const egret_tape_t *tape;
    egret_arena_t *arena;
} reader_t;

static egret_node_t
find(const reader_t *reader, egret_node_t node, const char *name)
{
    if (node == EGRET_NODE_NONE) {
        return EGRET_NODE_NONE;
    }
    return egret_tape_child_named(reader->tape, node, egret_span_from(name));
}


static bool
is_named(const reader_t *reader, egret_node_t node, const char *name)
{
    return egret_span_equals_text(egret_tape_name(reader->tape, node), name);
}


static egret_span_t
text_at(const reader_t *reader, egret_node_t node)
{
    if (node == EGRET_NODE_NONE) {
        return EGRET_SPAN("");
    }
    return egret_tape_value(reader->tape, node);
}


static egret_span_t
text_of(const reader_t *reader, egret_node_t node, const char *name)
{
    return text_at(reader, find(reader, node, name));
}


static egret_span_t
attribute_of(const reader_t *reader, egret_node_t node, egret_span_t name)
{
    const egret_tape_attribute_t *attribute = NULL;

    if (node != EGRET_NODE_NONE) {
        attribute = egret_tape_attribute(reader->tape, node, name);
    }
    return attribute == NULL ? EGRET_SPAN("") : attribute->value;
}


static egret_block_number_t
number_of(const reader_t *reader, egret_node_t node, const char *name)
{
    egret_block_number_t number = { .node = find(reader, node, name) };

    if (number.node == EGRET_NODE_NONE
        || egret_decimal_read(text_at(reader, number.node), &number.value)
               != EGRET_OK)
    {
        return (egret_block_number_t){ .node = EGRET_NODE_NONE };
    }
    number.currency = attribute_of(reader, number.node, EGRET_SPAN("Ccy"));
    return number;
}


static bool
read_date(const reader_t *reader, egret_node_t node, egret_date_t *out)
{
    return node != EGRET_NODE_NONE
           && egret_date_read(egret_span_trim(text_at(reader, node)), out, NULL)
                  == EGRET_OK;
}


static egret_block_list_t
list_of(const reader_t *reader, egret_node_t node, const char *name)
{
    egret_block_list_t list = { find(reader, node, name), 0 };

    for (egret_node_t at = list.first; at != EGRET_NODE_NONE;
         at = egret_tape_at(reader->tape, at)->next) {
        list.count += is_named(reader, at, name);
    }
    return list;
}


/* The next sibling of the same name. */
static egret_node_t
next_of(const reader_t *reader, egret_node_t node, const char *name)
{
    do {
        node = egret_tape_at(reader->tape, node)->next;
    } while (node != EGRET_NODE_NONE && !is_named(reader, node, name));
    return node;
}


/* The first of the list that has this value. */
static egret_node_t
first_of(const reader_t *reader, const egret_block_list_t *list,
         const char *name, const char *value)
{
    egret_node_t node = list->first;

    while (node != EGRET_NODE_NONE
           && !egret_span_equals_text(
               egret_span_trim(text_at(reader, node)), value))
    {
        node = next_of(reader, node, name);
    }
    return node;
}


static egret_block_label_t
read_label(const reader_t *reader, egret_node_t node)
{
    return (egret_block_label_t){
        .node = node,
        .scheme = text_of(reader, node, "Schm"),
        .version = text_of(reader, node, "Vrsn"),
        .code = text_of(reader, node, "Cd"),
        .share = number_of(reader, node, "Shr"),
        .status = text_of(reader, node, "Sts"),
        .source = text_of(reader, node, "Src"),
        .mapping = find(reader, node, "Map"),
    };
}


static egret_rc_t
read_labels(const reader_t *reader, egret_block_t *block)
{
    egret_block_list_t list = list_of(reader, block->node, "Lbl");
    egret_node_t node = list.first;

    block->labels = egret_arena_zeroed(reader->arena, list.count,
                                       sizeof(*block->labels));
    if (block->labels == NULL) {
        return egret_arena_rc(reader->arena);
    }
    for (size_t i = 0; i < list.count; i++) {
        block->labels[i] = read_label(reader, node);
        node = next_of(reader, node, "Lbl");
    }
    block->label_count = list.count;
    return EGRET_OK;
}


/* A reference that is no whole number is 0, which no label has. */
static uint32_t
read_index(egret_span_t text)
{
    egret_span_t digits = egret_span_trim(text);
    uint32_t index = 0;

    if (digits.length > 0 && digits.at[0] == '+') {
        digits = egret_span_slice(digits, 1, digits.length);
    }
    for (size_t i = 0; i < digits.length; i++) {
        if (digits.at[i] < '0' || digits.at[i] > '9'
            || index > UINT32_MAX / 10 - 1)
        {
            return 0;
        }
        index = index * 10 + (uint32_t) (digits.at[i] - '0');
    }
    return index;
}


static egret_rc_t
read_references(const reader_t *reader, egret_block_project_t *project)
{
    egret_block_list_t list = list_of(reader, project->node, "LblRef");
    egret_node_t node = list.first;

    project->labels = egret_arena_zeroed(reader->arena, list.count,
                                         sizeof(*project->labels));
    if (project->labels == NULL) {
        return egret_arena_rc(reader->arena);
    }
    for (size_t i = 0; i < list.count; i++) {
        project->labels[i].node = node;
        project->labels[i].index = read_index(text_at(reader, node));
        node = next_of(reader, node, "LblRef");
    }
    project->label_count = list.count;
    return EGRET_OK;
}


static egret_rc_t
read_project(const reader_t *reader, egret_node_t node,
             egret_block_project_t *project)
{
    project->node = node;
    project->jurisdiction = text_of(reader, node, "Jursdctn");
    project->total_cost = number_of(reader, node, "TtlCost");
    project->financed_share = number_of(reader, node, "FincdShr");
    project->allocated = number_of(reader, node, "Allctd");
    project->refinancing_share = number_of(reader, node, "RefiShr");
    project->industries = list_of(reader, node, "Indstry");
    project->sources = list_of(reader, node, "EnrgySrc");
    project->nuclear = first_of(reader, &project->sources, "EnrgySrc", "NUCL");
    project->gas = first_of(reader, &project->sources, "EnrgySrc", "NGAS");
    project->technologies = list_of(reader, node, "Tchnlgy");
    project->criteria = list_of(reader, node, "Crtrn");
    project->carbon_assessment = find(reader, node, "CrbnAssmt");
    return read_references(reader, project);
}


static egret_rc_t
read_projects(const reader_t *reader, egret_block_t *block)
{
    egret_block_list_t list = list_of(reader, block->use_of_proceeds, "Prj");
    egret_node_t node = list.first;

    block->projects = egret_arena_zeroed(reader->arena, list.count,
                                         sizeof(*block->projects));
    if (block->projects == NULL) {
        return egret_arena_rc(reader->arena);
    }
    for (size_t i = 0; i < list.count; i++) {
        egret_rc_t rc = read_project(reader, node, &block->projects[i]);

        if (rc != EGRET_OK) {
            return rc;
        }
        node = next_of(reader, node, "Prj");
    }
    block->project_count = list.count;
    return EGRET_OK;
}


static egret_node_t
find_drawdown(const reader_t *reader, egret_node_t instrument)
{
    egret_node_t node = find(reader, instrument, "AltId");

    while (node != EGRET_NODE_NONE
           && !egret_span_equals_text(
               attribute_of(reader, node, EGRET_SPAN("Tp")), "DRAW"))
    {
        node = next_of(reader, node, "AltId");
    }
    return node;
}


static void
read_instrument(const reader_t *reader, egret_block_t *block)
{
    egret_node_t node = find(reader, block->node, "Instr");

    block->instrument_type = text_of(reader, node, "Tp");
    block->drawdown = find_drawdown(reader, node);
    block->amount = number_of(reader, node, "TtlAmt");
    block->net_proceeds = number_of(reader, node, "NetPrcds");
    block->pool = list_of(reader, node, "Pool");
    block->decisive_node = find(reader, node, "DcsvDt");
    block->has_decisive =
        read_date(reader, block->decisive_node, &block->decisive);
    block->decisive_kind =
        attribute_of(reader, block->decisive_node, EGRET_SPAN("Kind"));
}


/* Nodes stand in document order, so those of Sgntr together. */
static bool
is_sound(const reader_t *reader, egret_node_t block)
{
    const egret_tape_t *tape = reader->tape;
    uint32_t end = egret_tape_at(tape, block)->end_close;
    egret_node_t signature = find(reader, block, "Sgntr");
    uint32_t signature_end = 0;

    if (signature != EGRET_NODE_NONE) {
        signature_end = egret_tape_at(tape, signature)->end_close;
    }
    for (egret_node_t node = block; node < tape->node_count; node++) {
        const egret_tape_node_t *at = egret_tape_at(tape, node);
        bool is_signature = signature != EGRET_NODE_NONE && node > signature
                            && at->tag_open < signature_end;

        if (at->tag_open >= end) {
            break;
        }
        if (!is_signature
            && (at->element == NULL || (at->flags & EGRET_NODE_REFUSED)))
        {
            return false;
        }
    }
    return true;
}


bool
egret_block_is(const egret_tape_t *tape, egret_node_t node)
{
    return egret_span_equals(egret_tape_name(tape, node), EGRET_SPAN("GrnFin"))
           && egret_span_equals(egret_tape_namespace_uri(tape, node),
                                EGRET_SPAN(EGRET_BLOCK_NAMESPACE));
}


egret_rc_t
egret_block_read(const egret_tape_t *tape, egret_node_t node,
                 egret_arena_t *arena, egret_block_t *out)
{
    reader_t reader = { tape, arena };
    egret_rc_t rc;

    *out = (egret_block_t){ .node = node };
    out->is_sound = is_sound(&reader, node);
    out->id = text_of(&reader, node, "Id");
    out->status = text_of(&reader, node, "Sts");
    out->has_as_of = read_date(&reader, find(&reader, node, "AsOfDt"),
                               &out->as_of);
    read_instrument(&reader, out);
    out->use_of_proceeds = find(&reader, node, "UoP");
    out->unallocated = number_of(&reader, out->use_of_proceeds, "Unallctd");
    out->reviews = list_of(&reader, node, "Rvw");
    out->harm = list_of(&reader, node, "DNSH");
    out->safeguards = list_of(&reader, node, "MinSfg");
    out->disclosures = list_of(&reader, node, "Dscl");
    rc = read_labels(&reader, out);
    return rc == EGRET_OK ? read_projects(&reader, out) : rc;
}
