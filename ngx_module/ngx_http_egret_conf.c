/* SPDX-License-Identifier: Apache-2.0 */

#include "ngx_http_egret_module.h"


#ifndef EGRET_SHARE
#define EGRET_SHARE  "/usr/share/egret"
#endif


static void ngx_http_egret_cleanup(void *data);
static char *ngx_http_egret_set(ngx_conf_t *cf,
    ngx_http_egret_main_conf_t *emcf, ngx_uint_t opens_block);
static char *ngx_http_egret_fault(ngx_conf_t *cf,
    ngx_http_egret_main_conf_t *emcf, egret_rc_t rc);
static char *ngx_http_egret_block_directive(ngx_conf_t *cf,
    ngx_command_t *dummy, void *conf);
static ngx_int_t ngx_http_egret_finish(ngx_conf_t *cf,
    ngx_http_egret_main_conf_t *emcf);


static ngx_conf_enum_t  ngx_http_egret_modes[] = {
    { ngx_string("off"), NGX_HTTP_EGRET_OFF },
    { ngx_string("messages"), NGX_HTTP_EGRET_MESSAGES },
    { ngx_string("stranger"), NGX_HTTP_EGRET_STRANGER },
    { ngx_string("refuse"), NGX_HTTP_EGRET_REFUSE },
    { ngx_string("validate"), NGX_HTTP_EGRET_VALIDATE },
    { ngx_string("self"), NGX_HTTP_EGRET_SELF },
    { ngx_string("explain"), NGX_HTTP_EGRET_EXPLAIN },
    { ngx_string("gap"), NGX_HTTP_EGRET_GAP },
    { ngx_null_string, 0 }
};


void *
ngx_http_egret_create_main_conf(ngx_conf_t *cf)
{
    u_char                      *folder;
    ngx_str_t                   *prefix;
    ngx_pool_cleanup_t          *cln;
    ngx_http_egret_main_conf_t  *emcf;

    cln = ngx_pool_cleanup_add(cf->pool, sizeof(ngx_http_egret_main_conf_t));
    if (cln == NULL) {
        return NULL;
    }

    emcf = cln->data;
    ngx_memzero(emcf, sizeof(ngx_http_egret_main_conf_t));
    cln->handler = ngx_http_egret_cleanup;

    if (ngx_array_init(&emcf->guarded, cf->pool, 4,
                       sizeof(ngx_http_egret_loc_conf_t *))
        != NGX_OK
        || ngx_array_init(&emcf->answering, cf->pool, 4,
                          sizeof(ngx_http_egret_loc_conf_t *))
           != NGX_OK
        || ngx_array_init(&emcf->variables, cf->pool, 10, sizeof(ngx_uint_t))
           != NGX_OK)
    {
        return NULL;
    }

    prefix = &cf->cycle->conf_prefix;

    folder = ngx_pnalloc(cf->pool, prefix->len + 1);
    if (folder == NULL) {
        return NULL;
    }

    ngx_cpystrn(folder, prefix->data, prefix->len + 1);

    if (prefix->len > 1 && folder[prefix->len - 1] == '/') {
        folder[prefix->len - 1] = '\0';
    }

    emcf->arena = egret_arena_create(egret_allocator_default(), 0);
    if (emcf->arena == NULL) {
        return NULL;
    }

    emcf->builder = egret_config_builder_create(emcf->arena,
                                                (const char *) folder);
    if (emcf->builder == NULL) {
        return NULL;
    }

    egret_config_builder_defaults(emcf->builder, EGRET_SHARE "/schemas",
                                  EGRET_SHARE "/reference");

    return emcf;
}


static void
ngx_http_egret_cleanup(void *data)
{
    ngx_http_egret_main_conf_t  *emcf = data;

    ngx_http_egret_destroy_sandboxes(emcf);

    if (emcf->config != NULL) {
        egret_config_destroy(emcf->config);
    }

    egret_arena_destroy(emcf->arena);
}


char *
ngx_http_egret_init_main_conf(ngx_conf_t *cf, void *conf)
{
    ngx_http_egret_main_conf_t  *emcf = conf;

    egret_rc_t  rc;

    if (!emcf->used) {
        return NGX_CONF_OK;
    }

    if (ngx_http_egret_finish(cf, emcf) != NGX_OK
        || ngx_http_egret_init_sandboxes(cf, emcf) != NGX_OK
        || ngx_http_egret_init_offload(cf, emcf) != NGX_OK)
    {
        return NGX_CONF_ERROR;
    }

    rc = egret_pipeline_create(emcf->config, egret_store_none(), emcf->arena,
                               &emcf->pipeline);
    if (rc != EGRET_OK) {
        ngx_log_error(NGX_LOG_EMERG, cf->log, 0, "egret: %s",
                      egret_rc_text(rc));
        return NGX_CONF_ERROR;
    }

    return NGX_CONF_OK;
}


static ngx_int_t
ngx_http_egret_finish(ngx_conf_t *cf, ngx_http_egret_main_conf_t *emcf)
{
    size_t               i, n;
    egret_rc_t           rc;
    egret_span_t         fault;
    const egret_span_t  *warnings;

    egret_xml_start();

    rc = egret_config_builder_finish(emcf->builder, &emcf->config);

    if (rc != EGRET_OK) {
        fault = egret_config_builder_fault(emcf->builder);

        if (fault.length == 0) {
            fault = egret_span_from(egret_rc_text(rc));
        }

        ngx_log_error(NGX_LOG_EMERG, cf->log, 0, "egret: %*s", fault.length,
                      fault.at);
        return NGX_ERROR;
    }

    n = egret_config_builder_warnings(emcf->builder, &warnings);

    for (i = 0; i < n; i++) {
        if (ngx_http_egret_warn(cf, emcf, "%*s", warnings[i].length,
                                warnings[i].at)
            != NGX_OK)
        {
            return NGX_ERROR;
        }
    }

    return NGX_OK;
}


void *
ngx_http_egret_create_srv_conf(ngx_conf_t *cf)
{
    return ngx_pcalloc(cf->pool, sizeof(ngx_http_egret_srv_conf_t));
}


void *
ngx_http_egret_create_loc_conf(ngx_conf_t *cf)
{
    ngx_http_egret_loc_conf_t  *elcf;

    elcf = ngx_pcalloc(cf->pool, sizeof(ngx_http_egret_loc_conf_t));
    if (elcf == NULL) {
        return NULL;
    }

    elcf->mode = NGX_CONF_UNSET_UINT;

    return elcf;
}


char *
ngx_http_egret_merge_loc_conf(ngx_conf_t *cf, void *parent, void *child)
{
    ngx_http_egret_loc_conf_t  *prev = parent;
    ngx_http_egret_loc_conf_t  *conf = child;

    ngx_http_conf_ctx_t          *ctx;
    ngx_http_core_loc_conf_t     *clcf;
    ngx_http_egret_loc_conf_t   **elcfp;
    ngx_http_egret_main_conf_t   *emcf;

    if (conf->mode == NGX_CONF_UNSET_UINT) {
        conf->file = prev->file;
        conf->line = prev->line;
    }

    ngx_conf_merge_uint_value(conf->mode, prev->mode, NGX_HTTP_EGRET_OFF);

    ctx = cf->ctx;
    clcf = ctx->loc_conf[ngx_http_core_module.ctx_index];

    if (conf->mode == NGX_HTTP_EGRET_STRANGER
        || conf->mode == NGX_HTTP_EGRET_REFUSE)
    {
        /* over HTTP/2 a body that is too large meets nginx's 413 here again */

        clcf->client_max_body_size = 0;
    }

    conf->srv_conf = ctx->srv_conf;
    conf->loc_conf = ctx->loc_conf;

    emcf = ngx_http_conf_get_module_main_conf(cf, ngx_http_egret_module);

    if (ngx_http_egret_is_guarded(conf->mode)) {
        elcfp = ngx_array_push(&emcf->guarded);

    } else if (clcf->handler == ngx_http_egret_stranger_handler
               || clcf->handler == ngx_http_egret_refuse_handler)
    {
        elcfp = ngx_array_push(&emcf->answering);

    } else {
        return NGX_CONF_OK;
    }

    if (elcfp == NULL) {
        return NGX_CONF_ERROR;
    }

    *elcfp = conf;

    return NGX_CONF_OK;
}


/* One of the core's directives that stands in http {}. */

char *
ngx_http_egret_directive(ngx_conf_t *cf, ngx_command_t *cmd, void *conf)
{
    return ngx_http_egret_set(cf, conf, 0);
}


/* egret_partner NAME { … }, egret_profile NAME { … } */

char *
ngx_http_egret_block(ngx_conf_t *cf, ngx_command_t *cmd, void *conf)
{
    ngx_http_egret_main_conf_t  *emcf = conf;

    char        *rv;
    egret_rc_t   rc;
    ngx_conf_t   save;

    rv = ngx_http_egret_set(cf, emcf, 1);
    if (rv != NGX_CONF_OK) {
        return rv;
    }

    save = *cf;
    cf->handler = ngx_http_egret_block_directive;
    cf->handler_conf = conf;

    rv = ngx_conf_parse(cf, NULL);

    *cf = save;

    if (rv != NGX_CONF_OK) {
        return rv;
    }

    rc = egret_config_builder_close(emcf->builder);

    return rc == EGRET_OK ? NGX_CONF_OK : ngx_http_egret_fault(cf, emcf, rc);
}


static char *
ngx_http_egret_block_directive(ngx_conf_t *cf, ngx_command_t *dummy, void *conf)
{
    ngx_str_t  *value;

    value = cf->args->elts;

    if (ngx_strcmp(value[0].data, "include") == 0 && cf->args->nelts == 2) {
        return ngx_conf_include(cf, dummy, conf);
    }

    return ngx_http_egret_set(cf, conf, 0);
}


static char *
ngx_http_egret_set(ngx_conf_t *cf, ngx_http_egret_main_conf_t *emcf,
    ngx_uint_t opens_block)
{
    ngx_str_t     *value;
    ngx_uint_t     i;
    egret_rc_t     rc;
    egret_span_t  *words, file;

    emcf->used = 1;

    words = ngx_palloc(cf->temp_pool, cf->args->nelts * sizeof(egret_span_t));
    if (words == NULL) {
        return NGX_CONF_ERROR;
    }

    value = cf->args->elts;

    for (i = 0; i < cf->args->nelts; i++) {
        words[i] = ngx_http_egret_span(&value[i]);
    }

    file = ngx_http_egret_span(&cf->conf_file->file.name);

    rc = egret_config_builder_set(emcf->builder, words, cf->args->nelts,
                                  opens_block, file,
                                  (uint32_t) cf->conf_file->line);

    return rc == EGRET_OK ? NGX_CONF_OK : ngx_http_egret_fault(cf, emcf, rc);
}


static char *
ngx_http_egret_fault(ngx_conf_t *cf, ngx_http_egret_main_conf_t *emcf,
    egret_rc_t rc)
{
    egret_span_t  fault;

    fault = egret_config_builder_fault(emcf->builder);

    if (fault.length == 0) {
        fault = egret_span_from(egret_rc_text(rc));
    }

    ngx_conf_log_error(NGX_LOG_EMERG, cf, 0, "%*s", fault.length, fault.at);

    return NGX_CONF_ERROR;
}


const char *
ngx_http_egret_mode_text(ngx_uint_t mode)
{
    ngx_uint_t  i;

    for (i = 0; ngx_http_egret_modes[i].value != mode; i++) { /* void */ }

    return (const char *) ngx_http_egret_modes[i].name.data;
}


/* egret messages | validate | self | stranger | refuse | off */

char *
ngx_http_egret_mode(ngx_conf_t *cf, ngx_command_t *cmd, void *conf)
{
    ngx_http_egret_loc_conf_t  *elcf = conf;

    ngx_str_t                   *value;
    ngx_uint_t                   i;
    ngx_http_core_loc_conf_t    *clcf;
    ngx_http_egret_main_conf_t  *emcf;

    if (elcf->mode != NGX_CONF_UNSET_UINT) {
        return "is duplicate";
    }

    value = cf->args->elts;

    for (i = 0; ngx_http_egret_modes[i].name.len != 0; i++) {
        if (ngx_strcmp(ngx_http_egret_modes[i].name.data, value[1].data) == 0) {
            elcf->mode = ngx_http_egret_modes[i].value;
            break;
        }
    }

    if (elcf->mode == NGX_CONF_UNSET_UINT) {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                           "\"egret\" is messages, validate, self, explain, "
                           "gap, stranger, refuse or off, not \"%V\"",
                           &value[1]);
        return NGX_CONF_ERROR;
    }

    elcf->file = cf->conf_file->file.name.data;
    elcf->line = cf->conf_file->line;

    emcf = ngx_http_conf_get_module_main_conf(cf, ngx_http_egret_module);
    clcf = ngx_http_conf_get_module_loc_conf(cf, ngx_http_core_module);

    if (elcf->mode != NGX_HTTP_EGRET_OFF) {
        emcf->used = 1;
    }

    if (elcf->mode == NGX_HTTP_EGRET_STRANGER) {
        clcf->handler = ngx_http_egret_stranger_handler;

    } else if (elcf->mode == NGX_HTTP_EGRET_REFUSE) {
        clcf->handler = ngx_http_egret_refuse_handler;

    } else if (elcf->mode == NGX_HTTP_EGRET_SELF) {
        clcf->handler = ngx_http_egret_self_handler;

    } else if (elcf->mode == NGX_HTTP_EGRET_EXPLAIN) {
        clcf->handler = ngx_http_egret_explain_handler;
    }

    return NGX_CONF_OK;
}
