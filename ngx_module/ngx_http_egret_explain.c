/* SPDX-License-Identifier: Apache-2.0 */

#include "ngx_http_egret_module.h"

#include "answer/explanation.h"


#define NGX_HTTP_EGRET_EXPLAIN_CEILING  (16 * 1024 * 1024)


static const char *ngx_http_egret_explain_type(ngx_uint_t n);
static ngx_int_t ngx_http_egret_explain_write(ngx_http_request_t *r,
    egret_answer_t *answer);
static ngx_int_t ngx_http_egret_explain_word(ngx_http_request_t *r,
    ngx_str_t value, egret_span_t *out);
static ngx_uint_t ngx_http_egret_explain_lists(const ngx_str_t *value,
    const void *data);
static egret_page_language_t
    ngx_http_egret_explain_language(ngx_http_request_t *r);


/* The content of a location with "egret explain".  It stores nothing. */

ngx_int_t
ngx_http_egret_explain_handler(ngx_http_request_t *r)
{
    ngx_int_t              rc;
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

    if (r->method & (NGX_HTTP_GET|NGX_HTTP_HEAD)) {
        rc = ngx_http_egret_explain_write(r, &answer);

    } else {
        rc = ngx_http_egret_answer_refusal(r, EGRET_REFUSAL_NOT_GET,
                                           EGRET_DELIVERED_NOT_SAID, &answer);
    }

    if (rc != NGX_OK) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    return ngx_http_egret_answer_send(r, ctx, &answer);
}


static const char *
ngx_http_egret_explain_type(ngx_uint_t n)
{
    return egret_explanation_type((egret_explained_form_t) n);
}


static ngx_int_t
ngx_http_egret_explain_write(ngx_http_request_t *r, egret_answer_t *answer)
{
    ngx_int_t                    rc;
    egret_arena_t               *arena;
    egret_question_t             question;
    egret_question_fault_t       fault;
    egret_explained_form_t       form;
    ngx_http_egret_main_conf_t  *emcf;

    static const ngx_str_t  names[] = {
        ngx_string("from"),
        ngx_string("scheme"),
        ngx_string("on"),
        ngx_string("kind"),
        ngx_string("status"),
        ngx_null_string
    };

    emcf = ngx_http_get_module_main_conf(r, ngx_http_egret_module);

    ngx_memzero(&question, sizeof(egret_question_t));

    form = ngx_http_egret_accept_best(r, ngx_http_egret_explain_type,
                                      EGRET_EXPLAINED_COUNT);

    arena = ngx_http_egret_create_arena(r, NGX_HTTP_EGRET_EXPLAIN_CEILING);

    rc = ngx_http_egret_explain_check(r, names, &fault);

    if (arena == NULL || rc == NGX_ERROR) {
        return NGX_ERROR;
    }

    if (rc == NGX_DECLINED) {
        return egret_explanation_refuse(EGRET_REFUSAL_QUESTION, &fault, arena,
                                        answer)
               == EGRET_OK ? NGX_OK : NGX_ERROR;
    }

    if (ngx_http_egret_explain_arg(r, "from", &question.from) != NGX_OK
        || ngx_http_egret_explain_arg(r, "scheme", &question.to) != NGX_OK
        || ngx_http_egret_explain_arg(r, "on", &question.on) != NGX_OK
        || ngx_http_egret_explain_arg(r, "kind", &question.kind) != NGX_OK
        || ngx_http_egret_explain_arg(r, "status", &question.status) != NGX_OK)
    {
        return NGX_ERROR;
    }

    question.today = ngx_http_egret_now().date;

    if (egret_explanation_answer(emcf->config->taxonomies, &question,
                                 form,
                                 ngx_http_egret_explain_language(r), arena,
                                 answer)
        != EGRET_OK)
    {
        return NGX_ERROR;
    }

    return NGX_OK;
}


/* A word of the query, decoded; a problem repeats it, and it may be any
 * bytes. */

ngx_int_t
ngx_http_egret_explain_arg(ngx_http_request_t *r, char *name,
    egret_span_t *out)
{
    ngx_str_t  value;

    *out = EGRET_SPAN("");

    if (ngx_http_arg(r, (u_char *) name, ngx_strlen(name), &value) != NGX_OK) {
        return NGX_OK;
    }

    return ngx_http_egret_explain_word(r, value, out);
}


static ngx_int_t
ngx_http_egret_explain_word(ngx_http_request_t *r, ngx_str_t value,
    egret_span_t *out)
{
    u_char      *p, *src;
    ngx_uint_t   is_long;

    p = ngx_pnalloc(r->pool, value.len + 1);
    if (p == NULL) {
        return NGX_ERROR;
    }

    src = value.data;
    value.data = p;

    ngx_unescape_uri(&p, &src, value.len, 0);

    value.len = p - value.data;
    is_long = value.len > NGX_HTTP_EGRET_TEXT;

    if (ngx_http_egret_header_text(r->pool, ngx_http_egret_span(&value),
                                   &value)
        != NGX_OK)
    {
        return NGX_ERROR;
    }

    if (!is_long) {
        *out = ngx_http_egret_span(&value);
        return NGX_OK;
    }

    /* what is cut must not be taken for a word that is known */

    p = ngx_pnalloc(r->pool, value.len + 3);
    if (p == NULL) {
        return NGX_ERROR;
    }

    out->at = (const char *) p;
    out->length = value.len + 3;

    p = ngx_cpymem(p, value.data, value.len);
    ngx_memcpy(p, "...", 3);

    return NGX_OK;
}


ngx_int_t
ngx_http_egret_explain_check(ngx_http_request_t *r, const ngx_str_t *names,
    egret_question_fault_t *fault)
{
    u_char      *p, *last, *end, *equals;
    ngx_str_t    name;
    ngx_uint_t   n, seen;

    fault->why = NULL;
    seen = 0;
    last = r->args.data + r->args.len;

    for (p = r->args.data; p < last; p = end + 1) {

        end = ngx_strlchr(p, last, '&');
        if (end == NULL) {
            end = last;
        }

        if (p == end) {
            continue;
        }

        equals = ngx_strlchr(p, end, '=');

        name.data = p;
        name.len = (equals != NULL ? equals : end) - p;

        for (n = 0; names[n].len != 0; n++) {
            if (names[n].len == name.len
                && ngx_strncasecmp(names[n].data, name.data, name.len) == 0)
            {
                break;
            }
        }

        if (names[n].len != 0 && !(seen & (1u << n))) {
            seen |= 1u << n;
            continue;
        }

        fault->why = names[n].len != 0 ? "is there twice"
                                       : "is no argument of this question";

        return ngx_http_egret_explain_word(r, name, &fault->word) == NGX_OK
               ? NGX_DECLINED : NGX_ERROR;
    }

    return NGX_OK;
}


/* The first language that there is; weights are not asked, since browsers
 * write the list in order. */

static ngx_uint_t
ngx_http_egret_explain_lists(const ngx_str_t *value, const void *data)
{
    u_char                 *p, *last, *end;
    egret_span_t            tag;
    egret_page_language_t  *language;

    language = (egret_page_language_t *) (uintptr_t) data;
    last = value->data + value->len;

    for (p = value->data; p < last; p = end + 1) {

        end = ngx_strlchr(p, last, ',');
        if (end == NULL) {
            end = last;
        }

        while (p < end && (*p == ' ' || *p == '\t')) {
            p++;
        }

        tag.at = (const char *) p;
        tag.length = end - p;
        tag.length = egret_span_find(tag, ';');

        if (egret_page_language_read(tag, language)) {
            return 1;
        }
    }

    return 0;
}


ngx_int_t
ngx_http_egret_explain_header(ngx_http_request_t *r)
{
    ngx_str_t    language, *type;
    ngx_list_t  *headers;

    static ngx_str_t  no_store = ngx_string("no-store");
    static ngx_str_t  nosniff = ngx_string("nosniff");
    static ngx_str_t  policy = ngx_string(
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; "
        "form-action 'none'; frame-ancestors 'none'");

    headers = &r->headers_out.headers;
    type = &r->headers_out.content_type;

    if (ngx_http_egret_header_add(r, headers, "Cache-Control", &no_store)
        == NULL
        || ngx_http_egret_header_add(r, headers, "X-Content-Type-Options",
                                     &nosniff)
           == NULL)
    {
        return NGX_ERROR;
    }

    if (type->len < 5 || ngx_strncmp(type->data, "text/", 5) != 0) {
        return NGX_OK;
    }

    language.data = (u_char *)
        egret_page_language_text(ngx_http_egret_explain_language(r));
    language.len = ngx_strlen(language.data);

    if (ngx_http_egret_header_add(r, headers, "Content-Language", &language)
        == NULL)
    {
        return NGX_ERROR;
    }

    if (type->len < 9 || ngx_strncmp(type->data, "text/html", 9) != 0) {
        return NGX_OK;
    }

    return ngx_http_egret_header_add(r, headers, "Content-Security-Policy",
                                     &policy)
           == NULL ? NGX_ERROR : NGX_OK;
}


static egret_page_language_t
ngx_http_egret_explain_language(ngx_http_request_t *r)
{
    egret_page_language_t  language;

    language = EGRET_PAGE_EN;

    (void) ngx_http_egret_header_any(&r->headers_in.headers,
                                     "accept-language",
                                     ngx_http_egret_explain_lists, &language);

    return language;
}
