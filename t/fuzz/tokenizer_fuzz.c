/* SPDX-License-Identifier: Apache-2.0 */
/* Fuzzes egret_tokenizer_next over any bytes. What must hold: words lie in the
 * arena and end with a zero, none is longer than the text, lines only go up,
 * and an error has its fault. */

#include <stdlib.h>

#include "util/tokenizer.h"

#define CEILING ((size_t) 4 << 20)

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);


static void
require(bool holds)
{
    if (!holds) {
        abort();
    }
}


static void
check_token(const egret_token_t *token, size_t size, uint32_t last_line)
{
    bool has_words = token->kind == EGRET_TOKEN_DIRECTIVE
                     || token->kind == EGRET_TOKEN_BLOCK;

    require(has_words == (token->count != 0));
    require(token->count <= EGRET_TOKENIZER_WORDS);
    require(token->line >= last_line && token->line <= size + 1);

    for (size_t i = 0; i < token->count; i++) {
        require(token->words[i].length <= size);
        require(token->words[i].length <= EGRET_TOKENIZER_WORD);
        require(token->words[i].at[token->words[i].length] == '\0');
    }
}


int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    egret_span_t text = { (const char *) bytes, size };
    egret_token_t token = { .kind = EGRET_TOKEN_CLOSE };
    egret_tokenizer_t tokenizer;
    egret_rc_t rc = EGRET_OK;
    uint32_t last_line = 1;
    egret_arena_t *arena;

    arena = egret_arena_create(egret_allocator_default(), CEILING);
    require(arena != NULL);
    egret_tokenizer_init(&tokenizer, arena, text);

    while (token.kind != EGRET_TOKEN_END) {
        rc = egret_tokenizer_next(&tokenizer, &token);

        if (rc != EGRET_OK) {
            require(rc == EGRET_ELIMIT || tokenizer.fault != NULL);
            break;
        }

        check_token(&token, size, last_line);
        last_line = token.line;
    }

    egret_arena_destroy(arena);

    return 0;
}
