/* SPDX-License-Identifier: Apache-2.0 */

#include "ngx_http_egret_module.h"


#define NGX_HTTP_EGRET_WEAK  6


static ngx_int_t ngx_http_egret_audit_upstreams(ngx_conf_t *cf,
    ngx_http_egret_main_conf_t *emcf);
static ngx_uint_t ngx_http_egret_has_upstream(ngx_conf_t *cf,
    egret_span_t group);
static ngx_int_t ngx_http_egret_audit_location(ngx_conf_t *cf,
    ngx_http_egret_main_conf_t *emcf, ngx_http_egret_loc_conf_t *elcf);
static ngx_int_t ngx_http_egret_audit_limit(ngx_conf_t *cf,
    ngx_http_egret_main_conf_t *emcf, ngx_http_egret_loc_conf_t *elcf);
static ngx_int_t ngx_http_egret_audit_proxy(ngx_conf_t *cf,
    ngx_http_egret_main_conf_t *emcf, ngx_http_egret_loc_conf_t *elcf);
static ngx_module_t *ngx_http_egret_proxy_module(ngx_conf_t *cf);
static ngx_uint_t ngx_http_egret_find_weak(ngx_module_t *module,
    ngx_http_upstream_conf_t *conf, const char **weak);
static ngx_uint_t ngx_http_egret_sets_host(ngx_module_t *module, void *conf);
static ngx_uint_t ngx_http_egret_is_upstream_name(ngx_str_t *value);


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


static ngx_module_t *
ngx_http_egret_proxy_module(ngx_conf_t *cf)
{
    ngx_uint_t  i;

    for (i = 0; cf->cycle->modules[i]; i++) {
        if (ngx_strcmp(cf->cycle->modules[i]->name, "ngx_http_proxy_module")
            == 0)
        {
            return cf->cycle->modules[i];
        }
    }

    return NULL;
}


/*
 * The location conf of the proxy module is its own, but where it keeps the
 * lines of proxy_set_header stands in its command table.
 */

static ngx_uint_t
ngx_http_egret_sets_host(ngx_module_t *module, void *conf)
{
    ngx_uint_t      i;
    ngx_array_t    *lines;
    ngx_keyval_t   *line;
    ngx_command_t  *cmd;

    for (cmd = module->commands; cmd->name.len != 0; cmd++) {
        if (ngx_strcmp(cmd->name.data, "proxy_set_header") == 0) {
            break;
        }
    }

    if (cmd->name.len == 0 || cmd->set != ngx_conf_set_keyval_slot) {
        return 1;   /* not known */
    }

    lines = *(ngx_array_t **) ((u_char *) conf + cmd->offset);

    if (lines == NULL || lines == NGX_CONF_UNSET_PTR) {
        return 0;
    }

    line = lines->elts;

    for (i = 0; i < lines->nelts; i++) {
        if (line[i].key.len == 4
            && ngx_strncasecmp(line[i].key.data, (u_char *) "Host", 4) == 0)
        {
            return ngx_http_egret_is_upstream_name(&line[i].value);
        }
    }

    return 0;
}


static ngx_uint_t
ngx_http_egret_is_upstream_name(ngx_str_t *value)
{
    return (value->len == sizeof("$egret_upstream_name") - 1
            && ngx_strncmp(value->data, "$egret_upstream_name", value->len)
               == 0)
           || (value->len == sizeof("${egret_upstream_name}") - 1
               && ngx_strncmp(value->data, "${egret_upstream_name}",
                              value->len)
                  == 0);
}


static ngx_int_t
ngx_http_egret_audit_proxy(ngx_conf_t *cf, ngx_http_egret_main_conf_t *emcf,
    ngx_http_egret_loc_conf_t *elcf)
{
    ngx_uint_t                 i, n;
    const char                *weak[NGX_HTTP_EGRET_WEAK];
    ngx_module_t              *module;
    ngx_http_upstream_conf_t  *conf;

    module = ngx_http_egret_proxy_module(cf);
    if (module == NULL) {
        return NGX_OK;
    }

    /* the proxy module's own conf begins with it */

    conf = elcf->loc_conf[module->ctx_index];

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

    n = ngx_http_egret_find_weak(module, conf, weak);

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


/* What should be said of a proxied location otherwise. */

static ngx_uint_t
ngx_http_egret_find_weak(ngx_module_t *module, ngx_http_upstream_conf_t *conf,
    const char **weak)
{
    ngx_uint_t  n;

    n = 0;

#if (NGX_HTTP_SSL)
    if (!conf->ssl_verify) {
        weak[n++] = "proxy_ssl_verify is off: no counterpart is verified";
    }

    if (!conf->ssl_server_name) {
        weak[n++] = "proxy_ssl_server_name is off: no counterpart sees SNI";
    }

    if (conf->ssl_name == NULL
        || !ngx_http_egret_is_upstream_name(&conf->ssl_name->value))
    {
        weak[n++] = "\"proxy_ssl_name $egret_upstream_name\" is missing: "
                    "counterparts are verified by the name of their upstream "
                    "group";
    }
#endif

    if (!ngx_http_egret_sets_host(module, conf)) {
        weak[n++] = "\"proxy_set_header Host $egret_upstream_name\" is "
                    "missing: counterparts see the name of their upstream "
                    "group";
    }

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

    return n;
}
