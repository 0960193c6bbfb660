/* SPDX-License-Identifier: Apache-2.0 */
/* guard: what keeps a label from becoming greener, each with a number, so that
 * scripts/mutants can drop one at a time and see the property test fail.
 *
 * EGRET_GUARD(number, holds) is `holds`. A build with EGRET_MUTANT defined to
 * that number, made for that script alone, takes the guard for held. */
#ifndef EGRET_TAXONOMY_GUARD_H
#define EGRET_TAXONOMY_GUARD_H

#ifdef EGRET_MUTANT
#define EGRET_GUARD(number, holds) (EGRET_MUTANT == (number) || (holds))
#else
#define EGRET_GUARD(number, holds) (holds)
#endif

#endif
