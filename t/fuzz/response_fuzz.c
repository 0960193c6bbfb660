/* SPDX-License-Identifier: Apache-2.0 */
/* response_fuzz: egret_response_read on whatever a counterpart sends, as the
 * answer to one message in three forms. What is taken is valid and in the
 * sender's form: taken again, it comes back as it is. Runs from the root of
 * the repository. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "configured.h"

#include "answer/response.h"
#include "pipeline/pipeline.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

#define MESSAGE "t/data/good/pacs.008-drawdown.xml"
#define FORMS 3

static const char conf[] =
    "egret_gateway bic=EGRTCNB0XXX;\n"
    "egret_schemas schemas;\n"
    "egret_reference conf/reference;\n"
    "egret_environment test;\n"
    "egret_profile bare { bare_document on; }\n"
    "egret_partner xiamen-bank {\n"
    "  certificate spki-sha256="
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa;\n"
    "  party bic=XMBKCNB0XXX lei=984500EGRETXMNBK0117;\n"
    "  accept pacs.008.001.08;\n"
    "  profile bare;\n"
    "}\n"
    "egret_partner taipei-bank {\n"
    "  certificate spki-sha256="
    "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb;\n"
    "  party bic=TPBKTWT0XXX;\n"
    "  accept pacs.008.001.08;\n"
    "  upstream https://taipei_bank;\n"
    "}\n";

static egret_pipeline_t *pipeline;
static egret_verdict_t *verdicts[FORMS];

static egret_span_t
read_file(egret_arena_t *arena, const char *path)
{
    static char bytes[65536];
    FILE *file = fopen(path, "rb");
    egret_span_t span = { bytes, 0 };

    require(file != NULL, path);
    span.length = fread(bytes, 1, sizeof(bytes), file);
    (void) fclose(file);

    return egret_arena_copy(arena, span);
}

/* The same length, so it is bent where it stands. */
static egret_span_t
bend(egret_arena_t *arena, egret_span_t text, const char *find,
     const char *replacement)
{
    egret_span_t copy = egret_arena_copy(arena, text);
    char *at = memmem(copy.at, copy.length, find, strlen(find));

    require(at != NULL, find);
    memcpy(at, replacement, strlen(find));

    return copy;
}

static egret_span_t
document_of(egret_span_t text)
{
    const char *from = memmem(text.at, text.length, "<Document", 9);
    const char *to = memmem(text.at, text.length, "</Document>", 11);

    require(from != NULL && to != NULL, "no Document");

    return (egret_span_t){ from, (size_t) (to - from) + 11 };
}

static void
start(void)
{
    egret_arena_t *arena = egret_arena_create(egret_allocator_default(), 0);
    egret_message_t message = { .has_registry = true };
    egret_config_t *config;
    egret_span_t forms[FORMS];

    egret_xml_start();
    config = configure(EGRET_SPAN(conf), arena);
    require(egret_pipeline_create(config, egret_store_none(), arena,
                                  &pipeline)
                == EGRET_OK, "no pipeline");

    forms[0] = read_file(arena, MESSAGE);
    forms[1] = bend(arena, forms[0], "head.001.001.02", "head.001.001.04");
    forms[2] = document_of(forms[0]);
    message.now = egret_datetime_from_seconds(1795400000);
    message.sender = config->partners[0];

    for (size_t i = 0; i < FORMS; i++) {
        message.bytes = forms[i];
        require(egret_judge(pipeline, &message, arena, &verdicts[i])
                    == EGRET_OK
                && verdicts[i]->reply == EGRET_REPLY_FORWARD,
                "the message is not sound");
    }
}

static void
answer(const egret_verdict_t *verdict, egret_span_t bytes,
       egret_arena_t *arena)
{
    egret_answer_request_t request = {
        .config = pipeline->config,
        .verdict = verdict,
        .now = egret_datetime_from_seconds(1795400001),
        .id = EGRET_SPAN("EG-FUZZ-1"),
        .maximum = 16 * 1024 * 1024,
    };
    egret_response_t first, second;

    require(egret_response_read(&request, bytes, arena, &first) == EGRET_OK,
            "the answer is not read");
    if (first.word != EGRET_RESPONSE_SOUND) {
        return;
    }

    require(egret_response_read(&request, first.body, arena, &second)
                == EGRET_OK, "what came of it is not read");
    require(second.word == EGRET_RESPONSE_SOUND, "it is not taken again");
    require(egret_span_equals(first.body, second.body),
            "it is not in the sender's form");
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    egret_span_t span = { (const char *) bytes, size };
    egret_arena_t *arena;

    if (pipeline == NULL) {
        start();
    }

    arena = egret_arena_create(egret_allocator_default(), 0);
    require(arena != NULL, "memory");
    for (size_t i = 0; i < FORMS; i++) {
        answer(verdicts[i], span, arena);
    }
    egret_arena_destroy(arena);

    return 0;
}
