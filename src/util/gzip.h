/* SPDX-License-Identifier: Apache-2.0 */
/* gzip: a body that came with Content-Encoding gzip (RFC 1952). The one place
 * that calls zlib; no type of zlib shows. */
#ifndef EGRET_UTIL_GZIP_H
#define EGRET_UTIL_GZIP_H

#include "util/arena.h"

/* Inflates all members of `bytes` into the arena, at most `maximum` bytes, and
 * no more is written before that is found out. EGRET_ESYNTAX: no gzip, cut
 * short, a wrong checksum or length, or something behind the last member.
 * EGRET_ERANGE: more than `maximum`. EGRET_ENOMEM, EGRET_ELIMIT: the arena's.
 * `*out` is set only on EGRET_OK. */
egret_rc_t egret_gzip_read(egret_span_t bytes, size_t maximum,
                           egret_arena_t *arena, egret_span_t *out)
    EGRET_MUST_USE;

#endif
