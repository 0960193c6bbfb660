/* SPDX-License-Identifier: Apache-2.0 */

#include "ngx_http_egret_module.h"


static ngx_int_t ngx_http_egret_input_filter_init(void *data);
static ngx_int_t ngx_http_egret_input_filter(void *data, ssize_t bytes);
static ngx_int_t ngx_http_egret_pipe_filter(ngx_event_pipe_t *p,
    ngx_buf_t *buf);
static ngx_int_t ngx_http_egret_filtered(ngx_http_request_t *r,
    ngx_http_egret_ctx_t *ctx, ngx_int_t rc);


/*
 * A body that is not framed as its header says ends in nginx with the client's
 * connection, and nobody is told: so such an answer is ended here instead.
 */

void
ngx_http_egret_watch_framing(ngx_http_request_t *r, ngx_http_egret_ctx_t *ctx)
{
    ngx_http_upstream_t  *u;

    u = r->upstream;

    ctx->is_misframed = !u->headers_in.chunked
                        && (u->headers_in.transfer_encoding != NULL
                            || (u->headers_in.content_length != NULL
                                && u->headers_in.content_length_n < 0));

    ctx->input_filter_init = u->input_filter_init;
    u->input_filter_init = ngx_http_egret_input_filter_init;
}


/* nginx's own chooses the filters by what the header says. */

static ngx_int_t
ngx_http_egret_input_filter_init(void *data)
{
    ngx_int_t              rc;
    ngx_http_request_t    *r = data;
    ngx_http_upstream_t   *u;
    ngx_http_egret_ctx_t  *ctx;

    u = r->upstream;
    ctx = ngx_http_egret_get_ctx(r);

    if (ctx == NULL || ctx->input_filter_init == NULL) {
        return NGX_ERROR;
    }

    rc = ctx->input_filter_init(data);

    ctx->input_filter = u->input_filter;
    u->input_filter = ngx_http_egret_input_filter;

    if (u->pipe != NULL && u->pipe->input_filter != NULL) {
        ctx->pipe_filter = u->pipe->input_filter;
        u->pipe->input_filter = ngx_http_egret_pipe_filter;
    }

    return rc;
}


static ngx_int_t
ngx_http_egret_input_filter(void *data, ssize_t bytes)
{
    ngx_http_request_t    *r = data;
    ngx_http_egret_ctx_t  *ctx;

    ctx = ngx_http_egret_get_ctx(r);

    return ngx_http_egret_filtered(r, ctx, ctx->input_filter(data, bytes));
}


static ngx_int_t
ngx_http_egret_pipe_filter(ngx_event_pipe_t *p, ngx_buf_t *buf)
{
    ngx_http_request_t    *r = p->input_ctx;
    ngx_http_egret_ctx_t  *ctx;

    ctx = ngx_http_egret_get_ctx(r);

    return ngx_http_egret_filtered(r, ctx, ctx->pipe_filter(p, buf));
}


static ngx_int_t
ngx_http_egret_filtered(ngx_http_request_t *r, ngx_http_egret_ctx_t *ctx,
    ngx_int_t rc)
{
    if (rc != NGX_ERROR) {
        return rc;
    }

    ctx->is_misframed = 1;
    ngx_http_egret_stop_upstream(r);

    return NGX_OK;
}


/*
 * Makes nginx believe that the answer is at its end; the connection is not
 * kept, for more may come.
 */

void
ngx_http_egret_stop_upstream(ngx_http_request_t *r)
{
    ngx_http_upstream_t  *u;

    u = r->upstream;

    if (u == NULL || u->cleanup == NULL) {
        return;
    }

    u->length = 0;
    u->keepalive = 0;

    if (u->pipe) {
        u->pipe->length = 0;
        u->pipe->upstream_done = 1;
    }
}
