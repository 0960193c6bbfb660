/* SPDX-License-Identifier: Apache-2.0 */

#include <stdalign.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "util/arena.h"

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ARENA_ASAN 1
#endif
#elif defined(__SANITIZE_ADDRESS__)
#define ARENA_ASAN 1
#endif

#ifdef ARENA_ASAN
#include <sanitizer/asan_interface.h>
#define POISON(at, size) ASAN_POISON_MEMORY_REGION((at), (size))
#define UNPOISON(at, size) ASAN_UNPOISON_MEMORY_REGION((at), (size))
#define RED_ZONE alignof(max_align_t)
#else
#define POISON(at, size) ((void) (at), (void) (size))
#define UNPOISON(at, size) ((void) (at), (void) (size))
#define RED_ZONE 0
#endif

#define ALIGNMENT alignof(max_align_t)
#define FIRST_CHUNK ((size_t) 4096)
#define LARGEST_CHUNK ((size_t) 65536)


typedef struct chunk chunk_t;

struct chunk {
    alignas(max_align_t) chunk_t *next;
    size_t size; /* of all of it */
};

struct egret_arena {
    egret_allocator_t allocator;
    size_t ceiling;
    size_t used;
    size_t next_size; /* of the next common chunk */
    chunk_t *chunks;
    char *at;   /* free part of the current chunk; always aligned */
    char *end;
    char *last; /* the last allocation in the current chunk */
    egret_rc_t rc;
};


static void *
default_allocate(void *context, size_t size)
{
    (void) context;

    return malloc(size);
}


static void
default_release(void *context, void *memory)
{
    (void) context;

    free(memory);
}


static const egret_allocator_t default_allocator = {
    default_allocate, default_release, NULL
};


const egret_allocator_t *
egret_allocator_default(void)
{
    return &default_allocator;
}


egret_arena_t *
egret_arena_create(const egret_allocator_t *allocator, size_t ceiling)
{
    egret_arena_t *arena;

    arena = allocator->allocate(allocator->context, sizeof(*arena));
    if (arena == NULL) {
        return NULL;
    }

    *arena = (egret_arena_t){
        .allocator = *allocator,
        .ceiling = ceiling,
        .used = sizeof(*arena),
        .next_size = FIRST_CHUNK,
        .rc = EGRET_OK,
    };

    return arena;
}


void
egret_arena_destroy(egret_arena_t *arena)
{
    egret_allocator_t allocator;
    chunk_t *chunk;

    if (arena == NULL) {
        return;
    }

    allocator = arena->allocator;
    chunk = arena->chunks;

    while (chunk != NULL) {
        chunk_t *next = chunk->next;

        UNPOISON(chunk, chunk->size);
        allocator.release(allocator.context, chunk);
        chunk = next;
    }

    allocator.release(allocator.context, arena);
}


/* Bytes that an allocation of `size` takes from a chunk. Must not overflow:
 * the callers check with `is_sane`. */
static size_t
taken(size_t size)
{
    if (size == 0) {
        size = 1;
    }

    return (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT + RED_ZONE;
}


static bool
is_sane(size_t size)
{
    return size <= SIZE_MAX / 2;
}


static size_t
left_under_ceiling(const egret_arena_t *arena)
{
    if (arena->ceiling == 0) {
        return SIZE_MAX;
    }

    return arena->ceiling > arena->used ? arena->ceiling - arena->used : 0;
}


static chunk_t *
add_chunk(egret_arena_t *arena, size_t size)
{
    chunk_t *chunk;

    if (size > left_under_ceiling(arena)) {
        arena->rc = EGRET_ELIMIT;
        return NULL;
    }

    chunk = arena->allocator.allocate(arena->allocator.context, size);
    if (chunk == NULL) {
        arena->rc = EGRET_ENOMEM;
        return NULL;
    }

    chunk->size = size;
    chunk->next = arena->chunks;
    arena->chunks = chunk;
    arena->used += size;

    if (arena->next_size < LARGEST_CHUNK) {
        arena->next_size *= 2;
    }

    POISON(chunk + 1, size - sizeof(*chunk));

    return chunk;
}


/* A large allocation gets a chunk to itself, so that the rest of the current
 * chunk stays in use. */
static void *
allocate_alone(egret_arena_t *arena, size_t size)
{
    chunk_t *chunk = add_chunk(arena, sizeof(*chunk) + taken(size));

    if (chunk == NULL) {
        return NULL;
    }

    UNPOISON(chunk + 1, size);

    return chunk + 1;
}


static bool
start_chunk(egret_arena_t *arena, size_t needed)
{
    size_t left = left_under_ceiling(arena);
    size_t size = arena->next_size;
    chunk_t *chunk;

    if (size > left) {
        size = left / ALIGNMENT * ALIGNMENT;
    }

    if (size < sizeof(*chunk) + needed) {
        size = sizeof(*chunk) + needed;
    }

    chunk = add_chunk(arena, size);
    if (chunk == NULL) {
        return false;
    }

    arena->at = (char *) (chunk + 1);
    arena->end = (char *) chunk + size;
    arena->last = NULL;

    return true;
}


void *
egret_arena_allocate(egret_arena_t *arena, size_t size)
{
    size_t needed;

    if (!is_sane(size)) {
        arena->rc = EGRET_ELIMIT;
        return NULL;
    }

    needed = taken(size);

    if (needed > (size_t) (arena->end - arena->at)) {
        if (needed > arena->next_size / 2) {
            return allocate_alone(arena, size);
        }

        if (!start_chunk(arena, needed)) {
            return NULL;
        }
    }

    arena->last = arena->at;
    arena->at += needed;
    UNPOISON(arena->last, size);

    return arena->last;
}


void *
egret_arena_zeroed(egret_arena_t *arena, size_t count, size_t size)
{
    void *memory;

    if (size != 0 && count > SIZE_MAX / size) {
        arena->rc = EGRET_ELIMIT;
        return NULL;
    }

    memory = egret_arena_allocate(arena, count * size);
    if (memory == NULL) {
        return NULL;
    }

    return memset(memory, 0, count * size);
}


void *
egret_arena_grow(egret_arena_t *arena, void *old, size_t old_size,
                 size_t new_size)
{
    void *memory;

    if (old != NULL && new_size <= old_size) {
        return old;
    }

    if (old != NULL && old == arena->last && is_sane(new_size)
        && taken(new_size) <= (size_t) (arena->end - arena->last))
    {
        arena->at = arena->last + taken(new_size);
        UNPOISON(arena->last, new_size);
        return old;
    }

    memory = egret_arena_allocate(arena, new_size);
    if (memory == NULL) {
        return NULL;
    }

    if (old_size != 0) {
        memcpy(memory, old, old_size);
    }

    return memory;
}


egret_span_t
egret_arena_copy(egret_arena_t *arena, egret_span_t span)
{
    char *copy;

    if (!is_sane(span.length)) {
        arena->rc = EGRET_ELIMIT;
        return (egret_span_t){ NULL, 0 };
    }

    copy = egret_arena_allocate(arena, span.length + 1);
    if (copy == NULL) {
        return (egret_span_t){ NULL, 0 };
    }

    if (span.length != 0) {
        memcpy(copy, span.at, span.length);
    }
    copy[span.length] = '\0';

    return (egret_span_t){ copy, span.length };
}


egret_span_t
egret_arena_print(egret_arena_t *arena, const char *format, ...)
{
    va_list arguments;
    char *text;
    int length;

    va_start(arguments, format);
    length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);

    if (length < 0) {
        arena->rc = EGRET_ENOMEM;
        return (egret_span_t){ NULL, 0 };
    }

    text = egret_arena_allocate(arena, (size_t) length + 1);
    if (text == NULL) {
        return (egret_span_t){ NULL, 0 };
    }

    va_start(arguments, format);
    (void) vsnprintf(text, (size_t) length + 1, format, arguments);
    va_end(arguments);

    return (egret_span_t){ text, (size_t) length };
}


egret_rc_t
egret_arena_rc(const egret_arena_t *arena)
{
    return arena->rc;
}


const egret_allocator_t *
egret_arena_allocator(const egret_arena_t *arena)
{
    return &arena->allocator;
}


size_t
egret_arena_used(const egret_arena_t *arena)
{
    return arena->used;
}
