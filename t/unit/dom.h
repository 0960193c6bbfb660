/* SPDX-License-Identifier: Apache-2.0 */
/* dom: the oracle of the tape: libxml2's own tree of the same bytes, with
 * entities replaced (a namespace name keeps "&#38;" otherwise). */
#ifndef EGRET_TEST_DOM_H
#define EGRET_TEST_DOM_H

#include "msg/tape.h"

/* Walks libxml2's tree and the tape side by side: expanded names, depth,
 * attributes in order, values. Gives NULL, or what differs and at which
 * node. */
const char *egret_test_dom_difference(const egret_tape_t *tape,
                                      egret_node_t *node);
/* The bytes of each node, from its start tag to its end tag, are an element of
 * the same name to libxml2. Gives NULL, or what is not so. Costs time in
 * proportion to bytes times depth. */
const char *egret_test_dom_slices(const egret_tape_t *tape,
                                  egret_node_t *node);

#endif
