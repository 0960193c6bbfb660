/* SPDX-License-Identifier: Apache-2.0 */

#include "ngx_http_egret_module.h"


static ngx_int_t ngx_http_egret_header_filter(ngx_http_request_t *r);
static ngx_int_t ngx_http_egret_body_filter(ngx_http_request_t *r,
    ngx_chain_t *in);
static ngx_int_t ngx_http_egret_go_on(ngx_http_request_t *r,
    ngx_http_egret_ctx_t *ctx, ngx_chain_t *in);
static ngx_uint_t ngx_http_egret_is_cut_off(ngx_http_request_t *r,
    ngx_buf_t *b);
static void ngx_http_egret_collect(ngx_http_egret_ctx_t *ctx, ngx_buf_t *b);
static ngx_int_t ngx_http_egret_pass_back(ngx_http_request_t *r,
    ngx_http_egret_ctx_t *ctx, ngx_uint_t is_whole);
static ngx_int_t ngx_http_egret_read_reply(ngx_http_request_t *r,
    ngx_http_egret_ctx_t *ctx, ngx_uint_t is_whole);
static ngx_int_t ngx_http_egret_no_reply(ngx_http_request_t *r,
    ngx_http_egret_ctx_t *ctx);
static ngx_int_t ngx_http_egret_judge_reply(ngx_http_request_t *r,
    ngx_http_egret_ctx_t *ctx, egret_failure_t *failure);
static ngx_int_t ngx_http_egret_plain_reply(ngx_http_request_t *r,
    ngx_http_egret_ctx_t *ctx, const egret_response_t *response,
    egret_failure_t *failure);


/* What reading an answer may take besides what its size asks for. */

#define NGX_HTTP_EGRET_CEILING         (32 * 1024 * 1024)
#define NGX_HTTP_EGRET_CEILING_FACTOR  64


static ngx_http_output_header_filter_pt  ngx_http_next_header_filter;
static ngx_http_output_body_filter_pt    ngx_http_next_body_filter;


ngx_int_t
ngx_http_egret_response_init(ngx_conf_t *cf)
{
    ngx_http_next_header_filter = ngx_http_top_header_filter;
    ngx_http_top_header_filter = ngx_http_egret_header_filter;

    ngx_http_next_body_filter = ngx_http_top_body_filter;
    ngx_http_top_body_filter = ngx_http_egret_body_filter;

    return NGX_OK;
}


/*
 * Whatever answers a message that went out is held back until it is whole: the
 * counterpart's answer, nginx's own error page, or what error_page led to.
 */

static ngx_int_t
ngx_http_egret_header_filter(ngx_http_request_t *r)
{
    size_t                 max;
    ngx_http_egret_ctx_t  *ctx;

    ctx = r == r->main ? ngx_http_egret_get_ctx(r) : NULL;

    if (ctx == NULL || ctx->state != ngx_http_egret_forwarded) {
        return ngx_http_next_header_filter(r);
    }

    if (!ctx->collecting) {
        max = ctx->pipeline->config->max_answer;

        ctx->reply_arena = ngx_http_egret_create_arena(r,
                               NGX_HTTP_EGRET_CEILING
                               + NGX_HTTP_EGRET_CEILING_FACTOR * max);
        if (ctx->reply_arena == NULL) {
            return NGX_ERROR;
        }

        ctx->collecting = 1;
        ctx->is_theirs = r->upstream && r->upstream->cleanup;

        if (ctx->is_theirs) {
            ngx_http_egret_watch_framing(r, ctx);
        }

        egret_buffer_init(&ctx->reply, ctx->reply_arena, max);
    }

    r->main_filter_need_in_memory = 1;
    r->allow_ranges = 0;

    /* an answer without a status line would make the client's request 0.9 */

    r->http_version = ctx->http_version;

    return NGX_OK;
}


static ngx_int_t
ngx_http_egret_body_filter(ngx_http_request_t *r, ngx_chain_t *in)
{
    ngx_buf_t             *b;
    ngx_http_egret_ctx_t  *ctx;

    ctx = r == r->main ? ngx_http_egret_get_ctx(r) : NULL;

    if (ctx == NULL || !ctx->collecting) {
        return ngx_http_next_body_filter(r, in);
    }

    if (ctx->state != ngx_http_egret_forwarded) {
        return ngx_http_egret_go_on(r, ctx, in);
    }

    for ( /* void */ ; in; in = in->next) {
        b = in->buf;

        ngx_http_egret_collect(ctx, b);

        if (b->last_buf) {
            return ngx_http_egret_pass_back(r, ctx, 1);
        }

        if (egret_buffer_rc(&ctx->reply) != EGRET_OK) {
            ctx->is_stopped = 1;
            ngx_http_egret_stop_upstream(r);
            return ngx_http_egret_pass_back(r, ctx, 0);
        }

        if (ngx_http_egret_is_cut_off(r, b)) {
            return ngx_http_egret_pass_back(r, ctx, 0);
        }
    }

    return NGX_OK;
}


/* Our own answer is on its way: of the counterpart's nothing follows it. */

static ngx_int_t
ngx_http_egret_go_on(ngx_http_request_t *r, ngx_http_egret_ctx_t *ctx,
    ngx_chain_t *in)
{
    if (!ctx->is_stopped) {
        return ngx_http_next_body_filter(r, in);
    }

    for ( /* void */ ; in; in = in->next) {
        in->buf->pos = in->buf->last;
        in->buf->file_pos = in->buf->file_last;
    }

    return ngx_http_next_body_filter(r, NULL);
}


/*
 * When an answer breaks off, nginx closes the upstream and sends no last buffer
 * but an empty one to flush.
 */

static ngx_uint_t
ngx_http_egret_is_cut_off(ngx_http_request_t *r, ngx_buf_t *b)
{
    return b->flush && ngx_buf_special(b) && r->upstream
           && r->upstream->cleanup == NULL;
}


static void
ngx_http_egret_collect(ngx_http_egret_ctx_t *ctx, ngx_buf_t *b)
{
    egret_span_t  piece;

    if (ngx_buf_in_memory(b)) {
        piece.at = (const char *) b->pos;
        piece.length = b->last - b->pos;

        egret_buffer_add(&ctx->reply, piece);

        b->pos = b->last;
    }

    if (b->in_file) {
        b->file_pos = b->file_last;
    }
}


static ngx_int_t
ngx_http_egret_pass_back(ngx_http_request_t *r, ngx_http_egret_ctx_t *ctx,
    ngx_uint_t is_whole)
{
    ngx_int_t     rc;
    ngx_chain_t  *out;

    rc = ngx_http_egret_read_reply(r, ctx, is_whole);

    ctx->state = ngx_http_egret_answered;
    ngx_http_egret_stop_deadline(ctx);

    /* X-Accel-Limit-Rate of a counterpart could hold the answer for hours */

    r->limit_rate = ctx->limit_rate;
    r->limit_rate_set = ctx->limit_rate_set;

    if (rc != NGX_OK
        || ngx_http_egret_answer_header(r, ctx, &ctx->answer) != NGX_OK)
    {
        return NGX_ERROR;
    }

    out = ngx_http_egret_answer_body(r, ctx->answer.body);
    if (out == NULL) {
        return NGX_ERROR;
    }

    rc = ngx_http_next_header_filter(r);

    if (rc == NGX_ERROR || rc > NGX_OK || r->header_only) {
        return rc;
    }

    return ngx_http_next_body_filter(r, out);
}


/* Of the counterpart's answer; 0 when none came. */

static ngx_uint_t
ngx_http_egret_reply_status(ngx_http_request_t *r)
{
    return r->upstream ? r->upstream->headers_in.status_n : 0;
}


/* Of the last attempt, nginx's own included; 0 when there was none. */

static ngx_uint_t
ngx_http_egret_last_status(ngx_http_request_t *r)
{
    ngx_http_upstream_state_t  *state;

    if (r->upstream_states == NULL || r->upstream_states->nelts == 0) {
        return 0;
    }

    state = r->upstream_states->elts;

    return state[r->upstream_states->nelts - 1].status;
}


/* Sets ctx->answer by what came back. */

static ngx_int_t
ngx_http_egret_read_reply(ngx_http_request_t *r, ngx_http_egret_ctx_t *ctx,
    ngx_uint_t is_whole)
{
    ngx_uint_t       status;
    egret_failure_t  failure;

    status = ngx_http_egret_reply_status(r);

    if (status == 0) {
        return ngx_http_egret_no_reply(r, ctx);
    }

    ngx_memzero(&failure, sizeof(egret_failure_t));

    failure.delivered = EGRET_DELIVERED_YES;
    failure.counterpart_status = status;

    /* for a client a 1xx is no answer yet, and its body would be the next */

    if (status < NGX_HTTP_OK) {
        failure.refusal = EGRET_REFUSAL_FAILED;
        return ngx_http_egret_fail(r, ctx, &failure);
    }

    /* what came is nginx's own, whatever the counterpart's first line said */

    if (!ctx->is_theirs) {
        failure.refusal = status >= NGX_HTTP_SPECIAL_RESPONSE
                          ? EGRET_REFUSAL_FAILED
                          : ngx_http_egret_last_status(r)
                            == NGX_HTTP_GATEWAY_TIME_OUT
                            ? EGRET_REFUSAL_CUT_OFF
                            : EGRET_REFUSAL_UNREADABLE;

        return ngx_http_egret_fail(r, ctx, &failure);
    }

    if (egret_buffer_rc(&ctx->reply) != EGRET_OK) {
        failure.refusal = EGRET_REFUSAL_ANSWER_LARGE;
        failure.limit = ctx->pipeline->config->max_answer;
        return ngx_http_egret_fail(r, ctx, &failure);
    }

    if (ctx->is_misframed) {
        failure.refusal = EGRET_REFUSAL_UNREADABLE;
        failure.fault = EGRET_SPAN("it is not framed as its header says");
        return ngx_http_egret_fail(r, ctx, &failure);
    }

    if (!is_whole) {
        failure.refusal = EGRET_REFUSAL_CUT_OFF;
        return ngx_http_egret_fail(r, ctx, &failure);
    }

    return ngx_http_egret_judge_reply(r, ctx, &failure);
}


/* No HTTP answer came: nginx made one of its own, or took noise for one. */

static ngx_int_t
ngx_http_egret_no_reply(ngx_http_request_t *r, ngx_http_egret_ctx_t *ctx)
{
    ngx_uint_t       status;
    egret_failure_t  failure;

    ngx_memzero(&failure, sizeof(egret_failure_t));

    failure.refusal = EGRET_REFUSAL_INTERNAL;
    failure.delivered = ngx_http_egret_delivered(r);

    status = ngx_http_egret_last_status(r);

    if (ctx->is_theirs) {
        failure.refusal = EGRET_REFUSAL_UNREADABLE;

    } else if (status != 0) {
        failure.refusal = status == NGX_HTTP_GATEWAY_TIME_OUT
                          ? EGRET_REFUSAL_SILENT : EGRET_REFUSAL_UNREACHABLE;
    }

    return ngx_http_egret_fail(r, ctx, &failure);
}


/* `failure` is what there would be to say. */

static ngx_int_t
ngx_http_egret_judge_reply(ngx_http_request_t *r, ngx_http_egret_ctx_t *ctx,
    egret_failure_t *failure)
{
    egret_response_t        response;
    egret_answer_request_t  request;

    if (ngx_http_egret_answer_request(r, ctx, &request) != NGX_OK) {
        return NGX_ERROR;
    }

    request.maximum = ctx->pipeline->config->max_answer;

    if (egret_response_read(&request, egret_buffer_span(&ctx->reply),
                            ctx->reply_arena, &response)
        != EGRET_OK)
    {
        failure->refusal = EGRET_REFUSAL_UNREADABLE;
        return ngx_http_egret_fail(r, ctx, failure);
    }

    if (response.word == EGRET_RESPONSE_SOUND) {
        ctx->outcome = "passed";
        ctx->delivered = EGRET_DELIVERED_YES;

        ctx->answer.status = ngx_http_egret_reply_status(r);
        ctx->answer.content_type =
                                 EGRET_SPAN("application/xml; charset=utf-8");
        ctx->answer.body = response.body;

        return NGX_OK;
    }

    failure->refusal = response.refusal;
    failure->xpath = response.xpath;
    failure->fault = response.fault;

    return ngx_http_egret_plain_reply(r, ctx, &response, failure);
}


/* An HTTP answer with no ISO message, or with one that is not to be had. */

static ngx_int_t
ngx_http_egret_plain_reply(ngx_http_request_t *r, ngx_http_egret_ctx_t *ctx,
    const egret_response_t *response, egret_failure_t *failure)
{
    ngx_uint_t              status;
    egret_answer_request_t  request;

    status = ngx_http_egret_reply_status(r);

    if ((status < 200 || status > 299) && !response->wants_to_be_iso) {
        failure->refusal = EGRET_REFUSAL_FAILED;
        failure->xpath = EGRET_SPAN("");
        failure->fault = EGRET_SPAN("");
        return ngx_http_egret_fail(r, ctx, failure);
    }

    if (response->word == EGRET_RESPONSE_FAULTY) {
        return ngx_http_egret_fail(r, ctx, failure);
    }

    /* a status message that was compressed is no receipt */

    if (ngx_http_egret_header_find(&r->headers_out.headers, "Content-Encoding")
        != NULL)
    {
        failure->refusal = EGRET_REFUSAL_UNREADABLE;
        failure->fault = EGRET_SPAN("it has a Content-Encoding");
        return ngx_http_egret_fail(r, ctx, failure);
    }

    if (ngx_http_egret_answer_request(r, ctx, &request) != NGX_OK
        || egret_answer_receipt(&request, ctx->reply_arena, &ctx->answer)
           != EGRET_OK)
    {
        return NGX_ERROR;
    }

    ctx->outcome = "receipt";
    ctx->delivered = EGRET_DELIVERED_YES;

    return NGX_OK;
}


/*
 * "no" only when none of the attempts sent a byte of the request, "yes" only
 * when one of them read a status. Only the last attempt can have ended with a
 * header and no status: nginx takes noise for HTTP/0.9.
 */

egret_delivered_t
ngx_http_egret_delivered(ngx_http_request_t *r)
{
    ngx_uint_t                  i, n;
    egret_delivered_t           delivered;
    ngx_http_upstream_state_t  *state;

    delivered = EGRET_DELIVERED_NO;

    if (r->upstream_states == NULL) {
        return delivered;
    }

    state = r->upstream_states->elts;
    n = r->upstream_states->nelts;

    for (i = 0; i < n; i++) {

        if (i + 1 < n && state[i].peer != NULL
            && state[i].header_time != (ngx_msec_t) -1)
        {
            return EGRET_DELIVERED_YES;
        }

        if (state[i].bytes_sent != 0) {
            delivered = EGRET_DELIVERED_UNKNOWN;
        }
    }

    return delivered;
}
