/* SPDX-License-Identifier: Apache-2.0 */
/* revocation: does a certificate's CA still stand by it?
 *
 * The lists (CRLs, RFC 5280 5) of one file, as nginx's ssl_crl takes it. Read
 * and verified at configuration time, read-only afterwards: a request costs a
 * look-up in memory. No list in force is no answer, and no answer refuses. */
#ifndef EGRET_IDENTITY_REVOCATION_H
#define EGRET_IDENTITY_REVOCATION_H

#include "util/arena.h"

typedef struct egret_revocations egret_revocations_t;

/* Reads every list of the PEM text `lists`. Each must be signed by a CA among
 * `authorities` (PEM: what nginx trusts; certificates that are no CA may stand
 * there, too), which has the list's issuer as its name and, where it has
 * keyUsage, cRLSign, by a signature of at least 112 bits.
 *
 * EGRET_ESYNTAX: no list, a broken one, one that none of the CAs signed, one
 * without nextUpdate or with a time that is not in the form of RFC 5280
 * 5.1.2.4, or a critical extension of the list or of an entry: parts of lists
 * and deltas are not taken. EGRET_ENOMEM, EGRET_ELIMIT: the arena's. `*fault`
 * then is an English phrase (a literal). `*out` is set only on EGRET_OK.
 * OpenSSL's error queue is left as it was.
 */
egret_rc_t egret_revocations_read(egret_span_t lists, egret_span_t authorities,
                                  egret_arena_t *arena,
                                  egret_revocations_t **out,
                                  const char **fault) EGRET_MUST_USE;

/* Frees what OpenSSL holds. NULL is allowed. */
void egret_revocations_free(egret_revocations_t *revocations);

/* NULL if its CA stands by the certificate (DER) at `now` (seconds since 1970,
 * UTC), and those above by that CA, up to the one that issued itself; else an
 * English phrase (a literal): a list of its issuer names one of them, in force
 * or not; or none of its issuer is in force, which is from thisUpdate to
 * nextUpdate. A list is an issuer's if it has its name and its key's signature;
 * where several CAs may be the issuer (one name, no key identifiers; or
 * certified by two others) all must stand by it. That the issuer did issue it
 * is for others to see. Thread-safe. */
const char *egret_revocations_fault(const egret_revocations_t *revocations,
                                    egret_span_t certificate, int64_t now);

/* False if one of the lists is not in force at `now`. */
bool egret_revocations_are_fresh(const egret_revocations_t *revocations,
                                 int64_t now);

#endif
