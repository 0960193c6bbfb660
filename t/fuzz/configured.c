/* SPDX-License-Identifier: Apache-2.0 */
#include "configured.h"

#include <stdio.h>
#include <stdlib.h>

#include "config/builder.h"
#include "util/tokenizer.h"


void
require(bool holds, const char *what)
{
    if (!holds) {
        (void) fprintf(stderr, "%s\n", what);
        abort();
    }
}


egret_config_t *
configure(egret_span_t text, egret_arena_t *arena)
{
    egret_config_builder_t *builder = egret_config_builder_create(arena, ".");
    egret_tokenizer_t *tokenizer = egret_arena_zeroed(arena, 1,
                                                      sizeof(*tokenizer));
    egret_config_t *config = NULL;
    egret_token_t token;

    require(builder != NULL && tokenizer != NULL, "memory");
    egret_tokenizer_init(tokenizer, arena, text);

    for (;;) {
        egret_rc_t rc;

        require(egret_tokenizer_next(tokenizer, &token) == EGRET_OK, "conf");
        if (token.kind == EGRET_TOKEN_END) {
            break;
        }
        rc = token.kind == EGRET_TOKEN_CLOSE
             ? egret_config_builder_close(builder)
             : egret_config_builder_set(builder, token.words, token.count,
                                        token.kind == EGRET_TOKEN_BLOCK,
                                        EGRET_SPAN("conf"), token.line);
        require(rc == EGRET_OK, egret_config_builder_fault(builder).at);
    }

    require(egret_config_builder_finish(builder, &config) == EGRET_OK,
            egret_config_builder_fault(builder).at);

    return config;
}
