/* SPDX-License-Identifier: Apache-2.0 */

#include "ngx_http_egret_module.h"


static ngx_int_t ngx_http_egret_header_filter(ngx_http_request_t *r);
static ngx_int_t ngx_http_egret_body_filter(ngx_http_request_t *r,
    ngx_chain_t *in);
static ngx_uint_t ngx_http_egret_is_cut_off(ngx_http_request_t *r,
    ngx_buf_t *b);
static void ngx_http_egret_collect(ngx_http_egret_ctx_t *ctx, ngx_buf_t *b);
static ngx_int_t ngx_http_egret_pass_back(ngx_http_request_t *r,
    ngx_http_egret_ctx_t *ctx, ngx_uint_t is_whole);
static ngx_int_t ngx_http_egret_read_reply(ngx_http_request_t *r,
    ngx_http_egret_ctx_t *ctx, ngx_uint_t is_whole);
static ngx_int_t ngx_http_egret_no_reply(ngx_http_request_t *r,
    ngx_http_egret_ctx_t *ctx);
static ngx_int_t ngx_http_egret_plain_reply(ngx_http_request_t *r,
    ngx_http_egret_ctx_t *ctx, ngx_uint_t status);
static ngx_uint_t ngx_http_egret_is_xml_like(egret_span_t bytes);
static egret_delivered_t ngx_http_egret_delivered(ngx_http_request_t *r);


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
    ngx_http_egret_ctx_t  *ctx;

    ctx = r == r->main ? ngx_http_egret_get_ctx(r) : NULL;

    if (ctx == NULL || ctx->state != ngx_http_egret_forwarded) {
        return ngx_http_next_header_filter(r);
    }

    if (!ctx->collecting) {
        ctx->collecting = 1;
        egret_buffer_init(&ctx->reply, ctx->arena,
                          ctx->pipeline->config->max_message);
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

    if (ctx == NULL || ctx->state != ngx_http_egret_forwarded
        || !ctx->collecting)
    {
        return ngx_http_next_body_filter(r, in);
    }

    for ( /* void */ ; in; in = in->next) {
        b = in->buf;

        ngx_http_egret_collect(ctx, b);

        if (b->last_buf) {
            return ngx_http_egret_pass_back(r, ctx, 1);
        }

        if (ngx_http_egret_is_cut_off(r, b)) {
            return ngx_http_egret_pass_back(r, ctx, 0);
        }
    }

    return NGX_OK;
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


/* Sets ctx->answer by what came back. */

static ngx_int_t
ngx_http_egret_read_reply(ngx_http_request_t *r, ngx_http_egret_ctx_t *ctx,
    ngx_uint_t is_whole)
{
    ngx_uint_t                 status;
    egret_span_t               bytes;
    egret_counterpart_reply_t  reply;

    status = r->upstream ? r->upstream->headers_in.status_n
                         : r->headers_out.status;

    if (status == 0) {
        return ngx_http_egret_no_reply(r, ctx);
    }

    /* for a client a 1xx is no answer yet, and its body would be the next */

    if (!is_whole || status < NGX_HTTP_OK
        || egret_buffer_rc(&ctx->reply) != EGRET_OK)
    {
        return ngx_http_egret_answer_refusal(r, EGRET_REFUSAL_NOT_ISO,
                                             EGRET_DELIVERED_YES,
                                             &ctx->answer);
    }

    bytes = egret_buffer_span(&ctx->reply);

    if (egret_recognise(ctx->pipeline, bytes, ctx->arena, &reply) != EGRET_OK
        || !reply.is_iso)
    {
        return ngx_http_egret_plain_reply(r, ctx, status);
    }

    ctx->answer.status = status;
    ctx->answer.content_type = EGRET_SPAN("application/xml; charset=utf-8");
    ctx->answer.body = bytes;

    return NGX_OK;
}


/* No HTTP answer came: nginx made one of its own. */

static ngx_int_t
ngx_http_egret_no_reply(ngx_http_request_t *r, ngx_http_egret_ctx_t *ctx)
{
    egret_refusal_t             refusal;
    ngx_http_upstream_state_t  *state;

    refusal = EGRET_REFUSAL_INTERNAL;

    if (r->upstream_states && r->upstream_states->nelts) {
        state = r->upstream_states->elts;
        state += r->upstream_states->nelts - 1;

        refusal = state->status == NGX_HTTP_GATEWAY_TIME_OUT
                  ? EGRET_REFUSAL_SILENT : EGRET_REFUSAL_UNREACHABLE;
    }

    return ngx_http_egret_answer_refusal(r, refusal,
                                         ngx_http_egret_delivered(r),
                                         &ctx->answer);
}


/* An HTTP answer that holds no ISO message. */

static ngx_int_t
ngx_http_egret_plain_reply(ngx_http_request_t *r, ngx_http_egret_ctx_t *ctx,
    ngx_uint_t status)
{
    egret_answer_request_t  request;

    /* a status message that was garbled or compressed is no receipt */

    if (status < 200 || status > 299
        || ngx_http_egret_is_xml_like(egret_buffer_span(&ctx->reply))
        || ngx_http_egret_header_find(&r->headers_out.headers,
                                      "Content-Encoding")
           != NULL)
    {
        return ngx_http_egret_answer_refusal(r, EGRET_REFUSAL_NOT_ISO,
                                             r->upstream
                                             ? EGRET_DELIVERED_YES
                                             : EGRET_DELIVERED_UNKNOWN,
                                             &ctx->answer);
    }

    if (ngx_http_egret_answer_request(r, ctx, &request) != NGX_OK
        || egret_answer_receipt(&request, ctx->arena, &ctx->answer)
           != EGRET_OK)
    {
        return NGX_ERROR;
    }

    return NGX_OK;
}


static ngx_uint_t
ngx_http_egret_is_xml_like(egret_span_t bytes)
{
    if (egret_span_starts_with(bytes, EGRET_SPAN("\xef\xbb\xbf"))) {
        bytes = egret_span_slice(bytes, 3, bytes.length);
    }

    return egret_span_starts_with(egret_span_trim(bytes), EGRET_SPAN("<"));
}


/*
 * "no" only when none of the attempts sent a byte of the request, "yes" only
 * when one of them read a status. Only the last attempt can have ended with a
 * header and no status: nginx takes noise for HTTP/0.9.
 */

static egret_delivered_t
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
