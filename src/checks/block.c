/* SPDX-License-Identifier: Apache-2.0 */
/* The rules of where a green block stands and of what version it is. */
#include "checks/rules.h"

#define XSI_NAMESPACE "http://www.w3.org/2001/XMLSchema-instance"

typedef struct {
    const char *message;
    const char *expected;
    const char *fix;
} words_t;

static const words_t fault_words[] = {
    [EGRET_BLOCK_UNKNOWN_NAMESPACE] = {
        "this gateway does not know this namespace of the green block",
        EGRET_BLOCK_NAMESPACE, "use the namespace that is expected" },
    [EGRET_BLOCK_UNKNOWN_VERSION] = {
        "this gateway does not know this version of the green block",
        EGRET_BLOCK_VERSION, "write the block in the version expected" },
    [EGRET_BLOCK_UNKNOWN_ELEMENT] = {
        "the green block's namespace has no such element", "GrnFin",
        "send a GrnFin" },
    [EGRET_BLOCK_TRANSLATION] = {
        "only a gateway writes a GrnXltn", "no GrnXltn", "remove it" },
    [EGRET_BLOCK_MISPLACED] = {
        "a green block stands only in SplmtryData/Envlp of the Document",
        "SplmtryData/Envlp", "move it there" },
    [EGRET_BLOCK_UNPLACED] = {
        "PlcAndNm names neither one transaction of this message nor all, or "
        "not the one that the block stands in",
        "/Document/.../TRANSACTION[n]",
        "correct the path, or put the block into its transaction" },
    [EGRET_BLOCK_SECOND] = {
        "a transaction that this green block speaks of has one already",
        "one GrnFin for one transaction",
        "say all in one block, or send several messages" },
};

/* What stands there, as far as it is one word. */
static egret_span_t
got_of(const egret_check_t *check, const egret_block_fault_t *fault)
{
    const egret_tape_attribute_t *version;

    switch (fault->kind) {
    case EGRET_BLOCK_UNKNOWN_NAMESPACE:
        return egret_tape_namespace_uri(check->tape, fault->node);
    case EGRET_BLOCK_UNKNOWN_VERSION:
        version = egret_tape_attribute(check->tape, fault->node,
                                       EGRET_SPAN("Vrsn"));
        return version == NULL ? EGRET_SPAN("") : version->value;
    case EGRET_BLOCK_UNPLACED:
        return egret_span_trim(egret_tape_value(check->tape, fault->node));
    default:
        return egret_tape_name(check->tape, fault->node);
    }
}

static egret_rc_t
report(const egret_check_t *check, egret_node_t node, egret_span_t attribute,
       egret_span_t got, const words_t *words)
{
    egret_finding_t finding = {
        .code = EGRET_X07,
        .severity = EGRET_SEVERITY_REJECT,
        .message = egret_span_from(words->message),
        .got = got,
        .expected = egret_span_from(words->expected),
        .fix = egret_span_from(words->fix),
    };

    return egret_check_report(check, node, attribute, &finding);
}

/* Its Envlp was judged and it was not: the schema is not there. */
static bool
is_unjudged(const egret_check_t *check, egret_node_t block)
{
    const egret_tape_node_t *at = egret_tape_at(check->tape, block);

    return at->element == NULL
           && egret_tape_at(check->tape, at->parent)->element != NULL;
}

static egret_rc_t
check_judged(const egret_check_t *check, egret_node_t block)
{
    static const words_t words = {
        "this gateway has not loaded the schema of the green block",
        "the schema egret.grn.1.xsd beside the others",
        "ask the gateway's operator to load it"
    };

    return is_unjudged(check, block)
           ? report(check, block, EGRET_SPAN(""), EGRET_SPAN(""), &words)
           : EGRET_OK;
}

/* X07: a block that cannot be understood without doubt. */
static egret_rc_t
check_places(const egret_check_t *check)
{
    const egret_blocks_t *blocks = check->blocks;
    egret_rc_t rc = EGRET_OK;

    for (size_t i = 0; blocks != NULL && i < blocks->fault_count; i++) {
        const egret_block_fault_t *fault = &blocks->faults[i];
        bool is_version = fault->kind == EGRET_BLOCK_UNKNOWN_VERSION;

        rc = report(check, fault->node,
                    is_version ? EGRET_SPAN("Vrsn") : EGRET_SPAN(""),
                    got_of(check, fault), &fault_words[fault->kind]);
        if (rc != EGRET_OK) {
            return rc;
        }
    }

    for (size_t i = 0; blocks != NULL && i < blocks->count; i++) {
        rc = check_judged(check, blocks->items[i].block);
        if (rc != EGRET_OK) {
            return rc;
        }
    }

    return rc;
}

static const egret_tape_attribute_t *
find_type(const egret_check_t *check, egret_node_t node)
{
    const egret_tape_t *tape = check->tape;
    const egret_tape_node_t *at = egret_tape_at(tape, node);

    for (uint32_t i = 0; i < at->attribute_count; i++) {
        const egret_tape_attribute_t *attribute =
            &tape->attributes[at->attribute_first + i];

        if (attribute->namespace_index != 0
            && egret_span_equals_text(attribute->name, "type")
            && egret_span_equals_text(
                tape->namespaces[attribute->namespace_index], XSI_NAMESPACE))
        {
            return attribute;
        }
    }

    return NULL;
}

static egret_rc_t
check_type(const egret_check_t *check, egret_node_t node)
{
    egret_finding_t finding = {
        .code = EGRET_X05,
        .severity = EGRET_SEVERITY_REJECT,
        .message = EGRET_SPAN("a green block has no xsi:type: its digest "
                              "leaves it out"),
        .expected = EGRET_SPAN("no xsi:type"),
        .fix = EGRET_SPAN("remove xsi:type"),
    };
    const egret_tape_attribute_t *type = find_type(check, node);

    if (type == NULL || egret_rules_is_refused(check, node)) {
        return EGRET_OK;
    }

    finding.got = type->value;

    return egret_check_report(check, node, type->name, &finding);
}

static bool
uses_xsi(const egret_tape_t *tape)
{
    for (uint32_t i = 1; i < tape->namespace_count; i++) {
        if (egret_span_equals_text(tape->namespaces[i], XSI_NAMESPACE)) {
            return true;
        }
    }

    return false;
}

/* X05: what a block says must not hang on what its digest leaves out. */
static egret_rc_t
check_types(const egret_check_t *check)
{
    const egret_tape_t *tape = check->tape;

    if (!uses_xsi(tape)) {
        return EGRET_OK;
    }

    for (size_t i = 0; check->blocks != NULL && i < check->blocks->count; i++)
    {
        egret_node_t block = check->blocks->items[i].block;
        uint32_t end = egret_tape_at(tape, block)->end_close;

        for (egret_node_t node = block;
             node < tape->node_count
             && egret_tape_at(tape, node)->tag_open < end; node++)
        {
            egret_rc_t rc = EGRET_OK;

            if (egret_tape_at(tape, node)->element != NULL) {
                rc = check_type(check, node);
            }
            if (rc != EGRET_OK) {
                return rc;
            }
        }
    }

    return EGRET_OK;
}

const egret_rule_t egret_rules_block[] = {
    { EGRET_X07, check_places, false },
    { EGRET_X05, check_types, false },
    { EGRET_CODE_COUNT, NULL, false },
};
