/* SPDX-License-Identifier: Apache-2.0 */

#include "config/file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define FIRST_READ 16384


static size_t
expected_size(int descriptor, size_t maximum)
{
    struct stat status;

    if (fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode)
        || status.st_size <= 0)
    {
        return maximum < FIRST_READ ? maximum : FIRST_READ;
    }

    /* One more, so that the end is seen without another allocation. */
    return (uintmax_t) status.st_size < maximum ? (size_t) status.st_size + 1
                                                : maximum;
}


egret_rc_t
egret_file_read_open(int descriptor, size_t maximum, egret_arena_t *arena,
                     egret_span_t *out)
{
    size_t capacity = expected_size(descriptor, maximum);
    size_t length = 0;
    char *bytes = egret_arena_allocate(arena, capacity + 1);

    if (bytes == NULL) {
        return egret_arena_rc(arena);
    }

    while (length < maximum) {
        if (length == capacity) {
            size_t larger = capacity > maximum / 2 ? maximum : capacity * 2;

            bytes = egret_arena_grow(arena, bytes, capacity + 1, larger + 1);
            if (bytes == NULL) {
                return egret_arena_rc(arena);
            }
            capacity = larger;
        }

        ssize_t got = read(descriptor, bytes + length, capacity - length);

        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            return EGRET_EIO;
        }
        if (got == 0) {
            break;
        }
        length += (size_t) got;
    }

    bytes[length] = '\0';
    *out = (egret_span_t){ bytes, length };

    return EGRET_OK;
}


egret_rc_t
egret_file_read_start(const char *path, size_t maximum, egret_arena_t *arena,
                      egret_span_t *out)
{
    int descriptor = open(path, O_RDONLY | O_CLOEXEC);

    if (descriptor < 0) {
        return EGRET_EIO;
    }

    egret_rc_t rc = egret_file_read_open(descriptor, maximum, arena, out);
    int reason = errno;

    close(descriptor);
    errno = reason;

    return rc;
}


egret_rc_t
egret_file_read(const char *path, size_t maximum, egret_arena_t *arena,
                egret_span_t *out)
{
    egret_rc_t rc = egret_file_read_start(path, maximum + 1, arena, out);

    if (rc == EGRET_OK && out->length > maximum) {
        errno = EFBIG;
        return EGRET_EIO;
    }

    return rc;
}


const char *
egret_file_reason(size_t maximum, egret_arena_t *arena)
{
    int reason = errno;
    const char *text;

    if (reason != EFBIG) {
        return strerror(reason);
    }
    text = egret_arena_print(arena, "is larger than %zu bytes", maximum).at;

    return text == NULL ? strerror(reason) : text;
}


const char *
egret_file_path(const char *folder, egret_span_t path, egret_arena_t *arena)
{
    if (folder[0] == '\0' || (path.length > 0 && path.at[0] == '/')) {
        return egret_arena_copy(arena, path).at;
    }

    return egret_arena_print(arena, "%s/%.*s", folder, EGRET_SPAN_ARGS(path))
        .at;
}
