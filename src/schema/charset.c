/* SPDX-License-Identifier: Apache-2.0 */
#include "schema/charset.h"

#include <libxml/chvalid.h>
#include <libxml/xmlunicode.h>
#include <stdlib.h>
#include <string.h>

#define NAME_LONGEST 64
#define SETS_MOST 32 /* each costs a walk over all of Unicode */

typedef struct {
    char text[NAME_LONGEST];
    int (*is_member)(int character, const char *name);
} membership_t;

void
egret_charset_init(egret_charset_t *set, egret_arena_t *arena)
{
    memset(set, 0, sizeof(*set));
    set->arena = arena;
}

egret_rc_t
egret_charset_add(egret_charset_t *set, uint32_t low, uint32_t high)
{
    if (set->count == set->capacity) {
        size_t capacity = set->capacity == 0 ? 4 : set->capacity * 2;
        egret_range_t *ranges =
            egret_arena_grow(set->arena, set->ranges,
                             set->capacity * sizeof(*ranges),
                             capacity * sizeof(*ranges));

        if (ranges == NULL) {
            return egret_arena_rc(set->arena);
        }
        set->ranges = ranges;
        set->capacity = capacity;
    }
    set->ranges[set->count].low = low;
    set->ranges[set->count].high = high;
    set->count++;
    return EGRET_OK;
}

egret_rc_t
egret_charset_add_all(egret_charset_t *set, const egret_charset_t *other)
{
    egret_rc_t rc = EGRET_OK;

    for (size_t i = 0; i < other->count && rc == EGRET_OK; i++) {
        rc = egret_charset_add(set, other->ranges[i].low,
                               other->ranges[i].high);
    }
    return rc;
}

static int
compare_ranges(const void *a, const void *b)
{
    const egret_range_t *first = a;
    const egret_range_t *second = b;

    return first->low < second->low ? -1 : first->low > second->low;
}

void
egret_charset_normalise(egret_charset_t *set)
{
    size_t kept = 0;

    if (set->count == 0) {
        return;
    }
    qsort(set->ranges, set->count, sizeof(*set->ranges), compare_ranges);
    for (size_t i = 1; i < set->count; i++) {
        egret_range_t *last = &set->ranges[kept];

        if (set->ranges[i].low > last->high + 1) {
            set->ranges[++kept] = set->ranges[i];
        } else if (set->ranges[i].high > last->high) {
            last->high = set->ranges[i].high;
        }
    }
    set->count = kept + 1;
}

egret_rc_t
egret_charset_negate(egret_charset_t *set)
{
    egret_charset_t result;
    egret_rc_t rc = EGRET_OK;
    uint32_t low = 0;

    egret_charset_normalise(set);
    egret_charset_init(&result, set->arena);
    for (size_t i = 0; i < set->count && rc == EGRET_OK; i++) {
        if (set->ranges[i].low > low) {
            rc = egret_charset_add(&result, low, set->ranges[i].low - 1);
        }
        low = set->ranges[i].high + 1;
    }
    if (rc == EGRET_OK && low <= EGRET_CHARACTER_LAST) {
        rc = egret_charset_add(&result, low, EGRET_CHARACTER_LAST);
    }
    *set = result;
    return rc;
}

/* A less B is the complement of (complement of A, and B). */
egret_rc_t
egret_charset_subtract(egret_charset_t *set, egret_charset_t *other)
{
    egret_rc_t rc = egret_charset_negate(set);

    if (rc == EGRET_OK) {
        rc = egret_charset_add_all(set, other);
    }
    return rc == EGRET_OK ? egret_charset_negate(set) : rc;
}

bool
egret_charset_has(const egret_charset_t *set, uint32_t character)
{
    size_t low = 0;
    size_t high = set->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (character < set->ranges[middle].low) {
            high = middle;
        } else if (character > set->ranges[middle].high) {
            low = middle + 1;
        } else {
            return true;
        }
    }
    return false;
}

bool
egret_charset_equals(const egret_charset_t *a, const egret_charset_t *b)
{
    return a->count == b->count
           && (a->count == 0
               || memcmp(a->ranges, b->ranges, a->count * sizeof(*a->ranges))
                      == 0);
}

static int
is_digit(int character, const char *name)
{
    (void) name;
    return xmlUCSIsCatNd(character);
}

static int
is_word(int character, const char *name)
{
    (void) name;
    return !xmlUCSIsCatP(character) && !xmlUCSIsCatZ(character)
           && !xmlUCSIsCatC(character);
}

static int
is_space(int character, const char *name)
{
    (void) name;
    return character == ' ' || character == '\t' || character == '\n'
           || character == '\r';
}

static int
is_initial(int character, const char *name)
{
    unsigned c = (unsigned) character;

    (void) name;
    return xmlIsBaseCharQ(c) || xmlIsIdeographicQ(c) || c == '_' || c == ':';
}

static int
is_name_character(int character, const char *name)
{
    unsigned c = (unsigned) character;

    return is_initial(character, name) || xmlIsDigitQ(c) || c == '.'
           || c == '-' || xmlIsCombiningQ(c) || xmlIsExtenderQ(c);
}

static bool
choose_membership(egret_span_t name, membership_t *out)
{
    static const struct {
        char letter;
        int (*is_member)(int character, const char *name);
    } letters[] = { { 'd', is_digit },
                    { 'w', is_word },
                    { 's', is_space },
                    { 'i', is_initial },
                    { 'c', is_name_character } };

    if (name.length == 0 || name.length >= NAME_LONGEST) {
        return false;
    }
    for (size_t i = 0; i < sizeof(letters) / sizeof(letters[0]); i++) {
        if (name.length == 1 && name.at[0] == letters[i].letter) {
            out->is_member = letters[i].is_member;
            return true;
        }
    }
    if (egret_span_starts_with(name, EGRET_SPAN("Is"))) {
        out->is_member = xmlUCSIsBlock;
        name = egret_span_slice(name, 2, name.length);
    } else {
        out->is_member = xmlUCSIsCat;
    }
    memcpy(out->text, name.at, name.length);
    out->text[name.length] = '\0';
    return out->is_member(0, out->text) >= 0;
}

static egret_rc_t
collect_members(const membership_t *membership, egret_charset_t *set)
{
    egret_rc_t rc = EGRET_OK;
    bool is_inside = false;
    uint32_t low = 0;

    for (uint32_t c = 0; c <= EGRET_CHARACTER_LAST + 1; c++) {
        bool is_member =
            c <= EGRET_CHARACTER_LAST
            && membership->is_member((int) c, membership->text) > 0;

        if (is_member && !is_inside) {
            low = c;
        } else if (!is_member && is_inside) {
            rc = egret_charset_add(set, low, c - 1);
            if (rc != EGRET_OK) {
                return rc;
            }
        }
        is_inside = is_member;
    }
    return rc;
}

void
egret_charsets_init(egret_charsets_t *sets, egret_arena_t *arena)
{
    sets->arena = arena;
    sets->steps = 0;
    egret_map_init(&sets->sets, arena);
}

egret_rc_t
egret_charsets_find(egret_charsets_t *sets, egret_span_t name,
                    const egret_charset_t **out)
{
    egret_charset_t *set = egret_map_find(&sets->sets, name);
    membership_t membership = { "", NULL };
    egret_span_t key;
    egret_rc_t rc;

    if (set != NULL) {
        *out = set;
        return EGRET_OK;
    }
    if (!choose_membership(name, &membership)) {
        return EGRET_ENOTFOUND;
    }
    if (sets->sets.count == SETS_MOST) {
        return EGRET_ELIMIT;
    }
    set = egret_arena_zeroed(sets->arena, 1, sizeof(*set));
    key = egret_arena_copy(sets->arena, name);
    if (set == NULL || key.at == NULL) {
        return egret_arena_rc(sets->arena);
    }
    egret_charset_init(set, sets->arena);
    rc = collect_members(&membership, set);
    if (rc == EGRET_OK) {
        rc = egret_map_add(&sets->sets, key, set);
    }
    *out = set;
    return rc;
}
