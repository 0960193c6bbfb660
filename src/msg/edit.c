/* SPDX-License-Identifier: Apache-2.0 */

#include "msg/edit.h"

#include <string.h>

void
egret_edits_init(egret_edits_t *edits, egret_arena_t *arena)
{
    memset(edits, 0, sizeof(*edits));
    edits->arena = arena;
}


static bool
is_insertion(const egret_edit_t *edit)
{
    return edit->from == edit->to;
}


/* Whether `a` stands before `b` when `a` came first. */
static bool
stands_before(const egret_edit_t *a, const egret_edit_t *b)
{
    if (a->from != b->from) {
        return a->from < b->from;
    }
    return is_insertion(a) || !is_insertion(b);
}


/* The last edit that stands before `edit`, or NULL. */
static egret_edit_t *
find_before(const egret_edits_t *edits, const egret_edit_t *edit)
{
    egret_edit_t *before = NULL;

    if (edits->last != NULL && stands_before(edits->last, edit)) {
        return edits->last;
    }
    for (egret_edit_t *at = edits->first;
         at != NULL && stands_before(at, edit); at = at->next) {
        before = at;
    }
    return before;
}


egret_rc_t
egret_edits_add(egret_edits_t *edits, uint32_t from, uint32_t to,
                egret_span_t text)
{
    egret_edit_t edit = { .from = from, .to = to, .text = text };
    egret_edit_t *before = find_before(edits, &edit);
    egret_edit_t *added;

    edit.next = before == NULL ? edits->first : before->next;
    if (from > to || (before != NULL && before->to > from)
        || (edit.next != NULL && edit.next->from < to)) {
        return EGRET_EINVAL;
    }

    added = egret_arena_allocate(edits->arena, sizeof(*added));
    if (added == NULL) {
        return egret_arena_rc(edits->arena);
    }
    *added = edit;
    if (before == NULL) {
        edits->first = added;
    } else {
        before->next = added;
    }
    if (added->next == NULL) {
        edits->last = added;
    }
    edits->count++;
    return EGRET_OK;
}


static egret_rc_t
measure(const egret_edits_t *edits, size_t length, size_t maximum, size_t *out)
{
    size_t total = length;

    for (const egret_edit_t *at = edits->first; at != NULL; at = at->next) {
        if (at->to > length) {
            return EGRET_EINVAL;
        }
        total -= at->to - at->from;
    }
    for (const egret_edit_t *at = edits->first; at != NULL; at = at->next) {
        if (total > maximum || at->text.length > maximum - total) {
            return EGRET_ELIMIT;
        }
        total += at->text.length;
    }
    *out = total;
    return total > maximum ? EGRET_ELIMIT : EGRET_OK;
}


static char *
put(char *to, egret_span_t span)
{
    if (span.length > 0) {
        memcpy(to, span.at, span.length);
    }
    return to + span.length;
}


egret_rc_t
egret_edits_apply(const egret_edits_t *edits, egret_span_t bytes,
                  size_t maximum, egret_arena_t *arena, egret_span_t *out)
{
    size_t length;
    size_t from = 0;
    char *written;
    char *at;
    egret_rc_t rc = measure(edits, bytes.length, maximum, &length);

    if (rc != EGRET_OK) {
        return rc;
    }
    if (edits->count == 0) {
        *out = bytes;
        return EGRET_OK;
    }

    written = egret_arena_allocate(arena, length);
    if (written == NULL) {
        return egret_arena_rc(arena);
    }
    at = written;
    for (const egret_edit_t *edit = edits->first; edit != NULL;
         edit = edit->next) {
        at = put(at, egret_span_slice(bytes, from, edit->from));
        at = put(at, edit->text);
        from = edit->to;
    }
    put(at, egret_span_slice(bytes, from, bytes.length));
    *out = (egret_span_t){ written, length };
    return EGRET_OK;
}
