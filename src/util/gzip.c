/* SPDX-License-Identifier: Apache-2.0 */
#include "util/gzip.h"

#include <limits.h>
#include <zlib.h>

#include "util/buffer.h"

#define WINDOW (16 + MAX_WBITS) /* 16: gzip's frame and nothing else */
#define CHUNK 16384

static void *
allocate(void *arena, unsigned count, unsigned size)
{
    return egret_arena_zeroed(arena, count, size);
}

static void
leave_to_arena(void *arena, void *memory)
{
    (void) arena;
    (void) memory;
}

/* What zlib says, when it neither went on nor came to an end. */
static egret_rc_t
rc_of(int code, egret_arena_t *arena)
{
    return code == Z_MEM_ERROR ? egret_arena_rc(arena) : EGRET_ESYNTAX;
}

static egret_rc_t
inflate_members(z_stream *stream, egret_arena_t *arena,
                egret_buffer_t *buffer)
{
    char chunk[CHUNK];
    int code = Z_OK;

    for (;;) {
        stream->next_out = (Bytef *) chunk;
        stream->avail_out = CHUNK;

        code = inflate(stream, Z_NO_FLUSH);
        if (code != Z_OK && code != Z_STREAM_END) {
            return rc_of(code, arena);
        }

        if (CHUNK - stream->avail_out > buffer->maximum - buffer->length) {
            return EGRET_ERANGE;
        }
        egret_buffer_add(buffer, (egret_span_t){
            chunk, CHUNK - stream->avail_out });
        if (egret_buffer_rc(buffer) != EGRET_OK) {
            return egret_buffer_rc(buffer);
        }

        if (code == Z_STREAM_END) {
            if (stream->avail_in == 0) {
                return EGRET_OK;
            }
            if (inflateReset(stream) != Z_OK) {
                return EGRET_ESYNTAX;
            }
        }
    }
}

egret_rc_t
egret_gzip_read(egret_span_t bytes, size_t maximum, egret_arena_t *arena,
                egret_span_t *out)
{
    z_stream stream = { 0 };
    egret_buffer_t buffer;
    egret_rc_t rc;
    int code;

    if (bytes.length > UINT_MAX) {
        return EGRET_ERANGE;
    }

    stream.zalloc = allocate;
    stream.zfree = leave_to_arena;
    stream.opaque = arena;
    stream.next_in = (Bytef *) (uintptr_t) bytes.at;
    stream.avail_in = (unsigned) bytes.length;

    code = inflateInit2(&stream, WINDOW);
    if (code != Z_OK) {
        return rc_of(code, arena);
    }

    egret_buffer_init(&buffer, arena, maximum);
    rc = inflate_members(&stream, arena, &buffer);
    (void) inflateEnd(&stream);
    if (rc == EGRET_OK) {
        *out = egret_buffer_span(&buffer);
    }

    return rc;
}
