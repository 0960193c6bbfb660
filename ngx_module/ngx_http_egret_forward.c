/* SPDX-License-Identifier: Apache-2.0 */

#include "ngx_http_egret_module.h"


static egret_rc_t ngx_http_egret_copy_body(ngx_chain_t *in, u_char *p,
    size_t size);
static egret_rc_t ngx_http_egret_read_file(ngx_buf_t *b, u_char *p,
    size_t size);
static ngx_uint_t ngx_http_egret_looks_like(const ngx_table_elt_t *h,
    const char *name);
static ngx_uint_t ngx_http_egret_is_unwanted(const ngx_table_elt_t *h);
static ngx_uint_t ngx_http_egret_is_signature(const ngx_table_elt_t *h);
static ngx_uint_t ngx_http_egret_is_usual_type(ngx_http_request_t *r);
static ngx_uint_t ngx_http_egret_is_of_old_body(const ngx_table_elt_t *h);
static ngx_int_t ngx_http_egret_set_headers(ngx_http_request_t *r,
    ngx_http_egret_ctx_t *ctx);
static ngx_int_t ngx_http_egret_set_length(ngx_http_request_t *r, size_t size);
static ngx_int_t ngx_http_egret_set_body(ngx_http_request_t *r,
    egret_span_t body);


static ngx_str_t  ngx_http_egret_xml =
    ngx_string("application/xml; charset=utf-8");


/* ctx->message.bytes: the body in one piece, one byte over the limit at most */

egret_rc_t
ngx_http_egret_read_body(ngx_http_request_t *r, ngx_http_egret_ctx_t *ctx)
{
    off_t         size, limit;
    u_char       *p;
    ngx_chain_t  *cl, *in;

    in = r->request_body ? r->request_body->bufs : NULL;

    ctx->message.bytes = EGRET_SPAN("");

    if (in == NULL) {
        return EGRET_OK;
    }

    if (in->next == NULL && ngx_buf_in_memory(in->buf)) {
        ctx->message.bytes.at = (const char *) in->buf->pos;
        ctx->message.bytes.length = in->buf->last - in->buf->pos;
        return EGRET_OK;
    }

    size = 0;

    for (cl = in; cl; cl = cl->next) {
        size += ngx_buf_size(cl->buf);
    }

    limit = (off_t) ctx->pipeline->config->max_message + 1;
    size = ngx_min(size, limit);

    p = egret_arena_allocate(ctx->arena, (size_t) size);
    if (p == NULL) {
        return egret_arena_rc(ctx->arena);
    }

    ctx->message.bytes.at = (const char *) p;
    ctx->message.bytes.length = (size_t) size;

    return ngx_http_egret_copy_body(in, p, (size_t) size);
}


static egret_rc_t
ngx_http_egret_copy_body(ngx_chain_t *in, u_char *p, size_t size)
{
    off_t        n;
    egret_rc_t   rc;
    ngx_buf_t   *b;

    for ( /* void */ ; in && size; in = in->next) {
        b = in->buf;

        n = ngx_min(ngx_buf_size(b), (off_t) size);

        if (ngx_buf_in_memory(b)) {
            ngx_memcpy(p, b->pos, (size_t) n);

        } else if (b->in_file) {
            rc = ngx_http_egret_read_file(b, p, (size_t) n);
            if (rc != EGRET_OK) {
                return rc;
            }
        }

        p += n;
        size -= (size_t) n;
    }

    return EGRET_OK;
}


static egret_rc_t
ngx_http_egret_read_file(ngx_buf_t *b, u_char *p, size_t size)
{
    off_t    offset;
    ssize_t  n;

    for (offset = b->file_pos; size; offset += n) {

        n = ngx_read_file(b->file, p, size, offset);
        if (n <= 0) {
            return EGRET_EIO;
        }

        p += n;
        size -= n;
    }

    return EGRET_OK;
}


/* Makes the request of it that the counterpart gets. */

ngx_int_t
ngx_http_egret_forward(ngx_http_request_t *r, ngx_http_egret_ctx_t *ctx)
{
    egret_span_t  output;
    ngx_list_t   *headers;

    output = ctx->verdict->output;
    headers = &r->headers_in.headers;

    /* a signature may be of the sender's Content-Type, which is replaced */

    if (!ngx_http_egret_is_usual_type(r)
        && ngx_http_egret_header_remove(headers, ngx_http_egret_is_signature)
           != NGX_OK)
    {
        return NGX_ERROR;
    }

    if (ngx_http_egret_header_remove(headers, ngx_http_egret_is_unwanted)
        != NGX_OK)
    {
        return NGX_ERROR;
    }

    if (output.at != ctx->message.bytes.at
        && ngx_http_egret_header_remove(headers, ngx_http_egret_is_of_old_body)
           != NGX_OK)
    {
        return NGX_ERROR;
    }

    if (ngx_http_egret_set_headers(r, ctx) != NGX_OK
        || ngx_http_egret_set_length(r, output.length) != NGX_OK)
    {
        return NGX_ERROR;
    }

    r->disable_not_modified = 1;

    /* an answer of 101 would join the two connections, past all checks */

    r->headers_in.upgrade = NULL;

    /* as the location was found by it, not as the sender wrote it */

    r->valid_unparsed_uri = 0;

    ctx->limit_rate = r->limit_rate;
    ctx->limit_rate_set = r->limit_rate_set;

    return ngx_http_egret_set_body(r, output);
}


static ngx_uint_t
ngx_http_egret_is_named(const ngx_table_elt_t *h, const char *name)
{
    return ngx_http_egret_header_starts(h, name)
           && h->key.len == ngx_strlen(name);
}


/* Named so but for what stands between the words. */

static ngx_uint_t
ngx_http_egret_looks_like(const ngx_table_elt_t *h, const char *name)
{
    return ngx_http_egret_is_named(h, name)
           && ngx_strncasecmp(h->key.data, (u_char *) name, h->key.len) != 0;
}


/* What only the gateway may say, and what would hide the answer from it. */

static ngx_uint_t
ngx_http_egret_is_unwanted(const ngx_table_elt_t *h)
{
    return ngx_http_egret_header_starts(h, "egret-")
           || ngx_http_egret_header_starts(h, "x-ssl-")
           || ngx_http_egret_header_starts(h, "client-cert")
           || ngx_http_egret_is_named(h, "accept-encoding")
           || ngx_http_egret_is_named(h, "content-encoding")
           || ngx_http_egret_is_named(h, "content-type")
           || ngx_http_egret_looks_like(h, "content-length")
           || ngx_http_egret_looks_like(h, "transfer-encoding")
           || ngx_http_egret_is_named(h, "range")
           || ngx_http_egret_is_named(h, "if-range")
           || ngx_http_egret_is_named(h, "if-match")
           || ngx_http_egret_is_named(h, "if-none-match")
           || ngx_http_egret_is_named(h, "if-modified-since")
           || ngx_http_egret_is_named(h, "if-unmodified-since");
}


static ngx_uint_t
ngx_http_egret_is_of_old_body(const ngx_table_elt_t *h)
{
    return ngx_http_egret_is_named(h, "content-md5")
           || ngx_http_egret_is_named(h, "content-digest")
           || ngx_http_egret_is_named(h, "repr-digest")
           || ngx_http_egret_is_named(h, "digest")
           || ngx_http_egret_is_signature(h);
}


static ngx_uint_t
ngx_http_egret_is_signature(const ngx_table_elt_t *h)
{
    return ngx_http_egret_is_named(h, "signature")
           || ngx_http_egret_is_named(h, "signature-input");
}


static ngx_uint_t
ngx_http_egret_is_usual_type(ngx_http_request_t *r)
{
    ngx_table_elt_t  *h;

    h = r->headers_in.content_type;

    return h != NULL && h->value.len == ngx_http_egret_xml.len
           && ngx_strncmp(h->value.data, ngx_http_egret_xml.data,
                          ngx_http_egret_xml.len)
              == 0;
}


static ngx_int_t
ngx_http_egret_set_headers(ngx_http_request_t *r, ngx_http_egret_ctx_t *ctx)
{
    ngx_str_t         partner;
    ngx_list_t       *headers;
    ngx_table_elt_t  *type;

    headers = &r->headers_in.headers;

    partner.data = (u_char *) ctx->partner->name.at;
    partner.len = ctx->partner->name.length;

    type = ngx_http_egret_header_add(r, headers, "Content-Type",
                                     &ngx_http_egret_xml);

    if (type == NULL
        || ngx_http_egret_header_add(r, headers, "Egret-Partner", &partner)
           == NULL
        || ngx_http_egret_header_add(r, headers, "Egret-Message-Id",
                                     &ctx->message_id)
           == NULL)
    {
        return NGX_ERROR;
    }

    r->headers_in.content_type = type;

    return NGX_OK;
}


/*
 * The line of Transfer-Encoding stays as it is: proxy_pass finds it by its hash
 * and leaves it out.
 */

static ngx_int_t
ngx_http_egret_set_length(ngx_http_request_t *r, size_t size)
{
    ngx_str_t         value;
    ngx_table_elt_t  *h;

    value.data = ngx_pnalloc(r->pool, NGX_OFF_T_LEN);
    if (value.data == NULL) {
        return NGX_ERROR;
    }

    value.len = ngx_sprintf(value.data, "%uz", size) - value.data;

    h = r->headers_in.content_length;

    if (h == NULL) {
        h = ngx_http_egret_header_add(r, &r->headers_in.headers,
                                      "Content-Length", &value);
        if (h == NULL) {
            return NGX_ERROR;
        }

        r->headers_in.content_length = h;
    }

    h->value = value;

    r->headers_in.content_length_n = size;
    r->headers_in.chunked = 0;

    return NGX_OK;
}


/* An upstream retry begins again at b->start. */

static ngx_int_t
ngx_http_egret_set_body(ngx_http_request_t *r, egret_span_t body)
{
    ngx_buf_t                *b;
    ngx_chain_t              *cl;
    ngx_http_request_body_t  *rb;

    b = ngx_calloc_buf(r->pool);
    cl = ngx_alloc_chain_link(r->pool);

    if (b == NULL || cl == NULL) {
        return NGX_ERROR;
    }

    b->start = b->pos = (u_char *) body.at;
    b->end = b->last = b->pos + body.length;
    b->temporary = 1;
    b->last_buf = 1;

    cl->buf = b;
    cl->next = NULL;

    rb = r->request_body;

    rb->bufs = cl;
    rb->temp_file = NULL;
    rb->buf = NULL;
    rb->rest = 0;

    return NGX_OK;
}
