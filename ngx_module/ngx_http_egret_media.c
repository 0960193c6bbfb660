/* SPDX-License-Identifier: Apache-2.0 */

#include "ngx_http_egret_module.h"


static ngx_uint_t ngx_http_egret_is_xml_type(ngx_str_t *type);
static ngx_uint_t ngx_http_egret_is_utf8(u_char *p, u_char *last);
static ngx_uint_t ngx_http_egret_is_encoded(const ngx_str_t *value,
    const void *unused);
static ngx_uint_t ngx_http_egret_is_not_gzip(const ngx_str_t *value,
    const void *unused);


ngx_uint_t
ngx_http_egret_is_xml(ngx_http_request_t *r)
{
    u_char           *p, *last;
    ngx_str_t         type;
    ngx_table_elt_t  *h;

    h = r->headers_in.content_type;
    if (h == NULL) {
        return 0;
    }

    last = h->value.data + h->value.len;

    p = ngx_strlchr(h->value.data, last, ';');

    type.data = h->value.data;
    type.len = (p ? p : last) - type.data;

    while (type.len && (type.data[type.len - 1] == ' '
                        || type.data[type.len - 1] == '\t'))
    {
        type.len--;
    }

    if (!ngx_http_egret_is_xml_type(&type)) {
        return 0;
    }

    return p == NULL || ngx_http_egret_is_utf8(p, last);
}


static ngx_uint_t
ngx_http_egret_is_xml_type(ngx_str_t *type)
{
    size_t  prefix, suffix;

    prefix = sizeof("application/") - 1;
    suffix = sizeof("+xml") - 1;

    if (type->len == sizeof("text/xml") - 1
        && ngx_strncasecmp(type->data, (u_char *) "text/xml", type->len) == 0)
    {
        return 1;
    }

    if (type->len <= prefix
        || ngx_strncasecmp(type->data, (u_char *) "application/", prefix) != 0)
    {
        return 0;
    }

    if (type->len == prefix + 3
        && ngx_strncasecmp(&type->data[prefix], (u_char *) "xml", 3) == 0)
    {
        return 1;
    }

    return type->len > prefix + suffix
           && ngx_strncasecmp(&type->data[type->len - suffix],
                              (u_char *) "+xml", suffix)
              == 0;
}


/* `p` is at the ';' before the parameters. */

static ngx_uint_t
ngx_http_egret_is_utf8(u_char *p, u_char *last)
{
    size_t   len;
    u_char  *value;

    while (p != NULL && p < last) {

        for (p++; p < last && (*p == ' ' || *p == '\t'); p++) { /* void */ }

        value = p;
        p = ngx_strlchr(p, last, ';');
        len = (p ? p : last) - value;

        if (len < 8
            || ngx_strncasecmp(value, (u_char *) "charset=", 8) != 0)
        {
            continue;
        }

        value += 8;
        len -= 8;

        while (len && (value[len - 1] == ' ' || value[len - 1] == '\t')) {
            len--;
        }

        if (len > 2 && value[0] == '"' && value[len - 1] == '"') {
            value++;
            len -= 2;
        }

        if (len != 5 || ngx_strncasecmp(value, (u_char *) "utf-8", 5) != 0) {
            return 0;
        }
    }

    return 1;
}


static ngx_uint_t
ngx_http_egret_is_encoded(const ngx_str_t *value, const void *unused)
{
    return value->len != 0
           && (value->len != 8
               || ngx_strncasecmp(value->data, (u_char *) "identity", 8) != 0);
}


static ngx_uint_t
ngx_http_egret_is_not_gzip(const ngx_str_t *value, const void *unused)
{
    return value->len != 4
           || ngx_strncasecmp(value->data, (u_char *) "gzip", 4) != 0;
}


ngx_uint_t
ngx_http_egret_encoding(ngx_http_request_t *r)
{
    ngx_list_t  *headers;

    headers = &r->headers_in.headers;

    if (!ngx_http_egret_header_any(headers, "content-encoding",
                                   ngx_http_egret_is_encoded, NULL))
    {
        return NGX_HTTP_EGRET_PLAIN;
    }

    return ngx_http_egret_header_any(headers, "content-encoding",
                                     ngx_http_egret_is_not_gzip, NULL)
           ? NGX_HTTP_EGRET_ENCODED : NGX_HTTP_EGRET_GZIP;
}


ngx_uint_t
ngx_http_egret_takes_gzip(ngx_http_egret_ctx_t *ctx)
{
    const egret_profile_t  *profile;

    profile = ctx->partner->profile;

    if (profile == NULL) {
        profile = ctx->pipeline->config->default_profile;
    }

    return profile->takes_gzip;
}
