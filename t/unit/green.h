/* SPDX-License-Identifier: Apache-2.0 */
/* green: messages with green blocks, read and validated in a test, and the
 * same block written in other ways. */
#ifndef EGRET_TEST_GREEN_H
#define EGRET_TEST_GREEN_H

#include "err/findings.h"
#include "helper.h"
#include "msg/tape.h"
#include "schema/schemas.h"
#include "util/buffer.h"

/* The schemas of the messages under t/data/good, and the block's. */
typedef struct {
    egret_arena_t *arena; /* of the schemas, and of what a test keeps */
    egret_schemas_t *schemas;
} egret_test_green_t;

void egret_test_green_open(egret_test_green_t *green);
void egret_test_green_close(egret_test_green_t *green);

/* A message as read and validated. */
typedef struct {
    egret_arena_t *arena;
    egret_tape_t tape;
    egret_findings_t findings;
} egret_test_green_message_t;

/* Reads; the message may be at fault. Free it with …_end. */
void egret_test_green_read(const egret_test_green_t *green,
                           egret_span_t bytes,
                           egret_test_green_message_t *message);
void egret_test_green_end(egret_test_green_message_t *message);
/* Asserts that it is whole and that nothing is found. */
void egret_test_green_assert_valid(const egret_test_green_message_t *message);

/* The n-th GrnFin from 0; asserted to be there. */
egret_node_t egret_test_green_block(const egret_test_green_message_t *message,
                                    size_t n);
/* A valid pacs.009 of one transaction with this text in SplmtryData/Envlp. */
egret_span_t egret_test_green_wrap(egret_test_green_t *green,
                                   egret_span_t block);

/* How an element is written again. */
typedef struct {
    uint32_t random; /* 0: plainly */
    size_t value;    /* the value (text or attribute) of this number, counted
                        from 1 in document order, gets a letter more; 0: none */
    size_t element;  /* the element of this number, from 1, is left out */
    size_t values;   /* out: how many values there are */
    size_t elements; /* out */
} egret_test_dress_t;

/* Writes the element again: with `random`, in other prefixes, white space,
 * quotation marks, order of attributes, CDATA sections, comments, processing
 * instructions and references, which all say the same. Values inside an
 * element that no schema declares, and inside Sgntr, are not counted. */
void egret_test_green_dress(const egret_tape_t *tape, egret_node_t node,
                            egret_test_dress_t *dress, egret_buffer_t *out);

/* The next number of a sequence that a seed begins; below `bound`. */
uint32_t egret_test_green_random(uint32_t *state, uint32_t bound);

#endif
