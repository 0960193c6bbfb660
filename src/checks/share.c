/* SPDX-License-Identifier: Apache-2.0 */
#include "checks/share.h"

#include "taxonomy/translate.h"

#define PLACES 5

typedef struct {
    const egret_scheme_t *owner; /* whose labels it is given to */
    egret_decimal_t left;
} part_t;

typedef struct {
    part_t whole;  /* its owner: of labels without projects */
    part_t *parts; /* by project */
    const egret_scheme_t *owner; /* of the first project that is given */
    bool has_owners;             /* several */
} target_t;

struct egret_shares {
    egret_arena_t *arena;
    const egret_block_t *block;
    size_t *firsts; /* by label: where its projects begin; the end at last */
    uint32_t *projects;
    size_t pair_count;
    bool *is_told; /* by project: its part of the base */
    egret_decimal_t *parts;
    target_t *targets;
};

egret_decimal_t
egret_shares_of_label(const egret_block_label_t *label)
{
    egret_decimal_t share = egret_decimal_from(0);

    if (label->share.node == EGRET_NODE_NONE
        || egret_decimal_truncate(&label->share.value, PLACES, &share)
               != EGRET_OK)
    {
        return egret_decimal_from(0);
    }

    return share;
}

bool
egret_shares_part(const egret_block_project_t *project,
                  const egret_decimal_t *base, egret_span_t currency,
                  egret_decimal_t *out)
{
    egret_decimal_t whole = egret_decimal_from(100);

    return project->allocated.node != EGRET_NODE_NONE
           && egret_span_equals(project->allocated.currency, currency)
           && egret_translation_share(&project->allocated.value, base, &whole,
                                      out) == EGRET_OK;
}

static egret_decimal_t
smaller(const egret_decimal_t *a, const egret_decimal_t *b)
{
    return egret_decimal_compare(a, b) < 0 ? *a : *b;
}

/* What was less before: neither can be below 0 or too long. */
static void
reduce(egret_decimal_t *left, const egret_decimal_t *by)
{
    egret_decimal_t taken = smaller(left, by);

    if (egret_decimal_subtract(left, &taken, left) != EGRET_OK) {
        *left = egret_decimal_from(0);
    }
}

/* A project may name a label twice; it is its project once. `last` holds by
 * label the last project that was seen to name it, from 1. */
static bool
is_first(const egret_shares_t *shares, const egret_block_project_t *project,
         size_t reference, uint32_t number, uint32_t *last)
{
    uint32_t label = project->labels[reference].index;

    if (label == 0 || label > shares->block->label_count
        || last[label - 1] == number)
    {
        return false;
    }
    last[label - 1] = number;

    return true;
}

static void
count_projects(egret_shares_t *shares, uint32_t *last)
{
    const egret_block_t *block = shares->block;

    for (size_t i = 0; i < block->project_count; i++) {
        const egret_block_project_t *project = &block->projects[i];

        for (size_t k = 0; k < project->label_count; k++) {
            if (is_first(shares, project, k, (uint32_t) i + 1, last)) {
                shares->firsts[project->labels[k].index]++;
            }
        }
    }

    for (size_t i = 0; i < block->label_count; i++) {
        shares->pair_count += shares->firsts[i + 1] > 0
                              ? shares->firsts[i + 1]
                              : 1;
        shares->firsts[i + 1] += shares->firsts[i];
    }
}

/* `next` holds by label where its next project goes. */
static void
list_projects(egret_shares_t *shares, bool has_several, size_t *next,
              uint32_t *last)
{
    const egret_block_t *block = shares->block;

    for (size_t i = 0; i < block->project_count; i++) {
        const egret_block_project_t *project = &block->projects[i];

        if ((project->label_count > 1) != has_several) {
            continue;
        }
        for (size_t k = 0; k < project->label_count; k++) {
            if (is_first(shares, project, k, (uint32_t) i + 1, last)) {
                shares->projects[next[project->labels[k].index - 1]++] =
                    (uint32_t) i + 1;
            }
        }
    }
}

static egret_rc_t
find_projects(egret_shares_t *shares)
{
    size_t labels = shares->block->label_count;
    egret_arena_t *arena = shares->arena;
    uint32_t *counted = egret_arena_zeroed(arena, labels + 1, sizeof(*counted));
    uint32_t *listed = egret_arena_zeroed(arena, labels + 1, sizeof(*listed));
    size_t *next = egret_arena_zeroed(arena, labels + 1, sizeof(*next));

    shares->firsts = egret_arena_zeroed(arena, labels + 1,
                                        sizeof(*shares->firsts));
    if (counted == NULL || listed == NULL || next == NULL
        || shares->firsts == NULL)
    {
        return egret_arena_rc(arena);
    }

    count_projects(shares, counted);
    shares->projects = egret_arena_zeroed(arena, shares->firsts[labels] + 1,
                                          sizeof(*shares->projects));
    if (shares->projects == NULL) {
        return egret_arena_rc(arena);
    }
    for (size_t i = 0; i < labels; i++) {
        next[i] = shares->firsts[i];
    }
    list_projects(shares, false, next, listed);
    list_projects(shares, true, next, listed);

    return EGRET_OK;
}

static egret_rc_t
measure_projects(egret_shares_t *shares, const egret_decimal_t *base,
                 egret_span_t currency)
{
    size_t count = shares->block->project_count;

    shares->is_told = egret_arena_zeroed(shares->arena, count + 1,
                                         sizeof(*shares->is_told));
    shares->parts = egret_arena_zeroed(shares->arena, count + 1,
                                       sizeof(*shares->parts));
    if (shares->is_told == NULL || shares->parts == NULL) {
        return egret_arena_rc(shares->arena);
    }

    for (size_t i = 0; base != NULL && i < count; i++) {
        shares->is_told[i] = egret_shares_part(&shares->block->projects[i],
                                               base, currency,
                                               &shares->parts[i]);
    }

    return EGRET_OK;
}

const uint32_t *
egret_shares_projects(const egret_shares_t *shares, uint32_t label,
                      size_t *count)
{
    *count = shares->firsts[label] - shares->firsts[label - 1];

    return shares->projects + shares->firsts[label - 1];
}

size_t
egret_shares_pairs(const egret_shares_t *shares)
{
    return shares->pair_count;
}

/* Whether labels of `source` may have more of it. */
static bool
is_open(const target_t *target, const part_t *part,
        const egret_scheme_t *source)
{
    if (target->whole.owner != NULL && target->whole.owner != source) {
        return false;
    }
    if (part == &target->whole) {
        return target->owner == NULL
               || (target->owner == source && !target->has_owners);
    }

    return part->owner == NULL || part->owner == source;
}

static void
give(target_t *target, part_t *part, const egret_scheme_t *source,
     const egret_decimal_t *share)
{
    if (egret_decimal_sign(share) <= 0) {
        return;
    }

    reduce(&target->whole.left, share);
    part->owner = source;
    if (part == &target->whole) {
        return;
    }
    reduce(&part->left, share);
    target->has_owners = target->has_owners
                         || (target->owner != NULL && target->owner != source);
    target->owner = target->owner == NULL ? source : target->owner;
}

bool
egret_shares_take(egret_shares_t *shares, size_t target,
                  const egret_scheme_t *source, uint32_t project,
                  egret_decimal_t *left, egret_decimal_t *out)
{
    target_t *given = &shares->targets[target];
    part_t *part = project == 0 ? &given->whole : &given->parts[project - 1];

    if (project > 0 && !shares->is_told[project - 1]) {
        return false;
    }

    *out = egret_decimal_from(0);
    if (is_open(given, part, source)) {
        *out = smaller(left, &given->whole.left);
        *out = smaller(out, &part->left);
    }
    reduce(left, out);
    give(given, part, source, out);

    return true;
}

/* What the sender states in the target's own scheme comes first. The part of
 * it that its projects do not show is of the whole, too. */
static void
give_standing(egret_shares_t *shares, size_t target,
              const egret_scheme_t *scheme, uint32_t label)
{
    egret_decimal_t left =
        egret_shares_of_label(&shares->block->labels[label - 1]);
    egret_decimal_t share;
    size_t count;
    const uint32_t *projects = egret_shares_projects(shares, label, &count);

    if (count == 0) {
        (void) egret_shares_take(shares, target, scheme, 0, &left, &share);
        return;
    }
    for (size_t i = 0; i < count; i++) {
        (void) egret_shares_take(shares, target, scheme, projects[i], &left,
                                 &share);
    }
    reduce(&shares->targets[target].whole.left, &left);
}

static egret_rc_t
open_target(egret_shares_t *shares, size_t index, const egret_scheme_t *scheme)
{
    const egret_block_t *block = shares->block;
    target_t *target = &shares->targets[index];

    target->whole.left = egret_decimal_from(100);
    target->parts = egret_arena_zeroed(shares->arena, block->project_count + 1,
                                       sizeof(*target->parts));
    if (target->parts == NULL) {
        return egret_arena_rc(shares->arena);
    }

    for (size_t i = 0; i < block->project_count; i++) {
        target->parts[i].left = shares->parts[i];
    }
    for (size_t i = 0; i < block->label_count; i++) {
        if (egret_span_equals(block->labels[i].scheme, scheme->id)
            && egret_span_equals(block->labels[i].version, scheme->version))
        {
            give_standing(shares, index, scheme, (uint32_t) i + 1);
        }
    }

    return EGRET_OK;
}

egret_rc_t
egret_shares_create(const egret_check_t *check, const egret_block_t *block,
                    const egret_decimal_t *base, egret_span_t currency,
                    egret_shares_t **out)
{
    const egret_partner_t *receiver = check->receiver;
    egret_shares_t *shares = egret_arena_zeroed(check->arena, 1,
                                                sizeof(*shares));
    egret_rc_t rc;

    if (shares == NULL) {
        return egret_arena_rc(check->arena);
    }
    shares->arena = check->arena;
    shares->block = block;
    shares->targets = egret_arena_zeroed(check->arena,
                                         receiver->target_count + 1,
                                         sizeof(*shares->targets));
    if (shares->targets == NULL) {
        return egret_arena_rc(check->arena);
    }

    rc = find_projects(shares);
    if (rc == EGRET_OK) {
        rc = measure_projects(shares, base, currency);
    }
    for (size_t i = 0; rc == EGRET_OK && i < receiver->target_count; i++) {
        rc = open_target(shares, i, receiver->targets[i]);
    }
    *out = shares;

    return rc;
}
