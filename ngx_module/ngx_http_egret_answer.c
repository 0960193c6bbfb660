/* SPDX-License-Identifier: Apache-2.0 */

#include "ngx_http_egret_module.h"


#define NGX_HTTP_EGRET_REFUSAL_CEILING  (64 * 1024)
#define NGX_HTTP_EGRET_ID_BYTES         16


static ngx_int_t ngx_http_egret_answer_told(ngx_http_request_t *r,
    ngx_http_egret_ctx_t *ctx, ngx_uint_t mode);
static ngx_int_t ngx_http_egret_answer_verdict(ngx_http_request_t *r,
    ngx_http_egret_ctx_t *ctx);


egret_datetime_t
ngx_http_egret_now(void)
{
    return egret_datetime_from_seconds(ngx_time());
}


ngx_int_t
ngx_http_egret_answer_request(ngx_http_request_t *r, ngx_http_egret_ctx_t *ctx,
    egret_answer_request_t *request)
{
    u_char  *id, random[NGX_HTTP_EGRET_ID_BYTES];

    id = ngx_pnalloc(r->pool, 2 + 2 * NGX_HTTP_EGRET_ID_BYTES);

    if (id == NULL || RAND_bytes(random, NGX_HTTP_EGRET_ID_BYTES) != 1) {
        return NGX_ERROR;
    }

    id[0] = 'E';
    id[1] = 'G';
    ngx_hex_dump(&id[2], random, NGX_HTTP_EGRET_ID_BYTES);

    ngx_memzero(request, sizeof(egret_answer_request_t));

    request->config = ctx->pipeline->config;
    request->verdict = ctx->verdict;
    request->now = ngx_http_egret_now();
    request->id.at = (char *) id;
    request->id.length = 2 + 2 * NGX_HTTP_EGRET_ID_BYTES;
    request->wants_problem = ctx->wants_problem;

    return NGX_OK;
}


ngx_int_t
ngx_http_egret_answer_refusal(ngx_http_request_t *r, egret_refusal_t refusal,
    egret_delivered_t delivered, egret_answer_t *out)
{
    size_t                       limit;
    egret_span_t                 id;
    egret_arena_t               *arena;
    ngx_http_egret_ctx_t        *ctx;
    ngx_http_egret_srv_conf_t   *escf;
    ngx_http_egret_main_conf_t  *emcf;

    /* an arena of its own: the message's may be what is full */

    arena = ngx_http_egret_create_arena(r, NGX_HTTP_EGRET_REFUSAL_CEILING);
    if (arena == NULL) {
        return NGX_ERROR;
    }

    limit = 0;

    if (refusal == EGRET_REFUSAL_TOO_LARGE) {
        escf = ngx_http_get_module_srv_conf(r, ngx_http_egret_module);
        emcf = ngx_http_get_module_main_conf(r, ngx_http_egret_module);

        limit = escf->limit ? escf->limit : emcf->config->max_message;
    }

    ctx = ngx_http_egret_get_ctx(r);

    id = ctx != NULL ? ngx_http_egret_span(&ctx->message_id) : EGRET_SPAN("");

    if (egret_answer_refusal(refusal, delivered, limit, id, arena, out)
        != EGRET_OK)
    {
        return NGX_ERROR;
    }

    return NGX_OK;
}


ngx_int_t
ngx_http_egret_answer_header(ngx_http_request_t *r, ngx_http_egret_ctx_t *ctx,
    const egret_answer_t *answer)
{
    ngx_str_t                  *allow;
    ngx_http_egret_loc_conf_t  *elcf;

    static ngx_str_t  post = ngx_string("POST");
    static ngx_str_t  get = ngx_string("GET, HEAD");
    static ngx_str_t  gzip = ngx_string("gzip");
    static ngx_str_t  identity = ngx_string("identity");

    ngx_http_clean_header(r);

    r->err_status = 0;
    r->allow_ranges = 0;

    r->headers_out.status = answer->status;
    r->headers_out.content_length_n = answer->body.length;
    r->headers_out.content_type.data = (u_char *) answer->content_type.at;
    r->headers_out.content_type.len = answer->content_type.length;
    r->headers_out.content_type_len = egret_span_find(answer->content_type,
                                                      ';');
    r->headers_out.content_type_lowcase = NULL;

    elcf = ngx_http_get_module_loc_conf(r, ngx_http_egret_module);
    allow = elcf->mode == NGX_HTTP_EGRET_SELF
            || elcf->mode == NGX_HTTP_EGRET_EXPLAIN ? &get : &post;

    if (answer->status == NGX_HTTP_NOT_ALLOWED
        && ngx_http_egret_header_add(r, &r->headers_out.headers, "Allow",
                                     allow)
           == NULL)
    {
        return NGX_ERROR;
    }

    if (answer->status == NGX_HTTP_UNSUPPORTED_MEDIA_TYPE
        && ngx_http_egret_header_add(r, &r->headers_out.headers,
                                     "Accept-Encoding",
                                     ngx_http_egret_takes_gzip(ctx)
                                     ? &gzip : &identity)
           == NULL)
    {
        return NGX_ERROR;
    }

    if (ngx_http_egret_answer_told(r, ctx, elcf->mode) != NGX_OK) {
        return NGX_ERROR;
    }

    if (ctx == NULL || ctx->verdict == NULL) {
        return NGX_OK;
    }

    return ngx_http_egret_answer_verdict(r, ctx);
}


/* What is said of explain and gap. */

static ngx_int_t
ngx_http_egret_answer_told(ngx_http_request_t *r, ngx_http_egret_ctx_t *ctx,
    ngx_uint_t mode)
{
    static ngx_str_t  vary = ngx_string("Accept, Accept-Language");

    if (mode != NGX_HTTP_EGRET_EXPLAIN && mode != NGX_HTTP_EGRET_GAP) {
        return NGX_OK;
    }

    if (mode == NGX_HTTP_EGRET_EXPLAIN
        && ngx_http_egret_header_add(r, &r->headers_out.headers, "Vary", &vary)
           == NULL)
    {
        return NGX_ERROR;
    }

    /* by a header more a stranger could tell what is asked here */

    if (ctx == NULL || ctx->binding != ngx_http_egret_bound) {
        return NGX_OK;
    }

    return ngx_http_egret_explain_header(r);
}


static ngx_int_t
ngx_http_egret_answer_verdict(ngx_http_request_t *r, ngx_http_egret_ctx_t *ctx)
{
    ngx_str_t  word;

    word.data = (u_char *) egret_verdict_text(ctx->verdict->word);
    word.len = ngx_strlen(word.data);

    if (ngx_http_egret_header_add(r, &r->headers_out.headers, "Egret-Verdict",
                                  &word)
        == NULL)
    {
        return NGX_ERROR;
    }

    if (ctx->findings.len != 0
        && ngx_http_egret_header_add(r, &r->headers_out.headers,
                                     "Egret-Findings", &ctx->findings)
           == NULL)
    {
        return NGX_ERROR;
    }

    return NGX_OK;
}


ngx_chain_t *
ngx_http_egret_answer_body(ngx_http_request_t *r, egret_span_t body)
{
    ngx_buf_t    *b;
    ngx_chain_t  *cl;

    cl = ngx_alloc_chain_link(r->pool);
    b = ngx_calloc_buf(r->pool);

    if (cl == NULL || b == NULL) {
        return NULL;
    }

    b->start = b->pos = (u_char *) body.at;
    b->end = b->last = b->pos + body.length;
    b->memory = body.length != 0;
    b->last_buf = (r == r->main);
    b->last_in_chain = 1;

    cl->buf = b;
    cl->next = NULL;

    return cl;
}


ngx_int_t
ngx_http_egret_answer_send(ngx_http_request_t *r, ngx_http_egret_ctx_t *ctx,
    const egret_answer_t *answer)
{
    ngx_int_t     rc;
    ngx_chain_t  *out;

    r->expect_tested = 1;

    rc = ngx_http_discard_request_body(r);
    if (rc != NGX_OK) {
        return rc;
    }

    if (ngx_http_egret_answer_header(r, ctx, answer) != NGX_OK) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    out = ngx_http_egret_answer_body(r, answer->body);
    if (out == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    rc = ngx_http_send_header(r);

    if (rc == NGX_ERROR || rc > NGX_OK || r->header_only) {
        return rc;
    }

    return ngx_http_output_filter(r, out);
}
