/* SPDX-License-Identifier: Apache-2.0 */
/* edit: a list of changes to a message's bytes.
 *
 * Same syntax out means: every byte that no edit names stays bit-exact; no
 * edit, no copy. Edits are made against offsets of the original. */
#ifndef EGRET_MSG_EDIT_H
#define EGRET_MSG_EDIT_H

#include "msg/tape.h"

typedef struct egret_edit {
    uint32_t from; /* bytes [from, to) are replaced by `text` */
    uint32_t to;
    egret_span_t text;
    struct egret_edit *next;
} egret_edit_t;

typedef struct {
    egret_arena_t *arena;
    egret_edit_t *first; /* in order of from, insertions in order of arrival
                            and before a replacement that starts there */
    egret_edit_t *last;
    size_t count;
} egret_edits_t;

void egret_edits_init(egret_edits_t *edits, egret_arena_t *arena);
/* EGRET_EINVAL when it overlaps another edit or from > to; an insertion may
 * stand at either end of a replacement, not inside it. The text is not copied.
 * At once when it comes after all others, else it walks the list. EGRET_ENOMEM,
 * EGRET_ELIMIT. */
egret_rc_t egret_edits_add(egret_edits_t *edits, uint32_t from, uint32_t to,
                           egret_span_t text) EGRET_MUST_USE;
/* The new bytes: the original span itself when there is no edit. EGRET_ELIMIT
 * beyond `maximum` or the arena's ceiling; EGRET_ENOMEM; EGRET_EINVAL when an
 * edit reaches beyond the bytes. */
egret_rc_t egret_edits_apply(const egret_edits_t *edits, egret_span_t bytes,
                             size_t maximum, egret_arena_t *arena,
                             egret_span_t *out) EGRET_MUST_USE;

#endif
