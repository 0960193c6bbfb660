/* SPDX-License-Identifier: Apache-2.0 */
#include "schema/judge.h"

egret_rc_t
egret_judge_order(egret_validator_t *judge, const egret_tape_t *tape,
                  egret_node_t node, egret_judge_frame_t *frame)
{
    const egret_model_t *model = egret_type_content(frame->type)->model;
    egret_node_t place = frame->is_faulty ? frame->fault : node;
    egret_judge_words_t words = {
        .message = frame->is_faulty ? EGRET_SPAN("the element is not expected")
                                    : EGRET_SPAN("an element is missing"),
        .got = egret_tape_name(tape, place),
        .fix = EGRET_SPAN("follow the order of the schema")
    };

    words.expected = model == NULL
                         ? EGRET_SPAN("no element")
                         : egret_expected_next(model, &frame->cursor,
                                               egret_tape_name(tape, node),
                                               judge->arena);
    return egret_judge_report(judge, tape, place, &words);
}
