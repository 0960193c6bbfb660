/* SPDX-License-Identifier: Apache-2.0 */
/* mutate: copies of a message with one thing changed, the same ones on every
 * run.
 *
 * Changes are made in libxml2's tree, inside AppHdr and Document, never inside
 * Envlp or Sgntr (where a schema looks away). They know nothing of schemas:
 * whether a copy is still valid is for the oracle to say. */
#ifndef EGRET_TEST_MUTATE_H
#define EGRET_TEST_MUTATE_H

#include <libxml/tree.h>
#include <stdbool.h>
#include <stdint.h>

typedef enum {
    EGRET_MUTATE_MISSPELL,        /* a name gets a letter too many */
    EGRET_MUTATE_REMOVE,          /* an element goes, with all in it */
    EGRET_MUTATE_DUPLICATE,       /* … stands twice */
    EGRET_MUTATE_SWAP,            /* two neighbours change places */
    EGRET_MUTATE_STRANGER,        /* an element that nobody knows */
    EGRET_MUTATE_HOLLOW,          /* an element with children loses them */
    EGRET_MUTATE_NAMESPACE,       /* an element goes to another namespace */
    EGRET_MUTATE_TEXT,            /* text between elements */
    EGRET_MUTATE_NEST,            /* an element inside a value */
    EGRET_MUTATE_EMPTY,           /* a value goes */
    EGRET_MUTATE_OVERLONG,        /* a value gets 25,000 more characters */
    EGRET_MUTATE_FORM,            /* a value becomes "~ ~" */
    EGRET_MUTATE_CASE,            /* a value in the other case */
    EGRET_MUTATE_DIGITS,          /* a value becomes a very long number */
    EGRET_MUTATE_DROP_ATTRIBUTE,
    EGRET_MUTATE_ADD_ATTRIBUTE,
    EGRET_MUTATE_SPOIL_ATTRIBUTE,
    EGRET_MUTATE_FAULTS,          /* how many there are */

    EGRET_MUTATE_SPACE = EGRET_MUTATE_FAULTS, /* between elements */
    EGRET_MUTATE_COMMENT,
    EGRET_MUTATE_INSTRUCTION,
    EGRET_MUTATE_CDATA,     /* around a value */
    EGRET_MUTATE_REFERENCE, /* a value as character references */
    EGRET_MUTATE_PREFIX,    /* another prefix for a namespace */
    EGRET_MUTATE_CJK,       /* a value of Chinese characters, of a length that
                               types end at, or of one more */
    EGRET_MUTATE_COUNT
} egret_mutation_t;

const char *egret_test_mutation_name(egret_mutation_t kind);

/* A number below `bound`, from the seed, which moves on. */
uint32_t egret_test_random(uint32_t *seed, uint32_t bound);

/* Changes the document in one place. False (nothing changed) where there is
 * no such place. */
bool egret_test_mutate(xmlDoc *document, egret_mutation_t kind,
                       uint32_t *seed);
/* The same for a value whose parent was not touched before (its _private is
 * NULL; it is set), so that several faults are in different elements. */
bool egret_test_mutate_apart(xmlDoc *document, egret_mutation_t kind,
                             uint32_t *seed);

#endif
