/* SPDX-License-Identifier: Apache-2.0 */

#include "ngx_http_egret_module.h"


#define NGX_HTTP_EGRET_LINES  20


static ngx_int_t ngx_http_egret_header_cut(ngx_list_t *headers,
    ngx_list_part_t *part, ngx_uint_t i);
static ngx_int_t ngx_http_egret_header_close(ngx_list_t *headers);


ngx_table_elt_t *
ngx_http_egret_header_find(ngx_list_t *headers, const char *name)
{
    size_t            len;
    ngx_uint_t        i;
    ngx_list_part_t  *part;
    ngx_table_elt_t  *h;

    len = ngx_strlen(name);

    for (part = &headers->part; part; part = part->next) {
        h = part->elts;

        for (i = 0; i < part->nelts; i++) {
            if (h[i].hash != 0 && h[i].key.len == len
                && ngx_strncasecmp(h[i].key.data, (u_char *) name, len) == 0)
            {
                return &h[i];
            }
        }
    }

    return NULL;
}


ngx_uint_t
ngx_http_egret_header_any(ngx_list_t *headers, const char *name,
    ngx_uint_t (*test)(const ngx_str_t *value, const void *data),
    const void *data)
{
    size_t            len;
    ngx_uint_t        i;
    ngx_list_part_t  *part;
    ngx_table_elt_t  *h;

    len = ngx_strlen(name);

    for (part = &headers->part; part; part = part->next) {
        h = part->elts;

        for (i = 0; i < part->nelts; i++) {
            if (h[i].hash != 0 && h[i].key.len == len
                && ngx_strncasecmp(h[i].key.data, (u_char *) name, len) == 0
                && test(&h[i].value, data))
            {
                return 1;
            }
        }
    }

    return 0;
}


ngx_table_elt_t *
ngx_http_egret_header_add(ngx_http_request_t *r, ngx_list_t *headers,
    const char *name, ngx_str_t *value)
{
    ngx_table_elt_t  *h;

    h = ngx_list_push(headers);
    if (h == NULL) {
        return NULL;
    }

    h->key.len = ngx_strlen(name);
    h->key.data = (u_char *) name;
    h->value = *value;

#if (nginx_version >= 1023000)
    h->next = NULL;
#endif

    h->lowcase_key = ngx_pnalloc(r->pool, h->key.len);
    if (h->lowcase_key == NULL) {
        h->hash = 0;
        return NULL;
    }

    h->hash = ngx_hash_strlow(h->lowcase_key, h->key.data, h->key.len);

    return h;
}


/*
 * proxy_pass sends lines whatever their hash, and r->headers_in points into
 * the list: so a line is taken out by cutting its part in two around it.
 */

ngx_int_t
ngx_http_egret_header_remove(ngx_list_t *headers,
    ngx_uint_t (*is_unwanted)(const ngx_table_elt_t *h))
{
    ngx_uint_t        i, changed;
    ngx_list_part_t  *part;
    ngx_table_elt_t  *h;

    changed = 0;

    for (part = &headers->part; part; part = part->next) {
        h = part->elts;
        i = 0;

        while (i < part->nelts) {

            if (!is_unwanted(&h[i])) {
                i++;
                continue;
            }

            changed = 1;

            if (i == 0) {
                part->elts = ++h;
                part->nelts--;
                continue;
            }

            if (ngx_http_egret_header_cut(headers, part, i) != NGX_OK) {
                return NGX_ERROR;
            }
        }
    }

    return changed ? ngx_http_egret_header_close(headers) : NGX_OK;
}


/* The lines behind the i-th become a part of their own. */

static ngx_int_t
ngx_http_egret_header_cut(ngx_list_t *headers, ngx_list_part_t *part,
    ngx_uint_t i)
{
    ngx_list_part_t  *rest;
    ngx_table_elt_t  *h;

    rest = ngx_palloc(headers->pool, sizeof(ngx_list_part_t));
    if (rest == NULL) {
        return NGX_ERROR;
    }

    h = part->elts;

    rest->elts = &h[i + 1];
    rest->nelts = part->nelts - i - 1;
    rest->next = part->next;

    part->nelts = i;
    part->next = rest;

    return NGX_OK;
}


/*
 * nginx walks a list as if no part but the first could be empty, and pushes
 * into the last one as if it had headers->nalloc places.
 */

static ngx_int_t
ngx_http_egret_header_close(ngx_list_t *headers)
{
    ngx_list_part_t  *part;

    part = &headers->part;

    while (part->next) {

        if (part->next->nelts == 0) {
            part->next = part->next->next;

        } else {
            part = part->next;
        }
    }

    headers->last = part;

    if (part->nelts != 0) {
        headers->nalloc = part->nelts;
        return NGX_OK;
    }

    headers->nalloc = NGX_HTTP_EGRET_LINES;

    part->elts = ngx_palloc(headers->pool, headers->nalloc * headers->size);

    return part->elts ? NGX_OK : NGX_ERROR;
}


/* Who reads headers as CGI does takes whatever is no letter for the same. */

ngx_uint_t
ngx_http_egret_header_starts(const ngx_table_elt_t *h, const char *prefix)
{
    u_char      c;
    ngx_uint_t  i;

    for (i = 0; prefix[i] != '\0'; i++) {

        if (i == h->key.len) {
            return 0;
        }

        c = ngx_tolower(h->key.data[i]);

        if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9')) {
            c = '-';
        }

        if (c != (u_char) prefix[i]) {
            return 0;
        }
    }

    return 1;
}


ngx_int_t
ngx_http_egret_header_text(ngx_pool_t *pool, egret_span_t text, ngx_str_t *out)
{
    u_char  *p, c;
    size_t   i, len;

    static u_char  hex[] = "0123456789ABCDEF";

    len = ngx_min(text.length, NGX_HTTP_EGRET_TEXT);

    p = ngx_pnalloc(pool, len * 3 + 1);
    if (p == NULL) {
        return NGX_ERROR;
    }

    out->data = p;

    for (i = 0; i < len; i++) {
        c = (u_char) text.at[i];

        if (c >= 0x20 && c < 0x7f && c != '%' && c != '"') {
            *p++ = c;
            continue;
        }

        *p++ = '%';
        *p++ = hex[c >> 4];
        *p++ = hex[c & 0xf];
    }

    out->len = p - out->data;

    return NGX_OK;
}
