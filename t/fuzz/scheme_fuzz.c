/* SPDX-License-Identifier: Apache-2.0 */
/* Fuzzes egret_scheme_read over any bytes. What must hold: a refusal says
 * FILE:LINE; in a scheme that is read, each code is found, each parent is in
 * the scheme, no code is its own ancestor, each leaf has no child, and no date
 * or kind makes egret_scheme_in_force wander. */

#include <stdlib.h>

#include "taxonomy/in_force.h"

#define CEILING ((size_t) 8 << 20)

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);


static void
require(bool holds)
{
    if (!holds) {
        abort();
    }
}


static void
check_class(const egret_scheme_t *scheme, const egret_class_t *row)
{
    size_t steps = 0;

    require(egret_scheme_class(scheme, row->code) == row);
    require((row->parent == NULL) == (row->parent_code.length == 0));
    require(row->scheme == scheme);
    require(row->parent == NULL || !row->parent->is_leaf);
    require(egret_class_label(row, EGRET_LANGUAGE_RU).length > 0);

    for (; row != NULL; row = row->parent) {
        require(steps++ < scheme->class_count && steps <= 1000);
    }
}


static void
check_scheme(const egret_scheme_t *scheme)
{
    require(scheme->id.length > 0 && scheme->version.length > 0);
    require(!scheme->has_to
            || egret_date_compare(scheme->from, scheme->to) <= 0);

    for (size_t i = 0; i < scheme->class_count && i < 1000; i++) {
        check_class(scheme, &scheme->classes[i]);
    }
    for (int kind = 0; kind < EGRET_DECISIVE_COUNT; kind++) {
        egret_in_force_t found = egret_scheme_in_force(scheme, scheme->from,
                                                       kind);

        require(egret_in_force_text(found) != NULL);
        require(scheme->status != EGRET_SCHEME_DRAFT
                || !egret_in_force_is_allowed(found));
    }
}


int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    egret_span_t text = { (const char *) bytes, size };
    egret_span_t fault = EGRET_SPAN("");
    egret_scheme_t *scheme = NULL;
    egret_arena_t *arena;
    egret_rc_t rc;

    if (size > 16384) {
        return 0;
    }
    arena = egret_arena_create(egret_allocator_default(), CEILING);
    require(arena != NULL);
    rc = egret_scheme_read(EGRET_SPAN("f"), text, arena, &scheme, &fault);

    if (rc == EGRET_OK) {
        check_scheme(scheme);
    } else {
        require(rc == EGRET_ELIMIT
                || egret_span_starts_with(fault, EGRET_SPAN("f:")));
        require(egret_span_is_utf8(fault, NULL));
    }
    egret_arena_destroy(arena);

    return 0;
}
