/* SPDX-License-Identifier: Apache-2.0 */

#include "ngx_http_egret_module.h"

#if (NGX_HTTP_SSL)
#include <ngx_http_ssl_module.h>
#endif


static ngx_int_t ngx_http_egret_audit_upstreams(ngx_conf_t *cf,
    ngx_http_egret_main_conf_t *emcf);
static ngx_uint_t ngx_http_egret_has_upstream(ngx_conf_t *cf,
    egret_span_t group);
static ngx_int_t ngx_http_egret_audit_location(ngx_conf_t *cf,
    ngx_http_egret_main_conf_t *emcf, ngx_http_egret_loc_conf_t *elcf);
static ngx_int_t ngx_http_egret_audit_limit(ngx_conf_t *cf,
    ngx_http_egret_main_conf_t *emcf, ngx_http_egret_loc_conf_t *elcf);
static ngx_int_t ngx_http_egret_audit_server(ngx_conf_t *cf,
    ngx_http_egret_main_conf_t *emcf, ngx_http_egret_loc_conf_t *elcf);
static ngx_int_t ngx_http_egret_audit_tls(ngx_conf_t *cf,
    ngx_http_egret_main_conf_t *emcf, ngx_http_egret_loc_conf_t *elcf);
static ngx_uint_t ngx_http_egret_listens_plainly(ngx_conf_t *cf,
    ngx_http_core_srv_conf_t *cscf);
static ngx_int_t ngx_http_egret_audit_proxy(ngx_conf_t *cf,
    ngx_http_egret_main_conf_t *emcf, ngx_http_egret_loc_conf_t *elcf);
static ngx_uint_t ngx_http_egret_has_status(ngx_array_t *pages,
    ngx_int_t status);


#define ngx_http_egret_conf(conf, module)  ((conf)[(module).ctx_index])

#define ngx_http_egret_refuse_conf(cf, elcf, text)                            \
    ngx_log_error(NGX_LOG_EMERG, (cf)->log, 0,                                \
                  "\"egret %s\" " text " in %s:%ui",                          \
                  ngx_http_egret_mode_text((elcf)->mode),                     \
                  (elcf)->file, (elcf)->line)


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

    clcf = ngx_http_egret_conf(elcf->loc_conf, ngx_http_core_module);

    if (elcf->mode == NGX_HTTP_EGRET_MESSAGES && clcf->handler == NULL) {
        ngx_http_egret_refuse_conf(cf, elcf,
            "needs a \"proxy_pass $egret_upstream\" in its "
            "location");
        return NGX_ERROR;
    }

    if (!ngx_http_egret_has_status(clcf->error_pages,
                                   NGX_HTTP_REQUEST_ENTITY_TOO_LARGE))
    {
        ngx_http_egret_refuse_conf(cf, elcf,
            "needs an \"error_page 413\" (without \"=\") that leads to a "
            "location with \"egret refuse\": nginx refuses large bodies "
            "itself,");
        return NGX_ERROR;
    }

    if ((!ngx_http_egret_has_status(clcf->error_pages, NGX_HTTPS_CERT_ERROR)
         || !ngx_http_egret_has_status(clcf->error_pages, NGX_HTTPS_NO_CERT))
        && ngx_http_egret_warn(cf, emcf,
               "without \"error_page 495 496 =403\" to a location with "
               "\"egret stranger\" a client can tell why it is refused in "
               "%s:%ui", elcf->file, elcf->line)
           != NGX_OK)
    {
        return NGX_ERROR;
    }

    return elcf->mode == NGX_HTTP_EGRET_SELF
           ? NGX_OK : ngx_http_egret_audit_limit(cf, emcf, elcf);
}


static ngx_int_t
ngx_http_egret_audit_limit(ngx_conf_t *cf, ngx_http_egret_main_conf_t *emcf,
    ngx_http_egret_loc_conf_t *elcf)
{
    size_t                      limit;
    ngx_http_core_loc_conf_t   *clcf;
    ngx_http_egret_srv_conf_t  *escf;

    clcf = ngx_http_egret_conf(elcf->loc_conf, ngx_http_core_module);
    escf = ngx_http_egret_conf(elcf->srv_conf, ngx_http_egret_module);

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


static ngx_uint_t
ngx_http_egret_has_status(ngx_array_t *pages, ngx_int_t status)
{
    ngx_uint_t            i;
    ngx_http_err_page_t  *page;

    if (pages == NULL) {
        return 0;
    }

    page = pages->elts;

    for (i = 0; i < pages->nelts; i++) {
        if (page[i].status != status) {
            continue;
        }

        /* with "=" nginx forgets the status before the location sees it */

        if (status != NGX_HTTP_REQUEST_ENTITY_TOO_LARGE
            || page[i].overwrite == -1 || page[i].overwrite == status)
        {
            return 1;
        }
    }

    return 0;
}


static ngx_int_t
ngx_http_egret_audit_server(ngx_conf_t *cf, ngx_http_egret_main_conf_t *emcf,
    ngx_http_egret_loc_conf_t *elcf)
{
    ngx_http_core_srv_conf_t   *cscf;
    ngx_http_egret_srv_conf_t  *escf;

    escf = ngx_http_egret_conf(elcf->srv_conf, ngx_http_egret_module);
    cscf = ngx_http_egret_conf(elcf->srv_conf, ngx_http_core_module);

    if (escf->audited) {
        return NGX_OK;
    }

    escf->audited = 1;

    if (ngx_http_egret_listens_plainly(cf, cscf)) {
        ngx_http_egret_refuse_conf(cf, elcf,
            "stands in a server that also listens without "
            "TLS: each \"listen\" needs \"ssl\",");
        return NGX_ERROR;
    }

    if (ngx_http_egret_audit_tls(cf, emcf, elcf) != NGX_OK) {
        return NGX_ERROR;
    }

    return ngx_http_egret_init_revocations(cf, emcf, elcf->srv_conf);
}


static ngx_uint_t
ngx_http_egret_listens_plainly(ngx_conf_t *cf, ngx_http_core_srv_conf_t *cscf)
{
    ngx_uint_t                   p, a, s;
    ngx_http_conf_port_t        *port;
    ngx_http_conf_addr_t        *addr;
    ngx_http_core_srv_conf_t   **server;
    ngx_http_core_main_conf_t   *cmcf;

    cmcf = ngx_http_conf_get_module_main_conf(cf, ngx_http_core_module);

    if (cmcf->ports == NULL) {
        return 1;
    }

    port = cmcf->ports->elts;

    for (p = 0; p < cmcf->ports->nelts; p++) {
        addr = port[p].addrs.elts;

        for (a = 0; a < port[p].addrs.nelts; a++) {

#if (NGX_HTTP_V3)
            if (addr[a].opt.quic) {
                continue;
            }
#endif

#if (NGX_HTTP_SSL)
            if (addr[a].opt.ssl) {
                continue;
            }
#endif

            server = addr[a].servers.elts;

            for (s = 0; s < addr[a].servers.nelts; s++) {
                if (server[s] == cscf) {
                    return 1;
                }
            }
        }
    }

    return 0;
}


#if (NGX_HTTP_SSL)

static ngx_int_t
ngx_http_egret_audit_tls(ngx_conf_t *cf, ngx_http_egret_main_conf_t *emcf,
    ngx_http_egret_loc_conf_t *elcf)
{
    ngx_http_ssl_srv_conf_t  *sscf;

    sscf = ngx_http_egret_conf(elcf->srv_conf, ngx_http_ssl_module);

    /* 1 is on, 2 is optional; optional_no_ca verifies nothing */

    if (sscf->verify != 1 && sscf->verify != 2) {
        ngx_http_egret_refuse_conf(cf, elcf,
            "needs \"ssl_verify_client on\" or "
            "\"optional\" in its server");
        return NGX_ERROR;
    }

    if (!(sscf->protocols & NGX_SSL_TLSv1_3)
        && ngx_http_egret_warn(cf, emcf,
               "ssl_protocols lacks TLSv1.3 in the server of %s:%ui",
               elcf->file, elcf->line)
           != NGX_OK)
    {
        return NGX_ERROR;
    }

    if ((sscf->session_tickets || sscf->shm_zone != NULL)
        && ngx_http_egret_warn(cf, emcf,
               "resumed sessions are not verified anew: set "
               "\"ssl_session_tickets off\" and \"ssl_session_cache off\" in "
               "the server of %s:%ui", elcf->file, elcf->line)
           != NGX_OK)
    {
        return NGX_ERROR;
    }

    return NGX_OK;
}

#else

static ngx_int_t
ngx_http_egret_audit_tls(ngx_conf_t *cf, ngx_http_egret_main_conf_t *emcf,
    ngx_http_egret_loc_conf_t *elcf)
{
    ngx_http_egret_refuse_conf(cf, elcf, "needs an nginx with TLS");

    return NGX_ERROR;
}

#endif


/*
 * The type of ngx_http_proxy_module's location conf is its own, but begins
 * with an ngx_http_upstream_conf_t.
 */

static ngx_http_upstream_conf_t *
ngx_http_egret_proxy_conf(ngx_conf_t *cf, ngx_http_egret_loc_conf_t *elcf)
{
    ngx_uint_t     i;
    ngx_module_t  *module;

    for (i = 0; cf->cycle->modules[i]; i++) {
        module = cf->cycle->modules[i];

        if (ngx_strcmp(module->name, "ngx_http_proxy_module") == 0) {
            return elcf->loc_conf[module->ctx_index];
        }
    }

    return NULL;
}


static ngx_int_t
ngx_http_egret_audit_proxy(ngx_conf_t *cf, ngx_http_egret_main_conf_t *emcf,
    ngx_http_egret_loc_conf_t *elcf)
{
    ngx_uint_t                 i, n;
    const char                *weak[4];
    ngx_http_upstream_conf_t  *conf;

    conf = ngx_http_egret_proxy_conf(cf, elcf);
    if (conf == NULL) {
        return NGX_OK;
    }

    if (!(conf->ignore_headers & NGX_HTTP_UPSTREAM_IGN_XA_REDIRECT)) {
        ngx_http_egret_refuse_conf(cf, elcf,
            "needs \"proxy_ignore_headers "
            "X-Accel-Redirect\": a counterpart could reach internal locations");
        return NGX_ERROR;
    }

    /* the others would let a counterpart slow or recode our answer */

    conf->ignore_headers |= NGX_HTTP_UPSTREAM_IGN_XA_EXPIRES
                            |NGX_HTTP_UPSTREAM_IGN_XA_LIMIT_RATE
                            |NGX_HTTP_UPSTREAM_IGN_XA_BUFFERING
                            |NGX_HTTP_UPSTREAM_IGN_XA_CHARSET;

    n = 0;

#if (NGX_HTTP_SSL)
    if (!conf->ssl_verify) {
        weak[n++] = "proxy_ssl_verify is off: no counterpart is verified";
    }

    if (!conf->ssl_server_name) {
        weak[n++] = "proxy_ssl_server_name is off: no counterpart sees SNI";
    }
#endif

    if (conf->intercept_errors) {
        weak[n++] = "proxy_intercept_errors is on: a counterpart's answer "
                    "with an error status is lost";
    }

#if (NGX_HTTP_CACHE)
    if (conf->cache > 0) {
        weak[n++] = "proxy_cache is on: an answer can be given to another "
                    "message";
    }
#endif

    for (i = 0; i < n; i++) {
        if (ngx_http_egret_warn(cf, emcf, "%s in %s:%ui", weak[i], elcf->file,
                                elcf->line)
            != NGX_OK)
        {
            return NGX_ERROR;
        }
    }

    return NGX_OK;
}
