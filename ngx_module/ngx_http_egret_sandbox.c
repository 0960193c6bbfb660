/* SPDX-License-Identifier: Apache-2.0 */

#include "ngx_http_egret_module.h"


static uint64_t ngx_http_egret_sandbox_clock(void *context);


/* Before the fork: each worker fills its own copy. */

ngx_int_t
ngx_http_egret_init_sandboxes(ngx_conf_t *cf, ngx_http_egret_main_conf_t *emcf)
{
    emcf->sandboxes = ngx_pcalloc(cf->pool, emcf->config->partner_count
                                            * sizeof(egret_sandbox_t *));

    return emcf->sandboxes != NULL ? NGX_OK : NGX_ERROR;
}


egret_sandbox_t *
ngx_http_egret_sandbox(void *context, const egret_partner_t *partner)
{
    ngx_http_egret_main_conf_t  *emcf = context;

    egret_rc_t        rc;
    egret_sandbox_t  *sandbox;

    static const egret_rules_clock_t  clock = {
        ngx_http_egret_sandbox_clock, NULL
    };

    if (emcf->sandboxes[partner->index] != NULL) {
        return emcf->sandboxes[partner->index];
    }

    rc = egret_sandbox_create(egret_allocator_default(), partner->rulebook,
                              &clock, &sandbox);

    if (rc != EGRET_OK) {
        ngx_log_error(NGX_LOG_ERR, ngx_cycle->log, 0,
                      "egret: the rules of partner %*s cannot run: %s",
                      partner->name.length, partner->name.at,
                      egret_rc_text(rc));
        return NULL;
    }

    emcf->sandboxes[partner->index] = sandbox;

    return sandbox;
}


static uint64_t
ngx_http_egret_sandbox_clock(void *context)
{
    (void) context;

    return ngx_http_egret_clock();
}


void
ngx_http_egret_destroy_sandboxes(ngx_http_egret_main_conf_t *emcf)
{
    size_t  i;

    if (emcf->sandboxes == NULL) {
        return;
    }

    for (i = 0; i < emcf->config->partner_count; i++) {
        egret_sandbox_destroy(emcf->sandboxes[i]);
    }

    emcf->sandboxes = NULL;
}
