/* SPDX-License-Identifier: Apache-2.0 */

#include "ngx_http_egret_module.h"


#define NGX_HTTP_EGRET_FAILURE_CEILING  (128 * 1024)


static void ngx_http_egret_log_failure(ngx_http_request_t *r,
    ngx_http_egret_ctx_t *ctx, const egret_failure_t *failure);


ngx_int_t
ngx_http_egret_fail(ngx_http_request_t *r, ngx_http_egret_ctx_t *ctx,
    const egret_failure_t *failure)
{
    egret_arena_t    *arena;
    egret_failure_t   said;

    /* an arena of its own: the answer's may be what is full */

    arena = ngx_http_egret_create_arena(r, NGX_HTTP_EGRET_FAILURE_CEILING);
    if (arena == NULL) {
        return NGX_ERROR;
    }

    said = *failure;
    said.message_id = ngx_http_egret_span(&ctx->message_id);

    ctx->outcome = egret_refusal_text(failure->refusal);
    ctx->delivered = failure->delivered;

    ngx_http_egret_log_failure(r, ctx, failure);

    return egret_answer_failure(&said, arena, &ctx->answer) == EGRET_OK
           ? NGX_OK : NGX_ERROR;
}


/* Ids and codes, and never what stands in a message. */

static void
ngx_http_egret_log_failure(ngx_http_request_t *r, ngx_http_egret_ctx_t *ctx,
    const egret_failure_t *failure)
{
    ngx_str_t  place, fault;

    /* the names of elements are the counterpart's */

    if (ngx_http_egret_header_text(r->pool, failure->xpath, &place) != NGX_OK
        || ngx_http_egret_header_text(r->pool, failure->fault, &fault)
           != NGX_OK)
    {
        ngx_str_null(&place);
        ngx_str_null(&fault);
    }

    ngx_log_error(NGX_LOG_ERR, r->connection->log, 0,
                  "egret: unanswered \"%V\": %s, delivered: %s%s%V%s%V",
                  &ctx->message_id, ctx->outcome,
                  egret_delivered_text(ctx->delivered),
                  place.len ? " " : "", &place,
                  fault.len ? ": " : "", &fault);
}


/*
 * A message that went out while its sender went away: the answer, if one
 * comes, finds nobody.
 */

ngx_int_t
ngx_http_egret_log_handler(ngx_http_request_t *r)
{
    egret_failure_t        failure;
    ngx_http_egret_ctx_t  *ctx;

    ctx = r == r->main ? ngx_http_egret_get_ctx(r) : NULL;

    if (ctx == NULL || ctx->state != ngx_http_egret_forwarded
        || ctx->outcome != NULL)
    {
        return NGX_OK;
    }

    ngx_memzero(&failure, sizeof(egret_failure_t));

    ctx->outcome = "sender-gone";
    ctx->delivered = ngx_http_egret_delivered(r);

    ngx_http_egret_reset_variables(r);
    ngx_http_egret_log_failure(r, ctx, &failure);

    return NGX_OK;
}
