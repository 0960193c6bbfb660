/* SPDX-License-Identifier: Apache-2.0 */
/* certificate: what a client certificate says, and nothing that it only hints.
 *
 * The `identity` layer knows certificates: it reads them and finds whose they
 * are. It knows no message and no partner's business. OpenSSL reads the DER;
 * no type of OpenSSL shows here.
 *
 * Names are taken whole, as bytes: never by wildcard, never from the subject's
 * CN. SAN entries of other kinds (e-mail, address, otherName, …) name nobody.
 * Source of the LEI extension: 1.3.6.1.4.1.52266.1, DER PrintableString of
 * 20 characters, never critical; of the organizationIdentifier: 2.5.4.97
 * "LEIXG-<LEI>" (S/MIME baseline requirements, appendix A.1). */
#ifndef EGRET_IDENTITY_CERTIFICATE_H
#define EGRET_IDENTITY_CERTIFICATE_H

#include "util/arena.h"
#include "util/digest.h"

#define EGRET_CERTIFICATE_BYTES 65536   /* of the DER; more is refused */
#define EGRET_CERTIFICATE_EXTENSIONS 64 /* more is refused */
#define EGRET_CERTIFICATE_NAMES 64      /* SAN entries of all kinds; likewise */

typedef struct {
    egret_span_t der;
    egret_sha256_t spki;          /* of the SubjectPublicKeyInfo's DER */
    egret_span_t *dns;            /* SAN dNSName, lower case */
    size_t dns_count;
    egret_span_t *uris;           /* SAN uniformResourceIdentifier */
    size_t uri_count;
    egret_span_t lei; /* of the extension or of organizationIdentifier */
    egret_span_t organization_identifier; /* whole, as written, UTF-8 */
    egret_span_t serial; /* upper-case hex without leading zeros; "-" first if
                          * the number is negative */
    int64_t not_before;  /* seconds since 1970, UTC */
    int64_t not_after;   /* the last second of validity */
} egret_certificate_t;

/* Reads one DER certificate. All spans are in the arena; what is absent is
 * the empty span. `*out` is set only on EGRET_OK.
 *
 * EGRET_ESYNTAX: not a certificate, trailing bytes, or a validity that is not
 * in the form of RFC 5280 4.1.2.5. EGRET_ENOMEM, EGRET_ELIMIT: the arena's.
 * EGRET_EUNSUPPORTED: what Egret refuses although TLS may accept it:
 * - more bytes, extensions or names than the limits above;
 * - an extension that stands twice, or a critical one that OpenSSL does not
 *   know (RFC 5280 4.2);
 * - a SAN that is not well-formed; a dNSName or URI that identity/name.h
 *   refuses;
 * - an LEI extension that is critical or has wrong tag, length, characters or
 *   check digits, or disagrees with organizationIdentifier;
 * - an organizationIdentifier that is neither UTF8String nor PrintableString,
 *   is not UTF-8 or has control characters, or begins with LEIXG- in any case
 *   and is not "LEIXG-" and a valid LEI; two different ones.
 * `*fault` is NULL on EGRET_OK, else an English phrase for the log (a
 * literal). OpenSSL's error queue is left as it was. */
egret_rc_t egret_certificate_read(egret_span_t der, egret_arena_t *arena,
                                  egret_certificate_t *out, const char **fault)
    EGRET_MUST_USE;

/* LEI by ISO 17442: 18 characters A-Z 0-9, two digits, ISO 7064 MOD 97-10. */
bool egret_lei_is_valid(egret_span_t lei);

#endif
