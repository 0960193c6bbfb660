/* SPDX-License-Identifier: Apache-2.0 */
/* certificate: what a client certificate says, and nothing that it only hints.
 *
 * The `identity` layer knows certificates: it reads them and finds whose they
 * are. It knows no message and no partner's business. OpenSSL reads the DER;
 * no type of OpenSSL shows here.
 *
 * Names are taken whole, as bytes: never by wildcard, never from the subject's
 * CN. Source of the LEI extension: 1.3.6.1.4.1.52266.1, DER PrintableString of
 * 20 characters, never critical; of the organizationIdentifier: 2.5.4.97
 * "LEIXG-<LEI>" (S/MIME baseline requirements, appendix A.1). */
#ifndef EGRET_IDENTITY_CERTIFICATE_H
#define EGRET_IDENTITY_CERTIFICATE_H

#include "util/arena.h"
#include "util/digest.h"

#define EGRET_CERTIFICATE_NAMES 64 /* SAN entries; more is refused */

typedef struct {
    egret_span_t der;
    egret_sha256_t spki;          /* of the SubjectPublicKeyInfo's DER */
    egret_span_t *dns;            /* SAN dNSName, lower case */
    size_t dns_count;
    egret_span_t *uris;           /* SAN uniformResourceIdentifier */
    size_t uri_count;
    egret_span_t lei;             /* of the extension or organizationIdentifier */
    egret_span_t organization_identifier; /* whole, as written */
    egret_span_t serial;          /* upper-case hex without leading zeros */
    int64_t not_before;           /* seconds since 1970, UTC */
    int64_t not_after;
} egret_certificate_t;

/* Reads one DER certificate. All spans are in the arena. EGRET_ESYNTAX: not a
 * certificate, or trailing bytes; EGRET_EUNSUPPORTED: a name or identifier that Egret refuses although TLS accepts it:
 * a SAN dNSName with a wildcard, NUL, non-ASCII, an empty label or a trailing dot; a URI
 * with NUL or non-ASCII; more than EGRET_CERTIFICATE_NAMES names; an LEI extension with wrong tag,
 * length, characters or check digits, or that stands twice or disagrees with
 * organizationIdentifier; two different organizationIdentifiers. `*fault` then
 * is an English phrase for the log (a literal). */
egret_rc_t egret_certificate_read(egret_span_t der, egret_arena_t *arena,
                                  egret_certificate_t *out, const char **fault)
    EGRET_MUST_USE;

/* LEI by ISO 17442: 18 characters A-Z 0-9, two digits, ISO 7064 MOD 97-10. */
bool egret_lei_is_valid(egret_span_t lei);

#endif
