/* SPDX-License-Identifier: Apache-2.0 */

#include "ngx_http_egret_module.h"


static ngx_uint_t ngx_http_egret_trial_asks(ngx_http_request_t *r,
    const char *name, const char *value);


ngx_int_t
ngx_http_egret_trial_prepare(ngx_http_request_t *r, ngx_http_egret_ctx_t *ctx)
{
    if (ctx->is_gap) {
        return ngx_http_egret_gap_prepare(r, ctx);
    }

    ctx->shows_output = ngx_http_egret_trial_asks(r, "show", "translated");
    ctx->message.is_strict = ngx_http_egret_trial_asks(r, "strict", "1");

    return ngx_http_egret_explain_arg(r, "to", &ctx->message.meant);
}


static ngx_uint_t
ngx_http_egret_trial_asks(ngx_http_request_t *r, const char *name,
    const char *value)
{
    ngx_str_t  arg;

    return ngx_http_arg(r, (u_char *) name, ngx_strlen(name), &arg) == NGX_OK
           && arg.len == ngx_strlen(value)
           && ngx_strncmp(arg.data, value, arg.len) == 0;
}


egret_rc_t
ngx_http_egret_trial_answer(ngx_http_egret_ctx_t *ctx,
    egret_answer_request_t *request)
{
    if (ctx->is_gap && ctx->verdict->word != EGRET_REJECTED) {
        return EGRET_OK;
    }

    request->shows_output = ctx->shows_output;

    return egret_answer_trial(request, ctx->arena, &ctx->answer);
}
