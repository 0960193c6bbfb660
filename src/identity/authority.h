/* SPDX-License-Identifier: Apache-2.0 */
/* authority: the CA certificates of one file, and whether one of them issued a
 * leaf.
 *
 * A list, in the order of the file. Read at configuration time, read-only
 * afterwards. */
#ifndef EGRET_IDENTITY_AUTHORITY_H
#define EGRET_IDENTITY_AUTHORITY_H

#include "util/arena.h"
#include "util/digest.h"

typedef struct egret_authority egret_authority_t;

/* Reads every certificate of a PEM text; text between the blocks and blocks of
 * other kinds are passed over. EGRET_ESYNTAX: no certificate, a broken one, or
 * one that is no CA; EGRET_ENOMEM, EGRET_ELIMIT: the arena's. `*fault` then is
 * an English phrase (a literal). `*first` is set only on EGRET_OK. */
egret_rc_t egret_authority_read(egret_span_t pem, egret_arena_t *arena,
                                egret_authority_t **first, const char **fault)
    EGRET_MUST_USE;

/* Frees what OpenSSL holds, of the whole list. NULL is allowed. */
void egret_authority_free(egret_authority_t *first);

/* NULL after the last. */
const egret_authority_t *egret_authority_next(const egret_authority_t *one);

/* SHA-256 of the key's SubjectPublicKeyInfo. */
const egret_sha256_t *egret_authority_spki(const egret_authority_t *one);

/* True if one of the list is valid at `now` (seconds since 1970, UTC) and
 * itself signed the leaf, as egret_registry_match says. Thread-safe. */
bool egret_authority_issued(const egret_authority_t *first, egret_span_t leaf,
                            int64_t now);

/* How many CAs of a PEM text were issued by another one; what is no CA does
 * not count. */
size_t egret_authority_count_intermediate(egret_span_t pem);

#endif
