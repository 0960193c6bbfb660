/* SPDX-License-Identifier: Apache-2.0 */

#include "ngx_http_egret_module.h"


/* A partner's sandboxes in which nothing runs now. */

#define NGX_HTTP_EGRET_IDLE_SANDBOXES  4


struct ngx_http_egret_sandboxes_s {
    egret_sandbox_t  *items[NGX_HTTP_EGRET_IDLE_SANDBOXES];
    ngx_uint_t        n;
};


static egret_sandbox_t *ngx_http_egret_sandbox_take(
    ngx_http_egret_main_conf_t *emcf, const egret_partner_t *partner);
static void ngx_http_egret_sandbox_keep(ngx_http_egret_main_conf_t *emcf,
    const egret_partner_t *partner, egret_sandbox_t *sandbox);
static uint64_t ngx_http_egret_sandbox_clock(void *context);


static void
ngx_http_egret_sandboxes_lock(ngx_http_egret_main_conf_t *emcf)
{
#if (NGX_THREADS)
    (void) ngx_thread_mutex_lock(&emcf->sandboxes_lock, ngx_cycle->log);
#endif
}


static void
ngx_http_egret_sandboxes_unlock(ngx_http_egret_main_conf_t *emcf)
{
#if (NGX_THREADS)
    (void) ngx_thread_mutex_unlock(&emcf->sandboxes_lock, ngx_cycle->log);
#endif
}


/* Before the fork: each worker fills its own copy. */

ngx_int_t
ngx_http_egret_init_sandboxes(ngx_conf_t *cf, ngx_http_egret_main_conf_t *emcf)
{
    ngx_http_egret_sandboxes_t  *sandboxes;

    sandboxes = ngx_pcalloc(cf->pool, emcf->config->partner_count
                                      * sizeof(ngx_http_egret_sandboxes_t));
    if (sandboxes == NULL) {
        return NGX_ERROR;
    }

#if (NGX_THREADS)
    if (ngx_thread_mutex_create(&emcf->sandboxes_lock, cf->log) != NGX_OK) {
        return NGX_ERROR;
    }
#endif

    emcf->sandboxes = sandboxes;

    return NGX_OK;
}


egret_sandbox_t *
ngx_http_egret_sandbox(void *context, const egret_partner_t *partner)
{
    ngx_http_egret_lease_t  *lease = context;

    static const egret_rules_clock_t  clock = {
        ngx_http_egret_sandbox_clock, NULL
    };

    ngx_uint_t        i;
    egret_sandbox_t  *sandbox;

    for (i = 0; i < lease->n; i++) {
        if (lease->partners[i] == partner) {
            return lease->sandboxes[i];
        }
    }

    if (lease->n == NGX_HTTP_EGRET_LEASED) {
        return NULL;
    }

    sandbox = ngx_http_egret_sandbox_take(lease->main, partner);

    if (sandbox == NULL) {
        lease->rc = egret_sandbox_create(egret_allocator_default(),
                                         partner->rulebook, &clock, &sandbox);
        if (lease->rc != EGRET_OK) {
            lease->refused = partner;
            return NULL;
        }
    }

    lease->partners[lease->n] = partner;
    lease->sandboxes[lease->n++] = sandbox;

    return sandbox;
}


void
ngx_http_egret_sandbox_return(ngx_http_egret_lease_t *lease)
{
    while (lease->n) {
        lease->n--;
        ngx_http_egret_sandbox_keep(lease->main, lease->partners[lease->n],
                                    lease->sandboxes[lease->n]);
    }
}


static egret_sandbox_t *
ngx_http_egret_sandbox_take(ngx_http_egret_main_conf_t *emcf,
    const egret_partner_t *partner)
{
    egret_sandbox_t             *sandbox;
    ngx_http_egret_sandboxes_t  *idle;

    sandbox = NULL;
    idle = &emcf->sandboxes[partner->index];

    ngx_http_egret_sandboxes_lock(emcf);

    if (idle->n) {
        sandbox = idle->items[--idle->n];
    }

    ngx_http_egret_sandboxes_unlock(emcf);

    return sandbox;
}


static void
ngx_http_egret_sandbox_keep(ngx_http_egret_main_conf_t *emcf,
    const egret_partner_t *partner, egret_sandbox_t *sandbox)
{
    ngx_http_egret_sandboxes_t  *idle;

    idle = &emcf->sandboxes[partner->index];

    ngx_http_egret_sandboxes_lock(emcf);

    if (idle->n < NGX_HTTP_EGRET_IDLE_SANDBOXES) {
        idle->items[idle->n++] = sandbox;
        sandbox = NULL;
    }

    ngx_http_egret_sandboxes_unlock(emcf);

    egret_sandbox_destroy(sandbox);
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
    size_t                       i;
    ngx_http_egret_sandboxes_t  *idle;

    if (emcf->sandboxes == NULL) {
        return;
    }

    for (i = 0; i < emcf->config->partner_count; i++) {
        idle = &emcf->sandboxes[i];

        while (idle->n) {
            egret_sandbox_destroy(idle->items[--idle->n]);
        }
    }

#if (NGX_THREADS)
    (void) ngx_thread_mutex_destroy(&emcf->sandboxes_lock, ngx_cycle->log);
#endif

    emcf->sandboxes = NULL;
}
