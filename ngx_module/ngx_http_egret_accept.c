/* SPDX-License-Identifier: Apache-2.0 */

#include "ngx_http_egret_module.h"


#define NGX_HTTP_EGRET_ACCEPT_OWN  3


/* How a type stands in Accept: by its most specific range, RFC 9110. */

typedef struct {
    const char  *type;
    ngx_uint_t   specific;  /* 0: in no range; 1: any, 2: text, 3: its own */
    ngx_uint_t   weight;    /* thousandths */
} ngx_http_egret_accept_t;


static void ngx_http_egret_accept_find(ngx_http_request_t *r, const char *type,
    ngx_http_egret_accept_t *accept);
static ngx_uint_t ngx_http_egret_accept_list(const ngx_str_t *value,
    const void *data);
static void ngx_http_egret_accept_range(u_char *p, u_char *last,
    ngx_http_egret_accept_t *accept);
static ngx_uint_t ngx_http_egret_accept_match(ngx_str_t *range,
    const char *type);
static ngx_uint_t ngx_http_egret_accept_weight(u_char *p, u_char *last);


ngx_uint_t
ngx_http_egret_accept_best(ngx_http_request_t *r,
    const char *(*type)(ngx_uint_t n), ngx_uint_t count)
{
    ngx_uint_t               i, best, weight;
    ngx_http_egret_accept_t  accept;

    best = 0;
    weight = 0;

    for (i = 0; i < count; i++) {
        ngx_http_egret_accept_find(r, type(i), &accept);

        if (accept.weight > weight) {
            best = i;
            weight = accept.weight;
        }
    }

    return best;
}


ngx_uint_t
ngx_http_egret_accepts(ngx_http_request_t *r, const char *type)
{
    ngx_http_egret_accept_t  accept;

    ngx_http_egret_accept_find(r, type, &accept);

    return accept.specific == NGX_HTTP_EGRET_ACCEPT_OWN && accept.weight > 0;
}


static void
ngx_http_egret_accept_find(ngx_http_request_t *r, const char *type,
    ngx_http_egret_accept_t *accept)
{
    ngx_memzero(accept, sizeof(ngx_http_egret_accept_t));
    accept->type = type;

    (void) ngx_http_egret_header_any(&r->headers_in.headers, "accept",
                                     ngx_http_egret_accept_list, accept);
}


/* Goes on over each line of the header. */

static ngx_uint_t
ngx_http_egret_accept_list(const ngx_str_t *value, const void *data)
{
    u_char                   *p, *last, *end;
    ngx_http_egret_accept_t  *accept;

    accept = (ngx_http_egret_accept_t *) (uintptr_t) data;
    last = value->data + value->len;

    for (p = value->data; p < last; p = end + 1) {

        end = ngx_strlchr(p, last, ',');
        if (end == NULL) {
            end = last;
        }

        ngx_http_egret_accept_range(p, end, accept);
    }

    return 0;
}


static void
ngx_http_egret_accept_range(u_char *p, u_char *last,
    ngx_http_egret_accept_t *accept)
{
    u_char      *end;
    ngx_str_t    range;
    ngx_uint_t   specific, weight;

    while (p < last && (*p == ' ' || *p == '\t')) {
        p++;
    }

    end = ngx_strlchr(p, last, ';');
    if (end == NULL) {
        end = last;
    }

    range.data = p;
    range.len = end - p;

    while (range.len
           && (p[range.len - 1] == ' ' || p[range.len - 1] == '\t'))
    {
        range.len--;
    }

    specific = ngx_http_egret_accept_match(&range, accept->type);
    weight = ngx_http_egret_accept_weight(end, last);

    if (specific > accept->specific
        || (specific && specific == accept->specific
            && weight > accept->weight))
    {
        accept->specific = specific;
        accept->weight = weight;
    }
}


static ngx_uint_t
ngx_http_egret_accept_match(ngx_str_t *range, const char *type)
{
    size_t  len;

    len = ngx_strlen(type);

    if (range->len == len
        && ngx_strncasecmp(range->data, (u_char *) type, len) == 0)
    {
        return NGX_HTTP_EGRET_ACCEPT_OWN;
    }

    if (range->len == 3 && ngx_strncmp(range->data, "*/*", 3) == 0) {
        return 1;
    }

    len = ngx_strchr(type, '/') - type + 1;

    return range->len == len + 1 && range->data[len] == '*'
           && ngx_strncasecmp(range->data, (u_char *) type, len) == 0
           ? 2 : 0;
}


/* `p` is at the ';' before the parameters.  What is no weight counts as 0. */

static ngx_uint_t
ngx_http_egret_accept_weight(u_char *p, u_char *last)
{
    ngx_uint_t  unit, weight;

    for ( /* void */ ; p != NULL && p < last; p = ngx_strlchr(p, last, ';')) {

        for (p++; p < last && (*p == ' ' || *p == '\t'); p++) { /* void */ }

        if (last - p < 2 || ngx_strncasecmp(p, (u_char *) "q=", 2) != 0) {
            continue;
        }

        weight = 0;
        unit = 1000;

        for (p += 2; p < last && unit; p++) {
            if (*p >= '0' && *p <= '9') {
                weight += (*p - '0') * unit;
                unit /= 10;

            } else if (*p != '.') {
                break;
            }
        }

        return ngx_min(weight, 1000);
    }

    return 1000;
}
