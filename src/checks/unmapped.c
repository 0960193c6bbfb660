/* SPDX-License-Identifier: Apache-2.0 */
#include "checks/unmapped.h"

#include "checks/rules.h"
#include "msg/report.h"
#include "util/buffer.h"

#define SHOWN_TARGETS 4

/* A label that L01, L02 or L03 finds fault with becomes none for that reason:
 * L04 would say it twice, unless it alone is as severe as `unmapped`. */
static bool
is_told(const egret_check_t *check, const egret_block_t *block,
        const egret_block_label_t *label)
{
    egret_severity_t worst;

    return egret_rules_label_fault(check, block, label, &worst)
           && worst >= check->receiver->unmapped;
}

static void
add_reason(egret_buffer_t *out, const egret_block_translation_item_t *item)
{
    egret_buffer_print(out, "%.*s/%.*s (", EGRET_SPAN_ARGS(item->scheme),
                       EGRET_SPAN_ARGS(item->version));
    if (item->result == EGRET_BLOCK_NO_COUNTERPART) {
        egret_buffer_add_text(out, "no counterpart)");
        return;
    }

    egret_buffer_add_text(out, "missing: ");
    for (size_t i = 0; i < item->missing_count; i++) {
        egret_buffer_add_text(out, i > 0 ? ", " : "");
        egret_buffer_add(out, item->missing[i]);
    }
    egret_buffer_add_byte(out, ')');
}

/* "a label of TPEX/2023 (missing: row), ...", from the items of one label: who
 * is refused gets no GrnXltn that would say it. */
static egret_rc_t
name_reasons(const egret_check_t *check,
             const egret_block_translation_item_t *items, size_t item_count,
             egret_span_t *out)
{
    egret_span_t scheme = EGRET_SPAN(""), version = EGRET_SPAN("");
    egret_buffer_t text;
    size_t count = 0;

    egret_buffer_init(&text, check->arena, SIZE_MAX);
    egret_buffer_add_text(&text, "a label of ");
    for (size_t i = 0; i < item_count && count < SHOWN_TARGETS; i++) {
        const egret_block_translation_item_t *item = &items[i];

        if (egret_span_equals(item->scheme, scheme)
            && egret_span_equals(item->version, version))
        {
            continue;
        }
        egret_buffer_add_text(&text, count++ > 0 ? ", " : "");
        add_reason(&text, item);
        scheme = item->scheme;
        version = item->version;
    }
    if (check->receiver->target_count > SHOWN_TARGETS) {
        egret_buffer_add_text(&text, ", ...");
    }
    *out = egret_buffer_span(&text);

    return egret_buffer_rc(&text);
}

egret_rc_t
egret_unmapped_report(const egret_check_t *check, const egret_block_t *block,
                      const egret_block_label_t *label,
                      const egret_block_translation_item_t *items,
                      size_t count)
{
    egret_node_t node = egret_rules_node(check, label->node, "Cd");
    egret_finding_t finding = {
        .code = EGRET_L04,
        .severity = check->receiver->unmapped,
        .message = EGRET_SPAN("the label becomes no label in the receiver's "
                              "schemes"),
        .fix = EGRET_SPAN("agree on the label with the receiver"),
    };
    egret_rc_t rc;

    if (is_told(check, block, label)) {
        return EGRET_OK;
    }
    rc = name_reasons(check, items, count, &finding.expected);
    if (rc != EGRET_OK) {
        return rc;
    }
    finding.got = egret_arena_print(check->arena, "%.*s/%.*s/%.*s",
                                    EGRET_SPAN_ARGS(label->scheme),
                                    EGRET_SPAN_ARGS(label->version),
                                    EGRET_SPAN_ARGS(label->code));
    if (finding.got.at == NULL) {
        return egret_arena_rc(check->arena);
    }

    /* Not egret_check_report: `unmapped` alone says how severe it is. */
    return egret_report_at(check->tape, node, EGRET_SPAN(""), &finding,
                           check->findings);
}
