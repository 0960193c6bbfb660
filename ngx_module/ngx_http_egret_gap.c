/* SPDX-License-Identifier: Apache-2.0 */

#include "ngx_http_egret_module.h"

#include "answer/gap.h"


/* As far as a word of the query is told; a longer one is cut. */

#define NGX_HTTP_EGRET_GAP_SCHEMES  140


ngx_int_t
ngx_http_egret_gap_prepare(ngx_http_request_t *r, ngx_http_egret_ctx_t *ctx)
{
    static const ngx_str_t  names[] = {
        ngx_string("scheme"),
        ngx_string("to"),
        ngx_null_string
    };

    if (ngx_http_egret_explain_check(r, names, &ctx->fault) == NGX_ERROR) {
        return NGX_ERROR;
    }

    ctx->wants_problem = 1;
    ctx->message.is_schema_only = 1;
    ctx->message.takes_block = 1;

    if (ngx_http_egret_explain_arg(r, "scheme", &ctx->schemes) != NGX_OK
        || ngx_http_egret_explain_arg(r, "to", &ctx->counterpart) != NGX_OK)
    {
        return NGX_ERROR;
    }

    if (ctx->schemes.length >= NGX_HTTP_EGRET_GAP_SCHEMES) {

        /* a list that is cut would be answered as if it were whole */

        ctx->schemes = EGRET_SPAN("");
    }

    return NGX_OK;
}


egret_rc_t
ngx_http_egret_gap_ask(ngx_http_egret_ctx_t *ctx)
{
    egret_gap_request_t  request;

    if (ctx->verdict->word == EGRET_REJECTED) {
        return EGRET_OK;
    }

    if (ctx->fault.why != NULL) {
        return egret_explanation_refuse(EGRET_REFUSAL_GAP, &ctx->fault,
                                        ctx->arena, &ctx->answer);
    }

    ngx_memzero(&request, sizeof(egret_gap_request_t));

    request.config = ctx->pipeline->config;
    request.verdict = ctx->verdict;
    request.today = ctx->message.now.date;
    request.to = ctx->counterpart;
    request.receiver = egret_config_partner_by_bic(request.config,
                                                   request.to);
    request.schemes = ctx->schemes;

    return egret_gap_answer(&request, ctx->arena, &ctx->answer);
}
