/* SPDX-License-Identifier: Apache-2.0 */
/* xml_fuzz: egret_xml_read on any bytes. What a reading promises holds, and the
 * tape of a message that is whole is libxml2's tree of the same bytes. The
 * limits are low, so that short inputs reach them. */
#include <stdio.h>
#include <stdlib.h>

#include "../unit/dom.c"
#include "../unit/flaw.c"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static const egret_xml_limits_t limits = {
    .bytes = 4096,
    .depth = 8,
    .elements = 64,
    .attributes = 8,
    .name = 32,
    .text = 512,
    .tag = 256,
    .namespaces = 6,
};


static void
require(const char *flaw)
{
    if (flaw != NULL) {
        (void) fprintf(stderr, "%s\n", flaw);
        abort();
    }
}


int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    egret_span_t span = { (const char *) bytes, size };
    egret_arena_t *arena;
    egret_findings_t findings;
    egret_tape_t tape;
    egret_node_t node;
    egret_rc_t rc;

    egret_xml_start();
    arena = egret_arena_create(egret_allocator_default(), 0);
    if (arena == NULL) {
        abort();
    }
    egret_tape_init(&tape, arena, span);
    egret_findings_init(&findings, arena);
    rc = egret_xml_read(&tape, &limits, NULL, &findings);
    require(egret_test_flaw(rc, &tape, &findings));
    if (tape.is_whole) {
        require(egret_test_dom_difference(&tape, &node));
        require(egret_test_dom_slices(&tape, &node));
    }
    egret_arena_destroy(arena);

    return 0;
}
