/* SPDX-License-Identifier: Apache-2.0 */

#include "ngx_http_egret_module.h"


#define NGX_HTTP_EGRET_WEAK  10


static ngx_int_t ngx_http_egret_require_proxy(ngx_conf_t *cf,
    ngx_http_egret_loc_conf_t *elcf, ngx_module_t *module,
    ngx_http_upstream_conf_t *conf);
static ngx_module_t *ngx_http_egret_proxy_module(ngx_conf_t *cf);
static void *ngx_http_egret_proxy_slot(ngx_module_t *module, void *conf,
    const char *name, char *(*set)(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf));
static ngx_uint_t ngx_http_egret_find_weak(ngx_module_t *module,
    ngx_http_upstream_conf_t *conf, const char **weak);
static ngx_uint_t ngx_http_egret_sets_host(ngx_module_t *module, void *conf);
static ngx_uint_t ngx_http_egret_is_upstream_name(ngx_str_t *value);


ngx_int_t
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

    if (ngx_http_egret_require_proxy(cf, elcf, module, conf) != NGX_OK) {
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


/* Without these a message is another, or its answer acts. */

static ngx_int_t
ngx_http_egret_require_proxy(ngx_conf_t *cf, ngx_http_egret_loc_conf_t *elcf,
    ngx_module_t *module, ngx_http_upstream_conf_t *conf)
{
    ngx_str_t                 *body;
    const char                *text;
    ngx_http_complex_value_t **method;

    method = ngx_http_egret_proxy_slot(module, conf, "proxy_method",
                                       ngx_http_set_complex_value_slot);
    body = ngx_http_egret_proxy_slot(module, conf, "proxy_set_body",
                                     ngx_conf_set_str_slot);
    text = NULL;

    if (!(conf->ignore_headers & NGX_HTTP_UPSTREAM_IGN_XA_REDIRECT)) {
        text = "needs \"proxy_ignore_headers X-Accel-Redirect\": a "
               "counterpart could reach internal locations";

    } else if (!conf->pass_request_body) {
        text = "cannot do with \"proxy_pass_request_body off\": no message "
               "would be sent";

    } else if (body != NULL && body->data != NULL) {
        text = "cannot do with \"proxy_set_body\": another message than the "
               "judged one would be sent";

    } else if (method != NULL && *method != NULL
               && *method != NGX_CONF_UNSET_PTR)
    {
        text = "cannot do with \"proxy_method\": a message is sent with POST";
    }

    if (text == NULL) {
        return NGX_OK;
    }

    ngx_http_egret_refuse_conf(cf, elcf, text);

    return NGX_ERROR;
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
 * The location conf of the proxy module is its own, but where it keeps a
 * directive's value stands in its command table.  NULL: it is kept otherwise.
 */

static void *
ngx_http_egret_proxy_slot(ngx_module_t *module, void *conf, const char *name,
    char *(*set)(ngx_conf_t *cf, ngx_command_t *cmd, void *conf))
{
    ngx_command_t  *cmd;

    for (cmd = module->commands; cmd->name.len != 0; cmd++) {
        if (ngx_strcmp(cmd->name.data, name) == 0) {
            return cmd->set == set ? (u_char *) conf + cmd->offset : NULL;
        }
    }

    return NULL;
}


static ngx_uint_t
ngx_http_egret_sets_host(ngx_module_t *module, void *conf)
{
    ngx_uint_t      i, n;
    ngx_array_t   **lines;
    ngx_keyval_t   *line;

    lines = ngx_http_egret_proxy_slot(module, conf, "proxy_set_header",
                                      ngx_conf_set_keyval_slot);
    if (lines == NULL) {
        return 1;   /* not known */
    }

    if (*lines == NULL || *lines == NGX_CONF_UNSET_PTR) {
        return 0;
    }

    n = 0;
    line = (*lines)->elts;

    for (i = 0; i < (*lines)->nelts; i++) {
        if (line[i].key.len != 4
            || ngx_strncasecmp(line[i].key.data, (u_char *) "Host", 4) != 0)
        {
            continue;
        }

        if (!ngx_http_egret_is_upstream_name(&line[i].value)) {
            return 0;
        }

        n++;
    }

    return n == 1;
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

    if (conf->upstream != NULL) {
        weak[n++] = "\"proxy_pass\" has no variable: all messages go to one "
                    "place, whoever they are to";
    }

    if (!conf->pass_request_headers) {
        weak[n++] = "proxy_pass_request_headers is off: counterparts do not "
                    "see Egret-Partner nor Egret-Message-Id";
    }

    if (conf->store) {
        weak[n++] = "proxy_store is on: answers are kept on disk";
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
