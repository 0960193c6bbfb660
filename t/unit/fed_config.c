/* SPDX-License-Identifier: Apache-2.0 */

#include "fed_config.h"

#include "helper.h"
#include "util/tokenizer.h"


static egret_rc_t
feed(egret_arena_t *arena, const char *text, fed_t *out)
{
    egret_tokenizer_t tokenizer;
    egret_token_t token;
    egret_rc_t rc;

    egret_tokenizer_init(&tokenizer, arena, egret_span_from(text));
    for (;;) {
        rc = egret_tokenizer_next(&tokenizer, &token);
        if (rc != EGRET_OK || token.kind == EGRET_TOKEN_END) {
            return rc;
        }
        rc = token.kind == EGRET_TOKEN_CLOSE
                 ? egret_config_builder_close(out->builder)
                 : egret_config_builder_set(
                       out->builder, token.words, token.count,
                       token.kind == EGRET_TOKEN_BLOCK,
                       EGRET_SPAN("test.conf"), token.line);
        if (rc != EGRET_OK) {
            return rc;
        }
    }
}


egret_rc_t
fed_config(egret_arena_t *arena, const char *text, fed_t *out)
{
    egret_span_t folder, schemas, reference;
    egret_rc_t rc;

    out->builder = NULL;
    out->config = NULL;
    out->fault = EGRET_SPAN("");
    folder = egret_arena_print(arena, "%s/t/unit", egret_test_root());
    schemas = egret_arena_print(arena, "%s/schemas", egret_test_root());
    reference = egret_arena_print(arena, "%s/conf/reference",
                                  egret_test_root());
    if (folder.at == NULL || schemas.at == NULL || reference.at == NULL) {
        return egret_arena_rc(arena);
    }

    out->builder = egret_config_builder_create(arena, folder.at);
    if (out->builder == NULL) {
        return egret_arena_rc(arena);
    }
    egret_config_builder_defaults(out->builder, schemas.at, reference.at);

    rc = feed(arena, text, out);
    if (rc == EGRET_OK) {
        rc = egret_config_builder_finish(out->builder, &out->config);
    }
    out->fault = egret_config_builder_fault(out->builder);

    return rc;
}
