/* SPDX-License-Identifier: Apache-2.0 */

#include <openssl/evp.h>

#include "util/digest.h"


egret_rc_t
egret_sha256(egret_span_t span, egret_sha256_t *out)
{
    const char *at = span.at == NULL ? "" : span.at;
    egret_sha256_t digest;

    if (EVP_Digest(at, span.length, digest.bytes, NULL, EVP_sha256(), NULL)
        != 1)
    {
        return EGRET_ENOMEM;
    }

    *out = digest;

    return EGRET_OK;
}


void
egret_sha256_hex(const egret_sha256_t *digest, char out[EGRET_SHA256_HEX])
{
    static const char hex[] = "0123456789abcdef";

    for (size_t i = 0; i < EGRET_SHA256_BYTES; i++) {
        out[i * 2] = hex[digest->bytes[i] >> 4];
        out[i * 2 + 1] = hex[digest->bytes[i] & 15];
    }

    out[EGRET_SHA256_HEX - 1] = '\0';
}


static int
hex_value(char byte)
{
    if (byte >= '0' && byte <= '9') {
        return byte - '0';
    }

    if (byte >= 'a' && byte <= 'f') {
        return byte - 'a' + 10;
    }

    if (byte >= 'A' && byte <= 'F') {
        return byte - 'A' + 10;
    }

    return -1;
}


egret_rc_t
egret_sha256_read(egret_span_t text, egret_sha256_t *out)
{
    egret_sha256_t digest;
    size_t at = 0;

    for (size_t i = 0; i < EGRET_SHA256_BYTES; i++) {
        int high, low;

        if (i != 0 && at < text.length && text.at[at] == ':') {
            at++;
        }

        if (text.length - at < 2) {
            return EGRET_ESYNTAX;
        }

        high = hex_value(text.at[at]);
        low = hex_value(text.at[at + 1]);

        if (high < 0 || low < 0) {
            return EGRET_ESYNTAX;
        }

        digest.bytes[i] = (unsigned char) (high * 16 + low);
        at += 2;
    }

    if (at != text.length) {
        return EGRET_ESYNTAX;
    }

    *out = digest;

    return EGRET_OK;
}
