/* SPDX-License-Identifier: Apache-2.0 */
/* tokenizer: the words of an nginx configuration file.
 *
 * The command line reads the operator's own nginx.conf with it, so the grammar
 * is nginx's (ngx_conf_read_token, nginx 1.22): words split by white space;
 * `;`, `{`, `}` end a directive or open and close a block; '...' and "..."
 * quote; `#` starts a comment at the start of a word; `${` inside a word does
 * not open a block. The byte after a backslash never ends a word; the
 * backslash goes away before quotes and another backslash, \t \r \n give
 * their bytes, and before anything else it stays in the word (for regular
 * expressions). A zero is a byte like any other.
 *
 * Blocks that another parser of nginx reads (the Lua module's
 * *_by_lua_block) are not known here. */
#ifndef EGRET_UTIL_TOKENIZER_H
#define EGRET_UTIL_TOKENIZER_H

#include "util/arena.h"

#define EGRET_TOKENIZER_WORDS 512 /* words of one directive */
/* As nginx's buffer: what lies between the start of a word and the end of what
 * ends it, and a comment, is at most so long. */
#define EGRET_TOKENIZER_WORD 4096

typedef enum {
    EGRET_TOKEN_DIRECTIVE, /* words, then ; */
    EGRET_TOKEN_BLOCK,     /* words, then { */
    EGRET_TOKEN_CLOSE,     /* } */
    EGRET_TOKEN_END        /* of the text */
} egret_token_kind_t;

typedef struct {
    egret_token_kind_t kind;
    const egret_span_t *words; /* words[0] is the name */
    size_t count;
    uint32_t line; /* of the first word, from 1 */
} egret_token_t;

typedef struct {
    egret_arena_t *arena; /* words are copied into it */
    egret_span_t text;
    size_t offset;
    uint32_t line;
    const char *fault; /* after EGRET_ESYNTAX: what is wrong, English */
    egret_span_t words[EGRET_TOKENIZER_WORDS];
} egret_tokenizer_t;

void egret_tokenizer_init(egret_tokenizer_t *tokenizer, egret_arena_t *arena,
                          egret_span_t text);
/* The next directive. `token->words` is valid until the next call, their bytes
 * as long as the arena. At the end EGRET_TOKEN_END, each time. EGRET_ESYNTAX:
 * `fault` and `line` say what and where (of a quote left open, where it
 * began). EGRET_ELIMIT: too many words (`fault` says so) or the arena's
 * ceiling (`fault` is NULL). EGRET_ENOMEM. After an error the tokenizer must
 * not be used again. Balance of braces is the caller's. */
egret_rc_t egret_tokenizer_next(egret_tokenizer_t *tokenizer,
                                egret_token_t *token) EGRET_MUST_USE;

#endif
