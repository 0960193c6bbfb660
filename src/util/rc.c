/* SPDX-License-Identifier: Apache-2.0 */

#include <stddef.h>

#include "util/rc.h"


static const char *const texts[] = {
    [EGRET_OK] = "success",
    [EGRET_ENOMEM] = "out of memory",
    [EGRET_ELIMIT] = "limit reached",
    [EGRET_ESYNTAX] = "malformed text",
    [EGRET_ERANGE] = "value out of range",
    [EGRET_ENOTFOUND] = "not found",
    [EGRET_EEXIST] = "exists already",
    [EGRET_EINVAL] = "invalid argument",
    [EGRET_EUNSUPPORTED] = "not supported",
    [EGRET_EIO] = "file cannot be read",
};


const char *
egret_rc_text(egret_rc_t rc)
{
    size_t index = (size_t) rc;

    if (index >= sizeof(texts) / sizeof(texts[0])) {
        return "unknown result";
    }

    return texts[index];
}
