/* SPDX-License-Identifier: Apache-2.0 */
#include "store/store.h"

static egret_rc_t
commit_nothing(void *context, const egret_store_record_t *record,
               egret_findings_t *findings)
{
    (void) context;
    (void) record;
    (void) findings;

    return EGRET_OK;
}

const egret_store_t *
egret_store_none(void)
{
    static const egret_store_t none = { NULL, false, commit_nothing };

    return &none;
}
