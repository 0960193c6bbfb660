/* SPDX-License-Identifier: Apache-2.0 */

#include "err/code.h"

#include "err/code_rows.h"

#include <string.h>

static const char *const severities[] = {
    [EGRET_SEVERITY_INFO] = "info",
    [EGRET_SEVERITY_WARN] = "warn",
    [EGRET_SEVERITY_HOLD] = "hold",
    [EGRET_SEVERITY_REJECT] = "reject",
};

const egret_code_row_t *
egret_code_row(egret_code_t code)
{
    return &egret_code_rows[code];
}


egret_rc_t
egret_code_find(egret_span_t id, egret_code_t *out)
{
    for (int code = 0; code < EGRET_CODE_COUNT; code++) {
        if (egret_span_equals_nocase(
                id, egret_span_from(egret_code_rows[code].id))) {
            *out = (egret_code_t) code;
            return EGRET_OK;
        }
    }
    return EGRET_ENOTFOUND;
}


uint8_t
egret_code_case(egret_code_t code, const char *name)
{
    const egret_code_case_t *cases = egret_code_rows[code].cases;

    for (uint8_t i = 0; i < EGRET_CODE_CASES && cases[i].name != NULL; i++) {
        if (strcmp(cases[i].name, name) == 0) {
            return i;
        }
    }
    return 0;
}


const char *
egret_severity_text(egret_severity_t severity)
{
    return severities[severity];
}


egret_rc_t
egret_severity_find(egret_span_t text, egret_severity_t *out)
{
    for (int i = 0; i <= EGRET_SEVERITY_REJECT; i++) {
        if (egret_span_equals_text(text, severities[i])) {
            *out = (egret_severity_t) i;
            return EGRET_OK;
        }
    }
    return EGRET_ENOTFOUND;
}
