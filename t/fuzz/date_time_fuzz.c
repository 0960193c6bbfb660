/* SPDX-License-Identifier: Apache-2.0 */
/* date_time_fuzz: egret_date_form_convert on any text, and what egret_judge
 * writes for receivers of each form from any message. What is forwarded has
 * nothing left to be written, and differs from the message in date-times alone,
 * which are the same second. Runs from the root of the repository. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "configured.h"

#include "pipeline/pipeline.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

#define FORMS 2

static const char conf[] =
    "egret_gateway bic=EGRTCNB0XXX;\n"
    "egret_schemas schemas;\n"
    "egret_reference conf/reference;\n"
    "egret_environment test;\n"
    "egret_profile plus { date_time offset; }\n"
    "egret_profile zulu { date_time utc; }\n"
    "egret_partner taipei-bank {\n"
    "  certificate spki-sha256="
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa;\n"
    "  party bic=TPBKTWT0XXX;\n"
    "  accept pacs.008.001.08 pacs.009.001.08;\n"
    "  upstream https://taipei_bank;\n"
    "  profile plus;\n"
    "}\n"
    "egret_partner joburg-bank {\n"
    "  certificate spki-sha256="
    "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb;\n"
    "  party bic=JBBKZAJ0XXX;\n"
    "  accept pacs.008.001.08 pacs.009.001.08;\n"
    "  upstream https://joburg_bank;\n"
    "  profile zulu;\n"
    "}\n";

static egret_pipeline_t *pipeline;


static void
start(void)
{
    egret_arena_t *arena = egret_arena_create(egret_allocator_default(), 0);
    egret_config_t *config;

    egret_xml_start();
    config = configure(EGRET_SPAN(conf), arena);
    require(egret_pipeline_create(config, egret_store_none(), arena, &pipeline)
                == EGRET_OK,
            "no pipeline");
}


static bool
is_same_second(egret_span_t a, egret_span_t b)
{
    egret_datetime_t x, y;

    return egret_datetime_read(egret_span_trim(a), &x) == EGRET_OK
           && egret_datetime_read(egret_span_trim(b), &y) == EGRET_OK
           && x.has_offset && y.has_offset
           && egret_datetime_seconds(&x) == egret_datetime_seconds(&y);
}


static void
convert(egret_span_t text)
{
    egret_datetime_t value, out, again;

    if (egret_datetime_read(text, &value) != EGRET_OK) {
        return;
    }
    for (int form = EGRET_DATE_FORM_ANY; form <= EGRET_DATE_FORM_UTC; form++) {
        egret_date_form_t wanted = (egret_date_form_t) form;
        char written[EGRET_DATETIME_TEXT];
        egret_rc_t rc = egret_date_form_convert(wanted, &value, &out);

        require((rc == EGRET_EINVAL)
                    == (!value.has_offset && wanted != EGRET_DATE_FORM_ANY),
                "an offset is missing, or is not");
        if (rc != EGRET_OK) {
            continue;
        }
        (void) egret_datetime_write(&out, written);
        require(egret_datetime_read(egret_span_from(written), &again)
                    == EGRET_OK, "what is written is no date-time");
        require(egret_date_form_fits(wanted, &again), "it is not in the form");
        require(!value.has_offset
                    || is_same_second(text, egret_span_from(written)),
                "it is another second");
    }
}


static egret_verdict_t *
judge(egret_span_t bytes, size_t form, bool is_strict, egret_arena_t *arena)
{
    egret_message_t message = {
        .bytes = bytes,
        .receiver = pipeline->config->partners[form],
        .is_strict = is_strict,
        .now = egret_datetime_from_seconds(1795400000),
    };
    egret_verdict_t *verdict = NULL;

    require(egret_judge(pipeline, &message, arena, &verdict) == EGRET_OK,
            "the message is not judged");

    return verdict;
}


static void
compare(const egret_tape_t *before, const egret_tape_t *after)
{
    require(before->node_count == after->node_count,
            "it has another number of elements");
    for (uint32_t i = 0; i < before->node_count; i++) {
        egret_span_t old = egret_tape_value(before, i);
        egret_span_t new = egret_tape_value(after, i);

        require(egret_span_equals(egret_tape_name(before, i),
                                  egret_tape_name(after, i)),
                "an element has another name");
        require(egret_span_equals(old, new)
                    || (egret_tape_at(before, i)->element->type->kind
                            == EGRET_VALUE_DATETIME
                        && is_same_second(old, new)),
                "another value has changed");
    }
}


static void
forward(egret_span_t bytes, size_t form, egret_arena_t *arena)
{
    egret_verdict_t *verdict = judge(bytes, form, false, arena);
    egret_verdict_t *again;

    if (verdict->reply != EGRET_REPLY_FORWARD
        || verdict->output.length > egret_xml_limits_default.bytes)
    {
        return;
    }

    again = judge(verdict->output, form, true, arena);
    require(again->reply == EGRET_REPLY_FORWARD, "it is not taken again");
    require(again->output.at == verdict->output.at,
            "something was left to write");
    compare(&verdict->tape, &again->tape);
}


int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    egret_span_t span = { (const char *) bytes, size };
    egret_arena_t *arena;

    if (pipeline == NULL) {
        start();
    }

    convert(span);
    arena = egret_arena_create(egret_allocator_default(), 0);
    require(arena != NULL, "memory");
    for (size_t form = 0; form < FORMS; form++) {
        forward(span, form, arena);
    }
    egret_arena_destroy(arena);

    return 0;
}
