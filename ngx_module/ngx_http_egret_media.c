/* SPDX-License-Identifier: Apache-2.0 */

#include "ngx_http_egret_module.h"


static ngx_uint_t ngx_http_egret_is_xml_type(ngx_str_t *type);
static ngx_uint_t ngx_http_egret_is_utf8(u_char *p, u_char *last);


ngx_uint_t
ngx_http_egret_is_xml(ngx_http_request_t *r)
{
    u_char           *p, *last;
    ngx_str_t         type;
    ngx_table_elt_t  *h;

    h = ngx_http_egret_header_find(&r->headers_in.headers, "content-encoding");

    if (h != NULL
        && (h->value.len != 8
            || ngx_strncasecmp(h->value.data, (u_char *) "identity", 8) != 0))
    {
        return 0;
    }

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


ngx_uint_t
ngx_http_egret_accepts(ngx_http_request_t *r, const char *type)
{
    ngx_table_elt_t  *h;

    h = ngx_http_egret_header_find(&r->headers_in.headers, "accept");

    return h != NULL
           && ngx_strlcasestrn(h->value.data, h->value.data + h->value.len,
                               (u_char *) type, ngx_strlen(type) - 1)
              != NULL;
}
