/* SPDX-License-Identifier: Apache-2.0 */
/* arena: memory that is given back all at once, with a ceiling.
 *
 * Each message has one arena; the configuration snapshot has one of its own.
 * All memory comes from an allocator that the caller passes in, so a test can
 * make the Nth allocation fail and nginx can count. Not thread-safe: one
 * arena belongs to one thread at a time. */
#ifndef EGRET_UTIL_ARENA_H
#define EGRET_UTIL_ARENA_H

#include "util/rc.h"
#include "util/span.h"

typedef struct {
    void *(*allocate)(void *context, size_t size); /* NULL when it cannot */
    void (*release)(void *context, void *memory);
    void *context;
} egret_allocator_t;

typedef struct egret_arena egret_arena_t;

/* malloc and free. Lives for ever. */
const egret_allocator_t *egret_allocator_default(void);

/* `ceiling` bounds the bytes asked of the allocator (0: no bound), the arena's
 * own few included; the arena itself is made even under a smaller one. Memory
 * comes in chunks of 4 KB, doubling up to 64 KB, or as little as the ceiling
 * leaves; what is large gets a chunk of its own. The allocator is copied; its
 * memory must be aligned for any type. NULL when it refuses. */
egret_arena_t *egret_arena_create(const egret_allocator_t *allocator,
                                  size_t ceiling);
/* Gives everything back. NULL is allowed. */
void egret_arena_destroy(egret_arena_t *arena);

/* `size` bytes, aligned for any type, not cleared. NULL when the ceiling is
 * reached or the allocator refuses (`egret_arena_rc` then says which). A size
 * of 0 gives a valid pointer. */
void *egret_arena_allocate(egret_arena_t *arena, size_t size) EGRET_MUST_USE;
/* The same, cleared; `count * size` is checked for overflow. */
void *egret_arena_zeroed(egret_arena_t *arena, size_t count, size_t size)
    EGRET_MUST_USE;
/* A larger copy of `old` (which stays where it is, unless it was the last
 * allocation and can grow in place). `old` may be NULL with size 0. */
void *egret_arena_grow(egret_arena_t *arena, void *old, size_t old_size,
                       size_t new_size) EGRET_MUST_USE;
/* A copy of the bytes, with a zero after them. at == NULL when refused. */
egret_span_t egret_arena_copy(egret_arena_t *arena, egret_span_t span)
    EGRET_MUST_USE;
/* printf into the arena, zero-terminated. at == NULL when refused. */
egret_span_t egret_arena_print(egret_arena_t *arena, const char *format, ...)
    EGRET_PRINTF(2, 3) EGRET_MUST_USE;

/* Why the last allocation gave NULL: EGRET_ELIMIT or EGRET_ENOMEM. */
egret_rc_t egret_arena_rc(const egret_arena_t *arena);
/* Where the arena's memory comes from, for one beside it that lives shorter.
 * Lives as long as the arena. */
const egret_allocator_t *egret_arena_allocator(const egret_arena_t *arena);
/* Bytes asked of the allocator so far. */
size_t egret_arena_used(const egret_arena_t *arena);

#endif
