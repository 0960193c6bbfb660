/* SPDX-License-Identifier: Apache-2.0 */

#include "ngx_http_egret_module.h"


static ngx_int_t ngx_http_egret_audit_upstreams(ngx_conf_t *cf,
    ngx_http_egret_main_conf_t *emcf);
static ngx_uint_t ngx_http_egret_has_upstream(ngx_conf_t *cf,
    egret_span_t group);
static ngx_int_t ngx_http_egret_audit_location(ngx_conf_t *cf,
    ngx_http_egret_main_conf_t *emcf, ngx_http_egret_loc_conf_t *elcf);
static ngx_int_t ngx_http_egret_audit_limit(ngx_conf_t *cf,
    ngx_http_egret_main_conf_t *emcf, ngx_http_egret_loc_conf_t *elcf);


ngx_int_t
ngx_http_egret_warn(ngx_conf_t *cf, ngx_http_egret_main_conf_t *emcf,
    const char *fmt, ...)
{
    u_char      *last, text[NGX_MAX_CONF_ERRSTR];
    va_list      args;
    ngx_uint_t   level;

    va_start(args, fmt);
    last = ngx_vslprintf(text, text + NGX_MAX_CONF_ERRSTR - 1, fmt, args);
    va_end(args);

    *last = '\0';

    level = NGX_LOG_WARN;

    if (emcf->config->is_strict) {
        level = NGX_LOG_EMERG;
    }

    ngx_log_error(level, cf->log, 0, "egret: %s", text);

    return level == NGX_LOG_WARN ? NGX_OK : NGX_ERROR;
}


void
ngx_http_egret_refuse_conf(ngx_conf_t *cf, ngx_http_egret_loc_conf_t *elcf,
    const char *text)
{
    ngx_log_error(NGX_LOG_EMERG, cf->log, 0, "\"egret %s\" %s in %s:%ui",
                  ngx_http_egret_mode_text(elcf->mode), text, elcf->file,
                  elcf->line);
}


ngx_int_t
ngx_http_egret_audit(ngx_conf_t *cf, ngx_http_egret_main_conf_t *emcf)
{
    ngx_uint_t                   i;
    ngx_http_egret_loc_conf_t  **elcfp;

    if (ngx_http_egret_audit_upstreams(cf, emcf) != NGX_OK) {
        return NGX_ERROR;
    }

    elcfp = emcf->guarded.elts;

    for (i = 0; i < emcf->guarded.nelts; i++) {

        if (ngx_http_egret_audit_server(cf, emcf, elcfp[i]) != NGX_OK
            || ngx_http_egret_audit_location(cf, emcf, elcfp[i]) != NGX_OK)
        {
            return NGX_ERROR;
        }

        if (elcfp[i]->mode == NGX_HTTP_EGRET_MESSAGES
            && ngx_http_egret_audit_proxy(cf, emcf, elcfp[i]) != NGX_OK)
        {
            return NGX_ERROR;
        }
    }

    return NGX_OK;
}


/* "proxy_pass $egret_upstream" would find out with the first message. */

static ngx_int_t
ngx_http_egret_audit_upstreams(ngx_conf_t *cf,
    ngx_http_egret_main_conf_t *emcf)
{
    size_t            i;
    egret_partner_t  *partner;

    for (i = 0; i < emcf->config->partner_count; i++) {
        partner = emcf->config->partners[i];

        if (partner->upstream.length == 0
            || ngx_http_egret_has_upstream(cf, partner->upstream_group))
        {
            continue;
        }

        ngx_log_error(NGX_LOG_EMERG, cf->log, 0,
                      "egret: partner %*s: there is no upstream group \"%*s\""
                      " in %*s:%uD",
                      partner->name.length, partner->name.at,
                      partner->upstream_group.length,
                      partner->upstream_group.at,
                      partner->file.length, partner->file.at, partner->line);

        return NGX_ERROR;
    }

    return NGX_OK;
}


static ngx_uint_t
ngx_http_egret_has_upstream(ngx_conf_t *cf, egret_span_t group)
{
    ngx_uint_t                       i;
    ngx_http_upstream_srv_conf_t   **uscfp;
    ngx_http_upstream_main_conf_t   *umcf;

    umcf = ngx_http_conf_get_module_main_conf(cf, ngx_http_upstream_module);
    uscfp = umcf->upstreams.elts;

    for (i = 0; i < umcf->upstreams.nelts; i++) {

        if ((uscfp[i]->flags & NGX_HTTP_UPSTREAM_CREATE)
            && uscfp[i]->host.len == group.length
            && ngx_strncasecmp(uscfp[i]->host.data, (u_char *) group.at,
                               group.length)
               == 0)
        {
            return 1;
        }
    }

    return 0;
}


static ngx_int_t
ngx_http_egret_audit_location(ngx_conf_t *cf, ngx_http_egret_main_conf_t *emcf,
    ngx_http_egret_loc_conf_t *elcf)
{
    ngx_http_core_loc_conf_t  *clcf;

    clcf = ngx_http_egret_conf(elcf->loc_conf, &ngx_http_core_module);

    if (elcf->mode == NGX_HTTP_EGRET_MESSAGES && clcf->handler == NULL) {
        ngx_http_egret_refuse_conf(cf, elcf,
            "needs a \"proxy_pass $egret_upstream\" in its "
            "location");
        return NGX_ERROR;
    }

    if (ngx_http_egret_audit_pages(cf, emcf, elcf) != NGX_OK) {
        return NGX_ERROR;
    }

    return elcf->mode == NGX_HTTP_EGRET_SELF
           || elcf->mode == NGX_HTTP_EGRET_EXPLAIN
           ? NGX_OK : ngx_http_egret_audit_limit(cf, emcf, elcf);
}


static ngx_int_t
ngx_http_egret_audit_limit(ngx_conf_t *cf, ngx_http_egret_main_conf_t *emcf,
    ngx_http_egret_loc_conf_t *elcf)
{
    size_t                      limit;
    ngx_http_core_loc_conf_t   *clcf;
    ngx_http_egret_srv_conf_t  *escf;

    clcf = ngx_http_egret_conf(elcf->loc_conf, &ngx_http_core_module);
    escf = ngx_http_egret_conf(elcf->srv_conf, &ngx_http_egret_module);

    limit = emcf->config->max_message;

    if (clcf->client_max_body_size != 0
        && clcf->client_max_body_size < (off_t) limit)
    {
        limit = (size_t) clcf->client_max_body_size;

        if (ngx_http_egret_warn(cf, emcf,
                "client_max_body_size is smaller than egret_max_message in "
                "%s:%ui", elcf->file, elcf->line)
            != NGX_OK)
        {
            return NGX_ERROR;
        }
    }

    if (escf->limit == 0 || limit < escf->limit) {
        escf->limit = limit;
    }

    return NGX_OK;
}
