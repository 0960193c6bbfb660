/* SPDX-License-Identifier: Apache-2.0 */
/* name: which names may stand for a partner.
 *
 * One rule for both sides: what a certificate says and what the operator's
 * `certificate` line asks for. Each call gives NULL for a name that may, else
 * an English phrase that says why not (a literal). */
#ifndef EGRET_IDENTITY_NAME_H
#define EGRET_IDENTITY_NAME_H

#include "util/span.h"

/* Labels of 1 to 63 letters, digits, hyphens and underscores, joined by dots,
 * 253 characters at most (RFC 1034 3.1; underscores occur in practice). So no
 * wildcard, NUL, non-ASCII, empty label or trailing dot. Either case. */
const char *egret_name_dns_fault(egret_span_t name);

/* Visible ASCII (21 to 7E), at least one character. The form of RFC 3986 is
 * not looked at: URIs are compared byte by byte. */
const char *egret_name_uri_fault(egret_span_t name);

#endif
