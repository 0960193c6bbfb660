/* SPDX-License-Identifier: Apache-2.0 */
#include "schema/pattern.h"

#include <stdlib.h>
#include <string.h>

#include "schema/nfa.h"

#define STEPS_MOST 2000000
#define STEPS_OF_ALL 60000000 /* patterns of one load */
#define STATES_FEW 2000 /* enough for a pattern that can do without a table */
#define WORDS (EGRET_PATTERN_POSITIONS / 64)

typedef struct {
    uint32_t *nodes; /* sorted; EGRET_NFA_MATCHED is the last */
    size_t count;
} state_t;

typedef struct {
    egret_arena_t *arena;
    egret_arena_t *scratch;
    egret_charsets_t *charsets;
    egret_expression_tree_t tree;
    egret_pattern_t *pattern;
    egret_nfa_t nfa;
    bool *members_of; /* [set * class_count + class] */

    state_t *states;
    uint32_t state_count;
    uint32_t state_capacity;
    uint32_t state_most;
    egret_map_t by_nodes; /* bytes of a node list to its state's number */
    uint16_t *next;

    uint32_t *stack;
    uint32_t *seen; /* by node: the last closure that met it */
    uint32_t *members;
    uint32_t closure;
    uint32_t closure_steps;
    size_t member_count;
    bool is_matched;
} compiler_t;

static int
compare_nodes(const void *a, const void *b)
{
    uint32_t first = *(const uint32_t *) a;
    uint32_t second = *(const uint32_t *) b;

    return first < second ? -1 : first > second;
}

/* The nodes become states: sets of nodes that are reached together. */

static egret_rc_t
close_over(compiler_t *compiler, uint32_t from)
{
    size_t depth = 0;
    uint32_t at = from;

    for (;;) {
        if (++compiler->closure_steps > STEPS_MOST) {
            return EGRET_EUNSUPPORTED;
        }
        if (at == EGRET_NFA_MATCHED) {
            compiler->is_matched = true;
        } else if (compiler->seen[at] != compiler->closure) {
            compiler->seen[at] = compiler->closure;
            if (compiler->nfa.nodes[at].is_split) {
                compiler->stack[depth++] = compiler->nfa.nodes[at].other;
                at = compiler->nfa.nodes[at].next;
                continue;
            }
            compiler->members[compiler->member_count++] = at;
        }
        if (depth == 0) {
            return EGRET_OK;
        }
        at = compiler->stack[--depth];
    }
}

static void
start_closure(compiler_t *compiler)
{
    compiler->closure++;
    compiler->member_count = 0;
    compiler->is_matched = false;
}

static egret_rc_t
grow_states(compiler_t *compiler)
{
    uint32_t capacity = compiler->state_capacity * 2 + 16;
    size_t classes = compiler->pattern->alphabet.class_count;
    state_t *states;
    uint16_t *next;

    if (compiler->state_count < compiler->state_capacity) {
        return EGRET_OK;
    }
    states = egret_arena_grow(compiler->scratch, compiler->states,
                              compiler->state_capacity * sizeof(*states),
                              capacity * sizeof(*states));
    next = egret_arena_grow(compiler->scratch, compiler->next,
                            compiler->state_capacity * classes * sizeof(*next),
                            capacity * classes * sizeof(*next));
    if (states == NULL || next == NULL) {
        return egret_arena_rc(compiler->scratch);
    }
    compiler->states = states;
    compiler->next = next;
    compiler->state_capacity = capacity;
    return EGRET_OK;
}

static egret_rc_t
add_state(compiler_t *compiler, egret_span_t key)
{
    egret_rc_t rc = grow_states(compiler);
    egret_span_t kept = { NULL, key.length };
    uint32_t *nodes;

    if (rc != EGRET_OK) {
        return rc;
    }
    if (compiler->state_count == compiler->state_most ||
        compiler->state_count * compiler->pattern->alphabet.class_count >
            EGRET_PATTERN_TABLE) {
        return EGRET_EUNSUPPORTED;
    }
    nodes = egret_arena_allocate(compiler->scratch, key.length);
    if (nodes == NULL) {
        return egret_arena_rc(compiler->scratch);
    }
    memcpy(nodes, key.at, key.length);
    kept.at = (const char *) nodes;
    compiler->states[compiler->state_count].nodes = nodes;
    compiler->states[compiler->state_count].count = key.length / sizeof(*nodes);
    compiler->state_count++;
    return egret_map_add(&compiler->by_nodes, kept,
                         (void *) (uintptr_t) compiler->state_count);
}

/* The state of the closure that was just made; new, if it must be. */
static egret_rc_t
find_state(compiler_t *compiler, uint16_t *out)
{
    egret_span_t key;
    void *found;
    egret_rc_t rc;

    if (compiler->is_matched) {
        compiler->members[compiler->member_count++] = EGRET_NFA_MATCHED;
    }
    qsort(compiler->members, compiler->member_count, sizeof(*compiler->members),
          compare_nodes);
    key.at = (const char *) compiler->members;
    key.length = compiler->member_count * sizeof(*compiler->members);
    found = egret_map_find(&compiler->by_nodes, key);
    if (found == NULL) {
        rc = add_state(compiler, key);
        if (rc != EGRET_OK) {
            return rc;
        }
        found = (void *) (uintptr_t) compiler->state_count;
    }
    *out = (uint16_t) ((uintptr_t) found - 1);
    return EGRET_OK;
}

static egret_rc_t
follow_class(compiler_t *compiler, uint32_t from, uint32_t class)
{
    uint32_t classes = compiler->pattern->alphabet.class_count;
    egret_rc_t rc = EGRET_OK;
    uint16_t to;

    start_closure(compiler);
    for (size_t i = 0; i < compiler->states[from].count && rc == EGRET_OK;
         i++) {
        uint32_t at = compiler->states[from].nodes[i];

        compiler->closure_steps++;
        if (at != EGRET_NFA_MATCHED &&
            compiler
                ->members_of[compiler->nfa.nodes[at].set * classes + class]) {
            rc = close_over(compiler, compiler->nfa.nodes[at].next);
        }
    }
    if (rc == EGRET_OK) {
        rc = find_state(compiler, &to);
    }
    if (rc == EGRET_OK) {
        compiler->next[from * classes + class] = to;
    }
    return rc;
}

static egret_rc_t
determine(compiler_t *compiler, uint32_t start)
{
    egret_rc_t rc;
    uint16_t state;

    /* State 0 is the empty set: dead. */
    start_closure(compiler);
    rc = find_state(compiler, &state);
    if (rc == EGRET_OK) {
        start_closure(compiler);
        rc = close_over(compiler, start);
    }
    if (rc == EGRET_OK) {
        rc = find_state(compiler, &state);
    }
    for (uint32_t from = 0; rc == EGRET_OK && from < compiler->state_count;
         from++) {
        for (uint32_t class = 0;
             rc == EGRET_OK && class < compiler->pattern->alphabet.class_count;
             class ++) {
            rc = follow_class(compiler, from, class);
        }
    }
    return rc;
}

static egret_rc_t
keep_table(compiler_t *compiler)
{
    egret_pattern_t *pattern = compiler->pattern;
    size_t entries =
        (size_t) compiler->state_count * pattern->alphabet.class_count;
    uint16_t *next =
        egret_arena_zeroed(compiler->arena, entries, sizeof(*next));
    bool *is_accepting =
        egret_arena_zeroed(compiler->arena, compiler->state_count, 1);

    if (next == NULL || is_accepting == NULL) {
        return egret_arena_rc(compiler->arena);
    }
    memcpy(next, compiler->next, entries * sizeof(*next));
    for (uint32_t i = 0; i < compiler->state_count; i++) {
        const state_t *state = &compiler->states[i];

        is_accepting[i] = state->count > 0 &&
                          state->nodes[state->count - 1] == EGRET_NFA_MATCHED;
    }
    pattern->next = next;
    pattern->is_accepting = is_accepting;
    return EGRET_OK;
}

/* Positions: the nodes that take a character, for a pattern that has few of
 * them but too many states. */

static uint32_t
count_positions(const compiler_t *compiler)
{
    uint32_t count = 0;

    for (uint32_t i = 0; i < compiler->nfa.node_count; i++) {
        count += !compiler->nfa.nodes[i].is_split;
    }
    return count;
}

static egret_rc_t
note_successors(compiler_t *compiler, uint32_t from,
                const uint16_t *position_of, uint64_t set[WORDS])
{
    egret_rc_t rc;

    start_closure(compiler);
    rc = close_over(compiler, from);
    for (size_t i = 0; i < compiler->member_count; i++) {
        uint16_t position = position_of[compiler->members[i]];

        set[position / 64] |= UINT64_C(1) << position % 64;
    }
    if (compiler->is_matched) {
        set[WORDS - 1] |= UINT64_C(1) << 63;
    }
    return rc;
}

static egret_rc_t
keep_positions(compiler_t *compiler, uint32_t count)
{
    uint32_t classes = compiler->pattern->alphabet.class_count;
    uint16_t *position_of = egret_arena_zeroed(
        compiler->scratch, compiler->nfa.node_count + 1, sizeof(uint16_t));
    uint64_t(*after)[WORDS] =
        egret_arena_zeroed(compiler->arena, count + 1, sizeof(*after));
    bool *takes =
        egret_arena_zeroed(compiler->arena, (size_t) count * classes + 1, 1);
    egret_rc_t rc;

    if (position_of == NULL || after == NULL || takes == NULL) {
        return EGRET_ENOMEM;
    }
    count = 0;
    for (uint32_t i = 0; i < compiler->nfa.node_count; i++) {
        if (!compiler->nfa.nodes[i].is_split) {
            position_of[i] = (uint16_t) count++;
        }
    }
    rc = note_successors(compiler, compiler->nfa.start, position_of,
                         after[count]);
    for (uint32_t i = 0; i < compiler->nfa.node_count && rc == EGRET_OK; i++) {
        const egret_nfa_node_t *node = &compiler->nfa.nodes[i];

        if (!node->is_split) {
            memcpy(&takes[position_of[i] * classes],
                   &compiler->members_of[node->set * classes], classes);
            rc = note_successors(compiler, node->next, position_of,
                                 after[position_of[i]]);
        }
    }
    compiler->pattern->position_count = count;
    compiler->pattern->after = (const uint64_t(*)[WORDS]) after;
    compiler->pattern->takes = takes;
    return rc;
}

/* One hostile schema could have thousands of patterns, each just small
 * enough. */
static void
charge(compiler_t *compiler)
{
    compiler->charsets->steps += compiler->closure_steps + compiler->nfa.steps +
                                 100 +
                                 (size_t) compiler->tree.set_count *
                                     compiler->pattern->alphabet.row_count;
    compiler->closure_steps = 0;
}

static egret_rc_t
make_table(compiler_t *compiler)
{
    uint32_t positions = count_positions(compiler);
    bool has_few = positions < EGRET_PATTERN_POSITIONS;
    egret_rc_t rc;

    compiler->state_most = has_few ? STATES_FEW : EGRET_PATTERN_STATES;
    rc = determine(compiler, compiler->nfa.start);
    if (rc == EGRET_EUNSUPPORTED && has_few) {
        charge(compiler);
        return keep_positions(compiler, positions);
    }
    return rc == EGRET_OK ? keep_table(compiler) : rc;
}

static egret_rc_t
build(compiler_t *compiler)
{
    size_t room;
    egret_rc_t rc = egret_alphabet_divide(
        compiler->arena, compiler->scratch, &compiler->tree,
        &compiler->pattern->alphabet, &compiler->members_of);

    if (rc == EGRET_OK) {
        rc = egret_nfa_build(&compiler->nfa, &compiler->tree);
    }
    if (rc != EGRET_OK) {
        return rc;
    }
    room = (size_t) compiler->nfa.node_count + 2;
    compiler->stack =
        egret_arena_zeroed(compiler->scratch, room, sizeof(uint32_t));
    compiler->seen =
        egret_arena_zeroed(compiler->scratch, room, sizeof(uint32_t));
    compiler->members =
        egret_arena_zeroed(compiler->scratch, room, sizeof(uint32_t));
    if (compiler->stack == NULL || compiler->seen == NULL ||
        compiler->members == NULL) {
        return egret_arena_rc(compiler->scratch);
    }
    return make_table(compiler);
}

egret_rc_t
egret_pattern_compile(egret_arena_t *arena, egret_arena_t *scratch,
                      egret_charsets_t *charsets, egret_span_t text,
                      const egret_pattern_t **out, const char **why)
{
    compiler_t *compiler = egret_arena_zeroed(scratch, 1, sizeof(*compiler));
    egret_rc_t rc;

    if (compiler == NULL) {
        return egret_arena_rc(scratch);
    }
    compiler->arena = arena;
    compiler->scratch = scratch;
    compiler->charsets = charsets;
    compiler->nfa.arena = scratch;
    egret_map_init(&compiler->by_nodes, scratch);
    *why = "the pattern is too large";
    if (charsets->steps > STEPS_OF_ALL) {
        return EGRET_EUNSUPPORTED;
    }
    rc = egret_expression_read(scratch, charsets, text, &compiler->tree, why);
    if (rc != EGRET_OK) {
        return rc;
    }
    compiler->pattern =
        egret_arena_zeroed(arena, 1, sizeof(*compiler->pattern));
    if (compiler->pattern == NULL) {
        return egret_arena_rc(arena);
    }
    compiler->pattern->text = text;
    *out = compiler->pattern;
    rc = build(compiler);
    charge(compiler);
    return rc;
}

/* The class of the next character; false when there is none in UTF-8. */
static inline bool
read_class(const egret_alphabet_t *alphabet, const char **at, const char *end,
           uint32_t *class)
{
    unsigned char byte = (unsigned char) **at;
    uint32_t character;
    size_t length;

    if ((byte & 0x80) == 0) {
        *class = alphabet->ascii[byte];
        (*at)++;
        return true;
    }
    length = egret_utf8_read(*at, end, &character);
    if (length == 0) {
        return false;
    }
    *class = egret_alphabet_class(alphabet, character);
    *at += length;
    return true;
}

static void
advance(const egret_pattern_t *pattern, uint32_t class, uint64_t now[WORDS])
{
    uint64_t next[WORDS] = { 0 };

    for (uint32_t p = 0; p < pattern->position_count; p++) {
        if ((now[p / 64] >> p % 64 & 1) != 0 &&
            pattern->takes[p * pattern->alphabet.class_count + class]) {
            for (size_t i = 0; i < WORDS; i++) {
                next[i] |= pattern->after[p][i];
            }
        }
    }
    memcpy(now, next, sizeof(next));
}

static bool
matches_positions(const egret_pattern_t *pattern, egret_span_t text)
{
    const char *at = text.at;
    const char *end = text.at + text.length;
    uint64_t now[WORDS];
    uint32_t class;

    memcpy(now, pattern->after[pattern->position_count], sizeof(now));
    while (at < end) {
        if (!read_class(&pattern->alphabet, &at, end, &class)) {
            return false;
        }
        advance(pattern, class, now);
    }
    return now[WORDS - 1] >> 63 != 0;
}

bool
egret_pattern_matches(const egret_pattern_t *pattern, egret_span_t text)
{
    const char *at = text.at;
    const char *end = text.at + text.length;
    uint32_t state = 1;
    uint32_t class;

    if (pattern->next == NULL) {
        return matches_positions(pattern, text);
    }
    while (at < end && state != 0) {
        if (!read_class(&pattern->alphabet, &at, end, &class)) {
            return false;
        }
        state = pattern->next[state * pattern->alphabet.class_count + class];
    }
    return pattern->is_accepting[state];
}
