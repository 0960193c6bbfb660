/* SPDX-License-Identifier: Apache-2.0 */

#include "ngx_http_egret_module.h"


static ngx_int_t ngx_http_egret_preconfiguration(ngx_conf_t *cf);
static ngx_int_t ngx_http_egret_postconfiguration(ngx_conf_t *cf);


#define ngx_http_egret_main_command(name, type, set)                          \
    { ngx_string(name),                                                       \
      NGX_HTTP_MAIN_CONF|type|NGX_CONF_ANY,                                   \
      set,                                                                    \
      NGX_HTTP_MAIN_CONF_OFFSET,                                              \
      0,                                                                      \
      NULL }


/* The core's table (config/builder.h) says what each of them means. */

static ngx_command_t  ngx_http_egret_commands[] = {

    { ngx_string("egret"),
      NGX_HTTP_LOC_CONF|NGX_CONF_TAKE1,
      ngx_http_egret_mode,
      NGX_HTTP_LOC_CONF_OFFSET,
      0,
      NULL },

    ngx_http_egret_main_command("egret_gateway", 0, ngx_http_egret_directive),
    ngx_http_egret_main_command("egret_schemas", 0, ngx_http_egret_directive),
    ngx_http_egret_main_command("egret_reference", 0,
                                ngx_http_egret_directive),
    ngx_http_egret_main_command("egret_taxonomies", 0,
                                ngx_http_egret_directive),
    ngx_http_egret_main_command("egret_crosswalks", 0,
                                ngx_http_egret_directive),
    ngx_http_egret_main_command("egret_refuse_rows", 0,
                                ngx_http_egret_directive),
    ngx_http_egret_main_command("egret_max_message", 0,
                                ngx_http_egret_directive),
    ngx_http_egret_main_command("egret_max_answer", 0,
                                ngx_http_egret_directive),
    ngx_http_egret_main_command("egret_offload_threshold", 0,
                                ngx_http_egret_directive),
    ngx_http_egret_main_command("egret_answer_timeout", 0,
                                ngx_http_egret_directive),
    ngx_http_egret_main_command("egret_environment", 0,
                                ngx_http_egret_directive),
    ngx_http_egret_main_command("egret_strict", 0, ngx_http_egret_directive),
    ngx_http_egret_main_command("egret_profile", NGX_CONF_BLOCK,
                                ngx_http_egret_block),
    ngx_http_egret_main_command("egret_partner", NGX_CONF_BLOCK,
                                ngx_http_egret_block),

      ngx_null_command
};


static ngx_http_module_t  ngx_http_egret_module_ctx = {
    ngx_http_egret_preconfiguration,       /* preconfiguration */
    ngx_http_egret_postconfiguration,      /* postconfiguration */

    ngx_http_egret_create_main_conf,       /* create main configuration */
    ngx_http_egret_init_main_conf,         /* init main configuration */

    ngx_http_egret_create_srv_conf,        /* create server configuration */
    NULL,                                  /* merge server configuration */

    ngx_http_egret_create_loc_conf,        /* create location configuration */
    ngx_http_egret_merge_loc_conf          /* merge location configuration */
};


ngx_module_t  ngx_http_egret_module = {
    NGX_MODULE_V1,
    &ngx_http_egret_module_ctx,            /* module context */
    ngx_http_egret_commands,               /* module directives */
    NGX_HTTP_MODULE,                       /* module type */
    NULL,                                  /* init master */
    ngx_http_egret_init_generation,        /* init module */
    NULL,                                  /* init process */
    NULL,                                  /* init thread */
    NULL,                                  /* exit thread */
    NULL,                                  /* exit process */
    NULL,                                  /* exit master */
    NGX_MODULE_V1_PADDING
};


static ngx_int_t
ngx_http_egret_preconfiguration(ngx_conf_t *cf)
{
    return ngx_http_egret_add_variables(cf);
}


static ngx_int_t
ngx_http_egret_add_handler(ngx_conf_t *cf, ngx_uint_t phase,
    ngx_http_handler_pt handler)
{
    ngx_uint_t                  n;
    ngx_http_handler_pt        *h;
    ngx_http_core_main_conf_t  *cmcf;

    cmcf = ngx_http_conf_get_module_main_conf(cf, ngx_http_core_module);

    h = ngx_array_push(&cmcf->phases[phase].handlers);
    if (h == NULL) {
        return NGX_ERROR;
    }

    *h = handler;

    /* what is to be logged must be known before it is */

    if (phase == NGX_HTTP_LOG_PHASE) {
        h = cmcf->phases[phase].handlers.elts;
        n = cmcf->phases[phase].handlers.nelts;

        ngx_memmove(&h[1], &h[0], (n - 1) * sizeof(ngx_http_handler_pt));
        h[0] = handler;
    }

    return NGX_OK;
}


static ngx_int_t
ngx_http_egret_postconfiguration(ngx_conf_t *cf)
{
    ngx_http_egret_main_conf_t  *emcf;

    emcf = ngx_http_conf_get_module_main_conf(cf, ngx_http_egret_module);

    if (!emcf->used) {
        return NGX_OK;
    }

    if (ngx_http_egret_audit(cf, emcf) != NGX_OK
        || ngx_http_egret_add_generation(cf, emcf) != NGX_OK
        || ngx_http_egret_index_variables(cf, emcf) != NGX_OK
        || ngx_http_egret_add_handler(cf, NGX_HTTP_POST_READ_PHASE,
                                      ngx_http_egret_post_read_handler)
           != NGX_OK
        || ngx_http_egret_add_handler(cf, NGX_HTTP_ACCESS_PHASE,
                                      ngx_http_egret_access_handler)
           != NGX_OK
        || ngx_http_egret_add_handler(cf, NGX_HTTP_PRECONTENT_PHASE,
                                      ngx_http_egret_precontent_handler)
           != NGX_OK
        || ngx_http_egret_add_handler(cf, NGX_HTTP_LOG_PHASE,
                                      ngx_http_egret_log_handler)
           != NGX_OK)
    {
        return NGX_ERROR;
    }

    return ngx_http_egret_response_init(cf);
}
