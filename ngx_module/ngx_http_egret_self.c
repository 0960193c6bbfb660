/* SPDX-License-Identifier: Apache-2.0 */

#include "ngx_http_egret_module.h"

#include "answer/self.h"


#define NGX_HTTP_EGRET_SELF_CEILING  (4 * 1024 * 1024)


static ngx_int_t ngx_http_egret_self_write(ngx_http_request_t *r,
    ngx_http_egret_ctx_t *ctx, egret_answer_t *answer);


/*
 * The content of a location with "egret self".  A subrequest skips ACCESS, and
 * a redirect can come from where nobody asked whose certificate it is.
 */

ngx_int_t
ngx_http_egret_self_handler(ngx_http_request_t *r)
{
    egret_answer_t         answer;
    ngx_http_egret_ctx_t  *ctx;

    if (r != r->main) {
        return NGX_HTTP_FORBIDDEN;
    }

    ctx = ngx_http_egret_bind(r);
    if (ctx == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    if (ctx->binding != ngx_http_egret_bound) {
        return ngx_http_egret_stranger_handler(r);
    }

    if (ngx_http_egret_self_write(r, ctx, &answer) != NGX_OK) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    return ngx_http_egret_answer_send(r, ctx, &answer);
}


static ngx_int_t
ngx_http_egret_self_write(ngx_http_request_t *r, ngx_http_egret_ctx_t *ctx,
    egret_answer_t *answer)
{
    egret_self_t                 self;
    egret_arena_t               *arena;
    ngx_http_egret_main_conf_t  *emcf;

    if (!(r->method & (NGX_HTTP_GET|NGX_HTTP_HEAD))) {
        return ngx_http_egret_answer_refusal(r, EGRET_REFUSAL_NOT_GET,
                                             EGRET_DELIVERED_NOT_SAID, answer);
    }

    arena = ngx_http_egret_create_arena(r, NGX_HTTP_EGRET_SELF_CEILING);
    if (arena == NULL) {
        return NGX_ERROR;
    }

    emcf = ngx_http_get_module_main_conf(r, ngx_http_egret_module);

    self.config = emcf->config;
    self.partner = ctx->partner;
    self.certificate = ngx_http_egret_peer(r);
    self.now = ngx_time();

    if (self.certificate == NULL
        || egret_self_write(&self, arena, answer) != EGRET_OK)
    {
        return NGX_ERROR;
    }

    return NGX_OK;
}
