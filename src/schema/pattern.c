/* SPDX-License-Identifier: Apache-2.0 */
#include "schema/pattern.h"

#include <stdlib.h>
#include <string.h>

#include "schema/expression.h"

#define NFA_NODES 100000
#define COMPILE_STEPS 1000000
#define CLOSURE_STEPS 20000000
#define CLASSES 250
#define NOWHERE UINT32_MAX
#define MATCHED (UINT32_MAX - 1)
#define WORDS (EGRET_EXPRESSION_SETS / 64)

/* A node takes a character of `set`, or (`is_split`) goes both ways for
 * nothing. */
typedef struct {
    uint32_t set;
    uint32_t next;
    uint32_t other;
    bool is_split;
} node_t;

typedef struct {
    uint32_t *nodes; /* sorted; MATCHED is the last */
    size_t count;
} state_t;

typedef struct {
    egret_arena_t *arena;
    egret_arena_t *scratch;
    egret_expression_tree_t tree;
    egret_pattern_t *pattern;
    const char *why;

    node_t *nodes;
    uint32_t node_count;
    uint32_t node_capacity;
    uint32_t compile_steps;

    bool *set_has; /* [set * class_count + class] */

    state_t *states;
    uint32_t state_count;
    uint32_t state_capacity;
    egret_map_t by_nodes; /* bytes of a node list to its state's number */
    uint16_t *next;
    size_t next_capacity;

    uint32_t *stack;
    uint32_t *seen; /* by node: the last closure that met it */
    uint32_t *members;
    uint32_t closure;
    uint32_t closure_steps;
    size_t member_count;
    bool is_matched;
} compiler_t;

static egret_rc_t
refuse(compiler_t *compiler)
{
    compiler->why = "the pattern is too large";
    return EGRET_EUNSUPPORTED;
}

/* Signatures: which sets a character is in. */

static int
compare_characters(const void *a, const void *b)
{
    uint32_t first = *(const uint32_t *) a;
    uint32_t second = *(const uint32_t *) b;

    return first < second ? -1 : first > second;
}

/* Where membership of some set may change, sorted, each once; starts with
 * character 0. */
static uint32_t *
collect_borders(const compiler_t *compiler, size_t *count)
{
    const egret_expression_tree_t *tree = &compiler->tree;
    size_t most = 1;
    size_t kept = 0;
    uint32_t *borders;

    for (uint32_t i = 0; i < tree->set_count; i++) {
        most += tree->sets[i].count * 2;
    }
    borders = egret_arena_zeroed(compiler->scratch, most, sizeof(*borders));
    if (borders == NULL) {
        return NULL;
    }
    *count = 1;
    for (uint32_t i = 0; i < tree->set_count; i++) {
        for (size_t k = 0; k < tree->sets[i].count; k++) {
            borders[(*count)++] = tree->sets[i].ranges[k].low;
            borders[(*count)++] = tree->sets[i].ranges[k].high + 1;
        }
    }
    qsort(borders, *count, sizeof(*borders), compare_characters);
    for (size_t i = 1; i < *count; i++) {
        if (borders[i] != borders[kept]) {
            borders[++kept] = borders[i];
        }
    }
    *count = kept + 1;
    return borders;
}

static void
sign(const egret_expression_tree_t *tree, uint32_t character,
     uint64_t signature[WORDS])
{
    memset(signature, 0, WORDS * sizeof(*signature));
    for (uint32_t i = 0; i < tree->set_count; i++) {
        if (egret_charset_has(&tree->sets[i], character)) {
            signature[i / 64] |= UINT64_C(1) << i % 64;
        }
    }
}

static uint32_t
find_class(uint64_t (*signatures)[WORDS], uint32_t count,
           const uint64_t signature[WORDS])
{
    uint32_t class = 0;

    while (class < count
           && memcmp(signatures[class], signature, sizeof(*signatures)) != 0)
    {
        class++;
    }
    return class;
}

static egret_rc_t
note_members(compiler_t *compiler, uint64_t (*signatures)[WORDS])
{
    uint32_t sets = compiler->tree.set_count;
    uint32_t classes = compiler->pattern->class_count;

    compiler->set_has =
        egret_arena_zeroed(compiler->scratch, (size_t) sets * classes + 1, 1);
    if (compiler->set_has == NULL) {
        return egret_arena_rc(compiler->scratch);
    }
    for (uint32_t set = 0; set < sets; set++) {
        for (uint32_t class = 0; class < classes; class++) {
            compiler->set_has[set * classes + class] =
                (signatures[class][set / 64] >> set % 64 & 1) != 0;
        }
    }
    return EGRET_OK;
}

static uint8_t
find_row(const egret_pattern_class_t *rows, size_t count, uint32_t character)
{
    size_t low = 0;
    size_t high = count;

    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;

        if (rows[middle].first <= character) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return rows[low].class;
}

static egret_rc_t
divide_classes(compiler_t *compiler)
{
    egret_pattern_t *pattern = compiler->pattern;
    uint64_t(*signatures)[WORDS];
    egret_pattern_class_t *rows;
    size_t count;
    uint32_t *borders = collect_borders(compiler, &count);

    signatures =
        egret_arena_zeroed(compiler->scratch, CLASSES + 1, sizeof(*signatures));
    if (borders == NULL || signatures == NULL) {
        return egret_arena_rc(compiler->scratch);
    }
    rows = egret_arena_zeroed(compiler->arena, count, sizeof(*rows));
    if (rows == NULL) {
        return egret_arena_rc(compiler->arena);
    }
    for (size_t i = 0; i < count; i++) {
        uint64_t signature[WORDS];
        uint32_t class;

        sign(&compiler->tree, borders[i], signature);
        class = find_class(signatures, pattern->class_count, signature);
        if (class == CLASSES) {
            return refuse(compiler);
        }
        if (class == pattern->class_count) {
            memcpy(signatures[class], signature, sizeof(signature));
            pattern->class_count++;
        }
        if (pattern->class_rows == 0
            || rows[pattern->class_rows - 1].class != class)
        {
            rows[pattern->class_rows].first = borders[i];
            rows[pattern->class_rows++].class = (uint8_t) class;
        }
    }
    pattern->classes = rows;
    for (uint32_t c = 0; c < 128; c++) {
        pattern->ascii[c] = find_row(rows, pattern->class_rows, c);
    }
    return note_members(compiler, signatures);
}

/* The tree becomes nodes, from its end to its start: each part is told what
 * comes after it. */

static egret_rc_t
add_node(compiler_t *compiler, const node_t *node, uint32_t *out)
{
    if (compiler->node_count == NFA_NODES) {
        return refuse(compiler);
    }
    if (compiler->node_count == compiler->node_capacity) {
        uint32_t capacity = compiler->node_capacity * 2 + 64;
        node_t *nodes = egret_arena_grow(
            compiler->scratch, compiler->nodes,
            compiler->node_capacity * sizeof(*nodes),
            capacity * sizeof(*nodes));

        if (nodes == NULL) {
            return egret_arena_rc(compiler->scratch);
        }
        compiler->nodes = nodes;
        compiler->node_capacity = capacity;
    }
    *out = compiler->node_count;
    compiler->nodes[compiler->node_count++] = *node;
    return EGRET_OK;
}

static egret_rc_t
add_split(compiler_t *compiler, uint32_t next, uint32_t other, uint32_t *out)
{
    node_t node = { 0, next, other, true };

    return add_node(compiler, &node, out);
}

static egret_rc_t lay(compiler_t *compiler,
                      const egret_expression_t *expression, uint32_t next,
                      uint32_t *out);

static egret_rc_t
lay_loop(compiler_t *compiler, const egret_expression_t *body, uint32_t next,
         uint32_t *out)
{
    uint32_t inside;
    egret_rc_t rc = add_split(compiler, NOWHERE, next, out);

    if (rc == EGRET_OK) {
        rc = lay(compiler, body, *out, &inside);
    }
    if (rc == EGRET_OK) {
        compiler->nodes[*out].next = inside;
    }
    return rc;
}

static egret_rc_t
lay_repetition(compiler_t *compiler, const egret_expression_t *expression,
               uint32_t next, uint32_t *out)
{
    const egret_expression_t *body = expression->last;
    egret_rc_t rc = EGRET_OK;

    *out = next;
    if (expression->most == EGRET_EXPRESSION_UNBOUNDED) {
        rc = lay_loop(compiler, body, next, out);
    } else {
        for (uint32_t i = expression->least;
             rc == EGRET_OK && i < expression->most; i++)
        {
            uint32_t inside;

            rc = lay(compiler, body, *out, &inside);
            if (rc == EGRET_OK) {
                rc = add_split(compiler, inside, next, out);
            }
        }
    }
    for (uint32_t i = 0; rc == EGRET_OK && i < expression->least; i++) {
        rc = lay(compiler, body, *out, out);
    }
    return rc;
}

static egret_rc_t
lay_choice(compiler_t *compiler, const egret_expression_t *expression,
           uint32_t next, uint32_t *out)
{
    const egret_expression_t *branch = expression->last;
    egret_rc_t rc = lay(compiler, branch, next, out);

    for (branch = branch->before; rc == EGRET_OK && branch != NULL;
         branch = branch->before)
    {
        uint32_t inside;

        rc = lay(compiler, branch, next, &inside);
        if (rc == EGRET_OK) {
            rc = add_split(compiler, inside, *out, out);
        }
    }
    return rc;
}

static egret_rc_t
lay(compiler_t *compiler, const egret_expression_t *expression, uint32_t next,
    uint32_t *out)
{
    node_t node = { expression->set, next, NOWHERE, false };
    egret_rc_t rc = EGRET_OK;

    if (++compiler->compile_steps > COMPILE_STEPS) {
        return refuse(compiler);
    }
    switch (expression->kind) {
    case EGRET_EXPRESSION_SET:
        return add_node(compiler, &node, out);
    case EGRET_EXPRESSION_REPETITION:
        return lay_repetition(compiler, expression, next, out);
    case EGRET_EXPRESSION_CHOICE:
        return lay_choice(compiler, expression, next, out);
    default:
        *out = next;
        for (const egret_expression_t *part = expression->last;
             rc == EGRET_OK && part != NULL; part = part->before)
        {
            rc = lay(compiler, part, *out, out);
        }
        return rc;
    }
}

/* The nodes become states: sets of nodes that are reached together. */

static egret_rc_t
close_over(compiler_t *compiler, uint32_t from)
{
    size_t depth = 0;
    uint32_t at = from;

    for (;;) {
        if (++compiler->closure_steps > CLOSURE_STEPS) {
            return refuse(compiler);
        }
        if (at == MATCHED) {
            compiler->is_matched = true;
        } else if (compiler->seen[at] != compiler->closure) {
            compiler->seen[at] = compiler->closure;
            if (compiler->nodes[at].is_split) {
                compiler->stack[depth++] = compiler->nodes[at].other;
                at = compiler->nodes[at].next;
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
    size_t classes = compiler->pattern->class_count;
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
    if (compiler->state_count == EGRET_PATTERN_STATES
        || compiler->state_count * compiler->pattern->class_count
               > EGRET_PATTERN_TABLE)
    {
        return refuse(compiler);
    }
    nodes = egret_arena_allocate(compiler->scratch, key.length);
    if (nodes == NULL) {
        return egret_arena_rc(compiler->scratch);
    }
    memcpy(nodes, key.at, key.length);
    kept.at = (const char *) nodes;
    compiler->states[compiler->state_count].nodes = nodes;
    compiler->states[compiler->state_count].count =
        key.length / sizeof(*nodes);
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
        compiler->members[compiler->member_count++] = MATCHED;
    }
    qsort(compiler->members, compiler->member_count,
          sizeof(*compiler->members), compare_characters);
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
    uint32_t classes = compiler->pattern->class_count;
    egret_rc_t rc = EGRET_OK;
    uint16_t to;

    start_closure(compiler);
    for (size_t i = 0; i < compiler->states[from].count && rc == EGRET_OK; i++)
    {
        uint32_t at = compiler->states[from].nodes[i];

        compiler->closure_steps++;
        if (at != MATCHED
            && compiler->set_has[compiler->nodes[at].set * classes + class])
        {
            rc = close_over(compiler, compiler->nodes[at].next);
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
         from++)
    {
        for (uint32_t class = 0;
             rc == EGRET_OK && class < compiler->pattern->class_count; class++)
        {
            rc = follow_class(compiler, from, class);
        }
    }
    return rc;
}

static egret_rc_t
keep_table(compiler_t *compiler)
{
    egret_pattern_t *pattern = compiler->pattern;
    size_t entries = (size_t) compiler->state_count * pattern->class_count;
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

        is_accepting[i] = state->count > 0
                          && state->nodes[state->count - 1] == MATCHED;
    }
    pattern->next = next;
    pattern->is_accepting = is_accepting;
    return EGRET_OK;
}

static egret_rc_t
build(compiler_t *compiler)
{
    uint32_t start;
    size_t room;
    egret_rc_t rc = divide_classes(compiler);

    if (rc == EGRET_OK) {
        rc = lay(compiler, compiler->tree.root, MATCHED, &start);
    }
    if (rc != EGRET_OK) {
        return rc;
    }
    room = (size_t) compiler->node_count + 2;
    compiler->stack =
        egret_arena_zeroed(compiler->scratch, room, sizeof(uint32_t));
    compiler->seen =
        egret_arena_zeroed(compiler->scratch, room, sizeof(uint32_t));
    compiler->members =
        egret_arena_zeroed(compiler->scratch, room, sizeof(uint32_t));
    if (compiler->stack == NULL || compiler->seen == NULL
        || compiler->members == NULL)
    {
        return egret_arena_rc(compiler->scratch);
    }
    rc = determine(compiler, start);
    return rc == EGRET_OK ? keep_table(compiler) : rc;
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
    egret_map_init(&compiler->by_nodes, scratch);
    rc = egret_expression_read(scratch, charsets, text, &compiler->tree,
                               &compiler->why);
    if (rc == EGRET_OK) {
        compiler->pattern =
            egret_arena_zeroed(arena, 1, sizeof(*compiler->pattern));
        rc = compiler->pattern == NULL ? egret_arena_rc(arena)
                                       : build(compiler);
    }
    if (rc != EGRET_OK) {
        *why = compiler->why;
        return rc;
    }
    compiler->pattern->text = text;
    *out = compiler->pattern;
    return EGRET_OK;
}

bool
egret_pattern_matches(const egret_pattern_t *pattern, egret_span_t text)
{
    const char *at = text.at;
    const char *end = text.at + text.length;
    uint32_t state = 1;

    while (at < end && state != 0) {
        uint32_t class;

        if (((unsigned char) *at & 0x80) == 0) {
            class = pattern->ascii[(unsigned char) *at];
            at++;
        } else {
            uint32_t character;
            size_t length = egret_utf8_read(at, end, &character);

            if (length == 0) {
                return false;
            }
            class = find_row(pattern->classes, pattern->class_rows, character);
            at += length;
        }
        state = pattern->next[state * pattern->class_count + class];
    }
    return pattern->is_accepting[state];
}
