/* SPDX-License-Identifier: Apache-2.0 */

#include "util/tokenizer.h"

/* What the bytes since the last token mean: the state of
 * ngx_conf_read_token. */
typedef struct {
    size_t start;        /* offset of the current word */
    uint32_t start_line;
    size_t count;        /* of finished words */
    char quote;          /* that the word began with, or 0 */
    bool is_between;     /* words */
    bool is_comment;
    bool is_escaped;     /* the next byte */
    bool is_variable;    /* the last byte was an unescaped $ */
    bool needs_space;    /* after a closing quote */
} state_t;

typedef enum {
    STEP_MORE,
    STEP_DIRECTIVE,
    STEP_BLOCK,
    STEP_CLOSE,
    STEP_WORD, /* the word ends before this byte */
    STEP_FAULT
} step_t;


void
egret_tokenizer_init(egret_tokenizer_t *tokenizer, egret_arena_t *arena,
                     egret_span_t text)
{
    tokenizer->arena = arena;
    tokenizer->text = text;
    tokenizer->offset = 0;
    tokenizer->line = 1;
    tokenizer->fault = NULL;
}


static bool
is_space(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n';
}


/* nginx unescapes these only: any other backslash stays in the word, for
 * regular expressions. */
static char
escaped_byte(char byte)
{
    switch (byte) {
    case '"':
    case '\'':
    case '\\':
        return byte;
    case 't':
        return '\t';
    case 'r':
        return '\r';
    case 'n':
        return '\n';
    default:
        return '\0';
    }
}


static egret_rc_t
add_word(egret_tokenizer_t *tokenizer, state_t *state)
{
    const char *source = tokenizer->text.at + state->start;
    size_t size = tokenizer->offset - 1 - state->start;
    size_t length = 0;
    char *word;

    if (state->count == EGRET_TOKENIZER_WORDS) {
        tokenizer->fault = "too many parameters in one directive";
        return EGRET_ELIMIT;
    }

    word = egret_arena_allocate(tokenizer->arena, size + 1);
    if (word == NULL) {
        return egret_arena_rc(tokenizer->arena);
    }

    for (size_t i = 0; i < size; i++) {
        char byte = source[i];
        char escaped = '\0';

        if (byte == '\\' && i + 1 < size) {
            escaped = escaped_byte(source[i + 1]);
        }

        if (escaped != '\0') {
            byte = escaped;
            i++;
        }

        word[length++] = byte;
    }

    word[length] = '\0';
    tokenizer->words[state->count++] = (egret_span_t){ word, length };

    return EGRET_OK;
}


static step_t
fail(egret_tokenizer_t *tokenizer, const char *fault)
{
    tokenizer->fault = fault;

    return STEP_FAULT;
}


static step_t
step_between(egret_tokenizer_t *tokenizer, state_t *state, char byte)
{
    state->start = tokenizer->offset - 1;
    state->start_line = tokenizer->line;

    if (is_space(byte)) {
        return STEP_MORE;
    }

    switch (byte) {
    case ';':
        return state->count != 0 ? STEP_DIRECTIVE
                                 : fail(tokenizer, "unexpected \";\"");
    case '{':
        return state->count != 0 ? STEP_BLOCK
                                 : fail(tokenizer, "unexpected \"{\"");
    case '}':
        return state->count == 0 ? STEP_CLOSE
                                 : fail(tokenizer, "unexpected \"}\"");
    case '#':
        state->is_comment = true;
        return STEP_MORE;
    case '\\':
        state->is_escaped = true;
        break;
    case '"':
    case '\'':
        state->start++;
        state->quote = byte;
        break;
    case '$':
        state->is_variable = true;
        break;
    default:
        break;
    }

    state->is_between = false;

    return STEP_MORE;
}


static step_t
step_after_quote(egret_tokenizer_t *tokenizer, state_t *state, char byte)
{
    if (is_space(byte)) {
        state->is_between = true;
        state->needs_space = false;
        return STEP_MORE;
    }

    /* A new word begins, for conditions: if ($x = "y") */
    if (byte == ')') {
        state->needs_space = false;
        return step_between(tokenizer, state, byte);
    }

    if (byte == ';') {
        return STEP_DIRECTIVE;
    }

    if (byte == '{') {
        return STEP_BLOCK;
    }

    return fail(tokenizer, "unexpected character after a quoted parameter");
}


static step_t
step_inside(state_t *state, char byte)
{
    if (byte == '{' && state->is_variable) {
        return STEP_MORE;
    }

    state->is_variable = byte == '$';

    if (byte == '\\') {
        state->is_escaped = true;
        return STEP_MORE;
    }

    if (state->quote != '\0') {
        return byte == state->quote ? STEP_WORD : STEP_MORE;
    }

    return is_space(byte) || byte == ';' || byte == '{' ? STEP_WORD : STEP_MORE;
}


static step_t
end_word(state_t *state, char byte)
{
    if (state->quote != '\0') {
        state->quote = '\0';
        state->needs_space = true;
        return STEP_MORE;
    }

    state->is_between = true;

    if (byte == ';') {
        return STEP_DIRECTIVE;
    }

    return byte == '{' ? STEP_BLOCK : STEP_MORE;
}


static step_t
step(egret_tokenizer_t *tokenizer, state_t *state, char byte)
{
    if (byte == '\n') {
        tokenizer->line++;
        state->is_comment = false;
    }

    if (state->is_comment) {
        return STEP_MORE;
    }

    if (state->is_escaped) {
        state->is_escaped = false;
        return STEP_MORE;
    }

    if (state->needs_space) {
        return step_after_quote(tokenizer, state, byte);
    }

    if (state->is_between) {
        return step_between(tokenizer, state, byte);
    }

    return step_inside(state, byte);
}


static egret_rc_t
end_of_text(egret_tokenizer_t *tokenizer, const state_t *state)
{
    if (state->count == 0 && state->is_between) {
        return EGRET_OK;
    }

    if (state->quote != '\0') {
        tokenizer->fault = "missing closing quote";
        tokenizer->line = state->start_line;
    } else {
        tokenizer->fault = "unexpected end of file, expecting \";\" or \"{\"";
    }

    return EGRET_ESYNTAX;
}


static egret_token_kind_t
kind_of(step_t step_taken)
{
    switch (step_taken) {
    case STEP_DIRECTIVE:
        return EGRET_TOKEN_DIRECTIVE;
    case STEP_BLOCK:
        return EGRET_TOKEN_BLOCK;
    default:
        return EGRET_TOKEN_CLOSE;
    }
}


static egret_rc_t
advance(egret_tokenizer_t *tokenizer, state_t *state, step_t *step_taken)
{
    char byte;

    /* nginx's buffer holds so much from the start of a word; it counts what
     * comes up to the start of the next word, and comments, too. */
    if (tokenizer->offset - state->start == EGRET_TOKENIZER_WORD) {
        tokenizer->fault = state->quote != '\0'
            ? "too long parameter, probably missing the closing quote"
            : "too long parameter or comment";
        tokenizer->line = state->start_line;
        return EGRET_ESYNTAX;
    }

    byte = tokenizer->text.at[tokenizer->offset++];
    *step_taken = step(tokenizer, state, byte);

    if (*step_taken == STEP_FAULT) {
        return EGRET_ESYNTAX;
    }

    if (*step_taken == STEP_WORD) {
        egret_rc_t rc = add_word(tokenizer, state);

        if (rc != EGRET_OK) {
            return rc;
        }

        *step_taken = end_word(state, byte);
    }

    return EGRET_OK;
}


egret_rc_t
egret_tokenizer_next(egret_tokenizer_t *tokenizer, egret_token_t *token)
{
    state_t state = {
        .start = tokenizer->offset,
        .start_line = tokenizer->line,
        .is_between = true,
    };
    uint32_t first_line = 0;

    tokenizer->fault = NULL;

    while (tokenizer->offset < tokenizer->text.length) {
        step_t step_taken = STEP_MORE;
        egret_rc_t rc = advance(tokenizer, &state, &step_taken);

        if (rc != EGRET_OK) {
            return rc;
        }

        if (first_line == 0 && !state.is_between) {
            first_line = state.start_line;
        }

        if (step_taken != STEP_MORE) {
            *token = (egret_token_t){
                .kind = kind_of(step_taken),
                .words = tokenizer->words,
                .count = state.count,
                .line = first_line == 0 ? state.start_line : first_line,
            };
            return EGRET_OK;
        }
    }

    *token = (egret_token_t){
        .kind = EGRET_TOKEN_END,
        .words = tokenizer->words,
        .line = tokenizer->line,
    };

    return end_of_text(tokenizer, &state);
}
