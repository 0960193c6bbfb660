/* SPDX-License-Identifier: Apache-2.0 */
/* Fuzzes egret_gzip_read over any bytes. What must hold: no more than the
 * maximum comes out, the arena's ceiling is kept, and one byte less is refused
 * where the whole was taken. */

#include <stdlib.h>

#include "util/gzip.h"

#define CEILING ((size_t) 1 << 20)
#define MAXIMUM ((size_t) 64 << 10)

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);


static void
require(bool holds)
{
    if (!holds) {
        abort();
    }
}


static egret_rc_t
read_at_most(egret_span_t bytes, size_t maximum, size_t *length)
{
    egret_arena_t *arena =
        egret_arena_create(egret_allocator_default(), CEILING);
    egret_span_t out = EGRET_SPAN("");
    egret_rc_t rc;

    if (arena == NULL) {
        return EGRET_ENOMEM;
    }
    rc = egret_gzip_read(bytes, maximum, arena, &out);
    require(rc == EGRET_OK || out.length == 0);
    require(out.length <= maximum);
    *length = out.length;
    egret_arena_destroy(arena);

    return rc;
}


int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    egret_span_t span = { (const char *) bytes, size };
    size_t length = 0, ignored;

    if (read_at_most(span, MAXIMUM, &length) == EGRET_OK && length > 0) {
        require(read_at_most(span, length, &ignored) == EGRET_OK);
        require(read_at_most(span, length - 1, &ignored) == EGRET_ERANGE);
    }

    return 0;
}
