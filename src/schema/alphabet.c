/* SPDX-License-Identifier: Apache-2.0 */
#include "schema/alphabet.h"

#include <stdlib.h>
#include <string.h>

#define WORDS (EGRET_EXPRESSION_SETS / 64)

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
collect_borders(egret_arena_t *scratch, const egret_expression_tree_t *tree,
                size_t *count)
{
    size_t most = 1;
    size_t kept = 0;
    uint32_t *borders;

    for (uint32_t i = 0; i < tree->set_count; i++) {
        most += tree->sets[i].count * 2;
    }
    borders = egret_arena_zeroed(scratch, most, sizeof(*borders));
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

static bool *
note_members(egret_arena_t *scratch, const egret_expression_tree_t *tree,
             uint32_t classes, uint64_t (*signatures)[WORDS])
{
    bool *members =
        egret_arena_zeroed(scratch, (size_t) tree->set_count * classes + 1, 1);

    for (uint32_t set = 0; members != NULL && set < tree->set_count; set++) {
        for (uint32_t class = 0; class < classes; class++) {
            members[set * classes + class] =
                (signatures[class][set / 64] >> set % 64 & 1) != 0;
        }
    }
    return members;
}

uint8_t
egret_alphabet_class(const egret_alphabet_t *alphabet, uint32_t character)
{
    size_t low = 0;
    size_t high = alphabet->row_count;

    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;

        if (alphabet->rows[middle].first <= character) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return alphabet->rows[low].class;
}

/* False: too many classes. */
static bool
assign_classes(const egret_expression_tree_t *tree, const uint32_t *borders,
               size_t count, uint64_t (*signatures)[WORDS],
               egret_alphabet_row_t *rows, egret_alphabet_t *alphabet)
{
    for (size_t i = 0; i < count; i++) {
        uint64_t signature[WORDS];
        uint32_t class;

        sign(tree, borders[i], signature);
        class = find_class(signatures, alphabet->class_count, signature);
        if (class == EGRET_ALPHABET_CLASSES) {
            return false;
        }
        if (class == alphabet->class_count) {
            memcpy(signatures[class], signature, sizeof(signature));
            alphabet->class_count++;
        }
        if (alphabet->row_count == 0
            || rows[alphabet->row_count - 1].class != class)
        {
            rows[alphabet->row_count].first = borders[i];
            rows[alphabet->row_count++].class = (uint8_t) class;
        }
    }
    return true;
}

egret_rc_t
egret_alphabet_divide(egret_arena_t *arena, egret_arena_t *scratch,
                      const egret_expression_tree_t *tree,
                      egret_alphabet_t *alphabet, bool **members)
{
    uint64_t(*signatures)[WORDS] = egret_arena_zeroed(
        scratch, EGRET_ALPHABET_CLASSES + 1, sizeof(*signatures));
    size_t count = 0;
    uint32_t *borders = collect_borders(scratch, tree, &count);
    egret_alphabet_row_t *rows;

    if (borders == NULL || signatures == NULL) {
        return egret_arena_rc(scratch);
    }
    rows = egret_arena_zeroed(arena, count, sizeof(*rows));
    if (rows == NULL) {
        return egret_arena_rc(arena);
    }
    alphabet->rows = rows;
    alphabet->row_count = 0;
    alphabet->class_count = 0;
    if (!assign_classes(tree, borders, count, signatures, rows, alphabet)) {
        return EGRET_EUNSUPPORTED;
    }
    for (uint32_t c = 0; c < 128; c++) {
        alphabet->ascii[c] = egret_alphabet_class(alphabet, c);
    }
    *members = note_members(scratch, tree, alphabet->class_count, signatures);
    return *members == NULL ? egret_arena_rc(scratch) : EGRET_OK;
}
