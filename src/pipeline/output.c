/* SPDX-License-Identifier: Apache-2.0 */
#include "pipeline/output.h"

#include "checks/date_time.h"

/* The largest message with what may be written beside its blocks. */
static size_t
output_maximum(const egret_config_t *config)
{
    return config->max_message > SIZE_MAX / 4 ? SIZE_MAX
                                              : config->max_message * 4;
}

/* Where the arena is at its end, too, the finding finds no room either. */
static egret_rc_t
report_too_long(const egret_check_t *check, egret_node_t block, size_t maximum)
{
    egret_finding_t finding = {
        .code = EGRET_X07,
        .severity = EGRET_SEVERITY_REJECT,
        .message = EGRET_SPAN("the message would be too long with what the "
                              "block's labels mean for the receiver"),
        .fix = EGRET_SPAN("send fewer labels, projects and LblRef, or several "
                          "messages"),
    };

    finding.expected = egret_arena_print(check->arena, "at most %zu bytes",
                                         maximum);
    if (finding.expected.at == NULL) {
        return egret_arena_rc(check->arena);
    }

    return egret_check_report(check, block, EGRET_SPAN(""), &finding);
}

/* In document order, for edits that come in it are added at once. */
static egret_rc_t
write_edits(const egret_check_t *check,
            const egret_counterparts_t *counterparts,
            egret_span_t *output, egret_node_t *block)
{
    size_t maximum = output_maximum(check->config);
    egret_edits_t edits;
    uint32_t mark = 0;
    egret_rc_t rc;

    egret_edits_init(&edits, check->arena);

    for (size_t i = 0; i < counterparts->count; i++) {
        if (counterparts->items[i].item_count == 0) {
            continue;
        }

        rc = egret_date_times_edit(check, &mark,
                                   check->blocks->items[i].block, &edits);
        if (rc != EGRET_OK) {
            return rc;
        }

        *block = check->blocks->items[i].block;
        rc = egret_block_translation_insert(check->tape,
                                            &check->blocks->items[i],
                                            &counterparts->items[i], maximum,
                                            &edits);
        if (rc != EGRET_OK) {
            return rc;
        }
    }

    rc = egret_date_times_edit(check, &mark, EGRET_NODE_NONE, &edits);
    if (rc != EGRET_OK) {
        return rc;
    }

    return egret_edits_apply(&edits, check->tape->bytes, maximum,
                             check->arena, output);
}

egret_rc_t
egret_output_write(const egret_check_t *check,
                   const egret_counterparts_t *counterparts,
                   egret_span_t *output)
{
    egret_node_t block = EGRET_NODE_NONE;
    egret_rc_t rc = write_edits(check, counterparts, output, &block);

    return rc == EGRET_ELIMIT && block != EGRET_NODE_NONE
           ? report_too_long(check, block, output_maximum(check->config))
           : rc;
}
