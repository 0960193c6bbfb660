/* SPDX-License-Identifier: Apache-2.0 */

#include "ngx_http_egret_module.h"


#define NGX_HTTP_EGRET_FAILURE_CEILING  (128 * 1024)


static void ngx_http_egret_be_late(ngx_event_t *ev);
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
 * nginx's own time-outs count from one read to the next, so an answer could
 * come a byte at a time for days.
 */

void
ngx_http_egret_start_deadline(ngx_http_request_t *r,
    ngx_http_egret_ctx_t *ctx)
{
    ctx->deadline.data = r;
    ctx->deadline.handler = ngx_http_egret_be_late;
    ctx->deadline.log = r->connection->log;

    ngx_add_timer(&ctx->deadline, ctx->pipeline->config->answer_timeout);
}


void
ngx_http_egret_stop_deadline(ngx_http_egret_ctx_t *ctx)
{
    if (ctx->deadline.timer_set) {
        ngx_del_timer(&ctx->deadline);
    }
}


/* A next attempt, if nginx makes one, has as much time. */

static void
ngx_http_egret_be_late(ngx_event_t *ev)
{
    ngx_connection_t      *c;
    ngx_http_request_t    *r;
    ngx_http_upstream_t   *u;
    ngx_http_egret_ctx_t  *ctx;

    r = ev->data;
    u = r->upstream;
    ctx = ngx_http_egret_get_ctx(r);

    if (ctx == NULL || ctx->state != ngx_http_egret_forwarded) {
        return;
    }

    ngx_add_timer(ev, ctx->pipeline->config->answer_timeout);

    c = u != NULL && u->cleanup != NULL ? u->peer.connection : NULL;

    /* proxy_connect_timeout bounds a handshake as a whole */

    if (c == NULL || (c->ssl != NULL && !c->ssl->handshaked)) {
        return;
    }

    c->read->timedout = 1;
    c->read->handler(c->read);
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
