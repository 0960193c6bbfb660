/* SPDX-License-Identifier: Apache-2.0 */

#include "cli/conf.h"

#include <errno.h>
#include <glob.h>
#include <string.h>

#include "config/file.h"
#include "util/tokenizer.h"

#define DEPTH_MAXIMUM 64 /* of blocks and included files together */
#define FILE_MAXIMUM 4096 /* a file that includes itself ends here */

typedef enum {
    CONTEXT_TOP,   /* of the file given or of one that it includes */
    CONTEXT_HTTP,
    CONTEXT_EGRET, /* in egret_partner or egret_profile */
    CONTEXT_OTHER
} context_t;

typedef struct {
    egret_conf_t *conf;
    egret_tokenizer_t tokenizer;
    const char *path;
    uint32_t line; /* of the directive at hand */
} reader_t;

static egret_rc_t read_file(egret_conf_t *conf, const char *path,
                            context_t context, unsigned depth);
static egret_rc_t read_block(reader_t *reader, context_t context,
                             bool is_in_block, unsigned depth);


static egret_rc_t
refuse(const reader_t *reader, uint32_t line, egret_rc_t rc,
       egret_span_t sentence)
{
    egret_conf_t *conf = reader->conf;

    if (rc == EGRET_ENOMEM || (rc == EGRET_ELIMIT && sentence.length == 0)) {
        return rc;
    }

    conf->fault = egret_arena_print(conf->arena, "%s:%u: %.*s", reader->path,
                                    line, EGRET_SPAN_ARGS(sentence));

    return conf->fault.at == NULL ? egret_arena_rc(conf->arena) : rc;
}


static egret_rc_t
include_one(reader_t *reader, const char *path, context_t context,
            unsigned depth)
{
    egret_span_t sentence;
    egret_rc_t rc;

    if (depth >= DEPTH_MAXIMUM || reader->conf->file_count >= FILE_MAXIMUM) {
        return refuse(reader, reader->line, EGRET_ESYNTAX,
                      EGRET_SPAN("too many files include each other"));
    }

    rc = read_file(reader->conf, path, context, depth + 1);
    if (rc != EGRET_EIO || reader->conf->fault.length > 0) {
        return rc;
    }

    sentence = egret_arena_print(reader->conf->arena, "include %s: %s", path,
                                 strerror(errno));
    if (sentence.at == NULL) {
        return egret_arena_rc(reader->conf->arena);
    }

    return refuse(reader, reader->line, rc, sentence);
}


/* nginx: a pattern may match nothing, a plain name must exist. */
static egret_rc_t
include(reader_t *reader, egret_span_t pattern, context_t context,
        unsigned depth)
{
    const char *path = egret_file_path(reader->conf->folder, pattern,
                                       reader->conf->arena);
    egret_rc_t rc = EGRET_OK;
    glob_t found;

    if (path == NULL) {
        return egret_arena_rc(reader->conf->arena);
    }
    if (strpbrk(path, "*?[") == NULL) {
        return include_one(reader, path, context, depth);
    }

    switch (glob(path, 0, NULL, &found)) {
    case 0:
        break;
    case GLOB_NOMATCH:
        return EGRET_OK;
    default:
        return refuse(reader, reader->line, EGRET_EIO,
                      EGRET_SPAN("include: the folder cannot be read"));
    }

    for (size_t i = 0; i < found.gl_pathc && rc == EGRET_OK; i++) {
        egret_span_t copy = egret_arena_copy(
            reader->conf->arena, egret_span_from(found.gl_pathv[i]));

        rc = copy.at == NULL ? egret_arena_rc(reader->conf->arena)
                             : include_one(reader, copy.at, context, depth);
    }
    globfree(&found);

    return rc;
}


static bool
is_overridden(const egret_conf_t *conf, egret_span_t name)
{
    for (size_t i = 0; conf->overridden[i] != NULL; i++) {
        if (egret_span_equals_text(name, conf->overridden[i])) {
            return true;
        }
    }

    return false;
}


static egret_rc_t
feed(reader_t *reader, const egret_token_t *token, unsigned depth)
{
    egret_config_builder_t *builder = reader->conf->builder;
    bool opens_block = token->kind == EGRET_TOKEN_BLOCK;
    egret_rc_t rc;

    if (is_overridden(reader->conf, token->words[0])) {
        return EGRET_OK;
    }

    rc = egret_config_builder_set(builder, token->words, token->count,
                                  opens_block, egret_span_from(reader->path),
                                  token->line);
    if (rc == EGRET_OK && opens_block) {
        rc = read_block(reader, CONTEXT_EGRET, true, depth + 1);
        if (rc != EGRET_OK) {
            return rc;
        }
        rc = egret_config_builder_close(builder);
    }
    if (rc == EGRET_OK) {
        return rc;
    }

    return refuse(reader, token->line, rc, egret_config_builder_fault(builder));
}


/* The Lua module reads its blocks itself: no token of nginx's, only braces,
 * quotes and comments of Lua. */
static void
skip_lua(egret_tokenizer_t *tokenizer)
{
    unsigned open = 1;
    char quote = '\0';

    while (tokenizer->offset < tokenizer->text.length && open > 0) {
        const char *at = tokenizer->text.at + tokenizer->offset;
        size_t left = tokenizer->text.length - tokenizer->offset;

        tokenizer->offset++;
        tokenizer->line += *at == '\n';

        if (quote != '\0') {
            if (*at == '\\' && left > 1) {
                tokenizer->offset++;
            } else if (*at == quote || *at == '\n') {
                quote = '\0';
            }
        } else if (*at == '"' || *at == '\'') {
            quote = *at;
        } else if (*at == '-' && left > 1 && at[1] == '-') {
            quote = '\n';
        } else if (*at == '{') {
            open++;
        } else if (*at == '}') {
            open--;
        }
    }
}


static bool
is_core_directive(egret_span_t name)
{
    size_t count;
    const egret_directive_t *directives = egret_directives(&count);

    for (size_t i = 0; i < count; i++) {
        if (directives[i].block == EGRET_BLOCK_MAIN
            && egret_span_equals_text(name, directives[i].name))
        {
            return true;
        }
    }

    return false;
}


static egret_rc_t
read_foreign(reader_t *reader, const egret_token_t *token, context_t context,
             unsigned depth)
{
    bool is_http = egret_span_equals_text(token->words[0], "http");

    if (context == CONTEXT_OTHER && is_core_directive(token->words[0])) {
        return refuse(reader, token->line, EGRET_EINVAL,
                      EGRET_SPAN("Egret's directives stand in http { }, not in "
                                 "a block of it"));
    }
    if (token->kind != EGRET_TOKEN_BLOCK) {
        return EGRET_OK;
    }
    if (egret_span_ends_with(token->words[0], EGRET_SPAN("_by_lua_block"))) {
        skip_lua(&reader->tokenizer);
        return EGRET_OK;
    }

    return read_block(reader,
                      context == CONTEXT_TOP && is_http ? CONTEXT_HTTP
                                                        : CONTEXT_OTHER,
                      true, depth + 1);
}


static egret_rc_t
read_directive(reader_t *reader, const egret_token_t *token, context_t context,
               unsigned depth)
{
    bool is_ours = context == CONTEXT_TOP || context == CONTEXT_HTTP;
    egret_span_t name = token->words[0];

    reader->line = token->line;

    if (context == CONTEXT_EGRET
        || (is_ours && egret_span_starts_with(name, EGRET_SPAN("egret_"))))
    {
        return feed(reader, token, depth);
    }
    if (is_ours && token->kind == EGRET_TOKEN_DIRECTIVE && token->count == 2
        && egret_span_equals_text(name, "include"))
    {
        return include(reader, token->words[1], context, depth);
    }

    return read_foreign(reader, token, context, depth);
}


static egret_rc_t
next_token(reader_t *reader, egret_token_t *token)
{
    egret_tokenizer_t *tokenizer = &reader->tokenizer;
    egret_rc_t rc = egret_tokenizer_next(tokenizer, token);

    if (rc == EGRET_OK) {
        return rc;
    }

    return refuse(reader, tokenizer->line, rc,
                  egret_span_from(tokenizer->fault));
}


static egret_rc_t
read_block(reader_t *reader, context_t context, bool is_in_block,
           unsigned depth)
{
    if (depth > DEPTH_MAXIMUM) {
        return refuse(reader, reader->line, EGRET_ESYNTAX,
                      EGRET_SPAN("blocks are nested too deep"));
    }

    for (;;) {
        egret_token_t token;
        egret_rc_t rc = next_token(reader, &token);

        if (rc != EGRET_OK) {
            return rc;
        }
        if (token.kind == EGRET_TOKEN_CLOSE && is_in_block) {
            return EGRET_OK;
        }
        if (token.kind == EGRET_TOKEN_CLOSE) {
            return refuse(reader, token.line, EGRET_ESYNTAX,
                          EGRET_SPAN("a } that closes no block"));
        }
        if (token.kind == EGRET_TOKEN_END && is_in_block) {
            return refuse(reader, reader->tokenizer.line, EGRET_ESYNTAX,
                          EGRET_SPAN("the file ends in a block: a } is "
                                     "missing"));
        }
        if (token.kind == EGRET_TOKEN_END) {
            return EGRET_OK;
        }

        rc = read_directive(reader, &token, context, depth);
        if (rc != EGRET_OK) {
            return rc;
        }
    }
}


static egret_rc_t
read_file(egret_conf_t *conf, const char *path, context_t context,
          unsigned depth)
{
    reader_t *reader = egret_arena_zeroed(conf->arena, 1, sizeof(*reader));
    egret_span_t text;
    egret_rc_t rc;

    if (reader == NULL) {
        return egret_arena_rc(conf->arena);
    }
    reader->conf = conf;
    reader->path = path;
    reader->line = 1;
    conf->file_count++;

    rc = egret_file_read(path, EGRET_FILE_MAXIMUM, conf->arena, &text);
    if (rc != EGRET_OK) {
        return rc;
    }
    egret_tokenizer_init(&reader->tokenizer, conf->arena, text);

    return read_block(reader, context, false, depth);
}


const char *
egret_conf_folder(const char *path, egret_arena_t *arena)
{
    const char *slash = strrchr(path, '/');
    egret_span_t folder = { path, 0 };

    if (slash == NULL) {
        return ".";
    }
    folder.length = slash == path ? 1 : (size_t) (slash - path);

    return egret_arena_copy(arena, folder).at;
}


egret_rc_t
egret_conf_read(egret_conf_t *conf, const char *path)
{
    egret_rc_t rc;

    conf->fault = EGRET_SPAN("");
    rc = read_file(conf, path, CONTEXT_TOP, 0);
    if (rc != EGRET_EIO || conf->fault.length > 0) {
        return rc;
    }

    conf->fault = egret_arena_print(conf->arena, "%s: %s", path,
                                    egret_file_reason(EGRET_FILE_MAXIMUM,
                                                      conf->arena));

    return conf->fault.at == NULL ? egret_arena_rc(conf->arena) : rc;
}
